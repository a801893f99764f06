"""The journal of AWS calls: what a test reads to prove that nothing was done twice."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sandbox.wire import Call

LIMIT = 50_000
"""Entries above which the older of those that only read are forgotten; a rehearsal makes some thousands."""


@dataclass(frozen=True)
class Entry:
    """One call and its outcome. `applied` is false when it was refused."""

    number: int
    at: str
    service: str
    operation: str
    mutating: bool
    status: int
    request_id: str
    access_key: str
    agent: str
    error: str | None
    parameters: dict[str, Any]

    @property
    def applied(self) -> bool:
        return self.status < 400


class CallJournal:
    """Every call since the start, or since the last mark."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._number = 0
        self._lock = threading.Lock()

    def add(self, call: Call, status: int, request_id: str, error: str | None, at: str, agent: str) -> None:
        with self._lock:
            self._number += 1
            self._entries.append(
                Entry(
                    self._number,
                    at,
                    call.service,
                    call.operation,
                    call.mutating,
                    status,
                    request_id,
                    call.access_key,
                    agent,
                    error,
                    call.parameters if call.mutating else {},
                )
            )
            if len(self._entries) > LIMIT:
                self._entries[: LIMIT // 2] = [entry for entry in self._entries[: LIMIT // 2] if entry.mutating]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()

    def report(self, mutating_only: bool, service: str | None, after: int, seed: bool = False) -> dict[str, Any]:
        """The entries, and how often each operation was applied and refused."""
        with self._lock:
            chosen = [
                entry
                for entry in self._entries
                if entry.number > after
                and (entry.mutating or not mutating_only)
                and (service is None or entry.service == service)
                and (seed or not entry.agent.startswith("seed"))
            ]
        applied = Counter(f"{entry.service}:{entry.operation}" for entry in chosen if entry.applied)
        refused = Counter(f"{entry.service}:{entry.operation}" for entry in chosen if not entry.applied)
        return {
            "last": self._number,
            "applied": dict(sorted(applied.items())),
            "refused": dict(sorted(refused.items())),
            "calls": [{**entry.__dict__, "applied": entry.applied} for entry in chosen],
        }
