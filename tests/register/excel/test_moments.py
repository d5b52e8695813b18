"""Moments written into cells: their date format, and exact minutes in both date systems."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import openpyxl
import pytest

from tests.register.excel import packages as pk
from tracker.register.excel import edit_package

STYLES = (
    f'<styleSheet xmlns="{pk.MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="170" formatCode="[$-421]dd mmmm yyyy"/>'
    '</numFmts><fonts count="2"><font/><font><b/></font></fonts><cellXfs count="4"><xf numFmtId="0"/>'
    '<xf numFmtId="170" fontId="1"/><xf numFmtId="2" fontId="1" applyFont="1"><alignment wrapText="1"/></xf>'
    '<xf numFmtId="20"/></cellXfs></styleSheet>'
)
STYLES_REL = f'<Relationship Id="rId1" Type="{pk.OFFICE}/styles" Target="/xl/mystyles.xml"/>'


def styled(rows: str, part: str = "mystyles.xml") -> bytes:
    rel = STYLES_REL.replace("mystyles.xml", part)
    return pk.hand_made(pk.worksheet(rows), book_rels=rel, extra={f"xl/{part}": STYLES})


MOMENT = datetime(2026, 8, 3, 9, 15)
SERIAL = "46237.385416666664"


@pytest.mark.parametrize(
    ("rows", "style", "new_formats"),
    [
        ('<row r="2"><c r="A2" s="1"/></row>', 1, 0),  # its own date format
        (
            '<row r="1"><c r="A1" s="1"/></row><row r="2"><c r="A2" s="2"/></row>',
            1,
            0,
        ),  # that of the cell above
        ('<row r="1"><c r="A1" s="1"/></row>', 1, 0),
        ('<row r="2"><c r="A2" s="2"/></row>', 4, 1),  # like its own, as a date
        ('<row r="2"><c r="A2" s="3"/></row>', 4, 1),  # a mere time would hide the day
        ("", 4, 1),
        ('<row r="2" s="1" customFormat="1"/>', 1, 0),
        ('<row r="2"><c r="A2" s="99"/></row>', 4, 1),  # no such format
    ],
)
def test_a_moment_takes_a_date_format(rows: str, style: int, new_formats: int) -> None:
    after = edit_package(styled(rows), cells={"Data": {"A2": MOMENT}})
    assert f'<c r="A2" s="{style}"><v>{SERIAL}</v></c>' in pk.sheet_xml(after)
    (formats,) = pk.parse(pk.members(after)["xl/mystyles.xml"]).iterfind("{*}cellXfs")
    assert len(formats) == int(formats.get("count", "")) == 4 + new_formats
    if "xl/mystyles.xml" not in pk.changed_parts(styled(rows), after):
        assert not new_formats


def test_a_new_date_format_keeps_the_rest_of_the_old_one_and_is_made_once() -> None:
    data = styled('<row r="2"><c r="A2" s="2"/><c r="B2" s="2"/></row>')
    once = edit_package(data, cells={"Data": {"A2": MOMENT, "B2": MOMENT}})
    twice = edit_package(edit_package(data, cells={"Data": {"A2": MOMENT}}), cells={"Data": {"B2": MOMENT}})
    assert pk.members(once) == pk.members(twice)
    styles = pk.members(once)["xl/mystyles.xml"].decode()
    expected = (
        '<xf numFmtId="171" fontId="1" applyFont="1" applyNumberFormat="1"><alignment wrapText="1"/></xf>'
    )
    assert styles.count(expected) == 1
    assert '<numFmts count="2">' in styles
    assert '<numFmt numFmtId="171" formatCode="dd/mm/yyyy hh:mm"/>' in styles


def test_a_book_without_styles_gets_them_with_the_first_moment() -> None:
    after = edit_package(pk.hand_made(pk.worksheet("")), cells={"Data": {"A9": MOMENT}})
    assert pk.calamine_grid(after, "Data")[9, 1] == MOMENT
    assert openpyxl.load_workbook(io.BytesIO(after))["Data"]["A9"].value == MOMENT
    assert pk.changed_parts(pk.hand_made(pk.worksheet("")), after) == {
        "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }  # fmt: skip


@pytest.mark.parametrize("is_1904", [False, True])
def test_moments_are_exact_to_the_minute_in_both_date_systems(is_1904: bool) -> None:
    rows = '<row r="1"><c r="A1" s="1"/></row>'
    parts = pk.members(styled(rows, "styles.xml"))  # where calamine looks for it
    if is_1904:
        calendar = b'<workbookPr date1904="1"/><sheets>'
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheets>", calendar)
    book = pk.zipped(dict(parts))
    start = datetime(1904, 1, 1) if is_1904 else datetime(1900, 3, 1)
    zero = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    for minute in range(1, 70_000_000, 1_234_567):
        moment = start + timedelta(minutes=minute)
        after = edit_package(book, cells={"Data": {"A1": moment}})
        value = float(pk.sheet_xml(after).partition("<v>")[2].partition("</v>")[0])
        assert zero + timedelta(minutes=round(value * 1440)) == moment
        if minute > 1440:  # below, calamine gives a time of day
            assert pk.calamine_grid(after, "Data")[1, 1] == moment


def test_the_first_two_months_of_1900_know_no_leap_day() -> None:
    after = edit_package(
        styled(""), cells={"Data": {"A1": datetime(1900, 1, 1), "A2": datetime(1900, 2, 28)}}
    )
    assert "<v>1</v>" in pk.sheet_xml(after)
    assert "<v>59</v>" in pk.sheet_xml(after)


@pytest.mark.parametrize(
    "styles",
    [
        f'<styleSheet xmlns="{pk.MAIN}"><fonts/></styleSheet>',
        f'<styleSheet xmlns="{pk.MAIN}"><cellXfs count="0"></cellXfs></styleSheet>',
        f'<styleSheet xmlns="{pk.MAIN}"><cellXfs>'
        + '<xf numFmtId="0"/>' * 65_430
        + "</cellXfs></styleSheet>",
    ],
    ids=["none", "empty", "full"],
)
def test_styles_with_no_room_for_a_date_are_refused(styles: str) -> None:
    parts = {**pk.unzipped(styled("")), "xl/mystyles.xml": styles}
    assert pk.reason_of(pk.zipped(parts), cells={"Data": {"A1": MOMENT}}) == "styles"


def test_an_empty_list_of_number_formats_is_filled() -> None:
    styles = STYLES[: STYLES.index("<numFmts")] + '<numFmts count="0"/>' + STYLES[STYLES.index("<fonts") :]
    parts = {**pk.unzipped(styled("")), "xl/mystyles.xml": styles}
    after = edit_package(pk.zipped(parts), cells={"Data": {"A1": MOMENT}})
    assert '<numFmts count="1"><numFmt numFmtId="164"' in pk.members(after)["xl/mystyles.xml"].decode()


def test_an_unrelated_part_where_styles_belong_is_never_overwritten() -> None:
    book = pk.hand_made(pk.worksheet(""), extra={"xl/styles.xml": "<x/>"})
    assert pk.reason_of(book, cells={"Data": {"A1": MOMENT}}) == "styles"


def test_column_formats_apply_to_new_cells() -> None:
    head = '<cols><col min="1" max="2" style="1"/><col min="x" max="9" style="2"/></cols>'
    book = pk.hand_made(pk.worksheet("", head=head), book_rels=STYLES_REL, extra={"xl/mystyles.xml": STYLES})
    xml = pk.sheet_xml(edit_package(book, cells={"Data": {"B1": MOMENT, "C1": "x"}}))
    assert f'<c r="B1" s="1"><v>{SERIAL}</v></c><c r="C1" t="inlineStr">' in xml
