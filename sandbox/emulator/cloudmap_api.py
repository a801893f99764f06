"""Cloud Map's operations, mended: strict names, paging and filters, operations that take their time.

Modelled after the AWS Cloud Map API reference.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from moto.servicediscovery.models import Namespace, Service
from moto.servicediscovery.responses import ServiceDiscoveryResponse

from sandbox.emulator import cloudmap, records, route53
from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend
from sandbox.emulator.records import RecordSet


def _namespace(identifier: str) -> Namespace:
    found = cloudmap.backend().namespaces.get(identifier.rsplit("/", 1)[-1])
    if found is None:
        raise AwsError("NamespaceNotFound", f"A namespace with the specified ID ({identifier}) could not be found.")
    return found  # type: ignore[no-any-return]


def _service(identifier: str) -> Service:
    found = cloudmap.backend().services.get(identifier.rsplit("/", 1)[-1])
    if found is None:
        raise AwsError("ServiceNotFound", f"A service with the specified ID ({identifier}) could not be found.")
    return found  # type: ignore[no-any-return]


def _create_dns_namespace(self: ServiceDiscoveryResponse, private: bool) -> str:
    given = json.loads(self.body)
    name, vpc = given["Name"].rstrip("."), given.get("Vpc")
    for item in cloudmap.backend().namespaces.values():
        if item.name == name and item.type != "HTTP" and (not private or item.vpc == vpc):
            if item.creator_request_id and item.creator_request_id == given.get("CreatorRequestId"):
                raise AwsError(
                    "DuplicateRequest",
                    "A namespace with this CreatorRequestId is being created already.",
                    duplicateOperationId="",
                )
            raise AwsError(
                "NamespaceAlreadyExists",
                f"Namespace with name {name} already exists.",
                namespaceId=item.id,
                creatorRequestId=item.creator_request_id,
            )
    if private:
        _check_vpc(name, vpc)
    soa = (given.get("Properties") or {}).get("DnsProperties", {}).get("SOA") or {"TTL": 15}
    zone = (
        current()
        .backend("route53", regional=False)
        .create_hosted_zone(
            f"{name}.",
            private_zone=private,
            caller_reference=None,
            vpcid=vpc,
            vpcregion=current().region,
            comment="Created by AWS Cloud Map",
        )
    )
    sets = route53.table.history(zone).newest
    route53.write(zone, tuple(_with_soa_ttl(record, int(soa["TTL"])) for record in sets))
    namespace = Namespace(
        account_id=current().account,
        region=current().region,
        name=name,
        ns_type="DNS_PRIVATE" if private else "DNS_PUBLIC",
        creator_request_id=given.get("CreatorRequestId"),
        description=given.get("Description"),
        dns_properties={"HostedZoneId": zone.resource_id, "SOA": soa},
        http_properties={"HttpName": name},
        vpc=vpc,
    )
    cloudmap.backend().namespaces[namespace.id] = namespace
    if given.get("Tags"):
        cloudmap.backend().tagger.tag_resource(namespace.arn, given["Tags"])
    return json.dumps({"OperationId": cloudmap.operation("CREATE_NAMESPACE", {"NAMESPACE": namespace.id})})


def _check_vpc(name: str, vpc: str | None) -> None:
    if not vpc or current().backend("ec2").get_vpc(vpc) is None:
        raise AwsError("InvalidInput", f"The specified VPC {vpc} does not exist.")
    for zone in route53.zones():
        taken = zone.private_zone and any(item.get("vpc_id") == vpc for item in zone.vpcs)
        if taken and records.absolute(zone.name) == records.absolute(name):
            raise AwsError(
                "ConflictingDomainExists",
                f"The VPC {vpc} is associated with a hosted zone with the domain {name} already.",
            )


def _with_soa_ttl(record: RecordSet, ttl: int) -> RecordSet:
    if record.type != "SOA":
        return record
    return replace(record, ttl=ttl, values=(" ".join([*record.values[0].split()[:-1], str(ttl)]),))


def _namespace_json(namespace: Namespace) -> dict[str, Any]:
    count = sum(1 for service in cloudmap.backend().services.values() if service.namespace_id == namespace.id)
    found = {name: value for name, value in namespace.to_json().items() if value is not None}
    return {**found, "ServiceCount": count}


def _service_json(service: Service) -> dict[str, Any]:
    found = {name: value for name, value in service.to_json().items() if value is not None}
    if "DnsConfig" in found:
        found["DnsConfig"] = {"NamespaceId": service.namespace_id, "RoutingPolicy": "MULTIVALUE", **found["DnsConfig"]}
    if service.health_check_custom_config is not None:
        found["HealthCheckCustomConfig"] = {"FailureThreshold": 1}
    found.setdefault("Type", "DNS_HTTP" if service.dns_config else "HTTP")
    return {**found, "InstanceCount": len(service.instances)}


def _page(self: ServiceDiscoveryResponse, member: str, rows: list[dict[str, Any]]) -> str:
    given = json.loads(self.body or "{}")
    first, limit = int(given.get("NextToken") or 0), int(given.get("MaxResults") or 100)
    result: dict[str, Any] = {member: rows[first : first + limit]}
    if first + limit < len(rows):
        result["NextToken"] = str(first + limit)
    return json.dumps(result)


def _filtered(self: ServiceDiscoveryResponse, rows: list[Any], read: dict[str, Callable[[Any], str]]) -> list[Any]:
    for wanted in json.loads(self.body or "{}").get("Filters", []):
        reader = read.get(wanted["Name"])
        if reader is None:
            raise AwsError("InvalidInput", f"Unknown filter {wanted['Name']}")
        begins = wanted.get("Condition", "EQ") == "BEGINS_WITH"
        rows = [
            row
            for row in rows
            if (
                any(reader(row).startswith(value) for value in wanted["Values"])
                if begins
                else reader(row) in wanted["Values"]
            )
        ]
    return rows


def mend_cloud_map() -> None:
    """Puts the mended operations into moto's class."""
    responses = ServiceDiscoveryResponse
    for name, method in (
        ("create_private_dns_namespace", lambda self: _create_dns_namespace(self, private=True)),
        ("create_public_dns_namespace", lambda self: _create_dns_namespace(self, private=False)),
        ("get_namespace", lambda self: json.dumps({"Namespace": _namespace_json(_namespace(_given(self, "Id")))})),
        ("get_service", lambda self: json.dumps({"Service": _service_json(_service(_given(self, "Id")))})),
        ("list_namespaces", _list_namespaces),
        ("list_services", _list_services),
        ("get_operation", _get_operation),
        ("delete_namespace", _delete_namespace),
        ("create_service", _create_service),
        ("delete_service", _delete_service),
        ("register_instance", _register_instance),
        ("deregister_instance", _deregister_instance),
        ("get_instances_health_status", _get_instances_health_status),
        ("update_instance_custom_health_status", _update_health),
        ("discover_instances", _discover_instances),
    ):
        mend(responses, name)(method)


