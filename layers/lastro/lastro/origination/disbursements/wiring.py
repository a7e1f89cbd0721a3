"""Joins disbursement to the table, the queues and the payer, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK
from lastro.kernel.errors import Retryable
from lastro.origination.wiring import open_dispatch, open_store

if TYPE_CHECKING:
    from lastro.kernel.documents import Cnpj, Cpf
    from lastro.origination.disbursements.model import Account
    from lastro.origination.disbursements.ports import Holder, PayoutAnswer
    from lastro.origination.disbursements.usecases import Disbursements
    from lastro.origination.disbursements.worker import DisbursementWorker
    from lastro.vendors.payer.client import HttpPayer


@cache
def open_disbursements() -> Disbursements:
    """The partner's side; the payer is opened by the first question to it."""
    from lastro.origination.disbursements.usecases import Disbursements

    return Disbursements(open_store(), open_dispatch(), CLOCK, _find, _confirm)


@cache
def open_disbursement() -> DisbursementWorker:
    """The consumer, with its one HTTP client."""
    from lastro.origination.disbursements.worker import DisbursementWorker

    return DisbursementWorker(open_store(), _payer(), open_dispatch(), CLOCK)


def _find(key: str) -> PayoutAnswer | None:
    from lastro.aws.entrypoints.loop import run_to_end

    return run_to_end(_payer().find(key))


def _confirm(document: Cpf | Cnpj, account: Account) -> Holder:
    from lastro.aws.entrypoints.loop import run_to_end

    return run_to_end(_payer().confirm_holder(document, account))


@cache
def _payer() -> HttpPayer:
    from lastro.aws.secrets import Secrets
    from lastro.aws.settings import read_setting
    from lastro.vendors.kit.http import open_http
    from lastro.vendors.payer.client import TIMEOUT, HttpPayer
    from lastro.vendors.payer.key import FIELD, KEY_SECONDS, NAME

    secrets = Secrets(read_setting("LASTRO_SECRETS_PREFIX"))

    def read_key() -> str:
        fields = secrets.read(NAME, seconds=KEY_SECONDS)
        if fields is None:
            raise Retryable("no key of the payer is set", code="payer_credentials")
        return fields[FIELD]

    return HttpPayer(url=read_setting("LASTRO_PAYOUTS_URL"), read_key=read_key, http=open_http(timeout=TIMEOUT))
