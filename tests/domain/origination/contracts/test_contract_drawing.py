"""The drawn contract holds every essential content, reads as Portuguese, and is the same bytes every time."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.platypus import Flowable

from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import end_of_day, start_of_day
from lastro.kernel.errors import Permanent
from lastro.kernel.money import MonthlyRate, format_brl
from lastro.kernel.texts.lettering import is_printable
from lastro.origination.contracts.content.assembly import assemble_contract
from lastro.origination.contracts.drawing import sheet
from lastro.origination.contracts.drawing.contract import NAME, draw_contract
from lastro.origination.contracts.model import ContractData, LateCharges
from lastro.origination.contracts.wording.bank_names import BANK_NAMES, bank_line
from lastro.origination.contracts.wording.typography import branch, short_date, with_digit
from lastro.origination.products.model import LatePayment
from tests.domain.origination.contracts.contract_reading import words_of
from tests.domain.origination.contracts.contract_samples import (
    APPROVED_AT,
    CSN,
    OTHER_CPF,
    sample_contract,
    sample_credit,
    sample_product,
    with_guarantees,
)


@pytest.fixture(scope="module")
def data() -> ContractData:
    return sample_contract()


@pytest.fixture(scope="module")
def text(data: ContractData) -> str:
    return words_of(draw_contract(data))


def test_pages_are_laid_out_once_and_again_only_where_there_are_more_or_fewer(
    data: ContractData, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    lay_out = sheet._lay_out

    def note(page: sheet.Sheet, story: Sequence[Flowable], count: int, buffer: BytesIO) -> int:
        told.append(count)
        return lay_out(page, story, count, buffer)

    monkeypatch.setattr(sheet, "_lay_out", note)
    monkeypatch.setattr(sheet, "_LAST_COUNTS", {})
    first = draw_contract(data)
    count = len(PdfReader(BytesIO(first)).pages)
    assert told == [1, count]
    assert draw_contract(data) == first
    assert told == [1, count, count]
    monkeypatch.setattr(sheet, "_LAST_COUNTS", {NAME: count + 3})
    assert draw_contract(data) == first
    assert told[-2:] == [count + 3, count]


# Lei 10.931/2004 art. 29 --------------------------------------------------------------------------------------------


def test_i_the_name(text: str) -> None:
    assert "CÉDULA DE CRÉDITO BANCÁRIO" in text


def test_ii_the_promise_of_a_certain_liquid_and_due_debt(text: str, data: ContractData) -> None:
    assert re.search(r"o EMITENTE promete pagar à CREDORA, .*? dívida em dinheiro, certa, líquida e exigível", text)
    assert format_brl(data.credit.financed) in text
    assert "dez mil, trezentos e sessenta e cinco reais e noventa e cinco centavos" in text


def test_iii_date_place_and_value_of_every_payment(text: str, data: ContractData) -> None:
    for row in data.credit.schedule:
        assert f"{row.number} {short_date(row.due_date)}" in text
        assert format_brl(row.value).removeprefix("R$ ") in text
    assert data.payment_place in text


def test_iv_the_creditor(text: str, data: ContractData) -> None:
    assert "Exemplo Sociedade de Crédito Direto S.A." in text
    assert "11.222.333/0001-81" in text
    assert "ou à sua ordem" in text


def test_v_date_and_place_of_issue(text: str) -> None:
    assert "São Paulo/SP, 2 de março de 2026." in text


def test_vi_room_for_the_signatures(text: str) -> None:
    assert re.search(r"Conceição d'Ávila Gonçalves.*EMITENTE · CPF 529\.982\.247-25", text)
    guaranteed = words_of(draw_contract(with_guarantees(sample_contract())))
    assert "AVALISTA · CPF 111.444.777-35" in guaranteed
    assert OTHER_CPF not in guaranteed


# what a consumer must be told ---------------------------------------------------------------------------------------


def test_the_cost_sheet_names_every_component_in_reais_and_percent(text: str, data: ContractData) -> None:
    assert sum(line.cents for line in data.credit.cost_lines) == data.credit.total_payable
    assert sum(line.percent for line in data.credit.cost_lines) == 100
    for line in data.credit.cost_lines:
        amount = format_brl(line.cents).removeprefix("R$ ")
        assert f"{line.label} {amount} {str(line.percent).replace('.', ',')}%" in text
    assert f"Total devido {format_brl(data.credit.total_payable).removeprefix('R$ ')} 100,00%" in text
    assert "43,94% a.a." in text


@pytest.mark.parametrize(
    "said",
    [
        "2,50% a.m.",
        "34,49% a.a.",
        "MULTA POR ATRASO, UMA VEZ 2,00%",
        "JUROS DE MORA 1,00% a.m.",
        "ACEITE DESTA CÉDULA ATÉ 02/03/2026",
        "Esta Cédula pode ser aceita até 02/03/2026. Não aceita até esse dia, outra é emitida para o dia do aceite, à"
        " mesma taxa de juros, enquanto valer a oferta do crédito, até 05/03/2026, prazo não inferior a 2 (dois) dias",
        "LIQUIDAÇÃO ANTECIPADA Direito do emitente a qualquer tempo",
        "redução proporcional dos juros",
        "0,0082% ao dia e 0,38% adicionais",
        "OUVIDORIA E ATENDIMENTO 0800 000 0000",
        "Fica eleito o foro de São Paulo/SP",
        "união estável".capitalize(),
        "Rua das Acácias, 120, apto 302 – Setor Bueno – Goiânia/GO – CEP 74180-040",
        "(62) 98765-4321",
        "BANCO 341 – Itaú Unibanco AGÊNCIA 0001 CONTA 564789-1 TIPO Conta-corrente individual",
        "ENDEREÇO Avenida Exemplo, 100 – São Paulo/SP E-MAIL contato@exemplo.example",
        "A CREDORA atende o EMITENTE por contato@exemplo.example e em Avenida Exemplo, 100 – São Paulo/SP.",
        "podem ser levadas à sua Ouvidoria: 0800 000 0000, ouvidoria@exemplo.example.",
    ],
)
def test_it_says(text: str, said: str) -> None:
    assert said in text


@pytest.mark.parametrize(
    ("release", "valid_until", "printed", "offered"),
    [
        (date(2026, 3, 2), end_of_day(date(2026, 3, 5)), "02/03/2026", "05/03/2026"),
        (date(2026, 3, 5), end_of_day(date(2026, 3, 5)), "05/03/2026", "05/03/2026"),
        (date(2026, 3, 9), end_of_day(date(2026, 3, 5)), "05/03/2026", "05/03/2026"),
        (date(2026, 3, 9), start_of_day(date(2026, 3, 6)), "06/03/2026", "06/03/2026"),
    ],
)
def test_no_day_is_printed_on_which_it_can_be_accepted_no_more(
    release: date, valid_until: datetime, printed: str, offered: str
) -> None:
    credit = sample_credit(release=release, first_due=date(2026, 4, 10), valid_until=valid_until)
    data = assemble_contract(credit, sample_product(), APPROVED_AT)
    assert short_date(data.valid_until) == printed
    text = words_of(draw_contract(data))
    assert f"ACEITE DESTA CÉDULA ATÉ {printed}" in text
    assert f"desde que esta Cédula seja assinada até {printed}." in text
    assert f"Esta Cédula pode ser aceita até {printed}." in text
    assert f"enquanto valer a oferta do crédito, até {offered}," in text


def test_an_issuer_that_gave_little_leaves_no_gap() -> None:
    """Products of before their issuer had to say how it is reached still make contracts."""
    product = sample_product()
    product = replace(product, issuer=replace(product.issuer, address="", ombudsman="", email=""))
    text = words_of(draw_contract(assemble_contract(sample_credit(), product, APPROVED_AT)))
    assert "OUVIDORIA" not in text
    assert "Ouvidoria" not in text
    assert "CIDADE São Paulo/SP QUADRO II" in text
    assert "Fica eleito o foro de São Paulo/SP" in text
    assert not re.search(r" - |: \.|por \.| ,", text)


def test_a_creditor_with_a_site_prints_it() -> None:
    product = sample_product()
    product = replace(product, issuer=replace(product.issuer, site="https://exemplo.example"))
    text = words_of(draw_contract(assemble_contract(sample_credit(), product, APPROVED_AT)))
    assert "E-MAIL contato@exemplo.example SITE https://exemplo.example" in text
    assert "por contato@exemplo.example ou https://exemplo.example e em" in text


@pytest.mark.parametrize(
    ("bank", "line"),
    [("001", "001 – Banco do Brasil"), ("104", "104 – Caixa Econômica Federal"), ("999", "999")],
)
def test_a_bank_has_its_name_or_its_code(bank: str, line: str) -> None:
    assert bank_line(bank) == line


def test_every_bank_that_lastro_knows_by_a_number_has_a_name() -> None:
    assert {code for code in BANKS if code.isdigit()} <= set(BANK_NAMES)
    for code, name in BANK_NAMES.items():
        assert re.fullmatch("[0-9]{3}", code)
        assert is_printable(name)
    assert list(BANK_NAMES) == sorted(BANK_NAMES)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("5647891", "564789-1"), ("12345X", "12345-X"), ("0P", "0-P"), ("1", "1"), ("564789-1", "564789-1")],
)
def test_an_account_shows_its_digit(kept: str, shown: str) -> None:
    assert with_digit(kept) == shown


@pytest.mark.parametrize(("kept", "shown"), [("0001", "0001"), ("12345", "1234-5"), ("123X", "123-X"), ("1", "1")])
def test_a_branch_shows_the_digit_it_may_have(kept: str, shown: str) -> None:
    assert branch(kept) == shown


def test_a_pix_key_is_named_as_the_way_the_money_goes() -> None:
    credit = sample_credit()
    proposal = {**credit.borrower["proposal"], "pix_key": "conceicao@example.com"}
    credit = replace(credit, borrower={**credit.borrower, "proposal": proposal})
    text = words_of(draw_contract(assemble_contract(credit, sample_product(), APPROVED_AT)))
    assert "CHAVE PIX PELA QUAL O CRÉDITO É FEITO conceicao@example.com BANCO 341" in text


@pytest.mark.parametrize("length", [20, 90, 120])
def test_the_head_shows_the_whole_name_of_the_creditor_on_its_side(length: int) -> None:
    product = sample_product()
    name = ("W" * length)[:-4] + " SCD"
    product = replace(product, issuer=replace(product.issuer, name=name))
    [first, *_] = PdfReader(BytesIO(draw_contract(assemble_contract(sample_credit(), product, APPROVED_AT)))).pages
    assert first.extract_text().startswith(name)


def test_guarantees_are_written_when_there_are_any(text: str) -> None:
    assert "sem garantia real ou fidejussória" in text
    guaranteed = words_of(draw_contract(with_guarantees(sample_contract())))
    assert "GARANTIA 1 – ALIENAÇÃO FIDUCIÁRIA Veículo marca Exemplo" in guaranteed
    assert "AVAL José Antônio Müller" in guaranteed
    assert "CORRESPONDENTE QUE OFERECEU O CRÉDITO Rede Exemplo Ltda." in guaranteed


def test_the_fine_for_delay_has_the_laws_limit() -> None:
    late = sample_contract().late_charges
    with pytest.raises(ValueError, match="fine"):
        LateCharges(late.fine_percent + 1, late.default_interest)


@pytest.mark.parametrize("percent", ["1.000001", "20", "-0.1"])
def test_default_interest_has_its_limit(percent: str) -> None:
    """Súmula 379 STJ; a product of before it was asked for makes no contract."""
    with pytest.raises(ValueError, match="default interest"):
        LateCharges(Decimal(2), MonthlyRate.from_percent(percent))
    product = sample_product(late_payment=LatePayment(Decimal(2), Decimal(percent)))
    with pytest.raises(Permanent) as caught:
        assemble_contract(sample_credit(), product, APPROVED_AT)
    assert caught.value.code == "unusable_contract_data"


def test_figures_that_contradict_one_another_are_no_contract(data: ContractData) -> None:
    for wrong in (
        {"total_payable": data.credit.total_payable + 1},
        {"iof": data.credit.iof + 1},
        {"schedule": data.credit.schedule[:-1]},
        {"interest_total": data.credit.interest_total - 1},
    ):
        with pytest.raises(ValueError, match=r"financed|schedule|instalments|total"):
            replace(data, credit=replace(data.credit, **wrong))


def test_kept_figures_that_contradict_one_another_are_told_apart() -> None:
    credit = sample_credit()
    broken = replace(credit, terms=replace(credit.terms, gross=credit.terms.gross + 1))
    with pytest.raises(Permanent) as caught:
        assemble_contract(broken, sample_product(), APPROVED_AT)
    assert caught.value.code == "unusable_contract_data"


# the file -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("installments", "pages"), [(1, 4), (12, 4), (60, 5), (120, 6)])
def test_every_page_says_which_of_how_many_it_is(installments: int, pages: int) -> None:
    reader = PdfReader(BytesIO(draw_contract(sample_contract(installments=installments))))
    assert len(reader.pages) == pages
    for number, page in enumerate(reader.pages, start=1):
        shown = " ".join(page.extract_text().split())
        assert f"Página {number} de {pages}" in shown
        assert CSN in shown


def test_the_head_of_the_schedule_is_repeated_on_every_page_it_takes() -> None:
    reader = PdfReader(BytesIO(draw_contract(sample_contract(installments=120))))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    with_rows = [page for page in pages if re.search(r"\d\d/\d\d/20\d\d [\d.]+,\d\d [\d.]+,\d\d [\d.]+,\d\d", page)]
    assert len(with_rows) == 3
    assert all("Saldo anterior (R$)" in page for page in with_rows)


def test_the_same_contract_is_the_same_bytes(data: ContractData) -> None:
    assert draw_contract(data) == draw_contract(sample_contract())
    assert draw_contract(replace(data, venue="Goiânia/GO")) != draw_contract(data)


def test_another_process_at_another_hour_draws_the_same_bytes(data: ContractData) -> None:
    code = (
        "import hashlib\n"
        "from tests.domain.origination.contracts.contract_samples import sample_contract\n"
        "from lastro.origination.contracts.drawing.contract import draw_contract\n"
        "print(hashlib.sha256(draw_contract(sample_contract())).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"TZ": "Asia/Tokyo"}
    )
    assert told.stdout.strip() == hashlib.sha256(draw_contract(data)).hexdigest()


def test_the_hash_of_the_content_is_on_every_page_and_follows_the_content(data: ContractData) -> None:
    reader = PdfReader(BytesIO(draw_contract(data)))
    assert all(data.content_hash in page.extract_text() for page in reader.pages)
    later = replace(data, issued_on=date(2026, 3, 3))
    assert later.content_hash != data.content_hash
    assert sample_contract().content_hash == data.content_hash


def test_nothing_in_the_file_acts(data: ContractData) -> None:
    pdf = draw_contract(data)
    for token in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile", b"/OpenAction", b"/AA"):
        assert token not in pdf
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == f"CÉDULA DE CRÉDITO BANCÁRIO {CSN}"
    assert str(reader.root_object["/Lang"]) == "pt-BR"
