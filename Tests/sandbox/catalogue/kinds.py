"""What each kind is tried with: a step, what must be there before, how it is looked at from outside.

`look` reads with boto3, which shares no code with the tool. Kinds that are not here are in `ELSEWHERE`, with the
reason; a test holds that every kind of the catalog is in one of the two.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from conftest import Running, until
from images import push

from sandbox.network import COMPONENT_PORTS
from sandbox.standins.grafana import TOKEN

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
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
    gone: Callable[[Running], Any] = lambda sandbox: None
    """Takes away what was made, or puts back what it was, as somebody else would."""
    label: str = ""
    """What tells the row from others of its kind."""

    @property
    def title(self) -> str:
        return f"{self.kind} {self.label}".rstrip()


@dataclass(frozen=True)
class Probe:
    """A probe that passes with `good` and fails with `bad`; `service` is what it asks, as the sandbox counts it."""

    kind: str
    good: Callable[[Running], dict[str, Any]]
    bad: Callable[[Running], dict[str, Any]]
    before: Callable[[Running], None] = field(default=lambda sandbox: None)
    secrets: dict[str, str] | None = None

    @property
    def service(self) -> tuple[str, str] | None:
        """Service and operations of AWS, as patterns; nothing for a probe that asks something else."""
        return ASKED.get(self.kind) or ASKED.get(self.kind.split(".")[0])


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


def described_role(sandbox: Running) -> Any:
    found = absent(lambda: sandbox.client("iam").get_role(RoleName="contract-described")["Role"], "NoSuchEntity")
    return found and found.get("Description")


def make_described_role(sandbox: Running) -> None:
    iam = sandbox.client("iam")
    if described_role(sandbox) is None:
        iam.create_role(RoleName="contract-described", AssumeRolePolicyDocument=json.dumps(TRUST), Description="before")
    iam.update_role(RoleName="contract-described", Description="before")


def query_call(sandbox: Running) -> dict[str, Any]:
    """A call in flat parameters, whose answers are XML."""
    return {
        "service": "iam",
        "operation": "UpdateRole",
        "parameters": {"RoleName": "contract-described", "Description": "after"},
        "observe": {
            "operation": "GetRole", "parameters": {"RoleName": "contract-described"}, "select": ".Role.Description",
        },
        "wanted": "after",
        "undo": {
            "operation": "UpdateRole",
            "parameters": {"RoleName": "contract-described"},
            "select": "{Description: .before}",
        },
    }  # fmt: skip


def waited_call(sandbox: Running) -> dict[str, Any]:
    """A call that begins something, whose end is waited for."""
    look = {"operation": "DescribeInstances", "parameters": {"InstanceId.1": instance(sandbox)}}
    state = ".reservationSet[0].instancesSet[0].instanceState.name"
    begun = 'if . == "stopping" then "stopped" elif . == "pending" then "running" else . end'
    return {
        "service": "ec2",
        "operation": "StopInstances",
        "parameters": {"InstanceId.1": instance(sandbox)},
        "observe": {**look, "select": f"{state} | {begun}"},
        "wanted": "stopped",
        "until": {**look, "expect": f'{state} == "stopped"', "fail_when": f'{state} == "terminated"'},
        "undo": {"operation": "StartInstances", "parameters": {"InstanceId.1": instance(sandbox)}},
    }


def state_now(sandbox: Running) -> str:
    """State of the instance at this moment, also one that passes."""
    found = sandbox.client("ec2").describe_instances(InstanceIds=[instance(sandbox)])
    return str(found["Reservations"][0]["Instances"][0]["State"]["Name"])


def detach(sandbox: Running) -> None:
    for policy in sandbox.client("iam").list_attached_role_policies(RoleName="contract-role")["AttachedPolicies"]:
        sandbox.client("iam").detach_role_policy(RoleName="contract-role", PolicyArn=policy["PolicyArn"])


def no_limits(sandbox: Running) -> None:
    place = {"ServiceNamespace": "ecs", "ResourceId": f"service/{cluster(sandbox)}/contract"}
    sandbox.client("application-autoscaling").deregister_scalable_target(
        **place, ScalableDimension="ecs:service:DesiredCount"
    )


def no_policy(sandbox: Running) -> None:
    place = {"ServiceNamespace": "ecs", "ResourceId": f"service/{cluster(sandbox)}/contract"}
    sandbox.client("application-autoscaling").delete_scaling_policy(
        **place, ScalableDimension="ecs:service:DesiredCount", PolicyName="cpu"
    )


def no_record(sandbox: Running) -> None:
    changes = [{"Action": "DELETE", "ResourceRecordSet": entry} for entry in record(sandbox)]
    sandbox.client("route53").change_resource_record_sets(
        HostedZoneId=sandbox.variables["zone_id"], ChangeBatch={"Changes": changes}
    )


def instance(sandbox: Running) -> str:
    """An instance of the contract's own, whatever its state."""
    ec2 = sandbox.client("ec2")
    states = ["pending", "running", "stopping", "stopped"]
    wanted = [{"Name": "tag:Name", "Values": ["contract"]}, {"Name": "instance-state-name", "Values": states}]
    found = [one for group_ in ec2.describe_instances(Filters=wanted)["Reservations"] for one in group_["Instances"]]
    if found:
        return str(found[0]["InstanceId"])
    old = ec2.describe_instances(InstanceIds=sandbox.variables["old_instances"][:1])["Reservations"][0]["Instances"][0]
    made = ec2.run_instances(
        ImageId=old["ImageId"], MinCount=1, MaxCount=1, SubnetId=sandbox.variables["subnet_ids"][0],
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "contract"}]}],
    )["Instances"][0]  # fmt: skip
    return str(made["InstanceId"])


