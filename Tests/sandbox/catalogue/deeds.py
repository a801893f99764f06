"""Actions that happen and leave no state of their own: a command, a task, a notice, a flush.

What of them can be held: that they happen once, whatever befalls the answer; that nothing happens when they are
refused; that a bad end is told with its cause. `count` reads with boto3 or from the stand-in how often
the world has it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conftest import Running, until

from catalogue.kinds import (
    absent,
    app_spec,
    cluster,
    instance,
    make_pipeline,
    old,
    plain_definition,
    running_instance,
    serving_role,
)
from catalogue.relay import Relay
from sandbox.standins.grafana import TOKEN

TEXT = "contract notice"


@dataclass(frozen=True)
class Bench:
    """The sandbox, and a relay before the product that the kind speaks to."""

    sandbox: Running
    relay: Relay


@dataclass(frozen=True)
class Deed:
    """An action that happens. `call` is its operation at AWS; `request` what it sends to the relay."""

    kind: str
    parameters: Callable[[Bench], dict[str, Any]]
    count: Callable[[Bench], int]
    call: tuple[str, str] | None = None
    request: str = ""
    product: Callable[[Running], str | None] = lambda sandbox: None
    before: Callable[[Bench], None] = lambda bench: None
    bad: Callable[[Bench], dict[str, Any]] | None = None
    """Parameters with which it ends badly; the words that must be said are in `says`."""
    says: str = ""
    gone: Callable[[Bench], None] | None = None
    """Takes away what it works on while it does; `last_words` must be said then."""
    last_words: str = ""
    doubt: bool = False
    """A lost answer leaves it in doubt: a person says what happened."""
    repeats: bool = False
    """A lost answer is followed by the same request again, which does no harm."""
    rollback: Any = None
    returns: Callable[[Bench], Any] | None = None
    """What the world shows of it, the same after the way back as before it."""
    secrets: Callable[[Bench], dict[str, str]] = lambda bench: {}


def commands(bench: Bench) -> int:
    return len(bench.sandbox.client("ssm").list_commands(MaxResults=50)["Commands"])


def scripted(*lines: str) -> Callable[[Bench], dict[str, Any]]:
    return lambda bench: {"instances": [instance(bench.sandbox)], "commands": list(lines)}


def tasks(bench: Bench) -> int:
    ecs = bench.sandbox.client("ecs")
    found: list[str] = []
    for status in ("RUNNING", "STOPPED"):
        place = {"cluster": cluster(bench.sandbox), "family": "contract-task", "desiredStatus": status}
        found += ecs.list_tasks(**place)["taskArns"]
    return len(set(found))


def task(*command: str) -> Callable[[Bench], dict[str, Any]]:
    return lambda bench: {
        "cluster": cluster(bench.sandbox), "task_definition": plain_definition(bench.sandbox),
        "subnets": bench.sandbox.variables["subnet_ids"][:1], "container": "app", "command": list(command),
    }  # fmt: skip


def stop_tasks(bench: Bench) -> None:
    """Ends what runs, as a person or a failing host would."""
    ecs, name = bench.sandbox.client("ecs"), cluster(bench.sandbox)
    for arn in ecs.list_tasks(cluster=name, family="contract-task", desiredStatus="RUNNING")["taskArns"]:
        ecs.stop_task(cluster=name, task=arn, reason="somebody stopped it")


def pipeline(sandbox: Running) -> None:
    """A pipeline whose object is there, and one whose object is not."""
    sandbox.client("s3").put_object(Bucket=sandbox.variables["bucket"], Key="contract/source.zip", Body=b"x")
    make_pipeline(sandbox, "contract", "contract/source.zip")
    make_pipeline(sandbox, "contract-broken", "contract/none.zip")


def executions(bench: Bench) -> int:
    client = bench.sandbox.client("codepipeline")
    return len(client.list_pipeline_executions(pipelineName="contract")["pipelineExecutionSummaries"])


def group(sandbox: Running, name: str = "one") -> None:
    """An application of CodeDeploy with a group that nothing was deployed to."""
    client = sandbox.client("codedeploy")
    if "contract" not in client.list_applications()["applications"]:
        client.create_application(applicationName="contract", computePlatform="ECS")
    if name not in client.list_deployment_groups(applicationName="contract")["deploymentGroups"]:
        client.create_deployment_group(
            applicationName="contract", deploymentGroupName=name,
            serviceRoleArn=serving_role(sandbox, "contract-delivery"),
        )  # fmt: skip


def deployed_once(bench: Bench) -> None:
    """The group, with a deployment to go back to."""
    group(bench.sandbox)
    client, place = bench.sandbox.client("codedeploy"), {"applicationName": "contract", "deploymentGroupName": "one"}
    # What a failed one is followed by keeps the next from beginning.
    going = ["Created", "Queued", "InProgress", "Ready"]
    until(lambda: not client.list_deployments(**place, includeOnlyStatuses=going)["deployments"])
    if deployed(bench) is not None:
        return
    spec = json.dumps(app_spec(plain_definition(bench.sandbox)))
    revision = {"revisionType": "AppSpecContent", "appSpecContent": {"content": spec}}
    client.create_deployment(**place, revision=revision)
    until(lambda: deployed(bench) is not None)


def deployment(named: Callable[[Running], str]) -> Callable[[Bench], dict[str, Any]]:
    return lambda bench: {"application": "contract", "group": "one", "app_spec": app_spec(named(bench.sandbox))}


def deployments(bench: Bench) -> int:
    found = bench.sandbox.client("codedeploy").list_deployments(applicationName="contract", deploymentGroupName="one")
    return len(found["deployments"])


def deployed(bench: Bench) -> Any:
    """Revision of the deployment that succeeded last."""
    client = bench.sandbox.client("codedeploy")
    found = client.list_deployments(
        applicationName="contract", deploymentGroupName="one", includeOnlyStatuses=["Succeeded"]
    )["deployments"]
    return client.get_deployment(deploymentId=found[0])["deploymentInfo"]["revision"] if found else None


def stop_deployment(bench: Bench) -> None:
    client = bench.sandbox.client("codedeploy")
    newest = client.list_deployments(applicationName="contract", deploymentGroupName="one")["deployments"][0]
    client.stop_deployment(deploymentId=newest)


def file_system(sandbox: Running, token: str = "contract-backup") -> str:
    """ARN of a file system of the contract's own; the vault and the role of its backups with it."""
    efs, backup = sandbox.client("efs"), sandbox.client("backup")
    absent(lambda: backup.create_backup_vault(BackupVaultName="contract"), "AlreadyExistsException")
    found = [one for one in efs.describe_file_systems()["FileSystems"] if one["CreationToken"] == token]
    return str((found[0] if found else efs.create_file_system(CreationToken=token))["FileSystemArn"])


