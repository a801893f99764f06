"""Load balancers that really forward: one reverse proxy a listener, health by real probes of the targets."""

from __future__ import annotations

import asyncio
import logging
import random
import ssl
from dataclasses import dataclass, field
from typing import Any

from sandbox.emulator.context import Context
from sandbox.emulator.health_check import ask, check_of
from sandbox.emulator.listener_rules import forwards, holds, led, page, redirect
from sandbox.http_server import HttpError, Listener, Request, Response, fetch

log = logging.getLogger("sandbox.load_balancer")

PROBE_LEAST_REAL = 0.05
"""Wall-clock seconds between two probes of a target, at least."""

CONNECT_TIMEOUT_REAL = 10.0

HOP_HEADERS = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "upgrade",
    "proxy-connection",
    "te",
    "trailer",
    "content-length",
}


@dataclass
class TargetHealth:
    """What probing has shown of one target."""

    state: str = "initial"
    reason: str | None = "Elb.RegistrationInProgress"
    description: str | None = "Target registration is in progress"
    good: int = 0
    bad: int = 0
    probing: bool = False
    next_probe: float = 0.0
    forced: bool = False
    draining_since: float | None = None


@dataclass(frozen=True)
class TargetGroupView:
    """A target group as the proxy sees it: refreshed under the lock, read without it."""

    arn: str
    protocol: str
    targets: tuple[tuple[str, int], ...]


@dataclass
class Balancer:
    """The stand-in of one load balancer."""

    arn: str
    name: str
    dns_name: str
    address: str
    owner: LoadBalancers
    listeners: dict[str, tuple[Listener, str]] = field(default_factory=dict)
    rules: dict[str, list[tuple[list[dict[str, Any]], list[dict[str, Any]]]]] = field(default_factory=dict)
    requests: int = 0
    errors: dict[int, int] = field(default_factory=dict)
    by_target: dict[str, int] = field(default_factory=dict)
    by_group: dict[str, int] = field(default_factory=dict)
    target_errors: int = 0
    turn: int = 0

    @property
    def own_errors(self) -> int:
        """The 5xx answers that the balancer gave by itself."""
        return sum(self.errors.values()) - self.target_errors

    def has_healthy_target(self) -> bool:
        """Whether any target group behind any rule has a healthy target."""
        arns = {arn for rules in self.rules.values() for _, actions in rules for arn in led(actions)}
        return any(self.owner.healthy(arn) for arn in arns)

    async def serve(self, listener: str, request: Request) -> Response:
        """One request, by the first rule that matches."""
        self.requests += 1
        response = await self._answer(listener, request)
        if response.status >= 500:
            self.errors[response.status] = self.errors.get(response.status, 0) + 1
        return response

    async def _answer(self, listener: str, request: Request) -> Response:
        for conditions, actions in self.rules.get(listener, []):
            if not all(holds(condition, request) for condition in conditions):
                continue
            action = actions[-1]
            kind = action["Type"]
            if kind == "fixed-response":
                fixed = action["FixedResponseConfig"]
                return Response(
                    int(fixed["StatusCode"]),
                    str(fixed.get("MessageBody", "")).encode(),
                    fixed.get("ContentType", "text/plain"),
                )
            if kind == "redirect":
                return redirect(action["RedirectConfig"], request, self.listeners[listener][0].port)
            return await self._forward(actions, request)
        return page(503, "Service Temporarily Unavailable")

    async def _forward(self, actions: list[dict[str, Any]], request: Request) -> Response:
        groups = [(arn, weight) for arn, weight in forwards(actions) if weight > 0]
        if not groups:
            return page(503, "Service Temporarily Unavailable")
        arn = random.choices([arn for arn, _ in groups], [weight for _, weight in groups])[0]
        targets = self.owner.routable(arn)
        if not targets:
            return page(503, "Service Temporarily Unavailable")
        self.turn += 1
        self.by_group[arn] = self.by_group.get(arn, 0) + 1
        address, port = targets[self.turn % len(targets)]
        headers = {name: value for name, value in request.headers.items() if name not in HOP_HEADERS}
        headers["x-forwarded-for"] = ", ".join(filter(None, [headers.get("x-forwarded-for"), request.client]))
        headers["x-forwarded-proto"] = request.scheme
        try:
            answer = await fetch(
                address, port, request.target, request.method, headers, request.body, CONNECT_TIMEOUT_REAL
            )
        except asyncio.TimeoutError:
            return page(504, "Gateway Time-out")
        except (OSError, HttpError):
            return page(502, "Bad Gateway")
        self.by_target[f"{address}:{port}"] = self.by_target.get(f"{address}:{port}", 0) + 1
        self.target_errors += 1 if answer.status >= 500 else 0
        kept = {name: value for name, value in answer.headers.items() if name not in HOP_HEADERS | {"content-type"}}
        return Response(answer.status, answer.body, answer.headers.get("content-type", "text/plain"), kept)


