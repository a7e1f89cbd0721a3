"""When a request is sent again, and how long after: botocore's standard mode (AWS SDKs guide, "Retry behavior").

Its own handler decides. What it would read of a client and of a service's description stands here in a few words.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from botocore.hooks import HierarchicalEmitter
from botocore.retries.standard import register_retry_handler

if TYPE_CHECKING:
    from botocore.awsrequest import AWSResponse

OF_REPLICAS = "ReplicatedWriteConflictException"
"""The one error of what is asked that passes because the service's description says so."""


class _ServiceId(str):
    """What botocore knows a service by."""

    __slots__ = ()

    def hyphenize(self) -> str:
        return self


class Retries:
    """What one client may try again. Retries are paid from an allowance that good answers fill again: where a service
    is down, most requests are tried once.
    """

    def __init__(self, service: str, attempts: int) -> None:
        self._service, self._events = service, HierarchicalEmitter()
        described: Any = SimpleNamespace(service_name=service, service_id=_ServiceId(service))
        passing = SimpleNamespace(name=OF_REPLICAS, metadata={"retryable": {}})
        self._operation = SimpleNamespace(name="", service_model=described, error_shapes=[passing])
        client: Any = SimpleNamespace(meta=SimpleNamespace(service_model=described, events=self._events))
        register_retry_handler(client, attempts)

    def pause_after(
        self,
        attempt: int,
        context: dict[str, Any],
        answer: tuple[AWSResponse, dict[str, Any]] | None,
        fault: Exception | None,
    ) -> float | None:
        """Seconds before the next attempt, or ``None`` where what came stands.

        ``attempt`` counts from 1; ``context`` is one dict for all attempts of a request; ``answer`` is what came and
        what it says, ``fault`` what was raised instead.
        """
        _, pause = self._events.emit_until_response(
            f"needs-retry.{self._service}",
            response=answer,
            endpoint=None,
            operation=self._operation,
            attempts=attempt,
            caught_exception=fault,
            request_dict={"context": context},
        )
        return None if pause is None or pause is False else float(pause)

    def succeed(self, context: dict[str, Any], answer: AWSResponse) -> None:
        """A good answer: the allowance gets back what the last retry took, or a little if there was none."""
        self._events.emit(f"after-call.{self._service}", context=context, http_response=answer)
