"""Makes what Terraform would have made, on a machine without Terraform; its steps are then left out on record."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rehearsal.sandbox import REPOSITORY


class Infrastructure:
    """The same calls that the root module of the rehearsal makes, in the same order."""

    def __init__(self, root: Path, endpoint: str) -> None:
        self._root, self._endpoint = root, endpoint

    def make(self) -> None:
        """Throws: `subprocess.CalledProcessError`."""
        self._provision("apply")
        self._services("apply")

    def remove(self) -> None:
        """Throws: `subprocess.CalledProcessError`."""
        self._services("destroy")
        self._provision("destroy")

    def _provision(self, verb: str) -> None:
        self._python("-m", "sandbox.provision", verb)

    def _services(self, verb: str) -> None:
        self._python(str(self._root / "services.py"), verb)

    def _python(self, *words: str) -> None:
        manifest = str(self._root / "manifest.json")
        command = [sys.executable, *words, "--endpoint", self._endpoint, "--manifest", manifest]
        subprocess.run(
            command, cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
