"""The lgtm runbook in a sandbox of its own, forward and back, with answers lost on the way or undisturbed."""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kill_rehearsal import NEVER_TWICE, token_of
from losing_proxy import Losing, LosingProxy, operation, without_token
from rehearsal.preparation import prepare
from rehearsal.sandbox import REPOSITORY, Sandbox
from rehearsal.tool import Migrate, asks_for_people
from rehearse import PHASES, SCALE, SWITCH

EXIT_IN_DOUBT = 5
NON_IDEMPOTENT = "nonIdempotent"

AGENT = "migrate"
"""How the tool names itself. What Terraform's provisioner calls is between Terraform and AWS."""

LIMIT = 300.0
"""Longest that one command may take, seconds."""


class OpenSandbox(Sandbox):
    """A sandbox that believes every signature: requests reach it under another host than the one that was signed."""

    def _run(self, verb: str, *options: str) -> None:
        super()._run(verb, *options, *(("--without", "signatures") if verb == "up" else ()))


def calls_of_the_tool(sandbox: Sandbox) -> list[dict[str, Any]]:
    """Each call of the tool that would change something, with its outcome."""
    return [call for call in sandbox.control("calls")["calls"] if call["agent"].startswith(AGENT)]


@dataclass
class Half:
    """What one direction did: the calls that it made, the answers that were lost, and the world that it left."""

    world: dict[str, Any]
    calls: list[dict[str, Any]]
    lost: Counter[str]

    @property
    def applied(self) -> Counter[str]:
        """How often each operation had an effect."""
        return Counter(operation(call["service"], call["operation"]) for call in self.calls if call["applied"])

    def repeated(self) -> list[str]:
        """Calls that had an effect twice and may not."""
        found: Counter[str] = Counter()
        tokens: set[str] = set()
        for call in self.calls:
            if not call["applied"] or not NEVER_TWICE.match(f"{call['service']}:{call['operation']}"):
                continue
            asked = json.dumps(without_token(call["parameters"]), sort_keys=True)
            key = f"{call['service']}:{call['operation']} {asked}"
            token = token_of(call["parameters"])
            # A service answers a token that it knows, and does nothing.
            if token is not None and f"{key} {token}" in tokens:
                continue
            tokens.add(f"{key} {token}")
            found[key] += 1
        return [f"{count} times: {key}" for key, count in sorted(found.items()) if count > 1]


class Journey:
    """One run, in a sandbox that lives as long as the `with` block; undisturbed when `losing` is None."""

    def __init__(self, binary: Path, state: Path, losing: Losing | None) -> None:
        self.sandbox = OpenSandbox(binary, state, SCALE)
        self._binary, self._state, self._losing = binary, state, losing
        self._open = contextlib.ExitStack()
        self._proxy: LosingProxy | None = None
        self._seen = 0
        self.resolved: list[str] = []

    def __enter__(self) -> Journey:
        with contextlib.ExitStack() as opening:
            self._state.mkdir(parents=True, exist_ok=True)
            opening.callback(self.sandbox.down)
            self.sandbox.up()
            self._environment = {**self.sandbox.environment, **prepare(self.sandbox.folder, self.sandbox.ready)}
            if self._losing is not None:
                self._proxy = opening.enter_context(LosingProxy(self.sandbox.ready["endpoint"], self._losing))
                self._environment["AWS_ENDPOINT_URL"] = self._proxy.url
            self._migrate = Migrate(self._binary, self._state, self._environment)
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def forward(self) -> Half:
        """Through the five phases."""
        for phase in PHASES:
            self._to_its_end("run", phase)
        return self._half()

    def back(self) -> Half:
        """Traffic home, and all undone."""
        self._to_its_end("back-out", "--reason", "answers are lost on the way home too")
        self._to_its_end("rollback", "--all", "--yes")
        return self._half()

    def _half(self) -> Half:
        calls = calls_of_the_tool(self.sandbox)
        half = Half(self.sandbox.world(), calls[self._seen :], self._proxy.lost if self._proxy else Counter())
        self._seen = len(calls)
        if self._proxy:
            self._proxy.begin_again()
        return half

    def _to_its_end(self, *words: str) -> None:
        """Runs a command; goes on for as long as it ends in doubt, which it may about what nobody can look at alone."""
        for _ in range(20):
            status, talk = self._command(*words)
            if status == 0:
                return
            doubted = self._in_doubt() if status == EXIT_IN_DOUBT else []
            assert doubted, f"`migrate {' '.join(words)}` ended with {status}\n{talk}"
            for step in doubted:
                effect = self._effect(step)
                assert effect == NON_IDEMPOTENT, f"`{step}` is {effect}, and was left in doubt\n{talk}"
                done, said = self._command("resolve", step, "--applied", "--reason", "the proxy had it applied")
                assert done == 0, said
                self.resolved.append(step)
        raise AssertionError(f"`migrate {' '.join(words)}` did not come to an end")

    def _command(self, *words: str) -> tuple[int, str]:
        """Runs a command, and says yes in another process when it asks people. Gives how it ended and what it said."""
        talk = self._state / "talk.txt"
        with talk.open("w") as output:
            running = subprocess.Popen(
                self._migrate.arguments(*words), cwd=REPOSITORY, env=self._environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
            try:
                deadline = time.monotonic() + LIMIT
                if SWITCH in words:
                    self._agree(running, deadline)
                running.wait(timeout=max(1.0, deadline - time.monotonic()))
            finally:
                if running.poll() is None:
                    running.kill()
                    running.wait(timeout=30)
        return running.returncode, talk.read_text()

    def _agree(self, running: subprocess.Popen[bytes], deadline: float) -> None:
        while not asks_for_people(self._migrate.status()):
            if running.poll() is not None:
                return
            assert time.monotonic() < deadline, "it did not ask for the approval of the switch"
            time.sleep(0.2)
        self._migrate.run("approve", "cutover", "--yes", show=False)

    def _in_doubt(self) -> list[str]:
        steps = [step for phase in self._migrate.status().get("phases", []) for step in phase["steps"]]
        return [step["id"] for step in steps if step["state"] == "in_doubt"]

    def _effect(self, step: str) -> str:
        """The declared class of the newest change of a step."""
        status, text = self._command("log", "--json")
        assert status == 0, text
        found = "unknown"
        for event in map(json.loads, text.splitlines()):
            if event["kind"] == "change.intended" and event["event"]["change"]["_0"]["step"] == step:
                found = event["event"]["change"]["_1"]["intended"]["_0"]["effect"]
        return found
