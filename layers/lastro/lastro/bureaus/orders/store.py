"""First answers and access requests in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from datetime import datetime

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import bureaus as keys
from lastro.aws.dynamodb.table import ABSENT, Put
from lastro.kernel.calendar import format_moment
from lastro.kernel.documents import Document
from lastro.kernel.keyed_request import Answered


class AttemptStore(FirstAnswers):
    """First answers to requests with an ``Idempotency-Key``, and access requests."""

    def put_access(
        self,
        partner_id: str,
        document: Document,
        request_id: str,
        requested_by: str,
        now: datetime,
        answered: Answered | None,
    ) -> bool:
        """Keep that an access request was answered; false when a request with the same key was first."""
        moment = format_moment(now)
        item = {
            "entity": "access_request",
            "schema": 1,
            "version": 1,
            "id": request_id,
            "requested_by": requested_by,
            "answered_at": moment,
        }
        put = Put(keys.document_access(partner_id, document.value, moment, request_id), item, {"PK": ABSENT})
        return self._commit([put], answered)
