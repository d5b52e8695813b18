"""Sidik Register: one digest of everything in the book that a figure can depend on.

SHA-256 over a canonical text (UTF-8, NFC, fixed sheet order, rows sorted) of the typed cells of Register, Riwayat,
SOP, Langkah, Pegawai, Jam Kerja and Hari Libur; no Arsip, Daftar, Panduan and no formula column, so that printing
and recalculating change nothing. Source: "Common to all" in the papers' contract.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date, datetime, time, timedelta
from math import floor, isfinite
from typing import TYPE_CHECKING, Final

from tracker.register.cells import raw_text
from tracker.register.layout import Kind
from tracker.register.reader import read_tables

if TYPE_CHECKING:
    from tracker.register.layout import Column
    from tracker.register.store import RawValue, Snapshot
    from tracker.register.tables import Table

__all__ = ["canonical_text", "fingerprint"]

_SHEETS: Final = ("register", "events", "sop", "steps", "people", "hours", "holidays")
_DAY_ZERO: Final = datetime(1899, 12, 30)
_MARCH_1900: Final = datetime(1900, 3, 1)
_DAY: Final = timedelta(days=1)
_DIGITS: Final = 9
"""Decimals of a number: beyond them, a double that has passed through a file or a service may differ."""
_EXACT: Final = 1e6
"""Numbers from here on (an 18-digit NIP) are not rounded: they have no decimals to lose."""


def fingerprint(snapshot: Snapshot) -> str:
    """64 hex digits; the same for any order of rows and columns, and for any book with the same typed content."""
    return hashlib.sha256(canonical_text(snapshot)).hexdigest()


def canonical_text(snapshot: Snapshot) -> bytes:
    """What the digest is taken of, in UTF-8: a heading for each sheet, a JSON array for each of its records."""
    tables, _ = read_tables(snapshot)
    lines: list[str] = []
    for key in _SHEETS:
        lines.append(f"[{tables[key].sheet.name}]\n")
        lines.extend(f"{line}\n" for line in _lines(tables[key], snapshot.serial_offset))
    return "".join(lines).encode()


def _lines(table: Table, offset: int) -> list[str]:
    """The records as JSON arrays in the order of the schema's typed columns, sorted."""
    columns = [_texts(table, column, offset) for column in table.sheet.typed]
    records = [[column[row] for column in columns] for row in range(len(table))]
    return sorted(json.dumps(record, ensure_ascii=False) for record in records)


def _texts(table: Table, column: Column, offset: int) -> list[str]:
    errors = table.errors(column.key)
    rows = table.rows.tolist()
    values = table.values(column.key)
    texts = (errors.get(row) or _text(value, column, offset) for row, value in zip(rows, values, strict=True))
    # A lone surrogate cannot be encoded; it may come from a damaged sheet and must not stop a paper.
    return [unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode() for text in texts]


def _text(value: RawValue, column: Column, offset: int) -> str:
    """A cell as text, the same from every store: a spreadsheet sends dates and times as numbers, a workbook does not.

    What is neither text nor truth is written as a serial number; times are rounded to the minute, as the rules do.
    """
    if value is None or isinstance(value, str | bool):
        return raw_text(value)
    if isinstance(value, int | float):
        is_moment = column.kind in (Kind.MOMENT, Kind.DATE)
        if is_moment or column.kind is Kind.TIME:
            return _serial(value + (offset if is_moment else 0))
        return raw_text(round(value, _DIGITS) if abs(value) < _EXACT else value)
    if isinstance(value, datetime):
        return _serial(_days(value))
    if isinstance(value, date):
        return _serial(_days(datetime(value.year, value.month, value.day)))
    if isinstance(value, time):
        return _serial((value.hour * 3600 + value.minute * 60 + value.second) / 86_400)
    return _serial(value / _DAY)


def _days(moment: datetime) -> float:
    """The serial number of a moment; a workbook counts a 29 February 1900 that never was, so those before are less."""
    return (moment - _DAY_ZERO) / _DAY - (moment < _MARCH_1900)


def _serial(days: float) -> str:
    if not isfinite(days):
        return raw_text(days)
    return raw_text(round(floor(days * 1440 + 0.5) / 1440, _DIGITS))
