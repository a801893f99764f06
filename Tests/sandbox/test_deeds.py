"""The contract of actions that happen and leave no state of their own, through the real binary.

Rows: made (and not again by the same run), answer lost, throttled, refused, a bad end told, gone while running.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from catalogue.deeds import DEEDS, Bench, Deed, group
from catalogue.kinds import app_spec, plain_definition
from catalogue.relay import Relay
from catalogue.tool import Ended, Tool, binary
from conftest import Running, until

DONE, PAUSED, IN_DOUBT = 0, 3, 5
SECRET = "hunter2"

pytestmark = pytest.mark.skipif(binary() is None, reason="there is no current build of migrate")
each = pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.kind)


@pytest.fixture
def bench(sandbox: Running, deed: Deed) -> Iterator[Bench]:
    sandbox.control("DELETE", "/faults")
    relay = Relay(deed.product(sandbox))
    made = Bench(sandbox, relay)
    deed.before(made)
    yield made
    sandbox.control("DELETE", "/faults")
    relay.stop()


def tool(folder: Path, bench: Bench, deed: Deed, parameters: dict[str, Any]) -> Tool:
    step: dict[str, Any] = {"do": deed.kind, "with": parameters}
    if deed.rollback is not None:
        step["rollback"] = deed.rollback
    return Tool(folder, bench.sandbox, step, deed.secrets(bench))


def trouble(bench: Bench, deed: Deed, how: str) -> None:
    """Lays `how` in the way of the deed's next call."""
    times, status, code = {"lost": (1, 500, "InternalFailure"), "throttled": (1, 400, "ThrottlingException"),
                           "refused": (9, 403, "AccessDeniedException")}[how]  # fmt: skip
    message = "User: arn:u is not authorized to perform: some:Action on resource: arn:r"
    if deed.call is not None:
        service, operation = deed.call
        found = {"service": service, "operation": operation, "times": times, "status": status, "code": code}
        bench.sandbox.control("POST", "/faults", {**found, "message": message, "after": how == "lost"})
    elif how == "lost":
        bench.relay.lose(deed.request)
    else:
        bench.relay.refuse(deed.request, 429 if how == "throttled" else 403, times, message)


def run(one: Tool) -> Ended:
    return one.call("run")


@each
def test_itHappensOnce(bench: Bench, tmp_path: Path, deed: Deed) -> None:
    before = deed.count(bench)
    one = tool(tmp_path / "one", bench, deed, deed.parameters(bench))
    ended = run(one)
    assert ended.status == DONE, ended.said
    assert deed.count(bench) == before + 1
    assert run(one).status == DONE
    assert deed.count(bench) == before + 1
    said = one.evidence() + ended.said
    assert SECRET not in said
    assert all(text not in said for text in deed.secrets(bench).values())
    if deed.rollback == "captured":
        ended = one.call("rollback", "--all", "--yes")
        assert ended.status == DONE, ended.said
        assert deed.count(bench) == before


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed.returns], ids=lambda deed: deed.kind)
def test_whatHappenedIsUndoneByItsOpposite(bench: Bench, tmp_path: Path, deed: Deed) -> None:
    assert deed.returns is not None
    assert run(tool(tmp_path / "first", bench, deed, deed.parameters(bench))).status == DONE
    before, count = deed.returns(bench), deed.count(bench)
    one = tool(tmp_path / "second", bench, deed, deed.parameters(bench))
    assert run(one).status == DONE
    assert deed.returns(bench) != before
    for _ in range(2):
        ended = one.call("rollback", "--all", "--yes")
        assert ended.status == DONE, ended.said
        assert deed.returns(bench) == before
    assert deed.count(bench) == count + 2


def test_aFirstDeploymentIsRefusedUnlessTheRunbookHasAWayBack(sandbox: Running, tmp_path: Path) -> None:
    """What it would be undone from is not there, which must be said before the night and not in it."""
    group(sandbox, "first")
    given = {"application": "contract", "group": "first", "app_spec": app_spec(plain_definition(sandbox))}
    step: dict[str, Any] = {"do": "codedeploy.deploy", "with": given}
    refused = Tool(tmp_path / "refused", sandbox, step)
    words = "no deployment of group `first` of `contract` has succeeded yet"
    assert words in refused.call("plan").said
    ended = run(refused)
    assert ended.status == PAUSED and words in ended.said and "rollback" in ended.said
    found = sandbox.client("codedeploy").list_deployments(applicationName="contract", deploymentGroupName="first")
    assert found["deployments"] == []
    told = Tool(tmp_path / "told", sandbox, {**step, "rollback": {"none": "nothing ran here before"}})
    assert run(told).status == DONE


@each
def test_aLostAnswerIsNoSecondDeed(bench: Bench, tmp_path: Path, deed: Deed) -> None:
    before = deed.count(bench)
    one = tool(tmp_path / "one", bench, deed, deed.parameters(bench))
    trouble(bench, deed, "lost")
    ended = run(one)
    if deed.doubt:
        assert ended.status == IN_DOUBT, ended.said
        assert run(one).status == IN_DOUBT
        assert deed.count(bench) == before + 1
        assert one.call("resolve", "it", "--applied", "--reason", "seen there").status == DONE
        assert run(one).status == DONE
    else:
        assert ended.status == DONE, ended.said
    assert deed.count(bench) == before + (2 if deed.repeats and deed.kind.endswith("flush") else 1)


@each
def test_throttlingIsWaitedOut(bench: Bench, tmp_path: Path, deed: Deed) -> None:
    before = deed.count(bench)
    one = tool(tmp_path / "one", bench, deed, deed.parameters(bench))
    trouble(bench, deed, "throttled")
    ended = run(one)
    assert ended.status == DONE, ended.said
    assert deed.count(bench) == before + 1


@each
def test_whatIsRefusedDoesNotHappen(bench: Bench, tmp_path: Path, deed: Deed) -> None:
    before = deed.count(bench)
    one = tool(tmp_path / "one", bench, deed, deed.parameters(bench))
    trouble(bench, deed, "refused")
    ended = run(one)
    assert ended.status == PAUSED, ended.said
    assert "some:Action" in ended.said
    assert deed.count(bench) == before


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed.bad], ids=lambda deed: deed.kind)
def test_aBadEndIsToldWithItsCause(bench: Bench, tmp_path: Path, deed: Deed) -> None:
    assert deed.bad is not None
    ended = run(tool(tmp_path / "one", bench, deed, deed.bad(bench)))
    assert ended.status == PAUSED, ended.said
    assert deed.says in ended.said


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed.gone], ids=lambda deed: deed.kind)
def test_whatGoesWhileItRunsIsNoSuccess(bench: Bench, tmp_path: Path, deed: Deed) -> None:
    assert deed.call is not None and deed.gone is not None
    service, operation = deed.call
    one = tool(tmp_path / "one", bench, deed, deed.parameters(bench))

    def applied() -> int:
        found = bench.sandbox.control("GET", "/calls")["applied"]
        return int(found.get(f"{service}:{operation}", 0))

    before = applied()
    # Time stands still, so that whatever it does is not over before its ground is gone.
    bench.sandbox.control("POST", "/time", {"paused": True})
    try:
        process = one.begin("run")
        until(lambda: applied() > before)
        deed.gone(bench)
    finally:
        bench.sandbox.control("POST", "/time", {"paused": False})
    said, _ = process.communicate(timeout=120)
    assert process.returncode == PAUSED, said
    assert deed.last_words in said
