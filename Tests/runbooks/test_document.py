"""The tables of docs/runbooks/lgtm-fargate.md: complete, and every name in them is there."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from conftest import LGTM, REPOSITORY

PAGE = (REPOSITORY / "docs/runbooks/lgtm-fargate.md").read_text()
RUNBOOK = yaml.safe_load((LGTM / "runbook.yaml").read_text())
STEPS = {f"{phase['id']}/{step['id']}": step for phase in RUNBOOK["phases"] for step in phase["steps"]}
HANGUL = re.compile(r"[\uac00-\ud7a3]")
CHECKLIST = {1: 6, 2: 6, 3: 6, 4: 5, 5: 4}
"""Lines of the document's checklist, by phase."""


def rows(title: str) -> list[list[str]]:
    """Rows of the table under a heading, without its head."""
    section = PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


TABLES = ("The checklist", "Numbers and fixed points", "What a careful operator knows")


def broken(where: str) -> list[str]:
    """Names in a cell that are neither steps, variables nor files."""
    found = []
    for name in re.findall(r"`([^`]+)`", where):
        if re.match(r"phase-\d/", name):
            if name not in STEPS:
                found.append(name)
        elif name.startswith("variables."):
            if name.removeprefix("variables.") not in RUNBOOK["variables"]:
                found.append(name)
        elif (
            "/" in name and not name.startswith("/") and not (LGTM / name).exists() and not (REPOSITORY / name).exists()
        ):
            found.append(name)
    return found


@pytest.mark.parametrize("title", TABLES)
def test_every_name_in_the_tables_is_there(title: str) -> None:
    assert rows(title)
    for row in rows(title):
        assert broken(row[-1]) == [], row
        assert "`" in row[-1] or row[-1].startswith("**Missing:**"), f"{row[0]}: nothing carries it"


def test_a_name_that_is_not_there_is_found() -> None:
    wrong = "`phase-4/no-such-step` `variables.no_such` `dockerfiles/mimir/no-such.yaml` `phase-4/services`"
    assert broken(wrong) == ["phase-4/no-such-step", "variables.no_such", "dockerfiles/mimir/no-such.yaml"]


def test_the_checklist_has_all_its_lines_and_each_is_in_its_phase() -> None:
    found = [int(row[0]) for row in rows("The checklist")]
    assert {phase: found.count(phase) for phase in set(found)} == CHECKLIST and len(found) == 27
    for row in rows("The checklist"):
        assert all(name.startswith(f"phase-{row[0]}/") for name in re.findall(r"`(phase-\d/[^`]+)`", row[2])), row


def test_every_step_is_explained_by_the_tables_or_prepares_one_that_is() -> None:
    named = set(re.findall(r"`(phase-\d/[\w-]+)`", PAGE))
    assert set(STEPS) - named <= {
        "phase-1/old-side", "phase-1/certificate", "phase-4/mimir-tasks", "phase-4/targets", "phase-4/new-side",
        "phase-5/record-as-known", "phase-5/alarms-before", "phase-5/new-side-before", "phase-5/approve",
        "phase-6/still-moved", "phase-6/retire", "phase-6/last-flush-mimir", "phase-6/last-flush-loki",
        "phase-6/last-flush-tempo", "phase-6/discovery-after", "phase-6/loki-ring-after", "phase-6/metrics-after",
        "phase-6/logs-after", "phase-6/served-after",
    }  # fmt: skip


@pytest.mark.parametrize("file", ["runbook.yaml", "deploy/runbook.yaml"])
def test_everything_has_an_english_and_a_korean_title(file: str) -> None:
    runbook = yaml.safe_load((LGTM / file).read_text())
    titled: list[Any] = [runbook, *runbook["phases"], *(step for phase in runbook["phases"] for step in phase["steps"])]
    for one in titled:
        title = one["title"]
        assert title["en"] and not HANGUL.search(title["en"]), title
        # A name that is no word in Korean stays as it is, such as that of a task definition.
        assert title["ko"] and (HANGUL.search(title["ko"]) or title["ko"] == title["en"]), title


def test_definitions_before_and_after_the_handover_differ_in_what_is_handed_over_alone() -> None:
    before = STEPS["phase-4/definitions"]["with"]["values"]
    after = STEPS["phase-6/definitions-after"]["with"]["values"]
    assert set(before) == set(after)
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {
        "compactor_disabled_tenants": ("anonymous", ""),
        "ruler_disabled_tenants": ("anonymous", ""),
        "compaction_interval": ("8760h", "10m"),
        "compactor_disabled": ("true", "false"),
        "retention_enabled": ("false", "true"),
        "query_store_after": ("0s", "12h"),
        "execute_alerts": ("false", "true"),
    }
    deployed = yaml.safe_load((LGTM / "deploy/runbook.yaml").read_text())["variables"]
    for name, value in after.items():
        if before[name] != value:
            assert deployed[name]["default"] == value, "a later deployment must not undo the handover"


def test_nothing_is_retired_before_people_have_agreed() -> None:
    order = [step["id"] for step in RUNBOOK["phases"][-1]["steps"]]
    for step in ("agents-new-first", "old-rests", "services-after", "stop-old"):
        assert order.index("keep-old") < order.index("retire") < order.index(step)
