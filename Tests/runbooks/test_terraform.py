"""Terraform's files, held against the provider's schema, Terraform's own format and checkov."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import JUDGES, LGTM, RUNBOOKS, SYSTEMS, Judge
from judging.schema import ProviderSchema
from judging.terraform import Module, problems

TERRAFORM = LGTM / "terraform"
PROD = TERRAFORM / "environments/prod"
MODULES = ("ecr", "iam", "security-groups", "cloudmap", "alb", "ecs")
FOLDERS = sorted({file.parent for file in RUNBOOKS.glob("*/terraform/**/*.tf")} - set(RUNBOOKS.glob("*/**/sandbox")))
"""Every folder of Terraform files, but for the roots of rehearsals: they use nothing of the provider."""


@pytest.fixture(scope="module")
def schema() -> ProviderSchema:
    found = sorted((JUDGES / "wheels").glob("cdktf_cdktf_provider_aws-*.whl"))
    if not found:
        pytest.fail("the provider's bindings are not there; `make setup-test` fetches them")
    return ProviderSchema(found[-1])


def test_the_document_s_six_modules_are_there() -> None:
    assert sorted(path.name for path in (TERRAFORM / "modules").iterdir()) == sorted(MODULES)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: str(one.relative_to(RUNBOOKS)))
def test_names_and_arguments_are_the_provider_s(schema: ProviderSchema, folder: Path) -> None:
    assert problems(Module.read(folder), schema) == []


@pytest.mark.parametrize(
    ("module", "old", "new", "said"),
    [
        (
            "alb",
            'resource "aws_lb_listener"',
            'resource "aws_lb_listner"',
            "the provider has no resource `aws_lb_listner`",
        ),
        ("alb", "client_keep_alive ", "client_keepalive ", "no argument `client_keepalive`"),
        ("alb", "unhealthy_threshold", "unhealty_threshold", "aws_lb_target_group.grafana.health_check: no argument"),
        ("ecs", "assign_public_ip", "assign_public_address", "network_configuration: no argument"),
        ("ecs", "target_group_arn = load", "target_group = load", "load_balancer: no argument `target_group`"),
        ("ecs", "  family  ", "  families", "`family` is required"),
        ("ecs", "var.cluster", "var.clusters", "var.clusters: named, but not declared"),
        ("iam", "aws_iam_role.task.arn]", "aws_iam_role.task.anr]", "aws_iam_role.task: no attribute `anr`"),
        ("iam", 'data "aws_partition"', 'data "aws_partitions"', "the provider has no data `aws_partitions`"),
    ],
)
def test_a_misspelt_name_is_found(
    schema: ProviderSchema, tmp_path: Path, module: str, old: str, new: str, said: str
) -> None:
    copy = shutil.copytree(TERRAFORM / "modules" / module, tmp_path / module)
    text = (copy / "main.tf").read_text()
    assert old in text, "the row breaks nothing"
    (copy / "main.tf").write_text(text.replace(old, new, 1))
    assert any(said in line for line in problems(Module.read(copy), schema)), problems(Module.read(copy), schema)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("certificate_arn    = var", "certificate        = var", "module.alb: no variable `certificate`"),
        ("  vpc_id     = var.vpc_id\n", "", "module.cloudmap: `vpc_id` is required"),
        ("module.cloudmap.service_arns", "module.cloudmap.services", "module.cloudmap: no output `services`"),
    ],
)
def test_a_module_that_is_called_wrongly_is_found(
    schema: ProviderSchema, tmp_path: Path, old: str, new: str, said: str
) -> None:
    copy = shutil.copytree(TERRAFORM, tmp_path / "terraform") / "environments/prod"
    text = (copy / "main.tf").read_text()
    assert old in text, "the row breaks nothing"
    (copy / "main.tf").write_text(text.replace(old, new, 1))
    assert said in problems(Module.read(copy), schema)


def test_terraform_finds_nothing_to_format(judge: Judge) -> None:
    verdict = judge("terraform", "fmt", "-check", "-recursive", "-diff", RUNBOOKS)
    assert verdict.status == 0, verdict.said


def test_a_file_that_is_not_formatted_is_found(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("locals {\n  one = 1\n  second = 2\n}\n")
    assert judge("terraform", "fmt", "-check", tmp_path).status == 3


def checked(judge: Judge, folder: Path, *frameworks: str) -> dict[str, list[str]]:
    """What checkov finds: resources by the number of the check, and the exceptions that it passed over."""
    verdict = judge("checkov", "--directory", folder, "--framework", *frameworks, "--skip-download", "--output", "json")
    answers = json.loads(verdict.output)
    found: dict[str, list[str]] = {"failed": [], "skipped": [], "passed": []}
    for answer in answers if isinstance(answers, list) else [answers]:
        assert answer["results"]["parsing_errors"] == []
        for kind in found:
            for one in answer["results"][f"{kind}_checks"]:
                reason = one["check_result"].get("suppress_comment", "")
                found[kind].append(f"{one['check_id']} {one['resource']} {reason}".strip())
    return found


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda one: one.name)
def test_checkov_finds_nothing_but_exceptions_with_their_reasons(judge: Judge, system: Path) -> None:
    found = checked(judge, system, "terraform", "dockerfile", "secrets")
    assert found["failed"] == []
    assert len(found["passed"]) > (200 if system == LGTM else 50), "checkov has hardly looked"
    assert [line for line in found["skipped"] if len(line.split()) < 6] == [], "an exception says why"


def test_checkov_finds_what_is_wrong(judge: Judge, tmp_path: Path) -> None:
    copy = shutil.copytree(TERRAFORM, tmp_path / "terraform")
    file = copy / "modules/alb/main.tf"
    text = file.read_text()
    file.write_text(re.sub(r"\n *drop_invalid_header_fields .*", "", text))
    assert file.read_text() != text, "nothing was broken"
    assert any(line.startswith("CKV_AWS_131 ") for line in checked(judge, copy, "terraform")["failed"])


def test_the_host_that_migrates_reaches_every_port_that_the_runbook_asks() -> None:
    runbook = yaml.safe_load((LGTM / "runbook.yaml").read_text())
    planned = {one["name"]: one["port"] for one in runbook["variables"]["components"]["default"]}
    asked = ports_asked(runbook)
    assert {3100, 3200, 4040, 4318, 8080, 12345} <= asked, "the judge overlooks addresses of tasks"
    assert asked <= open_to_operators(TERRAFORM / "modules/security-groups", planned)
    prod = (PROD / "main.tf").read_text()
    assert re.search(r"operator_cidrs\s+= var\.operator_cidrs", prod)
    assert "operator_cidrs" in (PROD / "terraform.tfvars.example").read_text()


def test_a_port_that_is_closed_to_the_host_that_migrates_is_found(tmp_path: Path) -> None:
    copy = shutil.copytree(TERRAFORM / "modules/security-groups", tmp_path / "security-groups")
    file = copy / "main.tf"
    text = file.read_text()
    assert "values(var.ports) : tostring(port)]), local.otlp" in text, "nothing is broken"
    file.write_text(text.replace("values(var.ports) : tostring(port)]), local.otlp", "[] : port]), local.otlp"))
    assert 4040 not in open_to_operators(copy, {"pyroscope": 4040})


def test_the_outputs_that_the_runbook_reads_are_those_of_both_roots() -> None:
    runbook = yaml.safe_load((LGTM / "runbook.yaml").read_text())
    steps = {step["id"]: step for phase in runbook["phases"] for step in phase["steps"]}
    condition = steps["outputs"]["with"]["expect"].split("map_values(.value)")[1]
    read = set(re.findall(r"(?<=\s)\.[\w.]+", re.sub(r"\$\{[^}]*\}", "", condition)))
    parts = {f".load_balancer.{name}" for name in ("name", "dns_name", "zone_id")}
    assert read == {".cluster", ".namespace_id", *parts}
    for root in ("prod", "sandbox"):
        outputs = Module.read(TERRAFORM / "environments" / root).named("output")
        assert set(outputs) >= {one.split(".")[1] for one in read}, root
    balancer = (PROD / "outputs.tf").read_text().split('"load_balancer"')[1].split("\noutput")[0]
    assert set(re.findall(r"^    (\w+) +=", balancer, flags=re.M)) == {"name", "dns_name", "zone_id"}


def ports_asked(runbook: dict[str, Any]) -> set[int]:
    """Ports at which steps ask tasks by an address of theirs."""
    text = json.dumps(runbook["phases"])
    # An address of a task is a fact of a step; `captured + ":8080"` is one, too.
    found = re.findall(r"http://\$\{steps\.[^/\"]*?\}:(\d+)", text) + re.findall(r'\+ \\":(\d+)', text)
    planned = {one["name"]: one["port"] for one in runbook["variables"]["components"]["default"]}
    loops = re.findall(r"http://\$\{steps\.[^/\"]*?\}:\$\{(?:store|component)\.port\}", text)
    return {int(port) for port in found} | (set(planned.values()) if loops else set())


def open_to_operators(folder: Path, planned: dict[str, int]) -> set[int]:
    """Ports that the module opens to `operator_cidrs`, with the ports of `planned`."""
    module = Module.read(folder)
    rules = {name: body for kind, name, body in module.typed("resource") if kind.endswith("_ingress_rule")}
    loop = str(rules["operators"]["for_each"])
    assert "local.operator_ports" in loop and "var.operator_cidrs" in loop
    known = {name: str(value) for block in module.blocks["locals"] for name, value in block.items()}
    text = known["operator_ports"]
    found = set(planned.values()) if "values(var.ports)" in text else set()
    if "local.otlp_ports" in text:
        found |= {int(port) for port in re.findall(r"\d+", known["otlp_ports"])}
    return found
