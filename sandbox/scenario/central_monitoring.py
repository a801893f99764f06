"""The world before `central-monitoring`: five services of an ECS cluster, and nothing that watches them."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from typing import Any

from moto.core.utils import utcnow

from sandbox.emulator.context import Context
from sandbox.network import HTTPS_PORT
from sandbox.scenario.parts import certificate, client, group, long_known, open_ports, rule, subnet, vpc
from sandbox.standins.exporters import CloudWatchExporter, TaskExporter
from sandbox.standins.programs import Alertmanager, Discovery, Prometheus
from sandbox.standins.provisioned_grafana import ProvisionedGrafana
from sandbox.standins.service import Settings
from sandbox.standins.slack import PATH, PORT, Slack

SYSTEM = "monitoring"
ZONE = "example.test"
HOST = f"grafana.{ZONE}"
BUCKET = "unused"
CLUSTER = "apps"
VAULT = "evidence"
LOG_GROUP = "/ecs/apps"
APPLICATIONS_BALANCER = "app/apps/50dc6c495c0c9188"
PASSWORD = "sandbox"
STANDINS = {
    kind.component: kind
    for kind in (Prometheus, Alertmanager, Discovery, ProvisionedGrafana, CloudWatchExporter, TaskExporter, Slack)
}
SERVICES: list[dict[str, Any]] = [
    {"name": "atlantis", "port": 4141, "cpu": 512, "memory": 1024, "tasks": 1},
    {"name": "api-1", "port": 8080, "cpu": 512, "memory": 1024, "tasks": 2,
     "environment": [{"name": "LOG_LEVEL", "value": "info"}]},
    {"name": "api-2", "port": 8080, "cpu": 512, "memory": 1024, "tasks": 2},
    {"name": "worker", "port": 8081, "cpu": 256, "memory": 512, "tasks": 1},
    {"name": "scheduler", "port": 8082, "cpu": 256, "memory": 512, "tasks": 1},
]  # fmt: skip
ENVIRONMENT = {
    "GRAFANA_ADMIN_PASSWORD": PASSWORD,
    "GRAFANA_BASIC": base64.b64encode(f"admin:{PASSWORD}".encode()).decode(),
    # The address is known when the world is made.
    "SLACK_WEBHOOK_URL": "",
}
EVERYBODY = [{"CidrIp": "10.0.0.0/8"}]
TASKS_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


def seed(context: Context, endpoint: str) -> dict[str, Any]:
    """Makes the world through the API. Gives the variables that the runbook's environment reads."""
    names = ("ec2", "route53", "acm", "ecs", "iam", "logs", "backup")
    clients = {name: client(name, endpoint, context.region) for name in names}
    slack = context.network.old(30)
    context.fleet.start("old", "slack", slack, Settings(ready_after=0))
    ENVIRONMENT["SLACK_WEBHOOK_URL"] = f"http://{slack}:{PORT}{PATH}"
    found = _network(clients["ec2"], context)
    role = _role(clients["iam"])
    clients["logs"].create_log_group(logGroupName=LOG_GROUP)
    clients["backup"].create_backup_vault(BackupVaultName=VAULT)
    services = _services(clients["ecs"], found, role)
    _traffic(context)
    return {
        "account": context.account,
        "region": context.region,
        **found,
        "certificate_arn": certificate(clients["acm"], context, [HOST]),
        "zone": ZONE,
        "zone_id": _zone(clients["route53"]),
        "host": HOST,
        "https_port": HTTPS_PORT,
        "backup_vault": VAULT,
        "application_cluster": CLUSTER,
        "application_execution_role": role.rsplit("/", 1)[-1],
        "application_load_balancer": APPLICATIONS_BALANCER,
        "services_first": services[:1],
        "services_rest": services[1:],
        "python": sys.executable,
    }


def _network(ec2: Any, context: Context) -> dict[str, Any]:
    vpc_id = vpc(ec2, SYSTEM, "10.30.0.0/16")
    kinds = {"public": 0, "private": 10}
    subnets = {
        kind: [
            subnet(ec2, vpc_id, f"{kind}-{zone}", f"10.30.{first + number}.0/24", f"{context.region}{zone}", SYSTEM)
            for number, zone in ((1, "a"), (2, "c"))
        ]
        for kind, first in kinds.items()
    }
    applications = group(ec2, vpc_id, "apps", "The five services", "apps")
    ports = sorted({int(one["port"]) for one in SERVICES})
    open_ports(ec2, applications, [rule(port, IpRanges=EVERYBODY) for port in ports])
    return {
        "vpc_id": vpc_id,
        "subnet_ids": subnets["private"],
        "public_subnet_ids": subnets["public"],
        "application_security_group_id": applications,
    }


