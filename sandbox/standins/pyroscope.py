"""Pyroscope: folded profiles in by `/ingest`, flame graphs out by `/pyroscope/render`.

Modelled after "Server HTTP API" of Grafana Pyroscope's documentation, 1.x.
"""

from __future__ import annotations

import re
import time

from sandbox.http_server import HttpError, Request, Response
from sandbox.standins import promql
from sandbox.standins.service import Service, not_found
from sandbox.standins.storage import Signal, labels_of

NAME = re.compile(r"^([\w.\-/]+)(?:\{(.*)\})?$")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Pyroscope(Service):
    """One Pyroscope process."""

    component = "pyroscope"

    def handle(self, request: Request) -> Response:
        path = request.path
        if path == "/ready":
            return self.ready_answer()
        if path in ("/ring", "/ingester/ring", "/memberlist"):
            return self.ring(request, "Pyroscope ring")
        if path in ("/flush", "/ingester/flush"):
            return self.flush_answer()
        if path == "/config":
            return self.config_answer(
                limits={"compactor_blocks_retention_period": self.setting("RETENTION", "0s")},
                storage={"backend": "s3", "prefix": self.setting("STORAGE_PREFIX", "pyroscope")},
            )
        if path == "/metrics":
            received = 'pyroscope_distributor_received_compressed_bytes_count{tenant="anonymous",type="cpu"}'
            uploaded = 'pyroscope_objstore_bucket_operations_total{bucket="",operation="upload"}'
            return self.metrics_answer({received: self.store.received, uploaded: self.store.uploads})
        tenant = request.headers.get("x-scope-orgid", "anonymous")
        if path == "/ingest" and request.method == "POST":
            return self._ingest(request, tenant)
        if path in ("/pyroscope/render", "/render"):
            return self._render(request, tenant)
        if path in ("/pyroscope/label-values", "/querier.v1.QuerierService/LabelValues"):
            apps = {dict(signal.labels)["service_name"] for signal in self.store.signals(tenant)}
            return Response.of_json(sorted(apps))
        return not_found()

    def _ingest(self, request: Request, tenant: str) -> Response:
        name = NAME.match(request.argument("name"))
        if name is None:
            raise HttpError(400, "invalid application name")
        if request.argument("format", "folded") not in ("folded", ""):
            raise HttpError(415, f"the stand-in reads the folded format only, not {request.argument('format')!r}")
        labels = {"service_name": name[1].rsplit(".", 1)[0] if name[1].endswith(".cpu") else name[1]}
        for pair in filter(None, (name[2] or "").split(",")):
            key, _, value = pair.partition("=")
            labels[key.strip()] = value.strip().strip('"')
        until = _seconds(request.argument("until"), time.time())
        stacks: dict[str, int] = {}
        for line in request.body.decode().splitlines():
            stack, _, count = line.strip().rpartition(" ")
            if not stack or not count.isdigit():
                raise HttpError(400, f"not a folded stack: {line!r}")
            stacks[stack] = stacks.get(stack, 0) + int(count)
        self.store.add([Signal(tenant, int(until * 1e9), labels_of(labels), stacks)])
        return Response(200)

    def _render(self, request: Request, tenant: str) -> Response:
        query = re.match(r"^([\w.:\-/]*?)(?:\{(.*)\})?$", request.argument("query"))
        if query is None:
            raise HttpError(400, "invalid query")
        wanted = _matchers(query[2] or "")
        if query[1] and ":" not in query[1]:
            wanted.append(("service_name", "=", query[1].removesuffix(".cpu")))
        start = _seconds(request.argument("from"), time.time() - 3600)
        end = _seconds(request.argument("until"), time.time())
        total: dict[str, int] = {}
        for signal in self.store.signals(tenant):
            if start <= signal.time / 1e9 <= end + 1 and promql.matches(dict(signal.labels), wanted):
                for stack, count in signal.value.items():
                    total[stack] = total.get(stack, 0) + count
        return Response.of_json(flamebearer(total))


def flamebearer(stacks: dict[str, int]) -> dict[str, object]:
    """The flame graph of folded stacks: levels of (offset, total, self, name) runs."""
    names = ["total"]
    whole = sum(stacks.values())
    levels: list[list[int]] = [[0, whole, 0, 0]]
    rows = [(stack.split(";"), count) for stack, count in sorted(stacks.items())]
    depth = 0
    while any(len(frames) > depth for frames, _ in rows):
        level, position, last = [], 0, 0
        groups: list[tuple[int, list[str], int, int]] = []
        for frames, count in rows:
            if len(frames) > depth:
                prefix, own = frames[: depth + 1], count if len(frames) == depth + 1 else 0
                if groups and groups[-1][1] == prefix:
                    begin, _, size, mine = groups[-1]
                    groups[-1] = (begin, prefix, size + count, mine + own)
                else:
                    groups.append((position, prefix, count, own))
            position += count
        for begin, prefix, size, own in groups:
            if prefix[-1] not in names:
                names.append(prefix[-1])
            level += [begin - last, size, own, names.index(prefix[-1])]
            last = begin + size
        levels.append(level)
        depth += 1
    return {
        "version": 1,
        "flamebearer": {
            "names": names,
            "levels": levels,
            "numTicks": whole,
            "maxSelf": max(stacks.values(), default=0),
        },
        "metadata": {"format": "single", "spyName": "", "sampleRate": 100, "units": "samples", "name": "cpu"},
        "timeline": None,
    }


def _matchers(text: str) -> list[tuple[str, str, str]]:
    try:
        return promql.matchers(text)
    except promql.QueryError as error:
        raise HttpError(400, str(error)) from error


def _seconds(text: str, default: float) -> float:
    if not text or text == "now":
        return time.time() if text else default
    relative = re.fullmatch(r"now-(\d+)([smhd])", text)
    if relative:
        return time.time() - int(relative[1]) * UNITS[relative[2]]
    try:
        value = float(text)
    except ValueError as error:
        raise HttpError(400, f"not a time: {text!r}") from error
    # Milliseconds and nanoseconds are told from seconds by their size, as the server does it.
    return value / 1e9 if value > 1e17 else value / 1e3 if value > 1e11 else value
