"""Forms of the panel when the connection breaks: nobody learns what became of what was sent, and it is done once.

Each form of `forms.py`, one at least of each hook and shape, is sent while its answer is lost (the API has done it).
Then the page is reloaded, and what was filled in is sent again: under the same key, where the call takes one, and with
the answer that was lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Dialog, FilePayload, Locator, Response, Route, expect

from lastro.kernel.calendar import local_date
from sandbox.demo.creditor import Owed, spell_file
from tests.pages.conftest import SETTLED, SOURCES, OpenScreen, Screen
from tests.pages.estate import Estate, make_cpf
from tests.pages.forms import CHECK, NO_FORM, VALUE, Form, forms

pytestmark = pytest.mark.journey

LOST = "O servidor não respondeu."
_SIGNS = "[^0-9A-Za-zÀ-ÿ]"
"""What a field adds to what is typed."""
_BOX = "input[type=checkbox][value={}]"
_CHOSEN = "select => [select.value, select.selectedOptions[0].label]"
_UNFOLD = "() => document.querySelectorAll('main details:not([open]) > summary').forEach((each) => each.click())"


def test_no_form_is_forgotten(estate: Estate) -> None:
    """Whatever the panel sends is in the table, or is told why it is not."""
    calls = re.findall(r'api\s*\.\s*(POST|PUT|PATCH)\(\s*"([^"]+)"', SOURCES)
    told = forms(estate)
    for method, path in calls:
        bare = re.sub(r"\{[^}]*\}", "{}", path)
        url = re.sub(r"\{[^}]*\}", "1", path)
        sent = any(form.method == method and re.search(form.path, url) for form in told)
        assert sent or any(bare.endswith(end) or (end.endswith("/") and end in bare) for end in NO_FORM), (method, path)


@dataclass(frozen=True)
class Sent:
    """A request of a form, and what the API called in its answer."""

    key: str | None
    status: int
    name: Any


def test_what_a_lost_answer_hid_is_done_once_and_nothing_filled_in_is_lost(
    open_screen: OpenScreen, estate: Estate
) -> None:
    table = forms(estate)
    for person in dict.fromkeys(form.person for form in table):
        own = [form for form in table if form.person == person]
        screen = open_screen()
        screen.log_in(person)
        lost = [lose(screen, form) for form in own]
        screen.page.reload()
        for form, sent in zip(own, lost, strict=True):
            send_again(screen, form, sent)
        assert screen.page.evaluate("window.refusals") == []
        assert screen.complaints == []


def test_who_leaves_a_form_whose_answer_is_under_way_stays_where_one_went(screen: Screen, estate: Estate) -> None:
    form = forms(estate)[0]
    page, held = screen.page, list[Route]()
    screen.log_in(form.person)
    within = show(screen, form)
    choose(within, form.choices)
    fill(within, form.fields)
    page.route(re.compile(form.path), lambda route: held.append(route) if not held else route.fallback())
    with page.expect_request(lambda asked: form.is_sent_by(asked)):
        press(within, form)
    screen.open("#/biros")
    title = page.get_by_role("heading", level=1).first
    expect(title).to_be_visible()
    with page.expect_response(lambda got: form.is_sent_by(got.request)) as answered:
        held[0].continue_()
    assert answered.value.ok
    answered.value.finished()
    page.wait_for_function(SETTLED)
    assert page.evaluate("location.hash") == "#/biros"
    # It was taken, so that nothing of it is offered again.
    within = show(screen, form)
    label, text = next(iter(form.fields.items()))
    expect(within.get_by_label(label).first).not_to_have_value(text)


def show(screen: Screen, form: Form) -> Locator:
    """The form, whether or not its button is there."""
    # From another page: nothing that a form before it was told stands there.
    page = screen.page
    elsewhere = page.get_by_role("heading", name="Nada por aqui")
    screen.open("#/nada")
    expect(elsewhere).to_be_visible()
    screen.open(f"#/{form.place}")
    expect(elsewhere).to_have_count(0)
    page.wait_for_function(SETTLED)
    within = page.locator(form.within).first
    if form.opens and not within.is_visible():
        page.get_by_role("button", name=form.opens).click()
    page.evaluate(_UNFOLD)
    return within


def fill(within: Locator, texts: Mapping[str, str]) -> None:
    for label, text in texts.items():
        within.get_by_label(label).first.fill(text)


def choose(within: Locator, choices: Mapping[str, str]) -> None:
    for label, choice in choices.items():
        found = within.get_by_label(label).first
        if choice == VALUE:
            within.locator(_BOX.format(label)).check()
        elif choice == CHECK:
            found.check()
        else:
            found.select_option(choice)


def press(within: Locator, form: Form) -> None:
    within.get_by_role("button", name=form.send, exact=True).first.click()
    if form.twice:
        within.get_by_role("button", name=re.compile(f"^{form.twice}")).click()


def lose(screen: Screen, form: Form) -> Sent:
    """Fill in and send while the answer is lost on its way."""
    page, sent = screen.page, list[Sent]()

    def answer(route: Route) -> None:
        if sent or not form.is_sent_by(route.request):
            return route.fallback()
        got = route.fetch()
        sent.append(Sent(route.request.headers.get("idempotency-key"), got.status, name_of(got.json())))
        return route.abort()

    within = show(screen, form)
    choose(within, form.choices)
    fill(within, {**form.fields, **form.unsaved})
    # For good: what is on its way while a route ends may stay there.
    page.route(re.compile(form.path), answer)
    press(within, form)
    note = page.locator("main [role=alert]", has_text=LOST).first
    expect(note, form.place).to_contain_text("tente de novo")
    assert [each.status < 300 for each in sent] == [True], (form.place, sent)
    assert (sent[0].key is not None) is form.keyed, form.place
    if not form.ends:
        keeps(within, form)
    return sent[0]


def keeps(within: Locator, form: Form) -> None:
    for label, choice in form.choices.items():
        if choice == VALUE:
            expect(within.locator(_BOX.format(label)), form.place).to_be_checked()
        elif choice == CHECK:
            expect(within.get_by_label(label).first, form.place).to_be_checked()
        else:
            assert choice in within.get_by_label(label).first.evaluate(_CHOSEN), (form.place, label)
    for label, text in form.fields.items():
        typed = re.sub(_SIGNS, "", within.get_by_label(label).first.input_value())
        assert typed == re.sub(_SIGNS, "", text), (form.place, label)


def send_again(screen: Screen, form: Form, lost: Sent) -> None:
    """What was filled in is there after the reload, and is sent with the answer that was lost; or is told as done."""
    within = show(screen, form)
    if form.ends:
        # A decision, a removal, money on its way: the page tells that it is made.
        expect(within.get_by_role("button", name=form.send, exact=True, disabled=False)).to_have_count(0)
        return
    keeps(within, form)
    fill(within, form.unsaved)
    with screen.page.expect_response(lambda got: form.is_sent_by(got.request)) as told:
        press(within, form)
    again = told.value
    if form.unsaved:
        # Secrets are typed anew, which is another request: that it is there already is told.
        assert again.status == 409, (form.place, again.text())
        return
    assert again.ok, (form.place, again.status, again.text())
    if form.keyed:
        assert (again.request.headers["idempotency-key"], name_of(again.json())) == (lost.key, lost.name), form.place
    # It is taken, and where it leads to is there.
    screen.page.wait_for_function(SETTLED)
    expect(screen.page.get_by_role("alert").filter(has_text=LOST)).to_have_count(0)


def name_of(answer: Any) -> Any:
    """What the thing that was made is called, or the whole answer where it has no name."""
    while isinstance(answer, dict) and len(answer) == 1:
        [answer] = answer.values()
    return next((answer[name] for name in ("id", "uuid", "name") if name in answer), answer)


def test_a_file_whose_upload_a_reload_broke_off_is_picked_again_for_the_same_import(
    screen: Screen, estate: Estate
) -> None:
    page = screen.page
    owed = Owed(make_cpf(), "Ana Exemplo", f"R-{uuid4().hex[:8]}", local_date(datetime.now(UTC)) - timedelta(days=60))
    file: FilePayload = {"name": "dividas.csv", "mimeType": "text/csv", "buffer": spell_file([owed])}
    uploads = re.compile(r"X-Amz-Signature")
    # The browser asks whether one means it.
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    screen.log_in("analista@example.com")
    screen.open("#/negativacoes/importar")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Filial das linhas que não nomeiam uma").select_option(estate.ids["town"])
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            return route.fallback()
        return held.append(route)

    page.route(uploads, hold)
    with page.expect_response(begins) as begun, page.expect_request(uploads):
        page.get_by_role("button", name="Importar", exact=True).click()
    named = called(begun.value)
    card = page.get_by_role("region", name="Importação de dividas.csv")
    expect(card).to_contain_text("escolherá o arquivo de novo")
    page.reload()
    assert asked == ["beforeunload"]
    expect(card).to_contain_text("O arquivo não chegou inteiro: escolha-o de novo")
    screen.check()
    with page.expect_response(begins) as again:
        card.locator("input[type=file]").set_input_files(file)
    assert called(again.value) == named
    expect(card).to_contain_text("1 criaram")
    expect(card).to_contain_text("Terminada")
    expect(card.locator("input[type=file]")).to_have_count(0)


def begins(got: Response) -> bool:
    return got.request.method == "POST" and got.url.endswith("/imports")


def called(got: Response) -> tuple[str, str]:
    """The key of an import, and its number."""
    return got.request.headers["idempotency-key"], got.json()["data"]["id"]
