"""The control API under `/sandbox` of the endpoint: look at the world, and break it on purpose.

Every body and answer is JSON. `GET /sandbox` lists what there is.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from sandbox.emulator import batches, records, route53
from sandbox.emulator.context import Context
from sandbox.emulator.failures import Failure
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.gateway import Answer, Gateway

log = logging.getLogger("sandbox.control")

Arguments = dict[str, Any]


class ControlError(Exception):
    """A request that makes no sense, with the reason."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


class Control:
    """Routes and their handlers. `gateway` is set once there is one."""

    gateway: Gateway

    def __init__(self, context: Context, ready: Callable[[], dict[str, Any]]) -> None:
        self._context = context
        self._ready = ready
        self.world = World(context)
        self._routes: dict[tuple[str, str], tuple[Callable[[Arguments], Any], str]] = {
            ("GET", "/sandbox"): (self._index, "this list"),
            ("GET", "/sandbox/ready"): (lambda _: self._ready(), "what sandbox.json says"),
            ("GET", "/sandbox/world"): (
                self._world,
                "declared attributes of everything; ?without=a,b leaves sections out",
            ),
            ("GET", "/sandbox/calls"): (self._calls, "mutating calls; ?all=1, ?service=, ?after=NUMBER, ?seed=1"),
            ("DELETE", "/sandbox/calls"): (self._clear_calls, "forget the calls so far"),
            ("GET", "/sandbox/processes"): (self._processes, "every stand-in with its clients and unflushed signals"),
            ("GET", "/sandbox/load-balancers"): (self._balancers, "each load balancer's address, requests and errors"),
            ("POST", "/sandbox/faults"): (
                self._fault,
                "{service, operation, times, status, code, message, after, hold, pause}",
            ),
            ("DELETE", "/sandbox/faults"): (self._clear_faults, "no more injected errors"),
            ("POST", "/sandbox/credentials"): (self._credentials, "{expired: true|false, key: one access key alone}"),
            ("GET", "/sandbox/time"): (lambda _: {"paused": self._context.timekeeper.paused}, "whether it is paused"),
            ("POST", "/sandbox/time"): (self._time, "{paused: bool}: nothing becomes due while it is"),
            ("POST", "/sandbox/targets"): (self._target, "{target: address, healthy: true|false}"),
            ("POST", "/sandbox/components"): (
                self._component,
                "{component, side, address, fail: 503|null, path, ready: bool, ring: LEAVING|null, "
                "ignore_younger: seconds, forgets_younger: seconds}",
            ),
            ("POST", "/sandbox/programs"): (self._program, "{program, status: number|null}: fails on every instance"),
            ("POST", "/sandbox/images"): (
                self._image,
                "{component, failure: pull|crash|oom|unhealthy|erring|capacity|null, image: a pattern}",
            ),
            ("POST", "/sandbox/tasks/stop"): (self._stop_task, "{task: id or arn, or component, reason}"),
            ("POST", "/sandbox/records"): (self._record, "{zone, changes: [Change…]}: a stranger's edit"),
            ("POST", "/sandbox/propagation"): (self._propagation, "{held}: changes of DNS spread nowhere, until let go"),
            ("POST", "/sandbox/names"): (self._name, "{name, hidden: bool}: DNS forgets a name"),
            ("POST", "/sandbox/flush"): (self._flush, "{side, component}: write what is in memory to the bucket"),
        }

    def __call__(self, method: str, target: str, body: bytes) -> Answer:
        parts = urlsplit(target)
        route = self._routes.get((method, parts.path.rstrip("/") or "/"))
        try:
            if route is None:
                raise ControlError(f"no {method} {parts.path}; GET /sandbox lists what there is", 404)
            arguments: Arguments = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            if body:
                given = json.loads(body)
                if not isinstance(given, dict):
                    raise ControlError("the body is not a JSON object")
                arguments |= given
            with self._context.lock:
                status, value = 200, route[0](arguments)
        except ControlError as error:
            status, value = error.status, {"error": str(error)}
        except (ValueError, KeyError, TypeError) as error:
            status, value = 400, {"error": f"{type(error).__name__}: {error}"}
        except Exception as error:
            log.exception("%s %s failed", method, target)
            status, value = 500, {"error": f"{type(error).__name__}: {error}"}
        text = json.dumps(value, indent=1, sort_keys=True, default=str) + "\n"
        return status, [("Content-Type", "application/json")], text.encode()

    def _index(self, _: Arguments) -> Any:
        return [{"method": method, "path": path, "about": about} for (method, path), (_, about) in self._routes.items()]

    def _world(self, arguments: Arguments) -> Any:
        without = set(filter(None, str(arguments.get("without", "")).split(",")))
        return self.world.snapshot(without)

    def _calls(self, arguments: Arguments) -> Any:
        return self.gateway.calls.report(
            "all" not in arguments, arguments.get("service"), int(arguments.get("after", 0)), "seed" in arguments
        )

    def _clear_calls(self, _: Arguments) -> Any:
        self.gateway.calls.clear()
        return {}

    def _processes(self, _: Arguments) -> Any:
        fleet = self._context.fleet
        return [
            {
                "component": service.component,
                "side": service.side.name,
                "address": service.address,
                "ready": service.ready,
                "fault": service.fault,
                "requests": service.requests,
                "unflushed": service.store.unflushed,
                "storage_error": service.store.last_error,
                "clients": fleet.connections(service),
            }
            for service in fleet.services
        ]

    def _balancers(self, _: Arguments) -> Any:
        return [
            {
                "name": item.name,
                "dns_name": item.dns_name,
                "address": item.address,
                "requests": item.requests,
                "errors": {str(status): count for status, count in item.errors.items()},
                "by_target": item.by_target,
                "ports": sorted(listener.port for listener, _ in item.listeners.values()),
            }
            for item in self._context.load_balancers.all
        ]

    def _fault(self, arguments: Arguments) -> Any:
        from sandbox.gateway import Fault

        self.gateway.faults.append(Fault(**arguments))
        return {"faults": len(self.gateway.faults)}

    def _clear_faults(self, _: Arguments) -> Any:
        fired = [{**fault.__dict__} for fault in self.gateway.faults]
        for fault in self.gateway.faults:
            fault.released.set()
        self.gateway.faults.clear()
        return {"were": fired}

    def _credentials(self, arguments: Arguments) -> Any:
        expired, key = bool(arguments["expired"]), arguments.get("key")
        if key is None:
            self.gateway.credentials_expired = expired
        elif expired:
            self.gateway.expired_keys.add(str(key))
        else:
            self.gateway.expired_keys.discard(str(key))
        return {"expired": self.gateway.credentials_expired, "keys": sorted(self.gateway.expired_keys)}

    def _time(self, arguments: Arguments) -> Any:
        self._context.timekeeper.pause(bool(arguments["paused"]))
        return {"paused": bool(arguments["paused"])}

    def _target(self, arguments: Arguments) -> Any:
        changed = 0
        for (_, address, _), health in self._context.load_balancers.health.items():
            if address == arguments["target"]:
                health.forced = not arguments["healthy"]
                health.next_probe = 0.0
                changed += 1
        if not changed:
            raise ControlError(f"no target {arguments['target']}", 404)
        return {"targets": changed}

    def _component(self, arguments: Arguments) -> Any:
        chosen = [
            service
            for service in self._context.fleet.services
            if service.component == arguments["component"]
            and arguments.get("side", service.side.name) == service.side.name
            and arguments.get("address", service.address) == service.address
        ]
        if not chosen:
            raise ControlError("no such process runs", 404)
        for service in chosen:
            if "fail" in arguments:
                service.fault = arguments["fail"]
                service.fault_path, service.spared_path = arguments.get("path", "/"), None
            if "ready" in arguments:
                service.not_ready = not arguments["ready"]
            if "ignore_younger" in arguments:
                service.store.ignore_younger = float(arguments["ignore_younger"])
            if "forgets_younger" in arguments:
                service.store.forgets_younger = float(arguments["forgets_younger"])
            if "ring" in arguments:
                for member in service.side.members[service.component]:
                    if member.address == service.address:
                        member.state = arguments["ring"]
        return {"processes": len(chosen)}

    def _program(self, arguments: Arguments) -> Any:
        failing = self._context.fleet.failing_programs
        failing.pop(arguments["program"], None)
        if arguments.get("status") is not None:
            failing[arguments["program"]] = int(arguments["status"])
        return {"failing": failing}

    def _image(self, arguments: Arguments) -> Any:
        kind = arguments.get("failure")
        failure = Failure(kind, arguments.get("image", ".*")) if kind else None
        try:
            return {"failures": self._context.failures.say(arguments["component"], failure)}
        except ValueError as error:
            raise ControlError(str(error)) from error

    def _stop_task(self, arguments: Arguments) -> Any:
        reason = arguments.get("reason", "Host retirement: the underlying hardware is being retired")
        stopped = self._context.ecs.life.stop_from_outside(arguments.get("task"), arguments.get("component"), reason)
        if not stopped:
            raise ControlError("no such task runs", 404)
        return {"stopped": stopped}

    def _record(self, arguments: Arguments) -> Any:
        name = records.absolute(arguments["zone"]) if not arguments["zone"].startswith("Z") else arguments["zone"]
        zone = next((item for item in route53.zones() if name in (records.absolute(item.name), item.resource_id)), None)
        if zone is None:
            raise ControlError(f"no zone {arguments['zone']}", 404)
        try:
            after = batches.apply_batch(
                records.absolute(zone.name), route53.table.history(zone).newest, arguments["changes"]
            )
        except batches.BatchRefused as refusal:
            raise ControlError(str(refusal)) from refusal
        route53.write(zone, after)
        return {"change": route53.table.change("a stranger's edit").id}

    def _propagation(self, arguments: Arguments) -> Any:
        route53.table.hold(bool(arguments["held"]))
        return {"held": arguments["held"]}

    def _name(self, arguments: Arguments) -> Any:
        hidden = self._context.hidden_names
        (hidden.add if arguments["hidden"] else hidden.discard)(records.absolute(arguments["name"]))
        return {"hidden": sorted(hidden)}

    def _flush(self, arguments: Arguments) -> Any:
        sides = [arguments["side"]] if "side" in arguments else ["old", "new"]
        flushed = 0
        for side in sides:
            for component, store in self._context.fleet.sides[side].stores.items():
                if arguments.get("component", component) == component:
                    flushed += store.flush()
        return {"flushed": flushed}
