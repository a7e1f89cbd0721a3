"""Crédito na Medida's inquiry: a summary in JSON with the report as a PDF inside, and its list of codes."""

from __future__ import annotations

import binascii
from base64 import b64decode

from lastro.bureaus.ports import Attachment, CodeKind, InquiryRequest, RestrictionCode
from lastro.bureaus.providers.catalogue import Person
from lastro.bureaus.reports.report import (
    Identity,
    InquiryReport,
    Note,
    NoteKind,
    Notes,
    Partner,
    PreviousInquiries,
    Score,
)
from lastro.kernel.documents import Document
from lastro.vendors.bureaus.bodies import BureauBody, check_document, checked_list
from lastro.vendors.bureaus.failures import unreadable
from lastro.vendors.bureaus.notes import APART, gathered, joined
from lastro.vendors.kit.amounts import read_count, read_percent, read_reais, read_score
from lastro.vendors.kit.odd import Odd

_KINDS = {
    "PEFIN": NoteKind.PEFIN,
    "REFIN": NoteKind.REFIN,
    "DIVIDA_VENCIDA": NoteKind.OVERDUE,
    "SPC": NoteKind.SPC,
    "PROTESTO": NoteKind.PROTEST,
    "CHEQUE": NoteKind.CHEQUE,
    "ACAO_JUDICIAL": NoteKind.LAWSUIT,
    "FALENCIA": NoteKind.BANKRUPTCY,
}
_CODE_KINDS = {"RESTRICAO": CodeKind.INCLUSION, "BAIXA": CodeKind.REMOVAL}
_PERSONS = {"F": Person.NATURAL, "J": Person.LEGAL}
_DONE, _WORKING = "CONCLUIDA", "PROCESSANDO"


def inquiry_body(request: InquiryRequest) -> dict[str, object]:
    body: dict[str, object] = {
        "referencia": request.key,
        "produto": request.report,
        "documento": request.document.value,
        "itens": list(request.features),
    }
    return body | ({"solicitante": request.requester} if request.requester else {})


def is_done(body: object) -> bool:
    """Whether the inquiry has its result. Raises ``RefusedByBureau`` for a status that is neither done nor working."""
    status = BureauBody(body).within("consulta").text("situacao")
    if status not in (_DONE, _WORKING):
        raise unreadable("body.consulta.situacao", f"{_DONE} or {_WORKING}")
    return status == _DONE


def attachment(body: object) -> Attachment:
    """The PDF in the answer."""
    file = BureauBody(body).within("relatorio")
    if file.text("tipo") != "application/pdf":
        raise unreadable("body.relatorio.tipo", "application/pdf")
    return Attachment("application/pdf", file.read("conteudo", _read_file))


def report(body: object, document: Document) -> InquiryReport:
    """The normalised report about ``document``. Raises ``RefusedByBureau`` naming the place that cannot be read."""
    top = BureauBody(body)
    inquiry = top.within("consulta")
    inquiry.skip("referencia", "situacao")
    top.skip("relatorio")
    summary = top.within("resumo")
    check_document(summary, "documento", document)
    score = summary.within_or_none("score")
    blocks = [_occurrence(item) for item in summary.objects("ocorrencias")]
    inquiries = summary.read_or_none("consultasAnteriores", read_count)
    return InquiryReport(
        identity=Identity(
            document=document,
            name=summary.text_or_none("nome"),
            birth_date=summary.date_or_none("dataNascimento"),
            foundation_date=summary.date_or_none("dataFundacao"),
            status=summary.text_or_none("situacaoReceita"),
        ),
        score=_score(score),
        score_absence=score.text_or_none("motivo") if score and not score.has("pontuacao") else None,
        negative_notes=tuple(notes for notes in blocks if notes.kind not in APART),
        protests=joined(NoteKind.PROTEST, blocks),
        cheques=joined(NoteKind.CHEQUE, blocks),
        lawsuits=joined(NoteKind.LAWSUIT, blocks),
        bankruptcies=joined(NoteKind.BANKRUPTCY, blocks),
        previous_inquiries=None if inquiries is None else PreviousInquiries(inquiries),
        partners=tuple(_partner(item) for item in summary.objects("socios")) if summary.has("socios") else None,
        protocol=inquiry.label_or_none("id"),
        billed=inquiry.flag_or_none("cobrada"),
        cost=inquiry.read_or_none("custo", read_reais),
        extras=top.unread(),
    )


def codes(body: object) -> tuple[RestrictionCode, ...]:
    """The provider's code list."""
    return checked_list(tuple(_code(item) for item in BureauBody(body).objects("codigos")), "body.codigos")


def _code(item: BureauBody) -> RestrictionCode:
    kind, person = item.text("tipo"), item.text_or_none("pessoa")
    if kind not in _CODE_KINDS:
        raise unreadable(item.at("tipo"), "one of " + ", ".join(_CODE_KINDS))
    if person is not None and person not in _PERSONS:
        raise unreadable(item.at("pessoa"), "one of " + ", ".join(_PERSONS))
    code = item.label_or_none("codigo")
    if code is None:
        raise unreadable(item.at("codigo"), "a code")
    return RestrictionCode(code, item.text("descricao"), _CODE_KINDS[kind], _PERSONS[person] if person else None)


def _occurrence(item: BureauBody) -> Notes:
    kind = item.text("tipo")
    return gathered(
        _KINDS.get(kind, NoteKind.OTHER),
        [
            Note(
                occurred_on=note.date_or_none("data"),
                amount=note.read_or_none("valor", read_reais),
                creditor=note.text_or_none("credor"),
            )
            for note in item.objects("itens")
        ],
        count=item.read("quantidade", read_count),
        total=item.read_or_none("valor", read_reais),
        first=item.date_or_none("primeira"),
        last=item.date_or_none("ultima"),
        label=item.text_or_none("descricao") or kind,
    )


def _score(block: BureauBody | None) -> Score | None:
    if block is None or not block.has("pontuacao"):
        return None
    return Score(
        block.read("pontuacao", read_score), model=block.text_or_none("modelo"), band=block.text_or_none("faixa")
    )


def _partner(item: BureauBody) -> Partner:
    return Partner(
        name=item.text_or_none("nome"),
        document=item.document_or_none("documento"),
        share=item.read_or_none("participacao", read_percent),
        has_negative=item.flag_or_none("restricao"),
    )


def _read_file(value: object) -> bytes:
    try:
        content = b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError) as error:
        raise Odd("a file in base 64") from error
    if not content.startswith(b"%PDF-"):
        raise Odd("a PDF")
    return content
