"""What PEFIN pushes is read whatever shape it comes in: number or text, ``contract`` or ``contractNumber``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from lastro.bureaus.ports import RefusedByBureau
from lastro.kernel.documents import Cpf
from lastro.negativations.ports import Standing
from lastro.negativations.providers import LISTING_FACTS
from lastro.vendors.bureaus.serasa.events import told
from tests.contract.listings.listing_world import CREDITOR, SandboxWorld, exclusion, inclusion
from tests.contract.loopback import Service

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def ear() -> AsyncIterator[tuple[str, list[bytes]]]:
    heard: list[bytes] = []

    async def hear(request: web.Request) -> web.Response:
        assert request.headers["Authorization"].startswith("Basic ")
        heard.append(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/", hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/", heard
    await runner.cleanup()


@pytest.mark.parametrize(
    ("manner", "times"), [("ok", 1), ("error", 1), ("twice", 2), ("early", 1), ("never", 0)], ids=lambda each: str(each)
)
async def test_the_word_on_a_request_comes_as_it_is_scripted(
    service: Service, ear: tuple[str, list[bytes]], manner: str, times: int
) -> None:
    url, heard = ear
    world = SandboxWorld(LISTING_FACTS["serasa"], service.url, service.http, service.impatient_http)
    await service.http.put(f"{service.url}/bureaus/serasa/webhook", json={"url": url, "user": "u", "password": "p"})
    await world.script({"when": {"operation": "include"}, "word": manner})
    wanted = inclusion("serasa")
    word = await world.open().include(wanted, await world.token())
    if manner == "early":
        assert len(heard) == 1
    for _ in range(40):
        if len(heard) >= times:
            break
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.05 if manner == "never" else 0)
    messages = [told(each) for each in heard]
    assert [(each.uuid, each.contract, each.debtor, each.creditor) for each in messages] == [
        (word.receipt, wanted.debt.contract, wanted.person.document.value, CREDITOR.value)
    ] * times
    expected = Standing.REFUSED if manner == "error" else Standing.INCLUDED
    assert {each.standing for each in messages} <= {expected}


async def test_an_exclusion_is_told_apart_from_an_inclusion(service: Service, ear: tuple[str, list[bytes]]) -> None:
    url, heard = ear
    world = SandboxWorld(LISTING_FACTS["serasa"], service.url, service.http, service.impatient_http)
    await service.http.put(f"{service.url}/bureaus/serasa/webhook", json={"url": url, "user": "u", "password": "p"})
    await service.http.delete(f"{service.url}/scripts")
    bureau, token, wanted = world.open(), await world.token(), inclusion("serasa")
    await bureau.remove(exclusion("serasa", wanted), token)
    await bureau.include(wanted, token)
    await bureau.remove(exclusion("serasa", wanted), token)
    for _ in range(100):
        if len(heard) >= 3:
            break
        await asyncio.sleep(0.02)
    messages = [told(each) for each in heard]
    assert [(each.standing, each.removes, each.code) for each in messages] == [
        (Standing.REFUSED, True, "record_not_at_bureau"),
        (Standing.INCLUDED, False, None),
        (Standing.REMOVED, True, None),
    ]


def message(**changes: Any) -> bytes:
    body = {
        "uuid": "9d0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10",
        "debtorDocument": "00001209523",
        "creditorDocument": "62173620000180",
        "contract": "CTR-1",
        "error": None,
    }
    return json.dumps({name: value for name, value in (body | changes).items() if value != "gone"}).encode()


@pytest.mark.parametrize("code", [404, "404"])
async def test_a_status_code_is_a_number_or_a_text(code: object) -> None:
    assert told(message(error={"statusCode": code, "message": "x"})).code == "record_not_at_bureau"


async def test_a_number_that_lost_its_zeros_is_the_same_person() -> None:
    assert told(message(debtorDocument=1209523)).debtor == Cpf("00001209523").value


@pytest.mark.parametrize(
    "changes",
    [
        *({"contract": "gone"}, {"contractNumber": "CTR-2"}, {"uuid": "gone"}, {"uuid": ""}),
        *({"uuid": "x" * 81}, {"contract": "x" * 81}, {"cadusKey": "x" * 81}),
    ],
)
async def test_what_names_no_request_is_no_message(changes: dict[str, Any]) -> None:
    with pytest.raises(RefusedByBureau):
        told(message(**changes))
