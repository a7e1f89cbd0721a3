"""The catalogue of banks and the fields of a lead that each requires."""

from __future__ import annotations

from lastro.kernel.banks import (
    BANKS,
    REQUIRED_CUSTOMER_FIELDS,
    REQUIRED_LEAD_FIELDS,
    required_customer_fields,
    required_lead_fields,
)


def test_required_lead_fields_count_as_published() -> None:
    counts = {name: len(codes) for name, codes in REQUIRED_LEAD_FIELDS.items()}

    assert counts == {
        "cpf_cnpj": 11,
        "has_cnh": 11,
        "phone_number": 11,
        "name": 10,
        "birthdate": 6,
        "email": 4,
        "retrieve_gender": 4,
        "monthly_income": 1,
        "retrieve_occupation": 1,
        "address.zip_code": 1,
    }
    assert {"fontecred", "655", "623", "394", "336"} <= set(REQUIRED_LEAD_FIELDS["birthdate"])
    assert {"fontecred", "422", "394"} <= set(REQUIRED_LEAD_FIELDS["name"])
    assert REQUIRED_LEAD_FIELDS["monthly_income"] == ("623",)
    assert all(code in BANKS for codes in REQUIRED_LEAD_FIELDS.values() for code in codes)


def test_a_company_is_not_asked_what_only_people_have() -> None:
    assert required_lead_fields(company=False) == REQUIRED_LEAD_FIELDS
    company = required_lead_fields(company=True)
    assert set(company) == {"cpf_cnpj", "phone_number", "name", "email", "address.zip_code"}
    assert company.items() <= REQUIRED_LEAD_FIELDS.items()


def test_a_proposal_wants_all_that_a_lead_does_and_more() -> None:
    names = {
        "birthdate": "born_at",
        "phone_number": "phones",
        "email": "emails",
        "retrieve_gender": "genre_id",
        "monthly_income": "job_reference.income_cents",
        "retrieve_occupation": "job_reference.professional_ocupation_id",
    }
    for name, banks in REQUIRED_LEAD_FIELDS.items():
        if name not in ("cpf_cnpj", "name"):
            assert set(banks) <= set(REQUIRED_CUSTOMER_FIELDS[names.get(name, name)])
    assert set(required_customer_fields(company=False)) == set(REQUIRED_CUSTOMER_FIELDS)
    of_companies = {"phones", "emails", *(f"address.{part}" for part in ("zip_code", "street", "number", "state_id"))}
    assert set(required_customer_fields(company=True)) == of_companies
    assert all(code in BANKS for codes in REQUIRED_CUSTOMER_FIELDS.values() for code in codes)


def test_catalogue_codes_and_ids_are_unique() -> None:
    assert len(BANKS) == 11
    assert len({bank.id for bank in BANKS.values()}) == 11
    assert all(code == bank.code for code, bank in BANKS.items())
