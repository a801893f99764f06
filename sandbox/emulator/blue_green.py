"""CodeDeploy's blue/green deployments of ECS services: two task sets, weights on listeners, hooks that are really run.

Modelled after "Deployments on an Amazon ECS compute platform", "AppSpec 'hooks' section" and "Working with deployment
configurations" of the CodeDeploy user guide, and "CodeDeploy blue/green deployments" of the ECS developer guide. Not
modelled: the hour that a hook may take before it answers (one that ends without an answer has failed), custom
deployment configurations, `Ready` with a switch by hand. A shift by itself takes no time here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from moto.elbv2.models import FakeAction

from sandbox.emulator.context import current
from sandbox.emulator.ecs_model import Deployment, Service
from sandbox.emulator.hooks import Hook
from sandbox.emulator.listener_rules import led

INSTALL_LIMIT_SECONDS = 3600.0
"""How long a replacement task set may take to become healthy."""
LOOK_SECONDS = 5.0
CONFIGURATION = re.compile(
    r"CodeDeployDefault\.ECS(?:(Linear|Canary)(\d+)Percent(?:Every)?(\d+)Minutes|AllAtOnce)$"
)
HOOKS = ("BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic")


class Trouble(Exception):
    """Why a deployment fails: a code of the user guide, and words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass
class Route:
    """Rules of listeners that lead to one of two target groups, and how to lead them."""

    listeners: list[str]
    blue: str
    green: str

    def lead(self, to_green: int) -> bool:
        """Gives the green target group that share. False when no rule forwards to either."""
        backend = current().backend("elbv2")
        found = False
        weights = [{"TargetGroupArn": self.blue, "Weight": 100 - to_green}]
        weights.append({"TargetGroupArn": self.green, "Weight": to_green})
        for balancer in backend.load_balancers.values():
            for arn, listener in balancer.listeners.items():
                if arn not in self.listeners:
                    continue
                for rule in [*listener._non_default_rules.values(), listener._default_rule[0]]:
                    if led([action.data for action in rule.actions]) & {self.blue, self.green}:
                        groups = [dict(one) for one in weights]
                        rule.actions = [FakeAction({"Type": "forward", "ForwardConfig": {"TargetGroups": groups}})]
                        found = True
                listener.default_actions = listener._default_rule[0].actions
        current().load_balancers.refresh()
        return found


