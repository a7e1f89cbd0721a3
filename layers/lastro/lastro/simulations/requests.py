"""What a partner sends to create a simulation (wire names: docs/sources.md, simulations hub).

Unknown fields are ignored, as the vendor does. ``cross_check`` names what a single field's rule cannot see; the
entrypoint reports it together with the fields' own errors.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import CLOCK, local_date
from lastro.kernel.errors import FieldError
from lastro.simulations.errors import (
    ABOVE_ASSET_VALUE,
    ABOVE_MAX_RETURN,
    ASSET_MISMATCH,
    ASSET_MISSING,
    FIELD_MISSING,
    FINANCED_MISMATCH,
    MADE_IN_FUTURE,
    MODEL_BEFORE_MAKING,
    MODEL_IN_FUTURE,
    UNKNOWN_BANK,
    VEHICLE_MISSING,
)
from lastro.wire.amounts import Cents, Flag, InCents, InWhole, read_whole
from lastro.wire.identifiers import IdempotencyKey, Number
from lastro.wire.objects import WireObject
from lastro.wire.persons.accounts import FebrabanCode as BankCode
from lastro.wire.persons.documents import CpfText, DocumentText
from lastro.wire.persons.places import State
from lastro.wire.requests import Request
from lastro.wire.rule import Shape, given
from lastro.wire.text import Label, Text
from lastro.wire.things.addresses import Url
from lastro.wire.things.vehicles import Chassi, LicensePlate, Renavam

MAX_CONDITIONS = 60
MAX_INSTALLMENTS = 120
FIRST_YEAR = 1950
LAST_YEAR = 2100

Bank = Annotated[BankCode, WithJsonSchema({"type": "string", "enum": list(BANKS)})]
Asset = Annotated[int, InCents(least=1)]
Level = Annotated[int, InWhole(0, 6, written=True)]
Year = Annotated[int, InWhole(FIRST_YEAR, LAST_YEAR)]
Preference = Literal["max", "min"]
MolicarCode = Annotated[
    str, Shape("molicar_code", "[0-9]{8}-[0-9]", "Envie o código Molicar como 00000000-0.", longest=10)
]


class ProductsOptions(WireObject):
    """Optional products of a condition."""

    include_capitalization_bond: Annotated[Flag | None, Field(description="With a capitalization bond")] = None
    include_asset_insurance: Annotated[Flag | None, Field(description="With insurance of the vehicle")] = None
    include_personal_insurance: Annotated[Flag | None, Field(description="With personal insurance")] = None


class RequestedCondition(WireObject):
    """One term and down payment; asked of every bank of the simulation, or of one when it names it."""

    installments: Annotated[
        int,
        InWhole(1, MAX_INSTALLMENTS),
        Field(description="Number of monthly instalments", examples=[48]),
    ]
    down_payment: Annotated[Cents, Field(description="Down payment in cents", examples=[2000000])]
    financed_amount: Annotated[
        Cents | None,
        Field(description="Asset value minus down payment, in cents, or left out", examples=[8000000]),
    ] = None
    bank_febraban_code: Annotated[Bank | None, Field(description="Ask only this bank", examples=["341"])] = None
    include_financial_protection_insurance: Annotated[
        Flag, Field(description="Ask for payment-protection insurance")
    ] = False
    products_options: ProductsOptions | None = None
    process_credere_suggested_conditions: Annotated[Flag | None, Field(description="Accepted; generates nothing")] = (
        None
    )
    min_return: Annotated[
        Level | None, Field(description="Lowest dealer return level; absent: 0, or the store's rule")
    ] = None
    max_return: Annotated[
        Level | None, Field(description="Highest dealer return level; absent: the store's rule, else min_return")
    ] = None
    return_preference: Annotated[
        Preference | None,
        Field(description="Level asked for: min_return or max_return; absent: the store's rule, else min"),
    ] = None
    quota_preference: Annotated[Preference | None, Field(description="Instalment wanted; echoed")] = None


_OF_A_VEHICLE = ("licensing_uf", "manufacture_year", "model_year", "zero_km")


class RequestedVehicle(WireObject):
    """The vehicle to finance: one of the store's stock (``stock_vehicle_id``), whose data and price it then has, or all
    of it with ``vehicle_molicar_code`` or ``credere_vehicle_model_id``.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                given("stock_vehicle_id"),
                given("vehicle_molicar_code", *_OF_A_VEHICLE),
                given("credere_vehicle_model_id", *_OF_A_VEHICLE),
            ]
        }
    )

    stock_vehicle_id: Annotated[
        Number | None, Field(description="A vehicle for sale in this store; what is sent beside must agree with it")
    ] = None
    vehicle_molicar_code: Annotated[
        MolicarCode | None,
        Field(description="Molicar code of the model", examples=["02106163-7"]),
    ] = None
    credere_vehicle_model_id: Annotated[
        Annotated[str, Label(64)] | None,
        Field(description="Model in the vendor's catalogue; a whole number is taken too", examples=["1234"]),
    ] = None
    licensing_uf: Annotated[State | None, Field(description="State of registration", examples=["SP"])] = None
    licensing_city: Annotated[Text | None, Field(description="City of registration", examples=["São Paulo"])] = None
    manufacture_year: Annotated[Year | None, Field(description="Four digits, not after this year", examples=[2024])] = (
        None
    )
    model_year: Annotated[
        Year | None, Field(description="Four digits, from the year of making to the next one", examples=[2025])
    ] = None
    asset_value: Annotated[Asset | None, Field(description="In cents; must agree with assets_value")] = None
    zero_km: Annotated[Flag | None, Field(description="A new vehicle", examples=[True])] = None
    chassi_code: Annotated[Chassi | None, Field(description="Chassis number (VIN)", examples=["9BWZZZ377VT004251"])] = (
        None
    )
    license_plate_code: Annotated[
        LicensePlate | None, Field(description="Plate, of the old or the Mercosur form", examples=["ABC1D23"])
    ] = None
    renavam_code: Annotated[Renavam | None, Field(description="Renavam", examples=["00891749063"])] = None


