"""What the pages need to know of the cells themselves: raw texts, columns, choices, what changed, who has it open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tracker.desk import is_google
from tracker.register.cells import raw_text
from tracker.register.excel.store import ExcelStore
from tracker.register.headings import find_headings, find_sheets
from tracker.register.layout import Sheet
from tracker.register.moments import read_moment
from tracker.register.schema import DAFTAR, REGISTER, RIWAYAT
from tracker.register.seen import raw_seen, sheet_named, sheet_texts
from tracker.register.store import Snapshot, Store, letters
from tracker.sop.model import State

__all__ = [
    "Difference",
    "Extent",
    "Facts",
    "cell_address",
    "choices",
    "difference",
    "extent",
    "facts",
    "moment_typed",
    "opened_by",
    "raw_seen",
    "sheet_texts",
]

_RECORDS = (REGISTER.key, RIWAYAT.key)


@dataclass(frozen=True, slots=True)
class Extent:
    """The typed columns of a sheet: the first and last letters."""

    first: str
    last: str


def extent(snapshot: Snapshot, sheet: Sheet) -> Extent:
    """From the first to the last typed column that the sheet has."""
    grid = sheet_named(snapshot, sheet.name)
    columns = find_headings(sheet, grid).columns if grid is not None else {}
    typed = [columns[one.key] for one in sheet.typed if one.key in columns]
    return Extent(letters(min(typed, default=0)), letters(max(typed, default=0)))


def choices(snapshot: Snapshot, key: str) -> tuple[str, ...]:
    """The choices of one column of sheet Daftar (by its key in the schema), as typed, each once."""
    grid = sheet_named(snapshot, DAFTAR.name)
    if grid is None:
        return ()
    headings = find_headings(DAFTAR, grid)
    place = headings.columns.get(key)
    if place is None:
        return ()
    cells = (row[place] for row in grid.rows[headings.row + 1 :] if place < len(row))
    return tuple(dict.fromkeys(text for one in cells if (text := raw_text(one).strip())))


def moment_typed(text: str, zone: str) -> int | None:
    """A moment as a person types it into a cell, as local minutes; None when it is not date and time."""
    found = read_moment(text, zone=zone)
    return int(found.value) if found.state in (State.OK, State.REPAIRED) else None


@dataclass(frozen=True, slots=True)
class Difference:
    """How many records of Register and Riwayat are new, changed or gone."""

    new: int
    changed: int
    gone: int


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What happened between two reads, whatever the order of the rows; formulas do not count."""
    one, two = _records(before), _records(after)
    gone, new = (one - two).total(), (two - one).total()
    changed = min(gone, new)
    return Difference(new - changed, changed, gone - changed)


def _records(snapshot: Snapshot) -> Counter[tuple[Hashable, ...]]:
    found: Counter[tuple[Hashable, ...]] = Counter()
    names = find_sheets([grid.name for grid in snapshot.grids])
    for key in _RECORDS:
        grid = snapshot.grid(names.get(key, ""))
        if grid is None:
            continue
        for index, row in enumerate(grid.rows):
            cells = [None if (index, place) in grid.formulas else cell for place, cell in enumerate(row)]
            while cells and cells[-1] in (None, ""):
                cells.pop()
            if cells:
                found[(key, *cells)] += 1
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a register beside its content; `link` and the account only of a spreadsheet."""

    saved_at: datetime | None = None
    backups: tuple[int, datetime | None] = (0, None)
    """How many copies are kept, and when the latest was made."""
    link: str = ""
    account: str = ""
    zone: str = ""


def facts(store: Store, target: str) -> Facts:
    """Facts about the open register; asks nothing of a service."""
    if is_google(target):
        from tracker.register.google.store import GoogleStore  # noqa: PLC0415 - loads gspread only for Google

        if isinstance(store, GoogleStore):
            return Facts(link=store.address, account=store.service.who.account, zone=store.book.zone)
    if isinstance(store, ExcelStore):
        copies = sorted((store.surroundings.folder / "backup").glob("*-*"))
        return Facts(_saved_at(store.path), (len(copies), _saved_at(copies[-1]) if copies else None))
    return Facts()


def _saved_at(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def cell_address(store: Store, target: str, sheet: str, cell: str) -> str:
    """The address that opens a spreadsheet at a cell; empty for a workbook."""
    if not is_google(target):
        return ""
    from tracker.register.google.store import GoogleStore  # noqa: PLC0415 - loads gspread only for Google

    return store.link(sheet, cell) if isinstance(store, GoogleStore) else ""


def opened_by(store: Store) -> str | None:
    """Who has the book open in a spreadsheet program; None when nobody has, "" when it does not say."""
    return store.surroundings.owner() if isinstance(store, ExcelStore) else None
