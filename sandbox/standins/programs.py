"""Real programs as tasks' processes: started on the task's address with its own image's files, ended by their pids.

What differs from Fargate, and is translated: all tasks share this machine's loopback, so that `localhost` in a
configuration becomes the task's address; files of the image and volumes are folders; and the durations that a
configuration names are divided by the sandbox's time scale, but never below what a machine can keep up with.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import yaml

from sandbox.emulator import volumes
from sandbox.emulator.context import current
from sandbox.network import ACCESS_KEY, SECRET_KEY
from sandbox.registry import _dying_with_us
from sandbox.standins.images import STARTERS, ImageStart, unpack
from sandbox.standins.service import Service

UP_SECONDS = 30.0
"""Time that a program may take until it answers, before its health is judged, real seconds."""

STOP_SECONDS = 20.0
"""Longest that a program may take to end, real seconds."""

FLOORS = {"scrape_interval": 2.0, "scrape_timeout": 2.0, "evaluation_interval": 0.5, "interval": 0.5, "for": 3.0,
          "refresh_interval": 0.5, "group_wait": 0.1, "group_interval": 0.5, "repeat_interval": 60.0,
          "resolve_timeout": 5.0}  # fmt: skip
"""Shortest that each duration of a configuration becomes, real seconds."""

UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}


def seconds(text: str) -> float:
    """Seconds of a duration as Prometheus writes it, such as `1h30m`."""
    return sum(float(number) * UNITS[unit] for number, unit in re.findall(r"(\d+)(ms|[smhdwy])", text))


def scaled(value: Any, scale: float) -> Any:
    """A configuration with its durations divided."""
    if isinstance(value, list):
        return [scaled(item, scale) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: f"{int(max(seconds(item) / scale, FLOORS[name]) * 1000)}ms"
        if name in FLOORS and isinstance(item, str)
        else scaled(item, scale)
        for name, item in value.items()
    }


def secrets_of(container: dict[str, Any]) -> dict[str, str]:
    """The values that ECS puts into a container's environment."""
    held = current().backend("secretsmanager").secrets
    found = {}
    for item in container.get("secrets") or []:
        parts = item["valueFrom"].split(":")
        arn, key = ":".join(parts[:7]), parts[7] if len(parts) > 7 else ""
        secret = next(held[name] for name in list(held.keys()) if held[name].arn == arn)
        text = secret.versions[secret.default_version_id]["secret_string"]
        found[item["name"]] = str(json.loads(text)[key]) if key else text
    return found


