"""The control API, the journal of calls, provisioning, and a clean end."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from conftest import REPOSITORY, Running, code_of, until
from images import push


def test_callsAreCountedAndReadsAreNot(sandbox: Running) -> None:
    after = sandbox.control("GET", "/calls")["last"]
    ssm = sandbox.client("ssm")
    ssm.put_parameter(Name="/counted", Value="1", Type="String")
    ssm.get_parameter(Name="/counted")
    with pytest.raises(ClientError):
        ssm.put_parameter(Name="/counted", Value="2", Type="String")
    ssm.delete_parameter(Name="/counted")
    found = sandbox.control("GET", f"/calls?after={after}")
    assert found["applied"] == {"ssm:DeleteParameter": 1, "ssm:PutParameter": 1}
    assert found["refused"] == {"ssm:PutParameter": 1}
    assert found["calls"][0]["parameters"]["Name"] == "/counted"


def test_secretsAreNotJournaled(sandbox: Running) -> None:
    after = sandbox.control("GET", "/calls")["last"]
    sandbox.client("secretsmanager").create_secret(Name="quiet", SecretString="canary-in-the-mine")
    assert "canary-in-the-mine" not in json.dumps(sandbox.control("GET", f"/calls?after={after}"))
    sandbox.client("secretsmanager").delete_secret(SecretId="quiet", ForceDeleteWithoutRecovery=True)


@pytest.mark.parametrize("after", [False, True])
def test_anInjectedErrorIsBeforeOrAfterTheEffect(sandbox: Running, after: bool) -> None:
    sandbox.control(
        "POST",
        "/faults",
        {"service": "ssm", "operation": "PutParameter", "status": 503, "code": "ServiceUnavailable", "after": after},
    )
    ssm = sandbox.client("ssm")
    with pytest.raises(ClientError) as error:
        ssm.put_parameter(Name="/doubt", Value="1", Type="String", Overwrite=True)
    assert code_of(error) == "ServiceUnavailable"
    held = [item["Name"] for item in ssm.describe_parameters()["Parameters"]]
    assert ("/doubt" in held) is after
    assert sandbox.control("DELETE", "/faults")["were"][0]["fired"] == 1
    ssm.delete_parameters(Names=["/doubt"])


@pytest.mark.parametrize("service", ["ec2", "ecs", "s3", "route53", "sts"])
def test_expiredCredentialsAreSaidInEachProtocol(sandbox: Running, service: str) -> None:
    call = {
        "ec2": "describe_vpcs",
        "ecs": "list_clusters",
        "s3": "list_buckets",
        "route53": "list_hosted_zones",
        "sts": "get_caller_identity",
    }[service]
    sandbox.control("POST", "/credentials", {"expired": True})
    try:
        with pytest.raises(ClientError) as error:
            getattr(sandbox.client(service), call)()
        assert "xpired" in code_of(error)
    finally:
        sandbox.control("POST", "/credentials", {"expired": False})


def test_aStrangersEditIsSeenByTheApi(sandbox: Running) -> None:
    record = {
        "Name": "stranger.lgtm.test",
        "Type": "TXT",
        "TTL": 5,
        "ResourceRecords": [{"Value": '"heritage=external-dns"'}],
    }
    sandbox.control(
        "POST", "/records", {"zone": "lgtm.test", "changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )
    sets = sandbox.client("route53").list_resource_record_sets(HostedZoneId=sandbox.variables["zone_id"])
    assert "stranger.lgtm.test." in [item["Name"] for item in sets["ResourceRecordSets"]]
    sandbox.control(
        "POST", "/records", {"zone": "lgtm.test", "changes": [{"Action": "DELETE", "ResourceRecordSet": record}]}
    )


def test_nonsenseIsAnsweredWithItsReason(sandbox: Running) -> None:
    with pytest.raises(RuntimeError, match="GET /sandbox lists"):
        sandbox.control("GET", "/nosuch")
    with pytest.raises(RuntimeError, match="no section"):
        sandbox.control("GET", "/world?without=nosuch")


def provision(sandbox: Running, verb: str, tmp_path: Path) -> dict[str, Any]:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(
        json.dumps(
            {
                **sandbox.variables,
                "cluster": "other",
                "namespace": "other.local",
                "load_balancer": "other-alb",
                "https_port": 9443,
                "log_group_prefix": "/ecs/other",
                "components": [{"name": "one", "port": 8080}],
                "public": {"one": "/ready"},
            }
        )
    )
    found = subprocess.run(
        [
            sys.executable,
            "-m",
            "sandbox.provision",
            verb,
            "--endpoint",
            sandbox.ready["endpoint"],
            "--manifest",
            str(manifest),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(found.stdout))


def test_provisioningTwiceIsProvisioningOnceAndDestroyTakesItAway(sandbox: Running, tmp_path: Path) -> None:
    before = sandbox.control("GET", "/world?without=logs")
    first = provision(sandbox, "apply", tmp_path)
    after = sandbox.control("GET", "/calls")["last"]
    assert provision(sandbox, "apply", tmp_path) == first
    assert sandbox.control("GET", f"/calls?after={after}")["applied"] == {}
    removed = provision(sandbox, "destroy", tmp_path)["removed"]
    assert removed == [
        "load balancer other-alb",
        "target group lgtm-one",
        "discovery one",
        "namespace other.local",
        "cluster other",
    ]
    assert sandbox.control("GET", "/world?without=logs") == before


def listens(address: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((address, port)) == 0


def test_aKilledSandboxLeavesNoRegistryBehindAndTheNextOneBeginsEmpty(tmp_path: Path) -> None:
    first = Running(tmp_path)
    push(first, "lgtm/left", "v1")
    registry = first.ready["registry"]
    first.process.kill()
    first.process.communicate(timeout=15)
    until(lambda: not listens(registry["host"], registry["port"]))
    (tmp_path / "sandbox.json").unlink()
    second = Running(tmp_path)
    try:
        second.client("ecr").create_repository(repositoryName="lgtm/left")
        assert second.client("ecr").list_images(repositoryName="lgtm/left")["imageIds"] == []
    finally:
        second.stop()


def test_twoSandboxesLiveSideBySideAndEndCleanly(sandbox: Running, tmp_path: Path) -> None:
    other = Running(tmp_path)
    try:
        assert other.addresses("grafana.lgtm.test") == [other.variables["old_address"]]
        assert other.addresses("grafana.lgtm.test") != sandbox.addresses("grafana.lgtm.test")
        assert other.client("ecs").list_clusters()["clusterArns"] == []
        assert other.control("GET", "/calls")["calls"] == []
        registry = other.ready["registry"]
    finally:
        status = other.stop()
    assert status == 0
    assert not (tmp_path / "sandbox.json").exists()
    for address, port in ((registry["host"], registry["port"]), (other.variables["old_address"], 8443)):
        assert not listens(address, port)
    assert "Traceback" not in (tmp_path / "sandbox.log").read_text()
    with pytest.raises(ProcessLookupError):
        os.kill(other.ready["pid"], 0)


@pytest.mark.parametrize(
    ("service", "call", "code"),
    [
        ("ec2", "describe_vpcs", "AuthFailure"),
        ("ecs", "list_clusters", "UnrecognizedClientException"),
        ("s3", "list_buckets", "InvalidAccessKeyId"),
        ("sts", "get_caller_identity", "InvalidClientTokenId"),
    ],
)
def test_aKeyThatNobodyGaveOutIsRefused(sandbox: Running, service: str, call: str, code: str) -> None:
    with pytest.raises(ClientError) as error:
        getattr(stranger(sandbox, service, "AKIA0000000000000000"), call)()
    assert code_of(error) == code


@pytest.mark.parametrize(
    ("service", "call", "code"),
    [
        ("ecs", "list_clusters", "InvalidSignatureException"),
        ("route53", "list_hosted_zones", "SignatureDoesNotMatch"),
        ("s3", "list_buckets", "SignatureDoesNotMatch"),
    ],
)
def test_aWrongSecretIsRefused(sandbox: Running, service: str, call: str, code: str) -> None:
    with pytest.raises(ClientError) as error:
        getattr(stranger(sandbox, service, sandbox.ready["environment"]["AWS_ACCESS_KEY_ID"]), call)()
    assert code_of(error) == code


def test_anAssumedRolesSignatureIsBelieved(sandbox: Running) -> None:
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    made = sandbox.client("iam").create_role(RoleName="assumed", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    given = sandbox.client("sts").assume_role(RoleArn=made, RoleSessionName="night")["Credentials"]
    client = stranger(sandbox, "sts", given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
    assert client.get_caller_identity()["Arn"].endswith("assumed-role/assumed/night")
    sandbox.client("iam").delete_role(RoleName="assumed")


def stranger(sandbox: Running, service: str, key: str, secret: str = "wrong", token: str | None = None) -> Any:
    import boto3

    return boto3.client(
        service,
        endpoint_url=sandbox.ready["endpoint"],
        region_name=sandbox.ready["region"],
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
    )
