"""What more than one world begins with, made through the API."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

from sandbox.emulator import route53
from sandbox.emulator.context import Context
from sandbox.network import ACCESS_KEY, SECRET_KEY


def client(name: str, endpoint: str, region: str) -> Any:
    """A boto3 client of the seed."""
    config = Config(user_agent="seed", retries={"max_attempts": 1}, max_pool_connections=4)
    return boto3.client(
        name,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=config,
    )


def tagged(name: str, kind: str, system: str) -> list[dict[str, Any]]:
    """`TagSpecifications` of an EC2 resource."""
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}, {"Key": "system", "Value": system}]}]


def vpc(ec2: Any, system: str, cidr: str) -> str:
    """Makes a VPC. Gives its id."""
    return str(ec2.create_vpc(CidrBlock=cidr, TagSpecifications=tagged(system, "vpc", system))["Vpc"]["VpcId"])


def subnet(ec2: Any, vpc_id: str, name: str, cidr: str, zone: str, system: str) -> str:
    """Makes a subnet in an availability zone. Gives its id."""
    made = ec2.create_subnet(
        VpcId=vpc_id, CidrBlock=cidr, AvailabilityZone=zone, TagSpecifications=tagged(name, "subnet", system)
    )
    return str(made["Subnet"]["SubnetId"])


def group(ec2: Any, vpc_id: str, name: str, about: str, system: str) -> str:
    """Makes a security group without rules. Gives its id."""
    return str(
        ec2.create_security_group(
            GroupName=name, Description=about, VpcId=vpc_id, TagSpecifications=tagged(name, "security-group", system)
        )["GroupId"]
    )


def rule(port: int, **source: Any) -> dict[str, Any]:
    """TCP from `source` to `port`."""
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}


def open_ports(ec2: Any, group_id: str, rules: list[dict[str, Any]]) -> None:
    """Lets `rules` in."""
    ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=rules)


def certificate(acm: Any, context: Context, names: list[str]) -> str:
    """Imports a certificate of the sandbox's authority. Gives its ARN."""
    leaf = context.authority.issue(names)
    return str(
        acm.import_certificate(
            Certificate=leaf.certificate.encode(),
            PrivateKey=leaf.key.encode(),
            CertificateChain=leaf.chain.encode(),
            Tags=[{"Key": "Name", "Value": names[0]}],
        )["CertificateArn"]
    )


def bucket(s3: Any, name: str, context: Context) -> None:
    """Makes a bucket that nobody outside reads."""
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": context.region})
    s3.put_public_access_block(
        Bucket=name,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": True,
        },
    )


def long_known() -> None:
    """The records that are there have been there for years: no name server lags behind with them."""
    for zone in route53.zones():
        history = route53.table.history(zone)
        history.versions = [(float("-inf"), history.newest)]
