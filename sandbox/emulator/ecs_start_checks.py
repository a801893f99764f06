"""Whether a task's containers can be started: their images, secrets and log groups, and what the role may.

Modelled after "Stopped task error messages" and "CannotPullContainer task errors" of the ECS developer guide.
"""

from __future__ import annotations

import random
import re
from typing import Any

from sandbox.emulator import ecr, iam, volumes
from sandbox.emulator.context import Context
from sandbox.emulator.ecs_model import Task
from sandbox.standins.fleet import KINDS


class StartChecks:
    """What Fargate's agent does before it starts containers, with the words it fails with."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def problem(self, task: Task) -> str | None:
        """Why the agent cannot start the containers, in its own words."""
        role = getattr(task.definition, "execution_role_arn", None)
        for container in task.definition.container_definitions:
            problem = (
                self._image_problem(container, role)
                or self._secret_problem(container, role)
                or self._log_problem(container, role)
            )
            if problem is not None:
                task.container_reason = problem
                return problem
        return volumes.problem(task)

    def _image_problem(self, container: dict[str, Any], role: str | None) -> str | None:
        image = container["image"]
        if self._context.failures.of(container) == "pull":
            return pull_error(image, "not found")
        host, _, rest = image.partition("/")
        if host != ecr.registry_host() and ".dkr.ecr." not in host:
            return None
        name, digest = rest.split("@", 1) if "@" in rest else (rest, None)
        repository, tag = name.rsplit(":", 1) if ":" in name and digest is None else (name.split(":")[0], None)
        arn = f"arn:aws:ecr:{self._context.region}:{self._context.account}:repository/{repository}"
        for action, resource in (("ecr:GetAuthorizationToken", "*"), ("ecr:BatchGetImage", arn)):
            if role is None or not iam.allows(role, action, resource):
                return (
                    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource "
                    f"retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): "
                    f"AccessDeniedException: User: {role} is not authorized to perform: {action} on resource: "
                    f"{resource} because no identity-based policy allows the {action} action"
                )
        if not self._image_exists(repository, tag or (None if digest else "latest"), digest):
            return pull_error(image, "not found")
        return None

    def _image_exists(self, repository: str, tag: str | None, digest: str | None) -> bool:
        held = self._context.backend("ecr").repositories.get(repository)
        if held is None:
            return False
        if self._context.registry is not None:
            return ecr.find(repository, tag, digest) is not None
        return any(
            (tag is None or tag in image.image_tags) and (digest is None or digest == image.get_image_digest())
            for image in held.images
        )

    def _secret_problem(self, container: dict[str, Any], role: str | None) -> str | None:
        prefix = (
            "ResourceInitializationError: unable to pull secrets or registry auth: "
            "execution resource retrieval failed: "
        )
        for secret in container.get("secrets") or []:
            source = secret["valueFrom"]
            if ":ssm:" in source or not source.startswith("arn:"):
                name = source.split(":parameter")[-1] if ":ssm:" in source else source
                held, action = self._context.backend("ssm")._parameters, "ssm:GetParameters"
                missing = not held.get(name) and not held.get(name.lstrip("/"))
                text = f"invalid ssm parameters: {name}"
            else:
                base = ":".join(source.split(":")[:7])
                held, action = self._context.backend("secretsmanager").secrets, "secretsmanager:GetSecretValue"
                missing = not any(
                    item.arn == base or item.name == base.split(":")[-1]
                    for item in (held[key] for key in list(held.keys()))
                    if not item.is_deleted()
                )
                text = (
                    f"unable to retrieve secret from asm: service call has been retried 1 time(s): failed to "
                    f"fetch secret {source} from secrets manager: ResourceNotFoundException: Secrets Manager can't "
                    "find the specified secret."
                )
            if role is None or not iam.allows(role, action, source):
                denied = (
                    f"AccessDeniedException: User: {role} is not authorized to perform: {action} on resource: {source}"
                )
                return prefix + denied
            if missing:
                return prefix + text
        return None

    def _log_problem(self, container: dict[str, Any], role: str | None) -> str | None:
        logging_ = container.get("logConfiguration") or {}
        if logging_.get("logDriver") != "awslogs":
            return None
        options = logging_.get("options") or {}
        group = options.get("awslogs-group", "")
        start = (
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
            "failed to create Cloudwatch log stream: "
        )
        resource = f"arn:aws:logs:{self._context.region}:{self._context.account}:log-group:{group}:log-stream:x"
        if role is None or not iam.allows(role, "logs:CreateLogStream", resource):
            return start + f"AccessDeniedException: User: {role} is not authorized to perform: logs:CreateLogStream"
        held = self._context.backend("logs")
        if group not in held.groups:
            if options.get("awslogs-create-group") != "true":
                return start + "ResourceNotFoundException: The specified log group does not exist. : exit status 1"
            held.create_log_group(group, {})
        return None


def component_of(container: dict[str, Any]) -> str:
    """Which stand-in a container is: by its image's last path part, else by its name."""
    image = re.split(r"[@:]", str(container["image"]).rsplit("/", 1)[-1])[0].lower()
    name = str(container["name"]).lower()
    for known in KINDS:
        if known in (image, name) or image.endswith(f"-{known}") or name.endswith(f"-{known}"):
            return known
    return name


def pull_error(image: str, why: str) -> str:
    return (
        f"CannotPullContainerError: pull image manifest has been retried {random.randint(1, 5)} time(s): failed to "
        f"resolve ref {image}: {image}: {why}"
    )
