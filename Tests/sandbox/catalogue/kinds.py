"""What each kind is tried with: a step, what must be there before, how it is looked at from outside.

`look` reads with boto3, which shares no code with the tool. Kinds that are not here are in `ELSEWHERE`, with the
reason; a test holds that every kind of the catalog is in one of the two.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from conftest import Running

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


READING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}


@dataclass(frozen=True)
class Action:
    """An action: `call` is the mutating operation, as the sandbox counts it."""

    kind: str
    parameters: Callable[[Running], dict[str, Any]]
    look: Callable[[Running], Any]
    call: tuple[str, str]
    before: Callable[[Running], None] = lambda sandbox: None


@dataclass(frozen=True)
class Probe:
    """A probe that passes with `good` and fails with `bad`."""

    kind: str
    good: Callable[[Running], dict[str, Any]]
    bad: Callable[[Running], dict[str, Any]]
    before: Callable[[Running], None] = field(default=lambda sandbox: None)


def absent(read: Callable[[], Any], *codes: str) -> Any:
    """What `read` gives; nothing when the service says by one of `codes` that there is nothing."""
    from botocore.exceptions import ClientError

    try:
        return read()
    except ClientError as error:
        if error.response["Error"]["Code"] in codes:
            return None
        raise


def repository(sandbox: Running) -> Any:
    found = absent(
        lambda: sandbox.client("ecr").describe_repositories(repositoryNames=["contract/one"])["repositories"][0],
        "RepositoryNotFoundException",
    )
    return found and [found["imageTagMutability"], found["imageScanningConfiguration"]]


def role(sandbox: Running) -> Any:
    found = absent(lambda: sandbox.client("iam").get_role(RoleName="contract-role")["Role"], "NoSuchEntity")
    return found and [found["AssumeRolePolicyDocument"], found["MaxSessionDuration"], found.get("Description")]


def make_role(sandbox: Running) -> None:
    if role(sandbox) is None:
        sandbox.client("iam").create_role(RoleName="contract-role", AssumeRolePolicyDocument=json.dumps(TRUST))


def no_role(sandbox: Running) -> None:
    iam = sandbox.client("iam")
    if role(sandbox) is None:
        return
    for policy in iam.list_attached_role_policies(RoleName="contract-role")["AttachedPolicies"]:
        iam.detach_role_policy(RoleName="contract-role", PolicyArn=policy["PolicyArn"])
    for name in iam.list_role_policies(RoleName="contract-role")["PolicyNames"]:
        iam.delete_role_policy(RoleName="contract-role", PolicyName=name)
    iam.delete_role(RoleName="contract-role")


def inline(sandbox: Running) -> Any:
    return absent(
        lambda: sandbox.client("iam").get_role_policy(RoleName="contract-role", PolicyName="p")["PolicyDocument"],
        "NoSuchEntity",
    )


def attached(sandbox: Running) -> Any:
    found = absent(
        lambda: sandbox.client("iam").list_attached_role_policies(RoleName="contract-role")["AttachedPolicies"],
        "NoSuchEntity",
    )
    return sorted(policy["PolicyName"] for policy in found or [])


def group(sandbox: Running) -> Any:
    found = sandbox.client("logs").describe_log_groups(logGroupNamePrefix="/contract/one")["logGroups"]
    return [(entry["logGroupName"], entry.get("retentionInDays")) for entry in found]


def no_group(sandbox: Running) -> None:
    if group(sandbox):
        sandbox.client("logs").delete_log_group(logGroupName="/contract/one")


def make_group(sandbox: Running) -> None:
    if not group(sandbox):
        sandbox.client("logs").create_log_group(logGroupName="/contract/one")


def secret(sandbox: Running) -> Any:
    found = absent(
        lambda: sandbox.client("secretsmanager").describe_secret(SecretId="contract/one"), "ResourceNotFoundException"
    )
    return "there" if found and "DeletedDate" not in found else None


def no_secret(sandbox: Running) -> None:
    absent(
        lambda: sandbox.client("secretsmanager").delete_secret(
            SecretId="contract/one", ForceDeleteWithoutRecovery=True
        ),
        "ResourceNotFoundException",
    )


def alarm(sandbox: Running) -> Any:
    found = sandbox.client("cloudwatch").describe_alarms(AlarmNames=["contract-cpu"])["MetricAlarms"]
    keys = ("Threshold", "Period", "EvaluationPeriods", "Statistic", "ComparisonOperator", "TreatMissingData")
    return [{key: entry.get(key) for key in keys} for entry in found]


def make_alarm(sandbox: Running) -> None:
    sandbox.client("cloudwatch").put_metric_alarm(
        AlarmName="contract-cpu", Namespace="AWS/ECS", MetricName="CPUUtilization", Statistic="Maximum", Period=60,
        EvaluationPeriods=3, Threshold=50.0, ComparisonOperator="GreaterThanOrEqualToThreshold",
        TreatMissingData="ignore", AlarmDescription="as it was",
    )  # fmt: skip


def cluster(sandbox: Running) -> str:
    return str(sandbox.variables["cluster"])


def make_service(sandbox: Running) -> None:
    """A service without tasks, which is all that scaling looks at."""
    ecs = sandbox.client("ecs")
    found = ecs.describe_services(cluster=cluster(sandbox), services=["contract"])["services"]
    if any(service["status"] == "ACTIVE" for service in found):
        return
    definition = ecs.register_task_definition(
        family="contract", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
        containerDefinitions=[{"name": "app", "image": "busybox", "essential": True}],
    )["taskDefinition"]["taskDefinitionArn"]  # fmt: skip
    network = {"awsvpcConfiguration": {"subnets": sandbox.variables["subnet_ids"][:1]}}
    ecs.create_service(
        cluster=cluster(sandbox), serviceName="contract", taskDefinition=definition, desiredCount=0,
        launchType="FARGATE", networkConfiguration=network,
    )  # fmt: skip


def limits(sandbox: Running) -> Any:
    found = sandbox.client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace="ecs", ResourceIds=[f"service/{cluster(sandbox)}/contract"]
    )["ScalableTargets"]
    return [(entry["MinCapacity"], entry["MaxCapacity"]) for entry in found]


def policies(sandbox: Running) -> Any:
    found = sandbox.client("application-autoscaling").describe_scaling_policies(
        ServiceNamespace="ecs", ResourceId=f"service/{cluster(sandbox)}/contract"
    )["ScalingPolicies"]
    return sorted(
        (entry["PolicyName"], entry["TargetTrackingScalingPolicyConfiguration"]["TargetValue"]) for entry in found
    )


def make_limits(sandbox: Running) -> None:
    make_service(sandbox)
    sandbox.client("application-autoscaling").register_scalable_target(
        ServiceNamespace="ecs", ResourceId=f"service/{cluster(sandbox)}/contract",
        ScalableDimension="ecs:service:DesiredCount", MinCapacity=1, MaxCapacity=4,
    )  # fmt: skip


def scaled(**more: Any) -> Callable[[Running], dict[str, Any]]:
    return lambda sandbox: {"cluster": cluster(sandbox), "service": "contract", **more}


def attributes(sandbox: Running) -> Any:
    balancers = sandbox.client("elbv2").describe_load_balancers()["LoadBalancers"]
    found = sandbox.client("elbv2").describe_load_balancer_attributes(LoadBalancerArn=balancers[0]["LoadBalancerArn"])
    return {entry["Key"]: entry["Value"] for entry in found["Attributes"]}.get("client_keep_alive.seconds")


def long_connections(sandbox: Running) -> None:
    balancers = sandbox.client("elbv2").describe_load_balancers()["LoadBalancers"]
    sandbox.client("elbv2").modify_load_balancer_attributes(
        LoadBalancerArn=balancers[0]["LoadBalancerArn"],
        Attributes=[{"Key": "client_keep_alive.seconds", "Value": "3600"}],
    )


def record(sandbox: Running) -> Any:
    found = sandbox.client("route53").list_resource_record_sets(HostedZoneId=sandbox.variables["zone_id"])
    name = f"contract.{sandbox.variables['zone']}".rstrip(".") + "."
    return [entry for entry in found["ResourceRecordSets"] if entry["Name"] == name]


def record_name(sandbox: Running) -> str:
    return f"contract.{sandbox.variables['zone']}".rstrip(".")


def make_record(sandbox: Running) -> None:
    if record(sandbox):
        return
    change = {
        "Action": "CREATE",
        "ResourceRecordSet": {
            "Name": record_name(sandbox), "Type": "A", "TTL": 300, "ResourceRecords": [{"Value": "192.0.2.1"}],
        },
    }  # fmt: skip
    sandbox.client("route53").change_resource_record_sets(
        HostedZoneId=sandbox.variables["zone_id"], ChangeBatch={"Changes": [change]}
    )


def record_place(sandbox: Running) -> dict[str, Any]:
    return {"zone": sandbox.variables["zone_id"], "name": record_name(sandbox)}


def zone(**more: Any) -> Callable[[Running], dict[str, Any]]:
    return lambda sandbox: {**record_place(sandbox), "servers": sandbox.ready["dns"], **more}


def make_short_group(sandbox: Running) -> None:
    make_group(sandbox)
    sandbox.client("logs").put_retention_policy(logGroupName="/contract/one", retentionInDays=7)


def any_call(sandbox: Running) -> dict[str, Any]:
    return {
        "service": "logs",
        "operation": "PutRetentionPolicy",
        "parameters": {"logGroupName": "/contract/one", "retentionInDays": 14},
        "observe": {
            "operation": "DescribeLogGroups",
            "parameters": {"logGroupNamePrefix": "/contract/one"},
            "select": ".logGroups[0].retentionInDays",
        },
        "wanted": 14,
        "undo": {
            "operation": "PutRetentionPolicy",
            "parameters": {"logGroupName": "/contract/one"},
            "select": "{retentionInDays: .before}",
        },
    }


def fixed(**parameters: Any) -> Callable[[Running], dict[str, Any]]:
    return lambda sandbox: parameters


ACTIONS = [
    Action("ecr.repository", fixed(name="contract/one"), repository, ("ecr", "CreateRepository")),
    Action("iam.bare_role", fixed(name="contract-role", trust=TRUST), role, ("iam", "CreateRole"), before=no_role),
    Action(
        "iam.role_policy",
        fixed(role="contract-role", name="p", policy=READING),
        inline,
        ("iam", "PutRolePolicy"),
        before=make_role,
    ),
    Action(
        "iam.role_policy_attachment",
        fixed(
            role="contract-role",
            policy_arn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        ),
        attached,
        ("iam", "AttachRolePolicy"),
        before=make_role,
    ),
    Action("logs.bare_group", fixed(name="/contract/one"), group, ("logs", "CreateLogGroup"), before=no_group),
    Action(
        "logs.retention",
        fixed(group="/contract/one", days=30),
        group,
        ("logs", "PutRetentionPolicy"),
        before=make_group,
    ),
    Action(
        "secrets.secret",
        fixed(name="contract/one", value="${secrets.password}"),
        secret,
        ("secretsmanager", "CreateSecret"),
        before=no_secret,
    ),
    Action(
        "cloudwatch.alarm",
        fixed(name="contract-cpu", namespace="AWS/ECS", metric="CPUUtilization", comparison=">", threshold=80),
        alarm,
        ("monitoring", "PutMetricAlarm"),
        before=make_alarm,
    ),
    Action(
        "autoscaling.limits",
        scaled(min=2, max=8),
        limits,
        ("application-autoscaling", "RegisterScalableTarget"),
        before=make_limits,
    ),
    Action(
        "autoscaling.policy",
        scaled(name="cpu", metric="cpu", value=70),
        policies,
        ("application-autoscaling", "PutScalingPolicy"),
        before=make_limits,
    ),
    Action(
        "elb.attributes",
        lambda sandbox: {
            "load_balancer": sandbox.client("elbv2").describe_load_balancers()["LoadBalancers"][0]["LoadBalancerName"],
            "attributes": {"client_keep_alive.seconds": "60"},
        },
        attributes,
        ("elasticloadbalancing", "ModifyLoadBalancerAttributes"),
        before=long_connections,
    ),
    Action(
        "route53.record",
        zone(to={"addresses": ["192.0.2.7"]}, ttl=60),
        record,
        ("route53", "ChangeResourceRecordSets"),
        before=make_record,
    ),
    Action("route53.ttl", zone(ttl=60), record, ("route53", "ChangeResourceRecordSets"), before=make_record),
    Action("aws.call", any_call, group, ("logs", "PutRetentionPolicy"), before=make_short_group),
]


def topic(sandbox: Running) -> str:
    return str(sandbox.client("sns").create_topic(Name="contract")["TopicArn"])


def database(sandbox: Running) -> None:
    rds = sandbox.client("rds")
    if not rds.describe_db_instances()["DBInstances"]:
        rds.create_db_instance(
            DBInstanceIdentifier="contract", Engine="postgres", DBInstanceClass="db.t3.micro", AllocatedStorage=20,
            MasterUsername="u", MasterUserPassword="passw0rd1", StorageEncrypted=True, BackupRetentionPeriod=7,
        )  # fmt: skip


def disk(sandbox: Running) -> str:
    efs = sandbox.client("efs")
    found = efs.describe_file_systems()["FileSystems"]
    made = found[0] if found else efs.create_file_system(CreationToken="contract", Encrypted=True)
    identifier = str(made["FileSystemId"])
    if not efs.describe_mount_targets(FileSystemId=identifier)["MountTargets"]:
        efs.create_mount_target(FileSystemId=identifier, SubnetId=sandbox.variables["subnet_ids"][0])
    return identifier


def make_repository(sandbox: Running) -> None:
    if repository(sandbox) is None:
        sandbox.client("ecr").create_repository(repositoryName="contract/one")


def make_secret(sandbox: Running) -> None:
    if secret(sandbox) is None:
        absent(lambda: sandbox.client("secretsmanager").restore_secret(SecretId="contract/one"), "ResourceNotFoundException")
    if secret(sandbox) is None:
        sandbox.client("secretsmanager").create_secret(Name="contract/one", SecretString="x")


PROBES = [
    Probe("ecr.repository", fixed(name="contract/one"), fixed(name="contract/none"), before=make_repository),
    Probe("iam.role", fixed(name="contract-role"), fixed(name="contract-none"), before=make_role),
    Probe("logs.group", fixed(name="/contract/one"), fixed(name="/contract/none"), before=make_group),
    Probe("secrets.secret", fixed(name="contract/one"), fixed(name="contract/none"), before=make_secret),
    Probe("s3.bucket", lambda s: {"bucket": s.variables["bucket"]}, fixed(bucket="contract-none")),
    Probe(
        "s3.write",
        lambda s: {"bucket": s.variables["bucket"], "prefix": "contract/"},
        fixed(bucket="contract-none", prefix="contract/"),
    ),
    Probe("ecs.cluster", lambda s: {"name": cluster(s)}, fixed(name="none")),
    Probe(
        "ec2.network",
        lambda s: {"vpc": s.variables["vpc_id"], "subnets": s.variables["subnet_ids"]},
        lambda s: {"vpc": s.variables["vpc_id"], "subnets": ["subnet-none"]},
    ),
    Probe(
        "ec2.instances",
        lambda s: {"ids": s.variables["old_instances"]},
        lambda s: {"ids": s.variables["old_instances"], "state": "stopped"},
    ),
    Probe(
        "acm.certificate",
        lambda s: {"arn": s.variables["certificate_arn"]},
        lambda s: {"arn": s.variables["certificate_arn"], "names": ["other.example.org"]},
    ),
    Probe(
        "cloudwatch.alarms_ok",
        lambda s: {"names": ["contract-cpu"], "allow_insufficient_data": True},
        fixed(names=["contract-none"]),
        before=make_alarm,
    ),
    Probe("autoscaling.target", scaled(min=1, max=4), scaled(min=3), before=make_limits),
    Probe("rds.instance", fixed(name="contract", engine="postgres"), fixed(name="none"), before=database),
    Probe("efs.file_system", lambda s: {"file_system": disk(s)}, fixed(file_system="fs-00000000")),
    Probe(
        "aws.read",
        lambda s: {
            "service": "ecs", "operation": "ListClusters", "expect": f'.clusterArns | any(endswith("/{cluster(s)}"))',
        },
        fixed(service="ecs", operation="ListClusters", expect=".clusterArns | length > 1000"),
    ),
    Probe(
        "route53.record",
        lambda s: {**record_place(s), "expect": '.values == ["192.0.2.1"]'},
        lambda s: {**record_place(s), "expect": '.values == ["192.0.2.9"]'},
        before=make_record,
    ),
    Probe(
        "tcp",
        lambda s: {"host": s.ready["dns"][0].split(":")[0], "port": int(s.ready["dns"][0].split(":")[1])},
        fixed(host="127.0.0.1", port=1),
    ),
    Probe(
        "dns.record",
        lambda s: {"name": record_name(s), "server": s.ready["dns"][0], "values": ["192.0.2.1"]},
        lambda s: {"name": record_name(s), "server": s.ready["dns"][0], "values": ["192.0.2.9"]},
        before=make_record,
    ),
    Probe(
        "http",
        lambda s: {"url": s.ready["control"], "expect": ".status == 200"},
        lambda s: {"url": s.ready["control"], "expect": ".status == 500"},
    ),
]  # fmt: skip

REHEARSAL = "the rehearsal of the lgtm runbook, forward, back and forward (`make rehearse`)"
SCRIPT = "scripted answers alone: contract only"
UNMODELLED = "the emulator does not model it: scripted answers alone, contract only"

ELSEWHERE = {
    # Exercised by the rehearsal, with the sandbox's own tasks, name servers and stand-ins.
    **{
        kind: REHEARSAL
        for kind in (
            "cloudmap.namespace", "cloudmap.service", "dns.authoritative", "ec2.image", "ecr.image",
            "ecs.service", "ecs.task_definition", "ecs.tasks", "elb.load_balancer", "elb.targets", "exec",
            "grafana.dashboards", "grafana.datasources", "grafana.health", "iam.allows", "iam.oidc_provider", "iam.role",
            "image.build", "image.push", "logs.group", "logs.search", "loki.roundtrip", "mimir.roundtrip",
            "prometheus.query", "pyroscope.roundtrip", "ring.members", "route53.finish", "route53.preflight",
            "route53.shift", "route53.weights", "s3.objects", "tempo.roundtrip", "cloudwatch.metric",
        )
    },
    **{
        kind: "the real Prometheus 2.42 and Alertmanager 0.25, in `Tests/sandbox/test_products.py`"
        for kind in ("alertmanager.silence", "alertmanager.status", "prometheus.rules", "prometheus.targets",
                     "query.parity")
    },
    **{
        kind: "a listener of the sandbox with two web servers and a client behind it, `Tests/faults/test_listener_shift.py`"
        for kind in ("elb.preflight", "elb.shift", "elb.weights")
    },
    **{
        kind: "clients behind caching resolvers and a real PowerDNS, `Tests/faults/test_cutover_clients.py`"
        for kind in ("traffic.left", "traffic.share")
    },
    # Real programs of the machine.
    **{
        kind: "a real Terraform with its built-in provider, in the tests of the programs and in the rehearsal"
        for kind in ("terraform.apply", "terraform.no_drift", "terraform.plan", "terraform.saved_plan",
                     "terraform.variables")
    },
    **{
        kind: UNMODELLED
        for kind in ("codedeploy.deploy", "codedeploy.deployment", "codepipeline.pipeline", "codepipeline.start",
                     "efs.backup", "backup.recovery_point")
    },
    **{
        kind: SCRIPT
        for kind in (
            "dns.propagation", "ec2.stop",
            "ecs.run_task", "grafana.annotate", "grafana.backup", "loki.flush", "mimir.flush",
            "slack.notify", "sns.publish",
            "ssm.parameter", "ssm.send_command", "tempo.flush", "tls",
        )
    },
    "wait": "the machine's own tests: a wait makes no call",
}  # fmt: skip
