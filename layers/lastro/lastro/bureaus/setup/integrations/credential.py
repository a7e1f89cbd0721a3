"""The name of a login: integrations with the same one share a token (docs/sources.md, bureaus)."""

from __future__ import annotations

import hashlib

from lastro.bureaus.providers.environment import Environment


def name_credential(partner_id: str, provider: str, environment: Environment, login: str) -> str:
    """A digest of partner, provider, environment and login name; no password goes into it."""
    text = "\0".join((partner_id, provider, environment.value, login))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def renew_credential(credential: str, version: int) -> str:
    """The name from an integration's ``version`` on, whose secrets were replaced.

    No token that was got with the old secret is good for the new name.
    """
    return hashlib.sha256(f"{credential}\0{version}".encode()).hexdigest()[:40]


def login_of(fields: dict[str, str]) -> str:
    """The part of the fields that names who logs in."""
    return fields.get("client_id") or fields.get("login") or ""
