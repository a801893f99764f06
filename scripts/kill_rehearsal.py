"""The forward half, killed again and again: ends in the same world as an undisturbed one, and nothing is done twice.

    make kill-rehearsal               at random moments (seeded, printed); KILLS=n
    make kill-rehearsal EACH=before   at one commit of the journal after another: the call made, its outcome unwritten
    make kill-rehearsal EACH=after    the same, with what was decided written and not yet done
    make kill-rehearsal EACH=both     each commit before, and then after
    make kill-rehearsal RUNBOOK=name  another of the runbooks, from its first phase to its last

`--among services=auth,user` has a runbook that does the same for each item of a list do it for these.

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
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
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

TOKENS = {"clientrequesttoken", "clienttoken", "callerreference", "creatorrequestid", "idempotencytoken"}
"""Parameters by which a service knows a call again, in small letters: services differ in the first one."""

IN_HAND = {"change.intended", "change.programStarted"}

FIRST_NEW = 3
"""The commit of a process that goes on by which it first says something new: after its lease and its session."""

OPENING_EVERY = 50
"""Every which kill begins with the commits before that one."""

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
    """Kills at commits of the journal, by a library preloaded into the tool: at each commit in one manner after another.

    A process that goes on takes the lease and opens a session by its first two commits, and is killed at its third; one
    commit later than the one before it when that one brought nothing new, so that none is hit for ever. Now and then
    the first two are hit, too.
    """

    manners: tuple[str, ...]
    library: Path
    kills: Counter[str] = field(default_factory=Counter)
    place: int = field(default=1)
    progress: int = field(default=0)
    undone: list[tuple[int, set[str]]] = field(default_factory=list)
    """Of each kill before a commit: the journal's newest number, and the steps whose intent had no outcome then."""
    _turn: int = field(default=0)

    @classmethod
    def prepare(cls, manners: tuple[str, ...], folder: Path) -> Commits:
        """Builds the library. Throws: `subprocess.CalledProcessError`, `Failed`."""
        compiler = next((name for name in ("cc", "clang", "gcc") if shutil.which(name)), None)
        if compiler is None:
            raise Failed("there is no C compiler")
        folder.mkdir(parents=True, exist_ok=True)
        library = folder.resolve() / "journal_faults.so"
        source = REPOSITORY / "Tests/faults/journal_faults.c"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
        return cls(manners, library)

    @property
    def _turns(self) -> tuple[str, ...]:
        # Why twice before: the first finds out that nothing had come of the intent, the second begins anew and dies
        # between call and outcome.
        return self.manners if self.place <= FIRST_NEW else self.manners[:1] + self.manners

    @property
    def manner(self) -> str:
        """How the next process is killed: before its commit is durable, or after."""
        return self._turns[self._turn]

    @property
    def environment(self) -> dict[str, str]:
        """For the next process."""
        return {
            "LD_PRELOAD": str(self.library), "JOURNAL_FAULT": f"kill-{self.manner}", "JOURNAL_FAULT_AT": str(self.place)
        }  # fmt: skip

    def killed(self, journal: Progress) -> None:
        """Notes a kill, with how far the journal had come."""
        progress, newest, in_hand = journal.look()
        self.kills[self.manner] += 1
        if self.manner == "before":
            self.undone.append((newest, in_hand))
        if progress > self.progress:
            is_rare = self.kills.total() % OPENING_EVERY < len(self.manners)
            self.progress, self.place, self._turn = progress, 1 if is_rare else FIRST_NEW, 0
        else:
            turns = len(self._turns)
            self._turn = (self._turn + 1) % turns
            self.place += self._turn == 0


