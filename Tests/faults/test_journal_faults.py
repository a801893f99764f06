"""The library that kills: a commit that it leaves undone is not there, and one that it leaves done is."""

from __future__ import annotations

from conftest import KILLED, Fault, Places

RUNBOOK = """\
migrate: 1
runbook: small
title: Three programs
phases:
  - id: phase-1
    title: Everything
    steps:
      - id: first
        do: exec
        with: {command: [sh, -c, "echo first >> made"], undo: []}
      - id: look
        probe: exec
        with: {command: [grep, first, made]}
      - id: last
        do: exec
        with: {command: [sh, -c, "echo last >> made"], undo: []}
"""


def heads(places: Places, manner: str) -> list[list[str]]:
    """What the journal holds after a kill at the first commit, at the second, and so on, each in a folder of its own."""
    found: list[list[str]] = []
    while True:
        place = places.make(RUNBOOK)
        if place.run("run", fault=Fault(manner, len(found) + 1)).status != KILLED:
            return found
        found.append(place.kinds())


def test_a_commit_is_undone_when_killed_before_it_and_done_when_killed_after_it(places: Places) -> None:
    before, after = heads(places, "kill-before"), heads(places, "kill-after")
    assert before[1:] == after[:-1], (before, after)
    assert len({len(kinds) for kinds in after}) >= 6, after
