"""Programs that change something run exactly once, whenever `migrate` is killed, and nobody is asked about them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from conftest import KILLED, Fault, Place, Places

RUNBOOK = """\
migrate: 1
runbook: small
title: A program that nobody can look at
phases:
  - id: phase-1
    title: Preparation
    steps:
      - id: make
        title: Append a line
        do: exec
        with: {command: [sh, -c, "echo made >> made; echo said"], undo: [sh, -c, "echo undone >> made"]}
"""


WIDTH = 4


def at_each_commit(places: Places, trial: Callable[[Place, int], str | None]) -> set[str]:
    """Has `trial` made with the kill at commit 1, 2, 3 … until none is met; gives what the trials gave, None at the end."""
    reached: set[str] = set()
    with ThreadPoolExecutor(WIDTH) as pool:
        for start in count(1, WIDTH):
            numbers = range(start, start + WIDTH)
            found = list(pool.map(lambda number: trial(places.make(RUNBOOK), number), numbers))
            reached |= {kind for kind in found if kind is not None}
            if None in found:
                return reached


@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_a_program_runs_once_wherever_its_process_is_killed(places: Places, manner: str) -> None:
    def trial(place: Place, number: int) -> str | None:
        done = place.run("run", fault=Fault(manner, number))
        if done.status == 0:
            return None
        assert done.status == KILLED, done.talk
        kinds = place.kinds()
        again = place.run("run")
        assert again.status == 0, f"{manner} {number}: {again.talk}"
        assert place.lines("made") == ["made"], f"{manner} {number}: {again.talk}"
        assert "change.inDoubt" not in place.kinds(), f"{manner} {number}"
        left = place.folder / "state/programs/small.test"
        assert not (left.exists() and list(left.iterdir())), "what programs said may hold secrets"
        return kinds[-1] if kinds else "nothing"

    reached = at_each_commit(places, trial)
    # Killed with the program on record and its gate unopened, and with its work done and its outcome unwritten.
    assert {"change.intended", "change.programStarted"} <= reached, reached


@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_a_program_that_undoes_runs_once_too(places: Places, manner: str) -> None:
    def trial(place: Place, number: int) -> str | None:
        assert place.run("run").status == 0
        if place.run("rollback", "--all", "--yes", fault=Fault(manner, number)).status == 0:
            return None
        kinds = place.kinds()
        again = place.run("rollback", "--all", "--yes")
        assert again.status == 0, f"{manner} {number}: {again.talk}"
        assert place.lines("made") == ["made", "undone"], f"{manner} {number}: {again.talk}"
        return kinds[-1]

    reached = at_each_commit(places, trial)
    assert {"change.intended", "change.programStarted"} <= reached, reached
