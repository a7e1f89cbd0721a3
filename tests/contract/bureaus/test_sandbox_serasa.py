"""The sandbox speaks Serasa's own statuses."""

from __future__ import annotations

import base64
import re

import pytest

from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RefusedByBureau
from sandbox.bureaus.outcomes import Outcome
from tests.contract.bureaus.bureau_world import REPORTS
from tests.contract.bureaus.sandbox_root import USUAL, Sandbox, ask

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_serasa_answers_a_bad_token_with_the_gateways_500(sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/bureaus/serasa/credit-services/person-information-report/v1/creditreport"
    parameters = {"reportName": REPORTS["serasa"][0]}

    bad = await sandbox.http.get(url, params=parameters, headers={"authorization": "Bearer x", "x-document-id": USUAL})
    none = await sandbox.http.get(url, params=parameters, headers={"x-document-id": USUAL})

    assert bad.status_code == 500
    assert "Auth-Header-Validator" in bad.text
    assert none.status_code == 401


async def test_serasa_login_is_201_with_an_epoch_in_a_text(sandbox: Sandbox) -> None:
    basic = base64.b64encode(b"an-id:a-secret").decode()

    response = await sandbox.http.post(
        f"{sandbox.url}/bureaus/serasa/security/iam/v1/client-identities/login",
        headers={"authorization": f"Basic {basic}"},
    )

    assert response.status_code == 201
    assert re.fullmatch(r"[0-9]{10}", response.json()["expiresIn"])
    assert response.json()["tokenType"] == "Bearer"


SERASA_STATUSES = {
    Outcome.BAD_REQUEST: 400,
    Outcome.UNAUTHORIZED: 401,
    Outcome.NOT_FOUND: 404,
    Outcome.UNKNOWN_REPORT: 404,
    Outcome.INVALID_DOCUMENT: 412,
    Outcome.UNKNOWN_FEATURE: 412,
    Outcome.NOT_CONTRACTED: 412,
    Outcome.UNKNOWN_USER: 412,
    Outcome.TOO_MANY_REQUESTS: 429,
    Outcome.PROCESSING_ERROR: 500,
    Outcome.REVOKED_TOKEN: 500,
    Outcome.SPIKE_ARREST: 503,
    Outcome.UNSTABLE: 503,
}


@pytest.mark.parametrize(("outcome", "status"), SERASA_STATUSES.items())
async def test_serasa_has_every_error_of_its_table(sandbox: Sandbox, outcome: Outcome, status: int) -> None:
    await sandbox.put("serasa", {"rules": [{"outcome": outcome}]})

    with pytest.raises((RefusedByBureau, BureauUnavailable, InquiryUnknown)) as caught:
        await sandbox.bureau("serasa").inquire(ask("serasa"), await sandbox.token("serasa"))

    failure = caught.value
    assert isinstance(failure, RefusedByBureau | BureauUnavailable | InquiryUnknown)
    assert isinstance(failure, InquiryUnknown) == (outcome in (Outcome.BAD_REQUEST, Outcome.UNKNOWN_REPORT))
    assert failure.raw is not None
    assert failure.raw.http_status == status
