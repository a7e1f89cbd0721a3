"""Questions asked at the same moment, answered by one call: how deliveries of a batch share round trips."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Gathering(Generic[Question, Answer]):
    """Everybody who asks before the event loop comes round again gets the same answer, or the same error.

    One call at a time: who asks meanwhile shares the next one.
    """

    def __init__(self, answer: Callable[[Sequence[Question]], Awaitable[Answer]]) -> None:
        self._answer = answer
        self._asked: list[Question] = []
        self._answering: asyncio.Task[Answer] | None = None
        self._turn = asyncio.Lock()

    async def ask(self, question: Question) -> Answer:
        """The answer to all that was asked with this."""
        self._asked.append(question)
        if self._answering is None:
            self._answering = asyncio.create_task(self._answer_all())
        # Shielded: one giving up must not take the answer from the others.
        return await asyncio.shield(self._answering)

    async def _answer_all(self) -> Answer:
        async with self._turn:
            asked, self._asked, self._answering = self._asked, [], None
            return await self._answer(asked)
