"""The operator command: ``python -m lastro.operator.command create_partner --name "Rede Exemplo"``.

Prints one JSON object per call. ``LASTRO_TABLE`` names the table; ``AWS_ENDPOINT_URL`` points at the local cloud,
without it the usual AWS credentials apply. An API key or a client's secret is printed once and kept nowhere: only its
hash is stored. A key that somebody gave us (``set_payer_key``, ``set_integrator_keys``) is read from standard input,
never from the command line, and needs ``LASTRO_SECRETS_PREFIX``, the name of the stack.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from lastro.access.bindings import spell_binding
from lastro.access.clients.model import Client
from lastro.access.clients.store import ClientStore
from lastro.access.errors import INVALID_CNPJ, PAYER_KEY
from lastro.access.model import ApiKey
from lastro.access.registration import Registration
from lastro.access.staff.model import StaffMember
from lastro.access.staff.store import StaffStore
from lastro.access.store import AccessStore
from lastro.access.wiring import open_staff
from lastro.aws.clients import AWS_FAULTS
from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from lastro.aws.settings import MissingSetting, read_setting
from lastro.bureaus.service import check_integrator_keys, integrator_secret
from lastro.kernel.calendar import CLOCK, format_moment
from lastro.kernel.callers.caller import Binding, Panel, Role, StatusSpelling
from lastro.kernel.callers.jobs import Job
from lastro.kernel.callers.limits import Limits
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.documents import Cnpj, InvalidDocument
from lastro.kernel.errors import InvalidInput, LastroError
from lastro.operator.catalogues import load_catalogue
from lastro.operator.filling import fill_protocols
from lastro.operator.holds import hold_person, lift_hold
from lastro.operator.panels import list_in_panels
from lastro.vendors.payer.key import FIELD
from lastro.vendors.payer.key import NAME as PAYER

Answer = dict[str, Any]


def open_registration() -> Registration:
    """The operator's use cases on the table ``LASTRO_TABLE`` names, with the machine's clock and randomness."""
    table = Table()
    return Registration(AccessStore(table), ClientStore(table), CLOCK, uuid.uuid4, secrets.token_bytes)


def create_partner(registration: Registration, name: str) -> Answer:
    partner = registration.create_partner(name)
    return {"partner_id": partner.id, "name": partner.name, "created_at": format_moment(partner.created_at)}


def create_store(
    registration: Registration,
    partner_id: str,
    name: str,
    cnpj: str,
    banks: Sequence[str] = (),
    uf: str | None = None,
    city: str | None = None,
) -> Answer:
    """Raises ``InvalidInput`` for a wrong CNPJ beside what ``Registration.create_store`` raises."""
    try:
        document = Cnpj.parse(cnpj)
    except InvalidDocument as error:
        raise InvalidInput([INVALID_CNPJ.at("cnpj")]) from error
    store = registration.create_store(partner_id, name, document, banks, uf=uf, city=city)
    return {
        "store_id": store.id,
        "partner_id": store.partner_id,
        "name": store.name,
        "banks": {code: link.status for code, link in store.banks.items()},
    }


def create_key(registration: Registration, partner_id: str, **bounds: Any) -> Answer:
    """The only answer that ever holds the key itself. ``bounds``: see ``_binding``."""
    text, key = registration.create_key(partner_id, _binding(**bounds))
    return {"api_key": text, **_describe_key(key)}


def bind_key(registration: Registration, partner_id: str, key_id: str, **bounds: Any) -> Answer:
    return _describe_key(registration.bind_key(partner_id, key_id, _binding(**bounds)))


def set_limits(
    registration: Registration,
    partner_id: str,
    requests_a_second: int | None = None,
    simulations_in_flight: int | None = None,
) -> Answer:
    """``None`` is what the deployment allows everybody."""
    limits = registration.set_limits(partner_id, Limits(requests_a_second, simulations_in_flight))
    return {"partner_id": partner_id, **asdict(limits)}


def list_keys(registration: Registration, partner_id: str) -> Answer:
    return {"keys": [_describe_key(key) for key in registration.list_keys(partner_id)]}


def revoke_key(registration: Registration, partner_id: str, key_id: str) -> Answer:
    return _describe_key(registration.revoke_key(partner_id, key_id))


def create_client(registration: Registration, partner_id: str, scopes: Sequence[str] = (), **bounds: Any) -> Answer:
    """The only answer that ever holds the secret itself. ``bounds``: see ``_binding``."""
    wanted = tuple(map(Scope, scopes)) or tuple(Scope)
    secret, client = registration.create_client(partner_id, wanted, _binding(**bounds))
    return {"client_secret": secret, **_describe_client(client)}


def bind_client(registration: Registration, partner_id: str, client_id: int, **bounds: Any) -> Answer:
    return _describe_client(registration.bind_client(partner_id, client_id, _binding(**bounds)))


def _binding(stores: Sequence[int] = (), panel: str | None = None, role: str = Role.MEMBER) -> Binding:
    """No store: every one of the partner's; no panel: any."""
    return Binding(tuple(dict.fromkeys(stores)) or None, Panel(panel) if panel else None, Role(role))


