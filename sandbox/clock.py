"""Time in the sandbox: AWS durations, divided by one scale, and one thread that does things when they are due."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timezone

log = logging.getLogger("sandbox.clock")


class SandboxClock:
    """How long AWS's durations take here. Unit: seconds as AWS would take them, unless a name says `real`."""

    def __init__(self, scale: float) -> None:
        if scale <= 0:
            raise ValueError(f"time scale {scale} is not above zero")
        self.scale = scale

    def real(self, aws_seconds: float) -> float:
        """The wall-clock seconds that `aws_seconds` take in this sandbox."""
        return aws_seconds / self.scale

    def elapsed(self, since: float) -> float:
        """AWS seconds that went by since the instant `since` of `instant()`."""
        return (time.monotonic() - since) * self.scale

    def is_over(self, since: float, aws_seconds: float, least_real: float) -> bool:
        """Whether `aws_seconds` have passed since an `instant()`, and `least_real` wall-clock seconds."""
        return self.elapsed(since) > max(aws_seconds, least_real * self.scale)

    @staticmethod
    def instant() -> float:
        """A point in time that only `elapsed` understands."""
        return time.monotonic()

    @staticmethod
    def now() -> datetime:
        """The wall clock, for the timestamps that AWS's answers carry: those are never scaled."""
        return datetime.now(timezone.utc)


class Timekeeper:
    """Runs functions when they are due, one at a time, each under the world's lock.

    Rule: a function given to `after` or `every` never waits for the network. Why: the others wait behind it.
    """

    def __init__(self, clock: SandboxClock, lock: threading.RLock) -> None:
        self._clock = clock
        self._lock = lock
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._stopped = False
        self._paused = False
        self._thread = threading.Thread(target=self._run, name="timekeeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(timeout=5)

    @property
    def paused(self) -> bool:
        """Whether what becomes due is held back."""
        with self._wake:
            return self._paused

    def pause(self, paused: bool) -> None:
        """Holds back what becomes due, until it is told to go on."""
        with self._wake:
            self._paused = paused
            self._wake.notify()

    def after(self, aws_seconds: float, action: Callable[[], None]) -> None:
        """Runs `action` once, `aws_seconds` from now."""
        self._push(time.monotonic() + self._clock.real(aws_seconds), action)

    def every(self, aws_seconds: float, least_real: float, action: Callable[[], None]) -> None:
        """Runs `action` again and again, never more often than each `least_real` wall-clock seconds."""
        period = max(self._clock.real(aws_seconds), least_real)

        def tick() -> None:
            try:
                action()
            finally:
                self._push(time.monotonic() + period, tick)

        self._push(time.monotonic() + period, tick)

    def _push(self, due: float, action: Callable[[], None]) -> None:
        with self._wake:
            heapq.heappush(self._queue, (due, next(self._order), action))
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                if self._stopped:
                    return
                if self._paused or not self._queue:
                    self._wake.wait()
                    continue
                wait = self._queue[0][0] - time.monotonic()
                if wait > 0:
                    self._wake.wait(wait)
                    continue
                _, _, action = heapq.heappop(self._queue)
            try:
                with self._lock:
                    action()
            except Exception:
                log.exception("a timed action failed")
