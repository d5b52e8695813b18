"""One pass over one sheet: what its cells shall hold is gathered, checked as a whole, and written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.errors import PackageRefused
from tracker.register.excel.package import Package, Sheet
from tracker.register.excel.references import Area
from tracker.register.excel.shared_formulas import Place, formula_tag, refuse_arrays, release_masters
from tracker.register.excel.sheet import Cell, Entry, SheetMarkup
from tracker.register.excel.styles import Styles
from tracker.register.excel.tables import tables_of
from tracker.register.excel.values import EMPTY, content_of, formula_content
from tracker.register.excel.workbook import forget_formulas
from tracker.register.store import CellValue

__all__ = ["Book", "SheetEdit"]


@dataclass(frozen=True, slots=True)
class Book:
    """What every sheet of one edit shares."""

    package: Package
    styles: Styles
    is_1904: bool


class SheetEdit:
    """Entries for one sheet; nothing reaches the package before `commit`."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        """PackageRefused: every reason of `SheetMarkup`."""
        self.book = book
        self.sheet = sheet
        self.markup = SheetMarkup(book.package.read(sheet.part))
        self._entries: dict[int, dict[int, Entry]] = {}
        self._cells: dict[int, dict[int, Cell]] = {}

    def cells(self, row: int) -> dict[int, Cell]:
        """The cells a row has had from the beginning, by column."""
        if row not in self._cells:
            self._cells[row] = {cell.column: cell for cell in self.markup.cells(row)}
        return self._cells[row]

    def put(self, row: int, column: int, value: CellValue, style: int | None = None) -> None:
        """Let a cell hold a value; `style` is for a cell that must be made (None: that of its row or column).

        Rows must come in ascending order, since a moment takes the date format of the cell above.
        """
        content = content_of(value, self.markup.prefix, is_1904=self.book.is_1904)
        cell = self.cells(row).get(column)
        if cell is None and content == EMPTY:
            if style is not None:
                self._set(row, column, Entry(EMPTY, style))
            return  # there is nothing to clear
        own = self._own_style(row, column, style)
        wanted = self._date_style(row, column, own) if isinstance(value, datetime) else own
        is_kept = cell is not None and wanted == cell.style
        self._set(row, column, Entry(content, None if is_kept else wanted))

    def put_formula(
        self, row: int, column: int, formula: str, style: int | None, attributes: str = ""
    ) -> None:
        """Let a cell hold a formula, without a cached value."""
        content = formula_content(formula, self.markup.prefix, attributes)
        own = self._own_style(row, column, style)
        cell = self.cells(row).get(column)
        self._set(row, column, Entry(content, None if cell is not None else own))

    def _set(self, row: int, column: int, entry: Entry) -> None:
        self._entries.setdefault(row, {})[column] = entry

    def _own_style(self, row: int, column: int, given: int | None) -> int | None:
        cell = self.cells(row).get(column)
        if cell is not None:
            return cell.style
        return given if given is not None else self.markup.default_style(row, column)

    def _date_style(self, row: int, column: int, own: int | None) -> int | None:
        styles = self.book.styles
        if styles.is_date(own):
            return own
        above = self.style_now(row - 1, column)
        return above if styles.is_date(above) else styles.as_date(own)

    def columns_now(self, row: int) -> set[int]:
        """The columns in which a row has a cell, those put so far included."""
        return {*self.cells(row), *self._entries.get(row, {})}

    def style_now(self, row: int, column: int) -> int | None:
        """The style of a cell as put so far; None for the default and for no cell."""
        entry = self._entries.get(row, {}).get(column)
        if entry is not None and entry.style is not None:
            return entry.style
        cell = self.cells(row).get(column)
        return cell.style if cell is not None else None

    def commit(self, row_attributes: str = "") -> None:
        """Write the entries into the package; `row_attributes` go to rows that must be made.

        PackageRefused: `table-heading`, `merged-cell`, `array-formula`, `formula`, `shared-formula`.
        """
        touched = [
            (row, column)
            for row, entries in sorted(self._entries.items())
            for column, entry in sorted(entries.items())
            if entry.content != EMPTY or column in self.cells(row)
        ]
        self._refuse_headings(touched)
        self._refuse_merged(touched)
        places = frozenset(touched)
        refuse_arrays(self.markup, places)
        release_masters(self.markup, places)
        lost = [place for place in touched if self._loses_formula(*place)]
        for row, entries in sorted(self._entries.items()):
            self.markup.write_row(row, entries, row_attributes)
        self.markup.close_data()
        self._grow_dimension()
        self.book.package.save(self.sheet.part, self.markup)
        for table in tables_of(self.book.package, self.sheet):
            if any(table.area.holds(*place) for place in touched):
                table.take_in(self.book.package)
        forget_formulas(self.book.package, self.sheet, lost)

    def _refuse_headings(self, touched: list[Place]) -> None:
        """A heading cell that differs from its column's name makes Excel call the book damaged."""
        for table in tables_of(self.book.package, self.sheet):
            area = table.area.down_to(table.first_record - 1)
            if any(area.holds(*place) for place in touched):
                raise PackageRefused(
                    "table-heading", "Judul kolom tabel tidak dapat diubah.", "Ubah judulnya di Excel."
                )

    def _refuse_merged(self, touched: list[Place]) -> None:
        rows = {row for row, _ in touched}
        for area in self.markup.merged():
            if not any(area.top <= row <= area.bottom for row in rows):
                continue
            if any(area.holds(*place) and place != (area.top, area.left) for place in touched):
                raise PackageRefused(
                    "merged-cell", "Sel tujuan tertutup sel gabungan.", "Pisahkan sel gabungan itu di Excel."
                )

    def _loses_formula(self, row: int, column: int) -> bool:
        cell = self.cells(row).get(column)
        return cell is not None and formula_tag(self.markup, cell) is not None

    def _grow_dimension(self) -> None:
        rows = [row for row, entries in self._entries.items() if entries]
        columns = [column for entries in self._entries.values() for column in entries]
        if columns:
            self.markup.grow_dimension(Area(min(rows), min(columns), max(rows), max(columns)))