def backup_of(role_name: str, *actions: str) -> Callable[[Bench], dict[str, Any]]:
    return lambda bench: {
        "file_system": file_system(bench.sandbox), "vault": "contract",
        "role": serving_role(bench.sandbox, role_name, *actions), "keep": "35d",
    }  # fmt: skip


def backups(bench: Bench) -> int:
    """Jobs that were begun: the sandbox counts them, as each leaves its point later."""
    return int(bench.sandbox.control("GET", "/world")["backup"]["jobs"])


def lose_file_system(bench: Bench) -> None:
    arn = file_system(bench.sandbox)
    bench.sandbox.client("efs").delete_file_system(FileSystemId=arn.rsplit("/", 1)[-1])


def queue(sandbox: Running) -> str:
    """A queue that has every message of the contract's topic."""
    sqs, sns = sandbox.client("sqs"), sandbox.client("sns")
    url = str(sqs.create_queue(QueueName="contract")["QueueUrl"])
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic(sandbox), Protocol="sqs", Endpoint=arn)
    return url


def topic(sandbox: Running) -> str:
    return str(sandbox.client("sns").create_topic(Name="contract")["TopicArn"])


def messages(bench: Bench) -> int:
    attributes = bench.sandbox.client("sqs").get_queue_attributes(
        QueueUrl=queue(bench.sandbox), AttributeNames=["ApproximateNumberOfMessages"]
    )["Attributes"]
    return int(attributes["ApproximateNumberOfMessages"])


def published(bench: Bench) -> dict[str, Any]:
    queue(bench.sandbox)
    return {"topic": topic(bench.sandbox), "subject": "Contract", "message": TEXT}


def annotations(bench: Bench) -> int:
    import urllib.request

    address = old("grafana")(bench.sandbox)
    request = urllib.request.Request(
        f"{address}/api/annotations?tags=contract&limit=1000", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request) as answer:
        return len(json.load(answer))


