"""Google's answers → grids: values, which cells are formulas, error values, merges; and values → what is sent.

`UNFORMATTED_VALUE` with `SERIAL_NUMBER` gives every date as a number and every error as its text. It does not say
which cells hold formulas; that comes from a field mask over `userEnteredValue/formulaValue`, and before that has
been read, from the headings of the columns that the schema calls formulas.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from tracker.register.headings import Headings, find_headings, find_sheets
from tracker.register.schema import sheet
from tracker.register.store import CellValue, Grid, RawValue

__all__ = [
    "ERRORS",
    "Formulas",
    "Sent",
    "Tab",
    "grid_of",
    "headings_of",
    "revision",
    "sent",
    "serial",
    "trimmed",
]

Sent = str | int | float | bool
"""What is sent for a cell: RAW takes strings, numbers and booleans; the empty string clears."""

ERRORS: Final = frozenset(
    {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "Loading..."}
)
"""How errors look unformatted. A text that spells the same cannot be told from one, and helps a reader as little."""
_EPOCH: Final = datetime(1899, 12, 30)
"""Day 0 of serial numbers; source: DateTimeRenderOption in the discovery document."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab as the metadata describe it; `merges` as in `Grid`."""

    title: str
    gid: int
    rows: int
    columns: int
    is_hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Formulas:
    """Where one tab holds formulas: single cells, and columns filled from a row on (0-based).

    `spills` are the columns of an ARRAYFORMULA: the cells below it hold its results and are no content of their
    own. `until` is the last row that was looked at: a column whose last cells are formulas goes on below it.
    """

    cells: AbstractSet[tuple[int, int]] = frozenset()
    spills: Mapping[int, int] = field(default_factory=dict)
    until: int = 0

    @classmethod
    def read(cls, rows: Sequence[Mapping[int, str]]) -> Formulas:
        """From the formula texts by column, row after row."""
        cells, spills = set(), dict[int, int]()
        for row, found in enumerate(rows):
            for column, text in found.items():
                cells.add((row, column))
                if "ARRAYFORMULA(" in text.upper():
                    spills.setdefault(column, row)
        return cls(frozenset(cells), spills, len(rows))

    @property
    def are_loose(self) -> bool:
        """Whether single formulas stand here that a sort or an insertion may have moved since."""
        return any(column not in self.spills for _, column in self.cells)

    def within(self, rows: Sequence[Sequence[RawValue]]) -> frozenset[tuple[int, int]]:
        """The formula cells of a grid with these rows."""
        grown = {column: self.until for row, column in self.cells if row == self.until - 1}
        below = {**grown, **self.spills}
        found = {(row, column) for row, column in self.cells if row < len(rows)}
        for column, first in below.items():
            found.update((row, column) for row in range(first, len(rows)) if column < len(rows[row]))
        # The heading that an array formula writes is a heading like any other.
        return frozenset(cell for cell in found if self.spills.get(cell[1]) != cell[0])


def grid_of(tab: Tab, rows: Sequence[Sequence[RawValue]], formulas: Formulas | None) -> Grid:
    """The grid of a tab; without known formulas, the schema's formula columns are taken for them."""
    bare = Grid(tab.title, rows, merges=tab.merges)
    known = _assumed(bare) if formulas is None else formulas.within(rows)
    errors = {
        (row, column): value
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if isinstance(value, str) and value in ERRORS
    }
    return Grid(tab.title, rows, known, errors, tab.merges)


def headings_of(grid: Grid) -> Headings | None:
    """Where the columns of a tab stand; None for one that the schema does not know."""
    key = next(iter(find_sheets([grid.name])), None)
    return None if key is None else find_headings(sheet(key), grid)


def _assumed(grid: Grid) -> frozenset[tuple[int, int]]:
    key = next(iter(find_sheets([grid.name])), None)
    if key is None:
        return frozenset()
    described = sheet(key)
    headings = find_headings(described, grid)
    computed = {
        headings.columns[one.key]
        for one in described.columns
        if one.is_formula and one.key in headings.columns
    }
    return frozenset(
        (row, column)
        for row in range(headings.row + 1, len(grid.rows))
        for column in computed
        if column < len(grid.rows[row])
    )


def serial(moment: datetime) -> float | int:
    """A moment as a serial number; a date alone as a whole one."""
    days = (moment - _EPOCH) / timedelta(days=1)
    return int(days) if days == int(days) else days


def sent(value: CellValue) -> Sent:
    """What is sent for a value."""
    if value is None:
        return ""
    return serial(value) if isinstance(value, datetime) else value


def trimmed(row: Sequence[RawValue]) -> list[RawValue]:
    """A row without its trailing empty cells, as the service delivers it."""
    cells = ["" if value is None else value for value in row]
    while cells and cells[-1] == "":
        cells.pop()
    return list(cells)


def revision(grids: Sequence[Grid]) -> str:
    """A digest of everything that was typed; results of formulas change by themselves and do not count."""
    digest = hashlib.sha256()
    for grid in grids:
        rows = [_typed(grid, row) for row in range(len(grid.rows))]
        while rows and not rows[-1]:
            rows.pop()
        digest.update(json.dumps([grid.name, rows], ensure_ascii=True).encode())
    return digest.hexdigest()


def _typed(grid: Grid, row: int) -> list[RawValue]:
    cells = grid.rows[row]
    if grid.formulas:
        cells = ["" if (row, column) in grid.formulas else value for column, value in enumerate(cells)]
    return trimmed(cells)
