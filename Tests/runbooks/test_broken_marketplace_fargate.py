"""Each row breaks the market's world in one place: the run stops at that step, and its words name the cause.

The run is carried forward with a few services, one of each strategy; a row begins again before its phase, in the same
world. A few rows run always; all of them, and the night with all sixteen services, with BROKEN_STEPS=all.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import night as nights
import pytest
import yaml
from breaks import Break, bad_image, denied, drifted, once, refused, ringing, unfilled_variables, unscalable, without
from conftest import RUNBOOKS
from night import Ended, Night, binary
from tables import SANDBOX, Row, chosen, needs, stops

MARKET = RUNBOOKS / "marketplace-fargate"
TABLE = yaml.safe_load((MARKET / "runbook.yaml").read_text())["variables"]["services"]["default"]
FEW = [one for one in TABLE if one["name"] in ("user", "order", "search")]
"""One that rolls, one that goes from blue to green, one with a canary."""
NEW = "doa-market-{}:2"
RELEASE = "phase-4"
SLOW = 400.0
"""Longest that one command may take here, seconds: a release of sixteen services, on a machine that is shared."""

pytestmark = needs(*SANDBOX)


def bad(service: str, failure: str) -> Break:
    """What is released of a service is bad; its placeholder, which comes from elsewhere, is not."""
    return bad_image(service, failure, f"/doa-market/{service}@")


def shifting(service: str) -> Callable[[Night], bool]:
    """Whether CodeDeploy is at work on a service."""

    def begun(night: Night) -> bool:
        found = night.client("codedeploy").list_deployments(
            applicationName="doa-market", deploymentGroupName=service, includeOnlyStatuses=["Created", "InProgress"]
        )
        return bool(found["deployments"])

    return begun


def rolling(service: str) -> Callable[[Night], bool]:
    """Whether ECS rolls a service over."""

    def begun(night: Night) -> bool:
        found = night.client("ecs").describe_services(cluster=night.variables["cluster"], services=[service])
        return len(found["services"][0]["deployments"]) > 1

    return begun


def shifted_under(alarm: str, service: str) -> Break:
    """An alarm rings as soon as CodeDeploy is at work on a service."""
    return once(ringing(alarm), shifting(service), "codedeploy", "CreateDeployment")


def rolled_under(alarm: str, service: str) -> Break:
    """An alarm rings as soon as a service is rolled over."""
    return once(ringing(alarm), rolling(service), "ecs", "UpdateService")


@contextlib.contextmanager
def no_secret(night: Night) -> Iterator[None]:
    secrets = night.client("secretsmanager")
    secrets.delete_secret(SecretId="doa-market/order", RecoveryWindowInDays=7)
    try:
        yield
    finally:
        secrets.restore_secret(SecretId="doa-market/order")


@contextlib.contextmanager
def no_setting(night: Night) -> Iterator[None]:
    ssm, name = night.client("ssm"), "/doa-market/order/db-host"
    ssm.delete_parameter(Name=name)
    try:
        yield
    finally:
        ssm.put_parameter(Name=name, Value="order.db.internal", Type="String")


@contextlib.contextmanager
def other_check(night: Night) -> Iterator[None]:
    elb = night.client("elbv2")
    arn = elb.describe_target_groups(Names=["market-user-1"])["TargetGroups"][0]["TargetGroupArn"]
    elb.modify_target_group(TargetGroupArn=arn, HealthCheckPath="/")
    try:
        yield
    finally:
        elb.modify_target_group(TargetGroupArn=arn, HealthCheckPath="/health")


@contextlib.contextmanager
def no_hook(night: Night) -> Iterator[None]:
    functions, name = night.client("lambda"), "doa-market-deployment-check"
    found = functions.get_function(FunctionName=name)["Configuration"]
    functions.delete_function(FunctionName=name)
    try:
        yield
    finally:
        functions.create_function(
            FunctionName=name, Role=found["Role"], Runtime=found["Runtime"], Handler=found["Handler"],
            Timeout=found["Timeout"], Environment=found["Environment"],
            Code={"S3Bucket": night.variables["hook_bucket"], "S3Key": "hooks/check.zip"},
        )  # fmt: skip


@contextlib.contextmanager
def open_to_all(night: Night) -> Iterator[None]:
    """Paths of no service are answered with 200."""
    elb = night.client("elbv2")
    balancer = elb.describe_load_balancers(Names=[night.variables["load_balancer"]])["LoadBalancers"][0]
    listeners = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    live = next(one for one in listeners if one["Port"] == int(night.variables["https_port"]))

    def answer(status: str) -> None:
        fixed = {"StatusCode": status, "ContentType": "text/plain", "MessageBody": "no such service"}
        action = {"Type": "fixed-response", "FixedResponseConfig": fixed}
        elb.modify_listener(ListenerArn=live["ListenerArn"], DefaultActions=[action])

    answer("200")
    try:
        yield
    finally:
        answer("404")


@contextlib.contextmanager
def crossed(night: Night) -> Iterator[None]:
    """A service's path leads to another service; its own group stays beside it, with no share.

    To one that rolls: CodeDeploy leads every rule that names its group to the other one, this one too.
    """
    elb = night.client("elbv2")
    groups = {one["TargetGroupName"]: one["TargetGroupArn"] for one in elb.describe_target_groups()["TargetGroups"]}
    rule = next(
        rule
        for balancer in elb.describe_load_balancers(Names=[night.variables["load_balancer"]])["LoadBalancers"]
        for one in elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
        if one["Port"] == int(night.variables["https_port"])
        for rule in elb.describe_rules(ListenerArn=one["ListenerArn"])["Rules"]
        if any("/api/v1/user/*" in found["PathPatternConfig"]["Values"] for found in rule["Conditions"])
    )

    def lead(to: str) -> None:
        shares = [
            {"TargetGroupArn": groups[name], "Weight": int(name == to)} for name in ("market-user-1", "market-seller-1")
        ]
        actions = [{"Type": "forward", "ForwardConfig": {"TargetGroups": shares}}]
        elb.modify_rule(RuleArn=rule["RuleArn"], Actions=actions)

    lead("market-seller-1")
    try:
        yield
    finally:
        lead("market-user-1")


@contextlib.contextmanager
def reads_all_secrets(night: Night) -> Iterator[None]:
    """One service's role may read every secret, as the document's does."""
    statement = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}
    policy, role = json.dumps({"Version": "2012-10-17", "Statement": [statement]}), "doa-market-order-execution"
    night.client("iam").put_role_policy(RoleName=role, PolicyName="broken", PolicyDocument=policy)
    try:
        yield
    finally:
        night.client("iam").delete_role_policy(RoleName=role, PolicyName="broken")


def changed_alarm(name: str, **changes: object) -> Break:
    """An alarm is another one than the document's; without changes there is none."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        cloudwatch = night.client("cloudwatch")
        held = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]
        wanted = (
            "AlarmName", "Namespace", "MetricName", "Dimensions", "Statistic", "Period", "EvaluationPeriods",
            "Threshold", "ComparisonOperator", "TreatMissingData", "AlarmActions", "OKActions",
        )  # fmt: skip
        kept = {key: held[key] for key in wanted if key in held}

        def put(**alarm: object) -> None:
            cloudwatch.put_metric_alarm(**{**kept, **alarm})
            cloudwatch.set_alarm_state(AlarmName=name, StateValue="OK", StateReason="no data is good")

        if changes:
            put(**changes)
        else:
            cloudwatch.delete_alarms(AlarmNames=[name])
        try:
            yield
        finally:
            put()

    return broken


