"""What the mended services share. One sandbox a process, as moto's state is global to the process."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.authority import CertificateAuthority
from sandbox.clock import SandboxClock, Timekeeper
from sandbox.http_server import IoLoop
from sandbox.network import NetworkPlan

if TYPE_CHECKING:
    from sandbox.emulator.ecs_engine import EcsEngine
    from sandbox.emulator.failures import Failures
    from sandbox.emulator.load_balancer import LoadBalancers
    from sandbox.emulator.machines import Machines
    from sandbox.registry import Registry
    from sandbox.standins.fleet import Fleet

ACCOUNT = "123456789012"
"""The account that owns everything here; moto knows no other by default."""

REGION = "ap-northeast-2"
"""The region of the source documents."""


@dataclass
class Context:
    """The parts of one sandbox.

    Rule: whoever reads or changes moto's state holds `lock`. Why: moto's server is threaded and does not lock, so two
    calls could each see half of the other's batch.
    """

    clock: SandboxClock
    network: NetworkPlan
    authority: CertificateAuthority
    io: IoLoop
    lock: threading.RLock = field(default_factory=threading.RLock)
    account: str = ACCOUNT
    region: str = REGION
    endpoint: str = ""
    """Where the AWS APIs answer, for the programs that run as tasks."""
    registry: Registry | None = None
    timekeeper: Timekeeper = field(init=False)
    fleet: Fleet = field(init=False)
    load_balancers: LoadBalancers = field(init=False)
    ecs: EcsEngine = field(init=False)
    machines: Machines = field(init=False)
    failures: Failures = field(init=False)
    hidden_names: set[str] = field(default_factory=set)
    """Names of Cloud Map that DNS does not know, though the API does."""

    def __post_init__(self) -> None:
        from sandbox.emulator.failures import Failures

        self.timekeeper = Timekeeper(self.clock, self.lock)
        self.failures = Failures()

    def backend(self, service: str, regional: bool = True) -> Any:
        """moto's state of `service`: in our region, or in the partition for the services without regions."""
        from moto.backends import get_backend

        return get_backend(service)[self.account][self.region if regional else "aws"]  # type: ignore[call-overload]


_current: Context | None = None


def install(context: Context) -> None:
    """Makes `context` the one that the mended services use."""
    global _current
    if _current is not None:
        raise RuntimeError("there is a sandbox in this process already")
    _current = context


def current() -> Context:
    """The sandbox of this process."""
    if _current is None:
        raise RuntimeError("no sandbox in this process")
    return _current
