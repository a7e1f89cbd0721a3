"""No log line and no error of ours holds a whole document, a secret or a token, whatever bureaus answer."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from lastro.aws.clients import open_client
from lastro.bureaus.providers.catalogue import BUREAUS
from sandbox.bureaus.published_documents import PUBLISHED
from tests.functions.bureaus.office import SECRET, Office
from tests.functions.ear import Ear, listening


@pytest.fixture
def heard() -> Iterator[Ear]:
    """Everything logged, and the text of every error of ours that was ever made."""
    with listening(loud=("lastro", "httpx", "httpcore", "asyncio", "zeep")) as ear:
        yield ear


def masked(document: str) -> str:
    if len(document) == 11:
        return f"{document[:3]}.{document[3:6]}.{document[6:9]}-{document[9:]}"
    return f"{document[:2]}.{document[2:5]}.{document[5:8]}/{document[8:12]}-{document[12:]}"


def tokens_in_vault() -> list[str]:
    vault = open_client("secretsmanager")
    names = [
        each["Name"] for each in vault.list_secrets(MaxResults=100)["SecretList"] if "/bureaus/tokens/" in each["Name"]
    ]
    return [json.loads(vault.get_secret_value(SecretId=name)["SecretString"])["value"] for name in names]


@pytest.mark.parametrize("provider", BUREAUS)
def test_logs_hold_nothing_of_anybody(office: Office, heard: Ear, provider: str) -> None:
    shop, integration = office.open_integrated(provider)
    report = "634" if provider == "spc_brasil" else None
    for document in PUBLISHED:
        chosen = "679" if report and len(document) == 14 else report
        assert office.inquire(shop, document, report=chosen).status in (201, 202), document
        assert office.inquire(shop, document, report=chosen, prefer="respond-async", force=True).status < 500
    for attempt in (1, 2):
        office.deliver(office.take(), attempt=attempt)
        office.clock.advance(minutes=10)
    office.town.expire_tokens(provider)
    office.inquire(shop, "99999910173", report=report, force=True)
    path = {"integration_id": str(integration["id"]), "field": BUREAUS[provider].secret_fields[0]}
    office.call("test_bureau_secret", shop, path=path, body={"secret": {"value": f"{SECRET}-candidato"}})
    office.refresh()
    office.sweep()
    text = heard.everything()
    assert "request" in text
    for document in PUBLISHED:
        assert document not in text
        assert masked(document) not in text
    assert SECRET not in text
    for token in tokens_in_vault():
        assert token not in text
