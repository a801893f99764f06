"""Pushes a tiny image, as any client of the registry's API would."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import urllib.request
from typing import Any

from conftest import Running


def push(sandbox: Running, repository: str, tag: str) -> str:
    """Pushes an image with one small layer. Gives its digest."""
    client = sandbox.client("ecr")
    known = {item["repositoryName"] for item in client.describe_repositories()["repositories"]}
    if repository not in known:
        client.create_repository(repositoryName=repository, imageScanningConfiguration={"scanOnPush": True})
    token = client.get_authorization_token()["authorizationData"][0]
    registry = Registry(token["proxyEndpoint"], token["authorizationToken"])
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        content = f"{repository}:{tag}".encode()
        entry = tarfile.TarInfo("version")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    layer = archive.getvalue()
    config = json.dumps(
        {
            "architecture": "amd64",
            "os": "linux",
            "config": {},
            "rootfs": {"type": "layers", "diff_ids": [digest(layer)]},
        }
    ).encode()
    for blob in (layer, config):
        registry.upload(repository, blob)
    return registry.put_manifest(repository, tag, config, layer)


def digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


class Registry:
    """A client of one registry."""

    def __init__(self, endpoint: str, token: str) -> None:
        assert base64.b64decode(token).startswith(b"AWS:")
        self._endpoint, self._token = endpoint, token

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Any:
        url = path if path.startswith("http") else self._endpoint + path
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(url, body, {"Authorization": f"Basic {self._token}", **given}, method=method)
        return urllib.request.urlopen(request)

    def upload(self, repository: str, blob: bytes) -> None:
        location = self.request("POST", f"/v2/{repository}/blobs/uploads/", b"").headers["Location"]
        joint = "&" if "?" in location else "?"
        self.request("PUT", f"{location}{joint}digest={digest(blob)}", blob, Content_Type="application/octet-stream")

    def put_manifest(self, repository: str, tag: str, config: bytes, layer: bytes) -> str:
        kind = "application/vnd.oci.image.manifest.v1+json"
        manifest = json.dumps(
            {
                "schemaVersion": 2,
                "mediaType": kind,
                "config": {
                    "mediaType": "application/vnd.oci.image.config.v1+json",
                    "digest": digest(config),
                    "size": len(config),
                },
                "layers": [
                    {"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": digest(layer), "size": len(layer)}
                ],
            }
        ).encode()
        return str(
            self.request("PUT", f"/v2/{repository}/manifests/{tag}", manifest, Content_Type=kind).headers[
                "Docker-Content-Digest"
            ]
        )
