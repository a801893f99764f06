"""The five runbooks, killed before and after commit after commit on their way forward: the same world, nothing made twice.

Those that KILLED_RUNBOOKS names, else all; with KILLED_FEW=1, what a runbook does alike for many only for a few. Two at a
time: half of a kill is waiting for a process to begin.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import REPOSITORY

LEAST_KILLS = {
    "marketplace-fargate": 500, "central-monitoring": 200, "lgtm-fargate": 200, "ecs-logging": 150,
    "zero-downtime-ecs": 50,
}  # fmt: skip
"""In each manner, by runbook: about half of what they are. The longest first."""
FEW = {"marketplace-fargate": ("services=auth,user,product,order", 150)}
"""What is enough for a runbook that does the same sixteen times, with the least kills: one service for each way in which
they are released, and one more."""
IS_FEW = os.environ.get("KILLED_FEW") == "1"
CHOSEN = os.environ.get("KILLED_RUNBOOKS", "").split() or list(LEAST_KILLS)
PATIENCE = 3600.0
"""Longest that one of them may take, seconds."""

pytestmark = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("terraform", "buildah", "docker-registry")),
    reason="needs terraform, buildah and docker-registry",
)


def chosen_of(system: str) -> tuple[list[str], int]:
    """Words that choose what is done of a runbook, and the least kills of that in each manner."""
    if IS_FEW and system in FEW:
        among, least = FEW[system]
        return ["--among", among], least
    return [], LEAST_KILLS[system]


@pytest.fixture(scope="module")
def rehearsals(
    request: pytest.FixtureRequest, binary: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[subprocess.CompletedProcess[str]]]]:
    """All that were chosen, on their way."""
    calls = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    chosen = {params["system"] for params in calls if "system" in params}

    def rehearse(system: str) -> subprocess.CompletedProcess[str]:
        state = tmp_path_factory.mktemp(system)
        words = ["--migrate", str(binary), "--runbook", system, "--state", str(state), "--each", "both"]
        among, least = chosen_of(system)
        return subprocess.run(
            [sys.executable, "scripts/kill_rehearsal.py", *words, *among, "--kills", str(least)],
            cwd=REPOSITORY, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip

    with ThreadPoolExecutor(2) as pool:
        yield {system: pool.submit(rehearse, system) for system in LEAST_KILLS if system in chosen}


def test_every_runbook_is_killed() -> None:
    assert {path.parent.name for path in REPOSITORY.glob("runbooks/*/runbook.yaml")} == set(LEAST_KILLS)
    assert set(CHOSEN) <= set(LEAST_KILLS)


@pytest.mark.parametrize("system", [system for system in LEAST_KILLS if system in CHOSEN])
def test_a_runbook_killed_at_commit_after_commit_ends_in_the_same_world(
    rehearsals: dict[str, Future[subprocess.CompletedProcess[str]]], system: str
) -> None:
    done = rehearsals[system].result()
    # It compares the worlds and the calls by itself, and sees that no change went by without a kill in its middle.
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    kills = {manner: int(count) for count, manner in re.findall(r"(\d+) (before|after) a commit", done.stdout)}
    assert min(kills["before"], kills["after"]) >= chosen_of(system)[1], done.stdout[-4000:]
    print("\n".join(done.stdout.splitlines()[-2:]))
