"""Service Connect: names of services that their neighbours reach them by, and Cloud Map's record of them.

Modelled after "Use Service Connect to connect Amazon ECS services with short names" of the ECS developer guide: a
service that offers a port is registered in its namespace, and answers under its client aliases to tasks whose own service
is in the same namespace. A task knows the names that were there when its deployment began, and none that came later. Not
modelled: the proxy's retries, timeouts and metrics, TLS.
"""

from __future__ import annotations

from typing import Any

from moto.servicediscovery.models import Service as CloudMapService

from sandbox.emulator import cloudmap
from sandbox.emulator.context import current
from sandbox.emulator.ecs_model import Service, Task
from sandbox.emulator.mend import AwsError


def configuration(service: Service) -> dict[str, Any]:
    """What a service was given; empty when Service Connect is off for it."""
    given: dict[str, Any] = service.given.get("serviceConnectConfiguration") or {}
    return given if given.get("enabled") else {}


def check(given: dict[str, Any], definition: Any) -> None:
    """Refuses names that lead nowhere. Throws: `AwsError`."""
    connect = given.get("serviceConnectConfiguration") or {}
    if not connect.get("enabled"):
        return
    if _namespace(connect.get("namespace", "")) is None:
        raise AwsError("NamespaceNotFoundException", "The specified namespace wasn't found.")
    for item in connect.get("services") or []:
        if _port(definition, item["portName"]) is None:
            raise AwsError(
                "InvalidParameterException",
                f"The portName ({item['portName']}) does not refer to any named PortMapping in the task definition.",
            )


def _namespace(name: str) -> Any:
    held = cloudmap.backend().namespaces.values()
    return next((one for one in held if name in (one.name, one.arn, one.id)), None)


def _port(definition: Any, name: str) -> int | None:
    for container in definition.container_definitions:
        for mapping in container.get("portMappings") or []:
            if mapping.get("name") == name:
                return int(mapping["containerPort"])
    return None


def offer(service: Service) -> None:
    """Makes the Cloud Map services that ECS keeps for a service."""
    connect = configuration(service)
    namespace = _namespace(connect.get("namespace", "")) if connect else None
    for item in connect.get("services") or []:
        if _record(namespace, item) is None:
            made = CloudMapService(
                current().account,
                current().region,
                item.get("discoveryName") or item["portName"],
                namespace.id,
                f"Managed by Amazon ECS for service {service.name}",
                "",
                None,  # type: ignore[arg-type]
                None,  # type: ignore[arg-type]
                None,  # type: ignore[arg-type]
                "HTTP",
            )
            cloudmap.backend().services[made.id] = made


def withdraw(service: Service) -> None:
    """Takes them away with the service."""
    connect = configuration(service)
    namespace = _namespace(connect.get("namespace", "")) if connect else None
    for item in connect.get("services") or []:
        record = _record(namespace, item)
        if record is not None:
            cloudmap.backend().services.pop(record.id)


def _record(namespace: Any, item: dict[str, Any]) -> Any:
    if namespace is None:
        return None
    wanted = (namespace.id, item.get("discoveryName") or item["portName"])
    held = cloudmap.backend().services.values()
    return next((one for one in held if (one.namespace_id, one.name) == wanted), None)


def join(task: Task) -> None:
    """A task runs: it is registered, and what it may call is what is known now."""
    service = task.service
    connect = configuration(service) if service else {}
    if service is None or not connect:
        return
    namespace = _namespace(connect.get("namespace", ""))
    task.known = sorted(_aliases(namespace))
    for item in connect.get("services") or []:
        record, port = _record(namespace, item), _port(task.definition, item["portName"])
        if record is not None and port is not None:
            attributes = {
                "AWS_INSTANCE_IPV4": task.address,
                "AWS_INSTANCE_PORT": str(port),
                "ECS_SERVICE_NAME": service.name,
                "ECS_CLUSTER_NAME": service.cluster,
            }
            cloudmap.register(record.id, task.id, attributes)


def leave(task: Task) -> None:
    """A task stops."""
    connect = configuration(task.service) if task.service else {}
    namespace = _namespace(connect.get("namespace", "")) if connect else None
    for item in connect.get("services") or []:
        record = _record(namespace, item)
        if record is not None:
            cloudmap.deregister(record.id, task.id)


def _aliases(namespace: Any) -> dict[str, Service]:
    """`name:port` of every alias in a namespace, and whose it is."""
    found = {}
    for service in current().ecs.services.values():
        connect = configuration(service) if isinstance(service, Service) and service.status == "ACTIVE" else {}
        if not connect or _namespace(connect.get("namespace", "")) is not namespace:
            continue
        for item in connect.get("services") or []:
            for alias in item.get("clientAliases") or []:
                name = alias.get("dnsName") or f"{item.get('discoveryName') or item['portName']}.{namespace.name}"
                found[f"{name}:{alias['port']}"] = service
    return found


def endpoint(task: Task, name: str, port: int) -> tuple[Task, int] | str:
    """A running task behind `name:port` as `task` sees it, with its own port; else in words why there is none."""
    connect = configuration(task.service) if task.service else {}
    if not connect or f"{name}:{port}" not in task.known:
        return f"lookup {name}: no such host"
    owner = _aliases(_namespace(connect["namespace"])).get(f"{name}:{port}")
    running = [one for one in owner.running() if one.desired == "RUNNING"] if owner is not None else []
    if owner is None or not running:
        return f"no healthy upstream for {name}:{port}"
    item = next(
        one
        for one in configuration(owner)["services"]
        for alias in one.get("clientAliases") or []
        if int(alias["port"]) == port
    )
    return running[0], _port(running[0].definition, item["portName"]) or port


def lets_in(caller: Task, callee: Task, port: int) -> bool:
    """Whether the security groups of `callee` let those of `caller` in."""
    held = current().backend("ec2")
    ours = set(caller.network.get("securityGroups") or [])
    groups = [held.get_security_group_from_id(one) for one in callee.network.get("securityGroups") or []]
    for rule in (rule for one in groups if one is not None for rule in one.ingress_rules):
        every = str(rule.ip_protocol) == "-1"
        if not every and not (str(rule.ip_protocol) == "tcp" and int(rule.from_port) <= port <= int(rule.to_port)):
            continue
        if rule.source_group.get("GroupId") in ours or rule.ip_range:
            return True
    return not groups
