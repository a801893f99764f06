"""Each row breaks the world in one place: the lgtm runbook stops at that step, and its words name the cause.

The run is carried forward once; each row begins again before its phase, in the same world. A few rows run always; all
of them with BROKEN_STEPS=all (`make broken-steps`).
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from breaks import (
    PAUSED,
    Break,
    bad_image,
    denied,
    drifted,
    failing,
    refused,
    ringing_from_outside,
    stopped_at,
    unfilled_variables,
    without,
)
from conftest import LGTM
from night import Ended, Night, binary
from tables import SANDBOX, Row, chosen, needs

PLANNED = ("mimir", "loki", "tempo", "pyroscope", "grafana", "alloy")

pytestmark = needs(*SANDBOX)


@contextlib.contextmanager
def blank_half_day(night: Night) -> Iterator[None]:
    """The new Mimir passes over blocks that are younger than twelve hours."""
    night.control("components", component="mimir", side="new", ignore_younger=43200)
    try:
        yield
    finally:
        night.control("components", component="mimir", side="new", ignore_younger=0)


@contextlib.contextmanager
def unheard(night: Night) -> Iterator[None]:
    """Agents run, and nothing of theirs reaches the new Mimir."""
    with failing("mimir", "new", "/api/v1/push")(night):
        mimir = next(
            one["address"] for one in night.control("processes", "GET")
            if (one["component"], one["side"]) == ("mimir", "new")
        )  # fmt: skip
        query = f'last_over_time(up{{instance="{night.variables["old_instances"][0]}"}}[8s])'
        url = f"http://{mimir}:8080/prometheus/api/v1/query?{urlencode({'query': query})}"
        deadline = time.monotonic() + 30
        while json.load(urllib.request.urlopen(url, timeout=10))["data"]["result"]:
            assert time.monotonic() < deadline, "what was sent before is still there"
            time.sleep(0.5)
        yield


def leaving(component: str) -> Break:
    """One member of a ring is on its way out."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        found = [
            one for one in night.control("processes", "GET") if (one["component"], one["side"]) == (component, "new")
        ]
        night.control("components", component=component, side="new", address=found[0]["address"], ring="LEAVING")
        try:
            yield
        finally:
            night.control("components", component=component, side="new", ring=None)

    return broken


def losing(component: str) -> Break:
    """A store of the old side takes what is written to it and gives nothing of the last hour back."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        night.control("components", component=component, side="old", forgets_younger=3600)
        try:
            yield
        finally:
            night.control("components", component=component, side="old", forgets_younger=0)

    return broken


def refusing(component: str, path: str) -> Break:
    """A store of the old side takes no writes; and what a row before this one wrote is not there."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        with losing(component)(night), failing(component, "old", path, 503)(night):
            yield

    return broken


@contextlib.contextmanager
def stopped_instance(night: Night) -> Iterator[None]:
    instance = night.variables["old_instances"][1]
    ec2 = night.client("ec2")
    ec2.stop_instances(InstanceIds=[instance])
    try:
        yield
    finally:
        ec2.get_waiter("instance_stopped").wait(InstanceIds=[instance], WaiterConfig={"Delay": 1})
        ec2.start_instances(InstanceIds=[instance])
        ec2.get_waiter("instance_running").wait(InstanceIds=[instance], WaiterConfig={"Delay": 1})


@contextlib.contextmanager
def long_remembered(night: Night) -> Iterator[None]:
    def record(ttl: int) -> dict[str, Any]:
        return {
            "Name": night.variables["host"] + ".", "Type": "A", "TTL": ttl,
            "ResourceRecords": [{"Value": night.variables["old_address"]}],
        }  # fmt: skip

    def change(before: int, after: int) -> None:
        night.control("records", zone=night.variables["zone_id"], changes=[
            {"Action": "DELETE", "ResourceRecordSet": record(before)},
            {"Action": "CREATE", "ResourceRecordSet": record(after)},
        ])  # fmt: skip

    usual = int(night.variables["record_ttl"])
    change(usual, 86400)
    try:
        yield
    finally:
        change(86400, usual)


