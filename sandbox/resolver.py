"""What our name servers know, from the emulator's live state: hosted zones, Cloud Map's names, load balancers' names.

Nothing is copied or cached: each query reads the zone as this name server has it at this moment.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from moto.route53.models import FakeZone

from sandbox.emulator import records, route53
from sandbox.emulator.context import current
from sandbox.emulator.records import RecordSet

ALIAS_TTL = 60
"""The TTL of an alias to a load balancer, as the developer guide has it."""

MULTIVALUE_LIMIT = 8
CHAIN_LIMIT = 8

Record = tuple[str, str, int, str]
"""Name, type, TTL, value."""


@dataclass
class Answer:
    """What is known about a name. `code` is a DNS response code's name."""

    code: str = "NOERROR"
    authoritative: bool = True
    records: list[Record] = field(default_factory=list)
    authority: list[Record] = field(default_factory=list)
    additional: list[Record] = field(default_factory=list)


class Resolver:
    """Answers as one name server would. `server` is its number, or nothing for the state without any delay."""

    def __init__(self, server: int | None) -> None:
        self._server = server

    def resolve(self, name: str, kind: str, only_zone: FakeZone | None = None) -> Answer:
        """The answer to a question. `name` is absolute and in lower case."""
        special = self._special(name, kind)
        if special is not None and only_zone is None:
            return special
        zone = only_zone or self._zone_of(name)
        if zone is None:
            return Answer(code="REFUSED", authoritative=False)
        answer = Answer()
        self._resolve_in(zone, name, kind, answer, CHAIN_LIMIT)
        return answer

    def owned(self, name: str, kind: str) -> list[Record]:
        """What `name` itself holds of `kind` or of `ANY`, for a name server of somebody else's that does the rest.

        Weights are drawn for each type and aliases followed, as only we can; CNAMEs, wildcards and delegations are left
        to whoever asks.
        """
        zone = self._zone_of(name)
        if zone is None:
            return []
        here = [record for record in self._sets(zone) if record.name == name] or self._cloud_map(zone, name, kind) or []
        found: list[Record] = []
        for type_ in sorted({record.type for record in here if kind in (record.type, "ANY")}):
            for record in choose([record for record in here if record.type == type_]):
                found += _plain(record) if record.alias is None else self._alias(name, record, type_, CHAIN_LIMIT)
        return found

    def _resolve_in(self, zone: FakeZone, name: str, kind: str, answer: Answer, left: int) -> None:
        sets = self._sets(zone)
        delegation = self._delegation(zone, sets, name)
        if delegation is not None and not (delegation[0].name == name and kind == "DS"):
            answer.authoritative = bool(answer.records)
            answer.authority += _plain(delegation[0])
            return
        before = len(answer.records)
        at_name, owner = self._at(sets, name)
        mapped = self._cloud_map(zone, name, kind)
        if mapped is not None:
            at_name = at_name or mapped
        if name in current().hidden_names:
            at_name, owner, mapped = [], False, None
        wanted = [record for record in at_name if record.type == kind or kind == "ANY"]
        if not wanted and kind != "CNAME":
            wanted = [record for record in at_name if record.type == "CNAME"]
        if wanted:
            self._select(zone, name, kind, wanted, answer, left)
        if len(answer.records) == before:
            exists = bool(at_name) or owner or mapped is not None
            self._negative(zone, sets, answer, exists)

    def _select(
        self, zone: FakeZone, name: str, kind: str, members: list[RecordSet], answer: Answer, left: int
    ) -> None:
        chosen = choose(members)
        for record in chosen:
            if record.alias is not None:
                answer.records += self._alias(name, record, kind, left)
                continue
            answer.records += [(name, record.type, record.ttl or 0, value) for value in record.values]
            if record.type == "CNAME" and kind not in ("CNAME", "ANY") and left > 0:
                self._follow(record.values[0], kind, answer, left - 1)

    def _follow(self, target: str, kind: str, answer: Answer, left: int) -> None:
        """A CNAME's target, when it is ours to answer for."""
        name = records.absolute(target)
        special = self._special(name, kind)
        if special is not None:
            answer.records += special.records
            return
        zone = self._zone_of(name)
        if zone is not None:
            further = Answer(records=list(answer.records))
            self._resolve_in(zone, name, kind, further, left)
            answer.records = further.records
            answer.code, answer.authority = further.code, further.authority

    def _alias(self, name: str, record: RecordSet, kind: str, left: int) -> list[Record]:
        alias = record.alias
        if alias is None or left <= 0:
            return []
        if current().load_balancers.by_name(alias.name) is not None:
            return [(name, type_, ttl, value) for _, type_, ttl, value in self._balancer_records(alias.name, kind)]
        target = self.resolve(alias.name, kind)
        return [(name, type_, ttl, value) for owner, type_, ttl, value in target.records if type_ != "CNAME"]

    def _special(self, name: str, kind: str) -> Answer | None:
        """Names that no hosted zone holds: our name servers and the load balancers."""
        for number, server in enumerate(route53.NAME_SERVER_NAMES):
            if name == server + ".":
                address = current().network.name_servers[number]
                return Answer(records=[(name, "A", 172800, address)] if kind in ("A", "ANY") else [])
        if name.endswith(".elb.amazonaws.com."):
            if current().load_balancers.by_name(name) is None or name in current().hidden_names:
                return Answer(code="NXDOMAIN", authority=[_soa_of("elb.amazonaws.com.", 60)])
            found = self._balancer_records(name, kind)
            return Answer(records=found, authority=[] if found else [_soa_of("elb.amazonaws.com.", 60)])
        return None

    @staticmethod
    def _balancer_records(name: str, kind: str) -> list[Record]:
        balancer = current().load_balancers.by_name(name)
        if balancer is None or kind not in ("A", "ANY"):
            return []
        return [(name, "A", ALIAS_TTL, balancer.address)]

    def _sets(self, zone: FakeZone) -> tuple[RecordSet, ...]:
        history = route53.table.history(zone)
        return history.newest if self._server is None else history.seen_by(self._server)

    @staticmethod
    def _zone_of(name: str) -> FakeZone | None:
        """The zone with the longest matching name. A public zone goes before a private one of the same name."""
        found: FakeZone | None = None
        for zone in route53.zones():
            zone_name = records.absolute(zone.name)
            if name != zone_name and not name.endswith("." + zone_name):
                continue
            better = found is None or (len(zone_name), not zone.private_zone) > (
                len(records.absolute(found.name)),
                not found.private_zone,
            )
            found = zone if better else found
        return found

    @staticmethod
    def _delegation(zone: FakeZone, sets: tuple[RecordSet, ...], name: str) -> list[RecordSet] | None:
        apex = records.absolute(zone.name)
        cut = name
        while cut != apex and "." in cut.rstrip("."):
            found = [record for record in sets if record.name == cut and record.type == "NS"]
            if found:
                return found
            cut = cut.split(".", 1)[1]
        return None

    @staticmethod
    def _at(sets: tuple[RecordSet, ...], name: str) -> tuple[list[RecordSet], bool]:
        """The sets of `name`, by wildcard if need be, and whether the name exists, if only as an empty non-terminal."""
        exact = [record for record in sets if record.name == name]
        if exact:
            return exact, True
        if any(record.name.endswith("." + name) for record in sets):
            return [], True
        rest = name
        while "." in rest.rstrip("."):
            rest = rest.split(".", 1)[1]
            wild = [record for record in sets if record.name == "*." + rest]
            if wild:
                return wild, True
            if any(record.name == rest or record.name.endswith("." + rest) for record in sets):
                break
        return [], False

    @staticmethod
    def _cloud_map(zone: FakeZone, name: str, kind: str) -> list[RecordSet] | None:
        """The records of a Cloud Map service's instances; nothing when the name is not such a service's."""
        from sandbox.emulator import cloudmap

        if name in current().hidden_names:
            return None
        return cloudmap.dns_records(zone, name)

    def _negative(self, zone: FakeZone, sets: tuple[RecordSet, ...], answer: Answer, exists: bool) -> None:
        if not exists:
            answer.code = "NXDOMAIN"
        for record in sets:
            if record.type == "SOA":
                minimum = int(record.values[0].split()[-1])
                answer.authority.append((record.name, "SOA", min(record.ttl or 0, minimum), record.values[0]))


