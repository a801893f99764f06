"""The world as JSON: the declared attributes of every resource, canonical, without ids and timestamps.

What semantics call equal worlds is equality of two of these. Names stand for ids; lists are sorted; left out are
revision numbers, ids and times that a service makes, secrets pending deletion, and log events.
"""

from __future__ import annotations

import json
from typing import Any

from sandbox import deployments_world
from sandbox.emulator import backups, iam, records, restores, route53, volumes
from sandbox.emulator.context import Context
from sandbox.world_platform import sections as platform_sections


class World:
    """Reads the whole state. Call it under the lock."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def snapshot(self, without: set[str]) -> dict[str, Any]:
        """Every section but those of `without`."""
        sections = {
            "route53": self._route53,
            "ec2.network": self._network,
            "ec2.instances": self._instances,
            "ec2.addresses": self._addresses,
            "ec2.images": self._images,
            "ecr": self._repositories,
            "iam.roles": self._roles,
            "iam.policies": self._policies,
            "iam.oidc": self._providers,
            "ecs": self._clusters,
            "elbv2": self._balancers,
            "cloudmap": self._namespaces,
            "secrets": self._secrets,
            "logs": self._log_groups,
            "s3": self._buckets,
            "s3.objects": self._objects,
            "acm": self._certificates,
            "cloudwatch": self._alarms,
            "autoscaling": self._scaling,
            "ssm": self._parameters,
            "codedeploy": lambda: deployments_world.applications(self._context),
            "lambda": lambda: deployments_world.functions(self._context),
            "autoscaling.policies": lambda: deployments_world.policies(self._context),
            "backup": lambda: {"jobs": backups.jobs()},
            **platform_sections(self._context),
            "backup.plans": restores.declared,
            "efs": volumes.declared,
        }
        unknown = without - set(sections)
        if unknown:
            raise ValueError(f"no section {', '.join(sorted(unknown))}; there are {', '.join(sections)}")
        found = {name: read() for name, read in sections.items() if name not in without}
        return json.loads(json.dumps(found, sort_keys=True, default=str))  # type: ignore[no-any-return]

    def _backend(self, name: str, regional: bool = True) -> Any:
        return self._context.backend(name, regional)

    def _route53(self) -> Any:
        zones = {}
        for zone in route53.zones():
            sets = [record.to_api() for record in route53.table.history(zone).newest]
            zones[f"{records.absolute(zone.name)}{' (private)' if zone.private_zone else ''}"] = [
                self._named_record(item) for item in sets
            ]
        return zones

    def _named_record(self, item: dict[str, Any]) -> dict[str, Any]:
        """An alias to a load balancer by the balancer's name: the number in its DNS name is the service's making."""
        alias = item.get("AliasTarget")
        balancer = self._context.load_balancers.by_name(alias["DNSName"]) if alias else None
        if alias and balancer is not None:
            item = {**item, "AliasTarget": {**alias, "DNSName": f"(load balancer {balancer.name})"}}
        return item

    def _network(self) -> Any:
        ec2 = self._backend("ec2")
        groups = [group for by_vpc in ec2.groups.values() for group in by_vpc.values()]
        names = {group.id: group.name for group in groups}
        return {
            "vpcs": sorted((vpc.cidr_block, _tags(vpc)) for vpc in ec2.vpcs.values() if not _default(vpc)),
            "subnets": sorted(
                (subnet.cidr_block, subnet.availability_zone, _tags(subnet))
                for by_zone in ec2.subnets.values()
                for subnet in by_zone.values()
                if not _default(subnet)
            ),
            "security_groups": {
                group.name: {
                    "ingress": _rules(group.ingress_rules, names),
                    "egress": _rules(group.egress_rules, names),
                    "tags": _tags(group),
                }
                for group in groups
                if group.name != "default"
            },
        }

    def _instances(self) -> Any:
        ec2 = self._backend("ec2")
        return {
            _tags(item).get("Name", item.id): {
                "state": item.state,
                "type": item.instance_type,
                "tags": _tags(item),
                "private_ip": item.private_ip,
                "public_ip": item.public_ip,
                **self._machine(item.id),
            }
            for item in ec2.all_instances()
            # What is gone, or going, EC2 itself forgets after a while; a group's nodes are counted with their group.
            if item.state not in ("shutting-down", "terminated") and "aws:autoscaling:groupName" not in _tags(item)
        }

    def _machine(self, instance: str) -> dict[str, Any]:
        """What the agent and the stores of an instance were told."""
        fleet = self._context.fleet
        if instance not in self._context.machines.machines:
            return {}
        return {"agent": fleet.agents.get(instance, ["old"]), "compacts": instance not in fleet.resting}

    def _addresses(self) -> Any:
        ec2 = self._backend("ec2")
        return {
            # One that no machine has, such as a gateway's, is AWS's choice each time, and goes by its name.
            (item.public_ip if item.instance else _tags(item).get("Name", item.public_ip)): {
                "instance": _tags(item.instance).get("Name") if item.instance else None,
                "tags": _tags(item),
            }
            for item in ec2.addresses
        }

    def _images(self) -> Any:
        notes = self._context.machines.image_records
        return {
            image.name: {"state": image.state, "tags": _tags(image), "no_reboot": notes[image.id]["no_reboot"]}
            for image in self._backend("ec2").amis.values()
            if image.id in notes
        }

    def _repositories(self) -> Any:
        backend, registry = self._backend("ecr"), self._context.registry
        return {
            name: {
                "scan_on_push": repository.image_scanning_configuration.get("scanOnPush", False),
                "mutability": str(getattr(repository.image_tag_mutability, "value", repository.image_tag_mutability)),
                "encryption": repository.encryption_configuration,
                "policy": _document(repository.policy),
                "lifecycle": _document(repository.lifecycle_policy),
                "tags": backend.tagger.get_tag_dict_for_resource(repository.arn),
                "images": sorted(tag for image in registry.images(name) for tag in image.tags)
                if registry
                else sorted(tag for image in repository.images for tag in image.image_tags),
            }
            for name, repository in backend.repositories.items()
        }

    def _roles(self) -> Any:
        return {
            role.name: {
                "path": role.path,
                "trust": _document(role.assume_role_policy_document),
                "description": role.description,
                "inline": {name: _document(volumes.without_ids(text)) for name, text in role.policies.items()},
                "attached": sorted(role.managed_policies),
                "tags": _plain_tags(role.tags),
                "boundary": role.permissions_boundary_arn or None,
                "max_session": role.max_session_duration,
            }
            for role in self._backend("iam", False).roles.values()
        }

    def _policies(self) -> Any:
        return {
            policy.name: _document(iam.document_of(policy))
            for arn, policy in self._backend("iam", False).managed_policies.items()
            if ":aws:policy/" not in arn
        }

    def _providers(self) -> Any:
        return {
            provider.url: {
                "clients": sorted(provider.client_id_list),
                "thumbprints": sorted(provider.thumbprint_list),
                "tags": _plain_tags(provider.tags),
            }
            for provider in self._backend("iam", False).open_id_providers.values()
        }

    def _clusters(self) -> Any:
        backend = self._backend("ecs")
        return {
            "clusters": {
                cluster.name: {
                    "settings": cluster.settings,
                    "tags": _pairs(cluster.tags or [], "key", "value"),
                    "providers": cluster.capacity_providers,
                }
                for cluster in backend.clusters.values()
                if cluster.status == "ACTIVE"
            },
            "services": self._context.ecs.declared() if hasattr(self._context, "ecs") else {},
            "families": sorted(
                family
                for family, revisions in backend.task_definitions.items()
                if any(item.status == "ACTIVE" for item in revisions.values())
            ),
        }

    def _balancers(self) -> Any:
        backend = self._backend("elbv2")
        groups = {arn: group.name for arn, group in backend.target_groups.items()}
        names = {group.id: group.name for by_vpc in self._backend("ec2").groups.values() for group in by_vpc.values()}

        def actions(items: Any) -> Any:
            text = json.dumps([item.data for item in items], sort_keys=True, default=str)
            for arn, name in groups.items():
                text = text.replace(arn, name)
            return json.loads(text)

        return {
            "load_balancers": {
                item.name: {
                    "scheme": item.scheme,
                    "type": item.type,
                    "attributes": item.attrs,
                    "security_groups": sorted(names.get(group, group) for group in item.security_groups or []),
                    "subnets": sorted(subnet.cidr_block for subnet in item.subnets),
                    "tags": backend.tagging_service.get_tag_dict_for_resource(item.arn),
                    "listeners": {
                        f"{listener.protocol}:{listener.port}": {
                            "default": actions(listener.default_actions),
                            "rules": [
                                {
                                    "priority": rule.priority,
                                    "conditions": rule.conditions,
                                    "actions": actions(rule.actions),
                                }
                                for rule in listener._non_default_rules.values()
                            ],
                        }
                        for listener in item.listeners.values()
                    },
                }
                for item in backend.load_balancers.values()
            },
            "target_groups": {
                group.name: {
                    "protocol": group.protocol,
                    "port": str(group.port),
                    "type": group.target_type,
                    "path": group.health_check_path,
                    "attributes": group.attributes,
                    "targets": len(group.targets),
                }
                for group in backend.target_groups.values()
            },
        }

    def _namespaces(self) -> Any:
        backend = self._backend("servicediscovery")
        return {
            namespace.name: {
                "type": namespace.type,
                "services": {
                    service.name: {
                        "dns": (service.dns_config or {}).get("DnsRecords"),
                        "custom_health": service.health_check_custom_config is not None,
                        "instances": len(service.instances),
                    }
                    for service in backend.services.values()
                    if service.namespace_id == namespace.id
                },
            }
            for namespace in backend.namespaces.values()
        }

    def _secrets(self) -> Any:
        held = self._backend("secretsmanager").secrets
        return {
            secret.name: {"description": secret.description, "tags": _plain_tags(secret.tags)}
            for secret in (held[name] for name in list(held.keys()))
            if not secret.is_deleted()
        }

    def _log_groups(self) -> Any:
        return {
            name: {"retention": group.retention_in_days, "tags": _plain_tags(self._tags_of_group(group))}
            for name, group in self._backend("logs").groups.items()
        }

    def _tags_of_group(self, group: Any) -> Any:
        return self._backend("logs").tagger.get_tag_dict_for_resource(group.arn)

    def _buckets(self) -> Any:
        return sorted(self._backend("s3", False).buckets)

    def _objects(self) -> Any:
        """Objects by their first two path parts, since the rest of a chunk's key is made at random."""
        found: dict[str, dict[str, int]] = {}
        for name, bucket in self._backend("s3", False).buckets.items():
            counts = found.setdefault(name, {})
            for key in list(bucket.keys):
                prefix = "/".join(key.split("/")[:2])
                counts[prefix] = counts.get(prefix, 0) + 1
        return found

    def _certificates(self) -> Any:
        return sorted((item.common_name, item.status) for item in self._backend("acm")._certificates.values())

    def _alarms(self) -> Any:
        return {
            # Application Auto Scaling ends the names of its alarms with an id of its own making.
            deployments_world.without_id(name): {
                "metric": alarm.metric_name,
                "state": alarm.state_value,
                "threshold": alarm.threshold,
                "comparison": alarm.comparison_operator,
                "missing": alarm.treat_missing_data,
            }
            for name, alarm in self._backend("cloudwatch").alarms.items()
        }

    def _scaling(self) -> Any:
        backend = self._backend("applicationautoscaling")
        return sorted(
            (target.resource_id, target.min_capacity, target.max_capacity)
            for by_resource in backend.targets.values()
            for target in by_resource.values()
        )

    def _parameters(self) -> Any:
        held = self._backend("ssm")._parameters
        names = [name for name in list(held.keys()) if not name.startswith("/aws/") and held[name]]
        return {name: held[name][-1].parameter_type for name in names}


