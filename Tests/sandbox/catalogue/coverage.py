"""`docs/coverage.md`: what of each kind is proved, and against what; no cell is empty without a reason."""

from __future__ import annotations

import re

from conftest import REPOSITORY

from catalogue.deeds import DEEDS, Deed
from catalogue.kinds import ACTIONS, ELSEWHERE, FURTHER, PARTS, PROBES, REHEARSAL

HEAD = """\
# What is proved, and against what

Made by `Tests/sandbox/test_catalogue.py`, which fails when a kind has a cell that is neither proved nor explained.

| mark | |
|---|---|
| **S** | against the sandbox, through the real binary, looked at from outside: `test_catalogue.py`, `test_deeds.py` |
| **E** | elsewhere through the real binary, against the real product or in the rehearsal; which, is said below |
| **C** | contract only: `ContractTests` and `PagesTests`, answers scripted after the vendor's pages; why, is said below |
| – | there is nothing that it could be; why, is said below |

The sandbox is an emulator, not AWS: `sandbox/README.md` says what it is true to. Nothing here was held against a real
account.
"""

COMMON = {"cancelled": "C", "no secret told": "C", "unknown parameter": "C", "page and example": "C"}
ACTION_ROWS = ("made", "made again", "gone back", "answer lost", "throttled", "refused", "gone while running", *COMMON)
PROBE_ROWS = ("satisfied", "not satisfied", "throttled", "refused", "gone while running", *COMMON)

AGAIN = "**made again**: each run makes one anew; that the same run makes no second is the cell's S"
REASONS = {
    "notice": "**gone back**: what people have read stays read; **gone while running**: there is nothing that could go",
    "flush": "**gone back**: what was written to storage belongs there; **gone while running**: the stores' answer is"
    " all that there is to wait for, and a store that is gone is an answer that is lost",
    "evidence": "**gone back**: backups are evidence and are kept",
    "files": "**gone while running**: it only reads; a Grafana that is gone is an answer that is lost",
    "happened": "**gone back**: what ran cannot be taken back; the runbook says what to do instead",
    "mark": "**gone while running**: settled as soon as Grafana shows it",
    "wait": "it makes no call: it passes when its time is over, which the machine's own tests prove",
}
WHY = {
    "sns.publish": "notice", "slack.notify": "notice", "webhook.post": "notice", "mimir.flush": "flush", "loki.flush": "flush",
    "tempo.flush": "flush", "efs.backup": "evidence", "grafana.backup": "evidence files",
    "ssm.send_command": "happened", "ecs.run_task": "happened", "codepipeline.start": "happened",
    "grafana.annotate": "mark", "wait": "wait",
}  # fmt: skip
PARTS_WORD = "by its parts: "

CONTRACT_ONLY = {
    "cancelled": "it takes a call that hangs for good, and the sandbox answers every call; Ctrl-C in the middle of a step"
    " is `LiveRunTests`', for the tool as a whole",
    "no secret told": "it takes a secret in every answer; what the sandbox answers is looked through wherever a kind has"
    " an S for **made** or **satisfied**",
    "unknown parameter": "the runbook is refused before anything is asked: there is no world in it",
    "page and example": "made from the declaration: there is no world in it",
}
"""Rows that need no world, with the reason."""

SCRIPTED = {
    "nobody": "what it asks is no service of AWS: a status, a refusal or silence there is told as its `not satisfied`",
    "metrics": "its figures are asked for as `cloudwatch.metric` and `elb.targets` ask for theirs, which have an S",
    "probe": "a probe holds nothing: what goes while it is asked is the next answer, its `not satisfied`",
    "program": "the program speaks to the service itself, and makes its tries itself; what it says at its end is what"
    " the step gets, whatever the cause",
    "part": "only a composite may name it: its first look is refused before anything is changed, and the call's own"
    " refusal needs a policy that changes in mid-shift",
    "listener": "as with Route 53's weights, whose calls go the same way; no runbook of the rehearsal shifts a listener,"
    " so nothing loses or limits its answers",
    "ending": "settled as soon as Alertmanager shows it, and one that somebody ended is found so by the next look",
}


def scripted(role: str, kind: str, row: str) -> str | None:
    """Why the cell is proved by scripted answers alone; nothing when nobody has said so."""
    if role == "probe":
        if row == "gone while running":
            return "probe"
        if row not in ("throttled", "refused"):
            return None
        if kind.startswith("traffic."):
            return "metrics"
        if kind == "elb.preflight":
            return "part" if row == "refused" else "listener"
        if kind.startswith("route53."):
            return "part" if row == "refused" else None
        return "program" if kind == "exec" or kind.startswith("terraform.") else "nobody"
    if kind in ("exec", "image.build", "image.push", "terraform.saved_plan"):
        return "program"
    if kind in ("route53.finish", "route53.weights") and row == "refused":
        return "part"
    if kind == "elb.weights":
        return "part" if row == "refused" else "listener"
    if kind == "alertmanager.silence" and row == "gone while running":
        return "ending"
    return None


def contract_only() -> dict[str, dict[str, list[str]]]:
    """Kinds and rows that are scripted alone, by the word of the reason; an unexplained one has the word ``."""
    found: dict[str, dict[str, list[str]]] = {}
    for role, kind in kinds():
        for row, mark in cells(role, kind).items():
            if mark == "C" and row not in CONTRACT_ONLY and kind != "wait":
                word = scripted(role, kind, row) or ""
                found.setdefault(word, {}).setdefault(f"`{kind}` ({role})", []).append(row)
    return found


def kinds() -> list[tuple[str, str]]:
    """Role and name of every kind that has a page."""
    found = []
    for path in sorted((REPOSITORY / "docs" / "steps").glob("[a-z]*.md")):
        roles = re.findall(r"^## (Action|Probe)", path.read_text(), re.M)
        found += [(role.lower(), path.stem) for role in roles]
    return found


