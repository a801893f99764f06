"""How many requests a service takes before it asks to slow down.

Modelled after "Quotas" of Route 53's developer guide: five requests a second for an account, whoever sends them, refused
with `Throttling` and `Rate exceeded`. The second is AWS's, so that a rehearsal meets the limit as a real night would: what
waits for a second there waits for that second divided by the time scale here.
"""

from __future__ import annotations

from collections import deque

from sandbox.clock import SandboxClock

LIMITS: dict[str, int] = {"route53": 5}
"""Requests a second, by service; others are not limited here."""


class RateLimits:
    """What was taken within the last second. Used under the world's lock."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._taken: dict[str, deque[float]] = {service: deque(maxlen=limit) for service, limit in LIMITS.items()}

    def admits(self, service: str) -> bool:
        """Whether one more request is taken now; it then counts. One that is refused does not."""
        taken = self._taken.get(service)
        if taken is None:
            return True
        if len(taken) == taken.maxlen and self._clock.elapsed(taken[0]) < 1:
            return False
        taken.append(self._clock.instant())
        return True
