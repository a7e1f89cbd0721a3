"""What other contexts ask of customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from lastro.customers.people.banks import find_gaps
from lastro.customers.people.domains import find_choice
from lastro.customers.people.exposure import is_exposed
from lastro.customers.portal.people.entering import enter
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document, parse_document
from lastro.kernel.people.applicants import Applicant

if TYPE_CHECKING:
    from lastro.aws.pools.user_pool import UserPool
    from lastro.customers.people.model import Customer
    from lastro.customers.people.store import CustomerStore
    from lastro.customers.portal.people.model import Person
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.callers.caller import Caller
    from lastro.kernel.documents import Document
    from lastro.kernel.errors import FieldError
    from lastro.kernel.retention import PersonalData


def keep_personal_data(store: CustomerStore, portal: PortalStore, pool: UserPool) -> PersonalData:
    """What customers keep of people, as ``lastro/retention`` works it."""
    from lastro.customers.retention import CustomerData

    return CustomerData(store, portal, pool)


@dataclass(frozen=True)
class KnownCustomers:
    """Who a partner's customers are."""

    store: CustomerStore

    def find_document(self, partner_id: str, customer_id: int) -> str | None:
        """The bare CPF or CNPJ of one of the partner's customers, read consistently; ``None`` for no such number."""
        found = self.store.find(partner_id, customer_id)
        return found.document.value if found else None

    def find_documents(self, partner_id: str, customer_ids: Iterable[int]) -> Mapping[int, str]:
        """The same of several, by number; those of no customer of the partner are left out: one round trip."""
        found = self.store.find_many(partner_id, frozenset(customer_ids))
        return {number: customer.document.value for number, customer in found.items()}


@dataclass(frozen=True)
class DeclaredExposure:
    """What a customer or an associate declares of being politically exposed, and whether it holds on a day."""

    name: str
    declared: bool
    exposed: bool
    office: str | None
    since: date | None
    until: date | None
    relation: str | None


@dataclass(frozen=True)
class Exposures:
    """What a partner's customers declare."""

    store: CustomerStore

    def find(
        self, partner_id: str, document: Document, day: date
    ) -> tuple[DeclaredExposure, Sequence[DeclaredExposure]] | None:
        """Of the customer with a document, and of its associates; ``None`` for nobody's."""
        found = self.store.find_by_document(partner_id, document)
        if found is None:
            return None
        associates = [_read_exposure(each["name"], each, day) for each in found.data.get("associates", ())]
        return _read_exposure(found.name, found.data, day), associates


def _read_exposure(name: str, data: Mapping[str, Any], day: date) -> DeclaredExposure:
    pep = data.get("pep") or {}
    since, until = (date.fromisoformat(pep[each]) if pep.get(each) else None for each in ("since", "until"))
    return DeclaredExposure(
        name=name,
        declared=data.get("public_person") is not None or bool(pep),
        exposed=is_exposed(data, day),
        office=pep.get("office"),
        since=since,
        until=until,
        relation=pep.get("relation"),
    )


@dataclass(frozen=True)
class Known:
    """Somebody whom a partner knows: a customer by number and bare document, a person of its portal by UUID, or
    both.
    """

    customer_id: int | None
    document: str | None
    person_id: str | None


@dataclass(frozen=True)
class KnownPeople:
    """Whom a partner knows, under each of the names that it knows them by."""

    customers: CustomerStore
    visitors: PortalStore

    def customer(self, partner_id: str, customer_id: int) -> Known | None:
        """A customer by number."""
        found = self.customers.find(partner_id, customer_id)
        return Known(found.id, found.document.value, None) if found else None

    def holder(self, partner_id: str, document: str) -> Known | None:
        """The customer with a bare CPF or CNPJ."""
        found = self.customers.find_by_document(partner_id, parse_document(document))
        return Known(found.id, found.document.value, None) if found else None

    def visitor(self, partner_id: str, person_id: str) -> Known | None:
        """A person with access to the portal, and the customer that it is; ``None`` once the access ended."""
        person = self.visitors.find_person(person_id)
        if person is None or person.partner_id != partner_id or person.ended_at is not None:
            return None
        return self._know(person)

    def enter(self, caller: Caller) -> Known:
        """The person that calls. Raises ``NotFound`` once the access ended, ``Unauthorized`` once the login did."""
        return self._know(enter(self.visitors, caller))

    def _know(self, person: Person) -> Known:
        known = self.customer(person.partner_id, person.customer_id) if person.customer_id is not None else None
        return Known(known.customer_id, known.document, person.id) if known else Known(None, None, person.id)


@dataclass(frozen=True)
class CustomerOnRecord:
    """A customer as another context sees one. ``registration`` is what a bank is told beside the applicant."""

    id: int
    document: Document
    name: str
    applicant: Applicant
    registration: Mapping[str, str]
    record: Customer

    def find_gaps(self, bank_codes: Sequence[str]) -> list[FieldError]:
        """Every field that one of the banks asks for and the customer lacks."""
        return find_gaps(self.record, bank_codes)


@dataclass(frozen=True)
class CustomerRecords:
    """Customers for other contexts."""

    store: CustomerStore

    def find(self, partner_id: str, customer_id: int) -> CustomerOnRecord | None:
        found = self.store.find(partner_id, customer_id)
        if found is None:
            return None
        return CustomerOnRecord(
            found.id, found.document, found.name, _applicant(found), _registration(found.data), found
        )


def _applicant(customer: Customer) -> Applicant:
    data = customer.data
    job = data.get("job_reference") or {}
    phone = next(iter(data.get("phones") or ()), None)
    email = next(iter(data.get("emails") or ()), None)
    occupation = job.get("professional_ocupation_id")
    born = data.get("born_at")
    return Applicant(
        document=customer.document,
        name=customer.name,
        birthdate=date.fromisoformat(born) if born else None,
        email=email["address"] if email else None,
        phone_number=f"+55{phone['code']}{phone['number']}" if phone else None,
        monthly_income=job.get("income_cents"),
        has_cnh=data.get("has_cnh"),
        gender=_word("genders", data.get("genre_id")),
        # The lists of leads and of customers have the same occupations, by the same numbers.
        occupation=str(occupation) if occupation else None,
        profession=_word("professions", job.get("profession_id")),
        mother_name=data.get("mother"),
        zip_code=(data.get("address") or {}).get("zip_code"),
    )


def _registration(data: Mapping[str, Any]) -> Mapping[str, str]:
    address = data.get("address") or {}
    job = data.get("job_reference") or {}
    found = {
        "street": address.get("street"),
        "street_number": address.get("number"),
        "complement": address.get("complement"),
        "neighborhood": address.get("neighborhood"),
        "city": address.get("city"),
        "state_of_residence": _word("states", address.get("state_id")),
        "father_name": data.get("father"),
        "rg": data.get("rg"),
        "rg_issuer": data.get("rg_issuing"),
        "rg_state": _word("states", data.get("rg_state_id")),
        "marital_status": _word("marital_statuses", data.get("marital_status_id")),
        "nationality": data.get("nationality"),
        "employer": job.get("name"),
    }
    return {name: str(value) for name, value in found.items() if value}


def _word(types: str, number: int | None) -> str | None:
    found = find_choice(types, number)
    return found.credere_identifier if found else None
