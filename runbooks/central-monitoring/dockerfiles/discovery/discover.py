"""Tells Prometheus which tasks to scrape, by its HTTP service discovery: `GET /targets/JOB`.

`TARGETS` says which container of which cluster's tasks each job is for, and its port:
`ecs-services=apps/metrics-exporter:9779,cloudwatch-exporter=monitoring/cloudwatch-exporter:9106`. Tasks that run are
targets; each has the labels `service`, `cluster` and `task`. What is no task is registered in the Cloud Map
service with the id `EXTRA_SERVICE`, and joins the job `EXTRA_JOB`; its attribute `service` is its label.

An answer is never partial: when AWS cannot be asked, the status is 503 and Prometheus keeps the targets that it knows.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

PAGE = 100
"""Most tasks that one DescribeTasks takes."""


@dataclass(frozen=True)
class Job:
    """Where the targets of one job are."""

    cluster: str
    container: str
    port: int


def jobs(text: str) -> dict[str, Job]:
    """Throws: `ValueError` for a text that is no list of jobs."""
    found = {}
    for item in filter(None, text.split(",")):
        parts = re.fullmatch(r"([\w-]+)=([\w-]+)/([\w-]+):(\d+)", item.strip())
        if parts is None:
            raise ValueError(f"TARGETS: `{item}` is not JOB=CLUSTER/CONTAINER:PORT")
        found[parts[1]] = Job(parts[2], parts[3], int(parts[4]))
    return found


class Discovery:
    """Asks ECS and Cloud Map."""

    def __init__(self, environment: dict[str, str]) -> None:
        settings = Config(connect_timeout=3, read_timeout=5, retries={"max_attempts": 3, "mode": "standard"})
        self.jobs = jobs(environment["TARGETS"])
        self._extra_job = environment.get("EXTRA_JOB", "")
        self._extra_service = environment.get("EXTRA_SERVICE", "")
        self._ecs = boto3.client("ecs", config=settings)
        self._map = boto3.client("servicediscovery", config=settings)

    def targets(self, name: str) -> list[dict[str, Any]]:
        """Groups of targets, as Prometheus takes them. Throws: `LookupError`, `ClientError`, `BotoCoreError`."""
        found = self._tasks(self.jobs[name])
        return found + self._extras() if name == self._extra_job else found

    def _tasks(self, job: Job) -> list[dict[str, Any]]:
        pages = self._ecs.get_paginator("list_tasks").paginate(cluster=job.cluster, desiredStatus="RUNNING")
        arns = [arn for page in pages for arn in page["taskArns"]]
        found = []
        for first in range(0, len(arns), PAGE):
            tasks = self._ecs.describe_tasks(cluster=job.cluster, tasks=arns[first : first + PAGE])["tasks"]
            found += [target for task in tasks if (target := _target(task, job)) is not None]
        return found

    def _extras(self) -> list[dict[str, Any]]:
        if not self._extra_service:
            return []
        pages = self._map.get_paginator("list_instances").paginate(ServiceId=self._extra_service)
        return [
            {
                "targets": [f"{one['Attributes']['AWS_INSTANCE_IPV4']}:{one['Attributes']['AWS_INSTANCE_PORT']}"],
                "labels": {"service": one["Attributes"].get("service", one["Id"])},
            }
            for page in pages
            for one in page["Instances"]
        ]


def _target(task: dict[str, Any], job: Job) -> dict[str, Any] | None:
    """The target of a task that has the container and an address."""
    containers = [one for one in task.get("containers", []) if one["name"] == job.container]
    addresses = [
        detail["value"]
        for attachment in task.get("attachments", [])
        for detail in attachment.get("details", [])
        if detail["name"] == "privateIPv4Address"
    ]
    if not containers or not addresses or task.get("lastStatus") != "RUNNING":
        return None
    labels = {
        "service": task.get("group", "").removeprefix("service:"),
        "cluster": job.cluster,
        "task": task["taskArn"].rsplit("/", 1)[-1],
    }
    return {"targets": [f"{addresses[0]}:{job.port}"], "labels": labels}


def handler(discovery: Discovery) -> type[BaseHTTPRequestHandler]:
    """What answers requests."""

    class Handler(BaseHTTPRequestHandler):
        """`/targets/JOB` and `/healthy`."""

        def do_GET(self) -> None:
            if self.path == "/healthy":
                return self._answer(200, {"jobs": sorted(discovery.jobs)})
            name = self.path.removeprefix("/targets/")
            if name not in discovery.jobs:
                return self._answer(404, {"error": f"no job {name}"})
            try:
                return self._answer(200, discovery.targets(name))
            except (ClientError, BotoCoreError, LookupError) as error:
                print(f"error: {name}: {error}", file=sys.stderr, flush=True)
                return self._answer(503, {"error": str(error)})

        def _answer(self, status: int, value: Any) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Says nothing of each request: Prometheus asks twice a minute."""

    return Handler


def main() -> None:
    discovery = Discovery(dict(os.environ))
    # Only the task itself asks, so nobody else may.
    address = os.environ.get("LISTEN_ADDRESS", "127.0.0.1")
    ThreadingHTTPServer((address, int(os.environ.get("PORT", "9099"))), handler(discovery)).serve_forever()


if __name__ == "__main__":
    main()
