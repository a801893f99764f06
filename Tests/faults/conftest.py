"""The built binary in folders of its own, with a shim that ends it or fails its disk at a chosen moment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "scripts"))

LIMIT = 120.0
"""Longest that one command may take, seconds."""

KILLED = -9


@dataclass
class Fault:
    """What befalls a process, and at which count of what it does to the journal."""

    manner: str
    at: int


@dataclass
class Done:
    """How a command ended."""

    status: int
    talk: str
    output: str
    met: bool


@dataclass
class Place:
    """A folder with one runbook, in which `migrate` is run as an operator would."""

    folder: Path
    binary: Path
    shim: Path
    options: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, folder: Path, binary: Path, shim: Path, runbook: str) -> Place:
        home = folder / "runbooks/small"
        (home / "environments").mkdir(parents=True)
        (home / "runbook.yaml").write_text(runbook)
        (home / "environments/test.yaml").write_text("{}\n")
        return cls(folder, binary, shim)

    @property
    def home(self) -> Path:
        """Where the runbook's programs run."""
        return self.folder / "runbooks/small"

    def start(self, *words: str, fault: Fault | None = None) -> subprocess.Popen[str]:
        """Starts a command."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", **self.environment}
        if fault:
            environment |= {
                "LD_PRELOAD": str(self.shim), "JOURNAL_FAULT": fault.manner, "JOURNAL_FAULT_AT": str(fault.at),
                "JOURNAL_FAULT_MARK": str(self._mark),
            }  # fmt: skip
        return subprocess.Popen(
            [str(self.binary), *words, *self.options], cwd=self.folder, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str, fault: Fault | None = None) -> Done:
        """Runs a command to its end."""
        self._mark.unlink(missing_ok=True)
        running = self.start(*words, fault=fault)
        try:
            output, talk = running.communicate(timeout=LIMIT)
        finally:
            if running.poll() is None:
                running.kill()
                running.wait()
        return Done(running.returncode, talk, output, self._mark.exists())

    @property
    def _mark(self) -> Path:
        return self.folder / "fault-was-met"

    def events(self) -> list[dict[str, Any]]:
        """Lines of the log."""
        done = self.run("log", "--json")
        return [json.loads(line) for line in done.output.splitlines()] if done.status == 0 else []

    def kinds(self) -> list[str]:
        """Kinds of the events so far."""
        return [event["kind"] for event in self.events()]

    def lines(self, name: str) -> list[str]:
        """Lines of a file that the runbook's programs write."""
        file = self.home / name
        return file.read_text().splitlines() if file.exists() else []


class Places:
    """Makes one folder after another."""

    def __init__(self, root: Path, binary: Path, shim: Path) -> None:
        self._root, self._binary, self._shim = root, binary, shim
        self._numbers = count(1)

    def make(self, runbook: str) -> Place:
        """A new one; may be asked from any thread."""
        return Place.make(self._root / str(next(self._numbers)), self._binary, self._shim, runbook)


@pytest.fixture(scope="session")
def binary() -> Path:
    given = os.environ.get("MIGRATE_BINARY")
    found = given or subprocess.run(
        ["sh", "scripts/newest_binary.sh"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.strip()
    if not found:
        pytest.fail("`migrate` is not built; `make debug` builds it")
    return (REPOSITORY / found).resolve()


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that brings faults, built by whatever C compiler there is."""
    compiler = next((name for name in ("cc", "clang", "gcc") if shutil.which(name)), None)
    if compiler is None:
        pytest.fail("there is no C compiler; Swift's toolchain brings `clang`")
    library = tmp_path_factory.mktemp("shim") / "journal_faults.so"
    source = Path(__file__).with_name("journal_faults.c")
    words = [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", library, source, "-ldl"]
    subprocess.run([str(word) for word in words], check=True)
    return library


@pytest.fixture
def places(tmp_path: Path, binary: Path, shim: Path) -> Iterator[Places]:
    yield Places(tmp_path, binary, shim)


class World:
    """A sandbox, and what tests ask it."""

    def __init__(self, running: Any) -> None:
        self._running = running

    @property
    def environment(self) -> dict[str, str]:
        """For whatever talks to it."""
        return {name: str(value) for name, value in self._running.ready["environment"].items()}

    @property
    def variables(self) -> dict[str, Any]:
        return dict(self._running.variables)

    @property
    def powerdns(self) -> str:
        """Address of the backend that PowerDNS servers may ask."""
        return str(self._running.ready["powerdns"])

    def client(self, service: str) -> Any:
        return self._running.client(service)

    def named(self, name: str) -> list[str]:
        """Everything in the world that has `name` in its own, with `NAME` in its place; sorted."""
        found: list[str] = []

        def walk(node: Any, place: str) -> None:
            if isinstance(node, dict):
                for key, value in node.items():
                    walk(value, f"{place}/{key}")
            elif isinstance(node, list) and not all(isinstance(item, str) for item in node):
                for item in node:
                    label = item.get("Name", "") if isinstance(item, dict) else ""
                    walk(item, f"{place}/{label}")
            elif name in f"{place} {node}":
                found.append(f"{place} = {json.dumps(node)}".replace(name, "NAME"))

        walk(self._running.world(), "")
        return sorted(found)

    def effects(self) -> dict[str, int]:
        """How often each operation had an effect so far, a repeat under the same token counted once."""
        from kill_rehearsal import effects

        return dict(effects(self._running.control("calls")))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, binary: Path) -> Iterator[World]:
    """A sandbox that lives as long as the tests."""
    from rehearsal.sandbox import Sandbox

    running = Sandbox(binary, tmp_path_factory.mktemp("sandbox"), 400)
    running.up()
    try:
        yield World(running)
    finally:
        running.down()
