"""A worksheet added to every book of the collection: it is there, and nothing else is different."""

from __future__ import annotations

import io
import posixpath
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from tests.register.excel import packages as pk
from tests.register.excel.feature_books import FEATURES
from tests.register.excel.test_libreoffice import NOT_OPENED, USUAL, converted, grids
from tests.register.excel.test_real_workbooks import BOOKS, grid_or_none
from tracker.errors import PackageRefused
from tracker.register.excel import CellValue, add_sheet, edit_package

HEADINGS = ("Nomor", "=1+1", " Judul & <b>\n", "_x000D_")
ROW: dict[str, CellValue] = {"A": "1/LAP", "B": 7, "D": datetime(2026, 8, 3, 9, 15)}

NOT_READ = "phpoffice__utf16be.bom_d18c36.xlsx"
"""calamine opens no book whose workbook part is UTF-16."""

# where calamine does not find the styles, it shows a moment as a number
STYLES_ELSEWHERE = "phpoffice__rootZipFiles_3de127.xlsx"


def larger(data: bytes) -> bytes:
    """The book with a sheet Arsip of one record."""
    return edit_package(add_sheet(data, "Arsip", HEADINGS, widths=(24, 10.5)), append={"Arsip": [ROW]})


def reason(data: bytes, name: str = "Arsip") -> str:
    with pytest.raises(PackageRefused) as refusal:
        add_sheet(data, name, ["Nomor"])
    return refusal.value.reason


@pytest.mark.parametrize(("name", "make"), BOOKS, ids=[name for name, _ in BOOKS])
def test_only_the_new_part_and_the_lists_of_parts_differ(name: str, make: Callable[[], bytes]) -> None:
    data = make()
    after = add_sheet(data, "Arsip", HEADINGS)
    old, new = pk.members(data), pk.members(after)
    (workbook,) = pk.related(old, "", "officeDocument")
    (types,) = [one for one in old if one.casefold() == "[content_types].xml"]
    folder, base = posixpath.split(workbook)
    part = pk.sheet_parts(new)["Arsip"]
    assert part not in old
    assert pk.changed_parts(data, after) == {
        part,
        workbook,
        posixpath.join(folder, "_rels", f"{base}.rels"),
        types,
    }
    assert list(pk.sheet_parts(new)) == [*pk.sheet_parts(old), "Arsip"]
    for list_ in (types, workbook, posixpath.join(folder, "_rels", f"{base}.rels")):
        assert_one_more(old[list_], new[list_])


def assert_one_more(before: bytes, after: bytes) -> None:
    """The same XML but for one element more."""
    old, new = pk.parse(before), pk.parse(after)
    (more,) = [one for one in new.iter() if one.get("name") == "Arsip" or one.get("Id") not in ids(old)
               or one.get("PartName") not in names(old)]  # fmt: skip
    assert {sheet.get("sheetId") for sheet in old.iterfind(".//{*}sheet")}.isdisjoint(
        {more.get("sheetId", "")}
    )
    next(parent for parent in new.iter() if more in list(parent)).remove(more)
    assert pk.shape(old) == pk.shape(new)


def ids(root: object) -> set[str | None]:
    return {one.get("Id") for one in root.iter()} | {None}  # type: ignore[attr-defined]


def names(root: object) -> set[str | None]:
    return {one.get("PartName") for one in root.iter()} | {None}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "make"), BOOKS, ids=[name for name, _ in BOOKS])
def test_it_is_read_with_its_headings_and_its_records(name: str, make: Callable[[], bytes]) -> None:
    data = make()
    after = larger(data)
    found = grid_or_none(after, "Arsip")
    if found is None:
        assert name == NOT_READ
        return
    moment = ROW["D"] if name != STYLES_ELSEWHERE else found[2, 4]
    assert found == {
        (1, 1): HEADINGS[0], (1, 2): HEADINGS[1], (1, 3): HEADINGS[2], (1, 4): HEADINGS[3],
        (2, 1): "1/LAP", (2, 2): 7, (2, 4): moment,
    }  # fmt: skip
    assert CalamineWorkbook.from_filelike(io.BytesIO(after)).sheet_names[-1] == "Arsip"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            before = openpyxl.load_workbook(io.BytesIO(data))
        except Exception:  # what openpyxl cannot open before is no measure afterwards
            return
        book = openpyxl.load_workbook(io.BytesIO(after))
    if not before.sheetnames:  # nor has it eyes for strict books
        return
    assert book.sheetnames == [*before.sheetnames, "Arsip"]
    assert book["Arsip"]["D2"].value == ROW["D"]
    assert book.active is not None
    assert before.active is not None
    assert book.active.title == before.active.title


@pytest.mark.timeout(150)
def test_it_opens_in_libreoffice(soffice: str, tmp_path: Path) -> None:
    made = {path.name: path.read_bytes() for path in pk.well_formed() if path.name in USUAL - NOT_OPENED}
    made |= {name: make() for name, make in FEATURES.items()}
    paths = converted(soffice, tmp_path, {name: larger(data) for name, data in made.items()})
    for name, path in paths.items():
        found = grids(path)
        assert list(found)[-1] == "Arsip", name
        assert [found["Arsip"].get(place) for place in ((1, 1), (1, 2), (2, 1), (2, 4))] == [
            "Nomor", "=1+1", "1/LAP", ROW["D"]
        ], name  # fmt: skip


