"""An asymmetric KMS key: it signs and verifies, and no function ever holds its private half."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lastro.aws.clients import open_client
from lastro.kernel.errors import Retryable

_ALGORITHM = "RSASSA_PKCS1_V1_5_SHA_256"


class SigningKey:
    """The RSA key of ``key_id``; RS256 in the terms of RFC 7518."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id

    @property
    def _client(self) -> Any:
        return open_client("kms")

    def sign(self, message: bytes) -> bytes:
        """A signature of up to 4096 bytes of message. Raises ``Retryable`` when KMS does not sign now."""
        try:
            answer = self._client.sign(
                KeyId=self.key_id, Message=message, MessageType="RAW", SigningAlgorithm=_ALGORITHM
            )
        except (BotoCoreError, ClientError) as error:
            raise Retryable("the key does not sign", code="signing_unavailable") from error
        signature: bytes = answer["Signature"]
        return signature

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed the message. Raises ``Retryable`` when KMS does not answer."""
        try:
            answer = self._client.verify(
                KeyId=self.key_id,
                Message=message,
                MessageType="RAW",
                Signature=signature,
                SigningAlgorithm=_ALGORITHM,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in ("KMSInvalidSignatureException", "ValidationException"):
                return False
            raise Retryable("the key does not verify", code="signing_unavailable") from error
        except BotoCoreError as error:
            raise Retryable("the key does not verify", code="signing_unavailable") from error
        return bool(answer["SignatureValid"])

    def public_key(self) -> bytes:
        """The public half, DER SubjectPublicKeyInfo. Raises ``Retryable`` when KMS does not answer."""
        try:
            answer = self._client.get_public_key(KeyId=self.key_id)
        except (BotoCoreError, ClientError) as error:
            raise Retryable("the key is not shown", code="signing_unavailable") from error
        public: bytes = answer["PublicKey"]
        return public
