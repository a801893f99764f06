"""Route 53, mended: strict batches that hold as a whole, honest paging, changes that take their time to spread.

moto keeps the zones; the record sets are `records.RecordSet` values in a `ZoneHistory`, from which DNS answers too.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.route53.models import DelegationSet, FakeZone, HostedZoneIdentifier, Route53Backend
from moto.route53.models import RecordSet as MotoRecordSet
from moto.route53.responses import Route53

from sandbox.emulator import batches, protections, records
from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend
from sandbox.emulator.records import RecordSet

PROPAGATION_SECONDS = 30.0
"""From submission to INSYNC: an assumption, within the developer guide's "generally within 60 seconds"."""

SERVER_SHARES = (0.35, 0.8)
"""When each of our name servers has a change, as a share of the propagation: one early, one late."""

NAME_SERVER_NAMES = ("ns-1.sandbox-dns.test", "ns-2.sandbox-dns.test")

SOA_TTL = 900
NEGATIVE_TTL = 86400


@dataclass
class Change:
    """One accepted change, which GetChange reports."""

    id: str
    comment: str | None
    submitted: float
    submitted_at: datetime

    def to_api(self) -> dict[str, Any]:
        done = table.spreading(self.submitted) >= PROPAGATION_SECONDS
        return {
            "Id": f"/change/{self.id}",
            "Status": "INSYNC" if done else "PENDING",
            "SubmittedAt": self.submitted_at,
            "Comment": self.comment,
        }


@dataclass
class ZoneHistory:
    """A zone's record sets at each change, so that a name server can lag behind."""

    versions: list[tuple[float, tuple[RecordSet, ...]]] = field(default_factory=list)

    @property
    def newest(self) -> tuple[RecordSet, ...]:
        return self.versions[-1][1]

    def put(self, sets: tuple[RecordSet, ...]) -> None:
        self.versions = [*self.versions[-50:], (current().clock.instant(), sets)]

    def seen_by(self, server: int) -> tuple[RecordSet, ...]:
        """What name server number `server` answers from at this moment."""
        delay = PROPAGATION_SECONDS * SERVER_SHARES[server % len(SERVER_SHARES)]
        versions = self.versions
        for instant, sets in reversed(versions):
            if table.spreading(instant) >= delay:
                return sets
        return versions[0][1]


class ZoneTable:
    """What we keep beside moto's zones."""

    def __init__(self) -> None:
        self.histories: dict[str, ZoneHistory] = {}
        self.changes: dict[str, Change] = {}
        self._holds: list[tuple[float, float]] = []

    def hold(self, is_held: bool) -> None:
        """Changes from now on spread nowhere, until they are let go and begin to."""
        now = current().clock.instant()
        if is_held:
            self._holds.append((now, float("inf")))
        elif self._holds:
            self._holds[-1] = (self._holds[-1][0], min(now, self._holds[-1][1]))

    def spreading(self, submitted: float) -> float:
        """AWS seconds for which a change that was submitted then has been on its way to the name servers."""
        for begin, end in self._holds:
            if begin <= submitted < end:
                return current().clock.elapsed(end) if end != float("inf") else -1.0
        return current().clock.elapsed(submitted)

    def change(self, comment: str | None = None) -> Change:
        letters = string.ascii_uppercase + string.digits
        identifier = "C" + "".join(random.choices(letters, k=20))
        change = Change(identifier, comment, current().clock.instant(), current().clock.now())
        self.changes[identifier] = change
        return change

    def history(self, zone: FakeZone) -> ZoneHistory:
        """The history of `zone`, begun from moto's own record sets when it is new."""
        if zone.resource_id not in self.histories:
            history = ZoneHistory()
            history.put(_first_sets(zone))
            history.versions = [(float("-inf"), history.newest)]
            self.histories[zone.resource_id] = history
        return self.histories[zone.resource_id]


table = ZoneTable()


def zones() -> list[FakeZone]:
    """Every hosted zone."""
    return list(current().backend("route53", regional=False).zones.values())


