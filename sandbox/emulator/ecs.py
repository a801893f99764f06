"""ECS, mended: the operations on services, tasks and task definitions, over the engine.

Modelled after the Amazon ECS API reference.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.exceptions import ClusterNotFoundException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from sandbox.emulator import deployment_controllers, ecs_connect, ecs_firelens, fargate
from sandbox.emulator.context import current
from sandbox.emulator.ecs_capacity import check_strategy
from sandbox.emulator.ecs_model import Deployment, Service, Task
from sandbox.emulator.listener_rules import led
from sandbox.emulator.mend import AwsError, mend

Request = EC2ContainerServiceResponse

DECLARED = (
    "taskDefinition",
    "loadBalancers",
    "serviceRegistries",
    "networkConfiguration",
    "deploymentConfiguration",
    "healthCheckGracePeriodSeconds",
    "enableExecuteCommand",
    "propagateTags",
    "deploymentController",
    "platformVersion",
    "enableECSManagedTags",
    "launchType",
    "capacityProviderStrategy",
    "availabilityZoneRebalancing",
    "serviceConnectConfiguration",
)


def mend_ecs() -> None:
    """Puts the mended operations into moto's classes."""
    for method in (
        create_service,
        update_service,
        delete_service,
        describe_services,
        list_services,
        run_task,
        stop_task,
        describe_tasks,
        list_tasks,
        execute_command,
        delete_cluster,
        deregister_task_definition,
    ):
        mend(EC2ContainerServiceResponse)(method)
    original: Callable[[Request], Any] = EC2ContainerServiceResponse.register_task_definition

    @mend(EC2ContainerServiceResponse)
    def register_task_definition(self: Request) -> Any:
        fargate.check(dict(self._get_params()))
        ecs_firelens.check(dict(self._get_params()))
        if not self._get_param("requiresCompatibilities"):
            return original(self)
        result = original(self)
        return ActionResult({"taskDefinition": result.result["taskDefinition"], "tags": self._get_param("tags") or []})

    describe_original = EC2ContainerServiceBackend.describe_task_definition

    @mend(EC2ContainerServiceBackend)
    def describe_task_definition(self: EC2ContainerServiceBackend, task_definition_str: str) -> Any:
        """By family: the newest revision that is ACTIVE."""
        family = task_definition_str.split("/")[-1]
        if ":" not in family:
            active = [
                number for number, item in self.task_definitions.get(family, {}).items() if item.status == "ACTIVE"
            ]
            if not active:
                raise AwsError("ClientException", "Unable to describe task definition.")
            return self.task_definitions[family][max(active)]
        return describe_original(self, task_definition_str)


def _cluster(self: Request) -> Any:
    name = self._get_param("cluster", "default").split("/")[-1]
    cluster = self.ecs_backend.clusters.get(name)
    if cluster is None or cluster.status == "INACTIVE":
        raise ClusterNotFoundException
    return cluster


def _definition(self: Request, text: str) -> Any:
    definition = self.ecs_backend.describe_task_definition(text)
    if definition.status != "ACTIVE":
        raise AwsError("ClientException", "TaskDefinition is inactive")
    return definition


def _service(self: Request, name: str) -> Service:
    cluster = _cluster(self)
    service = self.ecs_backend.services.get(f"{cluster.name}:{name.split('/')[-1]}")
    if not isinstance(service, Service) or service.status == "INACTIVE":
        raise AwsError("ServiceNotFoundException", "Service not found.")
    return service


def _network(self: Request, definition: Any) -> dict[str, Any]:
    given = self._get_param("networkConfiguration")
    network = (given or {}).get("awsvpcConfiguration")
    if definition.network_mode == "awsvpc" and not network:
        raise _invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    ec2 = current().backend("ec2")
    network = dict(network or {})
    for subnet in network.get("subnets") or []:
        if not any(subnet in by_zone for by_zone in ec2.subnets.values()):
            raise _invalid(
                f"Error retrieving subnet information for [{subnet}]: The subnet ID '{subnet}' does not exist "
                f"(ErrorCode: InvalidSubnetID.NotFound)"
            )
    for group in network.get("securityGroups") or []:
        if ec2.get_security_group_from_id(group) is None:
            raise _invalid(
                f"Error retrieving security group information for [{group}]: The security group '{group}' does "
                "not exist (ErrorCode: InvalidGroup.NotFound)"
            )
    network.setdefault("assignPublicIp", "DISABLED")
    network.setdefault("securityGroups", [])
    return network


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message)


