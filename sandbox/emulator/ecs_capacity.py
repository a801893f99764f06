"""Capacity providers over Auto Scaling groups: nodes that register with their cluster, tasks placed on them, scaling.

Modelled after "Amazon ECS capacity providers for the EC2 launch type" and "Amazon ECS cluster auto scaling" of the ECS
developer guide: a task waits in PROVISIONING until a node of its provider has room; a provider with managed scaling
asks for as many nodes as its tasks need, divided by its target capacity, within its group's limits; a node that runs
tasks is not taken away. Room is CPU, memory and network interfaces: each awsvpc task takes one, and the node keeps its
first. Durations are assumptions. Not modelled: several availability zones' balance, trunking, managed draining.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from moto.autoscaling.models import AutoScalingBackend
from moto.ec2.models.instance_types import INSTANCE_TYPES

from sandbox.emulator.context import Context
from sandbox.emulator.ecs_model import Service, Task
from sandbox.emulator.mend import AwsError, mend

NODE_SECONDS = 60.0
"""From an instance's launch until its agent has registered it."""

SCALE_OUT_SECONDS = 60.0
"""The period of the provider's metric: how often it may ask for more nodes."""

SCALE_IN_SECONDS = 900.0
"""How long fewer nodes must have been enough before one is taken away: 15 periods."""

AGENT_SHARE = 0.09
"""Share of a node's memory that the system and the agent keep."""


@dataclass
class Node:
    """One container instance."""

    instance_id: str
    provider: str
    arn: str
    interfaces: int
    cpu: int
    memory: int
    tasks: dict[str, Task] = field(default_factory=dict)

    def room_for(self, task: Task) -> bool:
        cpu, memory = demand(task)
        used = [demand(one) for one in self.tasks.values()]
        return (
            len(self.tasks) + 1 <= self.interfaces
            and sum(one[0] for one in used) + cpu <= self.cpu
            and sum(one[1] for one in used) + memory <= self.memory
        )


def demand(task: Task) -> tuple[int, int]:
    """CPU units and MiB that a task reserves."""
    definition = task.definition
    containers = definition.container_definitions
    cpu = int(definition.cpu or sum(int(one.get("cpu") or 0) for one in containers))
    memory = int(
        definition.memory
        or sum(int(one.get("memoryReservation") or one.get("memory") or 0) for one in containers)
    )
    return cpu, memory