class Progress:
    """How far a journal has come. Opened anew each time: a file that is held open is not recovered by the next process."""

    def __init__(self, state: Path, runbook: str) -> None:
        self._file = state / f"{runbook}.{ENVIRONMENT}.sqlite"

    def count(self) -> int:
        """How many different things it says of steps, each counted once; 0 while there is no journal, or it is busy."""
        rows = self._rows("SELECT count(*) FROM (SELECT DISTINCT step, kind FROM event WHERE step IS NOT NULL)")
        return int(rows[0][0]) if rows else 0

    def steps(self, kind: str) -> set[str]:
        """Steps of which it says `kind`."""
        return {str(row[0]) for row in self._rows("SELECT DISTINCT step FROM event WHERE kind = ?", kind)}

    def look(self) -> tuple[int, int, set[str]]:
        """Its count, the number of its newest event, and the steps whose change has an intent, but no outcome.

        Why at once: each opening after a kill reads the whole log that was not folded back.
        """
        rows = self._rows(
            "SELECT (SELECT count(*) FROM (SELECT DISTINCT step, kind FROM event WHERE step IS NOT NULL)), "
            "(SELECT coalesce(max(sequence), 0) FROM event), step, kind, max(sequence) "
            "FROM (SELECT step, kind, sequence FROM event WHERE kind GLOB 'change.*' UNION ALL SELECT '', '', 0) "
            "GROUP BY step"
        )
        found = {str(step) for _, _, step, kind, _ in rows if kind in IN_HAND}
        return (int(rows[0][0]), int(rows[0][1]), found) if rows else (0, 0, set())

    def outcomes_lost(self, undone: list[tuple[int, set[str]]]) -> set[str]:
        """Steps that a kill found between call and outcome: their next word of all is that the call had its effect."""
        rows = self._rows("SELECT step, kind, sequence FROM event WHERE kind GLOB 'change.*' ORDER BY sequence")
        changes: dict[str, list[tuple[int, str]]] = {}
        for step, kind, sequence in rows:
            changes.setdefault(step, []).append((sequence, kind))
        found = set()
        for newest, steps in undone:
            for step in steps:
                following = next((kind for sequence, kind in changes[step] if sequence > newest), "")
                found |= {step} if following == "change.applied" else set()
        return found

    def asks(self) -> bool:
        """Whether a step may wait for people."""
        return bool(self.steps("step.approvalAsked") - self.steps("step.succeeded"))

    def _rows(self, query: str, *values: str) -> list[Any]:
        if not self._file.exists():
            return []
        try:
            with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=0)) as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.Error:
            return []


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
        among: str | None = None,
    ) -> None:
        self.sandbox = Sandbox(binary, state, scale, runbook)
        self._binary, self._state, self._moments, self._commits = binary, state, moments, commits
        self._runbook, self._folder = runbook, REPOSITORY / "runbooks" / runbook
        document = yaml.safe_load((self._folder / "runbook.yaml").read_text())
        self._approvals = approvals(document)
        self._chosen = items(document, among) if among else {}
        self._progress = Progress(state, runbook)
        self.seconds = 0.0
        self.events = 0
        self.changed: set[str] = set()
        self.in_doubt: set[str] = set()
        self.outcomes_lost: set[str] = set()
        self.world: Any = None
        self.calls: dict[str, Any] = {}

    @property
    def kills(self) -> int:
        """How often it was killed so far."""
        return self._commits.kills.total() if self._commits else self._moments.kills

    def run(self) -> None:
        """Throws: `Failed`, `subprocess.SubprocessError`, `OSError`."""
        self.sandbox.up()
        try:
            environment = {**self.sandbox.environment, **prepare(self.sandbox.folder, self.sandbox.ready)}
            if self._chosen:
                values = self.sandbox.folder / "variables.json"
                values.write_text(json.dumps(json.loads(values.read_text()) | self._chosen))
            migrate = Migrate(self._binary, self._state, {**environment, **self._own_scale()}, self._runbook)
            began = time.monotonic()
            # Why not phase by phase elsewhere: only lgtm-fargate has one that a rehearsal leaves out.
            for words in [("run", phase) for phase in PHASES] if self._runbook == RUNBOOK else [("run",)]:
                if words[-1] == SWITCH:
                    migrate.run("verify", show=False)
                self._carry(migrate, *words)
            self.seconds = time.monotonic() - began
            self.events = self._progress.count()
            self.changed = self._progress.steps("change.applied")
            self.in_doubt = self._progress.steps("change.inDoubt")
            self.outcomes_lost = self._progress.outcomes_lost(self._commits.undone if self._commits else [])
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
                self._commits.killed(self._progress)
                if self.kills % 50 == 0:
                    print(f"  killed in `{phase}` ({self.kills})", flush=True)
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
        handle = os.pidfd_open(running.pid)
        try:
            while running.poll() is None:
                if self._moments.wanted and (delay := self._moments.delay(self._progress.count())) is not None:
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
                if now - looked > 0.25:
                    looked = now
                    self._approve(migrate)
                select.select([handle], [], [], 0.002 if self._moments.wanted else 0.1)
        finally:
            os.close(handle)
            if running.poll() is None:
                running.kill()
                running.wait(timeout=30)
        return True

    def _approve(self, migrate: Migrate) -> None:
        """Says yes to whatever waits for it."""
        for step in waiting_for_people(migrate.status()) if self._progress.asks() else []:
            migrate.run("approve", self._approvals[step], "--yes", expect=(0, 3, 4, 64, 75), show=False)


