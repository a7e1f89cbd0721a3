"""Reading a file line by line from an offset, a little of it at a time: memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lastro.negativations.imports.model import MAX_LINE_BYTES

PIECE = 1024 * 1024
"""Bytes of one read."""

ReadRange = Callable[[int, int], bytes]
"""(start, length) to bytes."""


class LineTooLong(ValueError):
    """A line that no line of an import is as long as: the file is something else."""


class FileReplaced(ValueError):
    """Another file was sent in the place of the one that is worked: lines of two files are no import."""


def lines_from(read: ReadRange, offset: int, size: int, piece: int = PIECE) -> Iterator[tuple[bytes, int]]:
    """(line without its end, offset behind it) from an offset at which a line begins; the last may lack its end.

    Raises ``LineTooLong``.
    """
    buffer, place, fetched = b"", 0, offset
    while True:
        end = buffer.find(b"\n", place)
        if end >= 0:
            if end - place > MAX_LINE_BYTES:
                raise LineTooLong
            yield buffer[place:end].rstrip(b"\r"), fetched - len(buffer) + end + 1
            place = end + 1
            continue
        rest = buffer[place:]
        if len(rest) > MAX_LINE_BYTES:
            raise LineTooLong
        if fetched >= size:
            if rest:
                yield rest.rstrip(b"\r"), size
            return
        buffer, place = rest + read(fetched, min(piece, size - fetched)), 0
        fetched += len(buffer) - len(rest)
