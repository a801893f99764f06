"""Where credentials come from, through the real binary: each source of the SDKs on loopback, and their end in mid-run."""

from __future__ import annotations

import http.server
import json
import os
import pty
import select
import stat
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from catalogue.tool import Tool, binary
from conftest import Running, until

pytestmark = pytest.mark.skipif(binary() is None, reason="there is no current build of migrate")

Reply = tuple[int, Any]


class Server:
    """A service on loopback: `routes` by `METHOD path`, each given headers and body."""

    def __init__(self, routes: dict[str, Callable[[Any, bytes], Reply]]) -> None:
        server = self
        self.seen: list[str] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def serve(self) -> None:
                words = f"{self.command} {self.path.split('?')[0]}"
                server.seen.append(words)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                route = routes.get(words)
                status, value = route(self.headers, body) if route else (404, "not here")
                content = value.encode() if isinstance(value, str) else json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_PUT = do_POST = serve

            def log_message(self, format: str, *arguments: object) -> None:
                """Nobody reads it."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def moment(**from_now: float) -> str:
    return (datetime.now(timezone.utc) + timedelta(**from_now)).strftime("%Y-%m-%dT%H:%M:%SZ")


def keys(sandbox: Running, name: str) -> dict[str, str]:
    """Keys of a user of that name."""
    iam = sandbox.client("iam")
    try:
        iam.create_user(UserName=name)
    except iam.exceptions.EntityAlreadyExistsException:
        pass  # made by an earlier test
    made = iam.create_access_key(UserName=name)["AccessKey"]
    return {"id": made["AccessKeyId"], "secret": made["SecretAccessKey"]}


STEP = {
    "probe": "aws.read",
    "with": {"service": "sts", "operation": "GetCallerIdentity", "expect": ".Arn | length > 0"},
}


@pytest.fixture
def tool(sandbox: Running, tmp_path: Path) -> Iterator[Tool]:
    """The tool with a home of its own and no keys in its environment."""
    made = Tool(tmp_path / "tool", sandbox, STEP)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        made.environment.pop(name, None)
    made.environment |= {"HOME": str(tmp_path / "home"), "AWS_EC2_METADATA_DISABLED": "true"}
    (tmp_path / "home" / ".aws").mkdir(parents=True)
    yield made
    sandbox.control("POST", "/credentials", {"expired": False})


def config(tool: Tool, text: str) -> Path:
    file = Path(tool.environment["HOME"]) / ".aws" / "config"
    file.write_text(text)
    return file


def identity(tool: Tool, *words: str) -> str:
    """Who the tool is, as its doctor says."""
    found = json.loads(tool.call("doctor", "--json", *words).said)
    seen = next(entry for entry in found if entry["check"] == "credentials")
    assert seen["pass"] is True, seen
    return str(seen["seen"])


def static(sandbox: Running, name: str, user: str) -> str:
    pair = keys(sandbox, user)
    return f"[profile {name}]\naws_access_key_id = {pair['id']}\naws_secret_access_key = {pair['secret']}\n"


def test_aRoleIsTakenThroughAnotherRole(sandbox: Running, tool: Tool) -> None:
    config(
        tool,
        static(sandbox, "base", "contract-base")
        + "[profile middle]\nrole_arn = arn:aws:iam::123456789012:role/middle\nsource_profile = base\n"
        + "[profile top]\nrole_arn = arn:aws:iam::123456789012:role/top\nsource_profile = middle\n",
    )
    assert "assumed-role/top/" in identity(tool, "--profile", "top")
    roles = [call["parameters"] for call in sandbox.control("GET", "/calls?service=sts")["calls"]]
    assert [one["RoleArn"].rsplit("/", 1)[-1] for one in roles[-2:]] == ["middle", "top"]


def test_aTokenOfAWebIdentityBecomesARole(sandbox: Running, tool: Tool, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("header.payload.signature\n")
    tool.environment |= {
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/pipeline",
    }  # fmt: skip
    assert "assumed-role/pipeline/" in identity(tool)


def test_aContainerAsksItsEndpointWithItsToken(sandbox: Running, tool: Tool, tmp_path: Path) -> None:
    pair = keys(sandbox, "contract-container")

    def give(headers: Any, body: bytes) -> Reply:
        if headers["Authorization"] != "Bearer of-the-pod":
            return 401, "who are you"
        end = moment(hours=1)
        return 200, {"AccessKeyId": pair["id"], "SecretAccessKey": pair["secret"], "Token": "t", "Expiration": end}

    server = Server({"GET /creds": give})
    token = tmp_path / "token"
    token.write_text("Bearer of-the-pod")
    tool.environment |= {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{server.url}/creds",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(token),
    }
    try:
        assert "user/contract-container" in identity(tool)
    finally:
        server.stop()


def test_anInstanceAsksItsMetadataBySession(sandbox: Running, tool: Tool) -> None:
    pair = keys(sandbox, "contract-instance")
    place = "/latest/meta-data/iam/security-credentials/"

    def session(headers: Any, body: bytes) -> Reply:
        return (200, "session-1") if headers["X-aws-ec2-metadata-token-ttl-seconds"] else (400, "")

    def held(answer: Any) -> Callable[[Any, bytes], Reply]:
        return lambda headers, body: (200, answer) if headers["X-aws-ec2-metadata-token"] == "session-1" else (401, "")

    given = {
        "Code": "Success", "AccessKeyId": pair["id"], "SecretAccessKey": pair["secret"], "Token": "t",
        "Expiration": moment(hours=6),
    }  # fmt: skip
    server = Server(
        {"PUT /latest/api/token": session, f"GET {place}": held("bastion"), f"GET {place}bastion": held(given)}
    )
    tool.environment |= {"AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url}
    tool.environment.pop("AWS_EC2_METADATA_DISABLED")
    try:
        assert "user/contract-instance" in identity(tool)
    finally:
        server.stop()
    assert server.seen[0] == "PUT /latest/api/token"


def test_anEndedTokenOfSSOIsRenewedAndKept(sandbox: Running, tool: Tool) -> None:
    pair = keys(sandbox, "contract-sso")
    asked: list[dict[str, Any]] = []

    def renew(headers: Any, body: bytes) -> Reply:
        asked.append(json.loads(body))
        return 200, {"accessToken": "fresh", "expiresIn": 28800, "refreshToken": "next", "tokenType": "Bearer"}

    def role(headers: Any, body: bytes) -> Reply:
        if headers["x-amz-sso_bearer_token"] != "fresh":
            return 401, {"message": "Session token not found or invalid"}
        end = int((time.time() + 3600) * 1000)
        return 200, {
            "roleCredentials": {
                "accessKeyId": pair["id"], "secretAccessKey": pair["secret"], "sessionToken": "t", "expiration": end,
            }
        }  # fmt: skip

    server = Server({"POST /token": renew, "GET /federation/credentials": role})
    tool.environment |= {"AWS_ENDPOINT_URL_SSO": server.url, "AWS_ENDPOINT_URL_SSO_OIDC": server.url}
    home = config(
        tool,
        "[sso-session office]\nsso_region = eu-west-1\nsso_start_url = https://office.awsapps.com/start\n"
        "[profile p]\nsso_session = office\nsso_account_id = 123456789012\nsso_role_name = Migrator\n",
    ).parent
    cache = home / "sso" / "cache" / f"{sha1(b'office').hexdigest()}.json"
    cache.parent.mkdir(parents=True)
    held = {
        "accessToken": "old", "expiresAt": moment(minutes=-5), "refreshToken": "first", "clientId": "c",
        "clientSecret": "s", "registrationExpiresAt": moment(days=30), "region": "eu-west-1", "startUrl": "x",
    }  # fmt: skip
    cache.write_text(json.dumps(held))
    cache.chmod(0o600)
    try:
        assert "user/contract-sso" in identity(tool, "--profile", "p")
        assert "user/contract-sso" in identity(tool, "--profile", "p")
    finally:
        server.stop()
    assert [one["refreshToken"] for one in asked] == ["first"]
    kept = json.loads(cache.read_text())
    assert (kept["accessToken"], kept["refreshToken"], kept["clientId"]) == ("fresh", "next", "c")
    assert stat.S_IMODE(cache.stat().st_mode) == 0o600


def typed(tool: Tool, code: str, *words: str) -> tuple[int, str]:
    """Runs a command at a terminal, where a person types `code` when asked; its status and what the screen showed."""
    child, screen = pty.fork()
    if child == 0:
        os.chdir(tool.folder)
        os.execve(str(binary()), tool.words(*words), tool.environment)
    shown, answered = b"", 0
    while True:
        ready, _, _ = select.select([screen], [], [], 60)
        try:
            piece = os.read(screen, 4096) if ready else b""
        except OSError:  # the other end of a terminal that is closed
            piece = b""
        if not piece:
            break
        shown += piece
        if shown.count(b"MFA code of") > answered:
            answered += 1
            os.write(screen, code.encode() + b"\n")
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()


def test_theMFACodeIsAskedForOnceAndKeptNowhere(sandbox: Running, tool: Tool) -> None:
    config(
        tool,
        static(sandbox, "base", "contract-mfa")
        + "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/guarded\nsource_profile = base\n"
        + "mfa_serial = arn:aws:iam::123456789012:mfa/person\n",
    )
    code = "731946"
    status, shown = typed(tool, code, "run", "--profile", "p")
    assert status == 0, shown
    assert shown.count("MFA code of") == 1
    given = [call["parameters"] for call in sandbox.control("GET", "/calls?service=sts")["calls"]][-1]
    assert (given["SerialNumber"], given["TokenCode"]) == ("arn:aws:iam::123456789012:mfa/person", code)
    for file in (tool.folder / "state").rglob("*"):
        assert not file.is_file() or code.encode() not in file.read_bytes(), file


def test_withoutATerminalTheMFACodeIsMissedByName(sandbox: Running, tool: Tool) -> None:
    config(
        tool,
        static(sandbox, "base", "contract-mfa")
        + "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/guarded\nsource_profile = base\n"
        + "mfa_serial = arn:aws:iam::123456789012:mfa/person\n",
    )
    ended = tool.call("run", "--profile", "p")
    assert ended.status != 0
    assert "mfa/person" in ended.said and "no terminal" in ended.said


STEPS = 6


def test_keysThatEndInMidRunFailNoStep(sandbox: Running, tool: Tool, tmp_path: Path) -> None:
    pairs = [keys(sandbox, "contract-process") for _ in range(2)]
    for number, pair in enumerate(pairs, start=1):
        answer = {
            "Version": 1, "AccessKeyId": pair["id"], "SecretAccessKey": pair["secret"], "Expiration": moment(hours=1),
        }  # fmt: skip
        (tmp_path / f"answer-{number}").write_text(json.dumps(answer))
    script = tmp_path / "process"
    script.write_text(
        f'#!/bin/sh\necho asked >> {tmp_path}/asked\ncat {tmp_path}/answer-$(wc -l < {tmp_path}/asked | tr -d " ")\n'
    )
    script.chmod(0o755)
    config(tool, f"[profile p]\ncredential_process = {script}\n")
    steps = [
        {"id": f"s{number}", "do": "ecr.repository", "with": {"name": f"contract/expiry-{number}"}}
        for number in range(STEPS)
    ]
    (tool.folder / "runbook.yaml").write_text(
        f"migrate: 1\nrunbook: contract\nphases: {json.dumps([{'id': 'only', 'steps': steps}])}\n"
    )

    def made() -> int:
        return int(sandbox.control("GET", "/calls")["applied"].get("ecr:CreateRepository", 0))

    before = made()
    # The first creation is held back, so that the keys end while the run is under way and not between two runs.
    sandbox.control("POST", "/faults", {"service": "ecr", "operation": "CreateRepository", "hold": True})
    process = tool.begin("run", "--profile", "p")
    until(lambda: made() > before)
    sandbox.control("POST", "/credentials", {"expired": True, "key": pairs[0]["id"]})
    sandbox.control("DELETE", "/faults")
    said, _ = process.communicate(timeout=120)
    sandbox.control("POST", "/credentials", {"expired": False, "key": pairs[0]["id"]})
    assert process.returncode == 0, said
    assert made() == before + STEPS
    assert (tmp_path / "asked").read_text().split() == ["asked", "asked"]
    assert "failed" not in said and "expired" not in said.lower()
    used = [call["access_key"] for call in sandbox.control("GET", "/calls?service=ecr")["calls"]]
    assert used[-1] == pairs[1]["id"]