def _check_load_balancers(given: list[dict[str, Any]], definition: Any) -> None:
    held = current().backend("elbv2")
    for item in given:
        group = held.target_groups.get(item.get("targetGroupArn"))
        if group is None:
            raise _invalid(
                f"Unable to assume role and validate the specified targetGroupArn {item.get('targetGroupArn')}. "
                "Please verify that the ECS service role being passed has the proper permissions."
            )
        _check_container(item, definition)
        if definition.network_mode == "awsvpc" and group.target_type != "ip":
            raise _invalid(
                f"The provided target group {group.arn} has target type {group.target_type}, which is incompatible "
                "with the awsvpc network mode specified in the task definition."
            )
        current().load_balancers.refresh()
        used = {
            arn
            for balancer in current().load_balancers.all
            for rules in balancer.rules.values()
            for _, actions in rules
            for arn in led(actions)
        }
        if group.arn not in used:
            raise _invalid(
                f"The target group with targetGroupArn {group.arn} does not have an associated load balancer."
            )


def _check_container(item: dict[str, Any], definition: Any) -> None:
    container = next(
        (one for one in definition.container_definitions if one["name"] == item.get("containerName")), None
    )
    if container is None:
        raise _invalid(f"The container {item.get('containerName')} does not exist in the task definition.")
    ports = [int(one["containerPort"]) for one in container.get("portMappings") or []]
    if int(item.get("containerPort") or 0) not in ports:
        raise _invalid(
            f"The container {item['containerName']} did not have a container port {item.get('containerPort')} defined."
        )


def _check_registries(given: list[dict[str, Any]]) -> None:
    held = current().backend("servicediscovery").services
    for item in given:
        if item["registryArn"].rsplit("/", 1)[-1] not in held:
            raise _invalid(f"Unable to find registry {item['registryArn']}: ServiceNotFound")


def create_service(self: Request) -> ActionResult:
    """The API operation. The same service asked for twice in the same words is given again."""
    cluster = _cluster(self)
    name, backend = self._get_param("serviceName"), self.ecs_backend
    given = {key: self._get_param(key) for key in DECLARED if self._get_param(key) is not None}
    definition = _definition(self, self._get_param("taskDefinition"))
    given["taskDefinition"] = definition.arn
    desired = self._get_int_param("desiredCount", 0)
    key = f"{cluster.name}:{name}"
    existing = backend.services.get(key)
    if isinstance(existing, Service) and existing.status != "INACTIVE":
        if existing.status == "DRAINING":
            raise _invalid("Unable to Start a service that is still Draining.")
        token = self._get_param("clientToken")
        same = existing.given == given and existing.desired == desired
        if same or (token is not None and token == existing.client_token):
            return ActionResult({"service": existing.to_api(with_tags=True)})
        raise _invalid("Creation of service was not idempotent.")
    network = _network(self, definition)
    _check_load_balancers(given.get("loadBalancers") or [], definition)
    _check_registries(given.get("serviceRegistries") or [])
    check_strategy(cluster, given, definition)
    ecs_connect.check(given, definition)
    service = Service(
        name=name,
        cluster=cluster.name,
        cluster_arn=cluster.arn,
        desired=desired,
        given=given,
        deployments=[Deployment(definition, desired, network)],
        tags=list(self._get_param("tags") or []),
        client_token=self._get_param("clientToken"),
    )
    backend.services[key] = service  # type: ignore[assignment]
    ecs_connect.offer(service)
    return ActionResult({"service": service.to_api(with_tags=True)})


