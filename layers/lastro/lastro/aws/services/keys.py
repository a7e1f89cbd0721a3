"""Whose requests are signed, and for where: what Lambda puts into the environment, else whatever botocore finds."""

from __future__ import annotations

import os
from typing import NamedTuple

from botocore.exceptions import NoCredentialsError, NoRegionError


class Keys(NamedTuple):
    """As botocore's signer reads them; ``token`` belongs to keys that end, as a role's do."""

    access_key: str
    secret_key: str
    token: str | None


def find_keys() -> Keys:
    """The keys of this moment. Raises ``NoCredentialsError``."""
    access_key, secret_key = os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY")
    if access_key and secret_key:
        return Keys(access_key, secret_key, os.environ.get("AWS_SESSION_TOKEN"))
    # Imported where they are needed alone: an operator's profile, a container's role. No function has them.
    from lastro.aws.sessions import open_session

    found = open_session().get_credentials()
    if found is None:
        raise NoCredentialsError
    return Keys(*found.get_frozen_credentials()[:3])


def find_region() -> str:
    """The region that is spoken to. Raises ``NoRegionError``."""
    if region := os.environ.get("AWS_DEFAULT_REGION"):
        return region
    from lastro.aws.sessions import open_session

    told: str | None = open_session().get_config_variable("region")
    if not told:
        raise NoRegionError
    return told
