"""`docs/coverage.md`: what of each kind is proved, and against what."""

from __future__ import annotations

import re

from catalogue.kinds import ACTIONS, ELSEWHERE, PROBES, SCRIPT, UNMODELLED
from conftest import REPOSITORY

HEAD = """\
# What is proved, and against what

Made by `Tests/sandbox/test_catalogue.py`, which also runs what the first two tables say, through the real binary.

Every kind of the catalog also passes the rows that need no world, in `ContractTests`: refused (the words name the
permission, nothing passes), throttled (given up after a few tries, nothing changed), an answer that is lost (never taken
for an outcome), hanging (cancelled promptly), secrets (in no evidence and no words), unknown parameter (refused); and
those of `PagesTests`: its page is current, each parameter is shown with a value, its example is a step of a sound runbook.

The sandbox is an emulator, not AWS: `sandbox/README.md` says what it is true to. Nothing here was held against a real
account.
"""

ACTION_ROWS = (
    "made, made again (already satisfied, no second call), gone back exactly, gone back twice, answer lost (found out),"
    " throttled (waited out), refused (nothing changed)"
)
PROBE_ROWS = "satisfied, not satisfied"


def page() -> str:
    """The page."""
    lines = [HEAD, "## Against the sandbox, from outside", "", "| kind | rows |", "|---|---|"]
    lines += [f"| `{action.kind}` (action) | {ACTION_ROWS} |" for action in sorted(ACTIONS, key=lambda one: one.kind)]
    lines += [f"| `{probe.kind}` (probe) | {PROBE_ROWS} |" for probe in sorted(PROBES, key=lambda one: one.kind)]
    lines += ["", "## Elsewhere", "", "| kind | where |", "|---|---|"]
    only = {SCRIPT, UNMODELLED}
    lines += [f"| `{kind}` | {where} |" for kind, where in sorted(ELSEWHERE.items()) if where not in only]
    lines += ["", "## Contract only", "", "Proved against scripted answers in the form of the vendor's pages."]
    lines += ["", "| kind | why |", "|---|---|"]
    lines += [f"| `{kind}` | {where} |" for kind, where in sorted(ELSEWHERE.items()) if where in only]
    return "\n".join(lines) + "\n"


def named_in_pages() -> set[str]:
    """Kinds that have a page."""
    return {path.stem for path in (REPOSITORY / "docs" / "steps").glob("*.md") if re.match(r"[a-z]", path.stem)}
