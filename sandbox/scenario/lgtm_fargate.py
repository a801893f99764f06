"""The world before the migration `lgtm-fargate`: the old stack on two instances, and nothing of the new one."""

from __future__ import annotations

import json
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sandbox.emulator.context import Context
from sandbox.emulator.machines import Machine
from sandbox.network import COMPONENT_PORTS, HTTPS_PORT
from sandbox.scenario.parts import (
    bucket,
    certificate,
    client,
    group,
    long_known,
    open_ports,
    rule,
    subnet,
    tagged,
    vpc,
)
from sandbox.standins.grafana import TOKEN
from sandbox.standins.service import Settings
from sandbox.standins.shared_grafana import SharedGrafana
from sandbox.standins.storage import Signal, labels_of

ZONE = "lgtm.test"
HOST = f"grafana.{ZONE}"
BUCKET = "lgtm-observability-data"
RECORD_TTL = 300
OLD_DATABASE = "lgtm-grafana.cluster.internal"
ALARM = "lgtm-5xx"
ENVIRONMENT = {
    "GRAFANA_TOKEN": TOKEN,
    # The runbook puts these three into a secret; no stand-in looks at them.
    "GRAFANA_ADMIN_PASSWORD": "sandbox",
    "GRAFANA_SECRET_KEY": "sandbox",
    "GRAFANA_DATABASE_PASSWORD": "sandbox",
}

STORES = ("mimir", "loki", "tempo", "pyroscope")
OLD_SCHEMA = [
    {
        "from": "2024-04-01",
        "store": "tsdb",
        "object_store": "s3",
        "schema": "v13",
        "index": {"prefix": "loki_index_", "period": "24h"},
    }
]
OLD_SETTINGS = {
    "loki": {"RETENTION": "744h", "LOKI_SCHEMA": json.dumps(OLD_SCHEMA)},
    "tempo": {"RETENTION": "336h"},
}
"""What the old stores answer of how they keep data."""

STANDINS = {"grafana": SharedGrafana}

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
        name: client(name, endpoint, context.region) for name in ("ec2", "s3", "route53", "acm", "cloudwatch", "iam")
    }
    with ThreadPoolExecutor(4) as pool:
        network = pool.submit(_network, clients["ec2"], context)
        others: list[Future[Any]] = [
            pool.submit(certificate, clients["acm"], context, [HOST, f"*.{ZONE}"]),
            pool.submit(_alarm, clients["cloudwatch"]),
            pool.submit(_zone, clients["route53"], context),
            pool.submit(bucket, clients["s3"], BUCKET, context),
        ]
        found = network.result()
        issued, _, zone, _ = [item.result() for item in others]
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
        "certificate_arn": issued,
        "https_port": HTTPS_PORT,
        "old_instances": found["instances"],
        "old_address": context.network.old(10),
        "old_backend_address": context.network.old(11),
        "alarms": [ALARM],
        "cluster": "lgtm",
        "namespace": "lgtm.local",
    }


def _network(ec2: Any, context: Context) -> dict[str, Any]:
    vpc_id = vpc(ec2, "lgtm", "10.20.0.0/16")
    subnets = [
        subnet(ec2, vpc_id, f"lgtm-{zone}", f"10.20.{number}.0/24", f"{context.region}{zone}", "lgtm")
        for number, zone in ((1, "a"), (2, "c"))
    ]
    alb = group(ec2, vpc_id, "lgtm-alb", "HTTPS to the load balancer", "lgtm")
    tasks = group(ec2, vpc_id, "lgtm-tasks", "From the load balancer and among the tasks", "lgtm")
    old = group(ec2, vpc_id, "lgtm-old", "The stack on EC2", "lgtm")
    everywhere = [{"CidrIp": "0.0.0.0/0"}]
    open_ports(ec2, alb, [rule(HTTPS_PORT, IpRanges=everywhere)])
    open_ports(
        ec2,
        tasks,
        [
            rule(port, UserIdGroupPairs=[{"GroupId": caller}])
            for port in (*COMPONENT_PORTS.values(), 4318, 7946, 9095)
            for caller in (alb, tasks)
        ],
    )
    open_ports(
        ec2,
        old,
        [rule(port, IpRanges=[{"CidrIp": "10.20.0.0/16"}]) for port in (*COMPONENT_PORTS.values(), 4318)]
        + [rule(HTTPS_PORT, IpRanges=everywhere)],
    )
    instances = [
        _instance(ec2, name, place, old, context.network.old(host))
        for name, place, host in (("lgtm-old-1", subnets[0], 10), ("lgtm-old-2", subnets[1], 11))
    ]
    return {
        "vpc_id": vpc_id,
        "subnet_ids": subnets,
        "alb_security_group_id": alb,
        "task_security_group_id": tasks,
        "old_security_group_id": old,
        "instances": instances,
    }


def _instance(ec2: Any, name: str, subnet_id: str, group_id: str, address: str) -> str:
    tags = [*tagged(name, "instance", "lgtm"), *tagged(name, "volume", "lgtm")]
    made = ec2.run_instances(
        ImageId="ami-0c9c942bd7bf113a2",
        InstanceType="m6i.2xlarge",
        MinCount=1,
        MaxCount=1,
        SubnetId=subnet_id,
        SecurityGroupIds=[group_id],
        TagSpecifications=tags,
    )["Instances"][0]["InstanceId"]
    marks = tagged(name, "elastic-ip", "lgtm")
    allocation = ec2.allocate_address(Domain="vpc", Address=address, TagSpecifications=marks)
    ec2.associate_address(InstanceId=made, AllocationId=allocation["AllocationId"])
    return str(made)


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
    long_known()
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
                {name: Settings(OLD_SETTINGS.get(name, {}), OLD_VERSIONS[name], 0) for name in STORES},
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
