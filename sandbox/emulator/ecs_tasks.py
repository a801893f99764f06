"""The life of one task: its start, its end, and all that it is registered with in between.

Modelled after "Amazon ECS task lifecycle" of the ECS developer guide; the durations are assumptions, not
measurements.
"""

from __future__ import annotations

from typing import Any

from sandbox.emulator import cloudmap, ecs_connect, script
from sandbox.emulator.context import Context
from sandbox.emulator.ecs_capacity import Capacity
from sandbox.emulator.ecs_firelens import FireLens
from sandbox.emulator.ecs_model import Task
from sandbox.emulator.ecs_start_checks import StartChecks, component_of
from sandbox.standins.fleet import KINDS
from sandbox.standins.service import Settings

PROVISIONING_SECONDS = 10.0
PULL_SECONDS = 22.0
ACTIVATING_SECONDS = 3.0
STOPPING_SECONDS = 5.0
DEPROVISIONING_SECONDS = 8.0
CRASH_SECONDS = 6.0
COMMAND_SECONDS = 10.0
"""How long a task whose command was overridden (a one-off) runs at least before it exits."""
STOPPED_KEPT_SECONDS = 3600.0
STOPPED_KEPT_REAL_SECONDS = 120.0
"""What is left of that hour however time is scaled: a process that dies and begins again takes its own time to look."""


