"""What banks answer, good or bad: their bodies read with their faults, their error codes read from a table."""

from __future__ import annotations

from typing import NamedTuple

from lastro.kernel.errors import LastroError, Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.failures import failure_of_reason, failure_of_status, unreadable
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.body import Body
from lastro.vendors.kit.tables import Row, meaning_of


class BankBody(Body):
    """One object of a bank's answer. Its fault is ``Permanent`` (``generic_reason``)."""

    __slots__ = ()

    @staticmethod
    def unreadable(place: str, expected: str) -> Permanent:
        return unreadable(place, expected)


class ErrorTable(NamedTuple):
    """A bank's error answers: the names of the members that hold the code, the list of details and each one's field
    (``coded_details``: it is the details that hold the code, the first one's counts), and what the codes mean.
    """

    bank: str
    code: str
    details: str
    field: str
    rows: tuple[Row[Reason], ...]
    coded_details: bool = False

    def failure_of(self, answer: Answer) -> LastroError:
        """The error an answer outside 2xx stands for; a code that is not of the table leaves it to the status."""
        try:
            code, fields = self._read(BankBody(BankBody.parse(answer.body)))
        except Permanent:
            return failure_of_status(answer.status)
        reason = meaning_of(self.rows, answer.status, code=code)
        if reason is None:
            return failure_of_status(answer.status)
        return failure_of_reason(reason, f"{self.bank} answered {code}", fields)

    def _read(self, body: BankBody) -> tuple[str | None, list[str | None]]:
        details = body.objects(self.details)
        if self.coded_details:
            code = details[0].text_or_none(self.code) if details else None
            return code, [detail.text_or_none(self.field) for detail in details]
        return body.text_or_none(self.code), [detail.text(self.field) for detail in details]


def accepted(answer: Answer, errors: ErrorTable) -> object:
    """The JSON of a good answer. Raises what any other stands for, and ``Permanent`` when it is no JSON."""
    if answer.is_success:
        return BankBody.parse(answer.body)
    raise errors.failure_of(answer)
