"""Stops sandboxes that broken rehearsals left under state/, each by its own process id, and removes what they kept."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from pathlib import Path

STATE = Path(__file__).resolve().parents[1] / "state"
PATIENCE = 10.0


def is_sandbox(pid: int) -> bool:
    """Whether `pid` is a sandbox of ours, and not a later process that was given its number."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"sandbox" in line and b"-m" in line


def main() -> None:
    for ready in [*STATE.glob("sandbox/sandbox.json"), *STATE.glob("*/sandbox/sandbox.json")]:
        pid = int(json.loads(ready.read_text())["pid"])
        if is_sandbox(pid):
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + PATIENCE
            while is_sandbox(pid) and time.monotonic() < deadline:
                time.sleep(0.05)
            print(f"stopped sandbox {pid}")
    for folder in [STATE / "sandbox", *STATE.glob("*/sandbox")]:
        if folder.is_dir():
            shutil.rmtree(folder)
            print(f"removed {folder}")


if __name__ == "__main__":
    main()