def choose(members: list[RecordSet]) -> list[RecordSet]:
    """The sets that answer this query: by weight, by health, or all."""
    policies = {record.policy for record in members}
    if policies == {"simple"}:
        return members
    healthy = [record for record in members if is_healthy(record)] or members
    if policies == {"Weight"}:
        weights = [record.weight or 0 for record in healthy]
        if not any(weights):
            return [random.choice(healthy)]
        return random.choices(healthy, weights)
    if policies == {"MultiValueAnswer"}:
        return random.sample(healthy, min(len(healthy), MULTIVALUE_LIMIT))
    if policies == {"Failover"}:
        primary = [record for record in healthy if ("Failover", "PRIMARY") in record.routing]
        return (primary or healthy)[:1]
    return healthy[:1]


def is_healthy(record: RecordSet) -> bool:
    """An alias that asks for its target's health is as healthy as its load balancer's targets. Health checks pass."""
    if record.alias is None or not record.alias.evaluate_health:
        return True
    balancer = current().load_balancers.by_name(record.alias.name)
    return balancer is None or balancer.has_healthy_target()


def _plain(record: RecordSet) -> list[Record]:
    return [(record.name, record.type, record.ttl or 0, value) for value in record.values]


def _soa_of(zone: str, ttl: int) -> Record:
    value = f"{route53.NAME_SERVER_NAMES[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 {ttl}"
    return (zone, "SOA", ttl, value)
