"""A shift that is held to what CloudWatch counts at the load balancers of both sides.

A sandbox of its own, slower than the others: metrics come once a minute, which must be well apart from one another.
Clients really resolve and really ask; who follows the weights is their own affair.
"""

from __future__ import annotations

import http.client
import json
import random
import signal
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from catalogue.tool import PATIENCE, Tool, binary
from conftest import Running, until

SCALE = 60
PORT = 18_081
NAME = "counted"

needs_binary = pytest.mark.skipif(binary() is None, reason="there is no current build of migrate")


class Handler(BaseHTTPRequestHandler):
    """Says yes to everybody."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@dataclass
class Side:
    """A load balancer with one web server behind it."""

    name: str
    arn: str
    dns_name: str
    zone: str
    address: str


@dataclass
class Place:
    """A zone's name that leads to the first of two sides."""

    sandbox: Running
    port: int
    old: Side
    new: Side

    @property
    def host(self) -> str:
        return f"{NAME}.{self.sandbox.variables['zone']}".rstrip(".")

    def weights(self) -> dict[str, int | None]:
        """Weights of the name's record sets by the side that they lead to, as boto3 sees them."""
        found = self.sandbox.client("route53").list_resource_record_sets(HostedZoneId=self.sandbox.variables["zone_id"])
        names = {self.old.dns_name: "old", self.new.dns_name: "new"}
        return {
            names[one["AliasTarget"]["DNSName"].rstrip(".").removeprefix("dualstack.")]: one.get("Weight")
            for one in found["ResourceRecordSets"]
            if one["Name"] == f"{self.host}." and one["Type"] == "A"
        }

    def step(self, **more: Any) -> dict[str, Any]:
        share = {"old": {"load_balancer": "old-side"}, "new": {"load_balancer": "new-side"}, "requests_per_answer": 1}
        given = {
            "zone": self.sandbox.variables["zone_id"],
            "name": self.host,
            "to": {"load_balancer": "new-side"},
            "weights": [50, 100],
            "soak": "12m",
            "servers": self.sandbox.ready["dns"],
            "resolver": self.sandbox.ready["dns"][0],
            "share": {**share, "drain": "5m"},
            "prove": {"scheme": "http", "port": PORT},
            "latency_requests": 0,
        }
        # Why the tasks themselves: requests through the load balancer would be counted.
        task = f"127.0.0.1:{self.port}"
        watch = [{"probe": "http", "with": {"url": f"http://{self.host}/", "connect_to": task}}]
        return {"do": "route53.shift", "with": given, "watch": watch, **more}


@dataclass
class Clients:
    """Somebody who asks all the time: of what DNS answers, or of one side, whatever DNS answers."""

    place: Place
    only: Side | None = None
    failed: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Clients:
        self._threads = [threading.Thread(target=self._ask) for _ in range(4)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        while not self._over.wait(0.02):
            try:
                found = self.place.sandbox.addresses(self.place.host, server=random.randrange(2))
                address = self.only.address if self.only else random.choice(found)
                with closing(http.client.HTTPConnection(address, PORT, timeout=10)) as connection:
                    connection.request("GET", "/")
                    if connection.getresponse().read() != b"ok":
                        self.failed.append(address)
            except (OSError, IndexError) as error:
                self.failed.append(repr(error))


def side(sandbox: Running, name: str, port: int) -> Side:
    """Makes one, and waits until it serves."""
    elb = sandbox.client("elbv2")
    group = elb.create_target_group(
        Name=name, Protocol="HTTP", Port=80, VpcId=sandbox.variables["vpc_id"], TargetType="ip", HealthCheckPath="/",
        HealthCheckIntervalSeconds=15, HealthyThresholdCount=2,
    )["TargetGroups"][0]["TargetGroupArn"]  # fmt: skip
    elb.register_targets(TargetGroupArn=group, Targets=[{"Id": "127.0.0.1", "Port": port}])
    made = elb.create_load_balancer(Name=name, Subnets=sandbox.variables["subnet_ids"])["LoadBalancers"][0]
    elb.create_listener(
        LoadBalancerArn=made["LoadBalancerArn"], Protocol="HTTP", Port=PORT,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}],
    )  # fmt: skip
    address = until(lambda: sandbox.addresses(made["DNSName"]))[0]

    def serves() -> bool:
        try:
            with closing(http.client.HTTPConnection(address, PORT, timeout=5)) as connection:
                connection.request("GET", "/")
                return connection.getresponse().status == 200
        except OSError:
            return False

    until(serves)
    return Side(name, made["LoadBalancerArn"], made["DNSName"], made["CanonicalHostedZoneId"], address)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    sandbox = Running(tmp_path_factory.mktemp("slow"), "--without", "terraform", "--time-scale", str(SCALE))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        port = int(server.server_address[1])
        made = Place(sandbox, port, side(sandbox, "old-side", port), side(sandbox, "new-side", port))
        target = {"HostedZoneId": made.old.zone, "DNSName": made.old.dns_name, "EvaluateTargetHealth": False}
        record = {"Name": made.host, "Type": "A", "AliasTarget": target}
        sandbox.client("route53").change_resource_record_sets(
            HostedZoneId=sandbox.variables["zone_id"],
            ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]},
        )
        for number in range(2):
            until(lambda number=number: sandbox.addresses(made.host, server=number) == [made.old.address])
        yield made
    finally:
        server.shutdown()
        server.server_close()
        sandbox.stop()


