"""The world before `marketplace-fargate`: a network, secrets and settings, and none of the sixteen services."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from sandbox.emulator.context import Context
from sandbox.network import HTTPS_PORT
from sandbox.scenario.parts import bucket, certificate, client, group, open_ports, rule, subnet, vpc

HOST = "alb.doamarket.test"
BUCKET = "doa-market-deployment"
ENVIRONMENT: dict[str, str] = {}
PREFIX = "doa-market"
TEST_PORT = 9443
RUNBOOK = Path(__file__).resolve().parents[2] / "runbooks/marketplace-fargate"


def seed(context: Context, endpoint: str) -> dict[str, Any]:
    """Makes the world through the API. Gives the variables that the runbook's environment reads."""
    names = ("ec2", "s3", "acm", "sns", "secretsmanager", "ssm")
    clients = {name: client(name, endpoint, context.region) for name in names}
    declared = yaml.safe_load((RUNBOOK / "runbook.yaml").read_text())["variables"]
    services = declared["services"]["default"]
    with ThreadPoolExecutor(4) as pool:
        network = pool.submit(_network, clients["ec2"], context, [one["port"] for one in services])
        issued = pool.submit(certificate, clients["acm"], context, [HOST])
        topic = pool.submit(clients["sns"].create_topic, Name=f"{PREFIX}-alerts")
        pool.submit(_hook, clients["s3"], context).result()
        found = network.result()
    for service in services:
        _data(clients, service["name"])
    return {
        **found,
        "account": context.account,
        "region": context.region,
        "host": HOST,
        "certificate_arn": issued.result(),
        "alarm_topic_arn": topic.result()["TopicArn"],
        "hook_bucket": BUCKET,
        "hook_address": context.network.first_load_balancer,
        "https_port": HTTPS_PORT,
        "test_port": TEST_PORT,
        "cluster": declared["cluster"]["default"],
        "namespace": declared["namespace"]["default"],
        "load_balancer": declared["load_balancer"]["default"],
        "application": declared["application"]["default"],
        "prefix": PREFIX,
        "placeholder_image": declared["placeholder_image"]["default"],
        "minimum_healthy_percent": declared["minimum_healthy_percent"]["default"],
        "maximum_percent": declared["maximum_percent"]["default"],
        "services": services,
    }


def _network(ec2: Any, context: Context, ports: list[int]) -> dict[str, Any]:
    vpc_id = vpc(ec2, PREFIX, "10.30.0.0/16")
    zones = (f"{context.region}a", f"{context.region}c")
    tiers = {
        tier: [
            subnet(ec2, vpc_id, f"{PREFIX}-{tier}-{zone[-1]}", f"10.30.{first + number}.0/24", zone, PREFIX)
            for number, zone in enumerate(zones)
        ]
        for tier, first in (("public", 1), ("app", 10))
    }
    alb = group(ec2, vpc_id, f"{PREFIX}-alb", "HTTPS to the load balancer", PREFIX)
    tasks = group(ec2, vpc_id, f"{PREFIX}-tasks", "From the load balancer and among the tasks", PREFIX)
    open_ports(ec2, alb, [rule(HTTPS_PORT, IpRanges=[{"CidrIp": "0.0.0.0/0"}])])
    open_ports(ec2, alb, [rule(TEST_PORT, IpRanges=[{"CidrIp": "10.30.0.0/16"}])])
    for caller in (alb, tasks):
        let_in = rule(min(ports), UserIdGroupPairs=[{"GroupId": caller}])
        open_ports(ec2, tasks, [{**let_in, "ToPort": max(ports)}])
    return {
        "vpc_id": vpc_id,
        "subnet_ids": tiers["app"],
        "load_balancer_subnet_ids": tiers["public"],
        "alb_security_group_id": alb,
        "task_security_group_id": tasks,
    }


def _hook(s3: Any, context: Context) -> None:
    """The package of the deployment hook, as CI would have put it there."""
    bucket(s3, BUCKET, context)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("check.py", (RUNBOOK / "hooks/check.py").read_text())
    s3.put_object(Bucket=BUCKET, Key="hooks/check.zip", Body=packed.getvalue())


def _data(clients: dict[str, Any], name: str) -> None:
    """What the data tier leaves for a service: its password, and where its database is."""
    clients["secretsmanager"].create_secret(
        Name=f"{PREFIX}/{name}", SecretString=json.dumps({"db_password": "sandbox"}), Description=f"Passwords of {name}"
    )
    clients["ssm"].put_parameter(Name=f"/{PREFIX}/{name}/db-host", Value=f"{name}.db.internal", Type="String")