def update_service(self: Request) -> ActionResult:
    """The API operation: a new count goes to the same deployment, anything else makes a new one."""
    service = _service(self, self._get_param("service"))
    if service.status != "ACTIVE":
        raise AwsError("ServiceNotActiveException", "Service was not ACTIVE.")
    deployment_controllers.check_update(service, dict(self._get_params()))
    changed = bool(self._get_param("forceNewDeployment"))
    definition, network = service.primary.definition, service.primary.network
    if self._get_param("taskDefinition"):
        wanted = _definition(self, self._get_param("taskDefinition"))
        changed, definition = changed or wanted.arn != definition.arn, wanted
    if self._get_param("networkConfiguration"):
        wanted_network = _network(self, definition)
        changed, network = changed or wanted_network != network, wanted_network
    balancers, registries = self._get_param("loadBalancers"), self._get_param("serviceRegistries")
    if balancers is not None:
        _check_load_balancers(balancers, definition)
        changed = changed or balancers != service.load_balancers
    if registries is not None:
        _check_registries(registries)
        changed = changed or registries != service.registries
    for name in DECLARED:
        if self._get_param(name) is not None:
            service.given[name] = self._get_param(name)
    service.given["taskDefinition"] = definition.arn
    check_strategy(_cluster(self), service.given, definition)
    ecs_connect.check(service.given, definition)
    desired = self._get_int_param("desiredCount")
    if desired is not None and desired != service.desired:
        service.desired, service.steady_said = desired, False
        service.primary.desired = desired
    if changed:
        current().ecs.new_deployment(service, definition, network)
    return ActionResult({"service": service.to_api(with_tags=True)})


def delete_service(self: Request) -> ActionResult:
    """The API operation."""
    service = _service(self, self._get_param("service"))
    if service.desired > 0 and not self._get_bool_param("force", False):
        raise _invalid("The service cannot be stopped while it is scaled above 0.")
    service.status, service.desired = "DRAINING", 0
    ecs_connect.withdraw(service)
    for task in service.tasks:
        if task.desired == "RUNNING":
            current().ecs.life.stop(task, f"Service {service.name} was deleted", "ServiceSchedulerInitiated")
    return ActionResult({"service": service.to_api(with_tags=False)})


def describe_services(self: Request) -> ActionResult:
    """The API operation: at most ten, MISSING ones as failures."""
    cluster, names = _cluster(self), self._get_param("services") or []
    if not names:
        raise _invalid("Services cannot be empty.")
    if len(names) > 10:
        raise _invalid("Services cannot have more than 10 elements.")
    with_tags = "TAGS" in (self._get_param("include") or [])
    found: list[dict[str, Any]] = []
    failures: list[dict[str, str]] = []
    for name in names:
        service = self.ecs_backend.services.get(f"{cluster.name}:{name.split('/')[-1]}")
        if isinstance(service, Service):
            found.append(service.to_api(with_tags))
        else:
            arn = f"arn:aws:ecs:{current().region}:{current().account}:service/{cluster.name}/{name.split('/')[-1]}"
            failures.append({"arn": arn, "reason": "MISSING"})
    return ActionResult({"services": found, "failures": failures})


def list_services(self: Request) -> ActionResult:
    """The API operation."""
    cluster = _cluster(self)
    arns = [
        item.arn
        for item in self.ecs_backend.services.values()
        if isinstance(item, Service) and item.cluster == cluster.name and item.status != "INACTIVE"
    ]
    return ActionResult(_page(self, "serviceArns", arns, 10))


def _page(self: Request, member: str, rows: list[str], default: int) -> dict[str, Any]:
    first, limit = int(self._get_param("nextToken") or 0), self._get_int_param("maxResults", default)
    result: dict[str, Any] = {member: rows[first : first + limit]}
    if first + limit < len(rows):
        result["nextToken"] = str(first + limit)
    return result


def run_task(self: Request) -> ActionResult:
    """The API operation, for Fargate. The same token in the same words gives the same tasks."""
    cluster = _cluster(self)
    definition = _definition(self, self._get_param("taskDefinition"))
    network, tasks = _network(self, definition), []
    tokens: dict[str, tuple[Any, list[Task]]] = self.ecs_backend.__dict__.setdefault("sandbox_tokens", {})
    token = self._get_param("clientToken")
    words = (cluster.name, definition.arn, network, self._get_param("overrides"), self._get_param("startedBy"))
    if token in tokens:
        given, started = tokens[token]
        if given != words:
            raise AwsError(
                "ConflictException",
                "The RunTask request could not be processed due to conflicts: the client token "
                "was used with other parameters.",
            )
        return ActionResult({"tasks": [task.to_api(with_tags=True) for task in started], "failures": []})
    made: list[Task] = []
    for _ in range(self._get_int_param("count", 1)):
        task = Task(
            cluster.name,
            cluster.arn,
            definition,
            self._get_param("group") or f"family:{definition.family}",
            self._get_param("startedBy") or "",
            network,
            overrides=self._get_param("overrides") or {},
            tags=list(self._get_param("tags") or []),
            enable_exec=bool(self._get_param("enableExecuteCommand")),
        )
        current().ecs.tasks(cluster.name)[task.arn] = task
        made.append(task)
        tasks.append(task.to_api(with_tags=True))
    if token:
        tokens[token] = (words, made)
    return ActionResult({"tasks": tasks, "failures": []})


