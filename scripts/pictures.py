"""Takes pictures of pages in headless Chromium, each at its moment. Run with the Python of Tests/board.

    .venv-board/bin/python scripts/pictures.py '[{"address": "http://…", "file": "x.png", "when": {"#next": "approve"}}]'

Says `ready` when every page is open, so that whoever started it can let the moment come. A shot may have `language`,
`scheme`, `width`, `height`, and `click`: what is clicked before the picture.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE = 180_000.0
"""Longest that a moment is waited for, milliseconds."""


def opened(browser: Browser, shot: dict[str, Any]) -> Page:
    context = browser.new_context(
        viewport={"width": shot.get("width", 1280), "height": shot.get("height", 800)},
        color_scheme=shot.get("scheme", "light"), locale="ko-KR" if shot.get("language") == "ko" else "en-GB",
        timezone_id="UTC", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(shot["address"])
    page.wait_for_selector("#phases .row", state="attached", timeout=PATIENCE)
    return page


def main() -> int:
    shots = json.loads(sys.argv[1])
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        print("error: there is no `chromium`\nhint: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        pages = [opened(browser, shot) for shot in shots]
        print("ready", flush=True)
        for shot, page in zip(shots, pages, strict=True):
            for place, text in shot.get("when", {}).items():
                expect(page.locator(place).first).to_contain_text(text, timeout=PATIENCE)
            for place in shot.get("click", []):
                page.locator(place).first.click()
            # What a click or an update has scheduled is drawn by then.
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            page.screenshot(path=Path(shot["file"]))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