class BlueGreen:
    """One deployment: what it walks through, and how it comes back."""

    def __init__(self, deployment: Any) -> None:
        self._deployment = deployment
        group = deployment.deployment_group
        where = group.ecs_services[0]
        key = f"{where['clusterName']}:{where['serviceName']}"
        service = current().backend("ecs").services.get(key)
        if not isinstance(service, Service) or service.status != "ACTIVE":
            raise Trouble("ECS_UPDATE_ERROR", f"The ECS service {where['serviceName']} does not exist")
        self._service: Service = service
        self._spec = _spec(deployment)
        self._target = self._spec["Resources"][0]["TargetService"]["Properties"]
        self._blue = service.primary
        self._green: Deployment | None = None
        self._prod, self._test = self._routes(group)

    def _routes(self, group: Any) -> tuple[Route, Route]:
        pair = (group.load_balancer_info.get("targetGroupPairInfoList") or [{}])[0]
        held = {item.name: arn for arn, item in current().backend("elbv2").target_groups.items()}
        arns = [held.get(one["name"], "") for one in pair.get("targetGroups") or []]
        live = next((one["targetGroupArn"] for one in self._service.load_balancers), "")
        if len(arns) != 2 or live not in arns:
            raise Trouble(
                "ECS_UPDATE_ERROR",
                "The ELB could not be updated due to the following error: the target groups of the deployment group "
                f"are not those of the service {self._service.name}",
            )
        other = next(arn for arn in arns if arn != live)

        def route(name: str) -> Route:
            return Route(list((pair.get(name) or {}).get("listenerArns") or []), live, other)

        return route("prodTrafficRoute"), route("testTrafficRoute")

    def walk(self) -> Iterator[float]:
        """What happens, pause by pause (AWS's seconds). Throws: `Trouble`."""
        yield from self._hook("BeforeInstall")
        yield from self._install()
        yield from self._hook("AfterInstall")
        self._test.lead(100)
        yield from self._hook("AfterAllowTestTraffic")
        yield from self._hook("BeforeAllowTraffic")
        for share, pause in self._shares():
            self._prod.lead(share)
            yield from _rest(pause)
        self._switch(self._green, self._blue)
        yield from self._hook("AfterAllowTraffic")
        options = self._deployment.deployment_group.blue_green_deployment_configuration
        kept = (options.get("terminateBlueInstancesOnDeploymentSuccess") or {}).get("terminationWaitTimeInMinutes")
        yield from _rest(60.0 * float(kept or 0))
        self._service.deployments = [one for one in self._service.deployments if one is not self._blue]

    def go_back(self) -> None:
        """Traffic to the blue side, at once, and the green one is ended."""
        self._prod.lead(0)
        self._test.lead(0)
        if self._green is not None:
            self._switch(self._blue, self._green)
            self._service.deployments = [one for one in self._service.deployments if one is not self._green]

    def _install(self) -> Iterator[float]:
        if not self._prod.lead(0):
            raise Trouble(
                "ECS_UPDATE_ERROR",
                "The ELB could not be updated due to the following error: Primary taskset target group must be behind "
                f"listener {', '.join(self._prod.listeners)}",
            )
        self._test.lead(0)
        definition = current().backend("ecs").describe_task_definition(self._target["TaskDefinition"])
        info = self._target["LoadBalancerInfo"]
        balancer = {
            "targetGroupArn": self._prod.green,
            "containerName": info["ContainerName"],
            "containerPort": int(info["ContainerPort"]),
        }
        green = Deployment(definition, self._service.desired, self._blue.network, status="ACTIVE")
        green.balancers = [balancer]
        self._green = green
        self._service.deployments = [*self._service.deployments, green]
        began = current().clock.instant()
        while not current().ecs.task_set_is_healthy(self._service, green):
            if current().clock.elapsed(began) > INSTALL_LIMIT_SECONDS:
                raise Trouble(
                    "TIMEOUT",
                    "The deployment timed out while waiting for the replacement task set to become healthy. This time "
                    "out period is 60 minutes.",
                )
            yield LOOK_SECONDS
        green.rollout, green.reason = "COMPLETED", f"ECS deployment {green.id} completed."

    def _shares(self) -> list[tuple[int, float]]:
        name = self._deployment.deployment_config_name or ""
        found = CONFIGURATION.match(name)
        if found is None:
            raise Trouble("DEPLOYMENT_CONFIG_MISSING", f"The sandbox knows no deployment configuration {name}")
        kind, share, minutes = found[1], int(found[2] or 100), 60.0 * int(found[3] or 0)
        if kind == "Canary":
            return [(share, minutes), (100, 0.0)]
        return [(now, minutes if now < 100 else 0.0) for now in [*range(share, 100, share), 100]]

    def _switch(self, to: Deployment | None, away: Deployment) -> None:
        if to is None:
            return
        away.status, to.status = "ACTIVE", "PRIMARY"
        self._service.given["taskDefinition"] = to.definition.arn
        self._service.given["loadBalancers"] = to.balancers or self._service.load_balancers
        self._service.last_completed = (to.definition, to.network)

    def _hook(self, event: str) -> Iterator[float]:
        names = [one[event] for one in self._spec.get("Hooks") or [] if event in one]
        for name in names:
            hook = Hook(name, event, self._deployment.deployment_id)
            hook.start()
            while not hook.ended:
                yield 1.0
            if hook.problem is not None:
                raise Trouble("HOOK_EXECUTION_FAILURE", f"{event}: {hook.problem}")


def _rest(seconds: float) -> Iterator[float]:
    """A pause in pieces, so that alarms are looked at meanwhile."""
    while seconds > 0:
        piece = min(seconds, 15.0)
        yield piece
        seconds -= piece


def _spec(deployment: Any) -> dict[str, Any]:
    """The AppSpec. Throws: `Trouble`."""
    text = (deployment.revision.get("appSpecContent") or {}).get("content") or "{}"
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
        properties = found["Resources"][0]["TargetService"]["Properties"]
        properties["TaskDefinition"], properties["LoadBalancerInfo"]["ContainerName"]
    except (ValueError, KeyError, IndexError, TypeError, yaml.YAMLError) as error:
        raise Trouble("INVALID_REVISION", f"The AppSpec file could not be parsed: {error}") from error
    unknown = [name for hook in found.get("Hooks") or [] for name in hook if name not in HOOKS]
    if unknown:
        raise Trouble("INVALID_REVISION", f"The AppSpec file names unknown hooks: {', '.join(unknown)}")
    return dict(found)


def is_blue_green(deployment: Any) -> bool:
    """Whether a deployment is of an ECS service that a group names."""
    group = deployment.deployment_group
    return deployment.application.compute_platform == "ECS" and bool(group.ecs_services)
