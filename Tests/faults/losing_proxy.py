"""Microburst in front of a server: answers to calls that change something are lost, after these were applied."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from kill_rehearsal import is_token
from microburst.app import make_app
from microburst.core.context import RequestContext
from microburst.core.pipeline import Microburst
from microburst.detection import detect
from microburst.models import service_for_scope
from microburst.rules import Rule

from sandbox.wire import READING

MARK = "X-Answer-Lost"
"""Header by which the rule marks an answer. Why: microburst cuts within a body, and some answers have none."""

LIMIT = 30.0
"""Longest that a proxy may take to start or to stop, seconds."""

SILENT = logging.getLogger("losing-proxy")
"""Where the server tells of each connection that it cut: nowhere."""
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False


def operation(service: str | None, name: str) -> str:
    """An operation as the sandbox's journal and microburst both call it."""
    return f"{service_for_scope(service or 'http')}:{name}"


def without_token(parameters: Any) -> Any:
    """What a call asks for: all but the token by which its service would know it again."""
    if not isinstance(parameters, dict):
        return parameters
    return {name: value for name, value in parameters.items() if not is_token(name)}


def changes(info: RequestContext) -> bool:
    """Whether a request changes something: by the sandbox's own rule for AWS, else by its method."""
    return not READING.match(info.operation) if info.operation else info.method not in ("GET", "HEAD", "OPTIONS")


def called(info: RequestContext) -> str:
    """The operation of a request."""
    return operation(info.service, info.operation or f"{info.method} {info.path}")


def asked(info: RequestContext) -> str:
    """What a request asks for, as a text that is the same for the same call. An upload is known by its bucket alone,
    since the key of a canary is made at random."""
    if not info.body:
        return f"{called(info)} {info.resource or info.path}"
    text = info.body.decode("utf-8", "replace")
    try:
        parameters = json.loads(text)
    except ValueError:
        parameters = text if text.startswith("<") else dict(parse_qsl(text, keep_blank_values=True))
    return f"{called(info)} {info.path} {json.dumps(without_token(parameters), sort_keys=True)}"


class Losing(Enum):
    """Which answers are lost."""

    FIRST_OF_OPERATION = "the first of every operation"
    FIRST_OF_CALL = "the first of every call"
    ALL = "all, however often it is asked again"


@dataclass
class LostAnswers(Rule):
    """Fires on calls that change something."""

    losing: Losing = Losing.FIRST_OF_OPERATION
    seen: set[str] = field(default_factory=set)

    def matches(self, info: RequestContext) -> bool:
        if not super().matches(info) or not changes(info) or self.key(info) in self.seen:
            return False
        # Why uploads but once: a probe that never learns whether its canary was written cannot pass.
        if self.losing is not Losing.ALL or info.service == "s3":
            self.seen.add(self.key(info))
        return True

    def key(self, info: RequestContext) -> str:
        """What is lost once."""
        return called(info) if self.losing is Losing.FIRST_OF_OPERATION else asked(info)


class LosingProxy:
    """One proxy on a thread of its own, on a port found free."""

    def __init__(self, upstream: str, losing: Losing) -> None:
        self._rule = LostAnswers(response={"abort_bytes": 0, "set_headers": {MARK: "yes"}}, losing=losing)
        self._microburst = Microburst(upstream, resign=False)
        self._microburst.engine.rules.append(self._rule)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="losing-proxy", daemon=True)
        self._runner: web.AppRunner | None = None
        self.url = ""
        self.lost: Counter[str] = Counter()
        """Answers lost so far, by operation: only those to calls that were applied."""

    def __enter__(self) -> LosingProxy:
        self._thread.start()
        self._wait(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        if self._runner is not None:
            self._wait(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LIMIT)
        self._loop.close()

    def begin_again(self) -> None:
        """Has the next answers count as first ones."""
        self._rule.seen.clear()
        self.lost = Counter()

    async def _listen(self) -> None:
        application = make_app(self._microburst)
        application.on_response_prepare.append(self._drop)
        self._runner = web.AppRunner(application, access_log=None, logger=SILENT, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        # Why by name: from a host with a dot microburst concludes the service, having read every model of botocore.
        self.url = f"http://localhost:{self._runner.addresses[0][1]}"

    async def _drop(self, request: web.Request, response: web.StreamResponse) -> None:
        """Cuts the connection of a marked answer before a byte of it is sent; by now the server has done its work."""
        if MARK not in response.headers and response.status != 502:
            return
        address = request.rel_url
        info = detect(request.headers, request.method, address.raw_path, address.query, await request.read())
        if MARK not in response.headers:
            # The proxy did not get through: nothing was applied, and the next one is the first.
            self._rule.seen.discard(self._rule.key(info))
            return
        if response.status < 400:
            self.lost[called(info)] += 1
        if request.transport is not None:
            request.transport.abort()

    def _wait(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(LIMIT)
