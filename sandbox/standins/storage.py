"""What a stack keeps: signals in memory until they are flushed, then as objects in the emulator's bucket.

As in the real products, the memory belongs to one side's processes and dies with the last of them, and the bucket is
shared: what the old side has flushed, the new side reads.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
import uuid
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from sandbox.emulator.context import current


class StorageDenied(Exception):
    """The bucket refused; the text says what and why."""


@dataclass(frozen=True)
class Signal:
    """One sample, line, span batch or profile. `time` is in nanoseconds since 1970; `labels` are sorted pairs."""

    tenant: str
    time: int
    labels: tuple[tuple[str, str], ...]
    value: Any

    # Cached: every query asks for that of every signal, and a world at a high scale has thousands of them.
    @cached_property
    def identity(self) -> str:
        text = json.dumps([self.tenant, self.time, self.labels, self.value], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class ObjectStorage:
    """One component's prefix of a bucket, as its role may use it. No role means an instance profile that may."""

    def __init__(self, bucket: str | None, prefix: str, role: str | None) -> None:
        self.bucket, self.prefix, self.role = bucket, prefix.strip("/"), role
        self._cache: dict[str, tuple[str, list[Signal]]] = {}

    def write(self, signals: list[Signal]) -> str:
        """Writes one object and gives its key. Throws: `StorageDenied`."""
        bucket = self._bucket("s3:PutObject")
        key = f"{self.prefix}/{signals[0].tenant}/{uuid.uuid4()}/chunk.json"
        body = json.dumps([asdict(signal) for signal in signals]).encode()
        context = current()
        with context.lock:
            context.backend("s3", regional=False).put_object(bucket, key, body)
        return key

    def read(self) -> list[Signal]:
        """Every signal under the prefix. Throws: `StorageDenied`."""
        if self.bucket is None:
            return []
        bucket = self._bucket("s3:GetObject")
        context, found = current(), []
        with context.lock:
            keys = context.backend("s3", regional=False).get_bucket(bucket).keys
            objects = [(name, keys[name]) for name in list(keys) if name.startswith(self.prefix + "/")]
            for name, item in objects:
                if not name.endswith("/chunk.json"):
                    continue
                if name not in self._cache or self._cache[name][0] != item.etag:
                    self._cache[name] = (item.etag, [_signal(value) for value in json.loads(item.value)])
                found += self._cache[name][1]
        return found

    def _bucket(self, action: str) -> str:
        if self.bucket is None:
            raise StorageDenied("no bucket is configured")
        context = current()
        with context.lock:
            if self.bucket not in context.backend("s3", regional=False).buckets:
                raise StorageDenied("NoSuchBucket: The specified bucket does not exist")
            if self.role is not None:
                from sandbox.emulator import iam

                resource = f"arn:aws:s3:::{self.bucket}/{self.prefix}/object"
                if not iam.allows(self.role, action, resource):
                    raise StorageDenied(
                        f"AccessDenied: User: {self.role} is not authorized to perform: {action} on resource: "
                        f'"{resource}" because no identity-based policy allows the {action} action'
                    )
        return self.bucket


def _signal(value: dict[str, Any]) -> Signal:
    labels = tuple((name, text) for name, text in value["labels"])
    return Signal(value["tenant"], value["time"], labels, value["value"])


class SignalStore:
    """One component of one side: memory and bucket together."""

    def __init__(self, storage: ObjectStorage) -> None:
        self.storage = storage
        self._memory: list[Signal] = []
        self._retained: list[Signal] = []
        self.ignore_younger: float = 0.0
        """Seconds (wall clock): objects younger than this are not asked, as with Mimir's `query-store-after`."""
        self.forgets_younger: float = 0.0
        """Seconds (wall clock): nothing younger than this is given back, wherever it lies: it was taken and is lost."""
        self._lock = threading.Lock()
        self.last_error: str | None = None
        self.received = 0
        """Signals that clients have sent."""
        self.uploads = 0
        """Objects that were written to the bucket."""

    def add(self, signals: list[Signal]) -> None:
        with self._lock:
            self._memory += signals
            self.received += len(signals)

    @property
    def unflushed(self) -> int:
        """Signals that would be lost with the processes."""
        with self._lock:
            return len(self._memory)

    def flush(self) -> int:
        """Writes the memory to the bucket, an object a tenant. Throws: `StorageDenied`; the memory is then kept."""
        with self._lock:
            taken = list(self._memory)
        for tenant in sorted({signal.tenant for signal in taken}):
            mine = [signal for signal in taken if signal.tenant == tenant]
            try:
                self.storage.write(mine)
            except StorageDenied as denied:
                self.last_error = str(denied)
                raise
            written = {signal.identity for signal in mine}
            with self._lock:
                self.uploads += 1
                self._memory = [signal for signal in self._memory if signal.identity not in written]
                # An ingester goes on answering for what it has uploaded.
                self._retained += mine
        self.last_error = None
        return len(taken)

    def lose(self) -> int:
        """Forgets the memory, as the end of the last process does. Gives the number of signals lost."""
        with self._lock:
            lost, self._memory, self._retained = len(self._memory), [], []
        return lost

    def signals(self, tenant: str) -> list[Signal]:
        """Memory and bucket of one tenant, each signal once, by time."""
        with self._lock:
            memory = [*self._retained, *self._memory]
        youngest = time.time_ns() - int(self.ignore_younger * 1e9)
        try:
            stored = [signal for signal in self.storage.read() if signal.time <= youngest]
        except StorageDenied as denied:
            self.last_error = str(denied)
            stored = []
        found = {signal.identity: signal for signal in [*stored, *memory] if signal.tenant == tenant}
        if self.forgets_younger:
            known = time.time_ns() - int(self.forgets_younger * 1e9)
            found = {name: signal for name, signal in found.items() if signal.time <= known}
        return sorted(found.values(), key=lambda signal: signal.time)


def now_nanoseconds() -> int:
    return time.time_ns()


def labels_of(pairs: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in pairs.items()))
