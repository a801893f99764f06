"""`migrate doctor --prove-zone`: what a shift counts on, tried on a throwaway record that is gone afterwards."""

from __future__ import annotations

import json
from typing import Any

from conftest import Places, World
from shifting import shift_of


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
    assert len(found) == 10 and all(entry["pass"] for entry in found.values())
    assert found["what is there is not made again"]["seen"] == "refused, and nothing changed"
    assert found["traffic comes home in one batch, and the name servers say so"]["seen"].startswith("at 2 servers")
    assert records(world) == before


def test_a_zone_that_is_not_there_fails(places: Places, world: World) -> None:
    place = shift_of(places, world)
    done = place.run("doctor", "--prove-zone", "ZNOTTHERE")
    assert done.status == 4
    assert done.output.splitlines()[0] == "✗ the zone is there: there is no hosted zone `ZNOTTHERE`"
