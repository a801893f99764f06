"""The rules by which Route 53 accepts a change batch, or refuses it as a whole.

Modelled after the API reference's ChangeResourceRecordSets and the developer guide's "Values that you specify" pages.
Four refusals are worded as answers quoted in public issue threads, seen on 2026-11-21: not found (boto #2887), values
do not match (external-dns #732), the TTL of weighted sets (aws-sdk-go-v2 #518), a non-weighted set exists (external-dns
#4345). The wording of the others is from memory and has not been held against AWS.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from sandbox.emulator.records import RECORD_TYPES, ROUTING_FIELDS, RecordSet, absolute, escape, parse, sort_key

CHANGE_LIMIT = 1000
"""ResourceRecord elements in one batch; each of an UPSERT counts twice."""


class BatchRefused(Exception):
    """Why a batch was refused. `invalid_input` tells a malformed request from one that clashes with the zone."""

    def __init__(self, messages: list[str], invalid_input: bool = False) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
        self.invalid_input = invalid_input


def apply_batch(zone: str, existing: tuple[RecordSet, ...], changes: list[dict[str, Any]]) -> tuple[RecordSet, ...]:
    """The zone's sets after `changes`, which hold as a whole or not at all. Throws: `BatchRefused`."""
    if not changes:
        raise BatchRefused(
            [
                "1 validation error detected: Value at 'changeBatch.changes' failed to satisfy constraint: "
                "Member must have length greater than or equal to 1"
            ],
            invalid_input=True,
        )
    _check_size(changes)
    parsed = [(change["Action"], _well_formed(change)) for change in changes]
    messages: list[str] = []
    sets = {record.key: record for record in existing}
    touched: dict[tuple[str, str, str | None], str] = {}
    for action, record in parsed:
        messages += _check_place(zone, record) + _check_values(record)
        before = touched.get(record.key)
        if before is not None and (before, action) != ("DELETE", "CREATE"):
            messages.append(
                f"The request contains an invalid set of changes for a resource record set '{record.type} "
                f"{escape(record.name)}'"
            )
            continue
        touched[record.key] = action
        messages += _apply_one(sets, action, record)
    if not messages:
        messages = _check_zone(zone, list(sets.values()))
    if messages:
        raise BatchRefused(messages)
    return tuple(sorted(sets.values(), key=sort_key))


def _apply_one(sets: dict[tuple[str, str, str | None], RecordSet], action: str, record: RecordSet) -> list[str]:
    label = _label(record)
    current = sets.get(record.key)
    if action == "CREATE" and current is not None:
        return [f"Tried to create resource record set {label} but it already exists"]
    if action == "DELETE":
        if current is None:
            return [f"Tried to delete resource record set {label} but it was not found"]
        if not current.matches(record):
            return [
                f"Tried to delete resource record set {label} but the values provided do not match the current values"
            ]
        del sets[record.key]
        return []
    sets[record.key] = record
    return []


def _label(record: RecordSet) -> str:
    identifier = f", set identifier='{record.set_identifier}'" if record.set_identifier is not None else ""
    return f"[name='{escape(record.name)}', type='{record.type}'{identifier}]"


def _check_size(changes: list[dict[str, Any]]) -> None:
    count = 0
    for change in changes:
        records = len(change["ResourceRecordSet"].get("ResourceRecords") or [])
        count += records * (2 if change["Action"] == "UPSERT" else 1)
    if count > CHANGE_LIMIT or len(changes) > CHANGE_LIMIT:
        raise BatchRefused([f"Number of records limit of {CHANGE_LIMIT} exceeded."])