def _given(self: ServiceDiscoveryResponse, name: str) -> str:
    return str(json.loads(self.body).get(name) or "")


def _list_namespaces(self: ServiceDiscoveryResponse) -> str:
    rows = _filtered(
        self,
        list(cloudmap.backend().namespaces.values()),
        {
            "TYPE": lambda row: row.type,
            "NAME": lambda row: row.name,
            "HTTP_NAME": lambda row: row.name,
            "RESOURCE_OWNER": lambda row: "SELF",
        },
    )
    return _page(self, "Namespaces", [_namespace_json(row) for row in rows])


def _list_services(self: ServiceDiscoveryResponse) -> str:
    rows = _filtered(
        self,
        list(cloudmap.backend().services.values()),
        {"NAMESPACE_ID": lambda row: row.namespace_id, "RESOURCE_OWNER": lambda row: "SELF"},
    )
    return _page(self, "Services", [_service_json(row) for row in rows])


def _get_operation(self: ServiceDiscoveryResponse) -> str:
    found = cloudmap.backend().operations.get(_given(self, "OperationId"))
    if found is None:
        raise AwsError("OperationNotFound", "The operation could not be found.")
    return json.dumps({"Operation": {**found.to_json(), "Status": cloudmap.ages.status(found)}})


def _delete_namespace(self: ServiceDiscoveryResponse) -> str:
    namespace = _namespace(_given(self, "Id"))
    if any(service.namespace_id == namespace.id for service in cloudmap.backend().services.values()):
        raise AwsError(
            "ResourceInUse", f"The namespace {namespace.id} can't be deleted because it contains one or more services."
        )
    zones = current().backend("route53", regional=False).zones
    zones.pop(cloudmap.zone_id(namespace), None)
    route53.table.histories.pop(cloudmap.zone_id(namespace), None)
    del cloudmap.backend().namespaces[namespace.id]
    return json.dumps({"OperationId": cloudmap.operation("DELETE_NAMESPACE", {"NAMESPACE": namespace.id})})


