"""Errors of the calls about customers, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.customers import errors as customers
from lastro.kernel.errors import LastroError

CUSTOMERS: Mapping[str, tuple[LastroError, ...]] = {
    "create_customer": (customers.CUSTOMER_EXISTS(customer=1), customers.CUSTOMER_BUSY()),
    "update_customer": (customers.CUSTOMER_NOT_FOUND(), customers.CUSTOMER_BUSY()),
    "get_customer": (customers.CUSTOMER_NOT_FOUND(),),
    "find_customer": (customers.CUSTOMER_NOT_FOUND(),),
    "put_customer_classes": (customers.CLASSES_BUSY(),),
    "get_customer_classes": (customers.CLASSES_NOT_FOUND(),),
    "put_class_override": (customers.CUSTOMER_NOT_FOUND(), customers.CUSTOMER_BUSY()),
    "revoke_class_override": (
        customers.CUSTOMER_NOT_FOUND(),
        customers.NO_OVERRIDE(),
        customers.CUSTOMER_BUSY(),
    ),
    "get_customer_journey": (customers.CUSTOMER_NOT_FOUND(),),
    "list_class_changes": (customers.CUSTOMER_NOT_FOUND(),),
}
