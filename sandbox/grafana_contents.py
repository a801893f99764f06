"""Gives Grafana its contents, or takes them away: what a runbook's Terraform does by Grafana's provider.

    python -m sandbox.grafana_contents apply|destroy --url URL --manifest FILE

`CONTENTS` of the environment is JSON: `{folder, datasource, dashboards, rules}`, `AUTH` is `USER:PASSWORD`. The host of
the URL is asked of the sandbox's name servers, and its certificate is checked against the sandbox's authority; the
manifest names both.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import socket
import ssl
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dnslib import DNSRecord


class GrafanaApi:
    """One Grafana, by the name that its users know. Throws: `OSError`, `LookupError`."""

    def __init__(self, url: str, manifest: dict[str, Any], auth: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 443
        self._address = address_of(self._host, manifest["dns_servers"][0])
        self._tls = ssl.create_default_context(cafile=manifest["ca_file"])
        self._login = base64.b64encode(auth.encode()).decode()

    def call(self, method: str, path: str, body: Any = None, absent: bool = False) -> None:
        """One request; with `absent` a 404 is as good as success. Throws: `OSError`."""
        connection = http.client.HTTPSConnection(self._host, self._port, timeout=30, context=self._tls)
        plain = socket.create_connection((self._address, self._port), timeout=30)
        connection.sock = self._tls.wrap_socket(plain, server_hostname=self._host)
        headers = {"Authorization": f"Basic {self._login}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status >= 300 and not (absent and answer.status == 404):
            raise OSError(f"{method} {path}: {answer.status} {text}")


def address_of(host: str, server: str) -> str:
    """Throws: `LookupError`."""
    address, _, port = server.rpartition(":")
    answer = DNSRecord.parse(DNSRecord.question(host).send(address, int(port), timeout=5))
    found = [str(record.rdata) for record in answer.rr if record.rtype == 1]
    if not found:
        raise LookupError(f"{server} knows no address of {host}")
    return found[0]


def apply(api: GrafanaApi, contents: dict[str, Any]) -> None:
    """The folder first, then what lies in it."""
    api.call("POST", "/api/folders", contents["folder"])
    api.call("POST", "/api/datasources", contents["datasource"])
    for dashboard in contents["dashboards"].values():
        given = {"dashboard": dashboard, "folderUid": contents["folder"]["uid"], "overwrite": True}
        api.call("POST", "/api/dashboards/db", given)
    api.call("PUT", group_path(contents), contents["rules"])


def destroy(api: GrafanaApi, contents: dict[str, Any]) -> None:
    """The other way round."""
    api.call("DELETE", group_path(contents), absent=True)
    for dashboard in contents["dashboards"].values():
        api.call("DELETE", f"/api/dashboards/uid/{dashboard['uid']}", absent=True)
    api.call("DELETE", f"/api/datasources/uid/{contents['datasource']['uid']}", absent=True)
    api.call("DELETE", f"/api/folders/{contents['folder']['uid']}", absent=True)


def group_path(contents: dict[str, Any]) -> str:
    return f"/api/v1/provisioning/folder/{contents['folder']['uid']}/rule-groups/{contents['rules']['title']}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox.grafana_contents")
    parser.add_argument("verb", choices=["apply", "destroy"])
    parser.add_argument("--url", required=True)
    parser.add_argument("--manifest", type=Path, required=True, metavar="FILE")
    given = parser.parse_args()
    try:
        api = GrafanaApi(given.url, json.loads(given.manifest.read_text()), os.environ["AUTH"])
        (apply if given.verb == "apply" else destroy)(api, json.loads(os.environ["CONTENTS"]))
    except (OSError, LookupError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
