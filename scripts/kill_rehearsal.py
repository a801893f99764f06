"""The forward half, killed again and again: ends in the same world as an undisturbed one, and nothing is done twice.

    make kill-rehearsal

Runs the five phases once undisturbed and measures them; then again in a new sandbox, ending the process by SIGKILL at
random moments (seeded, printed) and going on with `migrate run` each time. Compares the two worlds and the two journals
of AWS calls.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rehearsal.checks import differences
from rehearsal.preparation import prepare
from rehearsal.sandbox import REPOSITORY, Sandbox
from rehearsal.tool import Failed, Migrate, asks_for_people
from rehearse import PHASES, SCALE, SWITCH, empty

NEVER_TWICE = re.compile(r"[a-z0-9-]+:(Create|Register|Change|Delete|Deregister|PutImage|PutSecret|Run|Start|Stop)")
"""Operations whose repetition is a second effect. What is left out ends in the same state however often it runs."""


@dataclass
class Moments:
    """When to kill: pauses between one kill and the next, as time that the tool has been at work."""

    pauses: list[float]
    carried: float = 0.0
    kills: int = field(default=0)

    def next(self) -> float | None:
        """Time that the process at work still has; nil when nothing is left to kill."""
        return max(self.pauses[0] - self.carried, 0.0) if self.pauses else None

    def survived(self, seconds: float) -> None:
        self.carried += seconds

    def killed(self) -> None:
        self.pauses.pop(0)
        self.carried = 0.0
        self.kills += 1


class Forward:
    """The forward half in one sandbox, killed at `moments`."""

    def __init__(self, binary: Path, state: Path, scale: int, moments: Moments) -> None:
        self.sandbox = Sandbox(binary, state, scale)
        self._binary, self._state, self._moments = binary, state, moments
        self.seconds = 0.0
        self.world: Any = None
        self.calls: dict[str, Any] = {}

    def run(self) -> None:
        """Throws: `Failed`, `subprocess.SubprocessError`, `OSError`."""
        self.sandbox.up()
        try:
            environment = {**self.sandbox.environment, **prepare(self.sandbox.folder, self.sandbox.ready)}
            migrate = Migrate(self._binary, self._state, environment)
            began = time.monotonic()
            for phase in PHASES:
                if phase == SWITCH:
                    migrate.run("verify", show=False)
                self._carry(migrate, phase)
            self.seconds = time.monotonic() - began
            self.world = normalised(self.sandbox.world(), self.sandbox.variables)
            self.calls = self.sandbox.control("calls")
        finally:
            self.sandbox.down()

    def _carry(self, migrate: Migrate, phase: str) -> None:
        """Runs one phase to its end, however often it is killed on the way."""
        while True:
            running = migrate.start("run", phase, quiet=True)
            if not self._watch(migrate, running):
                print(f"  killed in {phase} ({self._moments.kills})", flush=True)
                continue
            if running.returncode != 0:
                migrate.run("status", expect=(0, 3, 4, 5))
                raise Failed(f"`migrate run {phase}` ended with {running.returncode}")
            return

    def _watch(self, migrate: Migrate, running: subprocess.Popen[bytes]) -> bool:
        """Waits for the process, saying yes when it asks; false when it was killed."""
        began, limit, agreed = time.monotonic(), self._moments.next(), False
        try:
            while running.poll() is None:
                passed = time.monotonic() - began
                if limit is not None and passed >= limit:
                    running.send_signal(signal.SIGKILL)
                    running.wait(timeout=30)
                    self._moments.killed()
                    return False
                if passed > 600:
                    raise Failed("a phase did not end within 600 s")
                if not agreed and asks_for_people(migrate.status()):
                    agreed = migrate.run("approve", "cutover", expect=(0, 3, 4, 64, 75), show=False) == 0
                time.sleep(0.02)
        finally:
            if running.poll() is None:
                running.kill()
                running.wait(timeout=30)
        self._moments.survived(time.monotonic() - began)
        return True


def normalised(world: Any, variables: dict[str, Any]) -> Any:
    """The world with what differs from sandbox to sandbox by its name: ids and addresses."""
    text = json.dumps(world, sort_keys=True)
    found: list[tuple[str, str]] = []
    for name, value in variables.items():
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, str) and len(item) >= 9:
                found.append((item, f"<{name}.{number}>"))
    # The longest first: one may be the beginning of another.
    for item, name in sorted(found, key=lambda pair: -len(pair[0])):
        text = text.replace(item, name)
    text = re.sub(r"127\.\d+\.(\d+)\.(\d+)", r"127.x.\1.\2", text)
    held = json.loads(text)
    # Chunks are flushed by the clock, so their number depends on how long a run took.
    held.pop("s3.objects", None)
    return held


def repeated(calm: dict[str, Any], killed: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Operations applied more often than undisturbed: those that may not be, and the harmless."""
    excess = Counter(killed["applied"]) - Counter(calm["applied"])
    lines = {
        name: f"{name}: {calm['applied'].get(name, 0)} undisturbed, {killed['applied'][name]} killed" for name in excess
    }
    bad = [line for name, line in sorted(lines.items()) if NEVER_TWICE.match(name)]
    harmless = [line for name, line in sorted(lines.items()) if not NEVER_TWICE.match(name)]
    return bad, harmless


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migrate", type=Path, required=True, help="the binary")
    parser.add_argument("--state", type=Path, default=Path("state/kill-rehearsal"), help="emptied first")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    os.chdir(REPOSITORY)
    binary, scale = given.migrate.resolve(), int(os.environ.get("MIGRATE_TIME_SCALE", SCALE))
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1_000_000)
    if shutil.which("terraform") is None:
        print("error: terraform is not installed, and a run without it shows less than it should", file=sys.stderr)
        return 1
    try:
        calm = Forward(binary, given.state / "calm", scale, Moments([]))
        empty(given.state / "calm", binary, scale)
        calm.run()
        moments = sorted(random.Random(seed).uniform(0, calm.seconds) for _ in range(given.kills))
        print(f"undisturbed: {calm.seconds:.1f} s; seed {seed}; killing at " + " ".join(f"{at:.2f}" for at in moments))
        pauses = [at - before for before, at in zip([0.0, *moments], moments)]
        killed = Forward(binary, given.state / "killed", scale, Moments(pauses))
        empty(given.state / "killed", binary, scale)
        killed.run()
    except (Failed, subprocess.SubprocessError, OSError) as problem:
        print(f"error: {problem}\nhint: the journals are in {given.state}; seed {seed}", file=sys.stderr)
        return 1
    changes = list(differences(calm.world, killed.world))
    bad, harmless = repeated(calm.calls, killed.calls)
    for title, lines in (("worlds differ", changes), ("done twice", bad), ("run again, harmless", harmless)):
        if lines:
            print(f"\n{title}:", *lines, sep="\n  ")
    kills = killed._moments.kills
    print(f"\nkilled {kills} times in {killed.seconds:.1f} s: {len(changes)} differences, {len(bad)} effects repeated")
    return 0 if kills == given.kills and not changes and not bad else 1


if __name__ == "__main__":
    sys.exit(main())
