"""A shift killed at commit after commit, forward and back, with and without answers to its batches lost.

No batch is applied twice, none is lost, and the record is as it would have been.
"""

from __future__ import annotations

import json
import urllib.request
from collections import Counter

import pytest
from conftest import KILLED, Fault, Place, Places, World
from shifting import batches, newest_call, pair, shift_of, until

FORWARD = ["TTL of", "simple record → 0 %", "0 % → 10 %", "10 % → 100 %", "weighted pair → simple record"]


HOME = ["simple record → 0 %"]


def carry(place: Place, words: list[str], manner: str | None) -> Counter[str]:
    """Runs a command to its end, killed as often as can be. Gives the last event before each kill."""
    reached: Counter[str] = Counter()
    kills = 0
    while True:
        # Why not always the same: what has no outcome is begun anew, and would be hit at the same place for ever.
        fault = Fault(manner, 2 + kills % 5) if manner else None
        done = place.run(*words, fault=fault)
        if done.status != KILLED:
            assert done.status == 0, f"{done.talk}\n{place.run('log').output}"
            return reached
        kills += 1
        reached[(place.kinds() or ["nothing"])[-1]] += 1
        assert kills < 300, place.run("log").output


def lose_answers(world: World, times: int) -> None:
    """The next batches are applied, and their answers never arrive whole."""
    fault = {
        "service": "route53", "operation": "ChangeResourceRecordSets", "times": times, "status": 503,
        "code": "ServiceUnavailable", "message": "lost", "after": True,
    }  # fmt: skip
    request = urllib.request.Request(
        f"{world.environment['AWS_ENDPOINT_URL']}/sandbox/faults", json.dumps(fault).encode()
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


def forget_faults(world: World) -> int:
    """Ends them; how many answers were lost."""
    request = urllib.request.Request(f"{world.environment['AWS_ENDPOINT_URL']}/sandbox/faults", method="DELETE")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return sum(fault["fired"] for fault in json.load(answer)["were"])


@pytest.mark.parametrize("losing", [False, True], ids=["answered", "answers-lost"])
@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_each_batch_is_made_once_wherever_it_is_killed(
    places: Places, world: World, manner: str, losing: bool
) -> None:
    before = pair(world)
    place = shift_of(places, world, soak="5m")
    for words, wanted in ((["run"], FORWARD), (["rollback", "--all", "--yes"], None)):
        start = newest_call(world)
        if losing:
            lose_answers(world, 100)
        try:
            reached = carry(place, words, manner)
        finally:
            lost = forget_faults(world)
        made = [batch.comment for batch in batches(world, start)]
        assert sum(reached.values()) >= 8, reached
        assert len(made) == len(set(made)), made
        if losing:
            assert lost == len(made), (lost, made)
        if wanted:
            assert len(made) == len(wanted) and all(part in text for part, text in zip(wanted, made, strict=True)), made
            assert pair(world) == {"": None}
    assert pair(world) == before
    assert "change.inDoubt" not in place.kinds()
    assert place.run("log", "--verify").status == 0


@pytest.mark.parametrize("losing", [False, True], ids=["answered", "answers-lost"])
@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_a_back_out_comes_home_once_wherever_it_is_killed(
    places: Places, world: World, manner: str, losing: bool
) -> None:
    before = pair(world)
    place = shift_of(places, world, soak="5m")
    done = place.run("run")
    assert done.status == 0, done.talk
    start = newest_call(world)
    if losing:
        lose_answers(world, 100)
    try:
        reached = carry(place, ["back-out", "--reason", "trial"], manner)
    finally:
        lost = forget_faults(world)
    made = [batch.comment for batch in batches(world, start)]
    # Before the intent, after it, and behind the call: what comes of each is another rule.
    assert len(reached) >= 3 and {"change.intended"} <= set(reached), reached
    assert len(made) == len(HOME) and all(part in text for part, text in zip(HOME, made, strict=True)), made
    if losing:
        assert lost == 1
    assert pair(world) == {"migrate-old": 100, "migrate-new": 0}
    done = place.run("rollback", "--all", "--yes")
    assert (done.status, pair(world)) == (0, before), done.talk
    assert "change.inDoubt" not in place.kinds()
    assert place.run("log", "--verify").status == 0


@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_a_back_out_from_the_middle_comes_home_once_wherever_it_is_killed(
    places: Places, world: World, manner: str
) -> None:
    before = pair(world)
    place = shift_of(places, world)
    running = place.start("run")
    until(lambda: "step.soakStarted" in place.kinds()[-2:] and 10 in pair(world).values(),
          lambda: place.run("log").output)  # fmt: skip
    # The holder dies with traffic away, and whoever brings it home dies again and again.
    running.kill()
    running.communicate(timeout=60)
    start = newest_call(world)
    reached = carry(place, ["back-out", "--reason", "trial"], manner)
    made = [batch.comment for batch in batches(world, start)]
    assert len(reached) >= 3, reached
    assert len(made) == 1 and "10 % → 0 %" in made[0], made
    assert pair(world) == {"migrate-old": 100, "migrate-new": 0}
    done = place.run("rollback", "--all", "--yes")
    assert (done.status, pair(world)) == (0, before), done.talk
    assert place.run("log", "--verify").status == 0
