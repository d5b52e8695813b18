"""The proof before a book is replaced: whatever differs besides the patched cells is seen, however it got there."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest

from tests.register.excel import packages as pk
from tracker.register.excel import edit_package, verification
from tracker.register.excel.reading import read_snapshot
from tracker.register.excel.verification import is_as_planned
from tracker.register.placing import Landing

SHEET = "xl/worksheets/sheet1.xml"
LANDING = Landing("Riwayat", 4, {1: 7, 2: "baru"})


def book() -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = "Riwayat"
    for row in range(1, 11):
        made.active.append([f"K-{row}", row, f"catatan {row}"])
    made.active.merge_cells("E1:F1")
    made.create_sheet("Register").append(["ID", "Judul"])
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


DATA = book()
EDITED = edit_package(DATA, cells={"Riwayat": {"B5": 7, "C5": "baru"}})


def tampered(pattern: str, new: str, part: str = SHEET) -> bytes:
    parts = pk.unzipped(EDITED)
    text = parts[part]
    assert isinstance(text, bytes)
    changed, count = re.subn(pattern.encode(), new.encode(), text, count=1, flags=re.DOTALL)
    assert count == 1
    parts[part] = changed
    return pk.zipped(parts)


def test_the_edit_meant_is_accepted() -> None:
    assert is_as_planned(DATA, read_snapshot(DATA), EDITED, (LANDING,))


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(tampered(r'(<c r="B9"[^>]*>)<v>9</v>', r"\1<v>8</v>"), id="another row"),
        pytest.param(tampered(r'(<c r="B5"[^>]*>)<v>7</v>', r"\1<v>8</v>"), id="another value"),
        pytest.param(
            tampered(r'<c r="A5".*?</c>', '<c r="A5" t="inlineStr"><is><t>K-6</t></is></c>'), id="another cell"
        ),
        pytest.param(tampered(r'<c r="A5".*?</c>', ""), id="a cell lost"),
        pytest.param(tampered(r'<row r="8".*?</row>', ""), id="a row lost"),
        pytest.param(tampered("</sheetData>", '<row r="11"><c r="A11"><v>1</v></c></row></sheetData>'), id="one more"),
        pytest.param(tampered(r'ref="E1:F1"', 'ref="E1:F2"'), id="a merged area"),
        pytest.param(tampered("Judul", "Judol", "xl/worksheets/sheet2.xml"), id="a text of another sheet"),
        pytest.param(tampered(r'name="Register"', 'name="Registar"', "xl/workbook.xml"), id="a sheet's name"),
        pytest.param(DATA, id="nothing written"),
    ],
)  # fmt: skip
def test_whatever_else_differs_is_seen(after: bytes) -> None:
    assert not is_as_planned(DATA, read_snapshot(DATA), after, (LANDING,))


@pytest.mark.parametrize(
    "recast",
    [
        pytest.param(lambda xml: xml.replace("<row r=", "<row  r="), id="unusual spacing"),
        pytest.param(lambda xml: re.sub(r'<row r="(\d+)"', r"<row r='\1'", xml), id="single quotes"),
        pytest.param(lambda xml: xml.replace("<sheetData>", "<sheetData >"), id="sheet data"),
    ],
)
def test_other_forms_of_xml_are_read_whole(recast: Callable[[str], str]) -> None:
    parts = pk.unzipped(DATA)
    xml = parts[SHEET]
    assert isinstance(xml, bytes)
    before = pk.zipped({**parts, SHEET: recast(xml.decode())})
    after = edit_package(before, cells={"Riwayat": {"B5": 7, "C5": "baru"}})
    snapshot = read_snapshot(before)
    assert is_as_planned(before, snapshot, after, (LANDING,))
    assert not is_as_planned(before, snapshot, after, (Landing("Riwayat", 4, {1: 7}),))


def test_the_common_case_is_proved_without_reading_the_book_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one record in a large register would cost what reading it costs."""
    before = read_snapshot(DATA)
    appended = edit_package(DATA, append={"Riwayat": [{"A": "K-11", "B": 1}]})

    def never(_: bytes) -> None:
        raise AssertionError("read whole")

    monkeypatch.setattr(verification, "read_snapshot", never)
    assert is_as_planned(DATA, before, EDITED, (LANDING,))
    assert is_as_planned(DATA, before, appended, (Landing("Riwayat", 10, {0: "K-11", 1: 1}, is_new=True),))


def test_formulas_of_other_rows_that_had_to_be_written_out_are_proved_by_reading_all() -> None:
    rows = '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>4</v></c></row>' + (
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    sheet = pk.hand_made(pk.worksheet(rows), workbook="")
    parts = pk.members(sheet)
    workbook = parts["xl/workbook.xml"].replace(b'"Data"', b'"Riwayat"')
    named = pk.zipped({**parts, "xl/workbook.xml": workbook})
    after = edit_package(named, cells={"Riwayat": {"A1": 5}})
    assert b"B2*2" in pk.members(after)[SHEET]
    assert is_as_planned(named, read_snapshot(named), after, (Landing("Riwayat", 0, {0: 5}),))
