"""EFS below its API: what file systems hold, as folders, and whether a task can mount what its definition names.

Modelled after "Using Amazon EFS volumes with Amazon ECS" and "ResourceInitializationError" of the ECS developer guide:
the file system needs a mount target in the task's zone; with IAM authorization the task's role needs ClientMount, and
ClientWrite to write. Not modelled: throughput, POSIX permissions, security groups between task and mount target.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from moto.efs.models import EFSBackend

from sandbox.emulator import iam
from sandbox.emulator.context import current
from sandbox.emulator.ecs_model import Task
from sandbox.emulator.mend import AwsError, mend

FAILED = "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: "


def _state() -> Path:
    return current().authority.ca_file.parent


def content(file_system: str) -> Path:
    """The folder that stands for a file system."""
    return _state() / "efs" / file_system


def kept(job: str) -> Path:
    """The folder that stands for a recovery point."""
    return _state() / "recovery-points" / job


def keep(file_system: str, job: str) -> None:
    """Copies what a file system holds: files that are written to meanwhile are as torn as in a real backup."""
    shutil.copytree(content(file_system), kept(job), dirs_exist_ok=True, ignore_dangling_symlinks=True)


def folder(volume: dict[str, Any]) -> Path:
    """The folder that a task sees at the mount point of `volume`."""
    given = volume["efsVolumeConfiguration"]
    root = given.get("rootDirectory") or "/"
    point = (given.get("authorizationConfig") or {}).get("accessPointId")
    if point:
        root = current().backend("efs").access_points[point].root_directory["Path"]
    found = content(given["fileSystemId"]) / root.strip("/")
    found.mkdir(parents=True, exist_ok=True)
    return found


def problem(task: Task) -> str | None:
    """Why the volumes of a task cannot be mounted, in the agent's words."""
    for volume in getattr(task.definition, "volumes", None) or []:
        if "efsVolumeConfiguration" in volume:
            found = _problem(task, volume["efsVolumeConfiguration"])
            if found is not None:
                return FAILED + found
    return None


def _problem(task: Task, given: dict[str, Any]) -> str | None:
    context, name = current(), given["fileSystemId"]
    efs = context.backend("efs")
    held = efs.file_systems_by_id.get(name)
    if held is None:
        return (
            f'Failed to resolve "{name}.efs.{context.region}.amazonaws.com" - check that your file system ID is correct'
        )
    subnets = [context.backend("ec2").get_subnet(one) for one in task.network.get("subnets") or []]
    if subnets and not any(held.has_mount_target(subnet) for subnet in subnets):
        return f'Failed to resolve "{name}.efs.{context.region}.amazonaws.com" - it has no mount target in the zone'
    authorization = given.get("authorizationConfig") or {}
    point = authorization.get("accessPointId")
    if point:
        found = efs.access_points.get(point)
        if found is None or found.file_system_id != name:
            return f"mount.nfs4: access denied by server: access point {point} is not one of {name}"
        if given.get("transitEncryption") != "ENABLED":
            return "an access point needs encryption in transit"
    role = getattr(task.definition, "task_role_arn", None)
    if authorization.get("iam") == "ENABLED" and (
        role is None or not iam.allows(role, "elasticfilesystem:ClientMount", held.file_system_arn)
    ):
        return f"mount.nfs4: access denied by server while mounting 127.0.0.1:/ (role {role}, ClientMount)"
    return None


def _tags(system: Any) -> dict[str, str]:
    held = current().backend("efs").list_tags_for_resource(system.file_system_id)
    return {tag["Key"]: tag["Value"] for tag in held}


def without_ids(text: str) -> str:
    """`text` with the names of file systems in place of their ids, which the service makes."""
    for system in current().backend("efs").file_systems_by_id.values():
        tags = _tags(system)
        text = text.replace(system.file_system_id, f"({tags['Name']})" if "Name" in tags else "(file system)")
    return text


def declared() -> dict[str, Any]:
    """File systems by their names, for the world."""
    efs = current().backend("efs")
    found = {}
    for system in efs.file_systems_by_id.values():
        tags = _tags(system)
        found[tags.get("Name", system.file_system_id)] = {
            "encrypted": system.encrypted,
            "performance": system.performance_mode,
            "throughput": system.throughput_mode,
            "lifecycle": system.lifecycle_policies,
            "tags": tags,
            "access_points": sorted(
                (point.name or "", point.root_directory["Path"], str((point.posix_user or {}).get("Uid")))
                for point in efs.access_points.values()
                if point.file_system_id == system.file_system_id
            ),
            "mount_targets": sorted(
                context_subnet.cidr_block
                for context_subnet in (
                    current().backend("ec2").get_subnet(target.subnet_id) for target in system.iter_mount_targets()
                )
            ),
        }
    return found


def mend_volumes() -> None:
    """A file system that is deleted takes its content and its access points along."""
    original = EFSBackend.delete_file_system

    def delete_file_system(self: EFSBackend, file_system_id: str) -> None:
        original(self, file_system_id)
        for point in [item for item in self.access_points.values() if item.file_system_id == file_system_id]:
            self.delete_access_point(point.access_point_id)
        shutil.rmtree(content(file_system_id), ignore_errors=True)

    mend(EFSBackend)(delete_file_system)


def make(token: str, encrypted: bool, key: str | None, tags: list[dict[str, str]]) -> Any:
    """A new file system, as a restore makes one. Throws: `AwsError` when the token was used."""
    efs = current().backend("efs")
    if token in efs.creation_tokens:
        raise AwsError("FileSystemAlreadyExists", f"File system already exists with creation token {token}")
    return efs.create_file_system(
        creation_token=token,
        performance_mode="generalPurpose",
        encrypted=encrypted,
        kms_key_id=key if encrypted else None,
        throughput_mode="bursting",
        provisioned_throughput_in_mibps=None,
        availability_zone_name=None,
        backup=False,
        tags=tags,
    )
