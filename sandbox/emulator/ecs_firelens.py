"""FireLens: what the containers of a task print goes to the side-car of the task, which sends it on.

Modelled after "Send Amazon ECS logs to an AWS service or AWS Partner" of the ECS developer guide and "Loki" of Fluent
Bit's manual. A side-car keeps what it could not send, tries again, and says in its own log why.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.emulator import ecs_connect
from sandbox.emulator.context import Context
from sandbox.emulator.ecs_model import Task
from sandbox.emulator.mend import AwsError
from sandbox.http_server import HttpError, fetch

FLUSH_SECONDS = 1.0
FLUSH_LEAST_REAL = 0.05
DRIVER = "awsfirelens"


def check(given: dict[str, Any]) -> None:
    """Refuses a definition that logs to a side-car which it does not have. Throws: `AwsError`."""
    containers = given.get("containerDefinitions") or []
    routers = [one for one in containers if one.get("firelensConfiguration")]
    logging = [one for one in containers if (one.get("logConfiguration") or {}).get("logDriver") == DRIVER]
    if logging and not routers:
        raise AwsError(
            "ClientException",
            "When a FireLens log driver is specified, a FireLens configuration is required for one of the containers.",
        )
    if len(routers) > 1:
        raise AwsError("ClientException", "Only one container in a task definition may have a FireLens configuration.")


@dataclass
class Outlet:
    """One container's lines on their way out."""

    task: Task
    container: str
    options: dict[str, str]
    router: Any
    lines: list[tuple[int, str]] = field(default_factory=list)
    busy: bool = False
    said: str = ""

    def take(self, line: str) -> None:
        self.lines.append((time.time_ns(), line))


class FireLens:
    """All side-cars of the sandbox."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._outlets: list[Outlet] = []

    def begin(self) -> None:
        self._context.timekeeper.every(FLUSH_SECONDS, FLUSH_LEAST_REAL, self._flush)

    def attach(self, task: Task, processes: dict[str, Any]) -> None:
        """Connects what a task's processes print with its side-car."""
        containers = task.definition.container_definitions
        router = next((one["name"] for one in containers if one.get("firelensConfiguration")), None)
        if router is None:
            return
        for container in containers:
            logging = container.get("logConfiguration") or {}
            process = processes.get(container["name"])
            if logging.get("logDriver") != DRIVER or process is None:
                continue
            outlet = Outlet(task, container["name"], logging.get("options") or {}, processes.get(router))
            self._outlets.append(outlet)
            process.stdout = outlet.take
            outlet.take(json.dumps({"level": "info", "msg": "listening", "service": container["name"]}))

    def _flush(self) -> None:
        self._outlets = [one for one in self._outlets if one.task.status != "STOPPED"]
        for outlet in self._outlets:
            if outlet.lines and not outlet.busy and outlet.router is not None and not outlet.router.fails("/"):
                outlet.busy = True
                taken, outlet.lines = outlet.lines, []
                self._context.io.spawn(self._send(outlet, taken))

    async def _send(self, outlet: Outlet, lines: list[tuple[int, str]]) -> None:
        problem = await asyncio.to_thread(self._target, outlet)
        if isinstance(problem, tuple):
            problem = await self._push(outlet, problem, lines)
        outlet.busy = False
        if problem is None:
            outlet.said = ""
            return
        outlet.lines = [*lines, *outlet.lines]
        if problem != outlet.said:
            outlet.said = problem
            await asyncio.to_thread(self._complain, outlet, problem)

    def _target(self, outlet: Outlet) -> tuple[str, int] | str:
        """Address and port of the output, or why there is none."""
        options = outlet.options
        if options.get("Name") != "loki":
            return f"the sandbox sends to Loki alone, not to `{options.get('Name')}`"
        name, port = options.get("Host", ""), int(options.get("Port", "3100"))
        with self._context.lock:
            found = ecs_connect.endpoint(outlet.task, name, port)
            if isinstance(found, str):
                return found
            task, inner = found
            if not ecs_connect.lets_in(outlet.task, task, inner):
                return f"connection to {name}:{port} timed out"
            return task.address, inner

    async def _push(self, outlet: Outlet, target: tuple[str, int], lines: list[tuple[int, str]]) -> str | None:
        labels = dict(one.strip().split("=", 1) for one in outlet.options.get("Labels", "job=fluent-bit").split(","))
        values = [[str(moment), json.dumps(self._record(outlet, line), sort_keys=True)] for moment, line in lines]
        body = json.dumps({"streams": [{"stream": labels, "values": values}]}).encode()
        headers = {"content-type": "application/json"}
        try:
            answer = await fetch(*target, "/loki/api/v1/push", "POST", headers, body, timeout=3)
        except (OSError, asyncio.TimeoutError, HttpError) as error:
            return f"no connection to {target[0]}:{target[1]}: {error or type(error).__name__}"
        return None if answer.status == 204 else f"{target[0]}:{target[1]}, HTTP status={answer.status}"

    @staticmethod
    def _record(outlet: Outlet, line: str) -> dict[str, Any]:
        """What Fluent Bit makes of a line, with the metadata that ECS adds."""
        task = outlet.task
        return {
            "container_name": outlet.container,
            "ecs_cluster": task.cluster,
            "ecs_task_arn": task.arn,
            "ecs_task_definition": f"{task.definition.family}:{task.definition.revision}",
            "log": line,
            "source": "stdout",
        }

    def _complain(self, outlet: Outlet, problem: str) -> None:
        with self._context.lock:
            self._context.ecs.life.log(outlet.task, f"[error] [output:loki:loki.1] {problem}")
