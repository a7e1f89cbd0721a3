"""The keys that a provider gives to whoever integrates: one set for the whole system, kept in its vault. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.bureaus.errors import KEYS_NO_OBJECT, NO_INTEGRATOR_KEYS, UNKNOWN_INTEGRATOR_KEY, WRONG_INTEGRATOR_KEY
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.kernel.errors import InvalidInput

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
        raise NO_INTEGRATOR_KEYS()
    if not isinstance(keys, Mapping):
        wanted = ", ".join(facts.integrator_keys)
        raise InvalidInput([KEYS_NO_OBJECT.at("keys", names=wanted)])
    wrong = [name for name in facts.integrator_keys if not _is_key(keys.get(name))]
    errors = [WRONG_INTEGRATOR_KEY.at(name, name=name, most=MAX_KEY) for name in wrong]
    unknown = [str(name) for name in keys if name not in facts.integrator_keys]
    errors += [UNKNOWN_INTEGRATOR_KEY.at(name, name=name) for name in unknown]
    if errors:
        raise InvalidInput(errors)
    return {name: keys[name] for name in facts.integrator_keys}


def _is_key(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_KEY and value.isascii() and value.isprintable()
