"""Where new records land in books as offices make them: tables, lists beside, merges, prepared rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tests.register.excel import packages as pk
from tests.register.excel.test_append import COLUMNS, THREE, cell, row, table, tabled
from tracker.errors import PackageRefused
from tracker.register.excel import edit_package
from tracker.register.excel.store import ExcelStore
from tracker.register.store import AppendRow, Patch

MOMENT = datetime(2026, 8, 3, 9, 15)


def records(sheet: Worksheet, last: int = 5) -> None:
    sheet.append(["ID", "Langkah", "Selesai"])
    for number in range(2, last + 1):
        sheet.append([f"K-{number}", 1, datetime(2026, 8, 1, 8, 0)])


def tabled_records(sheet: Worksheet) -> None:
    records(sheet)
    sheet.add_table(Table(displayName="T", ref="A1:C5"))


def a_longer_list_beside(sheet: Worksheet) -> None:
    tabled_records(sheet)
    sheet["H1"] = "Pilihan"
    for number in range(2, 41):
        sheet.cell(number, 8, number)
    sheet.add_table(Table(displayName="L", ref="H1:H40"))


def something_far_below(sheet: Worksheet) -> None:
    tabled_records(sheet)
    sheet["E30"] = "catatan kaki"


def formulas_without_values(sheet: Worksheet) -> None:
    records(sheet)
    sheet["D1"] = "Judul"
    for number in range(2, 30):
        sheet.cell(number, 4, f"=A{number}&1")


def records_below_the_table(sheet: Worksheet) -> None:
    """LibreOffice does not let a table grow when somebody types below it."""
    records(sheet, 7)
    sheet.add_table(Table(displayName="T", ref="A1:C5"))


def a_list_beside_records_without_a_table(sheet: Worksheet) -> None:
    records(sheet)
    sheet["H1"], sheet["H2"] = "Pilihan", "a"
    sheet.add_table(Table(displayName="L", ref="H1:H2"))


def a_list_that_ends_with_the_records(sheet: Worksheet) -> None:
    records(sheet)
    for number in range(1, 6):
        sheet.cell(number, 8, f"a{number}")
    sheet.add_table(Table(displayName="L", ref="H1:H5"))


def a_merge_that_goes_on_below(sheet: Worksheet) -> None:
    records(sheet)
    sheet.merge_cells("A5:A7")


def a_caption_across_the_columns_below(sheet: Worksheet) -> None:
    records(sheet)
    sheet.merge_cells("A6:C6")


@pytest.mark.parametrize(
    ("fill", "rows", "tables"),
    [
        (records, (6, 7), {}),
        (tabled_records, (6, 7), {"T": "A1:C7"}),
        (a_longer_list_beside, (6, 7), {"T": "A1:C7", "L": "H1:H40"}),
        (something_far_below, (6, 7), {"T": "A1:C7"}),
        (formulas_without_values, (6, 7), {}),
        (records_below_the_table, (8, 9), {"T": "A1:C5"}),
        (a_list_beside_records_without_a_table, (6, 7), {"L": "H1:H2"}),
        (a_list_that_ends_with_the_records, (6, 7), {"L": "H1:H5"}),
        (a_merge_that_goes_on_below, (8, 9), {}),
        (a_caption_across_the_columns_below, (7, 8), {}),
    ],
)
def test_new_records_stand_below_the_last_one(
    tmp_path: Path, fill: Callable[[Worksheet], None], rows: tuple[int, ...], tables: dict[str, str]
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Riwayat"
    fill(book.active)
    path = tmp_path / "buku.xlsx"
    book.save(path)
    before = cells(path)
    patch = Patch(
        appends=tuple(
            AppendRow("Riwayat", {0: f"B-{at}", 1: at, 2: MOMENT}, (0, 1, 2), 0, "") for at in range(2)
        )
    )
    assert ExcelStore(path).apply(patch).rows == rows
    after = cells(path)
    written = {f"{letter}{number}" for number in rows for letter in "ABC"}
    assert {place: value for place, value in after.items() if place not in written} == before
    assert [[after[f"{letter}{number}"] for letter in "ABC"] for number in rows] == [
        ["B-0", 0, MOMENT],
        ["B-1", 1, MOMENT],
    ]
    sheet = openpyxl.load_workbook(path)["Riwayat"]
    assert {one.displayName: one.ref for one in sheet.tables.values()} == tables
    assert "yy" in sheet.cell(rows[0], 3).number_format


def cells(path: Path) -> dict[str, object]:
    sheet = openpyxl.load_workbook(path)["Riwayat"]
    return {one.coordinate: one.value for line in sheet.iter_rows() for one in line if one.value is not None}


def test_a_totals_row_is_never_written_below(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Riwayat"
    records(book.active)
    book.active.append(["Total", 5])
    book.active.add_table(Table(displayName="T", ref="A1:C6", totalsRowCount=1))
    path = tmp_path / "buku.xlsx"
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(PackageRefused) as refused:
        ExcelStore(path).apply(Patch(appends=(AppendRow("Riwayat", {0: "B"}, (0, 1, 2), 0, ""),)))
    assert (refused.value.reason, path.read_bytes()) == ("totals-row", before)


def test_a_height_with_a_fraction_is_carried_on() -> None:
    rows = row(1, cell("A1")) + row(2, cell("A2"), attributes=' ht="32.25" customHeight="1"')
    after = edit_package(pk.hand_made(pk.worksheet(rows)), append={"Data": [{"A": 5}]})
    assert '<row r="3" ht="32.25" customHeight="1">' in pk.sheet_xml(after)


@pytest.mark.parametrize("place", ["A2", "C3"])
def test_the_blank_row_of_an_empty_table_becomes_a_record(place: str) -> None:
    """With `insertRow` Excel takes the row for the one it offers to type in, and not for content."""
    blank = tabled(THREE, xml=table("A1:C3", COLUMNS, ' insertRow="1" insertRowShift="1"'))
    after = edit_package(blank, cells={"Data": {place: "x"}})
    assert b"insertRow" not in pk.members(after)["xl/tables/table1.xml"]
    beside = edit_package(blank, cells={"Data": {"E2": "x"}})
    assert b'insertRow="1"' in pk.members(beside)["xl/tables/table1.xml"]
