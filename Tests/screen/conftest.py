"""The built binary in a real terminal, whose screen and history can be looked at."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LIMIT = 120.0
"""Longest that a moment may be waited for, seconds."""

RUNBOOK = """
migrate: 1
runbook: small
title: {en: Three waits and a look, ko: 세 번의 대기와 한 번의 확인}
phases:
  - id: phase-1
    title: {en: Looking, ko: 확인}
    planned: 1m
    steps:
      - id: look
        title: {en: A look, ko: 확인}
        for_each: {item: [one, two, three, four, five, six, seven, eight]}
        probe: exec
        with: {command: [echo, "${item}"]}
      - id: rest
        title: {en: A rest, ko: 대기}
        for_each: {item: [short, long]}
        soak: 3s
"""


class Terminal:
    """One command in a terminal of its own."""

    def __init__(self, words: list[str], folder: Path, columns: int = 80, lines: int = 24, **more: str) -> None:
        self._screen = pyte.HistoryScreen(columns, lines, history=5000, ratio=1)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._file, inner = pty.openpty()
        self._set_size(columns, lines)
        environment = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
        self._process = subprocess.Popen(
            words, cwd=folder, stdin=inner, stdout=inner, stderr=inner, start_new_session=True, close_fds=True,
            preexec_fn=self._at_home,
            env={**environment, "TERM": "xterm-256color", "LANG": "C.UTF-8", **more},
        )  # fmt: skip
        os.close(inner)

    @staticmethod
    def _at_home() -> None:
        """Its own terminal, so that Ctrl-C reaches it, which whoever runs the tests in the background ignores."""
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns: int, lines: int) -> None:
        """Makes the terminal another size; like the plainest ones it cuts its lines and breaks none anew."""
        self._screen.resize(lines, columns)
        self._set_size(columns, lines)

    @property
    def shown(self) -> list[str]:
        """Lines on the screen, without blanks at their ends."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def whole(self) -> list[str]:
        """Lines that have scrolled away, and those on the screen."""
        above = [
            "".join(line[column].data for column in range(self._screen.columns)).rstrip()
            for line in self._screen.history.top
        ]
        return [line for line in above + self.shown if line]

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Reads on until something is to be seen. Fails when it does not come."""
        deadline = time.monotonic() + LIMIT
        while not holds():
            assert time.monotonic() < deadline, f"{what} was not to be seen:\n" + "\n".join(self.whole)
            if not self._read(0.1) and self._process.poll() is not None and not holds():
                pytest.fail(f"it ended, and {what} was not to be seen:\n" + "\n".join(self.whole))

    def end(self) -> int:
        """Reads to the end. Gives the exit status."""
        deadline = time.monotonic() + LIMIT
        while self._read(0.1) or self._process.poll() is None:
            assert time.monotonic() < deadline, "it did not end"
        return self._process.returncode

    def press(self, text: str) -> None:
        """Types `text`."""
        os.write(self._file, text.encode())

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._file], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._file, 65536)
        except OSError:  # Linux says so when the other side is closed.
            return False
        self._stream.feed(self._decoder.decode(data))
        return bool(data)

    def close(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._file)


Start = Callable[..., Terminal]


@pytest.fixture(scope="session")
def binary() -> Path:
    named = os.environ.get("MIGRATE_BINARY")
    found = named or subprocess.run(
        ["sh", "scripts/newest_binary.sh"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.strip()  # fmt: skip
    if not found:
        pytest.fail("no `migrate` is as new as the sources; `make debug` builds one")
    return (REPOSITORY / found).resolve()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small runbook that needs nothing of the world."""
    home = tmp_path / "runbooks/small"
    (home / "environments").mkdir(parents=True)
    (home / "runbook.yaml").write_text(RUNBOOK)
    (home / "environments/test.yaml").write_text("{}\n")
    return tmp_path


@pytest.fixture
def start(binary: Path, folder: Path) -> Iterator[Start]:
    """Starts `migrate` with words in a terminal."""
    begun: list[Terminal] = []

    def begin(*words: str, **more: object) -> Terminal:
        terminal = Terminal([str(binary), *words], folder, **more)  # type: ignore[arg-type]
        begun.append(terminal)
        return terminal

    yield begin
    for terminal in begun:
        terminal.close()


sys.path.insert(0, str(Path(__file__).parent))
