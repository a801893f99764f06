"""Tempo: OTLP traces in on its own port, traces by id out. Modelled after "Tempo HTTP API", 2.x."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from sandbox.http_server import HttpError, Request, Response
from sandbox.network import COMPONENT_PORTS, OTLP_HTTP_PORT
from sandbox.standins import otlp
from sandbox.standins.service import Service, not_found
from sandbox.standins.storage import Signal, labels_of, now_nanoseconds


class Tempo(Service):
    """One Tempo process."""

    component = "tempo"

    def ports(self) -> dict[int, Callable[[Request], Response]]:
        return {COMPONENT_PORTS["tempo"]: self.handle, OTLP_HTTP_PORT: self._receive}

    def handle(self, request: Request) -> Response:
        path = request.path
        if path == "/ready":
            return self.ready_answer()
        if path in ("/ingester/ring", "/distributor/ring", "/compactor/ring", "/memberlist"):
            return self.ring(request, "Tempo ring")
        if path == "/flush":
            return self.flush_answer()
        if path == "/status/config":
            return self.config_answer(
                compactor={"compaction": {"block_retention": self.setting("RETENTION", "336h0m0s")}},
                storage={"trace": {"backend": "s3", "s3": {"prefix": self.setting("STORAGE_PREFIX", "tempo")}}},
            )
        if path == "/metrics":
            received = 'tempo_distributor_spans_received_total{tenant="single-tenant"}'
            counters = {received: self.store.received, "tempo_ingester_blocks_flushed_total": self.store.uploads}
            return self.metrics_answer(counters, tempo_ingester_live_traces=self.store.unflushed)
        if path == "/api/echo":
            return Response.of_text("echo")
        if path == "/status/buildinfo" or path == "/api/status/buildinfo":
            return Response.of_json({"version": self.settings.version})
        trace = re.fullmatch(r"/api/(v2/)?traces/([0-9a-fA-F]{1,32})", path)
        if trace:
            return self._trace(trace[2].lower().zfill(32), bool(trace[1]), self._tenant(request))
        if path == "/api/search":
            return self._search(request)
        return not_found()

    def _tenant(self, request: Request) -> str:
        tenant = request.headers.get("x-scope-orgid")
        if tenant:
            return tenant
        if self.settings.environment.get("MULTITENANCY_ENABLED", "false").lower() == "true":
            raise HttpError(401, "no org id")
        return "single-tenant"

    def _receive(self, request: Request) -> Response:
        if request.path != "/v1/traces" or request.method != "POST":
            return not_found()
        tenant = self._tenant(request)
        signals = []
        for resource in otlp.document(request).get("resourceSpans", []):
            name = otlp.attributes(resource.get("resource", {}).get("attributes")).get("service.name", "")
            for identifier in _trace_ids(resource):
                signals.append(
                    Signal(
                        tenant,
                        now_nanoseconds(),
                        labels_of({"trace": identifier, "service": name}),
                        json.dumps(_of_trace(resource, identifier)),
                    )
                )
        self.store.add(signals)
        return Response.of_json({"partialSuccess": {}})

    def _trace(self, identifier: str, second_version: bool, tenant: str) -> Response:
        found = [
            json.loads(signal.value)
            for signal in self.store.signals(tenant)
            if dict(signal.labels).get("trace") == identifier
        ]
        if not found:
            return Response.of_text("trace not found\n", 404)
        return Response.of_json({"trace": {"resourceSpans": found}} if second_version else {"batches": found})

    def _search(self, request: Request) -> Response:
        traces = {}
        for signal in self.store.signals(self._tenant(request)):
            labels = dict(signal.labels)
            traces[labels["trace"]] = {
                "traceID": labels["trace"].lstrip("0"),
                "rootServiceName": labels["service"],
                "startTimeUnixNano": str(signal.time),
            }
        return Response.of_json({"traces": list(traces.values())[-20:], "metrics": {}})


def _trace_ids(resource: dict[str, Any]) -> list[str]:
    spans = [span for scope in resource.get("scopeSpans", []) for span in scope.get("spans", [])]
    return sorted({_hex(span.get("traceId", "")) for span in spans})


def _of_trace(resource: dict[str, Any], identifier: str) -> dict[str, Any]:
    scopes = []
    for scope in resource.get("scopeSpans", []):
        spans = [span for span in scope.get("spans", []) if _hex(span.get("traceId", "")) == identifier]
        if spans:
            scopes.append({**scope, "spans": spans})
    return {**resource, "scopeSpans": scopes}


def _hex(text: str) -> str:
    """A trace id in lower-case hexadecimal: OTLP's JSON form says hex; older senders write base64."""
    if re.fullmatch(r"[0-9a-fA-F]{32}", text):
        return text.lower()
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise HttpError(400, f"not a trace id: {text!r}") from error
    if len(raw) != 16:
        raise HttpError(400, f"not a trace id: {text!r}")
    return raw.hex()
