"""Debian's Chromium, driven by Playwright; the clock of every page is the clock of the documents."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright
from worlds import NOW


#: Name of somebody else's that leads to this machine.
REBOUND = "evil.test"


@contextmanager
def browser_with_clock() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("error: there is no `chromium`\nhint: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1"])
        try:
            yield browser
        finally:
            browser.close()


def open_page(
    browser: Browser, address: str, *, width: int = 1440, height: int = 900, scheme: str = "light",
    locale: str = "en-GB", is_still: bool = True, offset: float = 0,
) -> Page:
    """A page of its own context, shown when its document is there; its clock stands at the document's moment."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale, timezone_id="Asia/Seoul",
        reduced_motion="reduce")
    page = context.new_page()
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda message: page.faults.append(message.text)  # type: ignore[attr-defined]
            if message.type == "error" and "ERR_CONNECTION" not in message.text
            and "Failed to load resource" not in message.text else None)
    if is_still:
        # Why both: installed alone the clock goes on by itself.
        page.clock.install(time=NOW.timestamp() + offset - 1)
        page.clock.pause_at(NOW.timestamp() + offset)
    page.goto(address)
    page.wait_for_selector("#phases .row", state="attached")
    if is_still:
        # Why: a day passes here within a moment, without a sign of life from the server.
        page.evaluate("connection.patience = Infinity")
    return page
