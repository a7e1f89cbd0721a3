"""Operations that some providers do not have. Each raises ``RefusedByBureau`` (``unsupported_by_bureau``)."""

from __future__ import annotations

from typing import NoReturn

from lastro.vendors.bureaus.failures import unsupported


class WithoutLogin:
    """A provider that takes the credential with every call."""

    async def login(self) -> NoReturn:
        raise unsupported("login")


class WithoutLookUp:
    """A provider that cannot be asked what became of an inquiry."""

    async def find_inquiry(self, *_: object, **__: object) -> NoReturn:
        raise unsupported("look-up of an inquiry")


class WithoutCodes:
    """A provider that publishes no list of restriction codes over its interface."""

    async def list_codes(self, *_: object, **__: object) -> NoReturn:
        raise unsupported("list of restriction codes")
