"""Sections of the world that a platform made by Terraform shows: ways of its network, nodes, databases, deliveries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.emulator.context import Context
from sandbox.standins import made_grafana, shared_grafana


def sections(context: Context) -> dict[str, Callable[[], Any]]:
    """Sections by name."""
    return {
        "ec2.routes": lambda: _routes(context),
        "ec2.templates": lambda: sorted(one.name for one in context.backend("ec2").launch_templates.values()),
        "autoscaling.groups": lambda: _groups(context),
        "ecs.providers": lambda: _providers(context),
        "rds": lambda: _databases(context),
        "codebuild": lambda: _projects(context),
        "codepipeline": lambda: _pipelines(context),
        "grafana": lambda: {**made_grafana.contents(), **shared_grafana.contents()},
    }


def _name(item: Any) -> str:
    return next((one["value"] for one in item.get_tags() if one["key"] == "Name"), item.id)


def _routes(context: Context) -> Any:
    """Route tables by name, with where each leads; gateways of both kinds."""
    ec2 = context.backend("ec2")
    tables = {
        _name(table): {
            "ways": sorted(f"{route.destination_cidr_block} {_kind(route)}" for route in table.routes),
            "subnets": sum(1 for one in table.associations if "SubnetId" in one),
        }
        for table in ec2.route_tables.values()
        if any(one["key"] == "Name" for one in table.get_tags())
    }
    nat = sorted(_name(one) for one in ec2.nat_gateways.values() if one.state in ("available", "pending"))
    internet = sorted(_name(one) for one in ec2.internet_gateways.values())
    return {"tables": tables, "nat": nat, "internet": internet}


def _kind(route: Any) -> str:
    return "nat" if route.nat_gateway else "internet" if route.gateway else "local"


def _groups(context: Context) -> Any:
    """Auto Scaling groups by name; how many nodes there are is their provider's affair, and shown."""
    return {
        name: {"min": group.min_size, "max": group.max_size, "nodes": len(group.active_instances())}
        for name, group in context.backend("autoscaling").autoscaling_groups.items()
    }


def _providers(context: Context) -> Any:
    return {
        name: {
            "scaling": one.auto_scaling_group_provider["managedScaling"],
            "protection": one.auto_scaling_group_provider["managedTerminationProtection"],
        }
        for name, one in context.backend("ecs").capacity_providers.items()
    }


def _databases(context: Context) -> Any:
    return {
        name: {
            "engine": f"{one.engine} {one.engine_version}",
            "class": one.db_instance_class,
            "public": one.publicly_accessible,
            "encrypted": one.storage_encrypted,
            "backup_days": one.backup_retention_period,
        }
        for name, one in context.backend("rds").databases.items()
    }


def _projects(context: Context) -> Any:
    held = context.backend("codebuild").codebuild_projects
    return {name: one.project_metadata["environment"].get("environmentVariables", []) for name, one in held.items()}


def _pipelines(context: Context) -> Any:
    held = context.backend("codepipeline").pipelines
    return {name: [stage["name"] for stage in one.pipeline["stages"]] for name, one in held.items()}
