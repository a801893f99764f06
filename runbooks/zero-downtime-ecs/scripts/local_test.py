"""Runs an image on this machine and asks for its health: `docker run -p 3000:3000 mclass-server`, and what follows.

    local_test.py --image NAME --port PORT --container-port PORT --path /health [--command JSON]

With docker or podman, whichever works; with buildah, which shares this machine's network, where there is neither. Exit 0
when the path was answered with 200, and by what was started here: that runs still. It is ended, whatever comes of it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

PATIENCE = 60.0

Alive = Callable[[], bool]
"""Whether what was started runs still."""


def works(program: str) -> bool:
    """Whether a builder is there and answers: docker is often there without its engine."""
    return bool(shutil.which(program)) and subprocess.run([program, "info"], capture_output=True).returncode == 0


def said(*line: str) -> str:
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout.strip()


@contextlib.contextmanager
def contained(engine: str, image: str, ports: tuple[int, int], command: list[str]) -> Iterator[Alive]:
    """A container of docker or podman, while the block lasts."""
    publish = f"127.0.0.1:{ports[0]}:{ports[1]}"
    made = said(engine, "run", "--detach", "--publish", publish, image, *command)
    try:
        yield lambda: said(engine, "inspect", "--format", "{{.State.Running}}", made) == "true"
    finally:
        print(subprocess.run([engine, "logs", made], capture_output=True, text=True).stdout[-2000:], end="")
        subprocess.run([engine, "rm", "--force", made], check=True, capture_output=True)


@contextlib.contextmanager
def in_chroot(image: str, command: list[str]) -> Iterator[Alive]:
    """A process in the image's files, by buildah, while the block lasts."""
    made = said("buildah", "from", image)
    config = json.loads(said("buildah", "inspect", "--type", "image", image))["OCIv1"]["config"]
    line = command or [*(config.get("Entrypoint") or []), *(config.get("Cmd") or [])]
    running = subprocess.Popen(
        ["buildah", "run", "--isolation", "chroot", "--user", "0", made, "--", *line], start_new_session=True
    )
    try:
        yield lambda: running.poll() is None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        subprocess.run(["buildah", "rm", made], check=True, capture_output=True)


def taken(port: int) -> bool:
    """Whether something on this machine has the port already: it would answer in the place of what is tested."""
    with socket.socket() as asking:
        asking.settimeout(5)
        return asking.connect_ex(("127.0.0.1", port)) == 0


def problem(url: str, alive: Alive) -> str | None:
    """Why the address is not answered with 200 within a minute, by what was started; nothing when it is."""
    last, deadline = "never asked", time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answered = False
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                answered, last = answer.status == 200, f"status {answer.status}"
        except urllib.error.HTTPError as error:
            last = f"status {error.code}"
        except OSError as error:
            last = str(getattr(error, "reason", error))
        if not alive():
            return f"the container has ended by itself; before that: {last}"
        if answered:
            return None
        time.sleep(0.5)
    return last


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", required=True)
    parser.add_argument("--port", type=int, required=True, help="of this machine")
    parser.add_argument("--container-port", type=int, required=True)
    parser.add_argument("--path", required=True)
    parser.add_argument("--command", type=json.loads, default=[], help="in place of the image's own, as JSON")
    given = parser.parse_args()
    engine = next((program for program in ("docker", "podman") if works(program)), None)
    if engine is None and not shutil.which("buildah"):
        print("error: neither docker nor podman works here, and there is no buildah", file=sys.stderr)
        return 1
    if taken(given.port):
        print(f"error: port {given.port} of this machine is taken; give another one as `local_port`", file=sys.stderr)
        return 1
    ports = (given.port, given.container_port)
    place = contained(engine, given.image, ports, given.command) if engine else in_chroot(given.image, given.command)
    with place as alive:
        found = problem(f"http://127.0.0.1:{given.port}{given.path}", alive)
    if found is not None:
        print(f"error: {given.path} at port {given.port} does not answer with 200: {found}", file=sys.stderr)
        return 1
    print(f"{given.image} answers {given.path} at port {given.port}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
