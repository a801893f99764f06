"""What makes ECS's tasks come and go: gradual rollouts, failures with their reasons, the circuit breaker.

Source: "Amazon ECS task lifecycle", "Rolling update", "How the deployment circuit breaker detects failures" and
"Stopped task error messages" of the ECS developer guide, read on 2026-11-21.
"""

from __future__ import annotations

import logging
import math
import random
import re
from typing import Any

from sandbox.emulator import cloudmap, ecr, iam
from sandbox.emulator.context import Context
from sandbox.emulator.ecs_model import Deployment, Service, Task
from sandbox.standins.fleet import KINDS
from sandbox.standins.service import Settings

log = logging.getLogger("sandbox.ecs")

PROVISIONING_SECONDS = 10.0
PULL_SECONDS = 22.0
ACTIVATING_SECONDS = 3.0
STOPPING_SECONDS = 5.0
DEPROVISIONING_SECONDS = 8.0
CRASH_SECONDS = 6.0
COMMAND_SECONDS = 10.0
"""How long a task whose command was overridden (a one-off) runs before it exits with 0."""

STOPPED_KEPT_SECONDS = 3600.0
INACTIVE_KEPT_SECONDS = 3600.0
HEALTH_CHECK_SECONDS = 10.0

TICK_SECONDS = 1.0
TICK_LEAST_REAL = 0.03


