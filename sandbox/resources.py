"""Makes, or takes away, declared AWS resources: what a runbook's Terraform makes, where its provider cannot be had.

    python -m sandbox.resources apply|destroy --endpoint URL --manifest FILE --declared FILE --state FILE

`--declared` is YAML beside the runbook's Terraform files, `--manifest` JSON with the variables, `--state` what has been
made so far: `apply` goes on where it was stopped, `destroy` takes away what it made, last first. Prints the outputs.

    resources:
      - name: cluster                        # what later resources and outputs call its answer
        make: {service: ecs, call: create_cluster, with: {clusterName: "${cluster}"}}
        remove: {service: ecs, call: delete_cluster, with: {cluster: "${cluster}"}}
      - name: services
        each: {service: "${services}"}       # one for every element; its answers are a mapping by `key`
        only: {"${service.kind}": [web]}     # not for those whose value is none of these
        key: "${service.name}"
        make: {service: ecs, call: create_service, with: {serviceName: "${service.name}"}}
        until: {service: ecs, call: describe_services, with: {…}, path: services.0.status, is: ACTIVE}
        remove: {service: ecs, call: delete_service, with: {…}, gone: [ServiceNotFoundException], busy: [InUse]}
    outputs:
      cluster_arn: "${cluster.cluster.clusterArn}"

`${a.b.0.c}` is a value of the manifest, of an element or of an answer; alone in its text it keeps its type. A name may
hold another, `${subnets.${place.subnet}.Id}`. A resource
without `remove` is kept. `busy` codes are tried again, `gone` codes mean that somebody took it away already.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import yaml
from botocore.config import Config
from botocore.exceptions import ClientError

from sandbox.network import ACCESS_KEY, SECRET_KEY

PATIENCE = 120.0
"""Longest wait for one resource, seconds."""

NAMED = re.compile(r"\$\{([\w.-]+)\}")
INNER = re.compile(r"(?<=\.)\$\{([\w.-]+)\}(?=[\w.-]*\})")
"""A name within a name: after a dot, and before the outer one's end."""


class Declared:
    """The resources of one file, against one sandbox."""

    def __init__(self, endpoint: str, manifest: dict[str, Any], declared: dict[str, Any], state: Path) -> None:
        self._endpoint, self._manifest, self._declared, self._state = endpoint, manifest, declared, state
        self._clients: dict[str, Any] = {}
        self._made: dict[str, Any] = json.loads(state.read_text()) if state.is_file() else {}

    def apply(self) -> dict[str, Any]:
        """Makes what is missing. Gives the outputs. Throws: `ClientError`, `LookupError`, `TimeoutError`."""
        for resource, key, scope in self._instances():
            if key in self._made.get(resource["name"], {}):
                continue
            answer = self._call(resource["make"], scope)
            self._note(resource["name"], key, answer)
            if "until" in resource:
                self._wait(resource["until"], self._scope(scope))
        outputs: dict[str, Any] = filled(self._declared.get("outputs", {}), self._scope({}))
        return outputs

    def destroy(self) -> dict[str, Any]:
        """Takes away what was made, last first. Gives the names."""
        removed = []
        for resource, key, scope in reversed(list(self._instances())):
            if key not in self._made.get(resource["name"], {}):
                continue
            if "remove" in resource:
                self._remove(resource["remove"], {**scope, "self": self._made[resource["name"]][key]})
                removed.append(f"{resource['name']} {key}".strip())
            self._note(resource["name"], key, None)
        return {"removed": removed}

    def _instances(self) -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
        """Each resource with its key and the names that only it knows."""
        for resource in self._declared["resources"]:
            if "each" not in resource:
                if self._wanted(resource, {}):
                    yield resource, "", {}
                continue
            ((name, source),) = resource["each"].items()
            for element in filled(source, self._scope({})):
                scope = {name: element}
                if self._wanted(resource, scope):
                    yield resource, str(filled(resource["key"], self._scope(scope))), scope

    def _wanted(self, resource: dict[str, Any], scope: dict[str, Any]) -> bool:
        """Whether `only` lets it be made."""
        only: dict[str, list[Any]] = resource.get("only", {})
        return all(filled(text, self._scope(scope)) in among for text, among in only.items())

    def _scope(self, more: dict[str, Any]) -> dict[str, Any]:
        """All that a text may name now; a resource that is one is its answer, one of many a mapping of them."""
        made = {name: held[""] if list(held) == [""] else held for name, held in self._made.items()}
        return {**self._manifest, **made, **more}

    def _note(self, name: str, key: str, answer: Any) -> None:
        """Keeps an answer, on the disk before the next call is made."""
        held = self._made.setdefault(name, {})
        if answer is None:
            held.pop(key, None)
        else:
            held[key] = answer
        self._state.write_text(json.dumps(self._made, indent=2, sort_keys=True, default=str) + "\n")
        self._made = json.loads(self._state.read_text())

    def _call(self, call: dict[str, Any], scope: dict[str, Any]) -> dict[str, Any]:
        given = filled(call.get("with", {}), self._scope(scope))
        answer = getattr(self._client(call["service"]), call["call"])(**given)
        answer.pop("ResponseMetadata", None)
        return dict(answer)

    def _remove(self, call: dict[str, Any], scope: dict[str, Any]) -> None:
        def once() -> bool:
            try:
                self._call(call, scope)
            except ClientError as error:
                code = error.response["Error"]["Code"]
                if code in call.get("busy", []):
                    return False
                if code not in call.get("gone", []):
                    raise
            return True

        waited(once, f"{call['service']}.{call['call']} stays refused")

    def _wait(self, until: dict[str, Any], scope: dict[str, Any]) -> None:
        def once() -> bool:
            answer = self._call(until, scope)
            return bool(value_at(answer, until["path"].split(".")) == until["is"])

        waited(once, f"{until['path']} of {until['call']} did not become {until['is']}")

    def _client(self, service: str) -> Any:
        if service not in self._clients:
            self._clients[service] = boto3.client(
                service,
                endpoint_url=self._endpoint,
                region_name=self._manifest["region"],
                aws_access_key_id=ACCESS_KEY,
                aws_secret_access_key=SECRET_KEY,
                config=Config(user_agent="terraform-stand-in", retries={"max_attempts": 3, "mode": "standard"}),
            )
        return self._clients[service]


