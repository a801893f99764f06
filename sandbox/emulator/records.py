"""A Route 53 record set as a value: its normal form, its order, how the API writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

RECORD_TYPES = {
    "SOA",
    "A",
    "TXT",
    "NS",
    "CNAME",
    "MX",
    "NAPTR",
    "PTR",
    "SRV",
    "SPF",
    "AAAA",
    "CAA",
    "DS",
    "TLSA",
    "SSHFP",
    "SVCB",
    "HTTPS",
}

ROUTING_FIELDS = (
    "Weight",
    "Region",
    "Failover",
    "GeoLocation",
    "MultiValueAnswer",
    "CidrRoutingConfig",
    "GeoProximityLocation",
)


@dataclass(frozen=True)
class AliasTarget:
    """What an alias points at."""

    zone: str
    name: str
    evaluate_health: bool


@dataclass(frozen=True)
class RecordSet:
    """One record set, normal form: lower-case absolute name, values in the order given."""

    name: str
    type: str
    set_identifier: str | None
    ttl: int | None
    values: tuple[str, ...]
    alias: AliasTarget | None
    routing: tuple[tuple[str, Any], ...]
    health_check: str | None

    @property
    def key(self) -> tuple[str, str, str | None]:
        return (self.name, self.type, self.set_identifier)

    @property
    def policy(self) -> str:
        """`simple`, or the name of the routing field it carries."""
        return self.routing[0][0] if self.routing else "simple"

    @property
    def weight(self) -> int | None:
        return dict(self.routing).get("Weight")

    def matches(self, other: RecordSet) -> bool:
        """Whether a DELETE that carries `other` means this set: every value the same, the order of values aside."""
        return replace(self, values=tuple(sorted(self.values))) == replace(other, values=tuple(sorted(other.values)))

    def to_api(self) -> dict[str, Any]:
        """The record set as the API writes it."""
        result: dict[str, Any] = {"Name": escape(self.name), "Type": self.type}
        if self.set_identifier is not None:
            result["SetIdentifier"] = self.set_identifier
        for name, value in self.routing:
            result[name] = dict(value) if isinstance(value, tuple) else value
        if self.ttl is not None:
            result["TTL"] = self.ttl
        if self.values:
            result["ResourceRecords"] = [{"Value": value} for value in self.values]
        if self.alias is not None:
            result["AliasTarget"] = {
                "HostedZoneId": self.alias.zone,
                "DNSName": self.alias.name,
                "EvaluateTargetHealth": self.alias.evaluate_health,
            }
        if self.health_check is not None:
            result["HealthCheckId"] = self.health_check
        return result


def parse(api: dict[str, Any]) -> RecordSet:
    """The value of a record set that the API's reader took apart."""
    alias = api.get("AliasTarget")
    routing = []
    for name in ROUTING_FIELDS:
        value = api.get(name)
        if value is None or value is False:
            continue
        routing.append((name, tuple(sorted(value.items())) if isinstance(value, dict) else value))
    return RecordSet(
        name=absolute(api["Name"]),
        type=api["Type"],
        set_identifier=api.get("SetIdentifier"),
        ttl=int(api["TTL"]) if api.get("TTL") is not None else None,
        values=tuple(item["Value"] if isinstance(item, dict) else item for item in (api.get("ResourceRecords") or [])),
        alias=AliasTarget(alias["HostedZoneId"], absolute(alias["DNSName"]), bool(alias.get("EvaluateTargetHealth")))
        if alias
        else None,
        routing=tuple(routing),
        health_check=api.get("HealthCheckId"),
    )


def absolute(name: str) -> str:
    """`name` in lower case with its final dot, octal escapes undone."""
    name = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), name.lower())
    return name if name.endswith(".") else name + "."


def escape(name: str) -> str:
    """`name` as Route 53 prints it: what is not a letter, digit, `-`, `_` or `.` in octal (so `*` is `\\052`)."""
    return re.sub(r"[^a-z0-9\-_.]", lambda found: f"\\{ord(found[0]):03o}", name)


def sort_key(record: RecordSet) -> tuple[list[str], str, str]:
    """The order of ListResourceRecordSets: labels from the right, then type, then set identifier."""
    return (list(reversed(record.name.rstrip(".").split("."))), record.type, record.set_identifier or "")
