"""Each row breaks the world in one place: central-monitoring stops at that step, and its words name the cause.

The weeks are carried forward once, with the real Prometheus and Alertmanager; each row begins again before its week, in
the same world. The rows before week 1 need no run and the first of them is tried always; all with BROKEN_STEPS=all.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from breaks import ALL, Break, denied, failing, once, refused, stopped_at, until, without
from conftest import REPOSITORY, RUNBOOKS
from night import Ended, Night, binary
from tables import SANDBOX, Row, chosen, needs

SYSTEM = RUNBOOKS / "central-monitoring"
FORWARD_SCALE, ROW_SCALE = "20", "60"
"""What the tool divides its waits by: real programs take real time, and a row waits for what does not come."""

LONGEST = 240.0
"""Longest that one week may take, seconds."""

APPROVALS = {"approve": "exporters", "seen": "alerts_seen", "handover": "handover"}
PROGRAMS = (*SANDBOX, "prometheus", "prometheus-alertmanager", "promtool")

pytestmark = needs(*PROGRAMS)


@contextlib.contextmanager
def taken_name(night: Night) -> Iterator[None]:
    """Somebody serves Grafana's name already."""
    record = {
        "Name": night.variables["host"] + ".", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.7"}],
    }  # fmt: skip

    def change(action: str) -> None:
        changes = [{"Action": action, "ResourceRecordSet": record}]
        night.control("records", zone=night.variables["zone_id"], changes=changes)

    change("CREATE")
    try:
        yield
    finally:
        change("DELETE")


@contextlib.contextmanager
def idle_service(night: Night) -> Iterator[None]:
    """One of the five services has no task before anything is changed."""
    ecs, cluster = night.client("ecs"), night.variables["application_cluster"]
    ecs.update_service(cluster=cluster, service="worker", desiredCount=0)
    try:
        yield
    finally:
        ecs.update_service(cluster=cluster, service="worker", desiredCount=1)


def strangers_revision(service: str, **container: Any) -> Break:
    """Somebody deployed another revision of a service than the runbook knows."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        ecs, place = night.client("ecs"), {"cluster": night.variables["application_cluster"], "service": service}
        before = ecs.describe_services(cluster=place["cluster"], services=[service])["services"][0]["taskDefinition"]
        held = ecs.describe_task_definition(taskDefinition=before)["taskDefinition"]
        kept = ("family", "networkMode", "requiresCompatibilities", "cpu", "memory", "executionRoleArn")
        containers = [{**held["containerDefinitions"][0], **container}]
        made = ecs.register_task_definition(**{name: held[name] for name in kept}, containerDefinitions=containers)
        ecs.update_service(**place, taskDefinition=made["taskDefinition"]["taskDefinitionArn"])
        try:
            yield
        finally:
            ecs.update_service(**place, taskDefinition=before)
            ecs.deregister_task_definition(taskDefinition=made["taskDefinition"]["taskDefinitionArn"])

    return broken


@contextlib.contextmanager
def silent_target(night: Night) -> Iterator[None]:
    """A target beside ECS does not answer: the real Prometheus finds it, and after a while ServiceDown fires.

    It is a worker's: of a service that goes away as a whole ServiceMissing would tell for an hour.
    """
    registry = night.client("servicediscovery")
    service = next(one["Id"] for one in registry.list_services()["Services"] if one["Name"] == "extra-targets")
    attributes = {"AWS_INSTANCE_IPV4": "127.0.0.1", "AWS_INSTANCE_PORT": "9", "service": "worker"}
    registry.register_instance(ServiceId=service, InstanceId="silent", Attributes=attributes)
    firing = 'ALERTS{alertname="ServiceDown",service="worker",alertstate="firing"}'
    until(lambda: asked(night, firing), "ServiceDown does not fire")
    try:
        yield
    finally:
        registry.deregister_instance(ServiceId=service, InstanceId="silent")
        until(lambda: not asked(night, firing), "ServiceDown does not end")


@contextlib.contextmanager
def lost_samples(night: Night) -> Iterator[None]:
    """Whatever is backed up holds no samples: the folders are there, and empty."""
    points, ended = night.sandbox.folder / "recovery-points", threading.Event()

    def lose() -> None:
        while not ended.wait(0.02):
            for point in points.iterdir():
                for part in ("wal", "chunks_head"):
                    shutil.rmtree(point / "prometheus" / part, ignore_errors=True)

    thread = threading.Thread(target=lose, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


HIGH_CPU = 'ALERTS{alertname="HighCPUUsage",service="drill"}'


def burning(night: Night) -> bool:
    """Whether the drill's CPU is above its limit, and the alert about it waits to fire."""
    return bool(asked(night, HIGH_CPU))


