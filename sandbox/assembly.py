"""Puts the parts of one sandbox together, in order, and takes them apart again."""

from __future__ import annotations

import json
import logging
import os
import threading
from pathlib import Path
from typing import Any

from sandbox import scenario as worlds
from sandbox.authority import CertificateAuthority
from sandbox.clock import SandboxClock
from sandbox.control import Control
from sandbox.dns import DnsServer
from sandbox.emulator import context as shared
from sandbox.emulator.backups import mend_backups
from sandbox.emulator.balancer_metrics import BalancerMetrics
from sandbox.emulator.cloudmap_api import mend_cloud_map
from sandbox.emulator.codedeploy import mend_codedeploy
from sandbox.emulator.codepipeline import mend_codepipeline
from sandbox.emulator.commands import mend_commands
from sandbox.emulator.context import Context
from sandbox.emulator.ecr import mend_ecr
from sandbox.emulator.ecs import mend_ecs
from sandbox.emulator.ecs_capacity import mend_autoscaling
from sandbox.emulator.ecs_engine import EcsEngine
from sandbox.emulator.elbv2 import mend_elbv2
from sandbox.emulator.iam import mend_iam
from sandbox.emulator.load_balancer import LoadBalancers
from sandbox.emulator.machines import Machines, mend_ec2
from sandbox.emulator.pipeline_actions import mend_codebuild
from sandbox.emulator.protections import mend_protections
from sandbox.emulator.quotas import FargateUsage, mend_quotas
from sandbox.emulator.restores import mend_restores
from sandbox.emulator.route53 import mend_route53
from sandbox.emulator.secrets import mend_secrets
from sandbox.emulator.volumes import mend_volumes
from sandbox.gateway import Credentials, Endpoint, Gateway
from sandbox.http_server import IoLoop
from sandbox.network import ACCESS_KEY, HTTPS_PORT, SECRET_KEY, choose_plan
from sandbox.powerdns import PowerDnsBackend
from sandbox.registry import Registry
from sandbox.standins.fleet import Fleet

log = logging.getLogger("sandbox")


