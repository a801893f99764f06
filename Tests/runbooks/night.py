"""One world, carried through its runbook once; from each of its phases that can be begun again, and broken."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))

from rehearsal.preparation import prepare  # noqa: E402
from rehearsal.sandbox import Sandbox  # noqa: E402

SCALE = 300
"""What the world's durations are divided by."""

PATIENT_SCALE = 100
"""What the tool's are divided by, at most: at the world's scale twenty minutes of patience are four seconds, and a call
of a busy machine is no faster for it."""

PATIENCE = 90.0
"""Longest that one command may take, seconds."""


@dataclass(frozen=True)
class Ended:
    """How a command ended, what it said, and the state of each step afterwards."""

    status: int
    said: str
    states: dict[str, str]
    printed: str = ""
    """What it said on standard output alone, where that is read by itself."""

    @property
    def stopped_at(self) -> set[str]:
        """Steps that did not do what they should, without what stands between brackets."""
        wrong = ("failed", "timed_out", "inconclusive", "in_doubt", "drifted")
        return {name for name, state in self.states.items() if state in wrong}


class Night:
    """A sandbox, a copy of the runbook's folder, and journals that were kept before each phase."""

    def __init__(self, system: Path, folder: Path, binary: Path) -> None:
        self.folder, self._binary, self._name = folder, binary, system.name
        self.sandbox = Sandbox(binary, folder / "world", SCALE, system.name)
        self.sandbox.up()
        self.runbook = shutil.copytree(
            system, folder / system.name, ignore=shutil.ignore_patterns("backup", ".terraform")
        )
        # Hours of patience are not what is looked at.
        text = (self.runbook / "runbook.yaml").read_text()
        (self.runbook / "runbook.yaml").write_text(re.sub(r"\{for: (3h|40m), every", "{for: 5m, every", text))
        own = {"MIGRATE_TIME_SCALE": str(min(SCALE, PATIENT_SCALE))}
        self._environment = {**self.sandbox.environment, **prepare(self.sandbox.folder, self.sandbox.ready), **own}
        self._numbers = 0

    def down(self) -> None:
        self.sandbox.down()

    @property
    def variables(self) -> dict[str, Any]:
        return self.sandbox.variables

    def client(self, service: str) -> Any:
        return self.sandbox.client(service)

    def control(self, path: str, method: str = "POST", /, **body: Any) -> Any:
        """One call of the control API."""
        request = urllib.request.Request(
            f"{self.sandbox.ready['endpoint']}/sandbox/{path}",
            json.dumps(body).encode() if body else None,
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def keep(self, state: Path, phase: str) -> None:
        """Keeps the journal as it is before `phase`."""
        target = self.folder / "kept" / phase
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for file in state.glob(f"{self._name}.sandbox.sqlite*"):
            shutil.copy(file, target)

    def from_before(self, phase: str) -> Path:
        """A state folder whose run stands before `phase`."""
        self._numbers += 1
        state = self.folder / "states" / str(self._numbers)
        state.mkdir(parents=True)
        kept = self.folder / "kept" / phase
        if kept.is_dir():
            for file in kept.iterdir():
                shutil.copy(file, state)
        return state

    def run(self, state: Path, *words: str, **values: Any) -> Ended:
        """Runs a command to its end, with further values of variables."""
        done = subprocess.run(
            self._line(state, *words, **values), cwd=REPOSITORY, env=self._environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout + done.stderr, self._states(state), done.stdout)

    def start(self, state: Path, *words: str) -> subprocess.Popen[str]:
        """Starts a command."""
        return subprocess.Popen(
            self._line(state, *words), cwd=REPOSITORY, env=self._environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def until_asked(self, state: Path, running: subprocess.Popen[str]) -> None:
        """Waits until the run asks people for something."""
        deadline = time.monotonic() + PATIENCE
        while "waiting_approval" not in self._states(state).values():
            assert running.poll() is None and time.monotonic() < deadline, running.communicate()[0]
            time.sleep(0.1)

    def deploy(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs a command of the runbook in deploy/ to its end."""
        state = self.folder / "deployment"
        line = [
            str(self._binary),
            *words,
            "--runbook",
            str(self.runbook / "deploy"),
            "--env",
            "sandbox",
            "--state",
            str(state),
        ]
        return subprocess.run(
            line, cwd=REPOSITORY, env=self._environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=PATIENCE,
        )  # fmt: skip

    def _line(self, state: Path, *words: str, **values: Any) -> list[str]:
        more = [f"{name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in values.items()]
        options = [option for one in more for option in ("--set", one)]
        return [
            str(self._binary), *words, "--runbook", str(self.runbook), "--env", "sandbox", "--state", str(state),
            "--values", str(self.sandbox.folder / "variables.json"), *self._infrastructure(), *options,
        ]  # fmt: skip

    def _infrastructure(self) -> list[str]:
        root = self.sandbox.folder / "terraform"
        return ["--set", f"terraform_directory={root.resolve()}"] if root.is_dir() else []

    def _states(self, state: Path) -> dict[str, str]:
        asked = subprocess.run(
            self._line(state, "status", "--json"), cwd=REPOSITORY, env=self._environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        if asked.returncode != 0:
            return {}
        return {step["id"]: step["state"] for phase in json.loads(asked.stdout)["phases"] for step in phase["steps"]}


def binary() -> Path | None:
    """`MIGRATE_BINARY`, else the newest build that is not older than the sources; nothing when there is none."""
    named = os.environ.get("MIGRATE_BINARY")
    if named:
        return Path(named)
    found = subprocess.run(["sh", "scripts/newest_binary.sh"], cwd=REPOSITORY, capture_output=True, text=True)
    return (REPOSITORY / found.stdout.strip()).resolve() if found.stdout.strip() else None
