"""Workbook bytes → Snapshot: values, formulas, errors, extent; and a sentence for whatever is no workbook."""

from __future__ import annotations

import io
import os
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import python_calamine
from openpyxl import Workbook

from tests.books import codes, office, workbook
from tracker.errors import RegisterUnavailable, RegisterUnreadable, TrackerError
from tracker.register.cellset import CellSet, rows_by_column
from tracker.register.excel.directory import directory_of
from tracker.register.excel.reading import read_file, read_snapshot
from tracker.register.excel.scan import scan_sheet
from tracker.register.moments import minutes_of
from tracker.register.reader import read_register
from tracker.sop.model import State

WORKBOOKS = sorted((Path(__file__).parent.parent / "data" / "workbooks").glob("*.xl*"))
LIMIT = 20_000_000


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part rewritten."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


RIWAYAT = "xl/worksheets/sheet2.xml"
EVENTS = "ID | Langkah | Selesai\nK-1 | 1 | @2026-08-03 09:15\nK-1 | 2 | #REF!\n | | =C2"


def test_a_whole_book_is_read() -> None:
    book = read_snapshot(workbook(office(EVENTS)))
    assert [grid.name for grid in book.grids] == [
        "Register", "Riwayat", "SOP", "Langkah", "Pegawai", "Jam Kerja", "Hari Libur",
    ]  # fmt: skip
    grid = book.grid("Riwayat")
    assert grid is not None
    assert grid.rows[1][2] == datetime(2026, 8, 3, 9, 15)
    assert dict(grid.errors) == {(2, 2): "#REF!"}
    assert set(grid.formulas) == {(3, 2)}
    register = read_register(book)
    assert codes(register) == ["D412"]
    assert register.rows_read["Riwayat"] == 2
    assert [step.number for step in register.sop.steps] == [1, 2, 3, 4, 5, 6]
    assert len(register.hours) == 4


def test_the_revision_follows_the_bytes() -> None:
    data = workbook(office())
    assert read_snapshot(data).revision == read_snapshot(data).revision != read_snapshot(data + b" ").revision
    assert re.fullmatch("[0-9a-f]{64}", read_snapshot(data).revision)


def test_rows_keep_their_place() -> None:
    sheets = office(EVENTS)
    sheets["Riwayat"] = [[], [], *([None, *row] for row in sheets["Riwayat"])]
    register = read_register(read_snapshot(workbook(sheets)))
    assert register.events.row.tolist() == [4, 5]
    assert register.locate("Riwayat", 4, "ID") == ("B4", "K-1")


def test_sheets_that_are_not_read_are_named_without_rows() -> None:
    book = read_snapshot(workbook(office(EVENTS) | {"Foto": [["x"]]}))
    assert [(grid.name, len(grid.rows)) for grid in book.grids if grid.name == "Foto"] == [("Foto", 0)]