class Sandbox:
    """One world in one process."""

    def __init__(self, state: Path, scale: float, scenario: str, without: set[str]) -> None:
        self._state, self._name, self._without = state, scenario, without
        self._scenario = worlds.load(scenario)
        self.ready_file = state / "sandbox.json"
        self.ready_file.unlink(missing_ok=True)
        self.context = Context(SandboxClock(scale), choose_plan(), CertificateAuthority(state), IoLoop())
        shared.install(self.context)
        self.context.fleet = Fleet(self.context, self._scenario.BUCKET)
        self.context.fleet.kinds |= getattr(self._scenario, "STANDINS", {})
        self.context.load_balancers = LoadBalancers(self.context)
        self.context.ecs = EcsEngine(self.context)
        self.context.machines = Machines(self.context)
        self._mend()
        self._description: dict[str, Any] = {}
        control = Control(self.context, lambda: self._description)
        credentials = Credentials(ACCESS_KEY, SECRET_KEY, self.context)
        self.gateway = Gateway(self.context, control, credentials, check="signatures" not in without)
        control.gateway = self.gateway
        self.endpoint = Endpoint(self.gateway, "127.0.0.1", 0)
        self.context.endpoint = self.endpoint.url
        network = self.context.network
        self.powerdns = PowerDnsBackend(self.context)
        self.dns = [DnsServer(address, network.dns_port, number) for number, address in enumerate(network.name_servers)]

    @staticmethod
    def _mend() -> None:
        mend_route53()
        mend_protections()
        mend_ec2()
        mend_ecs()
        mend_ecr()
        mend_elbv2()
        mend_iam()
        mend_cloud_map()
        mend_secrets()
        mend_commands()
        mend_codedeploy()
        mend_codepipeline()
        mend_backups()
        mend_quotas()
        mend_autoscaling()
        mend_codebuild()
        mend_restores()
        mend_volumes()

    def start(self) -> None:
        """Starts everything; writes the ready file when all of it answers."""
        if "registry" not in self._without and Registry.installed():
            self.context.registry = Registry(self._state)
            self.context.registry.start()
        self.context.io.start()
        self.endpoint.start()
        self.context.timekeeper.start()
        variables = self._scenario.seed(self.context, self.endpoint.url)
        for server in self.dns:
            server.start()
        self.powerdns.begin()
        for part in (self.context.machines, self.context.load_balancers, self.context.ecs, self.context.fleet):
            part.begin()
        BalancerMetrics(self.context).begin()
        FargateUsage(self.context).begin()
        if self.context.registry is not None:
            self.context.registry.wait()
        self._describe(variables)
        if "terraform" in self._without:
            self._provision()
        threading.Thread(target=self._warm_up, name="warm-up", daemon=True).start()
        self._publish()

    def stop(self) -> None:
        """Stops everything, children by their own pids."""
        self.ready_file.unlink(missing_ok=True)
        for step in (
            self.context.timekeeper.stop,
            self.endpoint.stop,
            *[server.stop for server in self.dns],
            self.context.registry.stop if self.context.registry else lambda: None,
            self.context.network.claim.close,
        ):
            try:
                step()
            except Exception:
                log.exception("a part could not be stopped")

    def _describe(self, variables: dict[str, Any]) -> None:
        context, registry = self.context, self.context.registry
        servers = [f"{address}:{context.network.dns_port}" for address in context.network.name_servers]
        addresses = {
            "old": context.network.old(10),
            "old_backend": context.network.old(11),
            "load_balancer": context.network.first_load_balancer,
        }
        # Exactly what the runbook declares: its reader refuses a variable that it does not know.
        extra = {
            "dns_servers": servers,
            "ca_file": str(context.authority.ca_file),
            "registry": registry.address if registry else "",
        }
        self._description = {
            "pid": os.getpid(),
            "scenario": self._name,
            "endpoint": self.endpoint.url,
            "control": f"{self.endpoint.url}/sandbox",
            "dns": servers,
            "powerdns": self.powerdns.url,
            "ca_file": str(context.authority.ca_file),
            "registry": {"host": registry.host, "port": registry.port} if registry else None,
            "host": self._scenario.HOST,
            "addresses": addresses,
            "https_port": HTTPS_PORT,
            "region": context.region,
            "account": context.account,
            "scale": context.clock.scale,
            "environment": {
                "AWS_ENDPOINT_URL": self.endpoint.url,
                "AWS_ACCESS_KEY_ID": ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
                "AWS_REGION": context.region,
                "AWS_DEFAULT_REGION": context.region,
                "MIGRATE_TIME_SCALE": f"{context.clock.scale:g}",
                **self._scenario.ENVIRONMENT,
            },
            "variables": {**variables, **extra},
        }

    def _provision(self) -> None:
        from sandbox import provision

        manifest = provision.Manifest.from_variables(self._description["variables"])
        found = provision.Provisioner(self.endpoint.url, manifest, agent="seed").apply()
        self._description["terraform"] = found

    def _publish(self) -> None:
        """Writes the ready file in one piece."""
        text = json.dumps(self._description, indent=2) + "\n"
        temporary = self.ready_file.with_suffix(".tmp")
        temporary.write_text(text)
        temporary.rename(self.ready_file)

    def _warm_up(self) -> None:
        """Builds the applications of the services that a rehearsal calls, so that no first call is slow."""
        from moto.core.utils import get_service_model

        for name in (
            "ecr",
            "ecs",
            "elbv2",
            "servicediscovery",
            "iam",
            "secretsmanager",
            "ssm",
            "logs",
            "sts",
            "route53",
            "application-autoscaling",
            "sns",
        ):
            get_service_model(name)
