"""The formulas of a Google register: the template's own, on the hidden sheet, and one array formula per ƒ column.

Semicolons separate arguments in every locale of Google Sheets, commas only where they are no decimal sign; decimal
numbers are avoided for the same reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from tracker.register.google.layout.columns import relocated
from tracker.register.google.values import serial
from tracker.register.layout import Sheet
from tracker.register.schema import sheet
from tracker.register.seed.content import BookContent
from tracker.register.store import letters
from tracker.register.template.events import event_formulas, trace_formulas
from tracker.register.template.hidden import HEADING_ROW, HIDDEN, TOP, Block, Hidden
from tracker.register.template.items import item_formulas, people_formulas
from tracker.register.template.sheets import last_row
from tracker.register.template.standards import setting_formulas, step_formulas
from tracker.register.template.visible import visible_formulas
from tracker.register.template.worktime import FIRST_DAY, NOW, day_formulas, hours_formulas, worked

__all__ = ["Calculation", "Column", "calculation", "room", "spelled"]

_TAIL: Final = 2
"""Years that the calendar reaches beyond the last year with holidays."""
_ROOM: Final = 1.5
"""The formulas serve this many times the rows of a new register, so that it may grow."""
_QUOTED: Final = re.compile(r'("(?:[^"]|"")*")')


def room(described: Sheet, content: BookContent) -> int:
    """Rows of records that a tab is made with and the formulas serve."""
    return int((last_row(content, described) - HEADING_ROW) * _ROOM)


def spelled(formula: str) -> str:
    """A formula as any locale understands it."""
    parts = _QUOTED.split(formula)
    return "=" + "".join(part if part.startswith('"') else part.replace(",", ";") for part in parts)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the hidden sheet: 0-based place, heading, the formula of its first row, and how many rows."""

    at: int
    heading: str
    formula: str
    rows: int


@dataclass(frozen=True, slots=True)
class Calculation:
    """The hidden sheet: cells of its first row by 0-based column, columns to be copied down, and its map."""

    settings: dict[int, str | float | int]
    columns: tuple[Column, ...]
    hidden: Hidden
    shown: dict[tuple[str, str], str]
    """(sheet key, column key) → array formula for the heading cell of a ƒ column, heading included."""

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the hidden sheet."""
        return TOP - 1 + max(one.rows for one in self.columns), self.columns[-1].at + 1


def calculation(content: BookContent, headings: dict[tuple[str, str], str]) -> Calculation:
    """Everything that is computed; `headings` are those of the ƒ columns, in order."""
    first, end = date(content.years[0], 1, 1), date(content.years[-1] + _TAIL + 1, 1, 1)
    rooms = {key: room(sheet(key), content) for key in ("register", "events")}
    hidden = Hidden.of(days=(end - first).days, items=rooms["register"], events=rooms["events"])
    columns = [column for block, formulas in _blocks(hidden) for column in _columns(block, formulas)]
    days = hidden.days
    columns.append(Column(days.first, "days.date", spelled(f"{FIRST_DAY}+ROW()-{TOP}"), days.rows))
    seen, shown = visible_formulas(hidden), {}
    at = max(column.at for column in columns) + 2
    for (sheet_key, key), heading in headings.items():
        formula = spelled(relocated(seen[sheet_key][key]))
        columns.append(Column(at, f"{sheet_key}.{key}", formula, rooms[sheet_key]))
        shown[sheet_key, key] = _array(heading, letters(at), TOP + rooms[sheet_key] - 1)
        at += 1
    return Calculation(_settings(hidden, first), tuple(columns), hidden, shown)


def _array(heading: str, letter: str, last: int) -> str:
    """The heading, and below it the hidden column; IF without a value leaves a cell truly blank, unlike ""."""
    span = f"{HIDDEN}!${letter}${TOP}:${letter}${last}"
    return f'={{"{heading}";ARRAYFORMULA(IF({span}="";;{span}))}}'


def _blocks(hidden: Hidden) -> tuple[tuple[Block, dict[str, str]], ...]:
    return (
        (hidden.hours, hours_formulas(hidden.hours)),
        (hidden.days, day_formulas(hidden)),
        (hidden.steps, step_formulas(hidden.steps)),
        (hidden.people, people_formulas(hidden.people)),
        (hidden.items, item_formulas(hidden)),
        (hidden.events, event_formulas(hidden)),
        (hidden.traces, trace_formulas(hidden)),
    )


def _columns(block: Block, formulas: dict[str, str]) -> list[Column]:
    rows = {"{r}": str(TOP), "{p}": str(TOP - 1), "{u}": str(TOP + 1)}
    found = []
    for key, formula in formulas.items():
        text = relocated(formula)
        for name, row in rows.items():
            text = text.replace(name, row)
        at = block.first + block.columns.index(key)
        found.append(Column(at, f"{block.name}.{key}", spelled(text), block.rows))
    return found


def _settings(hidden: Hidden, first: date) -> dict[int, str | float | int]:
    """The first row of the hidden sheet: B now, D working minutes before now, F the first day, then the settings."""
    end = f"{FIRST_DAY}+{hidden.days.rows - 1}"
    within = f"MAX({FIRST_DAY}*1440,MIN({NOW},({end})*1440+1439))"
    cells: dict[str, str | float | int] = {
        "B": spelled("INT(NOW()*1440+1/1000)"),
        "D": spelled(worked(hidden, f"({within})")),
        "F": serial(datetime.combine(first, time())),
    }
    cells |= {cell[0]: spelled(relocated(formula)) for cell, formula in setting_formulas().items()}
    return {ord(letter) - 65: value for letter, value in cells.items()}