def _task(self: Request, name: str) -> Task:
    cluster = _cluster(self)
    for task in current().ecs.tasks(cluster.name).values():
        if name in (task.arn, task.id):
            return task
    raise _invalid("The referenced task was not found.")


def stop_task(self: Request) -> ActionResult:
    """The API operation."""
    task = _task(self, self._get_param("task"))
    current().ecs.life.stop(task, self._get_param("reason") or "Task stopped by user", "UserInitiated")
    return ActionResult({"task": task.to_api(with_tags=False)})


def describe_tasks(self: Request) -> ActionResult:
    """The API operation: MISSING ones as failures."""
    cluster, names = _cluster(self), self._get_param("tasks") or []
    if not names:
        raise _invalid("Tasks cannot be empty.")
    with_tags = "TAGS" in (self._get_param("include") or [])
    held = current().ecs.tasks(cluster.name).values()
    found: list[dict[str, Any]] = []
    failures: list[dict[str, str]] = []
    for name in names:
        task = next((item for item in held if name in (item.arn, item.id)), None)
        if task is not None:
            found.append(task.to_api(with_tags))
        else:
            arn = name if name.startswith("arn:") else f"{cluster.arn.replace(':cluster/', ':task/')}/{name}"
            failures.append({"arn": arn, "reason": "MISSING"})
    return ActionResult({"tasks": found, "failures": failures})


def list_tasks(self: Request) -> ActionResult:
    """The API operation. Without a status it lists what shall run."""
    cluster = _cluster(self)
    service, family = self._get_param("serviceName"), self._get_param("family")
    status, started_by = self._get_param("desiredStatus", "RUNNING"), self._get_param("startedBy")
    if service is not None:
        _service(self, service)
    arns = [
        task.arn
        for task in current().ecs.tasks(cluster.name).values()
        if task.desired == status
        and (service is None or task.group == f"service:{service.split('/')[-1]}")
        and (family is None or task.definition.family == family)
        and (started_by is None or task.started_by == started_by)
    ]
    return ActionResult(_page(self, "taskArns", arns, 100))


def execute_command(self: Request) -> ActionResult:
    """The API operation, as far as its refusals: no session manager runs here."""
    task = _task(self, self._get_param("task"))
    if task.status != "RUNNING" or not task.enable_exec:
        raise _invalid(
            "The execute command failed because execute command was not enabled when the task was run or the "
            "execute command agent isn’t running. Wait and try again or run a new task with execute command "
            "enabled and try again."
        )
    raise AwsError(
        "TargetNotConnectedException", "The execute command failed due to an internal error. Try again later."
    )


def delete_cluster(self: Request) -> ActionResult:
    """The API operation: refused while anything is in the cluster."""
    cluster = _cluster(self)
    services = [
        item
        for item in self.ecs_backend.services.values()
        if isinstance(item, Service) and item.cluster == cluster.name and item.status != "INACTIVE"
    ]
    if services:
        raise AwsError("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
    if any(task.alive and task.service is None for task in current().ecs.tasks(cluster.name).values()):
        raise AwsError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
    cluster.status = "INACTIVE"
    return ActionResult({"cluster": cluster})


def deregister_task_definition(self: Request) -> ActionResult:
    """The API operation."""
    name = self._get_param("taskDefinition")
    if ":" not in name.split("/")[-1]:
        raise AwsError("ClientException", "Revision is missing.")
    definition = self.ecs_backend.deregister_task_definition(name)
    return ActionResult({"taskDefinition": definition})
