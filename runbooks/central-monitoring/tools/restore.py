"""Restores an EFS recovery point of AWS Backup into a file system of its own, opens that, and takes it away again.

    restore.py restore --point ARN --source FS --role ARN    start the restore and wait for its end
    restore.py open --point ARN --subnets A B --security-group SG    an access point at its root, and mount targets
    restore.py remove --point ARN                            take away all of what the other two made
    restore.py look restore|open|remove --point ARN          exit status 0: it is done; 1: it is not

The tool has no kind of step for restores, and reaches no REST service by name; this speaks for it, by boto3. What is made
is found again by a token that follows from the recovery point, so that each verb may be repeated. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

OWNER = {"uid": 65534, "gid": 65534}
"""Who Prometheus runs as: the files were its own, and their owner is restored with them."""


class Restore:
    """One recovery point, and the file system that it is restored into."""

    def __init__(self, point: str, every: float, patience: float) -> None:
        self._point, self._every, self._patience = point, every, patience
        self._token = "restore-" + hashlib.sha256(point.encode()).hexdigest()[:40]
        self._backup, self._efs = boto3.client("backup"), boto3.client("efs")

    def file_system(self) -> dict[str, Any] | None:
        """The restored file system, when there is one."""
        found = self._efs.describe_file_systems(CreationToken=self._token)["FileSystems"]
        return found[0] if found else None

    def restore(self, source: str, role: str) -> dict[str, Any]:
        """Throws: `RuntimeError` when the restore fails, `TimeoutError`, `ClientError`."""
        original = self._efs.describe_file_systems(FileSystemId=source)["FileSystems"][0]
        metadata = {
            "file-system-id": source,
            "newFileSystem": "true",
            "CreationToken": self._token,
            "Encrypted": "true",
            "PerformanceMode": original["PerformanceMode"],
        }
        if original.get("KmsKeyId"):
            metadata["KmsKeyId"] = original["KmsKeyId"]
        job = self._backup.start_restore_job(
            RecoveryPointArn=self._point, Metadata=metadata, IamRoleArn=role, ResourceType="EFS",
            IdempotencyToken=self._token,
        )["RestoreJobId"]  # fmt: skip

        def ended() -> bool:
            told = self._backup.describe_restore_job(RestoreJobId=job)
            if told["Status"] in ("ABORTED", "FAILED"):
                reason = told.get("StatusMessage", "no reason given")
                raise RuntimeError(f"restore job {job}: {told['Status']}: {reason}")
            return bool(told["Status"] == "COMPLETED")

        self._wait(ended, f"restore job {job} has not ended")
        self._wait(self._available, "the restored file system is not available")
        made = self.file_system()
        if made is None:
            raise RuntimeError(f"restore job {job} is complete, and its file system is gone: was it removed since?")
        return {"job": job, "file_system": made["FileSystemId"], "encrypted": made["Encrypted"]}

    def _available(self) -> bool:
        found = self.file_system()
        return found is None or found["LifeCycleState"] == "available"

    def open(self, subnets: list[str], security_group: str) -> dict[str, Any]:
        """Throws: `RuntimeError` when nothing was restored, `TimeoutError`, `ClientError`."""
        made = self.file_system()
        if made is None:
            raise RuntimeError("there is no restored file system")
        name = made["FileSystemId"]
        held = self._efs.describe_access_points(FileSystemId=name)["AccessPoints"]
        point = held[0] if held else self._efs.create_access_point(
            ClientToken=self._token, FileSystemId=name, PosixUser={"Uid": OWNER["uid"], "Gid": OWNER["gid"]},
            RootDirectory={"Path": "/"}, Tags=[{"Key": "Name", "Value": "restored"}],
        )  # fmt: skip
        there = {item["SubnetId"] for item in self._targets(name)}
        for subnet in subnets:
            if subnet not in there:
                self._efs.create_mount_target(FileSystemId=name, SubnetId=subnet, SecurityGroups=[security_group])
        self._wait(lambda: self._opened(name), "the mount targets are not available")
        return {"file_system": name, "access_point": point["AccessPointId"]}

    def _targets(self, name: str) -> list[dict[str, Any]]:
        return list(self._efs.describe_mount_targets(FileSystemId=name)["MountTargets"])

    def _opened(self, name: str) -> bool:
        found = self._targets(name)
        return bool(found) and all(item["LifeCycleState"] == "available" for item in found)

    def is_open(self) -> bool:
        """Whether it can be mounted."""
        made = self.file_system()
        return made is not None and self._opened(made["FileSystemId"])

    def close(self) -> dict[str, Any]:
        """Takes mount targets and access points away, where there are any."""
        made = self.file_system()
        if made is None:
            return {"removed": []}
        name = made["FileSystemId"]
        removed = []
        for point in self._efs.describe_access_points(FileSystemId=name)["AccessPoints"]:
            self._efs.delete_access_point(AccessPointId=point["AccessPointId"])
            removed.append(point["AccessPointId"])
        for target in self._targets(name):
            self._efs.delete_mount_target(MountTargetId=target["MountTargetId"])
            removed.append(target["MountTargetId"])
        self._wait(lambda: not self._targets(name), "the mount targets do not go away")
        return {"removed": removed}

    def remove(self) -> dict[str, Any]:
        """Takes all of it away; nothing to do is no error."""
        removed = self.close()["removed"]
        made = self.file_system()
        if made is not None:
            self._efs.delete_file_system(FileSystemId=made["FileSystemId"])
            self._wait(lambda: self.file_system() is None, "the restored file system does not go away")
            removed.append(made["FileSystemId"])
        return {"removed": removed}

    def _wait(self, once: Callable[[], bool], problem: str) -> None:
        deadline = time.monotonic() + self._patience
        while not once():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{problem} after {self._patience:g} s")
            time.sleep(self._every)


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["restore", "open", "close", "remove", "look"])
    parser.add_argument("what", nargs="?", choices=["restore", "open", "remove"])
    parser.add_argument("--point", required=True, help="ARN of the recovery point")
    parser.add_argument("--source", help="id of the file system that was backed up")
    parser.add_argument("--role", help="ARN of the role that AWS Backup takes")
    parser.add_argument("--subnets", nargs="+", default=[])
    parser.add_argument("--security-group")
    parser.add_argument("--every", type=float, default=10.0, help="seconds between two looks")
    parser.add_argument("--patience", type=float, default=4 * 3600.0, help="longest wait, seconds")
    return parser.parse_args()


def main() -> int:
    given = parse()
    subject = Restore(given.point, given.every, given.patience)
    try:
        if given.verb == "look":
            made = subject.file_system()
            done = {"restore": made is not None, "open": subject.is_open(), "remove": made is None}[given.what]
            return 0 if done else 1
        if given.verb == "restore":
            result = subject.restore(given.source, given.role)
        elif given.verb == "open":
            result = subject.open(given.subnets, given.security_group)
        else:
            result = subject.close() if given.verb == "close" else subject.remove()
    except (BotoCoreError, ClientError, RuntimeError, TimeoutError) as error:
        print(f"error: {error}", file=sys.stderr)
        # Not 1, which a look would give for `no`.
        return 2
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
