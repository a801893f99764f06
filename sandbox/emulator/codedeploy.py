"""CodeDeploy, mended: a deployment takes its time, can fail, be stopped, and go back by a deployment of its own.

Modelled after CreateDeployment, GetDeployment, ListDeployments and StopDeployment of the CodeDeploy API reference and
"Error codes for AWS CodeDeploy" of its user guide. A deployment is Created, InProgress, and Succeeded, Failed or
Stopped. It fails when the group's role is gone, when its revision is not where it should be, or when the task
definition that its AppSpec names does not exist; an alarm of the group that is in ALARM stops it. Of an ECS service
that the group names, `blue_green.py` carries it out; all else only takes its time. Not modelled: lifecycle events,
Ready with a traffic switch by hand. Durations are assumptions.
"""

from __future__ import annotations

import random
import re
import string
from typing import Any

from moto.codedeploy.models import CodeDeployBackend, DeploymentInfo
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.responses import ActionResult

from sandbox.emulator import blue_green, hooks
from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend

QUEUED_SECONDS = 5.0
RUN_SECONDS = 240.0
"""From InProgress to Succeeded: shifting, and the wait before the original tasks are ended."""
CHECK_SECONDS = 15.0

OPEN = ("Created", "Queued", "InProgress", "Baking", "Ready")


def mend_codedeploy() -> None:
    """Puts the mended operations into moto's classes."""
    mend(CodeDeployResponse)(create_deployment)
    mend(CodeDeployResponse)(stop_deployment)
    for operation in (delete_deployment_group, delete_application, put_lifecycle_event_hook_execution_status):
        mend(CodeDeployResponse)(operation)
    group_original = CodeDeployResponse.create_deployment_group

    @mend(CodeDeployResponse)
    def create_deployment_group(self: CodeDeployResponse) -> ActionResult:
        """moto keeps nothing of the group's alarms."""
        result = group_original(self)
        group = self.codedeploy_backend.get_deployment_group(
            self._get_param("applicationName"), self._get_param("deploymentGroupName")
        )
        group.alarm_configuration = self._get_param("alarmConfiguration") or {}
        return result

    list_original = CodeDeployBackend.list_deployments

    @mend(CodeDeployBackend)
    def list_deployments(self: CodeDeployBackend, *args: Any, **kwargs: Any) -> list[str]:
        """The newest first, as the service gives them."""
        return list(reversed(list_original(self, *args, **kwargs)))

    info_original = CodeDeployResponse.get_deployment

    @mend(CodeDeployResponse)
    def get_deployment(self: CodeDeployResponse) -> ActionResult:
        result = info_original(self)
        told = _told(self.codedeploy_backend.get_deployment(self._get_param("deploymentId")))
        result.result["deploymentInfo"].update(told)
        return result


def _told(deployment: DeploymentInfo) -> dict[str, Any]:
    """What moto leaves out."""
    return {
        "errorInformation": getattr(deployment, "error", None) or {},
        "rollbackInfo": getattr(deployment, "rollback", None) or {},
    }


def create_deployment(self: CodeDeployResponse) -> ActionResult:
    """The API operation: one deployment at a time in a group."""
    application, group = self._get_param("applicationName"), self._get_param("deploymentGroupName")
    backend = self.codedeploy_backend
    open_ = next(
        (
            one.deployment_id
            for one in backend.deployments.values()
            if (one.application_name, one.deployment_group_name) == (application, group) and one.status in OPEN
        ),
        None,
    )
    if open_ is not None:
        raise AwsError(
            "DeploymentLimitExceededException",
            f"The Deployment Group '{group}' already has an active Deployment '{open_}'",
        )
    id_ = _create(
        backend,
        application,
        group,
        self._get_param("revision"),
        self._get_param("deploymentConfigName"),
        self._get_param("description"),
        self._get_param("autoRollbackConfiguration"),
    )
    return ActionResult({"deploymentId": id_})


