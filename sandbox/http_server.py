"""A small HTTP/1.1 server and client on asyncio: one thread carries every listener of the sandbox.

Only what the stand-ins and the load balancer need: bodies with a length or chunked, keep-alive, TLS.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import ssl
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

log = logging.getLogger("sandbox.http")

BODY_LIMIT = 16 * 1024 * 1024
"""Bytes of a body that are taken; more is refused with 413."""

HEAD_LIMIT = 64 * 1024
"""Bytes of a request's or an answer's head."""

IDLE_SECONDS = 60.0
"""How long a kept-alive connection may be silent, on the wall clock."""

REASONS = {
    200: "OK", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found", 400: "Bad Request",
    401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict",
    413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content", 429: "Too Many Requests",
    500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout",
}  # fmt: skip


@dataclass
class Request:
    """One request. Header names are lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    client: str
    scheme: str = "http"
    path: str = field(init=False)
    query: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.target)
        self.path = unquote(parts.path)
        self.query = parse_qs(parts.query, keep_blank_values=True)

    def argument(self, name: str, default: str = "") -> str:
        """The first value of the query argument `name`."""
        return self.query.get(name, [default])[0]

    @property
    def host(self) -> str:
        """The host that was asked for, without a port."""
        return self.headers.get("host", "").rsplit(":", 1)[0].lower()

    def json(self) -> Any:
        """The body as JSON. Throws: `ValueError` when it is not JSON."""
        return json.loads(self.body or b"null")


@dataclass
class Response:
    """One answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of_json(value: Any, status: int = 200) -> Response:
        return Response(status, json.dumps(value).encode(), "application/json")

    @staticmethod
    def of_text(text: str, status: int = 200) -> Response:
        return Response(status, text.encode())


Handler = Callable[[Request], Response | Awaitable[Response]]


class HttpError(Exception):
    """A request that cannot be served, with the status that says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class IoLoop:
    """The thread that carries every listener and every probe."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="io", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Starts `work` on the loop's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def run(self, work: Coroutine[Any, Any, Any], timeout: float = 10) -> Any:
        """Runs `work` on the loop's thread and waits for it. Never call it on that thread itself."""
        return self.spawn(work).result(timeout)


class Listener:
    """One HTTP server on one address and port."""

    def __init__(self, address: str, port: int, handler: Handler, tls: ssl.SSLContext | None = None) -> None:
        self.address = address
        self.port = port
        self._handler = handler
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._stopping = False

    async def start(self) -> None:
        """Throws: `OSError` when the address is taken."""
        server = await asyncio.start_server(
            self._serve, self.address, self.port, ssl=self._tls, limit=HEAD_LIMIT, backlog=256
        )
        if self._stopping:
            server.close()
            return
        self._server = server
        self.port = server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Closes the port and every open connection, as a killed process would."""
        self._stopping = True
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._open):
            writer.transport.abort()

    @property
    def connections(self) -> list[str]:
        """The client addresses of the connections that are open now."""
        peers = [writer.get_extra_info("peername") for writer in self._open]
        return sorted(peer[0] for peer in peers if peer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        peer = writer.get_extra_info("peername")
        try:
            while not self._stopping:
                try:
                    head = await asyncio.wait_for(read_head(reader), IDLE_SECONDS)
                except HttpError as error:
                    write_response(writer, Response.of_text(f"{error}\n", error.status), keep=False)
                    await writer.drain()
                    return
                if head is None:
                    return
                if not await self._answer(head, reader, writer, peer[0] if peer else ""):
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.TimeoutError, ssl.SSLError):
            return
        finally:
            self._open.discard(writer)
            writer.close()

    async def _answer(
        self, head: tuple[str, dict[str, str]], reader: asyncio.StreamReader, writer: asyncio.StreamWriter, client: str
    ) -> bool:
        line, headers = head
        try:
            method, target, version = line.split(" ", 2)
        except ValueError:
            write_response(writer, Response.of_text("bad request line\n", 400), keep=False)
            await writer.drain()
            return False
        if headers.get("expect", "").lower() == "100-continue":
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            body = await read_body(reader, headers, until_close=False)
        except HttpError as error:
            write_response(writer, Response.of_text(f"{error}\n", error.status), keep=False)
            await writer.drain()
            return False
        keep = headers.get("connection", "").lower() != "close" and version == "HTTP/1.1" and not self._stopping
        scheme = "https" if self._tls else "http"
        response = await call_handler(self._handler, Request(method, target, headers, body, client, scheme))
        write_response(writer, response, keep, without_body=method == "HEAD")
        await writer.drain()
        return keep


async def call_handler(handler: Handler, request: Request) -> Response:
    """Calls a handler; what it throws becomes 400 (malformed JSON) or 500, and is logged."""
    try:
        answer = handler(request)
        if inspect.isawaitable(answer):
            answer = await answer
        assert isinstance(answer, Response)
        return answer
    except HttpError as error:
        return Response.of_json({"message": str(error)}, error.status)
    except json.JSONDecodeError as error:
        return Response.of_json({"message": f"malformed JSON: {error}"}, 400)
    except Exception as error:
        log.exception("%s %s failed", request.method, request.target)
        return Response.of_text(f"{type(error).__name__}: {error}\n", 500)


async def read_head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]] | None:
    """The first line and the headers, or nothing when the other side closed."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise HttpError(400, "the head was cut off") from error
        return None
    except asyncio.LimitOverrunError as error:
        raise HttpError(400, "the head is too long") from error
    lines = raw.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return lines[0], headers


