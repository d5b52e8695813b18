"""The whole workbook from its content: visible sheets in schema order, then the hidden sheet that computes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

from tracker.register.schema import SHEETS
from tracker.register.template.book import Book, Page
from tracker.register.template.choices import defined_names
from tracker.register.template.events import event_formulas, trace_formulas
from tracker.register.template.guide import write_guide
from tracker.register.template.hidden import HIDDEN, TOP, Block, Hidden
from tracker.register.template.items import item_formulas, people_formulas
from tracker.register.template.marks import mark_events, mark_items, mark_mistakes
from tracker.register.template.package import follower, is_shareable, leader, packed
from tracker.register.template.sheets import Made, last_row, print_area, write_sheet
from tracker.register.template.standards import setting_formulas, step_formulas
from tracker.register.template.styles import HINT
from tracker.register.template.visible import visible_formulas
from tracker.register.template.worktime import FIRST_DAY, NOW, day_formulas, hours_formulas, worked

if TYPE_CHECKING:
    from tracker.register.seed.content import BookContent

__all__ = ["CALENDAR_TAIL", "build_workbook"]

CALENDAR_TAIL: Final = 2
"""Years that the calendar of the formulas reaches beyond the last year with holidays."""
_ROOM: Final = 1.5
"""The hidden sheet serves this many times the rows of a table, so that the tables may grow."""
_EPOCH: Final = date(1899, 12, 30)
_PLAIN: Final = {"font_name": "Calibri", "font_size": 9}


def build_workbook(content: BookContent) -> bytes:
    """The bytes of an .xlsx workbook with this content; the same content always gives the same bytes."""
    book = Book(content.title, content.office)
    hidden = _blocks(content)
    made = Made(book, content, hidden, visible_formulas(hidden))
    for sheet in SHEETS:
        if not sheet.columns:
            write_guide(made)
            continue
        page = write_sheet(made, sheet)
        last = last_row(content, sheet)
        if sheet.key in ("register", "events"):
            book.define(f"{_quoted(sheet.name)}!_xlnm.Print_Area", print_area(sheet, last))
        if sheet.key == "register":
            mark_items(page, last)
            page.sheet.activate()
        if sheet.key == "events":
            mark_mistakes(page, last)
            mark_events(page, last)
    _write_hidden(book.page(HIDDEN), content, hidden)
    for name, formula in defined_names(hidden):
        book.define(name, formula)
    return packed(book.close())


def _quoted(name: str) -> str:
    return f"'{name}'" if " " in name else name


def _blocks(content: BookContent) -> Hidden:
    first, end = date(content.years[0], 1, 1), date(content.years[-1] + CALENDAR_TAIL + 1, 1, 1)
    sizes = {}
    for sheet in SHEETS:
        if sheet.key in ("register", "events"):
            sizes[sheet.key] = int((last_row(content, sheet) - TOP + 1) * _ROOM)
    return Hidden.of(days=(end - first).days, items=sizes["register"], events=sizes["events"])


def _write_hidden(page: Page, content: BookContent, hidden: Hidden) -> None:
    """The hidden sheet: settings in its first row, headings in the third, blocks below them."""
    first = date(content.years[0], 1, 1)
    _write_settings(page, hidden, first)
    shared = count()
    for block, formulas in _formulas(hidden):
        for offset, key in enumerate(block.columns):
            page.write(TOP - 2, block.first + offset, f"{block.name}.{key}", HINT)
        _write_block(page, block, formulas, shared)
    for offset in range(hidden.days.rows):
        on = first + timedelta(days=offset)
        page.write(TOP - 1 + offset, hidden.days.first, on, {**_PLAIN, "num_format": "yyyy-mm-dd"})
    page.sheet.freeze_panes(TOP - 1, 1)
    page.sheet.protect("")
    page.sheet.hide()


def _formulas(hidden: Hidden) -> tuple[tuple[Block, dict[str, str]], ...]:
    return (
        (hidden.days, day_formulas(hidden)),
        (hidden.hours, hours_formulas(hidden.hours)),
        (hidden.steps, step_formulas(hidden.steps)),
        (hidden.people, people_formulas(hidden.people)),
        (hidden.items, item_formulas(hidden)),
        (hidden.events, event_formulas(hidden)),
        (hidden.traces, trace_formulas(hidden)),
    )


def _write_block(page: Page, block: Block, formulas: dict[str, str], shared: Iterator[int]) -> None:
    """Write the formulas of a block, each once where its rows can share it."""
    last = TOP + block.rows - 1
    for key, formula in formulas.items():
        letter, column = block.letter(key), block.first + block.columns.index(key)
        if is_shareable(formula):
            index = next(shared)
            page.formula(
                TOP - 1, column, leader(index, f"{letter}{TOP}:{letter}{last}", _on(formula, TOP)), {}
            )
            for row in range(TOP + 1, last + 1):
                page.formula(row - 1, column, follower(index), {})
        else:
            for row in range(TOP, last + 1):
                page.formula(row - 1, column, _on(formula, row), {})


def _on(formula: str, row: int) -> str:
    """A formula as it stands on a row: {p} is the row above, {u} the row below."""
    return formula.replace("{r}", str(row)).replace("{p}", str(row - 1)).replace("{u}", str(row + 1))


def _write_settings(page: Page, hidden: Hidden, first: date) -> None:
    page.write(0, 0, "Sekarang (menit)", HINT)
    page.formula(0, 1, "INT(NOW()*1440+0.001)", _PLAIN)
    page.write(0, 2, "Menit kerja", HINT)
    end = f"{FIRST_DAY}+{hidden.days.rows - 1}"
    within = f"MAX({FIRST_DAY}*1440,MIN({NOW},({end})*1440+1439))"
    page.formula(0, 3, worked(hidden, f"({within})"), _PLAIN)
    page.write(0, 4, "Hari pertama", HINT)
    page.write(0, 5, (first - _EPOCH).days, _PLAIN)
    page.write(0, 6, "Ketat", HINT)
    page.write(0, 8, "Batas tunggu", HINT)
    page.write(0, 16, "Tanpa Hasil", HINT)
    page.write(0, 17, "", _PLAIN)
    for cell, formula in setting_formulas().items():
        page.formula(0, ord(cell[0]) - 65, formula, _PLAIN)