def nameless(name: Callable[[Night], str]) -> Break:
    """No name server knows a name any more."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        night.control("names", name=name(night), hidden=True)
        try:
            yield
        finally:
            night.control("names", name=name(night), hidden=False)

    return broken


def unresolved_component(name: str) -> Break:
    """The name of a component leads nowhere."""
    return nameless(lambda night: f"{name}.{night.variables['namespace']}")


unresolved = unresolved_component("tempo")


def balancer(night: Night) -> str:
    """Name of the load balancer in DNS."""
    return str(night.control("load-balancers", "GET")[0]["dns_name"])


def wanting(name: str, value: str) -> Break:
    """The environment says something else of a variable; only before a run has begun."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        file = night.runbook / "environments/sandbox.yaml"
        text = file.read_text()
        file.write_text(f"{text}\n{name}: {json.dumps(value)}\n")
        try:
            yield
        finally:
            file.write_text(text)

    return broken


def in_the_way(name: str, content: str) -> Break:
    """There is a file of this name below the folder of backups, and what was in its place is not."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        place = night.runbook / "backup" / name.split("/")[0]
        kept = place.with_name(f"{place.name}.kept")
        if place.exists():
            place.rename(kept)
        file = night.runbook / "backup" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        try:
            yield
        finally:
            shutil.rmtree(place) if place.is_dir() else place.unlink()
            if kept.exists():
                kept.rename(place)

    return broken


def unwritable(name: str) -> Break:
    """A backup's folder cannot be made: a file has its name."""
    return in_the_way(name, "")


def edited(name: str) -> Break:
    """A backup has a dashboard that is not in Grafana."""
    return in_the_way(f"{name}/dashboards/of-somebody.json", "{}\n")


@contextlib.contextmanager
def distrusted(night: Night) -> Iterator[None]:
    """The authority that is trusted is another than that of the certificates."""
    file = Path(night.variables["ca_file"])
    kept = file.read_bytes()
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-subj", "/CN=another authority", "-keyout", "/dev/null"],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_bytes(made.stdout)
    try:
        yield
    finally:
        file.write_bytes(kept)


@contextlib.contextmanager
def made_elsewhere(night: Night) -> Iterator[None]:
    """Terraform's cluster is another one than the plan's."""
    root = night.sandbox.folder / "terraform"
    file, kept = root / "outputs.tf", root / "terraform.tfstate"
    text, state = file.read_text(), kept.read_bytes()
    other = text.replace("try(local.made.cluster, null)", '"another"')
    assert other != text
    file.write_text(other)
    try:
        yield
    finally:
        # What was applied here is in Terraform's state, and would be a drift for every row after it.
        file.write_text(text)
        kept.write_bytes(state)


@contextlib.contextmanager
def unpullable(night: Night) -> Iterator[None]:
    """No task of Loki runs, and its image cannot be pulled."""
    cluster = night.variables["cluster"]
    night.client("ecs").update_service(cluster=cluster, service="loki", desiredCount=0)
    with bad_image("loki", "pull")(night):
        yield


