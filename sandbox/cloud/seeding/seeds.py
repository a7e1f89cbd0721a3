"""Demo data: two partners, each with a store whose banks are ready to be asked, a branch with a credit bureau and a
credit product; one lead, and one customer who logs in to the portal.

Partners, stores, keys and clients are made by the operator command, the rest through the API: the way a real partner
starts.
"""

import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

import aiohttp

from lastro.kernel.banks import BANKS, BankFacts
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.seeding.people import CUSTOMER, DEMO_PASSWORD, PEOPLE
from sandbox.cloud.settings import STACK, Settings

LEAD_CPF = "52998224725"
"""Made up, with right check digits; the sandbox banks give it the default outcome."""

CUSTOMER_CPF = "24681357928"
"""Made up, with right check digits."""

BRANCH_CNPJ = "11222333000181"
"""Made up, with right check digits."""


@dataclass(frozen=True)
class Shop:
    """One partner with one store, as a script of that partner needs them."""

    partner_id: str
    api_key: str
    store_id: int
    client_id: int
    client_secret: str


async def seed(settings: Settings, outputs: dict[str, str]) -> str:
    """Write the demo data and the credentials file. Returns what was made; CloudFailure with the answer refused."""
    shop, other = await _open_shops(settings, outputs)
    async with aiohttp.ClientSession(settings.base_url, timeout=aiohttp.ClientTimeout(total=90)) as session:
        # One after another: every request at once would start a worker for each.
        for each in (shop, other):
            for bank in BANKS.values():
                await _connect_bank(session, each, bank)
        await _create_lead(session, shop)
        await _admit_customer(session, shop)
        products = [
            await _create_product(session, each, await _integrate_bureau(session, each)) for each in (shop, other)
        ]
    credentials = {
        "base_url": settings.base_url,
        "sandbox_url": settings.sandbox_url,
        "aws_endpoint_url": settings.aws_endpoint_url,
        "auth_url": f"{settings.base_url}/client/auth",
        "lead_cpf": LEAD_CPF,
        "people": {job: {"email": email, "password": DEMO_PASSWORD} for _, email, job in PEOPLE},
        "customer_cpf": CUSTOMER_CPF,
        **_credentials(shop, products[0]),
        "other_partner": _credentials(other, products[1]),
    }
    with os.fdopen(os.open(settings.credentials, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(credentials, file, indent=2)
    return f"2 partners, {len(BANKS)} banks, 1 bureau and 1 product each, 1 lead, 1 customer, {len(PEOPLE)} people"


def _credentials(shop: Shop, product_id: int) -> dict[str, object]:
    return {**asdict(shop), "caas_product_id": product_id}


async def _open_shops(settings: Settings, outputs: dict[str, str]) -> list[Shop]:
    """Partners, stores and keys, in a process of their own. Its output holds keys: it never touches a log."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox.cloud.seeding.partners"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={
            **settings.client_environment(),
            "LASTRO_TABLE": outputs["TableName"],
            "LASTRO_SECRETS_PREFIX": STACK,
            "LASTRO_STAFF_POOL": outputs["StaffPool"],
            "LASTRO_STAFF_CLIENT": outputs["StaffClient"],
        },
    )
    output, complaint = await process.communicate()
    if process.returncode:
        raise CloudFailure(f"the operator command failed\n{complaint.decode(errors='replace').strip()}")
    return [Shop(**shop) for shop in json.loads(output)]


async def _connect_bank(session: aiohttp.ClientSession, shop: Shop, bank: BankFacts) -> None:
    fields = {field: f"sandbox-{field.replace('_', '-')}" for field in bank.credential_fields}
    path = f"/api/v1/stores/{shop.store_id}/bank_credentials/{bank.code}"
    await _send(session, shop, "PUT", path, {"bank_credential": fields})


async def _create_lead(session: aiohttp.ClientSession, shop: Shop) -> None:
    lead = {
        "cpf_cnpj": LEAD_CPF,
        "name": "Ana Exemplo",
        "birthdate": "1990-05-17",
        "email": "ana@example.com",
        "phone_number": "(84) 90000-0000",
        "monthly_income": 650000,
        "has_cnh": True,
        "retrieve_gender": "F",
        "retrieve_occupation": "11",
        "retrieve_profession": "administrador",
        "mother_name": "Maria Exemplo",
        "address": {
            "zip_code": "01001-000",
            "street": "Praça da Sé",
            "number": "1",
            "district": "Sé",
            "city": "São Paulo",
            "state": "SP",
        },
    }
    await _send(session, shop, "POST", "/api/v1/banks_api/leads", {"lead": lead})


async def _admit_customer(session: aiohttp.ClientSession, shop: Shop) -> None:
    name, email = CUSTOMER
    customer = {
        "cpf": CUSTOMER_CPF,
        "name": name,
        "born_at": "1990-05-17",
        "mother": "Maria Exemplo",
        "emails": [{"address": email}],
        "address": {"zip_code": "01001-000"},
    }
    made = await _send(session, shop, "POST", "/api/v1/customers", {"customer": customer})
    person = {"kind": "customer", "name": name, "customer_id": made["customer"]["id"], "login_email": email}
    await _send(session, shop, "POST", "/api/v1/portal_people", {"portal_person": person})


async def _integrate_bureau(session: aiohttp.ClientSession, shop: Shop) -> int:
    """The branch whose integration it is."""
    branch = {"name": "Matriz", "cnpj": BRANCH_CNPJ}
    made = await _send(session, shop, "POST", "/api/v1/branches", {"branch": branch})
    branch_id = int(made["data"]["id"])
    integration = {
        "provider": "serasa",
        "branch_id": branch_id,
        "environment": "homologation",
        "fields": {
            "client_id": "sandbox-client-id",
            "client_secret": "sandbox-client-secret",
            "reports": ["RELATORIO_BASICO_PF_PME", "RELATORIO_BASICO_PJ_PME"],
            "federal_unit": "SP",
            "retailer_document": BRANCH_CNPJ,
        },
        "prices": {"RELATORIO_BASICO_PF_PME": 390, "RELATORIO_BASICO_PJ_PME": 890},
    }
    await _send(session, shop, "POST", "/api/v1/bureau_integrations", {"bureau_integration": integration})
    return branch_id


async def _create_product(session: aiohttp.ClientSession, shop: Shop, branch_id: int) -> int:
    product = {
        "type": "CAAS",
        "name": "Crédito pessoal",
        "value": {"min": 100, "max": 1_000_000},
        "installments": {"min": 1, "max": 120},
        "monthly_tax": {"min": 0.1, "max": 10},
        "cad_value": {"min": 0, "max": 500},
        "first_due_days": {"min": 1, "max": 366},
        "person_types": ["PF", "PJ", "SIMPLES", "MEI"],
        "eligibility": {
            "minimum_age": 18,
            "maximum_income_commitment": 30,
            "documents": ["SELF", "IDENTITY_FRONT", "IDENTITY_BACK"],
            "external_data": True,
            "bureau_branch_id": branch_id,
        },
        "issuer": {
            "name": "Exemplo Sociedade de Crédito Direto S.A.",
            "cnpj": "99.999.999/0001-91",
            "address": "Avenida Exemplo, 100, São Paulo/SP, 01001-000",
            "city": "São Paulo",
            "state": "SP",
            "ombudsman": "0800 000 0000, ouvidoria@example.com",
            "email": "contato@example.com",
            "site": "https://example.com",
        },
    }
    made = await _send(session, shop, "POST", "/api/external/v2.1/products", product)
    return int(made["data"]["product_id"])


async def _send(session: aiohttp.ClientSession, shop: Shop, method: str, path: str, body: object) -> Any:
    headers = {"Authorization": f"Bearer {shop.api_key}", "Store-Id": str(shop.store_id)}
    async with session.request(method, path, json=body, headers=headers) as response:
        if response.status >= HTTPStatus.BAD_REQUEST:
            text = (await response.text())[:1000]
            # The path's last part may be a document: the resource's name is enough to find the fault.
            raise CloudFailure(f"{method} {path.rpartition('/')[0]} answered {response.status}: {text}")
        return await response.json()
