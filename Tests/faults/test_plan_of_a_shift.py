"""`migrate plan` of a shift: every batch over what the one before leaves, and a time line; nothing is changed."""

from __future__ import annotations

import json

from conftest import Places, World
from shifting import pair, shift_of

PENDING = 2


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
