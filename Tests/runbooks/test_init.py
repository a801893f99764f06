"""A new runbook from each template: sound as soon as its variables are given, and one that rehearses."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import REPOSITORY, RUNBOOKS, SYSTEMS
from night import binary

PATIENCE = 600.0
"""Longest that one command may take, seconds."""
NAME = "our-own-night"


def migrate(folder: Path, *words: str) -> str:
    """What a command says that ends well."""
    found = binary()
    if found is None:
        pytest.fail("no `migrate` is as new as the sources; `make debug` builds one")
    done = subprocess.run(
        [found, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda one: one.name)
def test_it_is_sound_once_its_variables_are_given(system: Path, tmp_path: Path) -> None:
    examples = system / "environments/prod.example.yaml"
    said = migrate(
        tmp_path, "init", NAME, "--from", system.name, "--templates", str(RUNBOOKS), "--values", str(examples)
    )
    assert f"from `{system.name}`" in said
    made = tmp_path / "runbooks" / NAME
    assert yaml.safe_load((made / "runbook.yaml").read_text())["runbook"] == NAME
    given, example = (yaml.safe_load(file.read_text()) for file in (made / "environments/prod.yaml", examples))
    assert given == example
    assert "is sound" in migrate(tmp_path, "validate", "--env", "prod")
    migrate(tmp_path, "policy", "--env", "prod")
    migrate(tmp_path, "graph", "--env", "prod")


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda one: one.name)
def test_it_has_every_file_that_the_repository_keeps(system: Path, tmp_path: Path) -> None:
    migrate(tmp_path, "init", NAME, "--from", system.name, "--templates", str(RUNBOOKS))
    listed = subprocess.run(
        ["git", "ls-files", "."], cwd=system, capture_output=True, text=True, check=True
    ).stdout.split()  # fmt: skip
    made = tmp_path / "runbooks" / NAME
    copied = {str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()}
    assert copied == {*listed, "environments/prod.yaml"}
    for name in listed:
        assert (made / name).stat().st_mode == (system / name).stat().st_mode, name


@pytest.mark.skipif(
    not all(shutil.which(name) for name in ("terraform", "buildah", "docker-registry")),
    reason="there is no terraform, no buildah or no docker-registry",
)
def test_it_rehearses_in_the_world_of_its_template(tmp_path: Path) -> None:
    system = RUNBOOKS / "zero-downtime-ecs"
    made = tmp_path / "runbooks" / NAME
    migrate(tmp_path, "init", NAME, "--from", system.name, "--templates", str(RUNBOOKS))
    # The checkout has the sandbox: what is rehearsed may lie anywhere.
    said = migrate(REPOSITORY, "rehearse", "--runbook", str(made), "--state", str(tmp_path / "state"))
    assert said.count("the worlds are equal") == 2, said
