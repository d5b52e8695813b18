"""The visible sheets with a table: title, headings, records, ready rows, rules, print set-up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracker.register.layout import Sheet
from tracker.register.store import letters
from tracker.register.template.choices import rule_of
from tracker.register.template.hidden import HEADING_ROW, TOP
from tracker.register.template.styles import BANNER, TABLE_STYLE, TITLE, cell_style, heading_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.register.seed.content import BookContent, Row
    from tracker.register.template.book import Book, Page
    from tracker.register.template.hidden import Hidden

__all__ = ["READY_ROWS", "last_row", "set_up_paper", "write_sheet"]

READY_ROWS: Final = {
    "register": 200,
    "events": 600,
    "sop": 60,
    "steps": 20,
    "people": 40,
    "hours": 24,
    "holidays": 40,
    "choices": 30,
    "archive": 60,
}
"""Rows with formulas, drop-downs and formats in the empty template; beyond them the tables grow by themselves."""
_SPARE: Final = {"register": 120, "events": 240, "holidays": 20}
"""Ready rows that stay free below the records when there are many."""
_FROZEN_COLUMNS: Final = {"register": 2, "events": 2, "steps": 2}
_WRAPPED: Final = ("sop", "steps")
"""Sheets with long texts; their rows are made as high as the text needs, for LibreOffice does not do it itself."""
_LINE_HEIGHT: Final = 15.0
_PORTRAIT: Final = ("sop", "people", "holidays", "choices")
_TITLES: Final = {
    "register": "Register Konten",
    "events": "Riwayat Langkah",
    "sop": "Identitas SOP dan Pengaturan",
    "steps": "Langkah SOP",
    "people": "Pegawai",
    "hours": "Jam Kerja",
    "holidays": "Hari Libur",
    "choices": "Daftar Pilihan",
    "archive": "Arsip Naskah",
}


@dataclass(frozen=True, slots=True)
class Made:
    """What every sheet is written from."""

    book: Book
    content: BookContent
    hidden: Hidden
    formulas: Mapping[str, Mapping[str, str]]


def last_row(content: BookContent, sheet: Sheet) -> int:
    """1-based last row of a sheet's table: its records and the ready rows."""
    filled = len(content.of(sheet.key))
    return HEADING_ROW + max(READY_ROWS[sheet.key], filled + _SPARE.get(sheet.key, 10))


def write_sheet(made: Made, sheet: Sheet) -> Page:
    """Write one sheet as a table that an office can go on filling in."""
    page = made.book.page(sheet.name)
    last = last_row(made.content, sheet)
    _write_columns(page, sheet)
    _write_top(made, page, sheet)
    _write_table(made, page, sheet, last)
    _write_cells(made, page, sheet, last)
    for index, column in enumerate(sheet.columns):
        rule = rule_of(sheet, column, made.hidden)
        if rule is not None:
            page.validate((TOP - 1, index, last - 1, index), rule)
    page.sheet.freeze_panes(HEADING_ROW, _FROZEN_COLUMNS.get(sheet.key, 1))
    set_up_paper(made, page, is_landscape=sheet.key not in _PORTRAIT)
    page.sheet.repeat_rows(HEADING_ROW - 1)
    return page


def _write_columns(page: Page, sheet: Sheet) -> None:
    """Column widths; optional columns are grouped and folded shut."""
    for index, column in enumerate(sheet.columns):
        folded = {"level": 1, "hidden": True} if column.folded else {}
        behind = index > 0 and sheet.columns[index - 1].folded and not column.folded
        options = folded or ({"collapsed": True} if behind else {})
        page.sheet.set_column(index, index, column.width, None, options)


def _write_top(made: Made, page: Page, sheet: Sheet) -> None:
    page.sheet.set_row(0, 28)
    page.sheet.set_row(1, 18)
    page.sheet.set_row(HEADING_ROW - 1, 32)
    page.write(0, 0, _TITLES[sheet.key], TITLE)
    parts = [sheet.help, made.content.office]
    if any(column.folded for column in sheet.columns):
        parts.insert(1, "Kolom tambahan: klik tanda + di atas judul kolom.")
    if any(column.is_formula for column in sheet.columns):
        parts.insert(1, "Kolom abu-abu dihitung sendiri.")
    page.write(1, 0, "  ·  ".join(parts), BANNER)


def _write_table(made: Made, page: Page, sheet: Sheet, last: int) -> None:
    formulas = made.formulas.get(sheet.key, {})
    columns = [
        {
            "header": column.heading,
            "header_format": made.book.style(heading_style(column)),
            **({"formula": f"={formulas[column.key]}"} if column.key in formulas else {}),
            "format": made.book.style(cell_style(column, wraps=sheet.key in _WRAPPED)),
        }
        for column in sheet.columns
    ]
    options = {"name": f"T_{sheet.name.replace(' ', '_')}", "style": TABLE_STYLE, "columns": columns}
    page.sheet.add_table(HEADING_ROW - 1, 0, last - 1, len(sheet.columns) - 1, options)


def _write_cells(made: Made, page: Page, sheet: Sheet, last: int) -> None:
    formulas = made.formulas.get(sheet.key, {})
    rows = made.content.of(sheet.key)
    styles = [cell_style(column, wraps=sheet.key in _WRAPPED) for column in sheet.columns]
    for offset in range(last - HEADING_ROW):
        row = rows[offset] if offset < len(rows) else {}
        known = made.content.cached_of(sheet.key, offset)
        if sheet.key in _WRAPPED and row:
            page.sheet.set_row(HEADING_ROW + offset, _LINE_HEIGHT * _lines(sheet, row) + 3)
        for index, column in enumerate(sheet.columns):
            at = HEADING_ROW + offset
            if column.key in formulas:
                page.formula(at, index, formulas[column.key], styles[index], known.get(column.key, ""))
            else:
                page.write(at, index, row.get(column.key), styles[index])


def _lines(sheet: Sheet, row: Row) -> int:
    """How many lines the longest text of a row takes in its column."""
    return max(
        math.ceil(len(str(row.get(column.key) or "")) * 1.08 / column.width) or 1 for column in sheet.columns
    )


def set_up_paper(made: Made, page: Page, *, is_landscape: bool) -> None:
    """A4, one page wide, the office above and page numbers below."""
    paper = page.sheet
    paper.set_paper(9)
    if is_landscape:
        paper.set_landscape()
    paper.fit_to_pages(1, 0)
    paper.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
    office = made.content.office.replace("&", "&&")
    paper.set_header(f"&L&8{office}&R&8&A")
    paper.set_footer("&L&8Dicetak &D &T&R&8Halaman &P dari &N")
    paper.hide_gridlines(2)


def print_area(sheet: Sheet, last: int) -> str:
    """The cells worth printing: up to the last row whose first cell is filled, at least a few."""
    right = letters(len(sheet.columns) - 1)
    name = f"'{sheet.name}'" if " " in sheet.name else sheet.name
    first = f"{name}!$A${TOP}:$A${last}"
    return f"{name}!$A$1:INDEX({name}!${right}$1:${right}${last},{HEADING_ROW}+MAX(12,COUNTA({first})))"
