"""README.md and README.ko.md: one page in two languages, with the same sections, blocks, tables and names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from conftest import REPOSITORY

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
HEADING = re.compile(r"(#{1,6}) +\S")
TRANSCRIPT = ("<!-- transcript: begin -->", "<!-- transcript: end -->")


@dataclass
class Section:
    """What stands below one heading, in whatever language."""

    level: int
    title: str
    rows: int = 0
    blocks: list[str] = field(default_factory=list)
    """Fenced blocks of code, with their fences."""
    prose: str = ""

    @property
    def names(self) -> set[str]:
        """Commands, files and flags that the prose and the tables name."""
        return {" ".join(name.split()) for name in re.findall(r"`([^`]+)`", self.prose)}


def sections(text: str) -> list[Section]:
    """The sections of a page; what stands before the first heading has level 0."""
    found = [Section(0, "")]
    fence: str | None = None
    for line in text.splitlines(keepends=True):
        here = found[-1]
        if fence is not None:
            here.blocks[-1] += line
            if line.strip() == fence:
                fence = None
        elif opening := FENCE.match(line):
            fence = opening[1]
            here.blocks.append(line)
        elif heading := HEADING.match(line):
            found.append(Section(len(heading[1]), line.strip("# \n")))
        else:
            here.rows += line.startswith("|")
            here.prose += line
    return found


def differences(english: str, korean: str) -> list[str]:
    """What one page has and the other has not."""
    ours, theirs = sections(english), sections(korean)
    found = []
    levels = ["".join(str(one.level) for one in page) for page in (ours, theirs)]
    if levels[0] != levels[1]:
        found.append(f"headings: {levels[0]} and {levels[1]}")
    blocks = [[block for one in page for block in one.blocks] for page in (ours, theirs)]
    if len(blocks[0]) != len(blocks[1]):
        found.append(f"blocks: {len(blocks[0])} and {len(blocks[1])}")
    found += [f"block {number}" for number, (one, other) in enumerate(zip(*blocks), 1) if one != other]
    if levels[0] != levels[1]:
        return found
    for one, other in zip(ours, theirs, strict=True):
        if one.rows != other.rows:
            found.append(f"{one.title}: {one.rows} and {other.rows} rows")
        if len(one.blocks) != len(other.blocks):
            found.append(f"{one.title}: {len(one.blocks)} and {len(other.blocks)} blocks")
        if one.names != other.names:
            found.append(f"{one.title}: names {sorted(one.names ^ other.names)}")
    return found


@pytest.fixture(scope="module")
def english() -> str:
    return (REPOSITORY / "README.md").read_text()


@pytest.fixture(scope="module")
def korean() -> str:
    return (REPOSITORY / "README.ko.md").read_text()


def test_both_pages_have_the_same_in_them(english: str, korean: str) -> None:
    assert differences(english, korean) == []


def test_what_is_compared_is_there(english: str) -> None:
    found = sections(english)
    assert all(one.level > 0 or not one.prose.strip() for one in found), "the page begins with its title"
    assert any(one.level > 1 for one in found)
    assert any(one.rows for one in found) and any(one.blocks for one in found) and any(one.names for one in found)


def test_each_page_leads_to_the_other(english: str, korean: str) -> None:
    assert english.splitlines()[1] == "[한국어](README.ko.md)"
    assert korean.splitlines()[0] == "[English](README.md)"


def test_the_transcript_is_marked_in_both(english: str, korean: str) -> None:
    for page in (english, korean):
        places = [page.find(mark) for mark in TRANSCRIPT]
        assert -1 < places[0] < page.find("$ make rehearse") < places[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"^## 설치\n", "", r"headings: \d+ and \d+"),
        (r"^## 설치\n", "### 설치\n", r"headings: \d+ and \d*3\d*"),
        (r"^make rehearse\nmake test\n", "make rehearse\n", r"block \d+"),
        (r"^```sh\nmake rehearse\n", "```bash\nmake rehearse\n", r"block \d+"),
        (r"# does it$", "# 실행", r"block \d+"),
        (r"^The rehearsal took \d+ s", "The rehearsal took 1 s", r"block \d+"),
        (r"^## 설치\n", "## 설치\n```sh\nmake\n```\n", r"blocks: \d+ and \d+"),
        (r"^\| 7 \|.*\n", "", r"Exit codes: \d+ and \d+ rows"),
        (r"^(\| `for_each` \|.*\n)", r"\1\1", r"A runbook: \d+ and \d+ rows"),
        (r"^\| `for_each` \|", "| `foreach` |", r"A runbook: names \['for_each', 'foreach'\]"),
        (r"`--profile`", "`--profil`", r"A real account: names \['--profil', '--profile'\]"),
    ],
)
def test_a_difference_is_found(english: str, korean: str, old: str, new: str, said: str) -> None:
    broken, count = re.subn(old, new, korean, flags=re.MULTILINE)
    assert count == 1, "the row breaks nothing, or more than one thing"
    found = differences(english, broken)
    assert any(re.fullmatch(said, one) for one in found), found


def test_blocks_in_another_order_are_found() -> None:
    one, other = "```\none\n```\n", "```\nother\n```\n"
    assert differences(f"# t\n{one}{other}", f"# t\n{one}{other}") == []
    assert differences(f"# t\n{one}{other}", f"# t\n{other}{one}") == ["block 1", "block 2"]


def test_a_block_or_a_row_below_another_heading_is_found() -> None:
    block, row = "```\n# no heading\n```\n", "| a |\n"
    assert differences(f"# t\n{block}## u\n", f"# t\n## u\n{block}") == ["t: 1 and 0 blocks", "u: 0 and 1 blocks"]
    assert differences(f"# t\n{row}## u\n", f"# t\n## u\n{row}") == ["t: 1 and 0 rows", "u: 0 and 1 rows"]
    assert differences(f"# t\n```\n{row}```\n", f"# t\n```\n{row}{row}```\n") == ["block 1"]
