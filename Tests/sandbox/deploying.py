"""What the tests of ECS make: roles, task definitions and services of lgtm's components."""

from __future__ import annotations

import itertools
import json
from typing import Any

from conftest import Running, until

PORTS = {"mimir": 8080, "loki": 3100, "tempo": 3200, "pyroscope": 4040, "grafana": 3000, "alloy": 12345}
_number = itertools.count(1)


def roles(sandbox: Running, storage: bool = True) -> dict[str, str]:
    """An execution role that may pull and log, and a task role that may use the bucket."""
    iam, suffix = sandbox.client("iam"), next(_number)
    trust = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ],
        }
    )
    found = {}
    for kind in ("execution", "task"):
        made = iam.create_role(RoleName=f"{kind}-{suffix}", AssumeRolePolicyDocument=trust)
        found[kind] = made["Role"]["Arn"]
    iam.attach_role_policy(
        RoleName=f"execution-{suffix}",
        PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    )
    if storage:
        bucket = sandbox.variables["bucket"]
        iam.put_role_policy(
            RoleName=f"task-{suffix}",
            PolicyName="storage",
            PolicyDocument=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": {
                        "Effect": "Allow",
                        "Action": ["s3:GetObject", "s3:PutObject"],
                        "Resource": f"arn:aws:s3:::{bucket}/*",
                    },
                }
            ),
        )
    return found


def definition(sandbox: Running, component: str, image: str, roles_: dict[str, str], **more: Any) -> str:
    """Registers a task definition. Gives its ARN."""
    container = {
        "name": component,
        "image": image,
        "essential": True,
        "stopTimeout": 120,
        "portMappings": [{"containerPort": PORTS[component]}],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": f"/ecs/lgtm/{component}",
                "awslogs-region": sandbox.ready["region"],
                "awslogs-stream-prefix": "ecs",
            },
        },
    }
    container |= more.pop("container", {})
    given = {
        "family": f"lgtm-{component}",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "512",
        "memory": "1024",
        "executionRoleArn": roles_["execution"],
        "taskRoleArn": roles_["task"],
        "containerDefinitions": [container],
        **more,
    }
    return str(sandbox.client("ecs").register_task_definition(**given)["taskDefinition"]["taskDefinitionArn"])


def service(sandbox: Running, component: str, task_definition: str, count: int, **more: Any) -> dict[str, Any]:
    """Creates a service. Gives what the API says of it."""
    variables, outputs = sandbox.variables, sandbox.ready["terraform"]
    given: dict[str, Any] = {
        "cluster": "lgtm",
        "serviceName": component,
        "taskDefinition": task_definition,
        "desiredCount": count,
        "launchType": "FARGATE",
        "networkConfiguration": {
            "awsvpcConfiguration": {
                "subnets": variables["subnet_ids"],
                "securityGroups": [variables["task_security_group_id"]],
            }
        },
        "serviceRegistries": [{"registryArn": outputs["service_arns"][component]}],
    }
    if component == "grafana":
        given["loadBalancers"] = [
            {
                "targetGroupArn": outputs["target_group_arns"]["grafana"],
                "containerName": "grafana",
                "containerPort": 3000,
            }
        ]
    return dict(sandbox.client("ecs").create_service(**{**given, **more})["service"])


def describe(sandbox: Running, name: str) -> dict[str, Any]:
    return dict(sandbox.client("ecs").describe_services(cluster="lgtm", services=[name])["services"][0])


def stable(sandbox: Running, name: str) -> dict[str, Any]:
    """Waits for the steady state, by the rule of the SDKs' waiter."""

    def look() -> dict[str, Any] | None:
        found = describe(sandbox, name)
        done = len(found["deployments"]) == 1 and found["runningCount"] == found["desiredCount"]
        return found if done and found["deployments"][0]["rolloutState"] == "COMPLETED" else None

    return dict(until(look))


def remove(sandbox: Running, name: str) -> None:
    """Deletes a service and waits until it is gone."""
    sandbox.client("ecs").delete_service(cluster="lgtm", service=name, force=True)
    until(lambda: describe(sandbox, name)["status"] == "INACTIVE")


def tasks(sandbox: Running, name: str, status: str = "RUNNING") -> list[dict[str, Any]]:
    """The tasks of the deployments that the service has now: a service of the same name may have left some behind."""
    ecs = sandbox.client("ecs")
    now = {item["id"] for item in describe(sandbox, name)["deployments"]}
    arns = ecs.list_tasks(cluster="lgtm", serviceName=name, desiredStatus=status)["taskArns"]
    found = ecs.describe_tasks(cluster="lgtm", tasks=arns)["tasks"] if arns else []
    return [item for item in found if item["startedBy"] in now]
