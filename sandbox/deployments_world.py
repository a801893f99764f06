"""What the world's snapshot says of CodeDeploy, of its hooks' functions, and of scaling policies."""

from __future__ import annotations

import re
from typing import Any

from sandbox.emulator.context import Context

MADE_ID = re.compile(r"-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


def without_id(alarm: str) -> str:
    """The name of an alarm that a scaling policy made, without the id at its end; any other name as it is."""
    return MADE_ID.sub("", alarm) if alarm.startswith("TargetTracking-") else alarm


def applications(context: Context) -> Any:
    """CodeDeploy's applications with their groups; deployments are history, and left out."""
    backend = context.backend("codedeploy")
    return {
        name: {
            "platform": application.compute_platform,
            "groups": {
                group.deployment_group_name: {
                    "services": group.ecs_services,
                    "config": group.deployment_config_name,
                    "style": group.deployment_style,
                    "alarms": getattr(group, "alarm_configuration", None) or {},
                    "rollback": group.auto_rollback_configuration,
                    "blue_green": group.blue_green_deployment_configuration,
                    "targets": [
                        [one["name"] for one in pair.get("targetGroups") or []]
                        for pair in group.load_balancer_info.get("targetGroupPairInfoList") or []
                    ],
                }
                for group in backend.deployment_groups.get(name, {}).values()
            },
        }
        for name, application in backend.applications.items()
    }


def functions(context: Context) -> Any:
    """Lambda functions."""
    return {
        one.function_name: {"handler": one.handler, "runtime": one.run_time, "timeout": one.timeout}
        for one in context.backend("lambda").list_functions()
    }


def policies(context: Context) -> Any:
    """Scaling policies by what they scale; the label of a target group is the service's making, and left out."""
    found: dict[str, dict[str, Any]] = {}
    for policy in context.backend("applicationautoscaling").policies.values():
        given = policy.target_tracking_scaling_policy_configuration or {}
        found.setdefault(policy.resource_id, {})[policy.policy_name] = {
            "metric": (given.get("PredefinedMetricSpecification") or {}).get("PredefinedMetricType"),
            "value": given.get("TargetValue"),
            "in": given.get("ScaleInCooldown"),
            "out": given.get("ScaleOutCooldown"),
        }
    return found
