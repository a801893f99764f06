"""A server on loopback that stands before a product, or is one: it counts, refuses, and loses answers."""

from __future__ import annotations

import http.server
import re
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field

LIMIT = 10.0
"""Longest that the product may take, seconds."""


@dataclass
class Trouble:
    """What befalls the next requests whose `METHOD path` matches: a status, or the loss of the product's answer."""

    pattern: str
    times: int
    status: int | None
    message: str = ""


@dataclass
class Relay:
    """Passes requests on to `target`; without one it is a webhook that answers `ok`."""

    target: str | None = None
    seen: list[tuple[str, bytes]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def serve(self) -> None:
                relay.answer(self)

            do_GET = do_POST = do_PUT = do_DELETE = serve

            def log_message(self, format: str, *arguments: object) -> None:
                """Nobody reads it."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def reached(self, pattern: str) -> int:
        """How often the product, or the webhook, was reached by a request like this."""
        with self.lock:
            return sum(1 for words, _ in self.seen if re.fullmatch(pattern, words))

    def lose(self, pattern: str) -> None:
        """The answer to the next request like this is lost after the product has given it."""
        self.troubles.append(Trouble(pattern, 1, None))

    def refuse(self, pattern: str, status: int, times: int, message: str) -> None:
        """The next requests like this are answered with `status` and do not reach the product."""
        self.troubles.append(Trouble(pattern, times, status, message))

    def answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        words = f"{handler.command} {handler.path}"
        with self.lock:
            trouble = next((one for one in self.troubles if one.times > 0 and re.fullmatch(one.pattern, words)), None)
            if trouble is not None:
                trouble.times -= 1
            if trouble is None or trouble.status is None:
                self.seen.append((words, body))
        if trouble is not None and trouble.status is not None:
            self._send(handler, trouble.status, "text/plain", trouble.message.encode())
            return
        status, kind, content = self._pass_on(handler, body)
        if trouble is not None:
            handler.close_connection = True
            handler.connection.close()
            return
        self._send(handler, status, kind, content)

    def _pass_on(self, handler: http.server.BaseHTTPRequestHandler, body: bytes) -> tuple[int, str, bytes]:
        if self.target is None:
            return 200, "text/plain", b"ok"
        headers = {name: value for name, value in handler.headers.items() if name.lower() not in ("host", "connection")}
        request = urllib.request.Request(
            self.target + handler.path, body or None, headers=headers, method=handler.command
        )
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return answer.status, answer.headers.get("Content-Type", ""), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Content-Type", ""), error.read()

    @staticmethod
    def _send(handler: http.server.BaseHTTPRequestHandler, status: int, kind: str, content: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        if status != 204:
            handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        if status != 204:
            handler.wfile.write(content)