def test_merged_cells_are_reported() -> None:
    sheets = workbook(office("ID | Langkah | Selesai\nK-1 | 1 |\n | 2 |"))
    merged = changed(sheets, RIWAYAT, lambda xml: xml.replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'))  # fmt: skip
    assert read_register(read_snapshot(merged)).events.id.tolist() == ["K-1", "K-1"]


def test_the_1904_date_system() -> None:
    book = read_snapshot(workbook(office(EVENTS + "\nK-1 | 3 | 44775.385416667"), is_1904=True))
    register = read_register(book)
    assert book.serial_offset == 1462
    assert register.events.finish[0] == minutes_of(datetime(2026, 8, 3, 9, 15))
    assert register.events.finish[2] == register.events.finish[0]
    assert register.events.finish_state.tolist() == [State.OK, State.UNREADABLE, State.REPAIRED]


def test_seconds_are_rounded_and_every_minute_of_a_day_survives() -> None:
    rows = "\n".join(
        f"K-1 | 1 | @2026-08-03 {hour:02d}:{minute:02d}" for hour in range(24) for minute in range(60)
    )
    register = read_register(read_snapshot(workbook(office(f"ID | Langkah | Selesai\n{rows}"))))
    first = minutes_of(datetime(2026, 8, 3))
    assert register.events.finish.tolist() == list(range(first, first + 1440))


def test_macro_books_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsm"
    path.write_bytes(workbook(office(EVENTS)))
    assert len(read_register(read_snapshot(read_file(path))).events) == 2


# ---------------------------------------------------------------- the scan


PLAIN = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1" t="str"><f>A1</f><v>x</v></c></row>'
    '<row r="3"><c r="B3" s="1" t="e"><f t="shared" si="0"/><v>#N/A</v></c><c r="D3" t="e"><v>#REF!</v></c></row>'
    "</sheetData></worksheet>"
)
FORMULAS, ERRORS = {(0, 2), (2, 1)}, {(2, 1): "#N/A", (2, 3): "#REF!"}
SPELLINGS = {
    "plain": PLAIN,
    "declared": f'<?xml version="1.0" encoding="UTF-8"?>\n{PLAIN}',
    "prefixed": re.sub(r"<(/?)(\w)", r"<\1x:\2", PLAIN).replace("xmlns=", "xmlns:x="),
    "single quotes": PLAIN.replace('"', "'"),
    "pretty-printed": PLAIN.replace("><", ">\n  <"),
    "without references": re.sub(r' r="(A1|C1)"', "", PLAIN.replace('<c r="C1"', '<c/><c r="C1"')),
    "other order": PLAIN.replace('<c r="B3" s="1" t="e">', '<c s="1" t="e" r="B3">'),
    "with a comment": PLAIN.replace("<sheetData>", '<sheetData><!-- <c r="Z9"><f>1</f></c> -->'),
    "byte order mark": f"\ufeff{PLAIN}",
    "strict": PLAIN.replace(
        "schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml"
    ),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_scan_understands_every_spelling(spelling: str) -> None:
    found = scan_sheet(SPELLINGS[spelling].encode(), limit=LIMIT)
    assert set(found.formulas) == FORMULAS
    assert dict(found.errors) == ERRORS
    assert found.rows == 3


def test_the_scan_understands_utf_16() -> None:
    found = scan_sheet(f'<?xml version="1.0" encoding="UTF-16"?>{PLAIN}'.encode("utf-16"), limit=LIMIT)
    assert (set(found.formulas), dict(found.errors)) == (FORMULAS, ERRORS)


def test_rows_and_cells_without_references_are_counted() -> None:
    rows = "<row><c><v>1</v></c><c><f>1</f></c></row><row/><row><c t='e'><v>#NAME?</v></c></row>"
    xml = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    found = scan_sheet(xml.encode(), limit=LIMIT)
    assert (found.rows, found.columns) == (3, 2)
    assert (set(found.formulas), dict(found.errors)) == ({(0, 1)}, {(2, 0): "#NAME?"})


def test_styled_but_empty_cells_do_not_count_towards_the_extent() -> None:
    xml = PLAIN.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')
    found = scan_sheet(xml.encode(), limit=LIMIT)
    assert (found.rows, found.columns) == (3, 4)


@pytest.mark.parametrize("xml", ["<sheetData/>", "<worksheet><sheetData/></worksheet>", "<worksheet/>"])
def test_empty_sheets(xml: str) -> None:
    assert scan_sheet(xml.encode(), limit=LIMIT).formulas == set()


@pytest.mark.parametrize(
    "xml", [b"", b"<worksheet>", b"no xml", b'<worksheet><sheetData><row r="1"><c></row>']
)
def test_broken_sheets_are_refused(xml: bytes) -> None:
    with pytest.raises(RegisterUnreadable):
        scan_sheet(xml, limit=LIMIT)


# ---------------------------------------------------------------- bombs


def test_two_far_cells_are_refused() -> None:
    far = changed(workbook(office(EVENTS)), RIWAYAT, lambda xml: xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))  # fmt: skip
    with pytest.raises(RegisterUnreadable):
        read_snapshot(far)


