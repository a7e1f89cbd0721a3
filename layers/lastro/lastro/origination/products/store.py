"""Products in the table (keys in ``aws/dynamodb/keys``). Percentages are kept as decimal text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import origination as origination_keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put
from lastro.finance.iof import BorrowerClass
from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.calendar import read_moment
from lastro.kernel.documents import Cnpj
from lastro.kernel.keyed_request import Answered
from lastro.origination.products.model import Bounds, Eligibility, Issuer, LatePayment, Product, Range
from lastro.origination.products.words import DocumentType, ProductType

_SCHEMA = 1


class ProductStore(FirstAnswers):
    """A partner's products; every read is consistent."""

    def reserve_id(self) -> int:
        """The next product number; numbers are never used twice, by no partner."""
        return self._table.reserve(keys.sequence("product"), 1)

    def find(self, partner_id: str, product_id: int) -> Product | None:
        """The product as it is now, ``None`` when unknown or another partner's."""
        return self._read(origination_keys.product(partner_id, product_id))

    def find_version(self, partner_id: str, product_id: int, version: int) -> Product | None:
        """The product as it was."""
        return self._read(origination_keys.product_version(partner_id, product_id, version))

    def _read(self, key: Key) -> Product | None:
        item = self._table.get(key)
        return _to_product(item) if item else None

    def list_after(self, partner_id: str, product_id: int, limit: int) -> list[Product]:
        """Up to ``limit`` products with a higher number, in order."""
        first, last = (
            origination_keys.product(partner_id, product_id + 1),
            origination_keys.product(partner_id, 10**12 - 1),
        )
        if first.sk > last.sk:
            return []
        found: list[Product] = []
        for item in self._table.query(first.pk, at_least=first.sk, at_most=last.sk, limit=limit):
            found.append(_to_product(item))
            if len(found) == limit:
                break
        return found

    def find_active(self, partner_id: str, kind: ProductType, limit: int) -> list[Product]:
        """Up to ``limit`` active products of a kind, in order of number."""
        first, last = origination_keys.product(partner_id, 0), origination_keys.product(partner_id, 10**12 - 1)
        items = self._table.query(first.pk, at_least=first.sk, at_most=last.sk)
        wanted = (item for item in items if item["active"] and item["type"] == kind.value)
        return [_to_product(item) for item in islice(wanted, limit)]

    def put_new(self, product: Product, answered: Answered | None) -> bool:
        """Keep a new product with its first version. False when the same request was first."""
        writes = [Put(_key(product), _to_item(product), {"PK": ABSENT}), _version_of(product)]
        return self._commit(writes, answered)

    def replace(self, product: Product) -> bool:
        """Keep the next version of a product. False when somebody else changed it meanwhile."""
        put = Put(_key(product), _to_item(product), {"version": product.version - 1})
        return self._commit([put, _version_of(product)])


def _key(product: Product) -> Key:
    return origination_keys.product(product.partner_id, product.id)


def _version_of(product: Product) -> Put:
    key = origination_keys.product_version(product.partner_id, product.id, product.version)
    return Put(key, _to_item(product), {"PK": ABSENT})


def _to_item(product: Product) -> Item:
    bounds, rules, issuer, late = product.bounds, product.eligibility, product.issuer, product.late_payment
    return {
        "entity": "product",
        "schema": _SCHEMA,
        "version": product.version,
        "id": product.id,
        "partner_id": product.partner_id,
        "type": product.type.value,
        "name": product.name,
        "active": product.active,
        "logo": product.logo,
        "bounds": {
            "value": _span(bounds.value),
            "installments": _span(bounds.installments),
            "monthly_tax": [str(bounds.monthly_tax.minimum), str(bounds.monthly_tax.maximum)],
            "cad_value": _span(bounds.cad_value),
            "first_due_days": _span(bounds.first_due_days),
        },
        "cad_value": product.cad_value,
        "insurance": str(product.insurance),
        "grace": product.grace.value,
        "day_count": product.day_count.value,
        "amortization": product.amortization.value,
        "due_day_rule": product.due_day_rule.value,
        "borrowers": [borrower.value for borrower in product.borrowers],
        "eligibility": {
            "minimum_age": rules.minimum_age,
            "maximum_age": rules.maximum_age,
            "maximum_income_commitment": str(rules.maximum_income_commitment),
            "documents": list(rules.documents),
            "external_data": rules.external_data,
            "bureau_branch_id": rules.bureau_branch_id,
            "bureau_report": rules.bureau_report,
        },
        "issuer": {
            "name": issuer.name,
            "cnpj": issuer.cnpj.value,
            "address": issuer.address,
            "city": issuer.city,
            "state": issuer.state,
            "ombudsman": issuer.ombudsman,
            "email": issuer.email,
            "site": issuer.site,
        },
        "contract_template": product.contract_template,
        "late_payment": {"fine": str(late.fine), "interest": str(late.interest)},
        "offer_days": product.offer_days,
        "created_at": product.created_at,
        "updated_at": product.updated_at,
    }


def _to_product(item: Mapping[str, Any]) -> Product:
    bounds, rules, issuer, late = item["bounds"], item["eligibility"], item["issuer"], item["late_payment"]
    return Product(
        id=item["id"],
        partner_id=item["partner_id"],
        version=item["version"],
        type=ProductType(item["type"]),
        name=item["name"],
        active=item["active"],
        logo=item["logo"],
        bounds=Bounds(
            value=Range(*bounds["value"]),
            installments=Range(*bounds["installments"]),
            monthly_tax=Range(*map(Decimal, bounds["monthly_tax"])),
            cad_value=Range(*bounds["cad_value"]),
            first_due_days=Range(*bounds["first_due_days"]),
        ),
        cad_value=item["cad_value"],
        insurance=Decimal(item["insurance"]),
        grace=Grace(item["grace"]),
        borrowers=tuple(map(BorrowerClass, item["borrowers"])),
        eligibility=Eligibility(
            minimum_age=rules["minimum_age"],
            maximum_age=rules["maximum_age"],
            maximum_income_commitment=Decimal(rules["maximum_income_commitment"]),
            documents=tuple(map(DocumentType, rules["documents"])),
            external_data=rules["external_data"],
            bureau_branch_id=rules.get("bureau_branch_id"),
            bureau_report=rules.get("bureau_report"),
        ),
        issuer=Issuer(
            name=issuer["name"],
            cnpj=Cnpj(issuer["cnpj"]),
            address=issuer["address"],
            city=issuer["city"],
            state=issuer["state"],
            ombudsman=issuer["ombudsman"],
            email=issuer.get("email", ""),
            site=issuer.get("site", ""),
        ),
        contract_template=item["contract_template"],
        late_payment=LatePayment(Decimal(late["fine"]), Decimal(late["interest"])),
        offer_days=item["offer_days"],
        created_at=read_moment(item["created_at"]),
        updated_at=read_moment(item["updated_at"]),
        day_count=DayCount(item.get("day_count", DayCount.MONTHLY)),
        amortization=Amortization(item.get("amortization", Amortization.PRICE)),
        due_day_rule=DueDayRule(item.get("due_day_rule", DueDayRule.SAME_DAY)),
    )


def _span(allowed: Range[int]) -> list[int]:
    return [allowed.minimum, allowed.maximum]
