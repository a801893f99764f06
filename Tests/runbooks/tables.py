"""Rows of broken worlds, which of them are run, what they need, and how one of them is carried out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from breaks import ALL, Break, stopped_at
from night import Ended, Night, binary

SANDBOX = ("terraform", "buildah", "docker-registry")
"""What every world is made with."""


@dataclass(frozen=True)
class Row:
    """What is broken before `step` is reached, and what is then said of the cause."""

    step: str
    broken: Break
    said: str
    always: bool = False
    after: str = ""
    """A step of the same phase that is still done in a sound world, where that phase has no loops."""
    also: tuple[str, ...] = ()
    """Steps beside it that are stopped by the same."""
    begin: str = ""
    """The journal to begin again from, where that is not the one kept before the phase."""
    again: bool = False
    """Whether the journal knows an end of the step already: a probe that passed, or what failed, is tried again."""
    scale: str = ""
    """What the tool divides its waits by, where that is not what it usually is."""

    @property
    def phase(self) -> str:
        return self.step.split("/")[0]


def carry_to(runbook: Path, target: str, carry: Callable[..., Ended]) -> None:
    """Carries out a phase step by step, through `target`: a run of one step does that step alone."""
    wanted, last = target.split("/")
    phases = yaml.safe_load((runbook / "runbook.yaml").read_text())["phases"]
    steps = [step["id"] for phase in phases if phase["id"] == wanted for step in phase["steps"]]
    for step in steps[: steps.index(last) + 1]:
        ended = carry("run", f"{wanted}/{step}")
        assert ended.status == 0, ended.said[-2000:]


def stops(night: Night, row: Row, carry: Callable[..., Ended], anew: str = "") -> None:
    """Begins again before the row's phase, in a world that is broken once `after` is done; `carry` runs a command.

    With `anew` a run of its own is carried through that phase first.
    """
    state = night.from_before("nothing" if anew else row.phase)
    if anew:
        ended = carry(state, "run", "--through", anew)
        assert ended.status == 0, ended.said[-2000:]
    if row.after:
        carry_to(night.runbook, row.after, lambda *words: carry(state, *words))
    with row.broken(night):
        ended = carry(state, "run", row.phase)
    stopped_at(ended, row.step.split("/")[1], row.also, row.said)


def chosen(rows: list[Row]) -> Any:
    """The rows that are run: a few always, all of them with BROKEN_STEPS=all."""
    return pytest.mark.parametrize("row", [row for row in rows if ALL or row.always], ids=lambda row: row.step)


def needs(*programs: str) -> Any:
    """Skips a module on a machine without a current build of migrate, or without one of the programs."""
    missing = [name for name in programs if shutil.which(name) is None]
    if binary() is None:
        missing.insert(0, "a current build of migrate")
    return pytest.mark.skipif(bool(missing), reason=f"there is no {', no '.join(missing)}")
