"""Systems Manager's Run Command, mended: a command goes to each instance by itself, takes its time, and can fail.

Modelled after SendCommand, ListCommands, ListCommandInvocations and GetCommandInvocation of the Systems Manager API
reference and "Understanding command statuses" of its user guide. `AWS-RunShellScript` is read as `script.py` does;
`systemctl start|stop|is-active NAME` moves what stands in on the instance. Documents that nobody made are refused.
Durations are assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.ssm.models import Command, SimpleSystemManagerBackend
from moto.ssm.responses import SimpleSystemManagerResponse

from sandbox.emulator import script
from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend

PICKED_UP_SECONDS = 5.0
"""From the call until an instance's agent begins."""
LEAST_RUN_SECONDS = 10.0

SHELL = "AWS-RunShellScript"
ENDED = {"Success", "Failed", "TimedOut", "Cancelled"}


@dataclass
class Run:
    """One command on one instance: `Pending`, `InProgress`, then `Success`, `Failed` or `TimedOut`."""

    instance: str
    status: str = "Pending"
    details: str = "Pending"
    code: int = -1
    output: list[str] = field(default_factory=list)
    started: datetime | None = None
    ended: datetime | None = None

    def end(self, status: str, details: str, code: int) -> None:
        self.status, self.details, self.code, self.ended = status, details, code, current().clock.now()


class Sent:
    """A command and its runs."""

    def __init__(self, command: Command, instances: list[str]) -> None:
        self.command = command
        self.runs = [Run(instance) for instance in instances]
        self.script = [line for text in command.parameters.get("commands", []) for line in text.splitlines()]

    def begin(self) -> None:
        keeper = current().timekeeper
        for run in self.runs:
            keeper.after(PICKED_UP_SECONDS, lambda run=run: self._start(run))  # type: ignore[misc]

    def _start(self, run: Run) -> None:
        if run.status != "Pending":
            return
        if _instance_state(run.instance) != "running":
            # Nobody picks it up: what was sent in time for a machine that has gone since.
            current().timekeeper.after(self.command.timeout_seconds, lambda: self._undelivered(run))
            return
        run.status = run.details = "InProgress"
        run.started = current().clock.now()
        programs = {
            "lgtm-agent": lambda *words: _agent(run.instance, *words),
            "lgtm-compaction": lambda *words: _compaction(run.instance, *words),
        }
        for name, ended in current().fleet.failing_programs.items():
            programs[name] = lambda *_, name=name, ended=ended: (ended, f"{name}: cannot be done")  # type: ignore[misc]
        code, seconds, run.output = script.run(self.script, lambda *words: _systemctl(run.instance, *words), programs)

        def finish() -> None:
            if run.status != "InProgress":
                return
            if _instance_state(run.instance) != "running":
                run.end("Failed", "Terminated", -1)
                return
            run.end(*(("Success", "Success") if code == 0 else ("Failed", "Failed")), code)

        current().timekeeper.after(max(LEAST_RUN_SECONDS, seconds), finish)

    @staticmethod
    def _undelivered(run: Run) -> None:
        if run.status == "Pending":
            run.end("TimedOut", "DeliveryTimedOut", -1)

    def status(self) -> tuple[str, str]:
        """Status of the whole, by the worst of its runs once all have ended."""
        if not self.runs:
            return "Success", "NoInstancesInTag" if self.command.targets else "Success"
        states = {run.status for run in self.runs}
        if not states <= ENDED:
            return ("Pending", "Pending") if states == {"Pending"} else ("InProgress", "InProgress")
        if states == {"Success"}:
            return "Success", "Success"
        worst = next(run for run in self.runs if run.status != "Success")
        return worst.status, worst.details

    def to_api(self) -> dict[str, Any]:
        status, details = self.status()
        return {
            **self.command.response_object(),
            "Status": status,
            "StatusDetails": details,
            "TargetCount": len(self.runs),
            "CompletedCount": sum(1 for run in self.runs if run.status in ENDED),
            "ErrorCount": sum(1 for run in self.runs if run.status == "Failed"),
            "DeliveryTimedOutCount": sum(1 for run in self.runs if run.details == "DeliveryTimedOut"),
        }

    def invocation(self, run: Run, details: bool) -> dict[str, Any]:
        command = self.command
        output = "\n".join(run.output)
        plugin = {
            "Name": "aws:runShellScript",
            "Status": run.status,
            "StatusDetails": run.details,
            "ResponseCode": run.code,
            "ResponseStartDateTime": run.started,
            "ResponseFinishDateTime": run.ended,
            "Output": output + (f"\nfailed to run commands: exit status {run.code}" if run.code > 0 else ""),
        }
        return {
            "CommandId": command.command_id,
            "InstanceId": run.instance,
            "Comment": command.comment,
            "DocumentName": command.document_name,
            "RequestedDateTime": command.requested_date_time,
            "Status": run.status,
            "StatusDetails": run.details,
            "CommandPlugins": [{key: value for key, value in plugin.items() if value is not None}] if details else [],
        }


def _instance_state(instance: str) -> str | None:
    found = current().backend("ec2").get_instance_by_id(instance)
    return found.state if found is not None else None


