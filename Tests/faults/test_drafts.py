"""A process that is killed while it writes a file leaves a draft beside it; who writes the file again takes that away."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import Places

RUNBOOK = """\
migrate: 1
runbook: small
title: A backup
variables:
  grafana: {required: true}
phases:
  - id: phase-1
    title: Everything
    steps:
      - id: backup
        do: grafana.backup
        with: {url: "${grafana}", directory: backup}
"""


class Grafana(BaseHTTPRequestHandler):
    """One dashboard, and nothing else."""

    def do_GET(self) -> None:
        body = b'[{"uid": "one"}]' if self.path.startswith("/api/search") else b"[]"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: pytest tells what failed."""


@pytest.fixture
def grafana() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Grafana)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_draft_of_a_process_that_is_gone_is_taken_away(places: Places, grafana: str) -> None:
    place = places.make(RUNBOOK)
    place.options = ["--set", f"grafana={grafana}"]
    folder = place.home / "backup/dashboards"
    folder.mkdir(parents=True)
    gone = subprocess.Popen(["true"])
    gone.wait()
    for draft in (gone.pid, os.getpid()):
        (folder / f"one.json.{draft}.new").touch()
    (folder / f"other.json.{gone.pid}.new").touch()
    done = place.run("run")
    assert done.status == 0, done.talk
    # That of a live process is its own; that of another file is its writer's.
    left = {f"one.json.{os.getpid()}.new", f"other.json.{gone.pid}.new"}
    assert {file.name for file in folder.iterdir()} == {"one.json"} | left
