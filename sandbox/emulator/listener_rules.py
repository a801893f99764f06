"""The rules of a listener: which condition holds, where an action sends a request."""

from __future__ import annotations

import fnmatch
import ipaddress
from typing import Any

from sandbox.http_server import Request, Response


def forwards(actions: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """The target groups of the forwarding action, with their weights."""
    found = []
    for action in actions:
        if action["Type"] != "forward":
            continue
        groups = (action.get("ForwardConfig") or {}).get("TargetGroups") or []
        found += [(group["TargetGroupArn"], int(group.get("Weight", 1))) for group in groups]
        if not groups and action.get("TargetGroupArn"):
            found.append((action["TargetGroupArn"], 1))
    return found


def led(actions: list[dict[str, Any]]) -> set[str]:
    """The target groups that a rule's actions forward to, with any weight."""
    return {arn for arn, _ in forwards(actions)}


def holds(condition: dict[str, Any], request: Request) -> bool:
    """Whether one condition of a rule holds."""
    kind = condition["Field"]
    config: dict[str, Any] = next((value for name, value in condition.items() if name.endswith("Config") and value), {})
    values = config.get("Values") or condition.get("Values") or []
    if kind == "host-header":
        return any(fnmatch.fnmatch(request.host, value.lower()) for value in values)
    if kind == "path-pattern":
        return any(fnmatch.fnmatchcase(request.path, value) for value in values)
    if kind == "http-request-method":
        return request.method in values
    if kind == "http-header":
        actual = request.headers.get(str(config.get("HttpHeaderName", "")).lower(), "")
        return any(fnmatch.fnmatch(actual, value) for value in values)
    if kind == "query-string":
        return any(value["Value"] in request.query.get(value.get("Key", ""), []) for value in values)
    if kind == "source-ip":
        return any(ipaddress.ip_address(request.client) in ipaddress.ip_network(value) for value in values)
    return False


def redirect(config: dict[str, Any], request: Request, port: int) -> Response:
    values = {
        "protocol": request.scheme,
        "host": request.host,
        "port": str(port),
        "path": request.path.lstrip("/"),
        "query": request.target.partition("?")[2],
    }
    location = "{}://{}:{}{}?{}".format(
        str(config.get("Protocol", "#{protocol}")).lower(),
        config.get("Host", "#{host}"),
        config.get("Port", "#{port}"),
        config.get("Path", "/#{path}"),
        config.get("Query", "#{query}"),
    )
    for name, value in values.items():
        location = location.replace("#{" + name + "}", value)
    status = 302 if config["StatusCode"] == "HTTP_302" else 301
    return Response(status, headers={"location": location.rstrip("?")})


def page(status: int, title: str) -> Response:
    body = (
        f"<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n<center><h1>{status} {title}</h1>"
        "</center>\r\n</body>\r\n</html>\r\n"
    )
    return Response(status, body.encode(), "text/html", {"server": "awselb/2.0"})