def _tags(item: Any) -> dict[str, str]:
    found = item.get_tags() if hasattr(item, "get_tags") else []
    return {
        tag["key"] if "key" in tag else tag["Key"]: tag["value"] if "value" in tag else tag["Value"] for tag in found
    }


def _pairs(items: Any, name: str = "Key", value: str = "Value") -> dict[str, str]:
    return {item[name]: item[value] for item in items or []}


def _plain_tags(tags: Any) -> dict[str, str]:
    if isinstance(tags, dict):
        return {name: item["Value"] if isinstance(item, dict) else item for name, item in tags.items()}
    return {item.get("Key", item.get("key")): item.get("Value", item.get("value")) for item in tags or []}


def _document(text: Any) -> Any:
    return json.loads(text) if isinstance(text, str) and text else text or None


def _default(item: Any) -> bool:
    return str(getattr(item, "is_default", getattr(item, "default_for_az", "false"))).lower() == "true"


def _rules(rules: Any, names: dict[str, str]) -> list[Any]:
    found = []
    for rule in rules:
        source = rule.ip_range or rule.source_group or rule.prefix_list_id or {}
        text = (
            source
            if isinstance(source, str)
            else next(
                (str(source[key]) for key in ("CidrIp", "CidrIpv6", "GroupId", "PrefixListId") if source.get(key)), ""
            )
        )
        found.append(f"{rule.ip_protocol} {rule.from_port}-{rule.to_port} {names.get(text, text)}")
    return sorted(found)