def _role(iam: Any) -> str:
    """The execution role that the five services have in common."""
    made = iam.create_role(RoleName="apps-task-execution", AssumeRolePolicyDocument=json.dumps(TASKS_TRUST))["Role"]
    iam.attach_role_policy(
        RoleName="apps-task-execution",
        PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    )
    return str(made["Arn"])


def _services(ecs: Any, network: dict[str, Any], role: str) -> list[dict[str, Any]]:
    ecs.create_cluster(clusterName=CLUSTER, settings=[{"name": "containerInsights", "value": "enabled"}])
    found = []
    for service in SERVICES:
        name = str(service["name"])
        digest = hashlib.sha256(name.encode()).hexdigest()
        image = f"ghcr.io/example/{name}@sha256:{digest}"
        made = ecs.register_task_definition(
            family=f"{CLUSTER}-{name}",
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu=str(service["cpu"]),
            memory=str(service["memory"]),
            executionRoleArn=role,
            containerDefinitions=[
                {
                    "name": name,
                    "image": image,
                    "essential": True,
                    "environment": service.get("environment", []),
                    "portMappings": [{"containerPort": service["port"], "protocol": "tcp"}],
                    "logConfiguration": {
                        "logDriver": "awslogs",
                        "options": {
                            "awslogs-group": LOG_GROUP,
                            "awslogs-region": "ap-northeast-2",
                            "awslogs-stream-prefix": name,
                        },
                    },
                }
            ],
        )["taskDefinition"]["taskDefinitionArn"]
        ecs.create_service(
            cluster=CLUSTER,
            serviceName=name,
            taskDefinition=made,
            desiredCount=service["tasks"],
            launchType="FARGATE",
            networkConfiguration={
                "awsvpcConfiguration": {
                    "subnets": network["subnet_ids"],
                    "securityGroups": [network["application_security_group_id"]],
                    "assignPublicIp": "DISABLED",
                }
            },
            deploymentConfiguration={"minimumHealthyPercent": 100, "maximumPercent": 200},
        )
        # An empty list is what says that there is none.
        more = {"image": image, "family": f"{CLUSTER}-{name}", "log_group": LOG_GROUP}
        found.append({"environment": [], "secrets": [], "task_role": [], **service, **more})
    return found


def _zone(route53: Any) -> str:
    made = route53.create_hosted_zone(Name=ZONE, CallerReference=SYSTEM, HostedZoneConfig={"Comment": "Names"})
    long_known()
    return str(made["HostedZone"]["Id"].rsplit("/", 1)[-1])


def _traffic(context: Context) -> None:
    """What AWS measures each minute of the five services, and of the load balancer before them."""

    def publish() -> None:
        now = utcnow()
        metrics = context.backend("cloudwatch")

        def put(namespace: str, dimensions: dict[str, str], values: dict[str, float]) -> None:
            metrics.put_metric_data(
                namespace,
                [
                    {
                        "MetricName": name,
                        "Value": value,
                        "Unit": "None",
                        "Timestamp": now,
                        "Dimensions": [{"Name": key, "Value": text} for key, text in dimensions.items()],
                    }
                    for name, value in values.items()
                ],
            )

        for number, service in enumerate(SERVICES):
            put(
                "AWS/ECS",
                {"ClusterName": CLUSTER, "ServiceName": str(service["name"])},
                {"CPUUtilization": 20.0 + 4 * number, "MemoryUtilization": 35.0 + 3 * number},
            )
        put(
            "AWS/ApplicationELB",
            {"LoadBalancer": APPLICATIONS_BALANCER},
            {"TargetResponseTime": 0.12, "RequestCount": 600.0, "HTTPCode_Target_5XX_Count": 1.0},
        )
        # Two weeks of such data would fill the memory: a sandbox lives for minutes.
        del metrics.metric_data[:-5000]

    context.timekeeper.every(60.0, 1.0, publish)
