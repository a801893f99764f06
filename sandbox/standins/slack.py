"""Slack's incoming webhooks: takes messages, and shows them to who looks.

Modelled after "Sending messages using incoming webhooks": `ok` for a message, 400 for one without text and attachments,
404 for a webhook that there is not.
"""

from __future__ import annotations

import json
import time
from typing import Any

from sandbox.http_server import Request, Response
from sandbox.standins.service import Service

PORT = 8065
PATH = "/services/T00000000/B00000000/sandbox"


class Slack(Service):
    """What has arrived, in order."""

    component = "slack"
    health_path = "/messages"

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.messages: list[dict[str, Any]] = []

    def ports(self):  # type: ignore[no-untyped-def]
        return {PORT: self.handle}

    def handle(self, request: Request) -> Response:
        if request.path == "/messages" and request.method == "GET":
            return Response.of_json(self.messages)
        if request.path != PATH or request.method != "POST":
            return Response.of_text("no_service", 404)
        try:
            given = request.json()
        except json.JSONDecodeError:
            return Response.of_text("invalid_payload", 400)
        if not isinstance(given, dict) or not (given.get("text") or given.get("attachments") or given.get("blocks")):
            return Response.of_text("no_text", 400)
        self.messages.append({"at": time.time(), **given})
        return Response.of_text("ok")
