"""The way to a bank: its code and a store's credentials give the adapter, imported only when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from lastro.kernel.banks import BANKS
from lastro.kernel.errors import NotFound
from lastro.vendors.banks.failures import rejected_credentials

if TYPE_CHECKING:
    import httpx

    from lastro.financing.ports import ProposalBank, Word
    from lastro.simulations.ports import Bank

    class WholeBank(Bank, ProposalBank, Protocol):
        """What every adapter is: it prices, and takes proposals."""


def open_bank(code: str, *, base_url: str, credentials: Mapping[str, str], http: httpx.AsyncClient) -> WholeBank:
    """The adapter of bank ``code``, reached at ``{base_url}/banks/{code}`` over ``http``.

    Keep the answer and ask it again: it holds the bank's access token. Raises ``NotFound`` for a bank outside the
    catalogue and ``Permanent`` (``invalid_bank_credentials``) when a credential the bank needs is absent or could
    not travel in a header.
    """
    facts = BANKS.get(code)
    if facts is None:
        raise NotFound("no such bank")
    url = f"{base_url.rstrip('/')}/banks/{code}"
    given = _checked(facts.credential_fields, credentials)
    match code:
        case "341":
            from lastro.vendors.banks.itau.client import ItauBank

            return ItauBank(url=url, credentials=given, http=http)
        case "033":
            from lastro.vendors.banks.santander.client import SantanderBank

            return SantanderBank(url=url, credentials=given, http=http)
        case "655":
            from lastro.vendors.banks.bv.client import BvBank

            return BvBank(url=url, credentials=given, http=http)
        case "623":
            from lastro.vendors.banks.pan.client import PanBank

            return PanBank(url=url, credentials=given, http=http)
        case "422":
            from lastro.vendors.banks.safra.client import SafraBank

            return SafraBank(url=url, credentials=given, http=http)
        case _:
            from lastro.vendors.banks.standard.client import StandardBank

            return StandardBank(facts, url=url, credentials=given, http=http)


def _checked(names: tuple[str, ...], credentials: Mapping[str, str]) -> dict[str, str]:
    """Exactly the named credentials."""
    for name in names:
        value = credentials.get(name)
        if not isinstance(value, str) or not value.strip() or not (value.isascii() and value.isprintable()):
            raise rejected_credentials(f"credential {name} is absent or not printable ASCII")
    return {name: credentials[name] for name in names}


def read_told(code: str, body: object) -> Word:
    """What bank ``code`` tells of a proposal on its own: what it would answer, were it asked.

    Raises ``NotFound`` for a bank outside the catalogue and ``Permanent`` when it cannot be read.
    """
    from lastro.vendors.banks.proposals import read_word

    if code not in BANKS:
        raise NotFound("no such bank")
    match code:
        case "341":
            from lastro.vendors.banks.itau.proposals import PROPOSALS
        case "033":
            from lastro.vendors.banks.santander.proposals import PROPOSALS
        case "655":
            from lastro.vendors.banks.bv.proposals import PROPOSALS
        case "623":
            from lastro.vendors.banks.pan.proposals import PROPOSALS
        case "422":
            from lastro.vendors.banks.safra.proposals import PROPOSALS
        case _:
            from lastro.vendors.banks.standard.proposals import PROPOSALS
    return read_word(PROPOSALS, _exact(body))


def _exact(value: object) -> object:
    """What a request's reader made a float of, as the decimal that was written: amounts have far fewer digits."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {name: _exact(each) for name, each in value.items()}
    return [_exact(each) for each in value] if isinstance(value, list) else value
