"""Answers `/health` with its name, and prints a JSON object about each request. `SERVICE_NAME`, `PORT`, `LOG_LEVEL`."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAME = os.environ.get("SERVICE_NAME", "sample")
PORT = int(os.environ.get("PORT", "8080"))
QUIET = os.environ.get("LOG_LEVEL", "info") in ("warn", "error")


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps({"status": "ok", "path": self.path.partition("?")[0], "service": NAME}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if QUIET:
            return
        line = {"level": "info", "method": self.command, "msg": "request served", "path": self.path}
        print(json.dumps({**line, "service": NAME, "status": int(code)}, sort_keys=True), flush=True)


def main() -> None:
    server = ThreadingHTTPServer(("", PORT), Handler)
    # ECS says SIGTERM, and waits; requests under way are answered.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    print(json.dumps({"level": "info", "msg": "listening", "port": PORT, "service": NAME}), flush=True)
    server.serve_forever()
    sys.exit(0)


if __name__ == "__main__":
    main()
