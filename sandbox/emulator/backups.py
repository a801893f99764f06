"""AWS Backup, mended: jobs that take their time, and the recovery points that they leave.

Modelled after StartBackupJob, DescribeBackupJob and ListRecoveryPointsByResource of the AWS Backup API reference. The
same idempotency token starts one job. A job is CREATED, RUNNING with a share done, and COMPLETED, or FAILED when its
role may not read what is backed up or that is gone by then. Only EFS file systems can be backed up here. Not
modelled: other services' resources, the deletion of a point whose lifecycle is over. Durations are assumptions.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from moto.backup import urls
from moto.backup.responses import BackupResponse
from moto.core.responses import ActionResult

from sandbox.emulator import iam, volumes
from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend

START_SECONDS = 20.0
RUN_SECONDS = 300.0
READING = "elasticfilesystem:Backup"


@dataclass
class Job:
    """One backup job."""

    vault: str
    resource: str
    role: str
    tags: dict[str, str]
    delete_after_days: int | None
    id: str = field(default_factory=lambda: str(uuid.uuid4()).upper())
    state: str = "CREATED"
    message: str | None = None
    created: datetime = field(default_factory=lambda: current().clock.now())
    completed: datetime | None = None
    began: float | None = None

    @property
    def point(self) -> str:
        context = current()
        return f"arn:aws:backup:{context.region}:{context.account}:recovery-point:{self.id.lower()}"

    @property
    def share(self) -> float:
        if self.state == "COMPLETED" or self.began is None:
            return 100.0 if self.state == "COMPLETED" else 0.0
        return min(99.0, 100.0 * current().clock.elapsed(self.began) / RUN_SECONDS)

    def to_api(self) -> dict[str, Any]:
        context = current()
        row = {
            "AccountId": context.account,
            "BackupJobId": self.id,
            "BackupVaultName": self.vault,
            "RecoveryPointArn": self.point if self.state == "COMPLETED" else None,
            "ResourceArn": self.resource,
            "ResourceType": "EFS",
            "CreationDate": self.created,
            "CompletionDate": self.completed,
            "State": self.state,
            "StatusMessage": self.message,
            "PercentDone": f"{self.share:.1f}",
            "BackupSizeInBytes": 6144 if self.state == "COMPLETED" else None,
            "IamRoleArn": self.role,
        }
        return {name: value for name, value in row.items() if value is not None}


def _jobs() -> dict[str, Job]:
    held: dict[str, Job] = current().backend("backup").__dict__.setdefault("sandbox_jobs", {})
    return held


def job_of(point: str) -> Job | None:
    """The complete job that left a recovery point."""
    return next((job for job in _jobs().values() if job.point == point and job.state == "COMPLETED"), None)


def jobs() -> int:
    """How many jobs were begun."""
    return len(_jobs())


def mend_backups() -> None:
    """Adds the operations and their paths, which moto has not got."""
    for method in (start_backup_job, describe_backup_job, list_recovery_points_by_resource):
        mend(BackupResponse)(method)
    for path in ("{0}/backup-jobs$", "{0}/backup-jobs/(?P<job>[^/]+)$"):
        urls.url_paths[path] = urls.response.dispatch
    for path in ("{0}/resources/(?P<resource>.+)/recovery-points/$", "{0}/resources/(?P<resource>.+)/recovery-points$"):
        urls.url_paths[path] = _PointsResponse.dispatch


class _PointsResponse(BackupResponse):
    """The one operation whose path holds an ARN, by whose slashes moto cannot tell it."""

    def _get_action(self) -> str:
        return "ListRecoveryPointsByResource"


def _file_system(arn: str) -> Any:
    return current().backend("efs").file_systems_by_id.get(arn.rsplit("/", 1)[-1])


def start_backup_job(self: BackupResponse) -> ActionResult:
    """The API operation."""
    given = json.loads(self.body)
    vault, resource, role = given["BackupVaultName"], given["ResourceArn"], given["IamRoleArn"]
    if vault not in self.backup_backend.vaults:
        raise AwsError("ResourceNotFoundException", f"Backup vault {vault} does not exist")
    if ":elasticfilesystem:" not in resource:
        raise AwsError("InvalidParameterValueException", f"The sandbox does not back up {resource}")
    if _file_system(resource) is None:
        raise AwsError("ResourceNotFoundException", f"Resource {resource} does not exist")
    tokens: dict[str, str] = self.backup_backend.__dict__.setdefault("sandbox_tokens", {})
    token = given.get("IdempotencyToken")
    if token and token in tokens:
        job = _jobs()[tokens[token]]
    else:
        days = (given.get("Lifecycle") or {}).get("DeleteAfterDays")
        job = Job(vault, resource, role, dict(given.get("RecoveryPointTags") or {}), days)
        _jobs()[job.id] = job
        if token:
            tokens[token] = job.id
        current().timekeeper.after(START_SECONDS, lambda: _begin(job))
    return ActionResult({"BackupJobId": job.id, "CreationDate": job.created})


def _begin(job: Job) -> None:
    if not iam.allows(job.role, READING, job.resource):
        job.state, job.completed = "FAILED", current().clock.now()
        job.message = f"IAM Role {job.role} does not have sufficient permissions to execute the backup"
        return
    job.state, job.began = "RUNNING", current().clock.instant()

    def finish() -> None:
        job.completed = current().clock.now()
        if _file_system(job.resource) is None:
            job.state, job.message = "FAILED", f"Resource {job.resource} does not exist"
        else:
            job.state = "COMPLETED"
            volumes.keep(_file_system(job.resource).file_system_id, job.id)

    current().timekeeper.after(RUN_SECONDS, finish)


def describe_backup_job(self: BackupResponse) -> ActionResult:
    """The API operation."""
    id_ = self.path.rstrip("/").rsplit("/", 1)[-1]
    if id_ not in _jobs():
        raise AwsError("ResourceNotFoundException", f"Backup job {id_} does not exist")
    return ActionResult(_jobs()[id_].to_api())


def list_recovery_points_by_resource(self: BackupResponse) -> ActionResult:
    """The API operation."""
    resource = unquote(self.path).split("/resources/", 1)[1].rsplit("/recovery-points", 1)[0]
    rows = [
        {
            "RecoveryPointArn": job.point,
            "CreationDate": job.created,
            "Status": "COMPLETED",
            "BackupSizeBytes": 6144,
            "BackupVaultName": job.vault,
        }
        for job in _jobs().values()
        if job.resource == resource and job.state == "COMPLETED"
    ]
    return ActionResult({"RecoveryPoints": rows})