def settled_state(sandbox: Running, identifier: str) -> str:
    """State of an instance, once it is none that passes."""

    def look() -> str:
        found = sandbox.client("ec2").describe_instances(InstanceIds=[identifier])
        return str(found["Reservations"][0]["Instances"][0]["State"]["Name"])

    until(lambda: look() in ("running", "stopped", "terminated"))
    return look()


def running_instance(sandbox: Running) -> None:
    identifier = instance(sandbox)
    if settled_state(sandbox, identifier) == "stopped":
        sandbox.client("ec2").start_instances(InstanceIds=[identifier])
    until(lambda: settled_state(sandbox, identifier) == "running")


def fixed(**parameters: Any) -> Callable[[Running], dict[str, Any]]:
    return lambda sandbox: parameters


ACTIONS = [
    Action(
        "ecr.repository",
        fixed(name="contract/one"),
        repository,
        ("ecr", "CreateRepository"),
        gone=lambda s: s.client("ecr").delete_repository(repositoryName="contract/one"),
    ),
    Action(
        "iam.bare_role",
        fixed(name="contract-role", trust=TRUST),
        role,
        ("iam", "CreateRole"),
        before=no_role,
        gone=no_role,
    ),
    Action(
        "iam.role_policy",
        fixed(role="contract-role", name="p", policy=READING),
        inline,
        ("iam", "PutRolePolicy"),
        before=make_role,
        gone=lambda s: s.client("iam").delete_role_policy(RoleName="contract-role", PolicyName="p"),
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
        gone=detach,
    ),
    Action(
        "logs.bare_group",
        fixed(name="/contract/one"),
        group,
        ("logs", "CreateLogGroup"),
        before=no_group,
        gone=no_group,
    ),
    Action(
        "logs.retention",
        fixed(group="/contract/one", days=30),
        group,
        ("logs", "PutRetentionPolicy"),
        before=make_group,
        gone=no_group,
    ),
    Action(
        "secrets.secret",
        fixed(name="contract/one", value="${secrets.password}"),
        secret,
        ("secretsmanager", "CreateSecret"),
        before=no_secret,
        gone=no_secret,
    ),
    Action(
        "cloudwatch.alarm",
        fixed(name="contract-cpu", namespace="AWS/ECS", metric="CPUUtilization", comparison=">", threshold=80),
        alarm,
        ("monitoring", "PutMetricAlarm"),
        before=make_alarm,
        gone=lambda s: s.client("cloudwatch").delete_alarms(AlarmNames=["contract-cpu"]),
    ),
    Action(
        "autoscaling.limits",
        scaled(min=2, max=8),
        limits,
        ("application-autoscaling", "RegisterScalableTarget"),
        before=make_limits,
        gone=no_limits,
    ),
    Action(
        "autoscaling.policy",
        scaled(name="cpu", metric="cpu", value=70),
        policies,
        ("application-autoscaling", "PutScalingPolicy"),
        before=make_limits,
        gone=no_policy,
    ),
    Action(
        "elb.attributes",
        lambda sandbox: {
            "load_balancer": balancer(sandbox),
            "attributes": {"client_keep_alive.seconds": "60"},
        },
        attributes,
        ("elasticloadbalancing", "ModifyLoadBalancerAttributes"),
        before=long_connections,
        gone=long_connections,
    ),
    Action(
        "route53.record",
        zone(to={"addresses": ["192.0.2.7"]}, ttl=60),
        record,
        ("route53", "ChangeResourceRecordSets"),
        before=make_record,
        gone=no_record,
    ),
    Action(
        "route53.ttl", zone(ttl=60), record, ("route53", "ChangeResourceRecordSets"), before=make_record, gone=no_record
    ),
    Action(
        "ec2.stop",
        lambda sandbox: {"instance": instance(sandbox), "protects": ["192.0.2.1"]},
        lambda sandbox: settled_state(sandbox, instance(sandbox)),
        ("ec2", "StopInstances"),
        before=running_instance,
        gone=lambda s: s.client("ec2").terminate_instances(InstanceIds=[instance(s)]),
    ),
    Action(
        "cloudmap.service",
        fixed(namespace="lgtm.local", name="contract", ttl="60s"),
        lambda sandbox: named_service(sandbox),
        ("servicediscovery", "CreateService"),
        before=lambda sandbox: no_named_service(sandbox),
        gone=lambda sandbox: no_named_service(sandbox),
    ),
    Action("aws.call", any_call, group, ("logs", "PutRetentionPolicy"), before=make_short_group, gone=no_group),
    Action(
        "aws.call",
        query_call,
        described_role,
        ("iam", "UpdateRole"),
        before=make_described_role,
        gone=make_described_role,
        label="of a query service",
    ),
    Action(
        "aws.call",
        waited_call,
        lambda sandbox: settled_state(sandbox, instance(sandbox)),
        ("ec2", "StopInstances"),
        before=running_instance,
        gone=lambda s: s.client("ec2").terminate_instances(InstanceIds=[instance(s)]),
        label="until it has ended",
    ),
    Action(
        "iam.oidc_provider",
        fixed(url="https://issuer.example.com", thumbprints=["0" * 40]),
        lambda sandbox: own_issuer(sandbox),
        ("iam", "CreateOpenIDConnectProvider"),
        before=lambda sandbox: no_issuer(sandbox),
        gone=lambda sandbox: no_issuer(sandbox),
    ),
    Action(
        "ecs.task_definition",
        lambda sandbox: {
            "family": "contract-defined", "file": definition_file(sandbox), "values": {"image": "busybox"},
            "require_digest": False,
        },
        lambda sandbox: revisions(sandbox),
        ("ecs", "RegisterTaskDefinition"),
        before=lambda sandbox: no_revisions(sandbox),
        gone=lambda sandbox: no_revisions(sandbox),
    ),
    Action(
        "ecs.service",
        lambda sandbox: {
            "cluster": cluster(sandbox), "name": "contract-made", "task_definition": plain_revision(sandbox),
            "desired_count": 0, "subnets": sandbox.variables["subnet_ids"][:1],
        },
        lambda sandbox: made_service(sandbox),
        ("ecs", "CreateService"),
        before=lambda sandbox: no_made_service(sandbox),
        gone=lambda sandbox: no_made_service(sandbox),
    ),
    Action(
        "ec2.image",
        lambda sandbox: {"instance": instance(sandbox), "name": "contract-image"},
        lambda sandbox: [one["State"] for one in images(sandbox)],
        ("ec2", "CreateImage"),
        before=lambda sandbox: no_image(sandbox),
        gone=lambda sandbox: no_image(sandbox),
    ),
]  # fmt: skip


