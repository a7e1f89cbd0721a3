"""SPC Brasil's inquiry (docs/sources.md, bureaus): every block has a ``resumo`` and, perhaps, details.

``pendencia-financeira`` repeats debts that ``spc`` counts: with both it goes to the extras, alone it is counted.
"""

from __future__ import annotations

from lastro.bureaus.ports import InquiryRequest, Product, RefusedByBureau
from lastro.bureaus.providers.catalogue import Person
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.reports.report import (
    Identity,
    InquiryReport,
    Note,
    NoteKind,
    Notes,
    Partner,
    PreviousInquiries,
    PreviousInquiry,
    Score,
)
from lastro.kernel.documents import Cpf, Document
from lastro.vendors.bureaus.bodies import BureauBody, check_document, checked_list
from lastro.vendors.bureaus.failures import unreadable
from lastro.vendors.bureaus.notes import APART, gathered, joined
from lastro.vendors.kit.amounts import read_count, read_percent, read_reais_text, read_score

_KINDS = {
    "spc": NoteKind.SPC,
    "cheque-lojista": NoteKind.CHEQUE,
    "ccf": NoteKind.CHEQUE,
    "protesto": NoteKind.PROTEST,
    "acao": NoteKind.LAWSUIT,
    "participacao-falencia": NoteKind.BANKRUPTCY,
}
_SCORES = ("score-cadastro-positivo", "spc-score-12-meses", "spc-score-3-meses")
_UNKNOWN_PERSON = "CADASTRO NAO LOCALIZADO"
_PERSONS = {"F": Person.NATURAL, "J": Person.LEGAL}


def inquiry_members(request: InquiryRequest) -> dict[str, object]:
    """The members of ``filtro``. Raises ``RefusedByBureau`` when product or add-on is no code."""
    if not _is_code(request.report):
        raise RefusedByBureau("the product is no code", code=BureauReason.UNKNOWN_REPORT)
    if not all(_is_code(feature) for feature in request.features):
        raise RefusedByBureau("an add-on is no code", code=BureauReason.UNKNOWN_FEATURE)
    members: dict[str, object] = {
        "codigo-produto": request.report,
        "tipo-consumidor": "F" if isinstance(request.document, Cpf) else "J",
        "documento-consumidor": request.document.value,
    }
    if request.zip_code:
        members["cep-consumidor"] = request.zip_code
    if request.features:
        members["codigo-insumo-opcional"] = list(request.features)
    return members


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def report(result: object, document: Document) -> InquiryReport:
    """The normalised report about ``document``. Raises ``RefusedByBureau`` naming the place that cannot be read."""
    top = BureauBody(result, "resultado")
    identity = _identity(top, document)
    kinds = _KINDS if top.has("spc") else {"pendencia-financeira": NoteKind.OVERDUE} | _KINDS
    blocks = [notes for name, kind in kinds.items() if (notes := _notes(top, name, kind)) is not None]
    protocol = _only(top, "protocolo")
    number = (protocol.label_or_none("numero"), protocol.label_or_none("digito")) if protocol else ()
    return InquiryReport(
        identity=identity,
        score=_score(top),
        negative_notes=tuple(notes for notes in blocks if notes.kind not in APART),
        protests=joined(NoteKind.PROTEST, blocks),
        cheques=joined(NoteKind.CHEQUE, blocks),
        lawsuits=joined(NoteKind.LAWSUIT, blocks),
        bankruptcies=joined(NoteKind.BANKRUPTCY, blocks),
        previous_inquiries=_previous(top),
        partners=_partners(top),
        protocol="-".join(part for part in number if part) or None,
        extras=top.unread(),
    )


def products(listing: object) -> tuple[Product, ...]:
    """The products of ``listarProdutos``; an empty list is a valid answer."""
    return checked_list(
        tuple(_product(item) for item in BureauBody(listing, "produtos").objects("produto")), "produtos"
    )


def _product(item: BureauBody) -> Product:
    person = item.text_or_none("tipo-consumidor")
    if person is not None and person not in _PERSONS:
        raise unreadable(item.at("tipo-consumidor"), "F or J")
    return Product(
        code=item.text("codigo"),
        name=item.text("nome"),
        person=_PERSONS[person] if person else None,
        features=tuple(addition.text("codigo") for addition in item.objects("insumo-opcional")),
    )


