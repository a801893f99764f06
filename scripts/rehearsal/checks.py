"""Looks at the world from outside of the tool: by kdig, by boto3, and by the sandbox's own account of itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from typing import Any

from rehearsal.sandbox import Sandbox

DESIRED = {"mimir": 3, "loki": 2, "tempo": 1, "pyroscope": 1, "grafana": 1, "alloy": 1}
"""Tasks of each service, from the system's document."""


class Checks:
    """Findings, printed as they come; the rehearsal is good when all of them hold."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.failed: list[str] = []

    def expect(self, holds: bool, what: str, found: object = None) -> None:
        """Notes one finding."""
        seen = "" if holds or found is None else f": found {found}"
        print(f"  {'ok  ' if holds else 'FAIL'} {what}{seen}", flush=True)
        if not holds:
            self.failed.append(what)

    def answers(self) -> list[list[str]]:
        """What each name server gives for the production name, asked by kdig."""
        found = []
        for server in self._sandbox.variables["dns_servers"]:
            address, port = server.rsplit(":", 1)
            asked = subprocess.run(
                ["kdig", "+short", "+norecurse", f"@{address}", "-p", port, self._sandbox.variables["host"], "A"],
                capture_output=True, text=True, timeout=30,
            )  # fmt: skip
            found.append(sorted(asked.stdout.split()))
        return found

    def record_sets(self) -> list[dict[str, Any]]:
        """Every record set of the zone, as Route 53 gives them to boto3."""
        pages = self._sandbox.client("route53").get_paginator("list_resource_record_sets")
        zone = self._sandbox.variables["zone_id"]
        return [item for page in pages.paginate(HostedZoneId=zone) for item in page["ResourceRecordSets"]]

    def address_of_new_side(self) -> list[str]:
        """Addresses of the load balancer, as the sandbox says."""
        return [item["address"] for item in self._sandbox.control("load-balancers")]

    def moved(self) -> None:
        """The forward half has happened."""
        new = self.address_of_new_side()
        found = self.answers()
        self.expect(found == [new, new], f"both name servers give the new address {' '.join(new)}", found)
        ecr = self._sandbox.client("ecr")
        held = {item["repositoryName"] for item in ecr.describe_repositories()["repositories"]}
        wanted = {f"lgtm/{name}" for name in DESIRED}
        self.expect(held == wanted, "boto3 sees the six repositories", sorted(held))
        empty = [name for name in sorted(held) if not ecr.describe_images(repositoryName=name)["imageDetails"]]
        self.expect(not empty, "each holds an image", empty)
        services = self._sandbox.client("ecs").describe_services(
            cluster=self._sandbox.variables["cluster"], services=list(DESIRED)
        )["services"]
        counts = {item["serviceName"]: (item["desiredCount"], item["runningCount"]) for item in services}
        self.expect(
            counts == {name: (count, count) for name, count in DESIRED.items()},
            "six services run at their desired counts", counts,
        )  # fmt: skip
        images = self._sandbox.client("ec2").describe_images(Owners=["self"])["Images"]
        states = [image["State"] for image in images]
        wanted_images = len(self._sandbox.variables["old_instances"])
        self.expect(states == ["available"] * wanted_images, "every old instance has its image (AMI)", states)

    def came_back(self, before: dict[str, Any], records: list[dict[str, Any]], kept: dict[str, set[str]]) -> None:
        """The world is as it was, but for what is kept."""
        old = [self._sandbox.variables["old_address"]]
        found = self.answers()
        self.expect(found == [old, old], f"both name servers give the old address {old[0]} again", found)
        now = self.record_sets()
        self.expect(now == records, "the zone's record sets are exactly what they were", now)
        changes = [line for line in differences(before, self._sandbox.world()) if not is_kept(line, kept)]
        self.expect(not changes, "the world is what it was, but for what is kept")
        for change in changes:
            print(f"       {change}")


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Each difference of two worlds, as a line that begins with its place."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(set(before) | set(after)):
            place = f"{path}/{name}"
            if name not in before:
                yield f"{place}: appeared"
            elif name not in after:
                yield f"{place}: gone"
            else:
                yield from differences(before[name], after[name], place)
    elif before != after:
        yield f"{path}: {before!r} became {after!r}"


def is_kept(line: str, kept: dict[str, set[str]]) -> bool:
    """Whether a difference is something that the runbook keeps on purpose: `kept` has names by section of the world."""
    place = line.split(": ", 1)[0]
    return any(place.startswith(f"/{section}/{name}") for section, names in kept.items() for name in names)
