"""What every bureau's listings do, whichever dialect is spoken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RefusedByBureau, RevokedToken, SlowDown
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.documents import Document
from lastro.negativations.ports import Standing
from lastro.negativations.providers import LISTING_FACTS
from lastro.vendors.bureaus.gateway import open_listings
from lastro.vendors.bureaus.http import open_http
from tests.contract.listings.listing_world import COMPANY, CPF, SandboxWorld, World, exclusion, inclusion

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("document", [CPF, COMPANY], ids=["person", "company"])
async def test_a_debt_is_listed_and_taken_down(world: World, document: Document) -> None:
    bureau, token = world.open(), await world.token()
    wanted = inclusion(world.facts.code, document)

    included = await bureau.include(wanted, token)
    assert included.standing in (Standing.RECEIVED, Standing.INCLUDED, Standing.ACTIVE)
    assert included.receipt
    removed = await bureau.remove(exclusion(world.facts.code, wanted, included.record), token)
    assert removed.standing in (Standing.RECEIVED, Standing.REMOVED)
    assert removed.receipt
    assert removed.receipt != included.receipt

    assert await world.acts("include", wanted.debt.contract) == 1
    assert await world.acts("remove", wanted.debt.contract) == 1


async def test_what_the_bureau_cannot_do_is_said_beforehand(world: World) -> None:
    bureau, token = world.open(), await world.token()
    wanted = inclusion(world.facts.code)
    await bureau.include(wanted, token)
    for able, ask in (
        (world.facts.finds, lambda: bureau.find(wanted.key, token)),
        (world.facts.follows, lambda: bureau.follow(None, token)),
    ):
        if able:
            assert await ask() is not None
        elif isinstance(world, SandboxWorld):
            with pytest.raises(RefusedByBureau) as caught:
                await ask()
            assert caught.value.code == BureauReason.UNSUPPORTED


async def test_a_bureau_that_acts_at_once_names_a_record_that_is_there_or_is_not(world: World) -> None:
    bureau, token = world.open(), await world.token()
    wanted = inclusion(world.facts.code)
    if world.facts.pushes:
        return
    with pytest.raises(RefusedByBureau) as absent:
        await bureau.remove(exclusion(world.facts.code, wanted), token)
    await bureau.include(wanted, token)
    with pytest.raises(RefusedByBureau) as known:
        await bureau.include(replace(wanted, key="5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"), token)
    assert (absent.value.code, known.value.code) == (BureauReason.NOT_LISTED, BureauReason.ALREADY_LISTED)
    assert await world.acts("include", wanted.debt.contract) == 1


async def test_an_inclusion_without_an_answer_is_in_doubt_and_made_once(sandbox: SandboxWorld) -> None:
    wanted = inclusion(sandbox.facts.code)
    await sandbox.script({"when": {"operation": "include"}, "outcome": "timeout_after_effect"})
    bureau, token = sandbox.open(impatient=True), await sandbox.token()
    with pytest.raises(InquiryUnknown):
        await bureau.include(wanted, token)
    assert await sandbox.acts("include", wanted.debt.contract) == 1
    if sandbox.facts.finds:
        found = await sandbox.open().find(wanted.key, token)
        assert found
        assert found.standing is Standing.ACTIVE
        assert await sandbox.open().find("0a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10", token) is None


@pytest.mark.parametrize("operation", ["include", "remove"])
async def test_explicit_words_alone_say_that_nothing_was_done(sandbox: SandboxWorld, operation: str) -> None:
    bureau, token = sandbox.open(), await sandbox.token()
    wanted = inclusion(sandbox.facts.code)
    if operation == "remove":
        await bureau.include(wanted, token)

    async def act() -> object:
        if operation == "include":
            return await bureau.include(wanted, token)
        return await bureau.remove(exclusion(sandbox.facts.code, wanted), token)

    await sandbox.script({"when": {"operation": operation}, "outcome": "too_many_requests"})
    with pytest.raises(SlowDown):
        await act()
    await sandbox.script({"when": {"operation": operation}, "outcome": "bad_request"})
    with pytest.raises(RefusedByBureau):
        await act()
    await sandbox.script({"when": {"operation": operation}, "outcome": "processing_error"})
    with pytest.raises(InquiryUnknown if sandbox.facts.code != "connect_sa" else BureauUnavailable):
        await act()
    assert await sandbox.acts(operation, wanted.debt.contract) == 0


async def test_a_bureau_that_is_not_reached_did_nothing(sandbox: SandboxWorld) -> None:
    async with open_http() as http:
        bureau = open_listings(
            sandbox.facts.code,
            environment=Environment.HOMOLOGATION,
            fields=dict.fromkeys(
                [field.name for field in BUREAUS[sandbox.facts.code].fields if field.secret or field.name == "login"],
                "a",
            ),
            http=http,
            base_url="http://127.0.0.1:9",
        )
        with pytest.raises(BureauUnavailable):
            await bureau.include(inclusion(sandbox.facts.code), await sandbox.token())


async def test_a_token_that_ran_out_is_revoked_and_nothing_done(sandbox: SandboxWorld) -> None:
    if not BUREAUS[sandbox.facts.code].uses_tokens:
        return
    token, wanted = await sandbox.token(), inclusion(sandbox.facts.code)
    await sandbox.http.post(f"{sandbox.url}/bureaus/{sandbox.facts.code}/expire_tokens")
    with pytest.raises(RevokedToken):
        await sandbox.open().include(wanted, token)
    assert await sandbox.acts("include", wanted.debt.contract) == 0


@pytest.mark.parametrize("provider", BUREAUS)
async def test_homologation_never_reaches_a_host_that_lists(provider: str) -> None:
    fields = dict.fromkeys(
        [field.name for field in BUREAUS[provider].fields if field.secret or field.name == "login"], "a"
    )
    url = LISTING_FACTS[provider].production_url or BUREAUS[provider].production_url
    async with open_http() as http:
        with pytest.raises(RefusedByBureau) as caught:
            open_listings(
                provider,
                environment=Environment.HOMOLOGATION,
                fields=fields,
                http=http,
                base_url=url,
                integrator={"idclient": "i", "apikey": "k"},
            )
    assert caught.value.code == BureauReason.FORBIDDEN_HOST


async def test_records_are_followed_page_by_page(sandbox: SandboxWorld) -> None:
    if not sandbox.facts.follows:
        return
    bureau, token = sandbox.open(), await sandbox.token()
    contracts = set()
    for _ in range(52):
        wanted = inclusion(sandbox.facts.code)
        contracts.add(wanted.debt.contract)
        await bureau.include(wanted, token)
    found: set[str] = set()
    after: str | None = None
    while True:
        page = await bureau.follow(after, token)
        found |= {each.contract for each in page.records if each.standing is Standing.ACTIVE}
        after = page.after
        if after is None:
            break
    assert contracts <= found


async def test_connect_sa_is_told_whether_a_message_goes_out(sandbox: SandboxWorld) -> None:
    if sandbox.facts.code != "connect_sa":
        return
    wanted = inclusion("connect_sa")
    await sandbox.open().include(wanted, None)
    assert [each["simulated"] for each in await sandbox.calls("include", wanted.debt.contract)] == [True]
