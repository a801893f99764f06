"""Images whose tasks fail, because somebody said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sandbox.emulator.ecs_start_checks import component_of

KINDS = ("pull", "crash", "oom", "unhealthy", "erring", "capacity")


@dataclass(frozen=True)
class Failure:
    """How the tasks of a component fail, where their image matches `image`."""

    kind: str
    image: str = ".*"


class Failures:
    """What was said of each component; nothing of most."""

    def __init__(self) -> None:
        self._said: dict[str, Failure] = {}

    def say(self, component: str, failure: Failure | None) -> dict[str, str]:
        """Gives what is now said of each. Throws: `ValueError` for a kind that there is not."""
        self._said.pop(component, None)
        if failure is not None:
            if failure.kind not in KINDS:
                raise ValueError(f"unknown failure {failure.kind!r}")
            self._said[component] = failure
        return {name: one.kind for name, one in self._said.items()}

    def of(self, container: dict[str, Any]) -> str | None:
        """How a container fails, if it does."""
        failure = self._said.get(component_of(container))
        return failure.kind if failure is not None and re.search(failure.image, container["image"]) else None