def test_the_headings_stay_in_view_with_their_widths_and_the_look_of_their_like() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Judul"])
    book.active["A1"].font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    data = add_sheet(stream.getvalue(), "Arsip", ["Nomor", "Jenis"], widths=(24, 10.5), like=("Sheet", "A1"))
    sheet = openpyxl.load_workbook(io.BytesIO(edit_package(data, append={"Arsip": [{"A": "x"}]})))["Arsip"]
    assert sheet.freeze_panes == "A2"
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [24, 10.5]
    assert [sheet[place].font.b for place in ("A1", "B1", "A2")] == [True, True, False]
    assert not sheet.sheet_view.tabSelected


@pytest.mark.parametrize("like", [("Data", "B9"), ("Tidak ada", "A1")])
def test_without_a_like_the_headings_are_plain(like: tuple[str, str]) -> None:
    data = add_sheet(pk.hand_made(pk.worksheet("")), "Arsip", ["Nomor"], like=like)
    assert b'<c r="A1" t="inlineStr">' in pk.members(data)["xl/worksheets/sheet2.xml"]


def test_a_book_without_windows_gets_a_sheet_without_views() -> None:
    """A view that names no window makes Excel call the book damaged."""
    data = pk.hand_made(pk.worksheet(""))
    assert b"sheetView" not in pk.members(add_sheet(data, "Arsip", ["Nomor"]))["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize(
    "protection",
    [
        '<workbookProtection lockStructure="1"/>',
        '<workbookProtection workbookPassword="C" lockStructure="true"/>',
    ],
)
def test_a_locked_list_of_sheets_is_refused(protection: str) -> None:
    parts = pk.unzipped(pk.hand_made(pk.worksheet("")))
    workbook = parts["xl/workbook.xml"]
    assert isinstance(workbook, bytes)
    parts["xl/workbook.xml"] = workbook.replace(b"<sheets>", protection.encode() + b"<sheets>")
    assert reason(pk.zipped(parts)) == "structure-protected"
    parts["xl/workbook.xml"] = workbook.replace(b"<sheets>", b'<workbookProtection lockWindows="1"/><sheets>')
    add_sheet(pk.zipped(parts), "Arsip", ["Nomor"])


def test_a_book_shared_in_the_old_way_is_refused() -> None:
    rel = (
        f'<Relationship Id="rId3" Type="{pk.OFFICE}/revisionHeaders" Target="revisions/revisionHeaders.xml"/>'
    )
    log: dict[str, bytes | str] = {"xl/revisions/revisionHeaders.xml": f'<headers xmlns="{pk.MAIN}"/>'}
    assert reason(pk.hand_made(pk.worksheet(""), book_rels=rel, extra=log)) == "shared-workbook"


def test_a_name_that_is_taken_is_refused_whatever_its_case() -> None:
    assert reason(pk.hand_made(pk.worksheet("")), "dATA") == "sheet-name"


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "a:b", "[a]", "a?", "'a", "a'", "History", "a\n"])
def test_a_name_that_no_sheet_can_have_is_a_mistake_of_the_caller(name: str) -> None:
    with pytest.raises(ValueError, match="sheet name"):
        add_sheet(pk.hand_made(pk.worksheet("")), name, ["Nomor"])


def test_microsofts_own_kinds_of_relationships_do_not_lead_astray() -> None:
    """A new relationship has the type that the standard names, whatever stands first in the list."""
    macro = (
        '<Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    )
    parts = pk.unzipped(pk.hand_made(pk.worksheet("")))
    rels = parts["xl/_rels/workbook.xml.rels"]
    assert isinstance(rels, bytes)
    first = macro.encode() + b'Target="vbaProject.bin"/><Relationship Id="rId9"'
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(b'<Relationship Id="rId9"', first)
    data = pk.zipped({**parts, "xl/vbaProject.bin": b"x"})
    added = pk.members(larger(data))["xl/_rels/workbook.xml.rels"].decode()
    assert f'Type="{pk.OFFICE}/worksheet" Target="worksheets/sheet2.xml"' in added
    assert f'Type="{pk.OFFICE}/styles" Target="styles.xml"' in added


def test_leftovers_of_a_deleted_sheet_are_not_taken_over() -> None:
    left: dict[str, bytes | str] = {
        "xl/worksheets/sheet2.xml": pk.worksheet(""),
        "xl/worksheets/_rels/sheet3.xml.rels": f'<Relationships xmlns="{pk.PACKAGE}/relationships"/>',
    }
    data = add_sheet(pk.hand_made(pk.worksheet(""), extra=left), "Arsip", ["Nomor"])
    assert pk.sheet_parts(pk.members(data))["Arsip"] == "xl/worksheets/sheet4.xml"


def test_the_relationship_is_named_in_the_words_of_the_other_sheets() -> None:
    parts = pk.unzipped(pk.hand_made(pk.worksheet("")))
    own = f'<x:workbook xmlns:x="{pk.MAIN}"><x:sheets><x:sheet xmlns:q="{pk.OFFICE}" name="Data" sheetId="65534" ' \
          'q:id="rId9"></x:sheet></x:sheets></x:workbook>'  # fmt: skip
    data = add_sheet(pk.zipped({**parts, "xl/workbook.xml": own}), "Bu & Pak", ["Nomor"])
    xml = pk.members(data)["xl/workbook.xml"].decode()
    assert f'<x:sheet name="Bu &amp; Pak" sheetId="1" q:id="rId1" xmlns:q="{pk.OFFICE}"/></x:sheets>' in xml
    assert list(pk.sheet_parts(pk.members(data))) == ["Data", "Bu & Pak"]


def test_two_sheets_one_after_the_other() -> None:
    data = add_sheet(add_sheet(pk.hand_made(pk.worksheet("")), "Satu", ["a"]), "Dua", ["b"])
    assert list(pk.sheet_parts(pk.members(data))) == ["Data", "Satu", "Dua"]
    assert pk.calamine_grid(data, "Dua") == {(1, 1): "b"}
