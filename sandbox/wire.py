"""What an AWS request is (service, operation, parameters) and how each protocol words an error."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit
from xml.sax.saxutils import escape

READING = re.compile(
    r"^(Describe|List|Get|BatchGet|Head|Discover|Simulate|Lookup|Search|BatchCheck|Check|Query|Scan|Decode|Test|Select|"
    r"Filter|Generate|Validate|Estimate|Preview)"
)
"""Operations by these names change nothing."""

SECRET_MEMBERS = {"SecretString", "SecretBinary", "Password", "MasterUserPassword", "Plaintext", "SecretAccessKey"}


@dataclass(frozen=True)
class Call:
    """One AWS request as far as its surface tells."""

    service: str
    operation: str
    region: str
    access_key: str
    protocol: str
    parameters: dict[str, Any]

    @property
    def mutating(self) -> bool:
        """Whether the operation's name says that it changes something. ECR's GetAuthorizationToken does not."""
        return not READING.match(self.operation)


@dataclass(frozen=True)
class WireError:
    """An error answer: status, headers and body in the envelope of a protocol."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def read_call(environ: dict[str, Any], body: bytes) -> Call:
    """What the request asks for. A request without a signature is read as far as it goes."""
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    scope = re.search(r"Credential=([^/,]+)/[0-9]+/([^/]+)/([^/]+)/aws4_request", authorization)
    key, region, service = scope.groups() if scope else ("", "", "")
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    content_type = environ.get("CONTENT_TYPE", "")
    if target:
        operation = target.rsplit(".", 1)[-1]
        return Call(service or target.split(".")[0].lower(), operation, region, key, "json", _json(body))
    arguments = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    if content_type.startswith("application/x-www-form-urlencoded") and b"Action=" in body:
        arguments = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if "Action" in arguments:
        protocol = "ec2" if service == "ec2" else "query"
        operation = arguments["Action"]
        rest = {name: value for name, value in arguments.items() if name not in ("Action", "Version")}
        return Call(service or "sts", operation, region, key, protocol, _redact(rest))
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    service = service or "s3"
    if service == "s3":
        return Call("s3", s3_operation(method, path, query, environ), region, key, "rest-xml", {"path": path})
    # Still encoded: an ARN in a path has slashes of its own.
    operation, protocol = rest_operation(service, method, urlsplit(environ.get("RAW_URI", path)).path)
    text = body.decode("utf-8", "replace")
    return Call(service, operation, region, key, protocol, {"path": path, "body": text} if text else {"path": path})


def s3_operation(method: str, path: str, query: dict[str, list[str]], environ: dict[str, Any]) -> str:
    """S3's operation names, which its model tells apart by query arguments only."""
    _, _, key = path.lstrip("/").partition("/")
    part = next((name for name in query if name in S3_PARTS), "")
    if method == "POST":
        if "delete" in query:
            return "DeleteObjects"
        return "CreateMultipartUpload" if "uploads" in query else "CompleteMultipartUpload"
    verb = {"GET": "Get", "HEAD": "Head", "PUT": "Put", "DELETE": "Delete"}.get(method, method.title())
    if part:
        return f"{verb}{'Bucket' if not key else 'Object'}{S3_PARTS[part]}"
    if not key:
        if path.strip("/") == "":
            return "ListBuckets"
        listing = "ListObjectsV2" if "list-type" in query else "ListObjects"
        return {"GET": listing, "PUT": "CreateBucket"}.get(method, f"{verb}Bucket")
    if method == "PUT" and "partNumber" in query:
        return "UploadPart"
    if method == "PUT" and "HTTP_X_AMZ_COPY_SOURCE" in environ:
        return "CopyObject"
    if method == "DELETE" and "uploadId" in query:
        return "AbortMultipartUpload"
    return f"{verb}Object"


