"""How services of the CODE_DEPLOY controller get their tasks: every task set as many as the service wants.

Modelled after "CodeDeploy blue/green deployments" of the ECS developer guide. Durations are assumptions.
"""

from __future__ import annotations

from typing import Any

from sandbox.emulator.ecs_model import Deployment, Service, Task

FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0
"""Between two tries to start tasks that keep failing."""


def reconcile(engine: Any, service: Service) -> None:
    """Gives every task set as many tasks as the service wants, and ends those of no set."""
    for one in service.deployments:
        one.desired = service.desired
        one.balancers = one.balancers or service.load_balancers
    engine._fail_unhealthy(service)
    known = {one.id: one for one in service.deployments}
    for task in service.tasks:
        owner = known.get(task.started_by)
        if owner is None:
            engine.life.stop(task, "Scaling activity initiated by CodeDeploy", "ServiceSchedulerInitiated")
        elif task.failed and not task.counted_failed:
            _count(engine, owner, task)
    for one in service.deployments:
        _fill(engine, service, one)
    primary = service.primary
    if primary.rollout == "IN_PROGRESS" and engine.task_set_is_healthy(service, primary):
        primary.rollout, primary.reason = "COMPLETED", f"ECS deployment {primary.id} completed."
        service.say("has reached a steady state.")


def _count(engine: Any, owner: Deployment, task: Task) -> None:
    task.counted_failed = True
    owner.failed += 1
    pause = min(FIRST_PAUSE_SECONDS * 2.0 ** min(owner.failed, 6), LONGEST_PAUSE_SECONDS)
    clock = engine._context.clock
    owner.hold_until = clock.instant() + clock.real(pause)


def _fill(engine: Any, service: Service, owner: Deployment) -> None:
    mine = [task for task in service.tasks if task.desired == "RUNNING" and task.started_by == owner.id]
    for task in mine[service.desired :]:
        engine.life.stop(task, "Scaling activity initiated by CodeDeploy", "ServiceSchedulerInitiated")
    if engine._context.clock.instant() < owner.hold_until:
        return
    for _ in range(service.desired - len(mine)):
        task = Task(
            service.cluster,
            service.cluster_arn,
            owner.definition,
            f"service:{service.name}",
            owner.id,
            owner.network,
            service=service,
            enable_exec=bool(service.given.get("enableExecuteCommand")),
            tags=list(service.tags) if service.given.get("propagateTags") == "SERVICE" else [],
        )
        task.balancers = owner.balancers
        service.tasks.append(task)
        engine.tasks(service.cluster)[task.arn] = task
