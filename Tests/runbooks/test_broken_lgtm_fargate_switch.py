"""Each row breaks the world in one place, from the switch of the lgtm runbook on: the shift itself, and the handover.

A world of its own, since rows of the phases before count on names that still lead to the old side. It is carried forward
once; each row begins again from a journal that was kept on the way, in the same world. A few rows run always; all of them
with BROKEN_STEPS=all (`make broken-steps`).
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from breaks import ALL, Break, failing, refused, stopped_at
from conftest import LGTM
from night import Ended, Night, binary
from test_broken_lgtm_fargate import PLANNED, unheard, unresolved

pytestmark = pytest.mark.skipif(
    binary() is None or not all(shutil.which(name) for name in ("terraform", "buildah", "docker-registry")),
    reason="there is no current build of migrate, no terraform, no buildah or no docker-registry",
)

PATIENCE = 50.0
"""Longest that a run may take until it stops, seconds."""


@dataclass(frozen=True)
class Row:
    """What is broken once the journal `begin` was kept, the step that stops it, and what it says of the cause."""

    begin: str
    step: str
    broken: Break
    said: str
    always: bool = False
    also: tuple[str, ...] = ()
    """Steps beside it that are stopped by the same."""


ROWS = [
    Row("unswitched", "shift", refused("route53", "ChangeResourceRecordSets", "AccessDenied", 403),
        "route53:ChangeResourceRecordSets", always=True),
    Row("switched", "addresses-now", unresolved, r"addresses-now\[tempo\].*no such name", always=True),
    Row("retired", "agents-new-first", refused("ssm", "SendCommand"), "ssm:SendCommand"),
    Row("retired", "new-takes-writes", unheard, "no data"),
    Row("retired", "old-unwritten", failing("loki", "old", "/metrics"), r"old-unwritten\[loki\].*500"),
    Row("retired", "old-unvisited", failing("grafana", "old", "/metrics"), "500"),
    Row("retired", "last-flush-mimir", failing("mimir", "old", "/ingester/flush"), "500"),
    Row("retired", "last-flush-loki", failing("loki", "old", "/flush"), "500"),
    Row("retired", "last-flush-tempo", failing("tempo", "old", "/flush"), "500"),
    Row("retired", "still-same-settings", failing("loki", "new", "/config"), r"still-same-settings\[loki\].*500"),
]  # fmt: skip
"""In the order of the runbook, in which no row changes what a later one counts on."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    found = binary()
    assert found is not None
    made = Night(LGTM, tmp_path_factory.mktemp("night"), found)
    # A day beside the old side is not what is looked at.
    sandbox = made.runbook / "environments/sandbox.yaml"
    sandbox.write_text(re.sub(r"^keep_old: .*$", "keep_old: 1m", sandbox.read_text(), flags=re.M))
    try:
        yield made
    finally:
        made.down()


class Way:
    """The way forward, on which nothing is broken, with journals kept before the switch, after it, and once the old side may go."""

    def __init__(self, night: Night) -> None:
        self._night = night
        self._state = night.from_before("nothing")
        self._sound("run", "--through", "phase-4")
        night.keep(self._state, "unswitched")

    def carry_to(self, kept: str) -> None:
        """Goes on until the journal of that name was kept; nothing happens where it was."""
        kept_already = [path.name for path in (self._night.folder / "kept").iterdir()]
        if kept != "unswitched" and "switched" not in kept_already:
            agree(self._night, self._state, "phase-5", "cutover")
            self._night.keep(self._state, "switched")
        if kept == "retired" and kept not in kept_already:
            for step in ("keep-old", "still-moved", *(f"addresses-now[{name}]" for name in PLANNED)):
                self._sound("run", f"phase-6/{step}")
            agree(self._night, self._state, "phase-6/retire", "retirement")
            self._night.keep(self._state, "retired")

    def _sound(self, *words: str) -> None:
        ended = self._night.run(self._state, *words)
        assert ended.status == 0, f"{words}: {ended.said[-3000:]}"


def approved(night: Night, state: Path, target: str, name: str) -> subprocess.Popen[str]:
    """A run of `target` that people have just agreed to."""
    if target == "phase-5":
        # It asks for rollbacks that were proved a short while ago.
        verified = night.run(state, "verify")
        assert verified.status == 0, verified.said[-2000:]
    running = night.start(state, "run", target)
    night.until_asked(state, running)
    said = night.run(state, "approve", name, "--yes", "--comment", "the table agrees")
    assert said.status == 0, said.said
    return running


def agree(night: Night, state: Path, target: str, name: str) -> None:
    """Carries out `target`, to which people agree."""
    running = approved(night, state, target, name)
    said = running.communicate(timeout=120)[0]
    assert running.returncode == 0, said[-3000:]


@pytest.fixture(scope="module")
def way(night: Night) -> Way:
    return Way(night)


@pytest.mark.parametrize("row", [row for row in ROWS if ALL or row.always], ids=lambda row: row.step)
def test_a_broken_world_stops_the_run_at_that_step(night: Night, way: Way, row: Row) -> None:
    way.carry_to(row.begin)
    state = night.from_before(row.begin)
    with row.broken(night):
        if row.begin == "unswitched":
            running = approved(night, state, "phase-5", "cutover")
        else:
            running = night.start(state, "run", "phase-6")
        stopped = until_it_stops(night, state, running)
    said = running.communicate(timeout=PATIENCE)[0]
    assert stopped, f"it went on: {said[-1500:]}"
    stopped_at(Ended(running.returncode, said, night._states(state)), row.step, row.also, row.said)


def until_it_stops(night: Night, state: Path, running: subprocess.Popen[str]) -> bool:
    """Whether a step stops in time. While traffic is away the run itself stays and watches, until it is told to end."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.poll() is None:
        if Ended(0, "", night._states(state)).stopped_at:
            running.send_signal(signal.SIGINT)
            return True
        time.sleep(0.2)
    if running.poll() is None:
        running.send_signal(signal.SIGINT)
        return False
    return True
