"""Why a service does not settle, as the tool tells it: each cause of the troubleshooting list, made in the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from catalogue.tool import Tool, binary
from conftest import Running, until
from deploying import definition, describe, remove, roles, service
from images import push

pytestmark = pytest.mark.skipif(binary() is None, reason="there is no current build of migrate")

PAUSED, FAILED = 3, 4


@pytest.fixture
def grafana(sandbox: Running) -> Iterator[str]:
    """A task definition of the one component that is behind the load balancer."""
    push(sandbox, "lgtm/grafana", "v1")
    image = f"{sandbox.variables['registry']}/lgtm/grafana:v1"
    yield definition(sandbox, "grafana", image, roles(sandbox))
    sandbox.control("POST", "/images", {"component": "grafana", "failure": None})
    if describe(sandbox, "grafana")["status"] == "ACTIVE":
        remove(sandbox, "grafana")


def told(sandbox: Running, folder: Path) -> str:
    """What the tool says of the service once something has gone wrong with it."""
    parameters = {"cluster": "lgtm", "name": "grafana"}
    tool = Tool(folder, sandbox, {"probe": "ecs.service", "with": parameters, "retry": {"attempts": 1}})
    ended = tool.call("run")
    assert ended.status in (PAUSED, FAILED), ended.said
    return ended.said


def troubled(sandbox: Running, sign: str) -> None:
    until(lambda: any(sign in event["message"] for event in describe(sandbox, "grafana")["events"]), seconds=30)


@pytest.mark.parametrize(
    ("failure", "sign", "words"),
    [
        ("pull", "unable to start a task", ["cannot be pulled", "push the tag"]),
        ("crash", "unable to consistently start", ["exited with code 1", "its log ends", "fatal: the process ended"]),
        ("oom", "unable to consistently start", ["ran out of memory", "exit code 137", "raise `memory`"]),
        ("unhealthy", "is unhealthy in", ["health check (port 3000, path /api/health)", "503", "another status"]),
        ("capacity", "unable to place", ["Capacity is unavailable", "add subnets of other zones"]),
    ],
)
def test_theCauseIsNamedWithWhatToDo(
    sandbox: Running, grafana: str, tmp_path: Path, failure: str, sign: str, words: list[str]
) -> None:
    sandbox.control("POST", "/images", {"component": "grafana", "failure": failure})
    service(sandbox, "grafana", grafana, 1)
    troubled(sandbox, sign)
    said = told(sandbox, tmp_path / "tool")
    for word in words:
        assert word in said, said


def test_aSecurityGroupThatLetsNobodyInIsNamed(sandbox: Running, grafana: str, tmp_path: Path) -> None:
    shut = sandbox.client("ec2").create_security_group(
        GroupName=f"shut-{tmp_path.name}", Description="lets nobody in", VpcId=sandbox.variables["vpc_id"]
    )["GroupId"]
    network = {"awsvpcConfiguration": {"subnets": sandbox.variables["subnet_ids"], "securityGroups": [shut]}}
    service(sandbox, "grafana", grafana, 1, networkConfiguration=network)
    troubled(sandbox, "is unhealthy in")
    said = told(sandbox, tmp_path / "tool")
    for word in ("Request timed out", "security group must let the load balancer's in", "port 3000"):
        assert word in said, said
