"""The runbooks themselves, killed at commit after commit on their way forward: the same world, and nothing made twice.

The quickest of them each time; all five with KILLED_RUNBOOKS=all, which takes most of an hour.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

SYSTEMS = sorted(path.parent.name for path in REPOSITORY.glob("runbooks/*/runbook.yaml"))
QUICKEST = "zero-downtime-ecs"
ALL = os.environ.get("KILLED_RUNBOOKS") == "all"
PATIENCE = 3600.0
"""Longest that one of them may take, seconds."""

pytestmark = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("terraform", "buildah", "docker-registry")),
    reason="needs terraform, buildah and docker-registry",
)


@pytest.mark.parametrize("manner", ["before", "after"])
@pytest.mark.parametrize("system", SYSTEMS if ALL else [QUICKEST])
def test_a_runbook_killed_at_commit_after_commit_ends_in_the_same_world(
    binary: Path, tmp_path: Path, system: str, manner: str
) -> None:
    words = ["--migrate", str(binary), "--runbook", system, "--state", str(tmp_path), "--each", manner]
    done = subprocess.run(
        [sys.executable, "scripts/kill_rehearsal.py", *words, "--kills", "100"],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    # It compares the worlds and the calls by itself, and counts its kills.
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
