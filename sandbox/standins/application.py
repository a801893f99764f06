"""A container that the sandbox knows nothing of: answers on its ports and prints a line about each request."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import formatdate

from sandbox.http_server import Request, Response
from sandbox.standins.alloy import Plain


class Application(Plain):
    """One process of an application. `SERVICE_NAME` of its environment is how it calls itself."""

    health_path = "/health"
    stdout: Callable[[str], None] | None = None
    """Where its lines go; nowhere without a side-car."""

    def handle(self, request: Request) -> Response:
        name = self.settings.environment.get("SERVICE_NAME", "")
        if self.stdout is not None:
            line = {"level": "info", "method": request.method, "msg": "request served", "path": request.target}
            self.stdout(json.dumps({**line, "service": name, "status": 200}, sort_keys=True))
        answer = Response.of_json({"status": "ok", "path": request.path, "service": name})
        answer.headers["date"] = formatdate(usegmt=True)
        return answer
