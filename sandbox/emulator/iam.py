"""IAM's judgement: an honest evaluator of identity-based policies, and SimulatePrincipalPolicy over it.

Modelled after "Policy evaluation logic" and "IAM JSON policy elements" of the IAM user guide. Judged:
inline and attached policies of roles, users and their groups, permission boundaries, NotAction, NotResource, and the
condition operators of `CONDITIONS`. Not judged: resource-based policies, service control policies, sessions.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from sandbox.emulator.context import current
from sandbox.emulator.mend import AwsError, mend


@dataclass(frozen=True)
class Policy:
    """A policy with where it comes from."""

    id: str
    kind: str
    statements: tuple[dict[str, Any], ...]


@dataclass
class Verdict:
    """The judgement of one action on one resource."""

    decision: str
    matched: list[Policy] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    boundary_allows: bool = True


def parse_policy(name: str, kind: str, document: Any) -> Policy:
    """Takes a policy document apart. Throws: `ValueError` when it is not JSON."""
    value = json.loads(document) if isinstance(document, str) else document
    statements = value.get("Statement", [])
    return Policy(name, kind, tuple([statements] if isinstance(statements, dict) else statements))


def judge(policies: list[Policy], action: str, resource: str, context: dict[str, list[str]]) -> Verdict:
    """Explicit deny before allow before implicit deny."""
    verdict = Verdict("implicitDeny")
    for policy in policies:
        for statement in policy.statements:
            if not (_acts(statement, action) and _covers(statement, resource)):
                continue
            if not _conditions_hold(statement.get("Condition", {}), context, verdict.missing):
                continue
            if statement["Effect"] == "Deny":
                return Verdict("explicitDeny", [policy], verdict.missing)
            verdict.decision = "allowed"
            verdict.matched.append(policy)
    return verdict


def _list(value: Any) -> list[str]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _like(pattern: str, text: str) -> bool:
    # A bracket means itself in a policy; fnmatch would read a set from it.
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def _acts(statement: dict[str, Any], action: str) -> bool:
    if "NotAction" in statement:
        return not any(_like(item.lower(), action.lower()) for item in _list(statement["NotAction"]))
    return any(_like(item.lower(), action.lower()) for item in _list(statement.get("Action")))


def _covers(statement: dict[str, Any], resource: str) -> bool:
    if "NotResource" in statement:
        return not any(_like(item, resource) for item in _list(statement["NotResource"]))
    return any(_like(item, resource) or item == "*" for item in _list(statement.get("Resource")))


def _conditions_hold(conditions: dict[str, Any], context: dict[str, list[str]], missing: list[str]) -> bool:
    known = {name.lower(): values for name, values in context.items()}
    for operator, wanted in conditions.items():
        optional = operator.endswith("IfExists")
        plain = operator.removesuffix("IfExists").split(":")[-1]
        for name, values in wanted.items():
            actual = known.get(name.lower())
            if plain == "Null":
                if (actual is None) != (str(_list(values)[0]).lower() == "true"):
                    return False
                continue
            if actual is None:
                negated = "Not" in plain
                if not optional and not negated:
                    missing.append(name)
                    return False
                continue
            judge_one = CONDITIONS.get(plain)
            if judge_one is None:
                raise AwsError("InvalidInput", f"The sandbox does not evaluate the condition operator {operator}")
            if not judge_one([str(item) for item in actual], [str(item) for item in _list(values)]):
                return False
    return True


def _any(test: Any) -> Any:
    return lambda actual, wanted: any(test(one, other) for one in actual for other in wanted)


def _none(test: Any) -> Any:
    return lambda actual, wanted: not any(test(one, other) for one in actual for other in wanted)


CONDITIONS = {
    "StringEquals": _any(lambda one, other: one == other),
    "StringNotEquals": _none(lambda one, other: one == other),
    "StringEqualsIgnoreCase": _any(lambda one, other: one.lower() == other.lower()),
    "StringLike": _any(lambda one, other: _like(other, one)),
    "StringNotLike": _none(lambda one, other: _like(other, one)),
    "ArnEquals": _any(lambda one, other: _like(other, one)),
    "ArnLike": _any(lambda one, other: _like(other, one)),
    "ArnNotLike": _none(lambda one, other: _like(other, one)),
    "Bool": _any(lambda one, other: one.lower() == other.lower()),
    "NumericEquals": _any(lambda one, other: float(one) == float(other)),
    "NumericLessThan": _any(lambda one, other: float(one) < float(other)),
    "NumericGreaterThan": _any(lambda one, other: float(one) > float(other)),
}


def _backend() -> Any:
    return current().backend("iam", regional=False)


def _principal(arn: str) -> tuple[list[Policy], list[Policy] | None]:
    """The policies of a role, user or group, and those of its boundary."""
    found = re.fullmatch(r"arn:[\w-]+:iam::\d+:(role|user|group)/(.+)", arn)
    if found is None:
        raise AwsError("InvalidInput", f"Invalid Entity Arn: {arn} does not clearly define entity type and name.")
    kind, name = found[1], found[2].rsplit("/", 1)[-1]
    backend = _backend()
    if kind == "role":
        entity = next((item for item in backend.roles.values() if item.name == name), None)
    elif kind == "user":
        entity = backend.users.get(name)
    else:
        entity = backend.groups.get(name)
    if entity is None:
        raise AwsError("NoSuchEntity", f"The {kind} with name {name} cannot be found.")
    policies = _policies_of(entity, kind)
    if kind == "user":
        for group in backend.groups.values():
            if any(user.name == name for user in group.users):
                policies += _policies_of(group, "group")
    boundary = getattr(entity, "permissions_boundary_arn", None) or getattr(entity, "permissions_boundary", None)
    if boundary:
        held = backend.managed_policies.get(
            boundary if isinstance(boundary, str) else boundary["PermissionsBoundaryArn"]
        )
        return policies, [parse_policy(held.name, "IAM Policy", document_of(held))] if held else []
    return policies, None


def _policies_of(entity: Any, kind: str) -> list[Policy]:
    source = {"role": "role", "user": "user", "group": "group"}[kind]
    inline = entity.policies
    found = [
        parse_policy(f"{source}_{entity.name}_{name}", "IAM Policy", document)
        for name, document in (
            inline.items() if isinstance(inline, dict) else [(item.name, item.document) for item in inline]
        )
    ]
    for policy in entity.managed_policies.values():
        found.append(parse_policy(policy.name, "IAM Policy", document_of(policy)))
    return found


def document_of(policy: Any) -> str:
    """The text of a managed policy's default version."""
    return str(next(version.document for version in policy.versions if version.version_id == policy.default_version_id))


