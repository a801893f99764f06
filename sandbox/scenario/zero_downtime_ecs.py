"""The world before `zero-downtime-ecs`: a network, a certificate and a secret, and no service yet.

`SANDBOX_STRATEGY=blue-green` makes the infrastructure for the other variant; the runbook's `strategy` follows it.
"""

from __future__ import annotations

import json
import os
from typing import Any

import yaml

from sandbox.emulator.context import Context
from sandbox.network import HTTPS_PORT, free_port
from sandbox.scenario.marketplace_fargate import RUNBOOK as MARKET
from sandbox.scenario.parts import certificate, client, group, open_ports, rule, subnet, vpc

HOST = "mclass.test"
BUCKET = "mclass-unused"
ENVIRONMENT: dict[str, str] = {}
SYSTEM = "mclass"
RUNBOOK = MARKET.parent / "zero-downtime-ecs"
SHARED = (
    "cluster", "service", "family", "container", "port", "health_path", "load_balancer", "application", "secret",
    "placeholder_image", "tasks", "minimum_healthy_percent", "maximum_percent",
)  # fmt: skip
"""Variables whose defaults the infrastructure is made from."""


def seed(context: Context, endpoint: str) -> dict[str, Any]:
    """Makes the world through the API. Gives the variables that the runbook's environment reads."""
    clients = {name: client(name, endpoint, context.region) for name in ("ec2", "acm", "secretsmanager")}
    declared = yaml.safe_load((RUNBOOK / "runbook.yaml").read_text())["variables"]
    shared = {name: declared[name]["default"] for name in SHARED}
    text = json.dumps({"app_secret": "sandbox"})
    clients["secretsmanager"].create_secret(Name=shared["secret"], SecretString=text, Description="Of the server")
    return {
        **_network(clients["ec2"], context, shared["port"]),
        **shared,
        "account": context.account,
        "region": context.region,
        "host": HOST,
        "certificate_arn": certificate(clients["acm"], context, [HOST]),
        "https_port": HTTPS_PORT,
        "local_port": free_port(),
        "strategy": os.environ.get("SANDBOX_STRATEGY", "rolling"),
    }


def _network(ec2: Any, context: Context, port: int) -> dict[str, Any]:
    vpc_id = vpc(ec2, SYSTEM, "10.40.0.0/16")
    zones = (f"{context.region}a", f"{context.region}c")
    tiers = {
        tier: [
            subnet(ec2, vpc_id, f"{SYSTEM}-{tier}-{zone[-1]}", f"10.40.{first + number}.0/24", zone, SYSTEM)
            for number, zone in enumerate(zones)
        ]
        for tier, first in (("public", 1), ("app", 10))
    }
    alb = group(ec2, vpc_id, f"{SYSTEM}-alb", "HTTPS to the load balancer", SYSTEM)
    tasks = group(ec2, vpc_id, f"{SYSTEM}-tasks", "From the load balancer", SYSTEM)
    open_ports(ec2, alb, [rule(HTTPS_PORT, IpRanges=[{"CidrIp": "0.0.0.0/0"}])])
    open_ports(ec2, tasks, [rule(port, UserIdGroupPairs=[{"GroupId": alb}])])
    return {
        "vpc_id": vpc_id,
        "subnet_ids": tiers["app"],
        "load_balancer_subnet_ids": tiers["public"],
        "alb_security_group_id": alb,
        "task_security_group_id": tasks,
    }
