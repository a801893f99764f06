"""The rehearsal: the lgtm runbook forward through its six phases with the real binary, and back again.

    make rehearse

Starts the sandbox, runs phase by phase, approves the switch from a second process, and looks at the world with kdig and
boto3. The sixth phase, which retires the old side, is carried forward, back past its point of no return, and forward again;
worlds are compared, and what coming back costs is looked at. Then that is taken back, traffic goes home and all else back,
and the world is compared with what it was. Waits are shortened by MIGRATE_TIME_SCALE, and by what the environment sets.
Says at its end what it could not exercise.
Exit 0 only if every check held; with MIGRATE_STRICT=1 also only if no step had to be left out.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from rehearsal import limits
from rehearsal.checks import DESIRED, Checks
from rehearsal.preparation import prepare
from rehearsal.sandbox import REPOSITORY, Sandbox
from rehearsal.stand_in import Infrastructure
from rehearsal.tool import Failed, Migrate

PHASES = ("phase-1", "phase-2", "phase-3", "phase-4", "phase-5")
"""Those through the switch."""
SWITCH, HANDOVER = "phase-5", "phase-6"
WAITS = 3
"""How a command ends that waits for a word of people."""
SCALE = 600
"""What waits are divided by unless MIGRATE_TIME_SCALE says otherwise: a soak of 5 minutes takes half a second."""


class Rehearsal:
    """One rehearsal with a state directory of its own."""

    def __init__(self, binary: Path, state: Path, scale: int) -> None:
        self._state = state
        self._sandbox = Sandbox(binary, state, scale)
        self._binary = binary
        self._scale = scale
        self.left_out: list[str] = []
        self.not_shown: list[str] = []
        self.failed: list[str] = []

    def run(self) -> None:
        """Throws: `Failed`, `subprocess.CalledProcessError`, `OSError`."""
        began = time.monotonic()
        self._sandbox.up()
        try:
            self._rehearse()
        except BaseException:
            # What went wrong first is what the operator must see.
            with contextlib.suppress(subprocess.SubprocessError):
                self._sandbox.down()
            raise
        self._sandbox.down()
        print(f"\nThe rehearsal took {time.monotonic() - began:.0f} s; its journal is in {self._state}.")

    def _rehearse(self) -> None:
        environment = {**self._sandbox.environment, **prepare(self._sandbox.folder, self._sandbox.ready)}
        migrate = Migrate(self._binary, self._state, environment)
        checks = Checks(self._sandbox)
        before, records = self._sandbox.world(), checks.record_sets()
        root = self._sandbox.folder / "terraform"
        infrastructure = Infrastructure(root, self._sandbox.ready["endpoint"])
        has_terraform = shutil.which("terraform") is not None

        migrate.run("validate")
        for phase in PHASES:
            if phase == "phase-2" and not has_terraform:
                infrastructure.make()
            if phase == SWITCH:
                migrate.run("verify")
                self._agreed(migrate, SWITCH, "cutover")
            else:
                migrate.run("run", phase, "--skip-missing-tools")
        print("\nAfter the switch, seen from outside:")
        checks.moved()
        switched = self._sandbox.world()
        retired = self._hand_over(migrate, checks)
        self._take_back(migrate, checks, switched)
        again = self._hand_over(migrate, checks)
        checks.equal("the world is what it was after the first handover", retired, again, stored(self._sandbox.variables))
        migrate.run("status")
        status = migrate.status()
        self.left_out = list(status["not_exercised"])
        processes = self._sandbox.control("processes")
        self.not_shown = limits.lines(limits.look(status, processes, self._sandbox.variables, self._scale))

        self._take_back(migrate, checks, switched)
        migrate.run("back-out", "--reason", "rehearsal of the way home")
        print("\nAfter the way home, seen from outside:")
        old = [self._sandbox.variables["old_address"]]
        checks.expect(checks.answers() == [old, old], "both name servers give the old address", checks.answers())
        migrate.run("rollback", "--all", "--yes")
        if not has_terraform:
            infrastructure.remove()
        print("\nAfter the rollback, seen from outside:")
        checks.came_back(before, records, kept(self._sandbox.variables))
        print("\nKept on purpose:")
        for step in migrate.status()["kept"]:
            print(f"  {step}")
        self.failed = checks.failed

    def _hand_over(self, migrate: Migrate, checks: Checks) -> dict[str, Any]:
        """Retires the old side. Gives the world then."""
        self._agreed(migrate, HANDOVER, "retirement")
        print("\nAfter the handover, seen from outside:")
        checks.retired()
        return self._sandbox.world()

    def _take_back(self, migrate: Migrate, checks: Checks, switched: dict[str, Any]) -> None:
        """Takes the handover back, which nothing does by itself: not without a word about what it costs."""
        migrate.run("rollback", "--phase", HANDOVER, "--yes", expect=(WAITS,))
        migrate.run("rollback", "--phase", HANDOVER, "--yes", "--accept-loss")
        print("\nAfter the handover was taken back, seen from outside:")
        checks.handed_back()
        checks.equal("the world is what it was after the switch", switched, self._sandbox.world(),
                     stored(self._sandbox.variables))  # fmt: skip

    def _agreed(self, migrate: Migrate, phase: str, approval: str) -> None:
        """Runs a phase; a second process says yes when it is asked for."""
        running = migrate.start("run", phase, "--skip-missing-tools")
        try:
            migrate.wait_for_approval(approval, running)
            migrate.run("approve", approval, "--yes", "--comment", "the rehearsal agrees")
            status = running.wait(timeout=600)
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGINT)
                running.wait(timeout=180)
        if status != 0:
            raise Failed(f"`migrate run {phase}` ended with {status}")


def stored(variables: dict[str, Any]) -> dict[str, set[str]]:
    """What was ingested in the tests has been stored, as it should be: by section of the world."""
    return {"s3.objects": {variables["bucket"]}}


def kept(variables: dict[str, Any]) -> dict[str, set[str]]:
    """What the runbook keeps, by section of the world: backups, log groups, secrets, the OIDC provider, objects."""
    shared = "grafana/lgtm-grafana.cluster.internal"
    return {
        "ec2.images": {f"lgtm-before-fargate-{instance}" for instance in variables["old_instances"]},
        "logs": {f"/ecs/lgtm/{name}" for name in DESIRED},
        "secrets": {"lgtm/grafana"},
        "iam.oidc": {"token.actions.githubusercontent.com", "https://token.actions.githubusercontent.com"},
        # What the new Grafana was provisioned with stays in the database that both share, and nothing asks it.
        f"{shared}/sources": {"Fargate Loki", "Fargate Mimir", "Fargate Pyroscope", "Fargate Tempo"},
        f"{shared}/boards": {"LGTM on Fargate"},
        **stored(variables),
    }


def stop_cleanly(number: int, frame: FrameType | None) -> None:
    """Turns SIGTERM into an exception, so that the sandbox is stopped on the way out."""
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migrate", type=Path, required=True, help="the binary")
    parser.add_argument("--state", type=Path, default=Path("state/rehearsal"), help="emptied first")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, stop_cleanly)
    os.chdir(REPOSITORY)
    scale = int(os.environ.get("MIGRATE_TIME_SCALE", SCALE))
    rehearsal = Rehearsal(given.migrate.resolve(), given.state, scale)
    empty(given.state, given.migrate.resolve(), scale)
    try:
        rehearsal.run()
    except (Failed, subprocess.SubprocessError, OSError) as problem:
        print(f"\nerror: {problem}\nhint: the journal and the sandbox's log are in {given.state}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print("\nWhat this could not exercise:", *rehearsal.not_shown, sep="\n  ")
    if rehearsal.left_out:
        print("\nNot exercised, for want of a program on this machine:")
        for step in rehearsal.left_out:
            print(f"  {step}")
    if rehearsal.failed:
        print(f"\n{len(rehearsal.failed)} checks failed:", *rehearsal.failed, sep="\n  ")
        return 1
    if rehearsal.left_out and os.environ.get("MIGRATE_STRICT") == "1":
        print("\nerror: steps were left out, and MIGRATE_STRICT=1 forbids that", file=sys.stderr)
        return 1
    print("\nEvery check held.")
    return 0


def empty(state: Path, binary: Path, scale: int) -> None:
    """Forgets the rehearsal before, and stops its sandbox should it still run."""
    if (state / "sandbox").is_dir():
        Sandbox(binary, state, scale).down()
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)


if __name__ == "__main__":
    sys.exit(main())
