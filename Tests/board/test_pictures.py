"""The pictures of the documentation: each is one that `make captures` takes, is shown on a page, and is small."""

import re
from pathlib import Path

from conftest import REPOSITORY

PICTURES = REPOSITORY / "docs/pictures"
PAGES = [REPOSITORY / "README.md", REPOSITORY / "README.ko.md", *(REPOSITORY / "docs").rglob("*.md")]


def taken() -> set[str]:
    script = (REPOSITORY / "scripts/captures.py").read_text(encoding="utf-8")
    return {f"{name}.png" for name in re.findall(r"\.shot\(\s*\"([\w.-]+)\"", script)}


def shown() -> set[Path]:
    return {
        (page.parent / place).resolve()
        for page in PAGES
        for place in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }


def test_each_picture_is_taken_by_the_script_and_shown_on_a_page() -> None:
    there = {picture.name for picture in PICTURES.iterdir()}
    assert there == taken()
    assert shown() == {PICTURES / name for name in there}


def test_each_picture_is_small_and_as_large_as_it_is_taken() -> None:
    for picture in PICTURES.iterdir():
        data = picture.read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) <= 200_000, picture.name
        width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
        assert width == 1200 and height in (760, 1240), picture.name
