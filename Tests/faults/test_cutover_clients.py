"""Clients that resolve and request all through a shift and back: none that respects TTLs fails, and shares are as asked.

Fifty caching resolvers with clients behind them, one client that keeps its connection, one that resolved once and for all.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from conftest import Place, Places, World
from dnslib import DNSRecord
from shifting import shift_of, until

RESOLVERS, CLIENTS_EACH, PAUSE = 50, 2, 0.3
SHARES = {10: (0.05, 0.16), 50: (0.42, 0.58)}
"""Bands within which the new side's share of answers is believed, by weight."""


class Server(ThreadingHTTPServer):
    """A side: says its name, for as long as the connection is kept."""

    daemon_threads = True
    request_queue_size = 256


def serve(address: str, port: int, name: str) -> Server:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(name)))
            self.end_headers()
            self.wfile.write(name.encode())

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = Server((address, port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def free_port(*addresses: str) -> int:
    while True:
        with closing(socket.socket()) as probe:
            probe.bind((addresses[0], 0))
            port = int(probe.getsockname()[1])
        try:
            for address in addresses:
                with closing(socket.socket()) as probe:
                    probe.bind((address, port))
            return port
        except OSError:
            continue


@dataclass
class Resolver:
    """Keeps an answer for its TTL, in the sandbox's time, and not longer."""

    server: tuple[str, int]
    host: str
    scale: float
    _address: str = ""
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def address(self) -> str:
        with self._lock:
            if time.monotonic() >= self._until:
                row = DNSRecord.parse(DNSRecord.question(self.host, "A").send(*self.server, timeout=5)).rr[0]
                self._address, self._until = str(row.rdata), time.monotonic() + row.ttl / self.scale
            return self._address


@dataclass
class Crowd:
    """Everybody who asks, and what they got."""

    resolvers: list[Resolver]
    port: int
    seen: list[tuple[float, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    forever: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Crowd:
        works = [self._patient(one, turn) for one in self.resolvers for turn in range(CLIENTS_EACH)]
        works += [self._keeps(self.resolvers[0]), self._never_asks_again(self.resolvers[0])]
        self._threads = [threading.Thread(target=work) for work in works]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, connection: http.client.HTTPConnection) -> str:
        connection.request("GET", "/")
        return connection.getresponse().read().decode()

    def _patient(self, resolver: Resolver, turn: int) -> Any:
        def work() -> None:
            self._over.wait(PAUSE * turn / CLIENTS_EACH)
            while not self._over.wait(PAUSE):
                address = ""
                try:
                    address = resolver.address()
                    with closing(http.client.HTTPConnection(address, self.port, timeout=10)) as connection:
                        self.seen.append((time.time(), self._ask(connection)))
                except (OSError, http.client.HTTPException, IndexError) as error:
                    self.failed.append(f"{address}: {error!r}")

        return work

    def _keeps(self, resolver: Resolver) -> Any:
        def work() -> None:
            with closing(http.client.HTTPConnection(resolver.address(), self.port, timeout=10)) as connection:
                while not self._over.wait(PAUSE):
                    self.kept.append(self._ask(connection))

        return work

    def _never_asks_again(self, resolver: Resolver) -> Any:
        address = resolver.address()

        def work() -> None:
            while not self._over.wait(PAUSE):
                with closing(http.client.HTTPConnection(address, self.port, timeout=10)) as connection:
                    self.forever.append(self._ask(connection))

        return work

    def since(self, begin: float) -> int:
        """Requests answered since a time."""
        return sum(at >= begin for at, _ in self.seen)

    def share(self, begin: float, end: float) -> float:
        """Share of the new side between two times."""
        sides = [side for at, side in self.seen if begin <= at <= end]
        return sides.count("new") / len(sides)


def soak(place: Place, weight: int) -> tuple[float, float]:
    """When the soak of a weight began and ended."""
    times = {
        event["kind"]: event["at"] / 1000
        for event in place.events()
        if event.get("step") == f"shift/soak-w{weight}"
    }
    return times["step.soakStarted"], times["step.succeeded"]


def test_nobody_who_respects_ttls_fails_forward_and_back(places: Places, world: World) -> None:
    old, new = world.variables["old_address"], "127.0.0.9"
    scale = float(world.environment["MIGRATE_TIME_SCALE"])
    port = free_port(old, new)
    sides = [serve(old, port, "old"), serve(new, port, "new")]
    place = shift_of(places, world, weights="[10, 50, 100]", soak="60m")
    addresses = [(one.split(":")[0], int(one.split(":")[1])) for one in world.variables["dns_servers"]]
    resolvers = [
        Resolver(addresses[turn % len(addresses)], world.variables["host"], scale) for turn in range(RESOLVERS)
    ]
    try:
        with Crowd(resolvers, port) as crowd:
            assert place.run("run").status == 0
            ttl = 60 / scale
            for weight, (least, most) in SHARES.items():
                begin, end = soak(place, weight)
                assert least <= crowd.share(begin + 2 * ttl, end) <= most, weight
            begin, end = soak(place, 100)
            assert crowd.share(begin + 2 * ttl + PAUSE, end) == 1
            # Both stayed behind: a kept connection and an answer kept for ever know nothing of DNS.
            assert set(crowd.kept) == set(crowd.forever) == {"old"}
            assert place.run("back-out", "--reason", "trial").status == 0
            assert place.run("rollback", "--all", "--yes").status == 0
            home = time.time() + 300 / scale + 2 * PAUSE
            until(lambda: crowd.since(home) >= 2 * RESOLVERS * CLIENTS_EACH, lambda: f"{crowd.since(home)} requests")
            assert crowd.share(home, time.time()) == 0
        assert crowd.failed == []
        assert len(crowd.seen) > 1000
    finally:
        for side in sides:
            side.shutdown()
            side.server_close()
