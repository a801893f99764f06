"""Alloy: readiness. Modelled after "HTTP endpoints" of Grafana Alloy's documentation."""

from __future__ import annotations

from sandbox.http_server import Request, Response
from sandbox.standins.service import Service, not_found


class Alloy(Service):
    """One Alloy process."""

    component = "alloy"
    health_path = "/-/ready"

    def handle(self, request: Request) -> Response:
        if request.path == "/-/ready":
            if self.ready:
                return Response.of_text("Alloy is ready.\n")
            return Response.of_text("Alloy is not ready.\n", 503)
        if request.path == "/-/healthy":
            return Response.of_text("All Alloy components are healthy.\n")
        if request.path == "/-/reload" and request.method in ("GET", "POST"):
            return Response.of_text("config reloaded\n")
        return not_found()


class Plain(Service):
    """A container that the sandbox knows nothing of: answers 200 on each of its ports."""

    component = "plain"

    def __init__(self, *arguments: object, numbers: list[int] | None = None) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._numbers = numbers or []

    def ports(self):  # type: ignore[no-untyped-def]
        return {number: self.handle for number in self._numbers}

    def handle(self, request: Request) -> Response:
        return Response.of_json({"status": "ok", "path": request.path})
