"""Looks at the world from outside of the tool: by kdig, by boto3, and by the sandbox's own account of itself."""

from __future__ import annotations

import json
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

from rehearsal.sandbox import Sandbox

DESIRED = {"mimir": 3, "loki": 2, "tempo": 1, "pyroscope": 1, "grafana": 1, "alloy": 1}
"""Tasks of each service, from the system's document."""
OWN_SOURCES = 4
"""Data sources that the new Grafana is provisioned with, one a store."""


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

    def retired(self) -> None:
        """The old side is stopped, and whatever was its is the new side's."""
        given = self._sandbox.variables
        states = [one["State"]["Name"] for one in self._old_instances()]
        self.expect(states == ["stopped"] * len(given["old_instances"]), "boto3 sees the old instances stopped", states)
        left = [one["component"] for one in self._processes() if one["side"] == "old"]
        self.expect(not left, "nothing runs on them", left)
        held = self._sandbox.client("ec2").describe_addresses(PublicIps=[given["old_address"], given["old_backend_address"]])
        owners = sorted(one.get("InstanceId", "") for one in held["Addresses"])
        self.expect(owners == sorted(given["old_instances"]), "their addresses are still theirs", owners)
        told = self._of_old_hosts("agent")
        self.expect(all(one == ["new"] for one in told), "their agents were told to write to the new side alone", told)
        self.expect(self._compacting() == {"new"}, "the new side alone compacts, rules and deletes", self._compacting())
        asked = [url for url in self._sources() if given["old_backend_address"] in url]
        self.expect(not asked, "no data source asks the old stores", asked)
        new = self.address_of_new_side()
        found = self.answers()
        self.expect(found == [new, new], "both name servers still give the new address", found)

    def handed_back(self) -> None:
        """The old side runs again; what agents sent to the new one alone is late there, as the point of no return says."""
        given = self._sandbox.variables
        states = [one["State"]["Name"] for one in self._old_instances()]
        self.expect(states == ["running"] * len(given["old_instances"]), "boto3 sees the old instances running", states)
        self.expect(self._compacting() == {"old"}, "the old side alone compacts, rules and deletes", self._compacting())
        asked = [url for url in self._sources() if f".{given['namespace']}:" in url]
        self.expect(len(asked) == OWN_SOURCES, "only the new side's own data sources ask its stores", asked)
        self._sandbox.control("flush", side="new")
        # A real querier leaves what is younger than that to its own side's ingesters; the stand-in's never does.
        self._sandbox.control("components", component="mimir", side="old", ignore_younger=12 * 3600)
        early = self._samples()
        self._sandbox.control("components", component="mimir", side="old", ignore_younger=0)
        late = self._samples()
        self.expect(early < late, "what agents sent to the new side alone is missing at the old one", (early, late))
        print(f"       {late - early} of {late} samples, until its queriers ask the bucket for them, 12 hours later")

    def _old_instances(self) -> list[dict[str, Any]]:
        asked = self._sandbox.client("ec2").describe_instances(InstanceIds=self._sandbox.variables["old_instances"])
        return [one for reservation in asked["Reservations"] for one in reservation["Instances"]]

    def _of_old_hosts(self, name: str) -> list[Any]:
        """What the world shows of each machine of the old side."""
        return [one[name] for one in self._sandbox.world()["ec2.instances"].values() if name in one]

    def _processes(self) -> list[dict[str, Any]]:
        return list(self._sandbox.control("processes"))

    def _compacting(self) -> set[str]:
        """Sides on which something compacts, rules and deletes: two of them on one prefix destroy data."""
        ecs = self._sandbox.client("ecs")
        service = ecs.describe_services(cluster=self._sandbox.variables["cluster"], services=["loki"])["services"][0]
        task = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
        given = {one["name"]: one["value"] for one in task["containerDefinitions"][0]["environment"]}
        old = {"old"} if any(self._of_old_hosts("compacts")) else set()
        return old | ({"new"} if given["RETENTION_ENABLED"] == "true" else set())

    def _sources(self) -> list[str]:
        """Where the data sources of Grafana lead, both sides having one database."""
        return [url for held in self._sandbox.world()["grafana"].values() for url in held["sources"].values()]

    def _samples(self) -> int:
        """How many samples of the agents the old Mimir knows."""
        address = self._sandbox.variables["old_backend_address"]
        query = urllib.parse.urlencode({"query": 'count_over_time(up{job="node"}[12h])'})
        with urllib.request.urlopen(f"http://{address}:8080/prometheus/api/v1/query?{query}", timeout=30) as answer:
            return sum(int(float(one["value"][1])) for one in json.load(answer)["data"]["result"])

    def equal(self, what: str, before: dict[str, Any], after: dict[str, Any], kept: dict[str, set[str]]) -> None:
        """Two worlds are the same, but for what is kept."""
        changes = [line for line in differences(before, after) if not is_kept(line, kept)]
        self.expect(not changes, what)
        for change in changes:
            print(f"       {change}")

    def came_back(self, before: dict[str, Any], records: list[dict[str, Any]], kept: dict[str, set[str]]) -> None:
        """The world is as it was, but for what is kept."""
        old = [self._sandbox.variables["old_address"]]
        found = self.answers()
        self.expect(found == [old, old], f"both name servers give the old address {old[0]} again", found)
        now = self.record_sets()
        self.expect(now == records, "the zone's record sets are exactly what they were", now)
        self.equal("the world is what it was, but for what is kept", before, self._sandbox.world(), kept)


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
