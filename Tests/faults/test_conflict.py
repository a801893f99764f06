"""Somebody edits the record in the middle of a shift: it stops, shows three versions, and touches nothing."""

from __future__ import annotations

from typing import Any

from conftest import Places, World
from shifting import pair, shift_of, until

PAUSED = 3


def edit(world: World, shares: dict[str, int]) -> None:
    """What a colleague does in the console: other weights."""
    client, zone = world.client("route53"), world.variables["zone_id"]
    sets = [
        {**item, "Weight": shares[item["SetIdentifier"]]}
        for item in client.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
        if item["Name"] == world.variables["host"] + "." and "SetIdentifier" in item
    ]
    changes = [{"Action": "UPSERT", "ResourceRecordSet": item} for item in sets]
    client.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})


def restore(world: World, address: str) -> None:
    client, zone = world.client("route53"), world.variables["zone_id"]
    sets = [
        item
        for item in client.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
        if item["Name"] == world.variables["host"] + "." and item["Type"] == "A"
    ]
    changes: list[dict[str, Any]] = [{"Action": "DELETE", "ResourceRecordSet": item} for item in sets]
    simple = {"Name": world.variables["host"] + ".", "Type": "A", "TTL": 300, "ResourceRecords": [{"Value": address}]}
    changes.append({"Action": "CREATE", "ResourceRecordSet": simple})
    client.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})


def test_an_edit_in_mid_shift_stops_it_and_is_left_alone(places: Places, world: World) -> None:
    old = world.variables["old_address"]
    restore(world, old)
    place = shift_of(places, world, soak="30m")
    running = place.start("run")
    until(lambda: 10 in pair(world).values(), lambda: f"{pair(world)}\n{place.run('log').output}")
    theirs = {"migrate-old": 70, "migrate-new": 30}
    edit(world, theirs)
    # The process stays, as traffic is away and watched; coming home would overwrite theirs, so that it does not either.
    until(lambda: any(name.endswith("conflicted") for name in place.kinds()), lambda: place.run("log").output)
    assert pair(world) == theirs
    done = place.run("back-out", "--reason", "trial")
    talk = running.communicate(timeout=60)[1]
    assert (done.status, running.returncode, pair(world)) == (PAUSED, PAUSED, theirs), f"{done.talk}\n{talk}"
    shown = talk[talk.index("changed by somebody else; nothing was touched") :].splitlines()[1:4]
    assert [line.split()[0] for line in shown] == ["before", "ours", "theirs"], talk
    assert f"ttl 300, type A, values {old}" in shown[0]
    assert "weight 10)" in shown[1] or "weight 10;" in shown[1]
    assert "weight 30)" in shown[2] or "weight 30;" in shown[2]
    # Put right, it goes on where it was.
    edit(world, {"migrate-old": 90, "migrate-new": 10})
    done = place.run("back-out", "--reason", "trial")
    assert done.status == 0, done.talk
    done = place.run("rollback", "--all", "--yes")
    assert done.status == 0, done.talk
    assert pair(world) == {"": None}
