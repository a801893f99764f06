"""One browser for all tests, a server for each document, and pages that say what went wrong in them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import browser_with_clock, open_page
from playwright.sync_api import Browser, Page
from stand_in import StandIn

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "scripts"))

from rehearsal.watched import Night  # noqa: E402


@pytest.fixture(scope="session")
def binary() -> Path:
    named = os.environ.get("MIGRATE_BINARY")
    found = named or subprocess.run(
        ["sh", "scripts/newest_binary.sh"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.strip()
    if not found:
        pytest.fail("no `migrate` is as new as the sources; `make debug` builds one")
    return (REPOSITORY / found).resolve()


SMALL = """\
migrate: 1
runbook: counted
title: One look
phases:
  - id: phase-1
    title: Looking
    steps:
      - id: look
        probe: exec
        with: {command: [echo, seen]}
"""


@pytest.fixture
def small(binary: Path, tmp_path: Path) -> Iterator[Night]:
    """The real tool, with a runbook that needs nothing of the world."""
    home = tmp_path / "runbooks/counted"
    (home / "environments").mkdir(parents=True)
    (home / "runbook.yaml").write_text(SMALL)
    (home / "environments/sandbox.yaml").write_text("{}\n")
    night = Night(binary, tmp_path, {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"})
    yield night
    night.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browser_with_clock() as browser:
        yield browser


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, Any]], StandIn]]:
    servers: list[StandIn] = []

    def start(document: dict[str, Any]) -> StandIn:
        servers.append(StandIn(document).start())
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page; when the test ends, nothing may have gone wrong in it."""
    pages: list[Page] = []

    def open_one(address: str, **about: Any) -> Page:
        pages.append(open_page(browser, address, **about))
        return pages[-1]

    yield open_one
    for page in pages:
        faults = page.faults  # type: ignore[attr-defined]
        page.context.close()
        assert faults == []
