"""What PEFIN pushes: the end of an inclusion or of an exclusion, each in a shape of its own (docs/sources.md, bureaus).

Only the id of the request, creditor, debtor and contract are bound to be there; the contract comes under two names, the
status code of an error as a number or as a text. Everything else may change without notice.
"""

from __future__ import annotations

from collections.abc import Mapping

from lastro.bureaus.reasons import BureauReason
from lastro.negativations.ports import Standing, Told
from lastro.vendors.bureaus.bodies import BureauBody


def told(content: bytes) -> Told:
    """As ``read_told``, of a message as it travels."""
    return read_told(BureauBody.parse(content))


def read_told(message: object) -> Told:
    """What a message says. Raises ``RefusedByBureau`` (``unreadable_bureau_answer``) for one that says nothing."""
    body = BureauBody(message)
    removes = body.has("writeOff") or body.has("creditor") or body.has("debtor")
    error = body.within_or_none("error")
    return Told(
        uuid=body.identifier("uuid"),
        standing=Standing.REFUSED if error else (Standing.REMOVED if removes else Standing.INCLUDED),
        removes=removes,
        debtor=_document(body, "debtor"),
        creditor=_document(body, "creditor"),
        contract=_contract(body),
        record=body.identifier_or_none("cadusKey"),
        code=MEANINGS.get(code, code) if (code := _code(error) if error else None) else None,
    )


def _document(body: BureauBody, name: str) -> str:
    """A party's bare document, which one shape holds in an object and the other by its own name."""
    party = body.within_or_none(name)
    text = party.identifier("documentNumber") if party else body.identifier(f"{name}Document")
    bare = "".join(character for character in text if character not in "./- ").upper()
    # A system that keeps documents as numbers loses the zeros on the left.
    return bare.zfill(11 if len(bare) <= 11 else 14) if bare.isdigit() else bare


def _contract(body: BureauBody) -> str:
    named = {value for name in ("contract", "contractNumber") if (value := body.identifier_or_none(name))}
    if len(named) != 1:
        raise body.unreadable(body.at("contract"), "one contract number")
    return named.pop()


def _code(error: BureauBody) -> str:
    """The status code, be it a number or a text; ``unknown`` where there is none."""
    return error.code_or_none("statusCode") or "unknown"


MEANINGS: Mapping[str, str] = {
    "404": BureauReason.NOT_LISTED.value,
    "409": BureauReason.ALREADY_LISTED.value,
}
"""Status codes that say more than no. PEFIN publishes no list of them: these are HTTP's own meanings."""
