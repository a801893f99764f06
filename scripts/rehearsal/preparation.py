"""What a rehearsal needs beside the sandbox: Terraform's root with its variables, and a base image for the builds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from rehearsal.sandbox import REPOSITORY

ROOT_MODULE = REPOSITORY / "runbooks/lgtm-fargate/terraform/environments/sandbox"
BASE_IMAGE = "localhost/rehearsal/busybox"
BUSYBOX = Path("/bin/busybox")


def prepare(folder: Path, ready: dict[str, Any]) -> dict[str, str]:
    """Makes everything under `folder`, the sandbox's. Gives the environment that the builders need.

    Throws: `subprocess.CalledProcessError`, `OSError`.
    """
    terraform_root(folder, ready)
    return image_builder(folder, ready)


def terraform_root(folder: Path, ready: dict[str, Any]) -> Path:
    """A copy of the root module, so that its state belongs to this sandbox alone."""
    root = folder / "terraform"
    root.mkdir(parents=True, exist_ok=True)
    for name in ("main.tf", "variables.tf", "outputs.tf", "services.py"):
        shutil.copy(ROOT_MODULE / name, root / name)
    manifest = root / "manifest.json"
    manifest.write_text(json.dumps(ready["variables"], indent=2, sort_keys=True) + "\n")
    values = {
        "python": sys.executable,
        "repository": str(REPOSITORY),
        "endpoint": ready["endpoint"],
        "manifest": str(manifest.resolve()),
        "outputs": str((root / "outputs.json").resolve()),
    }
    # JSON's texts are HCL's texts, but for `${`, which no path of ours holds.
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    (root / "terraform.tfvars").write_text("\n".join(lines) + "\n")
    return root


def image_builder(folder: Path, ready: dict[str, Any]) -> dict[str, str]:
    """A store of images under `folder`, with the base image in it. Gives the environment that points to it."""
    store = folder / "images"
    store.mkdir(parents=True, exist_ok=True)
    storage, registries = store / "storage.conf", store / "registries.conf"
    storage.write_text(
        f'[storage]\ndriver = "vfs"\nrunroot = "{(store / "run").resolve()}"\n'
        f'graphroot = "{(store / "root").resolve()}"\n'
    )
    registry = ready["variables"].get("registry", "")
    registries.write_text(f'[[registry]]\nlocation = "{registry}"\ninsecure = true\n' if registry else "")
    environment = {
        "CONTAINERS_STORAGE_CONF": str(storage.resolve()),
        "CONTAINERS_REGISTRIES_CONF": str(registries.resolve()),
        "STORAGE_DRIVER": "vfs",
        "BUILDAH_ISOLATION": "chroot",
    }
    if shutil.which("buildah"):
        context = store / "busybox"
        context.mkdir(exist_ok=True)
        shutil.copy(BUSYBOX, context / "busybox")
        (context / "Dockerfile").write_text("FROM scratch\nCOPY busybox /bin/busybox\n")
        subprocess.run(
            ["buildah", "bud", "--quiet", "--tag", BASE_IMAGE, str(context)],
            env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return environment
