"""No operation of the published description tells or changes anything of somebody else's.

Every operation is found in the description by itself and asked with the credentials of another partner, of another
store of the same partner, of another panel and of each role, about what the first partner's first store has and about
what nobody has. Whoever may not see a thing is answered alike in both cases, reads none of its marks, and leaves its
rows as they were. The owner's answers prove that the two cases differ and that the marks are there to be read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from botocore.exceptions import ClientError

from lastro.aws.clients import open_client
from lastro.kernel.callers.jobs import Job
from lastro.kernel.callers.scopes import Scope
from tests.functions.api.described import PATHS
from tests.functions.invocation import Answer
from tests.functions.tenants.operations import OPERATIONS, Operation, Request, requests_of
from tests.functions.tenants.world import ABSENT, BOUND, PANEL, PARTNER, STORE, Credential, World, ask

CATALOGUES = {"list_domains", "list_customer_domains", "list_banks", "list_bureaus"}
"""Lists that are the same for everybody."""
COMES_WITH_DAYS = {"list_collection_runs", "list_negativation_deadlines", "list_requests"}
"""Lists of what daily runs make, and of calls once they are told of: asked of everybody, empty for the owner too."""
READ_WITH_EFFECT = {
    *("take_proposal_ownership", "leave_proposal_ownership"),
    *("activate_plus_return_rule", "deactivate_plus_return_rule"),
    *("activate_store", "deactivate_store", "link_store_banks"),
}
"""GETs that change something, as the public client has them: closed to who only reads."""
NAMED_BY_WHO_PUTS = {"put_approval_authority"}
"""Who puts a thing names it: one that was not there is answered as one that was."""
OPEN_TO_PEOPLE = {
    each["operationId"]
    for methods in PATHS.values()
    for each in methods.values()
    if {"personToken": []} in each["security"]
}
"""Calls of people of the portal, which no credential of a partner opens (``test_portal_roles.py`` asks as people)."""
TOKEN = " ".join(Scope)

SELLING = (Job.BROKER, Job.AGENCY)
"""Jobs whose people work in a panel of their own."""

Intruder = tuple[Callable[[World], Credential], frozenset[str]]


def _of_store(world: World, *store_ids: int, **more: str) -> Credential:
    """The first partner's credential, bound to these stores."""
    return Credential(world.owner.partner_id, "", "", store_ids, {"bound": "stores", **more})


def _person(job: Job) -> dict[str, str]:
    """What the authorizer says of somebody who logged in to the panel."""
    panel = {"panel": job.value} if job in SELLING else {}
    return {**panel, "job": job.value, "acts_as": "bia@example.com"}


def _at_another_store(job: Job) -> Intruder:
    return lambda world: _of_store(world, world.second_store, **_person(job)), frozenset({STORE, BOUND})


def _in_its_panel(job: Job) -> Intruder:
    return lambda world: replace(world.owner, more=_person(job)), frozenset({PANEL})


INTRUDERS: dict[str, Intruder] = {
    "another partner": (lambda world: world.stranger, frozenset({PARTNER})),
    "another partner's token": (
        lambda world: replace(world.stranger, more={"scopes": TOKEN, "principal": "9"}, store_id=None),
        frozenset({PARTNER}),
    ),
    "another partner naming the store": (
        lambda world: replace(world.stranger, store_id=world.owner.store_id),
        frozenset({PARTNER}),
    ),
    "another store chosen": (lambda world: replace(world.owner, store_id=world.second_store), frozenset({STORE})),
    "bound to another store": (lambda world: _of_store(world, world.second_store), frozenset({STORE, BOUND})),
    "bound to two others": (
        lambda world: _of_store(world, world.second_store, world.third_store),
        frozenset({STORE, BOUND}),
    ),
    "a token bound to another store": (
        lambda world: _of_store(world, world.second_store, scopes=TOKEN, principal="7"),
        frozenset({STORE, BOUND}),
    ),
    "bound, naming the store": (
        lambda world: replace(_of_store(world, world.second_store), store_id=world.owner.store_id),
        frozenset({STORE, BOUND}),
    ),
    "another panel": (lambda world: replace(world.owner, more={"panel": "broker"}), frozenset({PANEL})),
    "another store and panel": (
        lambda world: _of_store(world, world.second_store, panel="broker"),
        frozenset({STORE, BOUND, PANEL}),
    ),
    "a reader of another store": (
        lambda world: _of_store(world, world.second_store, role="reader"),
        frozenset({STORE, BOUND}),
    ),
    "a person of another partner's panel": (
        lambda world: replace(world.stranger, more=_person(Job.MANAGER)),
        frozenset({PARTNER}),
    ),
    **{f"{job} of another store": _at_another_store(job) for job in Job if job not in SELLING},
    **{f"{job} in its own panel": _in_its_panel(job) for job in SELLING},
    "a person of another partner's portal": (
        lambda world: Credential(world.stranger.partner_id, "", "", (), {"scopes": "", "person": ABSENT, "login": "1"}),
        frozenset({PARTNER}),
    ),
    "a credential without scopes": (
        lambda world: replace(world.owner, more={"scopes": ""}),
        frozenset({PARTNER, STORE, BOUND, PANEL}),
    ),
}


