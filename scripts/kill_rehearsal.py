"""The forward half, killed again and again: ends in the same world as an undisturbed one, and nothing is done twice.

    make kill-rehearsal               at random moments (seeded, printed); KILLS=n
    make kill-rehearsal EACH=before   at one commit of the journal after another: the call made, its outcome unwritten
    make kill-rehearsal EACH=after    the same, with what was decided written and not yet done
    make kill-rehearsal RUNBOOK=name  another of the runbooks, from its first phase to its last

Runs the way forward once undisturbed (of lgtm-fargate through the switch); then again in a new sandbox,
ending the process by SIGKILL and going on with `migrate run` each time. Compares the two worlds and the two journals of
AWS calls.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rehearsal.checks import differences
from rehearsal.preparation import prepare
from rehearsal.sandbox import REPOSITORY, Sandbox
from rehearsal.tool import ENVIRONMENT, RUNBOOK, Failed, Migrate, waiting_for_people
from rehearse import PHASES, SCALE, SWITCH, empty

NEVER_TWICE = re.compile(
    r"[a-z0-9-]+:(Create|Register(?!ScalableTarget)|Change|Delete(?!Object)|Deregister|PutImage|PutSecret|Run|Start|Stop)"
)
"""Operations whose repetition is a second effect. What is left out ends in the same state however often it runs; objects
are put and deleted by a probe's canary alone."""

TOKENS = {"clientrequesttoken", "clienttoken", "callerreference", "creatorrequestid"}
"""Parameters by which a service knows a call again, in small letters: services differ in the first one."""

LATEST_SECONDS = 0.1
"""Longest time between the event that a kill waits for and the kill."""


@dataclass
class Moments:
    """When to kill: at a progress of the journal, and then a moment later, so that any stage of a call can be hit.

    Why not by the clock: a kill makes the step at work begin again, and all others would hit that same step.
    """

    wanted: list[tuple[int, float]]
    kills: int = field(default=0)

    def delay(self, progress: int) -> float | None:
        """Pause before the next kill, seconds; nil while its time has not come."""
        return self.wanted[0][1] if self.wanted and progress >= self.wanted[0][0] else None

    def killed(self) -> None:
        self.wanted.pop(0)
        self.kills += 1


@dataclass
class Commits:
    """Kills at commits of the journal, by a library preloaded into the tool: each process at its second, or one later than
    the one before it when that one brought nothing new, so that none is hit for ever."""

    manner: str
    library: Path
    kills: int = field(default=0)
    place: int = field(default=2)
    progress: int = field(default=0)

    @classmethod
    def prepare(cls, manner: str, folder: Path) -> Commits:
        """Builds the library. Throws: `subprocess.CalledProcessError`, `Failed`."""
        compiler = next((name for name in ("cc", "clang", "gcc") if shutil.which(name)), None)
        if compiler is None:
            raise Failed("there is no C compiler")
        folder.mkdir(parents=True, exist_ok=True)
        library = folder.resolve() / "journal_faults.so"
        source = REPOSITORY / "Tests/faults/journal_faults.c"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
        return cls(f"kill-{manner}", library)

    @property
    def environment(self) -> dict[str, str]:
        """For the next process."""
        return {
            "LD_PRELOAD": str(self.library), "JOURNAL_FAULT": self.manner, "JOURNAL_FAULT_AT": str(self.place)
        }  # fmt: skip

    def killed(self, progress: int) -> None:
        """Notes a kill, with how far the journal had come."""
        self.kills += 1
        self.place = 2 if progress > self.progress else self.place + 1
        self.progress = max(progress, self.progress)


class Progress:
    """How far a journal has come: how many different things it says of steps, each counted once."""

    def __init__(self, state: Path, runbook: str) -> None:
        self._file = state / f"{runbook}.{ENVIRONMENT}.sqlite"
        self._connection: sqlite3.Connection | None = None

    def count(self) -> int:
        """0 while there is no journal, or when it is busy."""
        try:
            if self._connection is None:
                if not self._file.exists():
                    return 0
                self._connection = sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=0)
            query = "SELECT count(*) FROM (SELECT DISTINCT step, kind FROM event WHERE step IS NOT NULL)"
            return int(self._connection.execute(query).fetchone()[0])
        except sqlite3.Error:
            return 0


