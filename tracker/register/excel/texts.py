"""How much text the cells of a book amount to, told before any of it is built.

A shared string stands once in the book and once more in the memory for every cell that names it: ten megabytes
named by a hundred thousand cells would be a terabyte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.parsers import expat

import numpy as np
import numpy.typing as npt

from tracker.errors import RegisterUnreadable
from tracker.register.excel.directory import refuse_doctype
from tracker.register.excel.opening import foreign

__all__ = ["LONGEST_TEXT", "longest_of", "refuse_long_text", "shared_lengths", "shared_total"]

LONGEST_TEXT: Final = 8 * 32_767
"""Bytes of the longest text of a cell: Excel holds 32,767 characters, which XML may spell `&#128578;`."""
_PIECE: Final = 1 << 24
_TAG: Final = re.compile(rb"<[^>]*>")
_VALUE: Final = re.compile(rb"<v>([^<]*)</v>")
_SIGNS: Final = (b"+", b" ", b"\n", b"\t", b"\r")

Ints = npt.NDArray[np.int64]


def refuse_long_text(content: bytes) -> None:
    """RegisterUnreadable when a sheet holds a text that no spreadsheet program can write into a cell."""
    signs, last = np.frombuffer(content, np.uint8), 0
    for start in range(0, len(signs), _PIECE):
        at = np.flatnonzero(signs[start : start + _PIECE] == ord("<")) + start
        ends = np.concatenate([[last], at, [len(content)] if start + _PIECE >= len(content) else []])
        for gap in np.flatnonzero(np.diff(ends) > LONGEST_TEXT).tolist():
            text = content[int(ends[gap]) : int(ends[gap + 1])]
            if len(text) - text.find(b">") > LONGEST_TEXT:
                raise _too_long()
        last = int(ends[-1])


def _too_long() -> RegisterUnreadable:
    return RegisterUnreadable(
        "Ada sel dengan teks lebih panjang daripada yang dapat ditampung Excel (32.767 huruf).",
        "Pindahkan teks itu ke berkas lain, lalu isi sel dengan tautannya.",
    )


def shared_lengths(content: bytes) -> Ints:
    """Bytes of every shared string, at most; RegisterUnreadable when one is too long, or the part is broken."""
    is_plain = b":si" not in content and b"<!" not in content and b"\0" not in content[:256]
    if is_plain and content.count(b"<si>") == content.count(b"<si") == content.count(b"</si>"):
        pieces = content.split(b"</si>")[:-1]
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        for index in np.flatnonzero(lengths > LONGEST_TEXT).tolist():
            lengths[index] = len(_TAG.sub(b"", pieces[index]))
    else:
        lengths = _Lengths().of(content)
    if (lengths > LONGEST_TEXT).any():
        raise _too_long()
    return lengths


def longest_of(tables: Sequence[Ints]) -> Ints:
    """The longest string of each number; a book has one table, and a second one if somebody means harm."""
    lengths = np.zeros(max(map(len, tables), default=0), np.int64)
    for table in tables:
        lengths[: len(table)] = np.maximum(lengths[: len(table)], table)
    return lengths


def shared_total(content: bytes, lengths: Ints) -> int:
    """Bytes of text that the cells of a sheet have in shared strings, at most.

    Where the sheet is written plainly, numbers count as if they named a string.
    """
    values = _VALUE.findall(content)
    is_plain = b"\0" not in content[:256] and b":v" not in content and b"<!" not in content
    if not is_plain or content.count(b"<v") != len(values):
        return _Named(lengths).of(content)
    others = {value for value in set(values) if not value.isdigit()}
    if any(b"&" in other or other[:1] in _SIGNS for other in others):
        return _Named(lengths).of(content)
    named = [int(value) for value in values if len(value) < 10 and value not in others]
    index = np.array(named, np.int64)
    return int(lengths[index[index < len(lengths)]].sum())


class _Lengths:
    """Measures shared strings that are not written plainly."""

    def __init__(self) -> None:
        self._lengths: list[int] = []

    def of(self, content: bytes) -> Ints:
        _parse(content, self._start, self._text)
        return np.array(self._lengths, np.int64)

    def _start(self, tag: str, _: Mapping[str, str]) -> None:
        if tag.rpartition(" ")[2] == "si":
            self._lengths.append(0)

    def _text(self, text: str) -> None:
        if self._lengths:
            self._lengths[-1] += 8 * len(text)


class _Named:
    """Adds up the shared strings that the cells of a sheet name, whatever way the sheet is written."""

    def __init__(self, lengths: Ints) -> None:
        self._lengths = lengths
        self._is_shared = False
        self._index: list[str] | None = None
        self._total = 0

    def of(self, content: bytes) -> int:
        _parse(content, self._start, self._text, self._end)
        return self._total

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "c":
            self._is_shared = attributes.get("t") == "s"
        self._index = [] if name == "v" and self._is_shared else None

    def _text(self, text: str) -> None:
        if self._index is not None:
            self._index.append(text)

    def _end(self, _: str) -> None:
        written = "".join(self._index or []).strip().removeprefix("+")
        if written.isdecimal() and int(written) < len(self._lengths):
            self._total += int(self._lengths[int(written)])
        self._index = None


def _parse(
    content: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    text: Callable[[str], None],
    end: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise foreign() from None
