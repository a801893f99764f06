"""A cutover on the real `migrate serve`, watched from before its first step to its rollback, without a reload.

`BOARD_PICTURES=FOLDER` keeps a picture of each moment.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import open_page
from playwright.sync_api import Browser, Page, expect
from rehearsal.sandbox import Sandbox
from rehearsal.watched import Night, watched_night

SCALE = 600
SOON = 45_000.0
"""Longest that something is waited for, milliseconds."""
VIEWS = {"wide": (1280, 900, "light", "en-GB"), "narrow": (390, 844, "dark", "ko-KR")}


@pytest.fixture(scope="module")
def night(binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    state = tmp_path_factory.mktemp("sandbox")
    sandbox = Sandbox(binary, state, SCALE)
    sandbox.up()
    try:
        with watched_night(binary, sandbox, tmp_path_factory.mktemp("night")) as night:
            yield night
    finally:
        sandbox.down()


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Waits longer than other tests do: what is watched takes its time."""
    expect.set_options(timeout=SOON)
    yield
    expect.set_options(timeout=5_000)


def shoot(moment: str, **pages: Page) -> None:
    folder = os.environ.get("BOARD_PICTURES")
    for name, page in pages.items() if folder else ():
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=Path(str(folder)) / f"{moment}-{name}.png", full_page="evidence" not in moment)


def test_a_cutover_is_watched_from_its_start_to_its_rollback(night: Night, browser: Browser) -> None:
    with night.board() as address:
        pages = {
            name: open_page(browser, address, width=width, height=height, scheme=scheme, locale=locale, is_still=False)
            for name, (width, height, scheme, locale) in VIEWS.items()
        }
        page, narrow = pages.values()
        page.set_default_timeout(SOON)
        for each in pages.values():
            each.evaluate("window.notReloaded = true")
        expect(page.locator("#state strong")).to_have_text("pending")
        expect(page.locator('#state [data-key="begun"]')).to_be_hidden()
        expect(page.locator("#run")).to_have_text("")
        expect(page.locator("#chain")).to_have_text("0 events")
        expect(page.locator("#connection")).to_contain_text("live")
        shoot("1-before", **pages)

        running = night.start("run")
        expect(page.locator("#waits")).to_contain_text("People agree that traffic moves")
        expect(page.locator("#next .command code").first).to_have_text("migrate approve cutover")
        expect(page.locator('[data-step="new-side"]')).to_contain_text("succeeded")
        expect(page.locator("#approvals")).to_contain_text("0 of 1")
        expect(narrow.locator("#state strong")).to_have_text("대기 중")
        shoot("2-approval", **pages)

        status, talk = night.run("approve", "cutover", "--yes", "--comment", "both sides answer")
        assert status == 0, talk
        expect(page.locator(".meters b").first).to_have_text("10 %")
        expect(page.locator("#approvals")).to_contain_text("both sides answer")
        shoot("3-tenth", **pages)
        expect(page.locator(".meters b").first).to_have_text("50 %")
        # Why already: the waits of a rehearsal are divided, and so is this one.
        expect(page.locator(".drain")).to_contain_text("have run out (TTL 1m)")
        expect(page.locator(".weight-label").last).to_have_text("50 %")
        expect(page.locator(".answers tbody tr").first).to_contain_text("127.0.0.")
        shoot("4-half", **pages)
        page.locator(".row.group", has_text="The name moves").click()
        expect(page.locator('[data-step="shift/soak-w50"]')).to_contain_text("soaking")
        page.click('[data-step="shift/w50"]')
        expect(page.locator("#drawer .piece").first).to_be_visible()
        shoot("5-evidence", **pages)
        page.keyboard.press("Escape")

        status, talk = night.run("back-out", "--reason", "users see errors")
        assert status == 0, talk
        running.wait(timeout=60)
        expect(page.locator(".came-home")).to_contain_text("Traffic came home")
        expect(page.locator("#state .sentence")).to_contain_text("backed out, traffic is home: users see errors")
        expect(page.locator(".meters b").first).to_have_text("0 %")
        expect(page.locator(".meters")).to_contain_text("seen at 10 %")
        expect(page.locator("#deviations")).to_contain_text("users see errors")
        shoot("6-home", **pages)

        status, talk = night.run("rollback", "--check")
        assert status == 0, talk
        expect(page.locator("#readiness .chip").first).to_contain_text("on record")
        shoot("7-ready", **pages)
        status, talk = night.run("rollback", "--all", "--yes")
        assert status == 0, talk
        expect(page.locator("#state strong")).to_have_text("rolled back")
        expect(page.locator("#lines li").last).to_contain_text("rolled back")
        shoot("8-rolled-back", **pages)
        for each in pages.values():
            assert each.evaluate("window.notReloaded")
            assert each.faults == []  # type: ignore[attr-defined]
            each.context.close()