class Program(Service):
    """A process of this machine in place of a container's."""

    port = 0
    """Where it tells whether it is ready."""
    health_path = "/-/ready"
    programs: dict[str, str] = {}
    """What is run for a program of the image, by its name there."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._answered = False
        self._said: list[str] = []
        self.root = Path()

    def ports(self):  # type: ignore[no-untyped-def]
        return {}

    async def start(self) -> None:
        """Throws: `OSError` when the image cannot be had or the program cannot be started."""
        await asyncio.get_running_loop().run_in_executor(STARTERS, self._launch)

    async def stop(self) -> None:
        await asyncio.get_running_loop().run_in_executor(STARTERS, self._end)

    @property
    def ended(self) -> int | None:
        return None if self._child is None or self._stopping else self._child.poll()

    @property
    def last_words(self) -> list[str]:
        output = self.root / "output.log"
        return output.read_text(errors="replace").splitlines()[-20:] if output.is_file() else self._said

    @property
    def ready(self) -> bool:
        return self._answered and not self.not_ready and self.ended is None

    @property
    def starting(self) -> bool:
        return not self._answered and self.ended is None and time.monotonic() - self.started < UP_SECONDS

    def configure(self) -> None:
        """Adapts the configuration that lies under `root`."""

    def arguments(self) -> list[str]:
        """What is added to the command line."""
        return []

    def variables(self) -> dict[str, str]:
        """What is added to the environment."""
        return {}

    def _launch(self) -> None:
        registry = current().registry
        if registry is None:
            raise OSError("there is no registry to pull from")
        self.root = current().authority.ca_file.parent / "tasks" / f"{self.component}-{time.monotonic_ns()}"
        self.root.mkdir(parents=True)
        image = unpack(registry, self.settings.container["image"], self.root)
        (self.root / "tmp").mkdir(exist_ok=True)
        programs = self.root / "programs"
        programs.mkdir()
        for name, program in self.programs.items():
            (programs / name).symlink_to(shutil.which(program) or program)
        self.configure()
        line = [self.inside(word) for word in self._line(image)] + self.arguments()
        if Path(line[0]).suffix == ".sh":
            line = ["/bin/sh", *line]
        with (self.root / "output.log").open("ab") as output:
            self._child = subprocess.Popen(
                [*_dying_with_us(), *line], cwd=self.root, env=self._environment(image, programs),
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        threading.Thread(target=self._await_answer, name=f"ready-{self.component}", daemon=True).start()

    def _line(self, image: ImageStart) -> list[str]:
        entry = self.settings.container.get("entryPoint")
        command = self.settings.container.get("command")
        # As Docker has it: who gives another entry does without the image's command, too.
        return [*(entry or image.entry), *(command or ([] if entry else image.command))]

    def _environment(self, image: ImageStart, programs: Path) -> dict[str, str]:
        context = current()
        given = {**image.environment, **self.settings.environment, **secrets_of(self.settings.container)}
        return {
            **{name: self.inside(value) for name, value in given.items() if name != "PATH"},
            "PATH": f"{programs}:{os.environ['PATH']}",
            "AWS_ENDPOINT_URL": context.endpoint,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_REGION": context.region,
            "AWS_DEFAULT_REGION": context.region,
            **self.variables(),
        }

    def inside(self, text: str) -> str:
        """A word with the paths in it as they are on this machine."""
        name = re.fullmatch(r"(?:/(?:usr/)?(?:local/)?s?bin/)?(\w+)", text)
        if name and name[1] in self.programs:
            return self.programs[name[1]]
        given = self.settings.container.get("mountPoints") or []
        mounts = {item["containerPath"]: self._mounted(item) for item in given}
        for path, place in sorted(mounts.items(), key=lambda pair: -len(pair[0])):
            text = re.sub(rf"(^|=){re.escape(path)}(?=/|$)", lambda found, place=place: found[1] + str(place), text)
        if str(self.root) in text or any(str(place) in text for place in mounts.values()):
            return text
        return re.sub(r"(^|=)(/(?:etc|opt|tmp|usr|config)/)", lambda found: f"{found[1]}{self.root}{found[2]}", text)

    def _mounted(self, mount: dict[str, Any]) -> Path:
        volume = next(item for item in self.settings.volumes if item["name"] == mount["sourceVolume"])
        return volumes.folder(volume)

    def _await_answer(self) -> None:
        while not self._stopping and self.ended is None:
            connection = http.client.HTTPConnection(self.address, self.port, timeout=1)
            try:
                connection.request("GET", self.health_path)
                if connection.getresponse().status == 200:
                    self._answered = True
                    return
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(0.05)

    def _end(self) -> None:
        self._stopping = True
        child = self._child
        if child is not None and child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait(timeout=STOP_SECONDS)
        self._said = self.last_words
        shutil.rmtree(self.root, ignore_errors=True)

    def rewrite(self, file: Path) -> None:
        """Adapts one YAML file."""
        text = re.sub(r"\blocalhost\b", self.address, file.read_text())
        text = re.sub(r"(?<![\w/])(/(?:etc|tmp)/)", lambda found: f"{self.root}{found[1]}", text)
        held = scaled(yaml.safe_load(text), current().clock.scale)
        file.write_text(yaml.safe_dump(held, sort_keys=False, width=10**6))


class Prometheus(Program):
    """Debian's `prometheus`."""

    component = "prometheus"
    port = 9090
    programs = {"prometheus": "prometheus"}

    def configure(self) -> None:
        for file in (self.root / "etc/prometheus").rglob("*.yaml"):
            self.rewrite(file)

    def arguments(self) -> list[str]:
        return [f"--web.listen-address={self.address}:{self.port}"]


class Alertmanager(Program):
    """Debian's `prometheus-alertmanager`."""

    component = "alertmanager"
    port = 9093
    programs = {"alertmanager": "prometheus-alertmanager"}

    def configure(self) -> None:
        for file in (self.root / "etc/alertmanager").glob("*.yaml"):
            self.rewrite(file)

    def arguments(self) -> list[str]:
        return [f"--web.listen-address={self.address}:{self.port}"]


class Discovery(Program):
    """The program of the image `discovery`, by this machine's Python."""

    component = "discovery"
    port = 9099
    health_path = "/healthy"
    programs = {"python": sys.executable}

    def variables(self) -> dict[str, str]:
        return {"LISTEN_ADDRESS": self.address}
