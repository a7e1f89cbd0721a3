"""Who is calling. Kept apart because the authorizer stands in the way of every call and must start quickly."""

from __future__ import annotations

from lastro.access.model import digest_key, looks_like_key
from lastro.access.ports import Directory
from lastro.caller import Caller
from lastro.errors import Unauthorized


class Identity:
    """Tells whose an API key is."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def identify(self, key: str) -> Caller:
        """Who holds this API key, in two reads. Raises ``Unauthorized`` for a key unknown, revoked or misshapen."""
        partner_id = self._directory.find_partner_of_key(digest_key(key)) if looks_like_key(key) else None
        store_ids = self._directory.find_store_ids(partner_id) if partner_id else None
        if partner_id is None or store_ids is None:
            raise Unauthorized("The API key is not valid.")
        return Caller(partner_id, store_ids)
