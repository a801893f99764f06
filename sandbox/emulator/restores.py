"""AWS Backup, mended: restores of EFS recovery points, and selections of backup plans.

Modelled after StartRestoreJob, DescribeRestoreJob and CreateBackupSelection of the AWS Backup API reference, and
"Restoring an Amazon EFS file system" of its developer guide: what is restored lies in a folder
`aws-backup-restore_<moment>` at the root, in a new file system too, and a new file system has no mount targets.
Not modelled: restores into an existing file system, of single items, or of other services. Durations are assumptions.
"""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.backup import urls
from moto.backup.models import BackupBackend
from moto.backup.responses import BackupResponse
from moto.core.responses import ActionResult

from sandbox.emulator import backups, iam, volumes
from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend

START_SECONDS = 20.0
RUN_SECONDS = 300.0
WRITING = ("elasticfilesystem:Restore", "elasticfilesystem:CreateFilesystem")


@dataclass
class RestoreJob:
    """One restore."""

    point: str
    role: str
    metadata: dict[str, str]
    id: str = field(default_factory=lambda: str(uuid.uuid4()).upper())
    status: str = "PENDING"
    message: str | None = None
    created: datetime = field(default_factory=lambda: current().clock.now())
    completed: datetime | None = None
    resource: str | None = None

    def to_api(self) -> dict[str, Any]:
        row = {
            "AccountId": current().account,
            "RestoreJobId": self.id,
            "RecoveryPointArn": self.point,
            "CreationDate": self.created,
            "CompletionDate": self.completed,
            "Status": self.status,
            "StatusMessage": self.message,
            "PercentDone": "100.00%" if self.status == "COMPLETED" else "0.00%",
            "IamRoleArn": self.role,
            "CreatedResourceArn": self.resource,
            "ResourceType": "EFS",
        }
        return {name: value for name, value in row.items() if value is not None}


def _held(name: str) -> dict[str, Any]:
    found: dict[str, Any] = current().backend("backup").__dict__.setdefault(f"sandbox_{name}", {})
    return found


def mend_restores() -> None:
    """Adds the operations and their paths, which moto has not got."""
    for method in (start_restore_job, describe_restore_job, create_backup_selection, delete_backup_selection):
        mend(BackupResponse)(method)
    for path in ("{0}/restore-jobs$", "{0}/restore-jobs/(?P<job>[^/]+)$"):
        urls.url_paths[path] = urls.response.dispatch
    _forget_deleted_plans()


def _forget_deleted_plans() -> None:
    """moto keeps plans that were deleted, and refuses another of the same name."""
    original = BackupBackend.delete_backup_plan

    @mend(BackupBackend)
    def delete_backup_plan(self: BackupBackend, backup_plan_id: str) -> Any:
        answer = original(self, backup_plan_id)
        del self.plans[backup_plan_id]
        return answer


def start_restore_job(self: BackupResponse) -> ActionResult:
    """The API operation."""
    given = json.loads(self.body)
    point, metadata = given["RecoveryPointArn"], given["Metadata"]
    if backups.job_of(point) is None:
        raise AwsError("ResourceNotFoundException", f"Recovery point {point} does not exist")
    if metadata.get("newFileSystem") != "true":
        raise AwsError("InvalidParameterValueException", "The sandbox restores into new file systems alone")
    for name in ("file-system-id", "Encrypted", "PerformanceMode", "CreationToken"):
        if not metadata.get(name):
            raise AwsError("InvalidParameterValueException", f"Metadata {name} is required")
    tokens, token = _held("restore_tokens"), given.get("IdempotencyToken")
    if token and token in tokens:
        job = _held("restores")[tokens[token]]
    else:
        job = RestoreJob(point, given["IamRoleArn"], metadata)
        _held("restores")[job.id] = job
        if token:
            tokens[token] = job.id
        current().timekeeper.after(START_SECONDS, lambda: _begin(job))
    return ActionResult({"RestoreJobId": job.id})


def _begin(job: RestoreJob) -> None:
    source = backups.job_of(job.point)
    denied = [action for action in WRITING if not iam.allows(job.role, action, source.resource if source else "*")]
    if denied or source is None:
        job.status, job.completed = "FAILED", current().clock.now()
        job.message = f"IAM Role {job.role} does not have sufficient permissions to execute the restore: {denied}"
        return
    job.status = "RUNNING"

    def finish() -> None:
        job.completed = current().clock.now()
        try:
            made = volumes.make(
                job.metadata["CreationToken"],
                job.metadata["Encrypted"] == "true",
                job.metadata.get("KmsKeyId"),
                [],
            )
        except AwsError as error:
            job.status, job.message = "FAILED", str(error)
            return
        folder = f"aws-backup-restore_{job.completed.strftime('%Y-%m-%dT%H-%M-%S-%f')[:-3]}Z"
        shutil.copytree(volumes.kept(source.id), volumes.content(made.file_system_id) / folder)
        job.status, job.resource = "COMPLETED", made.file_system_arn

    current().timekeeper.after(RUN_SECONDS, finish)


def describe_restore_job(self: BackupResponse) -> ActionResult:
    """The API operation."""
    id_ = self.path.rstrip("/").rsplit("/", 1)[-1]
    if id_ not in _held("restores"):
        raise AwsError("ResourceNotFoundException", f"Restore job {id_} does not exist")
    return ActionResult(_held("restores")[id_].to_api())


def create_backup_selection(self: BackupResponse) -> ActionResult:
    """The API operation."""
    plan = self.path.split("/plans/", 1)[1].split("/", 1)[0]
    if plan not in self.backup_backend.plans:
        raise AwsError("ResourceNotFoundException", f"Backup plan {plan} does not exist")
    id_ = str(uuid.uuid4())
    _held("selections")[id_] = (plan, json.loads(self.body)["BackupSelection"])
    return ActionResult({"SelectionId": id_, "BackupPlanId": plan, "CreationDate": current().clock.now()})


def delete_backup_selection(self: BackupResponse) -> ActionResult:
    """The API operation."""
    id_ = self.path.rstrip("/").rsplit("/", 1)[-1]
    if _held("selections").pop(id_, None) is None:
        raise AwsError("ResourceNotFoundException", f"Selection {id_} does not exist")
    return ActionResult({})


def declared() -> dict[str, Any]:
    """Vaults and plans with their selections, for the world."""
    backend = current().backend("backup")
    return {
        "vaults": sorted(backend.vaults),
        "plans": {
            plan.backup_plan["BackupPlanName"]: {
                "rules": [
                    {name: value for name, value in rule.items() if name != "RuleId"}
                    for rule in plan.backup_plan["Rules"]
                ],
                "selections": sorted(
                    f"{selection['SelectionName']}: {len(selection.get('Resources') or [])} resources"
                    for owner, selection in _held("selections").values()
                    if owner == plan.backup_plan_id
                ),
            }
            for plan in backend.plans.values()
            if plan.deletion_date is None
        },
    }
