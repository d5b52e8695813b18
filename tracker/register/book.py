"""What planning a change needs to know of the book: its sheets as found, and rows as patches name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.errors import ChangeRefused, RegisterReadOnly
from tracker.register.headings import Headings, find_headings, find_sheets
from tracker.register.layout import Sheet
from tracker.register.placing import content
from tracker.register.store import AppendRow, CellValue, ChangeRow, Grid, Snapshot
from tracker.sop.model import Register

__all__ = ["Book"]


@dataclass(frozen=True, slots=True)
class Book:
    """What planning needs to know of the book: both sheets as found."""

    snapshot: Snapshot
    register: Register
    now: int

    def grid(self, sheet: Sheet) -> tuple[Grid, Headings]:
        """The sheet of the schema in this book; RegisterReadOnly when it cannot be written to."""
        names = find_sheets([grid.name for grid in self.snapshot.grids])
        grid = self.snapshot.grid(names.get(sheet.key, ""))
        if grid is None:
            raise RegisterReadOnly(f"Lembar {sheet.name} tidak ada.", "Buat lembar itu dari templat.")
        return grid, find_headings(sheet, grid)

    def append(self, sheet: Sheet, values: Mapping[str, CellValue], key: str) -> AppendRow:
        """A new record of `sheet` with these values by column key; blank ones are left out."""
        grid, headings = self.grid(sheet)
        cells = {headings.columns[name]: value for name, value in filled(headings, sheet, values).items()}
        typed = tuple(headings.columns[one.key] for one in sheet.typed if one.key in headings.columns)
        return AppendRow(grid.name, cells, typed, headings.row, key)

    def change(self, sheet: Sheet, row: int, values: Mapping[str, CellValue]) -> ChangeRow:
        """A change of the record in 1-based `row` as read."""
        grid, headings = self.grid(sheet)
        cells = {headings.columns[name]: value for name, value in filled(headings, sheet, values).items()}
        return ChangeRow(grid.name, content(grid, row - 1), cells, row - 1)


def filled(headings: Headings, sheet: Sheet, values: Mapping[str, CellValue]) -> dict[str, CellValue]:
    """The values to write; ChangeRefused when one has no column to stand in (it would be lost silently)."""
    kept: dict[str, CellValue] = {name: value for name, value in values.items() if value not in (None, "")}
    lost = [sheet.column(name).heading for name in kept if name not in headings.columns]
    if lost:
        raise ChangeRefused(
            f"Kolom {', '.join(lost)} tidak ada di lembar {sheet.name}.",
            "Tambahkan judul kolomnya, lalu ulangi.",
        )
    return kept
