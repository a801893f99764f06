"""Makes, or takes away, the services with no tasks: what the ecs module does in production.

    python services.py apply|destroy --endpoint URL --manifest FILE

A service cannot be made without a revision of its task definition, so each family gets a first one here. No task ever runs
it, since the services begin with a desired count of 0. A family that has a revision is left alone.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from sandbox.network import ACCESS_KEY, SECRET_KEY
from sandbox.provision import TAGS, Manifest, Provisioner

IMAGE = "public.ecr.aws/docker/library/busybox:1.37.0-musl"
MARK = [{"key": key, "value": value} for key, value in {**TAGS, "purpose": "bootstrap"}.items()]


def families(manifest: Manifest) -> dict[str, dict[str, Any]]:
    """Components by their family."""
    return {f"lgtm-{component['name']}": component for component in manifest.components}


def register(ecs: Any, manifest: Manifest) -> list[str]:
    """Gives each family that has no revision its first one."""
    made = []
    for family, component in families(manifest).items():
        if ecs.list_task_definitions(familyPrefix=family, status="ACTIVE")["taskDefinitionArns"]:
            continue
        answer = ecs.register_task_definition(
            family=family,
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            containerDefinitions=[
                {
                    "name": component["name"],
                    "image": IMAGE,
                    "essential": True,
                    "portMappings": [{"containerPort": component["port"], "protocol": "tcp"}],
                }
            ],
            tags=MARK,
        )
        made.append(answer["taskDefinition"]["taskDefinitionArn"])
    return made


def deregister(ecs: Any, manifest: Manifest) -> list[str]:
    """Takes away the revisions that `register` made, and no other."""
    gone = []
    for family in families(manifest):
        for arn in ecs.list_task_definitions(familyPrefix=family, status="ACTIVE")["taskDefinitionArns"]:
            tags = ecs.describe_task_definition(taskDefinition=arn, include=["TAGS"]).get("tags", [])
            if all(tag in tags for tag in MARK):
                ecs.deregister_task_definition(taskDefinition=arn)
                gone.append(arn)
    return gone


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["apply", "destroy"])
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--manifest", type=Path, required=True)
    given = parser.parse_args()
    if not given.endpoint.startswith("http://127."):
        parser.error("--endpoint must be on loopback")
    manifest = Manifest.from_variables(json.loads(given.manifest.read_text()))
    ecs = boto3.client(
        "ecs",
        endpoint_url=given.endpoint,
        region_name=manifest.region,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=Config(user_agent="terraform-stand-in"),
    )
    if given.verb == "destroy":
        print(json.dumps(deregister(ecs, manifest), indent=2))
        return
    register(ecs, manifest)
    made = Provisioner(given.endpoint, manifest).apply(services=True)
    print(json.dumps(made["services"], indent=2))


if __name__ == "__main__":
    main()
