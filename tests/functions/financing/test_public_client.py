"""The public client, unmodified and over HTTP, against the functions: it understands what each call is answered."""

from __future__ import annotations

import pytest
from credere import AuthenticationError, CredereAPIError, CredereClient, NotFoundError

from tests.functions.api.whole_api import answer_as
from tests.functions.financing.conftest import Dealer
from tests.functions.serving import serve
from tests.functions.vehicles.test_catalogue import load
from tests.public_client import Dealer as Program
from tests.public_client import make_every_call


@pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])
def test_every_call_is_understood(dealer: Dealer, later: bool) -> None:
    load(dealer.shop)
    program = Program("11144477735", dealer.shop.store_ids[0], "11.222.333/0001-81", lambda _: dealer.pipeline.drain())
    with serve(lambda: answer_as(dealer.shop)) as url:
        make_every_call(url, dealer.shop.api_key, program, later=later)


def test_refusals_are_told_as_the_client_tells_them_apart(dealer: Dealer) -> None:
    [store_id] = dealer.shop.store_ids
    with serve(lambda: answer_as(dealer.shop)) as url:
        with CredereClient("lk_errada", base_url=url) as stranger, pytest.raises(AuthenticationError):
            stranger.users.current()
        with CredereClient(dealer.shop.api_key, base_url=url, store_id=store_id) as client:
            with pytest.raises(NotFoundError, match="proposta"):
                client.proposals.get("4711")
            with pytest.raises(CredereAPIError, match="loja") as refused:
                client.stores.activate(4711)
    assert refused.value.status_code == 403
