"""Validations, conditional formats and filters that ended with the records end with them after an append."""

from __future__ import annotations

import pytest

from tests.register.excel import packages as pk
from tests.register.excel.feature_parts import x14_rules
from tests.register.excel.test_append import COLUMNS, THREE, appended, cell, row, table, tabled
from tracker.register.excel import CellValue, edit_package


def validation(ref: str, kind: str = "dataValidation") -> str:
    return f'<{kind} type="list" sqref="{ref}"><formula1>"a,b"</formula1></{kind}>'


X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def extension(element: str, ref: str) -> str:
    return (
        f'<extLst><ext uri="{{x}}" xmlns:x14="{X14}"><x14:{element}s xmlns:xm="{XM}" count="1">'
        f"<x14:{element}><x14:formula1><xm:f>Other!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>{ref}</xm:sqref></x14:{element}>"
        f"</x14:{element}s></ext></extLst>"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("B2:B3", "B2:B5"),
        ("A1:C3", "A1:C5"),
        ("B2:B3 D7 A1:A3", "B2:B5 D7 A1:A5"),
        ("B2:B2", "B2:B2"),  # ends above the last record
        ("B3", "B3"),  # meant for this one record
        ("B2:B4", "B2:B4"),
        ("B:B", "B:B"),
        ("B1:B1048576", "B1:B1048576"),
        ("E2:E3", "E2:E3"),  # beside the table
    ],
)
def test_ranges_that_ended_with_the_records_grow(before: str, after: str) -> None:
    rows: list[dict[str, CellValue]] = [{"A": 1}, {"A": 2}]
    rule = f'<conditionalFormatting sqref="{before}"><cfRule type="duplicateValues"/></conditionalFormatting>'
    for tail in (
        f'<dataValidations count="1">{validation(before)}</dataValidations>',
        rule,
        rule.replace('"', "'"),
        extension("dataValidation", before),
        extension("conditionalFormatting", before),
    ):
        assert tail.replace(before, after) in appended(tabled(THREE, tail), *rows)


def test_a_range_over_the_only_record_grows() -> None:
    rows = row(1, cell("A1")) + row(2, cell("A2"))
    data = tabled(rows, f"<dataValidations>{validation('A2')}</dataValidations>", table("A1:C2", COLUMNS))
    assert 'sqref="A2:A3"' in appended(data, {"A": 1})


def test_a_validation_never_grows_into_another() -> None:
    tail = f"<dataValidations>{validation('B2:B3')}{validation('B4:B9')}</dataValidations>"
    assert tail in appended(tabled(THREE, tail), {"A": 1})


def test_sparklines_and_protected_ranges_stay() -> None:
    tail = '<protectedRanges><protectedRange sqref="A1:A3" name="x"/></protectedRanges>'
    assert tail in appended(tabled(THREE, tail), {"A": 1})
    tail = extension("sparkline", "A1:A3")
    assert tail in appended(tabled(THREE, tail), {"A": 1})


def test_the_filter_of_a_plain_sheet_and_its_hidden_name_grow() -> None:
    names = (
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Data!$A$1:$B$3'
        '</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">Data!$A$1:$B$3</definedName>'
        "</definedNames>"
    )
    data = pk.hand_made(pk.worksheet(THREE, '<autoFilter ref="A1:B3"><x/></autoFilter>'), workbook=names)
    after = edit_package(data, append={"Data": [{"A": 1}]})
    assert '<autoFilter ref="A1:B4"><x/></autoFilter>' in pk.sheet_xml(after)
    assert names.replace("$B$3", "$B$4", 1) in pk.members(after)["xl/workbook.xml"].decode()
    short = pk.hand_made(pk.worksheet(THREE, '<autoFilter ref="A1:B2"/>'), workbook=names)
    assert names in pk.members(edit_package(short, append={"Data": [{"A": 1}]}))["xl/workbook.xml"].decode()


def test_a_list_and_a_rule_that_stand_only_in_the_extension_list_grow_as_excel_grows_them() -> None:
    after = pk.members(edit_package(x14_rules(), append={"Data": [{"A": "K-6"}, {"A": "K-7"}]}))
    xml = after["xl/worksheets/sheet1.xml"].decode()
    assert "<xm:sqref>A2:A8</xm:sqref></x14:dataValidation>" in xml
    assert "<xm:sqref>C2:C8</xm:sqref></x14:conditionalFormatting>" in xml
    assert "<xm:f>Data!$A$2:$A$6</xm:f>" in xml  # a formula is not a range of the sheet
    assert 'ref="A1:D8"' in after["xl/tables/table1.xml"].decode()
