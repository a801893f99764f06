"""A board that cannot see its run any more says so, and never goes on calling itself live."""

import urllib.error
import urllib.request

from chromium import open_page
from playwright.sync_api import Browser, expect
from rehearsal.watched import Night
from worlds import middle_of_shift

def answer(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as given:
            return given.status, given.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_journal_that_is_gone_is_told_and_so_is_its_return(small: Night, browser: Browser) -> None:
    night = small
    status, talk = night.run("run")
    assert status == 0, talk
    away = night.journal.with_suffix(".away")
    with night.board() as address:
        page = open_page(browser, address, is_still=False)
        expect(page.locator("#connection")).to_have_text("● live")
        night.journal.rename(away)
        expect(page.locator("#connection")).to_have_text("○ journal unreadable")
        expect(page.locator("#old")).to_contain_text("there is no journal")
        expect(page.locator("#old")).to_contain_text("old. Trying again")
        expect(page.locator("#state strong")).to_have_text("succeeded")
        assert page.title().startswith("○ journal unreadable · ")
        assert answer(f"{address}metrics")[0] == 503
        page.click('[data-step="look"]')
        expect(page.locator("#drawer")).to_contain_text("The evidence cannot be loaded: HTTP 503")
        later = open_page(browser, address, is_still=False)
        expect(later.locator("#connection")).to_have_text("○ journal unreadable")
        away.rename(night.journal)
        for each in (page, later):
            expect(each.locator("#connection")).to_have_text("● live")
            expect(each.locator("#old")).to_be_hidden()
            assert not each.title().startswith("○")
        assert answer(f"{address}metrics")[0] == 200
        # Something else in its place, as a restore into the wrong folder leaves it.
        night.journal.rename(away)
        night.journal.write_text("not a journal " * 400)
        expect(page.locator("#connection")).to_have_text("○ journal unreadable")
        expect(page.locator("#old")).to_contain_text("is not a journal")
        for each in (page, later):
            assert each.faults == []  # type: ignore[attr-defined]
            each.context.close()


def test_a_server_that_says_nothing_is_not_live(serve, show) -> None:  # noqa: ANN001
    server = serve(middle_of_shift())
    page = show(server.address)
    page.evaluate("connection.patience = 35000")
    page.clock.run_for(30_000)
    server.send("beat", None)
    page.wait_for_function("() => connection.heardAt === Date.now()")
    page.clock.run_for(30_000)
    expect(page.locator("#connection")).to_have_text("● live")
    page.clock.run_for(6_000)
    expect(page.locator("#connection")).to_have_text("○ connection lost")
    expect(page.locator("#old")).to_contain_text("Connection lost")
