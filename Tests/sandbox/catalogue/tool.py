"""The tool under test, with a runbook of one step."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import REPOSITORY, Running

PATIENCE = 120.0
"""Longest that a command may take, seconds."""


def binary() -> Path | None:
    """`MIGRATE_BINARY`, else the newest build that is not older than the sources; nothing when there is none."""
    named = os.environ.get("MIGRATE_BINARY")
    if named:
        return Path(named)
    found = subprocess.run(["sh", "scripts/newest_binary.sh"], cwd=REPOSITORY, capture_output=True, text=True)
    return REPOSITORY / found.stdout.strip() if found.stdout.strip() else None


@dataclass(frozen=True)
class Ended:
    """How a command ended, and all that it said."""

    status: int
    said: str


class Tool:
    """The binary with a runbook of one step and a state of its own."""

    def __init__(
        self, folder: Path, sandbox: Running, step: dict[str, Any], secrets: dict[str, str] | None = None
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        given = secrets if secrets is not None else {"password": "hunter2-hunter2-hunter2"}
        runbook = {
            "migrate": 1,
            "runbook": "contract",
            "secrets": {name: {"env": f"CONTRACT_{name.upper()}"} for name in given},
            "phases": [{"id": "only", "steps": [{"id": "it", **step}]}],
        }
        # One key a line: commands that do not plan find the name by its line.
        (folder / "runbook.yaml").write_text("".join(f"{key}: {json.dumps(part)}\n" for key, part in runbook.items()))
        (folder / "environments").mkdir()
        (folder / "environments" / "test.yaml").write_text("")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MIGRATE_"))},
            **sandbox.ready["environment"],
            **{f"CONTRACT_{name.upper()}": text for name, text in given.items()},
        }

    def words(self, *words: str) -> list[str]:
        """A command of the tool on this runbook, as a process is given it."""
        home = ["--runbook", str(self.folder / "runbook.yaml"), "--state", str(self.folder / "state")]
        return [str(binary()), *words, *home]

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Starts a command, and leaves its end to the caller."""
        return subprocess.Popen(
            self.words(*words), cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def call(self, *words: str) -> Ended:
        """Runs a command to its end."""
        done = subprocess.run(
            self.words(*words), cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=PATIENCE,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout + done.stderr)

    def state(self) -> str:
        """State of the step, as `status --json` says."""
        status = json.loads(self.call("status", "--json").said)
        return str(next(step["state"] for phase in status["phases"] for step in phase["steps"]))

    def evidence(self) -> str:
        """All evidence that the journal keeps of the step."""
        return self.call("show", "it", "--json").said

    def copy(self, folder: Path) -> "Tool":
        """The same runbook and journal elsewhere."""
        shutil.copytree(self.folder, folder)
        other = object.__new__(Tool)
        other.folder, other.environment = folder, self.environment
        return other