class LoadBalancers:
    """Keeps the proxies and the probes in step with moto's load balancers."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._balancers: dict[str, Balancer] = {}
        self._views: dict[str, TargetGroupView] = {}
        self.health: dict[tuple[str, str, int], TargetHealth] = {}
        self._contexts: dict[str, ssl.SSLContext] = {}
        self.unserved: dict[str, str] = {}

    def begin(self) -> None:
        self._context.timekeeper.every(1, PROBE_LEAST_REAL, self.refresh)

    @property
    def all(self) -> list[Balancer]:
        return list(self._balancers.values())

    def by_name(self, name: str) -> Balancer | None:
        """The load balancer with this DNS name; `dualstack.` before it is allowed, as consoles put it there."""
        wanted = name.rstrip(".").lower().removeprefix("dualstack.")
        return next((item for item in list(self._balancers.values()) if item.dns_name.lower() == wanted), None)

    def healthy(self, group: str) -> bool:
        return any(key[0] == group and item.state == "healthy" for key, item in list(self.health.items()))

    def routable(self, group: str) -> list[tuple[str, int]]:
        """The targets that get requests: the healthy ones, or all when every one is unhealthy (an ALB fails open)."""
        view = self._views.get(group)
        if view is None:
            return []
        states = {target: self.health.get((group, *target)) for target in view.targets}
        healthy = [target for target, item in states.items() if item and item.state == "healthy"]
        if healthy:
            return healthy
        return [target for target, item in states.items() if item and item.state == "unhealthy"]

    def refresh(self) -> None:
        """Takes over what moto's state says now. Called under the lock."""
        backend = self._context.backend("elbv2")
        for arn in [arn for arn in self._balancers if arn not in backend.load_balancers]:
            self._remove(arn)
        for arn, item in backend.load_balancers.items():
            if arn not in self._balancers:
                address = self._context.network.load_balancer()
                self._balancers[arn] = Balancer(arn, item.name, item.dns_name, address, self)
            self._refresh_listeners(self._balancers[arn], item)
        self._views = {arn: _view(group) for arn, group in backend.target_groups.items()}
        self._refresh_health(backend)

    def _remove(self, arn: str) -> None:
        balancer = self._balancers.pop(arn)
        for listener, _ in balancer.listeners.values():
            self._context.io.run(listener.stop())
        self._context.network.release_load_balancer(balancer.address)

    def _refresh_listeners(self, balancer: Balancer, item: Any) -> None:
        for arn in [arn for arn in balancer.listeners if arn not in item.listeners]:
            listener, _ = balancer.listeners.pop(arn)
            balancer.rules.pop(arn, None)
            self._context.io.run(listener.stop())
        for arn, given in item.listeners.items():
            rules = sorted(given._non_default_rules.values(), key=lambda rule: int(rule.priority))
            table = [(rule.conditions, [action.data for action in rule.actions]) for rule in rules]
            table.append(([], [action.data for action in given.default_actions]))
            balancer.rules[arn] = table
            certificate = given.certificate or ""
            known = balancer.listeners.get(arn)
            if known is not None and (known[0].port != int(given.port) or known[1] != certificate):
                self._context.io.run(known[0].stop())
                known = None
            if known is None and arn not in self.unserved:
                self._open(balancer, arn, given, certificate)

    def _open(self, balancer: Balancer, arn: str, given: Any, certificate: str) -> None:
        port = int(given.port)
        if port < 1024:
            self.unserved[arn] = f"port {port} is privileged: the sandbox serves unprivileged ports only"
            log.warning("listener %s: %s", arn, self.unserved[arn])
            return
        tls = self._tls(certificate) if given.protocol == "HTTPS" else None

        async def handler(request: Request) -> Response:
            return await balancer.serve(arn, request)

        listener = Listener(balancer.address, port, handler, tls)
        try:
            self._context.io.run(listener.start())
        except OSError as error:
            self.unserved[arn] = str(error)
            log.warning("listener %s: %s", arn, error)
            return
        balancer.listeners[arn] = (listener, certificate)

    def _tls(self, certificate_arn: str) -> ssl.SSLContext:
        """Serves a certificate of our authority for the names that the ACM certificate carries."""
        if certificate_arn not in self._contexts:
            held = self._context.backend("acm")._certificates.get(certificate_arn)
            names = [held.common_name, *held.sans] if held else ["localhost"]
            self._contexts[certificate_arn] = self._context.authority.server_context(list(dict.fromkeys(names)))
        return self._contexts[certificate_arn]

    def _refresh_health(self, backend: Any) -> None:
        in_use = {
            arn
            for balancer in self._balancers.values()
            for rules in balancer.rules.values()
            for _, actions in rules
            for arn in led(actions)
        }
        wanted = {(arn, *target) for arn, view in self._views.items() for target in view.targets}
        for key in list(self.health):
            item = self.health[key]
            if key in wanted:
                if item.draining_since is not None:
                    self.health[key] = TargetHealth()
                continue
            if key[0] not in self._views:
                del self.health[key]
                continue
            self._drain(key, item, backend.target_groups[key[0]])
        for key in wanted:
            item = self.health.setdefault(key, TargetHealth())
            group = backend.target_groups[key[0]]
            if key[0] not in in_use:
                item.state, item.reason = "unused", "Target.NotInUse"
                item.description = "Target group is not configured to receive traffic from the load balancer"
                continue
            if item.state == "unused":
                self.health[key] = item = TargetHealth()
            self._probe_when_due(key, item, group)

    def _drain(self, key: tuple[str, str, int], item: TargetHealth, group: Any) -> None:
        if item.draining_since is None:
            item.draining_since = self._context.clock.instant()
            item.state, item.reason = "draining", "Target.DeregistrationInProgress"
            item.description = "Target deregistration is in progress"
        delay = float(group.attributes.get("deregistration_delay.timeout_seconds", 300))
        if self._context.clock.elapsed(item.draining_since) >= delay:
            del self.health[key]

    def _lets_in(self, group: str, address: str, port: int) -> bool:
        """Whether the security groups of the task at `address` let the balancers of `group` in. Others always do."""
        context = self._context
        with context.lock:
            ecs = context.backend("ecs")
            found = [task for held in ecs.tasks.values() for task in held.values() if task.address == address]
            task = next((one for one in found if one.alive), None)
            if task is None or not task.network.get("securityGroups"):
                return True
            arns = context.backend("elbv2").target_groups[group].load_balancer_arns
            held = context.backend("elbv2").load_balancers
            callers = {one for arn in arns if arn in held for one in held[arn].security_groups}
            groups = [context.backend("ec2").get_security_group_from_id(one) for one in task.network["securityGroups"]]
            return not callers or any(
                _covers(rule, port, callers) for one in groups if one is not None for rule in one.ingress_rules
            )

    def _probe_when_due(self, key: tuple[str, str, int], item: TargetHealth, group: Any) -> None:
        now = self._context.clock.instant()
        if item.probing or now < item.next_probe:
            return
        item.probing = True
        pause = self._context.clock.real(float(group.health_check_interval_seconds))
        # A new target is probed at once, as an ALB does it.
        quick = item.state == "initial"
        item.next_probe = now + max(min(pause, self._context.clock.real(5)) if quick else pause, PROBE_LEAST_REAL)
        self._context.io.spawn(self._probe(key, item, check_of(group, key)))

    async def _probe(self, key: tuple[str, str, int], item: TargetHealth, check: dict[str, Any]) -> None:
        try:
            # Packets that no rule lets in are dropped, not refused: all that the probe sees is time.
            shut = not await asyncio.to_thread(self._lets_in, key[0], key[1], check["port"])
            problem = ("Target.Timeout", "Request timed out") if shut else await ask(check)
        finally:
            item.probing = False
        if item.draining_since is not None:
            return
        if item.forced:
            problem = ("Target.ResponseCodeMismatch", "Health checks failed with these codes: [503]")
        if problem is None:
            item.good, item.bad = item.good + 1, 0
            if item.state == "initial" or item.good >= check["healthy"]:
                item.state, item.reason, item.description = "healthy", None, None
            return
        item.good, item.bad = 0, item.bad + 1
        if item.bad >= check["unhealthy"]:
            item.state, (item.reason, item.description) = "unhealthy", problem


def _covers(rule: Any, port: int, callers: set[str]) -> bool:
    """Whether a rule lets one of the groups `callers` in at `port`. A rule for addresses covers the balancer's, too."""
    if str(rule.ip_protocol) not in ("-1", "tcp"):
        return False
    ports = str(rule.ip_protocol) == "-1" or int(rule.from_port) <= port <= int(rule.to_port)
    return ports and (rule.source_group.get("GroupId") in callers or bool(rule.ip_range))


def _view(group: Any) -> TargetGroupView:
    targets = tuple((target["Id"], int(target.get("Port") or group.port)) for target in group.targets.values())
    return TargetGroupView(group.arn, group.protocol, targets)
