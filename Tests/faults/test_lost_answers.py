"""Answers to changes are lost once they were applied: the right world, nothing made twice, in doubt only by class."""

from __future__ import annotations

import json
import os
import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Place, Places
from kill_rehearsal import normalised, repeated
from losing_proxy import Losing, LosingProxy
from lost_answers import Half, Journey, OpenSandbox, calls_of_the_tool
from rehearsal.checks import Checks, differences, is_kept
from rehearse import kept

needs_terraform = pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not installed")

NOTICES = """\
migrate: 1
runbook: small
title: A notice that nobody can look for, and a mark that can be found
variables:
  topic: {required: true}
  grafana: {required: true}
secrets:
  grafana_token: {env: GRAFANA_TOKEN}
phases:
  - id: phase-1
    title: Everything
    steps:
      - id: mark
        do: grafana.annotate
        with: {url: "${grafana}", token: "${secrets.grafana_token}", text: Traffic moves}
        rollback: keep
      - id: tell
        do: sns.publish
        with: {topic: "${topic}", message: Traffic moves}
"""


def expect_each_lost(half: Half, where: str) -> None:
    """Every operation that had an effect lost an answer, and none had an effect again that may not."""
    assert half.applied, f"{where}: nothing was done"
    assert set(half.applied) == set(half.lost), where
    assert not half.repeated(), where


def expect_home(journey: Journey, before: dict[str, Any], after: dict[str, Any]) -> None:
    """The world is what it was, but for what the runbook keeps."""
    allowed = kept(journey.sandbox.variables)
    left = [line for line in differences(before, after) if not is_kept(line, allowed)]
    assert not left


@needs_terraform
def test_the_first_answer_of_every_operation_is_lost(tmp_path: Path, binary: Path) -> None:
    with Journey(binary, tmp_path / "state", Losing.FIRST_OF_OPERATION) as journey:
        checks, before = Checks(journey.sandbox), journey.sandbox.world()
        forward = journey.forward()
        checks.moved()
        assert not checks.failed
        expect_each_lost(forward, "forward")
        back = journey.back()
        expect_each_lost(back, "back")
        expect_home(journey, before, back.world)
        # No call of this runbook is of the class that may end in doubt.
        assert not journey.resolved


@dataclass
class There:
    """One journey there and back, with its worlds as they can be compared with another's."""

    halves: list[Half]
    worlds: list[Any]

    @classmethod
    def and_back(cls, binary: Path, state: Path, losing: Losing | None) -> There:
        with Journey(binary, state, losing) as journey:
            before = journey.sandbox.world()
            halves = [journey.forward(), journey.back()]
            expect_home(journey, before, halves[1].world)
            # No call of this runbook is of the class that may end in doubt.
            assert not journey.resolved
            return cls(halves, [normalised(half.world, journey.sandbox.variables) for half in halves])


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, binary: Path) -> There:
    """An undisturbed run."""
    return There.and_back(binary, tmp_path_factory.mktemp("calm") / "state", None)


@needs_terraform
@pytest.mark.skipif(os.environ.get("LOST_ANSWERS") != "every-call", reason="`make lost-answers` runs it")
@pytest.mark.parametrize("losing", [Losing.FIRST_OF_CALL, Losing.ALL], ids=lambda losing: losing.name)
def test_the_world_is_as_undisturbed(tmp_path: Path, binary: Path, calm: There, losing: Losing) -> None:
    lossy = There.and_back(binary, tmp_path / "state", losing)
    for where, undisturbed, half in zip(("forward", "back"), calm.halves, lossy.halves, strict=True):
        expect_each_lost(half, where)
        assert set(half.applied) == set(undisturbed.applied), where
        twice, _ = repeated({"calls": undisturbed.calls}, {"calls": half.calls})
        assert not twice, where
        # Each call of the undisturbed run lost its answer, not only one of each operation.
        assert half.lost.total() >= different(undisturbed), where
    for where, wanted, found in zip(("forward", "back"), calm.worlds, lossy.worlds, strict=True):
        assert not list(differences(wanted, found)), where


def different(half: Half) -> int:
    """How many different calls there were. Uploads go by their bucket."""
    return len({
        (call["operation"], "" if call["service"] == "s3" else json.dumps(call["parameters"], sort_keys=True))
        for call in half.calls if call["applied"]
    })  # fmt: skip


@pytest.fixture
def open_world(tmp_path: Path, binary: Path) -> Iterator[OpenSandbox]:
    sandbox = OpenSandbox(binary, tmp_path / "sandbox", 400)
    try:
        sandbox.up()
        yield sandbox
    finally:
        sandbox.down()


def effects(sandbox: OpenSandbox) -> list[str]:
    return [call["operation"] for call in calls_of_the_tool(sandbox) if call["applied"]]


def marks(grafana: str, token: str) -> list[str]:
    """Texts of Grafana's annotations."""
    request = urllib.request.Request(f"{grafana}/api/annotations", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return [row["text"] for row in json.load(answer)]


def notices(places: Places, sandbox: OpenSandbox, aws: str, grafana: str) -> Place:
    place = places.make(NOTICES)
    topic = sandbox.client("sns").create_topic(Name="cutover")["TopicArn"]
    place.environment = {**sandbox.ready["environment"], "AWS_ENDPOINT_URL": aws}
    place.options = ["--set", f"topic={topic}", "--set", f"grafana={grafana}"]
    return place


def test_only_what_nobody_can_look_at_is_left_in_doubt(places: Places, open_world: OpenSandbox) -> None:
    grafana = f"http://{open_world.variables['old_address']}:3000"
    token = open_world.ready["environment"]["GRAFANA_TOKEN"]
    with ExitStack() as proxies:
        aws = proxies.enter_context(LosingProxy(open_world.ready["endpoint"], Losing.FIRST_OF_CALL))
        http = proxies.enter_context(LosingProxy(grafana, Losing.FIRST_OF_CALL))
        place = notices(places, open_world, aws.url, http.url)
        # A mark is found again by its tag; a notice is not, and is not sent again however often one goes on.
        for _ in range(2):
            done = place.run("run")
            assert done.status == 5, done.talk
            assert effects(open_world) == ["Publish"]
        assert marks(grafana, token) == ["Traffic moves"]
        assert [http.lost.total(), aws.lost.total()] == [1, 1], (http.lost, aws.lost)
        said = place.run("resolve", "tell", "--applied", "--reason", "it is in the inbox")
        assert said.status == 0, said.talk
        done = place.run("run")
        assert done.status == 0, done.talk
    assert effects(open_world) == ["Publish"]
    assert place.kinds().count("change.inDoubt") == 1
