"""Registering and changing customers: one person, one record a partner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from lastro.customers.classes.model import evaluate
from lastro.customers.errors import CUSTOMER_BUSY, CUSTOMER_EXISTS, CUSTOMER_NOT_FOUND
from lastro.customers.people.banks import find_gaps
from lastro.customers.people.model import (
    Customer,
    bare,
    count_parts,
    find_faults,
    lay_over,
    number_parts,
    without_gaps,
)
from lastro.customers.people.requests import BankValidations, CreateCustomer, UpdateCustomer, mismatch
from lastro.customers.people.views import BankValidationsView, CustomerAnswer, view_customer
from lastro.kernel.calendar import Clock, format_moment, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.customers.classes.store import ClassStore
    from lastro.customers.people.store import CustomerStore

_BESIDE_DATA = frozenset({"cpf", "cnpj", "name"})


@dataclass(frozen=True)
class Customers:
    """What writes a customer. The API and the customer's own portal change it through :meth:`change`, which gives it
    the class of its new data.
    """

    store: CustomerStore
    classes: ClassStore
    clock: Clock

    def create(self, request: CreateCustomer, caller: Caller) -> CustomerAnswer:
        """Register a person; the same request again gives the first answer again.

        Raises ``InvalidInput`` with every field that the named banks lack, ``Conflict`` when the partner has a customer
        with this document, or the Idempotency-Key came with another request.
        """
        _check_store(request.bank_validations, caller)
        sent = request.customer
        document = parse_document(sent.cpf or sent.cnpj or "")
        asked = request.model_dump_json(include={"customer", "bank_validations"})
        keyed = KeyedRequest.of(f"create_customer#{caller.holder}", request.idempotency_key, asked)
        data = without_gaps(sent.model_dump(mode="json", exclude=set(_BESIDE_DATA)))

        def create_once() -> CustomerAnswer | None:
            now = self.clock.now()
            before = self.store.look_before(caller.partner_id, document, keyed, now)
            if before.first_answer is not None:
                return CustomerAnswer.model_validate_json(before.first_answer)
            if before.customer_id is not None:
                raise CUSTOMER_EXISTS(customer=before.customer_id)
            customer = Customer(
                id=0,
                partner_id=caller.partner_id,
                document=document,
                name=sent.name,
                created_at=now,
                updated_at=now,
                data=data,
            )
            _check(customer, request.bank_validations, local_date(now))
            numbers = self.store.number(count_parts(data))
            numbered = number_parts(data, {}, numbers, format_moment(now))
            customer = self._classify(replace(customer, id=self.store.reserve_id(), data=numbered))
            answer = _answer(customer, request.bank_validations, local_date(now))
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            return answer if self.store.add(customer, answered) else None

        return until_committed(create_once, CUSTOMER_BUSY)

    def update(self, request: UpdateCustomer, caller: Caller) -> CustomerAnswer:
        """Change what was sent and nothing else; no change makes no version. Raises ``NotFound``, ``InvalidInput``."""
        _check_store(request.bank_validations, caller)
        sent = request.customer
        changes = sent.model_dump(mode="json", exclude_unset=True, exclude={"cpf", "cnpj"})

        def update_once() -> CustomerAnswer | None:
            today = local_date(self.clock.now())
            before = self.store.find(caller.partner_id, request.customer_id)
            if before is None:
                raise CUSTOMER_NOT_FOUND()
            if wrong := mismatch(sent, before.document):
                raise InvalidInput(wrong)
            after = self.change(before, changes)
            _check(after, request.bank_validations, today)
            answer = _answer(after, request.bank_validations, today)
            return answer if after is before or self.store.replace(after) else None

        return until_committed(update_once, CUSTOMER_BUSY)

    def change(self, customer: Customer, changes: dict[str, Any]) -> Customer:
        """The next version of a customer, itself where nothing changes. ``changes`` are canonical, ``None`` clears."""
        left = dict(changes)
        name = left.pop("name", None) or customer.name
        known = bare(customer.data)
        wanted = lay_over(known, left)
        if wanted == known and name == customer.name:
            return customer
        now = self.clock.now()
        numbers = self.store.number(count_parts(wanted))
        data = number_parts(wanted, customer.data, numbers, format_moment(now))
        version = customer.version + 1
        return self._classify(replace(customer, name=name, data=data, updated_at=now, version=version))

    def _classify(self, customer: Customer) -> Customer:
        """A new version with its class. The criteria are read after the customer was: whoever evaluates it by later
        ones meanwhile ends the write.
        """
        criteria = self.classes.find(customer.partner_id)
        if criteria is None:
            return customer
        standing = evaluate(customer.standing, criteria, customer.data, customer.version, customer.updated_at)
        return replace(customer, standing=standing)


def _check_store(asked: BankValidations, caller: Caller) -> None:
    """Raises ``Forbidden`` for a store that is not the caller's."""
    for store_id in (caller.chosen_store, asked.store_id):
        if store_id is not None:
            caller.own_store(store_id)


def _check(customer: Customer, asked: BankValidations, today: date) -> None:
    if wrong := [*find_faults(customer.data, today), *find_gaps(customer, asked.bank_codes)]:
        raise InvalidInput(wrong)


def _answer(customer: Customer, asked: BankValidations, today: date) -> CustomerAnswer:
    checked = BankValidationsView(**asked.model_dump()) if asked.bank_codes or asked.store_id else None
    return CustomerAnswer(customer=view_customer(customer, today), bank_validations=checked)
