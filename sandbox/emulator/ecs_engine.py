"""What makes ECS's services roll out: gradually, with a circuit breaker, and with events that say why not.

Modelled after "Rolling update" and "How the deployment circuit breaker detects failures" of the ECS developer guide.
"""

from __future__ import annotations

import logging
import math
from typing import Any

from sandbox.emulator import deployment_alarms, deployment_controllers, task_sets
from sandbox.emulator.context import Context
from sandbox.emulator.ecs_capacity import Capacity, provider_of
from sandbox.emulator.ecs_firelens import FireLens
from sandbox.emulator.ecs_model import Deployment, Service, Task
from sandbox.emulator.ecs_tasks import TaskLife, health_check

log = logging.getLogger("sandbox.ecs")


INACTIVE_KEPT_SECONDS = 3600.0
TICK_SECONDS = 1.0
TICK_LEAST_REAL = 0.03


PLACEMENT_SECONDS = 30.0
"""Between two tries to place a task where there is no capacity."""


class EcsEngine:
    """The scheduler. `services` and `tasks` lie in moto's state, so that moto's tagging finds them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.capacity = Capacity(context)
        self.firelens = FireLens(context)
        self.life = TaskLife(context, self.capacity, self.firelens)
        self._inactive_since: dict[str, float] = {}

    @property
    def _backend(self) -> Any:
        return self._context.backend("ecs")

    @property
    def services(self) -> dict[str, Service]:
        return self._backend.services  # type: ignore[no-any-return]

    def tasks(self, cluster: str) -> dict[str, Task]:
        return self.life.held(cluster)

    def begin(self) -> None:
        self._context.timekeeper.every(TICK_SECONDS, TICK_LEAST_REAL, self.tick)
        self.firelens.begin()

    def tick(self) -> None:
        """One look at everything. Called under the lock."""
        self.capacity.tick()
        for cluster in list(self._backend.tasks):
            for task in list(self.tasks(cluster).values()):
                self.life.advance(task)
        for service in list(self.services.values()):
            self._reconcile(service)
        for cluster in self._backend.clusters.values():
            self._count(cluster)

    def declared(self) -> dict[str, Any]:
        """What the world's snapshot says of services."""
        return {
            f"{service.cluster}/{service.name}": {
                "desired": service.desired,
                "running": len(service.running()),
                "family": service.primary.definition.family,
                "configuration": service.configuration,
                "load_balancers": sorted(item.get("containerName", "") for item in service.load_balancers),
                "registries": len(service.registries),
                "providers": service.given.get("capacityProviderStrategy") or [],
                "tags": {tag["key"]: tag["value"] for tag in service.tags},
            }
            for service in self.services.values()
            if service.status != "INACTIVE"
        }

    def new_deployment(
        self, service: Service, definition: Any, network: dict[str, Any], rollback: bool = False
    ) -> None:
        """Makes a new primary; the one before it goes on until its tasks are replaced."""
        for item in service.deployments:
            if item.status == "PRIMARY":
                item.status = "ACTIVE"
                item.updated_at = self._context.clock.now()
        deployment = Deployment(definition, service.desired, network, is_rollback=rollback)
        service.deployments = [deployment, *service.deployments]
        service.steady_said = False
        if rollback:
            deployment.reason = f"ECS deployment circuit breaker: rolling back to deploymentId {deployment.id}."

    def _reconcile(self, service: Service) -> None:
        if service.status == "DRAINING":
            if not any(task.alive for task in service.tasks):
                service.status = "INACTIVE"
                self._inactive_since[service.arn] = self._context.clock.instant()
            return
        if service.status == "INACTIVE":
            since = self._inactive_since.get(service.arn, 0.0)
            if self._context.clock.elapsed(since) > INACTIVE_KEPT_SECONDS:
                self.services.pop(f"{service.cluster}:{service.name}", None)
            return
        if deployment_controllers.has_task_sets(service):
            task_sets.reconcile(self, service)
            return
        primary = service.primary
        primary.desired = service.desired
        self._fail_unhealthy(service)
        self._count_failures(service)
        primary = service.primary
        old = [task for task in service.tasks if task.desired == "RUNNING" and task.started_by != primary.id]
        mine = [task for task in service.tasks if task.desired == "RUNNING" and task.started_by == primary.id]
        self._scale_in(service, mine)
        self._stop_old(service, old)
        self._start_new(service, mine, old)
        self._settle(service)

    def _scale_in(self, service: Service, mine: list[Task]) -> None:
        surplus = len(mine) - service.desired
        if surplus <= 0:
            return
        # Tasks that do not run yet go first, then the youngest.
        for task in sorted(mine, key=lambda item: (item.status == "RUNNING", -item.since))[:surplus]:
            self.life.stop(
                task, f"Scaling activity initiated by (deployment {service.primary.id})", "ServiceSchedulerInitiated"
            )
        service.steady_said = False
        service.say(
            f"has stopped {surplus} running tasks: {', '.join(f'(task {item.id})' for item in mine[-surplus:])}."
        )

    def _stop_old(self, service: Service, old: list[Task]) -> None:
        if not old:
            return
        least = math.ceil(service.desired * service.configuration["minimumHealthyPercent"] / 100)
        not_running = [task for task in old if task.status != "RUNNING"]
        healthy = [task for task in service.running() if task.desired == "RUNNING" and self._healthy(service, task)]
        spare = len(healthy) - least
        stoppable = not_running + [
            task for task in old if task.status == "RUNNING" and not self._healthy(service, task)
        ]
        stoppable += [task for task in old if task in healthy][: max(spare, 0)]
        for task in stoppable:
            self.life.stop(
                task, f"Scaling activity initiated by (deployment {service.primary.id})", "ServiceSchedulerInitiated"
            )
        if stoppable:
            names = ", ".join(f"(task {task.id})" for task in stoppable)
            service.say(f"has stopped {len(stoppable)} running tasks: {names}.")

    def _start_new(self, service: Service, mine: list[Task], old: list[Task]) -> None:
        primary = service.primary
        if primary.rollout == "FAILED" or self._context.clock.instant() < primary.hold_until:
            return
        most = max(math.floor(service.desired * service.configuration["maximumPercent"] / 100), 1)
        # Tasks that are on their way out count no more: the limit is on RUNNING and PENDING ones.
        leaving = {task.id for task in service.tasks if task.desired == "STOPPED"}
        room = most - len(mine) - sum(1 for task in old if task.id not in leaving)
        wanted = min(service.desired - len(mine), max(room, 0))
        started = []
        if wanted > 0 and any(
            self._context.failures.of(container) == "capacity"
            for container in primary.definition.container_definitions
        ):
            service.steady_said = False
            primary.hold_until = self._context.clock.instant() + self._context.clock.real(PLACEMENT_SECONDS)
            service.say(
                "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or "
                "in a different availability zone. For more information, see the Troubleshooting section of the Amazon "
                "ECS Developer Guide."
            )
            return
        for _ in range(max(wanted, 0)):
            task = Task(
                service.cluster,
                service.cluster_arn,
                primary.definition,
                f"service:{service.name}",
                primary.id,
                primary.network,
                provider=provider_of(service, [*mine, *started]),
                service=service,
                enable_exec=bool(service.given.get("enableExecuteCommand")),
                tags=list(service.tags) if service.given.get("propagateTags") == "SERVICE" else [],
            )
            service.tasks.append(task)
            self.tasks(service.cluster)[task.arn] = task
            started.append(task)
        if started:
            service.steady_said = False
            service.say(f"has started {len(started)} tasks: {', '.join(f'(task {task.id})' for task in started)}.")

    def _settle(self, service: Service) -> None:
        primary = service.primary
        mine = [task for task in service.running() if task.started_by == primary.id and task.desired == "RUNNING"]
        others = [task for task in service.tasks if task.desired == "RUNNING" and task not in mine]
        ready = [task for task in mine if self._healthy(service, task)]
        if len(ready) != service.desired or others:
            return
        service.deployments = [primary]
        if primary.rollout == "IN_PROGRESS":
            primary.rollout, primary.reason = "COMPLETED", f"ECS deployment {primary.id} completed."
            primary.updated_at = self._context.clock.now()
            service.last_completed = (primary.definition, primary.network)
            service.say(f"(deployment {primary.id}) deployment completed.")
        primary.failed_in_row = 0
        if not service.steady_said:
            service.steady_said = True
            service.say("has reached a steady state.")

    def task_set_is_healthy(self, service: Service, task_set: Deployment) -> bool:
        """Whether all tasks of a task set run and are healthy behind its target groups."""
        mine = [task for task in service.tasks if task.started_by == task_set.id and task.desired == "RUNNING"]
        return len(mine) == service.desired and all(self._healthy(service, task) for task in mine)

    def _healthy(self, service: Service, task: Task) -> bool:
        """Running, its container healthy if it says so itself, and healthy behind its load balancers."""
        if task.status != "RUNNING" or task.health == "UNHEALTHY":
            return False
        if task.health == "UNKNOWN" and health_check(task) is not None:
            return False
        for item in task.load_balancers:
            state = self._context.load_balancers.health.get(
                (item["targetGroupArn"], task.address, int(item["containerPort"]))
            )
            if state is None or state.state != "healthy":
                return state is not None and state.state == "unused"
        return True

    def _fail_unhealthy(self, service: Service) -> None:
        grace = float(service.given.get("healthCheckGracePeriodSeconds") or 0)
        for task in service.running():
            if task.desired != "RUNNING" or task.running_since is None:
                continue
            if task.health == "UNHEALTHY":
                service.say(f"(task {task.id}) failed container health checks.")
                self.life.stop(task, "Task failed container health checks", "ServiceSchedulerInitiated", failed=True)
                continue
            if self._context.clock.elapsed(task.running_since) < grace:
                continue
            for item in task.load_balancers:
                key = (item["targetGroupArn"], task.address, int(item["containerPort"]))
                health = self._context.load_balancers.health.get(key)
                if health is None or health.state != "unhealthy":
                    continue
                service.say(
                    f"(port {item['containerPort']}) is unhealthy in (target-group {item['targetGroupArn']}) due to "
                    f"(reason {health.description})."
                )
                self.life.stop(
                    task,
                    f"Task failed ELB health checks in (target-group {item['targetGroupArn']})",
                    "ServiceSchedulerInitiated",
                    failed=True,
                )
                break

    def _count_failures(self, service: Service) -> None:
        primary = service.primary
        for task in service.tasks:
            if (
                task.started_by != primary.id
                or not task.failed
                or task.counted_failed
                or task.stop_code == "UserInitiated"
            ):
                continue
            task.counted_failed = True
            primary.failed += 1
            primary.failed_in_row += 1
            service.steady_said = False
            # ECS slows down a service whose tasks keep failing; the pause grows with each of them.
            pause = min(2.0 ** min(primary.failed_in_row, 6), 60.0)
            primary.hold_until = self._context.clock.instant() + self._context.clock.real(pause)
            if primary.failed_in_row >= 3:
                service.say(
                    f"is unable to consistently start tasks successfully. For more information, see the "
                    f"Troubleshooting section. Last reason: {task.stopped_reason}"
                )
        self._break_circuit(service)
        deployment_alarms.give_up(self, service)

    def _break_circuit(self, service: Service) -> None:
        primary, breaker = service.primary, service.configuration["deploymentCircuitBreaker"]
        if not breaker["enable"] or primary.rollout != "IN_PROGRESS":
            return
        threshold = min(max(math.ceil(service.desired * 0.5), 3), 200)
        if primary.failed_in_row < threshold:
            return
        primary.rollout, primary.reason = "FAILED", "ECS deployment circuit breaker: tasks failed to start."
        primary.updated_at = self._context.clock.now()
        service.say(f"(deployment {primary.id}) deployment failed: tasks failed to start.")
        if breaker["rollback"] and service.last_completed is not None:
            definition, network = service.last_completed
            self.new_deployment(service, definition, network, rollback=True)
            service.say(f"rolling back to deployment {service.primary.id}.")

    def _count(self, cluster: Any) -> None:
        tasks = self.tasks(cluster.name).values()
        cluster.running_tasks_count = sum(1 for task in tasks if task.status == "RUNNING")
        cluster.pending_tasks_count = sum(
            1 for task in tasks if task.status in ("PROVISIONING", "PENDING", "ACTIVATING")
        )
        cluster.active_services_count = sum(
            1 for service in self.services.values() if service.cluster == cluster.name and service.status == "ACTIVE"
        )
