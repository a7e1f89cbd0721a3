"""Errors of the calls about surveys, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.customers.portal import errors as portal
from lastro.kernel.errors import IN_PROGRESS, LastroError
from lastro.origination import errors as origination
from lastro.surveys import errors as surveys

SURVEYS: Mapping[str, tuple[LastroError, ...]] = {
    "create_survey": (surveys.SURVEY_MANAGERS_ONLY(), surveys.TOO_MANY_SURVEYS(most=100), IN_PROGRESS()),
    "replace_survey": (surveys.SURVEY_MANAGERS_ONLY(), surveys.SURVEY_NOT_FOUND(), surveys.SURVEY_BUSY()),
    "get_survey": (surveys.SURVEY_NOT_FOUND(),),
    "list_sent_surveys": (surveys.SURVEY_NOT_FOUND(),),
    "report_survey": (surveys.SURVEY_NOT_FOUND(),),
    "export_survey": (surveys.SURVEY_NOT_FOUND(), surveys.TOO_MANY_SENT(most=20_000)),
    "create_survey_event": (surveys.SURVEY_MANAGERS_ONLY(), IN_PROGRESS()),
    "list_own_surveys": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED()),
    "list_own_contracts": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED()),
    "get_own_contract": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
        origination.PROPOSAL_NOT_FOUND(),
        origination.CONTRACT_NOT_SIGNED(),
        origination.SIGNED_CONTRACT_NOT_READY(),
    ),
    "answer_survey": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
        surveys.SENT_SURVEY_NOT_FOUND(),
        surveys.SURVEY_ANSWERED(),
        surveys.SURVEY_BUSY(),
    ),
}
