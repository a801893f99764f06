"""EC2, mended: instances and images take their time, and the stand-ins on an instance come and go with it."""

from __future__ import annotations

import random
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.amis import Ami
from moto.ec2.models.instances import Instance
from moto.ec2.responses.amis import AmisResponse

from sandbox.emulator.context import Context, current
from sandbox.emulator.mend import AwsError, mend
from sandbox.standins.service import Service, Settings

STOP_SECONDS = 40.0
START_SECONDS = 30.0
IMAGE_SECONDS = 120.0
REBOOT_SECONDS = 60.0

PENDING, RUNNING, SHUTTING_DOWN, STOPPING, STOPPED = (
    ("pending", 0),
    ("running", 16),
    ("shutting-down", 32),
    ("stopping", 64),
    ("stopped", 80),
)


@dataclass
class Machine:
    """What runs on one instance: components with their settings, on one address."""

    instance_id: str
    address: str
    components: dict[str, Settings]
    fronts: dict[str, tuple[int, ssl.SSLContext]] = field(default_factory=dict)
    services: list[Service] = field(default_factory=list)
    rebooting: bool = False
    stopped_units: set[str] = field(default_factory=set)
    """Components that somebody stopped on the running machine; a start of the machine brings them back."""


class Machines:
    """The instances that carry stand-ins."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.machines: dict[str, Machine] = {}
        self.image_records: dict[str, dict[str, Any]] = {}

    def add(self, machine: Machine) -> None:
        self.machines[machine.instance_id] = machine
        self.settle(machine)

    def begin(self) -> None:
        self._context.timekeeper.every(1, 0.05, self._settle_all)

    def _settle_all(self) -> None:
        for machine in self.machines.values():
            self.settle(machine)

    def settle(self, machine: Machine) -> None:
        """Starts or stops what is on the machine, after its instance's state."""
        instance = self._context.backend("ec2").get_instance_by_id(machine.instance_id)
        running = instance is not None and instance.state == "running" and not machine.rebooting
        if not running:
            machine.stopped_units.clear()
        wanted = {name for name in machine.components if running and name not in machine.stopped_units}
        for service in [one for one in machine.services if one.component not in wanted]:
            self._context.fleet.stop(service)
            machine.services.remove(service)
        for component in machine.components:
            if component in wanted and all(one.component != component for one in machine.services):
                self._start(machine, component)

    def _start(self, machine: Machine, component: str) -> None:
        service = self._context.fleet.start("old", component, machine.address, machine.components[component])
        if component in machine.fronts:
            port, tls = machine.fronts[component]
            self._context.fleet.front(service, port, tls)
        machine.services.append(service)

    def reboot(self, instance_id: str) -> None:
        """Takes the machine's processes away for as long as a reboot lasts."""
        machine = self.machines.get(instance_id)
        if machine is None:
            return
        machine.rebooting = True
        self.settle(machine)

        def back() -> None:
            machine.rebooting = False
            self.settle(machine)

        self._context.timekeeper.after(REBOOT_SECONDS, back)


def _passing(method: str, passing: tuple[str, int], seconds: float) -> None:
    """Puts a state between the call of an instance's `method` and the state that the method sets."""
    original: Callable[[Instance], Any] = getattr(Instance, method)

    def mended(self: Instance) -> Any:
        previous = original(self)
        final = (self._state.name, self._state.code)
        if previous.name == final[0]:
            return previous
        self._state.name, self._state.code = passing

        def settle() -> None:
            if (self._state.name, self._state.code) == passing:
                self._state.name, self._state.code = final

        current().timekeeper.after(seconds, settle)
        return previous

    setattr(Instance, method, mended)


def mend_ec2() -> None:
    """Puts the mended behaviour into moto's classes."""
    _passing("stop", STOPPING, STOP_SECONDS)
    _passing("start", PENDING, START_SECONDS)
    _passing("terminate", SHUTTING_DOWN, STOP_SECONDS)
    original_reboot = Instance.reboot

    @mend(Instance)
    def reboot(self: Instance) -> None:
        original_reboot(self)
        current().machines.reboot(self.id)

    mend(AmisResponse)(create_image)


def create_image(self: AmisResponse) -> ActionResult:
    """Takes its time, refuses a name in use, and without NoReboot reboots the instance, as AWS does."""
    name, instance_id = self._get_param("Name"), self._get_param("InstanceId")
    no_reboot = self._get_bool_param("NoReboot", False)
    self.error_on_dryrun()
    backend = self.ec2_backend
    instance = backend.get_instance(instance_id)
    if instance.state == "terminated":
        raise AwsError(
            "IncorrectInstanceState", f"Instance '{instance_id}' is not in a state from which it can be imaged"
        )
    used = next((image for image in backend.amis.values() if image.name == name), None)
    if used is not None:
        raise AwsError("InvalidAMIName.Duplicate", f"AMI name {name} is already in use by AMI {used.id}")
    # moto tags the image alone, and refuses tags of its snapshots; AWS takes both.
    tags = self._get_param("TagSpecifications", [])
    image: Ami = backend.create_image(
        instance_id,
        name,
        self._get_param("Description", ""),
        tag_specifications=[tag for tag in tags if tag["ResourceType"] != "snapshot"],
    )
    for tag in (tag for group in tags if group["ResourceType"] == "snapshot" for tag in group["Tags"]):
        image.ebs_snapshot.add_tag(tag["Key"], tag["Value"])
    image.state = "pending"
    image.ebs_snapshot.status = "pending"
    current().machines.image_records[image.id] = {"instance": instance_id, "no_reboot": bool(no_reboot)}
    if not no_reboot:
        instance.reboot()

    def finish() -> None:
        if image.state == "pending":
            image.state, image.ebs_snapshot.status = "available", "completed"

    current().timekeeper.after(IMAGE_SECONDS * random.uniform(0.8, 1.2), finish)
    return ActionResult({"ImageId": image.id})
