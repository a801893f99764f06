"""PromQL for the stand-in: selectors with matchers, a few aggregations and `count_over_time`. The rest is refused.

Modelled after Prometheus' HTTP API page ("Expression queries") and its querying basics.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from typing import Any

from sandbox.http_server import Response
from sandbox.standins.storage import Signal

LOOKBACK_SECONDS = 300.0
"""How old a sample may be for an instant query: Prometheus' default `query.lookback-delta`."""

MATCHER = re.compile(r'\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)')
SELECTOR = re.compile(r"^([a-zA-Z_:][\w:]*)?\s*(?:\{(.*)\})?\s*(?:\[(\d+)(ms|s|m|h|d)\])?$", re.S)
CALL = re.compile(r"^(sum|count|max|min|avg|count_over_time|sum_over_time|last_over_time|up)\s*\((.*)\)$", re.S)
OR_CONSTANT = re.compile(r"^(.+)\s+or\s+vector\(\s*(-?\d+(?:\.\d+)?)\s*\)$", re.S)
CONSTANT = re.compile(r"^(-?\d+(?:\.\d+)?)(?:\s*([-+*/])\s*(\d+(?:\.\d+)?))?$")
UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}

Vector = list[tuple[dict[str, str], float]]


class QueryError(Exception):
    """An expression that cannot be answered."""


def answer(operation: str, arguments: dict[str, list[str]], signals: list[Signal]) -> Response:
    """One endpoint of the query API."""
    if operation == "query":
        at = _time(arguments, "time", time.time())
        constant = scalar(_first(arguments, "query"))
        if constant is not None:
            return _success({"resultType": "scalar", "result": [at, _number(constant)]})
        vector = evaluate(_first(arguments, "query"), signals, at)
        result = [{"metric": labels, "value": [at, _number(value)]} for labels, value in vector]
        return _success({"resultType": "vector", "result": result})
    if operation == "query_range":
        return _range(arguments, signals)
    if operation == "labels":
        return _success(sorted({name for signal in signals for name, _ in signal.labels}))
    if operation == "series":
        chosen = {signal.labels for text in arguments.get("match[]", []) for signal in _select(text, signals)}
        return _success([dict(labels) for labels in sorted(chosen)])
    label = re.fullmatch(r"label/(\w+)/values", operation)
    if label:
        return _success(sorted({value for signal in signals for name, value in signal.labels if name == label[1]}))
    if operation == "rules":
        return _success({"groups": []})
    return Response.of_text("404 page not found\n", 404)


def scalar(expression: str) -> float | None:
    """The value of a number, or of two with an operator between them, which is what health checks ask."""
    found = CONSTANT.match(expression.strip())
    if found is None:
        return None
    first, operator, second = float(found[1]), found[2], float(found[3] or 0)
    if operator is None:
        return first
    if operator == "/":
        return first / second if second else math.inf
    return {"+": first + second, "-": first - second, "*": first * second}[operator]


def _range(arguments: dict[str, list[str]], signals: list[Signal]) -> Response:
    start, end = _time(arguments, "start", None), _time(arguments, "end", None)
    step = _duration(_first(arguments, "step"))
    if step <= 0 or end < start or (end - start) / step > 11000:
        raise QueryError("exceeded maximum resolution of 11,000 points per timeseries, or an empty range")
    rows: dict[tuple[tuple[str, str], ...], list[list[Any]]] = {}
    at = start
    while at <= end:
        for labels, value in evaluate(_first(arguments, "query"), signals, at):
            rows.setdefault(tuple(sorted(labels.items())), []).append([at, _number(value)])
        at += step
    result = [{"metric": dict(labels), "values": values} for labels, values in sorted(rows.items())]
    return _success({"resultType": "matrix", "result": result})


