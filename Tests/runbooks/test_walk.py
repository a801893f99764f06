"""Every system's runbook in its own world: read, planned, drawn and asked for its permissions, before anything is done.

What stops each of them when the world is broken in one place is in `test_broken_*.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import mermaid
import pytest
import yaml
from conftest import SYSTEMS
from night import Ended, Night, binary

CHANGES = ("Create", "Delete", "Put", "Update", "Register", "Run", "Start", "Stop", "Modify", "Change")
"""How the names of operations begin that change something."""


@pytest.fixture(scope="module", params=SYSTEMS, ids=lambda one: one.name)
def night(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    found = binary()
    if found is None:
        pytest.fail("no `migrate` is as new as the sources; `make debug` builds one")
    made = Night(request.param, tmp_path_factory.mktemp(request.param.name), found)
    yield made
    made.down()


CHANGES_WAIT = 2
"""How `plan` ends when a run would change something."""


def said(night: Night, folder: Path, *words: str, status: int = 0) -> str:
    """What a command says that ends as it should."""
    return carried(night, folder, *words, status=status).said


def carried(night: Night, folder: Path, *words: str, status: int = 0) -> Ended:
    """A command that ends as it should."""
    ended = night.run(folder, *words)
    assert ended.status == status, ended.said
    return ended


def phases(night: Night) -> list[dict[str, Any]]:
    """The document's phases."""
    held: list[dict[str, Any]] = yaml.safe_load((night.runbook / "runbook.yaml").read_text())["phases"]
    return held


def test_all_five_systems_are_walked() -> None:
    assert [one.name for one in SYSTEMS] == [
        "central-monitoring", "ecs-logging", "lgtm-fargate", "marketplace-fargate", "zero-downtime-ecs",
    ]  # fmt: skip


def test_it_is_valid(night: Night, tmp_path: Path) -> None:
    said(night, tmp_path, "validate")


def test_its_plan_has_every_phase_and_changes_nothing(night: Night, tmp_path: Path) -> None:
    before, last = night.sandbox.world(), night.control("calls", "GET")["last"]
    planned = said(night, tmp_path, "plan", status=CHANGES_WAIT)
    for phase in phases(night):
        assert phase["title"]["en"] in planned
    applied = [one for one in night.control(f"calls?after={last}", "GET")["calls"] if one["applied"]]
    # A bucket is proved to be writable by one object that is written, read and deleted again.
    canary = [one for one in applied if one["service"] == "s3" and "/migrate-canary/" in one["parameters"]["path"]]
    assert [one for one in applied if one not in canary] == []
    assert night.sandbox.world() == before


def test_what_looking_needs_changes_nothing(night: Night, tmp_path: Path) -> None:
    policy = json.loads(carried(night, tmp_path, "policy", "--part", "read").printed)
    # What proves that a bucket can be written writes its one object, and nothing else.
    policy["Statement"] = [one for one in policy["Statement"] if not writes_a_canary(one)]
    actions = allowed(policy)
    assert actions
    assert [action for action in actions if action.split(":")[1].startswith(CHANGES)] == []


def test_what_changing_needs_is_no_more_than_changes(night: Night, tmp_path: Path) -> None:
    both = json.loads(carried(night, tmp_path, "policy").printed)
    assert set(both) == {"read", "change"}
    actions = allowed(both["change"])
    assert [action for action in actions if action.split(":")[1].startswith(CHANGES)]
    both["read"]["Statement"] = [one for one in both["read"]["Statement"] if not writes_a_canary(one)]
    assert set(actions).isdisjoint(allowed(both["read"]))
    assert [action for action in actions if "*" in action] == []


def writes_a_canary(statement: dict[str, Any]) -> bool:
    return all("/migrate-canary/" in resource for resource in statement["Resource"])


def test_what_programs_need_beside_it_is_told(night: Night, tmp_path: Path) -> None:
    told = carried(night, tmp_path, "policy")
    beside = told.said.removeprefix(told.printed)
    kinds = {step.get("do") or step.get("probe") for phase in phases(night) for step in phase["steps"]}
    assert ("what Terraform calls" in beside) == ("terraform.apply" in kinds)
    assert (": `exec`\n" in beside) == ("exec" in kinds)


