"""The body of a Serasa report: registration, score, negative data, facts and optional features."""

from __future__ import annotations

from datetime import date

from sandbox.bureaus.desk import Answer
from sandbox.bureaus.dialects.base import reais
from sandbox.bureaus.outcomes import Outcome
from sandbox.bureaus.subjects import ABSENCE, Debt, Subject

_LISTS = {"pefin": "pefin", "refin": "refin", "collectionRecords": "overdue", "check": "cheque", "notary": "protest"}
_WITHOUT_SCORE = {"RELATORIO_AVANCADO_PJ", "RELATORIO_AVANCADO_PJ_ANALITICO", "RELATORIO_DADOS_AVULSOS_PJ"}
_PARTNERS = {"QSA", "QSA_AVANCADO", "QSA_COMPLETO", "PARTICIPACOES"}


def report_body(given: Answer) -> dict[str, object]:
    """The whole answer, in the manner its outcome asks for."""
    subject, manner = given.subject, given.outcome
    listed = manner is not Outcome.SUMMARY_ONLY
    report: dict[str, object] = {
        "reportName": given.ask.report,
        "registration": _registration(subject, manner),
        "negativeData": {
            name: _block(f"{name}Response", subject.debts_of(kind), listed) for name, kind in _LISTS.items()
        },
        "facts": _facts(subject, listed),
    }
    if given.ask.report not in _WITHOUT_SCORE:
        report["score"] = _score(subject)
    body: dict[str, object] = {"reports": [report]}
    if subject.is_company and ("SCORE" in given.ask.report or _PARTNERS & set(given.ask.features)):
        body["optionalFeatures"] = {"partner": {"PartnerResponse": {"results": _partners(subject)}}}
    if manner is Outcome.UNKNOWN_FIELDS:
        report["novelty"] = {"indicator": "A", "values": [1, 2]}
        body["traceId"] = "4b1c"
    if manner is Outcome.WRONG_TYPES:
        report["score"] = {"score": "alto", "scoreModel": 7}
    return body


def _registration(subject: Subject, manner: Outcome) -> dict[str, object]:
    document = "11144477735" if manner is Outcome.OTHER_DOCUMENT else subject.document
    address = {"addressLine": "Rua Exemplo 10", "district": "Centro", "zipCode": "01001000", "country": "BRA"}
    place = address | {"city": "São Paulo", "state": "SP"}
    if subject.is_company:
        return {
            "companyDocument": document,
            "companyName": subject.name,
            "companyAlias": "Exemplo",
            "foundationDate": subject.day.isoformat(),
            "statusRegistration": f"SITUACAO DO CNPJ EM {date(2025, 1, 2):%d/%m/%Y}: ATIVA",
            "address": place,
        }
    return {
        "documentNumber": document,
        "consumerName": subject.name,
        "motherName": "Mãe Exemplo",
        "consumerGender": "F",
        "birthDate": subject.day.isoformat(),
        "statusRegistration": subject.registration,
        "statusDate": "2025-01-02",
        "address": place,
        "phone": {"regionCode": 55, "areaCode": 11, "phoneNumber": 900000000},
    }


def _score(subject: Subject) -> dict[str, object]:
    model = "H4PJ" if subject.is_company else "HFIN"
    if subject.score is None:
        return {"scoreModel": model, "codeMessage": 836, "message": ABSENCE, "billing": False}
    rate = (1000 - subject.score) // 10
    return {"score": subject.score, "scoreModel": model, "defaultRate": f"{rate},0", "codeMessage": 99, "billing": True}


def _block(listing: str, debts: tuple[Debt, ...], listed: bool) -> dict[str, object]:
    summary: dict[str, object] = {"count": len(debts), "balance": reais(sum(debt.amount for debt in debts))}
    if debts:
        summary["firstOccurrence"] = min(debt.day for debt in debts).isoformat()
        summary["lastOccurrence"] = max(debt.day for debt in debts).isoformat()
    return {listing: [_debt(debt) for debt in debts], "summary": summary} if listed else {"summary": summary}


def _debt(debt: Debt) -> dict[str, object]:
    common: dict[str, object] = {"occurrenceDate": debt.day.isoformat(), "amount": reais(debt.amount)}
    if debt.kind == "cheque":
        return common | {"alinea": 12, "bankId": 1, "bankName": debt.creditor, "checkCount": 1, "cadus": "0000000001"}
    if debt.kind == "protest":
        return common | {"city": "São Paulo", "federalUnit": "SP", "officeNumber": debt.creditor}
    return common | {
        "inclusionDate": debt.day.isoformat(),
        "legalNatureId": "FI",
        "legalNature": "FINANCIAMENTO",
        "contractId": "CT-1",
        "creditorName": debt.creditor,
        "principal": True,
        "dispute": {"disputeIndicativeFlag": False},
    }


def _facts(subject: Subject, listed: bool) -> dict[str, object]:
    facts: dict[str, object] = {
        "judgementFilings": _block("judgementFilingsResponse", subject.debts_of("lawsuit"), listed),
        "bankrupts": _block("bankruptsResponse", subject.debts_of("bankruptcy"), listed),
    }
    if subject.is_company:
        results = [
            {"occurrenceDate": "2025-02-03", "companyName": f"Consulente {index}", "daysQuantity": 1}
            for index in range(subject.inquiries)
        ]
        facts["inquiryCompanyResponse"] = {"results": results, "quantity": {"actual": subject.inquiries}}
    else:
        inquiries = [
            {"occurrenceDate": "2025-02-03", "segmentDescription": "FINANCEIRAS", "daysQuantity": 1}
            for _ in range(subject.inquiries)
        ]
        facts["inquiry"] = {"inquiryResponse": inquiries, "summary": {"count": subject.inquiries}}
    return facts


def _partners(subject: Subject) -> list[dict[str, object]]:
    return [
        {
            "documentId": member.document,
            "name": member.name,
            "participationPercentage": member.share,
            "inconsistent": False,
            "hasNegative": False,
        }
        for member in subject.members
    ]
