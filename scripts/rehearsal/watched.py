"""A night that is watched on the board: its runbook, the tool in it, and `migrate serve` beside it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from rehearsal.counted import SHIFT, counted_switch
from rehearsal.sandbox import Sandbox

PATIENCE = 60.0
"""Longest that a moment of the night is waited for, seconds."""

RUNBOOK = """\
migrate: 1
runbook: counted
title: {{en: A name moves to its new side, ko: 이름 하나를 신규 환경으로 전환}}
approvals:
  cutover: {{min: 1, expires: 8h}}
phases:
  - id: phase-1
    title: {{en: Preparation, ko: 준비}}
    planned: 10m
    steps:
      - id: repositories
        title: {{en: "Repository night/${{name}}", ko: "리포지토리 night/${{name}}"}}
        for_each: {{name: [web, worker]}}
        do: ecr.repository
        with: {{name: "night/${{name}}", scan_on_push: true}}
      - id: old-side
        title: {{en: The old side answers, ko: 기존 환경 응답 확인}}
        probe: http
        with: {{url: "http://{old}:{port}/count"}}
      - id: new-side
        title: {{en: The new side answers, ko: 신규 환경 응답 확인}}
        probe: http
        with: {{url: "http://{new}:{port}/count"}}
  - id: phase-2
    title: {{en: Switch, ko: 전환}}
    planned: 3h
    steps:
      - id: approve
        title: {{en: People agree that traffic moves, ko: 트래픽 전환 승인}}
        confirm: cutover
      - id: shift
        title: {{en: The name moves, ko: 이름 전환}}
""" + SHIFT.replace("WEIGHTS", "[10, 50, 100]")


class Night:
    """The tool in a folder of its own, while clients ask both sides of a name."""

    def __init__(self, binary: Path, folder: Path, environment: dict[str, str], runbook: str = "counted") -> None:
        self._binary, self.folder, self._environment = binary, folder, environment
        self.journal = folder / f"state/{runbook}.sandbox.sqlite"
        self._begun: list[subprocess.Popen[str]] = []

    def start(self, *words: str, output: IO[str] | int | None = subprocess.DEVNULL) -> subprocess.Popen[str]:
        """Starts a command; whatever still runs when the night is over is stopped."""
        running = subprocess.Popen(
            [str(self._binary), *words, "--env", "sandbox"], cwd=self.folder, env=self._environment, text=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._begun.append(running)
        return running

    def run(self, *words: str) -> tuple[int, str]:
        """Runs a command to its end. Gives its exit status and what it printed."""
        running = self.start(*words, output=subprocess.PIPE)
        talk, _ = running.communicate(timeout=PATIENCE)
        return running.returncode, talk

    def status(self) -> dict[str, Any]:
        """What `status --json` says; empty while there is no journal."""
        status, talk = self.run("status", "--json")
        return dict(json.loads(talk)) if status == 0 else {}

    @contextmanager
    def board(self) -> Iterator[str]:
        """Address of `migrate serve` while the block is at work."""
        with served(lambda *words: self.start(*words, output=subprocess.PIPE)) as address:
            yield address

    def end(self) -> None:
        for running in self._begun:
            stop(running)


@contextmanager
def served(start: Callable[..., subprocess.Popen[str]]) -> Iterator[str]:
    """Address of the board that `start` starts, given the words of the command; its output is a pipe."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = start("serve", "--port", str(port))
    try:
        line = serving.stdout.readline() if serving.stdout else ""
        found = re.search(r"http://\S+", line)
        if found is None:
            raise RuntimeError(f"no board: {line}")
        yield found[0]
    finally:
        stop(serving)


def stop(running: subprocess.Popen[str]) -> None:
    """Ends a process as Ctrl-C would, or with force."""
    if running.poll() is None:
        running.send_signal(signal.SIGINT)
        try:
            running.wait(timeout=10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextmanager
def watched_night(binary: Path, sandbox: Sandbox, folder: Path) -> Iterator[Night]:
    """A night in `folder`, with clients at work."""
    environment = {**sandbox.environment, "HOME": str(folder), "LANG": "C.UTF-8", "USER": os.environ.get("USER", "kim")}
    with counted_switch(sandbox, folder, RUNBOOK):
        night = Night(binary, folder, environment)
        try:
            yield night
        finally:
            night.end()


def until(holds: Callable[[], bool], what: str) -> None:
    """Throws: `TimeoutError` when it does not come to be."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come")
        time.sleep(0.05)