class EcsEngine:
    """The scheduler. `services` and `tasks` lie in moto's state, so that moto's tagging finds them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._inactive_since: dict[str, float] = {}

    @property
    def _backend(self) -> Any:
        return self._context.backend("ecs")

    @property
    def services(self) -> dict[str, Service]:
        return self._backend.services  # type: ignore[no-any-return]

    def tasks(self, cluster: str) -> dict[str, Task]:
        return self._backend.tasks.setdefault(cluster, {})  # type: ignore[no-any-return]

    def begin(self) -> None:
        self._context.timekeeper.every(TICK_SECONDS, TICK_LEAST_REAL, self.tick)

    def tick(self) -> None:
        """One look at everything. Called under the lock."""
        for cluster in list(self._backend.tasks):
            for task in list(self.tasks(cluster).values()):
                self._advance(task)
        for service in list(self.services.values()):
            self._reconcile(service)
        for cluster in self._backend.clusters.values():
            self._count(cluster)

    def declared(self) -> dict[str, Any]:
        """What the world's snapshot says of services."""
        return {
            f"{service.cluster}/{service.name}": {
                "desired": service.desired, "running": len(service.running()),
                "family": service.primary.definition.family, "configuration": service.configuration,
                "load_balancers": sorted(item.get("containerName", "") for item in service.load_balancers),
                "registries": len(service.registries),
                "tags": {tag["key"]: tag["value"] for tag in service.tags},
            }
            for service in self.services.values() if service.status != "INACTIVE"
        }  # fmt: skip

    # Services

    def new_deployment(self, service: Service, definition: Any, network: dict[str, Any], rollback: bool = False) -> None:
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
            self.stop(task, f"Scaling activity initiated by (deployment {service.primary.id})", "ServiceSchedulerInitiated")
        service.steady_said = False
        service.say(f"has stopped {surplus} running tasks: {', '.join(f'(task {item.id})' for item in mine[-surplus:])}.")

    def _stop_old(self, service: Service, old: list[Task]) -> None:
        if not old:
            return
        least = math.ceil(service.desired * service.configuration["minimumHealthyPercent"] / 100)
        not_running = [task for task in old if task.status != "RUNNING"]
        healthy = [task for task in service.running() if task.desired == "RUNNING" and self._healthy(service, task)]
        spare = len(healthy) - least
        stoppable = not_running + [task for task in old if task.status == "RUNNING" and not self._healthy(service, task)]
        stoppable += [task for task in old if task in healthy][: max(spare, 0)]
        for task in stoppable:
            self.stop(task, f"Scaling activity initiated by (deployment {service.primary.id})", "ServiceSchedulerInitiated")
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
        for _ in range(max(wanted, 0)):
            task = Task(
                service.cluster, service.cluster_arn, primary.definition, f"service:{service.name}", primary.id,
                primary.network, service=service, enable_exec=bool(service.given.get("enableExecuteCommand")),
                tags=list(service.tags) if service.given.get("propagateTags") == "SERVICE" else [],
            )  # fmt: skip
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

    def _healthy(self, service: Service, task: Task) -> bool:
        """Running, its container healthy if it says so itself, and healthy behind its load balancers."""
        if task.status != "RUNNING" or task.health == "UNHEALTHY":
            return False
        if task.health == "UNKNOWN" and _health_check(task):
            return False
        for item in service.load_balancers:
            state = self._context.load_balancers.health.get((item["targetGroupArn"], task.address, int(item["containerPort"])))
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
                self.stop(task, "Task failed container health checks", "ServiceSchedulerInitiated", failed=True)
                continue
            if self._context.clock.elapsed(task.running_since) < grace:
                continue
            for item in service.load_balancers:
                key = (item["targetGroupArn"], task.address, int(item["containerPort"]))
                health = self._context.load_balancers.health.get(key)
                if health is None or health.state != "unhealthy":
                    continue
                service.say(
                    f"(port {item['containerPort']}) is unhealthy in (target-group {item['targetGroupArn']}) due to "
                    f"(reason {health.description})."
                )
                self.stop(task, f"Task failed ELB health checks in (target-group {item['targetGroupArn']})",
                          "ServiceSchedulerInitiated", failed=True)  # fmt: skip
                break

    def _count_failures(self, service: Service) -> None:
        primary = service.primary
        for task in service.tasks:
            if task.started_by != primary.id or not task.failed or task.counted_failed or task.stop_code == "UserInitiated":
                continue
            task.counted_failed = True
            primary.failed += 1
            primary.failed_in_row += 1
            service.steady_said = False
            # ECS slows down a service whose tasks keep failing; the pause grows with each of them.
            pause = min(2.0 ** min(primary.failed_in_row, 6), 60.0)
            primary.hold_until = self._context.clock.instant() + self._context.clock.real(pause)
            if primary.failed_in_row >= 3:
                service.say(f"is unable to consistently start tasks successfully. For more information, see the "
                            f"Troubleshooting section. Last reason: {task.stopped_reason}")  # fmt: skip
        self._break_circuit(service)

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
        cluster.pending_tasks_count = sum(1 for task in tasks if task.status in ("PROVISIONING", "PENDING", "ACTIVATING"))
        cluster.active_services_count = sum(
            1 for service in self.services.values() if service.cluster == cluster.name and service.status == "ACTIVE"
        )

    # Tasks

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
            for cluster in list(self._backend.tasks)
            for item in self.tasks(cluster).values()
            if item.desired == "RUNNING"
            and (task in (item.id, item.arn) or (component is not None and component in self._components(item)))
        ]
        for item in chosen:
            self.stop(item, reason, "ServiceSchedulerInitiated", failed=True)
        return [item.id for item in chosen]

    def _advance(self, task: Task) -> None:
        elapsed = self._context.clock.elapsed(task.since)
        if task.status == "PROVISIONING" and elapsed >= PROVISIONING_SECONDS:
            task.address = self._context.network.task()
            task.enter("PENDING")
        elif task.status == "PENDING" and elapsed >= PULL_SECONDS:
            problem = self._start_problem(task)
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
        elif task.status == "STOPPED" and elapsed > STOPPED_KEPT_SECONDS:
            self.tasks(task.cluster).pop(task.arn, None)

    def _start_problem(self, task: Task) -> str | None:
        """Why the agent cannot start the containers, in its own words."""
        role = getattr(task.definition, "execution_role_arn", None)
        for container in task.definition.container_definitions:
            problem = (
                self._image_problem(container, role)
                or self._secret_problem(container, role)
                or self._log_problem(container, role)
            )
            if problem is not None:
                task.container_reason = problem
                return problem
        return None

    def _image_problem(self, container: dict[str, Any], role: str | None) -> str | None:
        image = container["image"]
        if self._context.failures.get(_component(container)) == "pull":
            return _pull_error(image, "not found")
        host, _, rest = image.partition("/")
        if host != ecr.registry_host() and ".dkr.ecr." not in host:
            return None
        name, digest = rest.split("@", 1) if "@" in rest else (rest, None)
        repository, tag = name.rsplit(":", 1) if ":" in name and digest is None else (name.split(":")[0], None)
        arn = f"arn:aws:ecr:{self._context.region}:{self._context.account}:repository/{repository}"
        for action, resource in (("ecr:GetAuthorizationToken", "*"), ("ecr:BatchGetImage", arn)):
            if role is None or not iam.allows(role, action, resource):
                return ("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval "
                        f"failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): "
                        f"AccessDeniedException: User: {role} is not authorized to perform: {action} on resource: "
                        f"{resource} because no identity-based policy allows the {action} action")  # fmt: skip
        if not self._image_exists(repository, tag or (None if digest else "latest"), digest):
            return _pull_error(image, "not found")
        return None

    def _image_exists(self, repository: str, tag: str | None, digest: str | None) -> bool:
        held = self._context.backend("ecr").repositories.get(repository)
        if held is None:
            return False
        if self._context.registry is not None:
            return ecr.find(repository, tag, digest) is not None
        return any(
            (tag is None or tag in image.image_tags) and (digest is None or digest == image.get_image_digest())
            for image in held.images
        )

    def _secret_problem(self, container: dict[str, Any], role: str | None) -> str | None:
        prefix = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
        for secret in container.get("secrets") or []:
            source = secret["valueFrom"]
            if ":ssm:" in source or not source.startswith("arn:"):
                name = source.split(":parameter")[-1] if ":ssm:" in source else source
                held, action = self._context.backend("ssm")._parameters, "ssm:GetParameters"
                missing = not held.get(name) and not held.get(name.lstrip("/"))
                text = f"invalid ssm parameters: {name}"
            else:
                base = ":".join(source.split(":")[:7])
                held, action = self._context.backend("secretsmanager").secrets, "secretsmanager:GetSecretValue"
                missing = not any(
                    item.arn == base or item.name == base.split(":")[-1] for item in (held[key] for key in list(held.keys()))
                    if not item.is_deleted()
                )  # fmt: skip
                text = (f"unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret "
                        f"{source} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified "
                        "secret.")  # fmt: skip
            if role is None or not iam.allows(role, action, source):
                return f"{prefix}AccessDeniedException: User: {role} is not authorized to perform: {action} on resource: {source}"
            if missing:
                return prefix + text
        return None

    def _log_problem(self, container: dict[str, Any], role: str | None) -> str | None:
        logging_ = container.get("logConfiguration") or {}
        if logging_.get("logDriver") != "awslogs":
            return None
        options = logging_.get("options") or {}
        group = options.get("awslogs-group", "")
        start = "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed " \
                "to create Cloudwatch log stream: "  # fmt: skip
        resource = f"arn:aws:logs:{self._context.region}:{self._context.account}:log-group:{group}:log-stream:x"
        if role is None or not iam.allows(role, "logs:CreateLogStream", resource):
            return start + f"AccessDeniedException: User: {role} is not authorized to perform: logs:CreateLogStream"
        held = self._context.backend("logs")
        if group not in held.groups:
            if options.get("awslogs-create-group") != "true":
                return start + "ResourceNotFoundException: The specified log group does not exist. : exit status 1"
            held.create_log_group(group, {})
        return None

    def _run(self, task: Task) -> None:
        for container in task.definition.container_definitions:
            component = _component(container)
            overridden = {item["name"]: item for item in (task.overrides.get("containerOverrides") or [])}
            given = overridden.get(container["name"], {})
            environment = {item["name"]: item["value"] for item in container.get("environment") or []}
            environment |= {item["name"]: item["value"] for item in given.get("environment") or []}
            ports = [int(item["containerPort"]) for item in container.get("portMappings") or []]
            if (component not in KINDS and not ports) or given.get("command"):
                continue
            settings = Settings(environment=environment, version=_version(container["image"]))
            try:
                process = self._context.fleet.start(
                    "new", component, task.address, settings, getattr(task.definition, "task_role_arn", None), ports, task.id
                )
            except OSError as error:
                self._fail(task, f"CannotStartContainerError: {error}", "TaskFailedToStart")
                return
            if self._context.failures.get(component) == "unhealthy":
                process.fault = 503
            task.processes.append(process)
        task.enter("RUNNING")
        task.started_at, task.running_since = self._context.clock.now(), self._context.clock.instant()
        self._join(task)
        self._log(task, f"{task.group} started")

    def _watch(self, task: Task, elapsed: float) -> None:
        failure = next((self._context.failures.get(name) for name in self._components(task)), None)
        if failure == "crash" and elapsed >= CRASH_SECONDS:
            task.exit_code = 1
            self._log(task, "fatal: the process ended with exit code 1")
            self._fail(task, "Essential container in task exited", "EssentialContainerExited")
        elif failure == "oom" and elapsed >= CRASH_SECONDS:
            task.exit_code, task.container_reason = 137, "OutOfMemoryError: Container killed due to memory usage"
            self._fail(task, "Essential container in task exited", "EssentialContainerExited")
        elif failure == "pull":
            return
        elif any(item.get("command") for item in task.overrides.get("containerOverrides") or []):
            if elapsed >= COMMAND_SECONDS:
                task.exit_code = 0
                self._fail(task, "Essential container in task exited", "EssentialContainerExited")
        elif _health_check(task) and elapsed >= HEALTH_CHECK_SECONDS:
            bad = any(process.fault is not None or process.not_ready for process in task.processes)
            if (task.health, bad) != ("UNHEALTHY", True) and (task.health, bad) != ("HEALTHY", False):
                task.health = "UNHEALTHY" if bad else "HEALTHY"
                for registry in task.service.registries if task.service else []:
                    cloudmap.set_health(registry["registryArn"].rsplit("/", 1)[-1], task.id, not bad)

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
        for item in service.load_balancers:
            group = self._context.backend("elbv2").target_groups.get(item["targetGroupArn"])
            if group is not None:
                group.register([{"Id": task.address, "Port": int(item["containerPort"])}])
                service.say(f"registered 1 targets in (target-group {group.arn})")
        for item in service.registries:
            attributes = {
                "AWS_INSTANCE_IPV4": task.address, "AVAILABILITY_ZONE": f"{self._context.region}a",
                "REGION": self._context.region, "ECS_SERVICE_NAME": service.name, "ECS_CLUSTER_NAME": service.cluster,
                "ECS_TASK_DEFINITION_FAMILY": task.definition.family,
            }  # fmt: skip
            if item.get("containerPort") or item.get("port"):
                attributes["AWS_INSTANCE_PORT"] = str(item.get("containerPort") or item.get("port"))
            healthy = not _health_check(task)
            cloudmap.register(item["registryArn"].rsplit("/", 1)[-1], task.id, attributes, healthy)
        self._context.load_balancers.refresh()

    def _leave(self, task: Task) -> None:
        service = task.service
        if service is None or not task.address:
            return
        for item in service.load_balancers:
            group = self._context.backend("elbv2").target_groups.get(item["targetGroupArn"])
            if group is not None and task.address in group.targets:
                group.deregister([{"Id": task.address}])
                service.say(f"deregistered 1 targets in (target-group {group.arn})")
        for item in service.registries:
            cloudmap.deregister(item["registryArn"].rsplit("/", 1)[-1], task.id)
        self._context.load_balancers.refresh()

    def _deregistration(self, task: Task) -> float:
        delays = [0.0]
        for item in task.service.load_balancers if task.service else []:
            group = self._context.backend("elbv2").target_groups.get(item["targetGroupArn"])
            if group is not None:
                delays.append(float(group.attributes.get("deregistration_delay.timeout_seconds", 300)))
        return max(delays)

    def _kill(self, task: Task) -> None:
        for process in task.processes:
            lost = self._context.fleet.stop(process)
            if lost:
                self._log(task, f"warning: {lost} unflushed signals were lost with the last {process.component} task")
        task.processes.clear()
        if task.exit_code is None and task.started_at is not None:
            task.exit_code = 143 if task.stop_code != "EssentialContainerExited" else 1

    def _end(self, task: Task) -> None:
        if task.address:
            self._context.network.release_task(task.address)
        task.stopped_at = self._context.clock.now()
        task.enter("STOPPED")
        if task.service is not None and len(task.service.tasks) > 200:
            task.service.tasks = [item for item in task.service.tasks if item.alive or not item.counted_failed][-200:]

    def _components(self, task: Task) -> list[str]:
        return [_component(container) for container in task.definition.container_definitions]

    def _log(self, task: Task, message: str) -> None:
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


def _component(container: dict[str, Any]) -> str:
    """Which stand-in a container is: by its image's last path part, else by its name."""
    image = re.split(r"[@:]", str(container["image"]).rsplit("/", 1)[-1])[0].lower()
    name = str(container["name"]).lower()
    for known in KINDS:
        if known in (image, name) or image.endswith(f"-{known}") or name.endswith(f"-{known}"):
            return known
    return name


def _version(image: str) -> str:
    tag = image.rsplit("/", 1)[-1].partition(":")[2].split("@")[0]
    return tag or "latest"


def _health_check(task: Task) -> bool:
    return any(container.get("healthCheck") for container in task.definition.container_definitions)


def _pull_error(image: str, why: str) -> str:
    return (f"CannotPullContainerError: pull image manifest has been retried {random.randint(1, 5)} time(s): failed to resolve "
            f"ref {image}: {image}: {why}")  # fmt: skip
