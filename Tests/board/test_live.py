"""The page stays live: changes without a reload, a lost connection, waits that count down."""

import copy

from playwright.sync_api import expect
from worlds import at, failed, holder, middle_of_shift, say, shift_at, step_of


def change_of(document, *names):  # noqa: ANN001, ANN002, ANN201
    """A change event with the steps named."""
    phase_of = {step["id"]: phase["id"] for phase in document["phases"] for step in phase["steps"]}
    return {"steps": [{"phase": phase_of[name], **step_of(document, name)} for name in names]}


def test_change_is_shown_in_place_and_keeps_the_focus(serve, show):
    document = middle_of_shift()
    server = serve(document)
    page = show(server.address)
    row = page.locator('[data-step="parity"]')
    row.focus()
    page.evaluate("window.sameRow = document.querySelector('[data-step=\"parity\"]'); window.notReloaded = true")
    later = copy.deepcopy(document)
    step_of(later, "parity").update(state="drifted", note=None, problem={"message": "one series differs", "hint": None})
    change = change_of(later, "parity")
    change["run"] = {"status": "paused", "pause": "drift", "status_text": "paused: something drifted",
                     "next": "`migrate run` goes on with phase-5", "as_of": at(5)}
    change["log"] = [{"number": 9001, "at": at(5), "step": "parity", "text": "one series differs", "tone": "bad"}]
    server.send("change", change)
    expect(page.locator("#state strong")).to_have_text("paused")
    expect(row).to_contain_text("one series differs")
    expect(page.locator("#lines li").last).to_contain_text("one series differs")
    expect(page.locator("#next .command code")).to_have_text("migrate run")
    assert page.evaluate("window.notReloaded && document.activeElement === window.sameRow && sameRow.isConnected")
    assert page.title().startswith("‖ paused")
    expect(page.locator("#announcer")).to_contain_text("paused")


def test_whole_document_again_keeps_rows_and_what_is_unfolded(serve, show):
    document = middle_of_shift()
    server = serve(document)
    page = show(server.address)
    group = page.locator(".row.group", has_text="Build").first
    group.click()
    page.evaluate("window.sameRow = document.activeElement")
    server.send("board", document)
    expect(group).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.activeElement === window.sameRow")
    assert page.locator("#lines li").count() == len(document["log"])


def test_items_of_a_loop_are_one_row_with_a_count(serve, show):
    document = failed()
    page = show(serve(document).address)
    group = page.locator(".row.group", has_text="Deploy").first
    expect(group.locator(".side")).to_have_text("2 of 6")
    expect(page.locator('[data-step="services[tempo]"]')).to_have_count(0)
    group.click()
    expect(page.locator('[data-step="services[tempo]"]')).to_contain_text("failed")


def test_shift_grows_while_it_is_watched(serve, show):
    document = middle_of_shift()
    server = serve(document)
    page = show(server.address)
    expect(page.locator(".meters b").first).to_have_text("10 %")
    server.send("change", {"shifts": [shift_at([(-900, 0), (-700, 1), (-110, 10), (0, 50)], 300)]})
    expect(page.locator(".meters b").first).to_have_text("50 %")
    expect(page.locator(".weight-label").last).to_have_text("50 %")
    server.send("change", {"shifts": [shift_at([(-900, 0), (-110, 10), (0, 0)], None, True)]})
    expect(page.locator(".came-home")).to_contain_text("Traffic came home")
    expect(page.locator(".drain")).to_be_hidden()


def test_who_is_still_old_is_told_of_each_question(serve, show):
    document = middle_of_shift()
    asked = {"server": "192.0.2.53:53", "ttl": 41, "at": at(-8)}
    document["shifts"][0]["answers"] = [
        {**asked, "question": "grafana.example.com A", "answers": ["203.0.113.7"], "old": True},
        {**asked, "question": "grafana.example.com AAAA", "answers": ["2001:db8::7"], "old": False},
    ]
    page = show(serve(document).address)
    rows = page.locator(".answers tbody tr")
    expect(rows).to_have_count(2)
    # Why by the mark: an alias of the old side answers with addresses that the document does not name.
    expect(rows.first).to_contain_text("192.0.2.53:53 grafana.example.com A")
    expect(rows.first.locator(".tag")).to_have_text("old")
    expect(rows.last).to_contain_text("192.0.2.53:53 grafana.example.com AAAA")
    expect(rows.last.locator(".tag")).not_to_have_text("old")


def test_wait_counts_down_by_the_clock_of_the_server(serve, show):
    document = middle_of_shift()
    page = show(serve(document).address, offset=-7200)
    expect(page.locator("#waits .clock")).to_have_text("3:12")
    expect(page.locator(".drain b")).to_have_text("3:10")
    page.clock.run_for(60_000)
    expect(page.locator("#waits .clock")).to_have_text("2:12")
    expect(page.locator(".drain b")).to_have_text("2:10")
    expect(page.locator(".row .line", has_text="2:12")).to_have_count(1)
    page.clock.run_for(200_000)
    expect(page.locator("#waits .clock")).to_have_text("0:00")
    expect(page.locator(".drain")).to_contain_text("Earlier answers have run out (TTL 5m)")


