"""Takes the captures of the documentation anew: every screen in it is what the tool printed, every picture what a
browser showed.

    make captures

A page of docs/ names a capture in a comment, and has it as the block below: `<!-- capture: NAME -->`. The script lives
through one night in the sandbox, notes what each command prints, and writes it into the pages; pictures of the board and
of the report go to docs/pictures.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import re
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rehearsal.counted import counted_switch
from rehearsal.preparation import prepare
from rehearsal.sandbox import REPOSITORY, Sandbox
from rehearsal.tool import Migrate
from rehearsal.watched import served, watched_night

SCALE = 600
COLUMNS, LINES = 100, 30
PATIENCE = 120.0
CAPTURE = re.compile(r"(<!-- capture: ([\w-]+) -->\n+```\n).*?(\n```)", re.S)
KEPT_LINES = 32
"""Longest capture, in lines; what is left out from its middle is marked."""


PICTURES = REPOSITORY / "docs/pictures"
LARGEST_PICTURE = 200_000
"""Bytes."""
SIZE = {"width": 1200, "height": 760}


class Night:
    """One sandbox, the tool in it, and what it printed so far."""

    def __init__(self, binary: Path, state: Path) -> None:
        shutil.rmtree(state, ignore_errors=True)
        state.mkdir(parents=True)
        self.sandbox = Sandbox(binary, state, SCALE)
        self.sandbox.up()
        self._environment = {
            **self.sandbox.environment, **prepare(self.sandbox.folder, self.sandbox.ready),
            "TERM": "xterm-256color", "LANG": "C.UTF-8",
        }  # fmt: skip
        self._state = state
        self.migrate = Migrate(binary, state, self._environment)
        self.found: dict[str, str] = {}
        self.pictures = state / "pictures"
        self.pictures.mkdir()
        self._whole: dict[str, tuple[str, list[str]]] = {}

    def note(self, name: str, *words: str, more: tuple[str, ...] = (), wrapped: bool = False) -> None:
        """Runs a command to its end and keeps what it printed, talk and data, with its exit status if that is not 0.

        What is `wrapped` is printed to a terminal, so that long lines are broken and not cut.
        """
        arguments = [*self.migrate.arguments(*words), *more]
        environment = {**self._environment, "COLUMNS": str(COLUMNS)}
        if wrapped:
            text, status = printed(arguments, {**environment, "NO_COLOR": "1"})
        else:
            done = subprocess.run(
                arguments, cwd=REPOSITORY, env=environment,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE,
            )  # fmt: skip
            text, status = done.stdout, done.returncode
        ending = f"\n$ echo $?\n{status}" if status else ""
        line = f"$ migrate {shlex.join([*words, *more])}"
        self._whole[name] = line, [*text.rstrip().splitlines(), *ending.splitlines()[1:]]
        self.found[name] = f"{line}\n{shortened(text.rstrip())}{ending}"

    @contextmanager
    def beside(self, name: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Runs a command while the block is at work, ends it with the block, and keeps what it printed."""
        talk = self._state / f"{name}.txt"
        with talk.open("wb") as file:
            running = subprocess.Popen(
                self.migrate.arguments(*words), cwd=REPOSITORY, env={**self._environment, "COLUMNS": str(COLUMNS)},
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip
            try:
                yield running
                running.wait(timeout=PATIENCE)
            finally:
                if running.poll() is None:
                    running.send_signal(signal.SIGINT)
                    running.wait(timeout=PATIENCE)
        self._whole[name] = f"$ migrate {shlex.join(words)}", talk.read_text().splitlines()
        self.found[name] = f"{self._whole[name][0]}\n{shortened(talk.read_text().rstrip())}"

    def note_counted(self) -> None:
        """Carries out a small switch whose requests are counted, forward and home."""
        folder = (self._state / "counted").resolve()
        with counted_switch(self.sandbox, folder):
            for name, *words in [("counted", "run"), ("counted-back", "back-out", "--reason", "some stay behind")]:
                done = subprocess.run(
                    [self.migrate.binary, *words, "--env", "sandbox"], cwd=folder, env=self._environment,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                    timeout=PATIENCE,
                )  # fmt: skip
                self._whole[name] = f"$ migrate {shlex.join(words)}", done.stdout.splitlines()
        self.pick("counted-switch", "counted", r"w50|w100|shift/left|shift/finish")
        self.pick("counted-home", "counted-back", r"shift/convert|traffic is home")

    def shot(self, name: str, address: str, **about: Any) -> dict[str, Any]:
        """What `scripts/pictures.py` takes as a picture for the documentation."""
        return {"address": address, "file": str(self.pictures / f"{name}.png"), **SIZE, **about}

    @contextmanager
    def shooting(self, *shots: dict[str, Any]) -> Iterator[None]:
        """Takes pictures while the block is at work, each at its moment, and waits for the last of them."""
        camera = subprocess.Popen(
            [".venv-board/bin/python", "scripts/pictures.py", json.dumps(shots)], cwd=REPOSITORY, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            if not camera.stdout or camera.stdout.readline() != "ready\n":
                raise RuntimeError("no pictures can be taken; `make setup-test` installs what they need")
            yield
            if camera.wait(timeout=PATIENCE) != 0:
                raise RuntimeError("a picture could not be taken")
        finally:
            if camera.poll() is None:
                camera.kill()
                camera.wait()

    @contextmanager
    def board(self) -> Iterator[str]:
        """Address of the board of this night."""
        with served(lambda *words: subprocess.Popen(
            self.migrate.arguments(*words), cwd=REPOSITORY, env=self._environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )) as address:  # fmt: skip
            yield address

    def shoot_watched(self) -> None:
        """Pictures of a small switch whose requests are counted, at its last weight and after its way home."""
        folder = (self._state / "watched").resolve()
        with watched_night(self.migrate.binary, self.sandbox, folder) as small, small.board() as address:
            away = self.shot("board-shift", address, when={".meters": "100 %", "#lines": "shift/soak-w100"})
            home = self.shot("board-home", address, scheme="dark", when={"#state": "backed out"})
            with self.shooting(away, home):
                small.start("run")
                wait(lambda: small.status().get("status") == "waiting")
                small.run("approve", "cutover", "--yes", "--comment", "both sides answer")
                wait(Path(away["file"]).is_file)
                small.run("back-out", "--reason", "users see errors")

    def shoot_report(self) -> None:
        """A picture of the report of this night."""
        file = (self._state / "report.html").resolve()
        self.migrate.run("report", "--html", "-o", str(file), show=False)
        with self.shooting(self.shot("report", file.as_uri(), height=1240)):
            pass

    def pick(self, name: str, source: str, part: str) -> None:
        """Keeps of `source` the lines in which the expression `part` is found, and marks where others were."""
        line, lines = self._whole[source]
        kept = [line]
        for text in lines:
            if re.search(part, text):
                kept.append(text)
            elif kept[-1] != "…":
                kept.append("…")
        self.found[name] = shortened("\n".join(kept))

    def parts(self, name: str, source: str, *ranges: tuple[str, str]) -> None:
        """Keeps of `source` each range: from the line that begins with the first text to before one with the second.

        What is left out before, between and behind them is marked.
        """
        line, lines = self._whole[source]
        kept = [line]
        place = 0
        for head, end in ranges:
            begin = next(at for at in range(place, len(lines)) if lines[at].startswith(head))
            over = next((at for at in range(begin + 1, len(lines)) if lines[at].startswith(end)), len(lines))
            if begin > place:
                kept.append("…")
            kept += "\n".join(lines[begin:over]).rstrip().splitlines()
            place = over
        if place < len(lines):
            kept.append("…")
        self.found[name] = shortened("\n".join(kept), limit=2 * KEPT_LINES)

    def in_terminal(self, name: str, words: tuple[str, ...], part: str) -> None:
        """Runs a command in a real terminal, and keeps the first screen that has `part` below its log."""
        session = f"captures-{os.getpid()}"
        exports = [f"{key}={value}" for key, value in self._environment.items()]
        line = shlex.join(["env", *exports, *self.migrate.arguments(*words)])
        subprocess.run(
            ["tmux", "-L", session, "-f", "/dev/null", "new-session", "-d", "-s", session, "-x", str(COLUMNS), "-y",
             str(LINES), "-c", str(REPOSITORY), f"{line}; sleep 600"],
            check=True,
        )  # fmt: skip

        def screen() -> str:
            return subprocess.run(
                ["tmux", "-L", session, "capture-pane", "-p", "-t", session], capture_output=True, text=True, check=True
            ).stdout  # fmt: skip

        shown = ""

        def is_there() -> bool:
            nonlocal shown
            shown = screen()
            return part in shown.partition("\n── ")[2]

        try:
            wait(is_there)
        finally:
            self.migrate.run("pause", expect=(0, 3, 64, 75), show=False)
            wait(lambda: self.migrate.status().get("holder") is None)
            subprocess.run(["tmux", "-L", session, "kill-server"], check=True)
        self.found[name] = shortened(shown.rstrip())


def printed(arguments: list[str], environment: dict[str, str]) -> tuple[str, int]:
    """What a command prints to a terminal of `COLUMNS` cells, and its exit status."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    running = subprocess.Popen(
        arguments, cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    pieces = []
    # The end of the last process that has it open comes as an error.
    with suppress(OSError):
        while piece := os.read(ours, 65536):
            pieces.append(piece)
    os.close(ours)
    return b"".join(pieces).decode().replace("\r\n", "\n"), running.wait(timeout=PATIENCE)


def shortened(text: str, limit: int = KEPT_LINES) -> str:
    """`text` without its middle where it is long, cut at the width of the pages, without folders of this machine."""
    text = text.replace(f"{REPOSITORY}/", "")
    lines = [line if len(line) <= 118 else f"{line[:117]}…" for line in text.splitlines()]
    if len(lines) > limit:
        lines = [*lines[: limit // 2], "…", *lines[-limit // 2 + 1 :]]
    return "\n".join(lines)


def wait(until: Callable[[], bool]) -> None:
    """Throws: `TimeoutError`."""
    deadline = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > deadline:
            raise TimeoutError("the moment of the capture did not come")
        time.sleep(0.05)


def live_through(night: Night) -> None:
    """The night that the pages tell of."""
    tool = night.migrate
    night.note("validate", "validate")
    night.note("failed-run", "run", "phase-1", more=("--set", "bucket=no-such-bucket"))
    night.note("failed-status", "status")
    night.note("failed-show", "show", "bucket")
    night.note("plan-changed", "run", "phase-1")
    night.note("revise", "revise")
    for phase in ("phase-1", "phase-2", "phase-3", "phase-4"):
        night.note(phase, "run", phase)
    night.note("plan", "plan", "phase-5", wrapped=True)
    night.parts(
        "plan-switch", "plan",
        ("lgtm-fargate", "  = way-back-stores"), ("  time line of ", "  ways back"), ("    shift/finish", "$$"),
    )  # fmt: skip
    night.parts("time-line", "plan", ("  time line of ", "  ways back"))
    night.parts("ways-back", "plan", ("    shift/w10", "    shift/w50"))
    night.parts("batch", "plan", ("  ~ shift/w10", "  … shift/soak-w10"))
    night.note("rollback-check", "rollback", "--check")
    night.in_terminal("live-waiting", ("run", "phase-5"), "waiting_approval")
    running = tool.start("run", "phase-5", quiet=True)
    try:
        tool.wait_for_approval("cutover", running)
        night.note("waiting-status", "status")
        night.note("locked", "run", "phase-5")
        night.note("approving", "approve", "cutover", "--yes", "--comment", "seen the plan", wrapped=True)
        night.parts("approve", "approving", ("approval", "$$"))
        wait(lambda: any(step["id"].startswith("shift/soak") and step["state"] == "soaking" for step in steps(tool)))
        night.note("soaking-status", "status")
        night.note("back-out", "back-out", "--reason", "users see errors")
        running.wait(timeout=PATIENCE)
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=PATIENCE)
    night.note("backed-out-status", "status")
    half = {".meters": "50 %", "#lines": "shift/soak-w50"}
    with (
        night.board() as address,
        night.shooting(
            night.shot("board", address, when=half), night.shot("board.ko", address, when=half, language="ko")
        ),
        night.beside("second-switch", "run", "phase-5") as running,
    ):  # fmt: skip
        tool.wait_for_approval("cutover", running)
        night.note("second-approve", "approve", "cutover", "--yes", "--comment", "the cause is mended")
    night.pick("switch", "second-switch", r"[✓…] shift/|moved|phase-5 done")
    night.note("home", "back-out", "--reason", "rehearsal of the way home")
    night.note_counted()
    night.shoot_watched()
    night.shoot_report()
    night.note("rollback-plan", "rollback", "--all", "--plan")
    night.note("rollback", "rollback", "--all", "--yes")
    night.note("log-verify", "log", "--verify")


def steps(tool: Migrate) -> list[dict[str, str]]:
    return [step for phase in tool.status().get("phases", []) for step in phase["steps"]]


def write(found: dict[str, str]) -> int:
    """Puts the captures into the pages. Gives how many pages name one that there is not."""
    wrong = 0
    for page in sorted([REPOSITORY / "README.md", REPOSITORY / "README.ko.md", *(REPOSITORY / "docs").rglob("*.md")]):
        if not page.is_file():
            continue
        text = page.read_text()
        for missing in {name for _, name, _ in CAPTURE.findall(text)} - set(found):
            place = page.relative_to(REPOSITORY)
            print(f"error: {place} names a capture `{missing}`, which is not taken", file=sys.stderr)
            wrong += 1
        page.write_text(CAPTURE.sub(lambda one: f"{one[1]}{found.get(one[2], '')}{one[3]}", text))
    return wrong


def keep(pictures: Path) -> int:
    """Puts the pictures where the pages show them from. Gives how many are too large."""
    wrong = 0
    PICTURES.mkdir(exist_ok=True)
    for picture in sorted(pictures.iterdir()):
        size = picture.stat().st_size
        if size > LARGEST_PICTURE:
            print(f"error: {picture.name} has {size} bytes, {LARGEST_PICTURE} at most", file=sys.stderr)
            wrong += 1
        shutil.copyfile(picture, PICTURES / picture.name)
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migrate", type=Path, required=True, help="the binary")
    parser.add_argument("--state", type=Path, default=Path("state/captures"), help="emptied first")
    given = parser.parse_args()
    os.chdir(REPOSITORY)
    if (given.state / "sandbox").is_dir():
        Sandbox(given.migrate.resolve(), given.state, SCALE).down()
    night = Night(given.migrate.resolve(), given.state)
    try:
        live_through(night)
    finally:
        night.sandbox.down()
    return 1 if write(night.found) + keep(night.pictures) else 0


if __name__ == "__main__":
    sys.exit(main())
