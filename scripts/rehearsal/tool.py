"""The tool under rehearsal, as an operator calls it."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

from rehearsal.sandbox import REPOSITORY

RUNBOOK, ENVIRONMENT = "lgtm-fargate", "sandbox"
PATIENCE = 300.0
"""Longest that a script waits for something of the tool, seconds."""


class Failed(Exception):
    """A command ended with another exit code than it should have."""


class Migrate:
    """The binary with the options that all of its commands get here."""

    def __init__(self, binary: Path, state: Path, environment: dict[str, str], runbook: str = RUNBOOK) -> None:
        self.binary, self._state, self._environment, self._runbook = binary, state, environment, runbook

    def arguments(self, *words: str) -> list[str]:
        """Command line of `words`."""
        sandbox = self._state / "sandbox"
        root = sandbox / "terraform"
        infrastructure = ["--set", f"terraform_directory={root.resolve()}"] if root.is_dir() else []
        return [
            str(self.binary), *words, "--runbook", self._runbook, "--env", ENVIRONMENT, "--state", str(self._state),
            "--values", str(sandbox / "variables.json"), *infrastructure,
        ]  # fmt: skip

    def run(self, *words: str, expect: tuple[int, ...] = (0,), show: bool = True) -> int:
        """Runs a command to its end, its output on ours. Throws: `Failed`."""
        if show:
            print(f"\n$ migrate {' '.join(words)}", flush=True)
        output = None if show else subprocess.DEVNULL
        status = subprocess.run(
            self.arguments(*words), cwd=REPOSITORY, env=self._environment, stdin=subprocess.DEVNULL, stdout=output
        ).returncode
        if status not in expect:
            raise Failed(f"`migrate {' '.join(words)}` ended with {status}, not {' or '.join(map(str, expect))}")
        return status

    def start(
        self, *words: str, quiet: bool = False, extra: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Starts a command, with `extra` in its environment, and goes on."""
        if not quiet:
            print(f"\n$ migrate {' '.join(words)} &", flush=True)
        output = subprocess.DEVNULL if quiet else None
        return subprocess.Popen(
            self.arguments(*words), cwd=REPOSITORY, env={**self._environment, **(extra or {})},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip

    def status(self) -> dict[str, Any]:
        """What `status --json` says; empty while there is no journal."""
        done = subprocess.run(
            self.arguments("status", "--json"), cwd=REPOSITORY, env=self._environment, stdin=subprocess.DEVNULL,
            capture_output=True,
        )  # fmt: skip
        return dict(json.loads(done.stdout)) if done.returncode == 0 else {}

    def wait_for_approval(self, name: str, running: subprocess.Popen[bytes]) -> None:
        """Waits until the run asks for approval `name`. Throws: `Failed` when it ends before."""
        deadline = time.monotonic() + PATIENCE
        while not asks_for_people(self.status()):
            if running.poll() is not None:
                raise Failed(f"the run ended with {running.returncode} before it asked for `{name}`")
            if time.monotonic() > deadline:
                raise Failed(f"the run did not ask for `{name}` within {PATIENCE:g} s")
            time.sleep(0.1)


def asks_for_people(status: dict[str, Any]) -> bool:
    """Whether a run waits for people to say yes."""
    return bool(waiting_for_people(status))


def waiting_for_people(status: dict[str, Any]) -> list[str]:
    """Steps that wait for people to say yes."""
    steps = [step for phase in status.get("phases", []) for step in phase["steps"]]
    return [step["id"] for step in steps if step["state"] == "waiting_approval"]
