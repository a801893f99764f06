"""The world before the migration `ecs-logging`: two applications on one instance, and nothing of the new platform."""

from __future__ import annotations

import base64
from typing import Any

from sandbox.emulator.context import Context
from sandbox.emulator.machines import Machine
from sandbox.network import HTTPS_PORT
from sandbox.scenario.parts import bucket, certificate, client, group, long_known, open_ports, rule, subnet, tagged, vpc
from sandbox.standins.made_grafana import MadeGrafana
from sandbox.standins.service import Settings

ZONE = "shop.test"
APPLICATIONS = ("api", "web")
HOST = f"{APPLICATIONS[0]}.{ZONE}"
BUCKET = "shop-logs"
ARTIFACTS = "shop-artifacts"
RECORD_TTL = 300
ALARM = "shop-errors"
PASSWORD = "admin"
ENVIRONMENT = {
    "GRAFANA_ADMIN_PASSWORD": PASSWORD,
    "GRAFANA_LOGIN": base64.b64encode(f"admin:{PASSWORD}".encode()).decode(),
    "GRAFANA_SECRET_KEY": "sandbox",
    "GRAFANA_DATABASE_PASSWORD": "sandbox-database",
}
STANDINS = {"grafana": MadeGrafana}
"""This system's Grafana is made by Terraform's provider, and begins empty."""


def seed(context: Context, endpoint: str) -> dict[str, Any]:
    """Makes the old world through the API. Gives the variables that the runbook's environment reads."""
    ec2, s3, route53, acm, cloudwatch = (
        client(name, endpoint, context.region) for name in ("ec2", "s3", "route53", "acm", "cloudwatch")
    )
    instance = _old_instance(ec2, context)
    issued = certificate(acm, context, [f"*.{ZONE}", ZONE])
    for name in (BUCKET, ARTIFACTS):
        bucket(s3, name, context)
    s3.put_bucket_versioning(Bucket=ARTIFACTS, VersioningConfiguration={"Status": "Enabled"})
    for name in APPLICATIONS:
        s3.put_object(Bucket=ARTIFACTS, Key=f"source/{name}.zip", Body=b"PK\x05\x06" + bytes(18))
    _alarm(cloudwatch)
    zone = _zone(route53, context)
    _old_applications(context, instance)
    return {
        "account": context.account,
        "region": context.region,
        "zone": ZONE,
        "zone_id": zone,
        "host": HOST,
        "more_hosts": [f"{name}.{ZONE}" for name in APPLICATIONS[1:]],
        "record_ttl": RECORD_TTL,
        "https_port": HTTPS_PORT,
        "certificate_arn": issued,
        "bucket": BUCKET,
        "artifacts_bucket": ARTIFACTS,
        "old_address": context.network.old(10),
        "alarms": [ALARM],
    }


def _old_instance(ec2: Any, context: Context) -> str:
    vpc_id = vpc(ec2, "shop-old", "10.30.0.0/16")
    place = subnet(ec2, vpc_id, "shop-old-a", "10.30.1.0/24", f"{context.region}a", "shop")
    old = group(ec2, vpc_id, "shop-old", "The applications before", "shop")
    open_ports(ec2, old, [rule(HTTPS_PORT, IpRanges=[{"CidrIp": "0.0.0.0/0"}])])
    made = ec2.run_instances(
        ImageId="ami-0c9c942bd7bf113a2",
        InstanceType="t3.large",
        MinCount=1,
        MaxCount=1,
        SubnetId=place,
        SecurityGroupIds=[old],
        TagSpecifications=[*tagged("shop-old", "instance", "shop"), *tagged("shop-old", "volume", "shop")],
    )["Instances"][0]["InstanceId"]
    marks = tagged("shop-old", "elastic-ip", "shop")
    allocation = ec2.allocate_address(Domain="vpc", Address=context.network.old(10), TagSpecifications=marks)
    ec2.associate_address(InstanceId=made, AllocationId=allocation["AllocationId"])
    return str(made)


def _old_applications(context: Context, instance: str) -> None:
    """One process that answers for every host, behind one certificate, as a machine with a proxy does."""
    tls = context.authority.server_context([f"*.{ZONE}", context.network.old(10)])
    settings = Settings({"SERVICE_NAME": "old"}, "1.0.0", ready_after=0)
    with context.lock:
        context.machines.add(
            Machine(instance, context.network.old(10), {"old": settings}, {"old": (HTTPS_PORT, tls)})
        )


def _alarm(cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(
        AlarmName=ALARM,
        Namespace="Shop/Canary",
        MetricName="Failed",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=3,
        Threshold=1.0,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        TreatMissingData="notBreaching",
        AlarmDescription="A canary outside that buys something each minute",
    )
    cloudwatch.set_alarm_state(AlarmName=ALARM, StateValue="OK", StateReason="No failures have been seen")


def _zone(client_: Any, context: Context) -> str:
    made = client_.create_hosted_zone(
        Name=ZONE, CallerReference="ecs-logging", HostedZoneConfig={"Comment": "Production names"}
    )
    identifier = str(made["HostedZone"]["Id"].rsplit("/", 1)[-1])
    changes = [
        {
            "Action": "CREATE",
            "ResourceRecordSet": {
                "Name": f"{name}.{ZONE}",
                "Type": "A",
                "TTL": RECORD_TTL,
                "ResourceRecords": [{"Value": context.network.old(10)}],
            },
        }
        for name in APPLICATIONS
    ]
    client_.change_resource_record_sets(HostedZoneId=identifier, ChangeBatch={"Comment": "seed", "Changes": changes})
    long_known()
    return identifier