def verdict(principal: str, action: str, resource: str, context: dict[str, list[str]] | None = None) -> Verdict:
    """The judgement for a principal. Throws: `AwsError` NoSuchEntity."""
    policies, boundary = _principal(principal)
    result = judge(policies, action, resource, context or {})
    if boundary is not None and result.decision == "allowed":
        limited = judge(boundary, action, resource, context or {})
        if limited.decision != "allowed":
            return Verdict(limited.decision, limited.matched, result.missing, boundary_allows=False)
    return result


def allows(principal: str, action: str, resource: str) -> bool:
    """Whether the principal exists and may."""
    try:
        return verdict(principal, action, resource).decision == "allowed"
    except AwsError:
        return False


def mend_iam() -> None:
    """Adds the two simulations, which moto has not got."""
    mend(IamResponse)(simulate_principal_policy)
    mend(IamResponse)(simulate_custom_policy)


def simulate_principal_policy(self: IamResponse) -> ActionResult:
    """The API operation."""
    source = self._get_param("PolicySourceArn")
    policies, boundary = _principal(source)
    for number, document in enumerate(self._get_param("PolicyInputList", []) or [], start=1):
        policies.append(_given(number, document))
    return ActionResult(_results(self, policies, boundary))


def simulate_custom_policy(self: IamResponse) -> ActionResult:
    """The API operation."""
    policies = [_given(number, item) for number, item in enumerate(self._get_param("PolicyInputList", []), start=1)]
    boundary = self._get_param("PermissionsBoundaryPolicyInputList", []) or None
    limits = [_given(number, item) for number, item in enumerate(boundary, start=1)] if boundary else None
    return ActionResult(_results(self, policies, limits))


def _given(number: int, document: str) -> Policy:
    try:
        return parse_policy(f"PolicyInputList.{number}", "IAM Policy", document)
    except ValueError as error:
        raise AwsError("InvalidInput", "The input policy is not valid JSON") from error


def _results(self: IamResponse, policies: list[Policy], boundary: list[Policy] | None) -> dict[str, Any]:
    actions = self._get_param("ActionNames", []) or []
    resources = self._get_param("ResourceArns", []) or ["*"]
    context = {
        item["ContextKeyName"]: list(item.get("ContextKeyValues") or [])
        for item in self._get_param("ContextEntries", []) or []
    }
    rows = []
    for action in actions:
        if not re.fullmatch(r"[\w-]+:[\w*?]+", action):
            raise AwsError("InvalidInput", f"Invalid Action: {action} is not a valid action name")
        for resource in resources:
            rows.append(_row(judge(policies, action, resource, context), boundary, action, resource, context))
    limit, first = int(self._get_param("MaxItems") or 100), int(self._get_param("Marker") or 0)
    result: dict[str, Any] = {"EvaluationResults": rows[first : first + limit], "IsTruncated": False}
    if first + limit < len(rows):
        result |= {"IsTruncated": True, "Marker": str(first + limit)}
    return result


def _row(
    found: Verdict, boundary: list[Policy] | None, action: str, resource: str, context: dict[str, list[str]]
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "EvalActionName": action,
        "EvalResourceName": resource,
        "EvalDecision": found.decision,
        "MatchedStatements": [
            {"SourcePolicyId": policy.id, "SourcePolicyType": policy.kind} for policy in found.matched
        ],
        "MissingContextValues": sorted(set(found.missing)),
    }
    if boundary is not None:
        limited = judge(boundary, action, resource, context).decision
        row["PermissionsBoundaryDecisionDetail"] = {"AllowedByPermissionsBoundary": limited == "allowed"}
        if found.decision == "allowed" and limited != "allowed":
            row["EvalDecision"] = limited
    return row