def test_a_far_cell_in_a_sheet_that_is_not_read_does_no_harm() -> None:
    book = office(EVENTS) | {"Catatan lama": [["x"]]}
    far = changed(workbook(book), "xl/worksheets/sheet8.xml", lambda xml: xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))  # fmt: skip
    assert len(read_register(read_snapshot(far)).events) == 2


def test_the_dimension_is_never_believed() -> None:
    lying = changed(workbook(office(EVENTS)), RIWAYAT, lambda xml: re.sub(
        rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml))  # fmt: skip
    assert len(read_register(read_snapshot(lying)).events) == 2


def test_a_part_that_says_it_is_huge_is_refused() -> None:
    data = bytearray(workbook(office(EVENTS)))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (600 * 1024 * 1024).to_bytes(4, "little")
    with pytest.raises(RegisterUnreadable):
        read_snapshot(bytes(data))


def test_a_part_that_says_it_is_small_is_refused() -> None:
    data = bytearray(workbook(office(EVENTS)))
    at = data.find(RIWAYAT.encode(), data.find(b"PK\x01\x02")) - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(RegisterUnreadable):
        read_snapshot(bytes(data))


@pytest.mark.parametrize("part", ["xl/workbook.xml", RIWAYAT])
def test_document_types_are_refused(part: str) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    bomb = changed(
        workbook(office(EVENTS)), part, lambda xml: re.sub(rb"(<worksheet|<workbook) ", entity + rb"\1 ", xml)
    )
    with pytest.raises(RegisterUnreadable):
        read_snapshot(bomb)


# ---------------------------------------------------------------- what is no workbook


def ods() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<office/>")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def plain_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("surat.txt", "halo")
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ID;Langkah\nK-1;1\n",
        b"PK",
        b"PK\x03\x04 cut off",
        OLE + bytes(600),
        OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        ods(),
        plain_zip(),
        workbook(office())[:-400],
        workbook(office())[: len(workbook(office())) // 2],
    ],
    ids=[
        "empty",
        "csv",
        "two bytes",
        "torn header",
        "xls",
        "encrypted",
        "ods",
        "zip",
        "cut end",
        "cut in half",
    ],
)
def test_bytes_that_are_no_workbook(data: bytes) -> None:
    with pytest.raises(RegisterUnreadable) as caught:
        read_snapshot(data)
    assert caught.value.exit_code == 4


def docx() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


def test_each_kind_of_file_has_its_own_sentence() -> None:
    sentences = set()
    for data in (b"", b"teks", OLE, OLE + "EncryptedPackage".encode("utf-16-le"), ods(), plain_zip(), docx()):
        with pytest.raises(RegisterUnreadable) as caught:
            read_snapshot(data)
        sentences.add(caught.value.sentence)
    assert len(sentences) == 7


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "tidak ada.xlsx", tmp_path, tmp_path / "a.xlsx" / "b.xlsx", Path("a\0b.xlsx")):
        with pytest.raises(RegisterUnavailable) as caught:
            read_file(path)
        assert caught.value.exit_code == 4


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files in folders")
def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.xlsx")
    (tmp_path / "a.xlsx").symlink_to("b.xlsx")
    (tmp_path / "b.xlsx").symlink_to("a.xlsx")
    for path in (tmp_path / "pipa.xlsx", tmp_path / "a.xlsx", Path("/dev/zero")):
        with pytest.raises(RegisterUnavailable):
            read_file(path)


