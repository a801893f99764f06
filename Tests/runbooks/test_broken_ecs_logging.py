"""Each row breaks the world in one place: the runbook of ecs-logging stops at that step, and its words name the cause.

The run is carried forward once; each row begins again before its phase, in the same world. A few rows run always; all
of them with BROKEN_STEPS=all.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from breaks import (
    ALL,
    Break,
    denied,
    drifted,
    failing,
    once,
    refused,
    ringing_from_outside,
    stopped_at,
    unfilled_variables,
    until,
    without,
)
from conftest import RUNBOOKS
from night import Ended, Night, binary
from tables import SANDBOX, Row, chosen, needs

PHASES = ("phase-1", "phase-2", "phase-3", "phase-4", "phase-5")

pytestmark = needs(*SANDBOX)


def routed(tier: str, gone: bool = False) -> Break:
    """The route table of a tier gets a way out, or loses the one that it has."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        ec2 = night.client("ec2")
        named = [{"Name": "tag:Name", "Values": [f"shop-{tier}"]}]
        table = ec2.describe_route_tables(Filters=named)["RouteTables"][0]
        internet = ec2.describe_internet_gateways(Filters=[{"Name": "tag:Name", "Values": ["shop"]}])
        way = {"RouteTableId": table["RouteTableId"], "DestinationCidrBlock": "0.0.0.0/0"}
        gateway = internet["InternetGateways"][0]["InternetGatewayId"]
        before = next((one for one in table["Routes"] if one.get("DestinationCidrBlock") == "0.0.0.0/0"), None)
        if before is not None:
            ec2.delete_route(**way)
        if not gone:
            ec2.create_route(**way, GatewayId=gateway)
        try:
            yield
        finally:
            if not gone:
                ec2.delete_route(**way)
            if before is not None:
                target = {name: before[name] for name in ("GatewayId", "NatGatewayId") if before.get(name)}
                ec2.create_route(**way, **target)

    return broken


def crossed_rules(priority: str, own: str, other: str) -> Break:
    """A host's rule leads to another service; its own group stays beside it, with no share."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        elb = night.client("elbv2")
        balancer = elb.describe_load_balancers(Names=["shop-alb"])["LoadBalancers"][0]["LoadBalancerArn"]
        listeners = elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
        https = next(one["ListenerArn"] for one in listeners if one["Protocol"] == "HTTPS")
        rules = elb.describe_rules(ListenerArn=https)["Rules"]
        groups = {
            one["TargetGroupName"]: one["TargetGroupArn"]
            for one in elb.describe_target_groups(LoadBalancerArn=balancer)["TargetGroups"]
        }
        rule = next(one["RuleArn"] for one in rules if one["Priority"] == priority)

        def lead(to: str) -> None:
            shares = [{"TargetGroupArn": groups[name], "Weight": int(name == to)} for name in (own, other)]
            elb.modify_rule(RuleArn=rule, Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": shares}}])

        lead(other)
        try:
            yield
        finally:
            lead(own)

    return broken


@contextlib.contextmanager
def everybody_served(night: Night) -> Iterator[None]:
    """Hosts that nobody named reach an application."""
    elb = night.client("elbv2")
    balancer = elb.describe_load_balancers(Names=["shop-alb"])["LoadBalancers"][0]["LoadBalancerArn"]
    listeners = elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
    https = next(one for one in listeners if one["Protocol"] == "HTTPS")
    groups = elb.describe_target_groups(Names=["shop-web"])["TargetGroups"]
    action = {"Type": "forward", "TargetGroupArn": groups[0]["TargetGroupArn"]}
    elb.modify_listener(ListenerArn=https["ListenerArn"], DefaultActions=[action])
    try:
        yield
    finally:
        elb.modify_listener(ListenerArn=https["ListenerArn"], DefaultActions=https["DefaultActions"])


def shut_loki(caller: str) -> Break:
    """A security group is no longer let in at Loki: its packets are dropped."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        # Lines are marked with the second in which they are written, and the row before wrote some.
        second = int(time.time())
        until(lambda: int(time.time()) > second, "time stands still")
        ec2 = night.client("ec2")
        held = {one["GroupName"]: one["GroupId"] for one in ec2.describe_security_groups()["SecurityGroups"]}
        way = [{"IpProtocol": "tcp", "FromPort": 3100, "ToPort": 3100,
                "UserIdGroupPairs": [{"GroupId": held[caller]}]}]  # fmt: skip
        ec2.revoke_security_group_ingress(GroupId=held["shop-monitoring"], IpPermissions=way)
        try:
            yield
        finally:
            ec2.authorize_security_group_ingress(GroupId=held["shop-monitoring"], IpPermissions=way)

    return broken


