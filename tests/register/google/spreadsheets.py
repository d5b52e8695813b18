"""A spreadsheet as the service keeps it: tabs, cells, formulas, array results, and what the API does to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.register.google.discovery import BadRequest
from tracker.register.store import letters

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Formula:
    """A formula with the result it has now."""

    text: str
    result: Value = ""


@dataclass(frozen=True)
class Array:
    """An array formula in a heading cell: the heading, and the result on every row below, blank ones as ""."""

    text: str
    row: int
    heading: str
    result: Callable[[list[Any]], Value]


@dataclass
class Tab:
    """One tab; `cells[r][c]` is a value or a Formula."""

    title: str
    cells: list[list[Any]] = field(default_factory=list)
    gid: int = 0
    row_count: int = 1000
    column_count: int = 26
    hidden: bool = False
    arrays: dict[int, Array] = field(default_factory=dict)
    merges: list[dict[str, int]] = field(default_factory=list)
    kind: str = "GRID"

    def get(self, row: int, column: int) -> Any:
        return self.cells[row][column] if row < len(self.cells) and column < len(self.cells[row]) else None

    def put(self, row: int, column: int, value: Any) -> None:
        if row >= self.row_count or column >= self.column_count:
            raise BadRequest(f"Range ({self.title}!{letters(column)}{row + 1}) exceeds grid limits.")
        while len(self.cells) <= row:
            self.cells.append([])
        cells = self.cells[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = value

    def shown(self, row: int, column: int) -> Value:
        """The value of a cell: None where nothing stands, "" for an empty result of a formula."""
        array = self.arrays.get(column)
        if array is not None and row == array.row:
            return array.heading
        if array is not None and row > array.row:
            return array.result(self.cells[row] if row < len(self.cells) else [])
        value = self.get(row, column)
        found: Value = value.result if isinstance(value, Formula) else value
        return found

    def formula(self, row: int, column: int) -> str | None:
        array = self.arrays.get(column)
        if array is not None and row == array.row:
            return array.text
        value = self.get(row, column)
        return value.text if isinstance(value, Formula) else None

    @property
    def depth(self) -> int:
        return self.row_count if self.arrays else len(self.cells)

    def rows(self, top: int, left: int, bottom: int, right: int) -> list[list[Value]]:
        """The values of an inclusive range, without trailing rows and cells where nothing stands."""
        found: list[list[Value]] = []
        for row in range(top, min(bottom + 1, self.depth)):
            cells = [self.shown(row, column) for column in range(left, right + 1)]
            while cells and cells[-1] is None:
                cells.pop()
            found.append(["" if cell is None else cell for cell in cells])
        while found and not found[-1]:
            found.pop()
        return found

    def typed(self) -> list[list[Any]]:
        """What people and the tool typed: the rows without trailing emptiness."""
        rows = []
        for cells in self.cells:
            row = ["" if cell is None else cell for cell in cells]
            while row and row[-1] == "":
                row.pop()
            rows.append(row)
        while rows and not rows[-1]:
            rows.pop()
        return rows


_RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))(?:!([A-Z]+)([0-9]*)(?::([A-Z]+)([0-9]*))?)?")


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


@dataclass
class Spreadsheet:
    """A spreadsheet and the requests that change it."""

    id: str
    tabs: list[Tab]
    title: str = "Register JDIH"
    locale: str = "in_ID"
    structural: list[dict[str, Any]] = field(default_factory=list)
    """Requests of batchUpdate that were carried out, in order."""

    def tab(self, title: str) -> Tab:
        for tab in self.tabs:
            if tab.title == title:
                return tab
        raise BadRequest(f"Unable to parse range: {title}")

    def area(self, text: str) -> tuple[Tab, int, int, int, int]:
        """(tab, top, left, bottom, right) of an A1 range, 0-based and inclusive."""
        found = _RANGE.fullmatch(text)
        if found is None:
            raise BadRequest(f"Unable to parse range: {text}")
        tab = self.tab(found[1].replace("''", "'") if found[1] else found[2])
        if tab.kind != "GRID":
            raise BadRequest(f"Unable to parse range: {text}")
        if found[3] is None:
            return tab, 0, 0, tab.row_count - 1, tab.column_count - 1
        left, top = _column(found[3]), int(found[4] or 1) - 1
        right = _column(found[5]) if found[5] else left
        bottom = int(found[6]) - 1 if found[6] else (top if found[4] and not found[5] else tab.row_count - 1)
        if bottom >= tab.row_count or right >= tab.column_count:
            raise BadRequest(f"Range ({text}) exceeds grid limits. Max rows: {tab.row_count}")
        return tab, top, left, bottom, right

    def name(self, tab: Tab, top: int, left: int, bottom: int, right: int) -> str:
        title = (
            tab.title if re.fullmatch(r"[A-Za-z]+", tab.title) else "'" + tab.title.replace("'", "''") + "'"
        )
        return f"{title}!{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"

    def read(self, text: str) -> dict[str, Any]:
        area = self.area(text)
        found: dict[str, Any] = {"range": self.name(*area), "majorDimension": "ROWS"}
        rows = area[0].rows(*area[1:])
        return {**found, "values": rows} if rows else found

    def write(self, text: str, values: list[list[Any]], option: str) -> dict[str, Any]:
        area = self.area(text)
        tab, top, left, bottom, right = area
        if len(values) > bottom - top + 1 or any(len(row) > right - left + 1 for row in values):
            raise BadRequest(f"Requested writing within range [{text}], but tried writing outside")
        for row, cells in enumerate(values):
            for column, value in enumerate(cells):
                if value is not None:
                    tab.put(top + row, left + column, entered(value, option))
        return {"updatedRange": self.name(*area), "updatedData": self.read(text)}

    def append(self, text: str, values: list[list[Any]], option: str, insert: str) -> dict[str, Any]:
        """As the guide describes it: the last table in the range, then the row below it, from its first column.

        Cells outside the columns of the range are no part of the table: what the Google contract builds on.
        """
        tab, top, left, bottom, right = self.area(text)

        def filled(row: int, column: int) -> bool:
            return row < tab.depth and tab.shown(row, column) is not None

        def some(row: int) -> bool:
            return any(filled(row, column) for column in range(left, right + 1))

        last = next((row for row in range(min(bottom, tab.depth), top - 1, -1) if some(row)), None)
        if last is None:
            at, first = top, left
        else:
            while some(last + 1):
                last += 1
            start = last
            while start > 0 and some(start - 1):
                start -= 1
            first = next(
                c for c in range(left, right + 1) if any(filled(r, c) for r in range(start, last + 1))
            )
            at = last + 1
        if insert == "INSERT_ROWS" and at < len(tab.cells):
            for offset in range(len(values)):
                tab.cells.insert(at + offset, [])
        tab.row_count += len(values) if insert == "INSERT_ROWS" else max(0, at + len(values) - tab.row_count)
        width = max(len(row) for row in values)
        area = self.name(tab, at, first, at + len(values) - 1, first + width - 1)
        return {"tableRange": text, "updates": self.write(area, values, option)}

    def metadata(self, titles: list[str] | None, *, data: bool) -> dict[str, Any]:
        tabs = self.tabs if titles is None else [self.area(title)[0] for title in titles]
        return {
            "spreadsheetId": self.id,
            "properties": {"title": self.title, "locale": self.locale, "timeZone": "Asia/Makassar"},
            "sheets": [_sheet(tab, data=data) for tab in tabs],
        }


def _sheet(tab: Tab, *, data: bool) -> dict[str, Any]:
    size = {"rowCount": tab.row_count, "columnCount": tab.column_count}
    properties: dict[str, Any] = {"sheetId": tab.gid, "title": tab.title, "sheetType": tab.kind}
    if tab.kind == "GRID":
        properties["gridProperties"] = size
    if tab.hidden:
        properties["hidden"] = True
    found: dict[str, Any] = {"properties": properties}
    if tab.merges:
        found["merges"] = tab.merges
    if data:
        rows = [{"values": [_cell(tab, row, column) for column in range(tab.column_count)]}
                for row in range(tab.depth)]  # fmt: skip
        found["data"] = [{"rowData": rows}]
    return found


def _cell(tab: Tab, row: int, column: int) -> dict[str, Any]:
    text = tab.formula(row, column)
    if text is not None:
        return {"userEnteredValue": {"formulaValue": text}}
    value = tab.get(row, column)
    return {} if value is None else {"userEnteredValue": {"stringValue": str(value)}}


def entered(value: Any, option: str) -> Any:
    """A written value: RAW as it is, USER_ENTERED as if it were typed."""
    if option == "RAW":
        return None if value == "" else value
    if option != "USER_ENTERED":
        raise BadRequest("'valueInputOption' is required but not specified")
    if not isinstance(value, str):
        return value
    if value.startswith(("=", "+")):
        return Formula(value, "#ERROR!")
    if re.fullmatch(r"-?[0-9]+(?:[.,][0-9]+)?", value):
        return float(value.replace(",", "."))
    if re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}", value):
        return 46_000
    return value or None
