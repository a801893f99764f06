"""Kinds that speak to Prometheus and Alertmanager, against the real ones.

`apt install prometheus prometheus-alertmanager`, or put the two programs on PATH; without them these tests say so.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from catalogue.relay import Relay
from catalogue.tool import Tool, binary
from conftest import Running, until

PAUSED, FAILED = 3, 4

needs_products = pytest.mark.skipif(
    binary() is None or not shutil.which("prometheus") or not shutil.which("prometheus-alertmanager"),
    reason="there is no current build of migrate, no prometheus or no prometheus-alertmanager on PATH",
)

CONFIGURATION = """\
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: [rules.yaml]
scrape_configs:
  - job_name: self
    static_configs: [{targets: ["127.0.0.1:%d"]}]
"""
RULES = """\
groups:
  - name: contract
    rules:
      - {alert: ServiceDown, expr: "up == 0"}
      - {alert: Always, expr: "vector(1)"}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.load(answer)


def stopped(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=15)


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("prometheus"), free_port()
    (folder / "prometheus.yaml").write_text(CONFIGURATION % port)
    (folder / "rules.yaml").write_text(RULES)
    process = subprocess.Popen(
        ["prometheus", f"--config.file={folder}/prometheus.yaml", f"--storage.tsdb.path={folder}/data",
         f"--web.listen-address=127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    until(lambda: answers(f"{url}/-/ready"), seconds=30)
    until(lambda: get(f"{url}/api/v1/query?query=up")["data"]["result"], seconds=30)
    until(lambda: "unknown" not in json.dumps(get(f"{url}/api/v1/rules")), seconds=30)
    yield url
    stopped(process)


@pytest.fixture(scope="module")
def alertmanager(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("alertmanager"), free_port()
    (folder / "alertmanager.yaml").write_text("route: {receiver: none}\nreceivers: [{name: none}]\n")
    process = subprocess.Popen(
        ["prometheus-alertmanager", f"--config.file={folder}/alertmanager.yaml", f"--storage.path={folder}/data",
         f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    until(lambda: answers(f"{url}/-/ready"), seconds=30)
    yield url
    stopped(process)


def asked(folder: Path, sandbox: Running, kind: str, parameters: dict[str, Any]) -> int:
    step = {"probe": kind, "with": parameters, "retry": {"attempts": 1}}
    return Tool(folder, sandbox, step).call("run").status


@needs_products
@pytest.mark.parametrize(
    ("kind", "more", "passes"),
    [
        ("prometheus.query", {"query": "up", "expect": ".value == 1"}, True),
        ("prometheus.query", {"query": "up", "expect": ".value == 0"}, False),
        ("prometheus.query", {"query": "no_such_metric"}, False),
        ("prometheus.targets", {"jobs": ["self"]}, True),
        ("prometheus.targets", {"jobs": ["other"]}, False),
        ("prometheus.rules", {"names": ["ServiceDown"], "quiet": ["ServiceDown"]}, True),
        ("prometheus.rules", {"names": ["NoSuchRule"]}, False),
        ("prometheus.rules", {"quiet": ["Always"]}, False),
    ],
)
def test_prometheusIsAskedAsItAnswers(
    sandbox: Running, prometheus: str, tmp_path: Path, kind: str, more: dict[str, Any], passes: bool
) -> None:
    until(lambda: "firing" in json.dumps(get(f"{prometheus}/api/v1/rules")), seconds=30)
    status = asked(tmp_path / "tool", sandbox, kind, {"url": prometheus, **more})
    assert (status == 0) == passes and status in (0, PAUSED, FAILED)


@needs_products
def test_aSideAgreesWithItself(sandbox: Running, prometheus: str, tmp_path: Path) -> None:
    given = {"old": prometheus, "new": prometheus, "queries": ["up", "vector(3)"]}
    assert asked(tmp_path / "same", sandbox, "query.parity", given) == 0
    other = {**given, "queries": ["no_such_metric"]}
    assert asked(tmp_path / "none", sandbox, "query.parity", other) in (PAUSED, FAILED)


@needs_products
def test_alertmanagerIsReady(sandbox: Running, alertmanager: str, tmp_path: Path) -> None:
    assert asked(tmp_path / "one", sandbox, "alertmanager.status", {"url": alertmanager}) == 0
    assert asked(tmp_path / "two", sandbox, "alertmanager.status", {"url": alertmanager, "peers": 3}) in (PAUSED, FAILED)


@needs_products
def test_aSilenceIsMadeOnceAndEnds(sandbox: Running, alertmanager: str, tmp_path: Path) -> None:
    def active() -> list[Any]:
        silences = get(f"{alertmanager}/api/v2/silences")
        return [one["matchers"] for one in silences if one["status"]["state"] == "active"]

    given = {"url": alertmanager, "matchers": ['service=~"a|b"', "severity!=critical"], "for": "2h"}
    tool = Tool(tmp_path / "tool", sandbox, {"do": "alertmanager.silence", "with": given})
    ended = tool.call("run")
    assert ended.status == 0, ended.said
    wanted = [
        {"name": "service", "value": "a|b", "isRegex": True, "isEqual": True},
        {"name": "severity", "value": "critical", "isRegex": False, "isEqual": False},
    ]
    assert [sorted(one, key=lambda matcher: matcher["name"]) for one in active()] == [wanted]
    ended = tool.call("rollback", "--all", "--yes")
    assert ended.status == 0, ended.said
    assert active() == []


@needs_products
def test_aSilenceSurvivesWhatBefallsItsAnswer(sandbox: Running, alertmanager: str, tmp_path: Path) -> None:
    def active(name: str) -> int:
        silences = get(f"{alertmanager}/api/v2/silences")
        mine = [one for one in silences if one["status"]["state"] == "active" and one["matchers"][0]["value"] == name]
        return len(mine)

    relay = Relay(alertmanager)
    try:
        for name, expected, made in (("lost", 0, 1), ("throttled", 0, 1), ("refused", PAUSED, 0)):
            if name == "lost":
                relay.lose("POST /api/v2/silences")
            else:
                relay.refuse("POST /api/v2/silences", 429 if name == "throttled" else 403, 1 if made else 9, "no")
            given = {"url": relay.url, "matchers": [f'service="{name}"'], "for": "2h"}
            tool = Tool(tmp_path / name, sandbox, {"do": "alertmanager.silence", "with": given})
            ended = tool.call("run")
            assert (ended.status, active(name)) == (expected, made), ended.said
            assert tool.call("run").status == expected and active(name) == made
            for trouble in relay.troubles:
                trouble.times = 0
    finally:
        relay.stop()
