"""External data about a borrower from the credit bureau that the partner contracted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from lastro.bureaus.service import (
    BureauReason,
    CreditAnalysis,
    InquiryUnknown,
    Purpose,
    RefusedByBureau,
    Subject,
    SubjectKind,
)
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Conflict, DomainError, InvalidInput, Permanent, Retryable
from lastro.origination.analysis.checks import PersonalFacts, Registration
from lastro.origination.analysis.ports import DataRequest

if TYPE_CHECKING:
    from lastro.bureaus.service import InquiryReport

_WAITING = frozenset({"inquiry_in_progress", "inquiry_busy", "in_progress"})
"""Conflicts that pass: the same is being asked for somebody else, whose answer will do."""

_IRREGULAR = ("PENDENTE", "SUSPENS", "CANCELAD", "TITULAR FALECIDO", "NULA")
"""How the Receita Federal's other words for the standing of a CPF begin, without accents."""


@dataclass(frozen=True)
class BureauData:
    """The ``ExternalData`` port over the bureaus' service, opened when a product first asks for data."""

    open_analysis: Callable[[], CreditAnalysis]

    async def inquire(self, request: DataRequest) -> PersonalFacts | None:
        try:
            report = await self.open_analysis().inquire_for_analysis(
                request.partner_id,
                request.cpf,
                Purpose.CREDIT_ANALYSIS,
                requested_by=request.requested_by,
                key=request.key,
                subject=Subject(SubjectKind.CLIENT, request.process_id),
                branch_id=request.branch_id,
                report=request.report,
            )
        except RefusedByBureau as error:
            if error.code == BureauReason.NOT_FOUND:
                return None
            raise
        except InquiryUnknown as error:
            raise Permanent(error.detail, code=error.code) from error
        except Conflict as error:
            family = Retryable if error.code in _WAITING else Permanent
            raise family(error.detail, code=error.code) from error
        except InvalidInput as error:
            [first, *_] = error.errors
            raise Permanent(error.detail, code=f"{first.field}_{first.rule}") from error
        except DomainError as error:
            raise Permanent(error.detail, code=error.code) from error
        return read_facts(report)


def read_facts(report: InquiryReport) -> PersonalFacts:
    """What of a report decides on a credit."""
    return PersonalFacts(
        registration=_read_registration(report.identity.status),
        restrictions=report.summary.count,
        score=report.score.value if report.score else None,
    )


def _read_registration(status: str | None) -> Registration | None:
    if not status or not status.strip():
        return None
    plain = unicodedata.normalize("NFD", status.strip().upper()).encode("ascii", "ignore").decode()
    if plain == "REGULAR":
        return Registration.REGULAR
    return Registration.IRREGULAR if plain.startswith(_IRREGULAR) else Registration.UNCLEAR