def waited(once: Callable[[], bool], problem: str) -> None:
    """Throws: `TimeoutError`."""
    deadline = time.monotonic() + PATIENCE
    while not once():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{problem} within {PATIENCE:g} s")
        time.sleep(0.05)


def filled(source: Any, scope: dict[str, Any]) -> Any:
    """`source` with every `${…}` in it filled in. Throws: `LookupError` when there is no such value."""
    if isinstance(source, dict):
        return {filled(name, scope): filled(value, scope) for name, value in source.items()}
    if isinstance(source, list):
        return [filled(value, scope) for value in source]
    if not isinstance(source, str):
        return source
    # From the inside out: `${groups.${service.name}.arn}`.
    while INNER.search(source):
        source = INNER.sub(lambda found: str(value_at(scope, found[1].split("."))), source)
    whole = NAMED.fullmatch(source)
    if whole:
        return value_at(scope, whole[1].split("."))
    inner = NAMED.sub(lambda found: str(value_at(scope, found[1].split("."))), source)
    # A name within a name: `${subnets.${place.subnet}.Id}` is filled from the inside out.
    return filled(inner, scope) if inner != source and "${" in source.replace("${", "", 1) else inner


def value_at(value: Any, path: list[str]) -> Any:
    """Throws: `LookupError`."""
    for number, name in enumerate(path):
        try:
            value = value[int(name)] if isinstance(value, list) else value[name]
        except (LookupError, TypeError, ValueError) as error:
            raise LookupError(f"there is no `{'.'.join(path[: number + 1])}`") from error
    return value


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox.resources", description=__doc__)
    parser.add_argument("verb", choices=["apply", "destroy"])
    parser.add_argument("--endpoint", required=True)
    for name in ("--manifest", "--declared", "--state"):
        parser.add_argument(name, type=Path, required=True, metavar="FILE")
    given = parser.parse_args()
    declared = Declared(
        given.endpoint, json.loads(given.manifest.read_text()), yaml.safe_load(given.declared.read_text()), given.state
    )
    try:
        result = declared.apply() if given.verb == "apply" else declared.destroy()
    except (ClientError, LookupError, TimeoutError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(json.dumps(result, indent=2, sort_keys=True, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main())
