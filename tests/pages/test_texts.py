"""Every page of the panel and the portal, over records whose texts attack it: nothing runs, all is shown as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from sandbox.demo.portal import Portal
from tests.pages.conftest import SETTLED, SOURCES, OpenScreen, Screen
from tests.pages.estate import Estate
from tests.pages.hostile import MARK, OPERATIONS, Path, fields_of
from tests.pages.portal_login import enter

pytestmark = pytest.mark.journey

UNREAD = ("/api/v1/plus_return_rules", "/api/v1/vehicles", "/api/v1/proposals")
"""Calls about what no page reads."""
NO_TEXT = {
    ("base64",): "a file",
    ("authentication", "user"): "credentials of a callback, which are never told again",
    ("authentication", "password"): "the same",
    ("client_id",): "a login",
    ("client_secret",): "a login",
    ("disclosure", "subject_id"): "the number of a record",
    ("disclosure", "field"): "the name of a field",
    ("events", "networks", "[]"): "networks",
    ("products", "[]", "offerId"): "the number of an offer",
    ("simulation", "vehicle", "credere_vehicle_model_id"): "the number of a model",
    ("report", "requested_by"): "a filter that is kept nowhere",
}
"""Fields that the description leaves open and that hold no text of anybody's."""
ALIKE = {
    **{("registration_update", name): ("portal_person", name) for name in ("name", "rg", "address")},
    ("resend", "requested_by"): ("removal", "requested_by"),
}
"""Fields that are kept in the place of another."""
SHOWN = {
    ("lead", "name"),
    ("branch", "name"),
    ("bureau_inquiry", "requested_by"),
    ("bureau_inquiry", "subject", "id"),
    ("debtor", "name"),
    ("debtor", "external_id"),
    ("boleto", "external_id"),
    ("boleto", "contract_number"),
    ("negativation", "requested_by"),
    ("notice", "proof"),
    ("removal", "requested_by"),
    ("removal_order", "number"),
    ("removal_order", "recorded_by"),
    ("customer", "name"),
    ("customer_classes", "classes", "[]", "name"),
    ("class_override", "reason"),
    ("class_override", "set_by"),
    ("approval_rule", "name"),
    ("approval_rule", "development"),
    ("approval_rule", "price_table"),
    ("reservation", "unit"),
    ("reservation", "requested_by"),
    ("justification",),
    ("portal_person", "name"),
    ("bulletin", "title"),
    ("bulletin", "paragraphs", "[]"),
    ("survey", "name"),
    ("survey", "question"),
    ("answer", "text"),
    ("name",),
    ("endorseeName",),
    ("store", "name"),
}
"""Fields that some page shows; of the others it is told which there are, not that they are seen."""

_TEXTS = """
() => {
  const places = [document.body.textContent];
  for (const each of document.querySelectorAll("*")) {
    if (each.value !== undefined) places.push(String(each.value));
    for (const {name, value} of each.attributes) if (name !== "style") places.push(value);
  }
  return places.filter((text) => text.includes("¤"));
}
"""
_UNFOLD = """
(first) => {
  for (const each of document.querySelectorAll("main details:not([open]) > summary, main [aria-expanded=false]"))
    if (!each.textContent.startsWith("Contrato")) each.click();
  for (const each of document.querySelectorAll("main button:not([disabled])"))
    if (RegExp(`^(${first})$`).test(each.textContent)) each.click();
}
"""
"""All but contracts, which are files of PDF; and of what is asked twice, what the second time asks."""
_ASKED_TWICE = (
    "Retirar|Encerrar|Levantar|Cancelar reserva|Remover (filial|integração)|Desligar|Passar para .*"
    "|Trocar( segredo| o segredo de assinatura)?|Parar os avisos"
)
_STRANGE = """
() => [...document.querySelectorAll("[href], [src], [action]")]
  .map((each) => each.href ?? each.src ?? each.action)
  .filter((address) => typeof address === "string" && !/^(https?|blob):/.test(address))
"""


def text_fields() -> Iterator[Path]:
    for operation, (_, path, _) in OPERATIONS.items():
        if not path.startswith(UNREAD):
            yield from fields_of(operation)


def kind_of(address: str) -> str:
    """An address with a colon for what names one record."""
    parts = address.removeprefix("#/").split("/")
    return "/".join(":" if re.search(r"\d|%", part) else part for part in parts)


def kinds_in_sources() -> set[str]:
    """The addresses that the panel's sources spell, as `link` and `go` take them."""
    found = set()
    for words in re.findall(r"\b(?:link|go)\(((?:[^()]|\([^()]*\))*)\)", SOURCES):
        if not words.startswith('"') or "mural" in words[:8]:
            continue
        parts = re.split(r",(?![^(]*\))", words)
        found.add(
            "/".join(part.strip().strip('"') if part.strip().startswith('"') else ":" for part in parts if part.strip())
        )
    return found