def unscaled(provider: str) -> Break:
    """A provider no longer asks for nodes."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        ecs = night.client("ecs")

        def scale(status: str) -> None:
            given = {"managedScaling": {"status": status}, "managedTerminationProtection": "ENABLED"}
            ecs.update_capacity_provider(name=provider, autoScalingGroupProvider=given)

        scale("DISABLED")
        try:
            yield
        finally:
            scale("ENABLED")

    return broken


def wanted_nodes(night: Night, group: str) -> int:
    """Nodes that a group is to have."""
    asked = night.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[group])
    return int(asked["AutoScalingGroups"][0]["DesiredCapacity"])


def one_more_node(night: Night, group: str) -> None:
    wanted = wanted_nodes(night, group) + 1
    night.client("autoscaling").set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=wanted)


@contextlib.contextmanager
def idle_node(night: Night) -> Iterator[None]:
    """A node of the monitoring carries nothing, and nobody takes it away."""
    ecs = night.client("ecs")

    def registered() -> int:
        return len(ecs.list_container_instances(cluster="shop")["containerInstanceArns"])

    before = registered()
    with unscaled("shop-monitoring")(night):
        one_more_node(night, "shop-monitoring")
        until(lambda: registered() > before, "no node registers")
        yield
    until(lambda: registered() <= before, "the node stays")


@contextlib.contextmanager
def tasks_put_back(night: Night) -> Iterator[None]:
    """The first application has as many tasks afterwards as it had."""
    try:
        yield
    finally:
        night.client("ecs").update_service(cluster="shop", service="api", desiredCount=2)


@contextlib.contextmanager
def grown_together(night: Night) -> Iterator[None]:
    """Monitoring gets a node as soon as backend does, as with one provider for both."""
    over = threading.Event()

    def follow() -> None:
        least = wanted_nodes(night, "shop-backend")
        while not over.wait(0.05):
            now = wanted_nodes(night, "shop-backend")
            if now > least:
                one_more_node(night, "shop-monitoring")
                break
            least = now

    with tasks_put_back(night), unscaled("shop-monitoring")(night):
        thread = threading.Thread(target=follow)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def released(night: Night) -> bool:
    """Whether the first application's pipeline is at work."""
    stages = night.client("codepipeline").get_pipeline_state(name="shop-api")["stageStates"]
    return any(one.get("latestExecution", {}).get("status") == "InProgress" for one in stages)


