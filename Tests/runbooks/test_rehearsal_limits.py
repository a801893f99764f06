"""The last words of `make rehearse`: each line is there because of a fact, and gone without it."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from conftest import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))

from rehearsal import limits  # noqa: E402

PROCESSES = [{"component": name, "side": "new"} for name in ("mimir", "loki", "grafana", "agent")]
STATUS = {
    "phases": [
        {"id": "phase-5", "title": {"en": "Traffic switch"}, "steps": [{"state": "satisfied"}, {"state": "pending"}]},
        {"id": "phase-6", "title": {"en": "Handover and retirement"}, "steps": [{"state": "pending"}] * 2},
    ]
}


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> limits.Facts:
    monkeypatch.setattr(limits.shutil, "which", lambda name: None if name == "terraform" else f"/usr/bin/{name}")
    given = {"alertmanagers": [], "compaction_off": ["echo they rest"], "compaction_on": ["echo they work"]}
    return limits.look(STATUS, PROCESSES, given, 600)


def test_what_is_said_follows_from_the_run_and_the_files(found: limits.Facts) -> None:
    assert found.left == {"phase-6 (Handover and retirement)": 2}, "a phase that was begun counts as left"
    assert found.stand_ins == ["grafana", "loki", "mimir"], "what is no product counts as one"
    assert {here for here, _ in found.bases.values()} == {"scratch"} and len(found.bases) == 6
    assert found.bases["mimir"][1].startswith("docker.io/grafana/mimir:")
    assert found.modules == ["alb", "cloudmap", "ecr", "ecs", "iam", "security-groups"]
    assert found.resources == ["terraform_data"]
    assert found.idle == ["phase-5/log-parity", "phase-5/silence"]
    assert found.spoken == ["compaction_off", "compaction_on"]
    assert found.missing == ["terraform"]
    assert found.shortened == {"keep_old": ("30m", "24h"), "quiet": ("1", "120"), "soak": ("5m", "15m")}


def test_what_machines_are_told_has_an_effect_in_the_sandbox() -> None:
    assert limits.look(STATUS, [], {}, 600).spoken == []


def test_a_list_with_something_in_it_is_not_idle() -> None:
    found = limits.look(STATUS, [], {"alertmanagers": ["http://127.0.0.1:9093"]}, 600)
    assert "phase-5/silence" not in found.idle


@pytest.mark.parametrize(
    ("fact", "word"),
    [
        ("left", "phase-6 (Handover and retirement): its 2 steps"),
        ("stand_ins", "stand-ins for grafana, loki, mimir"),
        ("bases", "built from `scratch`"),
        ("modules", "`make judge`"),
        ("idle", "phase-5/silence"),
        ("shortened", "keep_old 30m for 24h, quiet 1 for 120"),
        ("spoken", "compaction_off"),
        ("missing", "not on this machine: terraform"),
    ],
)
def test_each_fact_is_a_line_and_none_is_said_without_it(found: limits.Facts, fact: str, word: str) -> None:
    assert sum(word in line for line in limits.lines(found)) == 1
    without = replace(found, **{fact: type(getattr(found, fact))()})
    assert not any(word in line for line in limits.lines(without))
