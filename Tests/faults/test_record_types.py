"""A shift of an AAAA record, of a CNAME and of names in a private zone: forward, home, and undone exactly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import Place, Places, World
from shifting import batches, new_side_port, newest_call, serving, shift_of

DONE, PENDING = 0, 2
PRIVATE = "inner.lgtm.test"
NEW_SIDE = "new-side.lgtm.test"
"""Name that leads to the address behind which the new side really serves."""


@dataclass
class Case:
    """A record, and where it shall lead."""

    type: str
    old: str
    to: str
    new: str
    is_private: bool = False
    witness: str = "servers"
    """Who says what the zone answers: the servers that are given, or the resolver alone."""


CASES = {
    "AAAA": Case("AAAA", "2001:db8::1", '{address: "::1"}', "::1"),
    "CNAME": Case("CNAME", "old-side.lgtm.test", f"{{cname: {NEW_SIDE}}}", NEW_SIDE),
    "private": Case("A", "127.0.0.8", "{address: 127.0.0.9}", "127.0.0.9", is_private=True),
    "private-by-resolver": Case("A", "127.0.0.8", "{address: 127.0.0.9}", "127.0.0.9", True, "resolver"),
    "private-CNAME": Case("CNAME", "old-side.lgtm.test", f"{{cname: {NEW_SIDE}}}", NEW_SIDE, is_private=True),
}


@contextmanager
def private_zone(world: World) -> Iterator[str]:
    """Id of a private zone of its own."""
    client = world.client("route53")
    region = world.environment["AWS_REGION"]
    made = client.create_hosted_zone(
        Name=PRIVATE, CallerReference=f"private-{newest_call(world)}", HostedZoneConfig={"PrivateZone": True},
        VPC={"VPCRegion": region, "VPCId": world.variables["vpc_id"]},
    )  # fmt: skip
    zone = made["HostedZone"]["Id"].rpartition("/")[2]
    try:
        yield zone
    finally:
        client.delete_hosted_zone(Id=zone)


def change(world: World, zone: str, action: str, record: dict[str, Any]) -> None:
    world.client("route53").change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]}
    )


def sets(world: World, zone: str, name: str) -> list[dict[str, Any]]:
    found = world.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return [item for item in found if item["Name"] == f"{name}."]


def values(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted(
        (item.get("SetIdentifier"), item.get("Weight"), item["TTL"], item["ResourceRecords"][0]["Value"].rstrip("."))
        for item in found
    )


def without_servers(place: Place, *more: str) -> None:
    """Takes `servers`, and whatever `more` names, out of the step."""
    file = place.home / "runbook.yaml"
    gone = tuple(f"          {name}: " for name in ("servers", *more))
    kept = [line for line in file.read_text().splitlines(keepends=True) if not line.startswith(gone)]
    file.write_text("".join(kept))


def shift(places: Places, world: World, case: Case, zone: str, name: str) -> None:
    """Forward, home and undone; each time the record sets are what they should be."""
    record = {"Name": f"{name}.", "Type": case.type, "TTL": 300, "ResourceRecords": [{"Value": case.old}]}
    change(world, zone, "CREATE", record)
    before = sets(world, zone, name)
    prove = f"{{scheme: http, port: {new_side_port()}}}"
    place = shift_of(places, world, zone=zone, name=name, to=case.to, prove=prove, soak="5m")
    if case.witness == "resolver":
        without_servers(place)
    done = place.run("plan")
    assert done.status == PENDING, done.talk
    start = newest_call(world)
    done = place.run("run")
    assert done.status == DONE, f"{done.talk}\n{place.run('log').output}"
    made = [batch.changes for batch in batches(world, start)]
    shares = [
        {entry["ResourceRecordSet"].get("SetIdentifier"): entry["ResourceRecordSet"].get("Weight")
         for entry in entries if entry["Action"] == "CREATE"}
        for entries in made
    ]  # fmt: skip
    assert shares == [
        {None: None}, {"migrate-old": 100, "migrate-new": 0}, {"migrate-old": 90, "migrate-new": 10},
        {"migrate-old": 0, "migrate-new": 100}, {None: None},
    ]  # fmt: skip
    assert all(entry["ResourceRecordSet"]["Type"] == case.type for entries in made for entry in entries)
    assert values(sets(world, zone, name)) == [(None, None, 300, case.new)]
    done = place.run("back-out", "--reason", "trial")
    assert done.status == DONE, done.talk
    assert values(sets(world, zone, name)) == [
        ("migrate-new", 0, 60, case.new), ("migrate-old", 100, 60, case.old),
    ]  # fmt: skip
    done = place.run("rollback", "--all", "--yes")
    assert (done.status, sets(world, zone, name)) == (DONE, before), done.talk
    change(world, zone, "DELETE", record)


@pytest.fixture(autouse=True)
def new_side(world: World) -> Iterator[None]:
    """A name for the new side, and a server at the address of the version 6 too."""
    zone = world.variables["zone_id"]
    record = {"Name": f"{NEW_SIDE}.", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "127.0.0.9"}]}
    change(world, zone, "CREATE", record)
    with serving("::1", new_side_port()):
        yield
    change(world, zone, "DELETE", record)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_record_of_this_type_moves_comes_home_and_is_undone_exactly(places: Places, world: World, case: Case) -> None:
    if not case.is_private:
        shift(places, world, case, world.variables["zone_id"], f"{case.type.lower()}.lgtm.test")
        return
    with private_zone(world) as zone:
        shift(places, world, case, zone, f"{case.type.lower()}.{PRIVATE}")


def test_a_private_zone_that_nobody_can_see_is_not_shifted(places: Places, world: World) -> None:
    with private_zone(world) as zone:
        record = {"Name": f"a.{PRIVATE}.", "Type": "A", "TTL": 300, "ResourceRecords": [{"Value": "127.0.0.8"}]}
        change(world, zone, "CREATE", record)
        before = sets(world, zone, f"a.{PRIVATE}")
        place = shift_of(places, world, zone=zone, name=f"a.{PRIVATE}", soak="5m")
        without_servers(place, "resolver")
        done = place.run("run")
        assert done.status != DONE, done.talk
        assert "is private: only inside its VPCs can be seen what it answers" in done.talk
        assert sets(world, zone, f"a.{PRIVATE}") == before
        change(world, zone, "DELETE", record)
