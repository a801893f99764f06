"""Terraform, killed with us and alone: a survivor is waited for, and only a lock that is on record is released."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import KILLED, Fault, Place, Places, World

RUNBOOK = """\
migrate: 1
runbook: small
title: One resource that takes its time
phases:
  - id: phase-1
    title: Infrastructure
    steps:
      - id: infrastructure
        do: terraform.apply
        with: {directory: tf}
"""

ROOT = """\
resource "terraform_data" "one" {
  provisioner "local-exec" {
    command = "echo begin >> ../made; while [ ! -e ../go ]; do sleep 0.02; done; echo end >> ../made"
  }
  provisioner "local-exec" {
    when    = destroy
    command = "echo gone >> ../made"
  }
}
"""

BACKEND = """\
terraform {
  backend "s3" {
    bucket = "lgtm-observability-data"
    key = "faults/state"
    use_lockfile = true
    use_path_style = true
    skip_credentials_validation = true
    skip_requesting_account_id = true
    skip_metadata_api_check = true
  }
}
"""

pytestmark = pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not installed")


def make(places: Places, backend: str = "") -> Place:
    place = places.make(RUNBOOK)
    (place.home / "tf").mkdir()
    (place.home / "tf/main.tf").write_text(backend + ROOT)
    place.environment = {"TF_CLI_CONFIG_FILE": os.devnull}
    return place


def until_begun(place: Place) -> None:
    deadline = time.monotonic() + 60
    while not place.lines("made"):
        assert time.monotonic() < deadline, "Terraform did not begin"
        time.sleep(0.02)


def test_an_apply_survives_us_and_is_waited_for(places: Places) -> None:
    place = make(places)
    running = place.start("run")
    until_begun(place)
    running.kill()
    assert running.wait() == KILLED
    again = place.start("run")
    assert again.stderr
    while "waiting for `terraform`" not in (line := again.stderr.readline()):
        assert line, "it did not wait"
    (place.home / "go").touch()
    talk = again.communicate(timeout=60)[1]
    assert again.returncode == 0, talk
    assert place.lines("made") == ["begin", "end"], "the apply was cut short, or made twice"
    assert place.run("rollback", "--all", "--yes").status == 0
    assert place.lines("made") == ["begin", "end", "gone"]


@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_terraform_applies_once_though_every_process_is_killed(places: Places, manner: str) -> None:
    place = make(places)
    (place.home / "go").touch()
    for goal, words in (("run", ["run"]), ("rollback", ["rollback", "--all", "--yes"])):
        kills = 0
        # Why not always the same: what has no outcome is begun anew, and would be hit at the same place for ever.
        while (done := place.run(*words, fault=Fault(manner, 2 + kills % 6))).status == KILLED:
            kills += 1
            assert kills < 60, place.run("log").output
        assert done.status == 0, f"{goal}: {done.talk}\n{place.run('log').output}"
        assert kills >= 3, f"{goal} was hardly killed"
    assert place.lines("made") == ["begin", "end", "gone"]
    assert "change.inDoubt" not in place.kinds()


def programs(place: Place) -> list[int]:
    """Process groups of the programs on record."""
    return [
        event["event"]["change"]["_1"]["programStarted"]["_0"]["process"]
        for event in place.events() if event["kind"] == "change.programStarted"
    ]  # fmt: skip


def test_a_lock_that_a_killed_apply_left_is_released(places: Places, world: World) -> None:
    place = make(places, BACKEND)
    place.environment |= world.environment
    running = place.start("run")
    until_begun(place)
    running.kill()
    running.wait()
    os.killpg(programs(place)[-1], signal.SIGKILL)
    again = place.run("run")
    assert again.status == 5, f"what it had begun cannot be known: {again.status}\n{again.talk}"
    assert "terraform_data.one" in again.talk
    place.run("resolve", "infrastructure/apply", "--not-applied", "--reason", "looked")
    Path(place.home / "made").unlink()
    (place.home / "go").touch()
    last = place.run("run")
    assert last.status == 0, last.talk
    assert place.lines("made") == ["begin", "end"]


def test_an_apply_that_failed_is_not_taken_for_one_that_did_it(places: Places) -> None:
    place = make(places)
    root = place.home / "tf/main.tf"
    root.write_text('resource "terraform_data" "one" {\n  provisioner "local-exec" {\n    command = "test -e ../go"\n  }\n}\n')
    failed = place.run("run")
    assert failed.status == 5, f"its resource is in the state, and was never made: {failed.status}\n{failed.talk}"
    assert "1 to add, 0 to change, 1 to destroy" in failed.talk
    (place.home / "go").touch()
    subprocess.run(
        ["terraform", "apply", "-auto-approve", "-no-color"], cwd=root.parent, env={**os.environ, **place.environment},
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    place.run("resolve", "infrastructure/apply", "--applied", "--reason", "mended what failed, and finished it")
    again = place.run("run")
    assert again.status == 0, again.talk
    assert place.run("rollback", "--all", "--yes").status == 0


def terraform(place: Place, *words: str) -> str:
    """What Terraform says that somebody calls beside us."""
    done = subprocess.run(
        ["terraform", *words], cwd=place.home / "tf", env={**os.environ, **place.environment}, check=True,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return done.stdout


def planned(places: Places) -> Place:
    """Where a plan has been looked at and is kept, not applied yet."""
    place = make(places)
    (place.home / "go").touch()
    for part in ("variables", "plan"):
        done = place.run("run", f"phase-1/infrastructure/{part}")
        assert done.status == 0, done.talk
    return place


def test_a_saved_plan_is_refused_once_the_state_has_moved_on(places: Places) -> None:
    place = planned(places)
    # Somebody else applies something beside us, after the plan was looked at.
    other = place.home / "tf/other.tf"
    other.write_text('resource "terraform_data" "other" {}\n')
    terraform(place, "apply", "-auto-approve", "-no-color", "-target=terraform_data.other")
    refused = place.run("run", "phase-1/infrastructure/apply")
    assert refused.status == 3, f"{refused.status}\n{refused.talk}"
    assert "Saved plan is stale" in refused.talk
    assert place.lines("made") == [], "a plan of another state was applied"
    assert "change.inDoubt" not in place.kinds(), "Terraform refused it before it did anything"
    # The step that plans is asked again.
    assert place.run("retry", "infrastructure/plan").status == 0
    done = place.run("run")
    assert done.status == 0, done.talk
    assert place.lines("made") == ["begin", "end"]


def until_there(place: Place, kind: str) -> None:
    """Waits until such an event is on record."""
    deadline = time.monotonic() + 60
    while kind not in place.kinds():
        assert time.monotonic() < deadline, f"no {kind} in {place.kinds()}"
        time.sleep(0.05)


def kept_plan(place: Place, *words: str) -> None:
    """Somebody plans where the tool keeps its plan."""
    terraform(place, "plan", "-no-color", "-out=migrate.tfplan", *words)


def test_another_plan_than_the_one_that_was_looked_at_is_refused(places: Places) -> None:
    place = planned(places)
    other = place.home / "tf/other.tf"
    other.write_text('resource "terraform_data" "other" {}\n')
    kept_plan(place)
    refused = place.run("run", "phase-1/infrastructure/apply")
    assert refused.status == 3, f"{refused.status}\n{refused.talk}"
    assert "is not the one that was looked at" in refused.talk and "planned there since" in refused.talk
    assert place.lines("made") == [], "what nobody looked at was applied"
    # Looked at anew, it is what somebody has seen.
    asked = place.run("retry", "infrastructure/plan")
    assert asked.status == 0, asked.talk
    done = place.run("run")
    assert done.status == 0, done.talk
    assert "2 to create" in done.talk
    assert place.lines("made") == ["begin", "end"]


def test_a_plan_that_does_the_same_is_the_same_whoever_made_it(places: Places) -> None:
    place = planned(places)
    before = (place.home / "tf/migrate.tfplan").read_bytes()
    # The file holds the configuration as well, word for word.
    (place.home / "tf/words.tf").write_text("# Nothing more to do.\n")
    kept_plan(place)
    assert (place.home / "tf/migrate.tfplan").read_bytes() != before
    done = place.run("run")
    assert done.status == 0, done.talk
    assert place.lines("made") == ["begin", "end"]


APPROVED = """\
migrate: 1
runbook: small
title: A plan that people agree to
approvals:
  plan: {min: 1, expires: 60m}
