"""A thin, typed face of XlsxWriter: the only module of this room that knows the library.

XlsxWriter is used since it can give a formula the value it has now, and since its output depends on nothing but its
input: no clock, no file names, fixed dates inside the package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from tracker.register.seed.content import Value
from tracker.register.template.package import verbatim

__all__ = ["Book", "Page", "Style"]

CREATED: Final = datetime(2026, 1, 1)
"""Creation date inside the package; fixed, so that the same content gives the same bytes."""

Style = Mapping[str, object]
"""Properties of a cell format in the names of XlsxWriter."""


@dataclass(slots=True)
class Book:
    """A workbook while it is written; `close` gives its bytes."""

    title: str
    office: str
    _stream: BytesIO = field(default_factory=BytesIO)
    _book: Any = None
    _formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)
    _known: dict[int, tuple[Style, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._stream, options)
        self._book.set_properties({"title": self.title, "company": self.office, "created": CREATED})
        self._book.set_size(2400, 1400)
        self._book.set_calc_mode("auto")

    def style(self, style: Style) -> Any:
        """The format with these properties, made once; None for no properties."""
        known = self._known.get(id(style))
        if known is None:
            # The style is kept beside its format, so that its id is never given to another one.
            known = self._known[id(style)] = (style, self._format(style))
        return known[1]

    def _format(self, style: Style) -> Any:
        key = tuple(sorted(style.items()))
        if key and key not in self._formats:
            self._formats[key] = self._book.add_format(dict(style))
        return self._formats.get(key)

    def page(self, name: str) -> Page:
        return Page(self, self._book.add_worksheet(name), name)

    def define(self, name: str, formula: str) -> None:
        """A defined name; `Sheet!Name` for one that belongs to a sheet."""
        self._book.define_name(name, f"={formula}")

    def close(self) -> bytes:
        self._book.close()
        return self._stream.getvalue()


@dataclass(frozen=True, slots=True)
class Page:
    """One worksheet while it is written; rows and columns are 0-based."""

    book: Book
    sheet: Any
    """The XlsxWriter worksheet, for what needs no typing: panes, print settings, protection."""
    name: str

    def write(self, row: int, column: int, value: Value, style: Style) -> None:
        """Write a literal value; text is never taken for a formula or a link."""
        form = self.book.style(style)
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, form)
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, form)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, form)
        elif isinstance(value, (datetime, date, time)):
            self.sheet.write_datetime(row, column, value, form)
        else:
            self.sheet.write_number(row, column, value, form)

    def formula(self, row: int, column: int, formula: str, style: Style, value: Value = "") -> None:
        """Write a formula with the value it has now; moments become serial numbers."""
        self.sheet.write_formula(row, column, f"={verbatim(formula)}", self.book.style(style), _serial(value))

    def rich(self, row: int, column: int, parts: Sequence[tuple[str, Style]], style: Style) -> None:
        """Write one text whose parts look different."""
        pieces: list[Any] = []
        for text, look in parts:
            pieces += [self.book.style(look), text]
        self.sheet.write_rich_string(row, column, *pieces, self.book.style(style))

    def merge(self, area: tuple[int, int, int, int], value: str, style: Style) -> None:
        self.sheet.merge_range(*area, value, self.book.style(style))

    def widths(self, widths: Sequence[float]) -> None:
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def conditional(self, area: tuple[int, int, int, int], formula: str, style: Style) -> None:
        """A conditional format by formula."""
        options = {"type": "formula", "criteria": f"={formula}", "format": self.book.style(style)}
        self.sheet.conditional_format(*area, options)

    def validate(self, area: tuple[int, int, int, int], rule: Mapping[str, object]) -> None:
        self.sheet.data_validation(*area, dict(rule))


def _serial(value: Value) -> str | int | float | bool:
    if value is None:
        return ""
    if isinstance(value, datetime):
        moment = value - datetime(1899, 12, 30)
        return moment.days + moment.seconds / 86400
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    if isinstance(value, time):
        return (value.hour * 60 + value.minute) / 1440
    return value