@contextlib.contextmanager
def deaf_after_the_first(night: Night) -> Iterator[None]:
    """Slack refuses everything from now on; afterwards the drill is waited for, which ends by itself."""
    with failing("slack", "old")(night):
        yield
    until(lambda: not burning(night), "HighCPUUsage does not end", 180)


def asked(night: Night, query: str) -> list[Any]:
    """What the real Prometheus answers."""
    held = [one["address"] for one in night.control("processes", "GET") if one["component"] == "prometheus"]
    url = f"http://{held[0]}:9090/api/v1/query?query={urllib.request.quote(query)}"  # type: ignore[attr-defined]
    with urllib.request.urlopen(url, timeout=10) as answer:
        found: list[Any] = json.load(answer)["data"]["result"]
    return found


FIRST_ROWS = [
    Row("week-1/network", refused("ec2", "DescribeSubnets", "UnauthorizedOperation", 403), "ec2:DescribeSubnets",
        also=("public-network",)),
    Row("week-1/certificate", refused("acm", "DescribeCertificate"), "acm:DescribeCertificate"),
    Row("week-1/name-free", taken_name, r"192\.0\.2\.7", always=True),
    Row("week-1/other-services-before", idle_service, r"worker.*0"),
]  # fmt: skip
"""Before anything is made."""

ROWS = [
    Row("week-2/exporter-definition", without("task-definitions/cloudwatch-exporter.json"), "cloudwatch-exporter.json"),
    Row("week-2/as-known", strangers_revision("atlantis", image="ghcr.io/example/atlantis@sha256:" + "f" * 64),
        r"as-known\[atlantis\].*containerDefinitions"),
    Row("week-2/others-as-known", strangers_revision("worker", environment=[{"name": "QUEUE", "value": "orders"}]),
        r"others-as-known\[worker\].*environment"),
    Row("week-2/services-may-pull", denied("apps-task-execution", "ecr:*"), "ecr:BatchGetImage"),
    Row("week-2/cloudwatch-metrics", denied("monitoring-exporter", "cloudwatch:*"), r"no data|0\.0",
        also=("response-times",)),
    Row("week-2/first-target", failing("metrics-exporter", "new"), r"first-target\[atlantis\].*0\.0"),
    Row("week-2/all-targets-up", silent_target, r"127\.0\.0\.1:9"),
    Row("week-3/dashboards", failing("grafana", "new", "/api/search"), "500",
        also=("service-dashboards", "other-service-dashboards")),
    Row("week-3/panels", failing("grafana", "new", "/api/ds/query"), "500"),
    Row("week-3/rules", silent_target, "ServiceDown.*fires"),
    Row("week-3/rules-valid", without("rules/alerts.test.yaml"), "alerts.test.yaml|exit status 1"),
    Row("week-3/drill-ground", refused("servicediscovery", "ListServices"), "servicediscovery:ListServices"),
    Row("week-3/drill-down", refused("servicediscovery", "RegisterInstance"), "servicediscovery:RegisterInstance"),
    Row("week-4/backup-role-allows", denied("monitoring-backup", "elasticfilesystem:Backup"),
        "elasticfilesystem:Backup"),
    Row("week-4/backup-prometheus", refused("backup", "StartBackupJob"), "backup:StartBackupJob",
        also=("backup-grafana",)),
    Row("week-4/manual", without("manual/recovery.md"), r"manual\[recovery\]"),
    Row("week-4/restore", refused("backup", "StartRestoreJob"), "StartRestoreJob"),
    Row("week-4/restore-proved", lost_samples, r"restore-proved"),
]  # fmt: skip
"""In an order in which no row changes what a later one counts on."""

