"""The listing journey: a file of debts, a day of collection, listings that become true, a payment and the removal."""

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.live import Live
from rich.table import Table

from lastro.kernel.calendar import local_date
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.errors import CloudFailure
from sandbox.demo.caas_requests import make_cpf
from sandbox.demo.creditor import DAY, Creditor, Owed, spell_file
from sandbox.demo.formats import reais

BRANCH_CNPJ = "99MATRIZ000588"
WORD_DELAYS_MS = (600, 900, 1200, 1500, 1800)
"""How long the sandbox bureau takes to tell the end of each inclusion, so that the table is seen to fill in."""

_WORDS = {
    "pendente_envio": "a enviar",
    "enviada": "o pedido saiu",
    "aguardando_retorno": "o birô recebeu o pedido",
    "notificada": "o birô tem o registro e avisa o devedor",
    "ativa": "o prazo do aviso passou: outros a veem",
    "baixa_pendente": "a baixar",
    "baixa_enviada": "a baixa foi pedida",
    "baixada": "fora do birô",
}
_STYLES = {
    "notificada": "yellow",
    "ativa": "red",
    "baixada": "green",
    "baixa_pendente": "cyan",
    "baixa_enviada": "cyan",
}
_OUTCOMES = {
    "remind": "lembrete",
    "credit_analysis": "negativação pedida",
    "public_body": "órgão público",
    "too_old": "mais de cinco anos",
    "invalid_input": "faltam dados do devedor",
}

Listing = dict[str, Any]


def run(cloud: RunningCloud, console: Console) -> None:
    """From the file to the removal. CloudFailure when a listing is lost, done twice or late."""
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=40) as api:
        creditor = Creditor(cloud, api)
        today = local_date(datetime.now(UTC))
        branch_id = creditor.open_branch(BRANCH_CNPJ)
        creditor.collect(branch_id)
        console.print("\nUma filial com PEFIN: lembrete após 5 dias de atraso, negativação após 45\n")
        lines = debts(today)
        _import(creditor, branch_id, lines, console)
        _collect(creditor, branch_id, today, console)
        listings = _follow(creditor, branch_id, console)
        _become_true(creditor, branch_id, listings, console)
        _pay(creditor, branch_id, listings[0], today, console)
        _tomorrow(creditor, branch_id, today, console)


def debts(today: date) -> list[Owed]:
    """Five debts to be listed, and one of each kind that is left alone."""
    due_on = today - timedelta(days=60)
    listed = [
        Owed(
            make_cpf(777100000 + number), f"Pessoa {number + 1} Exemplo", f"DEMO-{number + 1}", due_on, 150_00 + number
        )
        for number in range(len(WORD_DELAYS_MS))
    ]
    return [
        *listed,
        Owed(make_cpf(777100010), "Atraso Pequeno", "DEMO-6", today - timedelta(days=10)),
        Owed("99TESTE1000110", "Prefeitura Exemplo", "DEMO-7", due_on, public_body=True),
        Owed(make_cpf(777100011), "Dívida Antiga", "DEMO-8", today - timedelta(days=366 * 5 + 2)),
        Owed(make_cpf(777100012), "Sem Telefone", "DEMO-9", due_on, phone=""),
        Owed(make_cpf(777100013), "Valor Ambíguo", "DEMO-10", due_on, amount="1.234"),
    ]


def _import(creditor: Creditor, branch_id: int, lines: Sequence[Owed], console: Console) -> None:
    content = spell_file(lines)
    told = creditor.import_file(branch_id, content)
    console.print(
        f"Importação: {told['lines']} linhas, {told['created']} boletos criados, {told['failed']} recusada; o mesmo "
        f"arquivo de novo: {creditor.import_file(branch_id, content)['unchanged']} já conhecidos"
    )
    wrong = httpx.get(told["errors_url"]).raise_for_status().content.decode("utf-8-sig").splitlines()[1:]
    for line in wrong:
        number, field, _, text = line.split(";", 3)
        console.print(f"  linha {number}, {field}: {text}")
    if (told["created"], told["failed"]) != (len(lines) - 1, 1):
        raise CloudFailure(f"the import told {told}")


def _collect(creditor: Creditor, branch_id: int, today: date, console: Console) -> None:
    rules = [
        {"when": {"operation": "include", "document": debt.document}, "word_delay_ms": delay}
        for debt, delay in zip(debts(today), WORD_DELAYS_MS, strict=False)
    ]
    creditor.sandbox("PUT", "/bureaus/serasa/script", {"rules": rules})
    told = creditor.run_day(branch_id, today)
    console.print(
        f"\nCobrança de {today:%d/%m/%Y}: {told['looked_at']} boletos em atraso, {told['worked']} trabalhados"
    )
    for kind in ("done", "excluded", "failed"):
        for code, count in told[kind].items():
            console.print(f"  {count}x  {_OUTCOMES.get(code, code)}")
    console.print(f"  custo das negativações: {reais(told['cost_cents'])}\n")
    if told["listed"] != len(WORD_DELAYS_MS):
        raise CloudFailure(f"the run told {told}")


