"""The public client of the simulations hub, every call of it, as a dealer's program makes them one after the other.

``credere-sdk`` is nobody's of ours (docs/sources.md): what it parses of an answer is what a program of a dealer gets.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from credere import AsyncCredereClient, CredereClient, NotFoundError
from credere.models import customers, leads, plus_returns, proposal_attempts, proposals, simulations, stock, stores
from credere.resources.customers import SortOption

from tests.functions.api.described import PATHS

NOT_SERVED = set() if "/api/v1/vehicle_prices" in PATHS else {"vehicle_models.prices"}
"""The call to prices of stores, where there are none."""

Settle = Callable[[str], Any]
"""Waits until the simulation of this uuid is finished."""


def calls_of(client: object) -> set[str]:
    """Every call that a client has, as ``resource.method``."""
    found = {name: resource for name, resource in vars(client).items() if not name.startswith("_")}
    return {
        f"{name}.{method}" for name, resource in found.items() for method in dir(resource) if not method.startswith("_")
    }


@dataclass
class Program:
    """A dealer's program over either client: the asynchronous one is waited for at each call."""

    client: Any
    loop: asyncio.AbstractEventLoop | None = None
    made: set[str] = field(default_factory=set)

    def __call__(self, call: str, *arguments: Any, **named: Any) -> Any:
        resource, _, method = call.partition(".")
        answer = getattr(getattr(self.client, resource), method)(*arguments, **named)
        self.made.add(call)
        return self.loop.run_until_complete(answer) if self.loop is not None else answer


@dataclass(frozen=True)
class Dealer:
    """Who buys and sells: document and CNPJ are new to the partner; ``catalogued`` says a model of its catalogue."""

    cpf: str
    store_id: int
    cnpj: str
    settle: Settle
    banks: Sequence[str] = ("341", "422")
    catalogued: str = "aurora brisa"


def make_every_call(base_url: str, key: str, dealer: Dealer, *, later: bool) -> None:
    """Make each call of the client once or more; ``later`` takes the asynchronous one."""
    if not later:
        with CredereClient(key, base_url=base_url, store_id=dealer.store_id) as client:
            _make_calls(Program(client), dealer)
        return
    loop = asyncio.new_event_loop()
    try:
        client = AsyncCredereClient(key, base_url=base_url, store_id=dealer.store_id)
        _make_calls(Program(client, loop), dealer)
        loop.run_until_complete(client.close())
    finally:
        loop.close()


def _make_calls(ask: Program, dealer: Dealer) -> None:
    seller = _users(ask)
    _leads(ask, dealer)
    simulation = _simulations(ask, dealer)
    customer_id = _customers(ask, dealer)
    _proposals(ask, dealer, seller, customer_id, simulation)
    _vehicles(ask, dealer)
    _plus_returns(ask)
    _stores(ask, dealer)
    assert ask.made == calls_of(ask.client) - NOT_SERVED


def _users(ask: Program) -> int:
    me = ask("users.current")
    assert (type(me.id), type(me.account.id), me.account.active, me.account_name) == (int, int, True, me.account.name)
    assert me.role.identifier
    assert me.created_at
    sellers = ask("users.proposals_filter_list")
    assert me.id in [each.id for each in sellers]
    return int(me.id)


def _leads(ask: Program, dealer: Dealer) -> None:
    asked = ask("leads.required_fields", dealer.cpf)
    assert "cpf_cnpj" in asked.requirements
    kinds = ask("leads.domains", types=["genders"])
    assert {each.credere_identifier for each in kinds["genders"]} == {"F", "M"}
    sent = leads.LeadData(
        cpf_cnpj=dealer.cpf,
        name="Ana Exemplo",
        birthdate="1990-05-17",
        email="ana@example.com",
        has_cnh=True,
        retrieve_gender="F",
        phone_number="(84) 90000-0000",
        monthly_income=650_000,
        address=leads.Address(zip_code="01001-000", city="São Paulo", state="SP", street="Rua do Sol", number="10"),
    )
    made = ask("leads.create", sent)
    assert (made.name, made.birthdate, made.phone_number) == ("Ana Exemplo", "1990-05-17", "+5584900000000")
    changed = ask("leads.update", dealer.cpf, leads.LeadData(monthly_income=700_000))
    assert (changed.id, changed.monthly_income, changed.gender.credere_identifier) == (made.id, 700_000, "F")
    assert ask("leads.get", dealer.cpf).id == made.id
    assert made.id in [each.id for each in ask("leads.list")]
    ask("leads.delete", dealer.cpf)
    with pytest.raises(NotFoundError):
        ask("leads.get", dealer.cpf)
    ask("leads.create", sent)


