"""Two hundred functions at once whose token is no longer taken: part of `python -m bench.bureau_tokens`.

The local cloud cannot run two hundred processes side by side. So each function is what matters of one: a keeper of
tokens that remembers nothing, with clients of the local AWS and a road to the sandbox, all in one event loop.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from bench.measuring.cloud import deployed_variables
from lastro.access.model import digest_key
from lastro.access.store import AccessStore
from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from lastro.aws.settings import read_setting
from lastro.bureaus.model import Integration
from lastro.bureaus.ports import Bureau, BureauToken, InquiryRequest
from lastro.bureaus.setup.store import SetupStore
from lastro.bureaus.tokens.obtaining import TokenKeeper, TokenOwner
from lastro.bureaus.tokens.store import TokenStore
from lastro.bureaus.tokens.vaults import IntegrationSecrets, TokenSecrets
from lastro.kernel.calendar import CLOCK
from lastro.kernel.documents import Cpf
from lastro.kernel.errors import LastroError
from lastro.vendors.bureaus.gateway import open_bureau
from lastro.vendors.bureaus.http import open_http
from sandbox.cloud.background import RunningCloud


def storm(cloud: RunningCloud, integration_id: int, functions: int, documents: Iterator[str]) -> dict[str, Any]:
    """Errors and milliseconds of so many functions that ask at once, each of another document."""
    os.environ.update(deployed_variables(cloud, "create_bureau_inquiry"))
    return asyncio.run(_storm(cloud.credentials["api_key"], integration_id, functions, documents))


async def _storm(api_key: str, integration_id: int, functions: int, documents: Iterator[str]) -> dict[str, Any]:
    table = Table()
    key = AccessStore(table).find_key(digest_key(api_key))
    assert key is not None
    partner_id = key.partner_id
    integration = SetupStore(table).find_setup(partner_id).integration(integration_id)
    assert integration is not None
    secrets = IntegrationSecrets(_open_vault()).read(integration)
    plain = {name: value for name, value in integration.fields.items() if isinstance(value, str)}
    http = open_http()
    try:
        bureau = open_bureau(
            integration.provider,
            environment=integration.environment,
            fields={**plain, **secrets},
            http=http,
            clock=CLOCK,
            base_url=read_setting("LASTRO_BUREAUS_URL"),
        )
        keepers = [TokenKeeper(TokenStore(table), TokenSecrets(_open_vault()), CLOCK) for _ in range(functions)]
        owner = TokenOwner.of(partner_id, integration)
        started = time.perf_counter()
        asked = (_ask(keeper, owner, bureau, integration, next(documents)) for keeper in keepers)
        outcomes = await asyncio.gather(*asked)
    finally:
        await http.aclose()
    return {
        "functions": functions,
        "errors": sum(code is not None for code in outcomes),
        "codes": sorted({code for code in outcomes if code is not None}),
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }


def _open_vault() -> Secrets:
    return Secrets(read_setting("LASTRO_SECRETS_PREFIX"))


async def _ask(
    keeper: TokenKeeper, owner: TokenOwner, bureau: Bureau, integration: Integration, document: str
) -> str | None:
    """``None``, or the code of what went wrong."""
    reports = integration.fields["reports"]
    assert isinstance(reports, tuple)
    request = InquiryRequest(key=str(uuid4()), document=Cpf(document), report=reports[0])

    async def inquire(token: BureauToken) -> None:
        await bureau.inquire(request, token)

    try:
        await keeper.call(owner, bureau, inquire)
    except LastroError as error:
        return error.code
    return None
