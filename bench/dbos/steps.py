"""Steps a second of DBOS Transact on SQLite: one workflow of steps that do nothing.

    python bench/dbos/steps.py DIRECTORY COUNT
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from dbos import DBOS


@DBOS.step()
def step(number: int) -> int:
    return number


@DBOS.workflow()
def workflow(count: int) -> int:
    return sum(step(number) for number in range(count))


def main() -> int:
    directory, count = Path(sys.argv[1]), int(sys.argv[2])
    path = directory / f"dbos-{os.getpid()}.sqlite"
    try:
        DBOS(config={"name": "bench", "system_database_url": f"sqlite:///{path}", "log_level": "ERROR"})
        DBOS.launch()
        workflow(10)
        began = time.perf_counter()
        workflow(count)
        seconds = time.perf_counter() - began
        DBOS.destroy()
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{path}{end}").unlink(missing_ok=True)
    print(json.dumps({"steps_per_second": count / seconds}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