def _simulations(ask: Program, dealer: Dealer) -> dict[str, Any]:
    vehicle = simulations.Vehicle(
        vehicle_molicar_code="02106163-7",
        licensing_uf="SP",
        licensing_city="São Paulo",
        manufacture_year=2024,
        model_year=2025,
        asset_value=6_000_000,
        zero_km=False,
    )
    condition = simulations.Condition(installments=36, down_payment=1_500_000)
    sent = simulations.SimulationData(
        process_bank_suggested_conditions=False,
        process_credere_suggested_conditions=False,
        seller_cpf="111.444.777-35",
        retrieve_lead=simulations.RetrieveLead(cpf_cnpj=dealer.cpf),
        bank_febraban_codes=list(dealer.banks),
        vehicle=vehicle,
        conditions=[condition],
    )
    made = ask("simulations.create", sent)
    dealer.settle(made.simulation_id)
    found = ask("simulations.get", made.simulation_id)
    assert found.simulation_id == made.simulation_id
    offers: dict[str, Any] = found.raw_response
    assert [each["available"] for each in offers["conditions"]] == [True] * len(dealer.banks)
    assert made.simulation_id in [each.simulation_id for each in ask("simulations.list")]
    return offers


def a_customer(cpf: str, domains: Mapping[str, Sequence[customers.Domain]]) -> customers.CustomerData:
    """Everything that any bank asks for before it takes a proposal; what comes from a list is its first."""
    first = {kind: int(found[0].id or 0) for kind, found in domains.items() if found}
    phone = customers.Phone(code=84, number=900_000_000, phone_type_id=first["phone_types"])
    address = customers.Address(
        zip_code="01001-000",
        street="Rua das Acácias",
        number="10",
        neighborhood="Centro",
        city="São Paulo",
        state_id=35,
        address_type_id=first["address_types"],
    )
    job = customers.JobReference(
        name="Oficina Sol",
        income_cents=650_000,
        professional_ocupation_id=first["professional_occupations"],
        profession_id=first["professions"],
        joined_at="01/02/2015",
        phone=phone,
    )
    return customers.CustomerData(
        cpf=cpf,
        name="Ana Exemplo",
        born_at="17/05/1990",
        mother="Maria Exemplo",
        father="José Exemplo",
        address=address,
        document_type="RG",
        rg="123456789",
        rg_date="01/02/2008",
        rg_issuing="SSP",
        rg_state_id=35,
        nationality="brasileira",
        place_of_birth="São Paulo",
        state_of_birth_id=35,
        marital_status_id=first["marital_statuses"],
        education_id=first["educations"],
        genre_id=first["genders"],
        has_cnh=True,
        phones=[phone],
        emails=[customers.Email(address="ana@example.com")],
        job_reference=job,
        personal_references=[customers.PersonalReference(name="Bia Exemplo", relationship="amiga", phone=phone)],
    )


def _customers(ask: Program, dealer: Dealer) -> int:
    some = ask("customers.domains", types=["genders", "marital_statuses"])
    assert {"genders", "marital_statuses"} == set(some)
    domains = ask("customers.domains")
    assert all(each.id is not None and each.name for kind in domains.values() for each in kind)
    made = ask("customers.create", a_customer(dealer.cpf, domains), list(dealer.banks))
    assert made.object_type == "Customer"
    assert made.raw_response["state"] == "checagem"
    assert made.raw_response["born_at"] == "1990-05-17"
    changed = a_customer(dealer.cpf, domains).model_copy(update={"nickname": "Aninha"})
    # The asynchronous client names no banks.
    after = ask("customers.update", made.id, changed, *([list(dealer.banks)] if ask.loop is None else []))
    assert (after.id, after.raw_response["nickname"]) == (made.id, "Aninha")
    assert ask("customers.get", made.id).cpf == made.cpf
    assert ask("customers.find", cpf_cnpj=made.cpf).id == made.id
    for order in SortOption:
        assert made.id in [each.id for each in ask("customers.list", per_page=50, page=1, sort=order)]
    [found] = ask("customers.list", cpf_cnpj=dealer.cpf)
    assert found.id == made.id
    return int(made.id)


