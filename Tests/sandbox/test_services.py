"""The other services: images, permissions, secrets, machine images, namespaces, and what is not modelled."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from botocore.exceptions import ClientError
from conftest import Running, code_of, message_of, until
from images import push


def test_theTokenLivesTwelveHoursAndNamesTheRegistry(sandbox: Running) -> None:
    found = sandbox.client("ecr").get_authorization_token()["authorizationData"][0]
    left = found["expiresAt"] - datetime.now(timezone.utc)
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)
    assert found["proxyEndpoint"] == f"http://{sandbox.variables['registry']}"
    assert base64.b64decode(found["authorizationToken"]).startswith(b"AWS:")


def test_imagesAreWhatTheRegistryHolds(sandbox: Running) -> None:
    digest = push(sandbox, "lgtm/one", "v7")
    ecr = sandbox.client("ecr")
    assert (
        ecr.describe_repositories(repositoryNames=["lgtm/one"])["repositories"][0]["repositoryUri"]
        == f"{sandbox.variables['registry']}/lgtm/one"
    )
    found = ecr.describe_images(repositoryName="lgtm/one", imageIds=[{"imageTag": "v7"}])["imageDetails"][0]
    assert (found["imageDigest"], found["imageTags"]) == (digest, ["v7"])
    with pytest.raises(ClientError) as error:
        ecr.describe_images(repositoryName="lgtm/one", imageIds=[{"imageTag": "v8"}])
    assert code_of(error) == "ImageNotFoundException"
    answer = ecr.batch_get_image(repositoryName="lgtm/one", imageIds=[{"imageTag": "v7"}, {"imageTag": "v8"}])
    assert answer["images"][0]["imageId"]["imageDigest"] == digest
    assert answer["failures"][0]["failureCode"] == "ImageNotFound"


def test_aRepositoryWithImagesIsDeletedByForceOnly(sandbox: Running) -> None:
    push(sandbox, "lgtm/two", "v1")
    with pytest.raises(ClientError) as error:
        sandbox.client("ecr").delete_repository(repositoryName="lgtm/two")
    assert code_of(error) == "RepositoryNotEmptyException"
    sandbox.client("ecr").delete_repository(repositoryName="lgtm/two", force=True)
    sandbox.client("ecr").create_repository(repositoryName="lgtm/two")
    assert sandbox.client("ecr").list_images(repositoryName="lgtm/two")["imageIds"] == []


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


@pytest.mark.parametrize(
    ("action", "resource", "decision"),
    [
        ("s3:PutObject", "arn:aws:s3:::data/mimir/x", "allowed"),
        ("s3:PutObject", "arn:aws:s3:::other/x", "implicitDeny"),
        ("s3:PutObject", "arn:aws:s3:::data/secret/x", "explicitDeny"),
        ("s3:DeleteObject", "arn:aws:s3:::data/mimir/x", "implicitDeny"),
        ("logs:CreateLogStream", "*", "allowed"),
        ("ec2:RunInstances", "*", "implicitDeny"),
    ],
)
def test_simulationJudgesPolicies(sandbox: Running, action: str, resource: str, decision: str) -> None:
    iam = sandbox.client("iam")
    try:
        iam.create_role(RoleName="judged", AssumeRolePolicyDocument=policy())
    except ClientError as error:
        assert error.response["Error"]["Code"] == "EntityAlreadyExists"
    iam.put_role_policy(
        RoleName="judged",
        PolicyName="data",
        PolicyDocument=policy(
            {"Effect": "Allow", "Action": ["s3:Put*", "s3:Get*"], "Resource": "arn:aws:s3:::data/*"},
            {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::data/secret/*"},
        ),
    )
    iam.attach_role_policy(
        RoleName="judged", PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    )
    arn = iam.get_role(RoleName="judged")["Role"]["Arn"]
    found = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=[action], ResourceArns=[resource])
    assert [row["EvalDecision"] for row in found["EvaluationResults"]] == [decision]


def test_aMissingPrincipalIsNoSuchEntity(sandbox: Running) -> None:
    with pytest.raises(ClientError) as error:
        sandbox.client("iam").simulate_principal_policy(
            PolicySourceArn="arn:aws:iam::123456789012:role/nobody", ActionNames=["s3:GetObject"]
        )
    assert code_of(error) == "NoSuchEntity"


def test_aMissingConditionKeyIsNamed(sandbox: Running) -> None:
    document = policy(
        {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalTag/team": "lgtm"}},
        }
    )
    iam = sandbox.client("iam")
    found = iam.simulate_custom_policy(PolicyInputList=[document], ActionNames=["s3:GetObject"])["EvaluationResults"][0]
    assert (found["EvalDecision"], found["MissingContextValues"]) == ("implicitDeny", ["aws:PrincipalTag/team"])
    entry = {"ContextKeyName": "aws:PrincipalTag/team", "ContextKeyType": "string", "ContextKeyValues": ["lgtm"]}
    found = iam.simulate_custom_policy(PolicyInputList=[document], ActionNames=["s3:GetObject"], ContextEntries=[entry])
    assert found["EvaluationResults"][0]["EvalDecision"] == "allowed"


def test_anImageIsPendingThenAvailableAndNoRebootIsKept(sandbox: Running) -> None:
    ec2, instance = sandbox.client("ec2"), sandbox.variables["old_instances"][0]
    made = ec2.create_image(InstanceId=instance, Name="lgtm-backup", NoReboot=True)["ImageId"]
    look = lambda: ec2.describe_images(ImageIds=[made])["Images"][0]["State"]  # noqa: E731
    assert look() == "pending"
    until(lambda: look() == "available")
    assert sandbox.control("GET", "/world")["ec2.images"]["lgtm-backup"]["no_reboot"] is True
    with pytest.raises(ClientError) as error:
        ec2.create_image(InstanceId=instance, Name="lgtm-backup", NoReboot=True)
    assert code_of(error) == "InvalidAMIName.Duplicate"
    ec2.deregister_image(ImageId=made)


def answers(sandbox: Running, address: str, port: int) -> bool:
    import socket

    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address, port)) == 0


def test_anImageWithoutNoRebootTakesTheStackDown(sandbox: Running) -> None:
    ec2, address = sandbox.client("ec2"), sandbox.variables["old_backend_address"]
    made = ec2.create_image(InstanceId=sandbox.variables["old_instances"][1], Name="careless", NoReboot=False)[
        "ImageId"
    ]
    assert not answers(sandbox, address, 8080)
    until(lambda: answers(sandbox, address, 8080))
    ec2.deregister_image(ImageId=made)


def test_aStoppedInstanceTakesItsStandInsAlongAndKeepsItsElasticAddress(sandbox: Running) -> None:
    ec2, instance = sandbox.client("ec2"), sandbox.variables["old_instances"][1]
    address = sandbox.variables["old_backend_address"]

    def state() -> dict[str, Any]:
        return ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]  # type: ignore[no-any-return]

    ec2.stop_instances(InstanceIds=[instance])
    assert state()["State"]["Name"] == "stopping"
    until(lambda: state()["State"]["Name"] == "stopped" and not answers(sandbox, address, 8080))
    assert state()["PublicIpAddress"] == address
    ec2.start_instances(InstanceIds=[instance])
    assert state()["State"]["Name"] == "pending"
    until(lambda: state()["State"]["Name"] == "running" and answers(sandbox, address, 8080))


def test_aDeletedSecretHoldsItsNameAndComesBack(sandbox: Running) -> None:
    secrets = sandbox.client("secretsmanager")
    secrets.create_secret(Name="lgtm/grafana", SecretString="{}")
    secrets.delete_secret(SecretId="lgtm/grafana", RecoveryWindowInDays=7)
    with pytest.raises(ClientError) as error:
        secrets.get_secret_value(SecretId="lgtm/grafana")
    assert code_of(error) == "InvalidRequestException"
    with pytest.raises(ClientError) as error:
        secrets.create_secret(Name="lgtm/grafana", SecretString="{}")
    assert code_of(error) == "InvalidRequestException" and "scheduled for deletion" in message_of(error)
    assert "lgtm/grafana" not in sandbox.control("GET", "/world")["secrets"]
    secrets.restore_secret(SecretId="lgtm/grafana")
    assert secrets.get_secret_value(SecretId="lgtm/grafana")["SecretString"] == "{}"
    secrets.delete_secret(SecretId="lgtm/grafana", ForceDeleteWithoutRecovery=True)


def test_severalNamespacesLiveInOneVpcAndOperationsTakeTheirTime(sandbox: Running) -> None:
    found = sandbox.client("servicediscovery")
    operation = found.create_private_dns_namespace(Name="second.local", Vpc=sandbox.variables["vpc_id"])["OperationId"]
    look = lambda: found.get_operation(OperationId=operation)["Operation"]  # noqa: E731
    assert look()["Status"] == "PENDING"
    until(lambda: look()["Status"] == "SUCCESS")
    namespace = look()["Targets"]["NAMESPACE"]
    zone = found.get_namespace(Id=namespace)["Namespace"]["Properties"]["DnsProperties"]["HostedZoneId"]
    assert sandbox.client("route53").get_hosted_zone(Id=zone)["HostedZone"]["Name"] == "second.local."
    with pytest.raises(ClientError) as error:
        found.create_private_dns_namespace(Name="second.local", Vpc=sandbox.variables["vpc_id"])
    assert code_of(error) == "NamespaceAlreadyExists"
    made = found.create_service(Name="x", NamespaceId=namespace, DnsConfig={"DnsRecords": [{"Type": "A", "TTL": 5}]})
    found.register_instance(
        ServiceId=made["Service"]["Id"], InstanceId="i", Attributes={"AWS_INSTANCE_IPV4": "192.0.2.7"}
    )
    assert sandbox.addresses("x.second.local") == ["192.0.2.7"]
    with pytest.raises(ClientError) as error:
        found.delete_namespace(Id=namespace)
    assert code_of(error) == "ResourceInUse"
    found.deregister_instance(ServiceId=made["Service"]["Id"], InstanceId="i")
    found.delete_service(Id=made["Service"]["Id"])
    found.delete_namespace(Id=namespace)


@pytest.mark.parametrize(
    ("service", "operation", "arguments", "code"),
    [
        ("ssm", "start_session", {"Target": "i-1"}, "UnknownOperationException"),
        ("codedeploy", "continue_deployment", {"deploymentId": "d-1"}, "UnknownOperationException"),
        ("iam", "generate_organizations_access_report", {"EntityPath": "o-1/r-1/1"}, "InvalidAction"),
        ("ec2", "create_coip_cidr", {"Cidr": "x", "CoipPoolId": "y"}, "InvalidAction"),
    ],
)
def test_whatIsNotModelledIsSaidInAwssWay(
    sandbox: Running, service: str, operation: str, arguments: Any, code: str
) -> None:
    with pytest.raises(ClientError) as error:
        getattr(sandbox.client(service), operation)(**arguments)
    assert code_of(error) == code and "does not model" in message_of(error)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_conditionalWritesOfS3AreReal(sandbox: Running) -> None:
    s3, bucket = sandbox.client("s3"), sandbox.variables["bucket"]
    s3.put_object(Bucket=bucket, Key="lock", Body=b"1", IfNoneMatch="*")
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="lock", Body=b"2", IfNoneMatch="*")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 412
    assert s3.head_object(Bucket=bucket, Key="lock")["ContentLength"] == 1
    s3.delete_object(Bucket=bucket, Key="lock")


def test_theAlarmIsOkAndCanBeSet(sandbox: Running) -> None:
    watch = sandbox.client("cloudwatch")
    look = lambda: watch.describe_alarms(AlarmNames=["lgtm-5xx"])["MetricAlarms"][0]["StateValue"]  # noqa: E731
    assert look() == "OK"
    watch.set_alarm_state(AlarmName="lgtm-5xx", StateValue="ALARM", StateReason="test")
    assert look() == "ALARM"
    watch.set_alarm_state(AlarmName="lgtm-5xx", StateValue="OK", StateReason="test")
