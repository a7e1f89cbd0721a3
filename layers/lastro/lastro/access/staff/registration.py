"""What the operator does about people of the panel: they come into being here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from pydantic_core import PydanticCustomError

from lastro.access.errors import ADDRESS_TAKEN, NO_STORE, NOT_AN_EMAIL, UNKNOWN_PARTNER, UNKNOWN_STAFF_MEMBER
from lastro.access.staff.model import PASSWORD_BYTES, StaffMember, read_email, spell_password
from lastro.access.staff.store import StaffStore
from lastro.access.store import AccessStore
from lastro.aws.pools.staff_pool import StaffPool
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.jobs import Job
from lastro.kernel.callers.people import name_person
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.wire.text import Line

_NAME = Line(120)


class Staff:
    """People of the panel over the table and the pool."""

    def __init__(
        self,
        people: StaffStore,
        register: AccessStore,
        pool: StaffPool,
        clock: Clock,
        new_id: Callable[[], UUID],
        randomness: Callable[[int], bytes],
    ) -> None:
        self._people = people
        self._register = register
        self._pool = pool
        self._clock = clock
        self._new_id = new_id
        self._randomness = randomness

    def create(
        self,
        partner_id: str,
        name: str,
        email: str,
        job: Job,
        stores: Sequence[int] = (),
        lasting_password: str | None = None,
    ) -> tuple[str, StaffMember]:
        """A person and the password of the first login, to be shown this once and replaced there.

        Without stores the person sees all of the partner's. The pool comes first: somebody there whom the table does
        not know opens nothing. Raises ``NotFound``, ``InvalidInput`` and ``Conflict`` for an address that is taken.
        """
        told, address = self._check(partner_id, name, email, stores)
        member = StaffMember(
            str(self._new_id()),
            self._register.reserve_user_number(),
            partner_id,
            told,
            address,
            job,
            self._clock.now(),
            tuple(stores) or None,
        )
        password = lasting_password or spell_password(self._randomness(PASSWORD_BYTES))
        username = name_person(partner_id, member.id)
        self._pool.create(username, job.value, password, lasting=lasting_password is not None)
        self._people.put(member)
        return password, member

    def disable(self, partner_id: str, person_id: str) -> StaffMember:
        """End a person's access; one that has ended keeps its moment. Raises ``NotFound``.

        The table comes first, so that no token opens anything from then on but for the minute that API Gateway keeps an
        answer of the authorizer; a repetition finishes what was cut short.
        """
        member = self._people.find(partner_id, person_id)
        if member is None:
            raise UNKNOWN_STAFF_MEMBER()
        if member.disabled_at is None:
            moment = self._clock.now()
            member = replace(member, disabled_at=moment)
            self._people.disable(member, moment)
        self._pool.disable(name_person(partner_id, person_id))
        return member

    def _check(self, partner_id: str, name: str, email: str, stores: Sequence[int]) -> tuple[str, str]:
        try:
            told = _NAME.read(name)
        except PydanticCustomError as error:
            raise InvalidInput([FieldError("name", error.type, error.message())]) from error
        try:
            address = read_email(email)
        except ValueError as error:
            raise InvalidInput([NOT_AN_EMAIL.at("email")]) from error
        standing = self._register.find_standing(partner_id)
        if standing is None:
            raise UNKNOWN_PARTNER()
        foreign = [store for store in stores if store not in standing.store_ids]
        if foreign:
            raise InvalidInput([NO_STORE.at("store", store=store) for store in foreign])
        if self._people.find_login(address) is not None:
            raise ADDRESS_TAKEN()
        return told, address
