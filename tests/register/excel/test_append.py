"""Rows appended: where they land, what grows with them, what they take from above, what blocks them."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

from tests.register.excel import packages as pk
from tests.register.excel.packages import reason_of
from tracker.register.excel import CellValue, edit_package

TABLE_REL = f'<Relationship Id="rId1" Type="{pk.OFFICE}/table" Target="../tables/table1.xml"/>'


def cell(place: str, value: str = "1", attributes: str = "") -> str:
    return f'<c r="{place}"{attributes}><v>{value}</v></c>'


def formula(place: str, text: str, attributes: str = "") -> str:
    return f'<c r="{place}"><f{attributes}>{text}</f><v>0</v></c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def table(ref: str, columns: str, attributes: str = "") -> str:
    return (
        f'<table xmlns="{pk.MAIN}" id="1" name="T" displayName="T" ref="{ref}"{attributes}>'
        f'<autoFilter ref="{ref}"/><tableColumns count="3">{columns}</tableColumns></table>'
    )


COLUMNS = '<tableColumn id="1" name="a"/><tableColumn id="2" name="b"/><tableColumn id="3" name="c"/>'


def tabled(rows: str, tail: str = "", xml: str = "", more: str = "") -> bytes:
    extra: dict[str, bytes | str] = {"xl/tables/table1.xml": xml or table("A1:C3", COLUMNS)}
    rels = TABLE_REL
    if more:
        extra["xl/tables/table2.xml"] = more
        rels += TABLE_REL.replace("rId1", "rId2").replace("table1", "table2")
    return pk.hand_made(pk.worksheet(rows, tail), sheet_rels=rels, extra=extra)


THREE = row(1, cell("A1"), cell("B1")) + row(2, cell("A2"), cell("B2")) + row(3, cell("A3"), cell("B3"))


def appended(data: bytes, *rows: dict[str, CellValue]) -> str:
    return pk.sheet_xml(edit_package(data, append={"Data": rows}))


def table_xml(data: bytes) -> str:
    return pk.members(data)["xl/tables/table1.xml"].decode()


def test_rows_land_below_the_last_row_with_content() -> None:
    blank = row(4, "<c r='A4'/>", '<c r="B4"><v></v></c>') + row(9)
    xml = appended(pk.hand_made(pk.worksheet(THREE + blank)), {"A": 7}, {"B": 8}, {"C": 9})
    assert '<row r="4"><c r=\'A4\'><v>7</v></c><c r="B4"><v></v></c></row>' in xml
    assert '<row r="5"><c r="B5"><v>8</v></c></row><row r="6"><c r="C6"><v>9</v></c></row><row r="9">' in xml


def test_rows_of_an_empty_sheet_start_at_the_top() -> None:
    xml = appended(pk.hand_made(f'<worksheet xmlns="{pk.MAIN}"><sheetData/></worksheet>'), {"B": 1}, {"A": 2})
    assert (
        '<sheetData><row r="1"><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row></sheetData>' in xml
    )


def test_the_table_its_filter_and_nothing_else_grow() -> None:
    data = tabled(THREE)
    after = edit_package(data, append={"Data": [{"A": "x"}, {"C": 5}]})
    assert table_xml(after) == table_xml(data).replace("A1:C3", "A1:C5")
    assert pk.changed_parts(data, after) == {
        "xl/tables/table1.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (tabled(THREE, xml=table("A1:C3", COLUMNS, ' totalsRowCount="1"')), "totals-row"),
        (tabled(THREE + row(4, cell("C4"))), "rows-below"),
        (tabled(THREE + row(5, formula("B5", "1"))), "rows-below"),
        (tabled(THREE, more=table("C4:D6", COLUMNS)), "rows-below"),
        (tabled(THREE, more=table("A6:C9", COLUMNS)), "several-tables"),
        (tabled(THREE, more=table("E1:F9", COLUMNS)), ""),
        (tabled(THREE + row(4, cell("D4"))), ""),
        (tabled(THREE, '<mergeCells><mergeCell ref="A4:B4"/></mergeCells>'), "merged-cell"),
        (tabled(THREE, xml=table("A:C", COLUMNS)), "table"),
        (pk.hand_made(pk.worksheet(row(1048576, cell("A1048576")))), "sheet-full"),
        (pk.hand_made(pk.worksheet(row(1048575, cell("A1048575")))), "sheet-full"),
        (pk.hand_made(pk.worksheet(row(1048574, cell("A1048574")) + row(1048576))), ""),
    ],
    ids=range(12),
)
def test_what_blocks_the_way(data: bytes, reason: str) -> None:
    rows: list[dict[str, CellValue]] = [{"A": 1, "B": 2}, {"A": 3}]
    if reason:
        assert reason_of(data, append={"Data": rows}) == reason
    else:
        edit_package(data, append={"Data": rows})


def test_the_heading_of_a_table_is_never_overwritten() -> None:
    for place in ("A1", "C1"):
        for value in ("x", None, "a"):
            expected = value is None and place == "C1"  # no cell there, nothing to clear
            if not expected:
                assert reason_of(tabled(THREE), cells={"Data": {place: value}}) == "table-heading"
    edit_package(tabled(THREE), cells={"Data": {"D1": 1, "A2": 1}})
    edit_package(tabled(THREE, xml=table("A1:C3", COLUMNS, ' headerRowCount="0"')), cells={"Data": {"A1": 1}})


def test_of_two_tables_side_by_side_the_one_with_the_columns_grows() -> None:
    data = tabled(THREE, more=table("E1:F9", COLUMNS))
    after = edit_package(data, append={"Data": [{"F": 1}]})
    assert pk.calamine_grid(after, "Data")[10, 6] == 1
    assert "xl/tables/table1.xml" not in pk.changed_parts(data, after)


def test_calculated_columns_carry_their_formulas_on() -> None:
    columns = (
        '<tableColumn id="1" name="a"/>'
        '<tableColumn id="2" name="b">'
        '<calculatedColumnFormula>T[[#This Row],[a]]&amp;"&lt;"</calculatedColumnFormula></tableColumn>'
        '<tableColumn id="3" name="c">'
        "<calculatedColumnFormula>A2*$D$1</calculatedColumnFormula></tableColumn>"
    )
    rows = row(1, cell("A1"), cell("B1"), cell("C1")) + row(
        2, cell("A2"), cell("B2", attributes=' s="4"'), formula("C2", "A2*$D$1")
    )
    data = tabled(rows, xml=table("A1:C2", columns))
    xml = appended(data, {"A": 5}, {"A": 6, "C": 7})
    assert (
        '<row r="3"><c r="A3"><v>5</v></c><c r="B3" s="4"><f>T[[#This Row],[a]]&amp;&quot;&lt;&quot;</f></c>'
        '<c r="C3"><f>A3*$D$1</f></c></row>'
    ) in xml
    assert '<c r="B4" s="4"><f>' in xml
    assert '<c r="C4"><v>7</v></c></row>' in xml
    assert "A4" not in xml.partition('<c r="C4">')[2]


def test_columns_that_repeat_their_formula_count_as_calculated_even_without_a_table() -> None:
    rows = row(1, cell("A1")) + "".join(
        row(n, cell(f"A{n}"), formula(f"B{n}", f"A{n}+1"), formula(f"C{n}", "SUM(A1:A9)" if n == 3 else "0"))
        for n in (2, 3)
    )
    xml = appended(pk.hand_made(pk.worksheet(rows)), {"A": 5})
    assert '<row r="4"><c r="A4"><v>5</v></c><c r="B4"><f>A4+1</f></c></row>' in xml


def test_a_formula_typed_over_in_the_last_record_is_still_carried_on() -> None:
    column = (
        '<tableColumn id="3" name="c"><calculatedColumnFormula>A2*2</calculatedColumnFormula></tableColumn>'
    )
    columns = '<tableColumn id="1" name="a"/><tableColumn id="2" name="b"/>' + column
    rows = row(1, cell("A1")) + row(2, cell("A2"), formula("C2", "A2*2")) + row(3, cell("A3"), cell("C3"))
    assert '<c r="C4"><f>A4*2</f></c>' in appended(tabled(rows, xml=table("A1:C3", columns)), {"A": 5})


def test_declared_formulas_that_stand_nowhere_are_not_guessed() -> None:
    column = (
        '<tableColumn id="3" name="c"><calculatedColumnFormula>{}</calculatedColumnFormula></tableColumn>'
    )
    columns = '<tableColumn id="1" name="a"/><tableColumn id="2" name="b"/>' + column
    for text in ("A2*2", "T[[", "XFD1048576"):
        data = tabled(THREE, xml=table("A1:C3", columns.format(text)))
        assert '<row r="4"><c r="A4"><v>5</v></c></row>' in appended(data, {"A": 5})


def test_a_shared_formula_without_its_master_is_refused() -> None:
    rows = (
        row(1, cell("A1"))
        + row(2, '<c r="A2"><f t="shared" si="0"/></c>')
        + row(3, '<c r="A3"><f t="shared" si="0"/></c>')
    )
    assert reason_of(pk.hand_made(pk.worksheet(rows)), append={"Data": [{"B": 1}]}) == "shared-formula"


def test_rows_appended_together_look_like_the_row_above_each() -> None:
    rows = row(1, cell("A1")) + row(2, cell("A2", attributes=' s="2"'), "<c r='Z2' s='3'/>")
    xml = appended(pk.hand_made(pk.worksheet(rows)), {"A": 5}, {"B": 6})
    assert '<c r="A4" s="2"/><c r="B4"><v>6</v></c><c r="Z4" s="3"/>' in xml


def test_a_shared_formula_is_carried_on_as_its_own() -> None:
    rows = row(1, formula("A1", "B1*2", ' t="shared" ref="A1:A3" si="0"')) + "".join(
        row(n, formula(f"A{n}", "", ' t="shared" si="0"').replace("></f>", "/>"), cell(f"B{n}"))
        for n in (2, 3)
    )
    xml = appended(pk.hand_made(pk.worksheet(rows)), {"B": 5})
    assert '<row r="4"><c r="A4"><f>B4*2</f></c><c r="B4"><v>5</v></c></row>' in xml


def test_one_cell_arrays_are_carried_on_as_arrays() -> None:
    array = ' t="array" ref="{}"'
    rows = "".join(
        row(n, formula(f"A{n}", f"SUM(B{n}*2)", array.format(f"A{n}")), cell(f"B{n}")) for n in (1, 2)
    )
    xml = appended(pk.hand_made(pk.worksheet(rows)), {"B": 5})
    assert '<c r="A3"><f t="array" ref="A3">SUM(B3*2)</f></c>' in xml


def test_styles_and_the_look_of_the_row_are_carried_on() -> None:
    look = ' spans="1:3" s="3" customFormat="1" ht="30" customHeight="1" hidden="1" outlineLevel="1"'
    rows = THREE + row(4, cell("A4", attributes=' s="1"'), '<c r="B4" s="2"/>', attributes=look)
    xml = appended(pk.hand_made(pk.worksheet(rows)), {"A": 5, "C": 6})
    assert (
        '<row r="5" s="3" customFormat="1" ht="30" customHeight="1"><c r="A5" s="1"><v>5</v></c>'
        '<c r="B5" s="2"/><c r="C5"><v>6</v></c></row>'
    ) in xml
    automatic = row(1, cell("A1")) + row(2, cell("A2"), attributes=' ht="30"')
    assert '<row r="3"><c r="A3">' in appended(pk.hand_made(pk.worksheet(automatic)), {"A": 5})


def test_the_style_of_a_heading_is_not_for_records() -> None:
    heading = row(1, cell("A1", attributes=' s="1"'))
    assert '<c r="A2"><v>5</v></c>' in appended(pk.hand_made(pk.worksheet(heading)), {"A": 5})
    empty = tabled(heading, xml=table("A1:C1", COLUMNS))
    assert '<c r="A2"><v>5</v></c>' in appended(empty, {"A": 5})


def test_cells_are_written_before_rows_are_placed() -> None:
    data = pk.hand_made(pk.worksheet(THREE))
    at_once = edit_package(data, cells={"Data": {"A7": 1}}, append={"Data": [{"A": 2}]})
    one_by_one = edit_package(edit_package(data, cells={"Data": {"A7": 1}}), append={"Data": [{"A": 2}]})
    assert pk.members(at_once) == pk.members(one_by_one)
    assert pk.calamine_grid(at_once, "Data")[8, 1] == 2


def office_book() -> bytes:
    """A table as openpyxl writes it: dates, a list validation, a colour rule, a calculated column."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    sheet.append(["ID", "Selesai", "Lama"])
    for n in range(2, 12):
        sheet.append([f"K-{n}", datetime(2026, 1, n, 9, 15), f'=IF($A{n}="","",ROW(A{n}))'])
        sheet.cell(n, 2).number_format = "dd/mm/yyyy hh:mm"
    listed = Table(displayName="T", ref="A1:C11", tableStyleInfo=TableStyleInfo(name="TableStyleMedium2"))
    sheet.add_table(listed)
    validation = DataValidation(type="list", formula1='"a,b"', sqref="A2:A11")
    sheet.add_data_validation(validation)
    rule = FormulaRule(formula=['$A2="x"'])  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("A2:C11", rule)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_table_of_an_office_grows_as_excel_would_grow_it() -> None:
    moment = datetime(2026, 8, 3, 9, 15)
    after = edit_package(office_book(), append={"Data": [{"A": "K-12", "B": moment}, {"A": "K-13"}]})
    sheet = openpyxl.load_workbook(io.BytesIO(after))["Data"]
    assert sheet["B12"].value == moment
    assert sheet["B12"].style_id == sheet["B11"].style_id == sheet["B13"].style_id
    assert sheet["C13"].value == '=IF($A13="","",ROW(A13))'
    assert sheet.tables["T"].ref == sheet.tables["T"].autoFilter.ref == "A1:C13"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "A2:A13"
    assert [str(r.sqref) for r in sheet.conditional_formatting] == ["A2:C13"]
