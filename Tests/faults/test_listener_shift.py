"""`elb.shift` through the real binary: requests of a listener move to another target group, and come home."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from conftest import KILLED, Place, Places, World
from shifting import run_by_hand, until

PORT = 18_080

RUNBOOK = """\
migrate: 1
runbook: small
title: A switch behind one load balancer
variables:
  soak: {default: 10m}
phases:
  - id: phase-1
    title: Switch
    steps:
      - id: shift
        do: elb.shift
        with: {load_balancer: market, port: 18080, old: blue, new: green, weights: [10, 50, 100], soak: "${soak}"}
        watch:
          - {probe: elb.targets, with: {target_group: green}}
"""


@dataclass
class Side:
    """A web server that says its name."""

    name: str
    address: str
    server: ThreadingHTTPServer

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])


def side(name: str, address: str) -> Side:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = name.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer((address, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Side(name, address, server)


@dataclass
class Market:
    """A load balancer with two target groups, of which the first has the requests."""

    world: World
    address: str
    listener: str
    groups: dict[str, str]

    def weights(self) -> dict[str, int]:
        """Weight of each group that the listener knows, as boto3 sees it."""
        found = self.world.client("elbv2").describe_listeners(ListenerArns=[self.listener])["Listeners"][0]
        (action,) = found["DefaultActions"]
        given = action.get("ForwardConfig", {}).get("TargetGroups") or [
            {"TargetGroupArn": action["TargetGroupArn"], "Weight": 1}
        ]
        names = {arn: name for name, arn in self.groups.items()}
        return {names[item["TargetGroupArn"]]: int(item["Weight"]) for item in given}

    def ask(self) -> str:
        try:
            with urllib.request.urlopen(f"http://{self.address}:{PORT}/", timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return f"failed {error.code}"


@dataclass
class Clients:
    """Somebody who asks all the time."""

    market: Market
    seen: Counter[str] = field(default_factory=Counter)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Clients:
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()
        return self

    def _ask(self) -> None:
        while not self._over.is_set():
            self.seen[self.market.ask()] += 1

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        self._thread.join()


def address_of(world: World, name: str) -> str:
    from dnslib import DNSRecord

    server, port = world.variables["dns_servers"][0].split(":")
    answer = DNSRecord.parse(DNSRecord.question(name, "A").send(server, int(port), timeout=5))
    return str(answer.rr[0].rdata)


@pytest.fixture
def market(world: World) -> Iterator[Market]:
    elb = world.client("elbv2")
    sides = [side("blue", "127.0.0.1"), side("green", "127.0.0.1")]
    groups = {}
    for one in sides:
        made = elb.create_target_group(
            Name=one.name, Protocol="HTTP", Port=80, VpcId=world.variables["vpc_id"], TargetType="ip",
            HealthCheckPath="/", HealthCheckIntervalSeconds=15, HealthyThresholdCount=2,
        )  # fmt: skip
        groups[one.name] = made["TargetGroups"][0]["TargetGroupArn"]
        elb.register_targets(TargetGroupArn=groups[one.name], Targets=[{"Id": one.address, "Port": one.port}])
    subnets = world.variables["subnet_ids"]
    balancer = elb.create_load_balancer(Name="market", Subnets=subnets)["LoadBalancers"][0]
    made = elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=PORT,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": groups["blue"]}],
    )  # fmt: skip
    market = Market(world, address_of(world, balancer["DNSName"]), made["Listeners"][0]["ListenerArn"], groups)
    until(lambda: reached(market) == "blue", lambda: reached(market))
    yield market
    elb.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
    for one in sides:
        elb.delete_target_group(TargetGroupArn=groups[one.name])
        one.server.shutdown()
        one.server.server_close()


def reached(market: Market) -> str:
    try:
        return market.ask()
    except OSError as error:
        return str(error)


def place_of(places: Places, world: World, **given: str) -> Place:
    place = places.make(RUNBOOK)
    place.environment = world.environment
    place.options = [word for key, value in given.items() for word in ("--set", f"{key}={value}")]
    return place


def test_requests_move_and_come_home_and_none_fails(places: Places, world: World, market: Market) -> None:
    place = place_of(places, world)
    before = market.weights()
    with Clients(market) as clients:
        done = place.run("run")
        assert done.status == 0, done.talk
        assert market.weights() == {"blue": 0, "green": 100}
        assert market.ask() == "green"
        done = place.run("back-out", "--reason", "trial")
        assert done.status == 0, done.talk
        assert market.weights() == {"blue": 100, "green": 0}
        assert market.ask() == "blue"
    assert set(clients.seen) == {"blue", "green"}, clients.seen
    done = place.run("rollback", "--all", "--yes")
    assert done.status == 0, done.talk
    assert market.weights() == before


def test_a_listener_that_somebody_else_changed_is_left_alone(places: Places, world: World, market: Market) -> None:
    place = place_of(places, world)
    assert place.run("run").status == 0
    elb, theirs = world.client("elbv2"), {"blue": 70, "green": 30}
    elb.modify_listener(
        ListenerArn=market.listener,
        DefaultActions=[
            {
                "Type": "forward",
                "ForwardConfig": {
                    "TargetGroups": [
                        {"TargetGroupArn": market.groups[name], "Weight": weight} for name, weight in theirs.items()
                    ]
                },
            }
        ],
    )
    done = place.run("back-out", "--reason", "trial")
    assert done.status == 3, done.talk
    assert "changed by somebody else" in done.talk
    assert market.weights() == theirs


def test_requests_come_home_without_the_tool(places: Places, world: World, market: Market) -> None:
    place = place_of(places, world, soak="10h")
    running = place.start("run")
    try:
        until(lambda: market.weights().get("green") == 10, lambda: place.run("log").output)
    finally:
        running.kill()
        talk = running.communicate()[1]
    assert running.returncode == KILLED, talk
    run_by_hand(next((place.folder / "state/break-glass").glob("*/shift-w10.sh")), place, world)
    assert market.weights() == {"blue": 100, "green": 0}
    # Home by other hands is home to the tool too.
    done = place.run("rollback", "--all", "--yes")
    assert done.status == 0, done.talk
    assert market.weights() == {"blue": 1}
