"""Pictures of the board and of the report, to be looked at: every world, three widths, two schemes, two languages.

    .venv-board/bin/python Tests/board/screenshots.py FOLDER [WORLD …]
"""

import sys
from pathlib import Path

from chromium import browser_with_clock, open_page
from stand_in import StandIn, report_file
from worlds import WORLDS, evidence, step_of

SIZES = [(1440, 900), (1024, 768), (390, 844)]
BOARDS = ["shift", "approval", "paused", "failed", "rolled-back", "pending"]


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or [*BOARDS, "report"]
    with browser_with_clock() as browser:
        for name in wanted:
            document = WORLDS[name]()
            if name == "report":
                address = folder / "report.html"
                address.write_text(report_file(document), encoding="utf-8")
                shoot(browser, address.as_uri(), folder, name)
                page = open_page(browser, address.as_uri())
                page.pdf(path=folder / "report.pdf", format="A4", print_background=False)
                page.context.close()
                continue
            server = StandIn(document).start()
            for step in ["shift/soak-w50", "services[tempo]", "shift/soak-w10"]:
                found = step_of(document, step)
                attempts = [{"number": 1, "started_at": found["started_at"], "ended_at": found["ended_at"],
                             "state": found["state"], "problem": None, "hint": None}]
                server.steps[step] = {"step": found, "attempts": attempts, "evidence": evidence(found)}
            shoot(browser, server.address, folder, name)
            if name == "paused":
                page = open_page(browser, server.address)
                page.click("#trouble-list button")
                page.wait_for_selector(".piece")
                page.click(".piece summary")
                page.screenshot(path=folder / "paused-drawer.png")
                page.context.close()
            server.stop()


def shoot(browser, address: str, folder: Path, name: str) -> None:  # noqa: ANN001
    for width, height in SIZES:
        for scheme in ["light", "dark"]:
            for language in ["en", "ko"] if width == 1440 else ["en"]:
                page = open_page(browser, f"{address}?lang={language}", width=width, height=height, scheme=scheme)
                whole = width == 390 or name == "report"
                page.screenshot(path=folder / f"{name}-{width}-{scheme}-{language}.png", full_page=whole)
                page.context.close()


if __name__ == "__main__":
    main()
