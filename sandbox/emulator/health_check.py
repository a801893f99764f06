"""One probe of a load balancer's target."""

from __future__ import annotations

import asyncio
from typing import Any

from sandbox.http_server import HttpError, fetch

PROBE_TIMEOUT_REAL = 2.0
"""Wall-clock seconds: a target on loopback that takes longer does not answer."""


def check_of(group: Any, key: tuple[str, str, int]) -> dict[str, Any]:
    port = str(group.health_check_port or "traffic-port")
    return {
        "address": key[1],
        "port": key[2] if port == "traffic-port" else int(port),
        "protocol": group.health_check_protocol,
        "path": group.health_check_path or "/",
        "codes": (getattr(group, "matcher", None) or {}).get("HttpCode") or "200",
        "healthy": int(group.healthy_threshold_count),
        "unhealthy": int(group.unhealthy_threshold_count),
    }


async def ask(check: dict[str, Any]) -> tuple[str, str] | None:
    """Why a probe failed, as reason and description; nothing when it passed."""
    try:
        if check["protocol"] in ("TCP", "TLS"):
            _, writer = await asyncio.wait_for(
                asyncio.open_connection(check["address"], check["port"]), PROBE_TIMEOUT_REAL
            )
            writer.close()
            return None
        answer = await fetch(
            check["address"],
            check["port"],
            check["path"],
            timeout=PROBE_TIMEOUT_REAL,
            headers={"user-agent": "ELB-HealthChecker/2.0"},
        )
    except asyncio.TimeoutError:
        return ("Target.Timeout", "Request timed out")
    except (OSError, HttpError):
        return ("Target.FailedHealthChecks", "Health checks failed")
    if _matches(answer.status, check["codes"]):
        return None
    return ("Target.ResponseCodeMismatch", f"Health checks failed with these codes: [{answer.status}]")


def _matches(status: int, codes: str) -> bool:
    for part in str(codes).split(","):
        first, _, last = part.partition("-")
        if int(first) <= status <= int(last or first):
            return True
    return False
