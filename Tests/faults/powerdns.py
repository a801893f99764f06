"""Real PowerDNS servers over the sandbox's zones: one for each of its name servers, on free addresses of 127/8."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

START_SECONDS = 20.0


def require() -> str:
    """Path of the program; where it is missing the test says so."""
    program = shutil.which("pdns_server") or shutil.which("pdns_server", path="/usr/sbin")
    if program is None:
        missing = "PowerDNS is missing: `make setup-test` installs pdns-server and pdns-backend-remote"
        pytest.fail(missing) if os.environ.get("MIGRATE_STRICT") else pytest.skip(missing)
    return str(program)


def free_port(address: str) -> int:
    """A port that is free on `address` for UDP and TCP."""
    while True:
        with closing(socket.socket()) as tcp, closing(socket.socket(type=socket.SOCK_DGRAM)) as udp:
            tcp.bind((address, 0))
            try:
                udp.bind((address, tcp.getsockname()[1]))
            except OSError:
                continue
            return int(tcp.getsockname()[1])


@contextmanager
def serving(backend: str, host: str, near: list[str]) -> Iterator[list[str]]:
    """`address:port` of one PowerDNS for each of the sandbox's name servers `near`; they end by their own pids.

    Nothing is cached anywhere, so that each query is answered from the emulator's state at that moment.
    """
    program = require()
    with ExitStack() as stack:
        servers: list[str] = []
        for number, given in enumerate(near):
            first, second, third, _ = given.split(":")[0].split(".")
            address = f"{first}.{second}.{third}.{101 + number}"
            port = free_port(address)
            stack.enter_context(_running(program, f"{backend}/{number}", address, port, host))
            servers.append(f"{address}:{port}")
        yield servers


@contextmanager
def _running(program: str, backend: str, address: str, port: int, host: str) -> Iterator[None]:
    # Not pytest's own folder: a path of a Unix socket may be a hundred bytes long and no longer.
    with tempfile.TemporaryDirectory(prefix="pdns-") as folder:
        settings = {
            "config-dir": folder, "socket-dir": folder, "launch": "remote",
            "remote-connection-string": f"http:url={backend},timeout=5000",
            "local-address": address, "local-port": port, "zone-cache-refresh-interval": 0, "cache-ttl": 0,
            "query-cache-ttl": 0, "negquery-cache-ttl": 0, "zone-metadata-cache-ttl": 0, "distributor-threads": 2,
            "receiver-threads": 1, "daemon": "no", "guardian": "no", "disable-syslog": "yes", "loglevel": 4,
            "webserver": "no", "security-poll-suffix": "", "consistent-backends": "yes",
        }  # fmt: skip
        log = Path(folder) / "log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [program, *(f"--{name}={value}" for name, value in settings.items())],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip
        try:
            _wait(process, address, port, host, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, port: int, host: str, log: Path) -> None:
    from dnslib import DNSRecord

    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            if DNSRecord.parse(DNSRecord.question(host, "A").send(address, port, timeout=1)).rr:
                return
        except OSError:
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"PowerDNS does not answer at {address}:{port}:\n{log.read_text()}")
        time.sleep(0.05)