def _create_service(self: ServiceDiscoveryResponse) -> str:
    given = json.loads(self.body)
    config = given.get("DnsConfig")
    namespace = _namespace(given.get("NamespaceId") or (config or {}).get("NamespaceId") or "")
    for item in cloudmap.backend().services.values():
        if item.namespace_id == namespace.id and item.name == given["Name"]:
            if item.creator_request_id and item.creator_request_id == given.get("CreatorRequestId"):
                return json.dumps({"Service": _service_json(item)})
            raise AwsError(
                "ServiceAlreadyExists",
                f"Service with name {given['Name']} already exists.",
                serviceId=item.id,
                creatorRequestId=item.creator_request_id,
            )
    if config is not None and not config.get("DnsRecords"):
        raise AwsError("InvalidInput", "DnsConfig needs at least one DNS record.")
    service = cloudmap.backend().create_service(
        name=given["Name"],
        namespace_id=namespace.id,
        creator_request_id=given.get("CreatorRequestId"),
        description=given.get("Description"),
        dns_config=config,
        health_check_config=given.get("HealthCheckConfig"),
        health_check_custom_config=given.get("HealthCheckCustomConfig"),
        tags=given.get("Tags"),
        service_type=given.get("Type"),
    )
    return json.dumps({"Service": _service_json(service)})


def _delete_service(self: ServiceDiscoveryResponse) -> str:
    service = _service(_given(self, "Id"))
    if service.instances:
        raise AwsError(
            "ResourceInUse", f"The service {service.id} can't be deleted because it contains one or more instances."
        )
    del cloudmap.backend().services[service.id]
    return "{}"


def _register_instance(self: ServiceDiscoveryResponse) -> str:
    given = json.loads(self.body)
    service = _service(given["ServiceId"])
    cloudmap.register(service.id, given["InstanceId"], given.get("Attributes") or {})
    seconds = cloudmap.OPERATION_SECONDS / 10
    return json.dumps(
        {"OperationId": cloudmap.operation("REGISTER_INSTANCE", {"INSTANCE": given["InstanceId"]}, seconds)}
    )


def _deregister_instance(self: ServiceDiscoveryResponse) -> str:
    given = json.loads(self.body)
    service = _service(given["ServiceId"])
    if all(item.instance_id != given["InstanceId"] for item in service.instances):
        raise AwsError("InstanceNotFound", f"Instance {given['InstanceId']} could not be found.")
    cloudmap.deregister(service.id, given["InstanceId"])
    seconds = cloudmap.OPERATION_SECONDS / 10
    return json.dumps(
        {"OperationId": cloudmap.operation("DEREGISTER_INSTANCE", {"INSTANCE": given["InstanceId"]}, seconds)}
    )


def _get_instances_health_status(self: ServiceDiscoveryResponse) -> str:
    given = json.loads(self.body)
    service = _service(given["ServiceId"])
    wanted = given.get("Instances")
    found = {item.instance_id: item.health_status for item in service.instances}
    if wanted is not None:
        missing = [name for name in wanted if name not in found]
        if missing:
            raise AwsError("InstanceNotFound", f"Instance {missing[0]} could not be found.")
        found = {name: found[name] for name in wanted}
    return json.dumps({"Status": found})


def _update_health(self: ServiceDiscoveryResponse) -> str:
    given = json.loads(self.body)
    service = _service(given["ServiceId"])
    if service.health_check_custom_config is None:
        raise AwsError("CustomHealthNotFound", "The service has no custom health check.")
    cloudmap.set_health(service.id, given["InstanceId"], given["Status"] == "HEALTHY")
    return "{}"


def _discover_instances(self: ServiceDiscoveryResponse) -> str:
    given = json.loads(self.body)
    namespace = next(
        (item for item in cloudmap.backend().namespaces.values() if item.name == given["NamespaceName"]), None
    )
    if namespace is None:
        raise AwsError("NamespaceNotFound", f"Namespace {given['NamespaceName']} could not be found.")
    service = next(
        (
            item
            for item in cloudmap.backend().services.values()
            if item.namespace_id == namespace.id and item.name == given["ServiceName"]
        ),
        None,
    )
    if service is None:
        raise AwsError("ServiceNotFound", f"Service {given['ServiceName']} could not be found.")
    wanted = given.get("HealthStatus", "HEALTHY_OR_ELSE_ALL")
    healthy = [item for item in service.instances if item.health_status == "HEALTHY"]
    chosen = {
        "HEALTHY": healthy,
        "ALL": service.instances,
        "HEALTHY_OR_ELSE_ALL": healthy or service.instances,
        "UNHEALTHY": [item for item in service.instances if item not in healthy],
    }[wanted]
    for name, value in (given.get("QueryParameters") or {}).items():
        chosen = [item for item in chosen if item.attributes.get(name) == value]
    rows = [
        {
            "InstanceId": item.instance_id,
            "NamespaceName": namespace.name,
            "ServiceName": service.name,
            "HealthStatus": item.health_status,
            "Attributes": item.attributes,
        }
        for item in chosen[: int(given.get("MaxResults") or 100)]
    ]
    return json.dumps({"Instances": rows, "InstancesRevision": sum(service.instances_revision.values())})