phases:
  - id: phase-1
    title: Infrastructure
    steps:
      - id: look
        probe: terraform.plan
        with: {directory: tf}
      - id: agree
        confirm: plan
      - id: apply
        do: terraform.saved_plan
        with: {directory: tf, digest: "${steps.look.digest}"}
"""


@pytest.mark.parametrize("held", [True, False], ids=["by-the-step", "by-the-approval"])
def test_the_plan_that_people_agreed_to_is_the_one_that_is_applied(places: Places, held: bool) -> None:
    place = places.make(APPROVED if held else APPROVED.replace(', digest: "${steps.look.digest}"', ""))
    (place.home / "tf").mkdir()
    root = place.home / "tf/main.tf"
    root.write_text(ROOT)
    (place.home / "go").touch()
    place.environment = {"TF_CLI_CONFIG_FILE": os.devnull}
    running = place.start("run")
    try:
        until_there(place, "step.surveyed")
        # The same addresses, and another value of one of them.
        root.write_text(ROOT.replace('"one" {', '"one" {\n  input = "another"'))
        kept_plan(place)
        assert place.run("approve", "plan", "--yes", "--comment", "seen").status == 0
        until_there(place, "step.approvalsDropped")
    finally:
        running.terminate()
        talk = running.communicate(timeout=60)[1]
    assert "changed since it was shown: `apply`" in talk, talk
    assert ("is not the one that was looked at" in talk) is held, talk
    assert place.lines("made") == [], "what nobody agreed to was applied"


IMPORTS = """\
locals {
  names = toset(["mimir", "loki"])
}

