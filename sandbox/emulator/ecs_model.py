"""ECS's services, deployments and tasks as data, and how the API writes them."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.emulator import deployment_alarms, deployment_controllers
from sandbox.emulator.context import current
from sandbox.standins.service import Service as Process

EVENT_LIMIT = 100


def _now() -> datetime:
    return current().clock.now()


@dataclass
class Task:
    """One task.

    `status` walks PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED.
    """

    cluster: str
    cluster_arn: str
    definition: Any
    group: str
    started_by: str
    network: dict[str, Any]
    launch_type: str = "FARGATE"
    provider: str | None = None
    """Capacity provider whose nodes it is placed on; none on Fargate."""
    node: str | None = None
    known: list[str] = field(default_factory=list)
    """Service Connect's names, `name:port`, that were there when it began."""
    overrides: dict[str, Any] = field(default_factory=dict)
    tags: list[dict[str, str]] = field(default_factory=list)
    enable_exec: bool = False
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    status: str = "PROVISIONING"
    desired: str = "RUNNING"
    health: str = "UNKNOWN"
    address: str = ""
    stop_code: str | None = None
    stopped_reason: str | None = None
    container_reason: str | None = None
    exit_code: int | None = None
    created_at: datetime = field(default_factory=_now)
    started_at: datetime | None = None
    stopping_at: datetime | None = None
    stopped_at: datetime | None = None
    since: float = field(default_factory=lambda: current().clock.instant())
    running_since: float | None = None
    processes: list[Process] = field(default_factory=list)
    service: Service | None = None
    counted_failed: bool = False
    failed: bool = False
    balancers: list[dict[str, Any]] | None = None
    """Target groups of its task set; nothing leaves it to its service."""

    @property
    def arn(self) -> str:
        context = current()
        return f"arn:aws:ecs:{context.region}:{context.account}:task/{self.cluster}/{self.id}"

    @property
    def load_balancers(self) -> list[dict[str, Any]]:
        """Where it is registered while it runs."""
        if self.balancers is not None:
            return self.balancers
        return self.service.load_balancers if self.service is not None else []

    @property
    def task_arn(self) -> str:
        return self.arn

    def enter(self, status: str) -> None:
        """Begins a status; how long it lasts is the engine's business."""
        self.status, self.since = status, current().clock.instant()

    @property
    def alive(self) -> bool:
        return self.status != "STOPPED"

    def to_api(self, with_tags: bool) -> dict[str, Any]:
        containers = [self._container(container) for container in self.definition.container_definitions]
        subnets = (self.network.get("subnets") or [""])[0]
        result: dict[str, Any] = {
            "taskArn": self.arn,
            "clusterArn": self.cluster_arn,
            "taskDefinitionArn": self.definition.arn,
            "lastStatus": self.status,
            "desiredStatus": self.desired,
            "group": self.group,
            "launchType": self.launch_type,
            "platformVersion": "1.4.0",
            "platformFamily": "Linux",
            "startedBy": self.started_by,
            "cpu": self.definition.cpu,
            "memory": self.definition.memory,
            "containers": containers,
            "healthStatus": self.health,
            "connectivity": "CONNECTED",
            "enableExecuteCommand": self.enable_exec,
            "overrides": self.overrides or {"containerOverrides": []},
            "createdAt": self.created_at,
            "startedAt": self.started_at,
            "stoppingAt": self.stopping_at,
            "stoppedAt": self.stopped_at,
            "stopCode": self.stop_code,
            "stoppedReason": self.stopped_reason,
            "availabilityZone": f"{current().region}a",
            "version": 1,
            "attachments": [
                {
                    "id": str(uuid.UUID(self.id)),
                    "type": "ElasticNetworkInterface",
                    "status": "DELETED" if not self.alive else "ATTACHED" if self.address else "PRECREATED",
                    "details": [
                        {"name": "subnetId", "value": subnets},
                        {"name": "privateIPv4Address", "value": self.address},
                    ],
                }
            ],
        }
        if self.provider is not None:
            result |= {"launchType": "EC2", "capacityProviderName": self.provider, "containerInstanceArn": self.node}
            result |= {"platformVersion": None, "platformFamily": None}
        if with_tags:
            result["tags"] = self.tags
        return {name: value for name, value in result.items() if value is not None}

    def _container(self, container: dict[str, Any]) -> dict[str, Any]:
        status = {
            "PROVISIONING": "PENDING",
            "PENDING": "PENDING",
            "ACTIVATING": "PENDING",
            "STOPPED": "STOPPED",
            "DEPROVISIONING": "STOPPED",
        }.get(self.status, "RUNNING")
        result = {
            "containerArn": f"{self.arn.replace(':task/', ':container/')}/{container['name']}",
            "taskArn": self.arn,
            "name": container["name"],
            "image": container["image"],
            "lastStatus": status,
            "healthStatus": self.health,
            "exitCode": self.exit_code,
            "reason": self.container_reason,
            "networkInterfaces": [{"privateIpv4Address": self.address}] if self.address else [],
            "cpu": str(container.get("cpu", 0)),
        }
        return {name: value for name, value in result.items() if value is not None}


