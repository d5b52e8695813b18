"""What goes into a workbook: the typed rows of every sheet, and the values that its formulas have now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

__all__ = ["BookContent", "Row", "Value"]

Value = str | int | float | bool | date | datetime | time | None
"""What a cell is given; `str` is always literal text, None leaves the cell empty."""

Row = Mapping[str, Value]
"""Column key of the schema → value; columns that are absent stay empty."""


@dataclass(frozen=True, slots=True)
class BookContent:
    """Everything that `build_workbook` needs.

    `rows` maps the schema's sheet keys to their typed rows, in order. `cached` maps a sheet key to the values of
    its formula columns, one mapping per row of `rows`; without it the formulas carry no value until a program
    calculates them. `years` are the years that Hari Libur covers; the calendar behind the formulas begins with
    the first of them and reaches `CALENDAR_TAIL` years beyond the last.
    """

    office: str
    title: str
    years: tuple[int, ...]
    rows: Mapping[str, tuple[Row, ...]]
    cached: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def of(self, sheet: str) -> tuple[Row, ...]:
        """The typed rows of a sheet; empty when it has none."""
        return self.rows.get(sheet, ())

    def cached_of(self, sheet: str, index: int) -> Row:
        """The formula values of the row at this index; empty when they are not known."""
        known = self.cached.get(sheet, ())
        return known[index] if index < len(known) else {}
