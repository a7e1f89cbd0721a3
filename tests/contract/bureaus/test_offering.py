"""What every bureau says of itself: its name, its reports and its codes."""

from __future__ import annotations

import pytest

from lastro.bureaus.ports import CodeKind, RefusedByBureau
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.reasons import BureauReason
from tests.contract.bureaus.bureau_world import REPORTS, World, token_for

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_codes_where_the_provider_lists_them(world: World) -> None:
    bureau = world.open()
    token = await token_for(world, bureau)
    if not world.facts.lists_codes:
        with pytest.raises(RefusedByBureau) as caught:
            await bureau.list_codes(token)
        assert caught.value.code == BureauReason.UNSUPPORTED
        return

    codes = await bureau.list_codes(token)

    assert {code.kind for code in codes} == set(CodeKind)
    assert all(code.code and code.description for code in codes)


async def test_reports_on_offer(world: World) -> None:
    bureau = world.open()

    products = await bureau.list_reports(await token_for(world, bureau))

    codes = {product.code for product in products}
    assert set(REPORTS[world.facts.code]) <= codes
    assert codes >= {report.code for report in world.facts.reports}


async def test_bureau_names_itself(world: World) -> None:
    bureau = world.open()

    assert bureau.provider == world.facts.code
    assert bureau.environment is Environment.HOMOLOGATION
