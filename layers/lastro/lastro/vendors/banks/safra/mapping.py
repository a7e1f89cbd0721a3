"""Safra's transactions: one envelope for every operation, cents in fifteen digits, YYYYMMDD, 1 and 0."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from lastro.kernel.banks import SAFRA
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import LastroError
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Applicant, BankAnswer, Offer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import answer_of, checked_offer, expenses_of, level_instalments, return_of
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.failures import failure_of_reason
from lastro.vendors.banks.safra.errors import DONE, ERRORS, NOT_FOUND, REFUSALS
from lastro.vendors.kit.amounts import read_padded, read_percent_padded, read_term, write_padded
from lastro.vendors.kit.json import present
from lastro.vendors.kit.tables import meaning_of

_EXPENSES = {
    "IOF": "iof_value",
    "GRV": "contract_record_rate",
    "AVL": "property_valuation_rate",
    "CAD": "register_rate",
    "PRE": "spf",
}


def pre_approval_body(request: PreApprovalRequest) -> dict[str, object]:
    """Transaction ``PRE``."""
    return envelope("PRE", request.key, {"cliente": client_members(request.applicant)})


def pre_approved(body: object) -> bool:
    """``corpo.indElegivel``, 1 or 0. Raises the error of any other return code, ``Permanent`` if unreadable."""
    answer = BankBody(body)
    result = answer.within("retorno")
    if result.text("codigo") != DONE:
        raise failure_of(result)
    return answer.within("corpo").one_of("indElegivel", {"1": True, "0": False})


def price_body(request: OfferRequest) -> dict[str, object]:
    """Transaction ``SIM``."""
    vehicle = request.vehicle
    return envelope(
        "SIM",
        request.key,
        {
            "cliente": client_members(request.applicant),
            "veiculo": present(
                codMolicar=vehicle.molicar_code,
                codModelo=vehicle.model_id,
                anoFab=f"{vehicle.manufacture_year:04d}",
                anoMod=f"{vehicle.model_year:04d}",
                indZero=write_flag(vehicle.zero_km),
                ufLicenc=vehicle.licensing_uf,
                munLicenc=vehicle.licensing_city,
                indComercial=write_flag(request.commercial),
            ),
            "operacao": {
                "vlrBem": write_padded(request.asset_value),
                "vlrEntrada": write_padded(request.down_payment),
                "vlrAdicional": write_padded(request.extras),
                "qtdParcelas": f"{request.installments:03d}",
                "dtLiberacao": _day(request.release_date),
                "indSeguro": write_flag(request.payment_protection_insurance),
                "codRetorno": f"{request.dealer_return:02d}",
            },
        },
    )


def pre_approval_search_body(key: str) -> dict[str, object]:
    """Transaction ``CPR``: what an earlier ``PRE`` of this id led to."""
    return envelope("CPR", key, {})


def pre_approval_found(body: object) -> bool | None:
    """A looked-up pre-approval, or ``None`` when the bank never saw the id."""
    if BankBody(body).within("retorno").text("codigo") == NOT_FOUND:
        return None
    return pre_approved(body)


def search_body(key: str) -> dict[str, object]:
    """Transaction ``CON``: what an earlier ``SIM`` of this id led to."""
    return envelope("CON", key, {})


def found(body: object) -> BankAnswer | None:
    """A looked-up simulation, or ``None`` when the bank never saw the id."""
    if BankBody(body).within("retorno").text("codigo") == NOT_FOUND:
        return None
    return answer(body)


def answer(body: object) -> BankAnswer:
    """A simulation. Raises the error of the return code, ``Permanent`` when it cannot be read."""
    fields = BankBody(body)
    result = fields.within("retorno")
    code = result.text("codigo")
    reason = REFUSALS.get(code)
    if reason is None and code != DONE:
        raise failure_of(result)
    content = fields.within("corpo")
    return answer_of(
        SAFRA,
        offer=None if reason else _offer(content),
        reason=reason,
        minimum=content.read_or_none("vlrEntradaMinima", read_padded),
        available=content.read_or_none("vlrLimite", read_padded),
    )


def failure_of(result: BankBody) -> LastroError:
    """The error a ``retorno`` that is neither done nor a refusal stands for. Raises ``Permanent`` if unreadable."""
    code = result.text("codigo")
    reason = meaning_of(ERRORS, HTTPStatus.OK, code=code)
    if reason is None:
        return failure_of_reason(Reason.GENERIC, "Safra answered a return code that is not of its contract")
    fields = result.items("campos") if reason is Reason.BANK_VALIDATION and result.has("campos") else ()
    return failure_of_reason(reason, f"Safra answered {code[:3]}", fields)


def _offer(content: BankBody) -> Offer:
    offer = Offer(
        installments=level_instalments(
            content.read("qtdParcelas", read_term),
            content.read("vlrParcela", read_padded),
            content.read("vlrUltParcela", read_padded),
        ),
        monthly_rate=content.read("pctTaxaMes", read_percent_padded),
        expenses=expenses_of(
            (
                (charge.text("codEncargo"), charge.read("vlrEncargo", read_padded), charge.text_or_none("idEncargo"))
                for charge in content.objects("encargos")
            ),
            _EXPENSES,
        ),
        credit_condition_code=content.text("codTabela"),
        credit_condition_description=content.text_or_none("desTabela"),
        credit_condition_return=return_of(content.text_or_none("codRetorno"), "body.corpo.codRetorno"),
        payload={"simulation_token": content.text("numSimulacao")},
    )
    return checked_offer(offer, "body.corpo")


def envelope(operation: str, key: str, content: dict[str, object]) -> dict[str, object]:
    return {"cabecalho": {"operacao": operation, "idTransacao": key, "versao": "3"}, "corpo": content}


def client_members(applicant: Applicant) -> dict[str, object]:
    income = applicant.monthly_income
    return present(
        tipPessoa="J" if isinstance(applicant.document, Cnpj) else "F",
        numCpfCnpj=applicant.document.value.zfill(14),
        nomCliente=applicant.name,
        dtNascimento=_day(applicant.birthdate) if applicant.birthdate else None,
        desEmail=applicant.email,
        numCelular=applicant.phone_number,
        vlrRenda=None if income is None else write_padded(income),
        indCnh=None if applicant.has_cnh is None else write_flag(applicant.has_cnh),
        codSexo=applicant.gender,
        codOcupacao=applicant.occupation,
        desProfissao=applicant.profession,
        nomMae=applicant.mother_name,
        numCep=applicant.zip_code,
    )


def write_flag(value: bool) -> str:
    return "1" if value else "0"


def _day(value: date) -> str:
    return f"{value:%Y%m%d}"
