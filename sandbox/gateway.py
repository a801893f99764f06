"""The one HTTP endpoint: journals each call, injects what a test asked for, hands the rest to moto under the lock."""

from __future__ import annotations

import io
import json
import logging
import re
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from sandbox import signature, wire
from sandbox.calls import CallJournal
from sandbox.emulator.context import Context
from sandbox.emulator.rate_limit import RateLimits
from sandbox.wire import Call, WireError

log = logging.getLogger("sandbox.gateway")

HOLD_SECONDS = 60.0
"""Longest that an answer is kept back, by the wall clock."""

Answer = tuple[int, list[tuple[str, str]], bytes]


@dataclass
class Fault:
    """What befalls the next matching calls, `times` of them: an error, after the call was applied with `after`.

    With `hold` the call is applied and its own answer kept back until the faults are cleared, at most `HOLD_SECONDS`:
    time for somebody to change the world under whoever waits. With `pause` it is applied and answered, and time stands
    still from then on until it is told to go on: time for somebody to see what the call began.
    """

    service: str = ".*"
    operation: str = ".*"
    times: int = 1
    status: int = 400
    code: str = "ThrottlingException"
    message: str = "Rate exceeded"
    after: bool = False
    hold: bool = False
    pause: bool = False
    fired: int = field(default=0)
    released: threading.Event = field(default_factory=threading.Event, repr=False)

    def matches(self, call: Call) -> bool:
        return (
            self.fired < self.times
            and re.fullmatch(self.service, call.service) is not None
            and re.fullmatch(self.operation, call.operation) is not None
        )


@dataclass(frozen=True)
class Credentials:
    """Whose signatures are believed: the sandbox's own key, and those that its IAM and STS gave out."""

    access_key: str
    secret_key: str
    context: Context

    def secret_of(self, access_key: str) -> str | None:
        """The secret of a key, or nothing for a key that nobody gave out."""
        if access_key == self.access_key:
            return self.secret_key
        held = self.context.backend("iam", regional=False).access_keys.get(access_key)
        if held is not None:
            return str(held.secret_access_key)
        for role in self.context.backend("sts", regional=False).assumed_roles:
            if role.access_key_id == access_key:
                return str(role.secret_access_key)
        return None


