"""Everybody can read and reach it: keyboard, screen reader, languages, schemes, widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from stand_in import report_file
from worlds import WORLDS, failed, middle_of_shift, paused, report

KOREAN = r"[가-힣]"
TELL_FOCUS = """() => { const e = document.activeElement;
    return e.id || e.dataset.step || e.dataset.group || e.className || e.tagName }"""


def axe_faults(page):  # noqa: ANN001, ANN201
    """Faults that axe-core finds, as `rule: target`; it waits by timers, so the clock of its page must go."""
    answer = Axe().run(page).response
    return [f"{fault['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
            for fault in answer["violations"] for node in fault["nodes"]]


def test_everything_is_reached_by_keyboard(serve, show):
    server = serve(paused())
    server.steps["network"] = {"step": {}, "attempts": [], "evidence": []}
    page = show(server.address)
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(TELL_FOCUS))
        if page.evaluate("document.activeElement === document.body"):
            break
    assert reached[0] == "skip"
    for wanted in ["zone", "language", "theme", "copy", "link", "lines", "follow", "Done", "fold", "filter", "network"]:
        assert wanted in reached, (wanted, reached)
    assert len([name for name in reached if name == "network"]) == 1


def test_arrows_move_among_rows_and_escape_comes_back(serve, show):
    server = serve(failed())
    server.steps["old-instances"] = {"step": {}, "attempts": [], "evidence": []}
    page = show(server.address)
    page.focus('[data-step="network"]')
    page.keyboard.press("ArrowDown")
    assert page.evaluate(TELL_FOCUS) == "old-instances"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.phase').querySelector('h3').textContent").startswith("Infra")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(TELL_FOCUS) == "old-instances"
    page.keyboard.press("Enter")
    expect(page.locator("#drawer")).to_be_visible()
    assert page.evaluate(TELL_FOCUS) == "close"
    expect(page.locator("#drawer")).to_contain_text("No evidence on record")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    assert page.evaluate(TELL_FOCUS) == "old-instances"


def test_focus_can_be_seen(serve, show):
    page = show(serve(middle_of_shift()).address)
    page.keyboard.press("/")
    page.keyboard.press("Tab")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth")
    assert style == "solid2px"


def test_slash_filters_steps_and_log(serve, show):
    page = show(serve(failed()).address)
    page.keyboard.press("/")
    assert page.evaluate(TELL_FOCUS) == "filter"
    page.keyboard.type("pyroscope")
    expect(page.locator("#shown")).to_contain_text("of 189 steps shown")
    expect(page.locator('[data-step="network"]')).to_be_hidden()
    assert page.locator("#lines li:visible").count() < 30
    page.keyboard.press("Escape")
    expect(page.locator('[data-step="network"]')).to_be_visible()
    page.click('[data-group="Trouble"]')
    expect(page.locator("#shown")).to_have_text("3 of 189 steps shown")
    expect(page.locator('[data-group="Trouble"]')).to_have_attribute("aria-pressed", "true")
    page.click('[data-group="Trouble"]')
    page.fill("#filter", "nothing is called that")
    expect(page.locator("#shown")).to_have_text("No step matches.")


@pytest.mark.parametrize("how", ["query", "browser", "switch"])
def test_korean(serve, show, how):
    server = serve(middle_of_shift())
    page = show(server.address + ("?lang=ko" if how == "query" else ""), locale="ko-KR" if how == "browser" else "en-GB")
    if how == "switch":
        page.select_option("#language", "ko")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("#state strong")).to_have_text("대기 중")
    expect(page.locator("#title")).to_have_text("LGTM 스택 EC2 → ECS Fargate 마이그레이션")
    expect(page.locator(".row").first).to_contain_text("VPC, 서브넷, 보안 그룹 확인")
    said = page.locator("[data-say]").all_text_contents()
    assert [text for text in said if not any("가" <= letter <= "힣" for letter in text)] == []
    if how == "switch":
        page.reload()
        expect(page.locator("#state strong")).to_have_text("대기 중")


def test_every_phrase_has_both_languages(serve, show):
    page = show(serve(middle_of_shift()).address)
    phrases = page.evaluate("[...Board.phrases]")
    assert len(phrases) > 150
    for key, forms in phrases:
        assert len(forms) == 2 and all(forms), key
        assert {number for number in "123" if f"%{number}" in forms[0]} >= {
            number for number in "123" if f"%{number}" in forms[1]}, key
    states = page.evaluate("[...Board.marks.keys()].filter((state) => !Board.phrases.has('s_' + state))")
    assert states == []


def test_states_are_those_of_the_documentation(serve, show):
    """Every state that `docs/run-states.md` names has a sign and a word here."""
    from stand_in import PAGE

    text = (PAGE.parents[2] / "docs/run-states.md").read_text(encoding="utf-8")
    named = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    page = show(serve(middle_of_shift()).address)
    assert named - set(page.evaluate("[...Board.marks.keys()]")) == set()


def test_scheme_follows_the_system_until_somebody_chooses(serve, show):
    server = serve(middle_of_shift())
    page = show(server.address, scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.select_option("#theme", "light")
    light = page.evaluate(ground)
    assert dark != light
    page.reload()
    page.wait_for_selector(".row")
    assert page.evaluate(ground) == light
    page.select_option("#theme", "auto")
    assert page.evaluate(ground) == dark


def test_refused_storage_is_borne(serve, browser):
    server = serve(middle_of_shift())
    context = browser.new_context()
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused') } })")
    page.goto(server.address)
    page.wait_for_selector(".row")
    page.select_option("#theme", "dark")
    assert faults == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("world", ["shift", "failed"])
def test_axe_finds_nothing(serve, show, world, scheme):
    page = show(serve(WORLDS[world]()).address, scheme=scheme, is_still=False)
    page.click("#fold")
    assert axe_faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_drawer_and_report(serve, show, tmp_path, scheme):
    server = serve(failed())
    page = show(server.address, scheme=scheme, is_still=False)
    page.click("#trouble-list button >> nth=0")
    expect(page.locator("#drawer")).to_contain_text("HTTP 404")
    assert axe_faults(page) == []
    file = tmp_path / "report.html"
    file.write_text(report_file(report()), encoding="utf-8")
    assert axe_faults(show(file.as_uri(), scheme=scheme, is_still=False)) == []


@pytest.mark.parametrize("width", [390, 1024])
@pytest.mark.parametrize("world", ["paused", "failed"])
def test_nothing_is_wider_than_a_narrow_screen(serve, show, world, width):
    page = show(serve(WORLDS[world]()).address, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 390:
        folded = page.locator(".phase", has_text="Preparation").locator(".toggle")
        expect(folded).to_have_attribute("aria-expanded", "false")
        folded.click()
        expect(page.locator('[data-step="network"]')).to_be_visible()


def test_nothing_moves_for_those_who_ask(serve, show):
    page = show(serve(middle_of_shift()).address)
    assert page.evaluate("getComputedStyle(document.querySelector('.meter i')).transitionDuration") == "0s"


def test_what_the_run_says_is_in_the_language_of_the_page(serve, show):
    document = failed()
    words = {"status_text": {"en": "nothing has run yet", "ko": "아직 실행한 것이 없음"},
             "next": {"en": "`migrate run` begins", "ko": "시작하려면 `migrate run`"}}
    document["run"]["words"] = words
    document["log"] = [{"number": 1, "at": document["run"]["as_of"], "step": None, "tone": "plain", "text": "run to the end",
                        "words": {"text": {"en": "run to the end", "ko": "끝까지 실행"}}}]
    page = show(serve(document).address + "?lang=ko")
    expect(page.locator("#state")).to_contain_text("아직 실행한 것이 없음")
    expect(page.locator("#next")).to_contain_text("시작하려면")
    expect(page.locator("#lines")).to_contain_text("끝까지 실행")
    page.select_option("#language", "en")
    expect(page.locator("#next")).to_contain_text("begins")
    expect(page.locator("#lines")).to_contain_text("run to the end")
