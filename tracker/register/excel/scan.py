"""One pass over the XML of a sheet for what calamine hides: formula cells, error values, the extent.

The plain form that Excel, LibreOffice and openpyxl write is scanned with array and compiled expressions (a
million cells in a fifth of a second); anything else – prefixes, other quotes, cells without a reference,
comments, UTF-16 – goes through an XML parser that counts positions itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final
from xml.parsers import expat

import numpy as np
import numpy.typing as npt

from tracker.register.cellset import CellSet
from tracker.register.excel.directory import refuse_doctype
from tracker.register.excel.opening import foreign

__all__ = ["Scan", "scan_sheet"]

_REFERENCE: Final = rb"([A-Z]{1,3}[0-9]{1,7})"
_ERROR: Final = re.compile(
    rb'<c r="' + _REFERENCE + rb'"[^>]*?\st="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL
)
_COLON: Final = re.compile(rb":c[\s/>]")
_PREFIXED: Final = re.compile(rb"<[^<>\s/\"'=]*:c[\s/>]")
_A1: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,6}")
_CELL: Final = np.frombuffer(b'c r="', np.uint8)
_AFTER_NAME: Final = np.frombuffer(b" />\t\r\n", np.uint8)
_LONGEST_REFERENCE: Final = len("XFD1048576")
_PIECE: Final = 1 << 22
"""Bytes looked at together: enough for speed, and little memory however large the sheet."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scan:
    """What the XML of a sheet says. No cell with content lies at or beyond `rows` or `columns` (0-based).

    `cells` is at least the number of cells with content.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    formulas: AbstractSet[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


def scan_sheet(content: bytes, *, limit: int) -> Scan:
    """The scan of one sheet part; exact in `rows` and `columns` wherever their product would exceed `limit`.

    RegisterUnreadable when the part is not well-formed, declares a document type, or addresses a row or a cell
    in a way that calamine would understand otherwise than we do.
    """
    found = _scan_plain(content)
    if found is not None and found.rows * found.columns <= limit:
        return found
    return _Parser().scan(content)


def _scan_plain(content: bytes) -> Scan | None:
    """The scan when every cell begins with `<c r="A1"`; None when the parser must look.

    Empty cells with a style count here, so the extent may be too large. Rows do not: calamine puts a cell where
    its own reference says, wherever its row says it is.
    """
    if b"\0" in content[:256] or b"<!" in content:
        return None
    start, end = content.find(b"<sheetData"), content.rfind(b"</sheetData>")
    if start < 0 or (end < 0 and b"<sheetData/>" not in content):
        return None
    cells = content[start:end] if start < end else b""
    is_prefixed = (
        b":c" in cells and _COLON.search(cells) and _PREFIXED.search(cells)
    )  # ever surer, ever slower
    found = None if is_prefixed else _cells(np.frombuffer(cells, np.uint8))
    if found is None or b't="e"' not in cells:
        return found
    errors = {}
    for match in _ERROR.finditer(cells):
        row, column = (int(place[0]) for place in positions([match[1]]))
        errors[row, column] = match[2].decode("utf-8", "replace")
    return replace(found, errors=errors)


def _cells(cells: npt.NDArray[np.uint8]) -> Scan | None:
    """Extent, number and formulas of the cells; None when a tag that begins with c is not `<c r="A1"`."""
    padded = np.concatenate([cells, np.zeros(len(_CELL) + _LONGEST_REFERENCE + 2, np.uint8)])
    last = np.zeros((2, 1), np.int64)  # the last cell of the piece before: a formula may belong to it
    rows = columns = number = 0
    formulas: list[Ints] = [last[:, :0]]
    for start in range(0, len(cells), _PIECE):
        tags = np.flatnonzero(padded[start : start + _PIECE] == ord("<")) + start + 1
        initials = padded[tags]
        opening = tags[initials == ord("c")]
        if not all((padded[opening + at] == sign).all() for at, sign in enumerate(_CELL)):
            return None
        found = _references(padded, opening + len(_CELL))
        if found is None:
            return None
        places = np.concatenate([last, found], axis=1)
        last, number = places[:, -1:], number + len(opening)
        rows, columns = max(rows, int(places[0].max())), max(columns, int(places[1].max()))
        formula = tags[initials == ord("f")]
        formula = formula[np.isin(padded[formula + 1], _AFTER_NAME)]
        formulas.append(places[:, np.searchsorted(opening, formula)])
    calculated = np.concatenate(formulas, axis=1) - 1
    return Scan(rows, columns, number, CellSet.of(calculated[0], calculated[1]))


def _references(text: npt.NDArray[np.uint8], at: Ints) -> Ints | None:
    """(rows, columns), from 1, of the references that begin `at`; None when one is no plain A1."""
    rows, columns = np.zeros((2, len(at)), np.int64)
    live = np.ones(len(at), np.bool_)
    for place in range(_LONGEST_REFERENCE + 1):
        sign = text[at + place]
        letter, digit = (sign - ord("A") < 26) & (rows == 0), sign - ord("0") < 10  # unsigned: wraps below
        goes_on = live & (letter | (digit & (columns > 0) & ((rows > 0) | (sign != ord("0")))))
        if not ((sign == ord('"')) & (rows > 0))[live & ~goes_on].all():
            return None
        live = goes_on
        if not live.any():
            break
        columns = np.where(live & letter, columns * 26 + sign - (ord("A") - 1), columns)
        rows = np.where(live & digit, rows * 10 + sign - ord("0"), rows)
    return None if live.any() else np.stack([rows, columns])


def positions(references: Sequence[bytes]) -> tuple[Ints, Ints]:
    """(0-based rows, 0-based columns) of A1 references, all at once."""
    signs = np.array(references, dtype="S10").view(np.uint8).reshape(-1, 10).T.copy()
    rows, columns = np.zeros((2, len(references)), np.int64)
    for sign in signs:
        is_letter, is_digit = sign >= ord("A"), (sign >= ord("0")) & (sign <= ord("9"))
        columns = np.where(is_letter, columns * 26 + sign - 64, columns) if is_letter.any() else columns
        rows = np.where(is_digit, rows * 10 + sign - 48, rows) if is_digit.any() else rows
    return rows - 1, columns - 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Parser:
    """Counts positions as a spreadsheet does: a row or cell without a reference follows the last one."""

    def __init__(self) -> None:
        self._row = self._column = -1
        self._rows = self._columns = self._cells = 0
        self._in_cell = self._is_error = self._in_value = False
        self._formulas: list[tuple[int, int]] = []
        self._errors: dict[tuple[int, int], str] = {}

    def scan(self, content: bytes) -> Scan:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = refuse_doctype
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError):
            raise foreign() from None
        return Scan(self._rows, self._columns, self._cells, CellSet(self._formulas), self._errors)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            number = attributes.get("r")
            if number is not None and not _NUMBER.fullmatch(number):
                raise foreign()
            self._row = self._row + 1 if number is None else int(number) - 1
            self._column = -1
        elif self._in_cell and name in ("v", "f", "is"):  # x14 validations have an `f` of their own
            self._rows, self._columns = max(self._rows, self._row + 1), max(self._columns, self._column + 1)
            self._cells += 1
            self._in_value = name == "v"
            if name == "f":
                self._formulas.append((self._row, self._column))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._row, self._column = max(self._row, 0), self._column + 1
        elif match := _A1.fullmatch(reference):
            self._row, self._column = int(match[2]) - 1, _column(match[1].upper())
        else:
            raise foreign()
        self._in_cell, self._is_error = True, attributes.get("t") == "e"

    def _end(self, tag: str) -> None:
        self._in_value = False
        if tag.rpartition(" ")[2] == "c":
            self._in_cell = False

    def _text(self, text: str) -> None:
        if self._in_value and self._is_error:
            place = (self._row, self._column)
            self._errors[place] = self._errors.get(place, "") + text
