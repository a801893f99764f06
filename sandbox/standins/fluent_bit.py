"""Fluent Bit as a side-car: its health and counters. What it forwards is `emulator/ecs_firelens.py`'s."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.http_server import Request, Response
from sandbox.standins.service import Service, not_found

HTTP_PORT = 2020
"""Port of Fluent Bit's own HTTP server, as its configuration sets it."""


class FluentBit(Service):
    """One Fluent Bit process."""

    component = "fluent-bit"
    health_path = "/api/v1/health"

    def ports(self) -> dict[int, Callable[[Request], Response]]:
        return {HTTP_PORT: self.handle}

    def handle(self, request: Request) -> Response:
        if request.path == "/api/v1/health":
            return Response.of_text("ok\n") if self.ready else Response.of_text("error\n", 500)
        if request.path == "/":
            return Response.of_json({"fluent-bit": {"version": self.settings.version, "edition": "Community"}})
        return not_found()