@contextlib.contextmanager
def edited_by_hand(night: Night) -> Iterator[None]:
    """Grafana's data source has the address that Loki's task has just now."""
    addresses = {one["component"]: one["address"] for one in night.control("processes", "GET")}
    sources = f"http://{addresses['grafana']}:3000/api/datasources"

    def call(method: str, path: str = "", body: Any = None) -> Any:
        headers = {"Authorization": "Basic " + night.sandbox.environment["GRAFANA_LOGIN"]}
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(sources + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    held = next(one for one in call("GET") if one["type"] == "loki")

    def put(url: str) -> None:
        call("DELETE", f"/uid/{held['uid']}")
        call("POST", body={**held, "url": url})

    put(f"http://{addresses['loki']}:3100")
    try:
        yield
    finally:
        put(held["url"])


@contextlib.contextmanager
def free_loki(night: Night) -> Iterator[None]:
    """Loki's role may write into every bucket."""
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    night.client("iam").put_role_policy(RoleName="shop-loki", PolicyName="broken", PolicyDocument=policy)
    try:
        yield
    finally:
        night.client("iam").delete_role_policy(RoleName="shop-loki", PolicyName="broken")


@contextlib.contextmanager
def no_source(night: Night) -> Iterator[None]:
    s3, place = night.client("s3"), {"Bucket": night.variables["artifacts_bucket"], "Key": "source/web.zip"}
    kept = s3.get_object(**place)["Body"].read()
    s3.delete_object(**place)
    try:
        yield
    finally:
        s3.put_object(**place, Body=kept)


@contextlib.contextmanager
def another_s_parameter(night: Night) -> Iterator[None]:
    """Somebody has a parameter of that name already, with another value."""
    ssm = night.client("ssm")
    name = "/shop/api/log-level"
    held = ssm.get_parameters(Names=[name])["Parameters"]
    ssm.put_parameter(Name=name, Type="String", Value="debug", Overwrite=True)
    try:
        yield
    finally:
        if held:
            ssm.put_parameter(Name=name, Type="String", Value=held[0]["Value"], Overwrite=True)
        else:
            ssm.delete_parameter(Name=name)


def elb(operation: str) -> Break:
    return refused("elasticloadbalancing", operation, "AccessDenied", 403)


ROWS = [
    Row("phase-1/certificate", refused("acm", "DescribeCertificate"), "acm:DescribeCertificate"),
    Row("phase-1/old-side", failing("old", "old"), "500"),
    Row("phase-1/node-type", refused("ec2", "DescribeInstanceTypes", "UnauthorizedOperation", 403),
        "ec2:DescribeInstanceTypes"),
    Row("phase-1/bucket-writable", refused("s3", "PutObject", "AccessDenied", 403), "s3:PutObject|AccessDenied"),
    Row("phase-1/source", no_source, "source/web.zip", always=True),
    Row("phase-1/secret", refused("secretsmanager", "DescribeSecret"), "secretsmanager:DescribeSecret"),
    Row("phase-1/parameters", another_s_parameter, "ParameterAlreadyExists|already exists"),
    Row("phase-2/infrastructure", unfilled_variables, "CHANGE_ME"),
    Row("phase-2/public-tier", routed("public", gone=True), "does not hold"),
    Row("phase-2/application-tier", routed("application"), "does not hold"),
    Row("phase-2/database-tier", routed("database"), "does not hold", always=True),
    Row("phase-2/cluster", refused("ecs", "DescribeClusters"), "ecs:DescribeClusters"),
    Row("phase-2/providers", unscaled("shop-backend"), "managedScaling"),
    Row("phase-2/namespace", refused("servicediscovery", "ListNamespaces"), "servicediscovery:ListNamespaces"),
    Row("phase-2/load-balancer", elb("DescribeLoadBalancers"), "elasticloadbalancing:DescribeLoadBalancers"),
    Row("phase-2/database", refused("rds", "DescribeDBInstances", "AccessDenied", 403), "rds:DescribeDBInstances"),
    Row("phase-2/loki-allowed", denied("shop-loki", "s3:PutObject"), "s3:PutObject"),
    Row("phase-2/loki-confined", free_loki, "EvalDecision"),
    Row("phase-2/execution-allowed", denied("shop-execution", "ssm:GetParameters"), "ssm:GetParameters"),
    Row("phase-2/secret-allowed", denied("shop-execution", "secretsmanager:*"), "secretsmanager:GetSecretValue"),
    Row("phase-2/pipelines", refused("codepipeline", "GetPipeline"), "codepipeline:GetPipeline"),
    Row("phase-3/repositories", refused("ecr", "DescribeRepositories"), "ecr:DescribeRepositories"),
    Row("phase-4/loki-definition", without("task-definitions/loki.json"), "task-definitions/loki.json"),
    Row("phase-4/loki-registered", refused("servicediscovery", "ListInstances"), "servicediscovery:ListInstances"),
    Row("phase-4/loki-works", failing("loki", "new", "/loki/api/v1/query"), "500"),
    Row("phase-4/grafana-answers", crossed_rules("30", "shop-grafana", "shop-web"), "(?i)grafana|database|health"),
    Row("phase-4/grafana-by-name", edited_by_hand, "http://loki:3100"),
    Row("phase-4/grafana-source", shut_loki("shop-monitoring"), "(?i)loki"),
    Row("phase-5/definitions", without("task-definitions/application.json"), "task-definitions/application.json"),
    Row("phase-5/host-rules", crossed_rules("10", "shop-api", "shop-web"), r'\.json\.service == "api"', always=True),
    Row("phase-5/no-other-host", everybody_served, "404", always=True),
    Row("phase-5/read-back", shut_loki("shop-backend"), "does not hold", always=True),
    Row("phase-5/flush", failing("loki", "new", "/flush"), "500"),
    Row("phase-5/stored", refused("s3", "ListObjectsV2", "AccessDenied", 403), "AccessDenied|s3:List"),
    Row("phase-5/no-drift", drifted, "[1-9] to (add|change|destroy)"),
]  # fmt: skip
"""In an order in which no row changes what a later one counts on."""

LATER_ROWS = [
    Row("phase-6/nodes-before", refused("autoscaling", "DescribeAutoScalingGroups", "AccessDenied", 403),
        "autoscaling:DescribeAutoScalingGroups"),
    Row("phase-6/nodes-settled", idle_node, r"nodes-settled\[monitoring\].*runningTasksCount"),
    Row("phase-6/monitoring-stayed", grown_together, "DesiredCapacity"),
    Row("phase-7/alarms-before", ringing_from_outside, "in alarm: `shop-errors`"),
    Row("phase-7/old-side-before", failing("old", "old"), "500"),
    Row("phase-7/short-connections", elb("DescribeLoadBalancerAttributes"),
        "elasticloadbalancing:DescribeLoadBalancerAttributes"),
]  # fmt: skip

LAST_ROWS = [
    Row("phase-3/build", without("dockerfiles/loki/loki.yaml"), r"loki\.yaml"),
    Row("phase-3/push", refused("ecr", "GetAuthorizationToken"), "ecr:GetAuthorizationToken"),
]
"""What leaves the world changed: images that are built anew."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    found = binary()
    assert found is not None
    made = Night(RUNBOOKS / "ecs-logging", tmp_path_factory.mktemp("night"), found)
    try:
        yield made
    finally:
        made.down()


@pytest.fixture(scope="module")
def forward(night: Night) -> Path:
    """The way forward, on which nothing is broken, up to where pipelines take over."""
    state = night.from_before("nothing")
    for phase in PHASES:
        night.keep(state, phase)
        sound(night, state, phase)
    night.keep(state, "phase-6")
    return state


@pytest.fixture(scope="module")
def stopped(night: Night, forward: Path) -> Ended:
    """The way on, with a pipeline that has no source; with all rows, to its end once the source is there."""
    with no_source(night):
        ended = night.run(forward, "run", "phase-6")
    if ALL:
        sound(night, forward, "phase-6")
        night.keep(forward, "phase-7")
    return ended


def sound(night: Night, state: Path, phase: str) -> None:
    ended = night.run(state, "run", phase)
    assert ended.status == 0, ended.said[-3000:]


@chosen(ROWS)
def test_a_broken_world_stops_the_run_at_that_step(night: Night, forward: Path, row: Row) -> None:
    stops_there(night, row)


def test_a_pipeline_without_its_source_stops_the_release_until_it_is_there(stopped: Ended) -> None:
    stopped_at(stopped, "release", (), r"source/web\.zip")


@chosen(LATER_ROWS)
def test_a_broken_world_stops_what_follows(night: Night, stopped: Ended, row: Row) -> None:
    stops_there(night, row)


@chosen(LAST_ROWS)
def test_a_world_that_is_broken_for_good_stops_the_run_at_that_step(night: Night, forward: Path, row: Row) -> None:
    stops_there(night, row)


@pytest.mark.skipif(not ALL, reason="a whole run more: BROKEN_STEPS=all")
def test_a_request_that_fails_while_a_pipeline_rolls_out_stops_the_run(night: Night, stopped: Ended) -> None:
    # A run of its own: by its token, a pipeline that is started again is told of the execution that ended long ago.
    state = night.from_before("nothing")
    ended = night.run(state, "run", "--through", "phase-5")
    assert ended.status == 0, ended.said[-3000:]
    broken = once(failing("api", "new", "/health"), released, "codepipeline", "StartPipelineExecution")
    with broken(night):
        ended = night.run(state, "run", "phase-6")
    stopped_at(ended, "uninterrupted", ("release",), "50[0-9]")


def stops_there(night: Night, row: Row) -> None:
    """Begins again before the row's phase, in a world that is broken as the row says."""
    state = night.from_before(row.phase)
    with row.broken(night):
        ended = night.run(state, "run", row.phase)
    stopped_at(ended, row.step.split("/")[1], row.also, row.said)
