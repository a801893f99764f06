"""A shift of the sandbox's production name, as several tests carry it out, and how they look at it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from conftest import Place, Places, World

RUNBOOK = """\
migrate: 1
runbook: small
title: A switch that is cut short
variables:
  zone: {required: true}
  host: {required: true}
  servers: {required: true}
phases:
  - id: phase-1
    title: Switch
    steps:
      - id: shift
        do: route53.shift
        with:
          zone: "${zone}"
          name: "${host}"
          to: {address: 127.0.0.9}
          weights: [10, 100]
          soak: 10h
          prove: {scheme: http, port: PORT}
          latency_requests: 0
          servers: "${servers}"
          resolver: "${servers.0}"
        watch:
          - {probe: http, with: {url: "http://${host}:PORT/", connect_to: "127.0.0.9:PORT"}}
"""


class Handler(BaseHTTPRequestHandler):
    """Says yes to everybody."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """A web server on an address of either version."""

    daemon_threads = True

    def __init__(self, address: str, port: int = 0) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        super().__init__((address, port), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


@contextmanager
def serving(address: str, port: int) -> Iterator[None]:
    """A web server there while the block is at work."""
    server = Server(address, port)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@cache
def new_side_port() -> int:
    """Port of a web server on the address that the shift leads to; it serves as long as the tests run."""
    return int(Server("127.0.0.9").server_address[1])


def shift_of(places: Places, world: World, servers: list[str] | None = None, **instead: str) -> Place:
    """A place with the runbook; `instead` replaces lines of the step by their names: `soak="30m"`.

    `servers` are the name servers to ask, the sandbox's own unless given.
    """
    lines = RUNBOOK.replace("PORT", str(new_side_port())).splitlines(keepends=True)
    for name, value in instead.items():
        (line,) = (number for number, text in enumerate(lines) if text.startswith(f"          {name}: "))
        lines[line] = f"          {name}: {value}\n"
    place = places.make("".join(lines))
    place.environment = world.environment
    asked = json.dumps(servers or world.variables["dns_servers"])
    given = {"zone": world.variables["zone_id"], "host": world.variables["host"], "servers": asked}
    place.options = [word for key, value in given.items() for word in ("--set", f"{key}={value}")]
    return place


def pair(world: World) -> dict[str, int | None]:
    """Weights of the record sets of the production name, as boto3 sees them."""
    pages = world.client("route53").get_paginator("list_resource_record_sets")
    found: dict[str, int | None] = {}
    for page in pages.paginate(HostedZoneId=world.variables["zone_id"]):
        for item in page["ResourceRecordSets"]:
            if item["Name"] == world.variables["host"] + "." and item["Type"] == "A":
                found[item.get("SetIdentifier", "")] = item.get("Weight")
    return found


def until(wanted: Callable[[], bool], words: Callable[[], str]) -> None:
    """Waits for `wanted`, a minute at most; `words` say what was seen instead."""
    deadline = time.monotonic() + 60
    while not wanted():
        assert time.monotonic() < deadline, words()
        time.sleep(0.05)


def run_by_hand(script: Path, place: Place, world: World) -> None:
    """Runs a break-glass file as somebody would who has nothing of ours but the AWS CLI."""
    aws = Path(sys.executable).with_name("aws")
    assert aws.exists(), "`make setup-test` installs the AWS CLI"
    environment = {**world.environment, "PATH": f"{aws.parent}:/usr/bin:/bin", "HOME": str(place.folder)}
    environment.pop("MIGRATE_TIME_SCALE", None)
    done = subprocess.run(["sh", str(script)], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{script.read_text()}\n{done.stderr}"


@dataclass
class Batch:
    """A batch of record sets that had an effect."""

    comment: str
    """What it changes, in words."""
    changes: list[dict[str, Any]]
    """Its changes in the form of the AWS CLI."""


def newest_call(world: World) -> int:
    """Number of the newest call that the sandbox has seen."""
    with urllib.request.urlopen(f"{world.environment['AWS_ENDPOINT_URL']}/sandbox/calls", timeout=10) as answer:
        return int(json.load(answer)["last"])


def batches(world: World, after: int) -> list[Batch]:
    """Batches of the tool that had an effect, in their order."""
    with urllib.request.urlopen(
        f"{world.environment['AWS_ENDPOINT_URL']}/sandbox/calls?service=route53&after={after}", timeout=10
    ) as answer:
        calls = json.load(answer)["calls"]
    bodies = [
        call["parameters"]["body"]
        for call in calls
        if call["operation"] == "ChangeResourceRecordSets" and call["applied"] and call["agent"].startswith("migrate")
    ]
    return [_batch(ElementTree.fromstring(body)) for body in bodies]


def _batch(root: ElementTree.Element) -> Batch:
    changes = []
    for change in root.iterfind(".//{*}Change"):
        entry = {"Action": change.findtext("{*}Action"), "ResourceRecordSet": {}}
        for part in change.find("{*}ResourceRecordSet") or ():
            name = part.tag.partition("}")[2]
            text: Any = part.text
            if name == "ResourceRecords":
                text = [{"Value": value.text} for value in part.iterfind(".//{*}Value")]
            entry["ResourceRecordSet"][name] = int(text) if name in {"Weight", "TTL"} else text
        changes.append(entry)
    return Batch(root.findtext(".//{*}Comment") or "", changes)
