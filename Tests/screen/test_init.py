"""The questions of `init`, at a terminal."""

from __future__ import annotations

from pathlib import Path

import yaml
from conftest import Start, Terminal

RUNBOOK = """
migrate: 1
runbook: small
title: {en: A small system, ko: 작은 시스템}
variables:
  account: {required: true, pattern: "^[0-9]{12}$", about: {en: Account that it lives in, ko: 시스템이 있는 계정}}
  zones: {required: true, about: {en: Where it runs, ko: 실행 위치}}
  host: {required: true, about: {en: Name that clients use, ko: 접속 이름}}
phases:
  - id: phase-1
    title: One
    steps: [{id: look, title: A look, probe: exec, with: {command: ["true"]}}]
"""


def begin(start: Start, folder: Path, *words: str) -> Terminal:
    (folder / "runbooks/small/runbook.yaml").write_text(RUNBOOK)
    (folder / "runbooks/small/environments/prod.example.yaml").write_text("zones: [a, b]\n")
    return start("init", "town", "--templates", "runbooks", "--no-color", *words)


def asked(terminal: Terminal, name: str) -> None:
    terminal.until(lambda: any(line.startswith(name) for line in terminal.shown), f"the question for {name}")
    terminal.until(lambda: [line for line in terminal.shown if line][-1] == ">", "the prompt")


def made(folder: Path) -> dict[str, object]:
    return dict(yaml.safe_load((folder / "runbooks/town/environments/prod.yaml").read_text()))


def test_each_value_is_asked_for_until_it_will_do(start: Start, folder: Path) -> None:
    terminal = begin(start, folder)
    # Why the question too: what is pressed before it stands on its line.
    terminal.until(lambda: any("Which template?" in line for line in terminal.shown), "the question")
    assert "1  small: A small system" in terminal.shown
    terminal.press("7\n")
    terminal.until(lambda: sum("Which template?" in line for line in terminal.shown) == 2, "the question again")
    terminal.press("1\n")
    asked(terminal, "account  Account that it lives in")
    terminal.press("12\n")
    terminal.until(lambda: any("✗" in line and "does not match" in line for line in terminal.shown), "the mistake")
    terminal.until(lambda: [line for line in terminal.shown if line][-1] == ">", "the prompt again")
    terminal.press("012345678901\n")
    asked(terminal, "zones")
    assert '  as in ["a","b"]' in terminal.shown
    terminal.press("[c, 'd: e']\n")
    asked(terminal, "host")
    terminal.press("\n")
    assert terminal.end() == 0
    assert made(folder) == {"account": "012345678901", "zones": ["c", "d: e"]}
    assert "to be filled in, in environments/prod.yaml: host" in terminal.whole


def test_questions_are_in_the_language_asked_for(start: Start, folder: Path) -> None:
    terminal = begin(start, folder, "--from", "small", "--lang", "ko")
    asked(terminal, "account  시스템이 있는 계정")
    terminal.press("\x04")  # Ctrl-D: the rest is left for later.
    assert terminal.end() == 0
    assert "# 접속 이름" in (folder / "runbooks/town/environments/prod.yaml").read_text()


def test_a_ctrl_c_among_the_questions_makes_nothing(start: Start, folder: Path) -> None:
    terminal = begin(start, folder, "--from", "small")
    asked(terminal, "account")
    terminal.press("\x03")
    assert terminal.end() != 0
    assert [path.name for path in (folder / "runbooks").iterdir()] == ["small"]