def own_issuer(sandbox: Running) -> Any:
    """Audiences of the contract's own provider; nothing when there is none."""
    iam = sandbox.client("iam")
    found = [one["Arn"] for one in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]
    mine = next((arn for arn in found if arn.endswith("/issuer.example.com")), None)
    return mine and iam.get_open_id_connect_provider(OpenIDConnectProviderArn=mine)["ClientIDList"]


def no_issuer(sandbox: Running) -> None:
    iam = sandbox.client("iam")
    for one in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
        if one["Arn"].endswith("/issuer.example.com"):
            iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=one["Arn"])


def definition_file(sandbox: Running) -> str:
    """Path of a task definition in the form that ECS takes."""
    file = sandbox.directory / "contract-task.json"
    containers = [{"name": "app", "image": "${image}", "essential": True}]
    document = {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512"}
    file.write_text(json.dumps({**document, "containerDefinitions": containers}))
    return str(file)


def revisions(sandbox: Running) -> list[str]:
    """Active revisions of the contract's family, without their numbers, which are never used again."""
    found = sandbox.client("ecs").list_task_definitions(familyPrefix="contract-defined", status="ACTIVE")
    return [arn.rsplit(":", 1)[0] for arn in found["taskDefinitionArns"]]


def no_revisions(sandbox: Running) -> None:
    ecs = sandbox.client("ecs")
    for arn in ecs.list_task_definitions(familyPrefix="contract-defined", status="ACTIVE")["taskDefinitionArns"]:
        ecs.deregister_task_definition(taskDefinition=arn)


def plain_revision(sandbox: Running) -> str:
    """One revision for every step that must name the same."""
    found = sandbox.client("ecs").list_task_definitions(familyPrefix="contract-task", status="ACTIVE")
    return str(found["taskDefinitionArns"][0]) if found["taskDefinitionArns"] else plain_definition(sandbox)


def made_service(sandbox: Running) -> Any:
    found = sandbox.client("ecs").describe_services(cluster=cluster(sandbox), services=["contract-made"])["services"]
    return [(one["taskDefinition"], one["desiredCount"]) for one in found if one["status"] == "ACTIVE"]


def no_made_service(sandbox: Running) -> None:
    if made_service(sandbox):
        sandbox.client("ecs").delete_service(cluster=cluster(sandbox), service="contract-made", force=True)


def images(sandbox: Running) -> list[dict[str, Any]]:
    wanted = [{"Name": "name", "Values": ["contract-image"]}]
    return list(sandbox.client("ec2").describe_images(Owners=["self"], Filters=wanted)["Images"])


def no_image(sandbox: Running) -> None:
    running_instance(sandbox)
    for one in images(sandbox):
        sandbox.client("ec2").deregister_image(ImageId=one["ImageId"])


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
        absent(
            lambda: sandbox.client("secretsmanager").restore_secret(SecretId="contract/one"),
            "ResourceNotFoundException",
        )
    if secret(sandbox) is None:
        sandbox.client("secretsmanager").create_secret(Name="contract/one", SecretString="x")


def certificate(**more: Any) -> Callable[[Running], dict[str, Any]]:
    """The old Grafana's TLS, under the name that it is asked for by."""
    return lambda s: {
        "host": s.ready["host"], "connect_to": f"{s.ready['addresses']['old']}:{s.ready['https_port']}",
        "ca_file": s.ready["ca_file"], **more,
    }  # fmt: skip


def serving_role(sandbox: Running, name: str, *actions: str) -> str:
    """A role that delivery and backup services may take and that may do `actions`."""
    iam = sandbox.client("iam")
    services = ["codepipeline.amazonaws.com", "codedeploy.amazonaws.com", "backup.amazonaws.com"]
    statements = [{**TRUST["Statement"][0], "Principal": {"Service": one}} for one in services]  # type: ignore[dict-item]
    made = (
        absent(lambda: iam.get_role(RoleName=name)["Role"], "NoSuchEntity")
        or iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statements})
        )["Role"]
    )
    if actions:
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_role_policy(RoleName=name, PolicyName="contract", PolicyDocument=document)
    return str(made["Arn"])


