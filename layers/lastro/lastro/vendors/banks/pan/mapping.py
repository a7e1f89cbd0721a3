"""PAN's messages: Portuguese names, amounts like 1.234,56, DD/MM/YYYY, S and N, an empty text where there is none."""

from __future__ import annotations

from datetime import date

from lastro.kernel.banks import PAN
from lastro.kernel.documents import Cnpj
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Applicant, BankAnswer, Offer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import answer_of, checked_offer, expenses_of, level_instalments, return_of
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.pan.errors import REFUSALS
from lastro.vendors.kit.amounts import read_brazilian, read_percent_text, read_term, write_brazilian
from lastro.vendors.kit.json import present

_EXPENSES = {
    "IOF": "iof_value",
    "RC": "contract_record_rate",
    "TAB": "property_valuation_rate",
    "TC": "register_rate",
    "SPF": "spf",
}


def pre_approval_body(request: PreApprovalRequest) -> dict[str, object]:
    """Body of ``POST /preanalise``."""
    return {"cliente": client_members(request.applicant)}


def pre_approved(body: object) -> bool:
    """``{"preAnalise": {"resultado": "APTO" | "INAPTO"}}``. Raises ``Permanent`` for anything else."""
    return BankBody(body).within("preAnalise").one_of("resultado", {"APTO": True, "INAPTO": False})


def price_body(request: OfferRequest) -> dict[str, object]:
    """Body of ``POST /simulacao``."""
    vehicle = request.vehicle
    return {
        "cliente": client_members(request.applicant),
        "veiculo": present(
            codigoMolicar=vehicle.molicar_code,
            codigoModelo=vehicle.model_id,
            anoFabricacao=str(vehicle.manufacture_year),
            anoModelo=str(vehicle.model_year),
            zeroKm=write_flag(vehicle.zero_km),
            ufLicenciamento=vehicle.licensing_uf,
            cidadeLicenciamento=vehicle.licensing_city,
            usoComercial=write_flag(request.commercial),
        ),
        "financiamento": {
            "valorVeiculo": write_brazilian(request.asset_value),
            "valorEntrada": write_brazilian(request.down_payment),
            "valorAdicional": write_brazilian(request.extras),
            "prazo": str(request.installments),
            "dataLiberacao": _day(request.release_date),
            "seguro": write_flag(request.payment_protection_insurance),
            "retorno": f"R{request.dealer_return}",
        },
    }


def answer(body: object) -> BankAnswer:
    """A simulation, just made or looked up. Raises ``Permanent`` when it cannot be read."""
    simulation = BankBody(body).within("simulacao")
    reason = simulation.one_of(
        "status", {"APROVADO": None, "RECUSADO": Reason.REFUSED, "ANALISE_MANUAL": Reason.CREDIT_DESK}
    )
    if reason is Reason.REFUSED:
        reason = REFUSALS.get(simulation.text("motivo"), Reason.REFUSED)
    return answer_of(
        PAN,
        offer=None if reason else _offer(simulation),
        reason=reason,
        minimum=simulation.read_or_none("valorEntradaMinima", read_brazilian),
        ideal=simulation.read_or_none("valorEntradaSugerida", read_brazilian),
        available=simulation.read_or_none("limiteCredito", read_brazilian),
    )


def _offer(simulation: BankBody) -> Offer:
    plan = simulation.within("plano")
    offer = Offer(
        installments=level_instalments(
            plan.read("quantidadeParcelas", read_term),
            plan.read("valorParcela", read_brazilian),
            plan.read("valorUltimaParcela", read_brazilian),
        ),
        monthly_rate=plan.read("taxaMensal", read_percent_text),
        expenses=expenses_of(
            (
                (charge.text("sigla"), charge.read("valor", read_brazilian), charge.text_or_none("id"))
                for charge in plan.objects("tarifas")
            ),
            _EXPENSES,
        ),
        credit_condition_code=plan.text("tabela"),
        credit_condition_description=plan.text_or_none("descricaoTabela"),
        credit_condition_return=return_of(plan.text_or_none("retorno"), "body.simulacao.plano.retorno"),
        payload={"simulation_token": simulation.text("protocolo")},
    )
    return checked_offer(offer, "body.simulacao.plano")


def client_members(applicant: Applicant) -> dict[str, object]:
    income = applicant.monthly_income
    return present(
        tipoPessoa="PJ" if isinstance(applicant.document, Cnpj) else "PF",
        cpfCnpj=applicant.document.formatted,
        nomeCompleto=applicant.name,
        dataNascimento=_day(applicant.birthdate) if applicant.birthdate else None,
        email=applicant.email,
        telefoneCelular=applicant.phone_number,
        rendaMensal=None if income is None else write_brazilian(income),
        possuiCnh=None if applicant.has_cnh is None else write_flag(applicant.has_cnh),
        sexo=applicant.gender,
        ocupacao=applicant.occupation,
        profissao=applicant.profession,
        nomeMae=applicant.mother_name,
        cep=applicant.zip_code,
    )


def write_flag(value: bool) -> str:
    return "S" if value else "N"


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
