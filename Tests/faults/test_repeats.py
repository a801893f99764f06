"""How a rehearsal knows that something was done twice."""

from __future__ import annotations

import json
import re
from typing import Any

from conftest import REPOSITORY
from kill_rehearsal import effects, is_token
from sandbox.calls import LIMIT, CallJournal
from sandbox.wire import Call


def call(operation: str, **parameters: Any) -> dict[str, Any]:
    return {"service": "backup", "operation": operation, "applied": True, "parameters": parameters}


def test_a_call_that_a_service_knows_again_has_one_effect_wherever_its_token_stands() -> None:
    body = json.dumps({"BackupVaultName": "evidence", "IdempotencyToken": "87d30f"})
    told = [call("StartBackupJob", path="/backup-jobs", body=body)] * 3
    told += [call("StartBackupJob", path="/backup-jobs")] * 2
    named = [call("RunTask", clientToken="1"), call("RunTask", clientToken="1"), call("RunTask", clientToken="2")]
    assert effects({"calls": told + named}) == {"backup:StartBackupJob": 3, "backup:RunTask": 2}


def test_every_token_that_the_tool_sends_is_known() -> None:
    files = (REPOSITORY / "Sources/AWSClient/Services").rglob("*.swift")
    tokens = {name for file in files for name in re.findall(r"Effect: token\. Token: `(\w+)`", file.read_text())}
    assert len(tokens) >= 4 and all(is_token(name) for name in tokens), tokens


def test_a_change_stays_on_record_however_many_reads_come_after_it() -> None:
    journal = CallJournal()
    journal.add(Call("ecs", "CreateService", "", "", "json", {}), 200, "", None, "", "")
    for _ in range(LIMIT + 1):
        journal.add(Call("ecs", "DescribeServices", "", "", "json", {}), 200, "", None, "", "")
    report = journal.report(mutating_only=False, service=None, after=0)
    assert report["applied"]["ecs:CreateService"] == 1 and len(report["calls"]) <= LIMIT
