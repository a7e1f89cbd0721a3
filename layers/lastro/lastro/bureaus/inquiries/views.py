"""What a partner reads of inquiries: one normalised JSON for every bureau. Cents, decimal texts, ``YYYY-MM-DD``."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
Text = Annotated[str | None, Field(description="As the bureau holds it; null: it told nothing", examples=[None])]
Day = Annotated[str | None, Field(description="YYYY-MM-DD; null: not told", examples=["2025-02-10"])]
Cents = Annotated[int | None, Field(description="Cents; null: not told, which is not zero", examples=[123456])]


class _View(BaseModel):
    # Answers are rendered without these models; only the description of the API builds them.
    model_config = ConfigDict(defer_build=True)


class ReportAddress(_View):
    """Where the person lives or the company is."""

    line: Text
    district: Text
    city: Text
    federal_unit: Text
    zip_code: Text


class ReportIdentity(_View):
    """Whom the report is about."""

    document: Annotated[str, Field(description="Bare CPF or CNPJ", examples=["52998224725"])]
    name: Annotated[str | None, Field(description="Full or legal name", examples=["Ana Exemplo"])]
    trade_name: Text
    mother_name: Text
    gender: Text
    birth_date: Day
    foundation_date: Day
    status: Annotated[str | None, Field(description="The Receita Federal's word", examples=["REGULAR"])]
    status_date: Day
    addresses: Annotated[list[ReportAddress], Field(description="Known addresses")]
    phones: Annotated[list[str], Field(description="Known phones", examples=[[]])]


class ReportScore(_View):
    """0 to 1000."""

    value: Annotated[int, Field(description="The score itself; 0 is a score", examples=[648])]
    model: Annotated[str | None, Field(description="The bureau's model", examples=["HFIN"])]
    band: Text
    default_rate: Annotated[str | None, Field(description="Percentage", examples=["9.0"])]
    message: Text


class ReportNote(_View):
    """One debt, protest, cheque or lawsuit."""

    occurred_on: Day
    included_on: Day
    amount: Cents
    creditor: Text
    nature: Text
    contract: Text
    principal: Annotated[bool | None, Field(description="False: a co-obligor", examples=[True])]
    disputed: Annotated[bool | None, Field(description="Disputed in court", examples=[None])]
    place: Text


class ReportNotes(_View):
    """All notes of one kind; bureaus may send the totals alone."""

    kind: Annotated[
        str,
        Field(
            description="pefin, refin, overdue, spc, protest, cheque, lawsuit, bankruptcy or other", examples=["pefin"]
        ),
    ]
    count: Annotated[int, Field(description="How many there are, listed or not", examples=[1])]
    total: Cents
    first: Day
    last: Day
    items: Annotated[list[ReportNote], Field(description="Those the bureau listed")]
    label: Annotated[
        str | None, Field(description="The bureau's own name for the kind; null: it has none", examples=["PEFIN"])
    ]


class ReportPreviousInquiry(_View):
    """Who asked for the same document before."""

    occurred_on: Day
    name: Text
    segment: Text
    times: Annotated[int | None, Field(description="How often on that day", examples=[None])]


class ReportPreviousInquiries(_View):
    """Inquiries of others at the bureau."""

    count: Annotated[int, Field(description="How many, listed or not", examples=[2])]
    items: Annotated[list[ReportPreviousInquiry], Field(description="Those the bureau listed")]


class ReportPartner(_View):
    """A partner, an administrator or a company taken part in."""

    name: Text
    document: Text
    share: Annotated[str | None, Field(description="Percentage", examples=["33.5"])]
    role: Text
    since: Day
    has_negative: Annotated[bool | None, Field(description="Has negative notes", examples=[None])]


class ReportView(_View):
    """A bureau's answer, normalised. Null says that the bureau told nothing; zero that it looked and found nothing."""

    identity: ReportIdentity
    score: Annotated[ReportScore | None, Field(description="Null: not computed or not contracted, which is not zero")]
    score_absence: Annotated[
        str | None, Field(description="The bureau's word on why there is no score", examples=[None])
    ]
    negative_notes: Annotated[list[ReportNotes], Field(description="One entry a kind the bureau looked at")]
    protests: Annotated[ReportNotes | None, Field(description="Protests at notaries")]
    cheques: Annotated[ReportNotes | None, Field(description="Bounced cheques")]
    lawsuits: Annotated[ReportNotes | None, Field(description="Lawsuits")]
    bankruptcies: Annotated[ReportNotes | None, Field(description="Bankruptcies")]
    previous_inquiries: Annotated[ReportPreviousInquiries | None, Field(description="Inquiries of others")]
    partners: Annotated[list[ReportPartner] | None, Field(description="Ownership, or companies taken part in")]
    protocol: Text
    billed: Annotated[bool | None, Field(description="The bureau's own word on being charged", examples=[True])]
    cost: Cents
    extras: Annotated[
        dict[str, Any], Field(description="Every block of the bureau that has no place above", examples=[{}])
    ]


