"""`migrate doctor` and `migrate policy` through the real binary, with the sandbox as AWS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from catalogue.tool import Tool, binary
from conftest import Running

CHECK_FAILED = 4

pytestmark = pytest.mark.skipif(binary() is None, reason="there is no current build of migrate")

STEP = {"do": "ecr.repository", "with": {"name": "lgtm/doctor"}}


def findings(tool: Tool) -> tuple[int, dict[str, Any]]:
    ended = tool.call("doctor", "--json")
    return ended.status, {entry["check"]: entry for entry in json.loads(ended.said)}


def test_aSoundMachineIsSound(sandbox: Running, tmp_path: Path) -> None:
    status, found = findings(Tool(tmp_path / "tool", sandbox, STEP))
    for check in ("state folder", "disk", "region", "clock", "credentials", "expiry", "endpoints", "DNS"):
        assert found[check]["pass"] is True, found[check]
    # The emulator knows no policies of the sandbox's own key: it says so, or simulates; never a pass by silence.
    assert all("permissions" not in check or entry["seen"] for check, entry in found.items())
    assert any(check.startswith("permissions") for check in found)
    assert status == (CHECK_FAILED if any(entry["pass"] is False for entry in found.values()) else 0)


def test_whatIsWrongFailsWithAHint(sandbox: Running, tmp_path: Path) -> None:
    tool = Tool(tmp_path / "tool", sandbox, STEP)
    sandbox.control("POST", "/credentials", {"expired": True})
    try:
        status, found = findings(tool)
    finally:
        sandbox.control("POST", "/credentials", {"expired": False})
    assert status == CHECK_FAILED
    assert found["credentials"]["pass"] is False and found["credentials"]["hint"]


def test_anEndpointThatDoesNotAnswerIsNamed(sandbox: Running, tmp_path: Path) -> None:
    tool = Tool(tmp_path / "tool", sandbox, STEP)
    tool.environment["AWS_ENDPOINT_URL_ECR"] = "http://127.0.0.1:1"
    status, found = findings(tool)
    assert status == CHECK_FAILED
    assert "http://127.0.0.1:1" in found["endpoint of ECR"]["seen"]


def test_thePolicyIsThatOfTheRunbook(sandbox: Running, tmp_path: Path) -> None:
    tool = Tool(tmp_path / "tool", sandbox, STEP)
    policy = json.loads(tool.call("policy", "--account", "123456789012").said)
    region = sandbox.ready["region"]
    change = policy["change"]["Statement"]
    assert [statement["Resource"] for statement in change] == [
        [f"arn:aws:ecr:{region}:123456789012:repository/lgtm/doctor"]
    ]
    assert "ecr:CreateRepository" in change[0]["Action"]
    read = [action for statement in policy["read"]["Statement"] for action in statement["Action"]]
    assert read == ["ecr:DescribeRepositories", "iam:SimulatePrincipalPolicy"]
    one = json.loads(tool.call("policy", "--part", "read").said)
    assert one["Version"] == "2012-10-17"
