"""Who a Serasa report is about: the registration block of a person or of a company (docs/sources.md, bureaus)."""

from __future__ import annotations

import re
from datetime import date

from lastro.bureaus.reports.report import Address, Identity
from lastro.kernel.documents import Document
from lastro.vendors.bureaus.bodies import BureauBody, check_document
from lastro.vendors.kit.days import read_day

_COMPANY_STATUS = re.compile(r"SITUA[CÇ][AÃ]O DO CNPJ EM ([0-9]{2}/[0-9]{2}/[0-9]{4}):\s*(.{1,80})")


def identity(block: BureauBody | None, document: Document) -> Identity:
    """The identity, of which only ``document`` is sure to be known."""
    if block is None:
        return Identity(document)
    check_document(block, "documentNumber", document)
    check_document(block, "companyDocument", document)
    status, status_date = _status(block)
    return Identity(
        document=document,
        name=block.text_or_none("consumerName") or block.text_or_none("companyName"),
        trade_name=block.text_or_none("companyAlias"),
        mother_name=block.text_or_none("motherName"),
        gender=block.text_or_none("consumerGender"),
        birth_date=block.date_or_none("birthDate"),
        foundation_date=block.date_or_none("foundationDate"),
        status=status,
        status_date=status_date,
        addresses=_addresses(block),
        phones=_phones(block),
    )


def _status(block: BureauBody) -> tuple[str | None, date | None]:
    """``REGULAR`` for a person; a company's status and its date come in one sentence."""
    text = block.text_or_none("statusRegistration")
    match = _COMPANY_STATUS.fullmatch(text) if text else None
    if match:
        return match[2].strip(), block.read("statusRegistration", lambda _: read_day(match[1]))
    return text, block.date_or_none("statusDate")


def _addresses(block: BureauBody) -> tuple[Address, ...]:
    single = block.within_or_none("address")
    return tuple(
        Address(
            line=item.text_or_none("addressLine"),
            district=item.text_or_none("district"),
            city=item.text_or_none("city"),
            federal_unit=item.text_or_none("state"),
            zip_code=item.label_or_none("zipCode"),
        )
        for item in ([single] if single else []) + block.objects("addresses")
    )


def _phones(block: BureauBody) -> tuple[str, ...]:
    """Country, area and number as digits, as far as each is known."""
    single = block.within_or_none("phone")
    numbers = (
        "".join(item.label_or_none(part) or "" for part in ("regionCode", "areaCode", "phoneNumber"))
        for item in ([single] if single else []) + block.objects("phones")
    )
    return tuple(number for number in numbers if number)