import {
  for_each = local.names
  to       = terraform_data.component[each.key]
  id       = "lgtm/${each.key}"
}

resource "terraform_data" "component" {
  for_each = local.names

  provisioner "local-exec" {
    command = "echo made ${each.key} >> ../made"
  }
  provisioner "local-exec" {
    when    = destroy
    command = "echo gone ${each.key} >> ../made"
  }
}

"""

SIZED = """\
variable "size" {}

resource "terraform_data" "one" {
  input = var.size
}

output "size" {
  value = terraform_data.one.output
}
"""


PARTS = """\
migrate: 1
runbook: small
title: A change in place, whose way back the runbook declares
phases:
  - id: phase-1
    title: Infrastructure
    steps:
      - id: look
        probe: terraform.plan
        with: {directory: tf, var_files: [new.tfvars]}
      - id: apply
        do: terraform.saved_plan
        with: {directory: tf, var_files: [new.tfvars], digest: "${steps.look.digest}"}
"""

DECLARED = """\
        rollback:
          do: exec
          with:
            command: [terraform, -chdir=tf, apply, -auto-approve, -no-color, -var-file=former.tfvars]
            undo: []
"""


@pytest.mark.parametrize(("more", "status", "size"), [("", 7, "2"), (DECLARED, 0, "1")], ids=["captured", "declared"])
def test_a_change_in_place_goes_back_by_what_the_runbook_declares(
    places: Places, more: str, status: int, size: str
) -> None:
    """No older version of the state leads back: it would only say of the world what is no longer true."""
    place = places.make(PARTS + more)
    (place.home / "tf").mkdir()
    for name, text in (("main.tf", SIZED), ("former.tfvars", "size = 1\n"), ("new.tfvars", "size = 2\n")):
        (place.home / "tf" / name).write_text(text)
    place.environment = {"TF_CLI_CONFIG_FILE": os.devnull}
    terraform(place, "apply", "-auto-approve", "-no-color", "-var-file=former.tfvars")
    done = place.run("run")
    assert done.status == 0, done.talk
    assert terraform(place, "output", "-no-color", "size").strip() == "2"
    back = place.run("rollback", "--all", "--yes")
    assert back.status == status, back.talk
    assert terraform(place, "output", "-no-color", "size").strip() == size
    assert ("knows no way back" in back.talk) is not bool(more)


DRIFT = """\
      - id: no-drift
        needs: [infrastructure]
        probe: terraform.no_drift
        with: {directory: tf}
"""


def test_import_blocks_adopt_what_was_there_and_the_way_back_leaves_it(places: Places) -> None:
    place = places.make(RUNBOOK + DRIFT)
    (place.home / "tf").mkdir()
    (place.home / "tf/main.tf").write_text(IMPORTS + ROOT)
    (place.home / "go").touch()
    place.environment = {"TF_CLI_CONFIG_FILE": os.devnull}
    done = place.run("run")
    assert done.status == 0, done.talk
    assert "1 to create, 2 to adopt" in done.talk
    assert place.lines("made") == ["begin", "end"], "what was there was made again"
    adopted = ['terraform_data.component["loki"]', 'terraform_data.component["mimir"]']
    assert sorted(terraform(place, "state", "list").split()) == [*adopted, "terraform_data.one"]
    shown = terraform(place, "show", "-no-color")
    assert '"lgtm/loki"' in shown and '"lgtm/mimir"' in shown, "they are not what the blocks name"
    back = place.run("rollback", "--all", "--yes")
    assert back.status == 0, back.talk
    assert place.lines("made") == ["begin", "end", "gone"], "what it had only adopted is gone"
    assert sorted(terraform(place, "state", "list").split()) == adopted


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (["state", "rm", "terraform_data.one"], "1 to add, 0 to change, 0 to destroy"),
        (["taint", "terraform_data.one"], "1 to add, 0 to change, 1 to destroy"),
    ],
    ids=["forgotten", "tainted"],
)
def test_drift_is_found_and_nothing_is_mended_by_looking(places: Places, away: list[str], said: str) -> None:
    place = places.make(RUNBOOK + DRIFT)
    (place.home / "tf").mkdir()
    (place.home / "tf/main.tf").write_text(ROOT)
    (place.home / "go").touch()
    place.environment = {"TF_CLI_CONFIG_FILE": os.devnull}
    for part in ("variables", "plan", "apply"):
        done = place.run("run", f"phase-1/infrastructure/{part}")
        assert done.status == 0, done.talk
    terraform(place, *away)
    before = terraform(place, "show", "-json")
    found = place.run("run", "phase-1/no-drift")
    assert found.status == 3, f"{found.status}\n{found.talk}"
    assert said in found.talk
    assert terraform(place, "show", "-json") == before
    assert place.lines("made") == ["begin", "end"]