def _create(
    backend: CodeDeployBackend,
    application: str,
    group: str,
    revision: Any,
    config: str | None,
    description: str | None,
    rollback: Any,
    creator: str = "user",
) -> str:
    made = backend.create_deployment(
        application, group, revision, config, description=description, auto_rollback_configuration=rollback
    )
    deployment = backend.deployments.pop(made)
    deployment.deployment_id = "d-" + "".join(random.choices(string.ascii_uppercase + string.digits, k=9))
    deployment.creator = creator
    backend.deployments[deployment.deployment_id] = deployment
    current().timekeeper.after(QUEUED_SECONDS, lambda: _begin(deployment))
    return deployment.deployment_id


def _begin(deployment: DeploymentInfo) -> None:
    if deployment.status != "Created":
        return
    deployment.status, deployment.start_time = "InProgress", current().clock.now()
    problem = None if deployment.creator == "codeDeployRollback" else _problem(deployment)
    if problem is not None:
        _end(deployment, "Failed", problem, "DEPLOYMENT_FAILURE")
        return
    if blue_green.is_blue_green(deployment):
        _carry_out(deployment)
        return
    began = current().clock.instant()

    def look() -> None:
        if deployment.status != "InProgress":
            return
        alarm = None if deployment.creator == "codeDeployRollback" else _alarm(deployment)
        if alarm is not None:
            _end(deployment, "Stopped", _rang(alarm), "DEPLOYMENT_STOP_ON_ALARM")
        elif current().clock.elapsed(began) >= RUN_SECONDS:
            deployment.status, deployment.complete_time = "Succeeded", current().clock.now()
        else:
            current().timekeeper.after(CHECK_SECONDS, look)

    current().timekeeper.after(CHECK_SECONDS, look)


def _carry_out(deployment: DeploymentInfo) -> None:
    """Walks an ECS service from one task set to another."""
    if deployment.creator == "codeDeployRollback":
        # Traffic went back when the deployment before it was given up; this one is its record.
        deployment.status, deployment.complete_time = "Succeeded", current().clock.now()
        return
    try:
        way = blue_green.BlueGreen(deployment)
    except blue_green.Trouble as trouble:
        _end(deployment, "Failed", (trouble.code, trouble.message), "DEPLOYMENT_FAILURE")
        return
    deployment.way = way  # type: ignore[attr-defined]
    steps = way.walk()

    def go_on() -> None:
        if deployment.status != "InProgress":
            return
        alarm = _alarm(deployment)
        if alarm is not None:
            _end(deployment, "Stopped", _rang(alarm), "DEPLOYMENT_STOP_ON_ALARM")
            return
        try:
            pause = next(steps)
        except StopIteration:
            deployment.status, deployment.complete_time = "Succeeded", current().clock.now()
        except blue_green.Trouble as trouble:
            _end(deployment, "Failed", (trouble.code, trouble.message), "DEPLOYMENT_FAILURE")
        else:
            current().timekeeper.after(pause, go_on)

    go_on()


def _rang(alarm: str) -> tuple[str, str]:
    return (
        "ALARM_ACTIVE",
        "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the "
        f"affected deployments have been stopped. Activated alarms: <{alarm}>",
    )


def _problem(deployment: DeploymentInfo) -> tuple[str, str] | None:
    """Why the deployment cannot be carried out: a code of the user guide, and words."""
    role = deployment.deployment_group.service_role_arn.rsplit("/", 1)[-1]
    if not any(one.name == role for one in current().backend("iam", regional=False).roles.values()):
        return "IAM_ROLE_MISSING", f"The role {deployment.deployment_group.service_role_arn} does not exist"
    text = (deployment.revision.get("appSpecContent") or {}).get("content") or ""
    place = deployment.revision.get("s3Location")
    if place:
        bucket = current().backend("s3", regional=False).buckets.get(place["bucket"])
        found = bucket.keys.get(place["key"]) if bucket is not None else None
        if found is None:
            return "REVISION_MISSING", f"The revision s3://{place['bucket']}/{place['key']} does not exist"
        text = found.value.decode("utf-8", "replace")
    if deployment.application.compute_platform != "ECS":
        return None
    named = re.search(r"""TaskDefinition"?\s*:\s*"?([^"\s,}]+)""", text)
    if named is None:
        return "INVALID_REVISION", "The AppSpec file does not name a TaskDefinition"
    try:
        current().backend("ecs").describe_task_definition(named[1])
    except Exception as error:  # moto's and ours: both say that there is none
        return "ECS_UPDATE_ERROR", f"The ECS service cannot be updated due to: {getattr(error, 'message', error)}"
    return None


