"""Grafana behind the load balancer: health, the new endpoint under the production name, the shift, and back."""

from __future__ import annotations

import http.client
import json
import ssl
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Running, until
from deploying import definition, describe, remove, roles, service, stable, tasks
from images import push

HOST = "grafana.lgtm.test"


@pytest.fixture(scope="module")
def stack(sandbox: Running) -> Iterator[Running]:
    """All six components on the new side."""
    given = roles(sandbox)
    counts = {"mimir": 2, "loki": 1, "tempo": 1, "pyroscope": 1, "grafana": 1, "alloy": 1}
    for name in counts:
        push(sandbox, f"lgtm/{name}", "v1")
        image = f"{sandbox.variables['registry']}/lgtm/{name}:v1"
        service(sandbox, name, definition(sandbox, name, image, given), counts[name], healthCheckGracePeriodSeconds=60)
    for name in counts:
        stable(sandbox, name)
    yield sandbox
    for name in counts:
        if describe(sandbox, name)["status"] == "ACTIVE":
            remove(sandbox, name)


def https(sandbox: Running, address: str, path: str = "/api/health") -> tuple[int, Any]:
    """Asks `address` under the production name, trusting our authority only."""
    context = ssl.create_default_context(cafile=sandbox.ready["ca_file"])
    connection = http.client.HTTPSConnection(HOST, sandbox.ready["https_port"], context=context, timeout=5)
    connection._create_connection = lambda target, *rest: __import__("socket").create_connection(  # type: ignore[attr-defined]
        (address, target[1]), 5
    )
    connection.request(
        "GET", path, headers={"Authorization": f"Bearer {sandbox.ready['environment']['GRAFANA_TOKEN']}"}
    )
    answer = connection.getresponse()
    text = answer.read().decode()
    return answer.status, json.loads(text) if text.startswith(("{", "[")) else text