@contextlib.contextmanager
def unresolved(night: Night) -> Iterator[None]:
    night.control("names", name="user.local", hidden=True)
    try:
        yield
    finally:
        night.control("names", name="user.local", hidden=False)


BEFORE = [
    Row("phase-1/network", refused("ec2", "DescribeSubnets", "UnauthorizedOperation", 403), "ec2:DescribeSubnets"),
    Row("phase-1/certificate", refused("acm", "DescribeCertificate"), "acm:DescribeCertificate"),
    Row("phase-1/topic", refused("sns", "GetTopicAttributes", "NotFound", 404), "not there: NotFound"),
    Row("phase-1/secrets", no_secret, "doa-market/order", always=True),
    Row("phase-1/settings", no_setting, "/doa-market/order/db-host"),
    Row("phase-1/repositories", refused("ecr", "DescribeRepositories"), "ecr:DescribeRepositories"),
    Row("phase-1/log-groups", refused("logs", "DescribeLogGroups"), "logs:DescribeLogGroups"),
    Row("phase-2/infrastructure", unfilled_variables, "CHANGE_ME"),
    Row("phase-2/cluster", refused("ecs", "DescribeClusters"), "ecs:DescribeClusters"),
    Row("phase-2/namespace", refused("servicediscovery", "ListNamespaces"), "servicediscovery:ListNamespaces"),
    Row("phase-2/load-balancer", refused("elasticloadbalancing", "DescribeListeners", "AccessDenied", 403),
        "elasticloadbalancing:DescribeListeners"),
    Row("phase-2/groups", other_check, "HealthCheckPath"),
    Row("phase-2/secrets-allowed", denied("doa-market-order-execution", "secretsmanager:*"),
        "secretsmanager:GetSecretValue", always=True),
    Row("phase-2/settings-allowed", denied("doa-market-order-execution", "ssm:*"), "ssm:GetParameters"),
    Row("phase-2/secrets-guarded", reads_all_secrets, r"secrets-guarded\[order\].*EvalDecision"),
    Row("phase-2/alarms-made", changed_alarm("doa-market-search-latency"), "doa-market-search-latency"),
    Row("phase-2/alarms-told", changed_alarm("doa-market-user-5xx", AlarmActions=[]), r"alarms-told\[user\]"),
    Row("phase-2/alarms-told", changed_alarm("doa-market-user-high-cpu", Threshold=99.0), r"alarms-told\[user\]"),
    Row("phase-2/alarms-made", ringing("doa-market-order-5xx"), "doa-market-order-5xx"),
    Row("phase-3/known", refused("ecr", "ListImages"), "ecr:ListImages"),
    Row("phase-3/images", refused("ecr", "DescribeImages", "ImageNotFoundException"), "(?i)image"),
    Row("phase-4/alarms-before", ringing("doa-market-user-latency"), "doa-market-user-latency"),
    Row("phase-4/definitions", without("task-definitions/service.json"), "task-definitions/service.json"),
    Row("phase-4/serving", refused("ecs", "DescribeServices"), "ecs:DescribeServices"),
    Row("phase-4/trial", bad_image("order", "pull"), "CannotPullContainerError", always=True),
    Row("phase-4/trial", denied("doa-market-order-execution", "ssm:*"), "ssm:GetParameters"),
    Row("phase-4/tasks", refused("ecs", "UpdateService"), "ecs:UpdateService"),
    Row("phase-4/rolling", bad("user", "unhealthy"), "(?i)health check", always=True),
    Row("phase-4/rolling", rolled_under("doa-market-user-5xx", "user"), "(?i)alarm|went back"),
    Row("phase-4/blue-green", shifted_under("doa-market-order-5xx", "order"),
        "ALARM_ACTIVE.*doa-market-order-5xx", always=True),
    Row("phase-4/blue-green", no_hook, "HOOK_EXECUTION_FAILURE.*doa-market-deployment-check",
        also=("canary",)),
    Row("phase-4/canary", shifted_under("doa-market-search-latency", "search"),
        "ALARM_ACTIVE.*doa-market-search-latency"),
    Row("phase-4/routes", crossed, r"routes\[user\].*TargetGroupArn", also=("served",)),
    Row("phase-4/served", bad("user", "erring"), "500"),
    Row("phase-4/unknown-path", open_to_all, "404"),
    Row("phase-4/registered", refused("servicediscovery", "ListInstances"), "servicediscovery:ListInstances"),
    Row("phase-4/discovery", unresolved, r"discovery\[user\].*no such name"),
]  # fmt: skip

