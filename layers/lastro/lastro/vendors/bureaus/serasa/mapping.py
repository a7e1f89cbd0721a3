"""Serasa's report (docs/sources.md, bureaus) as the context's own. Blocks may hold a summary and no list."""

from __future__ import annotations

from lastro.bureaus.reports.report import (
    InquiryReport,
    Note,
    NoteKind,
    Notes,
    Partner,
    PreviousInquiries,
    PreviousInquiry,
    Score,
)
from lastro.kernel.documents import Document
from lastro.vendors.bureaus.bodies import BureauBody
from lastro.vendors.bureaus.failures import unreadable
from lastro.vendors.bureaus.notes import gathered
from lastro.vendors.bureaus.serasa.identity import identity
from lastro.vendors.kit.amounts import read_count, read_percent, read_reais, read_score

_DEBTS = {"pefin": NoteKind.PEFIN, "refin": NoteKind.REFIN, "collectionRecords": NoteKind.OVERDUE}


def report(body: object, document: Document) -> InquiryReport:
    """The normalised report about ``document``. Raises ``RefusedByBureau`` naming the place that cannot be read."""
    top = BureauBody(body)
    if not top.has("reports") and top.has("data"):
        top = top.within("data")
    reports = top.objects("reports")
    if not reports:
        raise unreadable("body.reports", "an array with a report")
    first = reports[0]
    negative = first.within_or_none("negativeData")
    facts = first.within_or_none("facts")
    score = first.within_or_none("score")
    return InquiryReport(
        identity=identity(first.within_or_none("registration"), document),
        score=_score(score),
        score_absence=_score_absence(score),
        negative_notes=tuple(
            notes for name, kind in _DEBTS.items() if (notes := _notes(negative, name, kind)) is not None
        ),
        protests=_notes(negative, "notary", NoteKind.PROTEST),
        cheques=_notes(negative, "check", NoteKind.CHEQUE),
        lawsuits=_notes(facts, "judgementFilings", NoteKind.LAWSUIT),
        bankruptcies=_notes(facts, "bankrupts", NoteKind.BANKRUPTCY),
        previous_inquiries=_previous(facts),
        partners=_partners(top.within_or_none("optionalFeatures")),
        billed=score.flag_or_none("billing") if score else None,
        # Last: by now everything that has a place was read.
        extras=top.unread(),
    )


def _score(block: BureauBody | None) -> Score | None:
    if block is None or not block.has("score"):
        return None
    return Score(
        value=block.read("score", read_score),
        model=block.text_or_none("scoreModel"),
        default_rate=block.read_or_none("defaultRate", read_percent),
        message=block.text_or_none("message"),
    )


def _score_absence(block: BureauBody | None) -> str | None:
    """Why there is no score: the bureau's text, or its code when it gives no text."""
    if block is None or block.has("score"):
        return None
    return block.text_or_none("message") or block.label_or_none("codeMessage")


def _notes(parent: BureauBody | None, name: str, kind: NoteKind) -> Notes | None:
    block = parent.within_or_none(name) if parent else None
    if block is None:
        return None
    listing = f"{name}Response"
    summary = block.within_or_none("summary")
    listed = block.has(listing)
    if not listed and (summary is None or not any(map(summary.has, ("count", "balance")))):
        return None  # neither notes nor how many: nobody looked
    items = [_note(item) for item in block.objects(listing)]
    if summary is None:
        return gathered(kind, items)
    return gathered(
        kind,
        items,
        count=(summary.read_or_none if listed else summary.read)("count", read_count),
        total=summary.read_or_none("balance", read_reais),
        first=summary.date_or_none("firstOccurrence"),
        last=summary.date_or_none("lastOccurrence"),
    )


def _note(item: BureauBody) -> Note:
    dispute = item.within_or_none("dispute")
    city, unit = item.text_or_none("city"), item.text_or_none("federalUnit")
    reason = item.label_or_none("alinea")
    return Note(
        occurred_on=item.date_or_none("occurrenceDate"),
        included_on=item.date_or_none("inclusionDate"),
        amount=item.read_or_none("amount", read_reais),
        creditor=item.text_or_none("creditorName") or item.text_or_none("bankName"),
        nature=item.text_or_none("legalNature") or (f"alínea {reason}" if reason else None),
        contract=item.label_or_none("contractId"),
        principal=item.flag_or_none("principal"),
        disputed=dispute.flag_or_none("disputeIndicativeFlag") if dispute else None,
        place="/".join(part for part in (city, unit) if part) or None,
    )


def _previous(facts: BureauBody | None) -> PreviousInquiries | None:
    """A person's earlier inquiries name a segment of the economy, a company's name who asked."""
    if facts is None:
        return None
    person = facts.within_or_none("inquiry")
    if person is not None:
        summary = person.within_or_none("summary")
        count = summary.read_or_none("count", read_count) if summary else None
        return _inquiries(person, "inquiryResponse", count)
    company = facts.within_or_none("inquiryCompanyResponse")
    if company is not None:
        quantity = company.within_or_none("quantity")
        count = quantity.read_or_none("actual", read_count) if quantity else None
        return _inquiries(company, "results", count)
    return None


def _inquiries(block: BureauBody, listing: str, count: int | None) -> PreviousInquiries | None:
    if count is None and not block.has(listing):
        return None
    inquiries = tuple(
        PreviousInquiry(
            occurred_on=item.date_or_none("occurrenceDate"),
            name=item.text_or_none("companyName"),
            segment=item.text_or_none("segmentDescription"),
            times=item.read_or_none("daysQuantity", read_count),
        )
        for item in block.objects(listing)
    )
    return PreviousInquiries(max(len(inquiries), count or 0), inquiries)


def _partners(features: BureauBody | None) -> tuple[Partner, ...] | None:
    if features is None:
        return None
    found: list[list[Partner]] = []
    partner = features.within_or_none("partner")
    if partner is not None:
        results = partner.within_or_none("PartnerResponse")
        found.append([_partner(item, None) for item in (results.objects("results") if results else [])])
        found.append([_company(item) for item in partner.objects("partnershipResponse")])
    director = features.within_or_none("director")
    if director is not None:
        results = director.within_or_none("DirectorResponse")
        found.append([_partner(item, "administrador") for item in (results.objects("results") if results else [])])
    complete = features.within_or_none("qsaCompleteReport")
    if complete is not None:
        found.append([_member(item, "sócio") for item in complete.objects("partners")])
        found.append([_member(item, "administrador") for item in complete.objects("administrators")])
    return tuple(each for group in found for each in group) if found else None


def _partner(item: BureauBody, role: str | None) -> Partner:
    return Partner(
        name=item.text_or_none("name"),
        document=item.document_or_none("documentId"),
        share=item.read_or_none("participationPercentage", read_percent),
        role=item.text_or_none("role") or role,
        has_negative=item.flag_or_none("hasNegative"),
    )


def _company(item: BureauBody) -> Partner:
    """A company the person takes part in."""
    return Partner(
        document=item.document_or_none("businessDocument"),
        share=item.read_or_none("participationPercentage", read_percent),
        role="participação",
        since=item.date_or_none("participationInitialDate"),
    )


def _member(item: BureauBody, role: str) -> Partner:
    return Partner(
        name=item.text_or_none("name"),
        document=item.document_or_none("document"),
        share=item.read_or_none("participationPercentage", read_percent),
        role=item.text_or_none("office") or role,
        since=item.date_or_none("entryDate"),
        has_negative=item.flag_or_none("restrictionIndicator"),
    )
