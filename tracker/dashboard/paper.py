"""What the pages need to know of the cells themselves: raw texts, columns, choices, what changed, who has it open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from tracker.desk import is_google
from tracker.findings import Finding, Place
from tracker.register.cells import raw_text
from tracker.register.excel.references import column_number
from tracker.register.excel.store import ExcelStore
from tracker.register.headings import find_headings, find_sheets
from tracker.register.layout import Kind, Sheet
from tracker.register.moments import SerialDates, read_moment, written_moment
from tracker.register.schema import DAFTAR, REGISTER, RIWAYAT, SHEETS
from tracker.register.store import Grid, RawValue, Snapshot, Store, letters
from tracker.sop.model import State

__all__ = [
    "Difference",
    "Extent",
    "Facts",
    "cell_address",
    "choices",
    "difference",
    "extent",
    "facts",
    "moment_typed",
    "opened_by",
    "raw_seen",
    "sheet_texts",
]

_RECORDS = (REGISTER.key, RIWAYAT.key)
_TIMES = frozenset({Kind.MOMENT, Kind.DATE})
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Extent:
    """The typed columns of a sheet: the first and last letters."""

    first: str
    last: str


def extent(snapshot: Snapshot, sheet: Sheet) -> Extent:
    """From the first to the last typed column that the sheet has."""
    grid = _grid(snapshot, sheet.name)
    columns = find_headings(sheet, grid).columns if grid is not None else {}
    typed = [columns[one.key] for one in sheet.typed if one.key in columns]
    return Extent(letters(min(typed, default=0)), letters(max(typed, default=0)))


def choices(snapshot: Snapshot, key: str) -> tuple[str, ...]:
    """The choices of one column of sheet Daftar (by its key in the schema), as typed, each once."""
    grid = _grid(snapshot, DAFTAR.name)
    if grid is None:
        return ()
    headings = find_headings(DAFTAR, grid)
    place = headings.columns.get(key)
    if place is None:
        return ()
    cells = (row[place] for row in grid.rows[headings.row + 1 :] if place < len(row))
    return tuple(dict.fromkeys(text for one in cells if (text := raw_text(one).strip())))


def sheet_texts(snapshot: Snapshot, sheet: str, around: int) -> tuple[str, list[list[str]]]:
    """(name as spelled in the book, texts from A1 down to two rows below `around`) of the schema's sheet."""
    grid = _grid(snapshot, sheet)
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
    grid = _grid(snapshot, place.sheet or "")
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


def _grid(snapshot: Snapshot, name: str) -> Grid | None:
    """The sheet that answers to this name of the schema."""
    key = next((sheet.key for sheet in SHEETS if sheet.name == name), "")
    found = find_sheets([grid.name for grid in snapshot.grids])
    return snapshot.grid(found.get(key, name))


def moment_typed(text: str, zone: str) -> int | None:
    """A moment as a person types it into a cell, as local minutes; None when it is not date and time."""
    found = read_moment(text, zone=zone)
    return int(found.value) if found.state in (State.OK, State.REPAIRED) else None


@dataclass(frozen=True, slots=True)
class Difference:
    """How many records of Register and Riwayat are new, changed or gone."""

    new: int
    changed: int
    gone: int


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What happened between two reads, whatever the order of the rows; formulas do not count."""
    one, two = _records(before), _records(after)
    gone, new = (one - two).total(), (two - one).total()
    changed = min(gone, new)
    return Difference(new - changed, changed, gone - changed)


def _records(snapshot: Snapshot) -> Counter[tuple[Hashable, ...]]:
    found: Counter[tuple[Hashable, ...]] = Counter()
    names = find_sheets([grid.name for grid in snapshot.grids])
    for key in _RECORDS:
        grid = snapshot.grid(names.get(key, ""))
        if grid is None:
            continue
        for index, row in enumerate(grid.rows):
            cells = [None if (index, place) in grid.formulas else cell for place, cell in enumerate(row)]
            while cells and cells[-1] in (None, ""):
                cells.pop()
            if cells:
                found[(key, *cells)] += 1
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a register beside its content; `link` and the account only of a spreadsheet."""

    saved_at: datetime | None = None
    backups: tuple[int, datetime | None] = (0, None)
    """How many copies are kept, and when the latest was made."""
    link: str = ""
    account: str = ""
    zone: str = ""


def facts(store: Store, target: str) -> Facts:
    """Facts about the open register; asks nothing of a service."""
    if is_google(target):
        from tracker.register.google.store import GoogleStore  # noqa: PLC0415 - loads gspread only for Google

        if isinstance(store, GoogleStore):
            return Facts(link=store.address, account=store.service.who.account, zone=store.book.zone)
    if isinstance(store, ExcelStore):
        copies = sorted((store.surroundings.folder / "backup").glob("*-*"))
        return Facts(_saved_at(store.path), (len(copies), _saved_at(copies[-1]) if copies else None))
    return Facts()


def _saved_at(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def cell_address(store: Store, target: str, sheet: str, cell: str) -> str:
    """The address that opens a spreadsheet at a cell; empty for a workbook."""
    if not is_google(target):
        return ""
    from tracker.register.google.store import GoogleStore  # noqa: PLC0415 - loads gspread only for Google

    return store.link(sheet, cell) if isinstance(store, GoogleStore) else ""


def opened_by(store: Store) -> str | None:
    """Who has the book open in a spreadsheet program; None when nobody has, "" when it does not say."""
    return store.surroundings.owner() if isinstance(store, ExcelStore) else None
