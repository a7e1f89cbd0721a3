"""Valid documents of nobody, each once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lastro.kernel.documents import Cnpj, Cpf, InvalidDocument


def spell_documents(kind: type[Cpf] | type[Cnpj], base: str, width: int) -> Iterator[str]:
    """Valid documents that begin with ``base``, each once."""
    for number in count():
        body = f"{base}{number:0{width}d}"
        yield next(
            body + digits for digits in (f"{check:02d}" for check in range(100)) if is_valid(kind, body + digits)
        )


def is_valid(kind: type[Cpf] | type[Cnpj], text: str) -> bool:
    try:
        kind(text)
    except InvalidDocument:
        return False
    return True
