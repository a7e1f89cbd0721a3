"""SPC Brasil: SOAP with HTTP Basic, one address for the list of products and the inquiry, faults with codes."""

from __future__ import annotations

from aiohttp import web
from lxml import etree

from sandbox.banks.access import basic_pair, is_good
from sandbox.bureaus.desk import Answer, Ask, Refused
from sandbox.bureaus.dialects.base import Dialect, Handler, bare_document, garbage, reais
from sandbox.bureaus.listings.desk import ListingDesk
from sandbox.bureaus.listings.spc_brasil import SpcListings
from sandbox.bureaus.outcomes import Outcome
from sandbox.bureaus.soap import ENVELOPE, asked_in
from sandbox.bureaus.subjects import Debt, Subject

SERVICE = "/spc/remoting/ws/consulta/consultaWebService"
NAMESPACE = "http://webservice.consulta.spcjava.spcbrasil.org/"
PRODUCTS = (("257", "SPC MIX TOP", None), ("634", "SPC SCORE POSITIVO", "F"), ("679", "SPC EMPRESARIAL", "J"))
ADD_ONS = (("17", "protesto"), ("77", "ação"), ("5122", "score três meses"))

_FAULTS = {
    Outcome.BAD_REQUEST: "CN_INT005.E8.1 - Parametro obrigatorio nao informado",
    Outcome.UNAUTHORIZED: "CN_INT005.E2.3 - Operador e Senha invalidos",
    Outcome.REVOKED_TOKEN: "CN_INT005.E3 - Operador nao possui acesso ao sistema ou nao existe",
    Outcome.INVALID_CREDENTIALS: "CN_INT005.E2.3 - Operador e Senha invalidos",
    Outcome.UNKNOWN_REPORT: "CN_INT005.E8.3 - Produto nao atende ao tipo de consumidor",
    Outcome.INVALID_DOCUMENT: "CN_INT005.E8.2 - CPF/CNPJ invalido",
    Outcome.UNKNOWN_FEATURE: "CN_INT005.E8.4 - Insumo opcional invalido",
    Outcome.NOT_CONTRACTED: "CN_INT005.E4 - Operador nao possui acesso ao produto",
    Outcome.UNKNOWN_USER: "CN_INT005.E4 - Operador nao possui acesso ao produto",
    Outcome.PROCESSING_ERROR: "CN_GER001.E0 - Erro interno.",
    Outcome.ABSENT_RECORD: "CN_INT006.E1 - Registro nao encontrado",
    Outcome.KNOWN_RECORD: "CN_INT006.E2 - Registro ja existente",
}
_STATUSES = {Outcome.TOO_MANY_REQUESTS: 429, Outcome.SPIKE_ARREST: 429, Outcome.UNSTABLE: 503}
_BLOCKS = {
    "spc": ("pefin", "refin", "overdue", "spc"),
    "ccf": ("cheque",),
    "protesto": ("protest",),
    "acao": ("lawsuit",),
    "participacao-falencia": ("bankruptcy",),
}


class SpcBrasil(Dialect):
    """The words of SPC Brasil."""

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [("POST", SERVICE, self.serve), *SpcListings(ListingDesk(self.desk)).routes()]

    def complain(self, outcome: Outcome) -> web.Response:
        if outcome in _STATUSES:
            return web.Response(status=_STATUSES[outcome], text="Service Unavailable")
        if outcome is Outcome.NOT_FOUND:
            return _unknown_person()
        fault = etree.Element(f"{{{ENVELOPE}}}Fault")
        etree.SubElement(fault, "faultcode").text = "S:Server"
        etree.SubElement(fault, "faultstring").text = _FAULTS.get(outcome, "Erro")
        return _envelope(fault, 500)

    async def serve(self, request: web.Request) -> web.Response:
        user, password = basic_pair(request.headers.get("Authorization"))
        if not is_good(user, password):
            self.desk.ledger.enter_login(user, Outcome.INVALID_CREDENTIALS)
            return web.Response(status=401, text="Unauthorized")
        asked = asked_in(await request.read())
        if asked.tag == f"{{{NAMESPACE}}}listar-produtos":
            return _products(self.desk.list("reports").outcome)
        if asked.tag != f"{{{NAMESPACE}}}filtro":
            raise Refused(Outcome.BAD_REQUEST)
        given = asked.findtext("documento-consumidor", "")
        document = bare_document(given)
        ask = Ask(
            document=document or given,
            report=asked.findtext("codigo-produto", ""),
            features=tuple(item.text or "" for item in asked.findall("codigo-insumo-opcional")),
        )
        if document is None:
            raise self.desk.refuse(ask, Outcome.INVALID_DOCUMENT)
        person = asked.findtext("tipo-consumidor", "")
        if person != ("J" if len(document) == 14 else "F") or not _sells(ask.report, person):
            raise self.desk.refuse(ask, Outcome.UNKNOWN_REPORT)
        if not set(ask.features) <= {code for code, _ in ADD_ONS}:
            raise self.desk.refuse(ask, Outcome.UNKNOWN_FEATURE)
        found = await self.inquire(request, ask)
        return garbage() if found.outcome is Outcome.GARBAGE else _envelope(_result(found))


