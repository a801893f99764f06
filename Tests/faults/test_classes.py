"""One step of every effect class, killed at commit after commit, forward and back: the same world as undisturbed."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from conftest import KILLED, Fault, Place, Places, World

RUNBOOK = """\
migrate: 1
runbook: small
title: One step of every effect class
variables:
  name: {required: true}
  zone: {required: true}
  domain: {required: true}
  servers: {required: true}
secrets:
  password: {env: PASSWORD}
phases:
  - id: phase-1
    title: Everything
    steps:
      - id: look            # read-only
        probe: s3.bucket
        with: {bucket: lgtm-observability-data}
      - id: repository      # reconcilable
        do: ecr.repository
        with: {name: "${name}/app", scan_on_push: true}
      - id: secret          # by token
        do: secrets.secret
        with: {name: "${name}-secret", value: {password: "${secrets.password}"}}
      - id: logs            # reconcilable, then convergent
        do: logs.group
        with: {name: "/${name}/app", retention_days: 30}
      - id: role            # reconcilable, then convergent twice
        do: iam.role
        with:
          name: "${name}-role"
          trust:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}
          inline:
            read:
              Version: "2012-10-17"
              Statement:
                - {Effect: Allow, Action: "s3:GetObject", Resource: "*"}
      - id: record          # compare and swap
        do: route53.record
        with: {zone: "${zone}", name: "${name}.${domain}", to: {address: 127.0.0.9}, servers: "${servers}"}
      - id: program         # a program that nobody can look at
        do: exec
        with: {command: [sh, -c, "echo made >> made"], undo: [sh, -c, "echo undone >> made"]}
      - id: rest
        do: wait
        with: {for: 1s}
      - id: last
        probe: exec
        with: {command: [grep, made, made]}
"""

CONVERGENT = {"iam:PutRolePolicy", "iam:DeleteRolePolicy", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy"}
"""Made again when their outcome is not known: they end in the same state however often they run."""


def make(places: Places, world: World, name: str) -> Place:
    place = places.make(RUNBOOK)
    place.environment = {**world.environment, "PASSWORD": "correct-horse-battery"}
    known = world.variables
    servers = json.dumps(known["dns_servers"])
    given = {"name": name, "zone": known["zone_id"], "domain": known["zone"], "servers": servers}
    place.options = [word for key, value in given.items() for word in ("--set", f"{key}={value}")]
    return place


def carry(place: Place, words: list[str], manner: str | None) -> Counter[str]:
    """Runs a command to its end, killed as often as can be. Gives the last event before each kill."""
    reached: Counter[str] = Counter()
    kills = 0
    while True:
        # Why not always the same: what has no outcome is begun anew, and would be hit at the same place for ever.
        fault = Fault(manner, 2 + kills % 5) if manner else None
        done = place.run(*words, fault=fault)
        if done.status != KILLED:
            assert done.status == 0, f"{done.talk}\n{place.run('log').output}"
            return reached
        kills += 1
        reached[(place.kinds() or ["nothing"])[-1]] += 1
        assert kills < 300, place.run("log").output


def difference(after: dict[str, int], before: dict[str, int]) -> dict[str, int]:
    return {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}


@pytest.mark.parametrize("manner", ["kill-before", "kill-after"])
def test_the_world_is_as_undisturbed(places: Places, world: World, manner: str) -> None:
    calm, killed = make(places, world, f"calm-{manner}"), make(places, world, f"hurt-{manner}")
    for words, least in ((["run"], 15), (["rollback", "--all", "--include-kept", "--yes"], 10)):
        start = world.effects()
        carry(calm, words, None)
        middle = world.effects()
        reached = carry(killed, words, manner)
        assert sum(reached.values()) >= least, reached
        made = world.named(f"calm-{manner}")
        assert len(made) >= 8 or words != ["run"], made
        assert world.named(f"hurt-{manner}") == made, words
        done, wanted = difference(world.effects(), middle), difference(middle, start)
        again = CONVERGENT & set(wanted) if manner == "kill-before" else set()
        assert {name: wanted[name] if name in again else count for name, count in done.items()} == wanted, "done twice"
        assert killed.lines("made") == calm.lines("made")
        assert "change.inDoubt" not in killed.kinds()
        log = killed.run("log", "--json").output
        assert "correct-horse" not in log, "the secret stands in the journal"
        assert killed.run("log", "--verify").status == 0