AFTER = [
    Row("phase-5/labels", refused("elasticloadbalancing", "DescribeTargetGroups", "AccessDenied", 403),
        "elasticloadbalancing:DescribeTargetGroups"),
    Row("phase-5/scaling", unscalable, "RegisterScalableTarget"),
    Row("phase-5/settled", ringing("doa-market-order-high-cpu"), "doa-market-order-high-cpu"),
    Row("phase-5/no-drift", drifted, "(?i)drift|change"),
]


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    usual, nights.PATIENCE = nights.PATIENCE, SLOW
    try:
        yield
    finally:
        nights.PATIENCE = usual


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    found = binary()
    assert found is not None
    made = Night(MARKET, tmp_path_factory.mktemp("market"), found)
    try:
        yield made
    finally:
        made.down()


def run(night: Night, state: Path, *words: str) -> Ended:
    return night.run(state, "run", *words, services=FEW)


@pytest.fixture(scope="module")
def prepared(night: Night) -> Path:
    """Infrastructure and images: all but the release."""
    state = night.from_before("nothing")
    for phase in ("phase-1", "phase-2", "phase-3"):
        night.keep(state, phase)
        ended = run(night, state, phase)
        assert ended.status == 0, ended.said[-3000:]
    night.keep(state, "phase-4")
    return state


@pytest.fixture(scope="module")
def released(night: Night, prepared: Path) -> Path:
    """The first release."""
    ended = run(night, prepared, "phase-4")
    assert ended.status == 0, ended.said[-3000:]
    night.keep(prepared, "phase-5")
    return prepared


def stops_there(night: Night, row: Row) -> None:
    if row.phase != RELEASE:
        stops(night, row, lambda state, *words: night.run(state, *words, services=FEW))
        return
    # A run of its own: by its token, a run that is begun again is told of the trial task that ended long ago. And a
    # release of its own: what an earlier row has released of the other services would be left alone.
    tag = f"row-{BEFORE.index(row)}"
    stops(night, row, lambda state, *words: night.run(state, *words, services=FEW, image_tag=tag), anew="phase-3")


@chosen(BEFORE)
def test_a_broken_world_stops_the_run_at_that_step(night: Night, prepared: Path, row: Row) -> None:
    stops_there(night, row)


def test_a_second_run_changes_nothing(night: Night, released: Path) -> None:
    ended = run(night, released)
    assert ended.status == 0, ended.said[-2000:]
    before, last = night.sandbox.world(), night.control("calls", "GET")["last"]
    again = run(night, night.from_before("nothing"))
    assert again.status == 0, again.said[-2000:]
    assert night.control(f"calls?after={last}", "GET")["applied"] == {}
    assert night.sandbox.world() == before


@chosen(AFTER)
def test_a_broken_world_stops_what_follows_the_release(night: Night, released: Path, row: Row) -> None:
    stops_there(night, row)
