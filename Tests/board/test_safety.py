"""Texts of a run stay texts, and the page asks nobody but its own server."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect
from stand_in import report_file
from worlds import HOSTILE, hostile, middle_of_shift, report

NOTHING_HAPPENED = """() => window.hit === undefined
    && document.querySelectorAll('main img, aside img, footer img, header img').length === 0
    && document.scripts.length === %d"""


def test_hostile_texts_stay_texts(serve, show):
    document = hostile()
    server = serve(document)
    for step in [step for phase in document["phases"] for step in phase["steps"]][:2]:
        server.steps[step["id"]] = {"step": step, "attempts": [{"number": 1, "state": HOSTILE, "problem": HOSTILE,
                                    "hint": HOSTILE}], "evidence": document["evidence"][document["phases"][0]["steps"][0]["id"]]}
    page = show(server.address)
    page.click("#fold")
    page.locator(".row[data-step]").first.click()
    expect(page.locator("#drawer .piece").first).to_contain_text("<img src=x onerror")
    server.send("change", {"log": [{"number": 7777, "at": "x", "step": HOSTILE, "text": HOSTILE, "tone": "__proto__"}]})
    expect(page.locator("#lines li").last).to_contain_text("onerror")
    assert page.evaluate(NOTHING_HAPPENED % 4)
    expect(page.locator("#state .sentence")).to_contain_text("<script>window.hit=1</script>")


def test_hostile_texts_stay_texts_in_a_report(show, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(report_file(hostile()), encoding="utf-8")
    page = show(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((node) => { node.open = true })")
    expect(page.locator(".record pre").first).to_be_visible()
    assert page.evaluate(NOTHING_HAPPENED % 5)


def test_names_of_objects_are_no_states(serve, show):
    page = show(serve(hostile()).address)
    states = page.locator("#phases .phase").first.locator(".row .sign").all_text_contents()[:3]
    assert states == ["?", "?", "?"]


def test_board_asks_its_own_server_alone(serve, show):
    server = serve(middle_of_shift())
    page = show(server.address)
    expect(page.locator("#connection")).to_contain_text("live")
    assert set(server.requests) <= {"/", "/board.css", "/words.js", "/steps.js", "/pictures.js", "/board.js", "/api/events"}
    for address in page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)"):
        assert urlsplit(address).scheme == "data" or address.startswith(server.address)


def test_page_has_no_inline_code_and_is_small():
    from stand_in import PAGE

    text = (PAGE / "index.html").read_text(encoding="utf-8")
    assert " style=" not in text and "<style" not in text and not re.search(r" on[a-z]+=", text)
    assert "<script>" not in text
    sources = [file.read_text(encoding="utf-8") for file in PAGE.glob("*.js")]
    for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "http://127"]:
        assert all(word not in source for source in sources), word
    assert all("</script" not in source for source in sources)
    assert sum(file.stat().st_size for file in PAGE.iterdir()) < 150_000


def test_report_asks_for_nothing(browser, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(report_file(report()), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_selector(".record")
    assert [address for address in asked if not address.startswith("data:")] == [file.as_uri()]
    context.close()
