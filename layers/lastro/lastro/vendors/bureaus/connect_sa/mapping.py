"""Connect SA's form and its answer (docs/sources.md, bureaus): amounts are localised texts, kinds are member names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from lastro.bureaus.ports import InquiryRequest, InquiryUnknown
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.reports.report import Identity, InquiryReport, NoteKind, Notes, PreviousInquiries, Score
from lastro.kernel.documents import Cpf, Document
from lastro.vendors.bureaus.bodies import BureauBody, check_document
from lastro.vendors.bureaus.connect_sa.errors import SENTENCES
from lastro.vendors.bureaus.failures import Failure, failure_of_reason
from lastro.vendors.bureaus.notes import APART, gathered, joined
from lastro.vendors.kit.amounts import read_count, read_localised, read_score
from lastro.vendors.kit.tables import Row, meaning_of

_SUCCESS = "sucesso"
_KINDS = (
    ("pefin", NoteKind.PEFIN),
    ("refin", NoteKind.REFIN),
    ("protest", NoteKind.PROTEST),
    ("chequ", NoteKind.CHEQUE),
    ("ccf", NoteKind.CHEQUE),
    ("judicia", NoteKind.LAWSUIT),
    ("falenc", NoteKind.BANKRUPTCY),
    ("vencida", NoteKind.OVERDUE),
    ("spc", NoteKind.SPC),
)
_INQUIRIES = "consulta"


def inquiry_form(request: InquiryRequest, environment: Environment) -> dict[str, str]:
    """The form without its credentials. ``estatica=S`` asks for a simulated, free answer: always so in homologation."""
    form = {
        "consulta": request.report,
        "tipodocumento": "F" if isinstance(request.document, Cpf) else "J",
        "documento": request.document.value,
        "estatica": "N" if environment is Environment.PRODUCTION else "S",
        "tiporesposta": "J",
    }
    optional: Mapping[str, str | None] = {
        "cep": request.zip_code,
        "telefone": request.phone_number,
        "uf": request.federal_unit,
        "agregados": ",".join(request.features),
    }
    return form | {name: value for name, value in optional.items() if value}


def report(body: object, document: Document) -> InquiryReport:
    """The normalised report. Raises ``RefusedByBureau`` or ``BureauUnavailable`` when the answer says it is none."""
    top = BureauBody(body)
    status = check_success(top)
    entry = top.within_or_none("entrada")
    if entry:
        check_document(entry, "documentoConsultado", document)
    result = top.within_or_none("resultado")
    table = result.within_or_none("quadroResumoConsta") if result else None
    blocks, previous = _registers(table)
    score = result.within_or_none("score") if result else None
    return InquiryReport(
        identity=Identity(document, name=entry.text_or_none("nomeConsultado") if entry else None),
        score=_score(score),
        score_absence=score.text_or_none("mensagem") if score and not score.has("pontuacao") else None,
        negative_notes=tuple(notes for notes in blocks if notes.kind not in APART),
        protests=joined(NoteKind.PROTEST, blocks),
        cheques=joined(NoteKind.CHEQUE, blocks),
        lawsuits=joined(NoteKind.LAWSUIT, blocks),
        bankruptcies=joined(NoteKind.BANKRUPTCY, blocks),
        previous_inquiries=previous,
        protocol=status.label_or_none("protocolo"),
        extras=top.unread(),
    )


def check_success(
    top: BureauBody, *, acts: bool = True, sentences: Sequence[Row[BureauReason]] = SENTENCES
) -> BureauBody:
    """The ``status`` block of a successful answer. Raises what the sentence of any other stands for."""
    status = top.within("status")
    message = status.text("mensagem")
    description = status.text_or_none("descricaoCodigoResposta") or ""
    if message.lower() != _SUCCESS:
        raise _failure_of(f"{description} {message}", sentences, acts=acts)
    return status


def _failure_of(sentence: str, sentences: Sequence[Row[BureauReason]], *, acts: bool) -> Failure:
    """What the sentence of an unsuccessful answer stands for; the sentence itself is not repeated."""
    reason = meaning_of(sentences, HTTPStatus.OK, text=_plain(sentence))
    if reason is not None:
        return failure_of_reason(reason, "Connect SA said why it did not do what was asked")
    if acts:
        return InquiryUnknown("Connect SA said something that nobody knows", code=BureauReason.UNCLEAR)
    return failure_of_reason(BureauReason.VALIDATION, "Connect SA refused the question")


def _plain(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _registers(table: BureauBody | None) -> tuple[list[Notes], PreviousInquiries | None]:
    if table is None:
        return [], None
    total = table.read_or_none("quantidadeTotalOcorrencias", read_count)
    registers = table.within_or_none("registros")
    if registers is None:
        return [] if total is None else [Notes(NoteKind.OTHER, total)], None
    blocks: list[Notes] = []
    previous = None
    for name in registers.names():
        register = registers.within(name)
        count = register.read("quantidade", read_count)
        if _INQUIRIES in name.lower():
            previous = PreviousInquiries(count)
            continue
        notes = gathered(
            _kind(name),
            (),
            count=count,
            total=register.read_or_none("valorTotal", read_localised),
            first=register.date_or_none("dataMaisAntigo"),
            last=register.date_or_none("dataMaisRecente"),
            label=register.text_or_none("nomeRegistro") or name,
        )
        blocks.append(notes)
    return blocks, previous


def _kind(name: str) -> NoteKind:
    lowered = name.lower()
    return next((kind for word, kind in _KINDS if word in lowered), NoteKind.OTHER)


def _score(block: BureauBody | None) -> Score | None:
    if block is None or not block.has("pontuacao"):
        return None
    return Score(block.read("pontuacao", read_score), band=block.text_or_none("faixa"))