def _well_formed(change: dict[str, Any]) -> RecordSet:
    action, api = change["Action"], change["ResourceRecordSet"]
    identifier = api.get("SetIdentifier")
    place = (
        f"in Change with [Action={action}, Name={absolute(api['Name'])}, Type={api['Type']}, "
        f"SetIdentifier={identifier or 'null'}]"
    )
    if action not in ("CREATE", "DELETE", "UPSERT"):
        raise BatchRefused(
            [
                f"Invalid XML ; cvc-enumeration-valid: Value '{action}' is not facet-valid with respect to enumeration "
                "'[CREATE, DELETE, UPSERT]'. It must be a value from the enumeration."
            ],
            True,
        )
    if api["Type"] not in RECORD_TYPES:
        raise BatchRefused(
            [
                f"1 validation error detected: Value '{api['Type']}' at 'changeBatch.changes.1.member.resourceRecordSet"
                f".type' failed to satisfy constraint: Member must satisfy enum value set: "
                f"[{', '.join(sorted(RECORD_TYPES))}]"
            ],
            True,
        )
    record = parse(api)
    plain = record.ttl is not None and bool(record.values)
    if record.alias is None and not plain:
        raise BatchRefused(
            [
                "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or "
                f"TrafficPolicyInstanceId], but found none {place}"
            ],
            True,
        )
    if record.alias is not None and (record.ttl is not None or record.values):
        raise BatchRefused(
            [
                "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or "
                f"TrafficPolicyInstanceId], but found more than one {place}"
            ],
            True,
        )
    if len(record.routing) > 1:
        raise BatchRefused(
            [
                f"Invalid request: Expected exactly one of [{', '.join(ROUTING_FIELDS)}], but found more than "
                f"one {place}"
            ],
            True,
        )
    if record.routing and identifier is None:
        raise BatchRefused([f"Invalid request: Missing field 'SetIdentifier' {place}"], True)
    if identifier is not None and not record.routing:
        raise BatchRefused(
            [f"Invalid request: Expected exactly one of [{', '.join(ROUTING_FIELDS)}], but found none {place}"], True
        )
    if record.weight is not None and not 0 <= record.weight <= 255:
        bound = "less than or equal to 255" if record.weight > 255 else "greater than or equal to 0"
        raise BatchRefused(
            [
                f"1 validation error detected: Value '{record.weight}' at 'changeBatch.changes.1.member."
                f"resourceRecordSet.weight' failed to satisfy constraint: Member must have value {bound}"
            ],
            True,
        )
    if record.ttl is not None and not 0 <= record.ttl <= 2147483647:
        raise BatchRefused(
            [
                f"1 validation error detected: Value '{record.ttl}' at 'changeBatch.changes.1.member."
                "resourceRecordSet.ttl' failed to satisfy constraint: Member must have value less "
                "than or equal to 2147483647"
            ],
            True,
        )
    return record


def _check_place(zone: str, record: RecordSet) -> list[str]:
    if record.name != zone and not record.name.endswith("." + zone):
        return [f"RRSet with DNS name {escape(record.name)} is not permitted in zone {zone}"]
    if record.type == "CNAME" and record.name == zone:
        return [f"RRSet of type CNAME with DNS name {escape(record.name)} is not permitted at apex in zone {zone}"]
    if any(not label or len(label) > 63 for label in record.name.rstrip(".").split(".")):
        return [
            "Invalid Resource Record: 'FATAL problem: DomainLabelTooLong (Domain label is too long) encountered "
            f"with '{escape(record.name)}''"
        ]
    return []


def _check_values(record: RecordSet) -> list[str]:
    problems: list[str] = []
    for value in record.values:
        problem = _value_problem(record.type, value)
        if problem:
            problems.append(f"Invalid Resource Record: 'FATAL problem: {problem} encountered with '{value}''")
    if len(set(record.values)) != len(record.values):
        problems.append(f"Duplicate Resource Record: '{record.values[0]}'")
    if record.type in ("CNAME", "SOA") and len(record.values) > 1:
        problems.append(
            f"Invalid Resource Record: 'FATAL problem: {record.type} has more than one value' in {escape(record.name)}"
        )
    return problems


