"""The world before the migration `lgtm-fargate`: the old stack on two instances, and nothing of the new one."""

from __future__ import annotations

import json
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import boto3
from botocore.config import Config

from sandbox.emulator import route53
from sandbox.emulator.context import Context
from sandbox.emulator.machines import Machine
from sandbox.network import ACCESS_KEY, COMPONENT_PORTS, HTTPS_PORT, SECRET_KEY
from sandbox.standins.service import Settings
from sandbox.standins.storage import Signal, labels_of

ZONE = "lgtm.test"
HOST = f"grafana.{ZONE}"
BUCKET = "lgtm-observability-data"
RECORD_TTL = 300
OLD_DATABASE = "lgtm-grafana.cluster.internal"
ALARM = "lgtm-5xx"

OLD_VERSIONS = {
    "mimir": "2.17.1",
    "loki": "3.5.7",
    "tempo": "2.9.0",
    "pyroscope": "1.15.0",
    "grafana": "12.2.1",
    "alloy": "1.11.3",
}


def seed(context: Context, endpoint: str) -> dict[str, Any]:
    """Makes the old world through the API. Gives the variables that the runbook's environment reads."""
    clients = {
        name: _client(name, endpoint, context.region) for name in ("ec2", "s3", "route53", "acm", "cloudwatch", "iam")
    }
    with ThreadPoolExecutor(4) as pool:
        network = pool.submit(_network, clients["ec2"], context)
        others: list[Future[Any]] = [
            pool.submit(_certificate, clients["acm"], context),
            pool.submit(_alarm, clients["cloudwatch"]),
            pool.submit(_zone, clients["route53"], context),
            pool.submit(_bucket, clients["s3"], context),
        ]
        found = network.result()
        certificate, _, zone, _ = [item.result() for item in others]
    _old_stack(context, found)
    return {
        **{name: value for name, value in found.items() if name != "instances"},
        "account": context.account,
        "region": context.region,
        "zone": ZONE,
        "zone_id": zone,
        "host": HOST,
        "record_ttl": RECORD_TTL,
        "bucket": BUCKET,
        "certificate_arn": certificate,
        "https_port": HTTPS_PORT,
        "old_instances": found["instances"],
        "old_address": context.network.old(10),
        "old_backend_address": context.network.old(11),
        "alarms": [ALARM],
        "cluster": "lgtm",
        "namespace": "lgtm.local",
    }


def _client(name: str, endpoint: str, region: str) -> Any:
    config = Config(user_agent="seed", retries={"max_attempts": 1}, max_pool_connections=4)
    return boto3.client(
        name,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=config,
    )


def _named(name: str, kind: str) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}, {"Key": "system", "Value": "lgtm"}]}]


def _network(ec2: Any, context: Context) -> dict[str, Any]:
    vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16", TagSpecifications=_named("lgtm", "vpc"))["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(
            VpcId=vpc,
            CidrBlock=f"10.20.{number}.0/24",
            AvailabilityZone=f"{context.region}{zone}",
            TagSpecifications=_named(f"lgtm-{zone}", "subnet"),
        )["Subnet"]["SubnetId"]
        for number, zone in ((1, "a"), (2, "c"))
    ]
    alb = _group(ec2, vpc, "lgtm-alb", "HTTPS to the load balancer")
    tasks = _group(ec2, vpc, "lgtm-tasks", "From the load balancer and among the tasks")
    old = _group(ec2, vpc, "lgtm-old", "The stack on EC2")
    everywhere = [{"CidrIp": "0.0.0.0/0"}]
    _open(ec2, alb, [_rule(HTTPS_PORT, IpRanges=everywhere)])
    _open(
        ec2,
        tasks,
        [
            _rule(port, UserIdGroupPairs=[{"GroupId": group}])
            for port in (*COMPONENT_PORTS.values(), 4318, 7946, 9095)
            for group in (alb, tasks)
        ],
    )
    _open(
        ec2,
        old,
        [_rule(port, IpRanges=[{"CidrIp": "10.20.0.0/16"}]) for port in (*COMPONENT_PORTS.values(), 4318)]
        + [_rule(HTTPS_PORT, IpRanges=everywhere)],
    )
    instances = [
        _instance(ec2, name, subnet, old, context.network.old(host))
        for name, subnet, host in (("lgtm-old-1", subnets[0], 10), ("lgtm-old-2", subnets[1], 11))
    ]
    return {
        "vpc_id": vpc,
        "subnet_ids": subnets,
        "alb_security_group_id": alb,
        "task_security_group_id": tasks,
        "old_security_group_id": old,
        "instances": instances,
    }


def _group(ec2: Any, vpc: str, name: str, about: str) -> str:
    return str(
        ec2.create_security_group(
            GroupName=name, Description=about, VpcId=vpc, TagSpecifications=_named(name, "security-group")
        )["GroupId"]
    )


def _rule(port: int, **source: Any) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}


