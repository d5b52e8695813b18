"""A sheet that had records and suddenly has none: somebody's mistake, on which nothing more should be written.

Source: "Excel file" in the writing contract. What it had is told by the version kept before the last write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracker.register.cells import is_blank
from tracker.register.headings import find_headings, find_sheets
from tracker.register.layout import Sheet
from tracker.register.schema import SHEETS
from tracker.register.store import Grid, Snapshot

__all__ = ["bare_sheets", "records_lost"]


def bare_sheets(snapshot: Snapshot) -> dict[str, Sheet]:
    """Name in the book → sheet of the schema, of those that are there and hold no record."""
    names = find_sheets([grid.name for grid in snapshot.grids])
    return {
        names[sheet.key]: sheet
        for sheet in SHEETS
        if (grid := snapshot.grid(names.get(sheet.key, ""))) is not None
        and next(_records(sheet, grid), None) is None
    }


def records_lost(bare: Mapping[str, Sheet], earlier: Mapping[str, Grid]) -> tuple[str, int] | None:
    """(name, number of records it had) of the first bare sheet that was none in the `earlier` grids, by name."""
    for name, sheet in bare.items():
        had = sum(1 for _ in _records(sheet, earlier[name])) if name in earlier else 0
        if had:
            return name, had
    return None


def _records(sheet: Sheet, grid: Grid) -> Iterator[int]:
    """The rows below the heading in which a person typed anything; formulas alone make no record."""
    headings = find_headings(sheet, grid)
    typed = [headings.columns[one.key] for one in sheet.typed if one.key in headings.columns]
    for row in range(headings.row + 1, len(grid.rows)):
        cells = grid.rows[row]
        if any(column < len(cells) and not is_blank(cells[column]) for column in typed):
            yield row
