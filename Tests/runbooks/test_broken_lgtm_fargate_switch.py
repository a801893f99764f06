"""Each row breaks the world in one place, from the switch of the lgtm runbook on: the shift itself, and the handover.

A world of its own, since rows of the phases before count on names that still lead to the old side. It is carried forward
once; each row begins again from a journal that was kept on the way, in the same world. A few rows run always; all of them
with BROKEN_STEPS=all (`make broken-steps`).
"""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from breaks import PAUSED, Break, drifted, failing, refused, stopped_at
from conftest import LGTM
from night import Ended, Night, binary
from tables import SANDBOX, Row, chosen, needs
from test_broken_lgtm_fargate import edited, leaving, unheard, unresolved, unwritable

pytestmark = needs(*SANDBOX)

PATIENCE = 50.0
"""Longest that a run may take until it stops, seconds."""


def program(name: str) -> Break:
    """A program of the old instances fails."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        night.control("programs", program=name, status=1)
        try:
            yield
        finally:
            night.control("programs", program=name, status=None)

    return broken


@contextlib.contextmanager
def forgotten(night: Night) -> Iterator[None]:
    """No name server knows the production name any more, though its record is there."""
    night.control("names", name=night.variables["host"], hidden=True)
    try:
        yield
    finally:
        night.control("names", name=night.variables["host"], hidden=False)


ROWS = [
    Row("phase-5/dashboards-now", unwritable("at-the-switch"), "backup/at-the-switch", begin="unswitched"),
    Row("phase-5/unedited", edited("at-the-switch"), "exit status 1", begin="unswitched"),
    Row("phase-5/shift", refused("route53", "ChangeResourceRecordSets", "AccessDenied", 403),
        "route53:ChangeResourceRecordSets", always=True, begin="unswitched"),
    Row("phase-5/mark", failing("grafana", "new", "/api/annotations"), "500", begin="unmarked", again=True),
    Row("phase-5/moved", forgotten, "no such name", begin="switched", again=True),
    Row("phase-5/resolved", forgotten, "no such name", begin="switched", again=True),
    Row("phase-6/still-moved", forgotten, "no such name", begin="switched"),
    Row("phase-6/addresses-now", unresolved, r"addresses-now\[tempo\].*no such name", always=True, begin="switched"),
    Row("phase-6/agents-new-first", refused("ssm", "SendCommand"), "ssm:SendCommand", begin="retired"),
    Row("phase-6/addresses-since", unresolved, r"addresses-since\[tempo\].*no such name", begin="retired"),
    Row("phase-6/new-takes-writes", unheard, "no data", begin="retired"),
    Row("phase-6/old-unwritten", failing("loki", "old", "/metrics"), r"old-unwritten\[loki\].*500", begin="retired"),
    Row("phase-6/old-unvisited", failing("grafana", "old", "/metrics"), "500", begin="retired"),
    Row("phase-6/last-flush-mimir", failing("mimir", "old", "/ingester/flush"), "500", begin="retired"),
    Row("phase-6/last-flush-loki", failing("loki", "old", "/flush"), "500", begin="retired"),
    Row("phase-6/last-flush-tempo", failing("tempo", "old", "/flush"), "500", begin="retired"),
    Row("phase-6/still-same-settings", failing("loki", "new", "/config"), r"still-same-settings\[loki\].*500",
        begin="retired"),
    Row("phase-6/old-rests", program("lgtm-compaction"), r"on i-\w+ Failed, exit status 1", begin="retired"),
    Row("phase-6/definitions-after", refused("ecs", "RegisterTaskDefinition"), "ecs:RegisterTaskDefinition",
        begin="retired"),
    Row("phase-6/services-after", refused("ecs", "UpdateService"), "ecs:UpdateService", begin="retired"),
    Row("phase-6/protected", refused("elasticloadbalancing", "ModifyLoadBalancerAttributes", "AccessDenied", 403),
        "elasticloadbalancing:ModifyLoadBalancerAttributes", begin="retired"),
    Row("phase-6/stop-old", refused("ec2", "StopInstances", "UnauthorizedOperation", 403), "ec2:StopInstances",
        begin="retired"),
    Row("phase-6/discovery-after", unresolved, r"discovery-after\[tempo\].*no such name", begin="over", again=True),
    Row("phase-6/mimir-ring-after", leaving("mimir"), "LEAVING|2 of 3", begin="over", again=True),
    Row("phase-6/loki-ring-after", leaving("loki"), "LEAVING|1 of 2", begin="over", again=True),
    Row("phase-6/metrics-after", failing("mimir", "new", "/prometheus/api/v1/query"), "500", begin="over", again=True),
    Row("phase-6/logs-after", failing("loki", "new", "/loki/api/v1/query"), "500", begin="over", again=True),
    Row("phase-6/served-after", failing("tempo", "new", "/api/echo", 503), "(?i)tempo.*503", begin="over", again=True),
    Row("phase-6/old-unasked", failing("grafana", "new", "/api/datasources"), "500", begin="over", again=True),
    Row("phase-6/no-drift-after", drifted, "[1-9] to (add|change|destroy)", begin="over", again=True),
]  # fmt: skip
"""In the order of the runbook as far as each begins where the one before it did; none changes what a later one counts on.

