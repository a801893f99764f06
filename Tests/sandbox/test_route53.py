"""Route 53 refuses what AWS refuses, holds batches as a whole, and takes its time."""

from __future__ import annotations

import subprocess
from collections import Counter
from typing import Any

import pytest
from botocore.exceptions import ClientError
from conftest import Running, code_of, message_of, until


@pytest.fixture
def zone(sandbox: Running) -> str:
    name = f"z{len(sandbox.client('route53').list_hosted_zones()['HostedZones'])}.test"
    made = sandbox.client("route53").create_hosted_zone(Name=name, CallerReference=name)
    return made["HostedZone"]["Id"].rsplit("/", 1)[-1]


def name_of(sandbox: Running, zone: str) -> str:
    return str(sandbox.client("route53").get_hosted_zone(Id=zone)["HostedZone"]["Name"])


def record(name: str, value: str = "192.0.2.1", ttl: int = 60, **more: Any) -> dict[str, Any]:
    return {"Name": name, "Type": "A", "TTL": ttl, "ResourceRecords": [{"Value": value}], **more}


def change(sandbox: Running, zone: str, *changes: tuple[str, dict[str, Any]]) -> str:
    batch = {"Changes": [{"Action": action, "ResourceRecordSet": given} for action, given in changes]}
    answer = sandbox.client("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)
    return str(answer["ChangeInfo"]["Id"])


def sets(sandbox: Running, zone: str, name: str) -> list[dict[str, Any]]:
    found = sandbox.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return [item for item in found if item["Name"] == name]


def test_createOfAnExistingSetIsRefused(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    change(sandbox, zone, ("CREATE", record(host)))
    with pytest.raises(ClientError) as error:
        change(sandbox, zone, ("CREATE", record(host)))
    assert code_of(error) == "InvalidChangeBatch"
    assert message_of(error) == f"[Tried to create resource record set [name='{host}', type='A'] but it already exists]"


def test_aBatchHoldsAsAWholeOrNotAtAll(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    change(sandbox, zone, ("CREATE", record(host)))
    with pytest.raises(ClientError):
        change(sandbox, zone, ("DELETE", record(host)), ("CREATE", record(f"b.{host}", "not an address")))
    assert len(sets(sandbox, zone, host)) == 1


@pytest.mark.parametrize("other", [{"ttl": 61}, {"value": "192.0.2.9"}])
def test_deleteMustMatchExactly(sandbox: Running, zone: str, other: dict[str, Any]) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    change(sandbox, zone, ("CREATE", record(host)))
    with pytest.raises(ClientError) as error:
        change(sandbox, zone, ("DELETE", record(host, **other)))
    assert "but the values provided do not match the current values" in message_of(error)


def test_deleteOfWhatIsNotThereIsRefused(sandbox: Running, zone: str) -> None:
    with pytest.raises(ClientError) as error:
        change(sandbox, zone, ("DELETE", record(f"a.{name_of(sandbox, zone)}")))
    assert "but it was not found" in message_of(error)


def test_deletingOneWeightedSetLeavesTheOthersWithTheSameIdentifier(sandbox: Running, zone: str) -> None:
    base = name_of(sandbox, zone)
    one, two = (record(f"{name}.{base}", SetIdentifier="old", Weight=100) for name in ("a", "b"))
    change(sandbox, zone, ("CREATE", one), ("CREATE", two))
    change(sandbox, zone, ("DELETE", one))
    assert sets(sandbox, zone, f"a.{base}") == [] and len(sets(sandbox, zone, f"b.{base}")) == 1


def test_simpleBesideWeightedIsRefused(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    change(sandbox, zone, ("CREATE", record(host)))
    with pytest.raises(ClientError) as error:
        change(sandbox, zone, ("CREATE", record(host, SetIdentifier="new", Weight=1)))
    assert (
        f"RRSet with DNS name {host}, type A, SetIdentifier new cannot be created as a non-weighted set exists"
        in message_of(error)
    )


def test_simpleIsConvertedToWeightedInOneBatch(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    change(sandbox, zone, ("CREATE", record(host)))
    change(
        sandbox,
        zone,
        ("DELETE", record(host)),
        ("CREATE", record(host, SetIdentifier="old", Weight=100)),
        ("CREATE", record(host, "192.0.2.2", SetIdentifier="new", Weight=0)),
    )
    assert [item["Weight"] for item in sets(sandbox, zone, host)] == [0, 100]


def test_weightedSetsMustShareOneTtl(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    with pytest.raises(ClientError) as error:
        change(
            sandbox,
            zone,
            ("CREATE", record(host, SetIdentifier="old", Weight=1)),
            ("CREATE", record(host, ttl=30, SetIdentifier="new", Weight=1)),
        )
    assert "weighted sets must contain the same TTL" in message_of(error)


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"ResourceRecords": [{"Value": "1.2.3"}]}, "InvalidChangeBatch", "ARRDATAIllegalIPv4Address"),
        ({"Name": "a.elsewhere.test"}, "InvalidChangeBatch", "is not permitted in zone"),
        ({"SetIdentifier": "x", "Weight": 256}, "InvalidInput", "less than or equal to 255"),
        ({"Weight": 1}, "InvalidInput", "Missing field 'SetIdentifier'"),
        ({"SetIdentifier": "x"}, "InvalidInput", "but found none"),
        ({"TTL": None}, "InvalidInput", "Expected exactly one of [AliasTarget"),
    ],
)
def test_malformedSetsAreRefused(sandbox: Running, zone: str, given: dict[str, Any], code: str, words: str) -> None:
    wanted = {**record(f"a.{name_of(sandbox, zone)}"), **given}
    with pytest.raises(ClientError) as error:
        change(sandbox, zone, ("CREATE", {name: value for name, value in wanted.items() if value is not None}))
    assert code_of(error) == code and words in message_of(error)


def test_cnameBesideOthersIsRefused(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    change(sandbox, zone, ("CREATE", record(host)))
    with pytest.raises(ClientError) as error:
        cname = {"Name": host, "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": "b.example."}]}
        change(sandbox, zone, ("CREATE", cname))
    assert "conflicts with other records" in message_of(error)


def test_pagingWalksAWeightedSetWithoutEnd(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    change(sandbox, zone, *[("CREATE", record(host, SetIdentifier=f"s{n}", Weight=n)) for n in range(5)])
    route53, start, seen = sandbox.client("route53"), {}, []
    for _ in range(20):
        page = route53.list_resource_record_sets(HostedZoneId=zone, MaxItems="2", **start)
        seen += [item.get("SetIdentifier", item["Type"]) for item in page["ResourceRecordSets"]]
        if not page["IsTruncated"]:
            break
        start = {
            f"Start{name}": page[f"Next{name}"]
            for name in ("RecordName", "RecordType", "RecordIdentifier")
            if f"Next{name}" in page
        }
    assert seen == ["NS", "SOA", "s0", "s1", "s2", "s3", "s4"]


def test_aChangeIsPendingThenInsync(sandbox: Running, zone: str) -> None:
    route53 = sandbox.client("route53")
    identifier = change(sandbox, zone, ("CREATE", record(f"a.{name_of(sandbox, zone)}")))
    assert route53.get_change(Id=identifier)["ChangeInfo"]["Status"] == "PENDING"
    until(lambda: route53.get_change(Id=identifier)["ChangeInfo"]["Status"] == "INSYNC")


def test_anUnknownChangeIsNotInsync(sandbox: Running) -> None:
    with pytest.raises(ClientError) as error:
        sandbox.client("route53").get_change(Id="C0000000000000")
    assert code_of(error) == "NoSuchChange"


def test_theDelegationNamesOurServersAndTheyAnswer(sandbox: Running) -> None:
    servers = sandbox.client("route53").get_hosted_zone(Id=sandbox.variables["zone_id"])["DelegationSet"]["NameServers"]
    assert [sandbox.addresses(name) for name in servers] == [[item.split(":")[0]] for item in sandbox.ready["dns"]]


def test_oneServerIsLaterThanTheOtherAndBothAreDoneAtInsync(sandbox: Running, zone: str) -> None:
    host = f"late.{name_of(sandbox, zone)}"
    identifier = change(sandbox, zone, ("CREATE", record(host)))
    assert sandbox.addresses(host) == [] == sandbox.addresses(host, server=1)
    until(lambda: sandbox.client("route53").get_change(Id=identifier)["ChangeInfo"]["Status"] == "INSYNC")
    assert sandbox.addresses(host) == ["192.0.2.1"] == sandbox.addresses(host, server=1)


def test_weightsAreDrawnPerQuery(sandbox: Running, zone: str) -> None:
    host = f"w.{name_of(sandbox, zone)}"
    identifier = change(
        sandbox,
        zone,
        ("CREATE", record(host, "192.0.2.1", SetIdentifier="old", Weight=75)),
        ("CREATE", record(host, "192.0.2.2", SetIdentifier="new", Weight=25)),
    )
    until(lambda: sandbox.client("route53").get_change(Id=identifier)["ChangeInfo"]["Status"] == "INSYNC")
    drawn = Counter(sandbox.addresses(host)[0] for _ in range(300))
    assert 150 < drawn["192.0.2.1"] < 280 and drawn["192.0.2.2"] > 20


def test_negativeAnswersCarryTheSoaAndTellNameFromType(sandbox: Running) -> None:
    nothing, no_type = sandbox.dns("nope.lgtm.test"), sandbox.dns("grafana.lgtm.test", "AAAA")
    assert (nothing.header.rcode, no_type.header.rcode) == (3, 0)
    assert [item.auth[0].rtype for item in (nothing, no_type)] == [6, 6]
    assert nothing.header.aa == 1 and nothing.auth[0].ttl == 900


def test_namesOfOthersAreRefused(sandbox: Running) -> None:
    assert sandbox.dns("example.org").header.rcode == 5


def test_aTruncatedAnswerEchoesTheQuestionAndTcpHasItAll(sandbox: Running, zone: str) -> None:
    host = f"many.{name_of(sandbox, zone)}"
    values = [{"Value": f"192.0.2.{number}"} for number in range(1, 61)]
    identifier = change(sandbox, zone, ("CREATE", {"Name": host, "Type": "A", "TTL": 60, "ResourceRecords": values}))
    until(lambda: sandbox.client("route53").get_change(Id=identifier)["ChangeInfo"]["Status"] == "INSYNC")
    cut = sandbox.dns(host)
    assert cut.header.tc == 1 and str(cut.questions[0].qname) == host and not cut.rr
    assert len(sandbox.dns(host, tcp=True).rr) == 60


def test_kdigAgrees(sandbox: Running) -> None:
    address, port = sandbox.ready["dns"][0].split(":")
    found = subprocess.run(
        ["kdig", f"@{address}", "-p", port, "+short", "grafana.lgtm.test"], capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == [sandbox.variables["old_address"]]


def test_zonesByNameAreListedFromTheNameOn(sandbox: Running) -> None:
    found = sandbox.client("route53").list_hosted_zones_by_name(DNSName="lgtm.test", MaxItems="1")
    assert found["HostedZones"][0]["Name"] == "lgtm.test." and found["MaxItems"] == "1"


def protect(sandbox: Running, zone: str, operation: str, *pairs: tuple[str, str]) -> None:
    given = [{"RecordName": name, "RecordType": kind} for name, kind in pairs]
    call = getattr(sandbox.client("route53"), f"{operation}_resource_record_set_protections")
    call(HostedZoneId=zone, Protections=given)


def test_aProtectedSetChangesOnlyOnceTheProtectionIsLifted(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    change(sandbox, zone, ("CREATE", record(host)))
    protect(sandbox, zone, "create", (host, "A"), (f"b.{host}", "TXT"))
    with pytest.raises(ClientError) as error:
        change(sandbox, zone, ("CREATE", record(f"c.{host}")), ("DELETE", record(host)))
    assert code_of(error) == "InvalidChangeBatch" and "resource record set protection" in message_of(error)
    assert sets(sandbox, zone, f"c.{host}") == [] and len(sets(sandbox, zone, host)) == 1
    found = sandbox.client("route53").list_resource_record_set_protections(HostedZoneId=zone)
    assert [(one["RecordName"], one["RecordType"]) for one in found["ResourceRecordSetProtections"]] == [
        (host, "A"),
        (f"b.{host}", "TXT"),
    ]
    protect(sandbox, zone, "delete", (host, "A"))
    change(sandbox, zone, ("DELETE", record(host)))


def test_protectionsAreMadeAllOrNone(sandbox: Running, zone: str) -> None:
    host = f"a.{name_of(sandbox, zone)}"
    protect(sandbox, zone, "create", (host, "A"))
    for pairs in ([(host, "AAAA"), (host, "A")], [(host, "AAAA"), ("elsewhere.example.", "A")]):
        with pytest.raises(ClientError) as error:
            protect(sandbox, zone, "create", *pairs)
        assert code_of(error) == "InvalidResourceRecordSetProtectionBatch"
    page = sandbox.client("route53").list_resource_record_set_protections(HostedZoneId=zone)
    assert len(page["ResourceRecordSetProtections"]) == 1


def test_protectionsAreListedPageByPage(sandbox: Running, zone: str) -> None:
    base, route53 = name_of(sandbox, zone), sandbox.client("route53")
    protect(sandbox, zone, "create", *[(f"h{number}.{base}", "A") for number in range(5)])
    token, seen = {}, []
    for _ in range(10):
        page = route53.list_resource_record_set_protections(HostedZoneId=zone, MaxResults="2", **token)
        seen += [one["RecordName"] for one in page["ResourceRecordSetProtections"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert seen == [f"h{number}.{base}" for number in range(5)]
    later = route53.list_resource_record_set_protections(HostedZoneId=zone, StartRecordName=f"h3.{base}")
    assert [one["RecordName"] for one in later["ResourceRecordSetProtections"]] == [f"h3.{base}", f"h4.{base}"]