def _systemctl(instance: str, verb: str, unit: str) -> tuple[int, str]:
    """Exit code of systemctl, and what it says."""
    machines = current().machines
    machine = machines.machines.get(instance)
    name = unit.removesuffix(".service")
    if machine is None or name not in machine.components or verb not in ("start", "stop", "is-active"):
        return 5, f"Failed to {verb} {name}.service: Unit {name}.service not loaded."
    if verb == "is-active":
        return (3, "inactive") if name in machine.stopped_units else (0, "active")
    if verb == "stop":
        machine.stopped_units.add(name)
    else:
        machine.stopped_units.discard(name)
    machines.settle(machine)
    return 0, ""


def _agent(instance: str, mode: str) -> tuple[int, str]:
    """Tells the agent of an instance its sides, `old`, `new` or `both`, and restarts it."""
    fleet = current().fleet
    fleet.agents[instance] = {"old": ["old"], "new": ["new"], "both": ["old", "new"]}[mode]
    fleet.send(instance)
    return 0, f"writing to {' and '.join(fleet.agents[instance])}"


def _compaction(instance: str, mode: str) -> tuple[int, str]:
    """Stops the compactor, the ruler and retention of an instance, `off`, or has them work, `on`."""
    resting = current().fleet.resting
    {"off": resting.add, "on": resting.discard}[mode](instance)
    return 0, f"compactor, ruler and retention {'rest' if instance in resting else 'work'}"


def _sent() -> dict[str, Sent]:
    backend: SimpleSystemManagerBackend = current().backend("ssm")
    held: dict[str, Sent] = backend.__dict__.setdefault("sandbox_commands", {})
    return held


def mend_commands() -> None:
    """Puts the mended operations into moto's class."""
    for method in (send_command, list_commands, list_command_invocations, get_command_invocation):
        mend(SimpleSystemManagerResponse)(method)


def send_command(self: SimpleSystemManagerResponse) -> ActionResult:
    """The API operation. Instances by id must be there and run; those by tag are whichever have it."""
    document = self._get_param("DocumentName")
    if not document.startswith("AWS-") and document not in self.ssm_backend._documents:
        raise AwsError("InvalidDocument", f"Document with name {document} does not exist.")
    if document.startswith("AWS-") and document != SHELL:
        raise AwsError("InvalidDocument", f"The sandbox has no document {document}.")
    instances = list(self._get_param("InstanceIds", []))
    bad = [one for one in instances if _instance_state(one) != "running"]
    if bad:
        raise AwsError("InvalidInstanceId", f"Instances [[{', '.join(bad)}]] not in a valid state for account")
    timeout = self._get_int_param("TimeoutSeconds", 3600)
    if timeout < 30:
        raise AwsError("ValidationException", "Value at 'timeoutSeconds' must be at least 30")
    targets = self._get_param("Targets", [])
    command = Command(
        account_id=current().account,
        comment=self._get_param("Comment", ""),
        document_name=document,
        timeout_seconds=timeout,
        instance_ids=list(instances),
        parameters=self._get_param("Parameters", {}),
        targets=targets,
        backend_region=current().region,
    )
    wanted = {target["Key"]: target["Values"] for target in targets}
    found = [
        one.id for one in current().backend("ec2").all_instances(filters=wanted) if targets and one.state == "running"
    ]
    sent = Sent(command, [*instances, *found])
    _sent()[command.command_id] = sent
    sent.begin()
    return ActionResult({"Command": sent.to_api()})


def _chosen(self: SimpleSystemManagerResponse) -> list[Sent]:
    """Newest first; those of one id, and of one instance, when they are named."""
    id_, instance = self._get_param("CommandId"), self._get_param("InstanceId")
    if id_ and id_ not in _sent():
        raise AwsError("InvalidCommandId", "")
    chosen = [_sent()[id_]] if id_ else list(reversed(_sent().values()))
    return [one for one in chosen if not instance or any(run.instance == instance for run in one.runs)]


def _page(self: SimpleSystemManagerResponse, member: str, rows: list[Any]) -> ActionResult:
    first, limit = int(self._get_param("NextToken") or 0), self._get_int_param("MaxResults", 50)
    answer: dict[str, Any] = {member: rows[first : first + limit]}
    if first + limit < len(rows):
        answer["NextToken"] = str(first + limit)
    return ActionResult(answer)


def list_commands(self: SimpleSystemManagerResponse) -> ActionResult:
    """The API operation."""
    return _page(self, "Commands", [one.to_api() for one in _chosen(self)])


def list_command_invocations(self: SimpleSystemManagerResponse) -> ActionResult:
    """The API operation."""
    details, instance = bool(self._get_param("Details", False)), self._get_param("InstanceId")
    rows = [
        one.invocation(run, details) for one in _chosen(self) for run in one.runs if instance in (None, run.instance)
    ]
    return _page(self, "CommandInvocations", rows)


def get_command_invocation(self: SimpleSystemManagerResponse) -> ActionResult:
    """The API operation."""
    one = _chosen(self)[:1]
    run = next((run for run in one[0].runs if run.instance == self._get_param("InstanceId")), None) if one else None
    if run is None:
        raise AwsError("InvocationDoesNotExist", "")
    row = one[0].invocation(run, details=True)
    return ActionResult(
        {
            **{key: row[key] for key in ("CommandId", "InstanceId", "Comment", "DocumentName", "Status")},
            "StatusDetails": run.details,
            "PluginName": "aws:runShellScript",
            "ResponseCode": run.code,
            "StandardOutputContent": "\n".join(run.output),
            "StandardErrorContent": f"failed to run commands: exit status {run.code}" if run.code > 0 else "",
        }
    )
