"""Grafana whose data sources and dashboards lie in its database: each process puts there at its start what it is
provisioned with, by name, over what it finds, as "Provision Grafana" of its documentation says of data sources.

What the image holds is not read: a task has the four sources and the dashboards of `runbooks/lgtm-fargate`, a process
with `MIMIR_URL` and its siblings those of the old side.
"""

from __future__ import annotations

from typing import Any

from sandbox.emulator.context import current
from sandbox.http_server import Request, Response
from sandbox.network import COMPONENT_PORTS
from sandbox.standins.grafana import DASHBOARDS, LOGS, METRICS, Grafana
from sandbox.standins.service import Settings, Side
from sandbox.standins.storage import SignalStore

TYPES = {"mimir": "prometheus", "loki": "loki", "tempo": "tempo", "pyroscope": "grafana-pyroscope-datasource"}
OLD_BOARDS = (("orders", "Orders", "Shop"), ("checkout-logs", "Checkout / Logs", "Shop"))
NEW_FOLDER = "LGTM on Fargate"


class SharedGrafana(Grafana):
    """One Grafana process among others on one database."""

    def __init__(self, side: Side, address: str, settings: Settings, store: SignalStore) -> None:
        super().__init__(side, address, settings, store)
        self.searches = 0
        given = settings.environment
        database = self._database
        self._held: dict[str, tuple[str, str, str, str]] = database.setdefault("sources", {})
        self._shown: dict[str, tuple[str, str, str]] = database.setdefault("boards", {})
        is_old = "MIMIR_URL" in given
        for component in TYPES:
            if is_old:
                self._provision(component.capitalize(), component, component, given[f"{component.upper()}_URL"])
                continue
            url = self._new_url(component)
            self._provision(f"Fargate {component.capitalize()}", f"fargate-{component}", component, url)
            if given.get("GF_PATHS_PROVISIONING", "").endswith("/handover"):
                name, uid = (given[f"OLD_{component.upper()}_{part}"] for part in ("NAME", "UID"))
                self._provision(name, uid, component, url)
        boards = OLD_BOARDS if is_old else [(uid, title, NEW_FOLDER) for uid, title, _ in DASHBOARDS]
        self._shown |= {uid: (uid, title, folder) for uid, title, folder in boards}

    def handle(self, request: Request) -> Response:
        if request.path == "/metrics":
            counted = 'grafana_http_request_duration_seconds_count{handler="%s",method="GET",status_code="200"}'
            return self.metrics_answer({counted % "/api/health": self.requests, counted % "/api/search": self.searches})
        self.searches += request.path == "/api/search"
        return super().handle(request)

    def _new_url(self, component: str) -> str:
        domain = self.settings.environment.get("DISCOVERY_DOMAIN", "lgtm.local")
        path = "/prometheus" if component == "mimir" else ""
        return f"http://{component}.{domain}:{COMPONENT_PORTS[component]}{path}"

    def _provision(self, name: str, uid: str, component: str, url: str) -> None:
        self._held[name] = (uid, name, TYPES[component], url)

    def _source_list(self) -> list[tuple[str, str, str, str]]:
        return list(self._held.values())

    @property
    def _boards(self) -> list[tuple[str, str, str]]:
        return list(self._shown.values())

    def _asked(self, uid: str) -> dict[str, Any]:
        asked = LOGS if uid.endswith("-logs") else METRICS
        if uid in {old for old, _, _ in OLD_BOARDS}:
            return asked
        kind = asked["datasource"]
        return {**asked, "datasource": {**kind, "uid": f"fargate-{kind['uid']}"}}


def contents() -> dict[str, Any]:
    """What every database holds, by name: where each data source leads, and the dashboards of each folder."""
    found = {}
    for host, database in current().fleet.databases.items():
        if "sources" not in database:
            continue
        boards: dict[str, list[str]] = {}
        for uid, _, folder in sorted(database["boards"].values()):
            boards.setdefault(folder, []).append(uid)
        found[host] = {"sources": {name: url for name, (_, _, _, url) in database["sources"].items()}, "boards": boards}
    return found
