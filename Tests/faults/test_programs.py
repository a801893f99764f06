"""Programs that change something run exactly once, whenever `migrate` is killed, and nobody is asked about them."""

from __future__ import annotations

import pytest
from conftest import KILLED, Fault, Places

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


@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_a_program_runs_once_wherever_its_process_is_killed(places: Places, manner: str) -> None:
    reached = set()
    for count in range(1, 100):
        place = places.make(RUNBOOK)
        done = place.run("run", fault=Fault(manner, count))
        if done.status == 0:
            break
        assert done.status == KILLED, done.talk
        kinds = place.kinds()
        reached.add(kinds[-1] if kinds else "nothing")
        again = place.run("run")
        assert again.status == 0, f"{manner} {count}: {again.talk}"
        assert place.lines("made") == ["made"], f"{manner} {count}: {again.talk}"
        assert "change.inDoubt" not in place.kinds(), f"{manner} {count}"
    # Killed with the program on record and its gate unopened, and with its work done and its outcome unwritten.
    assert {"change.intended", "change.programStarted"} <= reached, reached
    assert not list((place.folder / "state/programs/small.test").iterdir()), "what programs said may hold secrets"


@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_a_program_that_undoes_runs_once_too(places: Places, manner: str) -> None:
    for count in range(1, 100):
        place = places.make(RUNBOOK)
        assert place.run("run").status == 0
        if place.run("rollback", "--all", "--yes", fault=Fault(manner, count)).status == 0:
            break
        again = place.run("rollback", "--all", "--yes")
        assert again.status == 0, f"{manner} {count}: {again.talk}"
        assert place.lines("made") == ["made", "undone"], f"{manner} {count}: {again.talk}"
    assert count > 4
