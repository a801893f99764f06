"""Where everything of one sandbox lives: a second octet of 127/8 that no other sandbox has."""

from __future__ import annotations

import random
import socket
from dataclasses import dataclass, field

COMPONENT_PORTS: dict[str, int] = {
    "mimir": 8080,
    "loki": 3100,
    "tempo": 3200,
    "pyroscope": 4040,
    "grafana": 3000,
    "alloy": 12345,
}
"""The port of each component's HTTP API, as the system's document fixes them."""

OTLP_HTTP_PORT = 4318
"""Where Tempo takes traces as OTLP over HTTP, beside its API."""

HTTPS_PORT = 8443
"""The port of the production name: unprivileged, on the old side and on the load balancer alike."""

ACCESS_KEY = "AKIAIOSFODNN7SANDBOX"
SECRET_KEY = "sandbox"
"""Credentials that open nothing but a sandbox."""


@dataclass
class NetworkPlan:
    """Addresses by role: `127.X.1.n` the old instances, `.2.n` tasks, `.3.n` load balancers, `.53.n` name servers."""

    octet: int
    dns_port: int
    claim: socket.socket
    """What keeps others from the octet: a port of it that is taken for as long as the sandbox lives."""
    _next: dict[int, int] = field(default_factory=dict)
    _free: dict[int, list[str]] = field(default_factory=dict)

    @property
    def name_servers(self) -> list[str]:
        return [f"127.{self.octet}.53.1", f"127.{self.octet}.53.2"]

    def old(self, host: int) -> str:
        return f"127.{self.octet}.1.{host}"

    def task(self) -> str:
        """An address for a new task. Addresses come round again late, so that a stale one is not somebody else's."""
        return self._take(2, first=10, last=250)

    def release_task(self, address: str) -> None:
        self._free.setdefault(2, []).append(address)

    def load_balancer(self) -> str:
        return self._take(3, first=10, last=250)

    def release_load_balancer(self, address: str) -> None:
        # At the front: a load balancer made again finds its published address again.
        self._free.setdefault(3, []).insert(0, address)
        self._next[3] = self._next.get(3, 10)

    @property
    def first_load_balancer(self) -> str:
        return f"127.{self.octet}.3.10"

    def _take(self, third: int, first: int, last: int) -> str:
        free = self._free.setdefault(third, [])
        if third == 3 and free:
            return free.pop(0)
        host = self._next.get(third, first)
        if host <= last:
            self._next[third] = host + 1
            return f"127.{self.octet}.{third}.{host}"
        if not free:
            raise RuntimeError(f"no free address left in 127.{self.octet}.{third}.0/24")
        return free.pop(0)


def choose_plan() -> NetworkPlan:
    """A plan in an octet that nobody else has, whose name servers' port is free for UDP and TCP at this moment."""
    for _ in range(200):
        octet = random.randint(16, 250)
        claim = socket.socket()
        try:
            claim.bind((f"127.{octet}.0.1", HTTPS_PORT))
            port = _free_port_on([f"127.{octet}.53.1", f"127.{octet}.53.2"])
        except OSError:
            claim.close()
            continue
        return NetworkPlan(octet=octet, dns_port=port, claim=claim)
    raise RuntimeError("no free second octet of 127/8 was found in 200 tries")


def free_port(address: str = "127.0.0.1") -> int:
    """A TCP port that is free on `address` now."""
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def _free_port_on(addresses: list[str]) -> int:
    port = free_port(addresses[0])
    for address in addresses:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            with socket.socket(socket.AF_INET, kind) as probe:
                probe.bind((address, port))
    return port
