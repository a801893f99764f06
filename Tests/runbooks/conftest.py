"""The files of a runbook, and the programs that judge them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
RUNBOOKS = REPOSITORY / "runbooks"
LGTM = RUNBOOKS / "lgtm-fargate"
SYSTEMS = sorted(path.parent for path in RUNBOOKS.glob("*/runbook.yaml"))
"""The folder of each system's runbook."""
JUDGES = REPOSITORY / ".venv-judges"
PATIENCE = 180.0
"""Longest that a judge may take, seconds."""

sys.path.insert(0, str(Path(__file__).parent))


@dataclass(frozen=True)
class Verdict:
    """How a judge ended, and all that it said."""

    status: int
    output: str
    talk: str

    @property
    def said(self) -> str:
        return self.output + self.talk


Judge = Callable[..., Verdict]


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Runs a program of the judges' environment, or of the system."""
    home = tmp_path_factory.mktemp("home")

    def run(program: str, *words: str | Path, folder: Path = LGTM, given: str | None = None) -> Verdict:
        path = f"{JUDGES / 'bin'}{os.pathsep}{os.environ['PATH']}"
        found = shutil.which(program, path=path)
        if found is None:
            pytest.fail(f"`{program}` is not there; `make setup-test` installs it")
        # None of them needs the network, and none shall wait for it.
        environment = {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8", "TF_CLI_CONFIG_FILE": os.devnull,
                       "CHECKPOINT_DISABLE": "1", "ANSI_COLORS_DISABLED": "1", "NO_COLOR": "1"}  # fmt: skip
        done = subprocess.run(
            [found, *map(str, words)], cwd=folder, env=environment, input=given, capture_output=True, text=True,
            timeout=PATIENCE,
        )  # fmt: skip
        return Verdict(done.returncode, done.stdout, done.stderr)

    return run
