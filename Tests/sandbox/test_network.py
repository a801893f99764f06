"""Sandboxes side by side share no address."""

from __future__ import annotations

import random

import pytest
from sandbox.network import choose_plan


def test_an_octet_belongs_to_one_sandbox_until_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    one = choose_plan()
    free = choose_plan()
    free.claim.close()
    wanted = iter([one.octet, free.octet])
    monkeypatch.setattr(random, "randint", lambda *_: next(wanted))
    other = choose_plan()
    assert other.octet == free.octet != one.octet
    one.claim.close()
    wanted = iter([one.octet])
    again = choose_plan()
    assert again.octet == one.octet
    for plan in (other, again):
        plan.claim.close()