def read(page: Page, shown: set[str], planted: dict[str, str]) -> None:
    """What the page shows of planted texts, each of them whole."""
    for text in page.evaluate(_TEXTS):
        for mark in re.findall(rf"{MARK[0]}[0-9a-z]{{4}}{MARK[0]}", text):
            whole = planted.get(mark)
            assert whole is None or whole in text, f"{page.url} shows otherwise than typed: {whole!r} in {text!r}"
            shown.add(mark)


def test_no_field_of_text_is_forgotten(estate: Estate) -> None:
    planted, fields = estate.planter.planted, set(text_fields())
    assert not [path for path in UNREAD if re.search(rf'"{path}[/"]', SOURCES)]
    assert fields - planted.keys() - NO_TEXT.keys() - ALIKE.keys() == set()
    assert set(ALIKE.values()) <= planted.keys()
    assert planted.keys() >= SHOWN
    assert estate.planter.refused.keys() & SHOWN == set()


def test_every_page_shows_texts_as_typed_and_runs_none(open_screen: OpenScreen, estate: Estate) -> None:
    screen = open_screen(viewport={"width": 360, "height": 740}, color_scheme="light")
    page = screen.page
    page.on("dialog", lambda dialog: screen.complaints.append(dialog.message))
    planted = {text[-6:]: text for texts in estate.planter.planted.values() for text in texts}
    shown, seen, opened = set[str](), set[str](), set[str]()
    screen.log_in()
    expect(page.locator("nav a").first).to_be_attached()
    # What is planted comes first and whole; of whatever it leads to, one of each kind of address is opened.
    own = [f"#/{path.format(**estate.ids)}" for path in OWN]
    found = [*own, *addresses(page)]
    for address in found:
        if kind_of(address) in seen and (address not in own or address in opened):
            continue
        opened.add(address)
        seen.add(kind_of(address))
        screen.open(address)
        page.wait_for_function(SETTLED)
        unfold(page)
        read(page, shown, planted)
        assert page.evaluate(_STRANGE) == []
        screen.check()
        screen.check_in_the_dark()
        found += addresses(page)
    assert [
        kind for kind in kinds_in_sources() if not any(map(re.compile(kind.replace(":", "[^/]+")).fullmatch, seen))
    ] == []
    assert page.evaluate("window.stolen") is None
    page.emulate_media(media="print")
    page.pdf()
    assert page.evaluate("window.stolen") is None
    read_portal(open_screen, estate, shown, planted)
    unseen = {place for place in SHOWN if not {text[-6:] for text in estate.planter.planted[place]} & shown}
    assert unseen == set()


OWN = (
    "simulacoes/{uuid}",
    "propostas/{paid}",
    "propostas/{refused}",
    "propostas/{decided}",
    "biros/consulta/{inquiry}",
    "biros/integracoes/nova/{branch}",
    "biros/integracoes/{integration}",
    "negativacoes/devedores/{debtor}",
    "negativacoes/registros/{removed}",
    "negativacoes/registros/{listing}",
    "negativacoes/registros/{ordered}",
    "clientes/lista/{customer}",
    "clientes/mural/{bulletin}",
    "clientes/pesquisas/{survey}",
    "alcadas/reservas/{granted}",
    "alcadas/{rule}/avaliar",
    "reservas/{reservation}",
    "titulares/pedido/{request}",
    "biros/integracoes/filial/{branch}",
)


def addresses(page: Page) -> list[str]:
    return [
        str(each)
        for each in page.eval_on_selector_all("a[href^='#/']", "links => links.map(link => link.getAttribute('href'))")
    ]


def unfold(page: Page) -> None:
    """Open what is folded, and wait for what it asks for."""
    page.evaluate(_UNFOLD, _ASKED_TWICE)
    page.wait_for_function(SETTLED)


def read_portal(open_screen: OpenScreen, estate: Estate, shown: set[str], planted: dict[str, str]) -> None:
    screen: Screen = open_screen(address=estate.portal, viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = screen.page
    page.on("dialog", lambda dialog: screen.complaints.append(dialog.message))
    with Portal(estate.cloud) as office:
        enter(screen, office, estate.address)
    for address in ("#/mural", f"#/mural/{estate.ids['bulletin']}", "#/pesquisas", "#/dados", "#/contratos"):
        screen.open(address)
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator(".waiting")).to_have_count(0)
        read(page, shown, planted)
        assert page.evaluate(_STRANGE) == []
        screen.check()
    assert page.evaluate("window.stolen") is None
