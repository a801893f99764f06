"""Grafana: health, data sources whose health really asks the backing stand-in, dashboards, annotations.

Modelled after "Grafana HTTP API" 11.x (Data source, Dashboard, Folder/Dashboard search, Annotations, Other API).
A request without a token is answered with 401, as for an organisation without anonymous access.
"""

from __future__ import annotations

import base64
import json
import re
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.emulator import records
from sandbox.emulator.context import current
from sandbox.http_server import Request, Response, fetch
from sandbox.network import COMPONENT_PORTS
from sandbox.resolver import Resolver
from sandbox.standins.service import Service

TOKEN = "glsa_sandbox00000000000000000000000000_5a4d0b0e"
"""The service-account token that the sandbox publishes; it opens nothing but stand-ins."""

QUERIES = {"prometheus": "/api/v1/query_range", "loki": "/loki/api/v1/query_range"}
"""Where a data source of a type answers the queries of panels."""

HEALTH_TARGETS = {
    "prometheus": "/api/v1/query?query=1%2B1",
    "loki": "/ready",
    "tempo": "/api/echo",
    "grafana-pyroscope-datasource": "/ready",
}

LOGS = {"datasource": {"uid": "loki", "type": "loki"}, "targets": [{"refId": "A", "expr": '{job=~".+"}'}]}
METRICS = {"datasource": {"uid": "mimir", "type": "prometheus"}, "targets": [{"refId": "A", "expr": "up"}]}

DASHBOARDS = (
    ("lgtm-overview", "LGTM Overview", "LGTM"),
    ("mimir-writes", "Mimir / Writes", "LGTM"),
    ("loki-logs", "Loki / Logs", "LGTM"),
    ("tempo-traces", "Tempo / Traces", "LGTM"),
    ("pyroscope-profiles", "Pyroscope / Profiles", "LGTM"),
)


