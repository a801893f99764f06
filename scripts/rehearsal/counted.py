"""A small switch whose two sides count their own requests, with clients that really resolve and really ask.

One client never asks again for the address that it was told first: it is who stays behind.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rehearsal.sandbox import Sandbox

OLD, NEW = "127.0.0.8", "127.0.0.9"
WINDOW = 3.0
"""How far back a side counts, seconds."""

SHIFT = """\
        do: route53.shift
        with:
          zone: {zone}
          name: {host}
          to: {{address: {new}}}
          weights: WEIGHTS
          soak: 40m
          servers: {servers}
          resolver: {resolver}
          resolvers: {servers}
          prove: {{scheme: http, port: {port}}}
          latency_requests: 0
          share:
            window: 30m
            requests_per_answer: 5
            old: {{probe: http, with: {{url: "http://{old}:{port}/count"}}, count: .json.requests}}
            new: {{probe: http, with: {{url: "http://{new}:{port}/count"}}, count: .json.requests}}
        watch:
          - {{probe: http, with: {{url: "http://{host}:{port}/count", connect_to: "{new}:{port}"}}}}
"""
"""What the step does that moves the name, at the end of a runbook; its weights are still to be put in."""

RUNBOOK = """\
migrate: 1
runbook: counted
title: A switch whose requests are counted
phases:
  - id: phase-1
    title: Switch
    steps:
      - id: shift
""" + SHIFT.replace("WEIGHTS", "[50, 100]")


class Side:
    """A web server that tells at `/count` how many other requests it had lately."""

    def __init__(self, address: str, port: int = 0) -> None:
        seen: deque[float] = deque()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                now = time.monotonic()
                if self.path == "/count":
                    body = json.dumps({"requests": sum(1 for at in list(seen) if at > now - WINDOW)}).encode()
                else:
                    seen.append(now)
                    body = b"{}"
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer((address, port), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def resolve(host: str, server: str) -> str:
    """Address of `host`, as the name server `server`, `address:port`, answers. Throws: `OSError`."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in host.split("."))
    question = struct.pack(">HHHHHH", 1, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", 1, 1)
    address, _, port = server.rpartition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.settimeout(5)
        channel.sendto(question, (address, int(port)))
        answer = channel.recv(4096)
    if struct.unpack(">H", answer[6:8]) != (1,):
        raise OSError(f"{server} has no address of {host} yet")
    # The one record is at the end of the answer, and its data at the end of the record.
    return socket.inet_ntoa(answer[-4:])


@contextmanager
def clients(host: str, server: str, port: int) -> Iterator[None]:
    """Clients that ask `host` all the time, one of them only where it was led first."""
    over = threading.Event()

    def ask(keeps: bool) -> None:
        address = None
        while not over.wait(0.1):
            with suppress(OSError, HTTPException):
                address = address if keeps and address else resolve(host, server)
                connection = HTTPConnection(address, port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse().read()
                connection.close()

    crowd = [threading.Thread(target=ask, args=(number == 0,)) for number in range(16)]
    for one in crowd:
        one.start()
    try:
        # Why so long: the first share is held against what was counted in one window.
        over.wait(WINDOW)
        yield
    finally:
        over.set()
        for one in crowd:
            one.join()


@contextmanager
def counted_switch(sandbox: Sandbox, folder: Path, runbook: str = RUNBOOK) -> Iterator[None]:
    """Makes `folder` a place where the switch can be run, with clients at work; takes its record away again.

    `runbook` may be another text with the same fields in braces.
    """
    zone, servers = sandbox.variables["zone_id"], list(sandbox.ready["dns"])
    host = f"counted.{sandbox.variables['zone'].rstrip('.')}"
    old = Side(OLD)
    new = Side(NEW, old.port)
    client = sandbox.client("route53")

    def change(action: str, record: dict[str, object]) -> None:
        batch = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
        client.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)

    simple = {"Name": f"{host}.", "Type": "A", "TTL": 300, "ResourceRecords": [{"Value": OLD}]}
    change("CREATE", simple)
    home = folder / "runbooks/counted"
    (home / "environments").mkdir(parents=True)
    (home / "environments/sandbox.yaml").write_text("{}\n")
    (home / "runbook.yaml").write_text(
        runbook.format(
            zone=zone, host=host, old=OLD, new=NEW, port=old.port, servers=json.dumps(servers),
            resolver=json.dumps(servers[0]),
        )
    )  # fmt: skip
    try:
        with clients(host, servers[0], old.port):
            yield
    finally:
        old.stop()
        new.stop()
        for found in client.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]:
            if found["Name"] == f"{host}.":
                change("DELETE", found)
