"""Two processes race for one run, again and again: never are two at work."""

from __future__ import annotations

import os

from conftest import Places

RACES = int(os.environ.get("FAULT_RACES", "200"))

RUNBOOK = """\
migrate: 1
runbook: small
title: A program that says when it begins and ends
phases:
  - id: phase-1
    title: Preparation
    steps:
      - id: make
        title: Begin and end
        do: exec
        with: {command: [sh, -c, "echo begin $$ >> made; sleep 0.02; echo end $$ >> made"], undo: []}
"""


def test_two_processes_are_never_both_at_work(places: Places) -> None:
    held = 0
    for number in range(RACES):
        place = places.make(RUNBOOK)
        racers = [place.start("run") for _ in range(2)]
        talks = [racer.communicate(timeout=60)[1] for racer in racers]
        statuses = sorted(racer.returncode for racer in racers)
        what = f"race {number}: {statuses}\n" + "\n---\n".join(talks)
        # The second finds the run held, or over already.
        assert statuses in ([0, 75], [0, 0]), what
        held += statuses == [0, 75]
        lines = place.lines("made")
        assert len(lines) == 2, f"{what}\n{lines}"
        begun, ended = (line.split() for line in lines)
        assert (begun[0], ended[0]) == ("begin", "end") and begun[1] == ended[1], f"{what}\n{lines}"
        assert place.run("log", "--verify").status == 0, what
    assert held > 0, "they never met"
