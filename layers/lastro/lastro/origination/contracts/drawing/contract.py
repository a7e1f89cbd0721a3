"""The Cédula de Crédito Bancário as a PDF: every essential content of Lei 10.931/2004 art. 29, then the clauses."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from lastro.origination.contracts.drawing.figures import draw_accounts, draw_cost_sheet, draw_schedule
from lastro.origination.contracts.drawing.grids import facts, gap, heading, quadro
from lastro.origination.contracts.drawing.operation import draw_operation, draw_summary
from lastro.origination.contracts.drawing.parties import document_label, draw_parties
from lastro.origination.contracts.drawing.sheet import Sheet, draw
from lastro.origination.contracts.drawing.styles import (
    CENTERED,
    CLAUSE,
    CLAUSE_TITLE,
    HASH,
    INK,
    NOTE,
    SUBTITLE,
    TEXT_WIDTH,
    TITLE,
    text,
)
from lastro.origination.contracts.model import Clause, ContractData, Party
from lastro.origination.contracts.wording.phrases import monthly
from lastro.origination.contracts.wording.typography import brl, date_in_words, exact_percent, short_date

NAME = "CÉDULA DE CRÉDITO BANCÁRIO"


def draw_contract(data: ContractData) -> bytes:
    """The unsigned PDF; the same data give the same bytes. Raises ``UndrawableText``."""
    return draw(sheet_of(data), lambda: _story(data))


def sheet_of(data: ContractData, page_label: str = "Página") -> Sheet:
    return Sheet(data.creditor.name, NAME, data.number, data.content_hash, page_label)


def _story(data: ContractData) -> list[Flowable]:
    via = "Via única eletrônica, negociável" if data.negotiable else "Via não negociável"
    story: list[Flowable] = [
        text(NAME, TITLE),
        gap(2),
        text(f"nº {data.number}  ·  {via}  ·  Lei nº 10.931/2004", SUBTITLE),
        gap(7),
        draw_summary(data),
        *draw_parties(data),
        *draw_operation(data),
        *draw_cost_sheet(data),
        *draw_accounts(data),
        *draw_schedule(data),
        *_guarantees(data),
        *_consumer_information(data),
        *heading("CLÁUSULAS E CONDIÇÕES"),
        gap(3),
    ]
    clauses = [_clause(number, clause) for number, clause in enumerate(data.clauses, start=1)]
    for clause in clauses[:-1]:
        story += clause
    # Signatures never stand on a page of their own: the last clause goes with them.
    last = clauses[-1] if clauses else []
    story.append(KeepTogether([*last, *_closing(data)]))
    return story


def _clause(number: int, clause: Clause) -> list[Flowable]:
    story: list[Flowable] = [text(f"{number}. {clause.title}", CLAUSE_TITLE)]
    for position, paragraph in enumerate(clause.paragraphs, start=1):
        mark = f"{number}.{position}. " if len(clause.paragraphs) > 1 else ""
        story.append(text(f"{mark}{paragraph}", CLAUSE))
    return story


def _guarantees(data: ContractData) -> list[Flowable]:
    rows = [
        [(f"GARANTIA {number} – {each.kind.upper()}", each.description)]
        for number, each in enumerate(data.guarantees, 1)
    ]
    rows += [
        [("AVAL", f"{each.name}, {document_label(each)} {each.document.formatted}, devedor solidário.")]
        for each in data.guarantors
    ]
    if not rows:
        rows = [[("GARANTIAS", "Não há: a cédula é emitida sem garantia real ou fidejussória.")]]
    return quadro("QUADRO VI – GARANTIAS", facts(rows))


def _consumer_information(data: ContractData) -> list[Flowable]:
    """CDC arts. 52 and 54-B."""
    credit, late = data.credit, data.late_charges
    return quadro(
        "QUADRO VII – INFORMAÇÕES AO CONSUMIDOR",
        facts(
            [
                [
                    ("MULTA POR ATRASO, UMA VEZ", exact_percent(late.fine_percent.scaleb(-2))),
                    ("JUROS DE MORA", monthly(late.default_interest)),
                    ("ACEITE DESTA CÉDULA ATÉ", short_date(data.valid_until)),
                ],
                [
                    ("TOTAL SEM FINANCIAMENTO", brl(credit.released)),
                    ("TOTAL COM FINANCIAMENTO", brl(credit.total_payable)),
                    ("DIFERENÇA", brl(credit.total_payable - credit.released)),
                ],
                [
                    (
                        "LIQUIDAÇÃO ANTECIPADA",
                        "Direito do emitente a qualquer tempo, total ou parcial, sem custo e com redução proporcional"
                        " dos juros e demais acréscimos.",
                    )
                ],
                *([[("OUVIDORIA E ATENDIMENTO", data.ombudsman)]] if data.ombudsman else []),
            ]
        ),
    )


def _closing(data: ContractData) -> list[Flowable]:
    story: list[Flowable] = [
        gap(8),
        text(f"{data.issue_place}, {date_in_words(data.issued_on)}.", CENTERED),
        gap(26),
        _signature_lines([("EMITENTE", data.borrower), ("CREDORA", data.creditor)]),
    ]
    guarantors = [("AVALISTA", each) for each in data.guarantors]
    for start in range(0, len(guarantors), 2):
        story += [gap(26), _signature_lines(guarantors[start : start + 2])]
    story += [
        gap(8),
        text(
            "Assinatura eletrônica: as evidências do aceite constam do registro de assinatura anexado a este arquivo."
            " O código abaixo identifica tudo o que esta cédula diz; o código de verificação do aceite é o SHA-256"
            " dos bytes deste arquivo.",
            NOTE,
        ),
        gap(2),
        text(data.content_hash, HASH),
    ]
    return story


def _signature_lines(signers: list[tuple[str, Party]]) -> Flowable:
    cells = [
        [
            text(party.name, CENTERED),
            text(f"{role}  ·  {document_label(party)} {party.document.formatted}", SUBTITLE),
        ]
        for role, party in signers
    ]
    width, room = TEXT_WIDTH * 0.46, TEXT_WIDTH * 0.08
    row = [cells[0], "", cells[1] if len(cells) > 1 else ""]
    lines = Table([row], colWidths=[width, room, width], splitInRow=1)
    style = TableStyle([("LINEABOVE", (0, 0), (0, 0), 0.7, INK), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    if len(cells) > 1:
        style.add("LINEABOVE", (2, 0), (2, 0), 0.7, INK)
    lines.setStyle(style)
    return lines
