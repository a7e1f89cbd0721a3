"""The chain of endorsements as partners read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from lastro.kernel.calendar import format_moment
from lastro.origination.endorsements.model import Endorsement, Holder
from lastro.origination.pricing.numbers import Reais
from lastro.origination.processes.views import CamelView

_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class HolderView(CamelView):
    """Who holds or held the CCB."""

    name: Annotated[str, Field(description="Company name", examples=["Fundo Exemplo FIDC"])]
    cnpj: Annotated[str, Field(description="With punctuation", examples=["12.ABC.345/01DE-35"])]


class EndorsementView(CamelView):
    """One link of the chain."""

    position: Annotated[int, Field(description="1 for the first endorsement", examples=[1])]
    endorser: HolderView
    endorsee: HolderView
    endorsed_at: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:00:00.000Z"])]
    value: Annotated[Reais, Field(description="Value of the assignment, R$", examples=[9800])]
    recourse: Annotated[bool, Field(description="The endorser answers for the debtor (coobrigação)", examples=[False])]
    evidence_hash: Annotated[
        str, Field(description="SHA-256 over this link and the hash of the one before", examples=[_HASH])
    ]


class EndorsementAnswer(CamelView):
    """Envelope of one endorsement."""

    data: EndorsementView


class EndorsementList(CamelView):
    """The whole chain, oldest first."""

    data: Annotated[list[EndorsementView], Field(description="Links, the first endorsement first")]


def show_endorsement(link: Endorsement) -> EndorsementView:
    """A link as partners read it."""
    return EndorsementView(
        position=link.position,
        endorser=_show_holder(link.endorser),
        endorsee=_show_holder(link.endorsee),
        endorsed_at=format_moment(link.endorsed_at),
        value=link.value,
        recourse=link.recourse,
        evidence_hash=link.evidence_hash,
    )


def show_chain(chain: Sequence[Endorsement]) -> EndorsementList:
    return EndorsementList(data=[show_endorsement(link) for link in chain])


def _show_holder(holder: Holder) -> HolderView:
    return HolderView(name=holder.name, cnpj=holder.cnpj.formatted)