def at_relay(**more: Any) -> Callable[[Bench], dict[str, Any]]:
    return lambda bench: {"url": bench.relay.url, **more}


def flush(component: str, path: str) -> Deed:
    pattern = f"POST {path}"
    return Deed(
        f"{component}.flush",
        at_relay(),
        lambda bench: bench.relay.reached(pattern),
        request=pattern,
        product=old(component),
        repeats=True,
        bad=lambda bench: {"url": f"{bench.relay.url}/elsewhere"},
        says="only ingesters have",
    )


NO_WAY_BACK = {"none": "the contract asks for no way back"}

DEEDS = [
    Deed(
        "ssm.send_command",
        scripted("echo done"),
        commands,
        call=("ssm", "SendCommand"),
        before=lambda bench: running_instance(bench.sandbox),
        bad=scripted("echo no room left", "exit 3"),
        says="exit status 3",
        gone=lambda bench: bench.sandbox.client("ec2").terminate_instances(InstanceIds=[instance(bench.sandbox)]),
        last_words="0 of 1 instances done",
        rollback=NO_WAY_BACK,
    ),
    Deed(
        "ecs.run_task",
        task("true"),
        tasks,
        call=("ecs", "RunTask"),
        bad=task("sh", "-c", "echo relation exists; exit 4"),
        says="exited with code 4",
        gone=stop_tasks,
        last_words="somebody stopped it",
        rollback=NO_WAY_BACK,
    ),
    Deed(
        "codepipeline.start",
        lambda bench: {"pipeline": "contract", "variables": {"TAG": "1"}},
        executions,
        call=("codepipeline", "StartPipelineExecution"),
        before=lambda bench: pipeline(bench.sandbox),
        bad=lambda bench: {"pipeline": "contract-broken"},
        says="contract/none.zip",
        gone=lambda bench: bench.sandbox.client("codepipeline").delete_pipeline(name="contract"),
        last_words="PipelineNotFoundException",
        rollback=NO_WAY_BACK,
    ),
    Deed(
        "codedeploy.deploy",
        deployment(plain_definition),
        deployments,
        call=("codedeploy", "CreateDeployment"),
        before=deployed_once,
        bad=deployment(lambda sandbox: "contract-none:1"),
        says="ECS_UPDATE_ERROR",
        gone=stop_deployment,
        last_words="stopped",
        returns=deployed,
    ),
    Deed(
        "efs.backup",
        backup_of("contract-backup", "elasticfilesystem:Backup"),
        backups,
        call=("backup", "StartBackupJob"),
        before=lambda bench: file_system(bench.sandbox) and None,
        bad=backup_of("contract-no-backup"),
        says="sufficient permissions",
        gone=lose_file_system,
        last_words="does not exist",
    ),
    Deed("sns.publish", published, messages, call=("sns", "Publish"), doubt=True),
    Deed(
        "slack.notify",
        lambda bench: {"webhook": "${secrets.webhook}", "message": TEXT},
        lambda bench: bench.relay.reached("POST /services/.*"),
        request="POST /services/.*",
        doubt=True,
        secrets=lambda bench: {"webhook": f"{bench.relay.url}/services/hunter2-hunter2-hunter2"},
    ),
    Deed(
        "webhook.post",
        lambda bench: {"url": "${secrets.webhook}", "body": {"text": TEXT}},
        lambda bench: bench.relay.reached("POST /hooks/.*"),
        request="POST /hooks/.*",
        doubt=True,
        secrets=lambda bench: {"webhook": f"{bench.relay.url}/hooks/hunter2-hunter2-hunter2"},
    ),
    Deed(
        "grafana.annotate",
        at_relay(token="${secrets.token}", text=TEXT, tags=["contract"]),
        annotations,
        request="POST /api/annotations",
        product=old("grafana"),
        rollback="captured",
        secrets=lambda bench: {"token": TOKEN},
    ),
    Deed(
        "grafana.backup",
        at_relay(token="${secrets.token}", directory="kept"),
        lambda bench: bench.relay.reached("GET /api/datasources"),
        request="GET /api/search.*",
        product=old("grafana"),
        repeats=True,
        secrets=lambda bench: {"token": TOKEN},
    ),
    flush("mimir", r"/ingester/flush\?wait=true"),
    flush("loki", "/flush"),
    flush("tempo", "/flush"),
]