class Forward:
    """The forward half in one sandbox, killed at `moments`, or at `commits`."""

    def __init__(
        self,
        binary: Path,
        state: Path,
        scale: int,
        runbook: str,
        moments: Moments,
        commits: Commits | None = None,
    ) -> None:
        self.sandbox = Sandbox(binary, state, scale, runbook)
        self._binary, self._state, self._moments, self._commits = binary, state, moments, commits
        self._runbook, self._folder = runbook, REPOSITORY / "runbooks" / runbook
        self._approvals = approvals(yaml.safe_load((self._folder / "runbook.yaml").read_text()))
        self._progress = Progress(state, runbook)
        self.seconds = 0.0
        self.events = 0
        self.world: Any = None
        self.calls: dict[str, Any] = {}

    @property
    def kills(self) -> int:
        """How often it was killed so far."""
        return self._commits.kills if self._commits else self._moments.kills

    def run(self) -> None:
        """Throws: `Failed`, `subprocess.SubprocessError`, `OSError`."""
        self.sandbox.up()
        try:
            environment = {**self.sandbox.environment, **prepare(self.sandbox.folder, self.sandbox.ready)}
            migrate = Migrate(self._binary, self._state, {**environment, **self._own_scale()}, self._runbook)
            began = time.monotonic()
            # Why not phase by phase elsewhere: only lgtm-fargate has one that a rehearsal leaves out.
            for words in [("run", phase) for phase in PHASES] if self._runbook == RUNBOOK else [("run",)]:
                if words[-1] == SWITCH:
                    migrate.run("verify", show=False)
                self._carry(migrate, *words)
            self.seconds = time.monotonic() - began
            self.events = self._progress.count()
            self.world = normalised(self.sandbox.world(), self.sandbox.variables)
            self.calls = self.sandbox.control("calls")
        finally:
            self.sandbox.down()

    def _own_scale(self) -> dict[str, str]:
        """What the tool's own waits are divided by where real programs run as tasks, as `migrate rehearse` has it."""
        prepared = json.loads((self._folder / "rehearsal.json").read_text())["prepare"]
        given = dict(zip(prepared, prepared[1:], strict=False)).get("--tool-scale")
        return {"MIGRATE_TIME_SCALE": given} if given else {}

    def _carry(self, migrate: Migrate, *words: str) -> None:
        """Runs one command to its end, however often it is killed on the way."""
        phase = " ".join(words)
        while True:
            extra = self._commits.environment if self._commits else {}
            running = migrate.start(*words, quiet=True, extra=extra)
            ended = self._watch(migrate, running)
            if self._commits and running.returncode == -signal.SIGKILL:
                self._commits.killed(self._progress.count())
                if self._commits.kills % 50 == 0:
                    print(f"  killed in `{phase}` ({self._commits.kills})", flush=True)
                continue
            if not ended:
                print(f"  killed in `{phase}` ({self._moments.kills})", flush=True)
                continue
            if running.returncode != 0:
                migrate.run("status", expect=(0, 3, 4, 5))
                raise Failed(f"`migrate {phase}` ended with {running.returncode}")
            return

    def _watch(self, migrate: Migrate, running: subprocess.Popen[bytes]) -> bool:
        """Waits for the process, saying yes when it asks; false when it was killed."""
        began = looked = time.monotonic()
        try:
            while running.poll() is None:
                delay = self._moments.delay(self._progress.count())
                if delay is not None:
                    time.sleep(delay)
                    # It may have ended in the meantime; then the next one is hit.
                    if running.poll() is not None:
                        break
                    running.send_signal(signal.SIGKILL)
                    running.wait(timeout=30)
                    self._moments.killed()
                    return False
                now = time.monotonic()
                if now - began > 600:
                    raise Failed("a command did not end within 600 s")
                if now - looked > 0.5:
                    looked = now
                    for step in waiting_for_people(migrate.status()):
                        name = self._approvals[step]
                        migrate.run("approve", name, "--yes", expect=(0, 3, 4, 64, 75), show=False)
                time.sleep(0.002)
        finally:
            if running.poll() is None:
                running.kill()
                running.wait(timeout=30)
        return True


