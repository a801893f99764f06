"""The contract of the catalog's kinds, held against the sandbox through the real binary.

Rows of an action: made, made again, gone back, gone back twice, answer lost, throttled, refused, gone while running.
Rows of a probe: satisfied, not satisfied. Everywhere: no secret in the evidence. Actions that leave no state are in
`test_deeds.py`; what is tried elsewhere says in `kinds.ELSEWHERE` where, and `docs/coverage.md`, made from all of them,
says so to everybody.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from catalogue.coverage import kinds, missing, page
from catalogue.deeds import DEEDS
from catalogue.kinds import (
    ACTIONS,
    ELSEWHERE,
    PARTS,
    PROBES,
    REHEARSAL,
    Action,
    Probe,
    running_instance,
    state_now,
    waited_call,
)
from catalogue.tool import Tool, binary
from conftest import REPOSITORY, Running, until

PAUSED, FAILED = 3, 4
SECRET = "hunter2-hunter2-hunter2"

needs_binary = pytest.mark.skipif(binary() is None, reason="there is no current build of migrate")


def step(kind: str, role: str, parameters: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {role: kind, "with": parameters, **more}


def change(sandbox: Running, action: Action) -> dict[str, Any]:
    # What is kept by itself is tried with the way back that it has when it is asked for.
    return step(action.kind, "do", action.parameters(sandbox), rollback="captured")


def applied(sandbox: Running, action: Action) -> int:
    service, operation = action.call
    return int(sandbox.control("GET", "/calls")["applied"].get(f"{service}:{operation}", 0))


def fault(sandbox: Running, action: Action, **how: Any) -> None:
    service, operation = action.call
    sandbox.control("POST", "/faults", {"service": service, "operation": operation, **how})


def made(sandbox: Running, folder: Path, action: Action) -> Tool:
    tool = Tool(folder, sandbox, change(sandbox, action))
    ended = tool.call("run")
    assert ended.status == 0, ended.said
    return tool


def go_back(tool: Tool) -> None:
    ended = tool.call("rollback", "--all", "--yes")
    assert ended.status == 0, ended.said


@pytest.fixture
def clean(sandbox: Running) -> Any:
    sandbox.control("DELETE", "/faults")
    yield sandbox
    sandbox.control("DELETE", "/faults")


@needs_binary
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.title)
def test_anActionIsMadeOnceAndGoesBackExactly(clean: Running, tmp_path: Path, action: Action) -> None:
    action.before(clean)
    before = action.look(clean)
    tool = made(clean, tmp_path / "first", action)
    after = action.look(clean)
    assert after != before

    count = applied(clean, action)
    again = made(clean, tmp_path / "second", action)
    assert again.state() == "already_satisfied"
    assert (action.look(clean), applied(clean, action)) == (after, count)

    twin = tool.copy(tmp_path / "elsewhere" / tool.folder.name)
    go_back(tool)
    assert action.look(clean) == before
    go_back(twin)
    assert action.look(clean) == before
    assert SECRET not in tool.evidence()


@needs_binary
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.title)
def test_aLostAnswerIsFoundOutAndNothingIsDoneTwice(clean: Running, tmp_path: Path, action: Action) -> None:
    action.before(clean)
    before = action.look(clean)
    fault(clean, action, times=1, status=500, code="InternalFailure", message="lost", after=True)
    tool = made(clean, tmp_path / "lost", action)
    assert action.look(clean) != before
    go_back(tool)
    assert action.look(clean) == before


@needs_binary
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.title)
def test_throttlingIsWaitedOut(clean: Running, tmp_path: Path, action: Action) -> None:
    action.before(clean)
    fault(clean, action, times=1, status=400, code="Throttling", message="Rate exceeded")
    go_back(made(clean, tmp_path / "throttled", action))


@needs_binary
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.title)
def test_whoeverIsRefusedLearnsWhatIsMissing(clean: Running, tmp_path: Path, action: Action) -> None:
    action.before(clean)
    before = action.look(clean)
    words = "User: arn:aws:iam::1:user/x is not authorized to perform: some:Action on resource: arn:r"
    fault(clean, action, times=9, status=403, code="AccessDenied", message=words)
    tool = Tool(tmp_path / "refused", clean, change(clean, action))
    ended = tool.call("run")
    assert ended.status == PAUSED, ended.said
    assert "some:Action" in ended.said
    assert action.look(clean) == before


@needs_binary
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.title)
def test_whatGoesWhileTheStepRunsIsNoSuccess(clean: Running, tmp_path: Path, action: Action) -> None:
    action.before(clean)
    count = applied(clean, action)
    # The change is made, and somebody undoes it before the tool has its answer.
    fault(clean, action, times=1, hold=True)
    tool = Tool(tmp_path / "gone", clean, change(clean, action))
    process = tool.begin("run")
    until(lambda: applied(clean, action) > count)
    action.gone(clean)
    left = (action.look(clean), applied(clean, action))
    clean.control("DELETE", "/faults")
    said, _ = process.communicate(timeout=120)
    assert process.returncode == PAUSED, said
    assert tool.state() not in ("succeeded", "already_satisfied")
    assert (action.look(clean), applied(clean, action)) == left


@needs_binary
@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.kind)
def test_aProbePassesAndFails(clean: Running, tmp_path: Path, probe: Probe) -> None:
    probe.before(clean)
    good = Tool(tmp_path / "good", clean, step(probe.kind, "probe", probe.good(clean)), probe.secrets)
    ended = good.call("run")
    assert ended.status == 0, ended.said
    bad = Tool(tmp_path / "bad", clean, step(probe.kind, "probe", probe.bad(clean), retry={"attempts": 1}), probe.secrets)
    assert bad.call("run").status in (PAUSED, FAILED)
    assert all(text not in good.evidence() for text in [SECRET, *(probe.secrets or {}).values()])


@needs_binary
@pytest.mark.parametrize("probe", [one for one in PROBES if one.service], ids=lambda probe: probe.kind)
def test_aProbeWaitsThrottlingOutAndSaysWhatIsRefused(clean: Running, tmp_path: Path, probe: Probe) -> None:
    assert probe.service is not None
    probe.before(clean)
    place = {"service": probe.service[0], "operation": probe.service[1]}
    asked = step(probe.kind, "probe", probe.good(clean), retry={"attempts": 1})
    clean.control("POST", "/faults", {**place, "times": 1, "status": 400, "code": "Throttling", "message": "Rate exceeded"})
    ended = Tool(tmp_path / "throttled", clean, asked, probe.secrets).call("run")
    assert ended.status == 0, ended.said
    assert [one["fired"] for one in clean.control("DELETE", "/faults")["were"]] == [1]
    words = "User: arn:aws:iam::1:user/x is not authorized to perform: some:Action on resource: arn:r"
    clean.control("POST", "/faults", {**place, "times": 99, "status": 403, "code": "AccessDenied", "message": words})
    ended = Tool(tmp_path / "refused", clean, asked, probe.secrets).call("run")
    assert ended.status in (PAUSED, FAILED), ended.said
    # It is asked by HEAD, whose answer has no words.
    assert ("HTTP 403" if probe.kind == "s3.bucket" else "some:Action") in ended.said


@needs_binary
def test_theEndOfACallIsWaitedForAndNotItsBeginning(clean: Running, tmp_path: Path) -> None:
    running_instance(clean)
    tool = Tool(tmp_path / "waited", clean, step("aws.call", "do", waited_call(clean)))
    assert tool.call("run").status == 0
    # Nobody waits here: what is stopped by the step's end was waited for by the step.
    assert state_now(clean) == "stopped"
    go_back(tool)


@needs_binary
def test_aServiceWithRestPathsIsRefusedBeforeAnythingIsCalled(clean: Running, tmp_path: Path) -> None:
    count = len(clean.control("GET", "/calls")["calls"])
    for kind, role, more in (("aws.call", "do", {"undo": {}}), ("aws.read", "probe", {"expect": "true"})):
        given = {"service": "efs", "operation": "DescribeFileSystems", **more}
        ended = Tool(tmp_path / role, clean, step(kind, role, given)).call("run")
        assert ended.status == PAUSED, ended.said
        assert "must be one that takes JSON with targets, query or ec2 requests, not `efs`" in ended.said
    assert len(clean.control("GET", "/calls")["calls"]) == count


def test_noCellOfAnyKindIsNeitherProvedNorExplained() -> None:
    assert missing() == []
    tried = {("action", one.kind) for one in [*ACTIONS, *DEEDS]} | {("probe", one.kind) for one in PROBES}
    assert tried | set(ELSEWHERE) | {("action", kind) for kind in [*PARTS, "wait"]} == set(kinds())
    assert not tried & set(ELSEWHERE)


def test_whatTheRehearsalIsSaidToProveIsInItsRunbook() -> None:
    text = (REPOSITORY / "runbooks" / "lgtm-fargate" / "runbook.yaml").read_text()
    for (role, kind), where in ELSEWHERE.items():
        if where == REHEARSAL:
            assert re.search(rf"\b{'do' if role == 'action' else 'probe'}: {re.escape(kind)}\b", text), kind


def test_theCoveragePageIsCurrent() -> None:
    file = REPOSITORY / "docs" / "coverage.md"
    text = page()
    if os.environ.get("RECORD_PAGES") == "1":
        file.write_text(text)
    assert file.exists() and file.read_text() == text, "RECORD_PAGES=1 writes it"