S3_PARTS = {
    "acl": "Acl", "policy": "Policy", "versioning": "Versioning", "tagging": "Tagging", "encryption": "Encryption",
    "location": "Location", "lifecycle": "LifecycleConfiguration", "publicAccessBlock": "PublicAccessBlock",
    "ownershipControls": "OwnershipControls", "cors": "Cors", "logging": "Logging", "notification": "Notification",
    "policyStatus": "PolicyStatus", "object-lock": "LockConfiguration", "replication": "Replication",
    "website": "Website", "versions": "Versions", "uploads": "MultipartUploads", "attributes": "Attributes",
}  # fmt: skip


@cache
def _rest_patterns(service: str) -> tuple[list[tuple[str, re.Pattern[str], int, str]], str]:
    from botocore.exceptions import UnknownServiceError
    from moto.core.utils import get_service_model

    name = {"elasticfilesystem": "efs"}.get(service, service)
    try:
        model = get_service_model(name)
    except (UnknownServiceError, KeyError):
        return [], "json"
    patterns = []
    for operation in model.operation_names:
        http = model.operation_model(operation).http
        path = http["requestUri"].split("?")[0].rstrip("/") or "/"
        pattern = re.sub(r"\\\{[^}]*\\\+\\\}", ".+", re.escape(path))
        pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", pattern)
        literal = len(re.sub(r"\{[^}]*\}", "", path))
        patterns.append((http["method"], re.compile(pattern + "/?$"), literal, operation))
    return patterns, str(model.metadata.get("protocol", "json"))


def rest_operation(service: str, method: str, path: str) -> tuple[str, str]:
    """The operation of a REST service by method and path, and the service's protocol."""
    patterns, protocol = _rest_patterns(service)
    found = [(literal, name) for verb, pattern, literal, name in patterns if verb == method and pattern.match(path)]
    if found:
        return max(found)[1], protocol
    return f"{method} {path}", protocol


def error(call: Call, code: str, message: str, status: int, request_id: str) -> WireError:
    """`code` in the envelope of the call's protocol."""
    ids = (("x-amzn-requestid", request_id),)
    text, identifier = escape(message), escape(request_id)
    if call.protocol in ("json", "rest-json"):
        name = "message" if call.protocol == "rest-json" else "Message"
        body = json.dumps({"__type": code, name: message, "message": message}).encode()
        kind = "application/x-amz-json-1.1" if call.protocol == "json" else "application/json"
        return WireError(status, kind, body, (*ids, ("x-amzn-ErrorType", code)))
    if call.service == "s3":
        xml = f"<Error><Code>{code}</Code><Message>{text}</Message><RequestId>{identifier}</RequestId></Error>"
        return WireError(status, "application/xml", _xml(xml), (("x-amz-request-id", request_id),))
    if call.protocol == "ec2":
        xml = (f"<Response><Errors><Error><Code>{code}</Code><Message>{text}</Message></Error></Errors>"
               f"<RequestID>{identifier}</RequestID></Response>")  # fmt: skip
        return WireError(status, "text/xml;charset=UTF-8", _xml(xml), ids)
    kind = "Sender" if status < 500 else "Receiver"
    xml = (f"<ErrorResponse><Error><Type>{kind}</Type><Code>{code}</Code><Message>{text}</Message></Error>"
           f"<RequestId>{identifier}</RequestId></ErrorResponse>")  # fmt: skip
    return WireError(status, "text/xml", _xml(xml), ids)


def unknown_operation(call: Call, request_id: str) -> WireError:
    """The answer to an operation that the sandbox has not got. AWS words it like this for one that it has not got."""
    message = f"The sandbox does not model {call.service}:{call.operation}"
    code = "InvalidAction" if call.protocol in ("query", "ec2") else "UnknownOperationException"
    return error(call, "NotImplemented" if call.service == "s3" else code, message, 400, request_id)


def _xml(text: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {}
    return _redact(value) if isinstance(value, dict) else {}


def _redact(values: dict[str, Any]) -> dict[str, Any]:
    return {name: "‹redacted›" if name in SECRET_MEMBERS else value for name, value in values.items()}
