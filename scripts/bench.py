"""What the tool costs, as ratios to what it is made on, measured in one go on this machine.

    make bench

Not tests: a disk is what it is. Every number stands beside what is asked of it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rehearsal.sandbox import REPOSITORY

STATUS_RUNS = 30
STEPS = 10_000
LOOP_STEPS = 2_000
DBOS_STEPS = 500


class Page:
    """Lines of results, each with its goal."""

    def __init__(self) -> None:
        self.missed = 0

    def line(self, what: str, value: float, unit: str, goal: str, is_met: bool) -> None:
        self.missed += not is_met
        print(f"  {'ok  ' if is_met else 'MISS'} {what:<58} {value:>10.2f} {unit:<10} asked {goal}", flush=True)


def measure(command: list[str]) -> tuple[float, float]:
    """Seconds and megabytes (greatest resident set) of one run. Throws: `RuntimeError` when it fails."""
    began = time.perf_counter()
    child = os.posix_spawn(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, usage = os.wait4(child, 0)
    passed = time.perf_counter() - began
    if status != 0:
        raise RuntimeError(f"`{' '.join(command)}` ended with {os.waitstatus_to_exitcode(status)}")
    return passed, usage.ru_maxrss / 1024


def answer(command: list[str]) -> dict[str, float]:
    """The JSON object that `command` prints last."""
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def evict(path: Path) -> None:
    """Drops the file's pages from the cache, which needs no rights beyond reading it."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def machine(directory: Path) -> str:
    """Name, processor and disk, so that numbers are not compared across machines."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    disk = subprocess.run(
        ["df", "--output=source,fstype", str(directory)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]
    return f"{platform.node()}, {os.cpu_count()} x {model}, {' '.join(disk.split())}"


def bench_status(page: Page, binary: Path, name: str, arguments: list[str], journal: Path) -> None:
    command = [str(binary), "status", *arguments]
    measure(command)
    warm = [measure(command) for _ in range(STATUS_RUNS)]
    cold = []
    for _ in range(STATUS_RUNS // 3):
        evict(binary)
        evict(journal)
        cold.append(measure(command))
    memory = max(size for _, size in warm + cold)
    milliseconds = statistics.median(at for at, _ in warm) * 1000
    page.line(f"status, {name}, warm", milliseconds, "ms", "< 50", milliseconds < 50)
    milliseconds = statistics.median(at for at, _ in cold) * 1000
    page.line(f"status, {name}, binary and journal out of the cache", milliseconds, "ms", "< 50", milliseconds < 50)
    page.line(f"status, {name}, memory", memory, "MB", "< 60", memory < 60)


def write_runbook(folder: Path) -> None:
    """A runbook of as many steps as are asked for, and the environment that the journal names."""
    (folder / "environments").mkdir(parents=True)
    (folder / "environments" / "none.yaml").write_text("{}\n")
    lines = ["migrate: 1", "runbook: bench", "title: Bench", "phases:"]
    for number in range(STEPS):
        if number % 1000 == 0:
            lines += [f"  - id: phase-{number // 1000 + 1}", f"    title: Phase {number // 1000 + 1}", "    steps:"]
        lines += [
            f"      - id: step-{number}",
            f"        title: Make thing {number}",
            "        probe: http",
            f"        with: {{url: 'http://127.0.0.1:1/{number}', expect: '.status == 200'}}",
        ]
    (folder / "runbook.yaml").write_text("\n".join(lines) + "\n")


def bench_engine(page: Page, bench: Path, scratch: Path) -> tuple[float, float]:
    """Rates of the loop; gives back steps a second at two commits each, and at one."""
    rates = answer([str(bench), "rates", str(scratch), str(LOOP_STEPS)])
    commits = rates["commits_per_second"]
    bare = rates["microseconds_of_two_commits"]
    print(f"       SQLite alone: {commits:.0f} commits/s, {bare:.0f} us of processor for two")
    for name, words in (
        ("two_commits", "one after the other, two commits each"),
        ("one_commit", "one after the other, convergent calls, looks that answer at once: one commit each"),
        ("side_by_side", "100 of the former side by side"),
    ):
        speed, work = rates[f"{name}_steps_per_second"], rates[f"{name}_microseconds"]
        print(f"       {words}: {speed:.0f} steps/s, {work:.0f} us of processor a step")
    steps = rates["two_commits_steps_per_second"]
    share = steps / (commits / 2)
    page.line("steps/s of two commits against half of SQLite's commits/s", share, "x", ">= 0.5", share >= 0.5)
    gain = rates["side_by_side_steps_per_second"] / steps
    page.line("100 of those side by side against one after the other", gain, "x", ">= 5", gain >= 5)
    return steps, rates["one_commit_steps_per_second"]


def bench_dbos(page: Page, steps: tuple[float, float], python: Path, scratch: Path) -> None:
    """A step of DBOS costs it one commit, its result, and is made again after a crash, as a convergent call of ours is.

    DBOS is as it is shipped, with SQLite's rollback journal; most steps of ours cost two commits.
    """
    other = answer([str(python), str(REPOSITORY / "bench/dbos/steps.py"), str(scratch), str(DBOS_STEPS)])
    rate = other["steps_per_second"]
    two, one = (own / rate for own in steps)
    print(f"       DBOS on SQLite, as shipped: {rate:.0f} steps/s of one commit each")
    page.line("steps/s of one commit against DBOS's", one, "x", ">= 5", one >= 5)
    page.line("steps/s of two commits against DBOS's", two, "x", ">= 5", two >= 5)


def bench_large(page: Page, binary: Path, bench: Path, scratch: Path) -> None:
    """Ten thousand steps: planned, carried out, replayed, shown."""
    folder = scratch / "runbooks" / "bench"
    write_runbook(folder)
    arguments = ["--runbook", str(folder), "--env", "none", "--state", str(scratch)]
    planned = min(measure([str(binary), "validate", *arguments])[0] for _ in range(3))
    page.line(f"validate {STEPS} steps", planned, "s", "< 0.5", planned < 0.5)
    journal = scratch / "bench.none.sqlite"
    written = answer([str(bench), "write", str(journal), str(STEPS)])
    print(f"       {STEPS} steps carried out in {written['seconds']:.1f} s")
    replays = [answer([str(bench), "replay", str(journal)]) for _ in range(5)]
    seconds = statistics.median(replay["seconds"] for replay in replays)
    memory = max(replay["megabytes"] for replay in replays)
    page.line(f"replay of {replays[0]['events']:.0f} events, plan included", seconds, "s", "< 0.2", seconds < 0.2)
    page.line("memory of that replay", memory, "MB", "< 150", memory < 150)
    bench_status(page, binary, f"{STEPS} steps", arguments, journal)


def bench_probes(page: Page, probes: Path) -> None:
    """Many probes at once, of a server that takes its time."""
    addresses = [f"127.0.0.{number}" for number in range(1, 9)]
    server = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "scripts/slow_server.py"), *addresses], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        urls = json.loads(server.stdout.readline())
        together = answer([str(probes), "together", *urls])
        print(f"       the first hundred, jq's compiling and all connections included: {together['first']:.2f} x")
        ratio = together["ratio"]
        page.line("100 probes of 200 ms at once against the slowest", ratio, "x", "<= 1.3", ratio <= 1.3)
        crowd = answer([str(probes), "crowd", *urls])
        page.line("1,000 probes in flight at once: passed", crowd["passed"], "", "1000", crowd["passed"] == 1000)
        print(f"       answered after 2 s each, all of them after {crowd['wall']:.2f} s")
        memory = crowd["megabytes"]
        page.line("memory of those", memory, "MB", "< 150", memory < 150)
        beside = answer([str(probes), "neighbours", *urls])["ratio"]
        page.line("100 probes beside a hung and a slow endpoint, against alone", beside, "x", "<= 1.1", beside <= 1.1)
    finally:
        server.terminate()
        server.wait(timeout=10)


def bench_board(page: Page, binary: Path, python: Path) -> None:
    """A thousand steps on the board, while several watch."""
    seen = answer([str(python), str(REPOSITORY / "scripts/bench_board.py"), "--migrate", str(binary)])
    what = f"board of {seen['steps']} steps, {seen['viewers']} viewers"
    page.line(f"{what}: slowest first paint", seen["paint"], "ms", "< 1000", seen["paint"] < 1000)
    page.line("from an event to the screens, 95 of 100 updates within", seen["p95"], "ms", "< 300", seen["p95"] < 300)
    print(f"       half of {seen['updates']} within {seen['median']:.0f} ms, the slowest {seen['worst']:.0f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migrate", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True, help="the journal-bench program")
    parser.add_argument("--probes", type=Path, help="the probe-bench program; left out without it")
    parser.add_argument("--dbos", type=Path, help="a Python that has DBOS; left out without it")
    parser.add_argument("--board", type=Path, help="a Python that has Playwright; left out without it")
    parser.add_argument("--state", type=Path, default=Path("state/rehearsal"))
    given = parser.parse_args()
    os.chdir(REPOSITORY)
    binary, bench = given.migrate.resolve(), given.bench.resolve()
    scratch = Path(tempfile.mkdtemp(prefix="bench-", dir=given.state.parent))
    page = Page()
    try:
        print(machine(scratch))
        print(f"       migrate: {binary.stat().st_size / 1e6:.0f} MB")
        arguments = ["--runbook", "lgtm-fargate", "--env", "sandbox", "--state", str(given.state)]
        bench_status(page, binary, "lgtm", arguments, given.state / "lgtm-fargate.sandbox.sqlite")
        steps = bench_engine(page, bench, scratch)
        if given.probes:
            bench_probes(page, given.probes)
        if given.dbos:
            bench_dbos(page, steps, given.dbos.absolute(), scratch)
        if given.board:
            bench_board(page, binary, given.board.absolute())
        bench_large(page, binary, bench, scratch)
    except subprocess.CalledProcessError as problem:
        print(f"error: {problem}\n{problem.stderr}", file=sys.stderr)
        return 1
    except (RuntimeError, OSError) as problem:
        print(f"error: {problem}\nhint: `make rehearse` leaves the finished run that this measures", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print("everything as asked" if page.missed == 0 else f"{page.missed} not as asked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