class Capacity:
    """The nodes of every cluster. Called under the lock."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.nodes: dict[str, Node] = {}
        self._seen: dict[str, float] = {}
        self._asked: dict[str, float] = {}
        self._enough_since: dict[str, float] = {}

    @property
    def _ecs(self) -> Any:
        return self._context.backend("ecs")

    def tick(self) -> None:
        """Registers nodes that have come up, forgets those that are gone, and scales each provider by itself."""
        for cluster in list(self._ecs.clusters.values()):
            for name in cluster.capacity_providers or []:
                provider = self._ecs.capacity_providers.get(name)
                group = self._group(provider) if provider is not None else None
                if group is not None and cluster.status == "ACTIVE":
                    self._register(cluster, provider, group)
                    self._scale(cluster, provider, group)
        self._forget()
        self._tell()

    def place(self, task: Task) -> bool:
        """Finds a node for a task of a provider of nodes; Fargate always has room."""
        if task.provider is None or task.node is not None:
            return True
        free = [one for one in self.nodes.values() if one.provider == task.provider and one.room_for(task)]
        if not free:
            return False
        node = min(free, key=lambda one: len(one.tasks))
        node.tasks[task.arn] = task
        task.node = node.arn
        return True

    def release(self, task: Task) -> None:
        """A task is over."""
        for node in self.nodes.values():
            node.tasks.pop(task.arn, None)

    def _group(self, provider: Any) -> Any:
        named = provider.auto_scaling_group_provider["autoScalingGroupArn"]
        groups = self._context.backend("autoscaling").autoscaling_groups
        return next((one for one in groups.values() if named in (one.arn, one.name)), None)

    def _register(self, cluster: Any, provider: Any, group: Any) -> None:
        now = self._context.clock.instant()
        for state in group.active_instances():
            instance = state.instance
            began = self._seen.setdefault(instance.id, now)
            if instance.id in self.nodes or instance.state != "running":
                continue
            if self._context.clock.elapsed(began) < NODE_SECONDS:
                continue
            held = self._ecs.register_container_instance(cluster.name, instance.id)
            held.capacity_provider_name = provider.name
            kind = INSTANCE_TYPES[instance.instance_type]
            node = Node(
                instance.id,
                provider.name,
                held.container_instance_arn,
                int(kind["NetworkInfo"]["MaximumNetworkInterfaces"]) - 1,
                int(kind["VCpuInfo"]["DefaultVCpus"]) * 1024,
                int(int(kind["MemoryInfo"]["SizeInMiB"]) * (1 - AGENT_SHARE)),
            )
            for resource in held.registered_resources + held.remaining_resources:
                if resource["name"] in ("CPU", "MEMORY"):
                    resource["integerValue"] = node.cpu if resource["name"] == "CPU" else node.memory
            self.nodes[instance.id] = node

    def _forget(self) -> None:
        ec2 = self._context.backend("ec2")
        for node in list(self.nodes.values()):
            instance = ec2.get_instance_by_id(node.instance_id)
            if instance is not None and instance.state == "running":
                continue
            del self.nodes[node.instance_id]
            for held in self._ecs.container_instances.values():
                held.pop(node.arn.rsplit("/", 1)[-1], None)
            for task in list(node.tasks.values()):
                self._context.ecs.life.stop(task, "Host EC2 (instance terminated)", "TerminationNotice", failed=True)

    def _tell(self) -> None:
        """What DescribeContainerInstances says of each node's tasks."""
        for held in self._ecs.container_instances.values():
            for one in held.values():
                node = self.nodes.get(one.ec2_instance_id)
                one.running_tasks_count = len(node.tasks) if node is not None else 0

    def _scale(self, cluster: Any, provider: Any, group: Any) -> None:
        scaling = provider.auto_scaling_group_provider["managedScaling"]
        if scaling["status"] != "ENABLED":
            return
        needed = self._needed(cluster, provider)
        wanted = math.ceil(needed * 100 / int(scaling["targetCapacity"]))
        wanted = max(int(group.min_size), min(int(group.max_size), wanted))
        now, name = self._context.clock.instant(), provider.name
        current = int(group.desired_capacity or 0)
        if wanted >= current:
            self._enough_since.pop(name, None)
        if wanted > current and self._context.clock.elapsed(self._asked.get(name, float("-inf"))) >= SCALE_OUT_SECONDS:
            self._asked[name] = now
            self._resize(group, wanted)
        elif wanted < current:
            since = self._enough_since.setdefault(name, now)
            if self._context.clock.elapsed(since) >= SCALE_IN_SECONDS:
                self._resize(group, wanted)

    def _needed(self, cluster: Any, provider: Any) -> int:
        """Nodes with tasks, and how many more those tasks would fill that found no room."""
        mine = [one for one in self.nodes.values() if one.provider == provider.name]
        waiting = [
            task
            for task in self._context.ecs.tasks(cluster.name).values()
            if task.provider == provider.name and task.node is None and task.desired == "RUNNING" and task.alive
        ]
        group = self._group(provider)
        kind = INSTANCE_TYPES[group.instance_type]
        more: list[Node] = []
        for task in waiting:
            node = next((one for one in [*mine, *more] if one.room_for(task)), None)
            if node is None:
                node = Node(
                    f"next-{len(more)}",
                    provider.name,
                    "",
                    int(kind["NetworkInfo"]["MaximumNetworkInterfaces"]) - 1,
                    int(kind["VCpuInfo"]["DefaultVCpus"]) * 1024,
                    int(int(kind["MemoryInfo"]["SizeInMiB"]) * (1 - AGENT_SHARE)),
                )
                more.append(node)
            if node in more:
                node.tasks[task.arn] = task
        return sum(1 for one in mine if one.tasks) + len(more)

    def _resize(self, group: Any, wanted: int) -> None:
        busy = {one.instance_id for one in self.nodes.values() if one.tasks}
        for state in group.instance_states:
            state.protected_from_scale_in = state.instance.id in busy
        group.set_desired_capacity(wanted)


def mend_autoscaling() -> None:
    """A group that is deleted takes its protected instances with it, as ForceDelete does."""
    original = AutoScalingBackend.delete_auto_scaling_group

    @mend(AutoScalingBackend)
    def delete_auto_scaling_group(self: AutoScalingBackend, group_name: str) -> None:
        group = self.autoscaling_groups.get(group_name)
        for state in group.instance_states if group is not None else []:
            state.protected_from_scale_in = False
        original(self, group_name)


def provider_of(service: Service, tasks: list[Task]) -> str | None:
    """The provider of a service's next task, by base and weight; nothing for Fargate."""
    strategy = service.given.get("capacityProviderStrategy") or []
    counts = {one["capacityProvider"]: 0 for one in strategy}
    for task in tasks:
        if task.provider in counts:
            counts[task.provider] += 1
    for one in strategy:
        if counts[one["capacityProvider"]] < int(one.get("base") or 0):
            return _placed_by_us(one["capacityProvider"])
    weighted = [one for one in strategy if int(one.get("weight") or 0) > 0]
    if not weighted:
        return None
    chosen = min(weighted, key=lambda one: counts[one["capacityProvider"]] / int(one["weight"]))
    return _placed_by_us(chosen["capacityProvider"])


def _placed_by_us(name: str) -> str | None:
    return None if name in ("FARGATE", "FARGATE_SPOT") else name


def check_strategy(cluster: Any, given: dict[str, Any], definition: Any) -> None:
    """Refuses a strategy that the cluster, or the task definition, does not go with. Throws: `AwsError`."""
    strategy = given.get("capacityProviderStrategy") or []
    if strategy and given.get("launchType"):
        raise AwsError(
            "InvalidParameterException", "Specify a capacity provider strategy or a launch type, but not both."
        )
    for one in strategy:
        if one["capacityProvider"] not in (cluster.capacity_providers or []):
            raise AwsError(
                "InvalidParameterException",
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated "
                "with the cluster. Associate the capacity provider with the cluster and try again.",
            )
        wanted = "EC2" if _placed_by_us(one["capacityProvider"]) else "FARGATE"
        if wanted not in (definition.requires_compatibilities or [wanted]):
            raise AwsError(
                "InvalidParameterException",
                f"Task definition does not support launch_type {wanted}.",
            )