ROWS = [
    Row("phase-1/network", refused("ec2", "DescribeSubnets", "UnauthorizedOperation", 403), "ec2:DescribeSubnets"),
    Row("phase-1/capacity", refused("servicequotas", "GetServiceQuota"), "servicequotas:GetServiceQuota"),
    Row("phase-1/old-instances", stopped_instance, r"i-\w+ (is|.*) (stopped|stopping)", always=True),
    Row("phase-1/old-side", failing("grafana", "old", "/api/health"), "500"),
    Row("phase-1/same-version", wanting("grafana_version", "9.9.9"), r'version == "9\.9\.9".*does not hold'),
    Row("phase-1/certificate", refused("acm", "DescribeCertificate"), "acm:DescribeCertificate"),
    Row("phase-1/github-oidc", refused("iam", "GetOpenIDConnectProvider", "AccessDenied", 403),
        "iam:GetOpenIDConnectProvider"),
    Row("phase-1/repositories", refused("ecr", "DescribeRepositories"), "ecr:DescribeRepositories"),
    Row("phase-1/log-groups", refused("logs", "DescribeLogGroups"), "logs:DescribeLogGroups"),
    Row("phase-1/secrets", refused("secretsmanager", "DescribeSecret"), "secretsmanager:DescribeSecret"),
    Row("phase-1/execution-role", refused("iam", "GetRole", "AccessDenied", 403), "iam:GetRole", also=("task-role",)),
    Row("phase-1/task-role", refused("iam", "GetRole", "AccessDenied", 403), "iam:GetRole", also=("execution-role",)),
    Row("phase-1/execution-role-allows", denied("lgtm-task-execution", "secretsmanager:*"),
        "secretsmanager:GetSecretValue"),
    Row("phase-1/task-role-allows", denied("lgtm-task", "s3:PutObject"), "s3:PutObject", always=True),
    Row("phase-1/bucket", refused("s3", "HeadBucket", "AccessDenied", 403), "s3:ListBucket|AccessDenied|403"),
    Row("phase-1/bucket-writable", refused("s3", "PutObject", "AccessDenied", 403), "s3:PutObject|AccessDenied"),
    Row("phase-2/infrastructure", unfilled_variables, "CHANGE_ME", always=True),
    Row("phase-2/cluster", refused("ecs", "DescribeClusters"), "ecs:DescribeClusters"),
    Row("phase-2/namespace", refused("servicediscovery", "ListNamespaces"), "servicediscovery:ListNamespaces"),
    Row("phase-2/load-balancer", refused("elasticloadbalancing", "DescribeLoadBalancers", "AccessDenied", 403),
        "elasticloadbalancing:DescribeLoadBalancers"),
    Row("phase-2/outputs", made_elsewhere, r"\.cluster == \"lgtm\".*does not hold", always=True),
    Row("phase-4/own-names", failing("grafana", "old", "/api/datasources"), "500",
        also=("old-datasources", "grafana-before")),
    Row("phase-4/own-dashboards", failing("grafana", "old", "/api/search"), "500", also=("grafana-before",)),
    Row("phase-4/old-datasources", failing("grafana", "old", "/api/datasources"), "500",
        also=("own-names", "grafana-before")),
    Row("phase-4/grafana-before", unwritable("before"), "backup/before"),
    Row("phase-4/definitions", without("task-definitions/mimir.json"), "task-definitions/mimir.json"),
    Row("phase-4/registered", refused("servicediscovery", "ListInstances"), "servicediscovery:ListInstances"),
    Row("phase-4/discovery", unresolved, r"discovery\[tempo\].*no such name",
        always=True, also=("datasources", "panels")),
    Row("phase-4/mimir-ring", leaving("mimir"), "LEAVING|2 of 3", always=True),
    Row("phase-4/loki-ring", leaving("loki"), "LEAVING|1 of 2"),
    # The mark of a sample follows from the run, so here it is there already: what is broken is the way out.
    Row("phase-4/metrics", failing("mimir", "new", "/prometheus/api/v1/query"), "500", also=("datasources", "panels")),
    Row("phase-4/logs", failing("loki", "new", "/loki/api/v1/query"), "500", also=("panels",)),
    Row("phase-4/traces", failing("tempo", "new", "/api/v2/traces"), "500"),
    Row("phase-4/profiles", failing("pyroscope", "new", "/pyroscope/render"), "500"),
    Row("phase-4/old-metrics", refusing("mimir", "/api/v1/push"), "was not taken: 503", always=True),
    Row("phase-4/old-logs", losing("loki"), "was written and cannot be read back"),
    Row("phase-4/old-traces", refusing("tempo", "/v1/traces"), "was not taken: 503"),
    Row("phase-4/old-profiles", losing("pyroscope"), "was written and cannot be read back"),
    Row("phase-4/flush-new", failing("mimir", "new", "/ingester/flush"), "500"),
    Row("phase-4/flush-new-loki", failing("loki", "new", "/flush"), "500"),
    Row("phase-4/flush-new-tempo", failing("tempo", "new", "/flush"), "500"),
    Row("phase-4/stored", refused("s3", "ListObjectsV2", "AccessDenied", 403), "AccessDenied|s3:List"),
    Row("phase-4/same-settings", failing("loki", "new", "/config"), r"same-settings\[loki\].*500"),
    Row("phase-4/uploaded", failing("pyroscope", "new", "/metrics"), r"uploaded\[pyroscope\].*500"),
    Row("phase-4/datasources", failing("tempo", "new", "/api/echo", 503), "(?i)tempo.*503"),
    Row("phase-4/dashboards", failing("grafana", "new", "/api/search"), "500", always=True),
    Row("phase-4/panels", failing("mimir", "new", "/prometheus/api/v1/query_range"), "LGTM Overview.*500"),
    Row("phase-4/no-drift", drifted, "[1-9] to (add|change|destroy)"),
    Row("phase-4/agents-first", refused("ssm", "SendCommand"), "ssm:SendCommand"),
    Row("phase-4/first-agents-arrive", unheard, "no data"),
    Row("phase-4/mimir-tasks", unresolved_component("mimir"), "no such name", again=True),
    Row("phase-4/loki-tasks", unresolved_component("loki"), "no such name", again=True),
    Row("phase-4/store-tasks", unresolved, r"store-tasks\[tempo\].*no such name", again=True),
    Row("phase-4/targets", refused("elasticloadbalancing", "DescribeTargetHealth", "AccessDenied", 403),
        "elasticloadbalancing:DescribeTargetHealth", again=True),
    Row("phase-4/new-side", nameless(balancer), "no such name", again=True),
    Row("phase-4/new-grafana", distrusted, "(?i)certificate", again=True),
    Row("phase-4/other-agents-arrive", unheard, "no data", again=True),
    # First in its phase: images that are there are not made again.
    Row("phase-5/backup", refused("ec2", "CreateImage", "UnauthorizedOperation", 403), "ec2:CreateImage"),
    Row("phase-5/alarms-before", ringing_from_outside, "in alarm: `lgtm-5xx`"),
    Row("phase-5/record-as-known", long_remembered, r"\.ttl"),
    Row("phase-5/way-back-stores", failing("tempo", "old", "/ready", 503), "503"),
    Row("phase-5/parity", blank_half_day, "count_over_time"),
    Row("phase-5/flush-old-mimir", failing("mimir", "old", "/ingester/flush"), "500"),
    Row("phase-5/flush-old-loki", failing("loki", "old", "/flush"), "500"),
    Row("phase-5/flush-old-tempo", failing("tempo", "old", "/flush"), "500"),
    Row("phase-5/freeze", failing("grafana", "old", "/api/annotations"), "500"),
    Row("phase-5/old-dashboards", failing("grafana", "old", "/api/dashboards"), "500"),
    Row("phase-5/new-dashboards", unwritable("new"), "backup/new"),
    Row("phase-5/same-dashboards", edited("old"), "exit status 1"),
    Row("phase-5/short-connections",
        refused("elasticloadbalancing", "DescribeLoadBalancerAttributes", "AccessDenied", 403),
        "elasticloadbalancing:DescribeLoadBalancerAttributes"),
]  # fmt: skip
"""In an order in which no row changes what a later one counts on."""

