"""Staff sort, insert, delete and retype rows between the tool's reading and its writing: no write lands elsewhere.

The model is a list of rows. A write lands exactly where the whole row that was read stands exactly once, or nowhere.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from tracker.errors import ChangedMeanwhile
from tracker.register.excel.store import ExcelStore
from tracker.register.placing import content
from tracker.register.store import AppendRow, CellValue, ChangeRow, Patch, RawValue

HEADINGS = ["ID", "Langkah", "Pelaksana", "Mulai", "Selesai", "Catatan kami"]
Row = list[RawValue]

names = st.sampled_from(["Siti", "Budi", "Rina"])
notes = st.sampled_from(["", "x", "=1+1", "0012"])
records = st.tuples(st.sampled_from(["K-1", "K-2", "K-3"]), st.integers(1, 6), names, notes).map(
    lambda one: [one[0], one[1], one[2], "", "", one[3]]
)


class Office(RuleBasedStateMachine):
    """One book, the staff who keep it open in their own way, and the tool."""

    read = Bundle[tuple[Row, int]]("read")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "buku.xlsx"
        self.store = ExcelStore(self.path)
        self.rows: list[Row] = []
        self.other = b""

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(rows=st.lists(records, min_size=2, max_size=6))
    def begin(self, rows: list[Row]) -> None:
        self.rows = [[*row] for row in rows]
        self.save()

    def save(self) -> None:
        """What the staff see is saved."""
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.title = "Riwayat"
        table: list[Row] = [[*HEADINGS], *self.rows]
        for number, row in enumerate(table, 1):
            for column, value in enumerate(row, 1):
                if value != "":
                    cell = book.active.cell(number, column)
                    cell.value = value
                    cell.data_type = "s" if isinstance(value, str) else "n"  # a text with `=` stays one
        book.create_sheet("Lain").append(["jangan diubah"])
        book.save(self.path)
        self.other = self.other_sheet()

    def other_sheet(self) -> bytes:
        with ZipFile(self.path) as package:
            return package.read("xl/worksheets/sheet2.xml")

    # -- the staff

    @rule(seed=st.integers(0, 1000))
    def sort(self, seed: int) -> None:
        random.Random(seed).shuffle(self.rows)
        self.save()

    @rule(row=records, at=st.integers(0, 8))
    def insert(self, row: Row, at: int) -> None:
        self.rows.insert(at % (len(self.rows) + 1), [*row])
        self.save()

    @precondition(lambda self: len(self.rows) > 1)
    @rule(at=st.integers(0, 8))
    def delete(self, at: int) -> None:
        del self.rows[at % len(self.rows)]
        self.save()

    @rule(at=st.integers(0, 8), name=names)
    def retype(self, at: int, name: str) -> None:
        self.rows[at % len(self.rows)][2] = name
        self.save()

    @rule(at=st.integers(0, 8))
    def copy(self, at: int) -> None:
        self.rows.append([*self.rows[at % len(self.rows)]])
        self.save()

    # -- the tool

    @rule(target=read, at=st.integers(0, 8))
    def look(self, at: int) -> tuple[Row, int]:
        number = at % len(self.rows)
        return [*self.rows[number]], number

    @rule(what=read, note=st.sampled_from(["selesai", "+62", "<b>&"]))
    def change(self, what: tuple[Row, int], note: str) -> None:
        row, number = what
        expected = {column: value for column, value in enumerate(row) if value != ""}
        patch = Patch(changes=(ChangeRow("Riwayat", expected, {5: note}, number + 1),))
        there = [index for index, one in enumerate(self.rows) if one == row]
        if len(there) != 1:
            with pytest.raises(ChangedMeanwhile):
                self.store.apply(patch)
            return
        assert self.store.apply(patch).rows == (there[0] + 2,)
        self.rows[there[0]][5] = note

    @rule(row=records)
    def append(self, row: Row) -> None:
        cells: dict[int, CellValue] = {0: str(row[0]), 1: int(str(row[1])), 2: str(row[2])}
        patch = Patch(appends=(AppendRow("Riwayat", cells, (0, 1, 2, 3, 4), 0, ""),))
        assert self.store.apply(patch).rows == (len(self.rows) + 2,)
        self.rows.append([*row[:3], "", "", ""])

    @invariant()
    def the_book_is_the_model(self) -> None:
        if not self.rows:
            return
        sheet = self.store.read().grid("Riwayat")
        assert sheet is not None
        wanted = [{c: value for c, value in enumerate(row) if value != ""} for row in self.rows]
        assert [content(sheet, number) for number in range(1, len(sheet.rows))] == wanted
        assert self.other_sheet() == self.other


Office.TestCase.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
test_staff_meanwhile = Office.TestCase
