"""Two names of a zone move together: each step is one batch, and both come back exactly as they were."""

from __future__ import annotations

from typing import Any

from conftest import Places, World
from shifting import shift_of

SECOND = "api.lgtm.test"


def sets(world: World) -> list[tuple[Any, ...]]:
    """Address records of both names, as boto3 sees them."""
    names = {world.variables["host"] + ".", SECOND + "."}
    found = world.client("route53").list_resource_record_sets(HostedZoneId=world.variables["zone_id"])
    return sorted(
        (item["Name"], item.get("SetIdentifier"), item.get("TTL"), [row["Value"] for row in item["ResourceRecords"]])
        for item in found["ResourceRecordSets"]
        if item["Name"] in names and item["Type"] == "A"
    )


def second(world: World, action: str) -> None:
    record = {"Name": SECOND + ".", "Type": "A", "TTL": 120, "ResourceRecords": [{"Value": "127.0.0.8"}]}
    world.client("route53").change_resource_record_sets(
        HostedZoneId=world.variables["zone_id"],
        ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]},
    )


def test_two_names_move_in_one_batch_a_step(places: Places, world: World) -> None:
    second(world, "CREATE")
    before = sets(world)
    more = f"also: [{SECOND}]\n          resolvers: ['${{servers.0}}']"
    place = shift_of(places, world, soak="30m", name=f'"${{host}}"\n          {more}')
    count = world.effects()["route53:ChangeResourceRecordSets"]
    done = place.run("run")
    assert done.status == 0, done.talk
    # TTL, conversion, 10 %, 100 %, finish.
    assert world.effects()["route53:ChangeResourceRecordSets"] - count == 5
    assert sets(world) == [
        (SECOND + ".", None, 120, ["127.0.0.9"]),
        (world.variables["host"] + ".", None, 300, ["127.0.0.9"]),
    ]
    # Whoever is asked is asked for both names, and has it that the old side is none of them any more.
    said = [line for line in place.run("log").output.splitlines() if "shift/resolvers-w100" in line]
    wanted = ("0 of 2 answers of resolvers still old", f"{SECOND} A moved: 127.0.0.9")
    assert any(all(words in line for words in wanted) for line in said), said
    done = place.run("back-out", "--reason", "trial")
    assert done.status == 0, done.talk
    assert world.effects()["route53:ChangeResourceRecordSets"] - count == 6
    done = place.run("rollback", "--all", "--yes")
    assert done.status == 0, done.talk
    assert sets(world) == before
    second(world, "DELETE")
