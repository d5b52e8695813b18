"""A tab that a spreadsheet lacks, made together with its first records by one request: all of it lands or none.

The tab's number is ours to choose, so a request without an answer is told from one that never arrived.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracker.errors import ChangedMeanwhile, RegisterReadOnly, TrackerError
from tracker.register.google.service import Book, LayoutMoved, Service
from tracker.register.google.settling import TRIES
from tracker.register.google.troubles import Uncertain, nobody_knows
from tracker.register.google.values import Tab, grid_of, sent, trimmed
from tracker.register.headings import find_sheets
from tracker.register.layout import Column
from tracker.register.placing import land, with_sheets
from tracker.register.schema import sheet
from tracker.register.store import AddSheet, CellValue, Grid, Patch, RawValue, Snapshot

__all__ = ["Addition", "addition_of"]

_Message = dict[str, object]
"""A message of the API as JSON."""

_ROOM: Final = 1_000
"""Rows of a new tab, as many as one that a person makes."""
_PIXELS: Final = 7.2
"""Width of a character of Excel's column widths in pixels."""


@dataclass(frozen=True, slots=True)
class Addition:
    """The tabs that a patch adds with what they hold, and the patch without them."""

    rest: Patch
    tabs: tuple[Tab, ...]
    rows: Mapping[str, Sequence[Sequence[CellValue]]]
    """By the tab's title: the headings, then the records."""
    widths: Mapping[str, Sequence[float]]
    placed: tuple[int | None, ...]
    """1-based row of each append of the patch that goes to a new tab; None for the others."""

    def make(self, service: Service, describe: Callable[[], Book]) -> None:
        """Make the tabs. ChangedMeanwhile when one of the names is taken; ServiceSilent when nobody can tell."""
        if not self.tabs:
            return
        requests = [
            one for tab in self.tabs for one in _requests(tab, self.rows[tab.title], self._columns(tab))
        ]
        trouble: TrackerError = nobody_knows()
        for tries in range(1, TRIES + 1):
            try:
                service.set_up(requests)
            except Uncertain as uncertain:
                trouble = uncertain.trouble
                service.pause(tries)
            except LayoutMoved as moved:
                trouble = moved.trouble
            except RegisterReadOnly as refused:
                if not self._are_there(describe()):
                    raise
                trouble = refused
            else:
                return
            if self._are_there(_described(describe)):
                return
        raise trouble

    def _are_there(self, book: Book) -> bool:
        """Whether our tabs are there. ChangedMeanwhile when somebody else's bear one of their names."""
        titles = {tab.title.casefold(): tab.gid for tab in book.tabs}
        for tab in self.tabs:
            if titles.get(tab.title.casefold(), tab.gid) != tab.gid:
                raise ChangedMeanwhile(
                    f"Lembar {tab.title} sudah ada, jadi tidak dibuat.",
                    "Muat ulang, lalu ulangi bila masih perlu.",
                )
        return all(tab.title.casefold() in titles for tab in self.tabs)

    def _columns(self, tab: Tab) -> list[tuple[Column | None, float | None]]:
        """What the schema says of each column, if it knows it, and its width."""
        key = next(iter(find_sheets([tab.title])), None)
        known = {} if key is None else {one.heading: one for one in sheet(key).columns}
        widths = [*self.widths[tab.title], *[None] * tab.columns]
        return [(known.get(str(text)), widths[at]) for at, text in enumerate(self.rows[tab.title][0])]

    def joined(self, rows: Sequence[int]) -> tuple[int, ...]:
        """The rows of all parts of the patch; `rows` are those of the rest."""
        left = iter(rows)
        changes = [next(left) for _ in self.rest.changes]
        return (*changes, *(next(left) if row is None else row for row in self.placed))

    def added(self, snapshot: Snapshot) -> tuple[Grid, ...]:
        """The grids of a snapshot and those of the new tabs, as they would be read."""
        return (*snapshot.grids, *(grid_of(tab, self._as_read(tab), None) for tab in self.tabs))

    def _as_read(self, tab: Tab) -> list[list[RawValue]]:
        return [trimmed([sent(value) for value in row]) for row in self.rows[tab.title]]


