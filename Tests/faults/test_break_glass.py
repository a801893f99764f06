"""A break-glass file brings traffic home by the real AWS CLI, with `migrate` and its journal gone."""

from __future__ import annotations

import shutil
import time

from conftest import KILLED, Places, World
from shifting import pair, run_by_hand, shift_of, until


def test_traffic_comes_home_without_the_tool(places: Places, world: World) -> None:
    place = shift_of(places, world)
    old = world.variables["old_address"]
    running = place.start("run")
    try:
        until(lambda: 10 in pair(world).values(), lambda: f"{pair(world)}\n{place.run('log').output}")
    finally:
        running.kill()
        talk = running.communicate()[1]
    assert running.returncode == KILLED, talk
    shutil.copytree(place.folder / "state/break-glass", place.folder / "glass")
    shutil.rmtree(place.folder / "state")
    run_by_hand(next((place.folder / "glass").glob("*/shift-w10.sh")), place, world)
    weights = pair(world)
    assert sorted(weights.values(), key=str) == [0, 100], weights
    for server in world.variables["dns_servers"]:
        address, port = server.split(":")
        assert at_home(address, int(port), world.variables["host"], old), f"{server} still sends traffic away"


def at_home(address: str, port: int, host: str, old: str) -> bool:
    """Whether a name server gives the old address again and again, once the change has reached it."""
    from dnslib import DNSRecord

    deadline = time.monotonic() + 30
    streak = 0
    while streak < 20 and time.monotonic() < deadline:
        answer = DNSRecord.parse(DNSRecord.question(host, "A").send(address, port, timeout=5))
        streak = streak + 1 if [str(item.rdata) for item in answer.rr] == [old] else 0
        if not streak:
            time.sleep(0.05)
    return streak >= 20
