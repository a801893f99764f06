"""Grafana that begins empty: folders, data sources, dashboards and alert rules are what its API was given.

Modelled after "Data source", "Folder", "Dashboard" and "Alerting provisioning" of the Grafana HTTP API, 12.x. It is
healthy only while its database's instance is there. Names of data sources are resolved as Service Connect does it for its task.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sandbox.emulator import ecs_connect
from sandbox.emulator.context import current
from sandbox.http_server import Request, Response
from sandbox.standins.grafana import Grafana

DATABASE_KEYS = ("folders", "datasources", "dashboards", "rules")


class MadeGrafana(Grafana):
    """One Grafana process whose contents lie in its database."""

    def handle(self, request: Request) -> Response:
        path = request.path
        if self._authorised(request):
            for pattern, kind in (
                (r"/api/folders(?:/([\w\-]+))?", self._folders),
                (r"/api/datasources(?:/uid/([\w\-]+))?", self._datasources),
                (r"/api/dashboards/(?:db|uid/([\w\-]+))", self._dashboards),
                (r"/api/v1/provisioning/folder/([\w\-]+)/rule-groups/([^/]+)", self._rule_groups),
            ):
                found = re.fullmatch(pattern, path)
                if found:
                    return kind(request, *found.groups())
        return super().handle(request)

    @property
    def _held(self) -> dict[str, dict[str, Any]]:
        database = self._database
        for key in DATABASE_KEYS:
            database.setdefault(key, {})
        return database

    def _health(self) -> Response:
        wanted = self.settings.environment.get("GF_DATABASE_HOST", "").split(":")[0]
        with current().lock:
            instances = current().backend("rds").databases.values()
            there = any(one.address == wanted for one in instances if one.status == "available")
        if not there:
            body = {"commit": "sandbox", "version": self.settings.version, "database": "failing"}
            return Response.of_json(body, 503)
        return super()._health()

    def _folders(self, request: Request, uid: str | None) -> Response:
        held = self._held["folders"]
        if uid is None and request.method == "POST":
            given = request.json()
            if given["uid"] in held:
                return Response.of_json({"message": "a folder with that UID already exists"}, 409)
            held[given["uid"]] = {"uid": given["uid"], "title": given["title"]}
            return Response.of_json(held[given["uid"]])
        if uid is None:
            return Response.of_json(list(held.values()))
        return self._one(held, uid, request, "folder not found")

    def _datasources(self, request: Request, uid: str | None) -> Response:
        held = self._held["datasources"]
        if uid is None and request.method == "POST":
            given = request.json()
            if given["uid"] in held:
                return Response.of_json({"message": "data source with the same uid already exists"}, 409)
            held[given["uid"]] = given
            return Response.of_json({"message": "Datasource added", "datasource": given, "id": len(held)})
        if uid is None:
            # Told as they were given: where a name leads is the task's business, and nothing that the API says.
            return Response.of_json([{**one, "url": held[one["uid"]]["url"]} for one in self._sources()])
        if request.method == "GET":
            return self._source(uid, False)
        return self._one(held, uid, request, "Data source not found")

    def _dashboards(self, request: Request, uid: str | None) -> Response:
        held = self._held["dashboards"]
        if uid is None:
            given = request.json()
            dashboard = given["dashboard"]
            if given.get("folderUid") and given["folderUid"] not in self._held["folders"]:
                return Response.of_json({"message": "folder not found"}, 400)
            known = held.get(dashboard["uid"])
            if known is not None and not given.get("overwrite"):
                return Response.of_json({"message": "A dashboard with the same uid already exists"}, 412)
            version = (known["meta"]["version"] if known else 0) + 1
            folder = self._held["folders"].get(given.get("folderUid", ""), {})
            meta = {"type": "db", "version": version, "folderUid": folder.get("uid", ""), "provisioned": False}
            held[dashboard["uid"]] = {"dashboard": dashboard, "meta": {**meta, "folderTitle": folder.get("title", "")}}
            return Response.of_json({"status": "success", "uid": dashboard["uid"], "version": version})
        return self._one(held, uid, request, "Dashboard not found")

    def _rule_groups(self, request: Request, folder: str, group: str) -> Response:
        held = self._held["rules"]
        if request.method == "PUT":
            if folder not in self._held["folders"]:
                return Response.of_json({"message": "folder does not exist"}, 404)
            held[f"{folder}/{group}"] = request.json()
            return Response.of_json(held[f"{folder}/{group}"])
        return self._one(held, f"{folder}/{group}", request, "rule group not found")

    @staticmethod
    def _one(held: dict[str, Any], name: str, request: Request, missing: str) -> Response:
        if name not in held:
            return Response.of_json({"message": missing}, 404)
        if request.method == "DELETE":
            del held[name]
            return Response.of_json({"message": "deleted"})
        return Response.of_json(held[name])

    def _source_list(self) -> list[tuple[str, str, str, str]]:
        held = self._held["datasources"].values()
        return [(one["uid"], one["name"], one["type"], self._reached(one["url"])) for one in held]

    def _reached(self, url: str) -> str:
        """A data source's address, its name resolved by Service Connect where the task's service is in it."""
        parts = urlsplit(url)
        with current().lock:
            ecs = current().ecs
            tasks = (task for cluster in current().backend("ecs").tasks for task in ecs.tasks(cluster).values())
            task = next((one for one in tasks if one.address == self.address and one.alive), None)
            if task is None or parts.hostname is None:
                return url
            found = ecs_connect.endpoint(task, parts.hostname, parts.port or 80)
            if isinstance(found, str) or not ecs_connect.lets_in(task, found[0], found[1]):
                return url
        return urlunsplit(parts._replace(netloc=f"{found[0].address}:{found[1]}"))

    def _search(self, request: Request) -> Response:
        wanted = request.argument("query").lower()
        if request.argument("type") == "dash-folder":
            return Response.of_json([{**one, "type": "dash-folder"} for one in self._held["folders"].values()])
        found = [
            {
                "id": number,
                "uid": uid,
                "title": one["dashboard"]["title"],
                "url": f"/d/{uid}/{uid}",
                "type": "dash-db",
                "tags": one["dashboard"].get("tags", []),
                "folderUid": one["meta"]["folderUid"],
                "folderTitle": one["meta"]["folderTitle"],
            }
            for number, (uid, one) in enumerate(self._held["dashboards"].items(), start=10)
            if wanted in one["dashboard"]["title"].lower()
        ]
        return Response.of_json(found)


def contents() -> dict[str, Any]:
    """What every database holds, by name: what the world shows of it."""
    return {
        host: {key: sorted(database[key]) for key in DATABASE_KEYS if database.get(key)}
        for host, database in current().fleet.databases.items()
        if any(database.get(key) for key in DATABASE_KEYS)
    }
