"""How moto's classes are mended: methods of ours put in the place of theirs, before the first request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from moto.core.exceptions import ServiceException

Method = TypeVar("Method", bound=Callable[..., Any])


def mend(target: type, name: str | None = None) -> Callable[[Method], Method]:
    """Puts the decorated function into `target` as its method of the same name, or as `name`."""

    def put(method: Method) -> Method:
        setattr(target, name or method.__name__, method)
        return method

    return put


class AwsError(ServiceException):
    """An error as AWS words it: moto's serializer gives it the envelope of the service's protocol.

    Extra members of the error's shape are given by keyword.
    """

    def __init__(self, code: str, message: str, **members: Any) -> None:
        super().__init__(code, message)
        for name, value in members.items():
            setattr(self, name, value)
