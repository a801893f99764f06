"""OTLP in its JSON form, as far as the stand-ins read it. After OTLP 1.x, "JSON Protobuf Encoding"."""

from __future__ import annotations

from typing import Any

from sandbox.http_server import HttpError, Request


def document(request: Request) -> dict[str, Any]:
    """The JSON body. Throws: `HttpError` 415 for protobuf, which no stand-in reads, and 400 for what is no object."""
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if kind != "application/json":
        raise HttpError(415, f"unsupported content type {kind or '(none)'}: the stand-in takes application/json")
    value = request.json()
    if not isinstance(value, dict):
        raise HttpError(400, "the body is not a JSON object")
    return value


def attributes(items: list[dict[str, Any]] | None) -> dict[str, str]:
    """Key-value pairs as text by text."""
    return {item["key"]: scalar(item.get("value", {})) for item in items or []}


def scalar(value: dict[str, Any]) -> str:
    """An AnyValue as text."""
    for name in ("stringValue", "intValue", "doubleValue", "boolValue"):
        if name in value:
            found = value[name]
            return str(found).lower() if isinstance(found, bool) else str(found)
    return ""
