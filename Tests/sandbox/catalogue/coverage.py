"""`docs/coverage.md`: what of each kind is proved, and against what; no cell is empty without a reason."""

from __future__ import annotations

import re

from conftest import REPOSITORY

from catalogue.deeds import DEEDS, Deed
from catalogue.kinds import ACTIONS, ELSEWHERE, PARTS, PROBES, REHEARSAL

HEAD = """\
# What is proved, and against what

Made by `Tests/sandbox/test_catalogue.py`, which fails when a kind has a cell that is neither proved nor explained.

| mark | |
|---|---|
| **S** | against the sandbox, through the real binary, looked at from outside: `test_catalogue.py`, `test_deeds.py` |
| **E** | elsewhere through the real binary, against the real product or in the rehearsal; which, is said below |
| **C** | contract only: `ContractTests` and `PagesTests`, for every kind, answers scripted after the vendor's pages |
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
    elif (role, kind) in ELSEWHERE:
        found |= elsewhere(role, ELSEWHERE[(role, kind)])
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
    return empty + unexplained


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
    lines += ["", "## By parts", "", "| kind | parts |", "|---|---|"]
    lines += [f"| `{kind}` | {', '.join(f'`{part}`' for part in parts)} |" for kind, parts in sorted(PARTS.items())]
    lines += ["", "## What there cannot be", "", f"For all that happens and leaves no state: {AGAIN}.", ""]
    lines += ["| kind | why |", "|---|---|"]
    lines += [
        f"| `{kind}` | {'; '.join(REASONS[word] for word in words.split())} |" for kind, words in sorted(WHY.items())
    ]
    return "\n".join(lines) + "\n"
