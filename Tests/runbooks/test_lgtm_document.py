"""What docs/runbooks/lgtm-fargate.md and its runbook say of the document's own checklist, and of the handover."""

from __future__ import annotations

import json
import re

import yaml
from conftest import LGTM
from test_document import Page
from test_tables import rows

PAGE = Page(LGTM)
CHECKLIST = {1: 6, 2: 6, 3: 6, 4: 5, 5: 4}
"""Lines of the document's checklist, by phase."""


UNBROKEN = {
    "phase-4/agent": "phase-4/services",
    "phase-4/agents-rest": "phase-4/agents-first",
    "phase-5/discovery-now": "phase-4/discovery",
    "phase-5/way-back-instances": "phase-1/old-instances",
    "phase-5/way-back-grafana": "phase-1/old-side",
    "phase-5/new-side-before": "phase-4/new-grafana",
    "phase-5/log-parity": "",
    "phase-5/silence": "",
    "phase-5/approve": "",
    "phase-5/served": "phase-5/shift",
    "phase-5/monitored": "phase-5/shift",
    "phase-5/observed": "phase-4/datasources",
    "phase-5/way-back-open": "phase-1/old-side",
    "phase-6/keep-old": "phase-5/shift",
    "phase-6/retire": "",
    "phase-6/agents-new-rest": "phase-6/agents-new-first",
    "phase-6/other-agents-still-arrive": "phase-6/new-takes-writes",
}
"""Steps that no row of the tables breaks, and who is stopped first by what would stop them.

By nothing: what loops over an empty list in the sandbox, and what waits for people.
"""


def test_every_step_is_broken_in_turn_but_those_whose_cause_stops_another_one_first() -> None:
    broken = {row.step for row in rows(LGTM)}
    assert set(PAGE.steps) - broken == set(UNBROKEN)
    assert {name for name in UNBROKEN.values() if name} <= broken


def test_the_checklist_has_all_its_lines_and_each_is_in_its_phase() -> None:
    found = [int(row[0]) for row in PAGE.rows("The checklist")]
    assert {phase: found.count(phase) for phase in set(found)} == CHECKLIST and len(found) == 27
    for row in PAGE.rows("The checklist"):
        assert all(name.startswith(f"phase-{row[0]}/") for name in re.findall(r"`(phase-\d/[^`]+)`", row[2])), row


def test_every_step_is_explained_by_the_tables_or_prepares_one_that_is() -> None:
    named = set(re.findall(r"`(phase-\d/[\w-]+)`", PAGE.text))
    assert set(PAGE.steps) - named <= {
        "phase-1/old-side", "phase-1/certificate", "phase-4/mimir-tasks", "phase-4/targets", "phase-4/new-side",
        "phase-5/discovery-now", "phase-5/record-as-known", "phase-5/alarms-before", "phase-5/new-side-before",
        "phase-5/approve",
        "phase-6/still-moved", "phase-6/retire", "phase-6/last-flush-mimir", "phase-6/last-flush-loki",
        "phase-6/last-flush-tempo", "phase-6/discovery-after", "phase-6/loki-ring-after", "phase-6/metrics-after",
        "phase-6/logs-after", "phase-6/served-after", "phase-6/addresses-now",
    }  # fmt: skip


def test_definitions_before_and_after_the_handover_differ_in_what_is_handed_over_alone() -> None:
    before = PAGE.steps["phase-4/definitions"]["with"]["values"]
    after = PAGE.steps["phase-6/definitions-after"]["with"]["values"]
    assert set(before) == set(after)
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {
        "compactor_disabled_tenants": ("anonymous", ""),
        "ruler_disabled_tenants": ("anonymous", ""),
        "compaction_interval": ("8760h", "10m"),
        "compactor_disabled": ("true", "false"),
        "retention_enabled": ("false", "true"),
        "query_store_after": ("0s", "12h"),
        "execute_alerts": ("false", "true"),
        "provisioning": ("/etc/grafana/provisioning", "/etc/grafana/handover"),
    }
    deployment = yaml.safe_load((LGTM / "deploy/runbook.yaml").read_text())
    [definitions] = [step for phase in deployment["phases"] for step in phase["steps"] if step["id"] == "definitions"]
    for name, value in definitions["with"]["values"].items():
        if before[name] != after[name]:
            assert value.startswith("${steps.settings.${item.name}.given."), f"{name}: not the running revision's"


