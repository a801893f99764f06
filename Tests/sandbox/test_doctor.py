"""`migrate doctor` and `migrate policy` through the real binary, with the sandbox as AWS."""

from __future__ import annotations

import json
import socket
import uuid
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


def test_aProgramThatIsTooOldFails(sandbox: Running, tmp_path: Path) -> None:
    tool = Tool(tmp_path / "tool", sandbox, {"probe": "terraform.plan", "with": {"directory": "root"}})
    programs = tmp_path / "programs"
    programs.mkdir()
    tool.environment["PATH"] = f"{programs}:{tool.environment['PATH']}"
    for version, passes in (("v1.4.7", False), ("v1.5.0", True)):
        (programs / "terraform").write_text(f"#!/bin/sh\necho 'Terraform {version}'\n")
        (programs / "terraform").chmod(0o755)
        status, found = findings(tool)
        assert found["terraform"]["pass"] is passes, found["terraform"]
        if not passes:
            assert status == CHECK_FAILED
            assert found["terraform"]["seen"] == "terraform 1.4.7 is here, and 1.5.0 or newer is needed"
            assert "install terraform 1.5.0 or newer" in found["terraform"]["hint"]
    (programs / "terraform").write_text("#!/bin/sh\necho 'a build of my own'\n")
    _, found = findings(tool)
    assert found["terraform"]["pass"] is None
    assert "1.5.0" in found["terraform"]["hint"]


def test_anUnsoundRunbookIsNoSecret(sandbox: Running, tmp_path: Path) -> None:
    _, found = findings(Tool(tmp_path / "tool", sandbox, {**STEP, "wiht": {}}))
    assert found["runbook"]["pass"] is None
    assert "validate" in found["runbook"]["hint"]


def test_nameServersOfTheRunbookAreAsked(sandbox: Running, tmp_path: Path) -> None:
    # A port where nobody listens stays so while this socket holds it.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        dead = f"127.0.0.1:{silent.getsockname()[1]}"
        alive = sandbox.variables["dns_servers"][0]
        parameters = {"name": "lgtm.test", "values": ["192.0.2.1"], "resolvers": [alive, dead]}
        status, found = findings(Tool(tmp_path / "tool", sandbox, {"probe": "dns.propagation", "with": parameters}))
    assert status == CHECK_FAILED
    assert [check for check in found if check.startswith("name server")] == [f"name server {dead}"]
    parameters["resolvers"] = [alive]
    _, found = findings(Tool(tmp_path / "sound", sandbox, {"probe": "dns.propagation", "with": parameters}))
    assert found["name servers"]["pass"] is True


def test_whatIsDeniedFails(sandbox: Running, tmp_path: Path) -> None:
    """A user who may look, and make a repository, and not take it away again."""
    tool = Tool(tmp_path / "tool", sandbox, STEP)
    policy = json.loads(tool.call("policy", "--account", "123456789012").said)
    allowed = [*policy["read"]["Statement"], *policy["change"]["Statement"]]
    for statement in allowed:
        statement["Action"] = [action for action in statement["Action"] if action != "ecr:DeleteRepository"]
    iam, name = sandbox.client("iam"), f"doctor-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    document = {"Version": "2012-10-17", "Statement": allowed}
    iam.put_user_policy(UserName=name, PolicyName="most", PolicyDocument=json.dumps(document))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    tool.environment |= {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
    status, found = findings(tool)
    assert status == CHECK_FAILED
    assert found["permissions to look"]["pass"] is True
    assert found["permissions to change"]["seen"] == "denied: ecr:DeleteRepository"
    assert "migrate policy --part change" in found["permissions to change"]["hint"]


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


def test_peopleAreToldInTheirLanguageAndProgramsInEnglish(sandbox: Running, tmp_path: Path) -> None:
    tool = Tool(tmp_path / "tool", sandbox, STEP)
    said = tool.call("doctor", "--lang", "ko").said
    for check in ("상태 폴더", "디스크", "런북", "리전", "시계", "자격 증명", "만료", "엔드포인트"):
        assert f"✓ {check}: " in said, said
    found = {entry["check"] for entry in json.loads(tool.call("doctor", "--json", "--lang", "ko").said)}
    assert {"state folder", "runbook", "credentials"} <= found