def _become_true(creditor: Creditor, branch_id: int, listings: Sequence[Listing], console: Console) -> None:
    """The notice has to run its time: the day before nobody else sees a listing, on the day all do."""
    day = max(date.fromisoformat(each["active_from"]) for each in listings)
    creditor.sweep(day - DAY)
    early = [each["status"] for each in creditor.listings(branch_id)]
    if early != ["notificada"] * len(listings):
        raise CloudFailure(f"before the notice has run its time the listings are {early}")
    creditor.sweep(day)
    found = creditor.until(
        lambda: creditor.listings(branch_id),
        lambda each: [one["status"] for one in each] == ["ativa"] * len(listings),
    )
    console.print(f"\nAviso: até {day - DAY:%d/%m/%Y} ninguém mais as vê; em {day:%d/%m/%Y} estão ativas {len(found)}")


def _pay(creditor: Creditor, branch_id: int, listing: Listing, today: date, console: Console) -> None:
    """The routine takes down by itself what it listed by itself, long before the law's last day."""
    started = time.monotonic()
    creditor.settle(listing["boleto_id"], listing["amount_cents"], today)
    paid = creditor.until(
        lambda: creditor.call("GET", f"/api/v1/negativations/{listing['id']}")["data"], lambda each: each["removal"]
    )
    due_on = date.fromisoformat(paid["removal_due_on"])
    console.print(
        f"\nPago: {listing['contract_number']}, {reais(listing['amount_cents'])}, dinheiro disponível em "
        f"{today:%d/%m/%Y}. Baixa pedida pela rotina, motivo {paid['removal']['reason']}; prazo legal {due_on:%d/%m/%Y}"
    )
    creditor.until(
        lambda: creditor.listings(branch_id, boleto_id=listing["boleto_id"]),
        lambda found: [each["status"] for each in found] == ["baixada"],
    )
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    console.print(f"Baixada {seconds} s depois do pagamento; em atraso no dia seguinte ao prazo: ", end="")
    late = creditor.count_late(due_on + DAY)
    console.print(late)
    if late:
        raise CloudFailure("a removal is late")


def _tomorrow(creditor: Creditor, branch_id: int, today: date, console: Console) -> None:
    told = creditor.run_day(branch_id, today + DAY)
    again = creditor.run_day(branch_id, today)
    console.print(
        f"Cobrança de amanhã: {told['listed']} negativações pedidas; a de hoje, de novo: {again['listed']}, as mesmas"
    )
    for listing in creditor.listings(branch_id):
        acts = creditor.acts(listing["contract_number"])
        if acts != ["include", "remove"][: 1 + (listing["status"] == "baixada")]:
            raise CloudFailure(f"the bureau did {acts} about {listing['id']}")
    console.print("O livro do birô: cada inclusão uma vez, a baixa uma vez")


# listings as they change ----------------------------------------------------------------------------------------------


def _follow(creditor: Creditor, branch_id: int, console: Console) -> list[Listing]:
    """Until the bureau has each of them, shown as it goes; by contract."""
    started, shown = time.monotonic(), dict[str, str]()

    def look() -> list[Listing]:
        found = sorted(creditor.listings(branch_id), key=lambda each: str(each["contract_number"]))
        passed = time.monotonic() - started
        live.update(_table(found, passed))
        for each in found:
            if not console.is_terminal and shown.get(each["id"]) != each["status"]:
                shown[each["id"]] = each["status"]
                console.print(f"{passed:5.1f} s  {each['contract_number']}  {_said(each)}")
        return found

    with Live(console=console, refresh_per_second=10, auto_refresh=console.is_terminal) as live:
        return creditor.until(
            look, lambda found: [each["status"] for each in found] == ["notificada"] * len(WORD_DELAYS_MS)
        )


def _table(listings: Sequence[Listing], seconds: float) -> Table:
    there = sum(each["included_at"] is not None for each in listings)
    title = f"Negativações: {there} de {len(listings)} no birô em {seconds:.1f} s".replace(".", ",")
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("Contrato", "Valor", "Vencimento", "Status"):
        table.add_column(heading, no_wrap=True)
    for each in listings:
        table.add_row(
            each["contract_number"],
            reais(each["amount_cents"]),
            f"{date.fromisoformat(each['due_on']):%d/%m/%Y}",
            _said(each),
            style=_STYLES.get(each["status"], "dim"),
        )
    return table


def _said(listing: Listing) -> str:
    return f"{listing['status']} ({_WORDS.get(listing['status'], '')})"
