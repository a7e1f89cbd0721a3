"""Keys of callbacks and deliveries.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| callback            | PARTNER#<id>            | CALLBACK      |                                |                 | one get per delivery |
| exchange of a signing secret | PARTNER#<id>   | CALLBACK_SIGNING |                             |                 | one get before an exchange |
| delivery            | NOTICE#<id>             | DELIVERY      | PARTNER#<id>#NOTICE / <time>#<id> | OPEN_NOTICE / <due>#<id> | one get; list; sweep of owed tries |
| delivery of a store | NOTICE#<id>             | STORE         | PARTNER#<id>#NOTICE#<store> / <time>#<id> |      | list of a store's |
| delivery of a panel | NOTICE#<id>             | PANEL#<panel>, STORE#<panel> | the two above and #<panel> |    | lists of a panel's |
| receiver of notices | RECEIVER#<partner>#<name> | RECEIVER     |                                |                 | one update per try |
| body of a notice    | NOTICE#<id>             | BODY          |                                |                 | one get per try |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key, mark_panel, open_place

OPEN_NOTICES = "OPEN_NOTICE"


def callback(partner_id: str) -> Key:
    """Where a partner's notices go. Sorts before ``PARTNER``, so reading a partner with its stores passes it by."""
    return Key(f"PARTNER#{partner_id}", "CALLBACK")


def signing_rotation(partner_id: str) -> Key:
    """Who exchanges a partner's signing secret. Sorts before ``PARTNER``."""
    return Key(f"PARTNER#{partner_id}", "CALLBACK_SIGNING")


def receiver(partner_id: str, name: str) -> Key:
    """How a place answers that a partner's notices go to."""
    return Key(f"RECEIVER#{partner_id}#{name}", "RECEIVER")


def delivery(notice_id: str) -> Key:
    return Key(f"NOTICE#{notice_id}", "DELIVERY")


def notice_body(notice_id: str) -> Key:
    return Key(f"NOTICE#{notice_id}", "BODY")


def delivery_of_store(notice_id: str, panel: str | None = None) -> Key:
    """A row of a delivery that only carries an index key: the list of its store, or of a panel in it."""
    return Key(f"NOTICE#{notice_id}", mark_panel("STORE", panel))


def delivery_of_panel(notice_id: str, panel: str) -> Key:
    """A row of a delivery that only carries an index key: the list of the panel that made what it tells of."""
    return Key(f"NOTICE#{notice_id}", mark_panel("PANEL", panel))


def delivery_owner_index(
    partner_id: str,
    created_at: str = "",
    notice_id: str = "",
    *,
    store_id: int | None = None,
    panel: str | None = None,
) -> dict[str, str]:
    """Attributes that place a delivery in the list of its partner, or of a store, newest last; with ``panel`` in that
    of the deliveries there that tell of what the panel made.
    """
    of_store = "" if store_id is None else f"#{store_id}"
    listed = mark_panel(f"PARTNER#{partner_id}#NOTICE{of_store}", panel)
    return {"by_owner_pk": listed, "by_owner_sk": f"{created_at}#{notice_id}"}


def delivery_due_index(due_at: str = "", notice_id: str = "") -> dict[str, str]:
    """Attributes that keep a delivery among those the sweep owes a try."""
    return open_place(OPEN_NOTICES, notice_id, f"{due_at}#{notice_id}")
