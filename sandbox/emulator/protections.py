"""Route 53's protections of record sets, which moto has not got: batches that would touch a protected name are refused.

Modelled after CreateResourceRecordSetProtections, ListResourceRecordSetProtections and
DeleteResourceRecordSetProtections of the Route 53 API reference; an entry that fails fails them all. Not modelled:
types that cannot be protected, the limit of protections. The wording of refused batches is an assumption.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.route53 import urls
from moto.route53.responses import Route53

from sandbox.emulator import records
from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend

PAGE = 300

Key = tuple[str, str]
"""Name, with its final dot, and type."""


def _held(zone: str) -> dict[Key, str | None]:
    """Comments of a zone's protections."""
    zones: dict[str, dict[Key, str | None]] = (
        current().backend("route53", regional=False).__dict__.setdefault("sandbox_protections", {})
    )
    return zones.setdefault(zone.rsplit("/", 1)[-1], {})


def refusals(zone: str, changes: list[dict[str, Any]]) -> list[str]:
    """What of a batch is protected, as it is refused."""
    held = _held(zone)
    found = []
    for change in changes:
        record = change.get("ResourceRecordSet") or {}
        name, kind = records.absolute(str(record.get("Name", ""))), str(record.get("Type", ""))
        if (name, kind) in held:
            found.append(
                f"Tried to {str(change.get('Action', '')).lower()} resource record set "
                f"[name='{records.escape(name)}', type='{kind}'] but it has a resource record set protection"
            )
    return found


def mend_protections() -> None:
    """Adds the operations and their paths."""
    for method in (
        create_resource_record_set_protections,
        list_resource_record_set_protections,
        delete_resource_record_set_protections,
    ):
        mend(Route53)(method)
    base = r"{0}/(?P<api_version>[\d_-]+)/hostedzone/(?P<zone_id>[^/]+)/rrsetprotection"
    urls.url_paths[base + "$"] = Route53.dispatch
    urls.url_paths[base + "/delete$"] = Route53.dispatch


def _zone_of(self: Route53) -> str:
    identifier = str(self._get_param("HostedZoneId")).rsplit("/", 1)[-1]
    if identifier not in self.backend.zones:
        raise AwsError("NoSuchHostedZone", f"No hosted zone found with ID: {identifier}")
    return identifier


def _given(self: Route53) -> list[dict[str, Any]]:
    return list(self._get_param("Protections") or [])


def _key(entry: dict[str, Any]) -> Key:
    return records.absolute(entry["RecordName"]), entry["RecordType"]


def _refuse(faults: list[tuple[Key, str, str]]) -> None:
    if faults:
        errors = [
            {"RecordName": name, "RecordType": kind, "Code": code, "Message": message}
            for (name, kind), code, message in faults
        ]
        raise AwsError("InvalidResourceRecordSetProtectionBatch", "Entries could not be processed", Errors=errors)


def create_resource_record_set_protections(self: Route53) -> ActionResult:
    """The API operation."""
    held, given = _held(_zone_of(self)), _given(self)
    zone = records.absolute(self.backend.zones[_zone_of(self)].name)
    faults = [
        (_key(entry), "InvalidInput", "The name is not in the hosted zone")
        for entry in given
        if _key(entry)[0] != zone and not _key(entry)[0].endswith("." + zone)
    ]
    there = [(_key(entry), "ProtectionAlreadyExists", "There is one") for entry in given if _key(entry) in held]
    _refuse(faults + there)
    for entry in given:
        held[_key(entry)] = entry.get("Comment")
    return ActionResult({})


def delete_resource_record_set_protections(self: Route53) -> ActionResult:
    """The API operation."""
    held, given = _held(_zone_of(self)), _given(self)
    _refuse(
        [(_key(entry), "ProtectionDoesNotExist", "There is none") for entry in given if _key(entry) not in held]
    )
    for entry in given:
        del held[_key(entry)]
    return ActionResult({})


def list_resource_record_set_protections(self: Route53) -> ActionResult:
    """The API operation: by reversed labels and type, from the name that is asked for, or the page token, on."""

    def place(key: Key) -> tuple[list[str], str]:
        return list(reversed(key[0].rstrip(".").split("."))), key[1]

    held = _held(_zone_of(self))
    token, name = self._get_param("NextToken"), self._get_param("StartRecordName")
    limit = min(self._get_int_param("MaxResults", PAGE), PAGE)
    found = sorted(held, key=place)
    if token:
        if token not in {" ".join(key) for key in found}:
            raise AwsError("InvalidPaginationToken", "The page token is not valid")
        found = [key for key in found if place(key) >= place(next(key for key in found if " ".join(key) == token))]
    elif name:
        start = (records.absolute(name), self._get_param("StartRecordType") or "")
        found = [key for key in found if place(key) >= place(start)]
    rows = [
        {"RecordName": records.escape(name), "RecordType": kind, "Comment": held[(name, kind)]}
        for name, kind in found[:limit]
    ]
    result: dict[str, Any] = {"ResourceRecordSetProtections": rows}
    if len(found) > limit:
        result["NextToken"] = " ".join(found[limit])
    return ActionResult(result)
