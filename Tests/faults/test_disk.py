"""A disk that fills, turns read-only or fails at any write of the journal: nothing lost, nothing repeated, said clearly."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from conftest import Fault, Place, Places

RUNBOOK = """\
migrate: 1
runbook: small
title: Two programs
phases:
  - id: phase-1
    title: Preparation
    steps:
      - id: first
        title: Append a line
        do: exec
        with: {command: [sh, -c, "echo first >> made"], undo: []}
      - id: look
        title: Look
        probe: exec
        with: {command: [grep, first, made]}
"""

STRIDE = int(os.environ.get("FAULT_STRIDE", "1"))
"""Every which write fails; above 1 the three errors begin at different ones."""

WORDS = {"ENOSPC": "no space left for journal", "EIO": "the disk failed under journal", "EROFS": "journal `"}


def met(place: Place, error: str, number: int) -> bool:
    """Runs once with the fault and once without; false when no write was left to fail."""
    done = place.run("run", fault=Fault(error, number))
    if not done.met:
        assert done.status == 0, done.talk
        return False
    what = f"{error} at write {number}: {done.status}\n{done.talk}"
    # The last write may be one that nothing depends on: the log is folded back as the process ends.
    if done.status != 0:
        assert done.status == 1, what
        assert "error: " in done.talk and WORDS[error] in done.talk and "hint: " in done.talk, what
        assert "Fatal" not in done.talk, what
    again = place.run("run")
    assert again.status == 0, f"{what}\nagain: {again.talk}"
    assert place.lines("made") == ["first"], f"{what}\nagain: {again.talk}"
    assert place.run("log", "--verify").status == 0, what
    kinds = place.kinds()
    assert kinds.count("step.succeeded") + kinds.count("change.settled") >= 2 and "change.inDoubt" not in kinds, what
    return True


@pytest.mark.parametrize("error", ["EIO", "ENOSPC", "EROFS"])
def test_nothing_is_lost_at_any_write(places: Places, error: str) -> None:
    first = list(WORDS).index(error) * 2 % STRIDE + 1
    width = 4
    reached = 0
    with ThreadPoolExecutor(width) as pool:
        for start in count(first, STRIDE * width):
            numbers = range(start, start + STRIDE * width, STRIDE)
            found = list(pool.map(lambda number: met(places.make(RUNBOOK), error, number), numbers))
            reached += sum(found)
            if not all(found):
                break
    assert reached >= 30 / STRIDE, "the faults hardly met anything"