class Gateway:
    """The WSGI application in front of moto."""

    def __init__(
        self, context: Context, control: Callable[[str, str, bytes], Answer], credentials: Credentials, check: bool
    ) -> None:
        self._context = context
        self._credentials = credentials
        self._check_signatures = check
        self._control = control
        self._moto = DomainDispatcherApplication(create_backend_app)
        self.calls = CallJournal()
        self._limits = RateLimits(context.clock)
        self.faults: list[Fault] = []
        self.credentials_expired = False
        self.expired_keys: set[str] = set()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = self._body(environ)
        path = environ.get("PATH_INFO", "/")
        if path.startswith("/sandbox"):
            query = environ.get("QUERY_STRING", "")
            status, headers, content = self._control(
                environ["REQUEST_METHOD"], f"{path}?{query}" if query else path, body
            )
        elif path.startswith("/moto-api"):
            status, headers, content = 404, [("Content-Type", "text/plain")], b"moto's own API is not offered here\n"
        else:
            status, headers, content = self._aws(environ, body)
        if environ["REQUEST_METHOD"] == "HEAD":
            start_response(f"{status} {_reason(status)}", headers)
            return []
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        headers.append(("Content-Length", str(len(content))))
        start_response(f"{status} {_reason(status)}", headers)
        return [content]

    @staticmethod
    def _body(environ: dict[str, Any]) -> bytes:
        """The whole body; afterwards `environ` can be read again by moto."""
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            body = environ["wsgi.input"].read()
            environ.pop("HTTP_TRANSFER_ENCODING")
            environ["CONTENT_LENGTH"] = str(len(body))
        else:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        return bytes(body)

    def _aws(self, environ: dict[str, Any], body: bytes) -> Answer:
        call = wire.read_call(environ, body)
        request_id = str(uuid.uuid4())
        with self._context.lock:
            refusal = self._refusal(environ, body, call, request_id)
            fault = next((fault for fault in self.faults if fault.matches(call)), None)
            if refusal is not None:
                answer = _of_error(refusal)
            elif fault is not None and not (fault.after or fault.hold or fault.pause):
                fault.fired += 1
                answer = _of_error(wire.error(call, fault.code, fault.message, fault.status, request_id))
            else:
                answer = self._dispatch(environ, call, request_id)
            self._record(environ, call, answer)
            if refusal is None and fault is not None and fault.after:
                fault.fired += 1
                answer = _of_error(wire.error(call, fault.code, fault.message, fault.status, request_id))
            if refusal is None and fault is not None and (fault.hold or fault.pause):
                fault.fired += 1
                if fault.pause:
                    self._context.timekeeper.pause(True)
        if refusal is None and fault is not None and fault.hold:
            fault.released.wait(HOLD_SECONDS)
        return answer

    def _refusal(self, environ: dict[str, Any], body: bytes, call: Call, request_id: str) -> WireError | None:
        if self._check_signatures:
            now = self._context.clock.now()
            refused = signature.check(environ, body, call, self._credentials.secret_of, now)
            if refused is not None:
                return wire.error(call, refused.code, refused.message, refused.status, request_id)
        if not self.credentials_expired and call.access_key not in self.expired_keys:
            if self._limits.admits(call.service):
                return None
            return wire.error(call, "Throttling", "Rate exceeded", 400, request_id)
        code = {"ec2": "RequestExpired", "s3": "ExpiredToken", "query": "ExpiredToken", "rest-xml": "ExpiredToken"}
        name = code.get(call.service) or code.get(call.protocol) or "ExpiredTokenException"
        status = 400 if call.service in ("s3", "ec2") or call.protocol == "json" else 403
        return wire.error(call, name, "The security token included in the request is expired", status, request_id)

    def _dispatch(self, environ: dict[str, Any], call: Call, request_id: str) -> Answer:
        caught: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[..., Any]:
            caught["status"], caught["headers"] = int(status.split(" ", 1)[0]), headers
            return lambda data: None

        try:
            chunks = self._moto(environ, start_response)
            content = b"".join(chunks)
            if hasattr(chunks, "close"):
                chunks.close()
        except NotImplementedError:
            return _of_error(wire.unknown_operation(call, request_id))
        except Exception as failure:
            log.exception("%s:%s failed", call.service, call.operation)
            message = f"{type(failure).__name__}: {failure}"
            return _of_error(wire.error(call, "InternalFailure", message, 500, request_id))
        status, headers = caught["status"], list(caught["headers"])
        if status == 404 and b"<!doctype html" in content[:200].lower():
            return _of_error(wire.unknown_operation(call, request_id))
        return status, headers, content

    def _record(self, environ: dict[str, Any], call: Call, answer: Answer) -> None:
        status, headers, content = answer
        names = {name.lower(): value for name, value in headers}
        request_id = names.get("x-amzn-requestid") or names.get("x-amz-request-id") or ""
        error = _error_text(content) if status >= 400 else None
        agent = environ.get("HTTP_USER_AGENT", "")
        self.calls.add(call, status, request_id, error, self._context.clock.now().isoformat(), agent)


def _of_error(error: WireError) -> Answer:
    return error.status, [("Content-Type", error.content_type), *error.headers], error.body


def _error_text(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    try:
        value = json.loads(text)
        return f"{value.get('__type', '')}: {value.get('message') or value.get('Message', '')}"
    except (ValueError, AttributeError):
        code, message = re.search(r"<Code>(.*?)</Code>", text), re.search(r"<Message>(.*?)</Message>", text, re.S)
        return f"{code[1] if code else ''}: {message[1] if message else text[:200]}"


def _reason(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


class _RequestHandler(MotoRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        log.debug("%s %s", self.requestline, code)

    def log_error(self, format: str, *arguments: Any) -> None:
        log.debug(format, *arguments)


class Endpoint:
    """The HTTP server of the gateway, on a thread of its own."""

    def __init__(self, gateway: Gateway, address: str, port: int) -> None:
        self._server: BaseWSGIServer = make_server(
            address, port, gateway, threaded=True, request_handler=_RequestHandler
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self.port = int(self._server.server_address[1])
        self.url = f"http://{address}:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="endpoint", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