def approvals(document: dict[str, Any]) -> dict[str, str]:
    """Names of the approvals that steps ask for, by the step."""
    steps = [step for phase in document["phases"] for step in phase["steps"]]
    return {step["id"]: step["confirm"] for step in steps if "confirm" in step}


def items(document: dict[str, Any], among: str) -> dict[str, Any]:
    """Value of the variable in `among`, such as `services=auth,user`: those items of its default that it names.

    Throws: `Failed` for a name that is not there.
    """
    name, _, chosen = among.partition("=")
    known = {item["name"]: item for item in document["variables"].get(name, {}).get("default") or []}
    if unknown := set(chosen.split(",")) - set(known):
        raise Failed(f"`{name}` has no {', '.join(f'`{item}`' for item in sorted(unknown))}")
    return {name: [known[item] for item in chosen.split(",")]}


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
    given = dict(parameters)
    with suppress(ValueError, TypeError):
        # That of a service whose operations are paths.
        given |= json.loads(parameters.get("body", "{}"))
    return next((str(value) for name, value in given.items() if is_token(name)), None)


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
    parser.add_argument("--among", default=None, metavar="NAME=ITEM,…", help="items of a list that are enough")
    parser.add_argument("--each", choices=("before", "after", "both"), default=None, help="kill at commits, not at random")
    given = parser.parse_args()
    os.chdir(REPOSITORY)
    binary, scale = given.migrate.resolve(), int(os.environ.get("MIGRATE_TIME_SCALE", SCALE))
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1_000_000)
    if shutil.which("terraform") is None:
        print("error: terraform is not installed, and a run without it shows less than it should", file=sys.stderr)
        return 1
    try:
        calm = Forward(binary, given.state / "calm", scale, given.runbook, Moments([]), among=given.among)
        empty(given.state / "calm", binary, scale)
        calm.run()
        print(f"undisturbed: {calm.seconds:.1f} s, {calm.events} events", flush=True)
        chance = random.Random(seed)
        manners = ("before", "after") if given.each == "both" else (given.each,)
        commits = Commits.prepare(manners, given.state) if given.each else None
        places = sorted(chance.sample(range(1, calm.events * 95 // 100), 0 if commits else given.kills))
        moments = [(place, chance.uniform(0, LATEST_SECONDS)) for place in places]
        if commits:
            print(f"killing {' and '.join(manners)} one commit after another", flush=True)
        else:
            shown = " ".join(f"{place}+{delay * 1000:.0f}ms" for place, delay in moments)
            print(f"seed {seed}; killing at {shown}", flush=True)
        killed = Forward(binary, given.state / "killed", scale, given.runbook, Moments(moments), commits, given.among)
        empty(given.state / "killed", binary, scale)
        killed.run()
    except (Failed, subprocess.SubprocessError, OSError) as problem:
        print(f"error: {problem}\nhint: the journals are in {given.state}; seed {seed}", file=sys.stderr)
        return 1
    changes = list(differences(calm.world, killed.world))
    bad, harmless = repeated(calm.calls, killed.calls)
    missed = sorted(killed.changed - killed.outcomes_lost) if commits and "before" in manners else []
    doubts = sorted(killed.in_doubt)
    for title, lines in (
        ("worlds differ", changes), ("done twice", bad), ("run again, harmless", harmless), ("in doubt", doubts),
        ("never killed between call and outcome", missed),
    ):  # fmt: skip
        if lines:
            print(f"\n{title}:", *lines, sep="\n  ")
    kills = killed.kills
    print(f"\nkilled {kills} times in {killed.seconds:.1f} s: {len(changes)} differences, {len(bad)} effects repeated")
    if commits:
        by_manner = ", ".join(f"{commits.kills[manner]} {manner} a commit" for manner in manners)
        hit = len(killed.changed & killed.outcomes_lost)
        print(f"{by_manner}; between call and outcome of {hit} of {len(killed.changed)} changes")
    enough = kills >= given.kills if given.each else kills == given.kills
    # Of those that run side by side, one may pass from its intent to its outcome while another is hit.
    is_hit = len(missed) * 4 <= len(killed.changed)
    return 0 if enough and not changes and not bad and is_hit else 1


if __name__ == "__main__":
    sys.exit(main())