def approvals(document: dict[str, Any]) -> dict[str, str]:
    """Names of the approvals that steps ask for, by the step."""
    steps = [step for phase in document["phases"] for step in phase["steps"]]
    return {step["id"]: step["confirm"] for step in steps if "confirm" in step}


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


def is_token(name: str) -> bool:
    return name.lower() in TOKENS


def token_of(parameters: dict[str, Any]) -> str | None:
    """By what a service knows the call again; none for one that it takes for a new one."""
    return next((str(value) for name, value in parameters.items() if is_token(name)), None)


def effects(journal: dict[str, Any]) -> Counter[str]:
    """How often each operation had an effect. A call with a token that came before is answered, and does nothing."""
    found: Counter[str] = Counter()
    seen: set[str] = set()
    for call in journal["calls"]:
        if not call["applied"]:
            continue
        name = f"{call['service']}:{call['operation']}"
        token = token_of(call["parameters"])
        if token is not None:
            if f"{name} {token}" in seen:
                continue
            seen.add(f"{name} {token}")
        found[name] += 1
    return found


def repeated(calm: dict[str, Any], killed: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Operations with more effects than undisturbed: those that may not have them, and the harmless."""
    before, after = effects(calm), effects(killed)
    lines = {name: f"{name}: {before[name]} undisturbed, {after[name]} killed" for name in after - before}
    bad = [line for name, line in sorted(lines.items()) if NEVER_TWICE.match(name)]
    harmless = [line for name, line in sorted(lines.items()) if not NEVER_TWICE.match(name)]
    return bad, harmless


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migrate", type=Path, required=True, help="the binary")
    parser.add_argument("--runbook", default=RUNBOOK)
    parser.add_argument("--state", type=Path, default=Path("state/kill-rehearsal"), help="emptied first")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--each", choices=("before", "after"), default=None, help="kill at commits, not at random")
    given = parser.parse_args()
    os.chdir(REPOSITORY)
    binary, scale = given.migrate.resolve(), int(os.environ.get("MIGRATE_TIME_SCALE", SCALE))
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1_000_000)
    if shutil.which("terraform") is None:
        print("error: terraform is not installed, and a run without it shows less than it should", file=sys.stderr)
        return 1
    try:
        calm = Forward(binary, given.state / "calm", scale, given.runbook, Moments([]))
        empty(given.state / "calm", binary, scale)
        calm.run()
        print(f"undisturbed: {calm.seconds:.1f} s, {calm.events} events", flush=True)
        chance = random.Random(seed)
        commits = Commits.prepare(given.each, given.state) if given.each else None
        places = sorted(chance.sample(range(1, calm.events * 95 // 100), 0 if commits else given.kills))
        moments = [(place, chance.uniform(0, LATEST_SECONDS)) for place in places]
        if commits:
            print(f"killing {given.each} one commit after another", flush=True)
        else:
            shown = " ".join(f"{place}+{delay * 1000:.0f}ms" for place, delay in moments)
            print(f"seed {seed}; killing at {shown}", flush=True)
        killed = Forward(binary, given.state / "killed", scale, given.runbook, Moments(moments), commits)
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
    kills = killed.kills
    print(f"\nkilled {kills} times in {killed.seconds:.1f} s: {len(changes)} differences, {len(bad)} effects repeated")
    enough = kills >= given.kills if given.each else kills == given.kills
    return 0 if enough and not changes and not bad else 1


if __name__ == "__main__":
    sys.exit(main())
