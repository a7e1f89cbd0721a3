"""Connect SA's form and its answer (docs/sources.md, bureaus): amounts are localised texts, kinds are member names."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.bureaus.ports import InquiryRequest
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.reports.model import Identity, InquiryReport, NoteKind, Notes, PreviousInquiries, Score
from lastro.kernel.documents import Cpf, Document
from lastro.vendors.bureaus.amounts import read_count, read_localised, read_score
from lastro.vendors.bureaus.connect_sa.errors import failure_of_sentence
from lastro.vendors.bureaus.notes import APART, gathered, joined
from lastro.vendors.bureaus.wire import Block, check_document

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
    top = Block(body)
    status = check_success(top)
    entry = top.block_or_none("entrada")
    if entry:
        check_document(entry, "documentoConsultado", document)
    result = top.block_or_none("resultado")
    table = result.block_or_none("quadroResumoConsta") if result else None
    blocks, previous = _registers(table)
    score = result.block_or_none("score") if result else None
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


def check_success(top: Block, *, acts: bool = True) -> Block:
    """The ``status`` block of a successful answer. Raises what the sentence of any other stands for."""
    status = top.block("status")
    message = status.text("mensagem")
    description = status.text_or_none("descricaoCodigoResposta") or ""
    if message.lower() != _SUCCESS:
        raise failure_of_sentence(f"{description} {message}", acts=acts)
    return status


def _registers(table: Block | None) -> tuple[list[Notes], PreviousInquiries | None]:
    if table is None:
        return [], None
    total = table.read_or_none("quantidadeTotalOcorrencias", read_count)
    registers = table.block_or_none("registros")
    if registers is None:
        return [] if total is None else [Notes(NoteKind.OTHER, total)], None
    blocks: list[Notes] = []
    previous = None
    for name in registers.names():
        register = registers.block(name)
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


def _score(block: Block | None) -> Score | None:
    if block is None or not block.has("pontuacao"):
        return None
    return Score(block.read("pontuacao", read_score), band=block.text_or_none("faixa"))
