"""ECS: tasks that come and go, rollouts, reasons, the circuit breaker."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import deploying
import pytest
from botocore.exceptions import ClientError
from conftest import REPOSITORY, Running, code_of, message_of, until
from deploying import definition, describe, remove, roles, service, stable, tasks
from images import push

Made = tuple[Running, dict[str, str], str]


@pytest.fixture(scope="module")
def made(sandbox: Running) -> Made:
    push(sandbox, "lgtm/loki", "v1")
    return sandbox, roles(sandbox), f"{sandbox.variables['registry']}/lgtm/loki"


@pytest.fixture
def loki(made: Made) -> Iterator[Made]:
    yield made
    sandbox = made[0]
    sandbox.control("POST", "/images", {"component": "loki", "failure": None})
    if describe(sandbox, "loki")["status"] == "ACTIVE":
        remove(sandbox, "loki")


@pytest.mark.parametrize(("cpu", "memory"), [("256", "4096"), ("500", "1024"), ("1024", "1024"), ("4096", "31744")])
def test_sizesThatFargateHasNotGotAreRefused(made: Made, cpu: str, memory: str) -> None:
    sandbox, given, image = made
    with pytest.raises(ClientError) as error:
        definition(sandbox, "loki", f"{image}:v1", given, cpu=cpu, memory=memory)
    assert code_of(error) == "ClientException" and "No Fargate configuration exists" in message_of(error)


def test_aServiceReachesItsCountAndIsFoundByName(loki: Made) -> None:
    sandbox, given, image = loki
    arn = definition(sandbox, "loki", f"{image}:v1", given)
    begun = service(sandbox, "loki", arn, 2)
    assert begun["runningCount"] == 0 and begun["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    found = stable(sandbox, "loki")
    assert found["runningCount"] == 2
    assert found["events"][0]["message"] == "(service loki) has reached a steady state."
    running = tasks(sandbox, "loki")
    addresses = sorted(item["containers"][0]["networkInterfaces"][0]["privateIpv4Address"] for item in running)
    assert sandbox.addresses("loki.lgtm.local") == addresses
    seen = sandbox.client("servicediscovery").discover_instances(NamespaceName="lgtm.local", ServiceName="loki")
    assert sorted(item["Attributes"]["AWS_INSTANCE_IPV4"] for item in seen["Instances"]) == addresses
    status = sandbox.client("servicediscovery").get_instances_health_status(
        ServiceId=sandbox.ready["terraform"]["service_ids"]["loki"]
    )["Status"]
    assert list(status.values()) == ["HEALTHY"] * 2


def test_anUpdateReplacesTasksWithoutFallingBelowTheMinimum(loki: Made) -> None:
    sandbox, given, image = loki
    service(sandbox, "loki", definition(sandbox, "loki", f"{image}:v1", given), 2)
    stable(sandbox, "loki")
    before = {item["taskArn"] for item in tasks(sandbox, "loki")}
    push(sandbox, "lgtm/loki", "v2")
    second = definition(sandbox, "loki", f"{image}:v2", given)
    sandbox.client("ecs").update_service(cluster="lgtm", service="loki", taskDefinition=second)
    least = []

    def done() -> bool:
        found = describe(sandbox, "loki")
        least.append(found["runningCount"])
        return len(found["deployments"]) == 1 and found["deployments"][0]["rolloutState"] == "COMPLETED"

    until(done)
    after = tasks(sandbox, "loki")
    assert min(least) >= 2 and {item["taskDefinitionArn"] for item in after} == {second}
    assert not before & {item["taskArn"] for item in after}


@pytest.mark.parametrize(
    ("image", "words"),
    [("lgtm/loki:nosuch", "CannotPullContainerError"), ("lgtm/nosuch:v1", "CannotPullContainerError")],
)
def test_aMissingImageIsAReason(loki: Made, image: str, words: str) -> None:
    sandbox, given, _ = loki
    wrong = f"{sandbox.variables['registry']}/{image}"
    service(sandbox, "loki", definition(sandbox, "loki", wrong, given), 1)
    stopped = until(lambda: tasks(sandbox, "loki", "STOPPED"))
    assert stopped[0]["stopCode"] == "TaskFailedToStart" and words in stopped[0]["stoppedReason"]
    assert until(lambda: describe(sandbox, "loki")["deployments"][0]["failedTasks"])


def test_aRoleThatMayNotPullIsAReason(loki: Made) -> None:
    sandbox, given, image = loki
    service(sandbox, "loki", definition(sandbox, "loki", f"{image}:v1", {**given, "execution": given["task"]}), 1)
    stopped = until(lambda: tasks(sandbox, "loki", "STOPPED"))
    assert "not authorized to perform: ecr:GetAuthorizationToken" in stopped[0]["stoppedReason"]


def test_aMissingLogGroupIsAReason(loki: Made) -> None:
    sandbox, given, image = loki
    nowhere = {"logDriver": "awslogs", "options": {"awslogs-group": "/nowhere", "awslogs-region": "x"}}
    arn = definition(sandbox, "loki", f"{image}:v1", given, container={"logConfiguration": nowhere})
    service(sandbox, "loki", arn, 1)
    stopped = until(lambda: tasks(sandbox, "loki", "STOPPED"))
    assert "The specified log group does not exist" in stopped[0]["stoppedReason"]


def test_outOfMemoryIsAReason(loki: Made) -> None:
    sandbox, given, image = loki
    sandbox.control("POST", "/images", {"component": "loki", "failure": "oom"})
    service(sandbox, "loki", definition(sandbox, "loki", f"{image}:v1", given), 1)
    stopped = until(lambda: tasks(sandbox, "loki", "STOPPED"))
    assert stopped[0]["containers"][0]["exitCode"] == 137
    assert stopped[0]["containers"][0]["reason"].startswith("OutOfMemoryError")


def test_theCircuitBreakerGoesBackToTheLastGoodDefinition(loki: Made) -> None:
    sandbox, given, image = loki
    breaker = {"deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}}
    good = definition(sandbox, "loki", f"{image}:v1", given)
    service(sandbox, "loki", good, 1, **breaker)
    stable(sandbox, "loki")
    bad = definition(sandbox, "loki", f"{image}:nosuch", given)
    sandbox.client("ecs").update_service(cluster="lgtm", service="loki", taskDefinition=bad)
    found = until(lambda: (item := describe(sandbox, "loki"))["taskDefinition"] == good and item)
    assert any(item["rolloutState"] == "FAILED" for item in found["deployments"])
    assert stable(sandbox, "loki")["runningCount"] == 1


def test_aStoppedTaskIsReplaced(loki: Made) -> None:
    sandbox, given, image = loki
    service(sandbox, "loki", definition(sandbox, "loki", f"{image}:v1", given), 1)
    stable(sandbox, "loki")
    first = tasks(sandbox, "loki")[0]["taskArn"]
    sandbox.control("POST", "/tasks/stop", {"component": "loki"})
    until(lambda: (now := tasks(sandbox, "loki")) and now[0]["taskArn"] != first and now[0]["lastStatus"] == "RUNNING")


def test_aServiceAboveZeroIsDeletedByForceOnly(loki: Made) -> None:
    sandbox, given, image = loki
    arn = definition(sandbox, "loki", f"{image}:v1", given)
    service(sandbox, "loki", arn, 1)
    with pytest.raises(ClientError) as error:
        sandbox.client("ecs").delete_service(cluster="lgtm", service="loki")
    assert "scaled above 0" in message_of(error)
    with pytest.raises(ClientError) as error:
        service(sandbox, "loki", arn, 2)
    assert "not idempotent" in message_of(error)
    assert service(sandbox, "loki", arn, 1)["serviceName"] == "loki"


def test_countZeroStopsEverything(loki: Made) -> None:
    sandbox, given, image = loki
    service(sandbox, "loki", definition(sandbox, "loki", f"{image}:v1", given), 1)
    stable(sandbox, "loki")
    sandbox.client("ecs").update_service(cluster="lgtm", service="loki", desiredCount=0)
    until(lambda: describe(sandbox, "loki")["runningCount"] == 0)
    assert sandbox.dns("loki.lgtm.local").header.rcode == 3


def test_theClusterKeepsItsServices(loki: Made) -> None:
    sandbox, given, image = loki
    service(sandbox, "loki", definition(sandbox, "loki", f"{image}:v1", given), 0)
    with pytest.raises(ClientError) as error:
        sandbox.client("ecs").delete_cluster(cluster="lgtm")
    assert code_of(error) == "ClusterContainsServicesException"


def test_aOneOffTaskEndsWithItsCommand(made: Made) -> None:
    sandbox, given, image = made
    ecs = sandbox.client("ecs")
    network = {"awsvpcConfiguration": {"subnets": sandbox.variables["subnet_ids"]}}
    started: dict[str, Any] = ecs.run_task(
        cluster="lgtm",
        taskDefinition=definition(sandbox, "loki", f"{image}:v1", given),
        launchType="FARGATE",
        networkConfiguration=network,
        overrides={"containerOverrides": [{"name": "loki", "command": ["true"]}]},
    )["tasks"][0]
    ended = until(
        lambda: (
            (found := ecs.describe_tasks(cluster="lgtm", tasks=[started["taskArn"]])["tasks"][0])["lastStatus"]
            == "STOPPED"
            and found
        )
    )
    assert ended["containers"][0]["exitCode"] == 0


def test_portsAreTheDocuments() -> None:
    assert deploying.PORTS["mimir"] == 8080


def answered(address: str, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://{address}:3100{path}", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_aBadImageErrsInItsOwnTasksAlone(loki: Made) -> None:
    sandbox, given, image = loki
    service(sandbox, "loki", definition(sandbox, "loki", f"{image}:v1", given), 1)
    stable(sandbox, "loki")
    [before] = [one["containers"][0]["networkInterfaces"][0]["privateIpv4Address"] for one in tasks(sandbox, "loki")]
    push(sandbox, "lgtm/loki", "v2")
    sandbox.control("POST", "/images", {"component": "loki", "failure": "erring", "image": "/lgtm/loki:v2$"})
    sandbox.client("ecs").update_service(cluster="lgtm", service="loki", desiredCount=2)
    stable(sandbox, "loki")
    good = [one["containers"][0]["networkInterfaces"][0]["privateIpv4Address"] for one in tasks(sandbox, "loki")]
    assert before in good and [answered(address, "/metrics") for address in good] == [200, 200]
    second = definition(sandbox, "loki", f"{image}:v2", given)
    sandbox.client("ecs").update_service(cluster="lgtm", service="loki", taskDefinition=second, desiredCount=1)
    stable(sandbox, "loki")
    [bad] = [one["containers"][0]["networkInterfaces"][0]["privateIpv4Address"] for one in tasks(sandbox, "loki")]
    assert answered(bad, "/metrics") == 500
    assert answered(bad, "/ready") != 500, "the health check is spared"


def test_timeStandsStillAfterACallThatIsToBeSeen(loki: Made) -> None:
    sandbox, given, image = loki
    arn = definition(sandbox, "loki", f"{image}:v1", given)
    sandbox.control("POST", "/faults", {"service": "ecs", "operation": "CreateService", "pause": True})
    try:
        service(sandbox, "loki", arn, 1)
        assert sandbox.control("GET", "/time") == {"paused": True}
        found = describe(sandbox, "loki")
        assert (found["status"], found["runningCount"]) == ("ACTIVE", 0), "it is applied, and nothing follows"
    finally:
        assert sandbox.control("DELETE", "/faults")["were"][0]["fired"] == 1
        sandbox.control("POST", "/time", {"paused": False})
    assert stable(sandbox, "loki")["runningCount"] == 1


def test_a_stopped_task_is_kept_however_short_its_hour_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY))
    from sandbox.clock import SandboxClock
    from sandbox.emulator.ecs_tasks import STOPPED_KEPT_REAL_SECONDS, STOPPED_KEPT_SECONDS

    def is_over(scale: float, real: float) -> bool:
        clock = SandboxClock(scale)
        return clock.is_over(clock.instant() - real, STOPPED_KEPT_SECONDS, STOPPED_KEPT_REAL_SECONDS)

    # An hour divided by 600 is six seconds, in which a process that was killed has hardly begun again.
    assert not is_over(600, 60.0)
    assert is_over(600, 121.0)
    assert not is_over(1, 3500.0)
    assert is_over(1, 3601.0)
