"""The few calls to Google Sheets that the product makes, typed: metadata, values, one row, one append, one set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tracker.errors import RegisterUnavailable
from tracker.register.google.addresses import Area, area_of, row_range, sheet_range
from tracker.register.google.retry import Failure, Fault
from tracker.register.google.troubles import Uncertain, Who, is_layout, trouble
from tracker.register.google.values import Formulas, Sent, Tab

if TYPE_CHECKING:
    from tracker.register.google.client import SheetsClient
    from tracker.register.store import RawValue

__all__ = ["Appended", "Book", "LayoutMoved", "RowWrite", "Service"]

_T = TypeVar("_T")
_RENDER: Final = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
_ECHO: Final = {
    "includeValuesInResponse": True,
    "responseValueRenderOption": "UNFORMATTED_VALUE",
    "responseDateTimeRenderOption": "SERIAL_NUMBER",
}
"""A write answers with the row as it stands after it: the receipt. Formatted echoes would not compare."""
_TABS: Final = (
    "properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)),merges)"
)
_FORMULAS: Final = "sheets(properties(title),data(rowData(values(userEnteredValue(formulaValue)))))"
_UNREADABLE: Final = (
    "Jawaban Google Sheets tidak dapat dipahami.",
    "Coba lagi; bila tetap, perbarui aplikasi.",
)


class LayoutMoved(Exception):
    """A tab that the request named is not there any more: read the metadata again. `trouble` if that does not help."""

    def __init__(self, failure: Failure, who: Who) -> None:
        super().__init__(failure.message)
        self.trouble = trouble(failure, who, writing=False)


@dataclass(frozen=True, slots=True)
class Book:
    """What the metadata say: title, locale, time zone, and the tabs that are tables (no charts)."""

    title: str
    locale: str
    zone: str
    tabs: tuple[Tab, ...]

    def including(self, made: Sequence[Tab]) -> Book:
        """The same with tabs that were made behind them, as far as they are not listed yet."""
        known = {tab.gid for tab in self.tabs}
        new = tuple(tab for tab in made if tab.gid not in known)
        return replace(self, tabs=(*self.tabs, *new)) if new else self


@dataclass(frozen=True, slots=True)
class RowWrite:
    """Cells of one row to be written: 0-based `row`, `width` cells wide; columns that are not in `cells` stay."""

    sheet: str
    row: int
    width: int
    cells: Mapping[int, Sent]


@dataclass(frozen=True, slots=True)
class Appended:
    """Where the service says that it put appended rows, and what it says stands there from `area.left` on."""

    area: Area
    values: tuple[tuple[RawValue, ...], ...]


class Service:
    """One spreadsheet. Errors are those of `tracker.errors`, `LayoutMoved`, and for a write `Uncertain`."""

    def __init__(self, http: SheetsClient, who: Who) -> None:
        self._http = http
        self.who = who

    def pause(self, tries: int) -> None:
        """Wait before a write that got no answer is looked for, after so many such tries (from 1 on)."""
        self._http.patience.pause(tries)

    def book(self) -> Book:
        """The metadata; no cells."""
        answer = self._asked(lambda: self._http.fetch_sheet_metadata(self.who.id, {"fields": _TABS}))
        properties = answer.get("properties", {})
        tabs = tuple(_tab(one) for one in answer.get("sheets", []) if _is_table(one))
        return Book(
            str(properties.get("title", self.who.id)),
            str(properties.get("locale", "")),
            str(properties.get("timeZone", "")),
            tabs,
        )

    def formulas(self, titles: Sequence[str]) -> dict[str, Formulas]:
        """Where these tabs hold formulas, by title."""
        params: Any = {"fields": _FORMULAS, "ranges": [sheet_range(title) for title in titles]}
        answer = self._asked(lambda: self._http.fetch_sheet_metadata(self.who.id, params))
        return {
            str(one["properties"]["title"]): Formulas.read(_formula_rows(one))
            for one in answer.get("sheets", [])
        }

    def values(self, titles: Sequence[str]) -> list[list[list[RawValue]]]:
        """The rows of these tabs, in their order, from A1 on; trailing empty cells and rows are not delivered."""
        if not titles:
            return []
        ranges, params = [sheet_range(title) for title in titles], dict[str, Any](_RENDER)
        answer = self._asked(lambda: self._http.values_batch_get(self.who.id, ranges, params))
        found = answer.get("valueRanges", [])
        if len(found) != len(titles):
            raise RegisterUnavailable(*_UNREADABLE)
        return [[list(row) for row in one.get("values", [])] for one in found]

    def write_rows(self, writes: Sequence[RowWrite]) -> list[tuple[RawValue, ...]]:
        """Write cells of rows, atomically and RAW; what stands in each row from column A on afterwards."""
        data = [
            {
                "range": row_range(one.sheet, one.row, 0, one.width - 1),
                "majorDimension": "ROWS",
                "values": [[one.cells.get(column) for column in range(one.width)]],
            }
            for one in writes
        ]
        body = {"valueInputOption": "RAW", "data": data, **_ECHO}
        answer = self._written(lambda: self._http.values_batch_update(self.who.id, body))
        responses = answer.get("responses", [])
        if len(responses) != len(writes):
            raise Uncertain(RegisterUnavailable(*_UNREADABLE))
        return [_first_row(one.get("updatedData", {})) for one in responses]

    def append(
        self, sheet: str, span: tuple[int, int, int, int], rows: Sequence[Sequence[Sent | None]]
    ) -> Appended:
        """Insert rows below the table found in `span` (top, left, bottom, right), RAW, and write them: all or none.

        INSERT_ROWS: parallel OVERWRITE appends overwrite each other.
        """
        top, left, bottom, right = span
        range_ = _span(sheet, top, left, bottom, right)
        params: Any = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
        params |= {key: "true" if value is True else value for key, value in _ECHO.items()}
        body = {"range": range_, "majorDimension": "ROWS", "values": [list(cells) for cells in rows]}
        answer = self._written(lambda: self._http.values_append(self.who.id, range_, params, body))
        updates = answer.get("updates", {})
        area = area_of(str(updates.get("updatedRange", "")))
        if area is None:
            raise Uncertain(RegisterUnavailable(*_UNREADABLE))
        return Appended(area, _rows(updates.get("updatedData", {})))

    def set_up(self, requests: Sequence[Mapping[str, object]]) -> None:
        """Carry out structural requests, all or none."""
        self._written(lambda: self._http.batch_update(self.who.id, {"requests": list(requests)}))

    def _asked(self, call: Callable[[], _T]) -> _T:
        try:
            return call()
        except Failure as failure:
            if is_layout(failure):
                raise LayoutMoved(failure, self.who) from None
            raise trouble(failure, self.who, writing=False) from None
        except ValueError:  # an answer cut short, or no JSON after all
            raise RegisterUnavailable(*_UNREADABLE) from None

    def _written(self, call: Callable[[], _T]) -> _T:
        try:
            return call()
        except Failure as failure:
            said = trouble(failure, self.who, writing=True)
            if failure.fault is Fault.LOST:
                raise Uncertain(said) from None
            if is_layout(failure):
                raise LayoutMoved(failure, self.who) from None
            raise said from None
        except ValueError:
            raise Uncertain(RegisterUnavailable(*_UNREADABLE)) from None


def _span(sheet: str, top: int, left: int, bottom: int, right: int) -> str:
    """An A1 range over several rows."""
    first, last = row_range(sheet, top, left, left), row_range("", bottom, right, right)
    return f"{first.rpartition(':')[0]}:{last.rpartition(':')[2]}"


def _rows(values: Mapping[str, Any]) -> tuple[tuple[RawValue, ...], ...]:
    return tuple(tuple(row) for row in values.get("values", []))


def _first_row(values: Mapping[str, Any]) -> tuple[RawValue, ...]:
    return next(iter(_rows(values)), ())


def _is_table(answer: Mapping[str, Any]) -> bool:
    return bool(answer.get("properties", {}).get("sheetType", "GRID") == "GRID")


def _tab(answer: Mapping[str, Any]) -> Tab:
    properties = answer["properties"]
    size = properties.get("gridProperties", {})
    return Tab(
        str(properties["title"]),
        int(properties.get("sheetId", 0)),
        int(size.get("rowCount", 0)),
        int(size.get("columnCount", 0)),
        bool(properties.get("hidden", False)),
        tuple(_merge(one) for one in answer.get("merges", [])),
    )


def _merge(answer: Mapping[str, Any]) -> tuple[int, int, int, int]:
    """A GridRange (half-open, zero left out) as an inclusive range."""
    return (
        int(answer.get("startRowIndex", 0)),
        int(answer.get("startColumnIndex", 0)),
        int(answer.get("endRowIndex", 1)) - 1,
        int(answer.get("endColumnIndex", 1)) - 1,
    )


def _formula_rows(answer: Mapping[str, Any]) -> list[dict[int, str]]:
    data: Iterable[Mapping[str, Any]] = answer.get("data", [])
    rows: list[Mapping[str, Any]] = next((list(one.get("rowData", [])) for one in data), [])
    return [
        {
            column: str(text)
            for column, cell in enumerate(row.get("values", []))
            if (text := cell.get("userEnteredValue", {}).get("formulaValue"))
        }
        for row in rows
    ]
