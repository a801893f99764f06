"""Reads a flowchart in Mermaid's language, as strictly as `migrate graph` writes one: nothing is passed over.

Source: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LABEL = r'"(?P<label>[^"<>`]*(?:<br/>[^"<>`]*)?)"'
"""Quoted text: what could end it, or begin markup, is an entity; one break of line."""

SHAPES = {"probe": rf"\(\[{LABEL}\]\)", "action": rf"\[{LABEL}\]", "people": rf"\{{\{{{LABEL}\}}\}}",
          "soak": rf"\[/{LABEL}/\]"}  # fmt: skip
ENTITIES = {"quot": '"', "lt": "<", "gt": ">", "35": "#", "96": "`"}
"""Mermaid writes an entity as `#NAME;`."""


@dataclass(frozen=True)
class Node:
    """A step: its name in the diagram, its shape and its words."""

    name: str
    shape: str
    step: str
    items: int
    title: str


@dataclass
class Phase:
    """A box with its nodes, in the order in which they are written."""

    name: str
    title: str
    nodes: list[Node] = field(default_factory=list)


@dataclass
class Flowchart:
    """A whole diagram."""

    phases: list[Phase] = field(default_factory=list)
    arrows: list[tuple[str, str]] = field(default_factory=list)

    @property
    def nodes(self) -> list[Node]:
        return [node for phase in self.phases for node in phase.nodes]


def read(text: str) -> Flowchart:
    """Throws: `ValueError` with the line, where the text is not of the language or names what is not there."""
    lines = text.splitlines()
    if not lines or lines[0] != "flowchart TB":
        raise ValueError(f"not a flowchart: {lines[:1]}")
    chart, taken, box = Flowchart(), set[str](), None
    for number, line in enumerate(lines[1:], start=2):
        here = f"line {number}: {line}"
        if found := re.fullmatch(rf"  subgraph (p\d+)\[{LABEL}\]", line):
            if box is not None or chart.arrows:
                raise ValueError(f"a box inside a box, or after arrows: {here}")
            box = Phase(_new(found[1], taken, here), _plain(found["label"], here))
            chart.phases.append(box)
        elif line == "    direction TB" and box is not None and not box.nodes:
            continue
        elif line == "  end" and box is not None:
            box = None
        elif box is not None:
            box.nodes.append(_node(line, taken, here))
        elif found := re.fullmatch(r"  (\w+) --> (\w+)", line):
            if not {found[1], found[2]} <= taken:
                raise ValueError(f"an arrow from or to nowhere: {here}")
            if (found[1], found[2]) in chart.arrows:
                raise ValueError(f"an arrow twice: {here}")
            chart.arrows.append((found[1], found[2]))
        else:
            raise ValueError(f"not of the language: {here}")
    if box is not None:
        raise ValueError(f"box `{box.name}` has no end")
    return chart


def _node(line: str, taken: set[str], here: str) -> Node:
    for shape, pattern in SHAPES.items():
        found = re.fullmatch(rf"    (s\d+){pattern}", line)
        if found is None:
            continue
        step, _, title = found["label"].partition("<br/>")
        counted = re.fullmatch(r"(\S+)(?: ×(\d+))?", _plain(step, here))
        if counted is None or not title:
            raise ValueError(f"no step and its title: {here}")
        return Node(_new(found[1], taken, here), shape, counted[1], int(counted[2] or 1), _plain(title, here))
    raise ValueError(f"no node: {here}")


def _new(name: str, taken: set[str], here: str) -> str:
    if name in taken:
        raise ValueError(f"`{name}` is there twice: {here}")
    taken.add(name)
    return name


def _plain(text: str, here: str) -> str:
    """The text that an entity stands for."""
    if stray := re.search(r"#(?!(?:%s);)" % "|".join(ENTITIES), text):
        raise ValueError(f"a stray `#` at {stray.start()}: {here}")
    return re.sub(r"#(\w+);", lambda found: ENTITIES[found[1]], text)
