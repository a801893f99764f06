"""Exporters: the one beside a service, and the one that reads CloudWatch; both in the text format of Prometheus.

Modelled after prometheus-community/ecs_exporter (names and labels of its README) and prometheus/cloudwatch_exporter:
the latter's own configuration, out of its image, says which metrics it gives. Not modelled: reloads, `role_arn`,
selections of dimensions, tags.
"""

from __future__ import annotations

import asyncio
import math
import re
import shutil
import time
from datetime import timedelta
from typing import Any

import yaml

from sandbox.emulator import iam
from sandbox.emulator.context import current
from sandbox.http_server import Request, Response
from sandbox.standins.images import STARTERS, unpack
from sandbox.standins.service import Service, not_found

SHORTEST_RANGE = 15.0
"""Shortest time back that is asked for, real seconds, however fast the sandbox's time runs."""


def line(name: str, value: float, **labels: str) -> str:
    inner = ",".join(f'{label}="{text}"' for label, text in labels.items())
    return f"{name}{{{inner}}} {value!r}" if inner else f"{name} {value!r}"


class TaskExporter(Service):
    """What one task uses, as its metadata endpoint would say."""

    component = "metrics-exporter"
    health_path = "/metrics"

    def ports(self):  # type: ignore[no-untyped-def]
        return {int(item["containerPort"]): self.handle for item in self.settings.container["portMappings"]}

    @property
    def ready(self) -> bool:
        return not self.not_ready

    def handle(self, request: Request) -> Response:
        if request.path != "/metrics":
            return not_found()
        age = max(current().clock.elapsed(self.started), 0.0)
        used = 64e6 + 1e6 * (int(self.address.rsplit(".", 1)[-1]) % 16)
        lines = [
            line("ecs_cpu_seconds_total", 0.2 * age, container="app"),
            line("ecs_memory_bytes", used, container="app"),
            line("ecs_memory_limit_bytes", 512e6, container="app"),
            line("ecs_network_receive_bytes_total", 1e4 * age, device="eth1"),
            line("ecs_network_transmit_bytes_total", 2e4 * age, device="eth1"),
            line("ecs_task_cpu_limit_vcpus", 0.25),
            line("ecs_task_memory_limit_bytes", 512e6),
        ]
        return Response.of_text("\n".join(lines) + "\n")


class CloudWatchExporter(Service):
    """CloudWatch's newest datapoints, fanned out over dimensions."""

    component = "cloudwatch-exporter"
    health_path = "/-/healthy"

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._configuration: dict[str, Any] = {}

    def ports(self):  # type: ignore[no-untyped-def]
        return {9106: self.handle}

    async def start(self) -> None:
        await asyncio.get_running_loop().run_in_executor(STARTERS, self._read)
        await super().start()

    @property
    def ready(self) -> bool:
        return not self.not_ready

    def _read(self) -> None:
        registry = current().registry
        if registry is None:
            raise OSError("there is no registry to pull from")
        root = current().authority.ca_file.parent / "tasks" / f"{self.component}-{time.monotonic_ns()}"
        unpack(registry, self.settings.container["image"], root)
        self._configuration = yaml.safe_load((root / "config/config.yml").read_text())
        shutil.rmtree(root)

    def handle(self, request: Request) -> Response:
        if request.path in ("/-/healthy", "/-/ready"):
            return Response.of_text("ok\n")
        if request.path != "/metrics":
            return not_found()
        lines, failed = [], 0
        role = self.settings.role
        for wanted in self._configuration["metrics"]:
            actions = ("cloudwatch:ListMetrics", "cloudwatch:GetMetricStatistics")
            if role is None or not all(iam.allows(role, action, "*") for action in actions):
                failed = 1
                continue
            lines += self._metric({**self._configuration, **wanted})
        lines.append(line("cloudwatch_exporter_scrape_error", float(failed)))
        return Response.of_text("\n".join(lines) + "\n")

    def _metric(self, wanted: dict[str, Any]) -> list[str]:
        # Namespaces are not taken apart: `AWS/ApplicationELB` is `aws_applicationelb`.
        prefix = re.sub(r"\W", "_", wanted["aws_namespace"].lower())
        statistics = [*(wanted.get("aws_statistics") or []), *(wanted.get("aws_extended_statistics") or [])]
        found = []
        for dimensions, values in series(wanted).items():
            labels = {snake(name): value for name, value in dimensions}
            for statistic in statistics:
                name = f"{prefix}_{snake(wanted['aws_metric_name'])}_{snake(statistic)}"
                found.append(line(name, reckoned(statistic, values), job=prefix, instance="", **labels))
        return found


def series(wanted: dict[str, Any]) -> dict[tuple[tuple[str, str], ...], list[float]]:
    """Values of the newest period with data, by dimensions."""
    context = current()
    scale = context.clock.scale
    now = context.clock.now()
    until = now - timedelta(seconds=float(wanted.get("delay_seconds", 600)) / scale)
    since = until - timedelta(seconds=max(float(wanted.get("range_seconds", 600)) / scale, SHORTEST_RANGE))
    period = max(float(wanted.get("period_seconds", 60)) / scale, 1.0)
    held: dict[tuple[tuple[str, str], ...], list[tuple[float, float]]] = {}
    with context.lock:
        data = list(context.backend("cloudwatch").metric_data)
    for one in data:
        moment = one.timestamp.replace(tzinfo=now.tzinfo) if one.timestamp.tzinfo is None else one.timestamp
        names = tuple((item.name, item.value) for item in sorted(one.dimensions, key=lambda item: item.name))
        if (
            one.namespace == wanted["aws_namespace"]
            and one.name == wanted["aws_metric_name"]
            and sorted(name for name, _ in names) == sorted(wanted.get("aws_dimensions") or [])
            and since <= moment <= until
        ):
            held.setdefault(names, []).append((moment.timestamp(), float(one.value)))
    return {
        names: [value for at, value in rows if at > max(at for at, _ in rows) - period] for names, rows in held.items()
    }


def reckoned(statistic: str, values: list[float]) -> float:
    """A statistic of values. Throws: `ValueError` for one that CloudWatch has not."""
    simple = {
        "Sum": sum(values),
        "Average": sum(values) / len(values),
        "Maximum": max(values),
        "Minimum": min(values),
        "SampleCount": float(len(values)),
    }
    if statistic in simple:
        return float(simple[statistic])
    if not re.fullmatch(r"p\d+(\.\d+)?", statistic):
        raise ValueError(f"no statistic {statistic}")
    rank = math.ceil(float(statistic[1:]) / 100 * len(values))
    return sorted(values)[max(rank, 1) - 1]


def snake(text: str) -> str:
    """A name as the exporter makes it a part of a metric's."""
    return re.sub(r"_+", "_", re.sub(r"\W", "_", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text))).lower()