LAST_ROWS = [
    Row("week-3/high-cpu-arrived", once(deaf_after_the_first, burning, "cloudwatch", "PutMetricData"), r"\.value >= ",
        scale=FORWARD_SCALE),
    Row("week-3/service-down-arrived", failing("slack", "old"), r"\.value >= ", scale=FORWARD_SCALE),
]  # fmt: skip
"""What leaves the world changed: Slack has refused messages."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    found = binary()
    assert found is not None
    made = Night(SYSTEM, tmp_path_factory.mktemp("night"), found)
    try:
        yield made
    finally:
        made.down()


def carried(night: Night, state: Path, phase: str, scale: str) -> Ended:
    """Runs a week to where it stops, saying yes whenever people are asked."""
    night._environment["MIGRATE_TIME_SCALE"] = scale
    output = night.folder / "said.txt"
    with output.open("w") as target:
        running = subprocess.Popen(
            night._line(state, "run", phase), cwd=REPOSITORY, env=night._environment, stdin=subprocess.DEVNULL,
            stdout=target, stderr=subprocess.STDOUT,
        )  # fmt: skip
        deadline = time.monotonic() + LONGEST
        while running.poll() is None:
            if time.monotonic() > deadline:
                running.terminate()
                running.wait(timeout=30)
                pytest.fail(f"{phase} does not end: {output.read_text()[-2000:]}")
            if "waiting for approval" in output.read_text():
                for step, name in APPROVALS.items():
                    if night._states(state).get(step) == "waiting_approval":
                        night.run(state, "approve", name, "--yes", "--as", "somebody", "--comment", "seen")
            time.sleep(0.5)
    return Ended(running.returncode, output.read_text(), night._states(state))


def stops_there(night: Night, row: Row) -> None:
    phase, step = row.step.split("/")
    state = night.from_before(phase)
    with row.broken(night):
        ended = carried(night, state, phase, row.scale or ROW_SCALE)
    stopped_at(ended, step, row.also, row.said)


@chosen(FIRST_ROWS)
def test_a_world_that_is_broken_before_week_1_stops_the_run(night: Night, row: Row) -> None:
    night.keep(night.from_before("nothing"), "week-1")
    stops_there(night, row)


@pytest.fixture(scope="module")
def forward(night: Night) -> dict[str, Ended]:
    """The way forward, on which nothing is broken."""
    state, ended = night.from_before("nothing"), {}
    for phase in ("week-1", "week-2", "week-3"):
        night.keep(state, phase)
        ended[phase] = carried(night, state, phase, FORWARD_SCALE)
        assert ended[phase].status == 0, ended[phase].said[-3000:]
    night.keep(state, "week-4")
    return ended


@pytest.mark.skipif(not ALL, reason="needs three weeks of a run: BROKEN_STEPS=all")
def test_slack_has_both_alerts_in_their_channels(night: Night, forward: dict[str, Ended]) -> None:
    """The drill's two alerts, from the real Alertmanager: each in the channel of its severity, with its words."""
    webhook = night.sandbox.ready["environment"]["SLACK_WEBHOOK_URL"]
    with urllib.request.urlopen(webhook.split("/services")[0] + "/messages", timeout=10) as answer:
        messages = json.load(answer)
    titles: dict[str, list[str]] = {one["channel"]: [] for one in messages}
    for one in messages:
        titles[one["channel"]].append(one["attachments"][0]["title"])
    assert "Critical: ServiceDown drill (firing)" in titles["#alerts-critical"]
    assert "Warning: HighCPUUsage drill (firing)" in titles["#alerts-warning"]
    assert [title for title in titles["#alerts-warning"] if title.startswith("Critical")] == []


@chosen(ROWS)
def test_a_broken_world_stops_the_run_at_that_step(night: Night, forward: dict[str, Ended], row: Row) -> None:
    stops_there(night, row)


@chosen(LAST_ROWS)
def test_a_world_that_is_broken_for_good_stops_the_run_at_that_step(
    night: Night, forward: dict[str, Ended], row: Row
) -> None:
    stops_there(night, row)
