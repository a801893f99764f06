"""``python -m sandbox``: starts one sandbox, publishes what it is in ``DIR/sandbox.json``, ends on SIGTERM."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path

from sandbox import scenario

DEFAULT_SCALE = 60.0


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--scenario", default="lgtm-fargate", choices=scenario.names())
    parser.add_argument("--state", type=Path, required=True, metavar="DIR", help="where sandbox.json and all else goes")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=["terraform", "registry", "signatures"],
        help="terraform: make at once what Terraform would have made; registry: start none; "
        "signatures: believe every request",
    )
    parser.add_argument("--time-scale", type=float, default=float(os.environ.get("MIGRATE_TIME_SCALE", DEFAULT_SCALE)))
    parser.add_argument("--log-level", default="INFO")
    return parser.parse_args(arguments)


def main() -> int:
    arguments = parse_arguments()
    arguments.state.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=arguments.state / "sandbox.log",
        level=arguments.log_level,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    logging.getLogger("botocore").setLevel(logging.WARNING)
    from sandbox.startup import trim_moto

    trim_moto()
    from sandbox.assembly import Sandbox

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    sandbox = Sandbox(arguments.state.resolve(), arguments.time_scale, arguments.scenario, set(arguments.without))
    try:
        sandbox.start()
        print(json.dumps({"ready": str(sandbox.ready_file), "endpoint": sandbox.endpoint.url}), flush=True)
        # Again and again: where another thread takes the signal, Python handles it only once this one wakes up.
        while not stop.wait(0.5):
            continue
    except Exception as error:
        logging.getLogger("sandbox").exception("the sandbox could not start")
        print(f"error: the sandbox could not start: {error}\nhint: see {arguments.state}/sandbox.log", file=sys.stderr)
        return 1
    finally:
        sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
