"""Who works for a partner: its own credentials, and the people of its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.access.errors import PARTNER_GONE
from lastro.access.model import Partner
from lastro.access.staff.model import StaffMember
from lastro.access.stores.opening import own_store
from lastro.access.stores.requests import ListSellers
from lastro.access.views import Account, RoleView, User, UserAnswer, UserList
from lastro.kernel.calendar import format_moment
from lastro.kernel.callers.caller import Caller, Role
from lastro.kernel.callers.jobs import Job
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.access.staff.store import StaffStore
    from lastro.access.store import AccessStore

_ROLES = {
    Role.MEMBER: RoleView(id=1, identifier="partner_api", name="Integração de parceiro"),
    Role.READER: RoleView(id=2, identifier="partner_reader", name="Integração de parceiro, só leitura"),
}
_JOBS = {
    Job.MANAGER: RoleView(id=3, identifier="manager", name="Gestor"),
    Job.ANALYST: RoleView(id=4, identifier="analyst", name="Analista"),
    Job.APPROVER: RoleView(id=5, identifier="approver", name="Aprovador"),
    Job.BROKER: RoleView(id=6, identifier="broker", name="Corretor"),
    Job.AGENCY: RoleView(id=7, identifier="agency", name="Imobiliária"),
    Job.OPERATOR: RoleView(id=8, identifier="operator", name="Operador"),
}


@dataclass(frozen=True)
class Users:
    """The users of one partner."""

    directory: AccessStore
    people: StaffStore

    def show(self, caller: Caller) -> UserAnswer:
        """The principal of the caller's credential. Raises ``NotFound`` when partner or person is gone."""
        partner = self._partner(caller)
        if caller.job is None:
            return UserAnswer(user=_view_partner(partner, caller.role))
        member = self.people.find(caller.partner_id, caller.principal)
        if member is None:
            raise PARTNER_GONE()
        return UserAnswer(user=_view_member(member, partner))

    def name_seller(self, number: int, store_id: int, caller: Caller) -> str | None:
        """What the user of this number is called who may sell in one of the caller's stores; ``None`` for nobody.

        Raises ``NotFound`` when the partner is gone.
        """
        partner = self._partner(caller)
        if partner.number == number:
            return partner.name
        return next((each.name for each in self._people({store_id}, caller) if each.number == number), None)

    def list_sellers(self, request: ListSellers, caller: Caller) -> UserList:
        """Whoever may sell in a store: the partner itself, for what its program sells, and the people of its panel who
        see the store. Without a store, those who see one of the caller's. Raises as ``own_store``, and ``NotFound``.
        """
        partner = self._partner(caller)
        chosen = request.store_id or caller.chosen_store
        stores = {own_store(self.directory, chosen, caller).id} if chosen else set(caller.store_ids)
        found = [_view_member(member, partner) for member in self._people(stores, caller)]
        users = [_view_partner(partner, Role.MEMBER), *found]
        return UserList(users=sorted(users, key=lambda user: user.id))

    def _people(self, stores: set[int], caller: Caller) -> list[StaffMember]:
        """The people of the panel who may sell in one of these stores, as far as the caller sees them."""
        return [
            member
            for member in self.people.list_of(caller.partner_id)
            if member.disabled_at is None
            and member.sees_any(stores)
            and (caller.panel is None or member.binding.panel is caller.panel)
        ]

    def _partner(self, caller: Caller) -> Partner:
        partner = self.directory.find_partner(caller.partner_id)
        if partner is None:
            raise PARTNER_GONE()
        return partner


def _view_partner(partner: Partner, role: Role) -> User:
    moment = format_moment(partner.created_at)
    return User(
        id=partner.number,
        uuid=partner.id,
        name=partner.name,
        account_name=partner.name,
        role=_ROLES[role],
        account=_account(partner),
        created_at=moment,
        updated_at=moment,
    )


def _view_member(member: StaffMember, partner: Partner) -> User:
    moment = format_moment(member.created_at)
    return User(
        id=member.number,
        uuid=member.id,
        name=member.name,
        email=member.email,
        account_name=partner.name,
        role=_JOBS[member.job],
        account=_account(partner),
        created_at=moment,
        updated_at=moment,
    )


def _account(partner: Partner) -> Account:
    return Account(id=partner.number, name=partner.name)