def test_lost_connection_is_told_with_its_age_and_mends_itself(serve, show):
    document = middle_of_shift()
    server = serve(document)
    page = show(server.address)
    expect(page.locator("#connection")).to_contain_text("live")
    server.stop()
    expect(page.locator("#connection")).to_contain_text("connection lost")
    page.clock.run_for(42_000)
    expect(page.locator("#old")).to_contain_text("Connection lost at 17:00:00. What you see is 42s old")
    later = copy.deepcopy(document)
    later["run"] |= {"status": "succeeded", "status_text": "succeeded", "as_of": at(50)}
    server.document = later
    server.start()
    page.clock.run_for(6_000)
    expect(page.locator("#connection")).to_contain_text("live")
    expect(page.locator("#state strong")).to_have_text("succeeded")
    expect(page.locator("#old")).to_be_hidden()


def test_refusal_does_not_end_the_trying(serve, show):
    document = middle_of_shift()
    server = serve(document)
    page = show(server.address)
    expect(page.locator("#connection")).to_contain_text("live")
    server.refuses = True
    server.hang_up()
    expect(page.locator("#connection")).to_contain_text("connection lost")
    asked = server.requests.count("/api/events")
    page.clock.run_for(1_000)
    page.wait_for_function("() => connection.tries > 1")
    assert server.requests.count("/api/events") > asked
    server.refuses = False
    page.clock.run_for(6_000)
    expect(page.locator("#connection")).to_contain_text("live")


def test_server_that_ends_says_so(serve, show):
    server = serve(middle_of_shift())
    page = show(server.address)
    expect(page.locator("#connection")).to_contain_text("live")
    server.send("gone", {})
    expect(page.locator("#old")).to_contain_text("The server ended at 17:00:00")


def test_log_follows_until_somebody_stops_it(serve, show):
    document = middle_of_shift()
    for number in range(60):
        say(document, number, None, f"line {number}")
    server = serve(document)
    page = show(server.address)
    is_at_end = "(() => { const l = document.getElementById('lines'); return l.scrollHeight - l.scrollTop - l.clientHeight < 5 })()"
    assert page.evaluate(is_at_end)
    page.click("#follow")
    expect(page.locator("#follow")).to_have_attribute("aria-pressed", "false")
    page.evaluate("document.getElementById('lines').scrollTop = 0")
    server.send("change", {"log": [{"number": 9000, "at": at(99), "step": None, "text": "new", "tone": "plain"}]})
    expect(page.locator("#follow")).to_contain_text("1 new")
    assert page.evaluate("document.getElementById('lines').scrollTop") == 0
    page.click("#follow")
    assert page.evaluate(is_at_end)
    server.send("change", {"log": [{"number": 9001, "at": at(99), "step": None, "text": "newest", "tone": "plain"}]})
    expect(page.locator("#lines li").last).to_contain_text("newest")
    page.clock.run_for(50)
    assert page.evaluate(is_at_end)


def test_drawer_shows_evidence_and_follows_its_step(serve, show):
    document = middle_of_shift()
    server = serve(document)
    evidence = [{"attempt": 1, "at": at(-5), "subject": "http GET /api/health", "outcome": "pass",
                 "stages": {"dns_ms": 3, "total_ms": 40}, "text": "{\"database\": \"ok\"}"}]
    server.steps["shift/soak-w10"] = {"step": {}, "attempts": [], "evidence": evidence}
    page = show(server.address)
    page.locator(".row.group", has_text="DNS of lgtm.test").click()
    page.click('[data-step="shift/soak-w10"]')
    expect(page.locator("#drawer .piece")).to_contain_text("http GET /api/health")
    page.locator("#drawer .piece summary").click()
    evidence.append({**evidence[0], "subject": "verdict", "outcome": "fail"})
    step_of(document, "shift/soak-w10").update(state="failed", problem={"message": "alarm", "hint": "look"})
    server.send("change", change_of(document, "shift/soak-w10"))
    expect(page.locator("#drawer .step-state")).to_contain_text("failed")
    expect(page.locator("#drawer .piece")).to_have_count(2)
    assert page.locator("#drawer .piece").first.get_attribute("open") is not None
    expect(page.locator("#drawer .command code").last).to_have_text("migrate show shift/soak-w10")


def test_evidence_that_cannot_be_had_is_told_and_asked_for_again(serve, show):
    server = serve(middle_of_shift())
    page = show(server.address)
    page.click('[data-step="network"]')
    expect(page.locator("#drawer")).to_contain_text("The evidence cannot be loaded: HTTP 404")
    server.steps["network"] = {"step": {}, "attempts": [], "evidence": []}
    page.click("text=Try again")
    expect(page.locator("#drawer")).to_contain_text("No evidence on record")


def test_absent_and_null_parts_break_nothing(serve, show):
    document = {"run": {"status": "a_state_of_tomorrow", "holder": holder()}, "phases": [
        {"id": "p", "steps": [{"id": "s", "state": "a_state_of_tomorrow"}, {"id": "t"}]}, {"id": "q", "steps": None}],
        "shifts": [{"name": None}, {"points": [{"at": None, "weight": None}], "answers": [{}]}], "approvals": [{}],
        "readiness": [{}], "deviations": [{}], "costs": {}, "log": [{}], "schema": 9}
    page = show(serve(document).address)
    expect(page.locator("#state strong")).to_have_text("a state of tomorrow")
    expect(page.locator('[data-step="s"] .sign')).to_have_text("?")
    expect(page.locator("#newer")).to_contain_text("newer version")
