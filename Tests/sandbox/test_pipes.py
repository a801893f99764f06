"""What the kinds write and read, through real programs: Prometheus' remote write, and an OTLP collector.

The sandbox's Mimir takes remote write too: what a real Prometheus compresses and sends comes out of it again.

The programs: `apt install prometheus`, and `rotel` from sandbox/requirements-test.txt. Without them these tests say so.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from catalogue.tool import Tool, binary
from conftest import Running, until
from test_products import FAILED, PAUSED, answers, asked, free_port, get, stopped

needs_prometheus = pytest.mark.skipif(
    binary() is None or not shutil.which("prometheus"), reason="there is no current build of migrate, or no prometheus"
)
needs_collector = pytest.mark.skipif(
    binary() is None or importlib.util.find_spec("rotel") is None,
    reason="there is no current build of migrate, or rotel is not installed",
)

SENDER = """\
global: {scrape_interval: 1s}
scrape_configs:
  - job_name: self
    static_configs: [{targets: ["127.0.0.1:%d"]}]
remote_write:
  - url: http://127.0.0.1:%d/api/v1/write
    queue_config: {batch_send_deadline: 500ms}
    write_relabel_configs:
      - {source_labels: [__name__], regex: go_goroutines, action: drop}
  - url: http://%s:8080/api/v1/push
    queue_config: {batch_send_deadline: 500ms}
    write_relabel_configs:
      - {source_labels: [__name__], regex: "prometheus_(build_info|http_requests_total)|process_start_time_seconds", action: keep}
"""


def server(folder: Path, port: int, configuration: str, *options: str) -> subprocess.Popen[bytes]:
    folder.mkdir(parents=True)
    (folder / "prometheus.yaml").write_text(configuration)
    return subprocess.Popen(
        ["prometheus", f"--config.file={folder}/prometheus.yaml", f"--storage.tsdb.path={folder}/data",
         f"--web.listen-address=127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="module")
def sides(sandbox: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A Prometheus that writes what it has to another one, as an agent does that writes to both sides.

    Some of it it writes to the sandbox's old Mimir, too: not its `up`, of which that one has its own.
    """
    folder, old, new = tmp_path_factory.mktemp("sides"), free_port(), free_port()
    processes = [server(folder / "new", new, "{}\n", "--web.enable-remote-write-receiver")]
    until(lambda: answers(f"http://127.0.0.1:{new}/-/ready"), seconds=30)
    processes.append(server(folder / "old", old, SENDER % (old, new, sandbox.variables["old_backend_address"])))
    try:
        until(lambda: answers(f"http://127.0.0.1:{old}/-/ready"), seconds=30)
        until(lambda: get(f"http://127.0.0.1:{new}/api/v1/query?query=up")["data"]["result"], seconds=60)
        yield f"http://127.0.0.1:{old}", f"http://127.0.0.1:{new}"
    finally:
        # The one that sends first: it would wait for the other to take what is left.
        for process in reversed(processes):
            stopped(process)


@needs_prometheus
def test_what_is_written_remotely_is_read_on_the_other_side(
    sandbox: Running, sides: tuple[str, str], tmp_path: Path
) -> None:
    given = {"url": sides[1], "query": 'up{job="self"}', "expect": ".value == 1"}
    assert asked(tmp_path / "tool", sandbox, "prometheus.query", given) == 0


@needs_prometheus
@pytest.mark.parametrize(
    "query",
    ["process_start_time_seconds", "prometheus_build_info", 'prometheus_http_requests_total{handler="/-/ready"}'],
)
def test_what_a_real_prometheus_writes_comes_out_of_the_stand_in_as_it_was(
    sandbox: Running, sides: tuple[str, str], query: str
) -> None:
    def found(address: str) -> list[tuple[dict[str, str], str]]:
        answer = get(f"{address}/api/v1/query?{urlencode({'query': query})}")["data"]["result"]
        return [(one["metric"], one["value"][1]) for one in answer]

    stand_in = f"http://{sandbox.variables['old_backend_address']}:8080/prometheus"
    until(lambda: found(sides[0]) and found(stand_in) == found(sides[0]), seconds=30)


