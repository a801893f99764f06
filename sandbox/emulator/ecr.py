"""ECR, mended: a token that lives twelve hours, the registry's real address, images as the real registry holds them.

Modelled after the Amazon ECR API reference (GetAuthorizationToken, DescribeImages, BatchGetImage).
"""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

from moto.core.responses import ActionResult
from moto.ecr.exceptions import RepositoryNotFoundException
from moto.ecr.models import ECRBackend, Repository
from moto.ecr.responses import ECRResponse

from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend
from sandbox.registry import Registry, RegistryImage

TOKEN_LIFE = timedelta(hours=12)


def registry_host() -> str:
    """What images are named after: the local registry's address, or ECR's name when there is no registry."""
    context = current()
    if context.registry is not None:
        return context.registry.address
    return f"{context.account}.dkr.ecr.{context.region}.amazonaws.com"


def mend_ecr() -> None:
    """Puts the mended operations into moto's classes."""
    original = Repository.__init__
    original_delete = ECRBackend.delete_repository

    @mend(Repository, "__init__")
    def repository(self: Repository, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self.uri = f"{registry_host()}/{self.name}"

    @mend(ECRBackend)
    def delete_repository(self: ECRBackend, repository_name: str, registry_id: Any = None, force: bool = False) -> Any:
        registry = current().registry
        if registry is not None and repository_name in self.repositories:
            held = registry.images(repository_name)
            if held and not force:
                raise AwsError(
                    "RepositoryNotEmptyException",
                    f"The repository with name '{repository_name}' in registry with id '{current().account}' cannot be "
                    "deleted because it still contains images",
                )
            for image in held:
                registry.delete(repository_name, image.digest)
        return original_delete(self, repository_name, registry_id, force)

    for method in (get_authorization_token,):
        mend(ECRResponse)(method)
    for name in ("describe_images", "list_images", "batch_get_image", "batch_delete_image", "put_image"):
        _with_registry(name)


def get_authorization_token(self: ECRResponse) -> ActionResult:
    """One token a sandbox, as the registry's password file knows one."""
    registry = current().registry
    password = registry.token if registry else "no-registry-is-installed"
    host = registry_host()
    return ActionResult(
        {
            "authorizationData": [
                {
                    "authorizationToken": base64.b64encode(f"AWS:{password}".encode()).decode(),
                    "expiresAt": current().clock.now() + TOKEN_LIFE,
                    "proxyEndpoint": f"http://{host}" if registry else f"https://{host}",
                }
            ]
        }
    )


def _with_registry(name: str) -> None:
    """Answers an operation from the real registry when one runs, else lets moto answer."""
    original = getattr(ECRResponse, name)
    ours = {
        "describe_images": _describe_images,
        "list_images": _list_images,
        "batch_get_image": _batch_get_image,
        "batch_delete_image": _batch_delete_image,
        "put_image": _put_image,
    }[name]

    def method(self: ECRResponse) -> Any:
        registry = current().registry
        if registry is None:
            return original(self)
        repository = self._get_param("repositoryName")
        if repository not in self.ecr_backend.repositories:
            raise RepositoryNotFoundException(repository, current().account)
        return ours(self, registry, repository)

    setattr(ECRResponse, name, method)


def find(repository: str, tag: str | None, digest: str | None) -> RegistryImage | None:
    """The image with this tag or digest in the real registry, or nothing. moto's images when there is no registry."""
    registry = current().registry
    if registry is None:
        return None
    return next((image for image in registry.images(repository) if _is(image, tag, digest)), None)


def _is(image: RegistryImage, tag: str | None, digest: str | None) -> bool:
    return (tag is None or tag in image.tags) and (digest is None or digest == image.digest)


def _describe_images(self: ECRResponse, registry: Registry, repository: str) -> ActionResult:
    images, wanted = registry.images(repository), self._get_param("imageIds")
    if wanted:
        chosen = []
        for item in wanted:
            tag, digest = item.get("imageTag"), item.get("imageDigest")
            found = [image for image in images if _is(image, tag, digest)]
            if not found:
                raise AwsError(
                    "ImageNotFoundException",
                    f"The image with imageId {{imageDigest:'{digest or 'null'}', imageTag:'{tag or 'null'}'}} does not "
                    f"exist within the repository with name '{repository}' in the registry with id "
                    f"'{current().account}'",
                )
            chosen += [image for image in found if image not in chosen]
        images = chosen
    return ActionResult({"imageDetails": [_detail(image, repository) for image in images]})


def _detail(image: RegistryImage, repository: str) -> dict[str, Any]:
    return {
        "registryId": current().account,
        "repositoryName": repository,
        "imageDigest": image.digest,
        "imageTags": list(image.tags),
        "imageSizeInBytes": image.size,
        "imagePushedAt": image.pushed_at,
        "imageManifestMediaType": image.media_type,
        "artifactMediaType": "application/vnd.oci.image.config.v1+json",
        "imageScanStatus": {"status": "COMPLETE", "description": "The scan was completed successfully."},
        "imageScanFindingsSummary": {"findingSeverityCounts": {}, "imageScanCompletedAt": image.pushed_at},
    }


def _list_images(self: ECRResponse, registry: Registry, repository: str) -> ActionResult:
    rows = [
        {"imageDigest": image.digest, "imageTag": tag} for image in registry.images(repository) for tag in image.tags
    ]
    return ActionResult({"imageIds": rows})


def _batch_get_image(self: ECRResponse, registry: Registry, repository: str) -> ActionResult:
    images, found, failures = registry.images(repository), [], []
    for item in self._get_param("imageIds") or []:
        tag, digest = item.get("imageTag"), item.get("imageDigest")
        image = next((image for image in images if _is(image, tag, digest)), None)
        if image is None:
            failures.append(
                {"imageId": item, "failureCode": "ImageNotFound", "failureReason": "Requested image not found"}
            )
            continue
        found.append(
            {
                "registryId": current().account,
                "repositoryName": repository,
                "imageId": {"imageDigest": image.digest, **({"imageTag": tag} if tag else {})},
                "imageManifest": image.manifest,
                "imageManifestMediaType": image.media_type,
            }
        )
    return ActionResult({"images": found, "failures": failures})


def _batch_delete_image(self: ECRResponse, registry: Registry, repository: str) -> ActionResult:
    images, gone, failures = registry.images(repository), [], []
    for item in self._get_param("imageIds") or []:
        tag, digest = item.get("imageTag"), item.get("imageDigest")
        image = next((image for image in images if _is(image, tag, digest)), None)
        if image is None:
            failures.append(
                {"imageId": item, "failureCode": "ImageNotFound", "failureReason": "Requested image not found"}
            )
            continue
        # The registry has no call that takes one tag away; an image with other tags keeps them all.
        if tag and len(image.tags) > 1:
            failures.append(
                {
                    "imageId": item,
                    "failureCode": "ImageReferencedByManifestList",
                    "failureReason": "the sandbox cannot remove one of several tags",
                }
            )
            continue
        registry.delete(repository, image.digest)
        gone += [{"imageDigest": image.digest, "imageTag": name} for name in image.tags]
    return ActionResult({"imageIds": gone, "failures": failures})


def _put_image(self: ECRResponse, registry: Registry, repository: str) -> ActionResult:
    manifest, tag = self._get_param("imageManifest"), self._get_param("imageTag")
    held = self.ecr_backend.repositories[repository]
    existing = find(repository, tag, None) if tag else None
    kind = self._get_param("imageManifestMediaType") or json.loads(manifest).get("mediaType", "")
    if existing is not None and (existing.manifest == manifest or held.is_tag_immutable()):
        code = "ImageAlreadyExistsException" if existing.manifest == manifest else "ImageTagAlreadyExistsException"
        raise AwsError(code, f"Image with tag '{tag}' in the repository with name '{repository}' already exists")
    try:
        digest = registry.put(repository, tag or "untagged", manifest, kind)
    except OSError as error:
        raise AwsError("LayersNotFoundException", str(error)) from error
    identifier = {"imageDigest": digest, **({"imageTag": tag} if tag else {})}
    return ActionResult(
        {
            "image": {
                "registryId": current().account,
                "repositoryName": repository,
                "imageId": identifier,
                "imageManifest": manifest,
            }
        }
    )