def app_spec(named: str) -> dict[str, Any]:
    properties = {"TaskDefinition": named, "LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": 80}}
    return {"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}]}


def plain_definition(sandbox: Running) -> str:
    """A task definition whose image needs no registry."""
    made = sandbox.client("ecs").register_task_definition(
        family="contract-task", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
        containerDefinitions=[{"name": "app", "image": "busybox", "essential": True}],
    )["taskDefinition"]["taskDefinitionArn"]  # fmt: skip
    return str(made)


def running_task(sandbox: Running) -> None:
    """A task that runs on."""
    ecs, name = sandbox.client("ecs"), cluster(sandbox)
    made = ecs.register_task_definition(
        family="contract-runner", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
        containerDefinitions=[{"name": "app", "image": "busybox", "essential": True}],
    )["taskDefinition"]["taskDefinitionArn"]  # fmt: skip
    network = {"awsvpcConfiguration": {"subnets": sandbox.variables["subnet_ids"][:1]}}
    task = ecs.run_task(cluster=name, taskDefinition=made, networkConfiguration=network)["tasks"][0]["taskArn"]
    until(lambda: ecs.describe_tasks(cluster=name, tasks=[task])["tasks"][0]["lastStatus"] == "RUNNING")


def log_line(sandbox: Running) -> None:
    """A line of a log, written now."""
    logs, place = sandbox.client("logs"), {"logGroupName": "/contract/search", "logStreamName": "one"}
    absent(lambda: logs.create_log_group(logGroupName="/contract/search"), "ResourceAlreadyExistsException")
    absent(lambda: logs.create_log_stream(**place), "ResourceAlreadyExistsException")
    logs.put_log_events(**place, logEvents=[{"timestamp": int(time.time() * 1000), "message": "ready to serve"}])


def datapoint(sandbox: Running) -> None:
    """A datapoint well inside the window that is asked for, whose ends are whole minutes."""
    at = datetime.now(UTC) - timedelta(minutes=2)
    sandbox.client("cloudwatch").put_metric_data(
        Namespace="Contract", MetricData=[{"MetricName": "Errors", "Value": 2, "Timestamp": at}]
    )


def namespace(sandbox: Running) -> str:
    found = sandbox.client("servicediscovery").list_namespaces()["Namespaces"]
    return str(next(one["Id"] for one in found if one["Name"] == "lgtm.local"))


def named_services(sandbox: Running, name: str) -> list[dict[str, Any]]:
    filters = [{"Name": "NAMESPACE_ID", "Values": [namespace(sandbox)]}]
    found = sandbox.client("servicediscovery").list_services(Filters=filters)["Services"]
    return [one for one in found if one["Name"] == name]


def make_named_service(sandbox: Running, name: str) -> str:
    found = named_services(sandbox, name)
    if found:
        return str(found[0]["Id"])
    records = {"RoutingPolicy": "MULTIVALUE", "DnsRecords": [{"Type": "A", "TTL": 60}]}
    made = sandbox.client("servicediscovery").create_service(
        Name=name, NamespaceId=namespace(sandbox), DnsConfig=records, HealthCheckCustomConfig={"FailureThreshold": 1}
    )
    return str(made["Service"]["Id"])


def registered(sandbox: Running) -> None:
    """A name with one instance."""
    client, identifier = sandbox.client("servicediscovery"), make_named_service(sandbox, "contract-probe")
    client.register_instance(ServiceId=identifier, InstanceId="one", Attributes={"AWS_INSTANCE_IPV4": "192.0.2.20"})
    until(lambda: client.list_instances(ServiceId=identifier)["Instances"])


def no_named_service(sandbox: Running) -> None:
    for one in named_services(sandbox, "contract"):
        sandbox.client("servicediscovery").delete_service(Id=one["Id"])


def named_service(sandbox: Running) -> Any:
    found = named_services(sandbox, "contract")
    return [one["DnsConfig"]["DnsRecords"] for one in found] or None


def identity_provider(sandbox: Running) -> None:
    absent(
        lambda: sandbox.client("iam").create_open_id_connect_provider(
            Url="https://token.example.com", ClientIDList=["sts.amazonaws.com"], ThumbprintList=["0" * 40]
        ),
        "EntityAlreadyExists",
    )


def deliveries(sandbox: Running) -> None:
    """A group whose deployment succeeded, and one whose deployment failed."""
    client, name = sandbox.client("codedeploy"), "contract-probe"
    if name in client.list_applications()["applications"]:
        return
    client.create_application(applicationName=name, computePlatform="ECS")
    for group_, named in (("good", plain_definition(sandbox)), ("bad", "none:1")):
        client.create_deployment_group(
            applicationName=name, deploymentGroupName=group_, serviceRoleArn=serving_role(sandbox, "contract-delivery")
        )
        content = {"revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(app_spec(named))}}
        made = client.create_deployment(applicationName=name, deploymentGroupName=group_, revision=content)
        until(
            lambda made=made: (
                client.get_deployment(deploymentId=made["deploymentId"])["deploymentInfo"]["status"]
                in ("Succeeded", "Failed")
            )
        )


def make_pipeline(sandbox: Running, name: str, key: str) -> None:
    """A pipeline of two stages, from an object in S3."""
    client, bucket = sandbox.client("codepipeline"), sandbox.variables["bucket"]
    if absent(lambda: client.get_pipeline(name=name), "PipelineNotFoundException"):
        return
    source = {
        "name": "source",
        "actionTypeId": {"category": "Source", "owner": "AWS", "provider": "S3", "version": "1"},
        "configuration": {"S3Bucket": bucket, "S3ObjectKey": key},
    }
    build = {
        "name": "build",
        # One of which the sandbox knows nothing but that it takes its time.
        "actionTypeId": {"category": "Invoke", "owner": "AWS", "provider": "Lambda", "version": "1"},
    }
    client.create_pipeline(
        pipeline={
            "name": name, "roleArn": serving_role(sandbox, "contract-delivery"), "pipelineType": "V2",
            "artifactStore": {"type": "S3", "location": bucket}, "variables": [{"name": "TAG"}],
            "stages": [{"name": "Source", "actions": [source]}, {"name": "Build", "actions": [build]}],
        }
    )  # fmt: skip


def pipelines(sandbox: Running) -> None:
    """A pipeline whose execution succeeded, and one whose execution failed."""
    client = sandbox.client("codepipeline")
    sandbox.client("s3").put_object(Bucket=sandbox.variables["bucket"], Key="contract/source.zip", Body=b"x")
    for name, key in (("contract-probe-good", "contract/source.zip"), ("contract-probe-bad", "contract/none.zip")):
        make_pipeline(sandbox, name, key)
        made = client.start_pipeline_execution(name=name)["pipelineExecutionId"]
        until(
            lambda name=name, made=made: (
                client.get_pipeline_execution(pipelineName=name, pipelineExecutionId=made)["pipelineExecution"][
                    "status"
                ]
                != "InProgress"
            )
        )


def backed_up(sandbox: Running) -> str:
    """ARN of a file system that has a recovery point."""
    efs, backup = sandbox.client("efs"), sandbox.client("backup")
    absent(lambda: backup.create_backup_vault(BackupVaultName="contract-probe"), "AlreadyExistsException")
    found = [one for one in efs.describe_file_systems()["FileSystems"] if one["CreationToken"] == "contract-probe"]
    arn = str((found[0] if found else efs.create_file_system(CreationToken="contract-probe"))["FileSystemArn"])
    if not backup.list_recovery_points_by_resource(ResourceArn=arn)["RecoveryPoints"]:
        backup.start_backup_job(
            BackupVaultName="contract-probe", ResourceArn=arn,
            IamRoleArn=serving_role(sandbox, "contract-backup", "elasticfilesystem:Backup"),
        )  # fmt: skip
        until(lambda: backup.list_recovery_points_by_resource(ResourceArn=arn)["RecoveryPoints"])
    return arn


def old(component: str) -> Callable[[Running], str]:
    """Address of a component of the old side."""

    def find(sandbox: Running) -> str:
        rows = sandbox.control("GET", "/processes")
        found = next(row for row in rows if row["component"] == component and row["side"] == "old")
        return f"http://{found['address']}:{COMPONENT_PORTS[component]}"

    return find


ASKED = {
    "ecr": ("ecr", ".*"), "iam": ("iam", ".*"), "logs": ("logs", ".*"), "secrets": ("secretsmanager", ".*"),
    # The stores of the old side write to S3 all the while: what is meant is what they do not ask.
    "s3.bucket": ("s3", "HeadBucket|GetBucket.*"), "s3.objects": ("s3", "ListObjectsV2"), "s3.write": ("s3", "DeleteObject"),
    "ecs": ("ecs", "Describe.*|List.*"), "ecs.fargate_quota": ("servicequotas", ".*"), "ec2": ("ec2", ".*"),
    "acm": ("acm", ".*"), "cloudwatch": ("monitoring", ".*"), "autoscaling": ("application-autoscaling", ".*"),
    "rds": ("rds", ".*"), "efs": ("elasticfilesystem", ".*"), "aws.read": ("ecs", "ListClusters"),
    "route53": ("route53", "List.*|Get.*"), "ssm": ("ssm", ".*"), "cloudmap": ("servicediscovery", ".*"),
    "codedeploy": ("codedeploy", ".*"), "codepipeline": ("codepipeline", ".*"), "backup": ("backup", ".*"),
    "elb": ("elasticloadbalancing", ".*"),
}  # fmt: skip
"""What probes ask, by kind or by the first word of it."""

NOBODY = "http://127.0.0.1:1"
"""Where nobody listens."""


def at_old(component: str, **more: Any) -> Callable[[Running], dict[str, Any]]:
    return lambda sandbox: {"url": old(component)(sandbox), **more}


def through_token(**more: Any) -> Callable[[Running], dict[str, Any]]:
    return at_old("grafana", token="${secrets.token}", **more)


def balancer(sandbox: Running) -> str:
    """Name of a load balancer that Terraform makes."""
    return str(sandbox.client("elbv2").describe_load_balancers()["LoadBalancers"][0]["LoadBalancerName"])


def healthy_targets(sandbox: Running) -> None:
    """A target group with one target that answers, and one whose target does not."""
    elb, grafana = sandbox.client("elbv2"), old("grafana")(sandbox).removeprefix("http://")
    address, port = grafana.split(":")
    known = {one["TargetGroupName"] for one in elb.describe_target_groups()["TargetGroups"]}
    for name, target in (("contract-good", int(port)), ("contract-bad", 1)):
        if name in known:
            continue
        made = elb.create_target_group(
            Name=name, Protocol="HTTP", Port=target, TargetType="ip", VpcId=sandbox.variables["vpc_id"],
            HealthCheckPath="/api/health",
        )["TargetGroups"][0]["TargetGroupArn"]  # fmt: skip
        # One that no listener leads to is never asked.
        balancer = elb.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"]
        elb.create_listener(
            LoadBalancerArn=balancer, Protocol="HTTP", Port=18000 + target,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": made}],
        )  # fmt: skip
        elb.register_targets(TargetGroupArn=made, Targets=[{"Id": address, "Port": target}])

    def healthy() -> bool:
        arn = elb.describe_target_groups(Names=["contract-good"])["TargetGroups"][0]["TargetGroupArn"]
        states = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
        return [one["TargetHealth"]["State"] for one in states] == ["healthy"]

    until(healthy)


def allowed_role(sandbox: Running) -> None:
    make_role(sandbox)
    sandbox.client("iam").put_role_policy(
        RoleName="contract-role", PolicyName="reading", PolicyDocument=json.dumps(READING)
    )


def an_object(sandbox: Running) -> None:
    sandbox.client("s3").put_object(Bucket=sandbox.variables["bucket"], Key="contract/objects/one", Body=b"x")


def an_image(sandbox: Running) -> None:
    """A tag of a repository, pushed by the registry's own API."""
    push(sandbox, "contract/image", "one")


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
        "ecs.fargate_quota",
        lambda s: {"cluster": cluster(s), "services": [{"name": "contract", "tasks": 2, "cpu": 1024}]},
        lambda s: {"cluster": cluster(s), "services": [{"name": "contract", "tasks": 200, "cpu": 1024}]},
    ),
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
        "ssm.parameter",
        fixed(name="/contract/version", type="String", value="2.14.0"),
        fixed(name="/contract/none"),
        before=lambda s: s.client("ssm").put_parameter(
            Name="/contract/version", Type="String", Value="2.14.0", Overwrite=True
        ) and None,
    ),
    Probe(
        "ecs.service",
        lambda s: {"cluster": cluster(s), "name": "contract", "desired_count": 0},
        lambda s: {"cluster": cluster(s), "name": "contract", "desired_count": 3},
        before=make_service,
    ),
    Probe(
        "ecs.tasks",
        lambda s: {"cluster": cluster(s), "family": "contract-runner"},
        lambda s: {"cluster": cluster(s), "family": "contract-runner", "at_least": 5},
        before=running_task,
    ),
    Probe(
        "logs.search",
        fixed(group="/contract/search", pattern="ready"),
        fixed(group="/contract/search", pattern="ready", at_most=0),
        before=log_line,
    ),
    Probe(
        "cloudwatch.metric",
        fixed(namespace="Contract", metric="Errors", statistic="Sum", expect=".maximum < 5"),
        fixed(namespace="Contract", metric="Errors", statistic="Sum", expect=".maximum < 1"),
        before=datapoint,
    ),
    Probe(
        "cloudmap.service",
        fixed(namespace="lgtm.local", name="contract-probe"),
        fixed(namespace="lgtm.local", name="contract-probe", at_least=9),
        before=registered,
    ),
    Probe(
        "iam.oidc_provider",
        fixed(url="https://token.example.com", client_ids=["sts.amazonaws.com"]),
        fixed(url="https://other.example.com"),
        before=identity_provider,
    ),
    Probe("exec", fixed(command=["true"]), fixed(command=["false"])),
    Probe("tls", certificate(days_left=1), certificate(names=["other.example.org"])),
    Probe(
        "dns.propagation",
        lambda s: {"name": record_name(s), "resolvers": s.ready["dns"], "values": ["192.0.2.1"]},
        lambda s: {"name": record_name(s), "resolvers": ["127.0.0.1:1"]},
        before=make_record,
    ),
    Probe(
        "codedeploy.deployment",
        fixed(application="contract-probe", group="good"),
        fixed(application="contract-probe", group="bad"),
        before=deliveries,
    ),
    Probe(
        "codepipeline.pipeline",
        fixed(pipeline="contract-probe-good"),
        fixed(pipeline="contract-probe-bad"),
        before=pipelines,
    ),
    Probe(
        "backup.recovery_point",
        lambda s: {"resource": backed_up(s), "max_age": "1h", "vault": "contract-probe"},
        lambda s: {"resource": backed_up(s), "max_age": "1h", "vault": "another"},
    ),
    Probe(
        "http",
        lambda s: {"url": s.ready["control"], "expect": ".status == 200"},
        lambda s: {"url": s.ready["control"], "expect": ".status == 500"},
    ),
    Probe("cloudmap.namespace", fixed(name="lgtm.local", type="DNS_PRIVATE"), fixed(name="lgtm.local", type="HTTP")),
    Probe(
        "dns.authoritative",
        lambda s: {"name": record_name(s), "servers": s.ready["dns"], "values": ["192.0.2.1"]},
        lambda s: {"name": record_name(s), "servers": s.ready["dns"], "values": ["192.0.2.9"]},
        before=make_record,
    ),
    Probe(
        "ecr.image",
        fixed(repository="contract/image", tag="one"),
        fixed(repository="contract/image", tag="none"),
        before=an_image,
    ),
    Probe(
        "elb.load_balancer",
        lambda s: {"name": balancer(s), "min_zones": 2},
        lambda s: {"name": balancer(s), "listeners": [4]},
    ),
    Probe(
        "elb.targets",
        fixed(target_group="contract-good", all=True),
        fixed(target_group="contract-bad", all=True),
        before=healthy_targets,
    ),
    Probe("grafana.health", at_old("grafana"), fixed(url=NOBODY)),
    Probe(
        "grafana.datasources",
        through_token(names=["mimir"]),
        through_token(names=["none"]),
        secrets={"token": TOKEN},
    ),
    Probe("grafana.dashboards", through_token(), through_token(names=["none"]), secrets={"token": TOKEN}),
    Probe("grafana.panels", through_token(), through_token(dashboards=["none"]), secrets={"token": TOKEN}),
    Probe(
        "iam.allows",
        fixed(role="contract-role", actions=["s3:GetObject"]),
        fixed(role="contract-role", actions=["s3:DeleteObject"]),
        before=allowed_role,
    ),
    Probe(
        "s3.objects",
        lambda s: {"bucket": s.variables["bucket"], "prefix": "contract/objects/"},
        lambda s: {"bucket": s.variables["bucket"], "prefix": "contract/objects/", "at_least": 9},
        before=an_object,
    ),
    Probe("mimir.roundtrip", at_old("mimir"), at_old("mimir", write_url=NOBODY)),
    Probe("loki.roundtrip", at_old("loki"), at_old("loki", write_url=NOBODY)),
    Probe(
        "tempo.roundtrip",
        lambda s: {"url": old("tempo")(s), "write_url": old("tempo")(s).rsplit(":", 1)[0] + ":4318"},
        at_old("tempo", write_url=NOBODY),
    ),
    Probe("pyroscope.roundtrip", at_old("pyroscope"), at_old("pyroscope", write_url=NOBODY)),
    Probe(
        "ring.members",
        at_old("mimir", path="/ingester/ring", count=1),
        at_old("mimir", path="/ingester/ring", count=7),
    ),
]  # fmt: skip

