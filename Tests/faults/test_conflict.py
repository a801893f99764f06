"""Somebody edits the record in the middle of a shift: it stops, shows three versions, and touches nothing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Place, Places, World
from shifting import pair, run_by_hand, shift_of, until

DONE, PAUSED = 0, 3


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


def versions(talk: str) -> list[list[str]]:
    """The lines of every conflict that `talk` tells of."""
    lines = talk.splitlines()
    return [
        lines[number + 1 : number + 4]
        for number, line in enumerate(lines)
        if "changed by somebody else; nothing was touched" in line
    ]


@pytest.fixture
def old(world: World) -> str:
    """Address of the old side, to which the name leads by itself."""
    restore(world, world.variables["old_address"])
    return world.variables["old_address"]


def conflicted(places: Places, world: World, theirs: dict[str, int]) -> tuple[Place, str]:
    """A shift at 10 % in which somebody made it `theirs`, and what it and a back-out said.

    The soak lasts ten hours, a minute and a half in the sandbox: that the conflict comes at once is what counts.
    """
    place = shift_of(places, world)
    running = place.start("run")
    until(lambda: "step.soakStarted" in place.kinds()[-2:], lambda: f"{pair(world)}\n{place.run('log').output}")
    until(lambda: 10 in pair(world).values() and running.poll() is None, lambda: place.run("log").output)
    edit(world, theirs)
    before = time.monotonic()
    # Coming home would overwrite theirs, so that it does not, asked to or not.
    until(lambda: any(name.endswith("conflicted") for name in place.kinds()), lambda: place.run("log").output)
    assert time.monotonic() - before < 30, "not seen before the end of the soak"
    assert pair(world) == theirs
    done = place.run("back-out", "--reason", "trial")
    talk = running.communicate(timeout=60)[1]
    assert (done.status, running.returncode, pair(world)) == (PAUSED, PAUSED, theirs), f"{done.talk}\n{talk}"
    return place, talk + done.talk


def test_an_edit_in_mid_shift_stops_it_and_is_left_alone(places: Places, world: World, old: str) -> None:
    theirs = {"migrate-old": 70, "migrate-new": 30}
    place, talk = conflicted(places, world, theirs)
    assert len(versions(talk)) == 2, talk
    for shown in versions(talk):
        assert [line.split()[0] for line in shown] == ["before", "ours", "theirs"], talk
        assert f"ttl 300, type A, values {old}" in shown[0]
        assert "weight 90)" in shown[1] and "weight 10;" in shown[1], shown[1]
        assert "weight 70)" in shown[2] and "weight 30;" in shown[2], shown[2]
    assert "hint: put it back as `ours` says, then `migrate back-out`" in talk, talk
    # Nothing says that all is undone while 30 % of the traffic are away.
    done = place.run("rollback", "--continue", "--yes")
    assert done.status != 0 and "nothing is left to undo" not in done.talk, done.talk
    assert "traffic is away" in done.talk and "`migrate back-out` brings it home" in done.talk, done.talk
    # Put right, it goes on where it was.
    edit(world, {"migrate-old": 90, "migrate-new": 10})
    done = place.run("back-out", "--reason", "trial")
    assert done.status == DONE, done.talk
    assert pair(world) == {"migrate-old": 100, "migrate-new": 0}
    done = place.run("rollback", "--all", "--yes")
    assert done.status == DONE, done.talk
    assert pair(world) == {"": None}


def test_the_command_that_is_shown_brings_home_what_somebody_else_made(
    places: Places, world: World, old: str, tmp_path: Path
) -> None:
    place, talk = conflicted(places, world, {"migrate-old": 70, "migrate-new": 30})
    command = next(line.strip() for line in talk.splitlines() if "aws route53 change-resource-record-sets" in line)
    script = tmp_path / "home.sh"
    script.write_text(command)
    run_by_hand(script, place, world)
    assert pair(world) == {"migrate-old": 100, "migrate-new": 0}
    assert place.run("back-out", "--reason", "trial").status == DONE
    assert place.run("rollback", "--all", "--yes").status == DONE
    assert pair(world) == {"": None}


def test_a_shift_whose_journal_is_lost_is_not_taken_over(places: Places, world: World, old: str) -> None:
    owner = shift_of(places, world)
    running = owner.start("run")
    until(lambda: 10 in pair(world).values(), lambda: owner.run("log").output)
    running.kill()
    running.communicate(timeout=60)
    middle = pair(world)
    stranger = shift_of(places, world)
    done = stranger.run("run")
    assert (done.status, pair(world)) == (PAUSED, middle), done.talk
    host = world.variables["host"]
    said = f"`{host}.` is in the middle of a shift that this run has not made: the new side has 10 %"
    assert said in done.talk and "`migrate back-out` with the journal that began it" in done.talk, done.talk
    for words in (("back-out", "--reason", "trial"), ("rollback", "--all", "--yes")):
        stranger.run(*words)
        assert pair(world) == middle
    assert owner.run("back-out", "--reason", "trial").status == DONE
    assert owner.run("rollback", "--all", "--yes").status == DONE
    assert pair(world) == {"": None}
