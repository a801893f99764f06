"""Runs every target of the fuzzer for SECONDS each, two at a time, and says what each came to.

    make fuzz SECONDS=60

An input that brought a reader down is kept below `state/fuzz`, with the command that reads it again.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SEEDS = REPOSITORY / "Tests" / "Fuzz" / "Corpus"
KEPT = REPOSITORY / "state" / "fuzz"
SLOWEST = 10
"""Seconds that one input may take; more is a hang."""
MEMORY = 2048
"""Megabytes that a target may hold."""
GRACE = 120
"""Seconds beyond its own that a target may take to begin and to end."""


@dataclass
class Ended:
    """How a target ended."""

    target: str
    status: int
    said: str

    @property
    def line(self) -> str:
        runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", self.said)
        covered = re.findall(r"cov: (\d+)", self.said)
        figures = f"{int(runs[1]) if runs else 0:>10} inputs, {covered[-1] if covered else '?':>6} edges"
        return f"  {'ok  ' if self.status == 0 else 'FAIL'} {self.target:<14} {figures}"


def texts(target: str, folder: Path) -> None:
    """Seeds that lie in the repository for other ends: runbooks, sound and broken, environments, examples of kinds."""
    folder.mkdir(parents=True)
    pages = sorted((REPOSITORY / "docs" / "steps").glob("[a-z]*.md"))
    if target == "runbook":
        files = [*REPOSITORY.glob("runbooks/*/runbook.yaml"), *REPOSITORY.glob("Tests/RunbookYAMLTests/Broken/*.yaml")]
        found = [file.read_text() for file in sorted(files)]
        for page in pages:
            for example in re.findall(r"```yaml\n(.*?)```", page.read_text(), re.S):
                steps = "".join(f"      {line}\n" for line in example.splitlines())
                found.append(f"migrate: 1\nrunbook: seed\nphases:\n  - id: only\n    steps:\n{steps}")
    elif target == "environment":
        found = [file.read_text() for file in sorted(REPOSITORY.glob("runbooks/*/environments/*.yaml"))]
    elif target == "expression":
        expressions = {one for page in pages for one in re.findall(r"expect: '(.*?)'", page.read_text())}
        expressions |= {".n | map(select(. != null)) | length", '[.values[] | test("^192")]', ".maximum < 5"}
        document = '{"status": 200, "json": {"database": "ok"}, "values": ["192.0.2.1"], "n": [1, 2.5, null]}'
        found = [f"{expression}\n{document}" for expression in sorted(expressions)]
    else:
        found = []
    for number, text in enumerate(found):
        (folder / f"{number}").write_text(text)


def fuzz(binary: Path, target: str, seconds: int, seed: int) -> Ended:
    folder = KEPT / target
    found = folder / "found"
    found.mkdir(parents=True)
    texts(target, folder / "texts")
    seeds = [str(path) for path in (folder / "texts", SEEDS / target) if path.is_dir()]
    command = [
        str(binary), target, f"-max_total_time={seconds}", f"-seed={seed}", f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MEMORY}", f"-artifact_prefix={folder}/", "-print_final_stats=1", "-detect_leaks=0",
        "-max_len=65536", str(found), *seeds,
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=seconds + GRACE, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"},
        )  # fmt: skip
        return Ended(target, done.returncode, done.stdout.decode("utf-8", "replace"))
    except subprocess.TimeoutExpired as over:
        return Ended(target, -1, (over.stdout or b"").decode("utf-8", "replace") + "\nit did not end")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument(
        "--seed", type=int, default=1, help="the same seed, seeds and number of runs give the same inputs"
    )
    parser.add_argument("targets", nargs="*")
    given = parser.parse_args()
    listed = subprocess.run([given.binary, "--list"], capture_output=True, text=True, check=True).stdout.split()
    targets = given.targets or listed
    shutil.rmtree(KEPT, ignore_errors=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        ended = list(pool.map(lambda target: fuzz(given.binary, target, given.seconds, given.seed), targets))
    for one in ended:
        print(one.line)
        if one.status != 0:
            kept = re.search(r"Test unit written to (\S+)", one.said)
            print("\n".join(one.said.splitlines()[-25:]))
            if kept:
                print(f"hint: `{given.binary} {one.target} {kept[1]}` reads that input again")
    print(
        f"fuzz: {sum(one.status != 0 for one in ended)} of {len(ended)} readers fell, seed {given.seed}, "
        f"{given.seconds} s each"
    )
    return int(any(one.status != 0 for one in ended))


if __name__ == "__main__":
    sys.exit(main())
