"""The sandbox as a script sees it: up, what it says of itself, its control API, down."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]


class Sandbox:
    """One sandbox, started and stopped by `migrate sandbox`."""

    def __init__(self, migrate: Path, state: Path, scale: int, scenario: str = "lgtm-fargate") -> None:
        self._migrate, self._state, self._scenario = migrate, state, scenario
        self.folder = state / "sandbox"
        self._environment = clean_environment(scale)
        self.ready: dict[str, Any] = {}

    def up(self) -> None:
        """Starts it. Throws: `subprocess.CalledProcessError`."""
        self._run("up", "--json", "--scenario", self._scenario)
        self.ready = json.loads((self.folder / "sandbox.json").read_text())

    def down(self) -> None:
        """Stops it; nothing happens when none runs."""
        self._run("down")

    def _run(self, verb: str, *options: str) -> None:
        subprocess.run(
            [self._migrate, "sandbox", verb, "--state", self._state, *options],
            cwd=REPOSITORY, env=self._environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """Environment for whatever talks to it: ours without any AWS settings, and its own."""
        return {**self._environment, **self.ready["environment"]}

    @property
    def variables(self) -> dict[str, Any]:
        return dict(self.ready["variables"])

    def control(self, path: str, **body: Any) -> Any:
        """Answer of the control API; with a body, to a POST. Throws: `OSError`."""
        request = urllib.request.Request(
            f"{self.ready['endpoint']}/sandbox/{path}", json.dumps(body).encode() if body else None
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def world(self) -> dict[str, Any]:
        """Declared attributes of everything that is there."""
        return dict(self.control("world"))

    def client(self, service: str) -> Any:
        """A boto3 client: an observer that shares no code with the tool."""
        import boto3

        given = self.ready["environment"]
        return boto3.client(
            service,
            endpoint_url=given["AWS_ENDPOINT_URL"],
            region_name=given["AWS_REGION"],
            aws_access_key_id=given["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=given["AWS_SECRET_ACCESS_KEY"],
        )


def clean_environment(scale: int) -> dict[str, str]:
    """Our environment without settings that would lead a rehearsal elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MIGRATE_", "TF_"))}
    return {**kept, "MIGRATE_TIME_SCALE": str(scale), "TF_CLI_CONFIG_FILE": os.devnull, "TF_IN_AUTOMATION": "1"}
