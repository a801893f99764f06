"""What docs/runbooks/ecs-logging.md and its files say of each other, beyond what holds for every system."""

from __future__ import annotations

import json
import re

import yaml
from conftest import RUNBOOKS
from test_document import Page

SYSTEM = RUNBOOKS / "ecs-logging"
PAGE = Page(SYSTEM)
PREPARING = {
    "phase-1/old-side", "phase-1/bucket-writable", "phase-4/loki-task", "phase-4/new-side", "phase-5/targets",
}  # fmt: skip
"""Steps that the tables do not name: each prepares the one after it."""


def definition(name: str) -> dict:  # type: ignore[type-arg]
    found = json.loads((SYSTEM / f"task-definitions/{name}.json").read_text())
    return {one["name"]: one for one in found["containerDefinitions"]}


def test_every_step_is_explained_by_the_tables_or_prepares_one_that_is() -> None:
    named = set(re.findall(r"`(phase-\d/[\w-]+)`", PAGE.text))
    assert set(PAGE.steps) - named <= PREPARING


def test_an_application_logs_to_its_side_car_alone_and_waits_for_it() -> None:
    containers = definition("application")
    router = containers["fluent-bit"]
    application = containers["${name}"]
    assert router["firelensConfiguration"]["type"] == "fluentbit" and router["essential"]
    assert application["logConfiguration"]["logDriver"] == "awsfirelens"
    assert application["dependsOn"] == [{"containerName": "fluent-bit", "condition": "HEALTHY"}]
    extra = (SYSTEM / "dockerfiles/fluent-bit/extra.conf").read_text()
    port = re.search(r"HTTP_Port\s+(\d+)", extra)
    assert port is not None and f":{port[1]}/" in " ".join(router["healthCheck"]["command"])


def test_the_alias_that_side_cars_send_to_is_the_one_that_terraform_offers() -> None:
    options = definition("application")["${name}"]["logConfiguration"]["options"]
    declared = yaml.safe_load((SYSTEM / "terraform/environments/sandbox/resources.yaml").read_text())
    loki = next(one for one in declared["resources"] if one["name"] == "service_loki")["make"]["with"]
    aliases = loki["serviceConnectConfiguration"]["services"][0]["clientAliases"]
    assert aliases == [{"port": PAGE.runbook["variables"]["loki"]["default"]["port"], "dnsName": options["Host"]}]
    root = (SYSTEM / "terraform/environments/prod/main.tf").read_text()
    assert re.search(rf'{options["Host"]} += {{[^}}]*tier = "monitoring"[^}}]*offered = true', root)


def test_nodes_are_the_same_in_the_runbook_in_production_and_in_the_rehearsal() -> None:
    wanted = {one["name"]: (one["type"], one["min"], one["max"]) for one in PAGE.runbook["variables"]["nodes"]["default"]}
    text = (SYSTEM / "terraform/environments/prod/variables.tf").read_text()
    lines = re.findall(r'(\w+) += { type = "([\w.]+)", min = (\d+), max = (\d+) }', text)
    assert {name: (kind, int(least), int(most)) for name, kind, least, most in lines} == wanted
    declared = yaml.safe_load((SYSTEM / "terraform/environments/sandbox/resources.yaml").read_text())
    named = {one["name"]: one for one in declared["resources"]}
    types = {one["name"]: one["type"] for one in named["templates"]["each"]["node"]}
    limits = {one["name"]: (one["min"], one["max"]) for one in named["node_groups"]["each"]["node"]}
    assert {name: (types[name], *limits[name]) for name in types} == wanted


def test_grown_services_need_nodes_however_their_tasks_are_spread_before() -> None:
    """Tasks are not moved together: after a roll-out each may have a node of its own, with room for more."""
    variables = {name: one.get("default") for name, one in PAGE.runbook["variables"].items()}
    nodes = {one["name"]: one for one in variables["nodes"]}
    first, *others = variables["applications"]
    tiers = {
        "backend": (first, sum(one["tasks"] for one in others)),
        "monitoring": (variables["grafana"], variables["loki"]["tasks"]),
    }
    for name, (grown, beside) in tiers.items():
        spread = min(grown["tasks"] + beside, nodes[name]["max"] - 1)
        assert grown["grown"] + beside > spread * nodes[name]["tasks"], name


def test_tasks_fit_on_the_nodes_that_the_runbook_counts_on() -> None:
    variables = {name: one.get("default") for name, one in PAGE.runbook["variables"].items()}
    nodes = {one["name"]: one for one in variables["nodes"]}
    grown = variables["applications"][0]["grown"] + sum(one["tasks"] for one in variables["applications"][1:])
    assert grown <= nodes["backend"]["tasks"] * nodes["backend"]["max"]
    most = variables["grafana"]["grown"] + variables["loki"]["tasks"]
    assert most <= nodes["monitoring"]["tasks"] * nodes["monitoring"]["max"]
    assert most > nodes["monitoring"]["tasks"] * nodes["monitoring"]["min"], "the proof would add no node"
