"""What a rehearsal needs beside the sandbox: Terraform's root with its variables, and a base image for the builds.

A runbook may have a root of its own for rehearsals, `terraform/environments/sandbox/main.tf`; one that has only a
`resources.yaml` there gets the root that all of these share, `sandbox/terraform`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from rehearsal.sandbox import REPOSITORY

SHARED_ROOT = REPOSITORY / "sandbox/terraform"
BASE_IMAGE = "localhost/rehearsal/busybox"
BUSYBOX = Path("/bin/busybox")


def prepare(folder: Path, ready: dict[str, Any]) -> dict[str, str]:
    """Makes everything under `folder`, the sandbox's. Gives the environment that the builders need.

    Throws: `subprocess.CalledProcessError`, `OSError`.
    """
    own = REPOSITORY / "runbooks" / ready["scenario"] / "terraform/environments/sandbox"
    if own.is_dir():
        terraform_root(folder, ready, own)
    return image_builder(folder, ready)


def terraform_root(folder: Path, ready: dict[str, Any], own: Path) -> Path:
    """A copy of the root module, so that its state belongs to this sandbox alone; `own` is the runbook's own folder."""
    root = (folder / "terraform").resolve()
    root.mkdir(parents=True, exist_ok=True)
    declared = own / "resources.yaml"
    for file in (SHARED_ROOT if declared.is_file() else own).iterdir():
        if file.suffix in (".tf", ".py"):
            shutil.copy(file, root / file.name)
    manifest = root / "manifest.json"
    manifest.write_text(json.dumps(ready["variables"], indent=2, sort_keys=True) + "\n")
    values = {
        "python": sys.executable,
        "repository": str(REPOSITORY),
        "endpoint": ready["endpoint"],
        "manifest": str(manifest),
        "outputs": str(root / "outputs.json"),
    }
    if declared.is_file():
        values |= {"declared": str(declared), "state": str(root / "made.json")}
        names = yaml.safe_load(declared.read_text()).get("outputs", {})
        outputs = {name: {"value": f"${{try(local.made.{name}, null)}}"} for name in names}
        (root / "outputs.tf.json").write_text(json.dumps({"output": outputs}, indent=2) + "\n")
    # JSON's texts are HCL's texts, but for `${`, which no path of ours holds.
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    (root / "terraform.tfvars").write_text("\n".join(lines) + "\n")
    for further in (folder for folder in own.iterdir() if folder.is_dir() and list(folder.glob("*.tf"))):
        further_root(root / further.name, further, values)
    return root


def further_root(root: Path, own: Path, values: dict[str, str]) -> None:
    """A second root module of the runbook, for what another provider makes, with those of the values that it declares."""
    root.mkdir(exist_ok=True)
    texts = []
    for file in own.glob("*.tf"):
        shutil.copy(file, root / file.name)
        texts.append(file.read_text())
    templates = own.parents[1] / own.name / "templates"
    known = {**values, "templates": str(templates)}
    declared = {name: value for name, value in known.items() if f'variable "{name}"' in "".join(texts)}
    lines = [f"{name} = {json.dumps(value)}" for name, value in declared.items()]
    (root / "terraform.tfvars").write_text("\n".join(lines) + "\n")


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
