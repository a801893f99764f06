"""Each row breaks the world of `zero-downtime-ecs` in one place: the run stops there, and its words name the cause.

The document's troubleshooting list (image pull, health check, memory, network) is among the rows. Both variants are
carried out with a client that never stops asking. A few rows run always; all of them with BROKEN_STEPS=all.
"""

from __future__ import annotations

import contextlib
import http.client
import http.server
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import night as nights
import pytest
from breaks import bad_image, denied, drifted, once, refused, ringing, unfilled_variables, unscalable, without
from conftest import RUNBOOKS
from night import Ended, Night, binary
from tables import SANDBOX, Row, carry_to, chosen, needs, stops

SYSTEM = RUNBOOKS / "zero-downtime-ecs"
SLOW = 300.0
"""Longest that one command may take here, seconds, on a machine that is shared."""

pytestmark = needs(*SANDBOX)


@contextlib.contextmanager
def shut(night: Night) -> Iterator[None]:
    """The tasks' security group lets the load balancer in no more."""
    ec2, group = night.client("ec2"), night.variables["task_security_group_id"]
    rules = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=rules)
    try:
        yield
    finally:
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rules)


@contextlib.contextmanager
def open_to_all(night: Night) -> Iterator[None]:
    """Everybody reaches the tasks, past the load balancer."""
    ec2, group = night.client("ec2"), night.variables["task_security_group_id"]
    everybody = [{"IpProtocol": "tcp", "FromPort": 3000, "ToPort": 3000, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=everybody)
    try:
        yield
    finally:
        ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=everybody)


@contextlib.contextmanager
def open_from_elsewhere(night: Night) -> Iterator[None]:
    """Somebody else reaches the tasks, and the load balancer does not; they reach everybody at that port."""
    ec2, group = night.client("ec2"), night.variables["task_security_group_id"]
    other = [{"IpProtocol": "tcp", "FromPort": 3000, "ToPort": 3000, "UserIdGroupPairs": [{"GroupId": group}]}]
    everybody = [{"IpProtocol": "tcp", "FromPort": 3000, "ToPort": 3000, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    with shut(night):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=other)
        ec2.authorize_security_group_egress(GroupId=group, IpPermissions=everybody)
        try:
            yield
        finally:
            ec2.revoke_security_group_egress(GroupId=group, IpPermissions=everybody)
            ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=other)


@contextlib.contextmanager
def rung_once(night: Night) -> Iterator[None]:
    """Some request failed, and the alarm is quiet again before anybody looks."""
    with ringing("mclass-task-failed-requests")(night):
        pass
    yield


@contextlib.contextmanager
def mute(night: Night) -> Iterator[None]:
    """What the tasks that run have written is gone; streams of others are there."""
    logs, place = night.client("logs"), {"logGroupName": "/ecs/mclass-task"}
    tasks = night.client("ecs").list_tasks(cluster="mclass-cluster", serviceName="mclass-service")["taskArns"]
    for task in tasks:
        logs.delete_log_stream(**place, logStreamName=f"ecs/mclass-server/{task.split('/')[-1]}")
    assert logs.describe_log_streams(**place)["logStreams"], "other tasks wrote before"
    yield


def rolling(night: Night) -> bool:
    """Whether ECS rolls the service over."""
    found = night.client("ecs").describe_services(cluster="mclass-cluster", services=["mclass-service"])
    return len(found["services"][0]["deployments"]) > 1


@contextlib.contextmanager
def no_secret(night: Night) -> Iterator[None]:
    secrets = night.client("secretsmanager")
    secrets.delete_secret(SecretId="mclass/server", RecoveryWindowInDays=7)
    try:
        yield
    finally:
        secrets.restore_secret(SecretId="mclass/server")