def write(zone: FakeZone, sets: tuple[RecordSet, ...]) -> None:
    """Replaces the record sets of `zone`, in our history and in moto's list, which other services of moto read."""
    table.history(zone).put(sets)
    zone.rrsets = [_for_moto(record) for record in sets]


def _first_sets(zone: FakeZone) -> tuple[RecordSet, ...]:
    name = records.absolute(zone.name)
    servers = tuple(f"{server}." for server in _name_servers())
    soa = f"{servers[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 {NEGATIVE_TTL}"
    first = [
        RecordSet(name, "NS", None, 172800, servers, None, (), None),
        RecordSet(name, "SOA", None, SOA_TTL, (soa,), None, (), None),
    ]
    return tuple(sorted(first, key=records.sort_key))


def _name_servers() -> list[str]:
    return list(NAME_SERVER_NAMES)


def _for_moto(record: RecordSet) -> MotoRecordSet:
    api = record.to_api()
    api["ResourceRecords"] = list(record.values)
    return MotoRecordSet(api)  # type: ignore[abstract]


def _zone(backend: Route53Backend, identifier: str) -> FakeZone:
    zone = backend.zones.get(identifier.rsplit("/", 1)[-1])
    if zone is None:
        raise AwsError("NoSuchHostedZone", f"No hosted zone found with ID: {identifier.rsplit('/', 1)[-1]}")
    return zone


def _refuse(refusal: batches.BatchRefused) -> AwsError:
    if refusal.invalid_input:
        return AwsError("InvalidInput", refusal.messages[0])
    return AwsError("InvalidChangeBatch", f"[{', '.join(refusal.messages)}]", messages=refusal.messages)


def mend_route53() -> None:
    """Puts the mended operations into moto's classes."""
    original_create = Route53Backend.create_hosted_zone
    original_delete = Route53.delete_hosted_zone

    def zone_id(self: HostedZoneIdentifier, existing_ids: Any = None, tags: Any = None) -> str:
        return "Z" + "".join(random.choices(string.ascii_uppercase + string.digits, k=20))

    mend(HostedZoneIdentifier, "generate")(zone_id)

    @mend(Route53Backend)
    def create_hosted_zone(self: Route53Backend, *args: Any, **kwargs: Any) -> FakeZone:
        reference = kwargs.get("caller_reference")
        if reference and any(zone.caller_reference == reference for zone in self.zones.values()):
            raise AwsError(
                "HostedZoneAlreadyExists", "A hosted zone has already been created with the specified caller reference."
            )
        zone = original_create(self, *args, **kwargs)
        if zone.delegation_set is not None:
            zone.delegation_set.name_servers = _name_servers()
        zone.rrsets = [_for_moto(record) for record in table.history(zone).newest]
        return zone

    @mend(DelegationSet, "__init__")
    def delegation_set(self: DelegationSet, caller_reference: str, name_servers: Any, delegation_set_id: Any) -> None:
        self.caller_reference = caller_reference
        self.name_servers = name_servers or _name_servers()
        self.id = delegation_set_id or "N" + "".join(random.choices(string.ascii_uppercase + string.digits, k=19))
        self.location = f"https://route53.amazonaws.com/2013-04-01/delegationset/{self.id}"

    @mend(Route53)
    def delete_hosted_zone(self: Route53) -> ActionResult:
        zone = _zone(self.backend, self._get_param("Id"))
        original_delete(self)
        table.histories.pop(zone.resource_id, None)
        return ActionResult({"ChangeInfo": table.change().to_api()})

    @mend(Route53)
    def change_resource_record_sets(self: Route53) -> ActionResult:
        zone = _zone(self.backend, self._get_param("HostedZoneId"))
        batch = self._get_param("ChangeBatch")
        protected = protections.refusals(zone.resource_id, list(batch.get("Changes") or []))
        if protected:
            raise _refuse(batches.BatchRefused(protected))
        try:
            after = batches.apply_batch(
                records.absolute(zone.name), table.history(zone).newest, list(batch.get("Changes") or [])
            )
        except batches.BatchRefused as refusal:
            raise _refuse(refusal) from refusal
        write(zone, after)
        return ActionResult({"ChangeInfo": table.change(batch.get("Comment")).to_api()})

    @mend(Route53)
    def get_change(self: Route53) -> ActionResult:
        identifier = self._get_param("Id").rsplit("/", 1)[-1]
        change = table.changes.get(identifier)
        if change is None:
            raise AwsError("NoSuchChange", f"Could not find resource with ID: {identifier}")
        return ActionResult({"ChangeInfo": change.to_api()})

    mend(Route53)(list_resource_record_sets)
    mend(Route53)(list_hosted_zones_by_name)
    mend(Route53)(test_dns_answer)


