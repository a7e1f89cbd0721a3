"""A bureau in memory: the port's behaviour without HTTP, for tests of whatever talks to bureaus.

It obeys rules like those of the sandbox's scripts, given as dictionaries, and counts logins and calls.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lastro.bureaus.ports import (
    BureauToken,
    BureauUnavailable,
    CodeKind,
    InquiryRequest,
    InquiryUnknown,
    Product,
    RawAnswer,
    RefusedByBureau,
    RestrictionCode,
    RevokedToken,
    SlowDown,
)
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.reports.report import Identity, InquiryReport, NoteKind, Notes, PreviousInquiries, Score
from lastro.vendors.bureaus.failures import rejected_credentials, unsupported

SCORE = 700
TOKEN_LIFE = timedelta(minutes=60)

_REFUSALS = {
    "not_found": BureauReason.NOT_FOUND,
    "invalid_document": BureauReason.INVALID_DOCUMENT,
    "unknown_report": BureauReason.UNKNOWN_REPORT,
    "unknown_feature": BureauReason.UNKNOWN_FEATURE,
    "not_contracted": BureauReason.NOT_CONTRACTED,
    "bad_request": BureauReason.VALIDATION,
    "garbage": BureauReason.UNREADABLE,
    "wrong_types": BureauReason.UNREADABLE,
}
_KINDS = ("pefin", "refin", "overdue", "spc")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class _Made:
    raw: RawAnswer
    report: InquiryReport


class FakeBureau:
    """Provider ``provider`` of the catalogue. ``logins`` and ``calls`` tell what reached it."""

    def __init__(
        self,
        provider: str = "serasa",
        *,
        environment: Environment = Environment.HOMOLOGATION,
        credentials_accepted: bool = True,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.provider = provider
        self.environment = environment
        self.logins = 0
        self.calls: list[dict[str, Any]] = []
        self._facts = BUREAUS[provider]
        self._accepted = credentials_accepted
        self._clock = clock
        self._rules: list[dict[str, Any]] = []
        self._good_tokens: set[str] = set()
        self._made: dict[str, _Made] = {}

    def script(self, rules: Sequence[Mapping[str, Any]]) -> None:
        """Replace the rules; the first that matches wins."""
        self._rules = [dict(rule) for rule in rules]

    def expire_tokens(self) -> None:
        self._good_tokens.clear()

    async def login(self) -> BureauToken:
        if not self._facts.uses_tokens:
            raise unsupported("login")
        self.logins += 1
        rule = self._match("login", None, None)
        await asyncio.sleep(0)
        if not self._accepted or rule.get("outcome") == "invalid_credentials":
            raise rejected_credentials()
        self._fail(rule)
        value = f"token-{self.logins}"
        self._good_tokens.add(value)
        return BureauToken(value, self._clock() + timedelta(seconds=rule.get("token_seconds", 3600)))

    async def inquire(self, request: InquiryRequest, token: BureauToken | None) -> tuple[RawAnswer, InquiryReport]:
        document = request.document.value
        self.calls.append(
            {
                "operation": "inquiry",
                "document": document,
                "report": request.report,
                "features": request.features,
                "key": request.key,
            }
        )
        self._admit(token)
        if request.key in self._made and self._facts.finds_inquiries:
            return self._made[request.key].raw, self._made[request.key].report
        rule = self._match("inquiry", document, request.report)
        await asyncio.sleep(rule.get("delay_ms", 0) / 1000)
        self._fail(rule)
        made = self._make(request, rule)
        self._made[request.key] = made
        if rule.get("outcome") == "timeout_after_effect":
            raise InquiryUnknown("no answer came")
        return made.raw, made.report

    async def find_inquiry(
        self, request: InquiryRequest, token: BureauToken | None
    ) -> tuple[RawAnswer, InquiryReport] | None:
        if not self._facts.finds_inquiries:
            raise unsupported("look-up of an inquiry")
        self._admit(token)
        made = self._made.get(request.key)
        return None if made is None else (made.raw, made.report)

    async def list_reports(self, token: BureauToken | None) -> tuple[Product, ...]:
        return tuple(Product(report.code, report.name, report.person) for report in self._facts.reports)

    async def list_codes(self, token: BureauToken | None) -> tuple[RestrictionCode, ...]:
        if not self._facts.lists_codes:
            raise unsupported("list of restriction codes")
        self._admit(token)
        return (
            RestrictionCode("TI", "Serviço de dados", CodeKind.INCLUSION),
            RestrictionCode("1", "Pagamento da dívida", CodeKind.REMOVAL),
        )

    async def check_credential(self, name: str) -> None:
        if name not in self._facts.secret_fields:
            raise unsupported("check of this field")
        if not self._accepted:
            raise rejected_credentials()

    def _admit(self, token: BureauToken | None) -> None:
        if not self._accepted:
            raise rejected_credentials()
        if self._facts.uses_tokens and (token is None or token.value not in self._good_tokens):
            raise RevokedToken("the token is not known")

    def _fail(self, rule: Mapping[str, Any]) -> None:
        outcome = rule.get("outcome")
        if outcome in _REFUSALS:
            raise RefusedByBureau("refused", code=_REFUSALS[outcome], raw=RawAnswer("application/json", b"{}", 412))
        match outcome:
            case "unstable":
                raise BureauUnavailable("the bureau is unstable")
            case "processing_error":
                raise BureauUnavailable("not processed", code=BureauReason.PROCESSING)
            case "spike_arrest" | "too_many_requests":
                raise SlowDown("too many", retry_after=1)
            case "revoked_token" if self._facts.uses_tokens:
                raise RevokedToken("the token is refused")

    def _make(self, request: InquiryRequest, rule: Mapping[str, Any]) -> _Made:
        debts = rule.get("debts", ())
        found = {
            kind: Notes(
                NoteKind(kind),
                count=len(amounts := [debt["amount"] for debt in debts if debt["kind"] == kind]),
                total=sum(amounts),
            )
            for kind in (*_KINDS, "protest", "cheque", "lawsuit", "bankruptcy")
        }
        score = rule.get("score", SCORE)
        report = InquiryReport(
            identity=Identity(request.document, name="Pessoa Exemplo"),
            score=None if score is None else Score(score, "FAKE"),
            score_absence="Score não calculado" if score is None else None,
            negative_notes=tuple(found[kind] for kind in _KINDS),
            protests=found["protest"],
            cheques=found["cheque"],
            lawsuits=found["lawsuit"],
            bankruptcies=found["bankruptcy"],
            previous_inquiries=PreviousInquiries(0),
        )
        body = json.dumps({"fake": request.key}).encode()
        return _Made(RawAnswer("application/json", body), report)

    def _match(self, operation: str, document: str | None, report: str | None) -> Mapping[str, Any]:
        call = {"operation": operation, "document": document, "report": report}
        for rule in self._rules:
            when = {"operation": "inquiry"} | rule.get("when", {})
            if rule.get("times") == 0 or not all(call.get(name) == value for name, value in when.items()):
                continue
            if "times" in rule:
                rule["times"] -= 1
            return rule
        return {}
