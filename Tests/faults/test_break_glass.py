"""A break-glass file brings traffic home by the real AWS CLI, with `migrate` and its journal gone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from conftest import KILLED, Place, Places, World

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
          servers: "${servers}"
          resolver: "${servers.0}"
        watch:
          - {probe: exec, with: {command: ["true"]}}
"""


def pair(world: World) -> dict[str, int | None]:
    """Weights of the record sets of the production name, as boto3 sees them."""
    pages = world.client("route53").get_paginator("list_resource_record_sets")
    found: dict[str, int | None] = {}
    for page in pages.paginate(HostedZoneId=world.variables["zone_id"]):
        for item in page["ResourceRecordSets"]:
            if item["Name"] == world.variables["host"] + "." and item["Type"] == "A":
                found[item.get("SetIdentifier", "")] = item.get("Weight")
    return found


def until(place: Place, world: World, wanted: Any) -> None:
    deadline = time.monotonic() + 60
    while not wanted(pair(world)):
        assert time.monotonic() < deadline, f"{pair(world)}\n{place.run('log').output}"
        time.sleep(0.1)


def test_traffic_comes_home_without_the_tool(places: Places, world: World) -> None:
    aws = Path(sys.executable).with_name("aws")
    assert aws.exists(), "`make setup-test` installs the AWS CLI"
    place = places.make(RUNBOOK)
    place.environment = world.environment
    servers = json.dumps(world.variables["dns_servers"])
    given = {"zone": world.variables["zone_id"], "host": world.variables["host"], "servers": servers}
    place.options = [word for key, value in given.items() for word in ("--set", f"{key}={value}")]
    old = world.variables["old_address"]
    running = place.start("run")
    try:
        until(place, world, lambda found: 10 in found.values())
    finally:
        running.kill()
        talk = running.communicate()[1]
    assert running.returncode == KILLED, talk
    shutil.copytree(place.folder / "state/break-glass", place.folder / "glass")
    shutil.rmtree(place.folder / "state")
    script = place.folder / "glass/shift-w10.sh"
    # Nothing of ours is on this PATH but the AWS CLI.
    environment = {**world.environment, "PATH": f"{aws.parent}:/usr/bin:/bin", "HOME": str(place.folder)}
    environment.pop("MIGRATE_TIME_SCALE", None)
    done = subprocess.run(["sh", str(script)], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{script.read_text()}\n{done.stderr}"
    weights = pair(world)
    assert sorted(weights.values(), key=str) == [0, 100], weights
    for server in world.variables["dns_servers"]:
        address, port = server.split(":")
        assert at_home(address, int(port), world.variables["host"], old), f"{server} still sends traffic away"


def at_home(address: str, port: int, host: str, old: str) -> bool:
    """Whether a name server gives the old address again and again, once the change has reached it."""
    from dnslib import DNSRecord

    deadline = time.monotonic() + 30
    streak = 0
    while streak < 20 and time.monotonic() < deadline:
        answer = DNSRecord.parse(DNSRecord.question(host, "A").send(address, port, timeout=5))
        streak = streak + 1 if [str(item.rdata) for item in answer.rr] == [old] else 0
        if not streak:
            time.sleep(0.05)
    return streak >= 20
