"""Route 53's five requests a second, shared with a colleague's script: a shift meets them, waits, and fails at nothing."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Places, World
from shifting import pair, shift_of

SCALE = 10
"""So that five requests fit into a tenth of a second, and a burst of the tool's does not."""

OTHERS = 2.0
"""Requests a second of AWS's that the colleague's script makes."""


@pytest.fixture
def slow_world(tmp_path_factory: pytest.TempPathFactory, binary: Path) -> Iterator[tuple[World, Any]]:
    """A sandbox whose time runs slowly enough for its rate limit to be met."""
    from rehearsal.sandbox import Sandbox

    running = Sandbox(binary, tmp_path_factory.mktemp("sandbox"), SCALE)
    running.up()
    try:
        yield World(running), running
    finally:
        running.down()


@contextlib.contextmanager
def colleague(world: World) -> Iterator[Counter[str]]:
    """Somebody else's script in the same account: it looks at the zone all the time, and minds no refusal."""
    from botocore.exceptions import ClientError

    client, over, met = world.client("route53"), threading.Event(), Counter[str]()

    def work() -> None:
        while not over.wait(1 / (OTHERS * SCALE)):
            try:
                client.get_hosted_zone(Id=world.variables["zone_id"])
                met["answered"] += 1
            except ClientError as error:
                met[error.response["Error"]["Code"]] += 1

    client.meta.config.retries = {"total_max_attempts": 1}
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield met
    finally:
        over.set()
        thread.join()


def shorten(world: World) -> None:
    """Gives the production name a TTL of a minute, so that nobody waits for the old one."""
    client, zone = world.client("route53"), world.variables["zone_id"]
    record = {
        "Name": world.variables["host"] + ".", "Type": "A", "TTL": 60,
        "ResourceRecords": [{"Value": world.variables["old_address"]}],
    }  # fmt: skip
    changes = [{"Action": "UPSERT", "ResourceRecordSet": record}]
    client.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    time.sleep(40 / SCALE)


def calls_of_the_tool(running: Any) -> list[dict[str, Any]]:
    found = running.control("calls?all=1&service=route53")["calls"]
    return [call for call in found if call["agent"].startswith("migrate")]


def test_a_shift_and_its_way_back_respect_the_limit(places: Places, slow_world: tuple[World, Any]) -> None:
    world, running = slow_world
    shorten(world)
    place = shift_of(places, world, weights="[100]", soak="5m")
    before = pair(world)
    with colleague(world) as met:
        for words in (("run",), ("back-out", "--reason", "trial"), ("rollback", "--all", "--yes")):
            done = place.run(*words)
            assert done.status == 0, done.talk
    assert pair(world) == before
    calls = calls_of_the_tool(running)
    refused = [call for call in calls if not call["applied"]]
    assert {call["error"].split(":")[0] for call in refused} == {"Throttling"}, Counter(
        str(call["error"]) for call in refused
    )
    assert met["answered"] > 20, met
    # Respected, not hammered: no call is tried more often than AWS's standard mode does, and most are taken at once.
    run = longest = 0
    for call in calls:
        run = 0 if call["applied"] else run + 1
        longest = max(longest, run)
    assert longest < 5, longest
    assert len(refused) < len(calls) / 3, (len(refused), len(calls))
    # Each batch once: conversion, 100 %, finish, home, and back to the simple record.
    applied = Counter(call["operation"] for call in calls if call["applied"])
    assert applied["ChangeResourceRecordSets"] == 5, applied
