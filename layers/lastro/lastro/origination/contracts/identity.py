"""The certificate and key that sign contracts, from the secret ``contracts/signing_identity``."""

from __future__ import annotations

from typing import Protocol

from lastro.origination.contracts.pades import SigningIdentity, UnusableIdentity

IDENTITY = "contracts/signing_identity"


class SecretSource(Protocol):
    """Where secrets come from."""

    def read(self, name: str) -> dict[str, str] | None:
        """The secret's fields, ``None`` when there is none."""
        ...


class StoredIdentity:
    """Reads the signing identity: ``certificate`` and ``private_key`` (PKCS#8), PEM, and perhaps ``chain``."""

    def __init__(self, secrets: SecretSource) -> None:
        self._secrets = secrets

    def read(self) -> SigningIdentity:
        """Raises ``UnusableIdentity`` when the secret is missing or incomplete."""
        fields = self._secrets.read(IDENTITY) or {}
        certificate, key = fields.get("certificate"), fields.get("private_key")
        if not certificate or not key:
            raise UnusableIdentity("there is no signing certificate")
        return SigningIdentity(certificate, key, fields.get("chain", ""))