class Grafana(Service):
    """One Grafana process."""

    component = "grafana"
    health_path = "/api/health"

    def handle(self, request: Request) -> Response:
        path, method = request.path, request.method
        if path == "/api/health":
            return self._health()
        if path in ("/", "/login"):
            body = '<html><head><title>Grafana</title></head><body><div id="reactRoot"></div></body></html>'
            return Response(200, body.encode(), "text/html; charset=utf-8")
        if not path.startswith("/api/"):
            return Response.of_json({"message": "Not found"}, 404)
        if not self._authorised(request):
            return Response.of_json(
                {"message": "Unauthorized", "messageId": "auth.unauthorized", "statusCode": 401}, 401
            )
        if path == "/api/datasources":
            return Response.of_json(self._sources())
        source = re.fullmatch(r"/api/datasources/uid/([\w\-]+)(/health)?", path)
        if source:
            return self._source(source[1], bool(source[2]))
        if path == "/api/search":
            return self._search(request)
        dashboard = re.fullmatch(r"/api/dashboards/uid/([\w\-]+)", path)
        if dashboard:
            return self._dashboard(dashboard[1])
        if path == "/api/folders":
            return Response.of_json(self._folder_list)
        if path == "/api/annotations":
            return self._annotate(request) if method == "POST" else self._annotations(request)
        annotation = re.fullmatch(r"/api/annotations/(\d+)", path)
        if annotation:
            return self._annotation(int(annotation[1]), method)
        if path == "/api/ds/query" and method == "POST":
            return self._query(request)
        if path in ("/api/org", "/api/org/"):
            return Response.of_json({"id": 1, "name": "Main Org."})
        if path == "/api/admin/stats":
            database = self._database
            return Response.of_json({"dashboards": len(self._boards), "annotations": len(database["annotations"])})
        return Response.of_json({"message": "Not found"}, 404)

    @property
    def _database(self) -> dict[str, Any]:
        """What Grafana keeps. One database for all whose settings name the same host; else the side's own SQLite."""
        host = self.settings.environment.get("GF_DATABASE_HOST") or self.settings.environment.get("GF_DATABASE_URL")
        documents = current().fleet.databases if host else self.side.documents
        database: dict[str, Any] = documents.setdefault(host or "sqlite", {"annotations": [], "next": 1})
        return database

    def _authorised(self, request: Request) -> bool:
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return secret in (TOKEN, self.settings.environment.get("GRAFANA_TOKEN"))
        if scheme.lower() == "basic":
            wanted = self.settings.environment.get("GF_SECURITY_ADMIN_PASSWORD", "admin")
            try:
                return base64.b64decode(secret).decode() == f"admin:{wanted}"
            except ValueError:
                return False
        return False

    def _health(self) -> Response:
        version = {"commit": "sandbox", "version": self.settings.version}
        if not self.ready:
            return Response.of_json({**version, "database": "failing"}, 503)
        return Response.of_json({**version, "database": "ok"})

    @property
    def _boards(self) -> list[tuple[str, str, str]]:
        """Uid, title and folder of each dashboard."""
        return list(DASHBOARDS)

    @property
    def _folder_list(self) -> list[dict[str, Any]]:
        titles = enumerate(dict.fromkeys(folder for _, _, folder in self._boards), start=1)
        return [{"id": number, "uid": folder_uid(title), "title": title} for number, title in titles]

    def _asked(self, uid: str) -> dict[str, Any]:
        """What the panel of a dashboard asks, and whom."""
        return LOGS if uid == "loki-logs" else METRICS

    def _sources(self) -> list[dict[str, Any]]:
        return [
            {
                "id": number,
                "uid": uid,
                "orgId": 1,
                "name": name,
                "type": kind,
                "access": "proxy",
                "url": url,
                "isDefault": uid == "mimir",
                "jsonData": {},
                "readOnly": True,
                "basicAuth": False,
                "database": "",
                "user": "",
                "typeLogoUrl": "",
                "typeName": name,
            }
            for number, (uid, name, kind, url) in enumerate(self._source_list(), start=1)
        ]

    def _source_list(self) -> list[tuple[str, str, str, str]]:
        domain = self.settings.environment.get("DISCOVERY_DOMAIN", "lgtm.local")

        def url(component: str, path: str = "") -> str:
            given = self.settings.environment.get(f"{component.upper()}_URL")
            return given or f"http://{component}.{domain}:{COMPONENT_PORTS[component]}{path}"

        return [
            ("mimir", "Mimir", "prometheus", url("mimir", "/prometheus")),
            ("loki", "Loki", "loki", url("loki")),
            ("tempo", "Tempo", "tempo", url("tempo")),
            ("pyroscope", "Pyroscope", "grafana-pyroscope-datasource", url("pyroscope")),
        ]

    def _source(self, uid: str, health: bool) -> Response:
        source = next((item for item in self._sources() if item["uid"] == uid), None)
        if source is None:
            return Response.of_json({"message": "Data source not found"}, 404)
        if not health:
            return Response.of_json(source)
        problem = reach(source["url"], HEALTH_TARGETS[source["type"]])
        if problem is None:
            message = (
                "Successfully queried the Prometheus API."
                if source["type"] == "prometheus"
                else "Data source is working"
            )
            return Response.of_json({"status": "OK", "message": message})
        return Response.of_json({"status": "ERROR", "message": problem}, 400)

    def _query(self, request: Request) -> Response:
        """Queries of panels, passed on to the data sources; of Mimir and Loki alone."""
        given = request.json()
        since, until = int(given["from"]) // 1000, int(given["to"]) // 1000
        results: dict[str, Any] = {}
        for query in given["queries"]:
            source = next((one for one in self._sources() if one["uid"] == query["datasource"]["uid"]), None)
            if source is None or source["type"] not in QUERIES:
                results[query["refId"]] = {"status": 400, "error": "the sandbox asks no such data source", "frames": []}
                continue
            arguments = urlencode({"query": query["expr"], "start": since, "end": until, "step": 60})
            answer = ask(source["url"], f"{QUERIES[source['type']]}?{arguments}")
            if isinstance(answer, str):
                results[query["refId"]] = {"status": 502, "error": answer, "frames": []}
                continue
            found = json.loads(answer)["data"]["result"]
            unit = 1e-6 if source["type"] == "loki" else 1e3
            columns = [list(zip(*one["values"], strict=True)) for one in found]
            results[query["refId"]] = {
                "status": 200,
                "frames": [
                    {"data": {"values": [[int(float(at) * unit) for at in times], list(values)]}}
                    for times, values in columns
                ],
            }
        wrong = any("error" in one for one in results.values())
        return Response.of_json({"results": results}, 400 if wrong else 200)

    def _search(self, request: Request) -> Response:
        if request.argument("type") == "dash-folder":
            return Response.of_json([{**folder, "type": "dash-folder"} for folder in self._folder_list])
        wanted = request.argument("query").lower()
        found = [
            {
                "id": number,
                "uid": uid,
                "title": title,
                "url": f"/d/{uid}/{uid}",
                "type": "dash-db",
                "tags": ["lgtm"],
                "isStarred": False,
                "folderUid": folder_uid(folder),
                "folderTitle": folder,
                "uri": f"db/{uid}",
                "slug": "",
            }
            for number, (uid, title, folder) in enumerate(self._boards, start=10)
            if wanted in title.lower()
        ]
        return Response.of_json(found)

    def _dashboard(self, uid: str) -> Response:
        found = next((item for item in self._boards if item[0] == uid), None)
        if found is None:
            return Response.of_json({"message": "Dashboard not found", "status": "not-found"}, 404)
        asked = self._asked(uid)
        panel = {"id": 1, "type": "timeseries", "title": found[1], **asked}
        return Response.of_json(
            {
                "meta": {
                    "type": "db",
                    "canSave": True,
                    "slug": uid,
                    "url": f"/d/{uid}/{uid}",
                    "version": 1,
                    "folderUid": folder_uid(found[2]),
                    "folderTitle": found[2],
                    "provisioned": True,
                },
                "dashboard": {
                    "uid": uid,
                    "title": found[1],
                    "schemaVersion": 39,
                    "version": 1,
                    "panels": [panel],
                    "tags": ["lgtm"],
                    "time": {"from": "now-6h", "to": "now"},
                },
            }
        )

    def _annotations(self, request: Request) -> Response:
        """The newest first; those that have all the tags asked for."""
        wanted = set(request.query.get("tags", []))
        found = [one for one in reversed(self._database["annotations"]) if wanted <= set(one["tags"])]
        return Response.of_json(found[: int(request.argument("limit") or 100)])

    def _annotation(self, number: int, method: str) -> Response:
        held = self._database["annotations"]
        found = next((one for one in held if one["id"] == number), None)
        if found is None:
            return Response.of_json({"message": "Could not find annotation to update"}, 404)
        if method != "DELETE":
            return Response.of_json(found)
        held.remove(found)
        return Response.of_json({"message": "Annotation deleted"})

    def _annotate(self, request: Request) -> Response:
        given = request.json()
        if not isinstance(given, dict) or not given.get("text"):
            return Response.of_json({"message": "Failed to save annotation: text field should not be empty"}, 400)
        database = self._database
        number = database["next"]
        database["next"] = number + 1
        now = int(time.time() * 1000)
        database["annotations"].append(
            {
                "id": number,
                "time": given.get("time", now),
                "timeEnd": given.get("timeEnd", given.get("time", now)),
                "text": given["text"],
                "tags": given.get("tags", []),
                "dashboardUID": given.get("dashboardUID", ""),
            }
        )
        return Response.of_json({"message": "Annotation added", "id": number})


def folder_uid(title: str) -> str:
    """Uid of a folder, made from its title."""
    return title.lower().replace(" on ", "-").replace(" ", "-")


def reach(url: str, target: str) -> str | None:
    """Why `url` with `target` does not answer 200, or nothing."""
    answer = ask(url, target)
    return answer if isinstance(answer, str) else None


def ask(url: str, target: str) -> bytes | str:
    """Body of what `url` with `target` answers, or in words why that is not a 200. Names are resolved as in the VPC."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    address = host
    if not re.fullmatch(r"[0-9.]+", host):
        answer = Resolver(server=None).resolve(records.absolute(host), "A")
        found = [value for _, kind, _, value in answer.records if kind == "A"]
        if not found:
            return f'Get "{url}{target}": dial tcp: lookup {host}: no such host'
        address = found[0]
    port = parts.port or 80
    try:
        fetched = current().io.run(fetch(address, port, parts.path.rstrip("/") + target, timeout=3), timeout=4)
    except Exception as error:
        return f'Get "{url}{target}": dial tcp {address}:{port}: {error or type(error).__name__}'
    return fetched.body if fetched.status == 200 else f"{host} answered {fetched.status}"
