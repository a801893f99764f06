"""The worlds that a sandbox can begin with: one module for each, by the name of its runbook.

A world's module gives `HOST` (the production name that moves), `BUCKET` (where its stores write), `ENVIRONMENT` (what
its runbook takes from the environment) and `seed`, which makes everything that is there before the migration. One whose
tasks are other stand-ins than usual has `STANDINS`: them, by component.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    # Not at run time: what asks for the names does so before moto may be imported.
    from sandbox.emulator.context import Context

SHARED = {"parts"}
"""Modules that are no worlds."""


class Scenario(Protocol):
    """A world to begin with."""

    HOST: str
    BUCKET: str
    ENVIRONMENT: dict[str, str]

    def seed(self, context: Context, endpoint: str) -> dict[str, Any]:
        """Makes the world through the API. Gives the variables that the runbook's environment reads."""
        ...


def names() -> list[str]:
    """Every world's name."""
    return sorted(item.name.replace("_", "-") for item in pkgutil.iter_modules(__path__) if item.name not in SHARED)


def load(name: str) -> Scenario:
    """Throws: `ModuleNotFoundError`."""
    found: Any = importlib.import_module(f"sandbox.scenario.{name.replace('-', '_')}")
    return found  # type: ignore[no-any-return]