LAST_ROWS = [
    Row("phase-3/build", without("dockerfiles/loki/loki.yaml"), r"loki\.yaml", always=True),
    Row("phase-3/push", refused("ecr", "GetAuthorizationToken"), "ecr:GetAuthorizationToken"),
    Row("phase-3/images", refused("ecr", "DescribeImages", "ImageNotFoundException"), "(?i)image|ImageNotFound"),
    Row("phase-4/services", unpullable, "CannotPullContainerError", always=True),
]  # fmt: skip
"""What leaves the world changed: images that are built anew are others."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    found = binary()
    assert found is not None
    made = Night(LGTM, tmp_path_factory.mktemp("night"), found)
    try:
        yield made
    finally:
        made.down()


@pytest.fixture(scope="module")
def forward(night: Night) -> dict[str, Ended]:
    """The way forward, on which nothing is broken."""
    state, ended = night.from_before("nothing"), {}
    for phase in ("phase-1", "phase-2", "phase-3", "phase-4"):
        night.keep(state, phase)
        ended[phase] = night.run(state, "run", phase)
        assert ended[phase].status == 0, ended[phase].said[-3000:]
    night.keep(state, "phase-5")
    return ended


@chosen(ROWS)
def test_a_broken_world_stops_the_run_at_that_step(night: Night, forward: dict[str, Ended], row: Row) -> None:
    stops_there(night, row)


def stops_there(night: Night, row: Row) -> None:
    """Begins again before the row's phase, in a world that is broken as the row says."""
    state = night.from_before("phase-5" if row.again else row.phase)
    if row.phase == "phase-5":
        # The phase asks for rollbacks that were proved, and probes that were asked, a short while ago.
        verified = night.run(state, "verify")
        assert verified.status == 0, verified.said[-2000:]
    with row.broken(night):
        if row.again:
            asked = night.run(state, "retry", row.step.split("/")[1])
            assert asked.status == 0, asked.said
        ended = run_until_it_stops(night, state, row.phase)
    stopped_at(ended, row.step.split("/")[1], row.also, row.said)


