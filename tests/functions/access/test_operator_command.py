"""The operator command is no function, yet everything the functions of access read is made by it."""

from __future__ import annotations

import hashlib
import json
import re
from io import StringIO

import pytest
from botocore.exceptions import NoCredentialsError

from lastro.access import registration as registration_module
from lastro.aws.dynamodb.keys import access as keys
from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from lastro.operator.command import main
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.invocation import CNPJ, LETTERED_CNPJ


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def done(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    answer: dict[str, object] = json.loads(out)
    return answer


@pytest.fixture
def partner(table: Table, capsys: pytest.CaptureFixture[str]) -> str:
    return str(done(capsys, "create_partner", "--name", " Rede Exemplo ")["partner_id"])


def test_partner_store_and_key(table: Table, partner: str, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = [
        done(
            capsys,
            "create_store",
            "--partner",
            partner,
            "--name",
            name,
            "--cnpj",
            cnpj,
            "--bank",
            "341",
            "--bank",
            "M22",
        )
        for name, cnpj in (("Centro", "11.222.333/0001-81"), ("Norte", LETTERED_CNPJ))
    ]
    assert [number["store_id"] for number in numbers] == [1, 2]
    item = table.get(keys.store(1))
    assert item is not None
    assert item["cnpj"] == CNPJ
    assert item["banks"] == {
        "341": {"active": True, "status": "not_analyzed", "version": None},
        "M22": {"active": True, "status": "not_analyzed", "version": None},
    }
    made = done(capsys, "create_key", "--partner", partner)
    key = str(made["api_key"])
    assert re.fullmatch(r"lk_[A-Za-z0-9_-]{43}", key)
    kept = table.get(keys.api_key(hashlib.sha256(key.encode()).hexdigest()))
    assert kept is not None
    assert kept["partner_id"] == partner
    assert key not in str(kept)


def test_keys_are_listed_without_their_text_and_revoked_once(partner: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = done(capsys, "create_key", "--partner", partner)
    revoke = ("revoke_key", "--partner", partner, "--key-id", str(made["key_id"]))
    first, again = done(capsys, *revoke), done(capsys, *revoke)
    assert first["revoked_at"]
    assert first == again
    listed = done(capsys, "list_keys", "--partner", partner)
    assert listed == {"keys": [first]}
    assert str(made["api_key"]) not in json.dumps(listed)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("create_partner", "--name", "  "), "invalid_input"),
        (("create_partner", "--name", "x" * 121), "invalid_input"),
        (("create_key", "--partner", "nobody"), "not_found"),
        (("list_keys", "--partner", "nobody"), "not_found"),
        (("revoke_key", "--partner", "nobody", "--key-id", "none"), "not_found"),
        (("create_store", "--partner", "nobody", "--name", "Loja", "--cnpj", CNPJ), "not_found"),
        (("create_store", "--partner", "nobody", "--name", "Loja", "--cnpj", "11222333000182"), "invalid_input"),
        (("create_store", "--partner", "nobody", "--name", "Loja", "--cnpj", CNPJ, "--bank", "999"), "invalid_input"),
    ],
)
def test_what_is_refused(
    table: Table, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (1, "")
    assert err.startswith(f"{code}: ")


def test_a_partner_has_so_many_stores_and_no_more(
    partner: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration_module, "MAX_STORES", 2)
    create = ("create_store", "--partner", partner, "--name", "Loja", "--cnpj", CNPJ)
    done(capsys, *create)
    done(capsys, *create)
    status, _, err = run(capsys, *create)
    assert status == 1
    assert err.startswith("too_many_stores: ")


def test_a_client_shows_its_secret_once_and_ends_once(
    table: Table, partner: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = done(capsys, "create_client", "--partner", partner, "--scope", "api-caas", "--scope", "api-external")
    second = done(capsys, "create_client", "--partner", partner)
    assert (made["client_id"], second["client_id"]) == (1, 2)
    assert made["scopes"] == ["api-caas", "api-external"]
    assert second["scopes"] == ["api-external", "api-caas", "api-bu-caas"]
    secret = str(made["client_secret"])
    assert re.fullmatch(r"ls_[A-Za-z0-9_-]{43}", secret)
    kept = table.get(keys.client(1))
    assert kept is not None
    assert kept["digest"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(kept)
    revoke = ("revoke_client", "--partner", partner, "--client-id", "1")
    first, again = done(capsys, *revoke), done(capsys, *revoke)
    assert first["revoked_at"]
    assert first == again
    listed = done(capsys, "list_clients", "--partner", partner)
    del second["client_secret"]
    assert listed == {"clients": [first, second]}


@pytest.mark.parametrize(
    "arguments",
    [("create_client",), ("list_clients",), ("revoke_client", "--client-id", "1")],
    ids=lambda each: each[0],
)
def test_clients_of_nobody(table: Table, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    status, _, err = run(capsys, arguments[0], "--partner", "nobody", *arguments[1:])
    assert status == 1
    assert err.startswith("not_found: ")


def test_the_payers_key_comes_from_standard_input_and_is_never_shown(
    table: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("payer-key-1\n", "payer-key-2"):
        monkeypatch.setattr("sys.stdin", StringIO(text))
        assert done(capsys, "set_payer_key") == {"secret": "payer"}
        assert Secrets(SECRETS_PREFIX).read("payer") == {"api_key": text.strip()}


@pytest.mark.parametrize("text", ["", " \n", "two\nlines", "ключ", "x" * 4097])
def test_what_is_no_key_of_the_payer(
    table: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(text))
    status, out, err = run(capsys, "set_payer_key")
    assert (status, out) == (1, "")
    assert err.startswith("invalid_input: ")
    assert Secrets(SECRETS_PREFIX).read("payer") is None


KEYS = {"idclient": "lastro-1", "apikey": "chave-1"}
KEYS_SECRET = "bureaus/integrators/connect_sa"


def test_integrator_keys_come_from_standard_input_and_are_never_shown(
    table: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for given in (KEYS, {**KEYS, "apikey": "chave-2"}):
        monkeypatch.setattr("sys.stdin", StringIO(json.dumps(given)))
        assert done(capsys, "set_integrator_keys", "--bureau", "connect_sa") == {"secret": KEYS_SECRET}
        assert Secrets(SECRETS_PREFIX).read(KEYS_SECRET) == given


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "keys: Send a JSON object with idclient, apikey."),
        ("[]", "keys: Send a JSON object with idclient, apikey."),
        ('{"idclient": "lastro-1"}', "apikey: "),
        (json.dumps({**KEYS, "idclient": "ключ"}), "idclient: "),
        (json.dumps({**KEYS, "outra": "x"}), "outra: There is no key outra."),
    ],
)
def test_what_are_no_integrator_keys(
    table: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, complaint: str
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(text))
    status, out, err = run(capsys, "set_integrator_keys", "--bureau", "connect_sa")
    assert (status, out) == (1, "")
    assert err.startswith(f"invalid_input: {complaint}")
    assert Secrets(SECRETS_PREFIX).read(KEYS_SECRET) is None


def test_a_bureau_without_integrator_keys(
    table: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(json.dumps(KEYS)))
    status, _, err = run(capsys, "set_integrator_keys", "--bureau", "serasa")
    assert (status, err) == (1, "not_found: No such bureau wants integrator keys.\n")


@pytest.mark.parametrize(
    ("option", "value", "field"),
    [
        ("--uf", "zz", "uf"),
        ("--city", "São\x00Paulo", "city"),
        ("--name", "Loja\u202e", "name"),
        ("--name", "Jo\ufffdo", "name"),
    ],
)
def test_a_store_is_named_and_placed_as_every_other_text(
    partner: str, capsys: pytest.CaptureFixture[str], option: str, value: str, field: str
) -> None:
    given = {"--partner": partner, "--name": "Centro", "--cnpj": CNPJ, option: value}
    code, out, err = run(capsys, "create_store", *(part for pair in given.items() for part in pair))
    assert (code, out) == (1, "")
    assert err.startswith(f"invalid_input: {field}: ")
    assert value not in err


def test_a_state_is_kept_in_capitals(table: Table, partner: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--uf", "sp", "--city", " São  Paulo ")
    made = done(capsys, "create_store", "--partner", partner, "--name", "Centro", "--cnpj", CNPJ, *place)
    item = table.get(keys.store(int(str(made["store_id"]))))
    assert item is not None
    assert (item["uf"], item["city"]) == ("SP", "São Paulo")


def test_without_aws_keys_the_reason_is_told(
    table: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NoCredentialsError

    monkeypatch.setattr(Table, "write", refuse)
    code, out, err = run(capsys, "create_partner", "--name", "Rede")
    assert (code, out) == (1, "")
    assert err == "aws: Unable to locate credentials\n"


def test_without_a_table_the_missing_variable_is_named(
    table: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LASTRO_TABLE")
    code, out, err = run(capsys, "create_partner", "--name", "Rede")
    assert (code, out) == (1, "")
    assert err == "LASTRO_TABLE is not set: it names what the command works on\n"
