"""A contract with made-up parties, for tests that draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from lastro.finance.iof import BorrowerClass
from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.calendar import end_of_day
from lastro.kernel.documents import Cnpj, Cpf
from lastro.kernel.money import MonthlyRate
from lastro.origination.contracts.content.assembly import assemble_contract
from lastro.origination.contracts.model import Address, ContractData, EndorsementLine, Guarantee, Party, Signature
from lastro.origination.pricing.costs import LoanTerms, price_loan
from lastro.origination.pricing.quotation import terms_of
from lastro.origination.processes.model import Credit
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.products.model import Bounds, Eligibility, Issuer, LatePayment, Product, Range
from lastro.origination.products.words import ProductType

APPROVED_AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
CSN = "20260302120000123000001"
CPF = "52998224725"
OTHER_CPF = "11144477735"
CNPJ = "11222333000181"


def sample_product(**changes: Any) -> Product:
    product = Product(
        id=1,
        partner_id="partner",
        version=3,
        type=ProductType.CAAS,
        name="Crédito pessoal",
        active=True,
        logo=None,
        bounds=Bounds(
            value=Range(100_00, 1_000_000_00),
            installments=Range(1, 120),
            monthly_tax=Range(Decimal("0.1"), Decimal(10)),
            cad_value=Range(0, 500_00),
            first_due_days=Range(1, 180),
        ),
        cad_value=0,
        insurance=Decimal(0),
        grace=Grace.SIMPLE,
        borrowers=(BorrowerClass.NATURAL_PERSON,),
        eligibility=Eligibility(18, 80, Decimal(30), (), False),
        issuer=Issuer(
            name="Exemplo Sociedade de Crédito Direto S.A.",
            cnpj=Cnpj(CNPJ),
            address="Avenida Exemplo, 100",
            city="São Paulo",
            state="SP",
            ombudsman="0800 000 0000, ouvidoria@exemplo.example",
            email="contato@exemplo.example",
        ),
        contract_template="ccb",
        late_payment=LatePayment(Decimal(2), Decimal(1)),
        offer_days=2,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        updated_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return replace(product, **changes)


def sample_credit(
    *,
    net: int = 10_000_00,
    fee: int = 150_00,
    insurance: int = 0,
    rate: str = "2.5",
    installments: int = 12,
    release: date = date(2026, 3, 2),
    grace: Grace = Grace.SIMPLE,
    day_count: DayCount = DayCount.MONTHLY,
    amortization: Amortization = Amortization.PRICE,
    due_day_rule: DueDayRule = DueDayRule.SAME_DAY,
    first_due: date = date(2026, 4, 2),
    name: str = "Conceição d'Ávila Gonçalves",
    **changes: Any,
) -> Credit:
    """A credit as it stands when its contract is due."""
    loan = price_loan(
        LoanTerms(
            net=net,
            fee=fee,
            insurance=insurance,
            rate=MonthlyRate.from_percent(rate),
            installments=installments,
            release_date=release,
            first_due_date=first_due,
            borrower=BorrowerClass.NATURAL_PERSON,
            grace=grace,
            day_count=day_count,
            amortization=amortization,
            due_day_rule=due_day_rule,
        )
    )
    credit = Credit(
        csn=CSN,
        process_id="process",
        partner_id="partner",
        product_id=1,
        product_name="Crédito pessoal",
        product_type=ProductType.CAAS,
        cpf=CPF,
        name=name,
        status=CreditStatus.OPERATIONAL_ANALYSIS,
        version=4,
        created_at=datetime(2026, 3, 2, 14, tzinfo=UTC),
        updated_at=APPROVED_AT,
        valid_until=end_of_day(date(2026, 3, 5)),
        terms=terms_of(loan),
        borrower={"signup": sample_signup(), "proposal": sample_person()},
    )
    return replace(credit, **changes)


def sample_signup() -> dict[str, Any]:
    return {"birthday": "1992-07-25", "email": "conceicao@example.com", "phone": "62987654321", "zip_code": "74180040"}


def sample_person() -> dict[str, Any]:
    return {
        "mother": "Maria d'Ávila",
        "gender": "FEMININO",
        "nationality": "BRASILEIRO",
        "education": "POS_GRADUACAO",
        "relationship_status": "UNIAO_ESTAVEL",
        "hometown_state": "GO",
        "hometown": "Goiânia",
        "phone_landline": "6232345678",
        "identity": {
            "type": "RG",
            "number": "123456",
            "issuer": "SSP",
            "state": "GO",
            "issuing_date": "2010-01-01",
        },
        "address": {
            "zip_code": "74180040",
            "address": "Rua das Acácias",
            "number": 120,
            "complement": "apto 302",
            "district": "Setor Bueno",
            "state": "GO",
            "city": "Goiânia",
            "home_type": "ALUGADA",
            "home_since": "MAIOR_2_ANOS",
        },
        "business": {"occupation": "ASSALARIADO", "profession": "Analista", "income": 650_000, "payday": 5},
        "bank": {"bank": "341", "type": "CONTA_CORRENTE_INDIVIDUAL", "agency": "0001", "account": "5647891"},
        "reference": [],
    }


def sample_contract(**changes: Any) -> ContractData:
    product = sample_product(grace=changes.get("grace", Grace.SIMPLE))
    return assemble_contract(sample_credit(**changes), product, APPROVED_AT)


def with_guarantees(data: ContractData) -> ContractData:
    """The same contract with a guarantor and a fiduciary lien."""
    home = Address("Rua das Flores", "7", "Centro", "Anápolis", "GO", "75000000")
    return replace(
        data,
        guarantors=(Party("José Antônio Müller", Cpf(OTHER_CPF), home),),
        guarantees=(Guarantee("Alienação fiduciária", "Veículo marca Exemplo, modelo 2024, placa ABC1D23."),),
        correspondent="Rede Exemplo Ltda.",
    )


def sample_signature(checksum: str) -> Signature:
    return Signature(
        signer="Conceição d'Ávila Gonçalves",
        document=Cpf(CPF),
        received_at=datetime(2026, 3, 2, 18, 4, 6, tzinfo=UTC),
        occurred_at=datetime(2026, 3, 2, 18, 4, 5, tzinfo=UTC),
        ip="203.0.113.7",
        user_agent="Mozilla/5.0 (Linux; Android 15)",
        latitude=Decimal("-16.7041"),
        longitude=Decimal("-49.2721"),
        mac="00:00:00:00:00:00",
        checksums=(checksum,),
        sent_by="rede-exemplo",
    )


def sample_endorsements() -> tuple[EndorsementLine, ...]:
    moment = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    issuer = ("Exemplo Sociedade de Crédito Direto S.A.", Cnpj(CNPJ))
    fund = ("Exemplo Fundo de Investimento em Direitos Creditórios", Cnpj("12ABC34501DE35"))
    return (EndorsementLine(1, *issuer, *fund, moment, 9_900_00, True, "e" * 64),)
