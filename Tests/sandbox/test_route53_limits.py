"""Route 53's rate limit, changes that are held up, and what a PowerDNS server is told."""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from typing import Any

from conftest import REPOSITORY, Running, until


def test_fiveRequestsASecondAreTakenAndNoMore() -> None:
    import sys

    sys.path.insert(0, str(REPOSITORY))
    from sandbox.clock import SandboxClock
    from sandbox.emulator.rate_limit import RateLimits

    class Hand(SandboxClock):
        """A clock that is moved by hand."""

        now_at = 0.0

        def elapsed(self, since: float) -> float:
            return Hand.now_at - since

        @staticmethod
        def instant() -> float:
            return Hand.now_at

    limits = RateLimits(Hand(1))
    assert [limits.admits("route53") for _ in range(7)] == [True] * 5 + [False] * 2
    assert all(limits.admits("ecs") for _ in range(100))
    Hand.now_at = 0.9
    assert not limits.admits("route53")
    # What was refused does not count.
    Hand.now_at = 1.0
    assert [limits.admits("route53") for _ in range(6)] == [True] * 5 + [False]


def put(sandbox: Running, name: str, values: list[str], action: str = "CREATE", **more: Any) -> str:
    record = {"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": item} for item in values], **more}
    answer = sandbox.client("route53").change_resource_record_sets(
        HostedZoneId=sandbox.variables["zone_id"],
        ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]},
    )
    return str(answer["ChangeInfo"]["Id"])


def status(sandbox: Running, change: str) -> str:
    return str(sandbox.client("route53").get_change(Id=change)["ChangeInfo"]["Status"])


def test_aHeldChangeStaysPendingUntilItIsLetGo(sandbox: Running) -> None:
    before = put(sandbox, "before.lgtm.test", ["192.0.2.1"])
    until(lambda: status(sandbox, before) == "INSYNC")
    sandbox.control("POST", "/propagation", {"held": True})
    try:
        held = put(sandbox, "held.lgtm.test", ["192.0.2.1"])
        # The change before it is where it was: on every server.
        assert (status(sandbox, before), status(sandbox, held)) == ("INSYNC", "PENDING")
        assert sandbox.addresses("before.lgtm.test") == ["192.0.2.1"] and sandbox.addresses("held.lgtm.test") == []
    finally:
        sandbox.control("POST", "/propagation", {"held": False})
    until(lambda: status(sandbox, held) == "INSYNC")
    assert [sandbox.addresses("held.lgtm.test", server) for server in (0, 1)] == [["192.0.2.1"]] * 2
    for name in ("before", "held"):
        put(sandbox, f"{name}.lgtm.test", ["192.0.2.1"], "DELETE")


def rows(sandbox: Running, name: str, kind: str) -> list[dict[str, Any]]:
    url = f"{sandbox.ready['powerdns']}/0/lookup/{name}/{kind}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return list(json.load(answer)["result"])


def test_aNameServerOfSomebodyElsesIsToldWhatANameHolds(sandbox: Running) -> None:
    members = {"old": (25, "192.0.2.1"), "new": (75, "192.0.2.2")}
    for name, (weight, value) in members.items():
        made = put(sandbox, "drawn.lgtm.test", [value], SetIdentifier=name, Weight=weight)
    until(lambda: status(sandbox, made) == "INSYNC")
    drawn = Counter(row["content"] for _ in range(200) for row in rows(sandbox, "drawn.lgtm.test.", "ANY"))
    # One of the two for each question, as often as its weight says.
    assert drawn.total() == 200 and 20 <= drawn["192.0.2.1"] <= 85, drawn
    assert [row["qtype"] for row in rows(sandbox, "lgtm.test.", "SOA")] == ["SOA"]
    assert rows(sandbox, "nobody.lgtm.test.", "ANY") == rows(sandbox, "example.org.", "SOA") == []
    for name, (weight, value) in members.items():
        put(sandbox, "drawn.lgtm.test", [value], "DELETE", SetIdentifier=name, Weight=weight)
