"""Terraform's files as blocks, and what is wrong with them by the provider's schema and by each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hcl2

from judging.schema import META, Block, ProviderSchema

OURS = ("__is_block__", "__comments__", "__inline_comments__")
REFERENCE = re.compile(r"(?<![\w.\"])(data\.)?(aws_\w+)\.(\w+)(?:\[[^\]]*\])?(?:\.(\w+))?")
VARIABLE = re.compile(r"(?<![\w.])var\.(\w+)")
LOCAL = re.compile(r"(?<![\w.])local\.(\w+)")
OUTPUT = re.compile(r"(?<![\w.])module\.(\w+)\.(\w+)")
UNSAID = {"id"}
"""Attributes that every resource has."""


@dataclass(frozen=True)
class Module:
    """One folder of `.tf` files."""

    folder: Path
    blocks: dict[str, list[Any]]

    @classmethod
    def read(cls, folder: Path) -> Module:
        """Throws: whatever the parser says of a file that is not HCL."""
        blocks: dict[str, list[Any]] = {}
        for file in sorted(folder.glob("*.tf")):
            for kind, found in hcl2.loads(file.read_text()).items():
                if kind not in OURS:
                    blocks.setdefault(kind, []).extend(found)
        return cls(folder, blocks)

    def named(self, kind: str) -> dict[str, dict[str, Any]]:
        """Blocks with one label: variables, outputs, modules."""
        return {name.strip('"'): body for block in self.blocks.get(kind, []) for name, body in block.items()}

    def typed(self, kind: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Blocks with two labels: resources and data sources."""
        for block in self.blocks.get(kind, []):
            for outer, inner in block.items():
                for name, body in inner.items():
                    if name not in OURS:
                        yield outer.strip('"'), name.strip('"'), body

    def text(self) -> str:
        """All of its files without comments."""
        files = (file.read_text() for file in sorted(self.folder.glob("*.tf")))
        return "\n".join(re.sub(r"^\s*#.*$", "", text, flags=re.M) for text in files)


def problems(module: Module, schema: ProviderSchema) -> list[str]:
    """All that the schema, or the module itself, speaks against."""
    found: list[str] = []
    known: dict[str, Block] = {}
    for prefix, kind, ask in (("", "resource", schema.resource), ("data.", "data", schema.data)):
        for outer, name, body in module.typed(kind):
            if not outer.startswith("aws_"):
                continue
            block = ask(outer)
            if block is None:
                found.append(f"{prefix}{outer}.{name}: the provider has no {kind} `{outer}`")
                continue
            known[f"{prefix}{outer}.{name}"] = block
            found += _arguments(f"{prefix}{outer}.{name}", body, block, schema)
    for name, body in module.named("provider").items():
        if name == "aws":
            found += _arguments("provider.aws", body, schema.provider(), schema)
    return found + list(_references(module, known))


def _arguments(place: str, body: dict[str, Any], block: Block, schema: ProviderSchema) -> Iterator[str]:
    given = {name for name in body if name not in OURS}
    inner = [(name, content) for name in given for content in _bodies(body[name])]
    for one in body.get("dynamic", []):
        for name, content in one.items():
            if name not in OURS:
                given.add(name.strip('"'))
                inner += [(name.strip('"'), item) for item in content["content"]]
    for name in sorted(given - META - set(block.arguments)):
        yield f"{place}: no argument `{name}`"
    for name in sorted(block.required - given):
        yield f"{place}: `{name}` is required"
    for name, content in inner:
        if name in block.arguments and name not in META:
            nested = schema.nested(block, name)
            if nested is not None:
                yield from _arguments(f"{place}.{name}", content, nested, schema)


def _bodies(value: Any) -> list[dict[str, Any]]:
    """The bodies of a nested block; none for a value."""
    found = value if isinstance(value, list) else []
    return [item for item in found if isinstance(item, dict) and item.get("__is_block__")]


def _references(module: Module, known: dict[str, Block]) -> Iterator[str]:
    text = module.text()
    for prefix, kind, name, attribute in sorted(set(REFERENCE.findall(text))):
        block = known.get(f"{prefix}{kind}.{name}")
        if block is None:
            # An import block's address is within a module, and has one in front of it.
            yield f"{prefix}{kind}.{name}: named, but not declared"
        elif attribute and attribute not in block.attributes | set(block.arguments) | UNSAID:
            yield f"{prefix}{kind}.{name}: no attribute `{attribute}`"
    declared = set(module.named("variable"))
    for name in sorted(set(VARIABLE.findall(text)) - declared):
        yield f"var.{name}: named, but not declared"
    for name in sorted(declared - set(VARIABLE.findall(text))):
        yield f"var.{name}: declared, but never used"
    locals_ = {name for block in module.blocks.get("locals", []) for name in block}
    for name in sorted(set(LOCAL.findall(text)) - locals_):
        yield f"local.{name}: named, but not declared"
    for name, body in module.named("module").items():
        child = Module.read(module.folder / body["source"].strip('"'))
        yield from _call(name, body, child)
    for name, output in sorted(set(OUTPUT.findall(text))):
        source = module.named("module").get(name)
        child = Module.read(module.folder / source["source"].strip('"')) if source else None
        resources = {kind for kind, _, _ in child.typed("resource")} if child else set()
        if child is not None and output not in set(child.named("output")) | resources:
            yield f"module.{name}: no output `{output}`"


def _call(name: str, body: dict[str, Any], child: Module) -> Iterator[str]:
    variables = child.named("variable")
    given = {key for key in body if key not in OURS} - {"source", *META}
    for key in sorted(given - set(variables)):
        yield f"module.{name}: no variable `{key}`"
    for key in sorted(set(variables) - given):
        if "default" not in variables[key]:
            yield f"module.{name}: `{key}` is required"
