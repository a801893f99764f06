"""Task definitions, filled in as the runbook does it and judged by cfn-lint, which knows Fargate's sizes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import LGTM, REPOSITORY, Judge

RUNBOOK = yaml.safe_load((LGTM / "runbook.yaml").read_text())
PLANNED = {one["name"]: one for one in RUNBOOK["variables"]["components"]["default"]}
SIZES = {"mimir": (3, 2048, 4096), "loki": (2, 1024, 2048), "tempo": (1, 1024, 2048), "pyroscope": (1, 1024, 2048),
         "grafana": (1, 512, 1024), "alloy": (1, 512, 1024)}  # fmt: skip
"""Tasks, CPU units and MiB of each component, from the system's document."""

NUMBERS = {"cpu", "memory", "port"}


def steps_of(kind: str) -> list[dict[str, Any]]:
    """Steps of the runbook that do `kind`."""
    return [step for phase in RUNBOOK["phases"] for step in phase["steps"] if step.get("do") == kind]


def values_of(step: dict[str, Any], component: str) -> dict[str, Any]:
    """What a step puts into the definition of `component`, with samples for what is known later."""
    planned = {f"component.{name}": value for name, value in PLANNED[component].items()}
    planned |= {"region": "ap-northeast-2", "registry": "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com"}
    planned |= {
        f"steps.{role}-role.arn": f"arn:aws:iam::123456789012:role/lgtm-{role}" for role in ("task", "execution")
    }
    secret = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:lgtm/grafana-AbCdEf"
    digest = "sha256:" + "0" * 64

    def fill(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        whole = re.fullmatch(r"\$\{([^}]+)\}", text)
        if whole and whole[1] in planned:
            return planned[whole[1]]
        text = text.replace("${steps.images.${component.name}.digest}", digest).replace("${steps.secrets.arn}", secret)
        text = re.sub(r"\$\{([^}]+)\}", lambda found: str(planned.get(found[1], found[1])), text)
        return text

    return {name: fill(value) for name, value in step["with"]["values"].items()}


def filled(component: str) -> dict[str, Any]:
    """The definition as ECS gets it."""
    values = values_of(steps_of("ecs.task_definition")[0], component)

    def fill(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: fill(value) for key, value in node.items()}
        if isinstance(node, list):
            return [fill(item) for item in node]
        if not isinstance(node, str):
            return node
        whole = re.fullmatch(r"\$\{(\w+)\}", node)
        if whole and whole[1] == "port":
            return int(values["port"])
        return re.sub(r"\$\{(\w+)\}", lambda found: str(values[found[1]]), node)

    return dict(fill(json.loads((LGTM / "task-definitions" / f"{component}.json").read_text())))


def as_template(definition: Any) -> Any:
    """ECS's spelling as CloudFormation has it: the same names with a capital."""
    if isinstance(definition, dict):
        return {
            key[:1].upper() + key[1:]: as_template(value) for key, value in definition.items() if key != "options"
        } | ({"Options": definition["options"]} if "options" in definition else {})
    return [as_template(item) for item in definition] if isinstance(definition, list) else definition


def linted(judge: Judge, folder: Path, *definitions: dict[str, Any]) -> str:
    resources = {
        f"Task{number}": {"Type": "AWS::ECS::TaskDefinition", "Properties": as_template(one)}
        for number, one in enumerate(definitions)
    }
    file = folder / "template.json"
    file.write_text(json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}, indent=1))
    verdict = judge("cfn-lint", "--regions", "ap-northeast-2", "--include-checks", "W", "--", file)
    return "" if verdict.status == 0 else verdict.said


def test_cfn_lint_finds_nothing(judge: Judge, tmp_path: Path) -> None:
    assert linted(judge, tmp_path, *(filled(component) for component in SIZES)) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cpu": "2048", "memory": "2048"}, "E3047"),
        ({"cpu": "300"}, "E30"),
        ({"networkMode": "overlay"}, "overlay"),
        ({"containerDefinitions": []}, "E3042"),
    ],
)
def test_cfn_lint_finds_what_is_wrong(judge: Judge, tmp_path: Path, change: dict[str, Any], said: str) -> None:
    assert said in linted(judge, tmp_path, {**filled("mimir"), **change})