def get(address: str, port: int, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    data = json.dumps(body).encode() if body is not None and not isinstance(body, bytes) else body
    connection = http.client.HTTPConnection(address, port, timeout=5)
    connection.request("GET" if data is None else "POST", path, data, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    return answer.status, json.loads(text) if text.startswith(("{", "[")) else text


def address_of(sandbox: Running, name: str) -> str:
    return str(tasks(sandbox, name)[0]["containers"][0]["networkInterfaces"][0]["privateIpv4Address"])


def test_theNewEndpointAnswersUnderTheProductionNameBeforeDnsMoves(stack: Running) -> None:
    status, body = https(stack, stack.ready["addresses"]["load_balancer"])
    assert status == 200 and body["database"] == "ok" and body["version"] == "v1"
    assert https(stack, stack.variables["old_address"])[1]["version"] == "12.2.1"
    assert stack.addresses(HOST) == [stack.variables["old_address"]]


def test_targetHealthIsReal(stack: Running) -> None:
    elb, arn = stack.client("elbv2"), stack.ready["terraform"]["target_group_arns"]["grafana"]

    def states() -> list[tuple[str, str | None]]:
        rows = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
        return [(row["TargetHealth"]["State"], row["TargetHealth"].get("Reason")) for row in rows]

    def drains_for(seconds: int) -> None:
        delay = {"Key": "deregistration_delay.timeout_seconds", "Value": str(seconds)}
        elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[delay])

    assert ("healthy", None) in states()
    drains_for(3000)  # Near the most that ELB allows: what an unhealthy target becomes is there to be seen, however slow we are.
    stack.control("POST", "/components", {"component": "grafana", "side": "new", "fail": 503})
    until(lambda: ("draining", "Target.DeregistrationInProgress") in states())
    said = [event["message"] for event in describe(stack, "grafana")["events"]]
    assert [one for one in said if arn in one and "Health checks failed with these codes: [503]" in one], said
    drains_for(30)
    stable(stack, "grafana")
    until(lambda: ("healthy", None) in states())


def test_dataSourcesReallyReachTheirBackends(stack: Running) -> None:
    balancer = stack.ready["addresses"]["load_balancer"]
    until(lambda: https(stack, balancer)[0] == 200)
    status, sources = https(stack, balancer, "/api/datasources")
    # Those of its own: the old side's have the plain names.
    own = ["fargate-mimir", "fargate-loki", "fargate-tempo", "fargate-pyroscope"]
    assert status == 200 and [item["uid"] for item in sources if item["uid"].startswith("fargate-")] == own
    sources = [item for item in sources if item["uid"] in own]
    health = [https(stack, balancer, f"/api/datasources/uid/{item['uid']}/health") for item in sources]
    assert [status for status, _ in health] == [200] * 4, health
    stack.control("POST", "/components", {"component": "tempo", "side": "new", "fail": 500})
    status, body = https(stack, balancer, "/api/datasources/uid/fargate-tempo/health")
    assert (status, body["status"]) == (400, "ERROR")
    stack.control("POST", "/components", {"component": "tempo", "side": "new", "fail": None})


def test_dashboardsNeedAToken(stack: Running) -> None:
    found = https(stack, stack.variables["old_address"], "/api/search?type=dash-db")[1]
    assert len(found) >= 2 and {one["folderTitle"] for one in found} == {"Shop"}
    grafana = stack.variables["old_address"]
    assert get(grafana, 3000, "/api/search")[0] == 401


def test_metricsComeBackAndReachTheBucket(stack: Running) -> None:
    address = address_of(stack, "mimir")
    metric = {
        "name": "migrate_canary",
        "gauge": {"dataPoints": [{"asDouble": 7, "attributes": [{"key": "run", "value": {"stringValue": "a"}}]}]},
    }
    document = {"resourceMetrics": [{"resource": {"attributes": []}, "scopeMetrics": [{"metrics": [metric]}]}]}
    assert get(address, 8080, "/otlp/v1/metrics", document, **{"Content-Type": "application/json"})[0] == 200
    found = get(address, 8080, "/prometheus/api/v1/query?query=migrate_canary%7Brun%3D%22a%22%7D")[1]
    assert found["data"]["result"][0]["value"][1] == "7"
    assert get(address, 8080, "/ingester/flush", b"")[0] == 204
    listed = stack.client("s3").list_objects_v2(Bucket=stack.variables["bucket"], Prefix="mimir/anonymous/")
    assert listed["KeyCount"] >= 2


def test_logsTracesAndProfilesComeBack(stack: Running) -> None:
    kind = {"Content-Type": "application/json"}
    loki, tempo, pyroscope = (address_of(stack, name) for name in ("loki", "tempo", "pyroscope"))
    import time

    moment = str(time.time_ns())
    line = {"streams": [{"stream": {"job": "canary"}, "values": [[moment, "hello night"]]}]}
    assert get(loki, 3100, "/loki/api/v1/push", line, **kind)[0] == 204
    query = "/loki/api/v1/query_range?query=%7Bjob%3D%22canary%22%7D%20%7C%3D%20%22night%22"
    found = get(loki, 3100, query)[1]["data"]
    assert found["resultType"] == "streams" and found["result"][0]["values"] == [[moment, "hello night"]]
    trace = "0af7651916cd43dd8448eb211c80319c"
    spans = {
        "resourceSpans": [
            {
                "resource": {"attributes": []},
                "scopeSpans": [{"spans": [{"traceId": trace, "spanId": "b7ad6b7169203331", "name": "canary"}]}],
            }
        ]
    }
    assert get(tempo, 4318, "/v1/traces", spans, **kind) == (200, {"partialSuccess": {}})
    assert get(tempo, 3200, f"/api/v2/traces/{trace}")[1]["trace"]["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert get(tempo, 3200, "/api/v2/traces/00000000000000000000000000000001")[0] == 404
    assert (
        get(pyroscope, 4040, "/ingest?name=canary%7Benv%3Dtest%7D&format=folded", b"main;work 3\nmain;idle 1\n")[0]
        == 200
    )
    flame = get(pyroscope, 4040, "/pyroscope/render?query=canary%7Benv%3D%22test%22%7D&from=now-1h&until=now")[1][
        "flamebearer"
    ]
    assert flame["numTicks"] == 4 and set(flame["names"]) == {"total", "main", "work", "idle"}


def test_theOldSidesUnflushedSamplesAreNotOnTheNewSideUntilFlushed(stack: Running) -> None:
    query = "/prometheus/api/v1/query?query=sum(count_over_time(up%5B40m%5D))"
    old, new = stack.variables["old_backend_address"], address_of(stack, "mimir")

    def count(address: str) -> str:
        return str(get(address, 8080, query)[1]["data"]["result"][0]["value"][1])

    assert (count(old), count(new)) == ("90", "78")
    assert get(old, 8080, "/ingester/flush", b"")[0] == 204
    assert (count(old), count(new)) == ("90", "90")


def test_queryStoreAfterHidesYoungObjectsButNotWhatTheIngesterKeeps(stack: Running) -> None:
    late = {"environment": [{"name": "QUERY_STORE_AFTER", "value": "12h"}]}
    image = f"{stack.variables['registry']}/lgtm/mimir:v1"
    before = describe(stack, "mimir")["taskDefinition"]
    arn = definition(stack, "mimir", image, roles(stack), container=late)
    stack.client("ecs").update_service(cluster="lgtm", service="mimir", taskDefinition=arn)
    stable(stack, "mimir")
    address = address_of(stack, "mimir")
    metric = {"name": "own", "gauge": {"dataPoints": [{"asInt": 1}]}}
    document = {"resourceMetrics": [{"scopeMetrics": [{"metrics": [metric]}]}]}
    assert get(address, 8080, "/otlp/v1/metrics", document, **{"Content-Type": "application/json"})[0] == 200
    assert get(address, 8080, "/ingester/flush", b"")[0] == 204
    query = "/prometheus/api/v1/query?query="
    assert len(get(address, 8080, query + "own")[1]["data"]["result"]) == 1
    assert get(address, 8080, query + "count_over_time(up%5B40m%5D)")[1]["data"]["result"] == []
    stack.client("ecs").update_service(cluster="lgtm", service="mimir", taskDefinition=before)
    stable(stack, "mimir")


def test_ringsShowEveryMember(stack: Running) -> None:
    def states() -> list[str]:
        ring = get(address_of(stack, "mimir"), 8080, "/ingester/ring", None, Accept="application/json")[1]
        return [item["state"] for item in ring["shards"]]

    # The roll-out of the test before may still be taking its old tasks out of the ring.
    until(lambda: states() == ["ACTIVE", "ACTIVE"])
    address = address_of(stack, "mimir")
    assert "<html>" in get(address, 8080, "/ingester/ring")[1]
    assert get(address_of(stack, "alloy"), 12345, "/-/ready") == (200, "Alloy is ready.\n")


def test_dnsMovesAndComesBackExactly(stack: Running) -> None:
    route53, zone = stack.client("route53"), stack.variables["zone_id"]
    balancer = stack.ready["terraform"]["load_balancer"]
    before = stack.control("GET", "/world")["route53"]
    old = next(
        item
        for item in route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
        if item["Name"] == f"{HOST}."
    )
    weighted_old = {**old, "TTL": 60, "SetIdentifier": "old", "Weight": 0}
    alias = {
        "Name": HOST,
        "Type": "A",
        "SetIdentifier": "new",
        "Weight": 100,
        "AliasTarget": {
            "HostedZoneId": balancer["zone_id"],
            "DNSName": balancer["dns_name"],
            "EvaluateTargetHealth": False,
        },
    }

    def submit(*changes: tuple[str, dict[str, Any]]) -> None:
        batch = {"Changes": [{"Action": action, "ResourceRecordSet": given} for action, given in changes]}
        made = route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)["ChangeInfo"]["Id"]
        until(lambda: route53.get_change(Id=made)["ChangeInfo"]["Status"] == "INSYNC")

    submit(("DELETE", old), ("CREATE", weighted_old), ("CREATE", alias))
    answer = stack.dns(HOST)
    assert [str(item.rdata) for item in answer.rr] == [stack.ready["addresses"]["load_balancer"]]
    assert answer.rr[0].ttl == 60 and stack.addresses(balancer["dns_name"]) == [
        stack.ready["addresses"]["load_balancer"]
    ]
    submit(("DELETE", weighted_old), ("DELETE", alias), ("CREATE", old))
    assert stack.addresses(HOST) == [stack.variables["old_address"]]
    assert stack.control("GET", "/world")["route53"] == before


def test_noTargetMeans503(sandbox: Running) -> None:
    remaining = sandbox.client("ecs").list_services(cluster="lgtm")["serviceArns"]
    for arn in remaining:
        if describe(sandbox, arn.rsplit("/", 1)[-1])["status"] == "ACTIVE":
            remove(sandbox, arn.rsplit("/", 1)[-1])
    until(lambda: https(sandbox, sandbox.ready["addresses"]["load_balancer"])[0] == 503)
    with urllib.request.urlopen(sandbox.ready["control"] + "/load-balancers") as answer:
        assert json.load(answer)[0]["errors"]["503"] >= 1


def test_theBalancersErrorsReachCloudWatch(sandbox: Running) -> None:
    from datetime import datetime, timedelta, timezone

    name = sandbox.ready["terraform"]["load_balancer"]["arn"].split(":loadbalancer/")[-1]
    https(sandbox, sandbox.ready["addresses"]["load_balancer"])

    def total(metric: str) -> float:
        now = datetime.now(timezone.utc)
        points = sandbox.client("cloudwatch").get_metric_statistics(
            Namespace="AWS/ApplicationELB",
            MetricName=metric,
            Dimensions=[{"Name": "LoadBalancer", "Value": name}],
            StartTime=now - timedelta(minutes=10),
            EndTime=now + timedelta(minutes=1),
            Period=60,
            Statistics=["Sum"],
        )["Datapoints"]
        return float(sum(point["Sum"] for point in points))

    until(lambda: total("HTTPCode_ELB_5XX_Count") >= 1 and total("RequestCount") >= 1)