Steps after the shift that have no row are those whose cause others find first (`test_lgtm_document.py` has them all):
`served`, `monitored` and `keep-old` ask what the watches of the shift ask, up to the point of no return, and these bring
traffic home; `observed` and `way-back-open` ask what the phase requires before it goes on (`datasources`, `old-side`).
"""


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
    """The way forward, on which nothing is broken but for a moment, with journals kept on it."""

    KEPT = ("unswitched", "unmarked", "switched", "retired", "over")

    def __init__(self, night: Night) -> None:
        self._night = night
        self._state = night.from_before("nothing")
        self._sound("run", "--through", "phase-4")
        night.keep(self._state, "unswitched")

    def carry_to(self, kept: str) -> None:
        """Goes on until the journal of that name was kept; nothing happens where it was."""
        for name in self.KEPT[1 : self.KEPT.index(kept) + 1]:
            if not (self._night.folder / "kept" / name).is_dir():
                getattr(self, name)()
                self._night.keep(self._state, name)

    def unmarked(self) -> None:
        """The switch, without the last word about it."""
        with failing("grafana", "new", "/api/annotations")(self._night):
            running = approved(self._night, self._state, "phase-5", "cutover")
            stopped = until_it_stops(self._night, self._state, running)
        said = running.communicate(timeout=PATIENCE)[0]
        assert stopped and running.returncode == PAUSED, said[-3000:]

    def switched(self) -> None:
        self._sound("run", "phase-5")

    def retired(self) -> None:
        """All that comes before the first agent leaves the old side."""
        for step in ("keep-old", "still-moved", "addresses-now"):
            self._sound("run", f"phase-6/{step}")
        agree(self._night, self._state, "phase-6/retire", "retirement")

    def over(self) -> None:
        """The old side is stopped."""
        self._sound("run", "phase-6")

    def _sound(self, *words: str) -> None:
        ended = self._night.run(self._state, *words)
        assert ended.status == 0, f"{words}: {ended.said[-3000:]}"


def verify(night: Night, state: Path) -> None:
    """The switch asks for rollbacks and probes that were proved a short while ago."""
    verified = night.run(state, "verify")
    assert verified.status == 0, verified.said[-2000:]


def approved(night: Night, state: Path, target: str, name: str) -> subprocess.Popen[str]:
    """A run of `target` that people have just agreed to."""
    if target == "phase-5":
        verify(night, state)
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


@chosen(ROWS)
def test_a_broken_world_stops_the_run_at_that_step(night: Night, way: Way, row: Row) -> None:
    way.carry_to(row.begin)
    state, step = night.from_before(row.begin), row.step.split("/")[1]
    if row.again and row.phase == "phase-5":
        verify(night, state)
    with row.broken(night):
        if row.again:
            asked = night.run(state, "retry", step)
            assert asked.status == 0, asked.said
        if row.begin == "unswitched":
            running = approved(night, state, "phase-5", "cutover")
        else:
            running = night.start(state, "run", row.phase)
        stopped = until_it_stops(night, state, running)
    said = running.communicate(timeout=PATIENCE)[0]
    assert stopped, f"it went on: {said[-1500:]}"
    stopped_at(Ended(running.returncode, said, night._states(state)), step, row.also, row.said)


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
