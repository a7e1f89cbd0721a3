"""Where a dialect takes proposals: reading, the desk, and the answer in the dialect's envelope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from sandbox.banks.messages import Complaint, Trouble
from sandbox.banks.proposals.desk import Desk, ProposalAsk, Said
from sandbox.banks.proposals.wordings import Wording
from sandbox.banks.reading import Message, count, text

Envelope = Callable[[dict[str, object]], object]


def bare(body: dict[str, object]) -> object:
    """No envelope."""
    return body


@dataclass(frozen=True, slots=True)
class Window:
    """One dialect's way with proposals."""

    desk: Desk
    wording: Wording
    envelope: Envelope = bare

    async def take(self, request: web.Request, body: Message, key: str) -> object:
        """Receive a proposal. Raises ``Trouble`` and ``NoAnswer``."""
        words = self.wording
        term = body.read(words.installments, count)
        url = body.read(words.callback_url, text) if body.has(words.callback_url) else None
        ask = ProposalAsk(
            key=key,
            document=body.read(words.document, words.document_of),
            offer_token=body.read(words.offer_token, text),
            asset_value=body.read(words.asset_value, words.cents_of),
            down_payment=body.read(words.down_payment, words.cents_of),
            financed_amount=body.read(words.financed_amount, words.cents_of),
            installments=term,
            installment_value=body.read(words.installment_value, words.cents_of),
            callback_url=url,
        )
        if ask.down_payment >= ask.asset_value or not ask.financed_amount:
            raise Trouble(Complaint.VALIDATION, words.down_payment)

        def is_connected() -> bool:
            return request.transport is not None and not request.transport.is_closing()

        return self._show(await self.desk.take(ask, is_connected))

    def find(self, key: str) -> object | None:
        said = self.desk.find(key)
        return None if said is None else self._show(said)

    def hand_in(self, body: Message, key: str) -> object:
        words = self.wording
        return self._show(
            self.desk.hand_in(key, body.read(words.document_id, text), body.read(words.document_kind, words.kind))
        )

    def cancel(self, key: str) -> object:
        return self._show(self.desk.cancel(key))

    def _show(self, said: Said) -> object:
        return self.envelope(self.wording.write(said))