def cells(role: str, kind: str) -> dict[str, str]:
    """Marks of a kind by row; an empty one is missing."""
    action = next((one for one in ACTIONS if role == "action" and one.kind == kind), None)
    deed = next((one for one in DEEDS if role == "action" and one.kind == kind), None)
    probe = next((one for one in PROBES if role == "probe" and one.kind == kind), None)
    if role == "action" and kind in PARTS:
        marks = [cells(part_role(part), part) for part in PARTS[kind]]
        assert all(all(one.values()) for one in marks), kind
        return {row: "parts" for row in ACTION_ROWS} | COMMON
    if kind == "wait":
        return {row: "–" for row in ACTION_ROWS} | COMMON
    rows = ACTION_ROWS if role == "action" else PROBE_ROWS
    found = {row: "" for row in rows} | COMMON
    # These have a row of `ContractTests` for every kind, by its own example.
    found |= {row: "C" for row in ("throttled", "refused", "gone while running")}
    if role == "action":
        found["answer lost"] = "C"
    if action is not None:
        found |= {row: "S" for row in ACTION_ROWS if row not in COMMON}
    elif deed is not None:
        found |= of_deed(deed)
    elif probe is not None:
        found |= {"satisfied": "S", "not satisfied": "S"}
        if probe.service is not None:
            found |= {"throttled": "S", "refused": "S"}
    elif (role, kind) in ELSEWHERE:
        found |= elsewhere(role, ELSEWHERE[(role, kind)])
        found |= dict.fromkeys(FURTHER.get((role, kind), {}), "E")
    return found


def of_deed(deed: Deed) -> dict[str, str]:
    return {
        "made": "S",
        "made again": "S",
        "answer lost": "S",
        "throttled": "S",
        "refused": "S",
        "gone back": "S" if deed.rollback == "captured" or deed.returns is not None else "–",
        "gone while running": "S" if deed.gone is not None else "–",
    }


def elsewhere(role: str, where: str) -> dict[str, str]:
    if role == "action":
        found = {"made": "E", "made again": "E", "gone back": "E"}
        return found | ({"answer lost": "E"} if where == REHEARSAL else {})
    # A rehearsal shows what passes; what does not is a scripted answer.
    return {"satisfied": "E", "not satisfied": "C" if where == REHEARSAL else "E"}


def part_role(kind: str) -> str:
    """Role of a composite's part: a look before the change, or a change."""
    return "probe" if ("probe", kind) in kinds() else "action"


def missing() -> list[tuple[str, str, str]]:
    """Cells that are neither proved nor explained: role, kind, row."""
    empty = [(role, kind, row) for role, kind in kinds() for row, mark in cells(role, kind).items() if not mark]
    unexplained = [
        (role, kind, row)
        for role, kind in kinds()
        for row, mark in cells(role, kind).items()
        if mark == "–" and kind not in WHY
    ]
    silent = [(kind, "", row) for kind, rows in contract_only().get("", {}).items() for row in rows]
    return empty + unexplained + silent


def every(named: list[str]) -> str:
    """Names of kinds, in short where they are all the probes."""
    probes = [f"`{kind}` ({role})" for role, kind in kinds() if role == "probe"]
    return "every probe" if named == probes else ", ".join(named)


def table(role: str, rows: tuple[str, ...]) -> list[str]:
    lines = ["| kind | " + " | ".join(rows) + " |", "|---|" + "---|" * len(rows)]
    for one, kind in kinds():
        if one == role:
            found = cells(role, kind)
            lines.append(f"| `{kind}` | " + " | ".join(found[row] for row in rows) + " |")
    return lines


def page() -> str:
    """The page."""
    lines = [HEAD, "## Actions", "", *table("action", ACTION_ROWS), "", "## Probes", "", *table("probe", PROBE_ROWS)]
    lines += ["", "## Elsewhere", "", "| kind | where |", "|---|---|"]
    lines += [f"| `{kind}` ({role}) | {where} |" for (role, kind), where in sorted(ELSEWHERE.items(), key=str)]
    lines += ["", "Further rows of these kinds:", "", "| kind | row | where |", "|---|---|---|"]
    lines += [
        f"| `{kind}` ({role}) | {row} | {where} |"
        for (role, kind), rows in sorted(FURTHER.items(), key=str)
        for row, where in rows.items()
    ]
    lines += ["", "## By scripted answers alone", "", "Rows that are so for every kind:", "", "| row | why |", "|---|---|"]
    lines += [f"| {row} | {why} |" for row, why in CONTRACT_ONLY.items()]
    lines += ["", "Others, by kind:", "", "| why | kinds and rows |", "|---|---|"]
    for word, rows_of in sorted(contract_only().items()):
        by_rows: dict[tuple[str, ...], list[str]] = {}
        for kind, rows in rows_of.items():
            by_rows.setdefault(tuple(rows), []).append(kind)
        told = "; ".join(f"{', '.join(rows)}: {every(named)}" for rows, named in by_rows.items())
        lines.append(f"| {SCRIPTED[word]} | {told} |")
    lines += ["", "## By parts", "", "| kind | parts |", "|---|---|"]
    lines += [f"| `{kind}` | {', '.join(f'`{part}`' for part in parts)} |" for kind, parts in sorted(PARTS.items())]
    lines += ["", "## What there cannot be", "", f"For all that happens and leaves no state: {AGAIN}.", ""]
    lines += ["| kind | why |", "|---|---|"]
    lines += [
        f"| `{kind}` | {'; '.join(REASONS[word] for word in words.split())} |" for kind, words in sorted(WHY.items())
    ]
    return "\n".join(lines) + "\n"
