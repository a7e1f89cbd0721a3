"""The keys that a provider gives to whoever integrates: one set for the whole system, kept in its vault. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.bureaus.providers.catalog import BUREAUS
from lastro.kernel.errors import FieldError, InvalidInput, NotFound

MAX_KEY = 4096


def integrator_secret(provider: str) -> str:
    """Name of the secret that holds them, below the stack's prefix."""
    return f"bureaus/integrators/{provider}"


def check_integrator_keys(provider: str, keys: object) -> dict[str, str]:
    """Exactly the keys that ``provider`` wants, by name.

    Raises ``NotFound`` for a provider that wants none and ``InvalidInput`` naming each key that is missing, not known
    to the provider, or not of printable ASCII.
    """
    facts = BUREAUS.get(provider)
    if facts is None or not facts.integrator_keys:
        raise NotFound("No such bureau wants integrator keys.")
    if not isinstance(keys, Mapping):
        wanted = ", ".join(facts.integrator_keys)
        raise InvalidInput([FieldError("keys", "object", f"Send a JSON object with {wanted}.")])
    wrong = [name for name in facts.integrator_keys if not _is_key(keys.get(name))]
    errors = [FieldError(name, "key", f"Send {name}: 1 to {MAX_KEY} printable characters.") for name in wrong]
    unknown = [str(name) for name in keys if name not in facts.integrator_keys]
    errors += [FieldError(name, "unknown_field", f"There is no key {name}.") for name in unknown]
    if errors:
        raise InvalidInput(errors)
    return {name: keys[name] for name in facts.integrator_keys}


def _is_key(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_KEY and value.isascii() and value.isprintable()
