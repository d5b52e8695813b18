"""One cell overwritten: what it holds, what it keeps, and what every odd way of writing XML does to that."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.register.excel import packages as pk
from tests.register.excel.packages import reason_of
from tracker.register.excel import CellValue, edit_package

ROWS = '<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2"><v>5</v></c></row><row r="3"/>'


def edited(sheet: str | bytes, cells: dict[str, CellValue]) -> str:
    return pk.sheet_xml(edit_package(pk.hand_made(sheet), cells={"Data": cells}))


HOSTILE = [
    "=1+1", "+62", "-1", "@x", "\t", "\tx", "😀", "]]>", "<b>&amp;</b>", "_x000D_", "_x005F_",
    "a\r\nb", " x ", "\0", "\x01\x1f", "\x7f", "'quoted'", '"', "\u200b", "_xABCD", "__x0041__", "a" * 32_767,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t)[:20])
def test_text_is_literal_whatever_it_looks_like(text: str) -> None:
    after = edit_package(pk.hand_made(pk.worksheet(ROWS)), cells={"Data": {"A1": text}})
    assert pk.calamine_grid(after, "Data")[1, 1] == text
    assert "<f" not in pk.sheet_xml(after)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a" * 32_768, "text-too-long"),
        ("😀" * 16_384, "text-too-long"),
        ("\ud800", "text-not-unicode"),
        ("x\udc00y", "text-not-unicode"),
        ("\uffff", "text-not-unicode"),
        (float("nan"), "number-not-exact"),
        (float("inf"), "number-not-exact"),
        (10**400, "number-not-exact"),
        (2**53 + 1, "number-not-exact"),
        (5e-324, "number-not-exact"),
        (datetime(1899, 12, 30), "date-out-of-range"),
    ],
    ids=lambda v: repr(v)[:20],
)
def test_values_no_cell_can_hold_are_refused(value: CellValue, reason: str) -> None:
    data = pk.hand_made(pk.worksheet(ROWS))
    assert reason_of(data, cells={"Data": {"A1": value}}) == reason


@pytest.mark.parametrize(
    "name", ["A", "1", "A0", "A1048577", "XFE1", "$A$1", "A1:B2", "a1", "", "\uff21\uff11", "A\u0663"]
)
def test_an_address_that_cannot_be_meant_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match=r"cell address|not a column"):
        edit_package(pk.hand_made(pk.worksheet(ROWS)), cells={"Data": {name: 1}})


def test_unsupported_values_are_programming_mistakes() -> None:
    data = pk.hand_made(pk.worksheet(ROWS))
    with pytest.raises(TypeError):
        edit_package(data, cells={"Data": {"A1": timedelta(1)}})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="zone"):
        edit_package(data, cells={"Data": {"A1": datetime.fromisoformat("2026-01-01T00:00+08:00")}})
    with pytest.raises(ValueError, match="value"):
        edit_package(data, append={"Data": [{"A": None}]})


def test_unknown_and_unsuitable_sheets_are_refused() -> None:
    data = pk.hand_made(pk.worksheet(ROWS))
    assert reason_of(data, cells={"data": {"A1": 1}}) == "no-such-sheet"
    parts = pk.unzipped(data)
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = pk.members(data)[rels].replace(b'/worksheet"', b'/chartsheet"')
    assert reason_of(pk.zipped(parts), cells={"Data": {"A1": 1}}) == "not-a-worksheet"


@pytest.mark.parametrize(
    ("value", "xml"),
    [
        (12, "<v>12</v>"),
        (12.0, "<v>12</v>"),
        (0.1, "<v>0.1</v>"),
        (-1e-7, "<v>-1e-07</v>"),
        (2**53, "<v>9007199254740992.0</v>"),
        (True, "<v>1</v>"),
        (False, "<v>0</v>"),
    ],
)
def test_numbers_and_truth_values(value: CellValue, xml: str) -> None:
    assert xml in edited(pk.worksheet(ROWS), {"B1": value})


def test_an_overwritten_cell_keeps_its_style_and_loses_what_belonged_to_the_old_value() -> None:
    row = '<row r="1" spans="1:1" ht="20"><c r="A1" s="3" t="str" cm="1" vm="2"><f>B1</f><v>x</v></c></row>'
    assert '<row r="1" ht="20"><c r="A1" s="3"><v>4</v></c></row>' in edited(pk.worksheet(row), {"A1": 4})
    assert '<row r="1" ht="20"><c r="A1" s="3"/></row>' in edited(pk.worksheet(row), {"A1": None})
    assert edited(pk.worksheet(row), {"A1": None}) == edited(pk.worksheet(row), {"A1": ""})


def test_clearing_what_is_not_there_changes_nothing() -> None:
    data = pk.hand_made(pk.worksheet(ROWS))
    assert edit_package(data, cells={"Data": {"C1": None, "A2": None, "A3": "", "A9": None}}) == data


def test_a_date_cell_of_iso_kind_becomes_a_number() -> None:
    row = '<row r="1"><c r="A1" t="d"><v>2026-01-01</v></c></row>'
    assert '<c r="A1"><v>1</v></c>' in edited(pk.worksheet(row), {"A1": 1})


@pytest.mark.parametrize(
    ("sheet", "cells", "expected"),
    [
        ("<sheetData/>", {"B2": 1}, '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>'),
        ("<sheetData />", {"A1": 1}, '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'),
        ('<sheetData><row r="3"/></sheetData>', {"A3": 1}, '<row r="3"><c r="A3"><v>1</v></c></row>'),
        ('<sheetData><row r="3"/></sheetData>', {"A2": 1},
         '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"/>'),
        ('<sheetData><row r="3"></row></sheetData>', {"B3": 1, "A3": 2},
         '<row r="3"><c r="A3"><v>2</v></c><c r="B3"><v>1</v></c></row>'),
        ("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>", {"B1": 9, "D1": 8},
         '<row><c><v>1</v></c><c><v>9</v></c><c r="D1"><v>8</v></c></row>'),
        ("<sheetData><row><c/></row><row><c/></row></sheetData>", {"A2": 9, "A3": 8},
         '<row><c/></row><row><c><v>9</v></c></row><row r="3"><c r="A3"><v>8</v></c></row>'),
        ('<sheetData><row r="2"><c r="B2"/><c r="E2"/></row></sheetData>',
         {"A2": 1, "C2": 2, "D2": 3, "F2": 4}, '<c r="A2"><v>1</v></c><c r="B2"/>'
         '<c r="C2"><v>2</v></c><c r="D2"><v>3</v></c><c r="E2"/><c r="F2">'),
        ("<sheetData><row r='2'><c r='B2' s='4' t='s'><v>0</v></c></row></sheetData>", {"B2": 1},
         "<row r='2'><c r='B2' s='4'><v>1</v></c></row>"),
        ('<sheetData>\n  <row r="2">\n    <c r="B2">\n      <v>1</v>\n    </c>\n  </row>\n</sheetData>',
         {"C2": 1}, '</c><c r="C2"><v>1</v></c>\n  </row>'),
        ('<sheetData><!-- <row r="2"><c r="B2"/></row> --><row r="3"><c r="A3"><v><![CDATA[7]]></v></c></row>'
         "</sheetData>", {"B3": 1},
         '<!-- <row r="2"><c r="B2"/></row> --><row r="3"><c r="A3"><v><![CDATA[7]]></v></c><c r="B3">'),
        ('<sheetData><?x <row r="1"?><row r="3" x14="a>b"><c r="A3" foo=\'">\'><v>7</v></c></row>'
         "</sheetData>",
         {"A3": 1}, '<row r="3" x14="a>b"><c r="A3" foo=\'">\'><v>1</v></c></row>'),
    ],
    ids=range(12),
)  # fmt: skip
def test_every_way_of_writing_rows(sheet: str, cells: dict[str, CellValue], expected: str) -> None:
    xml = edited(f'<worksheet xmlns="{pk.MAIN}">{sheet}</worksheet>', cells)
    pk.parse(xml.encode())
    assert expected in xml


def test_a_prefixed_strict_sheet_gets_prefixed_cells() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    rows = '<x:row r="1"><x:c r="A1"/></x:row>'
    sheet = f'<x:worksheet xmlns:x="{strict}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    xml = edited(sheet, {"A1": "t", "B2": 2})
    assert '<x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">t</x:t></x:is></x:c>' in xml
    assert '<x:row r="2"><x:c r="B2"><x:v>2</x:v></x:c></x:row>' in xml


@pytest.mark.parametrize("bom", [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"])
def test_a_part_keeps_its_encoding_and_mark(bom: bytes) -> None:
    codec = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(bom, "utf-8")
    sheet = bom + ('<?xml version="1.0"?>' + pk.worksheet(ROWS)).encode(codec)
    after = edit_package(pk.hand_made(sheet), cells={"Data": {"A1": "ñ😀"}})
    part = pk.members(after)["xl/worksheets/sheet1.xml"]
    assert part.startswith(bom)
    assert "ñ😀" in part[len(bom) :].decode(codec)


def test_a_latin_part_gets_references_for_what_it_cannot_hold() -> None:
    sheet = ('<?xml version="1.0" encoding="ISO-8859-1"?>' + pk.worksheet(ROWS + "<!-- ñ -->")).encode(
        "latin-1"
    )
    after = edit_package(pk.hand_made(sheet), cells={"Data": {"A1": "ñ😀"}})
    assert "ñ&#128512;".encode("latin-1") in pk.members(after)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + pk.worksheet(""), "doctype"),
        (pk.worksheet("<row>"), "malformed-xml"),
        (pk.worksheet("&nbsp;"), "malformed-xml"),
        (pk.worksheet('<row r="2"/><row r="1"/>'), "row-order"),
        (pk.worksheet('<row r="2"/><row r="2"/>'), "row-order"),
        (pk.worksheet('<row r="1048577"/>'), "row-order"),
        (pk.worksheet('<row r="1"><c r="B1"/><c r="A1"/></row>'), "malformed-sheet"),
        (pk.worksheet('<row r="1"><c r="A2"/></row>'), "malformed-sheet"),
        (pk.worksheet('<row r="1"><c r="nonsense"/></row>'), "malformed-sheet"),
        (f'<worksheet xmlns="{pk.MAIN}"/>', "malformed-sheet"),
        ('<worksheet xmlns="urn:x"><sheetData/></worksheet>', "not-a-worksheet"),
        (f'<y xmlns="{pk.MAIN}"><sheetData/></y>', "not-a-worksheet"),
        (pk.worksheet(f'<x:row xmlns:x="{pk.MAIN}" r="1"/>'), "namespaces"),
        (pk.worksheet('<row r="1"><c r="A1"><q xmlns="urn:x"/></c></row>'), "namespaces"),
        (pk.worksheet('<m:AlternateContent xmlns:m="urn:m"/>'), "alternate-content"),
        ('<?xml version="1.0" encoding="koi8-r"?>' + pk.worksheet(""), "encoding"),
        (b"\xff\xff\xff", "malformed-xml"),
        (b"", "malformed-xml"),
    ],
)
def test_sheets_that_are_not_understood_are_refused(sheet: str | bytes, reason: str) -> None:
    assert reason_of(pk.hand_made(sheet), cells={"Data": {"A1": 1}}) == reason


def test_a_covered_part_of_a_merge_is_refused_and_its_anchor_is_not() -> None:
    data = pk.hand_made(pk.worksheet(ROWS, '<mergeCells count="1"><mergeCell ref="A1:B3"/></mergeCells>'))
    assert reason_of(data, cells={"Data": {"B2": 1}}) == "merged-cell"
    assert pk.calamine_grid(edit_package(data, cells={"Data": {"A1": 1}}), "Data")[1, 1] == 1


@pytest.mark.parametrize("kind", ['t="array"', 't="dataTable" r1="Z1"'])
def test_arrays_and_data_tables_are_edited_only_around(kind: str) -> None:
    row = (
        f'<row r="1"><c r="A1"><f {kind} ref="A1:B2">1</f><v>1</v></c><c r="B1"><v>1</v></c><c r="C1"/></row>'
    )
    data = pk.hand_made(pk.worksheet(row))
    for place in ("A1", "B1", "A2", "B2"):
        assert reason_of(data, cells={"Data": {place: 1}}) == "array-formula"
    edit_package(data, cells={"Data": {"C1": 1, "A3": 1}})


@pytest.mark.parametrize(
    ("before", "cells", "after"),
    [
        ("A1:B3", {"C5": 1}, "A1:C5"),
        ("B2", {"A1": 1}, "A1:B2"),
        ("A1:Z99", {"C5": 1}, "A1:Z99"),
        ("1:4", {"C5": 1}, "1:4"),
        ("", {"C5": 1}, ""),
    ],
)
def test_dimension_grows_and_only_grows(before: str, cells: dict[str, CellValue], after: str) -> None:
    head = f'<dimension ref="{before}"/>'
    assert f'<dimension ref="{after}"/>' in edited(pk.worksheet(ROWS, head=head), cells)
