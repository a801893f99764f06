"""What every stand-in is: one process of one component, on one address, with its listeners."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from sandbox.emulator.context import current
from sandbox.http_server import Listener, Request, Response
from sandbox.network import COMPONENT_PORTS
from sandbox.standins.storage import SignalStore

READY_SECONDS = 15.0
"""From a process's start to `ready`: an assumption, after the 15 s of Mimir's and Loki's `min-ready-duration`."""


@dataclass
class Settings:
    """What a process was started with."""

    environment: dict[str, str] = field(default_factory=dict)
    version: str = "1.0.0"
    ready_after: float = READY_SECONDS
    container: dict[str, Any] = field(default_factory=dict)
    """The container's part of the task definition, where it is a task's."""
    volumes: list[dict[str, Any]] = field(default_factory=list)
    """The task definition's volumes."""
    role: str | None = None
    """The task's role."""


@dataclass
class Member:
    """One process in its component's ring."""

    id: str
    address: str
    zone: str
    joined: float
    state: str | None = None
    """What it was told to be in the ring; nothing leaves it to its age."""


class Side:
    """The processes that share state: `old` is the stack on EC2, `new` the tasks on Fargate."""

    def __init__(self, name: str, stores: Callable[[str, str | None], SignalStore]) -> None:
        self.name = name
        self._make_store = stores
        self._stores: dict[str, SignalStore] = {}
        self.members: dict[str, list[Member]] = {}
        self.documents: dict[str, Any] = {}

    def store(self, component: str, role: str | None = None) -> SignalStore:
        if component not in self._stores:
            self._stores[component] = self._make_store(component, role)
        elif role is not None:
            self._stores[component].storage.role = role
        return self._stores[component]

    @property
    def stores(self) -> dict[str, SignalStore]:
        return dict(self._stores)


class Service:
    """A stand-in. A subclass gives `component` and `handle`; `listeners` says which ports it opens."""

    component = ""
    health_path = "/ready"
    """What the container's own health check asks for."""

    def __init__(self, side: Side, address: str, settings: Settings, store: SignalStore) -> None:
        self.side, self.address, self.settings, self.store = side, address, settings, store
        self.started = current().clock.instant()
        self.fault: int | None = None
        self.fault_path = "/"
        self.spared_path: str | None = None
        """What is answered well all the same."""
        self.not_ready = False
        self.requests = 0
        self._listeners: list[Listener] = []

    def ports(self) -> dict[int, Callable[[Request], Response]]:
        """What answers on which port."""
        return {COMPONENT_PORTS[self.component]: self.handle}

    def handle(self, request: Request) -> Response:
        raise NotImplementedError

    @property
    def ended(self) -> int | None:
        """Exit code of a process that ended by itself; a stand-in never does."""
        return None

    @property
    def starting(self) -> bool:
        """Whether a real program is still on its way up, which takes its own time whatever the sandbox's scale."""
        return False

    @property
    def last_words(self) -> list[str]:
        """What it said before it ended."""
        return []

    @property
    def ready(self) -> bool:
        return not self.not_ready and current().clock.elapsed(self.started) >= self.settings.ready_after

    async def start(self) -> None:
        """Opens the ports. Throws: `OSError` when one is taken."""
        for port, handler in self.ports().items():
            listener = Listener(self.address, port, self._guarded(handler))
            await listener.start()
            self._listeners.append(listener)

    async def stop(self) -> None:
        for listener in self._listeners:
            await listener.stop()
        self._listeners.clear()

    @property
    def connections(self) -> list[str]:
        """The clients that hold a connection now."""
        return [client for listener in self._listeners for client in listener.connections]

    def _guarded(self, handler: Callable[[Request], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            self.requests += 1
            if self.fault is not None and self.fails(request.path):
                return Response.of_json({"message": "this process was told to fail"}, self.fault)
            # A thread: a handler may wait for the world's lock, and the loop carries everybody's connections.
            return await asyncio.to_thread(handler, request)

        return answer

    def fails(self, path: str) -> bool:
        """Whether the process was told to fail requests for `path`."""
        return self.fault is not None and path.startswith(self.fault_path) and path != self.spared_path

    def ready_answer(self) -> Response:
        if self.ready:
            return Response.of_text("ready\n")
        return Response.of_text(f"{self.component} not ready: waiting for {READY_SECONDS:g}s after being ready\n", 503)

    def ring(self, request: Request, title: str) -> Response:
        """A ring's page: JSON for who asks for it, else HTML."""
        members = self.side.members.get(self.component, [])
        if "application/json" not in request.headers.get("accept", ""):
            rows = "".join(f"<tr><td>{member.id}</td><td>ACTIVE</td></tr>" for member in members)
            body = f"<html><head><title>{title}</title></head><body><table>{rows}</table></body></html>"
            return Response(200, body.encode(), "text/html; charset=utf-8")
        elapsed = current().clock.elapsed
        shards: list[dict[str, Any]] = [
            {
                "id": member.id,
                "state": member.state
                or ("ACTIVE" if elapsed(member.joined) >= self.settings.ready_after else "JOINING"),
                "address": f"{member.address}:9095",
                "timestamp": current().clock.now().isoformat(),
                "registered_timestamp": current().clock.now().isoformat(),
                "read_only": False,
                "zone": member.zone,
                "tokens": [],
                "ownership": 100.0 / max(len(members), 1),
            }
            for member in members
        ]
        return Response.of_json({"shards": shards, "now": current().clock.now().isoformat()})

    def config_answer(self, **sections: dict[str, Any]) -> Response:
        """The part of a product's configuration that its task's environment decides, as YAML."""
        return Response.of_text(yaml.safe_dump(sections, sort_keys=False))

    def setting(self, name: str, default: str = "") -> str:
        """What the process was given by its environment."""
        return self.settings.environment.get(name, default)

    def metrics_answer(self, counters: dict[str, float] | None = None, **gauges: float) -> Response:
        """Gauges in Prometheus' text format, and counters by their names with labels."""
        lines = [f"# TYPE {name} gauge\n{name} {value:g}\n" for name, value in gauges.items()]
        lines += [f"{name} {value:g}\n" for name, value in (counters or {}).items()]
        return Response.of_text("".join(lines))

    def flush_answer(self) -> Response:
        from sandbox.standins.storage import StorageDenied

        try:
            self.store.flush()
        except StorageDenied as denied:
            return Response.of_text(f"flush failed: {denied}\n", 500)
        return Response(204)


def not_found() -> Response:
    return Response.of_text("404 page not found\n", 404)