async def read_body(reader: asyncio.StreamReader, headers: dict[str, str], until_close: bool) -> bytes:
    """The body that `headers` announce."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        parts: list[bytes] = []
        while True:
            size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
            if size + sum(map(len, parts)) > BODY_LIMIT:
                raise HttpError(413, "the body is too large")
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
            if size == 0:
                return b"".join(parts)
    if "content-length" in headers:
        length = int(headers["content-length"])
        if length > BODY_LIMIT:
            raise HttpError(413, "the body is too large")
        return await reader.readexactly(length)
    return await reader.read(BODY_LIMIT) if until_close else b""


def write_response(writer: asyncio.StreamWriter, response: Response, keep: bool, without_body: bool = False) -> None:
    """Writes head and body in one piece, so that no small packet waits for another's acknowledgement."""
    head = [f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Unknown')}"]
    if response.status != 204:
        head += [f"Content-Type: {response.content_type}", f"Content-Length: {len(response.body)}"]
    head += [f"{name}: {value}" for name, value in response.headers.items()]
    head.append("Connection: keep-alive" if keep else "Connection: close")
    body = b"" if without_body or response.status == 204 else response.body
    writer.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)


@dataclass(frozen=True)
class Fetched:
    """What a server answered to `fetch`."""

    status: int
    headers: dict[str, str]
    body: bytes


async def fetch(
    address: str,
    port: int,
    target: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    timeout: float = 5,
) -> Fetched:
    """One request on a fresh connection. Throws: `OSError`, `asyncio.TimeoutError`, `HttpError`."""
    return await asyncio.wait_for(_fetch(address, port, target, method, headers or {}, body), timeout)


async def _fetch(address: str, port: int, target: str, method: str, headers: dict[str, str], body: bytes) -> Fetched:
    reader, writer = await asyncio.open_connection(address, port, limit=HEAD_LIMIT)
    try:
        sent = {"host": f"{address}:{port}", **{name.lower(): value for name, value in headers.items()}}
        sent["content-length"] = str(len(body))
        sent["connection"] = "close"
        head = [f"{method} {target} HTTP/1.1"] + [f"{name}: {value}" for name, value in sent.items()]
        writer.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)
        await writer.drain()
        answer = await read_head(reader)
        if answer is None:
            raise HttpError(502, "closed without an answer")
        line, received = answer
        status = int(line.split(" ", 2)[1])
        content = b"" if status == 204 or method == "HEAD" else await read_body(reader, received, until_close=True)
        return Fetched(status, received, content)
    except (asyncio.IncompleteReadError, ValueError, IndexError) as error:
        raise HttpError(502, f"malformed answer: {error}") from error
    finally:
        writer.close()
