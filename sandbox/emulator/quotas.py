"""Service Quotas of Fargate, and the metric of what is used of them.

Modelled after GetServiceQuota of the Service Quotas API reference and "AWS Fargate usage metrics" of the ECS developer
guide. Not modelled: other services' quotas beside those that moto has, requests for more, and Fargate's own refusal of
tasks beyond the quota.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.utils import utcnow
from moto.servicequotas.models import ServiceQuotasBackend

from sandbox.emulator.context import Context, current
from sandbox.emulator.mend import mend

UNITS_PER_CPU = 1024
PERIOD_SECONDS = 300.0
"""How often CloudWatch hears of it: an assumption, as the guide does not say."""

QUOTAS = {
    "L-3032A538": ("Fargate On-Demand vCPU resource count", "Standard/OnDemand", 100.0),
    "L-36FBB829": ("Fargate Spot vCPU resource count", "Standard/Spot", 100.0),
}
"""Name, class of the usage metric, and value, by code."""


def _dimensions(usage: str) -> dict[str, str]:
    return {"Service": "Fargate", "Type": "Resource", "Resource": "vCPU", "Class": usage}


def quota(code: str) -> dict[str, Any]:
    """One of Fargate's quotas as the API gives it."""
    name, usage, value = QUOTAS[code]
    context = current()
    return {
        "ServiceCode": "fargate",
        "ServiceName": "AWS Fargate",
        "QuotaArn": f"arn:aws:servicequotas:{context.region}:{context.account}:fargate/{code}",
        "QuotaCode": code,
        "QuotaName": name,
        "Value": value,
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
        "UsageMetric": {
            "MetricNamespace": "AWS/Usage",
            "MetricName": "ResourceCount",
            "MetricDimensions": _dimensions(usage),
            "MetricStatisticRecommendation": "Maximum",
        },
        "QuotaAppliedAtLevel": "ACCOUNT",
    }


def mend_quotas() -> None:
    """Adds Fargate's quotas to those that moto has."""
    original: Callable[..., dict[str, Any]] = ServiceQuotasBackend.get_service_quota

    @mend(ServiceQuotasBackend)
    def get_service_quota(self: ServiceQuotasBackend, service_code: str, quota_code: str) -> dict[str, Any]:
        if service_code == "fargate" and quota_code in QUOTAS:
            return quota(quota_code)
        return original(self, service_code, quota_code)


class FargateUsage:
    """Publishes how many vCPUs run."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def begin(self) -> None:
        self._context.timekeeper.every(PERIOD_SECONDS, 0.5, self._publish)

    def _publish(self) -> None:
        held = self._context.backend("ecs").tasks.values()
        alive = [task for tasks in held for task in tasks.values() if task.alive and task.launch_type == "FARGATE"]
        units = sum(int(task.definition.cpu or 0) for task in alive)
        # As other counts do it: nothing is not reported.
        if not units:
            return
        dimensions = [{"Name": name, "Value": value} for name, value in _dimensions("Standard/OnDemand").items()]
        datum = {
            "MetricName": "ResourceCount",
            "Value": units / UNITS_PER_CPU,
            "Unit": "None",
            "Timestamp": utcnow(),
            "Dimensions": dimensions,
        }
        self._context.backend("cloudwatch").put_metric_data("AWS/Usage", [datum])