def _only(parent: BureauBody, name: str) -> BureauBody | None:
    """The first element called ``name``: elements that come once are read as those that may come often."""
    found = parent.objects(name)
    return found[0] if found else None


def _identity(top: BureauBody, document: Document) -> Identity:
    consumer = _only(top, "consumidor")
    if consumer is None:
        return Identity(document)
    person = _only(consumer, "consumidor-pessoa-fisica")
    company = _only(consumer, "consumidor-pessoa-juridica")
    found = person or company
    if found is None:
        return Identity(document)
    number = _only(found, "cpf") or _only(found, "cnpj")
    if number:
        check_document(number, "numero", document)
    name = found.text_or_none("nome") or found.text_or_none("razao-social")
    if name == _UNKNOWN_PERSON:
        raise RefusedByBureau("SPC Brasil does not know the document", code=BureauReason.NOT_FOUND)
    status = _only(found, "situacao-cpf") or _only(found, "situacao-cnpj")
    return Identity(
        document=document,
        name=name,
        trade_name=found.text_or_none("nome-comercial"),
        mother_name=found.text_or_none("nome-mae"),
        birth_date=found.date_or_none("data-nascimento"),
        foundation_date=found.date_or_none("data-fundacao"),
        status=status.text_or_none("descricao-situacao") if status else None,
        status_date=status.date_or_none("data-situacao") if status else None,
    )


def _score(top: BureauBody) -> Score | None:
    """The first score of the products' list that carries a number."""
    for name in _SCORES:
        block = _only(top, name)
        detail = _only(block, f"detalhe-{name}") if block else None
        if detail is not None and detail.has("score"):
            return Score(
                value=detail.read("score", read_score),
                model=name,
                band=detail.text_or_none("classe"),
                default_rate=detail.read_or_none("probabilidade", read_percent),
            )
    return None


def _notes(top: BureauBody, name: str, kind: NoteKind) -> Notes | None:
    block = _only(top, name)
    if block is None:
        return None
    items = [_note(item) for item in block.objects(f"detalhe-{name}")]
    summary = _only(block, "resumo")
    if summary is None:
        return gathered(kind, items, label=name) if items else None
    return gathered(
        kind,
        items,
        count=(summary.read_or_none if items else summary.read)("quantidade-total", read_count),
        total=summary.read_or_none("valor-total", read_reais_text),
        first=summary.date_or_none("data-primeira-ocorrencia"),
        last=summary.date_or_none("data-ultima-ocorrencia"),
        label=name,
    )


def _note(item: BureauBody) -> Note:
    city = _only(item, "cidade-associado")
    state = _only(city, "estado") if city else None
    place = (city.text_or_none("nome") if city else None, state.text_or_none("sigla-uf") if state else None)
    role = item.text_or_none("comprador-fiador-avalista")
    return Note(
        occurred_on=item.date_or_none("data-vencimento") or item.date_or_none("data-ocorrencia"),
        included_on=item.date_or_none("data-inclusao"),
        amount=item.read_or_none("valor", read_reais_text),
        creditor=item.text_or_none("nome-associado"),
        nature=item.text_or_none("natureza") or item.text_or_none("titulo"),
        contract=item.text_or_none("contrato"),
        principal=None if role is None else role.upper() == "COMPRADOR",
        place="/".join(part for part in place if part) or None,
    )


def _previous(top: BureauBody) -> PreviousInquiries | None:
    block = _only(top, "consulta-realizada")
    if block is None:
        return None
    items = tuple(
        PreviousInquiry(occurred_on=item.date_or_none("data-consulta"), name=item.text_or_none("nome-associado"))
        for item in block.objects("detalhe-consulta-realizada")
    )
    summary = _only(block, "resumo")
    count = summary.read_or_none("quantidade-total", read_count) if summary else None
    return PreviousInquiries(max(len(items), count or 0), items) if items or count is not None else None


def _partners(top: BureauBody) -> tuple[Partner, ...] | None:
    block = _only(top, "socio")
    if block is None:
        return None
    return tuple(
        Partner(
            name=item.text_or_none("nome"),
            document=item.document_or_none("documento"),
            share=item.read_or_none("percentual-participacao", read_percent),
            since=item.date_or_none("data-entrada"),
            has_negative=item.flag_or_none("restricao"),
        )
        for item in block.objects("detalhe-socio")
    )
