"""CodePipeline, mended: an execution walks through its stages, takes its time, and can fail.

Modelled after StartPipelineExecution, GetPipelineExecution and GetPipelineState of the CodePipeline API reference. The
same `clientRequestToken` starts one execution. A source action that reads S3 fails when its object is not there, a
deploy action of CodeDeploy when its application is not; CodeBuild and ECS do what `pipeline_actions.py` says; other
providers' actions succeed when their time is over. A
newer execution that finds a stage occupied waits for it (mode QUEUED). Not modelled: approvals, retries, webhooks,
the providers' own work, superseding. Durations are assumptions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from moto.codepipeline.models import CodePipeline, PipelineExecution
from moto.codepipeline.responses import CodePipelineResponse
from moto.core.responses import ActionResult
from moto.s3.models import FakeDeleteMarker

from sandbox.emulator import pipeline_actions
from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend

STAGE_SECONDS = 60.0
LOOK_SECONDS = 10.0
"""How often an action that lasts longer is looked at."""


@dataclass
class Stage:
    """A stage as its latest execution left it."""

    name: str
    actions: list[dict[str, Any]]
    execution: str | None = None
    status: str | None = None
    failure: tuple[str, str] | None = None
    waiting: list[str] = field(default_factory=list)


def _stages(pipeline: CodePipeline) -> list[Stage]:
    held: list[Stage] | None = pipeline.__dict__.get("sandbox_stages")
    if held is None:
        held = [Stage(one["name"], one["actions"]) for one in pipeline.pipeline["stages"]]
        pipeline.__dict__["sandbox_stages"] = held
    return held


def _pipeline(self: CodePipelineResponse, name: str) -> CodePipeline:
    found = self.codepipeline_backend.pipelines.get(name)
    if found is None:
        raise AwsError(
            "PipelineNotFoundException", f"Account '{current().account}' does not have a pipeline with name '{name}'"
        )
    return found


def mend_codepipeline() -> None:
    """Puts the mended operations into moto's class."""
    mend(CodePipelineResponse)(start_pipeline_execution)
    mend(CodePipelineResponse)(get_pipeline_state)
    mend(CodePipelineResponse)(get_pipeline_execution)


def start_pipeline_execution(self: CodePipelineResponse) -> str:
    """The API operation."""
    pipeline = _pipeline(self, self._get_param("name"))
    tokens: dict[str, str] = pipeline.__dict__.setdefault("sandbox_tokens", {})
    token = self._get_param("clientRequestToken")
    if token and token in tokens:
        return json.dumps({"pipelineExecutionId": tokens[token]})
    variables = self._get_param("variables")
    declared = {one["name"] for one in pipeline.pipeline.get("variables") or []}
    unknown = [one["name"] for one in variables or [] if one["name"] not in declared]
    if unknown:
        raise AwsError("ValidationException", f"The pipeline has no variable {', '.join(unknown)}")
    execution = PipelineExecution(pipeline.pipeline["name"], pipeline.pipeline["version"], variables)
    execution.status = "InProgress"
    pipeline.executions[execution.pipeline_execution_id] = execution
    if token:
        tokens[token] = execution.pipeline_execution_id
    _enter(pipeline, execution, 0)
    return json.dumps({"pipelineExecutionId": execution.pipeline_execution_id})


def _enter(pipeline: CodePipeline, execution: PipelineExecution, number: int) -> None:
    stages = _stages(pipeline)
    if number == len(stages):
        execution.status = "Succeeded"
        return
    stage = stages[number]
    if stage.status == "InProgress":
        stage.waiting.append(execution.pipeline_execution_id)
        return
    stage.execution, stage.status, stage.failure = execution.pipeline_execution_id, "InProgress", None
    begun: list[tuple[str, str] | None] = [
        _failure(action) or pipeline_actions.begin(action, execution) for action in stage.actions
    ]

    def leave() -> None:
        ended = [pipeline_actions.outcome(action, execution) for action in stage.actions] if not any(begun) else []
        if False in ended and not any(isinstance(one, tuple) for one in ended):
            current().timekeeper.after(LOOK_SECONDS, leave)
            return
        stage.failure = next((one for one in [*begun, *ended] if isinstance(one, tuple)), None)
        stage.status = "Succeeded" if stage.failure is None else "Failed"
        if stage.failure is None:
            _enter(pipeline, execution, number + 1)
        else:
            execution.status = "Failed"
        if stage.waiting:
            _enter(pipeline, pipeline.executions[stage.waiting.pop(0)], number)

    current().timekeeper.after(STAGE_SECONDS, leave)


def _failure(action: dict[str, Any]) -> tuple[str, str] | None:
    """Name of the action and why it fails, by what its configuration names."""
    provider, given = action["actionTypeId"]["provider"], action.get("configuration") or {}
    if provider == "S3" and action["actionTypeId"]["category"] == "Source":
        bucket = current().backend("s3", regional=False).buckets.get(given.get("S3Bucket"))
        found = bucket.keys.get(given.get("S3ObjectKey")) if bucket is not None else None
        if found is None or isinstance(found, FakeDeleteMarker):
            return action["name"], (
                f"The object with key '{given.get('S3ObjectKey')}' does not exist in bucket '{given.get('S3Bucket')}'"
            )
    if provider in ("CodeDeploy", "CodeDeployToECS"):
        if given.get("ApplicationName") not in current().backend("codedeploy").applications:
            return action["name"], f"No application found for name: {given.get('ApplicationName')}"
    return None


def get_pipeline_execution(self: CodePipelineResponse) -> ActionResult:
    """The API operation."""
    pipeline = _pipeline(self, self._get_param("pipelineName"))
    execution = pipeline.executions.get(self._get_param("pipelineExecutionId"))
    if execution is None:
        raise AwsError(
            "PipelineExecutionNotFoundException",
            f"Account '{current().account}' does not have an execution with id "
            f"'{self._get_param('pipelineExecutionId')}' for pipeline '{pipeline.pipeline['name']}'",
        )
    return ActionResult({"pipelineExecution": {k: v for k, v in execution.to_dict().items() if v is not None}})


def get_pipeline_state(self: CodePipelineResponse) -> ActionResult:
    """The API operation."""
    pipeline = _pipeline(self, self._get_param("name"))
    rows = []
    for stage in _stages(pipeline):
        row: dict[str, Any] = {"stageName": stage.name, "actionStates": []}
        if stage.execution is not None:
            row["latestExecution"] = {"pipelineExecutionId": stage.execution, "status": stage.status}
        for action in stage.actions:
            state: dict[str, Any] = {"actionName": action["name"]}
            if stage.status is not None:
                failed = stage.failure is not None and stage.failure[0] == action["name"]
                state["latestExecution"] = {"status": "Failed" if failed else stage.status}
                if stage.failure is not None and failed:
                    details = {"code": "ConfigurationError", "message": stage.failure[1]}
                    state["latestExecution"]["errorDetails"] = details
            row["actionStates"].append(state)
        rows.append(row)
    return ActionResult({"pipelineName": pipeline.pipeline["name"], "pipelineVersion": 1, "stageStates": rows})
