"""What an image that was pushed to the sandbox's registry holds: its files, and how it is started."""

from __future__ import annotations

import io
import json
import re
import tarfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.registry import Registry

STARTERS = ThreadPoolExecutor(8, "starter")
"""Threads for starting and ending processes.

Rule: what runs here never takes the world's lock. Why: whoever starts a process holds it and waits. What if one of the
loop's own threads were used: requests that wait for the lock may occupy all of these, and nothing goes on.
"""

LARGEST_FILE = 1 << 20
"""Bytes. Configurations and scripts are smaller; programs are taken from this machine, not from the image."""


@dataclass(frozen=True)
class ImageStart:
    """What an image runs when nobody says otherwise."""

    entry: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)


def unpack(registry: Registry, image: str, target: Path) -> ImageStart:
    """Puts the small files of `image` (`…/name@sha256:…` or `…/name:tag`) under `target`, layer over layer.

    Throws: `OSError` when the registry has it not.
    """
    found = re.fullmatch(r"[^/]+/(?P<name>[^@:]+)(?:@(?P<digest>sha256:\w+)|:(?P<tag>[\w.-]+))", image)
    if found is None:
        raise OSError(f"{image}: neither a digest nor a tag")
    manifest = json.loads(registry.read(f"/v2/{found['name']}/manifests/{found['digest'] or found['tag']}"))
    blobs = f"/v2/{found['name']}/blobs"
    for layer in manifest["layers"]:
        _unpack_layer(registry.read(f"{blobs}/{layer['digest']}"), target)
    told = json.loads(registry.read(f"{blobs}/{manifest['config']['digest']}")).get("config", {})
    pairs = (item.partition("=") for item in told.get("Env") or [])
    return ImageStart(
        list(told.get("Entrypoint") or []), list(told.get("Cmd") or []), {name: value for name, _, value in pairs}
    )


def _unpack_layer(content: bytes, target: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:*") as layer:
        for member in layer.getmembers():
            place = (target / member.name.lstrip("./")).resolve()
            if not member.isfile() or member.size > LARGEST_FILE or not place.is_relative_to(target.resolve()):
                continue
            source = layer.extractfile(member)
            if source is None:
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(source.read())
            place.chmod(0o755 if member.mode & 0o100 else 0o644)
