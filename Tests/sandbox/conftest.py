"""One sandbox for the whole run, as a process of its own, stopped by its own pid."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
SCALE = 400


class Running:
    """A running sandbox and what a test needs to talk to it."""

    def __init__(self, directory: Path, *options: str) -> None:
        self.directory = directory
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--state", str(directory), "--time-scale", str(SCALE), *options],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MIGRATE_"))},
        )
        file = directory / "sandbox.json"
        deadline = time.monotonic() + START_SECONDS
        while not file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the sandbox did not start: {self.process.communicate()}")
            time.sleep(0.05)
        self.ready: dict[str, Any] = json.loads(file.read_text())
        self._clients: dict[str, Any] = {}

    @property
    def variables(self) -> dict[str, Any]:
        return self.ready["variables"]  # type: ignore[no-any-return]

    def client(self, name: str) -> Any:
        if name not in self._clients:
            environment = self.ready["environment"]
            self._clients[name] = boto3.client(
                name,
                endpoint_url=self.ready["endpoint"],
                region_name=self.ready["region"],
                aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
                config=Config(retries={"max_attempts": 0}, parameter_validation=False, inject_host_prefix=False),
            )
        return self._clients[name]

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One call of the control API."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.ready["control"] + path, data, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def dns(self, name: str, kind: str = "A", server: int = 0, tcp: bool = False) -> Any:
        """Asks one of our name servers, as an independent client."""
        from dnslib import DNSRecord

        address, port = self.ready["dns"][server].split(":")
        question = DNSRecord.question(name, kind)
        return DNSRecord.parse(question.send(address, int(port), tcp=tcp, timeout=5))

    def addresses(self, name: str, server: int = 0) -> list[str]:
        return sorted(str(record.rdata) for record in self.dns(name, server=server).rr if record.rtype == 1)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=15)
        return self.process.returncode


def until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """Asks until the answer is true: the sandbox is another process, and this is how its time is waited for."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"did not become true within {seconds:g} s")
        time.sleep(0.02)


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("sandbox"), "--without", "terraform")
    yield running
    running.stop()


def code_of(error: Any) -> str:
    return str(error.value.response["Error"]["Code"])


def message_of(error: Any) -> str:
    return str(error.value.response["Error"]["Message"])
