"""What stands in a cell, as people see it in the sheet: text as typed, a true date as a date."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from tracker.findings import Finding, Place
from tracker.register.cells import raw_text
from tracker.register.excel.references import column_number
from tracker.register.headings import find_headings, find_sheets
from tracker.register.layout import Kind
from tracker.register.moments import SerialDates, read_moment, written_moment
from tracker.register.schema import SHEETS
from tracker.register.store import Grid, RawValue, Snapshot
from tracker.sop.model import State

__all__ = ["raw_seen", "sheet_named", "sheet_texts"]

_TIMES: Final = frozenset({Kind.MOMENT, Kind.DATE})
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


def sheet_named(snapshot: Snapshot, name: str) -> Grid | None:
    """The sheet that answers to this name of the schema."""
    key = next((sheet.key for sheet in SHEETS if sheet.name == name), "")
    found = find_sheets([grid.name for grid in snapshot.grids])
    return snapshot.grid(found.get(key, name))


def sheet_texts(snapshot: Snapshot, sheet: str, around: int) -> tuple[str, list[list[str]]]:
    """(name as spelled in the book, texts from A1 down to two rows below `around`) of the schema's sheet."""
    grid = sheet_named(snapshot, sheet)
    if grid is None:
        return sheet, []
    times = _time_columns(snapshot, sheet, grid)
    rows: list[list[str]] = [[] for _ in range(max(around - 3, 0))]
    for index in range(len(rows), min(around + 2, len(grid.rows))):
        rows.append(
            [_text(grid, index, column, is_time=column in times) for column in range(len(grid.rows[index]))]
        )
    return grid.name, rows


def raw_seen(snapshot: Snapshot, found: Finding) -> str | None:
    """The content of the cell at fault as people see it in the sheet: text as typed, a true date as a date.

    A workbook keeps a true date as a date, a spreadsheet sends it as a serial number; neither is what was typed.
    """
    if found.raw is None:
        return None
    shown = _date_seen(_value_at(snapshot, found.place))
    if shown:
        return shown
    column = next(
        (
            one
            for sheet in SHEETS
            if sheet.name == found.place.sheet
            for one in sheet.columns
            if one.heading == found.place.column
        ),
        None,
    )
    is_time = snapshot.serials_are_dates and column is not None and column.kind in _TIMES
    if not is_time or not _NUMBER.fullmatch(found.raw):
        return found.raw
    return _moment_seen(float(found.raw)) or found.raw


def _value_at(snapshot: Snapshot, place: Place) -> RawValue:
    """What the store sent for a cell; None for a place that is none."""
    grid = sheet_named(snapshot, place.sheet or "")
    if grid is None or not place.cell or not place.row or place.row > len(grid.rows):
        return None
    column, row = column_number(place.cell.rstrip("0123456789")) - 1, grid.rows[place.row - 1]
    return row[column] if column < len(row) else None


def _date_seen(value: RawValue) -> str:
    """A true date or time in the words of a sheet; empty for anything else."""
    if isinstance(value, datetime):
        return f"{value.day}/{value.month}/{value.year} {value:%H.%M}"
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    return f"{value:%H.%M}" if isinstance(value, time) else ""


def _time_columns(snapshot: Snapshot, name: str, grid: Grid) -> set[int]:
    """The columns of moments and dates, where the store sends those as numbers."""
    described = next((sheet for sheet in SHEETS if sheet.name == name), None)
    if described is None or not snapshot.serials_are_dates:
        return set()
    columns = find_headings(described, grid).columns
    return {columns[one.key] for one in described.columns if one.kind in _TIMES and one.key in columns}


def _text(grid: Grid, row: int, column: int, *, is_time: bool) -> str:
    value = grid.rows[row][column]
    if is_time and isinstance(value, int | float) and not isinstance(value, bool):
        return _moment_seen(value) or raw_text(value)
    return grid.errors.get((row, column)) or _date_seen(value) or raw_text(value)


def _moment_seen(serial: float) -> str:
    """A serial number as the spreadsheet shows it; empty when it is no moment of our time."""
    read = read_moment(serial, serials=SerialDates(expected=True))
    if read.state not in (State.OK, State.DATE_ONLY):
        return ""
    at = written_moment(read.value)
    day = f"{at.day}/{at.month}/{at.year}"
    return day if read.state is State.DATE_ONLY else f"{day} {at:%H.%M}"
