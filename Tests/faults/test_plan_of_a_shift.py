"""`migrate plan` of a shift: every batch over what the one before leaves, and a time line; nothing is changed."""

from __future__ import annotations

import json

from conftest import Places, World
from shifting import batches, newest_call, pair, shift_of, until

DONE, PENDING, BACKED_OUT = 0, 2, 6


def test_looks_behind_moved_traffic_are_not_foretold(places: Places, world: World) -> None:
    count = "{probe: exec, with: {command: [echo, '{\"n\": 5000}']}, count: .json.n}"
    share = f"5m\n          share: {{old: {count}, new: {count}}}\n          resolvers: ['${{servers.0}}']"
    done = shift_of(places, world, soak=share).run("plan", "--json")
    # Asked now, old and new side would count the same, and both would stop the run.
    assert done.status == PENDING, done.talk
    outlooks = {entry["step"].split("/")[1]: entry["outlook"] for entry in json.loads(done.output)["steps"]}
    assert {name for name, outlook in outlooks.items() if outlook == "later"} == {
        "resolvers-w10", "share-w10", "resolvers-w100", "share-w100", "left",
    }  # fmt: skip


def test_the_batches_and_the_time_line_are_shown(places: Places, world: World) -> None:
    before = pair(world)
    place = shift_of(places, world, soak="5m")
    done = place.run("plan", "--json")
    assert done.status == PENDING, done.talk
    plan = json.loads(done.output)
    steps = {entry["step"].split("/")[1]: entry for entry in plan["steps"]}
    moves = ["ttl", "convert", "w10", "w100", "finish"]
    assert all(steps[name]["outlook"] == "change" for name in moves)
    # Each starts from what the one before it leaves.
    for earlier, later in zip(moves, moves[1:], strict=False):
        assert steps[later]["from"]["sets"] == steps[earlier]["to"]["sets"], later
    (line,) = plan["shifts"]
    assert [(entry["step"], entry["at"], entry["known"]) for entry in line["entries"]] == [
        ("shift/ttl", 0, None), ("shift/wait-ttl", 0, None), ("shift/convert", 300, None), ("shift/w10", 300, 360),
        ("shift/soak-w10", 300, None), ("shift/w100", 600, 660), ("shift/soak-w100", 600, None),
        ("shift/finish", 900, 1200),
    ]  # fmt: skip
    assert (line["end"], line["ttl"]) == (900, 300)
    assert pair(world) == before


def test_what_is_foretold_is_what_is_sent(places: Places, world: World) -> None:
    before = pair(world)
    place = shift_of(places, world, soak="30m")
    done = place.run("plan", "--json")
    assert done.status == PENDING, done.talk
    plan = json.loads(done.output)
    calls = [step["call"]["entries"] for step in plan["steps"] if step["outlook"] == "change"]
    start = newest_call(world)
    done = place.run("run")
    assert done.status == DONE, done.talk
    assert [batch.changes for batch in batches(world, start)] == calls
    # From the end: home first, then what a rollback undoes besides.
    (ways,) = plan["ways_back"]
    last = ways["points"][-1]
    assert last["after"] == ["shift/finish"]
    start = newest_call(world)
    done = place.run("rollback", "--all", "--yes")
    assert done.status == DONE, done.talk
    legs = [last["back_out"], *last["rollback"]]
    assert [leg["step"] for leg in legs] == ["shift/convert", "shift/convert", "shift/ttl"]
    assert [batch.changes for batch in batches(world, start)] == [leg["call"]["entries"] for leg in legs]
    assert pair(world) == before


def test_each_point_says_what_a_back_out_from_there_sends_and_how_long_resolvers_lag(
    places: Places, world: World
) -> None:
    before = pair(world)
    place = shift_of(places, world)
    done = place.run("plan", "--json")
    (ways,) = json.loads(done.output)["ways_back"]
    points = {tuple(point["after"]): point for point in ways["points"]}
    lags = {steps: (point["back_out"] is not None, point["resolvers_follow_within"]) for steps, point in points.items()}
    assert lags == {
        ("shift/ttl", "shift/wait-ttl"): (False, None),
        ("shift/convert",): (False, None),
        ("shift/w10", "shift/soak-w10"): (True, 60),
        ("shift/w100", "shift/soak-w100"): (True, 60),
        ("shift/finish",): (True, 300),
    }
    running = place.start("run")
    until(lambda: 10 in pair(world).values(), lambda: place.run("log").output)
    until(lambda: "step.soakStarted" in place.kinds()[-2:], lambda: place.run("log").output)
    start = newest_call(world)
    done = place.run("back-out", "--reason", "trial")
    talk = running.communicate(timeout=60)[1]
    assert running.returncode == BACKED_OUT, f"{done.talk}\n{talk}"
    foretold = points["shift/w10", "shift/soak-w10"]["back_out"]["call"]["entries"]
    assert [batch.changes for batch in batches(world, start)] == [foretold]
    done = place.run("rollback", "--all", "--yes")
    assert (done.status, pair(world)) == (DONE, before), done.talk


def test_the_screen_shows_the_batches_and_the_ways_back(places: Places, world: World) -> None:
    place = shift_of(places, world, soak="30m")
    done = place.run("plan", "phase-1")
    assert done.status == PENDING, done.talk
    lines = done.output.splitlines()
    point = lines.index("    shift/w10, shift/soak-w10")
    zone = world.variables["zone_id"]
    assert lines[point + 1] == (
        f"      back-out: one batch to zone {zone}, all of it or none, INSYNC as a rule within a minute, and then "
        "verified at each server that is asked; then 1m at most until the last resolver follows"
    )
    host, old, new = world.variables["host"], world.variables["old_address"], "127.0.0.9"
    assert [line.split() for line in lines[point + 2 : point + 6]] == [
        ["DELETE", f"{host}.", "A", "migrate-new", "weight", "10", "TTL", "60", new],
        ["DELETE", f"{host}.", "A", "migrate-old", "weight", "90", "TTL", "60", old],
        ["CREATE", f"{host}.", "A", "migrate-new", "weight", "0", "TTL", "60", new],
        ["CREATE", f"{host}.", "A", "migrate-old", "weight", "100", "TTL", "60", old],
    ]
    assert lines[point + 6] == (
        "      rollback: the same call, then undoes `shift/convert`, then `shift/ttl`, whose calls it makes the other way "
        "round; 3 calls in all, each waited for before the next"
    )
