"""What a rehearsal could not exercise: lines made from what stood in for the real thing, for its last words."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rehearsal.sandbox import REPOSITORY

RUNBOOK = REPOSITORY / "runbooks/lgtm-fargate"
PROGRAMS = (("terraform",), ("buildah", "podman", "docker"), ("docker-registry",))
"""Programs whose work is left out without them; of each group any one would do."""


@dataclass(frozen=True)
class Facts:
    """What was looked up about one rehearsal."""

    scale: int
    """What waits were divided by."""
    left: dict[str, int] = field(default_factory=dict)
    """Phases that were not begun, `id (title)`, with the number of their steps."""
    stand_ins: list[str] = field(default_factory=list)
    """Components that the sandbox answered for."""
    bases: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Components whose image had another base: what it was built from here, and in production."""
    modules: list[str] = field(default_factory=list)
    """Modules of Terraform that only production uses."""
    resources: list[str] = field(default_factory=list)
    """Types of resources of the root that was applied in their place."""
    idle: list[str] = field(default_factory=list)
    """Loops with nothing to go over."""
    shortened: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Waits that the environment sets: how long here, and usually."""
    spoken: list[str] = field(default_factory=list)
    """Variables whose commands only say what they would do."""
    missing: list[str] = field(default_factory=list)
    """Programs that this machine lacks."""


def look(status: dict[str, Any], processes: list[dict[str, Any]], given: dict[str, Any], scale: int) -> Facts:
    """Looks everything up: in `migrate status --json`, among the sandbox's processes and values, and in the files."""
    runbook = yaml.safe_load((RUNBOOK / "runbook.yaml").read_text())
    real = {name: one.get("default") for name, one in runbook["variables"].items()}
    values = {**real, **yaml.safe_load((RUNBOOK / "environments/sandbox.yaml").read_text()), **given}
    phases = {
        f"{phase['id']} ({phase['title']['en']})": len(phase["steps"])
        for phase in status["phases"] if all(step["state"] == "pending" for step in phase["steps"])
    }  # fmt: skip
    there = {one["name"]: one["base"] for one in real["components"]}
    here = {one["name"]: one["base"] for one in values["components"]}
    root = (RUNBOOK / "terraform/environments/sandbox/main.tf").read_text()
    return Facts(
        scale=scale,
        left=phases,
        stand_ins=sorted({one["component"] for one in processes} & set(there)),
        bases={name: (here[name], base) for name, base in there.items() if here.get(name) != base},
        modules=sorted(path.name for path in (RUNBOOK / "terraform/modules").iterdir()),
        resources=sorted(set(re.findall(r'^resource "(\w+)"', root, flags=re.M))),
        idle=[name for name, listed in loops(runbook) if values.get(listed) in ([], {})],
        shortened={
            name: (str(values[name]), str(usual)) for name, usual in real.items()
            if is_duration(usual) and values[name] != usual
        },
        spoken=[name for name, value in values.items() if is_spoken(value)],
        missing=[" or ".join(group) for group in PROGRAMS if not any(shutil.which(name) for name in group)],
    )


def loops(runbook: dict[str, Any]) -> list[tuple[str, str]]:
    """Steps that go over a variable, with its name."""
    found = []
    for phase in runbook["phases"]:
        for step in phase["steps"]:
            for listed in (step.get("for_each") or {}).values():
                if named := re.fullmatch(r"\$\{(\w+)\}", str(listed)):
                    found.append((f"{phase['id']}/{step['id']}", named[1]))
    return found


def is_duration(value: object) -> bool:
    """Whether a variable is a duration: a text that is a number, in seconds when it has no unit."""
    return isinstance(value, str) and re.fullmatch(r"\d+[smhd]?", value) is not None


def is_spoken(value: object) -> bool:
    """Whether a variable holds commands that are `echo` and nothing else."""
    return isinstance(value, list) and bool(value) and all(str(one).startswith("echo ") for one in value)


def lines(facts: Facts) -> list[str]:
    """The facts, for people: one line each, with what shows more of it where something does."""
    found = [f"{name}: its {count} steps" for name, count in facts.left.items()]
    found.append(f"AWS: an emulator on loopback, its waits divided by {facts.scale}")
    if facts.stand_ins:
        found.append(f"the products: stand-ins for {', '.join(facts.stand_ins)}, which read no configuration of theirs")
    for here in sorted({here for here, _ in facts.bases.values()}):
        names = [name for name, (base, _) in facts.bases.items() if base == here]
        found.append(f"what is in the images: built from `{here}` ({', '.join(names)}), and run by nothing")
    if facts.modules:
        found.append(
            f"Terraform's modules {', '.join(facts.modules)}: {', '.join(facts.resources)} stood for them; "
            "`make judge` holds them against the provider's schema"
        )
    if facts.idle:
        found.append(f"loops over nothing: {', '.join(facts.idle)}")
    if facts.shortened:
        waits = ", ".join(f"{name} {here} for {usual}" for name, (here, usual) in sorted(facts.shortened.items()))
        found.append(f"whole waits, before they are divided: {waits}")
    if facts.spoken:
        found.append(f"commands that only say what they would do: {', '.join(facts.spoken)}")
    if facts.missing:
        found.append(f"programs that are not on this machine: {', '.join(facts.missing)}")
    return found