def _sells(product: str, person: str) -> bool:
    return any(code == product and of in (None, person) for code, _, of in PRODUCTS)


def _envelope(inside: etree._Element, status: int = 200) -> web.Response:
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"S": ENVELOPE, "ns2": NAMESPACE})
    etree.SubElement(envelope, f"{{{ENVELOPE}}}Body").append(inside)
    body: bytes = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
    return web.Response(body=body, status=status, content_type="text/xml", charset="utf-8")


def _grow(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, name, {key.replace("_", "-"): value for key, value in attributes.items()})


def _products(manner: Outcome) -> web.Response:
    """The list of products; a scripted short answer is an empty list, which is valid."""
    listing = etree.Element(f"{{{NAMESPACE}}}produtos")
    for code, name, person in () if manner is Outcome.SUMMARY_ONLY else PRODUCTS:
        product = _grow(listing, "produto", codigo=code, nome=name)
        if person:
            product.set("tipo-consumidor", person)
        _grow(product, "parametro", nome="documento-consumidor", obrigatorio="true")
        for addition, title in ADD_ONS:
            _grow(product, "insumo-opcional", codigo=addition, nome=title)
    return _envelope(listing)


def _unknown_person() -> web.Response:
    """The service has no fault for it: it names the consumer so."""
    result = etree.Element(f"{{{NAMESPACE}}}resultado")
    _grow(_grow(result, "consumidor"), "consumidor-pessoa-fisica", nome="CADASTRO NAO LOCALIZADO")
    return _envelope(result)


def _result(given: Answer) -> etree._Element:
    subject, manner = given.subject, given.outcome
    result = etree.Element(f"{{{NAMESPACE}}}resultado")
    result.set("data", "2025-02-03T10:00:00.000-03:00")
    result.set("restricao", "true" if subject.debts else "false")
    _grow(result, "protocolo", numero=f"{given.number:010d}", digito="1")
    _consumer(result, subject, manner)
    for name, kinds in _BLOCKS.items():
        debts = tuple(debt for kind in kinds for debt in subject.debts_of(kind))
        _block(result, name, debts, manner)
    if subject.score is not None:
        block = _grow(result, "score-cadastro-positivo")
        detail = _grow(block, "detalhe-score-cadastro-positivo", score=str(subject.score), classe="B")
        if manner is Outcome.WRONG_TYPES:
            detail.set("score", "alto")
    inquiries = _grow(result, "consulta-realizada")
    _grow(inquiries, "resumo", quantidade_total=str(subject.inquiries))
    for index in range(subject.inquiries):
        _grow(
            inquiries,
            "detalhe-consulta-realizada",
            nome_associado=f"Consulente {index}",
            data_consulta="2025-02-03T00:00:00.000-03:00",
        )
    if manner is Outcome.UNKNOWN_FIELDS:
        _grow(result, "novidade", indicador="A")
    return result


def _consumer(result: etree._Element, subject: Subject, manner: Outcome) -> None:
    document = "11144477735" if manner is Outcome.OTHER_DOCUMENT else subject.document
    consumer = _grow(result, "consumidor")
    if subject.is_company:
        company = _grow(consumer, "consumidor-pessoa-juridica", razao_social=subject.name, nome_comercial="Exemplo")
        company.set("data-fundacao", f"{subject.day}T00:00:00.000-03:00")
        _grow(company, "cnpj", numero=document)
        _grow(company, "situacao-cnpj", descricao_situacao="ATIVA", data_situacao="2025-01-02T00:00:00.000-03:00")
        owners = _grow(result, "socio")
        for member in subject.members:
            _grow(
                owners,
                "detalhe-socio",
                nome=member.name,
                documento=member.document,
                percentual_participacao=str(member.share),
            )
        return
    person = _grow(consumer, "consumidor-pessoa-fisica", nome=subject.name, nome_mae="Mãe Exemplo")
    person.set("data-nascimento", f"{subject.day}T00:00:00.000-03:00")
    _grow(person, "cpf", numero=document)
    _grow(
        person, "situacao-cpf", descricao_situacao=subject.registration, data_situacao="2025-01-02T00:00:00.000-03:00"
    )


def _block(result: etree._Element, name: str, debts: tuple[Debt, ...], manner: Outcome) -> None:
    block = _grow(result, name)
    summary = _grow(
        block,
        "resumo",
        quantidade_total=str(len(debts)),
        valor_total=format(reais(sum(debt.amount for debt in debts)), "f"),
    )
    if debts:
        summary.set("data-primeira-ocorrencia", f"{min(debt.day for debt in debts)}T00:00:00.000-03:00")
        summary.set("data-ultima-ocorrencia", f"{max(debt.day for debt in debts)}T00:00:00.000-03:00")
    if manner is Outcome.SUMMARY_ONLY:
        return
    for debt in debts:
        detail = _grow(
            block,
            f"detalhe-{name}",
            nome_associado=debt.creditor,
            valor=format(reais(debt.amount), "f"),
            data_vencimento=f"{debt.day}T00:00:00.000-03:00",
            comprador_fiador_avalista="COMPRADOR",
            contrato="CT-1",
        )
        city = _grow(detail, "cidade-associado", nome="São Paulo")
        _grow(city, "estado", sigla_uf="SP")
