"""Where a patch lands: rows found again by their whole content, new records in the first ready row.

Pure, and shared by all stores. Source: "What a write is" in the writing contract: a row is never found by its
number, nor by "cell + old value"; only by every cell that holds no formula, exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.errors import ChangedMeanwhile, RegisterReadOnly
from tracker.register.store import (
    AddSheet,
    AppendRow,
    CellValue,
    ChangeRow,
    Grid,
    Patch,
    RawValue,
    Snapshot,
)

__all__ = ["Landing", "content", "land", "landed", "rows_landed", "same", "with_sheets"]


@dataclass(frozen=True, slots=True)
class Landing:
    """One record to be written: 0-based `row` of `sheet`, values by 0-based column.

    `is_new` says that the row lies below everything and has to be added to the sheet, not just filled in.
    """

    sheet: str
    row: int
    cells: Mapping[int, CellValue]
    is_new: bool = False


def with_sheets(snapshot: Snapshot, sheets: Iterable[AddSheet]) -> Snapshot:
    """The snapshot with these sheets behind its own: what the rest of their patch lands in.

    ChangedMeanwhile when one of the names is taken; spreadsheet programs tell names apart without regard to case.
    """
    grids = list(snapshot.grids)
    for sheet in sheets:
        if sheet.name.casefold() in (grid.name.casefold() for grid in grids):
            raise ChangedMeanwhile(
                f"Lembar {sheet.name} sudah ada, jadi tidak dibuat.",
                "Muat ulang, lalu ulangi bila masih perlu.",
            )
        grids.append(Grid(sheet.name, [list(sheet.headings)]))
    return replace(snapshot, grids=tuple(grids))


def land(snapshot: Snapshot, patch: Patch) -> tuple[Landing, ...]:
    """The rows that every part of the patch lands on, in the order of changes, then appends.

    ChangedMeanwhile when an expected row is not there exactly once.
    """
    landings = [_change(_grid(snapshot, change.sheet), change) for change in patch.changes]
    added: dict[str, int] = {}
    for append in patch.appends:
        landing = _append(_grid(snapshot, append.sheet), append, after=added.get(append.sheet))
        added[append.sheet] = landing.row
        landings.append(landing)
    return tuple(landings)


def _grid(snapshot: Snapshot, name: str) -> Grid:
    grid = snapshot.grid(name)
    if grid is None:
        raise RegisterReadOnly(f"Lembar {name} tidak ada lagi.", "Muat ulang, lalu periksa nama lembarnya.")
    return grid


def _is_empty(value: RawValue) -> bool:
    return value is None or value == ""


def same(one: RawValue, two: RawValue) -> bool:
    """Whether two cells hold the same raw value; empty is empty, 1 is 1.0, True is not 1."""
    if _is_empty(one) or _is_empty(two):
        return _is_empty(one) and _is_empty(two)
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, date) and isinstance(two, date):
        return _moment(one) == _moment(two)
    return one == two


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def content(grid: Grid, row: int) -> dict[int, RawValue]:
    """Every non-empty cell of a 0-based row that holds no formula: what identifies the row."""
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return {
        column: found
        for column, value in enumerate(cells)
        if not _is_empty(found := grid.errors.get((row, column), value))
        and (row, column) not in grid.formulas
    }


def _rows_like(grid: Grid, expected: Mapping[int, RawValue]) -> list[int]:
    """Every row whose content is exactly the one expected."""
    wanted = {column: value for column, value in expected.items() if not _is_empty(value)}
    rows = []
    for row in _candidates(grid, wanted):
        found = content(grid, row)
        is_like = found.keys() == wanted.keys()
        if is_like and all(same(found[column], value) for column, value in wanted.items()):
            rows.append(row)
    return rows


def _candidates(grid: Grid, wanted: Mapping[int, RawValue]) -> Iterable[int]:
    """The rows that one cell of text leaves over, nearly none: the content of 100,000 rows would cost a second."""
    for column, value in wanted.items():
        if isinstance(value, str) and not grid.errors:
            return [
                row for row, cells in enumerate(grid.rows) if column < len(cells) and cells[column] == value
            ]
    return range(len(grid.rows))


def _change(grid: Grid, change: ChangeRow) -> Landing:
    rows = _rows_like(grid, change.expected)
    if len(rows) == 1:
        return Landing(change.sheet, rows[0], change.cells)
    wanted = tuple(change.expected[column] for column in sorted(change.expected))
    if rows:
        numbers = ", ".join(str(row + 1) for row in rows)
        raise ChangedMeanwhile(
            f"Ada {len(rows)} baris yang sama persis di lembar {change.sheet} (baris {numbers}), jadi tidak ditulis.",
            "Hapus baris yang kembar, lalu ulangi.",
            expected=wanted,
        )
    there = content(grid, change.hint) if change.hint < len(grid.rows) else {}
    raise ChangedMeanwhile(
        f"Baris {change.hint + 1} di lembar {change.sheet} sudah berubah sejak dibaca, jadi tidak ditulis.",
        "Muat ulang, periksa isinya, lalu ulangi bila masih perlu.",
        expected=wanted,
        found=(tuple(there[column] for column in sorted(there)),),
    )


def _append(grid: Grid, append: AppendRow, *, after: int | None) -> Landing:
    """The first row below the last record whose typed cells are all empty, and that no merged area covers."""
    below = range(len(grid.rows) - 1, append.heading, -1)
    last = next(
        (row for row in below if any(not _is_empty(_cell(grid, row, column)) for column in append.typed)),
        append.heading,
    )
    row = max(last, append.heading if after is None else after) + 1
    while (bottom := _covered_to(grid, row, append)) is not None:
        row = bottom + 1
    return Landing(append.sheet, row, append.cells, is_new=row >= len(grid.rows))


def _covered_to(grid: Grid, row: int, append: AppendRow) -> int | None:
    """The bottom of a merged area that hides a cell of the record in this row, or shows one from above; else None."""
    columns = {*append.typed, *append.cells}
    for top, left, bottom, right in grid.merges:
        if top <= row <= bottom and any(left <= column <= right for column in columns):
            hidden = (
                column for column in append.cells if left <= column <= right and (row, column) != (top, left)
            )
            if row > top or any(True for _ in hidden):
                return bottom
    return None


def _cell(grid: Grid, row: int, column: int) -> RawValue:
    if (row, column) in grid.errors:
        return grid.errors[row, column]
    cells = grid.rows[row]
    return cells[column] if column < len(cells) else None


def landed(before: Snapshot, after: Snapshot, landings: tuple[Landing, ...]) -> bool:
    """Whether `after` differs from `before` in exactly the landed cells (cached results of formulas aside)."""
    if [grid.name for grid in before.grids] != [grid.name for grid in after.grids]:
        return False
    pairs = zip(before.grids, after.grids, strict=True)
    return all(
        rows_landed(old, new, landings, range(max(len(old.rows), len(new.rows)))) for old, new in pairs
    )


def rows_landed(old: Grid, new: Grid, landings: tuple[Landing, ...], rows: Iterable[int]) -> bool:
    """Whether these rows of a sheet differ in exactly the landed cells, and its merged areas in none."""
    own = {
        (landing.row, column): value
        for landing in landings
        if landing.sheet == old.name
        for column, value in landing.cells.items()
    }
    touched = {row for row, _ in own}
    for row in rows:
        both = row < len(old.rows) and row < len(new.rows)
        if both and row not in touched and old.rows[row] == new.rows[row]:
            continue
        was, now = content(old, row), content(new, row)
        for column in {**was, **now}:
            if (row, column) in own or (row, column) in new.formulas:
                continue
            if not same(was.get(column), now.get(column)):
                return False
    is_there = all(same(content(new, row).get(column), value) for (row, column), value in own.items())
    return is_there and old.merges == new.merges
