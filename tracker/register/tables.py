"""A sheet as records: which rows hold one, the cells of a column over them, and where each cell stands."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding, Place, finding
from tracker.register.cells import is_blank, raw_text
from tracker.register.cellset import rows_by_column
from tracker.register.headings import Headings, find_headings
from tracker.register.store import letters

if TYPE_CHECKING:
    from tracker.register.layout import Sheet
    from tracker.register.store import Grid, RawValue

__all__ = ["CellType", "Table", "table_of", "types_of"]

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


class CellType:
    """What a raw cell is made of, as small integers so that a column of types is one array."""

    EMPTY: Final = 0
    TEXT: Final = 1
    NUMBER: Final = 2
    MOMENT: Final = 3
    DATE: Final = 4
    TIME: Final = 5
    TRUTH: Final = 6


_TYPES: Final[Mapping[type, int]] = {
    type(None): CellType.EMPTY,
    str: CellType.TEXT,
    float: CellType.NUMBER,
    int: CellType.NUMBER,
    datetime: CellType.MOMENT,
    date: CellType.DATE,
    time: CellType.TIME,
    timedelta: CellType.TIME,
    bool: CellType.TRUTH,
}


def types_of(values: Sequence[RawValue]) -> npt.NDArray[np.int8]:
    """The `CellType` of every value; white space alone is EMPTY."""
    types = np.fromiter(map(_TYPES.__getitem__, map(type, values)), np.int8, len(values))
    at = np.flatnonzero(types == CellType.TEXT)
    texts = values if len(at) == len(values) else list(map(values.__getitem__, at.tolist()))
    seen = np.fromiter(map(bool, map(str.strip, texts)), np.bool_, len(at))  # type: ignore[arg-type]
    types[at[~seen]] = CellType.EMPTY
    return types


@dataclass(frozen=True, slots=True)
class Table:
    """The records of one sheet: `rows` are their 0-based sheet rows, `columns` the columns that are read, whole.

    A record is a row with content in a typed column that is not merely a formula's (ready rows of the
    template are empty). Merged cells are filled down in `values` only; `raw` gives what stands in the cell
    itself.
    """

    sheet: Sheet
    grid: Grid | None
    headings: Headings
    rows: Rows
    columns: Mapping[int, Sequence[RawValue]] = field(default_factory=dict)
    filled: Mapping[int, Mapping[int, RawValue]] = field(default_factory=dict)
    error_rows: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, key: str) -> bool:
        """Whether the column was found and may be read."""
        return key in self.headings.columns

    def values(self, key: str) -> list[RawValue]:
        """The raw cells of a column, one a record; None for an error and for a column that is not there."""
        at = self.headings.columns.get(key)
        if at is None:
            return [None] * len(self)
        cells, rows = self.columns[at], self.rows.tolist()
        if rows and rows[-1] - rows[0] + 1 == len(rows):
            values = list(cells[rows[0] : rows[-1] + 1])
        else:
            values = list(map(cells.__getitem__, rows))
        changes = {**self.filled.get(at, {}), **dict.fromkeys(self.error_rows.get(at, ()))}
        if changes:
            values = [changes.get(row, old) for row, old in zip(rows, values, strict=True)]
        return values

    def errors(self, key: str) -> Mapping[int, str]:
        """0-based sheet row → error text, for the cells of a column that hold a formula error."""
        return self.error_rows.get(self.headings.columns.get(key, -1), {})

    def error_mask(self, key: str) -> Mask:
        """Which records hold a formula error in this column."""
        return np.isin(self.rows, np.array(list(self.errors(key)), np.int64))

    def place(self, row: int, key: str) -> Place:
        """The place of a cell, from its 0-based sheet row and the key of its column."""
        at = self.headings.columns.get(key)
        cell = None if at is None else f"{letters(at)}{row + 1}"
        return Place(self.sheet.name, row + 1, self.sheet.column(key).heading, cell)

    def raw(self, row: int, key: str) -> str | None:
        """What stands in a cell, as findings quote it; None when the column is not there."""
        at = self.headings.columns.get(key)
        if at is None or self.grid is None:
            return None
        error = self.grid.errors.get((row, at))
        cells = self.grid.rows[row] if 0 <= row < len(self.grid.rows) else ()
        return error or raw_text(cells[at] if at < len(cells) else None)

    def on_sheet(self, code: str, **words: object) -> Finding:
        """A finding on the sheet as a whole."""
        return finding(code, Place(self.sheet.name), id=None, step=None, raw=None, severity=None, **words)

    def said(
        self,
        code: str,
        row: int,
        key: str,
        *,
        seen: RawValue = None,
        id: str | None = None,
        step: int | None = None,
        **words: object,
    ) -> Finding:
        """A finding at a cell of this table; `seen` is the content as read, where a merged cell lent it."""
        raw = self.raw(row, key) if seen is None else raw_text(seen)
        return finding(code, self.place(row, key), id=id, step=step, raw=raw, severity=None, **words)


def table_of(sheet: Sheet, grid: Grid | None) -> tuple[Table, list[Finding]]:
    """The records of a sheet, with the findings on its headings and on overwritten formulas (D416)."""
    if grid is None:
        return Table(sheet, None, Headings(0, {}), np.empty(0, np.int64)), []
    headings = find_headings(sheet, grid)
    typed = {headings.columns[column.key] for column in sheet.typed if column.key in headings.columns}
    formulas = rows_by_column(grid.formulas)
    calculated = {at for at in headings.columns.values() if at in formulas}
    columns = {at: _column(grid.rows, at) for at in typed | calculated}
    errors = _typed_errors(grid, headings.row, typed)
    occupied = np.zeros(len(grid.rows), np.bool_)
    occupied[: headings.row + 1] = True
    for column in sorted(typed):
        if occupied.all():
            break
        occupied |= _occupied(columns[column], formulas.get(column), errors.get(column, {}))
    occupied[: headings.row + 1] = False
    rows = np.flatnonzero(occupied).astype(np.int64)
    table = Table(sheet, grid, headings, rows, columns, _fill_down(grid, headings.row, typed), errors)
    return table, [*headings.findings, *_overwritten(table, formulas)]


def _column(rows: Sequence[Sequence[RawValue]], at: int) -> Sequence[RawValue]:
    """One column of the sheet from its first row on; rows that are too short have None there."""
    try:
        return list(map(itemgetter(at), rows))
    except IndexError:
        return [row[at] if at < len(row) else None for row in rows]


def _typed_errors(grid: Grid, heading: int, typed: Container[int]) -> dict[int, dict[int, str]]:
    """Column → row → error text, below the headings and in typed columns only."""
    errors: dict[int, dict[int, str]] = {}
    for (row, column), text in grid.errors.items():
        if column in typed and heading < row < len(grid.rows):
            errors.setdefault(column, {})[row] = text
    return errors


def _occupied(cells: Sequence[RawValue], formulas: Rows | None, errors: Mapping[int, str]) -> Mask:
    """Which rows of a column hold something that was typed."""
    occupied: Mask = types_of(cells) != CellType.EMPTY
    occupied[list(errors)] = True
    if formulas is not None:
        occupied[formulas[formulas < len(occupied)]] = False
    return occupied


def _fill_down(grid: Grid, heading: int, typed: Container[int]) -> dict[int, dict[int, RawValue]]:
    """Column → row → value for the cells below the first of a merged range (filled for reading only)."""
    filled: dict[int, dict[int, RawValue]] = {}
    until: dict[int, int] = {}
    for top, left, bottom, _ in sorted(grid.merges):
        if top <= heading or left not in typed or top >= len(grid.rows) or left >= len(grid.rows[top]):
            continue
        rows = range(max(top, until.get(left, 0)) + 1, min(bottom + 1, len(grid.rows)))  # each row once
        filled.setdefault(left, {}).update(dict.fromkeys(rows, grid.rows[top][left]))
        until[left] = max(until.get(left, 0), rows.stop - 1)
    return filled


def _overwritten(table: Table, formulas: Mapping[int, Rows]) -> list[Finding]:
    """D416 for typed content in a formula column that holds formulas elsewhere."""
    found: list[Finding] = []
    heading = table.headings.row
    for column in table.sheet.columns:
        at = table.headings.columns.get(column.key, -1)
        if not column.is_formula or at not in formulas or formulas[at][-1] <= heading:
            continue
        others = np.setdiff1d(
            np.arange(heading + 1, len(table.columns[at])), formulas[at], assume_unique=True
        )
        cells = table.columns[at]
        rows = [row for row in others.tolist() if not is_blank(cells[row])]
        found.extend(table.said("D416", row, column.key, column=column.heading) for row in rows)
    return found