def test_a_deployment_gives_each_environment_variable_what_the_running_revision_has() -> None:
    deployment = yaml.safe_load((LGTM / "deploy/runbook.yaml").read_text())
    steps = {step["id"]: step for phase in deployment["phases"] for step in phase["steps"]}
    values = steps["definitions"]["with"]["values"]
    asked = steps["settings"]["capture"]["given"]
    for name in ("mimir", "loki", "tempo", "pyroscope", "grafana"):
        definition = json.loads((LGTM / f"task-definitions/{name}.json").read_text())
        for one in definition["containerDefinitions"][0]["environment"]:
            given = re.fullmatch(r"\$\{(\w+)\}", one["value"])
            if given and str(values[given[1]]).startswith("${steps.settings."):
                assert values[given[1]] == f"${{steps.settings.${{item.name}}.given.{one['name']}}}"
                assert one["name"] in asked.split('"')[1].split()


def test_numbers_that_follow_from_the_plan_are_not_written_twice() -> None:
    for name, step in PAGE.steps.items():
        if step.get("probe") == "ring.members":
            assert re.fullmatch(r"\$\{steps\.services(-after)?\.\w+\.desired\}", str(step["with"]["count"])), name
        counted = {"probe": ("dns.record", "count"), "do": (".flush", "at_least")}
        for word, (kind, number) in counted.items():
            if str(step.get(word, "")).endswith(kind) and "${namespace}" in json.dumps(step["with"]):
                assert not isinstance(step["with"].get(number, ""), int), name
    variables = PAGE.runbook["variables"]
    ports = {one["name"]: one["port"] for one in variables["components"]["default"]}
    assert all(one["port"] == ports[one["name"]] for one in variables["stored"]["default"])
    asked = re.findall(r"steps\.discovery(?:-after)?\.(\w+)\.address\}:(\d+)", json.dumps(PAGE.runbook["phases"]))
    assert asked and all(int(port) in (ports[name], 4318) for name, port in asked)
    terraform = (LGTM / "terraform/environments/prod/variables.tf").read_text()
    days = re.search(r'variable "log_retention_days" \{[^}]*default\s+= (\d+)', terraform)
    assert days and int(days[1]) == variables["log_retention_days"]["default"]


def test_each_store_is_written_to_and_read_at_both_sides_before_agents_write_to_both() -> None:
    needed = [f"phase-4/{name}" for name in PAGE.steps["phase-4/agents-first"]["needs"]]
    trips = {(PAGE.steps[name]["probe"], PAGE.steps[name]["with"].get("url")) for name in needed}
    for store in PAGE.runbook["variables"]["stored"]["default"]:
        for address in ("${old_backend_address}", f"${{steps.discovery.{store['name']}.address}}"):
            assert (f"{store['name']}.roundtrip", f"http://{address}:{store['port']}") in trips
    # What was proved before it is proved again while it goes on.
    [switch] = [phase for phase in PAGE.runbook["phases"] if phase["id"] == "phase-5"]
    assert switch["requires"] == {"rollback": "ready", "verified_within": "30m"}


def test_the_point_of_no_return_is_where_data_begins_to_be_on_one_side_alone() -> None:
    marked = [name for name, step in PAGE.steps.items() if step.get("point_of_no_return")]
    assert marked == ["phase-6/agents-new-first"]
    assert set(PAGE.steps[marked[0]]["point_of_no_return"]["cost"]) == {"en", "ko"}
    # An empty batch would have no such step.
    assert PAGE.runbook["variables"]["agents_first"]["required"] is True


def test_nothing_is_retired_before_people_have_agreed() -> None:
    order = [step["id"] for step in PAGE.runbook["phases"][-1]["steps"]]
    for step in ("agents-new-first", "old-rests", "services-after", "stop-old"):
        assert order.index("keep-old") < order.index("retire") < order.index(step)


def test_a_handover_that_is_tried_again_asks_the_tasks_of_its_own_time() -> None:
    """What stands before the first step that a return undoes is not asked again: what it knows may be of tasks that went."""
    steps = [name.split("/")[1] for name in PAGE.steps if name.startswith("phase-6/")]
    undone = steps.index("agents-new-first")
    for name in steps:
        read = re.findall(r"steps\.([\w-]+)\.[\w${}.-]*address", json.dumps(PAGE.steps[f"phase-6/{name}"]))
        assert all(steps.index(one) > undone for one in read), (name, read)
