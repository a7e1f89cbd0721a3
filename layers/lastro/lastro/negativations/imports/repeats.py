"""Boletos that a file names in two lines that differ: nothing tells which of the two is meant.

The file is looked through before any of it is kept, so that neither line is. What is remembered of a line is a number;
only of boletos that are named twice is it looked at what they say.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, pairwise

from pydantic_core import PydanticCustomError

from lastro.negativations.imports.lines import LineError, Row, WrongLine, cells_of, read_heading
from lastro.negativations.imports.model import MAX_ERRORS, FileFormat
from lastro.negativations.imports.reading import LineTooLong, ReadRange, lines_from
from lastro.wire.text import read_label

PIECE = 8 * 1024 * 1024
"""Bytes of one read."""

Repeats = Mapping[str, tuple[int, int]]
"""Two lines that differ, by the ``external_id`` of their boleto."""

_LONGEST_ID = 120


def find_repeats(read: ReadRange, size: int, form: FileFormat, most: int) -> Repeats:
    """What a file says twice and otherwise in its first ``most`` lines, and no more than an import may have errors."""

    def named() -> Iterator[tuple[int, str, bytes]]:
        return _named(islice(lines_from(read, 0, size, PIECE), most), form)

    seen = array("q", (hash(name) for _, name, _ in named()))
    twice = {one for one, next_one in pairwise(sorted(seen)) if one == next_one}
    first: dict[str, tuple[int, int]] = {}
    repeats: dict[str, tuple[int, int]] = {}
    for number, name, line in named() if twice else ():
        if hash(name) not in twice:
            continue
        before, said = first.setdefault(name, (number, hash(line)))
        if said != hash(line):
            repeats.setdefault(name, (before, number))
            if len(repeats) > MAX_ERRORS:
                break
    return repeats


def refused(row: Row, repeats: Repeats) -> list[LineError]:
    """What is wrong with a row whose boleto another line tells otherwise; nothing with any other."""
    lines = repeats.get(row.boleto.external_id)
    if lines is None:
        return []
    other = lines[1] if row.line == lines[0] else lines[0]
    message = f"A linha {other} traz o mesmo boleto e não é igual a esta: deixe uma só."
    return [LineError(row.line, "external_id", "repeated", message)]


def _named(lines: Iterator[tuple[bytes, int]], form: FileFormat) -> Iterator[tuple[int, str, bytes]]:
    """(number, boleto, line) of the lines that name one. What cannot be read the import tells by itself."""
    try:
        id_of = _json_id if form is FileFormat.NDJSON else _csv_id(next(lines, (b"", 0))[0])
        for number, (line, _) in enumerate(lines, 1 if form is FileFormat.NDJSON else 2):
            try:
                yield number, read_label(id_of(line.decode()), _LONGEST_ID), line.strip()
            except (ValueError, LookupError, RecursionError, PydanticCustomError):
                continue
    except (LineTooLong, UnicodeDecodeError, WrongLine):
        return


def _json_id(line: bytes | str) -> object:
    found = json.loads(line)
    return found["external_id"] if isinstance(found, dict) else None


def _csv_id(heading: bytes) -> Callable[[str], object]:
    separator, names = read_heading(heading.decode())
    column = names.index("external_id")
    return lambda line: cells_of(line, 0, separator)[column]
