"""The tables of broken worlds, as tables: every system has one, every phase is in it, every row names a step."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import SYSTEMS


def rows(system: Path) -> list[Any]:
    """Rows of the system's tables, in whatever lists their modules keep them."""
    files = Path(__file__).parent.glob(f"test_broken_{system.name.replace('-', '_')}*.py")
    modules = [importlib.import_module(file.stem) for file in files]
    lists = [held for module in modules for held in vars(module).values() if isinstance(held, list)]
    return [row for held in lists for row in held if type(row).__name__ == "Row"]


def steps(system: Path) -> dict[str, list[str]]:
    """Steps of each phase."""
    phases = yaml.safe_load((system / "runbook.yaml").read_text())["phases"]
    return {phase["id"]: [step["id"] for step in phase["steps"]] for phase in phases}


@pytest.fixture(params=SYSTEMS, ids=lambda one: one.name)
def system(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_every_phase_is_broken_somewhere(system: Path) -> None:
    assert {row.step.split("/")[0] for row in rows(system)} == set(steps(system))


def test_every_row_names_a_step_and_those_beside_it(system: Path) -> None:
    known = steps(system)
    for row in rows(system):
        phase, step = row.step.split("/")
        assert [one for one in (step, *row.also) if one not in known[phase]] == [], row.step


def test_every_row_says_by_which_words_the_cause_is_named(system: Path) -> None:
    for row in rows(system):
        assert row.said and re.compile(row.said), row.step
        assert re.search(row.said, "") is None, f"{row.step}: anything would do"
