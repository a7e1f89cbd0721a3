"""Itaú's vehicle-finance messages: Portuguese names, reais as JSON decimals, ISO dates, a list of instalments."""

from __future__ import annotations

from lastro.kernel.banks import ITAU
from lastro.kernel.documents import Cnpj
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Applicant, BankAnswer, Offer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import answer_of, checked_offer, expenses_of, return_of
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.itau.errors import REFUSALS
from lastro.vendors.kit.amounts import read_decimal, read_percent_number, write_decimal
from lastro.vendors.kit.json import present

_EXPENSES = {
    "IOF": "iof_value",
    "REGISTRO_CONTRATO": "contract_record_rate",
    "AVALIACAO_BEM": "property_valuation_rate",
    "TARIFA_CADASTRO": "register_rate",
    "SEGURO_PRESTAMISTA": "spf",
}


def pre_approval_body(request: PreApprovalRequest) -> dict[str, object]:
    """Body of ``POST /pre-analises``."""
    return {"proponente": applicant_members(request.applicant)}


def pre_approved(body: object) -> bool:
    """``{"data": {"situacao": "APROVADO" | "NEGADO"}}``. Raises ``Permanent`` for any other situation."""
    return BankBody(body).within("data").one_of("situacao", {"APROVADO": True, "NEGADO": False})


def price_body(request: OfferRequest) -> dict[str, object]:
    """Body of ``POST /simulacoes``."""
    vehicle = request.vehicle
    return {
        "proponente": applicant_members(request.applicant),
        "veiculo": present(
            codigo_molicar=vehicle.molicar_code,
            codigo_modelo=vehicle.model_id,
            ano_fabricacao=vehicle.manufacture_year,
            ano_modelo=vehicle.model_year,
            zero_km=vehicle.zero_km,
            uf_licenciamento=vehicle.licensing_uf,
            municipio_licenciamento=vehicle.licensing_city,
            uso_comercial=request.commercial,
        ),
        "operacao": {
            "valor_bem": write_decimal(request.asset_value),
            "valor_entrada": write_decimal(request.down_payment),
            "valor_adicionais": write_decimal(request.extras),
            "prazo_meses": request.installments,
            "data_liberacao": request.release_date.isoformat(),
            "seguro_prestamista": request.payment_protection_insurance,
            "retorno": str(request.dealer_return),
        },
    }


def answer(body: object) -> BankAnswer:
    """A simulation, just made or looked up. Raises ``Permanent`` when it cannot be read."""
    data = BankBody(body).within("data")
    reason = data.one_of("situacao", {"APROVADA": None, "NEGADA": Reason.REFUSED, "MESA": Reason.CREDIT_DESK})
    if reason is Reason.REFUSED:
        reason = REFUSALS.get(data.within("motivo").text("codigo"), Reason.REFUSED)
    return answer_of(
        ITAU,
        offer=None if reason else _offer(data.within("proposta")),
        reason=reason,
        minimum=data.read_or_none("entrada_minima", read_decimal),
        ideal=data.read_or_none("entrada_ideal", read_decimal),
        available=data.read_or_none("limite_disponivel", read_decimal),
    )


def _offer(proposal: BankBody) -> Offer:
    table = proposal.within("tabela")
    offer = Offer(
        installments=tuple(item.read("valor", read_decimal) for item in proposal.objects("parcelas")),
        monthly_rate=proposal.read("taxa_juros_mes", read_percent_number),
        expenses=expenses_of(
            (
                (charge.text("tipo"), charge.read("valor", read_decimal), charge.text_or_none("codigo"))
                for charge in proposal.objects("encargos")
            ),
            _EXPENSES,
        ),
        credit_condition_code=table.text("codigo"),
        credit_condition_description=table.text_or_none("descricao"),
        credit_condition_return=return_of(table.text_or_none("retorno"), "body.data.proposta.tabela.retorno"),
        payload={"simulation_token": proposal.text("token_simulacao")},
    )
    return checked_offer(offer, "body.data.proposta.parcelas")


def applicant_members(applicant: Applicant) -> dict[str, object]:
    income = applicant.monthly_income
    return present(
        tipo_pessoa="J" if isinstance(applicant.document, Cnpj) else "F",
        numero_documento=applicant.document.value,
        nome=applicant.name,
        data_nascimento=applicant.birthdate.isoformat() if applicant.birthdate else None,
        email=applicant.email,
        celular=applicant.phone_number,
        renda_mensal=None if income is None else write_decimal(income),
        possui_cnh=applicant.has_cnh,
        sexo=applicant.gender,
        ocupacao=applicant.occupation,
        profissao=applicant.profession,
        nome_mae=applicant.mother_name,
        cep=applicant.zip_code,
    )
