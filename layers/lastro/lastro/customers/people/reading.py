"""Reading customers: one, by document, and in lists of one query a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lastro.customers.errors import (
    CURSOR_OF_NAMES,
    CUSTOMER_NOT_FOUND,
    PAGE_TOO_FAR,
    TOO_MANY_NAMED,
    WRONG_CURSOR,
)
from lastro.customers.people.domains import DOMAINS
from lastro.customers.people.model import Customer, fold_name, name_key
from lastro.customers.people.requests import FindCustomer, ListCustomerDomains, ListCustomers, SearchCustomer, Sort
from lastro.customers.people.views import (
    CustomerAnswer,
    CustomerDomainLists,
    CustomerList,
    view_choice,
    view_customer,
)
from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import place_behind, spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from lastro.customers.people.store import CustomerStore

MOST_SKIPPED = 10_000
MOST_NAMED = 1_000
_LONGEST_ID = 12
_PLACE = re.compile(r"[0-9TZ:.-]{20,30}#[0-9]{12}")
_CLASS_PLACE = re.compile(r"[0-9]/[0-9TZ:.-]{20,30}#[0-9]{12}")
_NAME_PLACE = re.compile(r"[^\t]{1,600}\t[0-9TZ:.-]{20,30}#[0-9]{12}")


@dataclass(frozen=True)
class CustomerReading:
    """A partner's customers; another's are not found."""

    store: CustomerStore
    clock: Clock

    def show(self, request: FindCustomer, caller: Caller) -> CustomerAnswer:
        """Raises ``NotFound``."""
        return self._read(self.store.find(caller.partner_id, request.customer_id))

    def find_personal_fields(self, customer_id: str, caller: Caller) -> Mapping[str, Sequence[str]]:
        """What screens mask of a customer, by field; nothing where it is not known. Raises ``NotFound``."""
        known = customer_id.isascii() and customer_id.isdigit() and len(customer_id) <= _LONGEST_ID
        customer = self.store.find(caller.partner_id, int(customer_id)) if known else None
        if customer is None:
            raise CUSTOMER_NOT_FOUND()
        data = customer.data
        return {
            "document": [customer.document.value],
            "birth_date": [data["born_at"]] if data.get("born_at") else [],
            "emails": [each["address"] for each in data.get("emails", ())],
            "phones": [f"{each['code']}{each['number']}" for each in data.get("phones", ())],
            "mother": [data["mother"]] if data.get("mother") else [],
        }

    def search(self, request: SearchCustomer, caller: Caller) -> CustomerAnswer:
        """Who has this document. Raises ``NotFound``."""
        document = request.cpf_cnpj or request.cpf or request.cnpj or ""
        return self._read(self.store.find_by_document(caller.partner_id, parse_document(document)))

    def list_page(self, request: ListCustomers, caller: Caller) -> CustomerList:
        """One page: one query and one read of its customers.

        Raises ``InvalidInput`` for a page beyond the first ten thousand, for a cursor that was never given, and for a
        name of more than a thousand customers where they are to be sorted by creation.
        """
        if request.customer_class_id is not None:
            return self._list_of_class(request.customer_class_id, request, caller)
        if request.cpf_cnpj is not None:
            return self._list_one(request, caller)
        named = name_key(request.name) if request.name else ""
        sort = request.sort or (Sort.NAME_ASC if named else Sort.CREATED_AT_DESC)
        by_name = sort in (Sort.NAME_ASC, Sort.NAME_DESC)
        descending = sort in (Sort.NAME_DESC, Sort.CREATED_AT_DESC)
        skip = 0 if request.cursor else (request.page - 1) * request.per_page
        if skip + request.per_page > MOST_SKIPPED:
            raise InvalidInput([PAGE_TOO_FAR.at("page", most=MOST_SKIPPED)])
        if named and not by_name:
            return self._list_named_by_creation(request, caller, named, skip, descending=descending)
        found = self.store.list_ids(
            caller.partner_id,
            by_name=by_name,
            begins=named,
            after=_place_of(request.cursor, by_name=by_name),
            descending=descending,
            skip=skip,
            limit=request.per_page + 1,
        )
        page = found[: request.per_page]
        cursor = spell_cursor(page[-1][0], "customers") if len(found) > len(page) else None
        return self._answer([each for _, each in page], request, caller, cursor)

    def _read(self, customer: Customer | None) -> CustomerAnswer:
        if customer is None:
            raise CUSTOMER_NOT_FOUND()
        return CustomerAnswer(customer=view_customer(customer, local_date(self.clock.now())))

    def _list_one(self, request: ListCustomers, caller: Caller) -> CustomerList:
        found = self.store.find_by_document(caller.partner_id, parse_document(request.cpf_cnpj or ""))
        wanted = fold_name(request.name or "")
        today = local_date(self.clock.now())
        shown = [found] if found and fold_name(found.name).startswith(wanted) and request.page == 1 else []
        return CustomerList(customers=[view_customer(each, today) for each in shown], next_cursor=None)

    def _list_of_class(self, class_id: int, request: ListCustomers, caller: Caller) -> CustomerList:
        shard, after = _place_in_class(request.cursor)
        found = self.store.list_of_class(caller.partner_id, class_id, shard, after, request.per_page + 1)
        page = found[: request.per_page]
        cursor = spell_cursor(f"{page[-1][0]}/{page[-1][1]}", "customers") if len(found) > len(page) else None
        stored = self.store.find_many(caller.partner_id, [number for _, _, number in page])
        today = local_date(self.clock.now())
        # An index tells late who left the class.
        members = [
            stored[number]
            for _, _, number in page
            if number in stored and (is_of := stored[number].standing.found) and is_of.class_id == class_id
        ]
        return CustomerList(customers=[view_customer(each, today) for each in members], next_cursor=cursor)

    def _list_named_by_creation(
        self, request: ListCustomers, caller: Caller, named: str, skip: int, *, descending: bool
    ) -> CustomerList:
        if request.cursor:
            raise InvalidInput([CURSOR_OF_NAMES.at("cursor")])
        found = self.store.list_ids(caller.partner_id, by_name=True, begins=named, limit=MOST_NAMED + 1)
        if len(found) > MOST_NAMED:
            raise InvalidInput([TOO_MANY_NAMED.at("name", most=MOST_NAMED)])
        ordered = sorted(found, key=lambda each: each[0].partition("\t")[2], reverse=descending)
        return self._answer([each for _, each in ordered[skip : skip + request.per_page]], request, caller, None)

    def _answer(self, ids: Sequence[int], request: ListCustomers, caller: Caller, cursor: str | None) -> CustomerList:
        stored = self.store.find_many(caller.partner_id, ids)
        named = fold_name(request.name or "")
        found = [stored[each] for each in ids if each in stored]
        # An index follows its rows within moments, and knows no more of a long name than its beginning.
        today = local_date(self.clock.now())
        shown = [view_customer(each, today) for each in found if fold_name(each.name).startswith(named)]
        return CustomerList(customers=shown, next_cursor=cursor)


def list_domains(request: ListCustomerDomains) -> CustomerDomainLists:
    """The closed lists asked for, all of them when none is named."""
    wanted: Sequence[str] = request.types or sorted(DOMAINS)
    return CustomerDomainLists(
        domains={name: [view_choice(choice) for choice in DOMAINS[name].values()] for name in wanted}
    )


def _place_in_class(cursor: str | None) -> tuple[int, str]:
    try:
        shard, _, place = place_behind(cursor, _CLASS_PLACE, "customers").partition("/") if cursor else ("0", "", "")
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
    return int(shard), place


def _place_of(cursor: str | None, *, by_name: bool) -> str:
    try:
        return place_behind(cursor, _NAME_PLACE if by_name else _PLACE, "customers") if cursor else ""
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