REHEARSAL = (
    "the rehearsal of the lgtm runbook, forward and back (`make rehearse`), and with its answers lost "
    "(`make lost-answers`)"
)
PRODUCTS = "the real Prometheus 2.42 and Alertmanager 0.25, in `Tests/sandbox/test_products.py`"
LISTENER = (
    "a listener of the sandbox with two web servers and a client behind it, `Tests/faults/test_listener_shift.py`"
)
SHIFTS = "shifts of the sandbox's zone, `Tests/faults/test_two_names.py` and its neighbours, and the rehearsal"
TERRAFORM = "a real Terraform with its built-in provider, `Tests/faults/test_terraform.py`, and the rehearsal"
CLIENTS = "clients behind caching resolvers and a real PowerDNS, `Tests/faults/test_cutover_clients.py`"
PROGRAMS = "real programs that outlive the tool, `Tests/faults/test_programs.py`"

ELSEWHERE = {
    **{("action", kind): REHEARSAL for kind in ("image.build", "image.push")},
    ("action", "alertmanager.silence"): PRODUCTS,
    **{
        ("probe", kind): PRODUCTS
        for kind in (
            "alertmanager.status", "prometheus.query", "prometheus.rules", "prometheus.targets", "query.parity",
        )
    },
    ("action", "elb.weights"): LISTENER,
    ("probe", "elb.preflight"): LISTENER,
    **{("action", kind): SHIFTS for kind in ("route53.finish", "route53.weights")},
    **{("probe", kind): SHIFTS for kind in ("route53.preflight", "route53.proof")},
    **{("probe", kind): CLIENTS for kind in ("traffic.left", "traffic.share")},
    ("action", "terraform.saved_plan"): TERRAFORM,
    **{("probe", kind): TERRAFORM for kind in ("terraform.no_drift", "terraform.plan", "terraform.variables")},
    ("action", "exec"): PROGRAMS,
}  # fmt: skip
"""Where a kind that is not tried here is, by role and name."""

