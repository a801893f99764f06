"""Start-up time and memory of `migrate status` on a finished run, warm and with the binary out of the page cache.

    make bench
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from rehearsal.sandbox import REPOSITORY

RUNS = 30
GOAL_MILLISECONDS, GOAL_MEGABYTES = 50.0, 60.0


def measure(command: list[str]) -> tuple[float, float]:
    """Milliseconds and megabytes (greatest resident set) of one run. Throws: `RuntimeError` when it fails."""
    began = time.perf_counter()
    child = os.posix_spawn(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, usage = os.wait4(child, 0)
    passed = (time.perf_counter() - began) * 1000
    if status != 0:
        raise RuntimeError(f"`{' '.join(command)}` ended with {os.waitstatus_to_exitcode(status)}")
    return passed, usage.ru_maxrss / 1024


def evict(path: Path) -> None:
    """Drops the file's pages from the cache, which needs no rights beyond reading it."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migrate", type=Path, required=True)
    parser.add_argument("--state", type=Path, default=Path("state/rehearsal"))
    given = parser.parse_args()
    os.chdir(REPOSITORY)
    binary = given.migrate.resolve()
    command = [str(binary), "status", "--runbook", "lgtm-fargate", "--env", "sandbox", "--state", str(given.state)]
    try:
        measure(command)
        warm = [measure(command) for _ in range(RUNS)]
        cold = []
        for _ in range(RUNS // 3):
            evict(binary)
            for journal in given.state.glob("*.sqlite"):
                evict(journal)
            cold.append(measure(command))
    except (RuntimeError, OSError, subprocess.SubprocessError) as problem:
        print(f"error: {problem}\nhint: `make rehearse` leaves the finished run that this measures", file=sys.stderr)
        return 1
    memory = max(size for _, size in warm + cold)
    print(f"migrate status, {binary.stat().st_size / 1e6:.0f} MB binary")
    print(f"  warm  {statistics.median(at for at, _ in warm):6.1f} ms median of {len(warm)}")
    median = statistics.median(at for at, _ in cold)
    print(f"  cold  {median:6.1f} ms median of {len(cold)}, goal {GOAL_MILLISECONDS:g} ms")
    print(f"  peak  {memory:6.1f} MB resident, goal {GOAL_MEGABYTES:g} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