def test_the_sizes_are_the_document_s() -> None:
    planned = {name: (one["tasks"], one["cpu"], one["memory"]) for name, one in PLANNED.items()}
    assert planned == SIZES


@pytest.mark.parametrize("component", SIZES)
def test_every_value_of_a_definition_is_given_and_no_other(component: str) -> None:
    text = (LGTM / "task-definitions" / f"{component}.json").read_text()
    wanted = set(re.findall(r"\$\{(\w+)\}", text))
    for step in steps_of("ecs.task_definition"):
        if step.get("for_each") or component in step["with"]["family"]:
            assert wanted <= set(step["with"]["values"]), step["id"]


@pytest.mark.parametrize("component", SIZES)
def test_a_task_has_two_minutes_to_stop_and_is_looked_at(component: str) -> None:
    container = filled(component)["containerDefinitions"][0]
    assert container["stopTimeout"] == 120
    assert container["healthCheck"]["command"][0] == "CMD", "an image without a shell cannot run CMD-SHELL"
    assert container["logConfiguration"]["options"]["awslogs-group"] == f"/ecs/lgtm/{component}"


@pytest.mark.parametrize("component", SIZES)
def test_no_task_is_privileged_or_uses_what_fargate_has_not(component: str) -> None:
    container = filled(component)["containerDefinitions"][0]
    assert not container.get("privileged")
    assert not (container.get("linuxParameters") or {}).get("capabilities", {}).get("add")
    assert "beyla" not in json.dumps(container).lower(), "eBPF does not work on Fargate"


@pytest.mark.parametrize("component", SIZES)
def test_a_secret_is_never_a_plain_value(component: str) -> None:
    container = filled(component)["containerDefinitions"][0]
    names = [one["name"] for one in container.get("environment", [])]
    assert [name for name in names if re.search(r"PASSWORD|SECRET|TOKEN", name)] == []


@pytest.mark.parametrize("component", SIZES)
def test_a_configuration_asks_only_for_what_its_task_gives(component: str) -> None:
    container = filled(component)["containerDefinitions"][0]
    given = {one["name"] for kind in ("environment", "secrets") for one in container.get(kind, [])}
    folder = LGTM / "dockerfiles" / component
    text = "\n".join(
        re.sub(r"^\s*(#|//|;).*$", "", file.read_text(), flags=re.M)
        for file in folder.rglob("*") if file.suffix in (".yaml", ".alloy", ".ini")
    )  # fmt: skip
    asked = set(re.findall(r"\$\{([A-Z_]+)[:}]|(?<!\$)\$([A-Z_]{3,})|sys\.env\(\"([A-Z_]+)\"\)", text))
    assert {next(filter(None, one)) for one in asked} <= given


FREE_DISK = 20
"""What Fargate gives every task for nothing, GB."""


def test_disks_are_those_that_the_costs_are_reckoned_with() -> None:
    paid = 0
    for name, planned in PLANNED.items():
        definition = json.loads((LGTM / f"task-definitions/{name}.json").read_text())
        size = definition.get("ephemeralStorage", {}).get("sizeInGiB", FREE_DISK)
        assert planned["disk"] == size, name
        paid += planned["tasks"] * (size - FREE_DISK)
    assert paid > 0
    sheet = yaml.safe_load((LGTM / "costs.yaml").read_text())
    assert sheet["items"][0]["fargate"]["disk"] == "${component.disk}"
    listed = (REPOSITORY / "Sources/Reports/Cost/PriceTable.swift").read_text()
    price = re.search(r'"fargate.disk_gb_hour": Price\(dollars: ([\d.]+)', listed)
    assert price
    for language, words in sheet["about"].items():
        assert f"{paid} GB" in words and f"{paid * 730 * float(price[1]):.2f}" in words, language