def run_until_it_stops(night: Night, state: Path, phase: str) -> Ended:
    """Runs a phase; when it comes as far as asking people, it did not stop where it should have."""
    if phase != "phase-5":
        ended = night.run(state, "run", phase)
        assert ended.status == PAUSED, ended.said[-1500:]
        return ended
    running = night.start(state, "run", phase)
    try:
        said = running.communicate(timeout=60)[0]
    except Exception:
        running.send_signal(signal.SIGINT)
        pytest.fail(f"it went on: {running.communicate(timeout=60)[0][-1500:]}")
    assert running.returncode == PAUSED, said[-3000:]
    return Ended(running.returncode, said, night._states(state))


REQUIRED = [
    Row("phase-4/old-logs", losing("loki"), "cannot be read back", always=True),
    Row("phase-4/discovery", unresolved, r"no such name"),
    Row("phase-1/old-side", failing("grafana", "old", "/api/health"), "500"),
    Row("phase-1/old-instances", stopped_instance, "stopp"),
]  # fmt: skip
"""What the phase of the switch asks for before it does anything: whether it can be gone back to was proved days before."""


@chosen(REQUIRED)
def test_the_switch_does_not_begin_in_a_world_that_has_broken_since(
    night: Night, forward: dict[str, Ended], row: Row
) -> None:
    state = night.from_before("phase-5")
    with row.broken(night):
        ended = night.run(state, "run", "phase-5")
    assert ended.status == PAUSED, ended.said
    missed = rf"phase-5 may not go on: .*`{row.step.split('/')[1]}\S* no longer holds: [^;]*({row.said})"
    assert re.search(missed, ended.said), ended.said
    assert not re.search("[→✓] ", ended.said), f"it did something: {ended.said}"


def test_a_deployment_rolls_one_component_and_goes_back(night: Night, forward: dict[str, Ended]) -> None:
    """What the workflow `deploy-ecs` does, after the migration: the runbook in deploy/, for Tempo alone."""
    given = yaml.safe_load((night.runbook / "environments/sandbox.yaml").read_text())
    known = yaml.safe_load((night.runbook / "deploy/runbook.yaml").read_text())["variables"]
    values = {name: value for name, value in {**given, **night.variables}.items() if name in known}
    values |= {"image_tag": "next", "component": "tempo"}
    (night.runbook / "deploy/environments/sandbox.yaml").write_text(json.dumps(values))

    def running() -> dict[str, str]:
        found = night.client("ecs").describe_services(cluster=night.variables["cluster"], services=list(PLANNED))
        return {one["serviceName"]: one["taskDefinition"] for one in found["services"]}

    before = running()
    done = night.deploy("run")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    after = running()
    assert {name for name in before if before[name] != after[name]} == {"tempo"}
    definition = night.client("ecs").describe_task_definition(taskDefinition=after["tempo"])["taskDefinition"]
    container = definition["containerDefinitions"][0]
    assert re.search(r"/lgtm/tempo@sha256:[0-9a-f]{64}$", container["image"]), "started by digest"
    assert {"name": "COMPACTOR_DISABLED", "value": "true"} in container["environment"], "the old side still compacts"
    # The same commit once more: its tag is taken, and nothing is pushed.
    shutil.rmtree(night.folder / "deployment-before", ignore_errors=True)
    (night.folder / "deployment").rename(night.folder / "deployment-before")
    again = night.deploy("run")
    assert again.returncode == 0, again.stdout[-2000:] + again.stderr[-2000:]
    assert running() == after
    shutil.rmtree(night.folder / "deployment")
    (night.folder / "deployment-before").rename(night.folder / "deployment")
    done = night.deploy("rollback", "--all", "--yes")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert running() == before


@chosen(LAST_ROWS)
def test_a_world_that_is_broken_for_good_stops_the_run_at_that_step(
    night: Night, forward: dict[str, Ended], row: Row
) -> None:
    stops_there(night, row)
