"""A change that Route 53 does not carry out in time: the run pauses, says which it is, and goes on waiting for that one."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from conftest import Places, World
from shifting import pair, shift_of

PAUSED = 3

LANDED = "change.applied"


def hold(world: World, is_held: bool) -> None:
    request = urllib.request.Request(
        f"{world.environment['AWS_ENDPOINT_URL']}/sandbox/propagation", json.dumps({"held": is_held}).encode()
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


def batches(world: World) -> int:
    return world.effects().get("route53:ChangeResourceRecordSets", 0)


def changes(events: list[dict[str, Any]]) -> set[str]:
    """Ids of the changes that the journal's receipts hold."""
    receipts = [event["event"]["change"]["_1"]["applied"]["receipt"] for event in events if event["kind"] == LANDED]
    return {str(receipt["change_id"]) for receipt in receipts}


def test_a_change_that_stays_pending_pauses_and_is_waited_for_again(places: Places, world: World) -> None:
    place = shift_of(places, world, soak="10m")
    before, count = pair(world), batches(world)
    hold(world, True)
    try:
        done = place.run("run")
        (identifier,) = changes(place.events())
        assert done.status == PAUSED, done.talk
        assert f"! shift/ttl  change {identifier} is PENDING" in done.talk, done.talk
        assert batches(world) == count + 1
        status = place.run("status")
        assert f"change {identifier} is PENDING" in status.output + status.talk, status.output
        # Asked to go on, it goes on waiting, for the same change and without another batch.
        for words in (("run",), ("retry", "shift/ttl"), ("run",)):
            done = place.run(*words)
            assert batches(world) == count + 1, (words, done.talk)
            assert changes(place.events()) == {identifier}
        assert done.status == PAUSED and f"change {identifier} is PENDING" in done.talk, done.talk
    finally:
        hold(world, False)
    done = place.run("run")
    assert done.status == 0, done.talk
    # TTL, conversion, 10 %, 100 %, finish: each once.
    assert batches(world) == count + 5
    assert place.run("back-out", "--reason", "trial").status == 0
    assert place.run("rollback", "--all", "--yes").status == 0
    assert pair(world) == before