def addition_of(patch: Patch, now: Snapshot, book: Book) -> Addition:
    """What of a patch makes tabs of a spreadsheet. ChangedMeanwhile when one of the names is taken already."""
    names = {one.name for one in patch.sheets}
    larger = with_sheets(now, patch.sheets)
    new = tuple(one for one in patch.appends if one.sheet in names)
    landings = land(larger, Patch(appends=new))
    rows: dict[str, list[Sequence[CellValue]]] = {one.name: [one.headings] for one in patch.sheets}
    for landing in landings:
        cells = landing.cells
        rows[landing.sheet].append([cells.get(at) for at in range(max(cells, default=-1) + 1)])
    tabs, used = [], [tab.gid for tab in book.tabs]
    for one in patch.sheets:
        tabs.append(_tab(one, rows[one.name], used))
        used.append(tabs[-1].gid)
    numbers = iter(landings)
    return Addition(
        rest=replace(patch, appends=tuple(one for one in patch.appends if one.sheet not in names), sheets=()),
        tabs=tuple(tabs),
        rows=rows,
        widths={one.name: one.widths for one in patch.sheets},
        placed=tuple(next(numbers).row + 1 if one.sheet in names else None for one in patch.appends),
    )


def _tab(one: AddSheet, rows: Sequence[Sequence[CellValue]], used: Collection[int]) -> Tab:
    gid = next(found for found in iter(lambda: 1 + secrets.randbelow(2**31 - 1), 0) if found not in used)
    return Tab(one.name, gid, max(_ROOM, len(rows)), max(1, *(len(cells) for cells in rows)))


def _described(describe: Callable[[], Book]) -> Book:
    """The metadata after a write without an answer."""
    try:
        return describe()
    except TrackerError as error:
        raise nobody_knows() from error


def _requests(
    tab: Tab, rows: Sequence[Sequence[CellValue]], columns: Sequence[tuple[Column | None, float | None]]
) -> Iterator[_Message]:
    from tracker.register.google.layout.looks import cell_format, heading_format  # noqa: PLC0415 - the template's
    from tracker.register.google.layout.rules import span  # noqa: PLC0415 - loaded when a tab is made, not when opened

    size = {"rowCount": tab.rows, "columnCount": tab.columns, "frozenRowCount": 1}
    yield {"addSheet": {"properties": {"sheetId": tab.gid, "title": tab.title, "gridProperties": size}}}
    for at, (column, width) in enumerate(columns):
        if width is not None:
            where = {"sheetId": tab.gid, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
            wide = {"pixelSize": int(width * _PIXELS)}
            yield {"updateDimensionProperties": {"range": where, "properties": wide, "fields": "pixelSize"}}
        if column is not None:
            look = {"userEnteredFormat": cell_format(column)}
            area = span(tab.gid, 1, tab.rows, at, at + 1)
            yield {"repeatCell": {"range": area, "cell": look, "fields": "userEnteredFormat"}}
    looks: list[_Message] = [
        {} if column is None else {"userEnteredFormat": heading_format(column), "note": column.help}
        for column, _ in columns
    ]
    first = [{**_cell(text), **look} for text, look in zip(rows[0], looks, strict=True)]
    yield _cells(tab.gid, 0, [first], "userEnteredValue,userEnteredFormat,note")
    if rows[1:]:
        yield _cells(tab.gid, 1, [[_cell(value) for value in row] for row in rows[1:]], "userEnteredValue")


def _cells(gid: int, row: int, rows: Sequence[Sequence[_Message]], fields: str) -> _Message:
    start = {"sheetId": gid, "rowIndex": row, "columnIndex": 0}
    return {
        "updateCells": {"start": start, "rows": [{"values": list(one)} for one in rows], "fields": fields}
    }


def _cell(value: CellValue) -> _Message:
    """A cell of literal text, a truth value or a number; moments are serial numbers."""
    found = sent(value)
    if found == "":
        return {}
    kind = (
        "stringValue" if isinstance(found, str) else "boolValue" if isinstance(found, bool) else "numberValue"
    )
    return {"userEnteredValue": {kind: found}}
