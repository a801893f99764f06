"""What two providers of CodePipeline do here: CodeBuild brings an image, ECS rolls a service over to it.

Modelled after "Amazon ECS" and "AWS CodeBuild" of CodePipeline's action structure reference. A build gives the newest
image of the project's repository (`IMAGE_REPOSITORY` of its environment) again, under a tag and a digest of its own:
nobody compiles anything here. The deployment registers the service's definition anew with that image, as
`imagedefinitions.json` would name it, and its action lasts until ECS calls the roll-out over.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from moto.codebuild import responses
from moto.codepipeline.models import PipelineExecution

from sandbox.emulator import ecr
from sandbox.emulator.context import current
from sandbox.emulator.ecs_model import Service


def mend_codebuild() -> None:
    """A project of a pipeline has no places of its own: source and artifacts are the pipeline's."""
    for name in ("_validate_required_params_source", "_validate_required_params_artifacts"):
        original: Callable[[dict[str, Any]], None] = getattr(responses, name)

        def checked(given: dict[str, Any], original: Callable[[dict[str, Any]], None] = original) -> None:
            if given.get("type") != "CODEPIPELINE":
                original(given)

        setattr(responses, name, checked)


def begin(action: dict[str, Any], execution: PipelineExecution) -> tuple[str, str] | None:
    """Does what an action does. Gives its name and why it cannot."""
    provider, given = action["actionTypeId"]["provider"], action.get("configuration") or {}
    built: dict[str, str] = execution.__dict__.setdefault("sandbox_images", {})
    if provider == "CodeBuild":
        return _build(action["name"], given, execution, built)
    if provider == "ECS":
        return _deploy(action["name"], given, execution, built)
    return None


def _build(
    name: str, given: dict[str, Any], execution: PipelineExecution, built: dict[str, str]
) -> tuple[str, str] | None:
    project = current().backend("codebuild").codebuild_projects.get(given.get("ProjectName", ""))
    if project is None:
        return name, f"The project {given.get('ProjectName')} does not exist"
    given_to = project.project_metadata["environment"].get("environmentVariables") or []
    variables = {one["name"]: one["value"] for one in given_to}
    repository, registry = variables.get("IMAGE_REPOSITORY", ""), current().registry
    if registry is None:
        return name, "the sandbox has no registry to build for"
    try:
        images = sorted(registry.images(repository), key=lambda one: one.pushed_at)
        if not images:
            return name, f"Build terminated with state: FAILED. Phase: BUILD, no image in {repository}"
        # Builds are counted for each project, as CODEBUILD_BUILD_NUMBER is.
        number = project.__dict__["sandbox_builds"] = project.__dict__.get("sandbox_builds", 0) + 1
        # Whitespace after the document: another digest for the same layers.
        manifest, tag = images[-1].manifest.rstrip() + " " * number, f"source-{number}"
        digest = registry.put(repository, tag, manifest, images[-1].media_type)
    except OSError as error:
        return name, f"Build terminated with state: FAILED. Phase: POST_BUILD, {error}"
    built[variables.get("CONTAINER_NAME", "")] = f"{ecr.registry_host()}/{repository}@{digest}"
    return None


def _deploy(
    name: str, given: dict[str, Any], execution: PipelineExecution, built: dict[str, str]
) -> tuple[str, str] | None:
    service = _service(given)
    if service is None:
        return name, f"The service {given.get('ServiceName')} does not exist in cluster {given.get('ClusterName')}"
    before = service.primary.definition
    unknown = set(built) - {one["name"] for one in before.container_definitions}
    if unknown or not built:
        return name, f"The image definitions file names no container of {before.family}: {', '.join(unknown) or 'none'}"
    containers = copy.deepcopy(before.container_definitions)
    for container in containers:
        container["image"] = built.get(container["name"], container["image"])
    after = current().backend("ecs").register_task_definition(
        before.family,
        containers,
        before.volumes,
        before.network_mode,
        before.tags,
        before.placement_constraints,
        before.requires_compatibilities,
        before.cpu,
        before.memory,
        getattr(before, "task_role_arn", None),
        getattr(before, "execution_role_arn", None),
        runtime_platform=before.runtime_platform,
    )
    service.given["taskDefinition"] = after.arn
    current().ecs.new_deployment(service, after, service.primary.network)
    execution.__dict__["sandbox_deployment"] = service.primary.id
    return None


def _service(given: dict[str, Any]) -> Service | None:
    key = f"{given.get('ClusterName')}:{given.get('ServiceName')}"
    found = current().backend("ecs").services.get(key)
    return found if isinstance(found, Service) and found.status == "ACTIVE" else None


def outcome(action: dict[str, Any], execution: PipelineExecution) -> bool | tuple[str, str]:
    """Whether an action is over; its name and why not, when it has failed."""
    if action["actionTypeId"]["provider"] != "ECS":
        return True
    service = _service(action.get("configuration") or {})
    wanted = execution.__dict__.get("sandbox_deployment")
    if service is None or service.primary.id != wanted or service.primary.rollout == "FAILED":
        return action["name"], f"The deployment {wanted} failed: {service.primary.reason if service else 'no service'}"
    return service.primary.rollout == "COMPLETED"
