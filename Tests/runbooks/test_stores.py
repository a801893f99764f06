"""stores.sh of the lgtm runbook: what it compares and counts, against pages as the products write them."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml
from conftest import LGTM

SCRIPT = LGTM / "stores.sh"
STORED = {
    one["name"]: one
    for one in yaml.safe_load((LGTM / "runbook.yaml").read_text())["variables"]["stored"]["default"]
}  # fmt: skip
LOKI = """\
schema_config:
  configs:
  - from: "2024-04-01"
    store: tsdb
    object_store: s3
    schema: v13
    index:
      path_prefix: ""
      prefix: loki_index_
      period: 1d
limits_config:
  ingestion_rate_mb: 4
  retention_period: 31d
table_manager:
  retention_period: 0s
"""
MIMIR = """\
# HELP cortex_request_duration_seconds Time
# TYPE cortex_request_duration_seconds histogram
cortex_request_duration_seconds_count{method="GET",route="ready",status_code="200",ws="false"} 400
cortex_request_duration_seconds_count{method="POST",route="api_v1_push",status_code="200",ws="false"} %d
cortex_ingester_shipper_uploads_total 0
"""


class Pages(ThreadingHTTPServer):
    """Answers each path with the next of its pages, the last one again and again."""

    def __init__(self) -> None:
        self.pages: dict[str, list[str]] = {}
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                left = pages.get(self.path, [])
                self.send_response(200 if left else 404)
                self.end_headers()
                self.wfile.write((left.pop(0) if len(left) > 1 else left[0] if left else "").encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    def url(self, path: str, *pages: str) -> str:
        self.pages[path] = list(pages)
        return f"http://127.0.0.1:{self.server_port}{path}"


@pytest.fixture
def pages() -> Iterator[Pages]:
    server = Pages()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def said(*words: str, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        ["sh", SCRIPT, *words], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("old", "new", "status", "words"),
    [
        ("", "", 0, "limits_config.retention_period:31d"),
        ("period: 31d", "period: 30d", 1, "retention_period:31d | new side: limits_config.retention_period:30d"),
        ("2024-04-01", "2025-01-01", 1, "from:2025-01-01"),
        ("loki_index_", "index_", 1, "prefix:index_"),
        # What neither retention nor schema is may differ, and so may quotation marks.
        ("ingestion_rate_mb: 4", "ingestion_rate_mb: 64", 0, "same"),
        ('"2024-04-01"', "2024-04-01", 0, "same"),
        ("period: 0s", "period: 5s", 0, "same"),
    ],
)
def test_what_both_sides_must_agree_about(
    pages: Pages, old: str, new: str, status: int, words: str
) -> None:
    urls = pages.url("/old", LOKI), pages.url("/new", LOKI.replace(old, new))
    found = said("same", *urls, STORED["loki"]["agree"])
    assert found[0] == status and words in found[1], found[1]


def test_a_configuration_without_what_is_compared_is_no_agreement(pages: Pages) -> None:
    urls = pages.url("/old", "other: {}\n"), pages.url("/new", "other: {}\n")
    assert said("same", *urls, STORED["loki"]["agree"])[0] == 2
    assert said("same", urls[0] + "/nowhere", urls[1], STORED["loki"]["agree"])[0] == 2


@pytest.mark.parametrize(
    ("counts", "received", "status"),
    [
        ((7, 7), STORED["mimir"]["received"], 0),
        ((7, 8), STORED["mimir"]["received"], 1),
        ((7, 7), "cortex_misspelt_total", 2),
    ],
)
def test_a_side_is_left_when_its_counters_stand_still(
    pages: Pages, counts: tuple[int, int], received: str, status: int
) -> None:
    url = pages.url("/metrics", *(MIMIR % count for count in counts))
    assert said("unwritten", "0", url, received)[0] == status


def test_a_side_is_asked_under_the_name_that_dns_gives_to_the_other(pages: Pages) -> None:
    pages.url("/metrics", MIMIR % 7)
    words = ("unwritten", "0", "http://grafana.invalid/metrics", STORED["mimir"]["received"])
    side = f"127.0.0.1:{pages.server_port}"
    assert said(*words, CONNECT_TO=side, CA_FILE="file:null")[0] == 0
    assert said(*words)[0] == 2


@pytest.mark.parametrize(("store", "line", "status"), [
    ("mimir", "cortex_ingester_shipper_uploads_total 0", 1),
    ("mimir", "cortex_ingester_shipper_uploads_total 3", 0),
    ("loki", 'loki_ingester_chunks_flushed_total{reason="forced"} 2', 0),
    ("tempo", "tempo_ingester_blocks_flushed_total 1", 0),
    ("pyroscope", 'pyroscope_objstore_bucket_operations_total{bucket="b",operation="upload"} 1', 0),
    ("pyroscope", 'pyroscope_objstore_bucket_operations_total{bucket="b",operation="get"} 1', 1),
])  # fmt: skip
def test_one_task_that_has_written_is_enough_and_none_is_not(pages: Pages, store: str, line: str, status: int) -> None:
    pages.url("/metrics", line + "\n")
    address = ("127.0.0.1 127.0.0.1", f":{pages.server_port}/metrics")
    assert said("uploaded", STORED[store]["uploads"], address[1], address[0])[0] == status