@contextlib.contextmanager
def taken_port(night: Night) -> Iterator[None]:
    """Something else has the port of the local test, and answers well."""

    class Well(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Who asks is of no interest."""

    with http.server.HTTPServer(("127.0.0.1", int(night.variables["local_port"])), Well) as other:
        thread = threading.Thread(target=other.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield
        finally:
            other.shutdown()
            thread.join()


@contextlib.contextmanager
def silent(night: Night) -> Iterator[None]:
    """The health path of what runs is answered with an error, and ECS has not come to replace what fails."""
    night.control("time", paused=True)
    night.control("components", component="mclass-server", side="new", fail=500, path="/health")
    try:
        yield
    finally:
        night.control("components", component="mclass-server", side="new", fail=None)
        night.control("time", paused=False)


EXECUTION = "mclass-task-execution"
ROWS = [
    Row("phase-1/network", refused("ec2", "DescribeSubnets", "UnauthorizedOperation", 403), "ec2:DescribeSubnets"),
    Row("phase-1/certificate", refused("acm", "DescribeCertificate"), "acm:DescribeCertificate"),
    Row("phase-1/secret", no_secret, "mclass/server"),
    Row("phase-1/github-oidc", refused("iam", "GetOpenIDConnectProvider", "AccessDenied", 403),
        "iam:GetOpenIDConnectProvider"),
    Row("phase-1/repository", refused("ecr", "DescribeRepositories"), "ecr:DescribeRepositories"),
    Row("phase-1/log-group", refused("logs", "DescribeLogGroups"), "logs:DescribeLogGroups"),
    Row("phase-2/infrastructure", unfilled_variables, "CHANGE_ME"),
    Row("phase-2/cluster", refused("ecs", "DescribeClusters"), "ecs:DescribeClusters"),
    # The document's list: image pull error, for want of permission
    Row("phase-2/pull-allowed", denied(EXECUTION, "ecr:*"), "ecr:BatchGetImage", always=True),
    Row("phase-2/secret-allowed", denied(EXECUTION, "secretsmanager:*"), "secretsmanager:GetSecretValue"),
    # The document's list: network, security group
    Row("phase-2/way-in", shut, "ipPermissions", always=True),
    Row("phase-2/way-in", open_from_elsewhere, "ipPermissions"),
    Row("phase-2/way-in", open_to_all, "ipPermissions"),
    Row("phase-3/known", refused("ecr", "ListImages"), "ecr:ListImages"),
    Row("phase-3/build", without("docker/Dockerfile"), "(?i)dockerfile"),
    Row("phase-3/local-test", taken_port, r"port \d+ of this machine is taken"),
    Row("phase-3/push", refused("ecr", "GetAuthorizationToken"), "ecr:GetAuthorizationToken"),
    Row("phase-4/alarms-before", ringing("mclass-task-failed-requests"), "mclass-task-failed-requests"),
    Row("phase-4/definition", without("task-definitions/mclass-task.json"), "task-definitions/mclass-task.json"),
    Row("phase-4/serving", refused("ecs", "DescribeServices"), "ecs:DescribeServices"),
    # The document's list: image pull error, the tag; and permission, once the image is about to be pulled
    Row("phase-4/trial", bad_image("mclass-server", "pull"), "CannotPullContainerError", always=True),
    Row("phase-4/trial", denied(EXECUTION, "ecr:*"), "ecr:GetAuthorizationToken"),
    # The document's list: out of memory
    Row("phase-4/trial", bad_image("mclass-server", "oom"), "ran out of memory", always=True),
    Row("phase-4/tasks", refused("ecs", "UpdateService"), "ecs:UpdateService"),
    # The document's list: failed health check, port and path
    Row("phase-4/rolling", bad_image("mclass-server", "unhealthy"), r"health check.*port 3000, path /health",
        always=True, after="phase-4/healthy"),
    # The document's list: network, seen from the running service
    Row("phase-4/rolling", once(shut, rolling, "ecs", "UpdateService"), "(?i)timed out", after="phase-4/healthy",
        also=("throughout",)),
    Row("phase-4/throughout", ringing("mclass-task-latency"), "mclass-task-latency", after="phase-4/healthy"),
]  # fmt: skip

AFTER = [
    Row("phase-4/served", silent, "500", after="phase-4/deployed"),
    Row("phase-4/new-tasks", refused("ecs", "ListTasks"), "ecs:ListTasks", after="phase-4/targets"),
    Row("phase-4/logs", refused("logs", "GetLogEvents"), "logs:GetLogEvents", after="phase-4/targets"),
    Row("phase-4/none-failed", rung_once, "StateUpdatedTimestamp", after="phase-4/healthy"),
    Row("phase-4/scaling", unscalable, "RegisterScalableTarget", after="phase-4/settled"),
    Row("phase-4/no-drift", drifted, "[1-9] to (add|change|destroy)", after="phase-4/settled"),
    # Last: the same tasks run on, and what they wrote does not come back.
    Row("phase-4/logs", mute, "ResourceNotFoundException", after="phase-4/targets"),
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    usual, nights.PATIENCE = nights.PATIENCE, SLOW
    try:
        yield
    finally:
        nights.PATIENCE = usual


def a_night(folder: Path, strategy: str) -> Night:
    found = binary()
    assert found is not None
    os.environ["SANDBOX_STRATEGY"] = strategy
    try:
        return Night(SYSTEM, folder, found)
    finally:
        del os.environ["SANDBOX_STRATEGY"]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    made = a_night(tmp_path_factory.mktemp("rolling"), "rolling")
    try:
        yield made
    finally:
        made.down()


def run(night: Night, state: Path, *words: str, **values: Any) -> Ended:
    ended = night.run(state, "run", *words, **values)
    assert ended.status == 0, ended.said[-3000:]
    return ended


def prepare(night: Night) -> Path:
    """Infrastructure and image: all but the deployment."""
    state = night.from_before("nothing")
    for phase in ("phase-1", "phase-2", "phase-3"):
        night.keep(state, phase)
        run(night, state, phase)
    night.keep(state, "phase-4")
    return state


@pytest.fixture(scope="module")
def prepared(night: Night) -> Path:
    return prepare(night)


def stops_there(night: Night, row: Row) -> None:
    """Begins before the row's phase: images and deployments in a run of their own, for what is done is left alone."""
    anew = {"phase-3": "phase-2", "phase-4": "phase-3"}.get(row.phase, "")
    own = {"image_tag": f"row-{ROWS.index(row)}"} if row.phase == "phase-3" else {}
    stops(night, row, lambda state, *words: night.run(state, *words, **own), anew)


@chosen(ROWS)
def test_a_broken_world_stops_the_run_at_that_step(night: Night, prepared: Path, row: Row) -> None:
    stops_there(night, row)


class Client:
    """Asks for the health path again and again, over kept connections and over new ones, and counts what comes."""

    def __init__(self, night: Night) -> None:
        balancer = night.control("load-balancers", "GET")[0]
        self._address = (balancer["address"], int(night.variables["https_port"]))
        self._host = night.variables["host"]
        self._tls = ssl.create_default_context(cafile=night.variables["ca_file"])
        self._over = threading.Event()
        self.answers, self.failures = 0, list[str]()
        self._threads = [threading.Thread(target=self._ask, args=(kept,)) for kept in (True, False)]

    def __enter__(self) -> Client:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, kept: bool) -> None:
        connection = None
        while not self._over.is_set():
            try:
                if connection is None or not kept:
                    connection = self._connected()
                connection.request("GET", "/health")
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    self.failures.append(f"status {answer.status}")
                self.answers += 1
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{type(error).__name__}: {error}")
                connection = None
            time.sleep(0.01)

    def _connected(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(self._host)
        plain = socket.create_connection(self._address, 10)
        connection.sock = self._tls.wrap_socket(plain, server_hostname=self._host)
        return connection


def revision(night: Night) -> str:
    found = night.client("ecs").describe_services(cluster="mclass-cluster", services=["mclass-service"])
    return str(found["services"][0]["taskDefinition"].split(":")[-1])


def deployed_without_a_failed_request(night: Night) -> None:
    """The first version over the placeholder, the second over the first, and back: a client asks throughout."""
    state = night.from_before("nothing")
    run(night, state, "--through", "phase-3")
    carry_to(night.runbook, "phase-4/healthy", lambda *words: night.run(state, *words))
    before = revision(night)
    with Client(night) as client:
        run(night, state, "phase-4")
        first, asked = revision(night), client.answers
        second_state = night.from_before("nothing")
        run(night, second_state, image_tag="second", throughout="5m")
        second = revision(night)
        ended = night.run(second_state, "rollback", "--phase", "phase-4", "--yes")
        assert ended.status in (0, 6), ended.said[-2000:]
    assert len({before, first, second}) == 3 and revision(night) == first, "it was deployed twice, and came back"
    assert client.failures == [], f"{len(client.failures)} of {client.answers} requests failed"
    assert asked > 50 and client.answers > asked, "the client has hardly asked"


def test_rolling_loses_no_request(night: Night, prepared: Path) -> None:
    deployed_without_a_failed_request(night)


@chosen(AFTER)
def test_a_broken_world_stops_what_follows_the_deployment(night: Night, prepared: Path, row: Row) -> None:
    stops_there(night, row)


def test_blue_green_loses_no_request(tmp_path_factory: pytest.TempPathFactory) -> None:
    night = a_night(tmp_path_factory.mktemp("blue-green"), "blue-green")
    try:
        prepare(night)
        deployed_without_a_failed_request(night)
    finally:
        night.down()