def _open(ec2: Any, group: str, rules: list[dict[str, Any]]) -> None:
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rules)


def _instance(ec2: Any, name: str, subnet: str, group: str, address: str) -> str:
    tags = [*_named(name, "instance"), *_named(name, "volume")]
    made = ec2.run_instances(
        ImageId="ami-0c9c942bd7bf113a2",
        InstanceType="m6i.2xlarge",
        MinCount=1,
        MaxCount=1,
        SubnetId=subnet,
        SecurityGroupIds=[group],
        TagSpecifications=tags,
    )["Instances"][0]["InstanceId"]
    allocation = ec2.allocate_address(Domain="vpc", Address=address, TagSpecifications=_named(name, "elastic-ip"))
    ec2.associate_address(InstanceId=made, AllocationId=allocation["AllocationId"])
    return str(made)


def _certificate(acm: Any, context: Context) -> str:
    leaf = context.authority.issue([HOST, f"*.{ZONE}"])
    return str(
        acm.import_certificate(
            Certificate=leaf.certificate.encode(),
            PrivateKey=leaf.key.encode(),
            CertificateChain=leaf.chain.encode(),
            Tags=[{"Key": "Name", "Value": HOST}],
        )["CertificateArn"]
    )


def _alarm(cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(
        AlarmName=ALARM,
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_ELB_5XX_Count",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=3,
        Threshold=5.0,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
        AlarmDescription="Errors of the load balancer before Grafana",
    )
    cloudwatch.set_alarm_state(AlarmName=ALARM, StateValue="OK", StateReason="No errors have been seen")


def _bucket(s3: Any, context: Context) -> None:
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": context.region})
    s3.put_public_access_block(
        Bucket=BUCKET,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": True,
        },
    )


def _zone(client: Any, context: Context) -> str:
    made = client.create_hosted_zone(
        Name=ZONE, CallerReference="lgtm-fargate", HostedZoneConfig={"Comment": "Production names"}
    )
    identifier = made["HostedZone"]["Id"].rsplit("/", 1)[-1]
    front, backend = context.network.old(10), context.network.old(11)
    names = [("grafana", front, RECORD_TTL), ("alloy", front, 60)]
    names += [(component, backend, 60) for component in ("mimir", "loki", "tempo", "pyroscope")]
    changes = [
        {
            "Action": "CREATE",
            "ResourceRecordSet": {
                "Name": f"{name}.{ZONE}",
                "Type": "A",
                "TTL": ttl,
                "ResourceRecords": [{"Value": address}],
            },
        }
        for name, address, ttl in names
    ]
    client.change_resource_record_sets(HostedZoneId=identifier, ChangeBatch={"Comment": "seed", "Changes": changes})
    # The old records have been there for years: no name server lags behind with them.
    for zone in route53.zones():
        history = route53.table.history(zone)
        history.versions = [(float("-inf"), history.newest)]
    return str(identifier)


def _old_stack(context: Context, found: dict[str, Any]) -> None:
    """Grafana and Alloy on the first instance, the stores on the second, with some history."""
    first, second = found["instances"]
    backend = context.network.old(11)
    urls = {
        f"{name.upper()}_URL": f"http://{backend}:{COMPONENT_PORTS[name]}{'/prometheus' if name == 'mimir' else ''}"
        for name in ("mimir", "loki", "tempo", "pyroscope")
    }
    grafana = Settings({**urls, "GF_DATABASE_HOST": OLD_DATABASE}, OLD_VERSIONS["grafana"], ready_after=0)
    tls = context.authority.server_context([HOST, f"*.{ZONE}", context.network.old(10)])
    with context.lock:
        context.machines.add(
            Machine(
                first,
                context.network.old(10),
                {"grafana": grafana, "alloy": Settings({}, OLD_VERSIONS["alloy"], 0)},
                {"grafana": (HTTPS_PORT, tls)},
            )
        )
        context.machines.add(
            Machine(
                second,
                backend,
                {name: Settings({}, OLD_VERSIONS[name], 0) for name in ("mimir", "loki", "tempo", "pyroscope")},
            )
        )
        _history(context)


def _history(context: Context) -> None:
    """Half an hour of metrics and logs in the bucket, and the last minutes in memory only: what a flush is for."""
    now = time.time_ns()
    old = context.fleet.sides["old"]
    for minute in range(30, 0, -1):
        moment = now - minute * 60 * 10**9
        if minute == 4:
            for component in ("mimir", "loki"):
                old.store(component).flush()
        old.store("mimir").add(
            [
                Signal("anonymous", moment, labels_of({"__name__": "up", "job": job, "instance": f"{job}-0"}), 1.0)
                for job in ("api", "checkout", "worker")
            ]
        )
        line = json.dumps({"level": "info", "msg": "request served", "minute": minute})
        old.store("loki").add([Signal("fake", moment, labels_of({"job": "api", "env": "prod"}), line)])
