"""Errors of the calls about the customers' portal, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.customers.bulletins import errors as bulletins
from lastro.customers.portal import errors as portal
from lastro.kernel.errors import IN_PROGRESS, LastroError, TooManyRequests

PORTAL: Mapping[str, tuple[LastroError, ...]] = {
    "put_registration_schedule": (portal.MANAGERS_ONLY(), portal.SCHEDULE_BUSY()),
    "create_portal_login": (
        TooManyRequests(portal.TOO_MANY_CODES.say(most=20), retry_after=3600, code=portal.TOO_MANY_CODES.code),
        TooManyRequests(portal.CODES_AT_ONCE.say(), retry_after=1, code=portal.CODES_AT_ONCE.code),
    ),
    "confirm_portal_login": (portal.CODE_REFUSED(),),
    "refresh_portal_login": (portal.LOGIN_ENDED(),),
    "end_portal_login": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED()),
    "create_portal_person": (portal.MANAGERS_ONLY(), portal.ACCESS_EXISTS(), IN_PROGRESS()),
    "end_portal_person": (portal.MANAGERS_ONLY(), portal.PERSON_NOT_FOUND(), portal.PERSON_BUSY()),
    "create_bulletin": (portal.MANAGERS_ONLY(), bulletins.BOARD_FULL(most=300), IN_PROGRESS()),
    "replace_bulletin": (
        portal.MANAGERS_ONLY(),
        bulletins.BULLETIN_NOT_FOUND(),
        bulletins.BULLETIN_WITHDRAWN(),
        bulletins.BULLETIN_BUSY(),
        bulletins.BOARD_FULL(most=300),
    ),
    "withdraw_bulletin": (portal.MANAGERS_ONLY(), bulletins.BULLETIN_NOT_FOUND(), bulletins.BULLETIN_BUSY()),
    "get_bulletin": (bulletins.BULLETIN_NOT_FOUND(),),
    "list_bulletin_receipts": (bulletins.BULLETIN_NOT_FOUND(),),
    "list_own_bulletins": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
    ),
    "read_own_bulletin": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED(), bulletins.BULLETIN_NOT_FOUND()),
    "count_unread_bulletins": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
    ),
    "export_registration_changes": (portal.TOO_MANY_CHANGES(most=20_000),),
    "get_own_registration": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
    ),
    "put_own_registration": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED(), portal.PERSON_BUSY()),
    "get_registration_update": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
    ),
    "confirm_registration": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
        portal.NO_UPDATE_ASKED(),
        portal.PERSON_BUSY(),
    ),
    "postpone_registration": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
        portal.NO_UPDATE_ASKED(),
        portal.PERSON_BUSY(),
    ),
}
