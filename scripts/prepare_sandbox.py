"""Prepares a running sandbox for its runbook: Terraform's root module and the base image of the builds.

    eval "$(migrate sandbox up)"
    eval "$(.venv/bin/python scripts/prepare_sandbox.py state/sandbox)"

Prints what a shell needs; with `--json` an object with that `environment` and with `values` of the runbook's variables.
"""

from __future__ import annotations

import argparse
import json
import shlex
from pathlib import Path

from rehearsal.preparation import prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the sandbox keeps its files: sandbox.json lies there")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--tool-scale", metavar="N", help="what the tool divides its own waits by, where real programs run as tasks"
    )
    given = parser.parse_args()
    environment = prepare(given.folder, json.loads((given.folder / "sandbox.json").read_text()))
    if given.tool_scale:
        environment["MIGRATE_TIME_SCALE"] = given.tool_scale
    if given.json:
        root = given.folder / "terraform"
        values = {"terraform_directory": str(root.resolve())} if root.is_dir() else {}
        print(json.dumps({"environment": environment, "values": values}, indent=2, sort_keys=True))
        return
    for name, value in sorted(environment.items()):
        print(f"export {name}={shlex.quote(value)}")


if __name__ == "__main__":
    main()
