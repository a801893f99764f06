"""Lifecycle hooks of CodeDeploy: the Lambda function's own code, run by this machine's Python beside the sandbox.

Modelled after "AppSpec 'hooks' section for an Amazon ECS deployment": the function is called with the ids of the
deployment and of the hook's execution, and answers by PutLifecycleEventHookExecutionStatus. As Lambda does it, a
function's process is kept for its next calls, which find it warm; here there is one for each function, and no more.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import uuid
import zipfile
from pathlib import Path
from typing import Any

from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError
from sandbox.network import ACCESS_KEY, SECRET_KEY

# It ends by itself when its standard input does: with the sandbox.
LOOP = """
import importlib, json, sys, traceback
sys.path.insert(0, sys.argv[1])
module, name = sys.argv[2].rsplit(".", 1)
answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    try:
        getattr(importlib.import_module(module), name)(json.loads(line), None)
        said = ""
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
    print(json.dumps(said), file=answers, flush=True)
"""
_open: dict[str, Hook] = {}
_environments: dict[str, Environment] = {}


class Environment:
    """The process of one function."""

    def __init__(self, function: Any) -> None:
        self._lock = threading.Lock()
        self.code = function.code_bytes
        folder = Path(tempfile.mkdtemp(prefix="hook-"))
        zipfile.ZipFile(io.BytesIO(self.code)).extractall(folder)
        environment = {
            "PATH": os.environ.get("PATH", ""),
            **function.environment_vars,
            "AWS_ENDPOINT_URL": current().endpoint,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_REGION": current().region,
            "AWS_DEFAULT_REGION": current().region,
        }
        self._child = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(folder), function.handler],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def call(self, event: dict[str, str]) -> str:
        """Calls the function. Gives what went wrong; nothing when it returned."""
        if self._child.stdin is None or self._child.stdout is None:
            raise RuntimeError("the process has no pipes")
        with self._lock:
            try:
                self._child.stdin.write(json.dumps(event) + "\n")
                self._child.stdin.flush()
                line = self._child.stdout.readline()
            except OSError as error:
                return str(error)
        return str(json.loads(line)) if line else "the process exited"


class Hook:
    """One execution of one hook. It runs in a thread: the world goes on meanwhile."""

    def __init__(self, function: str, event: str, deployment: str) -> None:
        self.id, self.ended = str(uuid.uuid4()), False
        self.problem: str | None = None
        self._function, self._event, self._deployment = function, event, deployment
        self._status: str | None = None

    def start(self) -> None:
        """Begins. Called under the lock."""
        held = current().backend("lambda")
        name = self._function.split(":function:")[-1].split(":")[0]
        found = next((one for one in held.list_functions() if one.function_name == name), None)
        if found is None:
            self._end(f"The Lambda function {self._function} does not exist")
            return
        _open[self.id] = self
        if name not in _environments or _environments[name].code != found.code_bytes:
            _environments[name] = Environment(found)
        threading.Thread(target=self._run, args=(_environments[name],), name="hook", daemon=True).start()

    def answer(self, status: str) -> None:
        """What the function says."""
        self._status = status

    def _run(self, environment: Environment) -> None:
        said = environment.call({"DeploymentId": self._deployment, "LifecycleEventHookExecutionId": self.id})
        if self._status == "Succeeded":
            self._end(None)
        elif self._status is not None:
            self._end(f"The Lambda function {self._function} answered {self._status}")
        else:
            self._end(f"The Lambda function {self._function} ended without an answer: {said}")

    def _end(self, problem: str | None) -> None:
        self.problem, self.ended = problem, True
        _open.pop(self.id, None)


def answered(execution: str, status: str) -> None:
    """Takes the answer of an execution. Throws: `AwsError` when there is none such."""
    if execution not in _open:
        raise AwsError(
            "InvalidLifecycleEventHookExecutionIdException",
            f"The lifecycle event hook execution {execution} is invalid",
        )
    if status not in ("Succeeded", "Failed"):
        raise AwsError("InvalidLifecycleEventHookExecutionStatusException", f"{status} is not Succeeded or Failed")
    _open[execution].answer(status)
