"""How live the board is: a run of 1,000 steps, watched by several viewers in Chromium. Run with the Python of Tests/board.

    .venv-board/bin/python scripts/bench_board.py --migrate .build/release/migrate

Prints one JSON object: the slowest first paint, and how long after its event each change was on a screen, milliseconds.
The commit of the event is in that, since an event bears the time at which it was made.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from rehearsal.watched import Night, until

PHASES, STEPS_EACH, VIEWERS = 5, 200, 4
WATCH = """
window.shown = [];
new MutationObserver((_, observer) => {
    if (!document.querySelector('#phases .row')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }, 0));
    // What is on the screen is there when the frame after the change has been drawn.
    new MutationObserver(() => {
        const events = Number.parseInt(document.getElementById('chain').textContent, 10);
        requestAnimationFrame(() => setTimeout(() => window.shown.push([events, Date.now()]), 0));
    }).observe(document.getElementById('chain'), {childList: true, subtree: true, characterData: true});
}).observe(document, {childList: true, subtree: true});
"""


def runbook() -> str:
    lines = ["migrate: 1", "runbook: board", "title: A thousand looks", "phases:"]
    for phase in range(PHASES):
        lines += [f"  - id: phase-{phase}", f"    title: Phase {phase}", "    steps:"]
        for step in range(STEPS_EACH):
            lines += [f"      - id: look-{phase}-{step}", "        probe: exec", "        with: {command: [sleep, '0.05']}"]
    return "\n".join(lines) + "\n"


def measure(night: Night, browser_path: str) -> dict[str, float]:
    with night.board() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        pages: list[Page] = []
        paints = []
        for _ in range(VIEWERS):
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.add_init_script(WATCH)
            page.goto(address)
            page.wait_for_function("() => window.painted")
            paints.append(page.evaluate("window.painted"))
            pages.append(page)
        running = night.start("run")
        running.wait(timeout=600)
        for page in pages:
            page.wait_for_function("() => document.querySelector('#state strong').textContent === 'succeeded'")
        with sqlite3.connect(f"file:{night.journal}?mode=ro", uri=True) as journal:
            made = dict(journal.execute("SELECT sequence, at FROM event"))
        until(lambda: all(page.evaluate("window.shown.at(-1)[0]") == max(made) for page in pages), "the last event")
        delays = sorted(shown - made[events] for page in pages for events, shown in page.evaluate("window.shown"))
        browser.close()
    return {
        "viewers": VIEWERS, "steps": PHASES * STEPS_EACH, "updates": len(delays), "paint": max(paints),
        "median": statistics.median(delays), "p95": delays[math.ceil(len(delays) * 0.95) - 1], "worst": delays[-1],
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migrate", type=Path, required=True)
    given = parser.parse_args()
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        print("error: there is no `chromium`\nhint: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="bench-board-") as folder:
        home = Path(folder) / "runbooks/board"
        (home / "environments").mkdir(parents=True)
        (home / "runbook.yaml").write_text(runbook())
        (home / "environments/sandbox.yaml").write_text("{}\n")
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8"}
        night = Night(given.migrate.resolve(), Path(folder), environment, "board")
        try:
            print(json.dumps(measure(night, path)))
        finally:
            night.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