def list_clients(registration: Registration, partner_id: str) -> Answer:
    return {"clients": [_describe_client(client) for client in registration.list_clients(partner_id)]}


def revoke_client(registration: Registration, partner_id: str, client_id: int) -> Answer:
    return _describe_client(registration.revoke_client(partner_id, client_id))


def set_status_spelling(registration: Registration, partner_id: str, client_id: int, spelling: str) -> Answer:
    return _describe_client(registration.spell_statuses(partner_id, client_id, StatusSpelling(spelling)))


def create_person(
    _: Registration,
    partner_id: str,
    name: str,
    email: str,
    job: str,
    stores: Sequence[int] = (),
    lasting_password: str | None = None,
) -> Answer:
    """The only answer that ever holds the password of the first login, which is replaced there.

    ``lasting_password`` is for the local cloud's people alone; the command does not take one.
    """
    password, member = open_staff().create(partner_id, name, email, Job(job), stores, lasting_password)
    return {"password": password, **_describe_person(member)}


def list_people(registration: Registration, partner_id: str) -> Answer:
    registration.list_keys(partner_id)
    return {"people": [_describe_person(member) for member in StaffStore(Table()).list_of(partner_id)]}


def disable_person(_: Registration, partner_id: str, person_id: str) -> Answer:
    return _describe_person(open_staff().disable(partner_id, person_id))


MAX_KEY = 4096


def set_payer_key(_: Registration, text: str) -> Answer:
    """Keep our key at the payer in the vault of the stack that ``LASTRO_SECRETS_PREFIX`` names.

    Raises ``InvalidInput`` for a text that cannot be a key.
    """
    key = text.strip()
    if not key or len(key) > MAX_KEY or not key.isascii() or not key.isprintable():
        raise InvalidInput([PAYER_KEY.at(FIELD, most=MAX_KEY)])
    Secrets(read_setting("LASTRO_SECRETS_PREFIX")).store(PAYER, {FIELD: key})
    return {"secret": PAYER}


def set_integrator_keys(_: Registration, bureau: str, text: str) -> Answer:
    """Keep the keys a bureau gave to this system, a JSON object, in the vault of the stack.

    Raises ``NotFound`` for a bureau that wants none and ``InvalidInput`` naming the wrong keys.
    """
    try:
        keys = json.loads(text)
    except ValueError:
        keys = None
    name = integrator_secret(bureau)
    Secrets(read_setting("LASTRO_SECRETS_PREFIX")).store(name, check_integrator_keys(bureau, keys))
    return {"secret": name}


def _describe_client(client: Client) -> Answer:
    return {
        "client_id": client.id,
        "partner_id": client.partner_id,
        "scopes": [scope.value for scope in client.scopes],
        "created_at": format_moment(client.created_at),
        "revoked_at": format_moment(client.revoked_at),
        "status_spelling": client.status_spelling.value,
        **spell_binding(client.binding),
    }


def _describe_person(member: StaffMember) -> Answer:
    return {
        "person_id": member.id,
        "partner_id": member.partner_id,
        "name": member.name,
        "email": member.email,
        "job": member.job.value,
        "store_ids": None if member.store_ids is None else list(member.store_ids),
        "created_at": format_moment(member.created_at),
        "disabled_at": format_moment(member.disabled_at),
    }


def _describe_key(key: ApiKey) -> Answer:
    return {
        "key_id": key.id,
        "partner_id": key.partner_id,
        "created_at": format_moment(key.created_at),
        "revoked_at": format_moment(key.revoked_at),
        "expires_at": format_moment(key.expires_at),
        "replaced_by": key.replaced_by,
        **spell_binding(key.binding),
    }


