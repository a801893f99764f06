"""The pages of the systems, docs/runbooks/NAME.md: what their tables name is there; titles are in two languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import LGTM, REPOSITORY, SYSTEMS

HANGUL = re.compile(r"[\uac00-\ud7a3]")
TABLES = ("The checklist", "Numbers and fixed points", "What a careful operator knows")
"""Headings of the tables whose last column says where a line of the document went."""


class Page:
    """The page of one system, beside its runbook."""

    def __init__(self, system: Path) -> None:
        self._system = system
        self.text = (REPOSITORY / f"docs/runbooks/{system.name}.md").read_text()
        self.runbook = yaml.safe_load((system / "runbook.yaml").read_text())
        phases = self.runbook["phases"]
        self.steps = {f"{phase['id']}/{step['id']}": step for phase in phases for step in phase["steps"]}

    def rows(self, title: str) -> list[list[str]]:
        """Rows of the table under a heading, without its head."""
        section = self.text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
        lines = [line for line in section.splitlines() if line.startswith("|")][2:]
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

    def broken(self, where: str) -> list[str]:
        """Names in a cell that are neither steps, variables nor files."""
        phases = {phase["id"] for phase in self.runbook["phases"]}
        found = []
        for name in re.findall(r"`([^`]+)`", where):
            if name.split("/")[0] in phases and "/" in name:
                if name not in self.steps:
                    found.append(name)
            elif name.startswith("variables."):
                if name.removeprefix("variables.") not in self.runbook["variables"]:
                    found.append(name)
            elif (
                "/" in name
                and not name.startswith("/")
                and not (self._system / name).exists()
                and not (REPOSITORY / name).exists()
            ):
                found.append(name)
        return found


@pytest.fixture(params=SYSTEMS, ids=lambda one: one.name)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param)


def test_every_name_in_the_tables_is_there(page: Page) -> None:
    for title in TABLES:
        assert page.rows(title), title
        for row in page.rows(title):
            assert page.broken(row[-1]) == [], row
            assert "`" in row[-1] or row[-1].startswith("**Missing:**"), f"{row[0]}: nothing carries it"


def test_a_name_that_is_not_there_is_found() -> None:
    wrong = "`phase-4/no-such-step` `variables.no_such` `dockerfiles/mimir/no-such.yaml` `phase-4/services`"
    assert Page(LGTM).broken(wrong) == [
        "phase-4/no-such-step",
        "variables.no_such",
        "dockerfiles/mimir/no-such.yaml",
    ]


@pytest.mark.parametrize(
    "file",
    [file for system in SYSTEMS for file in sorted(system.glob("**/runbook.yaml"))],
    ids=lambda one: str(one.parent.relative_to(REPOSITORY / "runbooks")),
)
def test_everything_has_an_english_and_a_korean_title(file: Path) -> None:
    runbook = yaml.safe_load(file.read_text())
    titled: list[Any] = [runbook, *runbook["phases"], *(step for phase in runbook["phases"] for step in phase["steps"])]
    for one in titled:
        title = one["title"]
        assert title["en"] and not HANGUL.search(title["en"]), title
        # A name that is no word in Korean stays as it is, such as that of a task definition.
        assert title["ko"] and (HANGUL.search(title["ko"]) or title["ko"] == title["en"]), title
