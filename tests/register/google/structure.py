"""spreadsheets.batchUpdate: the structural requests that change what the other tests can see; the rest is noted."""

from __future__ import annotations

import copy
from typing import Any

from tests.register.google.discovery import BadRequest
from tests.register.google.spreadsheets import Formula, Spreadsheet, Tab

NOTED = {
    "repeatCell", "setDataValidation", "addConditionalFormatRule", "addProtectedRange", "updateDimensionProperties",
    "setBasicFilter", "addDimensionGroup", "updateDimensionGroup", "updateSpreadsheetProperties", "copyPaste",
    "addBanding", "mergeCells", "addNamedRange",
}  # fmt: skip


def restructure(book: Spreadsheet, requests: list[dict[str, Any]]) -> None:
    """Carry out all requests or none."""
    tabs, title = copy.deepcopy(book.tabs), book.title
    try:
        for request in requests:
            _one(book, request)
        if not book.tabs:
            raise BadRequest("You can't remove all the sheets in a document.")
    except BadRequest:
        book.tabs, book.title = tabs, title
        raise
    book.structural += requests


def _one(book: Spreadsheet, request: dict[str, Any]) -> None:
    if len(request) != 1:
        raise BadRequest("one kind per request")
    ((kind, body),) = request.items()
    if kind == "addSheet":
        _add(book, body["properties"])
    elif kind == "deleteSheet":
        book.tabs.remove(_by_id(book, body["sheetId"]))
    elif kind == "updateSheetProperties":
        _update(_by_id(book, body["properties"].get("sheetId", 0)), body)
    elif kind == "updateCells":
        _cells(book, body)
    elif kind in NOTED:
        for name in ("range", "source", "destination"):
            _within(book, body.get(name))
    else:
        raise BadRequest(f"this server does not know {kind}")


def _by_id(book: Spreadsheet, gid: int) -> Tab:
    for tab in book.tabs:
        if tab.gid == gid:
            return tab
    raise BadRequest(f"No grid with id: {gid}")


def _within(book: Spreadsheet, range_: dict[str, Any] | None) -> None:
    if range_ is None or "sheetId" not in range_:
        return
    tab = _by_id(book, range_["sheetId"])
    if range_.get("endRowIndex", 0) > tab.row_count or range_.get("endColumnIndex", 0) > tab.column_count:
        raise BadRequest(f"Range exceeds grid limits of {tab.title}")


def _add(book: Spreadsheet, properties: dict[str, Any]) -> None:
    title = properties["title"]
    if any(tab.title.casefold() == title.casefold() for tab in book.tabs):
        raise BadRequest(f'A sheet with the name "{title}" already exists. Please enter another name.')
    if any(tab.gid == properties["sheetId"] for tab in book.tabs):
        raise BadRequest("sheetId already exists")
    grid = properties.get("gridProperties", {})
    tab = Tab(title, [], properties["sheetId"], grid.get("rowCount", 1000), grid.get("columnCount", 26))
    tab.hidden = properties.get("hidden", False)
    book.tabs.append(tab)


def _update(tab: Tab, body: dict[str, Any]) -> None:
    if "title" in body["fields"]:
        tab.title = body["properties"]["title"]


def _cells(book: Spreadsheet, body: dict[str, Any]) -> None:
    start = body["start"]
    tab = _by_id(book, start["sheetId"])
    if "userEnteredValue" not in body["fields"]:
        return
    for row, cells in enumerate(body["rows"], start.get("rowIndex", 0)):
        for column, cell in enumerate(cells.get("values", []), start.get("columnIndex", 0)):
            value = cell.get("userEnteredValue")
            if value:
                kind, content = next(iter(value.items()))
                tab.put(row, column, Formula(content) if kind == "formulaValue" else content)
