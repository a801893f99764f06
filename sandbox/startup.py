"""Makes moto start fast: it reads tables of every region of every partition, of which the sandbox has two.

Rule: `trim_moto` runs before anything of moto is imported. Why: moto reads the tables at import. What if not: the
sandbox takes four seconds longer to start, and some more for the first call of each service.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

REGIONS = ["ap-northeast-2", "us-east-1"]
"""The scenario's region, and the one where the global services are signed."""


def trim_moto() -> None:
    """Sets moto's options and narrows its tables."""
    os.environ.update(
        MOTO_EC2_LOAD_DEFAULT_AMIS="false",
        MOTO_IAM_LOAD_MANAGED_POLICIES="true",
        MOTO_ACCOUNT_ID="123456789012",
    )
    import boto3.session

    def available(
        self: Any, service_name: str, partition_name: str = "aws", allow_non_regional: bool = False
    ) -> list[str]:
        return list(REGIONS) if partition_name == "aws" else []

    setattr(boto3.session.Session, "get_available_regions", available)
    _share_service_models()
    import moto.utilities.utils as utilities

    original = utilities.load_resource

    def load(resource: str) -> Any:
        if "instance_type_offerings" in str(resource) and not any(region in str(resource) for region in REGIONS):
            return []
        return original(resource)

    utilities.load_resource = load
    _remember_methods()
    _one_partition_of_policies()


def _share_service_models() -> None:
    """Parses each service's description once: moto and the seed's clients would each do it for themselves."""
    from botocore.loaders import JSONFileLoader

    original = JSONFileLoader.load_file
    parsed: dict[str, Any] = {}

    def load_file(self: Any, file_path: str) -> Any:
        if file_path not in parsed:
            parsed[file_path] = original(self, file_path)
        return parsed[file_path]

    setattr(JSONFileLoader, "load_file", load_file)


def _remember_methods() -> None:
    """moto lists the methods of a service's class at each call, which is most of a call's time."""
    import moto.core.responses as responses

    setattr(responses, "method_names_from_class", cache(getattr(responses, "method_names_from_class")))


def _one_partition_of_policies() -> None:
    """AWS's managed policies for the partition in use only; moto reads its 1,600 for each of six."""
    from moto.iam.models import IAMBackend

    original = IAMBackend._init_aws_policies

    def policies(self: Any) -> Any:
        return original(self) if self.region_name == "aws" else []

    setattr(IAMBackend, "_init_aws_policies", policies)
