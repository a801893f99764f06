"""Systems Manager's Run Command, mended: commands reach running instances alone, and what became of them can be listed.

Modelled after the Systems Manager API reference (SendCommand, ListCommandInvocations). Nothing is run: an instance of the
sandbox carries stand-ins and no shell, so a command ends well as soon as its instance runs.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ssm.models import SimpleSystemManagerBackend
from moto.ssm.responses import SimpleSystemManagerResponse

from sandbox.emulator.context import current
from sandbox.emulator.machines import RUNNING
from sandbox.emulator.mend import AwsError, mend

DONE = {"Status": "Success", "StatusDetails": "Success"}


def mend_run_command() -> None:
    """Puts the mended operations into moto's classes."""
    original = SimpleSystemManagerBackend.send_command

    @mend(SimpleSystemManagerBackend)
    def send_command(self: SimpleSystemManagerBackend, **given: Any) -> Any:
        unreachable = [name for name in given.get("instance_ids") or [] if not _runs(name)]
        if unreachable:
            raise AwsError("InvalidInstanceId", f"Instances {unreachable} not in a valid state for account")
        return original(self, **given)

    @mend(SimpleSystemManagerResponse)
    def list_command_invocations(self: SimpleSystemManagerResponse) -> ActionResult:
        commands = self.ssm_backend.list_commands(self._get_param("CommandId"), self._get_param("InstanceId"))
        found = [
            {
                "CommandId": command.command_id,
                "InstanceId": instance,
                "Comment": command.comment,
                "DocumentName": command.document_name,
                "RequestedDateTime": command.requested_date_time,
                "CommandPlugins": [{"Name": "aws:runShellScript", "ResponseCode": 0, "Output": "", **DONE}],
                **DONE,
            }
            for command in commands
            for instance in command.instance_ids
        ]
        return ActionResult({"CommandInvocations": found})


def _runs(instance: str) -> bool:
    reservations = current().backend("ec2").all_reservations()
    states = [one._state.name for item in reservations for one in item.instances if one.id == instance]
    return states == [RUNNING[0]]
