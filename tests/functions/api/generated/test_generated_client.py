"""A client that nobody wrote: generated from the published description, it makes a call and reads the answer."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web

from openapi.generate import DOCUMENT
from tests.functions.invocation import Shop, load_function
from tests.functions.serving import serve

PACKAGE = "generated_lastro"


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the package, importable while tests run. Every part of the description became code."""
    folder = tmp_path_factory.mktemp("client")
    # No formatting afterwards; nobody reads the code.
    (folder / "settings.json").write_text(json.dumps({"post_hooks": []}))
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]
    command += ["--path", str(DOCUMENT), "--output-path", str(folder / PACKAGE)]
    command += ["--config", str(folder / "settings.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stdout + done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield folder / PACKAGE


def part(name: str) -> Any:
    """A module of the generated package."""
    return importlib.import_module(f"{PACKAGE}.{name}")


def leads(shop: Shop) -> web.Application:
    """``POST /leads`` answered by its function, as API Gateway would ask it."""

    async def answer(request: web.Request) -> web.Response:
        event = {
            "resource": request.path,
            "path": request.path,
            "httpMethod": request.method,
            "headers": dict(request.headers),
            "requestContext": {"requestId": "r-1", "authorizer": shop.authorizer},
            "body": (await request.read()).decode(),
        }
        given = load_function("simulations", "create_lead").handler(event, SimpleNamespace(function_name="create_lead"))
        return web.Response(status=given["statusCode"], headers=given["headers"], text=given["body"])

    app = web.Application()
    app.router.add_post("/api/v1/banks_api/leads", answer)
    return app


def test_every_operation_became_a_call(generated: Path) -> None:
    paths = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"].values()
    told = {operation["operationId"] for item in paths for operation in item.values()}
    assert {path.stem for path in generated.glob("api/*/*.py")} - {"__init__"} == told


def test_a_generated_call_creates_a_lead_and_reads_a_refusal(generated: Path, shop: Shop) -> None:
    create_lead = part("api.simulations.create_lead")
    models = part("models")
    with serve(lambda: leads(shop)) as address:
        client = part("client").AuthenticatedClient(base_url=address, token=shop.api_key)
        body = models.CreateLead(lead=models.NewLead(cpf_cnpj="529.982.247-25", name="Ana Exemplo"))
        made = create_lead.sync_detailed(client=client, body=body, store_id=shop.store_ids[0], idempotency_key="one")
        assert made.status_code == 201
        assert (made.parsed.data.cpf_cnpj, made.parsed.data.name) == ("529.982.247-25", "Ana Exemplo")
        wrong = models.CreateLead(lead=models.NewLead(cpf_cnpj="529.982.247-00"))
        refused = create_lead.sync_detailed(client=client, body=wrong)
        assert refused.status_code == 422
        assert [error.field for error in refused.parsed.errors] == ["lead.cpf_cnpj"]
