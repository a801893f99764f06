"""Dockerfiles: hadolint, and what they have to agree about with the runbook and the task definitions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from conftest import LGTM, Judge

COMPONENTS = ("mimir", "loki", "tempo", "pyroscope", "grafana", "alloy")
RUNBOOK = yaml.safe_load((LGTM / "runbook.yaml").read_text())
PLANNED = {one["name"]: one for one in RUNBOOK["variables"]["components"]["default"]}


def dockerfile(component: str) -> Path:
    return LGTM / "dockerfiles" / component / "Dockerfile"


def test_there_is_an_image_for_each_component() -> None:
    assert sorted(path.name for path in (LGTM / "dockerfiles").iterdir()) == sorted(COMPONENTS) == sorted(PLANNED)


@pytest.mark.parametrize("component", COMPONENTS)
def test_hadolint_finds_nothing(judge: Judge, component: str) -> None:
    verdict = judge("hadolint", "--no-color", dockerfile(component))
    assert verdict.status == 0, verdict.said


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("FROM docker.io/grafana/loki:latest\nUSER 1\n", "DL3007"),
        ("FROM docker.io/grafana/loki\nUSER 1\n", "DL3006"),
        ("FROM scratch\nADD loki.yaml /etc/loki.yaml\n", "DL3020"),
        ("FROM scratch\nUSER root\n", "DL3002"),
    ],
)
def test_hadolint_finds_what_is_wrong(judge: Judge, text: str, rule: str) -> None:
    verdict = judge("hadolint", "--no-color", "-", given=text)
    assert verdict.status != 0 and rule in verdict.said


@pytest.mark.parametrize("component", COMPONENTS)
def test_an_image_s_base_is_the_runbook_s(component: str) -> None:
    base = re.search(r"^ARG BASE=(\S+)$", dockerfile(component).read_text(), re.M)
    assert base and base[1] == PLANNED[component]["base"]
    assert re.search(r":v?\d+\.\d+\.\d+$", base[1]), "a base has a whole version"


@pytest.mark.parametrize("component", COMPONENTS)
def test_an_image_exposes_what_its_task_opens(component: str) -> None:
    exposed = re.search(r"^EXPOSE (.+)$", dockerfile(component).read_text(), re.M)
    definition = json.loads((LGTM / "task-definitions" / f"{component}.json").read_text())
    ports = {one["containerPort"] for one in definition["containerDefinitions"][0]["portMappings"]}
    opened = {PLANNED[component]["port"] if port == "${port}" else port for port in ports}
    assert exposed and {int(port) for port in exposed[1].split()} == opened


@pytest.mark.parametrize("component", COMPONENTS)
def test_what_an_image_copies_is_there(component: str) -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) ", dockerfile(component).read_text(), re.M)
    assert copied, "an image without its configuration"
    for name in copied:
        assert (dockerfile(component).parent / name).exists(), name


@pytest.mark.parametrize("component", COMPONENTS)
def test_an_image_does_not_run_as_root(component: str) -> None:
    user = re.findall(r"^USER (\S+)$", dockerfile(component).read_text(), re.M)
    assert user and user[-1].isdigit() and user[-1] != "0"


def test_grafana_s_image_is_of_the_version_that_the_old_side_is_held_against() -> None:
    assert PLANNED["grafana"]["base"].endswith(f":{RUNBOOK['variables']['grafana_version']['default']}")