def list_resource_record_sets(self: Route53) -> ActionResult:
    """Pages by name, then type, then set identifier, as AWS does."""
    zone = _zone(self.backend, self._get_param("HostedZoneId"))
    name, kind = self._get_param("StartRecordName"), self._get_param("StartRecordType")
    identifier = self._get_param("StartRecordIdentifier")
    limit = min(self._get_int_param("MaxItems", 300), 300)
    if kind and not name:
        raise AwsError("InvalidInput", "The input is not valid")
    if identifier and not (name and kind):
        raise AwsError("InvalidInput", "The input is not valid")
    sets = list(table.history(zone).newest)
    if name:
        labels = list(reversed(records.absolute(name).rstrip(".").split(".")))
        sets = [record for record in sets if records.sort_key(record) >= (labels, kind or "", identifier or "")]
    page, rest = sets[:limit], sets[limit:]
    result: dict[str, Any] = {
        "ResourceRecordSets": [record.to_api() for record in page],
        "IsTruncated": bool(rest),
        "MaxItems": limit,
    }
    if rest:
        result["NextRecordName"] = records.escape(rest[0].name)
        result["NextRecordType"] = rest[0].type
        if rest[0].set_identifier is not None:
            result["NextRecordIdentifier"] = rest[0].set_identifier
    return ActionResult(result)


def list_hosted_zones_by_name(self: Route53) -> ActionResult:
    """Every zone from the given name on, in the order of reversed labels (moto answers with equal names only)."""
    limit = self._get_int_param("MaxItems", 100)
    name, start = self._get_param("DNSName"), self._get_param("HostedZoneId")

    def key(zone: FakeZone) -> tuple[list[str], str]:
        return (list(reversed(records.absolute(zone.name).rstrip(".").split("."))), zone.resource_id)

    found = sorted(self.backend.zones.values(), key=key)
    if name:
        labels = list(reversed(records.absolute(name).rstrip(".").split(".")))
        found = [zone for zone in found if key(zone) >= (labels, (start or "").rsplit("/", 1)[-1])]
    result: dict[str, Any] = {
        "HostedZones": found[:limit],
        "DNSName": records.absolute(name) if name else None,
        "IsTruncated": len(found) > limit,
        "MaxItems": limit,
    }
    if len(found) > limit:
        result["NextDNSName"] = found[limit].name
        result["NextHostedZoneId"] = found[limit].resource_id
    return ActionResult(result)


def test_dns_answer(self: Route53) -> ActionResult:
    """What our name server would answer, without the propagation's delay."""
    from sandbox.resolver import Resolver

    zone = _zone(self.backend, self._get_param("HostedZoneId"))
    name, kind = self._get_param("RecordName"), self._get_param("RecordType")
    answer = Resolver(server=None).resolve(records.absolute(name), kind, only_zone=zone)
    return ActionResult(
        {
            "Nameserver": _name_servers()[0],
            "RecordName": name,
            "RecordType": kind,
            "RecordData": [value for _, type_, _, value in answer.records if type_ == kind],
            "ResponseCode": answer.code,
            "Protocol": "UDP",
        }
    )
