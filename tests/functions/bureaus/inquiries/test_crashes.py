"""A process that dies anywhere on the way of an inquiry: what was accepted ends, and what is paid for is asked once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from lastro.aws.files import Files
from lastro.aws.queue import Queue
from lastro.bureaus.inquiries.store import InquiryStore
from lastro.bureaus.providers.directory import IntegratedBureaus
from lastro.bureaus.tokens.obtaining import TokenKeeper
from tests.functions.bureaus.office import Office, new_calls
from tests.functions.bureaus.tokens.test_tokens import forget_process

POINTS = [
    (InquiryStore, "look_before", 1),
    (InquiryStore, "add", 1),
    (Queue, "send", 1),
    (InquiryStore, "find", 1),
    (IntegratedBureaus, "open", 1),
    (TokenKeeper, "call", 1),
    (Files, "put", 1),
    (InquiryStore, "change", 1),
    (InquiryStore, "change", 2),
]
ENDED = ("done", "failed", "unknown")


class Death(BaseException):
    """The process ends here."""


@contextmanager
def dying(where: type, method: str, turn: int, *, after: bool) -> Iterator[list[str]]:
    """The process dies before or after the ``turn``-th call of a method; its calls are noted."""
    original = getattr(where, method)
    calls: list[str] = []

    def call(self: Any, *arguments: Any, **options: Any) -> Any:
        calls.append(method)
        if len(calls) != turn:
            return original(self, *arguments, **options)
        if after:
            original(self, *arguments, **options)
        raise Death

    async def call_async(self: Any, *arguments: Any, **options: Any) -> Any:
        calls.append(method)
        if len(calls) == turn and not after:
            raise Death
        answer = await original(self, *arguments, **options)
        if len(calls) == turn:
            raise Death
        return answer

    with pytest.MonkeyPatch.context() as patch, suppress(Death):
        patch.setattr(where, method, call_async if where is TokenKeeper else call)
        yield calls


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("prefer", [None, "respond-async"])
@pytest.mark.parametrize("provider", ["serasa", "credito_na_medida"])
@pytest.mark.parametrize(("where", "method", "turn"), POINTS, ids=[f"{name}{turn}" for _, name, turn in POINTS])
def test_a_question_is_put_once_whoever_dies(
    office: Office, where: type, method: str, turn: int, provider: str, prefer: str | None, after: bool
) -> None:
    shop, _ = office.open_integrated(provider)
    before = office.town.count(provider)
    with dying(where, method, turn, after=after):
        office.inquire(shop, prefer=prefer)
        office.deliver(office.take())
    forget_process()
    for _ in range(3):
        office.clock.advance(minutes=6)
        office.sweep()
        office.deliver(office.take())
    listed = office.call("list_bureau_inquiries", shop, query=None).json["data"]
    asked = questions(office, provider, before)
    assert len(listed) == (0 if method == "look_before" or (method == "add" and not after) else 1)
    assert asked <= len(listed)
    for inquiry in listed:
        assert inquiry["status"] in (("done",) if asked == 1 and provider == "credito_na_medida" else ENDED)
        assert (inquiry["status"] == "done") <= (asked == 1)
    assert office.sweep()["inquiries"] == 0


def questions(office: Office, provider: str, before: tuple[int, int]) -> int:
    """How many paid questions reached the bureau."""
    new = new_calls(office, provider, before)[1]
    calls = office.town.ledger(provider)["calls"]
    return sum(call["operation"] == "inquiry" for call in calls[len(calls) - new :])
