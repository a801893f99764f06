"""Terraform's files, held against the provider's schema, Terraform's own format and checkov."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import JUDGES, LGTM, Judge
from judging.schema import ProviderSchema
from judging.terraform import Module, problems

TERRAFORM = LGTM / "terraform"
PROD = TERRAFORM / "environments/prod"
MODULES = ("ecr", "iam", "security-groups", "cloudmap", "alb", "ecs")


@pytest.fixture(scope="module")
def schema() -> ProviderSchema:
    found = sorted((JUDGES / "wheels").glob("cdktf_cdktf_provider_aws-*.whl"))
    if not found:
        pytest.fail("the provider's bindings are not there; `make setup-test` fetches them")
    return ProviderSchema(found[-1])


def test_the_document_s_six_modules_are_there() -> None:
    assert sorted(path.name for path in (TERRAFORM / "modules").iterdir()) == sorted(MODULES)


@pytest.mark.parametrize(
    "folder", [*(TERRAFORM / "modules" / name for name in MODULES), PROD], ids=lambda one: one.name
)
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
    verdict = judge("terraform", "fmt", "-check", "-recursive", "-diff", TERRAFORM)
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


def test_checkov_finds_nothing_but_exceptions_with_their_reasons(judge: Judge) -> None:
    found = checked(judge, LGTM, "terraform", "dockerfile", "secrets")
    assert found["failed"] == []
    assert len(found["passed"]) > 200, "checkov has hardly looked"
    assert [line for line in found["skipped"] if len(line.split()) < 6] == [], "an exception says why"


def test_checkov_finds_what_is_wrong(judge: Judge, tmp_path: Path) -> None:
    copy = shutil.copytree(TERRAFORM, tmp_path / "terraform")
    file = copy / "modules/alb/main.tf"
    text = file.read_text()
    file.write_text(re.sub(r"\n *drop_invalid_header_fields .*", "", text))
    assert file.read_text() != text, "nothing was broken"
    assert any(line.startswith("CKV_AWS_131 ") for line in checked(judge, copy, "terraform")["failed"])
