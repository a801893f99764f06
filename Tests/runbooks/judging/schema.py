"""The schema of the AWS provider, read from the sources of its CDK bindings: names, nesting, what is required.

The bindings are generated from the provider itself, so that a name they do not know is a name it would refuse. They
are read as text out of the wheel and never imported. Each parameter's description links to the page of its argument,
which is where an argument's own spelling is taken from.
"""

from __future__ import annotations

import ast
import re
import textwrap
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

VERSION = "6.25.0"
"""Version of the provider that the bindings were generated from."""

META = {"count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "connection", "dynamic"}
"""Arguments that are Terraform's and not the provider's."""

BINDING_META = {"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioners"}


@dataclass(frozen=True)
class Block:
    """A resource, a data source or a nested block: arguments by name, with the nested block that they are."""

    arguments: dict[str, str | None]
    required: frozenset[str]
    module: str
    attributes: frozenset[str] = field(default_factory=frozenset)


class ProviderSchema:
    """The provider as the wheel describes it."""

    def __init__(self, wheel: Path) -> None:
        self._archive = zipfile.ZipFile(wheel)
        self._names = set(self._archive.namelist())
        metadata = next(name for name in self._names if name.endswith("/METADATA"))
        if VERSION not in self._archive.read(metadata).decode():
            raise ValueError(f"{wheel} was not generated from version {VERSION} of the provider")

    def resource(self, kind: str) -> Block | None:
        """A resource such as `aws_lb`; nothing when the provider has none of that name."""
        return self._top(kind.removeprefix("aws_"))

    def data(self, kind: str) -> Block | None:
        """A data source."""
        return self._top("data_" + kind)

    def provider(self) -> Block:
        """The provider's own block."""
        found = self._top("provider")
        assert found is not None
        return found

    def nested(self, block: Block, argument: str) -> Block | None:
        """The block that `argument` is; nothing when it is a plain value."""
        name = block.arguments[argument]
        return self._block(block.module, name) if name else None

    def _top(self, module: str) -> Block | None:
        if f"cdktf_cdktf_provider_aws/{module}/__init__.py" not in self._names:
            return None
        name = re.search(r"^class (\w+Config)\(_cdktf_\w+\.TerraformMetaArguments\)", self._text(module), re.M)
        # The provider's own block is no resource and has no arguments of Terraform's.
        config = name[1] if name else "AwsProviderConfig"
        block = self._block(module, config)
        text = self._class(module, config.removesuffix("Config"))
        attributes = re.findall(r'@jsii\.member\(jsii_name="\w+"\)\n    def (\w+)\(self\) ->', text)
        return Block(block.arguments, block.required, module, frozenset(attributes))

    @cache  # noqa: B019 - one schema lives as long as the tests
    def _text(self, module: str) -> str:
        return self._archive.read(f"cdktf_cdktf_provider_aws/{module}/__init__.py").decode()

    def _class(self, module: str, name: str) -> str:
        text = self._text(module)
        start = re.search(rf"^class {name}[(:]", text, re.M)
        if start is None:
            raise KeyError(f"the bindings of {module} have no class {name}")
        end = re.search(r"^(?:class |@jsii|def |__all__)", text[start.end() :], re.M)
        return text[start.start() : start.end() + end.start()] if end else text[start.start() :]

    @cache  # noqa: B019
    def _block(self, module: str, name: str) -> Block:
        body = self._class(module, name)
        start = body.index("    def __init__(")
        stop = body.find("\n    @", start)
        tree = ast.parse(textwrap.dedent(body[start : stop if stop > 0 else len(body)]))
        made = tree.body[0]
        assert isinstance(made, ast.FunctionDef)
        spelt = dict(re.findall(r":param (\w+): .*?/docs(?:/[\w\-]+)*#(\w+) ", ast.get_docstring(made) or ""))
        arguments: dict[str, str | None] = {}
        required = set()
        for argument, default in zip(made.args.kwonlyargs, made.args.kw_defaults, strict=True):
            if name.endswith("Config") and argument.arg in BINDING_META and argument.arg not in spelt:
                continue
            own = spelt.get(argument.arg, argument.arg)
            annotation = ast.unparse(argument.annotation) if argument.annotation else ""
            inner = re.search(rf"\b({re.escape(_stem(name))}\w+)", annotation)
            arguments[own] = inner[1] if inner else None
            if default is None:
                required.add(own)
        return Block(arguments, frozenset(required), module)


def _stem(name: str) -> str:
    return name.removesuffix("Config")