def _add_bounds(made: argparse.ArgumentParser) -> None:
    made.add_argument("--store", dest="stores", action="append", type=int, default=[], metavar="NUMBER")
    made.add_argument("--panel", choices=[panel.value for panel in Panel])
    made.add_argument("--role", choices=[role.value for role in Role], default=Role.MEMBER.value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lastro.operator.command", description="Partners, stores, keys, clients."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def command(run: Callable[..., Answer], summary: str) -> argparse.ArgumentParser:
        made = commands.add_parser(run.__name__, help=summary, description=summary)
        made.set_defaults(run=run)
        return made

    made = command(create_partner, "Create a partner.")
    made.add_argument("--name", required=True)

    made = command(create_store, "Create a store; each bank becomes usable once its credentials are put.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--name", required=True)
    made.add_argument("--cnpj", required=True)
    made.add_argument("--bank", dest="banks", action="append", default=[], metavar="CODE")
    made.add_argument("--uf")
    made.add_argument("--city")

    made = command(set_limits, "Set what a partner may ask for; what is left out is as for everybody.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--requests-a-second", type=int, metavar="NUMBER")
    made.add_argument("--simulations-in-flight", type=int, metavar="NUMBER")

    made = command(create_key, "Create an API key and show it this once.")
    made.add_argument("--partner", dest="partner_id", required=True)

    _add_bounds(made)

    made = command(bind_key, "Bind a key to stores, a panel and a role; what is left out binds it no more.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--key-id", required=True)
    _add_bounds(made)

    made = command(list_keys, "List a partner's keys, never the keys themselves.")
    made.add_argument("--partner", dest="partner_id", required=True)

    made = command(revoke_key, "Revoke a key by its id.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--key-id", required=True)

    made = command(create_client, "Create a client of /client/auth and show its secret this once.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--scope", dest="scopes", action="append", default=[], choices=[scope.value for scope in Scope])

    _add_bounds(made)

    made = command(bind_client, "Bind a client to stores, a panel and a role; what is left out binds it no more.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--client-id", type=int, required=True)
    _add_bounds(made)

    made = command(list_clients, "List a partner's clients, never their secrets.")
    made.add_argument("--partner", dest="partner_id", required=True)

    made = command(revoke_client, "Revoke a client by its number, and its tokens with it.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--client-id", type=int, required=True)

    made = command(
        set_status_spelling, "Choose a client's word for proposals in analysis: PROPOSAL_ANALYSIS or PROPOSAL_ANALISIS."
    )
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--client-id", type=int, required=True)
    made.add_argument("--spelling", required=True, choices=[spelling.value for spelling in StatusSpelling])

    made = command(create_person, "Let a person work with the panel and show its first password this once.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--name", required=True)
    made.add_argument("--email", required=True)
    made.add_argument("--job", required=True, choices=[job.value for job in Job])
    made.add_argument("--store", dest="stores", action="append", type=int, default=[], metavar="NUMBER")

    made = command(list_people, "List a partner's people of the panel.")
    made.add_argument("--partner", dest="partner_id", required=True)

    made = command(disable_person, "End a person's access to the panel, and every login it has.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--person-id", required=True)

    made = command(hold_person, "Hold what a partner keeps of a person: nothing of it is erased.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--document", required=True, metavar="CPF_OR_CNPJ")
    made.add_argument("--reason", required=True)

    made = command(lift_hold, "Lift a hold, whoever set it.")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--hold-id", required=True)
    made.add_argument("--reason", required=True)

    made = command(
        fill_protocols, "Give surveys sent before there were protocols theirs: a round; run it until done is true."
    )
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--seconds", type=int, default=40, choices=range(1, 3601), metavar="1-3600")

    made = command(
        list_in_panels, "Put what brokers and agencies made before their panels had lists into those; may be run again."
    )
    made.add_argument("--partner", dest="partner_id", required=True)

    made = command(load_catalogue, "Put a partner's table of vehicle models in force (docs/vehicles.md).")
    made.add_argument("--partner", dest="partner_id", required=True)
    made.add_argument("--file", required=True, metavar="CSV_OR_JSON_LINES")

    made = command(set_payer_key, "Set our key at the payer, read from standard input.")
    made.set_defaults(reads="text")

    made = command(set_integrator_keys, "Set the keys a bureau gave to this system: a JSON object on standard input.")
    made.add_argument("--bureau", required=True)
    made.set_defaults(reads="text")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 1 when refused or AWS cannot be used, with the reason on standard error."""
    given = vars(_parser().parse_args(arguments))
    run: Callable[..., Answer] = given.pop("run")
    del given["command"]
    if wanted := given.pop("reads", None):
        given[wanted] = sys.stdin.read(2 * MAX_KEY)
    try:
        answer = run(open_registration(), **given)
    except LastroError as error:
        sys.stderr.write(f"{error.code}: {error.detail}\n")
        return 1
    except MissingSetting as error:
        sys.stderr.write(f"{error.name} is not set: it names what the command works on\n")
        return 1
    except AWS_FAULTS as error:
        sys.stderr.write(f"aws: {error}\n")
        return 1
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
