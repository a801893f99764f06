"""Loki: push, `query_range` and `query` of stream selectors with line filters, labels, ring and flush.

Modelled after "Loki HTTP API" of Grafana Loki's documentation, 3.x. Not modelled: metric queries,
protobuf.
"""

from __future__ import annotations

import json
import re
import time

from sandbox.http_server import HttpError, Request, Response
from sandbox.standins import promql
from sandbox.standins.service import Service, not_found
from sandbox.standins.storage import Signal, labels_of

FILTER = re.compile(r'\s*(\|=|!=|\|~|!~)\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)')
SELECTOR = re.compile(r'^\s*\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}')


class Loki(Service):
    """One Loki process."""

    component = "loki"

    def handle(self, request: Request) -> Response:
        path, method = request.path, request.method
        if path == "/ready":
            return self.ready_answer()
        if path in ("/ring", "/memberlist", "/distributor/ring", "/compactor/ring"):
            return self.ring(request, "Loki ring")
        if path in ("/flush", "/ingester/flush") and method == "POST":
            return self.flush_answer()
        if path == "/config":
            return self.config_answer(
                schema_config={"configs": json.loads(self.setting("LOKI_SCHEMA", "[]"))},
                limits_config={"retention_period": self.setting("RETENTION", "0s")},
            )
        if path == "/metrics":
            received = 'loki_distributor_lines_received_total{tenant="fake"}'
            flushed = 'loki_ingester_chunks_flushed_total{reason="forced"}'
            counters: dict[str, float] = {received: self.store.received, flushed: self.store.uploads}
            return self.metrics_answer(counters, loki_ingester_memory_chunks=self.store.unflushed)
        if path == "/ingester/shutdown" and method in ("GET", "POST"):
            return self.flush_answer()
        if path == "/loki/api/v1/status/buildinfo":
            return Response.of_json({"version": self.settings.version, "goVersion": "", "branch": "HEAD"})
        tenant = self._tenant(request)
        if path == "/loki/api/v1/push" and method == "POST":
            return self._push(request, tenant)
        if path in ("/loki/api/v1/query_range", "/loki/api/v1/query"):
            return self._query(request, tenant)
        if path in ("/loki/api/v1/labels", "/loki/api/v1/label"):
            names = {name for signal in self.store.signals(tenant) for name, _ in signal.labels}
            return Response.of_json({"status": "success", "data": sorted(names)})
        label = re.fullmatch(r"/loki/api/v1/label/(\w+)/values", path)
        if label:
            values = {dict(signal.labels).get(label[1]) for signal in self.store.signals(tenant)}
            return Response.of_json({"status": "success", "data": sorted(filter(None, values))})
        return not_found()

    def _tenant(self, request: Request) -> str:
        tenant = request.headers.get("x-scope-orgid")
        if tenant:
            return tenant
        if self.settings.environment.get("AUTH_ENABLED", "false").lower() == "true":
            raise HttpError(401, "no org id")
        return "fake"

    def _push(self, request: Request, tenant: str) -> Response:
        kind = request.headers.get("content-type", "").split(";")[0].strip()
        if kind != "application/json":
            raise HttpError(415, f"unsupported content type {kind or '(none)'}: the stand-in takes application/json")
        document = request.json()
        streams = document.get("streams") if isinstance(document, dict) else None
        if not streams:
            raise HttpError(422, "error at least one label pair is required per stream")
        signals = []
        for stream in streams:
            if not stream.get("stream"):
                raise HttpError(400, "error at least one label pair is required per stream")
            for value in stream.get("values", []):
                signals.append(Signal(tenant, int(value[0]), labels_of(stream["stream"]), value[1]))
        self.store.add(signals)
        return Response(204)

    def _query(self, request: Request, tenant: str) -> Response:
        text = request.argument("query")
        selector = SELECTOR.match(text)
        if selector is None:
            return Response.of_text(
                "parse error : syntax error: unexpected end of input, or a query that the stand-in does not evaluate\n",
                400,
            )
        try:
            wanted = promql.matchers(selector[1])
        except promql.QueryError as error:
            return Response.of_text(f"{error}\n", 400)
        keep = _line_filters(text[selector.end() :])
        end = _nanoseconds(request.argument("end"), time.time_ns() + 1)
        start = _nanoseconds(request.argument("start"), end - 3600 * 10**9)
        limit = int(request.argument("limit", "100"))
        backward = request.argument("direction", "backward") != "forward"
        chosen = [
            signal
            for signal in self.store.signals(tenant)
            if start <= signal.time < end and promql.matches(dict(signal.labels), wanted) and keep(str(signal.value))
        ]
        chosen = (chosen[::-1] if backward else chosen)[:limit]
        streams: dict[tuple[tuple[str, str], ...], list[list[str]]] = {}
        for signal in chosen:
            streams.setdefault(signal.labels, []).append([str(signal.time), str(signal.value)])
        result = [{"stream": dict(labels), "values": values} for labels, values in streams.items()]
        return Response.of_json({"status": "success", "data": {"resultType": "streams", "result": result, "stats": {}}})


def _line_filters(text: str):  # type: ignore[no-untyped-def]
    filters, position = [], 0
    while position < len(text.rstrip()):
        found = FILTER.match(text, position)
        if found is None:
            raise HttpError(400, f"the stand-in does not evaluate this part of the query: {text[position:]}")
        quoted = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else found[3]
        filters.append((found[1], quoted))
        position = found.end()

    def keep(line: str) -> bool:
        for operator, wanted in filters:
            hit = re.search(wanted, line) is not None if "~" in operator else wanted in line
            if hit == operator.startswith("!"):
                return False
        return True

    return keep


def _nanoseconds(text: str, default: int) -> int:
    if not text:
        return default
    if re.fullmatch(r"\d{16,}", text):
        return int(text)
    try:
        return int(float(text) * 10**9)
    except ValueError:
        from datetime import datetime

        try:
            return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 10**9)
        except ValueError as error:
            raise HttpError(400, f"could not parse {text!r} as a time") from error