def allowed(policy: dict[str, Any]) -> list[str]:
    """Actions of a policy document that only allows."""
    assert policy["Version"] == "2012-10-17"
    assert {statement["Effect"] for statement in policy["Statement"]} == {"Allow"}
    assert all(statement["Resource"] for statement in policy["Statement"])
    return [action for statement in policy["Statement"] for action in statement["Action"]]


def loops_over_nothing(night: Night) -> set[str]:
    """Steps of the document that are there for each item of a list which is empty here: nothing of them is planned."""
    document = yaml.safe_load((night.runbook / "runbook.yaml").read_text())
    values = {name: one.get("default") for name, one in document["variables"].items()}
    values |= yaml.safe_load((night.runbook / "environments/sandbox.yaml").read_text())
    values |= night.variables
    loops = {
        step["id"]: re.fullmatch(r"\$\{(\w+)\}", str(next(iter(step["for_each"].values()))))
        for phase in document["phases"]
        for step in phase["steps"]
        if "for_each" in step
    }
    return {step for step, over in loops.items() if over is not None and values.get(over[1]) == []}


def test_its_drawing_has_every_step_where_the_document_has_it(night: Night, tmp_path: Path) -> None:
    chart, left_out = mermaid.read(said(night, tmp_path, "graph")), loops_over_nothing(night)
    for phase, box in zip(phases(night), chart.phases, strict=True):
        assert box.title == f"{phase['id']}  {phase['title']['en']}"
        steps = [step for step in phase["steps"] if step["id"] not in left_out]
        assert [node.step for node in box.nodes] == [step["id"] for step in steps]
        for step, node in zip(steps, box.nodes, strict=True):
            assert node.shape == drawn_as(step), step["id"]


def drawn_as(step: dict[str, Any]) -> str:
    """Shape that a step of the document has: of several parts, that of what they are for."""
    shapes = {"probe": "probe", "do": "action", "confirm": "people", "manual": "people", "soak": "soak"}
    return next(shape for word, shape in shapes.items() if word in step)


def test_its_arrows_are_what_the_document_needs(night: Night, tmp_path: Path) -> None:
    chart, left_out = mermaid.read(said(night, tmp_path, "graph")), loops_over_nothing(night)
    steps = {node.name: node.step for node in chart.nodes}
    drawn = {(steps[first], steps[then]) for first, then in chart.arrows if first in steps}
    wanted = {pair for phase in phases(night) for pair in needed(phase["steps"], left_out)}
    assert drawn == wanted
    boxes = [phase.name for phase in chart.phases]
    assert [one for one in chart.arrows if one[0] in boxes] == list(pairwise(boxes)), "phase after phase"


def needed(steps: list[dict[str, Any]], left_out: set[str]) -> set[tuple[str, str]]:
    """What needs what among the steps of a phase; what needs a step that is left out needs what that one needs."""
    own = [step["id"] for step in steps]
    # Without `needs` a step follows the one before it.
    needs = {step["id"]: step.get("needs", own[max(index - 1, 0) : index]) for index, step in enumerate(steps)}

    def there(step: str) -> set[str]:
        return {found for need in needs[step] if need in own for found in (there(need) if need in left_out else {need})}

    return {(need, step) for step in own if step not in left_out for need in there(step)}


GOOD = """\
flowchart TB
  subgraph p0["one  First"]
    direction TB
    s0(["looked<br/>A #quot;look#quot;"])
    s1["made ×2<br/>ecr.repository"]
  end
  s0 --> s1"""


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("flowchart TB", "flowchart"),
        ('s1["made', 's0["made'),
        ("s0 --> s1", "s0 --> s2"),
        ("s0 --> s1", "s0 -> s1"),
        ("s0 --> s1", "s0 --> s1\n  s0 --> s1"),
        ("#quot;look#quot;", '"look"'),
        ("#quot;look#quot;", "<b>look"),
        ("#quot;look#quot;", "#look"),
        ("])", ")"),
        ("<br/>ecr.repository", ""),
        ("  end\n", ""),
    ],
)
def test_the_reader_of_drawings_refuses_what_is_wrong(written: str, instead: str) -> None:
    assert [node.title for node in mermaid.read(GOOD).nodes] == ['A "look"', "ecr.repository"]
    with pytest.raises(ValueError, match="."):
        mermaid.read(GOOD.replace(written, instead))
