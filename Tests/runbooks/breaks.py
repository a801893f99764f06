"""Ways to break a world in one place while a block lasts, and what the tables of broken worlds share."""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from night import Ended, Night

PAUSED = 3
"""How a run ends that has stopped and can go on."""
ALL = os.environ.get("BROKEN_STEPS") == "all"
"""Whether every row is run, and not only those that always are."""
Break = Callable[[Night], contextlib.AbstractContextManager[Any]]


def refused(service: str, operation: str, code: str = "AccessDeniedException", status: int = 400) -> Break:
    """Every such call is refused, as by a policy that lacks it; and there is one."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        night.control(
            "faults", service=service, operation=operation, times=10**6, status=status, code=code,
            message=f"User is not authorized to perform: {service}:{operation}",
        )  # fmt: skip
        try:
            yield
        finally:
            were = night.control("faults", "DELETE")["were"]
        assert sum(one["fired"] for one in were), f"nobody called {service}:{operation}"

    return broken


def failing(component: str, side: str, path: str = "/", status: int = 500) -> Break:
    """What runs of a component answers with an error under `path`."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        night.control("components", component=component, side=side, fail=status, path=path)
        try:
            yield
        finally:
            night.control("components", component=component, side=side, fail=None)

    return broken


def bad_image(component: str, failure: str, image: str = ".*") -> Break:
    """Tasks that are started of an image fail; with `image` those alone whose image matches that pattern."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        night.control("images", component=component, failure=failure, image=image)
        try:
            yield
        finally:
            night.control("images", component=component, failure=None)

    return broken


def denied(role: str, *actions: str) -> Break:
    """A role may not do `actions`, whatever else its policies say."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        statement = {"Effect": "Deny", "Action": list(actions), "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        night.client("iam").put_role_policy(RoleName=role, PolicyName="broken", PolicyDocument=policy)
        try:
            yield
        finally:
            night.client("iam").delete_role_policy(RoleName=role, PolicyName="broken")

    return broken


def without(*names: str) -> Break:
    """Files of the runbook are missing."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        files = [night.runbook / name for name in names]
        kept = [file.read_bytes() for file in files]
        for file in files:
            file.unlink()
        try:
            yield
        finally:
            for file, content in zip(files, kept, strict=True):
                file.write_bytes(content)

    return broken


def ringing(alarm: str) -> Break:
    """An alarm rings."""

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        cloudwatch = night.client("cloudwatch")
        cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="errors")
        try:
            yield
        finally:
            cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="OK", StateReason="no errors")

    return broken


@contextlib.contextmanager
def ringing_from_outside(night: Night) -> Iterator[None]:
    """The first of the alarms that the environment names rings."""
    with ringing(night.variables["alarms"][0])(night):
        yield


@contextlib.contextmanager
def unfilled_variables(night: Night) -> Iterator[None]:
    file = night.sandbox.folder / "terraform/terraform.tfvars"
    text = file.read_text()
    file.write_text(re.sub(r"^endpoint = .*$", 'endpoint = "CHANGE_ME"', text, flags=re.M))
    try:
        yield
    finally:
        file.write_text(text)


@contextlib.contextmanager
def drifted(night: Night) -> Iterator[None]:
    file = night.sandbox.folder / "terraform/manifest.json"
    text = file.read_text()
    file.write_text(text + "\n")
    try:
        yield
    finally:
        file.write_text(text)


@contextlib.contextmanager
def unscalable(night: Night) -> Iterator[None]:
    """No service scales yet, and none may be made to."""
    scaling, place = night.client("application-autoscaling"), {"ServiceNamespace": "ecs"}
    for one in scaling.describe_scalable_targets(**place)["ScalableTargets"]:
        scaling.deregister_scalable_target(
            **place, ResourceId=one["ResourceId"], ScalableDimension=one["ScalableDimension"]
        )
    with refused("application-autoscaling", "RegisterScalableTarget")(night):
        yield


def once(inner: Break, begun: Callable[[Night], bool], service: str, operation: str) -> Break:
    """Breaks the world as soon as something has begun, which such a call begins.

    Time stands still after each such call until it was looked whether it has begun: it is not over before it is seen.
    """

    @contextlib.contextmanager
    def broken(night: Night) -> Iterator[None]:
        over, seen = threading.Event(), threading.Event()
        with contextlib.ExitStack() as held:

            def watch() -> None:
                while not over.wait(0.05):
                    # Asked first: a call that comes while it is looked leaves time standing until it is looked again.
                    still = night.control("time", "GET")["paused"]
                    if begun(night):
                        held.enter_context(inner(night))
                        seen.set()
                        break
                    if still:
                        night.control("time", paused=False)
                night.control("faults", "DELETE")
                night.control("time", paused=False)

            night.control("faults", service=service, operation=operation, times=10**6, pause=True)
            watcher = threading.Thread(target=watch)
            watcher.start()
            try:
                yield
            finally:
                over.set()
                watcher.join()
            assert seen.is_set(), f"what {service}:{operation} begins was never seen"

    return broken


def until(holds: Callable[[], Any], problem: str, seconds: float = 60.0) -> None:
    """Throws: `AssertionError` when it does not come to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, problem
        time.sleep(0.1)


def of_step(said: str, step: str) -> str:
    """Lines about a step that went wrong, with the hints below them."""
    lines = said.splitlines()
    told = [re.search(rf"[✗!] {step}\b", line) is not None for line in lines]
    hints = ["hint" in line and number > 0 and told[number - 1] for number, line in enumerate(lines)]
    return "\n".join(line for line, wanted, hint in zip(lines, told, hints, strict=True) if wanted or hint)


def stopped_at(ended: Ended, step: str, also: tuple[str, ...], said: str) -> None:
    """The run has stopped at that step and said why; or at one beside it that the same stops, whichever came first."""
    assert ended.status == PAUSED, ended.said[-3000:]
    stopped = {name.split("[")[0].split("/")[0] for name in ended.stopped_at}
    assert stopped and stopped <= {step, *also}, f"{stopped} in\n{ended.said[-6000:]}"
    about = "\n".join(of_step(ended.said, one) for one in sorted(stopped))
    assert re.search(said, about), about