LOST_ANSWERS = "the lgtm runbook with every answer lost, `Tests/faults/test_lost_answers.py`"
LIMIT = "five requests a second, shared with somebody else, `Tests/faults/test_throttling.py`"
KILLED = "the tool killed while it runs, `Tests/faults/%s`"
EDITED = "somebody else's edit in the middle of a shift, `Tests/faults/%s`"

FURTHER = {
    **{
        ("action", kind): {
            "answer lost": LOST_ANSWERS, "throttled": LIMIT, "gone while running": EDITED % "test_conflict.py"
        }
        for kind in ("route53.finish", "route53.weights")
    },
    **{("probe", kind): {"throttled": LIMIT} for kind in ("route53.preflight", "route53.proof")},
    ("action", "elb.weights"): {"gone while running": EDITED % "test_listener_shift.py"},
    ("action", "exec"): {"answer lost": KILLED % "test_programs.py"},
    ("action", "terraform.saved_plan"): {"answer lost": KILLED % "test_terraform.py"},
    ("action", "alertmanager.silence"): dict.fromkeys(("answer lost", "throttled", "refused"), PRODUCTS),
}
"""Further rows of such a kind, each with where it is tried."""

PARTS = {
    "autoscaling.target": ("autoscaling.limits", "autoscaling.policy"),
    "elb.shift": ("elb.preflight", "elb.weights"),
    "iam.role": ("iam.bare_role", "iam.role_policy", "iam.role_policy_attachment"),
    "logs.group": ("logs.bare_group", "logs.retention"),
    "route53.shift": ("route53.preflight", "route53.proof", "route53.ttl", "route53.weights", "route53.finish"),
    "terraform.apply": ("terraform.plan", "terraform.saved_plan"),
}
"""Composites: each makes no call of its own, and is proved by its parts."""