@pytest.mark.parametrize("name", ["~$buku.xlsx", ".~lock.buku.xlsx#"])
def test_the_note_on_who_has_a_book_open_is_not_taken_for_the_book(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x07Ani")
    with pytest.raises(RegisterUnreadable) as caught:
        read_file(tmp_path / name)
    assert "buku.xlsx" in caught.value.remedy


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "rahasia.xlsx"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(RegisterUnavailable):
        read_file(path)


def test_permission_denied_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(self: Path) -> bytes:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(RegisterUnavailable):
        read_file(tmp_path / "buku.xlsx")


def test_a_bug_of_calamine_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """What pyo3 raises when Rust code panics."""

    class Panicking:
        @staticmethod
        def from_filelike(stream: object) -> None:
            raise PanicException

    data = workbook(office())
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Panicking)
    with pytest.raises(RegisterUnreadable):
        read_snapshot(data)


@pytest.mark.parametrize("content", [b"<x/>", b"no xml"])
def test_a_package_that_leads_nowhere_is_refused(content: bytes) -> None:
    with pytest.raises(RegisterUnreadable):
        read_snapshot(changed(workbook(office()), "_rels/.rels", lambda _: content))


def test_a_workbook_without_sheets_is_a_book_of_findings() -> None:
    try:
        book = read_snapshot(changed(workbook(office()), "xl/workbook.xml", lambda _: b"<workbook/>"))
    except RegisterUnreadable:
        return
    assert not read_register(book).is_writable


# ---------------------------------------------------------------- sets of cells


def test_a_set_of_cells_is_a_set() -> None:
    cells = CellSet([(5, 1), (0, 0), (5, 1), (1_048_575, 16_383)])
    assert list(cells) == [(0, 0), (5, 1), (1_048_575, 16_383)]
    assert set(cells) == {(0, 0), (5, 1), (1_048_575, 16_383)}
    assert (5, 1) in cells
    assert (5, 2) not in cells
    assert not cells.__contains__("A1")
    assert hash(cells) == hash(CellSet(cells))
    assert {column: rows.tolist() for column, rows in rows_by_column(frozenset(cells)).items()} == {
        0: [0], 1: [5], 16_383: [1_048_575],
    }  # fmt: skip


# ---------------------------------------------------------------- real workbooks


@pytest.mark.skipif(not WORKBOOKS, reason="tests/data/workbooks is not there")
def test_the_real_workbooks_are_there() -> None:
    assert len(WORKBOOKS) >= 50


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_every_real_workbook_is_read_or_refused_in_time(path: Path) -> None:
    begun = time.monotonic()
    try:
        register = read_register(read_snapshot(read_file(path)))
    except TrackerError as refusal:
        assert refusal.sentence
    else:
        assert not register.is_writable
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_expressions_and_parser_agree_on_every_real_sheet(path: Path) -> None:
    for content in sheets_of(path):
        if b"<!DOCTYPE" in content:
            continue
        quick, exact = (
            scan_sheet(content, limit=LIMIT),
            scan_sheet(content, limit=-1),
        )  # -1: always the parser
        assert set(quick.formulas) == set(exact.formulas)
        assert dict(quick.errors) == dict(exact.errors)
        assert (quick.rows >= exact.rows, quick.columns >= exact.columns) == (True, True)


def sheets_of(path: Path) -> Iterator[bytes]:
    """The sheet parts of a workbook, none when the package cannot be opened."""
    try:
        with zipfile.ZipFile(path) as package:
            for part in directory_of(package).sheets.values():
                yield package.read(part)
    except (zipfile.BadZipFile, RegisterUnreadable):
        return


def test_values_agree_with_openpyxl_on_a_wide_book() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Riwayat"
    for row in range(1, 40):
        for column in range(1, 80):
            sheet.cell(row, column, f"{row}:{column}" if (row + column) % 7 else None)
    stream = io.BytesIO()
    book.save(stream)
    grid = read_snapshot(stream.getvalue()).grid("Riwayat")
    assert grid is not None
    assert all(
        (grid.rows[row - 1][column - 1] or None) == sheet.cell(row, column).value
        for row in range(1, 40) for column in range(1, 80)
    )  # fmt: skip