def evaluate(expression: str, signals: list[Signal], at: float) -> Vector:
    """The value of an expression at an instant (seconds since 1970). Throws: `QueryError`."""
    text = expression.strip()
    if not text:
        raise QueryError('invalid parameter "query": unknown position: parse error: no expression found in input')
    constant = scalar(text)
    if constant is not None:
        return [({}, constant)]
    alternative = OR_CONSTANT.match(text)
    if alternative is not None:
        return evaluate(alternative[1], signals, at) or [({}, float(alternative[2]))]
    called = CALL.match(text)
    if called is None:
        return _instant(text, signals, at)
    name, inner = called.groups()
    if name.endswith("_over_time"):
        return _over_time(name, inner, signals, at)
    values = [value for _, value in evaluate(inner, signals, at)]
    if not values:
        return []
    reduce: dict[str, Callable[[list[float]], float]] = {
        "sum": sum,
        "count": len,
        "max": max,
        "min": min,
        "avg": lambda given: sum(given) / len(given),
    }
    return [({}, float(reduce[name](values)))]


def _instant(text: str, signals: list[Signal], at: float) -> Vector:
    newest: dict[tuple[tuple[str, str], ...], Signal] = {}
    for signal in _select(text, signals):
        seconds = signal.time / 1e9
        if at - LOOKBACK_SECONDS < seconds <= at + 0.001:
            newest[signal.labels] = signal
    return [(dict(labels), float(signal.value)) for labels, signal in sorted(newest.items())]


def _over_time(name: str, text: str, signals: list[Signal], at: float) -> Vector:
    found = SELECTOR.match(text.strip())
    if found is None or found[3] is None:
        raise QueryError(f'parse error: expected type range vector in call to function "{name}", got instant vector')
    width = int(found[3]) * UNITS[found[4]]
    rows: dict[tuple[tuple[str, str], ...], list[float]] = {}
    for signal in _select(text, signals):
        if at - width < signal.time / 1e9 <= at + 0.001:
            rows.setdefault(signal.labels, []).append(float(signal.value))
    reduce: dict[str, Callable[[list[float]], float]] = {
        "count_over_time": len,
        "sum_over_time": sum,
        "last_over_time": lambda values: values[-1],
    }
    return [
        ({key: value for key, value in labels if key != "__name__"}, float(reduce[name](values)))
        for labels, values in sorted(rows.items())
    ]


def _select(text: str, signals: list[Signal]) -> list[Signal]:
    found = SELECTOR.match(text.strip())
    if found is None or (found[1] is None and found[2] is None):
        raise QueryError(f"the stand-in does not evaluate this expression: {text}")
    wanted = matchers(found[2] or "")
    if found[1]:
        wanted.append(("__name__", "=", found[1]))
    return [signal for signal in signals if matches(dict(signal.labels), wanted)]


def matchers(text: str) -> list[tuple[str, str, str]]:
    """The matchers between the braces of a selector. Throws: `QueryError`."""
    found, position = [], 0
    while position < len(text.rstrip()):
        item = MATCHER.match(text, position)
        if item is None:
            raise QueryError(f"parse error: unexpected input in label matching: {text[position:]!r}")
        found.append((item[1], item[2], re.sub(r"\\(.)", r"\1", item[3])))
        position = item.end()
    return found


def matches(labels: dict[str, str], wanted: list[tuple[str, str, str]]) -> bool:
    """Whether `labels` satisfy every matcher."""
    for name, operator, value in wanted:
        actual = labels.get(name, "")
        hit = re.fullmatch(value, actual) is not None if "~" in operator else actual == value
        if hit == operator.startswith("!"):
            return False
    return True


def _success(data: Any) -> Response:
    return Response.of_json({"status": "success", "data": data})


def _number(value: float) -> str:
    if math.isinf(value) or math.isnan(value):
        return {"inf": "+Inf", "-inf": "-Inf", "nan": "NaN"}[str(value)]
    return str(int(value)) if value == int(value) else repr(value)


def _first(arguments: dict[str, list[str]], name: str) -> str:
    return (arguments.get(name) or [""])[0]


def _time(arguments: dict[str, list[str]], name: str, default: float | None) -> float:
    text = _first(arguments, name)
    if not text:
        if default is None:
            raise QueryError(f'invalid parameter "{name}": cannot parse "" to a valid timestamp')
        return default
    try:
        return float(text)
    except ValueError:
        from datetime import datetime

        try:
            return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
        except ValueError as error:
            message = f'invalid parameter "{name}": cannot parse "{text}" to a valid timestamp'
            raise QueryError(message) from error


def _duration(text: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)?", text)
    if found is None:
        raise QueryError(f'invalid parameter "step": cannot parse "{text}" to a valid duration')
    return float(found[1]) * UNITS[found[2] or "s"]