class RetrieveLead(WireObject):
    """Picks the lead by its document, masked or bare."""

    cpf_cnpj: Annotated[
        DocumentText, Field(description="Document of a lead of this store", examples=["529.982.247-25"])
    ]


class RequestedSimulation(WireObject):
    """One purchase with one to sixty conditions.

    Its value is ``assets_value`` or the vehicle's ``asset_value``; both are the same amount, and no down payment is
    above it. The store's leads and banks alone can be named.
    """

    retrieve_lead: RetrieveLead
    assets_value: Annotated[Asset | None, Field(description="Value of the goods in cents", examples=[10000000])] = None
    documentation_value: Annotated[Cents, Field(description="Documentation to finance, in cents")] = 0
    accessory_value: Annotated[Cents, Field(description="Accessories to finance, in cents")] = 0
    insurance_value: Annotated[Cents, Field(description="Insurance to finance, in cents")] = 0
    commercial: Annotated[Flag, Field(description="Commercial use of the vehicle")] = False
    seller_cpf: Annotated[CpfText | None, Field(description="The salesperson", examples=["111.444.777-35"])] = None
    webhook_url: Annotated[
        Url | None,
        Field(
            description="Public HTTPS address; one signed `processed_simulation` notice is posted to it, at least "
            "once, when the simulation is final. Loopback is accepted where the system runs on one machine only",
            examples=["https://loja.example.com.br/avisos?token=exemplo"],
        ),
    ] = None
    bank_febraban_codes: Annotated[
        Annotated[list[Bank], Field(max_length=50)] | None,
        Field(description="Absent or empty: every integrated bank of the store"),
    ] = None
    process_bank_suggested_conditions: Annotated[
        Flag, Field(description="Add the conditions each bank's own down-payment advice leads to")
    ] = False
    process_credere_suggested_conditions: Annotated[
        Flag, Field(description="Accepted and echoed; generates nothing")
    ] = False
    vehicle: RequestedVehicle
    conditions: Annotated[
        list[RequestedCondition],
        Field(min_length=1, max_length=MAX_CONDITIONS, description="Terms and down payments to price"),
    ]

    @property
    def asset_cents(self) -> int:
        """The one asset value, wherever it was sent."""
        return self.assets_value if self.assets_value is not None else self.vehicle.asset_value or 0


class CreateSimulation(Request):
    """Body of ``POST /api/v1/banks_api/simulations``."""

    simulation: RequestedSimulation
    idempotency_key: IdempotencyKey = None

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """Rules between fields, checked on the raw body so that they are reported beside the fields' own errors."""
        simulation = raw.get("simulation")
        if not isinstance(simulation, dict):
            return []
        return [
            *_check_asset(simulation),
            *_check_banks(simulation),
            *_check_returns(simulation),
            *_check_vehicle(simulation),
        ]