def _proposals(ask: Program, dealer: Dealer, seller: int, customer_id: int, simulation: dict[str, Any]) -> None:
    first, second = (each["id"] for each in simulation["conditions"])
    sent = proposals.ProposalData(
        customer_id=customer_id,
        store_id=dealer.store_id,
        seller_id=seller,
        commercial=False,
        proposal_attemps=[
            proposals.ProposalAttempt(simulation_condition_id=first, external_simulation_uuid=simulation["uuid"])
        ],
        license_plate_code="ABC1D23",
        several_banks=True,
    )
    made = ask("proposals.create", sent)
    assert made.object_type == "CdcProposal"
    assert made.raw_response["seller"]["id"] == seller
    assert made.id in [each.id for each in ask("proposals.list")]
    assert ask("proposals.get", str(made.id)).raw_response["customer"]["id"] == customer_id
    assert ask("proposals.update", str(made.id), sent).id == made.id
    wanted = proposal_attempts.ProposalAttemptRequest(
        simulation_condition_id=second, external_simulation_uuid=simulation["uuid"]
    )
    attempt = ask(
        "proposal_attempts.create",
        str(made.id),
        proposal_attempts.ProposalAttemptData(proposal_id=made.id, proposal_attempt=wanted),
    )
    assert attempt.object_type == "ProposalAttemp"
    assert len(ask("proposal_attempts.list", str(made.id))) == 2
    found = ask("proposal_attempts.get", str(made.id), str(attempt.id))
    assert found.raw_response["simulation_condition_id"] == second
    assert ask("proposal_attempts.update", str(made.id), str(attempt.id), found).id == attempt.id
    acts = ask("proposals.activity_log", str(made.id))["activities"]
    assert {"proposal.created", "attempt.created"} <= {each["action"] for each in acts}
    ask("proposals.delete", str(made.id))
    assert ask("proposals.get", str(made.id)).raw_response["proposal_attempts"]


def _vehicles(ask: Program, dealer: Dealer) -> None:
    model = ask("vehicle_models.search", dealer.catalogued)
    assert (type(model.id), model.object_type) == (int, "VehicleModel")
    by_code = ask("vehicle_models.list", per_page=5, molicar_code=model.molicar_code)
    assert model.id in [each.id for each in by_code]
    if not NOT_SERVED:
        assert all(each.store_id == dealer.store_id for each in ask("vehicle_models.prices"))
    sent = stock.StockVehicleCreateRequest(
        vehicle_model_id=model.id, store_id=dealer.store_id, price_cents=6_000_000, description="Único dono"
    )
    made = ask("stock.create", sent)
    assert (made.price_cents, made.description) == (6_000_000, "Único dono")
    assert made.id in [each.id for each in ask("stock.list")]
    changed = ask("stock.update", made.id, stock.StockVehicleCreateRequest(price_cents=5_900_000))
    assert (changed.id, changed.price_cents) == (made.id, 5_900_000)
    assert ask("stock.remove", made.id).id == made.id


def _plus_returns(ask: Program) -> None:
    rule = plus_returns.PlusReturnRuleCreateRequest(name="Usados", bank_febraban_code="422", max_return=3)
    made = ask("plus_returns.create", rule)
    assert ask("plus_returns.get", made.id).max_return == 3
    changed = plus_returns.PlusReturnRuleCreateRequest(max_return=2)
    assert ask("plus_returns.update", made.id, changed).max_return == 2
    assert made.id in [each.id for each in ask("plus_returns.list")]
    assert ask("plus_returns.deactivate", made.id).id == made.id
    assert ask("plus_returns.activate", made.id).updated_at
    ask("plus_returns.delete", made.id)
    with pytest.raises(NotFoundError):
        ask("plus_returns.get", made.id)


def _stores(ask: Program, dealer: Dealer) -> None:
    sent = stores.StoreCreateRequest(name="Loja Nova", display_name="Nova", cnpj=dealer.cnpj)
    made = ask("stores.create", sent)
    assert (made.name, made.display_name, made.object_type) == ("Loja Nova", "Nova", "Store")
    assert {dealer.store_id, made.id} <= {each.id for each in ask("stores.list")}
    assert ask("bank_credentials.persist", made.id)
    banks = ask("bank_credentials.list", made.id)
    assert {each.bank.febraban_code for each in banks} >= set(dealer.banks)
    assert {each.store_id for each in banks} == {made.id}
    assert {each.credentials_status for each in banks} == {"not_analyzed"}
    assert ask("stores.deactivate", made.id).id == made.id
    assert ask("stores.activate", made.id).id == made.id
