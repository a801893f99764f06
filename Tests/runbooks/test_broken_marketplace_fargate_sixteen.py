"""The whole market, sixteen services: a bad image in one of them, a bound, and a run that changes nothing."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Iterator

import night as nights
import pytest
from breaks import ALL, PAUSED, of_step
from night import Night, binary
from test_broken_marketplace_fargate import MARKET, NEW, SLOW, TABLE, bad
from test_broken_marketplace_fargate import pytestmark as needs_tools

FOUR = 4
"""A bound that is less than the sixteen services."""


UNHURRIED = 40
"""What durations are divided by here: while time stands still in the world, the tool's own goes on, and with it half an
hour's patience, which is forty-five seconds."""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nights, "PATIENCE", SLOW)
    monkeypatch.setattr(nights, "SCALE", UNHURRIED)


def running(night: Night, names: list[str]) -> dict[str, str]:
    """Services with the revision that serves them."""
    found: dict[str, str] = {}
    for name in names:
        told = night.client("ecs").describe_services(cluster=night.variables["cluster"], services=[name])
        found[name] = told["services"][0]["taskDefinition"].split("/")[-1]
    return found


@needs_tools
@pytest.mark.skipif(not ALL, reason="sixteen services, some minutes: BROKEN_STEPS=all")
def test_a_bad_image_in_one_of_sixteen_goes_back_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = binary()
    assert found is not None
    whole = Night(MARKET, tmp_path_factory.mktemp("sixteen"), found)
    try:
        _one_of_sixteen(whole)
        _a_next_release_four_at_a_time(whole)
        _a_second_run_changes_nothing(whole)
    finally:
        whole.down()


def _one_of_sixteen(night: Night) -> None:
    names = [one["name"] for one in TABLE]
    state = night.from_before("nothing")
    ended = night.run(state, "run", "--through", "phase-3")
    assert ended.status == 0, ended.said[-2000:]
    placeholder = running(night, names)["coupon"]
    with standing(night, names, len(names)) as most, bad("coupon", "unhealthy")(night):
        ended = night.run(state, "run", "phase-4", "--parallel", str(len(names)))
    assert ended.status == PAUSED, ended.said[-2000:]
    assert ended.stopped_at == {"rolling[coupon]"}, ended.said[-6000:]
    assert re.search("(?i)health check", of_step(ended.said, "rolling")), ended.said[-2000:]
    assert max(most) == len(names), "side by side"
    new = {name: NEW.format(name) for name in names}
    assert running(night, names) == {**new, "coupon": placeholder}, "the bad one went back, and that one alone"
    ended = night.run(state, "run", "phase-4")
    assert ended.status == 0, ended.said[-2000:]
    assert running(night, names) == new


def _a_next_release_four_at_a_time(night: Night) -> None:
    names = [one["name"] for one in TABLE]
    state, before = night.from_before("nothing"), running(night, names)
    with standing(night, names, FOUR) as most:
        ended = night.run(state, "run", "--through", "phase-4", "--parallel", str(FOUR), image_tag="next")
    assert ended.status == 0, ended.said[-2000:]
    assert max(most) == FOUR, "as many as were allowed, and no more"
    now = running(night, names)
    assert [name for name in names if now[name] == before[name]] == []


def _a_second_run_changes_nothing(night: Night) -> None:
    ended = night.run(night.from_before("nothing"), "run", image_tag="next")
    assert ended.status == 0, ended.said[-2000:]
    before, last = night.sandbox.world(), night.control("calls", "GET")["last"]
    again = night.run(night.from_before("nothing"), "run", image_tag="next")
    assert again.status == 0, again.said[-2000:]
    assert night.control(f"calls?after={last}", "GET")["applied"] == {}
    assert night.sandbox.world() == before


@contextlib.contextmanager
def standing(night: Night, names: list[str], count: int) -> Iterator[list[int]]:
    """Time stands still from the first deployment on until `count` are open at once, and two seconds more.

    None can end before it is seen, so what is given, how many were open at each look, holds on any machine.
    """
    over, seen = threading.Event(), [0]

    def watch() -> None:
        while not over.wait(0.1):
            # Asked first: what comes while it is counted leaves time standing until it is counted again.
            still = night.control("time", "GET")["paused"]
            seen.append(deployments(night, names))
            if seen[-1] >= count:
                break
            if still and seen[-1] == 0:
                # A service got its first tasks: no deployment yet.
                night.control("time", paused=False)
        for _ in range(20):
            seen.append(deployments(night, names))
            over.wait(0.1)
        night.control("faults", "DELETE")
        night.control("time", paused=False)
        while not over.wait(0.1):
            seen.append(deployments(night, names))

    for service, operation in (("ecs", "UpdateService"), ("codedeploy", "CreateDeployment")):
        night.control("faults", service=service, operation=operation, times=10**6, pause=True)
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def deployments(night: Night, names: list[str]) -> int:
    """How many services are being deployed."""
    ecs, codedeploy, count = night.client("ecs"), night.client("codedeploy"), 0
    for first in range(0, len(names), 10):
        told = ecs.describe_services(cluster=night.variables["cluster"], services=names[first : first + 10])["services"]
        count += sum(len(one["deployments"]) > 1 for one in told)
    shifted = codedeploy.list_deployments(includeOnlyStatuses=["Created", "Queued", "InProgress"])
    return count + len(shifted["deployments"])


def test_the_table_is_the_document_s() -> None:
    rows = {one["name"]: json.dumps([one[key] for key in ("cpu", "memory", "min", "max", "requests")]) for one in TABLE}
    assert len(rows) == 16
    assert [one["port"] for one in TABLE] == list(range(3001, 3017))
    assert rows["order"] == "[512, 1024, 4, 20, 1200]" and rows["stats"] == "[512, 1024, 2, 6, 400]"
    assert {one["strategy"] for one in TABLE} == {"rolling", "blue-green", "canary"}