def _given(value: Any) -> Any:
    """What was sent, ``None`` for an empty text too."""
    return None if isinstance(value, str) and not value.strip() else value


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _objects(value: Any) -> list[tuple[int, dict[str, Any]]]:
    found = value if isinstance(value, list) else []
    return [(position, entry) for position, entry in enumerate(found[:MAX_CONDITIONS]) if isinstance(entry, dict)]


def _check_asset(simulation: dict[str, Any]) -> list[FieldError]:
    vehicle = simulation.get("vehicle")
    inner = _whole(vehicle.get("asset_value")) if isinstance(vehicle, dict) else None
    outer = _whole(simulation.get("assets_value"))
    errors = []
    sent = [simulation.get("assets_value"), vehicle.get("asset_value") if isinstance(vehicle, dict) else None]
    if all(_given(value) is None for value in sent) and not _is_of_stock(vehicle):
        errors.append(ASSET_MISSING.at("simulation.assets_value"))
    if inner is not None and outer is not None and inner != outer:
        errors.append(ASSET_MISMATCH.at("simulation.vehicle.asset_value"))
    asset = outer if outer is not None else inner
    if asset is None:
        return errors
    is_known = asset > 0 and not errors
    for position, condition in _objects(simulation.get("conditions")):
        down_payment, financed = (_whole(condition.get(name)) for name in ("down_payment", "financed_amount"))
        if down_payment is None:
            continue
        field = f"simulation.conditions.{position}"
        if down_payment > asset:
            errors.append(ABOVE_ASSET_VALUE.at(f"{field}.down_payment"))
        elif is_known and down_payment >= 0 and financed not in (None, asset - down_payment):
            errors.append(FINANCED_MISMATCH.at(f"{field}.financed_amount"))
    return errors


def _check_banks(simulation: dict[str, Any]) -> list[FieldError]:
    errors = []
    codes = simulation.get("bank_febraban_codes")
    for position, code in enumerate(codes[:50] if isinstance(codes, list) else []):
        if isinstance(code, str) and code.strip() not in BANKS:
            errors.append(UNKNOWN_BANK.at(f"simulation.bank_febraban_codes.{position}"))
    for position, condition in _objects(simulation.get("conditions")):
        code = _given(condition.get("bank_febraban_code"))
        if isinstance(code, str) and code.strip() not in BANKS:
            field = f"simulation.conditions.{position}.bank_febraban_code"
            errors.append(UNKNOWN_BANK.at(field))
    return errors


def _check_returns(simulation: dict[str, Any]) -> list[FieldError]:
    errors = []
    for position, condition in _objects(simulation.get("conditions")):
        least, most = (_level(condition.get(name)) for name in ("min_return", "max_return"))
        if least is not None and most is not None and least > most:
            errors.append(ABOVE_MAX_RETURN.at(f"simulation.conditions.{position}.min_return"))
    return errors


def _level(value: Any) -> int | None:
    """A level as the field reads it, digits too; ``None`` for what the field refuses or does without."""
    try:
        return read_whole(value, written=True)
    except PydanticCustomError:
        return None


def _is_of_stock(vehicle: Any) -> bool:
    return isinstance(vehicle, dict) and _given(vehicle.get("stock_vehicle_id")) is not None


def _check_vehicle(simulation: dict[str, Any]) -> list[FieldError]:
    vehicle = simulation.get("vehicle")
    if not isinstance(vehicle, dict):
        return []
    errors = []
    if not _is_of_stock(vehicle):
        errors += [
            FIELD_MISSING.at(f"simulation.vehicle.{name}")
            for name in _OF_A_VEHICLE
            if _given(vehicle.get(name)) is None
        ]
        if all(_given(vehicle.get(name)) is None for name in ("vehicle_molicar_code", "credere_vehicle_model_id")):
            errors.append(VEHICLE_MISSING.at("simulation.vehicle.vehicle_molicar_code"))
    made, model = _whole(vehicle.get("manufacture_year")), _whole(vehicle.get("model_year"))
    return errors + check_years(made, model, local_date(CLOCK.now()).year)


def check_years(made: int | None, model: int | None, this_year: int) -> list[FieldError]:
    """What is wrong with a vehicle's years, as far as they are known."""
    errors = []
    if made is not None and made > this_year:
        errors.append(MADE_IN_FUTURE.at("simulation.vehicle.manufacture_year"))
    if model is not None and model > this_year + 1:
        errors.append(MODEL_IN_FUTURE.at("simulation.vehicle.model_year"))
    elif made is not None and model is not None and model < made:
        errors.append(MODEL_BEFORE_MAKING.at("simulation.vehicle.model_year"))
    return errors
