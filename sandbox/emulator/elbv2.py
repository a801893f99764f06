"""Elastic Load Balancing v2, mended: real target health, a load balancer that is `provisioning` first, real zone ids.

Modelled after the ELBv2 API reference (TargetHealth, LoadBalancerState) and "Elastic Load Balancing endpoints" for
the hosted zone ids.
"""

from __future__ import annotations

import random
from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.models import ELBv2Backend, FakeListener, FakeLoadBalancer, FakeTargetGroup
from moto.elbv2.responses import ELBV2Response

from sandbox.emulator.context import current
from sandbox.emulator.listener_rules import led
from sandbox.emulator.load_balancer import TargetHealth
from sandbox.emulator.mend import AwsError, mend

ZONE_IDS = {"ap-northeast-2": "ZWKZPGTI48KDX", "us-east-1": "Z35SXDOTRQ7X7K", "ap-northeast-1": "Z14GRHDCWA56QT"}
"""The hosted zone that an alias to an application load balancer names, by region."""

PROVISION_SECONDS = 90.0

DEFAULT_ATTRIBUTES = {
    "idle_timeout.timeout_seconds": "60",
    "client_keep_alive.seconds": "3600",
    "routing.http2.enabled": "true",
    "access_logs.s3.enabled": "false",
}


def mend_elbv2() -> None:
    """Puts the mended operations into moto's classes."""
    original_create = ELBv2Backend.create_load_balancer
    original_delete = ELBv2Backend.delete_load_balancer

    @mend(ELBv2Backend)
    def create_load_balancer(self: ELBv2Backend, name: str, *args: Any, **kwargs: Any) -> FakeLoadBalancer:
        if any(item.name == name for item in self.load_balancers.values()):
            raise AwsError(
                "DuplicateLoadBalancerName",
                f"A load balancer with the same name '{name}' exists, but with different settings",
            )
        balancer = original_create(self, name, *args, **kwargs)
        number = random.randint(10**8, 10**10)
        balancer.dns_name = f"{name}-{number}.{self.region_name}.elb.amazonaws.com".lower()
        balancer.canonical_hosted_zone_id = ZONE_IDS.get(self.region_name, ZONE_IDS["ap-northeast-2"])
        balancer.attrs |= DEFAULT_ATTRIBUTES

        def provisioned() -> None:
            if balancer.state == "provisioning":
                balancer.state = "active"

        current().timekeeper.after(PROVISION_SECONDS, provisioned)
        current().load_balancers.refresh()
        return balancer

    @mend(FakeLoadBalancer)
    def activate(self: FakeLoadBalancer) -> None:
        """moto turns a load balancer active when it is first described; here it takes its time."""

    @mend(ELBv2Backend)
    def delete_load_balancer(self: ELBv2Backend, arn: str) -> None:
        balancer = self.load_balancers.get(arn)
        if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
            raise AwsError(
                "OperationNotPermitted",
                f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
            )
        original_delete(self, arn)
        current().load_balancers.refresh()

    # moto notes a load balancer for each rule that is made, twice for two rules, and never takes one away.
    FakeTargetGroup.load_balancer_arns = property(_balancers_of, lambda self, value: None)
    mend(ELBV2Response)(describe_target_health)


def _balancers_of(group: FakeTargetGroup) -> list[str]:
    """The load balancers that lead to a target group now, each once, with any weight."""
    return [
        balancer.arn
        for balancer in current().backend("elbv2").load_balancers.values()
        if any(group.arn in _led(listener) for listener in balancer.listeners.values())
    ]


def _led(listener: FakeListener) -> set[str]:
    """The target groups that a listener's rules forward to."""
    rules = [*listener._non_default_rules.values(), listener._default_rule[0]]
    return set().union(*(led([action.data for action in rule.actions]) for rule in rules))


def describe_target_health(self: ELBV2Response) -> ActionResult:
    """What the probes have shown."""
    arn = self._get_param("TargetGroupArn")
    group = self.elbv2_backend.target_groups.get(arn)
    if group is None:
        raise AwsError("TargetGroupNotFound", "One or more target groups not found")
    balancers = current().load_balancers
    balancers.refresh()
    asked = self._get_param("Targets", []) or []
    known = {key[1:]: item for key, item in balancers.health.items() if key[0] == arn}
    if asked:
        keys = [(target["Id"], int(target.get("Port") or group.port)) for target in asked]
    else:
        keys = sorted(known)
    rows = [_row(key, known.get(key), group) for key in keys]
    return ActionResult({"TargetHealthDescriptions": rows})


def _row(key: tuple[str, int], item: TargetHealth | None, group: Any) -> dict[str, Any]:
    if item is None:
        item = TargetHealth("unused", "Target.NotRegistered", "Target is not registered to the target group")
    health = {"State": item.state, "Reason": item.reason, "Description": item.description}
    port = str(group.health_check_port or "traffic-port")
    return {
        "Target": {"Id": key[0], "Port": key[1], "AvailabilityZone": "all"},
        "HealthCheckPort": str(key[1]) if port == "traffic-port" else port,
        "TargetHealth": {name: value for name, value in health.items() if value is not None},
    }
