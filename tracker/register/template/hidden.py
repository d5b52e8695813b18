"""The map of the hidden sheet: which block of columns holds what, and how a formula refers to it.

Row r of the blocks `hours`, `steps`, `people`, `items` and `events` belongs to row r of the visible sheet, whatever
is sorted or inserted there: they read it with INDEX(column, ROW()), so no reference can be dragged along. The
blocks `days`, `traces` and the lists have their own order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tracker.register.schema import sheet
from tracker.register.store import letters

__all__ = [
    "HEADING_ROW",
    "HIDDEN",
    "TOP",
    "Block",
    "Hidden",
    "block_span",
    "typed",
    "typed_span",
]

HIDDEN: Final = "Kalender"
"""Name of the hidden sheet."""
HEADING_ROW: Final = 3
"""1-based row of the headings, on every sheet with a table and on the hidden one."""
TOP: Final = HEADING_ROW + 1
"""1-based first row of records."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some columns of the hidden sheet, `rows` rows long from `TOP`.

    Formulas are written for row `{r}`; `{p}` is the row above it and `{u}` the row below.
    """

    name: str
    first: int
    rows: int
    columns: tuple[str, ...]

    def letter(self, key: str) -> str:
        return letters(self.first + self.columns.index(key))

    def here(self, key: str) -> str:
        """The cell in the formula's own row."""
        return f"${self.letter(key)}{{r}}"

    def above(self, key: str) -> str:
        return f"${self.letter(key)}{{p}}"

    def below(self, key: str) -> str:
        return f"${self.letter(key)}{{u}}"

    def span(self, key: str) -> str:
        """The whole column of the block, from `TOP`."""
        letter = self.letter(key)
        return f"${letter}${TOP}:${letter}${TOP + self.rows - 1}"

    def so_far(self, key: str) -> str:
        """The column of the block from `TOP` down to the formula's own row."""
        letter = self.letter(key)
        return f"${letter}${TOP}:${letter}{{r}}"

    def nth(self, key: str, index: str) -> str:
        """The value at a 1-based index, counted from `TOP`."""
        return f"INDEX({self.span(key)},{index})"

    def on_row(self, key: str, row: str) -> str:
        """The value on a row of the sheet."""
        letter = self.letter(key)
        return f"INDEX(${letter}:${letter},{row})"

    def seen(self, key: str) -> str:
        """The value for the row of the visible sheet that the formula stands on."""
        letter = self.letter(key)
        return f"INDEX({HIDDEN}!${letter}:${letter},ROW())"


def block_span(block: Block, key: str) -> str:
    """The column of a block as seen from another sheet."""
    return f"{HIDDEN}!{block.span(key)}"


def typed(sheet_key: str, column_key: str, row: str = "ROW()") -> str:
    """What is typed into a column of a visible sheet, on a row (default: the row the formula stands on)."""
    return f"INDEX({_column(sheet_key, column_key)},{row})"


def _column(sheet_key: str, column_key: str) -> str:
    described = sheet(sheet_key)
    letter = letters(described.columns.index(described.column(column_key)))
    return f"{_quoted(described.name)}!${letter}:${letter}"


def typed_span(sheet_key: str, column_key: str, last: int) -> str:
    """A column of a visible sheet from `TOP` to row `last`, as a reference from another sheet."""
    described = sheet(sheet_key)
    letter = letters(described.columns.index(described.column(column_key)))
    return f"{_quoted(described.name)}!${letter}${TOP}:${letter}${last}"


def _quoted(name: str) -> str:
    return f"'{name}'" if " " in name else name


@dataclass(frozen=True, slots=True)
class Hidden:
    """All blocks of the hidden sheet."""

    hours: Block
    days: Block
    steps: Block
    people: Block
    items: Block
    events: Block
    traces: Block

    @classmethod
    def of(cls, *, days: int, items: int, events: int) -> Hidden:
        """Lay the blocks out side by side; `items` and `events` are how many rows the formulas can serve."""
        sizes = {"hours": 40, "days": days, "steps": 24, "people": 60, "items": items, "events": events}
        sizes["traces"] = events
        first, blocks = 0, {}
        for name, columns in _COLUMNS.items():
            blocks[name] = Block(name, first, sizes[name], columns)
            first += len(columns) + 1
        return cls(**blocks)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return (self.hours, self.days, self.steps, self.people, self.items, self.events, self.traces)


_COLUMNS: Final = {
    "days": ("date", "rule", "open", "rest", "resume", "close", "net", "passed", "workday"),
    "hours": (
        "text",
        "from",
        "to",
        "open",
        "rest",
        "resume",
        "close",
        "since",
        "until",
        "d1",
        "d2",
        "d3",
        "d4",
        "d5",
        "d6",
        "d7",
    ),
    "steps": ("number", "text", "amount", "unit", "minutes", "days", "part", "yes", "no"),
    "people": ("count", "list"),
    "items": (
        "id",
        "last",
        "event",
        "is_open",
        "step",
        "since",
        "worked",
        "target",
        "via",
        "spent",
        "deadline",
        "cancelled",
        "status",
        "round",
        "count",
        "list",
    ),
    "events": (
        "id",
        "item",
        "step",
        "start",
        "finish",
        "trace",
        "behind",
        "when",
        "tie",
        "place",
        "previous",
        "begun",
        "worked",
        "done",
        "minutes",
        "days",
        "part",
        "target",
        "via",
        "spent",
        "deadline",
        "verdict",
        "said",
        "elapsed",
        "order",
    ),
    "traces": (
        "row",
        "item",
        "step",
        "outcome",
        "code",
        "late",
        "missing",
        "stands",
        "yes",
        "no",
        "finish",
        "round",
    ),
}
