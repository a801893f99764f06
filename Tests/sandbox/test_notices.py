"""Notices of a run, through the real binary: one webhook answers, one hangs, one refuses, and no step waits for any."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from catalogue.tool import PATIENCE, Ended, binary

pytestmark = pytest.mark.skipif(binary() is None, reason="there is no current build of migrate")

SECRET = "hunter2-hunter2-hunter2"
END_PATIENCE = 5.0
"""How long a session that is over waits for notices on their way, seconds."""


@dataclass
class Webhook:
    """A server on loopback that takes posts: it answers `status`, or never when that is None."""

    status: int | None = 200
    posts: list[dict[str, Any]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                hook.posts.append({"path": self.path, "key": self.headers["Idempotency-Key"], "body": json.loads(body)})
                if hook.status is None:
                    hook.over.wait(PATIENCE)
                    self.close_connection = True
                    return
                self.send_response(hook.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                """Nobody reads it."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/{SECRET}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


class Runbook:
    """The binary with a runbook of its own that tells these webhooks."""

    def __init__(self, folder: Path, hooks: dict[str, Webhook], steps: list[dict[str, Any]]) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        notices = [
            {"id": name, "do": "webhook.post", "with": {"url": f"${{secrets.{name}}}"}} for name in hooks
        ]
        runbook = {
            "migrate": 1,
            "runbook": "telling",
            "secrets": {name: {"env": f"TELLING_{name.upper()}"} for name in hooks},
            **({"notices": notices} if notices else {}),
            "phases": [{"id": "only", "steps": steps}],
        }
        (folder / "runbook.yaml").write_text("".join(f"{key}: {json.dumps(part)}\n" for key, part in runbook.items()))
        (folder / "environments").mkdir()
        (folder / "environments" / "test.yaml").write_text("")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MIGRATE_"))},
            **{f"TELLING_{name.upper()}": hook.url for name, hook in hooks.items()},
        }

    def words(self, *words: str) -> list[str]:
        return [str(binary()), *words, "--runbook", str(self.folder / "runbook.yaml"), "--state",
                str(self.folder / "state")]  # fmt: skip

    def begin(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.words(*words), cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def call(self, *words: str) -> Ended:
        process = self.begin(*words)
        said, _ = process.communicate(timeout=PATIENCE)
        return Ended(process.returncode, said)

    def notices(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What `status --json` has of each notice, by its id and its moment."""
        told = json.loads(self.call("status", "--json").said).get("notices") or []
        return {(one["notice"], one["moment"]): one for one in told}

    def kept(self) -> bytes:
        """Every byte that the run left."""
        return b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())


def step(name: str, *command: str) -> dict[str, Any]:
    given = {"command": list(command), "undo": ["true"]}
    return {"id": name, "do": "exec", "with": given, "rollback": {"none": "it leaves nothing"}}


STEPS = [step(f"s{number}", "true") for number in range(1, 4)]


@pytest.fixture
def hooks() -> Iterator[dict[str, Webhook]]:
    made = {"good": Webhook(), "hangs": Webhook(status=None), "refuses": Webhook(status=404)}
    yield made
    for hook in made.values():
        hook.stop()


def test_nobody_waits_for_a_webhook_and_the_fate_of_each_is_on_record(
    tmp_path: Path, hooks: dict[str, Webhook]
) -> None:
    began = time.monotonic()
    assert Runbook(tmp_path / "plain", {}, STEPS).call("run").status == 0
    plain = time.monotonic() - began
    telling = Runbook(tmp_path / "telling", hooks, STEPS)
    began = time.monotonic()
    ended = telling.call("run")
    took = time.monotonic() - began
    assert ended.status == 0, ended.said
    assert took < plain * 3 + END_PATIENCE + 3
    told = telling.notices()
    assert told["good", "phase_done"]["fate"] == told["good", "done"]["fate"] == "sent"
    assert told["refuses", "done"]["fate"] == "refused" and "404" in told["refuses", "done"]["problem"]
    assert told["hangs", "phase_done"]["fate"] == "unknown"
    assert told["hangs", "done"]["fate"] == "refused", "its turn never came"
    bodies = [post["body"] for post in hooks["good"].posts]
    assert [body["moment"] for body in bodies] == ["phase_done", "done"]
    assert len({post["key"] for hook in hooks.values() for post in hook.posts}) == sum(
        len(hook.posts) for hook in hooks.values()
    ), "each has a key of its own"
    # What people were told of the log is what the log says: its head is the hash of an event.
    hashes = [told["good", moment]["head"] for moment in ("phase_done", "done")]
    assert [body["head"] for body in bodies] == hashes and len(hashes[-1]) == 64
    log = telling.call("log").said
    for words in ("notice `good` of done sent", "notice `refuses` of done not sent", "may not have come"):
        assert words in log, log
    assert "could not be told" in telling.call("status").said
    assert SECRET.encode() not in telling.kept()
    assert SECRET not in log + ended.said


def test_a_run_that_was_killed_while_it_told_somebody_never_tells_again(
    tmp_path: Path, hooks: dict[str, Webhook]
) -> None:
    asked = {"id": "ask", "manual": "turn the key"}
    telling = Runbook(tmp_path / "killed", {"hangs": hooks["hangs"]}, [asked])
    process = telling.begin("run")
    limit = time.monotonic() + PATIENCE
    while not hooks["hangs"].posts and time.monotonic() < limit:
        time.sleep(0.05)
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert telling.notices()["hangs", "waiting"]["fate"] == "pending"
    again = telling.begin("run")
    while telling.notices()["hangs", "waiting"]["fate"] == "pending" and time.monotonic() < limit:
        time.sleep(0.1)
    again.kill()
    again.communicate(timeout=PATIENCE)
    assert telling.notices()["hangs", "waiting"]["fate"] == "unknown"
    assert [post["body"]["moment"] for post in hooks["hangs"].posts] == ["waiting"]


def test_a_notice_that_could_not_be_sent_as_it_stands_is_refused_when_the_runbook_is_read(tmp_path: Path) -> None:
    wrong = Runbook(tmp_path / "wrong", {}, STEPS)
    file = wrong.folder / "runbook.yaml"
    notices = [{"id": "team", "on": ["finished"], "do": "exec", "with": {"command": ["true"]}}]
    file.write_text(file.read_text() + f"notices: {json.dumps(notices)}\n")
    ended = wrong.call("validate")
    assert ended.status == 64
    assert "unknown moment `finished`" in ended.said and "`exec` cannot carry a notice" in ended.said