def field(number: int, content: bytes) -> bytes:
    """A field of a protobuf message, which has fewer than 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content


def block(content: bytes) -> bytes:
    """A Snappy block of one literal, which has at most 60 bytes."""
    return bytes([len(content), len(content) - 1 << 2]) + content


def one_sample(label: bytes) -> bytes:
    """A series with one label and the sample 1."""
    return field(1, field(1, field(1, label) + field(2, b"up")) + field(2, b"\x09" + struct.pack("<d", 1)))


SAMPLE = one_sample(b"__name__")


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (block(SAMPLE), {}, 200),
        (block(SAMPLE), {"Content-Encoding": "gzip"}, 415),
        (block(SAMPLE), {"Content-Type": "application/json"}, 415),
        (block(one_sample(b"job")), {}, 400),
        (block(SAMPLE[:-1]), {}, 400),
        (block(SAMPLE)[:-1], {}, 400),
        (b"\x04\x01\x01", {}, 400),
    ],
    ids=["as it should be", "another encoding", "another type", "a series without a name", "a message cut off",
         "a block cut off", "a copy of what is not there"],
)  # fmt: skip
def test_the_stand_in_refuses_what_is_no_remote_write(
    sandbox: Running, body: bytes, headers: dict[str, str], status: int
) -> None:
    usual = {"Content-Encoding": "snappy", "Content-Type": "application/x-protobuf"}
    # A tenant of its own: nobody else sees what is taken.
    given = {**usual, "X-Scope-OrgID": "refusals", **headers}
    url = f"http://{sandbox.variables['old_backend_address']}:8080/api/v1/push"
    try:
        found = urlopen(Request(url, body, given), timeout=10).status
    except HTTPError as error:
        found = error.code
    assert found == status


@pytest.mark.skipif(binary() is None, reason="there is no current build of migrate")
def test_the_stand_in_takes_a_round_trip_by_remote_write(sandbox: Running, tmp_path: Path) -> None:
    given = {"url": f"http://{sandbox.variables['old_backend_address']}:8080", "remote_write": "/api/v1/push"}
    assert asked(tmp_path / "tool", sandbox, "mimir.roundtrip", given) == 0


@needs_prometheus
@pytest.mark.parametrize("side", [0, 1], ids=["a server that takes no writes", "one that does"])
def test_a_round_trip_by_remote_write(sandbox: Running, sides: tuple[str, str], tmp_path: Path, side: int) -> None:
    given = {"url": sides[side], "prefix": "", "remote_write": "/api/v1/write"}
    status = asked(tmp_path / "tool", sandbox, "mimir.roundtrip", given)
    assert status == 0 if side else status in (PAUSED, FAILED)


@needs_prometheus
@pytest.mark.parametrize(
    ("query", "agrees"),
    [
        ('up{job="self"}', True),
        ("count(prometheus_build_info)", True),
        # The one metric that is not written to the other side.
        ("count(go_goroutines)", False),
    ],
)
def test_sides_agree_about_what_was_written_to_both(
    sandbox: Running, sides: tuple[str, str], tmp_path: Path, query: str, agrees: bool
) -> None:
    given = {"old": sides[0], "new": sides[1], "queries": [query]}
    tries = itertools.count()

    def status() -> int:
        return asked(tmp_path / f"tool-{next(tries)}", sandbox, "query.parity", given)

    if agrees:
        # The newest samples are on their way for a while.
        until(lambda: status() == 0, seconds=60)
    else:
        assert status() in (PAUSED, FAILED)


class Collector:
    """A real OTLP collector that logs what it takes and passes nothing on."""

    def __init__(self, folder: Path) -> None:
        spec = importlib.util.find_spec("rotel")
        assert spec is not None and spec.origin is not None
        port, other = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "collector.log"
        self._output = self.log.open("wb")
        self.process = subprocess.Popen(
            [str(Path(spec.origin).with_name("rotel-agent")), "start", "--otlp-http-endpoint", f"127.0.0.1:{port}",
             "--otlp-grpc-endpoint", f"127.0.0.1:{other}", "--exporter", "blackhole",
             "--otlp-receiver-metrics-http-path", "/otlp/v1/metrics",
             "--debug-log", "traces", "--debug-log", "metrics", "--debug-log-verbosity", "detailed"],
            stdout=self._output, stderr=subprocess.STDOUT, env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        )  # fmt: skip

    def stop(self) -> None:
        stopped(self.process)
        self._output.close()


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collector]:
    import socket

    made = Collector(tmp_path_factory.mktemp("collector"))

    def listens() -> bool:
        host, port = made.url.removeprefix("http://").split(":")
        with socket.socket() as probe:
            return probe.connect_ex((host, int(port))) == 0

    try:
        until(listens, seconds=30)
        yield made
    finally:
        made.stop()


@needs_collector
@pytest.mark.parametrize(
    ("kind", "port", "taken"),
    [
        ("tempo.roundtrip", 3200, r"ResourceSpans.*Name +: migrate-[0-9a-f]{16}"),
        ("mimir.roundtrip", 8080, r"ResourceMetrics.*DataType: Gauge.*migrate-[0-9a-f]{16}"),
    ],
)
def test_a_real_collector_understands_what_a_round_trip_writes(
    sandbox: Running, collector: Collector, tmp_path: Path, kind: str, port: int, taken: str
) -> None:
    given = {"url": f"http://{sandbox.variables['old_backend_address']}:{port}", "write_url": collector.url}
    # It keeps nothing, so nothing comes back: the probe must not take an accepted write for a round trip.
    step = {"probe": kind, "with": {**given, "timeout": "2s"}, "retry": {"attempts": 1}}
    ended = Tool(tmp_path / "tool", sandbox, step).call("run")
    assert ended.status in (PAUSED, FAILED), ended.said
    until(lambda: re.search(taken, collector.log.read_text(), re.S), seconds=20)
