"""One pass over the XML of a sheet for what calamine hides: formula cells, error values, the extent.

The plain form that Excel, LibreOffice and openpyxl write is scanned with compiled expressions (a million
cells in less than half a second); anything else – prefixes, other quotes, cells without a reference,
comments, UTF-16 – goes through an XML parser that counts positions itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

import numpy as np
import numpy.typing as npt

from tracker.register.cellset import CellSet
from tracker.register.excel.directory import unusual_xml
from tracker.register.excel.opening import foreign

__all__ = ["Scan", "scan_sheet"]

_REFERENCE: Final = rb"([A-Z]{1,3}[0-9]{1,7})"
_ROW: Final = re.compile(rb'<row r="([0-9]{1,7})"')
_FORMULA: Final = re.compile(rb'<c r="' + _REFERENCE + rb'"[^>]*>\s*<f[\s/>]')
_ERROR: Final = re.compile(
    rb'<c r="' + _REFERENCE + rb'"[^>]*?\st="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL
)
_WIDE: Final = re.compile(rb'<c r="([A-Z]{2,3})[0-9]')
_A1: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scan:
    """What the XML of a sheet says. No cell with content lies at or beyond `rows` or `columns` (0-based)."""

    rows: int = 0
    columns: int = 0
    formulas: AbstractSet[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


def scan_sheet(content: bytes, *, limit: int) -> Scan:
    """The scan of one sheet part; exact in `rows` and `columns` wherever their product would exceed `limit`.

    RegisterUnreadable when the part is not well-formed or declares a document type.
    """
    cells = _plain_cells(content)
    if cells is not None:
        found = _scan_plain(cells)
        if found.rows * found.columns <= limit:
            return found
    return _Parser().scan(content)


def _plain_cells(content: bytes) -> bytes | None:
    """The inside of sheetData when every cell there begins with `<c r="`; None when the parser must look."""
    if b"\0" in content[:256] or b"<!" in content:
        return None
    start, end = content.find(b"<sheetData"), content.rfind(b"</sheetData>")
    cells = content[start:end] if 0 <= start < end else b""
    if start < 0 or (end < 0 and b"<sheetData/>" not in content):
        return None
    is_plain = cells.count(b"<c") == cells.count(b'<c r="') and cells.count(b"<row") == cells.count(
        b'<row r="'
    )
    return cells if is_plain else None


def _scan_plain(cells: bytes) -> Scan:
    """Empty cells with a style count here, and columns in whole alphabets, so the extent may be too large."""
    rows, columns = positions(_FORMULA.findall(cells))
    errors = {}
    if b't="e"' in cells:
        for match in _ERROR.finditer(cells):
            row, column = (int(place[0]) for place in positions([match[1]]))
            errors[row, column] = match[2].decode("utf-8", "replace")
    last = max(map(int, set(_ROW.findall(cells))), default=0)
    return Scan(last, _width(cells), CellSet.of(rows, columns), errors)


def _width(cells: bytes) -> int:
    """One past the last column; 26 when no cell lies beyond Z."""
    wide = set(_WIDE.findall(cells))
    return int(positions([letters + b"1" for letters in wide])[1].max()) + 1 if wide else 26


def positions(references: Sequence[bytes]) -> tuple[Ints, Ints]:
    """(0-based rows, 0-based columns) of A1 references, all at once."""
    signs = np.array(references, dtype="S10").view(np.uint8).reshape(-1, 10).T.copy()
    rows, columns = np.zeros((2, len(references)), np.int64)
    for sign in signs:
        is_letter, is_digit = sign >= ord("A"), (sign >= ord("0")) & (sign <= ord("9"))
        columns = np.where(is_letter, columns * 26 + sign - 64, columns) if is_letter.any() else columns
        rows = np.where(is_digit, rows * 10 + sign - 48, rows) if is_digit.any() else rows
    return rows - 1, columns - 1


class _Parser:
    """Counts positions as a spreadsheet does: a row or cell without a reference follows the last one."""

    def __init__(self) -> None:
        self._row = self._column = -1
        self._rows = self._columns = 0
        self._in_cell = self._is_error = self._in_value = False
        self._formulas: list[tuple[int, int]] = []
        self._errors: dict[tuple[int, int], str] = {}

    def scan(self, content: bytes) -> Scan:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError):
            raise foreign() from None
        return Scan(self._rows, self._columns, CellSet(self._formulas), self._errors)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            number = attributes.get("r", "").strip()
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1
        elif self._in_cell and name in ("v", "f", "is"):  # x14 validations have an `f` of their own
            self._rows, self._columns = max(self._rows, self._row + 1), max(self._columns, self._column + 1)
            self._in_value = name == "v"
            if name == "f":
                self._formulas.append((self._row, self._column))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        match = _A1.fullmatch(attributes.get("r", "").strip())
        if match:
            rows, columns = positions([match[0].upper().encode()])
            self._row, self._column = int(rows[0]), int(columns[0])
        else:
            self._row, self._column = max(self._row, 0), self._column + 1
        self._in_cell, self._is_error = True, attributes.get("t") == "e"

    def _end(self, tag: str) -> None:
        self._in_value = False
        if tag.rpartition(" ")[2] == "c":
            self._in_cell = False

    def _text(self, text: str) -> None:
        if self._in_value and self._is_error:
            place = (self._row, self._column)
            self._errors[place] = self._errors.get(place, "") + text


def _refuse_doctype(*_: object) -> None:
    raise unusual_xml()
