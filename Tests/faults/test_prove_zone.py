"""`migrate doctor --prove-zone`: what a shift counts on, tried on a throwaway record that is gone afterwards."""

from __future__ import annotations

import json
import signal
import time
from typing import Any

from conftest import Places, World
from shifting import shift_of, until
from test_pending_change import hold


def records(world: World) -> list[Any]:
    zone = world.variables["zone_id"]
    return list(world.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"])


def test_every_assumption_is_proved_and_nothing_is_left(places: Places, world: World) -> None:
    place = shift_of(places, world)
    before = records(world)
    asked = [word for server in world.variables["dns_servers"] for word in ("--server", server)]
    done = place.run("doctor", "--prove-zone", world.variables["zone_id"], *asked, "--json")
    found = {entry["check"]: entry for entry in json.loads(done.output)}
    assert done.status == 0, done.output
    assert len(found) == 11 and all(entry["pass"] for entry in found.values())
    assert found["what is there is not made again"]["seen"] == "refused, and nothing changed"
    assert found["traffic comes home in one batch, and the name servers say so"]["seen"].startswith("at 2 servers")
    assert records(world) == before


def test_a_zone_that_is_not_there_fails(places: Places, world: World) -> None:
    place = shift_of(places, world)
    done = place.run("doctor", "--prove-zone", "ZNOTTHERE")
    assert done.status == 4
    assert done.output.splitlines()[0] == "✗ the zone is there: there is no hosted zone `ZNOTTHERE`"


def test_a_signal_while_a_change_is_pending_removes_the_record_first(places: Places, world: World) -> None:
    place = shift_of(places, world)
    before = records(world)
    asked = [word for server in world.variables["dns_servers"] for word in ("--server", server)]
    hold(world, True)
    try:
        running = place.start("doctor", "--prove-zone", world.variables["zone_id"], *asked)
        assert running.stderr is not None and running.stdout is not None
        # What to look for is said before anything is made, and each finding as it comes.
        said = running.stderr.readline()
        assert said.startswith("trying on the throwaway record `migrate-proof-"), said
        assert running.stdout.readline().startswith("✓ a record is made that an alias can lead to")
        name = said.split("`")[1]
        until(lambda: any(record.get("SetIdentifier") for record in records(world)), lambda: f"{records(world)}")
        time.sleep(0.5)
        assert running.poll() is None and any(record["Name"] == name for record in records(world))
        running.send_signal(signal.SIGINT)
        output, talk = running.communicate(timeout=60)
    finally:
        hold(world, False)
    assert running.returncode == 130, f"{output}\n{talk}"
    assert records(world) == before
    assert "stopping: the throwaway records are removed first" in talk, talk
    assert "stopped by a signal while change" in output and "nothing is left" in output, output


def test_the_members_that_are_tried_are_of_both_types_and_an_alias(places: Places, world: World) -> None:
    place = shift_of(places, world)
    asked = [word for server in world.variables["dns_servers"] for word in ("--server", server)]
    hold(world, True)
    try:
        running = place.start("doctor", "--prove-zone", world.variables["zone_id"], *asked)
        until(lambda: any(record.get("SetIdentifier") for record in records(world)), lambda: f"{records(world)}")
        members = [record for record in records(world) if record.get("SetIdentifier") == "migrate-new"]
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
    finally:
        hold(world, False)
    assert sorted(member["Type"] for member in members) == ["A", "AAAA"]
    assert all("AliasTarget" in member for member in members), members
