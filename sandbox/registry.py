"""The image registry: Debian's `docker-registry` as a child on loopback, and what it holds as ECR would say it."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import logging
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import bcrypt

from sandbox.network import free_port

log = logging.getLogger("sandbox.registry")

MANIFEST_TYPES = (
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)

START_SECONDS = 10.0


@dataclass(frozen=True)
class RegistryImage:
    """One manifest in the registry."""

    digest: str
    tags: tuple[str, ...]
    manifest: str
    media_type: str
    size: int
    pushed_at: datetime


class Registry:
    """The child process and a reader of what it holds."""

    def __init__(self, state: Path) -> None:
        self._directory = state / "registry"
        self.token = secrets.token_urlsafe(54)
        self.host = "127.0.0.1"
        self.port = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._pushed: dict[str, datetime] = {}

    @staticmethod
    def installed() -> bool:
        return shutil.which("docker-registry") is not None

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    def start(self) -> None:
        """Starts the child. `wait` says when it answers."""
        # A world begins empty: images of an earlier one would be found in repositories that are made anew.
        shutil.rmtree(self._directory, ignore_errors=True)
        self._directory.mkdir(parents=True)
        self.port = free_port(self.host)
        # 72 characters, all that bcrypt reads; ECR's real tokens are longer.
        line = "AWS:" + bcrypt.hashpw(self.token.encode(), bcrypt.gensalt(4)).decode()
        htpasswd = self._directory / "htpasswd"
        htpasswd.write_text(line + "\n")
        htpasswd.chmod(0o600)
        config = {
            "version": 0.1,
            "log": {"level": "warn", "accesslog": {"disabled": True}},
            "storage": {
                "filesystem": {"rootdirectory": str(self._directory / "storage")},
                "delete": {"enabled": True},
                "cache": {"blobdescriptor": "inmemory"},
                "maintenance": {"uploadpurging": {"enabled": False}},
            },
            "http": {"addr": self.address, "secret": secrets.token_hex(16), "relativeurls": True},
            "auth": {"htpasswd": {"realm": "sandbox", "path": str(htpasswd)}},
        }
        file = self._directory / "config.yml"
        file.write_text(json.dumps(config))
        output = (self._directory / "registry.log").open("ab")
        self._child = subprocess.Popen(
            [*_dying_with_us(), "docker-registry", "serve", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        output.close()

    def wait(self) -> None:
        """Waits until the registry answers. Throws: `RuntimeError` when it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._child is not None and self._child.poll() is not None:
                break
            try:
                if self._get("/v2/")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.02)
        text = (self._directory / "registry.log").read_text(errors="replace")[-1000:]
        raise RuntimeError(f"docker-registry did not answer within {START_SECONDS:g} s: {text}")

    def stop(self) -> None:
        """Ends the child, by its own pid."""
        if self._child is None:
            return
        self._child.send_signal(signal.SIGTERM)
        try:
            self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait(timeout=5)
        self._child = None

    def images(self, repository: str) -> list[RegistryImage]:
        """What a repository holds. Throws: `OSError` when the registry does not answer."""
        status, _, body = self._get(f"/v2/{repository}/tags/list")
        if status == 404:
            return []
        tags = json.loads(body).get("tags") or []
        by_digest: dict[str, list[str]] = {}
        manifests: dict[str, tuple[str, str]] = {}
        for tag in sorted(tags):
            status, headers, content = self._get(f"/v2/{repository}/manifests/{tag}")
            if status != 200:
                continue
            digest = headers.get("docker-content-digest") or "sha256:" + hashlib.sha256(content).hexdigest()
            by_digest.setdefault(digest, []).append(tag)
            manifests[digest] = (content.decode(), headers.get("content-type", MANIFEST_TYPES[0]))
        return [
            self._image(repository, digest, tuple(names), *manifests[digest]) for digest, names in by_digest.items()
        ]

    def read(self, path: str) -> bytes:
        """A manifest or a blob by its path. Throws: `OSError` when it is not there."""
        status, _, body = self._get(path)
        if status != 200:
            raise OSError(f"the registry answered {status} for {path}")
        return body

    def delete(self, repository: str, digest: str) -> bool:
        """Deletes a manifest with its tags."""
        return self._request("DELETE", f"/v2/{repository}/manifests/{digest}")[0] == 202

    def put(self, repository: str, reference: str, manifest: str, media_type: str) -> str:
        """Puts a manifest whose layers are there. Gives its digest. Throws: `OSError` when refused."""
        status, headers, body = self._request(
            "PUT", f"/v2/{repository}/manifests/{reference}", manifest.encode(), {"Content-Type": media_type}
        )
        if status != 201:
            raise OSError(body.decode("utf-8", "replace"))
        return headers["docker-content-digest"]

    def _image(self, repository: str, digest: str, tags: tuple[str, ...], text: str, media_type: str) -> RegistryImage:
        manifest: dict[str, Any] = json.loads(text)
        parts = [manifest.get("config", {}), *manifest.get("layers", [])]
        size = sum(int(part.get("size", 0)) for part in parts)
        pushed = self._pushed.setdefault(f"{repository}@{digest}", datetime.now(timezone.utc))
        return RegistryImage(digest, tags, text, media_type.split(";")[0], size, pushed)

    def _get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        return self._request("GET", path, headers={"Accept": ", ".join(MANIFEST_TYPES)})

    def _request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
        credentials = base64.b64encode(f"AWS:{self.token}".encode()).decode()
        try:
            connection.request(method, path, body, {"Authorization": f"Basic {credentials}", **(headers or {})})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read()
        finally:
            connection.close()


def _dying_with_us() -> list[str]:
    """What makes a child end when this process is killed without a chance to end it. `setpriv` is of util-linux."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
