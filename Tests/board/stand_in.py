"""A stand-in for `migrate serve`: the page with the headers that it is served with, and events on command."""

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PAGE = Path(__file__).resolve().parents[2] / "Sources/Board/Page"
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
         ".js": "text/javascript; charset=utf-8"}


class StandIn:
    """Serves one document; what is sent afterwards reaches every page that listens."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.steps: dict[str, Any] = {}
        self.requests: list[str] = []
        self.refuses = False
        self._listeners: list[queue.Queue[tuple[str, Any] | None]] = []
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> "StandIn":
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # noqa: N802
                stand_in.answer(self)

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
                """Says nothing: the tests read `requests`."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def stop(self) -> None:
        """Ends the server and every connection, as a process that is gone."""
        if self._server is None:
            return
        # Why that order: a page that was cut off first would be back before the door is shut.
        self._server.shutdown()
        self._server.server_close()
        self._server = None
        self.hang_up()

    def hang_up(self) -> None:
        """Cuts every page off; they may connect again."""
        with self._lock:
            listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener.put(None)

    def send(self, event: str, data: Any) -> None:
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener.put((event, data))

    @property
    def viewers(self) -> int:
        return len(self._listeners)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if self._server is None:
            # A connection that was kept open outlives the server in this process, as it would not in a real one.
            handler.close_connection = True
            return None
        path = urlsplit(handler.path).path
        self.requests.append(path)
        if self.refuses:
            return self._reply(handler, 503, "text/plain", b"not now")
        if path == "/api/events":
            return self._stream(handler)
        if path == "/api/board":
            return self._reply(handler, 200, "application/json", json.dumps(self.document).encode())
        if path.startswith("/api/steps/"):
            name = unquote(path.removeprefix("/api/steps/"))
            if name not in self.steps:
                return self._reply(handler, 404, "application/json", b"{}")
            return self._reply(handler, 200, "application/json", json.dumps(self.steps[name]).encode())
        file = PAGE / (path.removeprefix("/") or "index.html")
        if "/" in path.removeprefix("/") or not file.is_file():
            return self._reply(handler, 404, "text/plain", b"no")
        return self._reply(handler, 200, TYPES[file.suffix], file.read_bytes())

    def _head(self, handler: BaseHTTPRequestHandler, status: int, kind: str) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Security-Policy", POLICY)
        handler.send_header("X-Content-Type-Options", "nosniff")
        handler.send_header("Cache-Control", "no-store")

    def _reply(self, handler: BaseHTTPRequestHandler, status: int, kind: str, body: bytes) -> None:
        self._head(handler, status, kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def _stream(self, handler: BaseHTTPRequestHandler) -> None:
        self._head(handler, 200, "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        listener: queue.Queue[tuple[str, Any] | None] = queue.Queue()
        listener.put(("board", self.document))
        with self._lock:
            self._listeners.append(listener)
        try:
            while (event := listener.get()) is not None:
                handler.wfile.write(f"event: {event[0]}\ndata: {json.dumps(event[1])}\n\n".encode())
                handler.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            # The page was closed.
            return
        finally:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)


def report_file(document: dict[str, Any]) -> str:
    """One file that holds the page and a document, as `migrate report --html` makes it."""
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    style = (PAGE / "board.css").read_text(encoding="utf-8")
    tag = '<link rel="stylesheet" href="board.css">'
    assert page.count(tag) == 1
    page = page.replace(tag, f"<style>\n{style}</style>")
    scripts = []
    for script in ["words.js", "steps.js", "pictures.js", "board.js"]:
        tag = f'<script src="{script}" defer></script>'
        assert page.count(tag) == 1
        page = page.replace(tag, "")
        scripts.append(f"<script>\n{(PAGE / script).read_text(encoding='utf-8')}</script>")
    data = json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")
    foot = [f'<script type="application/json" id="document">{data}</script>', *scripts]
    return page.replace("</body>", "\n".join(foot) + "\n</body>")