class TaskLife:
    """Moves tasks through their statuses. `held` gives a cluster's tasks by their ARNs."""

    def __init__(self, context: Context, capacity: Capacity, firelens: FireLens) -> None:
        self._context, self._capacity, self._firelens = context, capacity, firelens
        self._checks = StartChecks(context)

    def held(self, cluster: str) -> dict[str, Task]:
        return self._context.backend("ecs").tasks.setdefault(cluster, {})  # type: ignore[no-any-return]

    def stop(self, task: Task, reason: str, code: str, failed: bool = False) -> None:
        """Begins the end of a task."""
        if task.desired == "STOPPED":
            return
        task.desired, task.stop_code, task.stopped_reason = "STOPPED", code, reason
        task.stopping_at = self._context.clock.now()
        task.failed = task.failed or failed
        self._leave(task)
        task.enter("DEACTIVATING" if task.status == "RUNNING" else "STOPPING")

    def stop_from_outside(self, task: str | None, component: str | None, reason: str) -> list[str]:
        """Stops running tasks as a failing host would: by id, by ARN, or all of a component's."""
        chosen = [
            item
            for cluster in list(self._context.backend("ecs").tasks)
            for item in self.held(cluster).values()
            if item.desired == "RUNNING"
            and (task in (item.id, item.arn) or (component is not None and component in self.components(item)))
        ]
        for item in chosen:
            self.stop(item, reason, "ServiceSchedulerInitiated", failed=True)
        return [item.id for item in chosen]

    def advance(self, task: Task) -> None:
        elapsed = self._context.clock.elapsed(task.since)
        if task.status == "PROVISIONING" and elapsed >= PROVISIONING_SECONDS and self._capacity.place(task):
            task.address = self._context.network.task()
            task.enter("PENDING")
        elif task.status == "PENDING" and elapsed >= PULL_SECONDS:
            problem = self._checks.problem(task)
            if problem is not None:
                self._fail(task, problem, "TaskFailedToStart")
                return
            task.enter("ACTIVATING")
        elif task.status == "ACTIVATING" and elapsed >= ACTIVATING_SECONDS:
            self._run(task)
        elif task.status == "RUNNING":
            self._watch(task, elapsed)
        elif task.status == "DEACTIVATING" and elapsed >= self._deregistration(task):
            task.enter("STOPPING")
        elif task.status == "STOPPING" and elapsed >= STOPPING_SECONDS:
            self._kill(task)
            task.enter("DEPROVISIONING")
        elif task.status == "DEPROVISIONING" and elapsed >= DEPROVISIONING_SECONDS:
            self._end(task)
        elif task.status == "STOPPED" and self._context.clock.is_over(
            task.since, STOPPED_KEPT_SECONDS, STOPPED_KEPT_REAL_SECONDS
        ):
            self.held(task.cluster).pop(task.arn, None)

    def _run(self, task: Task) -> None:
        processes = {}
        for container in task.definition.container_definitions:
            component = component_of(container)
            overridden = {item["name"]: item for item in (task.overrides.get("containerOverrides") or [])}
            given = overridden.get(container["name"], {})
            environment = {item["name"]: item["value"] for item in container.get("environment") or []}
            environment |= {item["name"]: item["value"] for item in given.get("environment") or []}
            ports = [int(item["containerPort"]) for item in container.get("portMappings") or []]
            if (component not in KINDS and not ports) or given.get("command"):
                continue
            settings = Settings(
                environment=environment,
                version=_version(container["image"]),
                container=container,
                volumes=getattr(task.definition, "volumes", None) or [],
                role=getattr(task.definition, "task_role_arn", None),
            )
            try:
                process = self._context.fleet.start(
                    "new",
                    component,
                    task.address,
                    settings,
                    getattr(task.definition, "task_role_arn", None),
                    ports,
                    task.id,
                )
            except OSError as error:
                self._fail(task, f"CannotStartContainerError: {error}", "TaskFailedToStart")
                return
            failure = self._context.failures.of(container)
            if failure == "unhealthy":
                process.fault = 503
            elif failure == "erring":
                process.fault, process.spared_path = 500, process.health_path
            task.processes.append(process)
            processes[container["name"]] = process
        self._firelens.attach(task, processes)
        task.enter("RUNNING")
        task.started_at, task.running_since = self._context.clock.now(), self._context.clock.instant()
        self._join(task)
        self.log(task, f"{task.group} started")

    def _watch(self, task: Task, elapsed: float) -> None:
        told = (self._context.failures.of(container) for container in task.definition.container_definitions)
        failure = next(filter(None, told), None)
        if failure == "crash" and elapsed >= CRASH_SECONDS:
            task.exit_code = 1
            self.log(task, "fatal: the process ended with exit code 1")
            self._fail(task, "Essential container in task exited", "EssentialContainerExited")
        elif failure == "oom" and elapsed >= CRASH_SECONDS:
            task.exit_code, task.container_reason = 137, "OutOfMemoryError: Container killed due to memory usage"
            self._fail(task, "Essential container in task exited", "EssentialContainerExited")
        elif failure == "pull":
            return
        elif any(process.ended is not None for process in task.processes):
            process = next(process for process in task.processes if process.ended is not None)
            task.exit_code = process.ended
            for line in process.last_words:
                self._log(task, line)
            self._fail(task, "Essential container in task exited", "EssentialContainerExited")
        elif self._command(task):
            code, seconds, output = self._outcome(self._command(task))
            if elapsed >= max(COMMAND_SECONDS, seconds):
                task.exit_code = code
                for line in output:
                    self.log(task, line)
                self._fail(task, "Essential container in task exited", "EssentialContainerExited")
        else:
            self._check_health(task, elapsed)

    @staticmethod
    def _command(task: Task) -> list[str]:
        """The command in place of the image's; empty when there is none."""
        given = (item.get("command") for item in task.overrides.get("containerOverrides") or [])
        return next((command for command in given if command), [])

    @staticmethod
    def _outcome(command: list[str]) -> tuple[int, float, list[str]]:
        """What the command comes to. A program of the image that the sandbox does not know ends with 0."""
        lines = script.of_command(command)
        return script.run(lines, lambda *_: (127, "systemctl: not found")) if lines is not None else (0, 0.0, [])

    def _check_health(self, task: Task, elapsed: float) -> None:
        """The container's own health check: a failure counts once the start period is over."""
        check = health_check(task)
        if check is None or any(process.starting for process in task.processes):
            return
        good = all(not process.fails(process.health_path) and process.ready for process in task.processes)
        patience = float(check.get("startPeriod") or 0) + float(check.get("interval") or 30) * int(
            check.get("retries") or 3
        )
        if not good and task.health == "UNKNOWN" and elapsed < patience:
            return
        health = "HEALTHY" if good else "UNHEALTHY"
        if health == task.health:
            return
        task.health = health
        for registry in task.service.registries if task.service else []:
            cloudmap.set_health(registry["registryArn"].rsplit("/", 1)[-1], task.id, good)

    def _fail(self, task: Task, reason: str, code: str) -> None:
        if code == "TaskFailedToStart" and task.service is not None:
            task.service.say(f"was unable to start a task: (task {task.id}) {reason}")
        task.failed = True
        self.stop(task, reason, code)
        # Nothing runs any more, so nothing is waited for.
        self._kill(task)
        task.enter("DEPROVISIONING")

    def _join(self, task: Task) -> None:
        """Registers a running task with its target groups and its Cloud Map services."""
        service = task.service
        if service is None:
            return
        ecs_connect.join(task)
        for item in task.load_balancers:
            group = self._context.backend("elbv2").target_groups.get(item["targetGroupArn"])
            if group is not None:
                group.register([{"Id": task.address, "Port": int(item["containerPort"])}])
                service.say(f"registered 1 targets in (target-group {group.arn})")
        for item in service.registries:
            attributes = {
                "AWS_INSTANCE_IPV4": task.address,
                "AVAILABILITY_ZONE": f"{self._context.region}a",
                "REGION": self._context.region,
                "ECS_SERVICE_NAME": service.name,
                "ECS_CLUSTER_NAME": service.cluster,
                "ECS_TASK_DEFINITION_FAMILY": task.definition.family,
            }
            if item.get("containerPort") or item.get("port"):
                attributes["AWS_INSTANCE_PORT"] = str(item.get("containerPort") or item.get("port"))
            healthy = health_check(task) is None
            cloudmap.register(item["registryArn"].rsplit("/", 1)[-1], task.id, attributes, healthy)
        self._context.load_balancers.refresh()

    def _leave(self, task: Task) -> None:
        service = task.service
        if service is None or not task.address:
            return
        ecs_connect.leave(task)
        for item in task.load_balancers:
            group = self._context.backend("elbv2").target_groups.get(item["targetGroupArn"])
            if group is not None and task.address in group.targets:
                group.deregister([{"Id": task.address}])
                service.say(f"deregistered 1 targets in (target-group {group.arn})")
        for item in service.registries:
            cloudmap.deregister(item["registryArn"].rsplit("/", 1)[-1], task.id)
        self._context.load_balancers.refresh()

    def _deregistration(self, task: Task) -> float:
        delays = [0.0]
        for item in task.load_balancers:
            group = self._context.backend("elbv2").target_groups.get(item["targetGroupArn"])
            if group is not None:
                delays.append(float(group.attributes.get("deregistration_delay.timeout_seconds", 300)))
        return max(delays)

    def _kill(self, task: Task) -> None:
        for process in task.processes:
            lost = self._context.fleet.stop(process)
            if lost:
                self.log(task, f"warning: {lost} unflushed signals were lost with the last {process.component} task")
        task.processes.clear()
        if task.exit_code is None and task.started_at is not None:
            task.exit_code = 143 if task.stop_code != "EssentialContainerExited" else 1

    def _end(self, task: Task) -> None:
        self._capacity.release(task)
        if task.address:
            self._context.network.release_task(task.address)
        task.stopped_at = self._context.clock.now()
        task.enter("STOPPED")
        if task.service is not None and len(task.service.tasks) > 200:
            task.service.tasks = [item for item in task.service.tasks if item.alive or not item.counted_failed][-200:]

    def components(self, task: Task) -> list[str]:
        return [component_of(container) for container in task.definition.container_definitions]

    def log(self, task: Task, message: str) -> None:
        """A line in the container's log stream, where it has one."""
        held = self._context.backend("logs")
        for container in task.definition.container_definitions:
            options = (container.get("logConfiguration") or {}).get("options") or {}
            group = options.get("awslogs-group")
            if group not in held.groups:
                continue
            prefix = options.get("awslogs-stream-prefix")
            stream = f"{prefix}/{container['name']}/{task.id}" if prefix else task.id
            if stream not in held.groups[group].streams:
                held.create_log_stream(group, stream)
            moment = int(self._context.clock.now().timestamp() * 1000)
            held.put_log_events(group, stream, [{"timestamp": moment, "message": message}])


def _version(image: str) -> str:
    tag = image.rsplit("/", 1)[-1].partition(":")[2].split("@")[0]
    return tag or "latest"


def health_check(task: Task) -> dict[str, Any] | None:
    """The health check of the task's first container that has one."""
    found = (container.get("healthCheck") for container in task.definition.container_definitions)
    return next((check for check in found if check), None)
