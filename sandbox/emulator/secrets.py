"""Secrets Manager, mended: a secret that waits for its deletion holds its name, and says so as AWS does.

Modelled after the Secrets Manager API reference (CreateSecret, DeleteSecret, RestoreSecret).
"""

from __future__ import annotations

from typing import Any

from moto.secretsmanager.models import SecretsManagerBackend

from sandbox.emulator.mend import AwsError, mend


def mend_secrets() -> None:
    """Puts the mended operation into moto's class."""
    original = SecretsManagerBackend.create_secret

    @mend(SecretsManagerBackend)
    def create_secret(self: SecretsManagerBackend, name: str, *args: Any, **kwargs: Any) -> Any:
        held = self.secrets.get(name) if name in self.secrets.keys() else None
        if held is not None and held.is_deleted():
            raise AwsError(
                "InvalidRequestException",
                "You can't create this secret because a secret with this name is already scheduled for deletion.",
            )
        return original(self, name, *args, **kwargs)
