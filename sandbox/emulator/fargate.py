"""What Fargate accepts: sizes and the rules of a task definition.

Modelled after "Task definition parameters for Fargate" (task size) of the ECS developer guide.
"""

from __future__ import annotations

from typing import Any

from sandbox.emulator.mend import AwsError


def _gigabytes(first: int, last: int, step: int = 1) -> set[int]:
    return {size * 1024 for size in range(first, last + 1, step)}


SIZES: dict[int, set[int]] = {
    256: {512, 1024, 2048},
    512: _gigabytes(1, 4),
    1024: _gigabytes(2, 8),
    2048: _gigabytes(4, 16),
    4096: _gigabytes(8, 30),
    8192: _gigabytes(16, 60, 4),
    16384: _gigabytes(32, 120, 8),
}
"""MiB of memory that each number of CPU units may have."""

STOP_TIMEOUT_LIMIT = 120


def check(given: dict[str, Any]) -> None:
    """Refuses a task definition that Fargate would not run. Throws: `AwsError` ClientException."""
    containers = given.get("containerDefinitions") or []
    if not containers:
        raise _refuse("Container list cannot be empty.")
    names = [container.get("name") for container in containers]
    if len(set(names)) != len(names):
        raise _refuse("Container names must be unique.")
    if not any(container.get("essential", True) for container in containers):
        raise _refuse("At least one container must be marked essential.")
    if "FARGATE" not in (given.get("requiresCompatibilities") or []):
        return
    if given.get("networkMode") != "awsvpc":
        raise _refuse("Fargate only supports network mode ‘awsvpc’.")
    _check_size(given)
    for container in containers:
        _check_container(container, given)


def _check_size(given: dict[str, Any]) -> None:
    for name in ("cpu", "memory"):
        if not given.get(name):
            raise _refuse(f"Fargate requires that '{name}' be defined at the task level.")
    cpu, memory = _cpu_units(str(given["cpu"])), _memory_units(str(given["memory"]))
    if memory not in SIZES.get(cpu, set()):
        raise _refuse(
            f"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS "
            "documentation for the valid values."
        )


def _cpu_units(text: str) -> int:
    cleaned = text.lower().replace("vcpu", "").strip()
    try:
        return int(float(cleaned) * 1024) if "vcpu" in text.lower() or "." in cleaned else int(cleaned)
    except ValueError as error:
        raise _refuse(f"Invalid 'cpu' setting for task: {text}") from error


def _memory_units(text: str) -> int:
    cleaned = text.lower().replace("gb", "").strip()
    try:
        return int(float(cleaned) * 1024) if "gb" in text.lower() else int(cleaned)
    except ValueError as error:
        raise _refuse(f"Invalid 'memory' setting for task: {text}") from error


def _check_container(container: dict[str, Any], given: dict[str, Any]) -> None:
    name = container.get("name")
    if int(container.get("stopTimeout") or 0) > STOP_TIMEOUT_LIMIT:
        raise _refuse(
            f"Invalid setting for container '{name}'. stopTimeout must be at most {STOP_TIMEOUT_LIMIT} seconds "
            "on Fargate."
        )
    for mapping in container.get("portMappings") or []:
        if mapping.get("hostPort") not in (None, 0, mapping["containerPort"]):
            raise _refuse("When networkMode=awsvpc, the host ports and container ports in port mappings must match.")
    if container.get("privileged"):
        raise _refuse("Fargate tasks do not support privileged containers.")
    logging = (container.get("logConfiguration") or {}).get("logDriver")
    if (logging == "awslogs" or container.get("secrets")) and not given.get("executionRoleArn"):
        wanted = "log driver awslogs" if logging == "awslogs" else "secrets"
        raise _refuse(f"Fargate requires task definition to have execution role ARN to support {wanted}.")
    if ".dkr.ecr." in str(container.get("image")) and not given.get("executionRoleArn"):
        raise _refuse("Fargate requires task definition to have execution role ARN to support ECR images.")


def _refuse(message: str) -> AwsError:
    return AwsError("ClientException", message)
