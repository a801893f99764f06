"""Checks each request's Signature Version 4, as AWS does it: a client that signs wrongly shall learn it here.

Modelled after "Create a signed AWS API request" of the IAM user guide and S3's "Authenticating Requests (Authorization
Header)". Not checked: presigned URLs, chunked uploads' own signatures, SigV4a.
"""

from __future__ import annotations

import hashlib
import hmac
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, unquote

from sandbox.wire import Call

SKEW = timedelta(minutes=15)
"""How far a request's date may be from ours. AWS allows 5 minutes for most services and 15 for S3."""

UNSIGNED_OPERATIONS = {"AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"}

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=([^,]+), ?"
    r"Signature=([0-9a-f]{64})$"
)


@dataclass(frozen=True)
class Refused:
    """Why a request is not believed."""

    code: str
    message: str
    status: int


def check(
    environ: dict[str, Any], body: bytes, call: Call, secret_of: Callable[[str], str | None], now: datetime
) -> Refused | None:
    """Why this request is refused; nothing when its signature is right."""
    if call.operation in UNSIGNED_OPERATIONS or "X-Amz-Signature" in environ.get("QUERY_STRING", ""):
        return None
    text = environ.get("HTTP_AUTHORIZATION", "")
    if not text:
        return _missing(call)
    found = AUTHORIZATION.match(text)
    if found is None:
        return Refused(
            "IncompleteSignature", "The Authorization header is not of the form that Signature Version 4 has", 400
        )
    key, date, region, service, names, signature = found.groups()
    secret = secret_of(key)
    if secret is None:
        return _unknown_key(call)
    late = _date_problem(environ, date, call, now)
    if late is not None:
        return late
    declared = environ.get("HTTP_X_AMZ_CONTENT_SHA256")
    actual = hashlib.sha256(body).hexdigest()
    if declared and re.fullmatch(r"[0-9a-f]{64}", declared) and declared != actual:
        return Refused(
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
            400,
        )
    request = canonical_request(environ, names.split(";"), declared or actual, service)
    stamp = environ.get("HTTP_X_AMZ_DATE", "")
    scope = f"{date}/{region}/{service}/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
    wanted = hmac.new(_signing_key(secret, date, region, service), to_sign.encode(), hashlib.sha256).hexdigest()
    if hmac.compare_digest(wanted, signature):
        return None
    message = (
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        f"Key and signing method. The Canonical String for this request should have been '{request}'"
    )
    if call.protocol in ("json", "rest-json"):
        return Refused("InvalidSignatureException", message, 400)
    return Refused("SignatureDoesNotMatch", message, 403)


def canonical_request(environ: dict[str, Any], names: list[str], payload: str, service: str) -> str:
    """The text that a signature is over."""
    target = environ.get("RAW_URI") or environ.get("REQUEST_URI") or "/"
    path, _, query = target.partition("?")
    headers = "".join(f"{name}:{' '.join(_header(environ, name).split())}\n" for name in names)
    return "\n".join(
        [environ["REQUEST_METHOD"], _path(path, service), _query(query), headers, ";".join(names), payload]
    )


def _path(path: str, service: str) -> str:
    if service == "s3":
        return path or "/"
    normal = posixpath.normpath(path or "/")
    normal = "/" + normal.lstrip("/")
    if path.endswith("/") and not normal.endswith("/"):
        normal += "/"
    return quote(normal, safe="/-_.~")


def _query(query: str) -> str:
    pairs = []
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        pairs.append((quote(unquote(name), safe="-_.~"), quote(unquote(value), safe="-_.~")))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def _header(environ: dict[str, Any], name: str) -> str:
    key = name.upper().replace("-", "_")
    if key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        return str(environ.get(key, ""))
    return str(environ.get(f"HTTP_{key}", ""))


def _signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def _date_problem(environ: dict[str, Any], date: str, call: Call, now: datetime) -> Refused | None:
    stamp = environ.get("HTTP_X_AMZ_DATE", "")
    try:
        signed = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        return Refused("IncompleteSignature", f"Date must be in ISO-8601 'basic format'. Got '{stamp}'", 400)
    if not stamp.startswith(date):
        return Refused(
            "SignatureDoesNotMatch",
            f"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of "
            f"date from HTTP: '{date}' != '{stamp[:8]}'.",
            403,
        )
    if abs(now - signed) <= SKEW:
        return None
    if call.service == "s3":
        return Refused(
            "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403
        )
    word = "expired" if signed < now else "not yet current"
    message = f"Signature {word}: {stamp} is not within 15 min of {now.strftime('%Y%m%dT%H%M%SZ')}"
    if call.protocol in ("json", "rest-json"):
        return Refused("InvalidSignatureException", message, 400)
    return Refused("RequestExpired" if call.protocol == "ec2" else "SignatureDoesNotMatch", message, 403)


def _missing(call: Call) -> Refused:
    if call.service == "s3":
        return Refused("AccessDenied", "Access Denied", 403)
    if call.protocol in ("json", "rest-json"):
        return Refused("MissingAuthenticationTokenException", "Missing Authentication Token", 400)
    return Refused("MissingAuthenticationToken", "Request is missing Authentication Token", 403)


def _unknown_key(call: Call) -> Refused:
    if call.service == "s3":
        return Refused("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403)
    if call.protocol == "ec2":
        return Refused("AuthFailure", "AWS was not able to validate the provided access credentials", 401)
    if call.protocol in ("json", "rest-json"):
        return Refused("UnrecognizedClientException", "The security token included in the request is invalid.", 400)
    return Refused("InvalidClientTokenId", "The security token included in the request is invalid.", 403)