@dataclass
class Deployment:
    """One deployment of a service."""

    definition: Any
    desired: int
    network: dict[str, Any]
    id: str = field(default_factory=lambda: f"ecs-svc/{random.randint(10**18, 10**19 - 1)}")
    status: str = "PRIMARY"
    rollout: str = "IN_PROGRESS"
    reason: str = ""
    failed: int = 0
    failed_in_row: int = 0
    created_at: datetime = field(default_factory=_now)
    updated_at: datetime = field(default_factory=_now)
    hold_until: float = 0.0
    is_rollback: bool = False
    balancers: list[dict[str, Any]] | None = None
    """Target groups of a task set; nothing leaves it to its service."""

    def __post_init__(self) -> None:
        self.reason = self.reason or f"ECS deployment {self.id} in progress."

    def to_api(self, service: Service) -> dict[str, Any]:
        mine = [task for task in service.tasks if task.started_by == self.id and task.alive]
        result = {
            "id": self.id,
            "status": self.status,
            "taskDefinition": self.definition.arn,
            "desiredCount": self.desired if self.status == "PRIMARY" else 0,
            "pendingCount": sum(1 for task in mine if task.status in ("PROVISIONING", "PENDING", "ACTIVATING")),
            "runningCount": sum(1 for task in mine if task.status == "RUNNING"),
            "failedTasks": self.failed,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "launchType": "FARGATE",
            "platformVersion": "1.4.0",
            "platformFamily": "Linux",
            "networkConfiguration": {"awsvpcConfiguration": self.network},
            "rolloutState": self.rollout,
            "rolloutStateReason": self.reason,
        }
        return service.on_nodes(result)


@dataclass
class Service:
    """One service."""

    name: str
    cluster: str
    cluster_arn: str
    desired: int
    given: dict[str, Any]
    deployments: list[Deployment]
    tasks: list[Task] = field(default_factory=list)
    status: str = "ACTIVE"
    tags: list[dict[str, str]] = field(default_factory=list)
    created_at: datetime = field(default_factory=_now)
    events: list[dict[str, Any]] = field(default_factory=list)
    last_completed: Any = None
    steady_said: bool = False
    client_token: str | None = None

    @property
    def arn(self) -> str:
        context = current()
        return f"arn:aws:ecs:{context.region}:{context.account}:service/{self.cluster}/{self.name}"

    @property
    def physical_resource_id(self) -> str:
        return self.arn

    @property
    def primary(self) -> Deployment:
        return next(item for item in self.deployments if item.status == "PRIMARY")

    @property
    def configuration(self) -> dict[str, Any]:
        given = self.given.get("deploymentConfiguration") or {}
        breaker = given.get("deploymentCircuitBreaker") or {"enable": False, "rollback": False}
        return {
            "maximumPercent": 200 if given.get("maximumPercent") is None else given["maximumPercent"],
            "minimumHealthyPercent": 100
            if given.get("minimumHealthyPercent") is None
            else given["minimumHealthyPercent"],
            "deploymentCircuitBreaker": {
                "enable": bool(breaker.get("enable")),
                "rollback": bool(breaker.get("rollback")),
            },
            "strategy": "ROLLING",
            **deployment_alarms.configured(given),
        }

    @property
    def load_balancers(self) -> list[dict[str, Any]]:
        return list(self.given.get("loadBalancers") or [])

    @property
    def registries(self) -> list[dict[str, Any]]:
        return list(self.given.get("serviceRegistries") or [])

    def on_nodes(self, found: dict[str, Any]) -> dict[str, Any]:
        """What the API says of a service, or of its deployment, with a capacity provider strategy."""
        strategy = self.given.get("capacityProviderStrategy")
        if not strategy:
            return found
        found = {name: value for name, value in found.items() if name not in ("launchType", "platformVersion")}
        if any(not one["capacityProvider"].startswith("FARGATE") for one in strategy):
            found.pop("platformFamily", None)
        return {**found, "capacityProviderStrategy": [{"base": 0, **one} for one in strategy]}

    def say(self, message: str) -> None:
        """Adds an event; the newest comes first, and a hundred are kept."""
        event = {
            "id": str(uuid.uuid4()),
            "createdAt": current().clock.now(),
            "message": f"(service {self.name}) {message}",
        }
        self.events = [event, *self.events][:EVENT_LIMIT]

    def _deployed(self) -> dict[str, Any]:
        if deployment_controllers.has_task_sets(self):
            return {"deployments": [], "taskSets": deployment_controllers.to_api(self)}
        return {"deployments": [item.to_api(self) for item in self.deployments]}

    def running(self) -> list[Task]:
        return [task for task in self.tasks if task.status == "RUNNING"]

    def pending(self) -> list[Task]:
        return [task for task in self.tasks if task.status in ("PROVISIONING", "PENDING", "ACTIVATING")]

    def to_api(self, with_tags: bool) -> dict[str, Any]:
        given = self.given
        result: dict[str, Any] = {
            "serviceArn": self.arn,
            "serviceName": self.name,
            "clusterArn": self.cluster_arn,
            "status": self.status,
            "desiredCount": self.desired,
            "runningCount": len(self.running()),
            "pendingCount": len(self.pending()),
            "launchType": "FARGATE",
            "platformVersion": given.get("platformVersion") or "LATEST",
            "platformFamily": "Linux",
            "schedulingStrategy": "REPLICA",
            "taskDefinition": self.primary.definition.arn,
            "deploymentConfiguration": self.configuration,
            **self._deployed(),
            "events": self.events,
            "loadBalancers": self.load_balancers,
            "serviceRegistries": self.registries,
            "networkConfiguration": {"awsvpcConfiguration": self.primary.network},
            "createdAt": self.created_at,
            "placementConstraints": [],
            "placementStrategy": [],
            "healthCheckGracePeriodSeconds": int(given.get("healthCheckGracePeriodSeconds") or 0),
            "enableECSManagedTags": bool(given.get("enableECSManagedTags")),
            "enableExecuteCommand": bool(given.get("enableExecuteCommand")),
            "propagateTags": given.get("propagateTags") or "NONE",
            "deploymentController": given.get("deploymentController") or {"type": "ECS"},
            "availabilityZoneRebalancing": given.get("availabilityZoneRebalancing") or "ENABLED",
        }
        if with_tags:
            result["tags"] = self.tags
        return self.on_nodes(result)
