"""Mimir: OTLP metrics and remote write in, PromQL instant and range queries of plain selectors out, ring and flush.

Modelled after "HTTP API" of Grafana Mimir's documentation, 2.x. Not modelled: PromQL beyond selectors and the few
functions of `promql.py`.
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.http_server import HttpError, Request, Response
from sandbox.standins import otlp, promql, remote_write
from sandbox.standins.service import Service, Settings, Side, not_found
from sandbox.standins.storage import Signal, SignalStore, labels_of, now_nanoseconds


class Mimir(Service):
    """One Mimir process in monolithic mode."""

    component = "mimir"

    def __init__(self, side: Side, address: str, settings: Settings, store: SignalStore) -> None:
        super().__init__(side, address, settings, store)
        store.ignore_younger = seconds(settings.environment.get("QUERY_STORE_AFTER", "0s"))

    def handle(self, request: Request) -> Response:
        path, method = request.path, request.method
        if path == "/ready":
            return self.ready_answer()
        if path in ("/ingester/ring", "/ring", "/distributor/ring", "/compactor/ring", "/store-gateway/ring"):
            return self.ring(request, "Mimir ring")
        if path == "/memberlist":
            return self.ring(request, "Memberlist")
        if path == "/ingester/flush":
            return self.flush_answer()
        if path == "/config":
            return self.config_answer(
                limits={"compactor_blocks_retention_period": self.setting("RETENTION", "0s")},
                blocks_storage={"backend": "s3", "storage_prefix": self.setting("STORAGE_PREFIX", "mimir")},
            )
        if path == "/metrics":
            # The stand-in cuts no blocks of its own: what is in memory is all that is not in storage.
            pushed = 'cortex_request_duration_seconds_count{method="POST",route="otlp_v1_metrics",status_code="200"}'
            return self.metrics_answer(
                {pushed: self.store.received, "cortex_ingester_shipper_uploads_total": self.store.uploads},
                cortex_ingester_memory_series=self.store.unflushed,
                cortex_ingester_oldest_unshipped_block_timestamp_seconds=0,
            )
        if path == "/ingester/prepare-shutdown" and method in ("GET", "POST"):
            return Response(204)
        if path in ("/api/v1/status/buildinfo", "/prometheus/api/v1/status/buildinfo"):
            data = {"application": "Grafana Mimir", "version": self.settings.version, "features": {}}
            return Response.of_json({"status": "success", "data": data})
        tenant = self._tenant(request)
        if path == "/otlp/v1/metrics" and method == "POST":
            return self._ingest(request, tenant)
        if path == "/api/v1/push" and method == "POST":
            self.store.add(remote_write.signals(request, tenant))
            return Response(200)
        if path == "/api/v1/user_stats":
            return Response.of_json({"numSeries": len({signal.labels for signal in self.store.signals(tenant)})})
        if path.startswith("/prometheus/api/v1/"):
            return self._query(path.removeprefix("/prometheus/api/v1/"), request, tenant)
        return not_found()

    def _tenant(self, request: Request) -> str:
        tenant = request.headers.get("x-scope-orgid")
        if tenant:
            return tenant
        if self.settings.environment.get("MULTITENANCY_ENABLED", "false").lower() == "true":
            raise HttpError(401, "no org id")
        return "anonymous"

    def _ingest(self, request: Request, tenant: str) -> Response:
        signals = []
        for resource in otlp.document(request).get("resourceMetrics", []):
            base = otlp.attributes(resource.get("resource", {}).get("attributes"))
            for scope in resource.get("scopeMetrics", []):
                for metric in scope.get("metrics", []):
                    signals += _points(tenant, base, metric)
        self.store.add(signals)
        return Response.of_json({})

    def _query(self, operation: str, request: Request, tenant: str) -> Response:
        arguments = dict(request.query)
        if request.method == "POST":
            from urllib.parse import parse_qs

            arguments.update(parse_qs(request.body.decode(), keep_blank_values=True))
        try:
            return promql.answer(operation, arguments, self.store.signals(tenant))
        except promql.QueryError as error:
            return Response.of_json({"status": "error", "errorType": "bad_data", "error": str(error)}, 400)


def seconds(text: str) -> float:
    """A duration as Mimir's settings write it. Throws: `ValueError`."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)?", text)
    if found is None:
        raise ValueError(f"not a duration: {text!r}")
    return float(found[1]) * promql.UNITS[found[2] or "s"]


def _points(tenant: str, base: dict[str, str], metric: dict[str, Any]) -> list[Signal]:
    """The samples of one OTLP metric; `service.name` becomes `job`, dots become underscores, as Mimir does it."""
    found = []
    for kind in ("gauge", "sum"):
        for point in metric.get(kind, {}).get("dataPoints", []):
            labels = {"__name__": metric["name"].replace(".", "_")}
            if "service.name" in base:
                labels["job"] = base["service.name"]
            if "service.instance.id" in base:
                labels["instance"] = base["service.instance.id"]
            labels |= {name.replace(".", "_"): text for name, text in otlp.attributes(point.get("attributes")).items()}
            value = float(point.get("asDouble", point.get("asInt", 0)))
            time = int(point.get("timeUnixNano") or now_nanoseconds())
            found.append(Signal(tenant, time, labels_of(labels), value))
    return found
