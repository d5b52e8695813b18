"""A worksheet's rows and cells as slices of its XML: found in linear time, changed one cell at a time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.errors import PackageRefused
from tracker.register.excel.markup import MAIN_NAMESPACES, Markup, Tag
from tracker.register.excel.namespaces import refuse_other_namespaces
from tracker.register.excel.references import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    address,
    column_number,
    whole_number,
)
from tracker.register.excel.rows import Rows
from tracker.register.excel.values import Content

__all__ = ["Cell", "Entry", "SheetMarkup"]

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Cell:
    """One `<c>` element: its place on the sheet, its tag, and `start:end` of the whole element."""

    row: int
    column: int
    tag: Tag
    end: int

    @property
    def start(self) -> int:
        return self.tag.start

    @property
    def style(self) -> int | None:
        return whole_number(self.tag.get("s"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell shall hold, and its style; None keeps the style it has, or gives a new cell none."""

    content: Content
    style: int | None = None


class SheetMarkup(Markup):
    """A worksheet part open for editing.

    PackageRefused besides those of Markup: `not-a-worksheet`, `namespaces`, `alternate-content`, `row-order`,
    `malformed-sheet`.
    """

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw)
        if self.root.name != self.prefix + b"worksheet" or self.namespace not in MAIN_NAMESPACES:
            raise PackageRefused("not-a-worksheet")
        data = self.first("sheetData", self.root.end)
        if data is None:
            raise PackageRefused("malformed-sheet")
        self._data = data
        self.data_start, (self.data_end, self.tail_start) = data.end, self._end_of(data)
        refuse_other_namespaces(self, data.start, self.data_end)
        self._rows = Rows(self, self.data_start, self.data_end)
        self._has_new_rows = False

    def _end_of(self, data: Tag) -> tuple[int, int]:
        """Where the end tag of the sheet data starts and ends; it is sought from the end, being the only one."""
        if data.is_empty:
            return data.end, data.end
        start = self.mask.rfind(b"</" + data.name)
        if start < data.end:
            raise PackageRefused("malformed-sheet")
        return start, self.mask.index(b">", start) + 1

    # -- reading

    def row_tag(self, number: int) -> Tag | None:
        """The tag of a row, or None when the row has no element."""
        place = self._rows.place(number)
        return None if place is None else next(self.tags("row", place))

    def cells(self, number: int) -> tuple[Cell, ...]:
        """The cells of a row in order. PackageRefused: `malformed-sheet`."""
        tag = self.row_tag(number)
        return () if tag is None else tuple(self._cells(number, tag.end, self.close(tag)[0]))

    def _cells(self, number: int, start: int, end: int) -> Iterator[Cell]:
        column = 0
        for tag in self.tags("c", start, end):
            following = self._column(tag.get("r").strip(), number, column + 1)
            if not column < following <= LAST_COLUMN:
                raise PackageRefused("malformed-sheet")
            column = following
            yield Cell(number, column, tag, self.close(tag)[1])

    @staticmethod
    def _column(reference: str, row: int, implied: int) -> int:
        if not reference:
            return implied
        match = _ADDRESS.fullmatch(reference)
        if match is None or int(match[2]) != row:
            raise PackageRefused("malformed-sheet")
        try:
            return column_number(match[1])
        except ValueError as error:
            raise PackageRefused("malformed-sheet") from error

    def cell_at(self, position: int) -> Cell:
        """The cell element around a position inside the sheet data."""
        row = self._rows.around(position)
        start = self.mask.rfind(b"<" + self.prefix + b"c", self.data_start, position + 1)
        tag = next(self.tags("c", start, position), None) if start >= 0 else None
        if tag is not None and tag.start == start and tag.get("r"):
            return Cell(row, self._column(tag.get("r"), row, 0), tag, self.close(tag)[1])
        for cell in self.cells(row):
            if cell.start <= position < cell.end:
                return cell
        raise PackageRefused("malformed-sheet")

    def has_content(self, cell: Cell) -> bool:
        """True when the cell holds a value, a text or a formula; a style alone is no content."""
        return self._content_pattern().search(self.mask, cell.tag.end, cell.end) is not None

    def _content_pattern(self) -> re.Pattern[bytes]:
        p = re.escape(self.prefix)
        return re.compile(b"<" + p + rb"(?:[vt](?:\s[^>]*)?(?<!/)>[^<]|f[\s/>])")

    def last_content_row(self, before: int = LAST_ROW + 1) -> int:
        """The last row above `before` with any content; 0 when there is none."""
        pattern = self._content_pattern()
        stop, step = self._rows.before(before), 16
        while stop:
            # in growing steps from the end: some books end in a million empty rows, most in none
            start = max(0, stop - step)
            found = [
                m.start()
                for m in pattern.finditer(self.mask, self._rows.start(start), self._rows.start(stop))
            ]
            if found:
                return self._rows.around(found[-1])
            stop, step = start, min(step * 2, 4096)
        return 0

    def default_style(self, row: int, column: int) -> int | None:
        """The style Excel gives a cell that has no element: the row's, else the column's."""
        tag = self.row_tag(row)
        if tag is not None and tag.get("customFormat") in ("1", "true"):
            return whole_number(tag.get("s"))
        for col in self.tags("col", self.root.end, self._data.start):
            low, high = whole_number(col.get("min")), whole_number(col.get("max"))
            if low is not None and high is not None and low <= column <= high:
                return whole_number(col.get("style"))
        return None

    def merged(self) -> tuple[Area, ...]:
        """The merged areas."""
        areas = (Area.parse(tag.get("ref")) for tag in self.tags("mergeCell", self.tail_start))
        return tuple(area for area in areas if area is not None)

    # -- writing

    def write_row(self, number: int, entries: Mapping[int, Entry], attributes: str = "") -> None:
        """Plan the entries (by column) of one row; `attributes` are those of a row that must be made.

        Rows are planned in ascending order, each once.
        """
        tag = self.row_tag(number)
        if tag is not None and not tag.is_empty:
            if self._write_cells(number, tag, entries):
                self.retag(tag, tag.without("spans"))
            return
        new = b"".join(self._new_cell(number, column, entries[column]) for column in sorted(entries))
        if tag is None:
            self._insert_row(number, new, attributes)
        else:
            opened = tag.without("spans").text(closed=False)
            self.replace(tag.start, tag.end, opened + new + b"</" + tag.name + b">")

    def _write_cells(self, number: int, tag: Tag, entries: Mapping[int, Entry]) -> bool:
        cells = {cell.column: cell for cell in self.cells(number)}
        columns, touched = sorted(cells), False
        for column in sorted(entries):
            entry, cell = entries[column], cells.get(column)
            if cell is not None:
                new = self._rewritten(cell, entry)
                self.replace(cell.start, cell.end, new)
                touched = touched or new != self.text[cell.start : cell.end]
                continue
            index = bisect_left(columns, column)
            place = cells[columns[index - 1]].end if index else tag.end
            self.replace(place, place, self._new_cell(number, column, entry))
            touched = True
        return touched

    def _rewritten(self, cell: Cell, entry: Entry) -> bytes:
        tag = cell.tag
        if entry.style is not None:
            tag = tag.with_attribute("s", str(entry.style))
        tag = tag.without("t", "cm", "vm", "ph")
        if entry.content.kind:
            tag = tag.with_attribute("t", entry.content.kind)
        if not entry.content.xml:
            return tag.text(closed=True)
        return tag.text(closed=False) + entry.content.xml + b"</" + tag.name + b">"

    def _new_cell(self, row: int, column: int, entry: Entry) -> bytes:
        head = b"<" + self.prefix + f'c r="{address(row, column)}"'.encode()
        if entry.style is not None:
            head += f' s="{entry.style}"'.encode()
        if entry.content.kind:
            head += f' t="{entry.content.kind}"'.encode()
        return head + (b">" + entry.content.xml + b"</" + self.prefix + b"c>" if entry.content.xml else b"/>")

    def _insert_row(self, number: int, cells: bytes, attributes: str) -> None:
        name = self.prefix + b"row"
        place = self._rows.start(self._rows.before(number))
        if self._data.is_empty and not self._has_new_rows:
            self.replace(self._data.start, self._data.end, self._data.text(closed=False))
        self._has_new_rows = True
        head = b"<" + name + f' r="{number}"{attributes}>'.encode()
        self.replace(place, place, head + cells + b"</" + name + b">")

    def close_data(self) -> None:
        """Plan the end tag of sheet data that had none, once all rows are planned."""
        if self._has_new_rows and self._data.is_empty:
            self.replace(self._data.end, self._data.end, b"</" + self._data.name + b">")

    def grow_dimension(self, touched: Area) -> None:
        """Plan the used area to take in `touched`; a book without one, or with `1:4`, keeps what it has."""
        tag = self.first("dimension", self.root.end, self._data.start)
        area = Area.parse(tag.get("ref")) if tag is not None else None
        if tag is not None and area is not None:
            grown = area.including(touched.top, touched.left).including(touched.bottom, touched.right)
            if grown != area:
                self.retag(tag, tag.with_attribute("ref", str(grown)))
