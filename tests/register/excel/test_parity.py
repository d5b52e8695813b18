"""The workbook file against the register in memory: the same patches, the same sheet, whatever the layout."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tracker.register.excel.store import ExcelStore
from tracker.register.memory import MemoryStore
from tracker.register.placing import content
from tracker.register.store import AppendRow, CellValue, ChangeRow, Patch, RawValue, Snapshot, Store

TYPED = (0, 1, 2)
WIDTH = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet as an office makes it; rows count from 1. `remarks` are (row, column) beside and below the records."""

    heading: int
    records: int
    table: str
    formulas: int
    remarks: tuple[tuple[int, int], ...]
    merge: str

    def fill(self, sheet: Worksheet) -> None:
        last = self.heading + self.records
        for letter, text in zip("ABCD", ("ID", "Langkah", "Catatan", "Judul"), strict=True):
            sheet[f"{letter}{self.heading}"] = text
        for row in range(self.heading + 1, last + 1):
            sheet[f"A{row}"], sheet[f"B{row}"], sheet[f"C{row}"] = f"K-{row}", row, "x"
        for row in range(self.heading + 1, last + self.formulas + 1):
            sheet.cell(row, WIDTH, f"=A{row}&1")
        for row, column in self.remarks:
            if column > WIDTH or row > last + 6:
                sheet.cell(row, column, f"catatan {row}")
        bottom = {"records": last, "ready": last + 2, "short": last - 1}.get(self.table, 0)
        if bottom > self.heading:
            sheet.add_table(Table(displayName="T", ref=f"A{self.heading}:D{bottom}"))
        if self.merge:
            sheet.merge_cells(self.merge.format(last + 1, last + 2))


layouts = st.builds(
    Layout,
    heading=st.integers(1, 3),
    records=st.integers(0, 4),
    table=st.sampled_from(["", "records", "ready", "short"]),
    formulas=st.integers(0, 3),
    remarks=st.lists(st.tuples(st.integers(1, 16), st.integers(1, 7)), max_size=3).map(tuple),
    merge=st.sampled_from(["", "", "", "A{0}:A{1}", "B{0}:C{0}", "F{0}:G{1}"]),
)
"""Patches: how many records to add, and which record to change (its number, or none)."""
patches = st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 9)), min_size=1, max_size=4)


def patch_of(snapshot: Snapshot, heading: int, count: int, pick: int | None) -> Patch:
    grid = snapshot.grid("Riwayat")
    assert grid is not None
    rows = [row for row in range(heading, len(grid.rows)) if grid.rows[row] and grid.rows[row][0]]
    chosen = () if pick is None else tuple(rows[pick % len(rows) :][:1]) if rows else ()
    changes = tuple(ChangeRow("Riwayat", content(grid, row), {2: f"u{pick}"}, row) for row in chosen)
    new: list[dict[int, CellValue]] = [{0: f"B-{len(rows)}-{at}", 1: at, 2: "baru"} for at in range(count)]
    return Patch(changes, tuple(AppendRow("Riwayat", cells, TYPED, heading - 1, "") for cells in new))


def shown(store: Store) -> list[dict[int, RawValue]]:
    """The rows without formulas, and without those that are empty at the end."""
    grid = store.read().grid("Riwayat")
    assert grid is not None
    rows = [dict(content(grid, row)) for row in range(len(grid.rows))]
    while rows and not rows[-1]:
        rows.pop()
    return rows


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(layouts, patches)
@example(Layout(1, 3, "short", 0, (), ""), [(2, None), (1, 1)])
@example(Layout(2, 3, "ready", 3, ((9, 6),), ""), [(3, 0), (2, None)])
def test_a_file_and_a_register_in_memory_agree(layout: Layout, steps: list[tuple[int, int | None]]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Riwayat"
    layout.fill(book.active)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        book.save(path)
        file = ExcelStore(path)
        memory = MemoryStore(file.read().grids)
        for count, pick in steps:
            patch = patch_of(memory.read(), layout.heading, count, pick)
            assert file.apply(patch).rows == memory.apply(patch).rows
            assert shown(file) == shown(memory)
        openpyxl.load_workbook(path)