def _value_problem(kind: str, value: str) -> str | None:
    if kind == "A":
        return _address_problem(value, ipaddress.IPv4Address, "ARRDATAIllegalIPv4Address", "IPv4")
    if kind == "AAAA":
        return _address_problem(value, ipaddress.IPv6Address, "AAAARRDATAIllegalIPv6Address", "IPv6")
    if kind in ("TXT", "SPF") and not re.fullmatch(
        r'\s*("(?:[^"\\]|\\.)*"|[^"\s]+)(\s+("(?:[^"\\]|\\.)*"|[^"\s]+))*\s*', value
    ):
        return "InvalidCharacterString (Value should be enclosed in quotation marks)"
    if kind in ("TXT", "SPF") and not value.strip().startswith('"'):
        return "InvalidCharacterString (Value should be enclosed in quotation marks)"
    if kind in ("CNAME", "NS", "PTR") and (not value or any(not part for part in value.rstrip(".").split("."))):
        return "DomainLabelEmpty (Domain label is empty)"
    if kind == "MX" and not re.fullmatch(r"\d+ \S+", value):
        return "MXRRDATANotTwoFields (Value does not have two fields)"
    if kind == "SRV" and not re.fullmatch(r"\d+ \d+ \d+ \S+", value):
        return "SRVRRDATANotFourFields (Value does not have four fields)"
    return None


def _address_problem(value: str, reader: type, code: str, family: str) -> str | None:
    try:
        reader(value)
    except ValueError:
        return f"{code} (Value is not a valid {family} address)"
    return None


def _check_zone(zone: str, sets: list[RecordSet]) -> list[str]:
    """What must hold of the zone after the batch."""
    messages: list[str] = []
    groups: dict[tuple[str, str], list[RecordSet]] = {}
    for record in sets:
        groups.setdefault((record.name, record.type), []).append(record)
    for (name, kind), members in groups.items():
        messages += _check_group(name, kind, members)
        if kind == "CNAME" and any(other == name and type_ != "CNAME" for other, type_ in groups):
            messages.append(
                f"RRSet of type CNAME with DNS name {escape(name)} is not permitted as it conflicts with other "
                f"records with the same DNS name in zone {zone}"
            )
        if members[0].alias is not None:
            messages += [message for member in members for message in _check_alias(member, groups, zone)]
    if len(groups.get((zone, "SOA"), [])) != 1:
        messages.append("A HostedZone must contain exactly one SOA record.")
    if (zone, "NS") not in groups:
        messages.append("A HostedZone must contain at least one NS record for the zone itself.")
    return messages


def _check_group(name: str, kind: str, members: list[RecordSet]) -> list[str]:
    if len(members) < 2:
        return []
    place = f"RRSet with DNS name {escape(name)}, type {kind}, SetIdentifier"
    policies = {member.policy for member in members}
    if len(policies) > 1 and "Weight" in policies:
        offender = next(member for member in members if member.policy == "Weight")
        return [
            f"{place} {offender.set_identifier} cannot be created as a non-weighted set exists with the same name "
            "and type."
        ]
    if len(policies) > 1:
        offender = next(member for member in members if member.policy != "simple")
        return [
            f"{place} {offender.set_identifier} cannot be created as a set with another routing policy exists with "
            "the same name and type."
        ]
    ttls = {member.ttl for member in members if member.ttl is not None}
    if policies == {"Weight"} and len(ttls) > 1:
        return [f"{place} {members[-1].set_identifier} cannot be created as weighted sets must contain the same TTL."]
    return []


def _check_alias(record: RecordSet, groups: dict[tuple[str, str], list[RecordSet]], zone: str) -> list[str]:
    alias = record.alias
    if alias is None or not (alias.name == zone or alias.name.endswith("." + zone)):
        return []
    if (alias.name, record.type) not in groups:
        return [
            f"Tried to create an alias that targets {escape(alias.name)}, type {record.type} in zone {alias.zone}, "
            "but that target was not found"
        ]
    return []
