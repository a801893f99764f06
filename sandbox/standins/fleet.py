"""Every stand-in process of the sandbox, by side."""

from __future__ import annotations

import ssl
from typing import Any

from sandbox.emulator.context import Context
from sandbox.http_server import Listener
from sandbox.standins.alloy import Alloy
from sandbox.standins.application import Application
from sandbox.standins.fluent_bit import FluentBit
from sandbox.standins.grafana import Grafana
from sandbox.standins.loki import Loki
from sandbox.standins.mimir import Mimir
from sandbox.standins.pyroscope import Pyroscope
from sandbox.standins.service import Member, Service, Settings, Side
from sandbox.standins.storage import ObjectStorage, Signal, SignalStore, StorageDenied, labels_of, now_nanoseconds
from sandbox.standins.tempo import Tempo

KINDS: dict[str, type[Service]] = {
    kind.component: kind for kind in (Mimir, Loki, Tempo, Pyroscope, Grafana, Alloy, FluentBit)
}

FLUSH_SECONDS = 60.0
"""How often the new side writes what it has to the bucket. Real ingesters take up to two hours."""

AGENT_SECONDS = 15.0
"""How often an agent sends; in real seconds no more often than every 3, since queries count in those."""


class Fleet:
    """Starts and stops stand-ins; keeps what outlives a process."""

    def __init__(self, context: Context, bucket: str) -> None:
        self._context = context
        self.bucket = bucket
        self.sides = {name: Side(name, self._store) for name in ("old", "new")}
        self.databases: dict[str, Any] = {}
        self.kinds = dict(KINDS)
        """Stand-ins by component; a world may have its own, its `STANDINS`."""
        self.services: list[Service] = []
        self.agents: dict[str, list[str]] = {}
        """The sides that the agent of an instance writes to, of those that somebody told."""
        self.resting: set[str] = set()
        """Instances on which somebody stopped the compactor, the ruler and retention."""
        self.failing_programs: dict[str, int] = {}
        """Programs of the instances that do nothing, and what they end with."""
        self._fronts: dict[int, Listener] = {}

    def begin(self) -> None:
        self._context.timekeeper.every(AGENT_SECONDS, 3, self._send_all)
        self._context.timekeeper.every(FLUSH_SECONDS, 0.3, self._flush_new)

    def _store(self, component: str, role: str | None) -> SignalStore:
        return SignalStore(ObjectStorage(self.bucket, component, role))

    def start(
        self,
        side: str,
        component: str,
        address: str,
        settings: Settings,
        role: str | None = None,
        ports: list[int] | None = None,
        identity: str = "",
    ) -> Service:
        """Starts one process and waits until its ports are open. Throws: `OSError`."""
        where = self.sides[side]
        bucket = settings.environment.get("S3_BUCKET") or settings.environment.get("BUCKET")
        store = where.store(component, role)
        if bucket:
            store.storage.bucket = bucket
        kind = self.kinds.get(component)
        service = (
            kind(where, address, settings, store)
            if kind
            else Application(where, address, settings, store, numbers=ports)
        )
        service.component = component
        self._context.io.run(service.start())
        self.services.append(service)
        number = len(where.members.get(component, []))
        where.members.setdefault(component, []).append(
            Member(identity or f"{component}-{number}", address, f"zone-{'abc'[number % 3]}", service.started)
        )
        return service

    def front(self, service: Service, port: int, tls: ssl.SSLContext) -> None:
        """Serves `service` over TLS too, at `port` of its own address: the proxy that stood before it."""
        listener = Listener(service.address, port, service._guarded(service.handle), tls)
        self._context.io.run(listener.start())
        self._fronts[id(service)] = listener

    def stop(self, service: Service) -> int:
        """Ends one process. Gives the number of signals that went with the last one of its component and side."""
        front = self._fronts.pop(id(service), None)
        if front is not None:
            self._context.io.run(front.stop())
        self._context.io.run(service.stop())
        if service in self.services:
            self.services.remove(service)
        members = service.side.members.get(service.component, [])
        service.side.members[service.component] = [item for item in members if item.address != service.address]
        last = not any(other.component == service.component and other.side is service.side for other in self.services)
        # The old side's instances keep their volumes; a Fargate task's disk goes with it.
        return service.store.lose() if last and service.side.name == "new" else 0

    def at(self, address: str) -> list[Service]:
        """The processes on `address`."""
        return [service for service in self.services if service.address == address]

    def connections(self, service: Service) -> list[str]:
        front = self._fronts.get(id(service))
        return service.connections + (front.connections if front else [])

    def _flush_new(self) -> None:
        for store in self.sides["new"].stores.values():
            try:
                store.flush()
            except StorageDenied:
                # Kept in `last_error`, which the world and the logs show; the real ingester tries again, too.
                continue

    def send(self, instance: str) -> None:
        """An agent's `up`, by remote write, to each of its sides whose Mimir takes it."""
        labels = labels_of({"__name__": "up", "job": "node", "instance": instance})
        sample = Signal("anonymous", now_nanoseconds(), labels, 1.0)
        for side in self.agents[instance]:
            taking = [one for one in self.services if one.component == "mimir" and one.side.name == side]
            if any(not one.fails("/api/v1/push") for one in taking):
                self.sides[side].store("mimir").add([sample])

    def _send_all(self) -> None:
        for instance in list(self.agents):
            found = self._context.backend("ec2").get_instance_by_id(instance)
            if found is not None and found.state == "running":
                self.send(instance)

    def stop_all(self) -> None:
        for service in list(self.services):
            self.stop(service)