class InquirySubject(_View):
    """Whom the inquiry is about."""

    type: Annotated[str, Field(description="client, lead, prospect or ad_hoc", examples=["lead"])]
    id: Annotated[str | None, Field(description="The partner's own id", examples=["lead-1042"])]


class InquiryNotice(_View):
    """Something a person should read: why an inquiry failed, or that an answer is a stored one."""

    code: Annotated[str, Field(description="Stable", examples=["repeated_within_interval"])]
    message: Annotated[
        str, Field(description="In Portuguese", examples=["Documento já consultado em 03/11/2026 neste relatório."])
    ]


class InquirySummary(_View):
    """The figures a list shows."""

    score: Annotated[int | None, Field(description="Null: none, which is not zero", examples=[648])]
    restricted: Annotated[bool | None, Field(description="There is a negative note", examples=[True])]
    notes: Annotated[int | None, Field(description="Notes of every kind", examples=[1])]
    notes_total: Cents


class InquiryRow(_View):
    """An inquiry without its result."""

    id: Annotated[str, Field(description="UUID", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
    status: Annotated[str, Field(description="queued, asking, done, failed or unknown", examples=["done"])]
    document: Annotated[str, Field(description="Masked in lists, whole in one inquiry", examples=["529.982.247-25"])]
    subject: InquirySubject
    purpose: Annotated[str, Field(description="Why it was asked", examples=["credit_analysis"])]
    legal_basis: Annotated[str, Field(description="Basis of the processing", examples=["LGPD art. 7, X"])]
    requested_by: Annotated[str, Field(description="Who asked", examples=["ana.souza"])]
    panel: Annotated[str, Field(description="The portal of who asked", examples=["manager"])]
    shared_key: Annotated[bool, Field(description="Asked with a manager's key shared with the panel", examples=[False])]
    branch_id: Annotated[int, Field(description="The branch whose contract is charged", examples=[1])]
    billed_cnpj: Annotated[str, Field(description="Who is charged", examples=["11.222.333/0001-81"])]
    integration_id: Annotated[int, Field(description="The integration asked with", examples=[1])]
    provider: Annotated[str, Field(description="The bureau", examples=["serasa"])]
    environment: Annotated[str, Field(description="production or homologation", examples=["homologation"])]
    report: Annotated[str, Field(description="The report asked for", examples=["RELATORIO_BASICO_PF_PME"])]
    features: Annotated[list[str], Field(description="Optional features asked for", examples=[[]])]
    forced: Annotated[bool, Field(description="Asked again within the interval on purpose", examples=[False])]
    repeated_from: Annotated[
        str | None,
        Field(description="The inquiry whose stored answer this is; null: the bureau was asked", examples=[None]),
    ]
    combined_from: Annotated[
        list[str],
        Field(description="Further inquiries whose stored answers complete this one, newest first", examples=[[]]),
    ]
    stored_features: Annotated[
        list[str],
        Field(description="Those of the features that stored answers hold: not asked, not charged", examples=[[]]),
    ]
    billed: Annotated[bool, Field(description="The bureau charged it", examples=[True])]
    cost: Annotated[int, Field(description="Cents", examples=[350])]
    protocol: Text
    http_status: Annotated[int | None, Field(description="The bureau's", examples=[200])]
    summary: InquirySummary
    failure: Annotated[
        InquiryNotice | None, Field(description="Why it failed, waits, or has an unknown outcome", examples=[None])
    ]
    created_at: Moment
    ended_at: Annotated[str | None, Field(description="UTC; null while open", examples=["2026-11-03T12:00:01.000Z"])]


class InquiryView(InquiryRow):
    """An inquiry with everything the bureau answered."""

    alerts: Annotated[
        list[InquiryNotice], Field(description="What a person should know before using the result", examples=[[]])
    ]
    files: Annotated[
        dict[str, str],
        Field(description="Files to download, by name: their content types", examples=[{"answer": "application/json"}]),
    ]
    result: Annotated[ReportView | None, Field(description="Null: no answer, or no longer kept")]


class InquiryAnswer(_View):
    """Envelope of one inquiry."""

    data: InquiryView


class InquiryList(_View):
    """A page of inquiries, newest first. One of stores or a panel may hold fewer and still be followed by another."""

    data: Annotated[list[InquiryRow], Field(description="Inquiries of this page")]
    next_cursor: Annotated[str | None, Field(description="Null: this is the last page", examples=[None])]


class FileLink(_View):
    """A private address of a file, good for a minute."""

    url: Annotated[str, Field(description="GET it without a key", examples=["https://files.example.com/consulta.pdf"])]
    file_name: Annotated[str, Field(description="Name to save it under", examples=["consulta-0b6f2d0e.json"])]
    content_type: Annotated[str, Field(description="Media type", examples=["application/json"])]
    expires_at: Moment


class FileAnswer(_View):
    """Envelope of a file's address."""

    data: FileLink


class ReportFileLink(FileLink):
    """A private address of a file, and what leads to the file that goes on. With a filter a file may hold few rows, or
    none, and still be followed by another.
    """

    next_cursor: Annotated[str | None, Field(description="cursor of the next file; null on the last", examples=[None])]


class ReportFileAnswer(_View):
    """Envelope of a file's address."""

    data: ReportFileLink


class ReportTotals(_View):
    """Sums over what the filters let through, not over one page: of all of it, or of what is newest, to be added to
    those that follow.
    """

    inquiries: Annotated[int, Field(description="Inquiries, stored answers included", examples=[2])]
    done: Annotated[int, Field(description="Answered by the bureau", examples=[1])]
    stored: Annotated[int, Field(description="Answered out of what was stored", examples=[1])]
    failed: Annotated[int, Field(description="Failed", examples=[0])]
    unknown: Annotated[int, Field(description="Outcome unknown: perhaps charged", examples=[0])]
    open: Annotated[int, Field(description="Not ended yet", examples=[0])]
    billed: Annotated[int, Field(description="Charged by the bureau", examples=[1])]
    cost: Annotated[int, Field(description="Cents", examples=[350])]
    next_cursor: Annotated[
        str | None,
        Field(description="totals_cursor of the figures that are to be added; null: these are whole", examples=[None]),
    ]


class InquiryReportAnswer(_View):
    """Consultas de análise de crédito: a page, newest first, and the totals of all of it. With a filter a page may hold
    fewer and still be followed by another.
    """

    data: Annotated[list[InquiryRow], Field(description="Inquiries of this page, documents masked")]
    totals: Annotated[ReportTotals | None, Field(description="With the first page only")]
    next_cursor: Annotated[str | None, Field(description="Null: this is the last page", examples=[None])]


class Consulter(_View):
    """Who asked about the data subject, and why."""

    inquiry_id: Annotated[str, Field(description="UUID", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
    asked_at: Moment
    requested_by: Annotated[str, Field(description="Who asked", examples=["ana.souza"])]
    panel: Annotated[str, Field(description="The portal of who asked", examples=["manager"])]
    company_cnpj: Annotated[str, Field(description="In whose name", examples=["11.222.333/0001-81"])]
    purpose: Annotated[str, Field(description="Why", examples=["credit_analysis"])]
    legal_basis: Annotated[str, Field(description="Basis of the processing", examples=["LGPD art. 7, X"])]


class AccessView(_View):
    """What a data subject may know: who asked in the last six months, and every inquiry with its sources."""

    id: Annotated[str, Field(description="UUID of this request", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
    document: Annotated[str, Field(description="Of the data subject", examples=["529.982.247-25"])]
    answered_at: Moment
    requested_by: Annotated[str, Field(description="Who answers the data subject", examples=["ana.souza"])]
    consulters_since: Moment
    consulters: Annotated[list[Consulter], Field(description="Consulters of the last six months, newest first")]
    inquiries: Annotated[list[InquiryRow], Field(description="Inquiries on record, newest first, at most 500")]


class AccessAnswer(_View):
    """Envelope of an access request."""

    data: AccessView
