"""The template is fresh, complete, and computes what the rules compute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import holidays
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tests.register.bookmaking import differences, random_content
from tests.register.references import Edge, cyclic, edges, functions
from tests.register.spreadsheets import REASON, SOFFICE, at_moment, recalculated
from tracker.register.reader import read_register
from tracker.register.schema import SHEETS, Sheet
from tracker.register.seed import TEMPLATE_YEARS, empty_content, holiday_rows
from tracker.register.template import build_workbook, template_bytes
from tracker.register.template.cached import cached_values, snapshot_of
from tracker.register.template.hidden import HIDDEN

ROOT = Path(__file__).parents[2]
TABLES = [described for described in SHEETS if described.columns]
# Excel 2010, LibreOffice 7.4 and Google Sheets all have these.
SHARED_FUNCTIONS = {
    "ABS", "AND", "CHAR", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "FIND", "IF", "IFERROR", "INDEX", "INT",
    "ISNUMBER", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MID", "MIN", "MOD", "N", "NOT", "NOW", "OR", "ROUND", "ROW",
    "SEARCH", "SUBSTITUTE", "SUM", "SUMPRODUCT", "TEXT", "TIMEVALUE", "TRIM", "VALUE", "WEEKDAY",
}  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason=REASON)


@pytest.fixture(scope="module")
def template() -> bytes:
    return template_bytes()


@pytest.fixture(scope="module")
def book(template: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(template))


def test_the_committed_template_is_fresh(template: bytes) -> None:
    committed = (ROOT / "templates" / "sop_register.xlsx").read_bytes()
    with ZipFile(BytesIO(committed)) as old, ZipFile(BytesIO(template)) as new:
        assert old.namelist() == new.namelist()
        assert [name for name in new.namelist() if old.read(name) != new.read(name)] == []


def test_the_same_content_gives_the_same_bytes(template: bytes) -> None:
    assert template_bytes() == template


def test_the_template_stays_small(template: bytes) -> None:
    assert len(template) < 400_000


def test_sheets_stand_in_the_order_of_the_schema(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [*(described.name for described in SHEETS), HIDDEN]
    assert book[HIDDEN].sheet_state == "hidden"


@pytest.mark.parametrize("described", TABLES, ids=lambda one: one.key)
def test_headings_equal_the_schema(book: openpyxl.Workbook, described: Sheet) -> None:
    assert [cell.value for cell in book[described.name][3]] == [
        column.heading for column in described.columns
    ]


@pytest.mark.parametrize("described", TABLES, ids=lambda one: one.key)
def test_every_sheet_is_a_banded_table_that_prints_on_a4(book: openpyxl.Workbook, described: Sheet) -> None:
    page: Worksheet = book[described.name]
    (table,) = page.tables.values()
    assert table.tableStyleInfo is not None and table.tableStyleInfo.showRowStripes
    assert table.autoFilter is not None
    assert page.freeze_panes is not None and page.freeze_panes.endswith("4")
    assert str(page.page_setup.paperSize) == "9"
    assert page.sheet_properties.pageSetUpPr is not None and page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$3"
    assert page.oddFooter is not None and "Halaman" in str(page.oddFooter.right.text)


def test_only_the_guide_and_the_hidden_sheet_are_protected(book: openpyxl.Workbook) -> None:
    protected = {page.title: page.protection.password for page in book if page.protection.sheet}
    assert protected == {"Panduan": None, HIDDEN: None}


@pytest.mark.parametrize("described", TABLES, ids=lambda one: one.key)
def test_columns_with_choices_have_a_drop_down_and_computed_ones_a_stop_rule(
    book: openpyxl.Workbook, described: Sheet
) -> None:
    page: Worksheet = book[described.name]
    rules = {
        min(area.min_col for area in rule.sqref.ranges): rule for rule in page.data_validations.dataValidation
    }
    for index, column in enumerate(described.columns, start=1):
        if column.is_formula:
            assert (rules[index].type, rules[index].formula1, rules[index].errorStyle) == (
                "custom",
                "FALSE",
                None,
            )
        elif column.choices or column.options:
            assert rules[index].type == "list"


def test_drop_downs_name_ranges_that_exist(book: openpyxl.Workbook) -> None:
    used = {
        name
        for page in book
        for rule in page.data_validations.dataValidation
        for name in re.findall(r"Pilih\w+|BukanKeputusan", str(rule.formula1))
    }
    assert {"PilihID", "PilihNama", "PilihLangkah", "PilihHasil", "BukanKeputusan"} <= used
    assert used <= set(book.defined_names)


def test_entry_rules_stay_within_the_length_that_excel_takes(book: openpyxl.Workbook) -> None:
    for page in book:
        for rule in page.data_validations.dataValidation:
            assert len(str(rule.formula1 or "")) <= 255
            assert len(rule.prompt or "") <= 255 and len(rule.error or "") <= 225


@pytest.mark.parametrize("described", TABLES, ids=lambda one: one.key)
def test_optional_columns_are_folded(template: bytes, described: Sheet) -> None:
    number = [one.name for one in SHEETS].index(described.name) + 1
    with ZipFile(BytesIO(template)) as package:
        xml = package.read(f"xl/worksheets/sheet{number}.xml").decode()
    found = re.findall(r'<col min="(\d+)" max="(\d+)"[^>]* hidden="1" customWidth="1" outlineLevel="1"', xml)
    folded = {place for first, last in found for place in range(int(first), int(last) + 1)}
    assert folded == {place for place, column in enumerate(described.columns, start=1) if column.folded}


def _formulas(book: openpyxl.Workbook) -> Iterator[tuple[str, str, int, str]]:
    """One formula per column (all rows of a column say the same), the settings row whole."""
    for page in book:
        for column in page.iter_cols(min_row=1, max_row=5):
            for cell in column:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    yield page.title, cell.column_letter, cell.row, cell.value[1:]


def test_formulas_use_only_functions_that_all_three_programs_have(book: openpyxl.Workbook) -> None:
    used = {name for *_, formula in _formulas(book) for name in functions(formula)}
    assert used <= SHARED_FUNCTIONS


def test_formulas_stay_within_the_length_that_excel_takes(book: openpyxl.Workbook) -> None:
    assert max(len(formula) for *_, formula in _formulas(book)) < 2000


def test_no_formula_can_be_circular(book: openpyxl.Workbook) -> None:
    read: set[Edge] = set()
    for title, letter, row, formula in _formulas(book):
        if title != HIDDEN or row != 4:
            read |= set(edges(title, letter, row, formula))
    assert len(read) > 300
    assert cyclic(read) == []
    assert cyclic({Edge("a", "b", "any"), Edge("b", "a", "own")})
    assert not cyclic({Edge("a", "b", "above"), Edge("b", "a", "own")})


def test_the_reader_finds_nothing_wrong_with_the_empty_register() -> None:
    register = read_register(snapshot_of(empty_content()))
    assert register.is_writable
    assert [found.code for found in register.findings] == []
    assert [step.number for step in register.sop.steps if step.is_decision] == [4, 5]


def test_holidays_agree_with_the_package_where_dates_are_fixed() -> None:
    package = holidays.country_holidays("ID", categories=("public", "government"), years=TEMPLATE_YEARS)
    ours = {
        row["on"]: str(row["remark"]) for row in holiday_rows(TEMPLATE_YEARS) if isinstance(row["on"], date)
    }
    differing = set(ours) ^ set(package)
    assert [on for on in differing if on.year == TEMPLATE_YEARS[0]] == []
    said = {on: f"{ours.get(on, '')} {package.get(on, '')}" for on in differing}
    assert [on for on, words in said.items() if "perkiraan" not in words] == []


@needs_soffice
def test_the_fresh_template_shows_no_error_and_no_value(template: bytes, tmp_path: Path) -> None:
    shown = recalculated(template, tmp_path)
    for name in shown.sheet_names:
        cells = [cell for row in shown.get_sheet_by_name(name).to_python() for cell in row]
        assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith(("#", "Err:"))]
    for name in ("Register", "Riwayat"):
        assert [
            row for row in shown.get_sheet_by_name(name).to_python()[3:] if any(cell != "" for cell in row)
        ] == []


@needs_soffice
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_sheet_computes_what_the_rules_say(seed: int, tmp_path: Path) -> None:
    content, now = random_content(seed)
    shown: CalamineWorkbook = recalculated(at_moment(build_workbook(content), now), tmp_path)
    assert len(content.of("events")) > 150
    assert differences(shown, cached_values(content, now)) == []
