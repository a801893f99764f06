"""The template's workflows: actionlint with shellcheck, zizmor, and what the document asks of them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import LGTM, REPOSITORY, Judge
from night import binary

WORKFLOWS = LGTM / ".github/workflows"
NAMES = ("build-only", "deploy-ecs", "terraform")

PINNED = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "aws-actions/configure-aws-credentials": ("e6de054238d6b7531b4efff3b6587d9aade6a06c", "v6.2.3"),
    "hashicorp/setup-terraform": ("dfe3c3f87815947d99a8997f908cb6525fc44e9e", "v4.0.1"),
}
"""Commit of each action's tag, as the action's own repository has it (looked at on 2026-11-21)."""


def workflow(name: str) -> dict[Any, Any]:
    return dict(yaml.safe_load((WORKFLOWS / f"{name}.yaml").read_text()))


def triggers(name: str) -> dict[str, Any]:
    # YAML 1.1 reads `on` as a truth value.
    return dict(workflow(name)[True])


def test_the_document_s_three_workflows_are_there() -> None:
    assert sorted(path.stem for path in WORKFLOWS.glob("*.yaml")) == sorted(NAMES)


def test_actionlint_finds_nothing(judge: Judge) -> None:
    verdict = judge("actionlint", "-no-color", *sorted(WORKFLOWS.glob("*.yaml")))
    assert verdict.status == 0, verdict.said


def test_zizmor_finds_nothing(judge: Judge) -> None:
    verdict = judge("zizmor", "--offline", "--persona", "pedantic", "--no-progress", WORKFLOWS)
    assert verdict.status == 0, verdict.said


@pytest.mark.parametrize(
    ("program", "old", "new", "said"),
    [
        ("actionlint", "inputs.component || 'all'", "inputs.componnt || 'all'", "componnt"),
        ("actionlint", 'if [ -z "$SLACK_WEBHOOK_URL" ]', "if [ -z $SLACK_WEBHOOK_URL ]", "SC2086"),
        ("actionlint", "runs-on: ubuntu-24.04", "runs-on: ubuntu-99.04", "ubuntu-99.04"),
        ("zizmor", "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "unpinned-uses"),
        ("zizmor", "          persist-credentials: false", "          fetch-depth: 1", "artipacked"),
        ("zizmor", "run: migrate run --set", "run: migrate run ${{ github.head_ref }} --set", "template-injection"),
        ("zizmor", "permissions: {}", "permissions: write-all", "excessive-permissions"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(judge: Judge, tmp_path: Path, program: str, old: str, new: str, said: str) -> None:
    text = (WORKFLOWS / "deploy-ecs.yaml").read_text()
    assert old in text, "the row breaks nothing"
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "deploy-ecs.yaml").write_text(text.replace(old, new))
    options = ["--offline", "--persona", "pedantic", "--no-progress"] if program == "zizmor" else ["-no-color"]
    verdict = judge(program, *options, folder / "deploy-ecs.yaml")
    assert verdict.status != 0 and said in verdict.said


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_pinned_to_the_commit_of_its_tag(name: str) -> None:
    text = (WORKFLOWS / f"{name}.yaml").read_text()
    used = re.findall(r"uses: (\S+)@(\S+) # (\S+)$", text, re.M)
    assert len(used) == text.count("uses: ")
    for action, commit, tag in used:
        assert PINNED[action] == (commit, tag)


def test_a_deployment_is_started_as_the_document_says() -> None:
    on = triggers("deploy-ecs")
    assert on["push"]["branches"] == ["main", "lgtm_prd"]
    choice = on["workflow_dispatch"]["inputs"]["component"]
    assert (choice["type"], choice["options"]) == (
        "choice", ["all", "mimir", "loki", "tempo", "pyroscope", "grafana", "alloy"],
    )  # fmt: skip
    text = (WORKFLOWS / "deploy-ecs.yaml").read_text()
    assert "secrets.AWS_ROLE_ARN" in text and "secrets.SLACK_WEBHOOK_URL" in text
    assert list(triggers("build-only")) == ["pull_request"]


@pytest.mark.parametrize("name", NAMES)
def test_only_what_speaks_to_aws_may_ask_for_a_token(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    for job in workflow(name)["jobs"].values():
        speaks = any("configure-aws-credentials" in step.get("uses", "") for step in job["steps"])
        assert ("id-token" in job["permissions"]) == speaks
        assert set(job["permissions"]) <= {"contents", "id-token"} and job["permissions"]["contents"] == "read"
    if "pull_request" in triggers(name):
        assert "pull_request_target" not in triggers(name)


def test_the_branches_that_deploy_are_those_that_the_role_trusts() -> None:
    variables = (LGTM / "terraform/environments/prod/variables.tf").read_text()
    trusted = re.search(r'variable "deploy_branches" \{[^}]*default\s+= \["main", "lgtm_prd"\]', variables)
    assert trusted and triggers("terraform")["push"]["branches"] == ["main", "lgtm_prd"]
    trust = (LGTM / "terraform/modules/iam/main.tf").read_text()
    assert '"repo:${var.github_repository}:ref:refs/heads/${branch}"' in trust
    assert not re.search(r'repo:[^"]*\*', trust), "no wildcard is trusted"


def test_the_deploy_runbook_knows_the_same_components_as_the_migration() -> None:
    migration = yaml.safe_load((LGTM / "runbook.yaml").read_text())["variables"]["components"]["default"]
    deployment = yaml.safe_load((LGTM / "deploy/runbook.yaml").read_text())["variables"]["components"]["default"]
    assert migration == deployment


def test_the_pipeline_s_role_may_do_what_its_runbook_does_and_no_more() -> None:
    tool = binary()
    if tool is None:
        pytest.skip("there is no current build of migrate")
    asked = subprocess.run(
        [tool, "policy", "--runbook", LGTM / "deploy", "--env", "build", "--set", "image_tag=x"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    policies = json.loads(asked.stdout).values()
    wanted = {action for policy in policies for statement in policy["Statement"] for action in statement["Action"]}
    # Services are there, images and revisions are kept, the secret's text is not read, nothing is simulated.
    unused = {"ecs:CreateService", "ecs:DeleteService", "ecr:BatchDeleteImage", "ecs:DeregisterTaskDefinition",
              "secretsmanager:GetSecretValue", "iam:SimulatePrincipalPolicy"}  # fmt: skip
    text = (LGTM / "terraform/modules/iam/main.tf").read_text()
    document = text.split('data "aws_iam_policy_document" "pipeline" {', 1)[1].split("\n}\n", 1)[0]
    given = set(re.findall(r'"([a-z]+:[A-Z]\w+)"', document)) - {"iam:PassedToService"}
    assert given == wanted - unused


def test_the_role_that_plans_changes_nothing() -> None:
    text = (LGTM / "terraform/modules/iam/main.tf").read_text()
    document = text.split('data "aws_iam_policy_document" "reader" {', 1)[1].split("\n}\n", 1)[0]
    given = re.findall(r'"([a-z0-9]+:[A-Z][\w*]+)"', document)
    assert "ecr:DescribeRepositories" in given and "ecs:DescribeServices" in given
    assert [action for action in given if not re.match(r"\w+:(Describe|Get|List)", action)] == []


def test_our_shell_scripts_are_sound(judge: Judge) -> None:
    scripts = [*sorted((REPOSITORY / "scripts").glob("*.sh")), REPOSITORY / ".ci/run", *sorted(LGTM.rglob("*.sh"))]
    verdict = judge("shellcheck", *scripts)
    assert verdict.status == 0, verdict.said
    assert judge("shellcheck", "-", given="#!/bin/sh\nrm $1/*\n").status != 0
