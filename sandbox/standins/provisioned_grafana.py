"""Grafana with the dashboards and data sources that its image provisions; what it stores lies on its volume.

Its queries are passed on to the data sources as they are, so that a panel shows what the real Prometheus answers.
Modelled as `grafana.py`, and after "Provision Grafana" of its documentation. Not modelled: users beside the
administrator, folders beside those of the providers, and everything that is drawn.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from sandbox.emulator import iam, volumes
from sandbox.emulator.context import current
from sandbox.http_server import Request, Response
from sandbox.standins.grafana import Grafana
from sandbox.standins.images import STARTERS, unpack
from sandbox.standins.programs import seconds, secrets_of


class ProvisionedGrafana(Grafana):
    """One Grafana process."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._root = Path()
        self._held: list[tuple[str, dict[str, Any]]] = []
        self._provisioned_sources: list[dict[str, Any]] = []

    async def start(self) -> None:
        await asyncio.get_running_loop().run_in_executor(STARTERS, self._provision)
        await super().start()

    async def stop(self) -> None:
        await super().stop()
        shutil.rmtree(self._root, ignore_errors=True)

    def _provision(self) -> None:
        """Runs the image's own entry script, with `true` in place of Grafana, and reads what is provisioned then.

        Throws: `OSError` when the image cannot be had or its script fails.
        """
        registry = current().registry
        if registry is None:
            raise OSError("there is no registry to pull from")
        self._root = current().authority.ca_file.parent / "tasks" / f"grafana-{time.monotonic_ns()}"
        self._root.mkdir(parents=True)
        image = unpack(registry, self.settings.container["image"], self._root)
        given = {**image.environment, **self.settings.environment, **secrets_of(self.settings.container)}
        self.settings.environment = given
        self.settings.version = given.get("GF_VERSION", "of a rehearsal")
        places = {name: self._inside(value) for name, value in given.items() if name != "PATH"}
        script = self._root / image.entry[0].lstrip("/")
        done = subprocess.run(
            ["/bin/sh", str(script), "true"], env={**places, "PATH": os.environ["PATH"]},
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode != 0:
            raise OSError(f"{image.entry[0]} ended with {done.returncode}: {done.stderr.strip()}")
        for file in sorted((self._root / "etc/grafana/provisioning/datasources").glob("*.yaml")):
            self._provisioned_sources += yaml.safe_load(self._filled(file.read_text()))["datasources"]
        for file in sorted((self._root / "etc/grafana/provisioning/dashboards").glob("*.yaml")):
            for provider in yaml.safe_load(self._filled(file.read_text()))["providers"]:
                for dashboard in sorted(Path(self._inside(provider["options"]["path"])).glob("*.json")):
                    self._held.append((provider["folder"], json.loads(dashboard.read_text())))

    def _inside(self, text: str) -> str:
        return f"{self._root}{text}" if re.match(r"/(etc|tmp|usr)/", text) else text

    def _filled(self, text: str) -> str:
        """`$NAME` and `${NAME}` as Grafana fills them in."""
        return re.sub(r"\$\{?([A-Z_]+)\}?", lambda found: self.settings.environment.get(found[1], ""), text)

    @property
    def _database(self) -> dict[str, Any]:
        """What Grafana keeps: on the volume at its data folder, so that it outlives the task."""
        file = self._file()
        held: dict[str, Any] = self.side.documents.setdefault(str(file), {})
        if not held:
            held |= json.loads(file.read_text()) if file.is_file() else {"annotations": [], "next": 1}
        return held

    def _file(self) -> Path:
        data = self.settings.environment.get("GF_PATHS_DATA", "/var/lib/grafana")
        mounts = self.settings.container.get("mountPoints") or []
        mount = next((item for item in mounts if item["containerPath"] == data), None)
        if mount is None:
            return self._root / "grafana.json"
        volume = next(item for item in self.settings.volumes if item["name"] == mount["sourceVolume"])
        return volumes.folder(volume) / "grafana.json"

    def handle(self, request: Request) -> Response:
        answer = super().handle(request)
        if request.method in ("POST", "PUT", "DELETE") and request.path.startswith("/api/annotations"):
            self._file().write_text(json.dumps(self._database))
        return answer

    def _source_list(self) -> list[tuple[str, str, str, str]]:
        return [(item["uid"], item["name"], item["type"], item.get("url", "")) for item in self._provisioned_sources]

    def _source(self, uid: str, health: bool) -> Response:
        found = next((item for item in self._provisioned_sources if item["uid"] == uid), None)
        if found is None or found["type"] != "cloudwatch" or not health:
            return super()._source(uid, health)
        if self.settings.role and iam.allows(self.settings.role, "cloudwatch:ListMetrics", "*"):
            return Response.of_json({"status": "OK", "message": "Successfully queried the CloudWatch metrics API."})
        said = f"AccessDenied: {self.settings.role} is not authorized to perform: cloudwatch:ListMetrics"
        return Response.of_json({"status": "ERROR", "message": said}, 400)

    def _query(self, request: Request) -> Response:
        """As Grafana, takes moments relative to now, too: `now-6h`."""
        given = request.json()
        for name in ("from", "to"):
            given[name] = str(moment(str(given[name])))
        return super()._query(replace(request, body=json.dumps(given).encode()))

    def _search(self, request: Request) -> Response:
        if request.argument("type") == "dash-folder":
            folders = sorted({folder for folder, _ in self._held})
            return Response.of_json(
                [{"id": number, "uid": folder.lower(), "title": folder, "type": "dash-folder"}
                 for number, folder in enumerate(folders, start=1)]
            )  # fmt: skip
        wanted = request.argument("query").lower()
        return Response.of_json(
            [
                {
                    "id": number,
                    "uid": held["uid"],
                    "title": held["title"],
                    "url": f"/d/{held['uid']}/{held['uid']}",
                    "type": "dash-db",
                    "tags": held.get("tags", []),
                    "isStarred": False,
                    "folderUid": folder.lower(),
                    "folderTitle": folder,
                    "uri": f"db/{held['uid']}",
                    "slug": "",
                }
                for number, (folder, held) in enumerate(self._held, start=10)
                if wanted in held["title"].lower()
            ]
        )

    def _dashboard(self, uid: str) -> Response:
        found = next((pair for pair in self._held if pair[1]["uid"] == uid), None)
        if found is None:
            return Response.of_json({"message": "Dashboard not found", "status": "not-found"}, 404)
        folder, held = found
        meta = {"type": "db", "canSave": False, "slug": uid, "url": f"/d/{uid}/{uid}", "version": 1,
                "folderUid": folder.lower(), "folderTitle": folder, "provisioned": True}  # fmt: skip
        return Response.of_json({"meta": meta, "dashboard": held})


def moment(text: str) -> int:
    """Milliseconds since 1970 of a number of them, or of `now` and what lies back from it."""
    if not text.startswith("now"):
        return int(text)
    return int((time.time() - seconds(text.removeprefix("now"))) * 1000)
