"""One office's book as different programs save it: the register that is read is the same."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.books import office, workbook
from tracker.register.excel.reading import read_snapshot
from tracker.register.moments import minutes_of
from tracker.register.reader import read_register
from tracker.register.store import RawValue
from tracker.sop.model import Register

RIWAYAT = """
    ID  | Langkah | Pelaksana    | Mulai             | Selesai                                | Hasil   | Catatan
    K-1 | 1       | Rahma Aulia  | @2026-08-03 09:00 | @2026-08-03 09:08                      |         | satu
    K-1 | 2       | Budi Santoso | @2026-08-03 09:10 | Selasa, 4 Agustus 2026 pukul 09.00 WITA |         | dua
    K-1 | 3       | Siti Aminah  | @2026-08-04 09:05 | #REF!                                  |         |
    K-1 | 4       | Budi Santoso | @2026-08-04 09:30 | 12.3                                   | 'setuju |
"""


def told(register: Register) -> dict[str, object]:
    """What a register says, places included."""
    events = register.events
    return {
        "rows": events.row.tolist(),
        "ids": events.id.tolist(),
        "performers": events.performer.tolist(),
        "starts": events.start.tolist(),
        "finishes": events.finish.tolist(),
        "states": events.finish_state.tolist(),
        "notes": events.note.tolist(),
        "hours": [row.spans for row in register.hours],
        "findings": [(one.code, one.place.cell, one.raw) for one in register.findings],
    }


def xlsxwriter_bytes(
    sheets: Mapping[str, Sequence[Sequence[RawValue]]], *, is_1904: bool, in_rows: bool
) -> bytes:
    """The book as XlsxWriter writes it: shared strings, or strings in their cells when it writes row by row."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"date_1904": is_1904, "constant_memory": in_rows, "default_date_format": "dd/mm/yyyy hh:mm"}
    )
    clock = book.add_format({"num_format": "hh:mm"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value == "#REF!":
                    sheet.write_formula(at, column, "=#REF!", None, "#REF!")
                elif isinstance(value, time):
                    sheet.write_datetime(at, column, value, clock)
                elif isinstance(value, date) and not isinstance(value, datetime):
                    sheet.write_datetime(at, column, value, day)
                elif value is not None:
                    sheet.write(at, column, value)
    book.close()
    return stream.getvalue()


USUAL = told(read_register(read_snapshot(workbook(office(RIWAYAT)))))


def test_the_usual_book_says_what_was_meant() -> None:
    assert USUAL["findings"] == [
        ("D405", "E3", "Selasa, 4 Agustus 2026 pukul 09.00 WITA"),
        ("D412", "E4", "#REF!"),
        ("D404", "E5", "12.3"),
        ("D405", "F5", "setuju"),
    ]
    assert USUAL["rows"] == [2, 3, 4, 5]


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize("in_rows", [False, True])
def test_xlsxwriter(is_1904: bool, in_rows: bool) -> None:
    data = xlsxwriter_bytes(office(RIWAYAT), is_1904=is_1904, in_rows=in_rows)
    assert told(read_register(read_snapshot(data))) == USUAL


def dressed(*, is_1904: bool) -> bytes:
    """The book with a letterhead, rich text, a merged ID, hidden rows and a filter."""
    book = load_workbook(io.BytesIO(workbook(office(RIWAYAT), is_1904=is_1904)))
    sheet = book["Riwayat"]
    sheet["C2"] = CellRichText("Rahma ", TextBlock(InlineFont(b=True), "Aulia"))
    sheet.merge_cells("A2:A5")
    sheet.row_dimensions[3].hidden = True
    sheet.auto_filter.ref = "A1:G5"
    sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("is_1904", [False, True])
def test_rich_text_merged_hidden_and_filtered_rows_count(is_1904: bool) -> None:
    assert told(read_register(read_snapshot(dressed(is_1904=is_1904)))) == USUAL


@pytest.mark.parametrize("is_1904", [False, True])
def test_libreoffice(is_1904: bool, soffice: str, tmp_path: Path) -> None:
    (tmp_path / "buku.xlsx").write_bytes(dressed(is_1904=is_1904))
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "hasil"), str(tmp_path / "buku.xlsx")],
        check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    assert told(read_register(read_snapshot((tmp_path / "hasil" / "buku.xlsx").read_bytes()))) == USUAL


def test_google_exports_a_thousand_empty_rows_and_numbers_for_dates_typed_as_numbers() -> None:
    """A Google export has formatted rows far below the data, and dates whose cells lost their format."""
    book = load_workbook(io.BytesIO(workbook(office(RIWAYAT))))
    sheet = book["Riwayat"]
    sheet["E2"].number_format = "General"
    for row in range(6, 1_001):
        for column in range(1, 27):
            sheet.cell(row, column).number_format = "0.00"
    stream = io.BytesIO()
    book.save(stream)
    register = read_register(read_snapshot(stream.getvalue()))
    assert register.events.finish[0] == minutes_of(datetime(2026, 8, 3, 9, 8))
    assert len(register.events) == 4
    assert ("D405", "E2") in [(one.code, one.place.cell) for one in register.findings]