def _alarm(deployment: DeploymentInfo) -> str | None:
    given: dict[str, Any] = getattr(deployment.deployment_group, "alarm_configuration", None) or {}
    if not isinstance(given, dict) or not given.get("enabled"):
        return None
    held = current().backend("cloudwatch").alarms
    names = [one["name"] for one in given.get("alarms") or []]
    return next((name for name in names if name in held and held[name].state_value == "ALARM"), None)


def _end(deployment: DeploymentInfo, status: str, why: tuple[str, str] | None, event: str) -> None:
    deployment.status, deployment.complete_time = status, current().clock.now()
    if why is not None:
        deployment.error = {"code": why[0], "message": why[1]}  # type: ignore[attr-defined]
    way = getattr(deployment, "way", None)
    if way is not None:
        way.go_back()
    given = deployment.auto_rollback_configuration or {}
    if given.get("enabled") and event in (given.get("events") or []):
        _go_back(deployment)


def _go_back(deployment: DeploymentInfo) -> None:
    """A deployment of what succeeded last in the group."""
    backend: CodeDeployBackend = current().backend("codedeploy")
    mine = (deployment.application_name, deployment.deployment_group_name)
    last = [
        one
        for one in backend.deployments.values()
        if (one.application_name, one.deployment_group_name) == mine and one.status == "Succeeded"
    ]
    if not last:
        deployment.rollback = {  # type: ignore[attr-defined]
            "rollbackMessage": "There is no previous successful deployment to roll back to."
        }
        return
    made = _create(
        backend, *mine, last[-1].revision, deployment.deployment_config_name, None, None, creator="codeDeployRollback"
    )
    deployment.rollback = {  # type: ignore[attr-defined]
        "rollbackDeploymentId": made,
        "rollbackTriggeringDeploymentId": deployment.deployment_id,
    }


def stop_deployment(self: CodeDeployResponse) -> ActionResult:
    """The API operation. What has ended cannot be stopped."""
    deployment = self.codedeploy_backend.get_deployment(self._get_param("deploymentId"))
    if deployment.status not in OPEN:
        raise AwsError(
            "DeploymentAlreadyCompletedException", f"The deployment {deployment.deployment_id} is already completed"
        )
    wants_back = self._get_param("autoRollbackEnabled")
    _end(deployment, "Stopped", None, "DEPLOYMENT_STOP_ON_REQUEST" if wants_back is None else "")
    if wants_back:
        _go_back(deployment)
    return ActionResult(
        {"status": "Succeeded", "statusMessage": "No more events will be scheduled for this deployment."}
    )


def delete_deployment_group(self: CodeDeployResponse) -> ActionResult:
    """The API operation: refused to a group that is deploying."""
    application, group = self._get_param("applicationName"), self._get_param("deploymentGroupName")
    backend = self.codedeploy_backend
    for one in backend.deployments.values():
        if (one.application_name, one.deployment_group_name) == (application, group) and one.status in OPEN:
            raise AwsError(
                "InvalidOperationException",
                f"The Deployment Group '{group}' has an active Deployment '{one.deployment_id}'",
            )
    backend.deployment_groups.get(application, {}).pop(group, None)
    return ActionResult({"hooksNotCleanedUp": []})


def delete_application(self: CodeDeployResponse) -> ActionResult:
    """The API operation."""
    name = self._get_param("applicationName")
    backend = self.codedeploy_backend
    backend.applications.pop(name, None)
    backend.deployment_groups.pop(name, None)
    for id_ in [id_ for id_, one in backend.deployments.items() if one.application_name == name]:
        del backend.deployments[id_]
    return ActionResult({})


def put_lifecycle_event_hook_execution_status(self: CodeDeployResponse) -> ActionResult:
    """The API operation by which a hook's function answers."""
    execution = self._get_param("lifecycleEventHookExecutionId")
    hooks.answered(execution, self._get_param("status"))
    return ActionResult({"lifecycleEventHookExecutionId": execution})
