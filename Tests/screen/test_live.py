"""What a run shows at a terminal: every event once, what is at work below, and nothing left behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

from conftest import Start, Terminal

ITEMS = ("one", "two", "three", "four", "five", "six", "seven", "eight")


def told(terminal: Terminal) -> list[str]:
    """Events of the looks, in the order in which they came."""
    return [line.split("look[")[1].split("]")[0] for line in terminal.whole if "✓ look[" in line]


def foot(terminal: Terminal) -> list[str]:
    """The lines that are drawn over again."""
    shown = [line for line in terminal.shown if line]
    begins = [number for number, line in enumerate(shown) if line.startswith("── small · test")]
    return shown[begins[-1] :] if begins else []


def test_what_is_at_work_stands_below_and_is_counted_down(start: Start) -> None:
    run = start("run")
    run.until(lambda: sum("soaking until" in line for line in foot(run)) == 2, "both rests")
    assert "phase-1 Looking" in foot(run)[0] and "8/10" in foot(run)[0]
    assert all(" left" in line for line in foot(run) if "soaking" in line)
    assert run.end() == 0
    assert foot(run) == [], "nothing of it is left at the end"
    assert sorted(told(run)) == sorted(ITEMS)


def test_no_line_is_lost_or_told_twice_when_the_terminal_changes_its_size(start: Start) -> None:
    run = start("run", columns=100)
    run.until(lambda: bool(foot(run)), "the foot")
    # Never lower: pyte forgets lines that no longer fit, which a terminal keeps above.
    for columns, lines in ((60, 24), (40, 24), (120, 40), (44, 40)):
        run.resize(columns, lines)
        run.until(lambda: any("soaking" in line or "look" in line for line in foot(run)), "the foot, anew")
    assert run.end() == 0
    found = told(run)
    assert sorted(found) == sorted(ITEMS), "a line was lost, or told twice"


def test_in_a_pipe_and_in_ci_there_are_lines_only(start: Start, binary: Path, folder: Path) -> None:
    piped = subprocess.run([binary, "run"], cwd=folder, capture_output=True, text=True, timeout=60)
    assert piped.returncode == 0 and "\x1b" not in piped.stderr + piped.stdout
    run = start("run", "--new", CI="true")
    assert run.end() in (0, 64)
    assert foot(run) == []


def test_korean_words_keep_the_columns(start: Start) -> None:
    run = start("run", "--lang", "ko", columns=60)
    run.until(lambda: any("관찰중" in line.replace(" ", "") for line in foot(run)), "a rest")
    assert "phase-1확인" in foot(run)[0].replace(" ", "")
    assert "호출까지만" in foot(run)[-1].replace(" ", "")
    assert run.end() == 0
    assert any(line.replace(" ", "").startswith("다음:") for line in run.whole)


def test_a_run_that_is_stopped_leaves_the_terminal_as_it_was(start: Start) -> None:
    run = start("run")
    run.until(lambda: any("soaking" in line for line in foot(run)), "a rest")
    run.press("\x03")
    assert run.end() in (3, 130)
    assert foot(run) == []
    assert any(line.startswith("stopping: the call in hand") for line in run.whole)


def test_status_is_watched_in_place(start: Start, binary: Path, folder: Path) -> None:
    subprocess.run([binary, "run"], cwd=folder, capture_output=True, timeout=60, check=True)
    watch = start("status", "--watch")
    watch.until(lambda: any(line.startswith("next: ") for line in watch.shown), "what to do next")
    watch.press("\x03")
    assert watch.end() == 0
    assert sum(line.startswith("next: ") for line in watch.whole) == 1, "it is drawn over itself"