def run(tool: Tool, *words: str) -> tuple[int, str]:
    """A command that may take as long as a shift does."""
    process = tool.begin(*words)
    try:
        said, _ = process.communicate(timeout=2 * PATIENCE)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    return process.returncode, said


def is_paused(tool: Tool) -> bool:
    """Whether its run waits for people."""
    said = tool.call("status", "--json").said
    return said.startswith("{") and bool(json.loads(said)["status"] == "paused")


def held_open(tool: Tool) -> str:
    """Runs until it is paused with traffic away, which it then goes on to watch, and stops it there."""
    process = tool.begin("run")
    try:
        until(lambda: is_paused(tool), 2 * PATIENCE)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=PATIENCE)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    return said


def seen(tool: Tool, part: str) -> str:
    """What the journal says that a part found."""
    lines = tool.call("log", "--json").said.splitlines()
    found = [json.loads(line) for line in lines if line.startswith("{")]
    return json.dumps([one["event"] for one in found if one.get("step") == part and one["kind"] == "step.probed"])


@needs_binary
def test_aShiftGoesByWhatTheLoadBalancersCount(place: Place, tmp_path: Path) -> None:
    tool = Tool(tmp_path / "in", place.sandbox, place.step())
    with Clients(place) as clients:
        status, said = run(tool, "run")
        assert status == 0, said
        assert place.weights() == {"new": None}
        assert "is believed" in seen(tool, "it/share-w50"), said
        assert "is believed" in seen(tool, "it/share-w100"), said
        status, said = run(tool, "rollback", "--all", "--yes")
        assert status == 0, said
    assert clients.failed == []
    assert place.weights() == {"old": None}


@needs_binary
def test_aShiftPausesWhereTheLoadBalancersCountOtherwise(place: Place, tmp_path: Path) -> None:
    tool = Tool(tmp_path / "out", place.sandbox, place.step(on_failure="pause"))
    # Everybody keeps to the old side: half of the answers name the new one, and nobody comes.
    with Clients(place, only=place.old) as clients:
        said = held_open(tool)
        assert "new side has 0 of" in said, said
        assert "watching the traffic that is away" in said, said
        assert place.weights() == {"old": 50, "new": 50}
        status, said = run(tool, "rollback", "--all", "--yes")
        assert status == 0, said
    assert clients.failed == []
    assert place.weights() == {"old": None}


@needs_binary
def test_aShiftWhoseSharesNobodyCountsIsHeld(place: Place, tmp_path: Path) -> None:
    step = place.step(on_failure="pause")
    tool = Tool(tmp_path / "none", place.sandbox, step)
    said = held_open(tool)
    assert "too few to tell 50 % by" in said, said
    assert place.weights() == {"old": 50, "new": 50}
    status, said = run(tool, "rollback", "--all", "--yes")
    assert status == 0, said
