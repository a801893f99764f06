"""Clients that resolve and request all through a shift and back: none that respects TTLs fails, and shares are as asked.

Real PowerDNS servers answer for the zone, to the clients and to `migrate` alike. Fifty caching resolvers with clients
behind them, clients that keep their connection on either side, one that resolved once and for all. Both sides count,
and the shift goes by what they count.
"""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import threading
import time
from collections import deque
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import powerdns
from conftest import Place, Places, World
from dnslib import DNSRecord
from shifting import shift_of, until

RESOLVERS, CLIENTS_EACH, PAUSE = 50, 2, 0.3
LATELY = 4.0
"""How far back a side counts, in seconds of the clock: well within a soak."""

SHARES = {10: (0.05, 0.16), 50: (0.42, 0.58)}
"""Bands within which the new side's share of answers is believed, by weight."""


class Server(ThreadingHTTPServer):
    """A side: says its name, for as long as the connection is kept, and at `/count` who was there lately."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, *words: Any) -> None:
        self.times: deque[float] = deque()
        self.kept: set[int] = set()
        self.lock = threading.Lock()
        super().__init__(*words)

    def count(self) -> dict[str, int]:
        with self.lock:
            while self.times and self.times[0] < time.monotonic() - LATELY:
                self.times.popleft()
            return {"requests": len(self.times), "connections": len(self.kept)}


def serve(address: str, port: int, name: str) -> Server:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server: Server

        def do_GET(self) -> None:
            text = name
            if self.path == "/count":
                text = json.dumps(self.server.count())
            else:
                with self.server.lock:
                    self.server.times.append(time.monotonic())
                    self.server.kept.add(id(self))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def finish(self) -> None:
            super().finish()
            with self.server.lock:
                self.server.kept.discard(id(self))

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
                row = DNSRecord.parse(self._ask()).rr[0]
                self._address, self._until = str(row.rdata), time.monotonic() + row.ttl / self.scale
            return self._address

    def _ask(self) -> bytes:
        """As resolvers do, a second and a third time when a packet is lost."""
        question = DNSRecord.question(self.host, "A")
        for _ in range(2):
            try:
                return bytes(question.send(*self.server, timeout=3))
            except TimeoutError:
                continue
        return bytes(question.send(*self.server, timeout=3))


@dataclass
class Crowd:
    """Everybody who asks, and what they got."""

    resolvers: list[Resolver]
    port: int
    seen: list[tuple[float, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    forever: list[str] = field(default_factory=list)
    stayed: list[str] = field(default_factory=list)
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
        return lambda: self._stay(resolver.address(), self.kept)

    def _stay(self, address: str, answers: list[str]) -> None:
        with closing(http.client.HTTPConnection(address, self.port, timeout=10)) as connection:
            while not self._over.wait(PAUSE):
                answers.append(self._ask(connection))

    def stays_at(self, address: str) -> None:
        """One more client, which keeps a connection to a side from now on."""
        thread = threading.Thread(target=self._stay, args=(address, self.stayed))
        self._threads.append(thread)
        thread.start()

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


def counting(*sides: Server) -> str:
    """`share` of a shift: both sides say how many requests they had lately, and how many connections are kept."""

    def side(server: Server) -> str:
        address, port = server.server_address[:2]
        url = f"http://{address!s}:{port}/count"
        return f'{{probe: http, with: {{url: "{url}"}}, count: .json.requests, connections: .json.connections}}'

    old, new = sides
    return f"{{old: {side(old)}, new: {side(new)}, requests_per_answer: 3, drain: 5m}}"


def ending(place: Place, step: str) -> str:
    """What the journal says of a step's end: what a probe saw, or why it was passed over."""
    for event in reversed(place.events()):
        if event.get("step") == step and event["kind"] in ("step.probed", "step.skipped"):
            return json.dumps(event["event"])
    return ""


def look(servers: list[str], host: str) -> set[str]:
    """What every server answers by Knot's client, which shares no code with anything here; nothing without it."""
    found: set[str] = set()
    for server in servers if shutil.which("kdig") else []:
        address, port = server.split(":")
        command = ["kdig", "+short", f"@{address}", "-p", port, host, "A"]
        found |= set(subprocess.run(command, capture_output=True, text=True, timeout=20).stdout.split())
    return found


def test_nobody_who_respects_ttls_fails_forward_and_back(places: Places, world: World) -> None:
    old, new = world.variables["old_address"], "127.0.0.9"
    scale = float(world.environment["MIGRATE_TIME_SCALE"])
    port = free_port(old, new)
    sides = [serve(old, port, "old"), serve(new, port, "new")]
    host = world.variables["host"]
    try:
        with powerdns.serving(world.powerdns, host, world.variables["dns_servers"]) as servers:
            share = f"60m\n          share: {counting(*sides)}"
            place = shift_of(places, world, servers, weights="[10, 50, 100]", soak=share)
            addresses = [(one.split(":")[0], int(one.split(":")[1])) for one in servers]
            resolvers = [Resolver(addresses[turn % len(addresses)], host, scale) for turn in range(RESOLVERS)]
            with Crowd(resolvers, port) as crowd:
                done = place.run("run")
                assert done.status == 0, done.talk
                ttl = 60 / scale
                for weight, (least, most) in SHARES.items():
                    begin, end = soak(place, weight)
                    assert least <= crowd.share(begin + 2 * ttl, end) <= most, weight
                    assert "is believed" in ending(place, f"shift/share-w{weight}"), done.talk
                begin, end = soak(place, 100)
                assert crowd.share(begin + 2 * ttl + PAUSE, end) == 1
                assert look(servers, host) <= {new}
                # Two stayed behind: a kept connection and an answer kept for ever know nothing of DNS. That is said.
                assert set(crowd.kept) == set(crowd.forever) == {"old"}
                assert "connection open at the old side" in ending(place, "shift/left"), done.talk
                assert "advisory, went on: still" in ending(place, "shift/left"), done.talk
                crowd.stays_at(new)
                until(lambda: "new" in crowd.stayed, lambda: f"{crowd.stayed}")
                done = place.run("back-out", "--reason", "trial")
                assert done.status == 0, done.talk
                assert "traffic is home; still" in done.talk and "at the new side" in done.talk, done.talk
                assert place.run("rollback", "--all", "--yes").status == 0
                home = time.time() + 300 / scale + 2 * PAUSE
                asked = 2 * RESOLVERS * CLIENTS_EACH
                until(lambda: crowd.since(home) >= asked, lambda: f"{crowd.since(home)} requests")
                assert crowd.share(home, time.time()) == 0
                assert look(servers, host) <= {old}
            assert crowd.failed == []
            assert set(crowd.stayed) == {"new"}
            assert len(crowd.seen) > 1000
    finally:
        for side in sides:
            side.shutdown()
            side.server_close()
