"""The report: one file, still, with all its evidence, and whole on paper."""

import re

from playwright.sync_api import expect
from stand_in import report_file
from worlds import evidence, paused, report, rolled_back, steps_of


def written(tmp_path, document):  # noqa: ANN001, ANN201
    file = tmp_path / "report.html"
    file.write_text(report_file(document), encoding="utf-8")
    return file.as_uri()


def test_report_stands_still(show, tmp_path):
    page = show(written(tmp_path, report()), offset=864_000)
    expect(page.locator("#connection")).to_have_text("Report, as of 2026-11-21 17:00:00")
    expect(page.locator(".drain b")).to_have_text("4:00")
    before = page.locator("main").inner_text()
    page.clock.run_for(30_000)
    assert page.locator("main").inner_text() == before
    expect(page.locator("#old")).to_be_hidden()


def test_every_step_has_its_record_with_evidence(show, tmp_path):
    document = report()
    page = show(written(tmp_path, document))
    assert page.locator(".record").count() == len(steps_of(document))
    record = page.locator('[data-record="network"]')
    record.locator("summary").first.click()
    expect(record).to_contain_text("ec2.network network")
    assert page.locator('[data-record="shift/soak-w50"]').get_attribute("open") is not None
    page.click('[data-step="old-side"]')
    assert page.evaluate("document.activeElement.closest('.record').dataset.record") == "old-side"


def test_rooms_and_hash_are_there(show, tmp_path):
    page = show(written(tmp_path, report()))
    for id_, words in {"approvals": "park", "deviations": "retired with the old side", "costs": "$431.20",
                       "readiness": "has lost its address", "chain": "53a1cbb0e3e5", "timelines": "Traffic switch"}.items():
        expect(page.locator(f"#{id_}")).to_contain_text(words)
    assert page.locator("#timelines rect.stretch").count() > 100
    assert page.locator("#lines li").count() == len(report()["log"])


def test_paper_shows_what_is_folded(show, tmp_path):
    page = show(written(tmp_path, report()))
    folded = page.locator("details:not([open])").count()
    assert folded > 100
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == folded


def test_pdf_has_pages_and_hides_what_paper_cannot_do(show, tmp_path):
    document = rolled_back()
    document["evidence"] = {step["id"]: evidence(step) for step in steps_of(document) if step["started_at"]}
    page = show(written(tmp_path, document))
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", paper)) >= 10
    page.emulate_media(media="print")
    for hidden in [".tools select", ".copy", "#filter", "#follow", ".keys"]:
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    assert page.evaluate("getComputedStyle(document.querySelector('#lines')).overflowY") == "visible"


def test_report_of_a_paused_night_without_evidence(show, tmp_path):
    document = paused()
    document["evidence"] = {}
    page = show(written(tmp_path, document))
    page.locator('[data-record="network"] summary').click()
    expect(page.locator('[data-record="network"]')).to_contain_text("No evidence on record")
