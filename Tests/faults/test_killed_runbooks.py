"""The five runbooks, killed before and after commit after commit on their way forward: the same world, nothing made twice.

Those that KILLED_RUNBOOKS names, else all. Two at a time: half of a kill is waiting for a process to begin.
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
CHOSEN = os.environ.get("KILLED_RUNBOOKS", "").split() or list(LEAST_KILLS)
PATIENCE = 3600.0
"""Longest that one of them may take, seconds."""

pytestmark = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("terraform", "buildah", "docker-registry")),
    reason="needs terraform, buildah and docker-registry",
)


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
        return subprocess.run(
            [sys.executable, "scripts/kill_rehearsal.py", *words, "--kills", str(LEAST_KILLS[system])],
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
    assert min(kills["before"], kills["after"]) >= LEAST_KILLS[system], done.stdout[-4000:]
    print("\n".join(done.stdout.splitlines()[-2:]))
