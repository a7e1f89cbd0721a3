"""No log line and no exception holds a whole document, a key, a token or a bank credential."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from logging import getLogger
from typing import Any

import pytest
from botocore.exceptions import ClientError

from lastro.aws.log import logger
from lastro.kernel.errors import LastroError, Permanent
from lastro.simulations.conditions.reasons import Reason
from sandbox.banks.access import Tokens
from tests.functions.ear import Ear, listening
from tests.functions.emulation.faults import failing
from tests.functions.invocation import Shop, call_function, load_function, sample_event
from tests.functions.simulations.pipeline import SECRET, Pipeline, sample_purchase

LEAD, SELLER, COMPANY = "52998224725", "11144477735", "12ABC34501DE35"
MASKED = {LEAD: "529.982.247-25", SELLER: "111.444.777-35", COMPANY: "12.ABC.345/01DE-35"}


@pytest.fixture
def heard() -> Iterator[Ear]:
    """Everything logged, and the text of every error of ours that was ever made."""
    with listening() as ear:
        yield ear


def forbidden(shop: Shop, tokens: list[str]) -> Mapping[str, str]:
    """Name and text of everything nobody may read in a log."""
    documents = {
        f"{kind} {d}": text for d, masked in MASKED.items() for kind, text in (("bare", d), ("masked", masked))
    }
    secrets = {"API key": shop.api_key, "credential": SECRET, "name": "Ana Exemplo", "e-mail": "ana@example.com"}
    return {**documents, **secrets, **{f"token {n}": token for n, token in enumerate(tokens)}}


def listen_for_tokens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    issue, found = Tokens.issue, []

    def issue_and_note(self: Tokens) -> str:
        token = issue(self)
        found.append(token)
        return token

    monkeypatch.setattr(Tokens, "issue", issue_and_note)
    return found


def test_a_simulation_from_its_key_to_its_offers(
    pipeline: Pipeline, heard: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = listen_for_tokens(monkeypatch)
    codes = ("341", "033", "655", "623", "422", "394")
    shop = pipeline.open_shop(*codes)
    pipeline.create_lead(shop, shop.store_ids[0], {"cpf_cnpj": COMPANY})
    event = sample_event("access", "authorize")
    event["headers"]["Authorization"] = f"Bearer {shop.api_key}"
    assert load_function("access", "authorize").handler(event, None)["principalId"] == shop.partner_id
    for document in (LEAD, COMPANY):
        retrieve = {"cpf_cnpj": MASKED[document]}
        body = sample_purchase(retrieve_lead=retrieve, bank_febraban_codes=None, seller_cpf=SELLER)
        simulation = pipeline.finish(shop, body)
        assert len(simulation["conditions"]) > 12
        assert any(condition["available"] for condition in simulation["conditions"])
    pipeline.page(shop)
    monkeypatch.undo()
    assert len(tokens) >= 3
    check(heard, forbidden(shop, tokens))


def test_everything_that_can_go_wrong(pipeline: Pipeline, heard: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = listen_for_tokens(monkeypatch)
    codes = ("341", "033", "655", "623", "422", "394")
    shop = pipeline.open_shop(*codes)
    outcomes = ("unstable", "validation_error", "invalid_credentials", "timeout_after_effect", "desk", "refused")
    for turn in range(len(codes)):
        for number, code in enumerate(codes):
            pipeline.banks.script(code, {"outcome": outcomes[(number + turn) % len(outcomes)]})
        pipeline.post(shop, sample_purchase(bank_febraban_codes=None))
        records = pipeline.take()
        pipeline.clock.advance(seconds=30)
        for start in range(0, len(records), 10):
            pipeline.deliver(records[start : start + 10], attempt=5)
    for wrong in (f"{LEAD[:-1]}0", MASKED[LEAD], {"cpf": LEAD}, [SELLER]):
        lead: Any = {"cpf_cnpj": wrong}
        pipeline.post(shop, sample_purchase(retrieve_lead=lead, seller_cpf=wrong, webhook_url=f"http://{LEAD}"))
        call_function("simulations", "get_simulation", shop=shop, path={"uuid": str(wrong)})
    pipeline.post(shop, f'{{"simulation": "{LEAD}"')
    # The table refuses a write and says what it was given.
    told: Any = {"Error": {"Code": "ValidationException", "Message": "unexpected"}}
    with failing("dynamodb", "TransactWriteItems", ClientError(told, "TransactWriteItems")):
        assert pipeline.post(shop, key=f"key-of-{LEAD}").status == 500
    monkeypatch.undo()
    check(heard, {**forbidden(shop, tokens), "wrong document": f"{LEAD[:-1]}0"})


def check(heard: Ear, secrets: Mapping[str, str]) -> None:
    assert heard.everything().count('"message":"batch"') >= 2
    assert found_in(heard, secrets) == []


def found_in(heard: Ear, secrets: Mapping[str, str]) -> list[str]:
    everything = heard.everything()
    return [name for name, secret in secrets.items() if secret in everything]


def test_the_ear_hears_fields_causes_and_details(heard: Ear) -> None:
    logger.info("one", document=LEAD)
    try:
        try:
            raise ValueError(SELLER)
        except ValueError as error:
            raise LastroError("outer") from error
    except LastroError:
        getLogger("somewhere").warning("two", exc_info=True)
    assert Permanent(COMPANY).code == "permanent"
    assert found_in(heard, {"field": LEAD, "cause": SELLER, "detail": COMPANY, "other": SECRET}) == [
        "field",
        "cause",
        "detail",
    ]


def test_reasons_hold_no_placeholder() -> None:
    """A reason's text is fixed: nothing of a customer can get into it."""
    assert not [reason for reason in Reason if "{" in reason.text or "%" in reason.text]
