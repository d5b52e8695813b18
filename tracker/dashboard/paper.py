"""What the pages need to know of the cells themselves: raw texts, columns, choices, what changed, who has it open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

from tracker.register.cells import raw_text
from tracker.register.excel.store import ExcelStore
from tracker.register.headings import find_headings, find_sheets
from tracker.register.layout import Sheet
from tracker.register.moments import read_moment
from tracker.register.schema import DAFTAR, REGISTER, RIWAYAT, SHEETS
from tracker.register.store import Grid, Snapshot, Store, letters
from tracker.sop.model import State

__all__ = [
    "Difference",
    "Extent",
    "choices",
    "difference",
    "extent",
    "moment_typed",
    "opened_by",
    "sheet_texts",
]

_RECORDS = (REGISTER.key, RIWAYAT.key)


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
    rows: list[list[str]] = [[] for _ in range(max(around - 3, 0))]
    for index in range(len(rows), min(around + 2, len(grid.rows))):
        rows.append([_text(grid, index, column) for column in range(len(grid.rows[index]))])
    return grid.name, rows


def _text(grid: Grid, row: int, column: int) -> str:
    return grid.errors.get((row, column)) or raw_text(grid.rows[row][column])


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


def opened_by(store: Store) -> str | None:
    """Who has the book open in a spreadsheet program; None when nobody has, "" when it does not say."""
    return store.surroundings.owner() if isinstance(store, ExcelStore) else None
