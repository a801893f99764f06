"""Writes the seeds of the fuzzer: real answers of the sandbox's services and name servers, events of a real journal.

    .venv/bin/python Tests/Fuzz/record_seeds.py JOURNAL.sqlite

Runbooks, their environments and jq's expressions are seeds as they lie in the repository: `scripts/fuzz.py` takes them.
"""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "Tests" / "sandbox")]

from conftest import Running  # noqa: E402

CORPUS = Path(__file__).parent / "Corpus"
EACH_KIND = 3
"""Events of one kind that are kept."""


def keep(target: str, name: str, content: bytes) -> None:
    (CORPUS / target).mkdir(parents=True, exist_ok=True)
    (CORPUS / target / name).write_bytes(content)


def answers(sandbox: Running) -> None:
    """By target: each operation in the order of the harness, its answer and an error's, as they came."""
    zone, bucket = sandbox.variables["zone_id"], sandbox.variables["bucket"]
    calls: dict[str, list[tuple[str, Callable[[Any], Any]]]] = {
        "json": [
            ("ecs", lambda c: c.describe_services(cluster="lgtm", services=["mimir"])),
            ("ecr", lambda c: c.describe_images(repositoryName="none")),
            ("ssm", lambda c: c.list_commands(MaxResults=50)),
            ("codepipeline", lambda c: c.get_pipeline_state(name="none")),
            ("secretsmanager", lambda c: c.describe_secret(SecretId="none")),
        ],
        "query": [
            ("iam", lambda c: c.get_role(RoleName="none")),
            ("cloudwatch", lambda c: c.describe_alarms()),
            ("elbv2", lambda c: c.describe_load_balancers()),
            ("sts", lambda c: c.get_caller_identity()),
        ],
        "ec2": [
            ("ec2", lambda c: c.describe_instances()),
            ("ec2", lambda c: c.describe_security_groups()),
            ("ec2", lambda c: c.describe_images(Owners=["self"])),
            ("ec2", lambda c: c.describe_addresses()),
        ],
        "rest-xml": [
            ("route53", lambda c: c.list_resource_record_sets(HostedZoneId=zone)),
            ("route53", lambda c: c.get_change(Id="C0000000000001")),
            ("s3", lambda c: c.list_objects_v2(Bucket=bucket, MaxKeys=5)),
            ("s3", lambda c: c.get_object(Bucket=bucket, Key="none")),
        ],
        "rest-json": [
            ("efs", lambda c: c.describe_file_systems()),
            ("backup", lambda c: c.describe_backup_job(BackupJobId="none")),
            ("backup", lambda c: c.list_recovery_points_by_resource(ResourceArn="arn:none")),
        ],
    }
    for target, operations in calls.items():
        for number, (service, ask) in enumerate(operations):
            client, seen = sandbox.client(service), []

            def raw(response_dict: Any = None, seen: list[Any] = seen, **_: Any) -> None:
                seen.append(response_dict)

            client.meta.events.register("before-parse.*.*", raw)
            try:
                ask(client)
            except client.exceptions.ClientError:
                pass  # an error's form is a seed, too
            for found in filter(None, seen):
                status = 0 if found["status_code"] < 300 else 2 if found["status_code"] < 500 else 3
                keep(target, f"{number}-{service}", bytes([number, status]) + found["body"])


def name_servers(sandbox: Running) -> None:
    """Answers of each type, and the absence of a name."""
    from dnslib import DNSRecord

    address, port = sandbox.ready["dns"][0].split(":")
    zone = sandbox.variables["zone"].rstrip(".")
    questions = [(sandbox.ready["host"], "A"), (sandbox.ready["host"], "AAAA"), (f"none.{zone}", "CNAME"),
                 (zone, "NS"), (zone, "SOA"), (zone, "TXT")]  # fmt: skip
    for number, (name, kind) in enumerate(questions):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.settimeout(5)
            line.sendto(DNSRecord.question(name, kind).pack(), (address, int(port)))
            keep("dns", f"{number}-{kind}", bytes([number]) + line.recv(4096))


def texts() -> None:
    """What has no place in the repository but here."""
    document = {"status": 200, "json": {"database": "ok"}, "values": ["192.0.2.1"], "n": [1, 2.5, None, True]}
    keep("canonical", "document.json", json.dumps(document, ensure_ascii=False).encode())
    numbers = b'[0, -0, 1e308, 1e-400, 9223372036854775807, 18446744073709551616, "\\ud83d\\ude00"]'
    keep("canonical", "numbers.json", numbers)
    config = (
        "[default]\nregion = eu-west-1\n[profile a]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = b\n"
        "mfa_serial = arn:m\nduration_seconds = 900\n[profile b]\ncredential_process = /bin/x 'y z'\n"
        "[profile c]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n[sso-session s]\nsso_region = eu-west-1\n"
        "sso_start_url = https://x\ns3 =\n  max_concurrent_requests = 20\n"
    )
    credentials = "[b]\naws_access_key_id = AKID\naws_secret_access_key = s3\n# c\n; d\n"
    keep("configuration", "all", config.encode() + b"\0" + credentials.encode())


def events(journal: str) -> None:
    """A few events of each kind."""
    counts: dict[str, int] = {}
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as database:
        for kind, body in database.execute("SELECT kind, body FROM event ORDER BY length(body)"):
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= EACH_KIND:
                keep("event", f"{kind}-{counts[kind]}.json", body.replace(f"{REPOSITORY}/", "/srv/").encode())


def main() -> int:
    shutil.rmtree(CORPUS, ignore_errors=True)
    texts()
    events(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Running(Path(folder), "--without", "terraform")
        try:
            answers(sandbox)
            name_servers(sandbox)
        finally:
            sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
