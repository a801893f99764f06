"""Makes, or takes away, what lgtm's Terraform modules make: for machines that cannot fetch the AWS provider.

``python -m sandbox.provision apply|destroy --endpoint URL --manifest FILE [--services]`` prints its outputs as JSON.
Idempotent: what is there already is adopted; `destroy` takes away only what carries this module's tag. Like the real
modules, it leaves ECS services to `migrate` unless asked for them, and then makes them with a desired count of 0.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from sandbox.network import ACCESS_KEY, SECRET_KEY

TAGS = {"system": "lgtm", "managed-by": "terraform"}
WAIT_SECONDS = 120.0

COMPONENTS: list[dict[str, Any]] = [
    {"name": "mimir", "port": 8080},
    {"name": "loki", "port": 3100},
    {"name": "tempo", "port": 3200},
    {"name": "pyroscope", "port": 4040},
    {"name": "grafana", "port": 3000},
    {"name": "alloy", "port": 12345},
]


@dataclass
class Manifest:
    """What the Terraform variables are to the real modules. Unknown keys of the file are ignored."""

    vpc_id: str
    subnet_ids: list[str]
    certificate_arn: str
    region: str = "ap-northeast-2"
    cluster: str = "lgtm"
    namespace: str = "lgtm.local"
    load_balancer: str = "lgtm-alb"
    https_port: int = 8443
    deregistration_delay: int = 30
    client_keep_alive: int = 60
    log_group_prefix: str = "/ecs/lgtm"
    log_retention_days: int = 30
    discovery_ttl: int = 10
    alb_security_group: str = "lgtm-alb"
    task_security_group: str = "lgtm-tasks"
    components: list[dict[str, Any]] = field(default_factory=lambda: [dict(item) for item in COMPONENTS])
    public: dict[str, str] = field(default_factory=lambda: {"grafana": "/api/health"})
    """The components behind the load balancer, with the path of their health check."""

    @staticmethod
    def from_variables(variables: dict[str, Any]) -> Manifest:
        """Takes the keys that it knows. Throws: `ValueError` when a required one is missing."""
        known = {item.name for item in fields(Manifest)}
        missing = {"vpc_id", "subnet_ids", "certificate_arn"} - set(variables)
        if missing:
            raise ValueError(f"the manifest lacks {', '.join(sorted(missing))}")
        return Manifest(**{name: value for name, value in variables.items() if name in known and value is not None})


class Provisioner:
    """The six modules' work, in their order."""

    def __init__(self, endpoint: str, manifest: Manifest, agent: str = "terraform-stand-in") -> None:
        self._manifest = manifest
        config = Config(user_agent=agent, retries={"max_attempts": 3, "mode": "standard"})

        def client(name: str) -> Any:
            return boto3.client(
                name,
                endpoint_url=endpoint,
                region_name=manifest.region,
                aws_access_key_id=ACCESS_KEY,
                aws_secret_access_key=SECRET_KEY,
                config=config,
            )

        self._ec2, self._ecs, self._elb = client("ec2"), client("ecs"), client("elbv2")
        self._map, self._logs = client("servicediscovery"), client("logs")

    def apply(self, services: bool = False) -> dict[str, Any]:
        """Makes what is missing. Gives the outputs."""
        manifest = self._manifest
        groups = {"alb": self._group(manifest.alb_security_group), "tasks": self._group(manifest.task_security_group)}
        cluster = self._cluster()
        for component in manifest.components:
            self._log_group(f"{manifest.log_group_prefix}/{component['name']}")
        namespace, zone = self._namespace()
        discovery = {component["name"]: self._discovery(namespace, component) for component in manifest.components}
        balancer = self._balancer(groups["alb"])
        targets = {
            component["name"]: self._target_group(component)
            for component in manifest.components
            if component["name"] in manifest.public
        }
        listener = self._listener(balancer["LoadBalancerArn"], next(iter(targets.values())))
        self._wait_active(balancer["LoadBalancerArn"])
        outputs = {
            "cluster": manifest.cluster,
            "cluster_arn": cluster,
            "namespace": manifest.namespace,
            "namespace_id": namespace,
            "namespace_zone_id": zone,
            "service_ids": {name: item["Id"] for name, item in discovery.items()},
            "service_arns": {name: item["Arn"] for name, item in discovery.items()},
            "load_balancer": {
                "name": manifest.load_balancer,
                "arn": balancer["LoadBalancerArn"],
                "dns_name": balancer["DNSName"],
                "zone_id": balancer["CanonicalHostedZoneId"],
            },
            "alb_name": manifest.load_balancer,
            "alb_arn": balancer["LoadBalancerArn"],
            "alb_dns_name": balancer["DNSName"],
            "alb_zone_id": balancer["CanonicalHostedZoneId"],
            "listener_arn": listener,
            "target_group_arns": targets,
            "subnet_ids": manifest.subnet_ids,
            "security_group_ids": groups,
            "log_groups": [f"{manifest.log_group_prefix}/{item['name']}" for item in manifest.components],
        }
        if services:
            outputs["services"] = self._services(outputs)
        return outputs

    def destroy(self) -> dict[str, Any]:
        """Takes away what `apply` made, in the opposite order. Log groups are kept: they are evidence."""
        removed: list[str] = []
        manifest = self._manifest
        self._remove_services(removed)
        for item in self._balancers():
            for listener in self._elb.describe_listeners(LoadBalancerArn=item["LoadBalancerArn"])["Listeners"]:
                self._elb.delete_listener(ListenerArn=listener["ListenerArn"])
            self._elb.delete_load_balancer(LoadBalancerArn=item["LoadBalancerArn"])
            removed.append(f"load balancer {manifest.load_balancer}")
        for component in manifest.components:
            for group in self._target_groups(component["name"]):
                self._elb.delete_target_group(TargetGroupArn=group["TargetGroupArn"])
                removed.append(f"target group {group['TargetGroupName']}")
        namespace = self._find_namespace()
        if namespace is not None:
            for service in self._services_of(namespace["Id"]):
                self._retried(partial(self._map.delete_service, Id=service["Id"]), "ResourceInUse")
                removed.append(f"discovery {service['Name']}")
            self._map.delete_namespace(Id=namespace["Id"])
            removed.append(f"namespace {manifest.namespace}")
        found = self._ecs.describe_clusters(clusters=[manifest.cluster])["clusters"]
        if any(item["status"] == "ACTIVE" for item in found):
            self._retried(
                lambda: self._ecs.delete_cluster(cluster=manifest.cluster),
                "ClusterContainsServicesException",
                "ClusterContainsTasksException",
            )
            removed.append(f"cluster {manifest.cluster}")
        for name in (manifest.alb_security_group, manifest.task_security_group):
            removed += self._remove_group(name)
        return {
            "removed": removed,
            "kept": [f"{manifest.log_group_prefix}/{item['name']}" for item in manifest.components],
        }

    def _retried(self, call: Callable[[], Any], *codes: str) -> None:
        """Calls until it is no longer refused because something is still on its way out."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                call()
                return
            except ClientError as error:
                if error.response["Error"]["Code"] not in codes or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def _group(self, name: str) -> str:
        found = self._ec2.describe_security_groups(
            Filters=[{"Name": "group-name", "Values": [name]}, {"Name": "vpc-id", "Values": [self._manifest.vpc_id]}]
        )["SecurityGroups"]
        if found:
            return str(found[0]["GroupId"])
        made = self._ec2.create_security_group(
            GroupName=name,
            Description=f"{name}, of lgtm",
            VpcId=self._manifest.vpc_id,
            TagSpecifications=[{"ResourceType": "security-group", "Tags": _pairs({**TAGS, "Name": name})}],
        )
        return str(made["GroupId"])

    def _remove_group(self, name: str) -> list[str]:
        found = self._ec2.describe_security_groups(
            Filters=[
                {"Name": "group-name", "Values": [name]},
                {"Name": "tag:managed-by", "Values": [TAGS["managed-by"]]},
            ]
        )["SecurityGroups"]
        for group in found:
            self._ec2.delete_security_group(GroupId=group["GroupId"])
        return [f"security group {name}" for _ in found]

    def _cluster(self) -> str:
        found = self._ecs.describe_clusters(clusters=[self._manifest.cluster])["clusters"]
        active = [item for item in found if item["status"] == "ACTIVE"]
        if active:
            return str(active[0]["clusterArn"])
        made = self._ecs.create_cluster(
            clusterName=self._manifest.cluster,
            settings=[{"name": "containerInsights", "value": "enabled"}],
            capacityProviders=["FARGATE"],
            tags=[{"key": key, "value": value} for key, value in TAGS.items()],
        )
        return str(made["cluster"]["clusterArn"])

    def _log_group(self, name: str) -> None:
        found = self._logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        if any(item["logGroupName"] == name for item in found):
            return
        self._logs.create_log_group(logGroupName=name, tags=TAGS)
        self._logs.put_retention_policy(logGroupName=name, retentionInDays=self._manifest.log_retention_days)

    def _find_namespace(self) -> dict[str, Any] | None:
        found = self._map.list_namespaces(
            Filters=[
                {"Name": "NAME", "Values": [self._manifest.namespace]},
                {"Name": "TYPE", "Values": ["DNS_PRIVATE"]},
            ]
        )["Namespaces"]
        return found[0] if found else None

    def _namespace(self) -> tuple[str, str]:
        found = self._find_namespace()
        if found is None:
            operation = self._map.create_private_dns_namespace(
                Name=self._manifest.namespace,
                Vpc=self._manifest.vpc_id,
                CreatorRequestId="lgtm",
                Tags=_pairs(TAGS),
                Properties={"DnsProperties": {"SOA": {"TTL": 15}}},
            )["OperationId"]
            self._wait(lambda: self._map.get_operation(OperationId=operation)["Operation"]["Status"] == "SUCCESS")
            found = self._find_namespace()
        if found is None:
            raise RuntimeError("the namespace vanished while it was made")
        return found["Id"], found["Properties"]["DnsProperties"]["HostedZoneId"]

    def _services_of(self, namespace: str) -> list[dict[str, Any]]:
        pages = self._map.get_paginator("list_services").paginate(
            Filters=[{"Name": "NAMESPACE_ID", "Values": [namespace]}]
        )
        return [item for page in pages for item in page["Services"]]

    def _discovery(self, namespace: str, component: dict[str, Any]) -> dict[str, Any]:
        found = [item for item in self._services_of(namespace) if item["Name"] == component["name"]]
        if found:
            return found[0]
        made = self._map.create_service(
            Name=component["name"],
            NamespaceId=namespace,
            Tags=_pairs(TAGS),
            DnsConfig={
                "RoutingPolicy": "MULTIVALUE",
                "DnsRecords": [{"Type": "A", "TTL": self._manifest.discovery_ttl}],
            },
            HealthCheckCustomConfig={"FailureThreshold": 1},
        )
        return dict(made["Service"])

    def _balancers(self) -> list[dict[str, Any]]:
        try:
            return list(self._elb.describe_load_balancers(Names=[self._manifest.load_balancer])["LoadBalancers"])
        except ClientError as error:
            if error.response["Error"]["Code"] == "LoadBalancerNotFound":
                return []
            raise

    def _balancer(self, group: str) -> dict[str, Any]:
        found = self._balancers()
        if found:
            return found[0]
        made = self._elb.create_load_balancer(
            Name=self._manifest.load_balancer,
            Subnets=self._manifest.subnet_ids,
            SecurityGroups=[group],
            Scheme="internet-facing",
            Type="application",
            Tags=_pairs(TAGS),
        )["LoadBalancers"][0]
        self._elb.modify_load_balancer_attributes(
            LoadBalancerArn=made["LoadBalancerArn"],
            Attributes=[
                {"Key": "client_keep_alive.seconds", "Value": str(self._manifest.client_keep_alive)},
                {"Key": "routing.http.drop_invalid_header_fields.enabled", "Value": "true"},
            ],
        )
        return dict(made)

    def _target_groups(self, component: str) -> list[dict[str, Any]]:
        try:
            return list(self._elb.describe_target_groups(Names=[f"lgtm-{component}"])["TargetGroups"])
        except ClientError as error:
            if error.response["Error"]["Code"] == "TargetGroupNotFound":
                return []
            raise

    def _target_group(self, component: dict[str, Any]) -> str:
        found = self._target_groups(component["name"])
        if found:
            return str(found[0]["TargetGroupArn"])
        made = self._elb.create_target_group(
            Name=f"lgtm-{component['name']}",
            Protocol="HTTP",
            Port=component["port"],
            VpcId=self._manifest.vpc_id,
            TargetType="ip",
            HealthCheckProtocol="HTTP",
            HealthCheckPath=self._manifest.public[component["name"]],
            HealthCheckIntervalSeconds=15,
            HealthCheckTimeoutSeconds=5,
            HealthyThresholdCount=2,
            UnhealthyThresholdCount=3,
            Matcher={"HttpCode": "200"},
            Tags=_pairs(TAGS),
        )["TargetGroups"][0]["TargetGroupArn"]
        delay = str(self._manifest.deregistration_delay)
        self._elb.modify_target_group_attributes(
            TargetGroupArn=made, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": delay}]
        )
        return str(made)

    def _listener(self, balancer: str, target_group: str) -> str:
        for item in self._elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]:
            if item["Port"] == self._manifest.https_port:
                return str(item["ListenerArn"])
        made = self._elb.create_listener(
            LoadBalancerArn=balancer,
            Protocol="HTTPS",
            Port=self._manifest.https_port,
            SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06",
            Certificates=[{"CertificateArn": self._manifest.certificate_arn}],
            DefaultActions=[{"Type": "forward", "TargetGroupArn": target_group}],
            Tags=_pairs(TAGS),
        )
        return str(made["Listeners"][0]["ListenerArn"])

    def _wait_active(self, arn: str) -> None:
        def active() -> bool:
            found = self._elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]
            return bool(found["State"]["Code"] == "active")

        self._wait(active)

    @staticmethod
    def _wait(done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError("what was made did not become active")
            time.sleep(0.03)

    def _services(self, outputs: dict[str, Any]) -> list[str]:
        """ECS services at a desired count of 0, each with the newest task definition of its family."""
        made = []
        for component in self._manifest.components:
            name = component["name"]
            settings: dict[str, Any] = {
                "cluster": self._manifest.cluster,
                "serviceName": name,
                "taskDefinition": f"lgtm-{name}",
                "desiredCount": 0,
                "launchType": "FARGATE",
                "platformVersion": "1.4.0",
                "propagateTags": "SERVICE",
                "deploymentConfiguration": {
                    "minimumHealthyPercent": component.get("floor", 100),
                    "maximumPercent": component.get("ceiling", 200),
                    "deploymentCircuitBreaker": {"enable": True, "rollback": True},
                },
                "networkConfiguration": {
                    "awsvpcConfiguration": {
                        "subnets": self._manifest.subnet_ids,
                        "securityGroups": [outputs["security_group_ids"]["tasks"]],
                        "assignPublicIp": "DISABLED",
                    }
                },
                "serviceRegistries": [{"registryArn": outputs["service_arns"][name]}],
                "tags": [{"key": key, "value": value} for key, value in TAGS.items()],
            }
            if name in outputs["target_group_arns"]:
                settings["loadBalancers"] = [
                    {
                        "targetGroupArn": outputs["target_group_arns"][name],
                        "containerName": name,
                        "containerPort": component["port"],
                    }
                ]
                settings["healthCheckGracePeriodSeconds"] = 300
            found = self._ecs.describe_services(cluster=self._manifest.cluster, services=[name])["services"]
            if not any(item["status"] == "ACTIVE" for item in found):
                self._ecs.create_service(**settings)
            made.append(name)
        return made

    def _remove_services(self, removed: list[str]) -> None:
        found = self._ecs.describe_clusters(clusters=[self._manifest.cluster])["clusters"]
        if not any(item["status"] == "ACTIVE" for item in found):
            return
        for component in self._manifest.components:
            name = component["name"]
            held = self._ecs.describe_services(cluster=self._manifest.cluster, services=[name], include=["TAGS"])[
                "services"
            ]
            mine = [
                item
                for item in held
                if item["status"] == "ACTIVE"
                and {"key": "managed-by", "value": TAGS["managed-by"]} in item.get("tags", [])
            ]
            for item in mine:
                self._ecs.delete_service(cluster=self._manifest.cluster, service=item["serviceName"], force=True)
                removed.append(f"service {name}")


def _pairs(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox.provision", description=__doc__)
    parser.add_argument("verb", choices=["apply", "destroy", "manifest"])
    parser.add_argument("--endpoint", help="the sandbox's endpoint URL; only loopback is accepted")
    parser.add_argument("--manifest", type=Path, help="JSON: vpc_id, subnet_ids, certificate_arn and what else differs")
    parser.add_argument("--services", action="store_true", help="also make the ECS services, with a desired count of 0")
    given = parser.parse_args(arguments)
    try:
        variables = json.loads(given.manifest.read_text()) if given.manifest else {}
        manifest = Manifest.from_variables(variables.get("variables", variables))
        if given.verb == "manifest":
            result: dict[str, Any] = asdict(manifest)
        else:
            if not (given.endpoint or "").startswith("http://127."):
                parser.error("--endpoint must be on loopback: this module stands in for Terraform in a sandbox only")
            provisioner = Provisioner(given.endpoint, manifest)
            result = provisioner.apply(given.services) if given.verb == "apply" else provisioner.destroy()
    except (OSError, ValueError, ClientError, TimeoutError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(json.dumps(result, indent=2, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
