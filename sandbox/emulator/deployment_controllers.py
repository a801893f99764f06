"""Services of the CODE_DEPLOY controller as the API writes them, and what UpdateService refuses them.

Modelled after UpdateService and TaskSet of the ECS API reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.emulator.mend import AwsError

if TYPE_CHECKING:
    # Not at run time: the model of services asks this module.
    from sandbox.emulator.ecs_model import Service

CONTROLLER = "CODE_DEPLOY"


def has_task_sets(service: Service) -> bool:
    """Whether CodeDeploy deploys this service."""
    return bool((service.given.get("deploymentController") or {}).get("type") == CONTROLLER)


def check_update(service: Service, asked: dict[str, Any]) -> None:
    """Refuses what only CodeDeploy may change. Throws: `AwsError`."""
    if not has_task_sets(service):
        return
    words = {
        "taskDefinition": "task definition",
        "networkConfiguration": "network parameters",
        "loadBalancers": "load balancers",
        "serviceRegistries": "service registries",
        "platformVersion": "platform version",
    }
    for name, word in words.items():
        if asked.get(name) is not None:
            raise AwsError(
                "InvalidParameterException",
                f"Unable to update {word} on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to "
                "trigger a new deployment.",
            )
    if asked.get("forceNewDeployment"):
        raise AwsError(
            "InvalidParameterException",
            "Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to "
            "trigger a new deployment.",
        )


def to_api(service: Service) -> list[dict[str, Any]]:
    """The service's task sets."""
    found = []
    for one in service.deployments:
        mine = [task for task in service.tasks if task.started_by == one.id and task.alive]
        running = sum(1 for task in mine if task.status == "RUNNING")
        steady = running == service.desired and len(mine) == running
        found.append(
            {
                "id": one.id,
                "taskSetArn": f"{service.arn.replace(':service/', ':task-set/')}/{one.id}",
                "serviceArn": service.arn,
                "clusterArn": service.cluster_arn,
                "startedBy": "CODE_DEPLOY",
                "status": one.status,
                "taskDefinition": one.definition.arn,
                "computedDesiredCount": service.desired,
                "pendingCount": len(mine) - running,
                "runningCount": running,
                "createdAt": one.created_at,
                "updatedAt": one.updated_at,
                "launchType": "FARGATE",
                "platformVersion": "1.4.0",
                "networkConfiguration": {"awsvpcConfiguration": one.network},
                "loadBalancers": one.balancers or service.load_balancers,
                "serviceRegistries": service.registries,
                "scale": {"value": 100.0, "unit": "PERCENT"},
                "stabilityStatus": "STEADY_STATE" if steady else "STABILIZING",
            }
        )
    return found
