"""What a register is made of before anybody interprets it, and how it is changed: Snapshot, Patch, Store.

A store knows files or services and cells; it knows no rule and no meaning. Every store passes the one contract
suite in `tests/register/test_store_contract.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol

__all__ = [
    "AddSheet",
    "AppendRow",
    "CellValue",
    "ChangeRow",
    "Grid",
    "Patch",
    "RawValue",
    "Receipt",
    "Snapshot",
    "Store",
    "letters",
]

CellValue = str | int | float | bool | datetime | None
"""What may be written: `str` is always literal text, None empties the cell."""

RawValue = str | int | float | bool | datetime | date | time | timedelta | None
"""What a cell holds as read; an empty cell is the empty string or None."""


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """A1 letters of a 0-based column: 0 → A, 25 → Z, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as read. `rows[r][c]` is the cell at 0-based row r and column c, counted from A1.

    `formulas` and `errors` are keyed by 0-based (row, column); `errors` gives the error text (`#REF!`).
    `merges` are inclusive 0-based (top, left, bottom, right) ranges.
    """

    name: str
    rows: Sequence[Sequence[RawValue]]
    formulas: AbstractSet[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Snapshot:
    """All sheets of a book at one moment; `revision` changes exactly when the book's content does.

    `serial_offset` is added to a number before it is read as a date: 1462 in a workbook of the 1904 system.
    `serials_are_dates` is True where the store delivers true dates as numbers (Google), so that reading one is no
    repair.
    """

    grids: tuple[Grid, ...]
    revision: str
    serial_offset: int = 0
    serials_are_dates: bool = False

    def grid(self, name: str) -> Grid | None:
        """The sheet with exactly this name, or None."""
        for grid in self.grids:
            if grid.name == name:
                return grid
        return None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Change cells of one row that is found again by its whole content as read, never by its number.

    `expected` maps 0-based columns to raw values: every cell of the row that holds no formula (empty ones may be
    left out). `cells` maps 0-based columns to new values. `hint` is the 0-based row where it was read.
    """

    sheet: str
    expected: Mapping[int, RawValue]
    cells: Mapping[int, CellValue]
    hint: int


@dataclass(frozen=True, slots=True)
class AppendRow:
    """Write a new record into the first ready row below the last record, else below everything.

    `cells` maps 0-based columns to values; `typed` are the columns whose emptiness makes a row ready; `heading`
    is the 0-based heading row. `key` is the idempotency key: a store that has a place for it (the hidden column
    Kunci on Google) adds no second row with it; in a workbook file, where one replace is atomic, it is not needed.
    """

    sheet: str
    cells: Mapping[int, CellValue]
    typed: tuple[int, ...]
    heading: int
    key: str


@dataclass(frozen=True, slots=True)
class AddSheet:
    """Make a sheet that the book lacks, behind all others, with `headings` in its first row from column A on.

    `widths` are those of the columns in Excel characters. `like` is (sheet, 0-based row, 0-based column) of a cell
    whose look the headings take on, where the store knows looks.
    """

    name: str
    headings: tuple[str, ...]
    widths: tuple[float, ...] = ()
    like: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """Everything one command writes; all of it lands or none. Appends may go to the sheets that it adds."""

    changes: tuple[ChangeRow, ...] = ()
    appends: tuple[AppendRow, ...] = ()
    sheets: tuple[AddSheet, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.appends or self.sheets)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a patch landed: 1-based sheet rows, in the order of `Patch.changes` then `Patch.appends`."""

    rows: tuple[int, ...]
    revision: str
    after: Snapshot | None = field(default=None, compare=False, repr=False)
    """The register as it stands now, where the store knows that without reading again."""


class Store(Protocol):
    """A place that holds a register."""

    @property
    def name(self) -> str:
        """What a person calls this register: the file name, or the spreadsheet's title."""
        ...

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the store against other writers of ours while reading, planning and applying; may be nested.

        RegisterBusy when it cannot be had within the store's patience.
        """
        ...

    def read(self) -> Snapshot:
        """All sheets now. RegisterUnavailable or RegisterUnreadable when that cannot be had."""
        ...

    def file(self, folder: str, name: str, content: bytes) -> Path | None:
        """Keep a paper beside the register, under a name that is not taken yet; where it lies, or None.

        RegisterUnavailable when it cannot be written.
        """
        ...

    def apply(self, patch: Patch) -> Receipt:
        """Write the patch, whole, and verify it by re-reading.

        ChangedMeanwhile when an expected row is not found exactly once, or a sheet to be made is there by now;
        RegisterBusy when somebody holds the book; PackageRefused when the book cannot be edited without loss. After
        any exception the book is as before.
        """
        ...
