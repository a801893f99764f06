"""Cloud Map, mended: namespaces by name, operations that take their time, paging and filters, instances in DNS.

Modelled after the AWS Cloud Map API reference and "How Cloud Map DNS works" of its developer guide.
"""

from __future__ import annotations

from typing import Any

from moto.route53.models import FakeZone
from moto.servicediscovery.models import Namespace, Operation, Service, ServiceInstance

from sandbox.emulator import records
from sandbox.emulator.context import current
from sandbox.emulator.records import RecordSet

OPERATION_SECONDS = 30.0
"""From a namespace's creation to its operation's SUCCESS; an instance's registration takes a tenth of it."""

MULTIVALUE_LIMIT = 8


def backend() -> Any:
    return current().backend("servicediscovery")


class Ages:
    """When each operation began, and when each instance may be seen."""

    def __init__(self) -> None:
        self.operations: dict[str, tuple[float, float]] = {}

    def status(self, operation: Operation) -> str:
        began, seconds = self.operations.get(operation.id, (0.0, 0.0))
        return "SUCCESS" if current().clock.elapsed(began) >= seconds else "PENDING"


ages = Ages()


def operation(kind: str, targets: dict[str, str], seconds: float = OPERATION_SECONDS) -> str:
    """Begins an operation that succeeds after `seconds`."""
    identifier: str = backend()._create_operation(kind, targets)
    ages.operations[identifier] = (current().clock.instant(), seconds)
    return identifier


def dns_records(zone: FakeZone, name: str) -> list[RecordSet] | None:
    """The record sets of the service that `name` is, if `zone` is a namespace's. An empty list: known, no instance."""
    namespace = next((item for item in backend().namespaces.values() if zone_id(item) == zone.resource_id), None)
    if namespace is None:
        return None
    for service in list(backend().services.values()):
        if service.namespace_id == namespace.id and records.absolute(f"{service.name}.{namespace.name}") == name:
            return _service_records(service, name) or None
    return None


def _service_records(service: Service, name: str) -> list[RecordSet]:
    config = service.dns_config or {}
    healthy = [item for item in service.instances if item.health_status == "HEALTHY"] or service.instances
    sets: list[RecordSet] = []
    for wanted in config.get("DnsRecords", []):
        ttl = int(wanted["TTL"])
        for instance in healthy[:MULTIVALUE_LIMIT]:
            value = _value(wanted["Type"], instance)
            if value is not None:
                sets.append(
                    RecordSet(
                        name,
                        wanted["Type"],
                        instance.instance_id,
                        ttl,
                        (value,),
                        None,
                        (("MultiValueAnswer", True),),
                        None,
                    )
                )
    return sets


def _value(kind: str, instance: ServiceInstance) -> str | None:
    attributes = instance.attributes
    if kind == "A":
        return attributes.get("AWS_INSTANCE_IPV4")
    if kind == "AAAA":
        return attributes.get("AWS_INSTANCE_IPV6")
    if kind == "CNAME":
        return attributes.get("AWS_INSTANCE_CNAME")
    if kind == "SRV" and "AWS_INSTANCE_PORT" in attributes:
        return f"1 1 {attributes['AWS_INSTANCE_PORT']} {instance.instance_id}."
    return None


def zone_id(namespace: Namespace) -> str:
    return str((namespace.dns_properties or {}).get("HostedZoneId", "")).rsplit("/", 1)[-1]


def register(service_id: str, instance_id: str, attributes: dict[str, str], healthy: bool = True) -> None:
    """Registers a task's address, as ECS does it by itself."""
    service = backend().services.get(service_id)
    if service is None:
        return
    service.instances = [item for item in service.instances if item.instance_id != instance_id]
    instance = ServiceInstance(service_id, instance_id, None, attributes)
    instance.health_status = "HEALTHY" if healthy else "UNHEALTHY"
    service.instances.append(instance)
    service.instances_revision[instance_id] = service.instances_revision.get(instance_id, 0) + 1


def deregister(service_id: str, instance_id: str) -> None:
    """Takes a task's address away."""
    service = backend().services.get(service_id)
    if service is not None:
        service.instances = [item for item in service.instances if item.instance_id != instance_id]


def set_health(service_id: str, instance_id: str, healthy: bool) -> None:
    """Says how an instance is; ECS does it from its container's health."""
    service = backend().services.get(service_id)
    for instance in service.instances if service else []:
        if instance.instance_id == instance_id:
            instance.health_status = "HEALTHY" if healthy else "UNHEALTHY"
