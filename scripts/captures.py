"""Takes the terminal captures of the documentation anew: every screen in it is what the tool printed.

    make captures

A page of docs/ names a capture in a comment, and has it as the block below: `<!-- capture: NAME -->`. The script lives
through one night in the sandbox, notes what each command prints, and writes it into the pages.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rehearsal.preparation import prepare
from rehearsal.sandbox import REPOSITORY, Sandbox
from rehearsal.tool import Migrate

SCALE = 600
COLUMNS, LINES = 100, 30
PATIENCE = 120.0
CAPTURE = re.compile(r"(<!-- capture: ([\w-]+) -->\n+```\n).*?(\n```)", re.S)
KEPT_LINES = 32
"""Longest capture, in lines; what is left out from its middle is marked."""


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
        self.migrate = Migrate(binary, state, self._environment)
        self.found: dict[str, str] = {}

    def note(self, name: str, *words: str, more: tuple[str, ...] = ()) -> None:
        """Runs a command to its end and keeps what it printed, talk and data, with its exit status if that is not 0."""
        done = subprocess.run(
            [*self.migrate.arguments(*words), *more], cwd=REPOSITORY,
            env={**self._environment, "COLUMNS": str(COLUMNS)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE,
        )  # fmt: skip
        ending = f"\n$ echo $?\n{done.returncode}" if done.returncode else ""
        self.found[name] = f"$ migrate {shlex.join([*words, *more])}\n{shortened(done.stdout.rstrip())}{ending}"

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


def shortened(text: str) -> str:
    """`text` without its middle where it is long, cut at the width of the pages, without folders of this machine."""
    text = text.replace(f"{REPOSITORY}/", "")
    lines = [line if len(line) <= 118 else f"{line[:117]}…" for line in text.splitlines()]
    if len(lines) > KEPT_LINES:
        lines = [*lines[: KEPT_LINES // 2], "…", *lines[-KEPT_LINES // 2 + 1 :]]
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
    night.note("plan-switch", "plan", "phase-5")
    night.note("rollback-check", "rollback", "--check")
    night.in_terminal("live-waiting", ("run", "phase-5"), "waiting_approval")
    running = tool.start("run", "phase-5", quiet=True)
    try:
        tool.wait_for_approval("cutover", running)
        night.note("waiting-status", "status")
        night.note("locked", "run", "phase-5")
        night.note("approve", "approve", "cutover", "--yes", "--comment", "seen the plan")
        wait(lambda: any(step["id"].startswith("shift/soak") and step["state"] == "soaking" for step in steps(tool)))
        night.note("soaking-status", "status")
        night.note("back-out", "back-out", "--reason", "users see errors")
        running.wait(timeout=PATIENCE)
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=PATIENCE)
    night.note("backed-out-status", "status")
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
    return 1 if write(night.found) else 0


if __name__ == "__main__":
    sys.exit(main())
