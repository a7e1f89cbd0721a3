"""Making and changing products."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import IN_PROGRESS, FieldError, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.origination.errors import PRODUCT_CHANGED, PRODUCT_NOT_FOUND, REQUIRED, UNKNOWN_BRANCH
from lastro.origination.products.changes import PatchProduct
from lastro.origination.products.model import (
    Bounds,
    Eligibility,
    Issuer,
    LatePayment,
    Product,
    Range,
)
from lastro.origination.products.requests import CreateProduct
from lastro.origination.products.views import ProductAnswer, show_product
from lastro.wire.rule import is_empty
from lastro.wire.sentences import rule_of, sentence_of

if TYPE_CHECKING:
    from lastro.bureaus.service import PartnerBranches
    from lastro.origination.products.store import ProductStore


@dataclass(frozen=True)
class Products:
    """A partner's products over the shelf, the branches and the clock."""

    shelf: ProductStore
    branches: Callable[[], PartnerBranches]
    """Opened when a product names a branch, which few do."""
    clock: Clock

    def create(self, request: CreateProduct, caller: Caller) -> str:
        """A new product, version 1; the answer is rendered once and kept with the request's ``Idempotency-Key``.

        Raises ``InvalidInput`` for a branch that the partner has not and for what a product that makes contracts
        lacks, and ``Conflict`` for a key used with another request or being worked.
        """
        canonical = request.model_dump_json(exclude={"idempotency_key"})
        keyed = KeyedRequest.of(f"products#{caller.holder}", request.idempotency_key, canonical)
        return until_committed(lambda: self._create_once(request, keyed, caller), IN_PROGRESS)

    def _create_once(self, request: CreateProduct, keyed: KeyedRequest | None, caller: Caller) -> str | None:
        now = self.clock.now()
        first = self.shelf.find_answer(keyed, now)
        if first is not None:
            return first
        self._check_branch(caller.partner_id, request.eligibility.bureau_branch_id)
        product = build_product(0, caller.partner_id, request, now)
        _refuse_faults(product)
        product = replace(product, id=self.shelf.reserve_id())
        answer = ProductAnswer(data=show_product(product)).model_dump_json()
        return answer if self.shelf.put_new(product, Answered.to(keyed, answer, now)) else None

    def patch(self, request: PatchProduct, caller: Caller) -> ProductAnswer:
        """The next version of a product, with what was sent changed and the whole checked as if it were new.

        What changes nothing makes no version: the product is answered as it is.

        Raises ``NotFound``, ``InvalidInput`` and, when it is no longer the version named or somebody changes it at the
        same time, ``Conflict`` ``product_changed``.
        """
        product = self.shelf.find(caller.partner_id, request.product_id)
        if product is None:
            raise PRODUCT_NOT_FOUND(product=request.product_id)
        if request.version not in (None, product.version):
            raise PRODUCT_CHANGED(product=product.id)
        asked = request.model_dump(mode="python", exclude_unset=True, exclude={"product_id", "version"})
        if not asked:
            return ProductAnswer(data=show_product(product))
        merged = _merge(show_product(product).model_dump(mode="json"), asked)
        changed = build_product(
            product.id,
            product.partner_id,
            _check(merged),
            self.clock.now(),
            version=product.version + 1,
            created_at=product.created_at,
        )
        if replace(changed, version=product.version, updated_at=product.updated_at) == product:
            return ProductAnswer(data=show_product(product))
        _refuse_faults(changed)
        if changed.eligibility.bureau_branch_id != product.eligibility.bureau_branch_id:
            self._check_branch(caller.partner_id, changed.eligibility.bureau_branch_id)
        if not self.shelf.replace(changed):
            raise PRODUCT_CHANGED(product=product.id)
        return ProductAnswer(data=show_product(changed))

    def _check_branch(self, partner_id: str, branch_id: int | None) -> None:
        if branch_id is not None and not self.branches().has_branch(partner_id, branch_id):
            raise InvalidInput([UNKNOWN_BRANCH.at("eligibility.bureau_branch_id")])


def build_product(
    product_id: int,
    partner_id: str,
    asked: CreateProduct,
    now: datetime,
    *,
    version: int = 1,
    created_at: datetime | None = None,
) -> Product:
    """A checked request as a product."""
    rules, issuer = asked.eligibility, asked.issuer
    fee = asked.cad_value
    return Product(
        id=product_id,
        partner_id=partner_id,
        version=version,
        type=asked.type,
        name=asked.name,
        active=asked.active,
        logo=asked.logo or None,
        bounds=Bounds(
            value=Range(asked.value.min, asked.value.max),
            installments=Range(asked.installments.min, asked.installments.max),
            monthly_tax=Range(asked.monthly_tax.min, asked.monthly_tax.max),
            cad_value=Range(fee.min, fee.max),
            first_due_days=Range(asked.first_due_days.min, asked.first_due_days.max),
        ),
        cad_value=fee.min if fee.default is None else fee.default,
        insurance=asked.insurance,
        grace=asked.grace,
        borrowers=tuple(dict.fromkeys(person.borrower for person in asked.person_types)),
        eligibility=Eligibility(
            minimum_age=rules.minimum_age,
            maximum_age=rules.maximum_age,
            maximum_income_commitment=rules.maximum_income_commitment,
            documents=tuple(dict.fromkeys(rules.documents)),
            external_data=rules.external_data,
            bureau_branch_id=rules.bureau_branch_id,
            bureau_report=rules.bureau_report,
        ),
        issuer=Issuer(
            name=issuer.name,
            cnpj=Cnpj(issuer.cnpj),
            address=issuer.address or "",
            city=issuer.city,
            state=issuer.state,
            ombudsman=issuer.ombudsman or "",
            email=issuer.email or "",
            site=issuer.site or "",
        ),
        contract_template=asked.contract_template,
        late_payment=LatePayment(asked.late_payment.fine, asked.late_payment.interest),
        offer_days=asked.offer_days,
        created_at=created_at or now,
        updated_at=now,
        day_count=asked.day_count,
        amortization=asked.amortization,
        due_day_rule=asked.due_day_rule,
    )


def _refuse_faults(product: Product) -> None:
    faults = product.faults()
    if faults:
        raise InvalidInput(faults)


def _check(definition: Mapping[str, Any]) -> CreateProduct:
    try:
        return CreateProduct.model_validate(definition)
    except ValidationError as error:
        raise InvalidInput([_fault(problem) for problem in error.errors()]) from error


def _fault(problem: ErrorDetails) -> FieldError:
    place = ".".join(map(str, problem["loc"]))
    if is_empty(problem["input"]):
        return REQUIRED.at(place)
    return FieldError(place, rule_of(problem), sentence_of(problem))


def _merge(before: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(before)
    for name, value in asked.items():
        known = merged.get(name)
        merged[name] = _merge(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged
