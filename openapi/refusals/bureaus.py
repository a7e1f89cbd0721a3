"""Errors of the calls about bureaus, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.aws.reports import MAX_ROWS
from lastro.bureaus import errors as bureaus
from lastro.bureaus.model import MAX_BRANCHES
from lastro.bureaus.setup.integrations.checking import MAX_INTEGRATIONS
from lastro.kernel.errors import IN_PROGRESS, LastroError

_SAMPLE_INQUIRY = "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"

BUREAUS: Mapping[str, tuple[LastroError, ...]] = {
    "put_bureau_settings": (bureaus.SETTINGS_BUSY(),),
    "create_branch": (
        bureaus.BRANCH_EXISTS(),
        bureaus.TOO_MANY_BRANCHES(most=MAX_BRANCHES),
        bureaus.BRANCH_BUSY(),
    ),
    "get_branch": (bureaus.BRANCH_NOT_FOUND(),),
    "update_branch": (bureaus.BRANCH_NOT_FOUND(), bureaus.BRANCH_BUSY()),
    "delete_branch": (
        bureaus.BRANCH_NOT_FOUND(),
        bureaus.BRANCH_IN_USE(),
        bureaus.BRANCH_HAS_LISTINGS(),
        bureaus.BRANCH_BUSY(),
    ),
    "link_bureau_integration": (
        bureaus.BRANCH_NOT_FOUND(),
        bureaus.INTEGRATION_NOT_FOUND(),
        bureaus.BRANCH_TAKEN(),
        bureaus.BRANCH_BUSY(),
    ),
    "unlink_bureau_integration": (bureaus.BRANCH_NOT_FOUND(), bureaus.BRANCH_BUSY()),
    "create_bureau_integration": (
        bureaus.BRANCH_NOT_FOUND(),
        bureaus.BRANCH_TAKEN(),
        bureaus.TOO_MANY_INTEGRATIONS(most=MAX_INTEGRATIONS),
        bureaus.INTEGRATION_BUSY(),
    ),
    "get_bureau_integration": (bureaus.INTEGRATION_NOT_FOUND(),),
    "update_bureau_integration": (
        bureaus.INTEGRATION_NOT_FOUND(),
        bureaus.INTEGRATION_HAS_LISTINGS(),
        bureaus.INTEGRATION_BUSY(),
    ),
    "delete_bureau_integration": (
        bureaus.INTEGRATION_NOT_FOUND(),
        bureaus.INTEGRATION_HAS_LISTINGS(),
        bureaus.INTEGRATION_BUSY(),
    ),
    "replace_bureau_secret": (
        bureaus.INTEGRATION_NOT_FOUND(),
        bureaus.UNKNOWN_SECRET(),
        bureaus.INTEGRATION_BUSY(),
    ),
    "test_bureau_secret": (bureaus.INTEGRATION_NOT_FOUND(), bureaus.UNKNOWN_SECRET()),
    "refresh_restriction_codes": (bureaus.INTEGRATION_NOT_FOUND(), bureaus.NO_CODE_LIST()),
    "list_restriction_codes": (bureaus.INTEGRATION_NOT_FOUND(),),
    "create_bureau_inquiry": (
        bureaus.BUREAUS_DISABLED(),
        bureaus.BRANCH_WITHOUT_INTEGRATION(),
        bureaus.NO_INTEGRATION(),
        bureaus.FOREIGN_PANEL(),
        bureaus.KEY_NOT_SHARED(),
        bureaus.FORCE_NOT_ALLOWED(),
        bureaus.BRANCH_NOT_FOUND(),
        IN_PROGRESS(),
        bureaus.INQUIRY_BUSY(),
        bureaus.INQUIRY_IN_PROGRESS(inquiry=_SAMPLE_INQUIRY),
        bureaus.OUTCOME_UNKNOWN(inquiry=_SAMPLE_INQUIRY),
    ),
    "get_bureau_inquiry": (bureaus.INQUIRY_NOT_FOUND(),),
    "download_bureau_inquiry": (bureaus.INQUIRY_NOT_FOUND(), bureaus.FILE_NOT_FOUND()),
    "create_access_request": (IN_PROGRESS(),),
    "export_bureau_inquiries": (bureaus.TOO_MANY_ROWS(most=MAX_ROWS),),
}