def in_turn() -> Iterator[Operation]:
    """Readings first, then what writes on things, then what makes new ones."""
    return iter(sorted(OPERATIONS, key=lambda each: (not each.reads, not list(each.variables()), each.name)))


def told(answer: Answer) -> str:
    """All that an answer tells, files behind its addresses too."""
    texts = [answer.text, *answer.headers.values()]
    for address in re.findall(r"https://[^\"\s]*amazonaws\.com/[^\"\s]*Signature=", answer.text):
        parts = urlsplit(address)
        bucket, path = parts.netloc.split(".")[0], unquote(parts.path).removeprefix("/")
        if bucket == "s3":
            bucket, _, path = path.partition("/")
        try:
            texts.append(_text(open_client("s3").get_object(Bucket=bucket, Key=path)["Body"].read()))
        except ClientError as error:
            # An address to send a file to.
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
    return "\n".join(texts)


def _text(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", errors="replace") for name in packed.namelist())


def likened(request: Request, answer: Answer) -> tuple[int, str]:
    """An answer without the names that were asked for."""
    text = re.sub(r'"request_id":\s*"[^"]*"', "", answer.text)
    for thing in request.things:
        for name in (thing.name, thing.absent):
            text = text.replace(name, "…")
    return answer.status, text


@pytest.mark.parametrize("name", INTRUDERS)
def test_nothing_of_it_is_told_or_changed(world: World, name: str) -> None:
    make, bounds = INTRUDERS[name]
    who, marks = make(world), world.hidden(bounds)
    leaks = []
    for operation in in_turn():
        for request in requests_of(operation, world.places, world.fields):
            answer = ask(who, request)
            text = told(answer)
            leaks += [f"{operation.name} tells {mark}: {answer.status}" for mark in marks if mark in text]
            if request.absent and any(thing.within & bounds for thing in request.things):
                alike = likened(request, answer), likened(request, ask(who, request.absent))
                if alike[0] != alike[1]:
                    leaks.append(f"{operation.name} tells that there is one: {alike}")
    leaks += [f"changed: {key}" for key in world.changed(bounds)]
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("name", [name for name, (_, bounds) in INTRUDERS.items() if bounds & {BOUND, PARTNER}])
def test_a_stored_answer_is_its_senders(world: World, name: str) -> None:
    """The owner's very requests, their Idempotency-Key with them, are new ones from anybody else."""
    make, bounds = INTRUDERS[name]
    who = make(world)
    for request in world.made:
        answer = ask(who, request)
        text = told(answer)
        assert "idempotency_key_reused" not in text, request.operation.name
        told_of = [name for name, within in world.names.items() if within & bounds and name in text]
        assert told_of == [], request.operation.name


def test_a_reader_changes_nothing(world: World) -> None:
    reader = replace(world.owner, more={"role": "reader"})
    for operation in in_turn():
        if not operation.public:
            for request in requests_of(operation, world.places, world.fields):
                answer = ask(reader, request)
                may = operation.reads and operation.name not in READ_WITH_EFFECT
                assert answer.status == (ask(world.owner, request).status if may else 403), operation.name
    assert world.changed(frozenset({PARTNER})) == []


def test_its_owner_is_told_of_it(world: World) -> None:
    """What proves that the others were asked something: there is a thing, and its marks are in the answer."""
    silent = set()
    for operation in in_turn():
        requests = requests_of(operation, world.places, world.fields)
        if not operation.reads:
            world.restore()
        if not any(_tells(world, request) for request in requests):
            silent.add(operation.name)
    named = {
        each.name for each in OPERATIONS if any(one.things for one in requests_of(each, world.places, world.fields))
    }
    mute = {each.name for each in OPERATIONS if each.public or each.name in CATALOGUES or not each.reads}
    assert silent - (mute - named) - COMES_WITH_DAYS - NAMED_BY_WHO_PUTS - OPEN_TO_PEOPLE == set()


def _tells(world: World, request: Request) -> bool:
    """Whether the owner is told what it has: by a mark, or by another answer than about what there is not."""
    if not request.things or request.absent is None:
        return any(mark in told(ask(world.owner, request)) for mark in world.marks)
    absent = likened(request, ask(world.owner, request.absent, keyed=False))
    return likened(request, ask(world.owner, request, keyed=False)) != absent
