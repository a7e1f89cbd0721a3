"""An e-mail address by its syntax alone (RFC 5321 and 5322, as email-validator reads them); no name is looked up.

The library takes some 30 ms to load: it is loaded with the first address that is read.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.wire.rule import Read, read_text

LONGEST = 254
LONGEST_LOCAL_PART = 64


def read_email(value: Any) -> str:
    """The address with its domain in small ASCII letters. Raises ``PydanticCustomError`` ``email``.

    Letters beyond ASCII before the ``@`` are refused: few servers of the country carry such mail (SMTPUTF8).
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        text = read_text(value)
        if len(text) > 2 * LONGEST:
            raise EmailNotValidError
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
        if len(found.local_part) > LONGEST_LOCAL_PART:
            raise EmailNotValidError
    except EmailNotValidError as error:
        raise PydanticCustomError(
            "email", "Envie um endereço de e-mail válido, como ana@example.com, sem acentos antes da arroba."
        ) from error
    return found.ascii_email or found.normalized


Email = Annotated[
    str,
    Read(
        read_email,
        {
            "type": "string",
            "format": "email",
            "maxLength": LONGEST,
            "description": "Endereço de e-mail",
            "examples": ["ana@example.com"],
        },
    ),
]
