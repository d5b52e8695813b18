"""Looking for what a decision wrote, and comparing the rows it was made upon with those that stand there now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker.desk.queue.entries import Attempt, Clash, Entry, Row
from tracker.folding import fold
from tracker.register.cells import raw_text
from tracker.register.commands import RecordEvent
from tracker.register.headings import find_headings, find_sheets
from tracker.register.moments import read_moment, written_moment
from tracker.register.placing import content, same
from tracker.register.schema import RIWAYAT
from tracker.register.store import ChangeRow, Grid, Patch, RawValue, Snapshot, letters
from tracker.sop.model import State

if TYPE_CHECKING:
    from tracker.desk import Reading

__all__ = ["clashes", "find_parts", "is_expected", "twins"]

Content = Mapping[int, RawValue]


def _alike(there: RawValue, wanted: RawValue) -> bool:
    """Whether a cell holds what was to be written. Moments are compared by the minute: some stores keep numbers."""
    if isinstance(wanted, datetime | date) and not isinstance(there, str):
        one, two = read_moment(there), read_moment(wanted)
        return one.state is not State.UNREADABLE and (one.value, bool(there)) == (two.value, True)
    return same(there, wanted)


def _cell(grid: Grid, row: int, column: int) -> RawValue:
    cells = grid.rows[row]
    return grid.errors.get((row, column), cells[column] if column < len(cells) else None)


def _rows_with(grid: Grid, cells: Content) -> list[int]:
    """The 0-based rows that hold these cells, whatever else they hold."""
    return [
        row
        for row in range(len(grid.rows))
        if all(_alike(_cell(grid, row, column), value) for column, value in cells.items())
    ]


def twins(snapshot: Snapshot, patch: Patch) -> tuple[int, ...]:
    """How many rows like it stand there already, for each append of a patch that has not been applied."""
    grids = [snapshot.grid(one.sheet) for one in patch.appends]
    return tuple(
        len(_rows_with(grid, one.cells)) if grid is not None else 0
        for grid, one in zip(grids, patch.appends, strict=True)
    )


def find_parts(snapshot: Snapshot, attempt: Attempt) -> list[int | None]:
    """The 1-based row of every part of a patch that may have been applied; None for a part that is not there."""
    found: list[int | None] = [_changed(snapshot, one) for one in attempt.patch.changes]
    for append, before in zip(attempt.patch.appends, attempt.twins, strict=True):
        grid = snapshot.grid(append.sheet)
        rows = _rows_with(grid, append.cells) if grid is not None else []
        found.append(rows[-1] + 1 if len(rows) > before else None)
    return found


def _changed(snapshot: Snapshot, change: ChangeRow) -> int | None:
    grid = snapshot.grid(change.sheet)
    if grid is None:
        return None
    after = {**change.expected, **change.cells}
    wanted = {column: value for column, value in after.items() if value not in (None, "")}
    for row in _rows_with(grid, wanted):
        if content(grid, row).keys() - wanted.keys() <= _formula_columns(grid, row):
            return row + 1
    return None


def _formula_columns(grid: Grid, row: int) -> set[int]:
    return {column for at, column in grid.formulas if at == row}


def is_expected(snapshot: Snapshot, expected: Sequence[Row], patch: Patch) -> bool:
    """Whether a patch planned now changes exactly the rows that the decision was made upon, as they were then."""
    if len(expected) != len(patch.changes):
        return False
    left = list(patch.changes)
    for row in expected:
        match = next((one for one in left if _is_row(snapshot, row, one)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _is_row(snapshot: Snapshot, row: Row, change: ChangeRow) -> bool:
    grid = snapshot.grid(change.sheet)
    if grid is None or change.sheet != row.sheet:
        return False
    computed = _formula_columns(grid, change.hint)
    there = {column: value for column, value in change.expected.items() if value not in (None, "")}
    was = {
        column: value
        for column, value in row.cells.items()
        if value not in (None, "") and column not in computed
    }
    return there.keys() == was.keys() and all(_alike(there[column], value) for column, value in was.items())


def clashes(reading: Reading, entry: Entry) -> tuple[str, int, tuple[Clash, ...]]:
    """(sheet, 1-based row, cells that differ) of the record that stands where the decision would write.

    That is the last event of the same step of the same item; nothing when there is none.
    """
    command, events = entry.command, reading.register.events
    if not isinstance(command, RecordEvent):
        return "", 0, ()
    index = reading.register.sop.index_of(command.step)
    own = [
        int(events.row[at])
        for at in range(len(events))
        if events.key[at] == fold(command.id) and int(events.step[at]) == index
    ]
    name = find_sheets([grid.name for grid in reading.snapshot.grids]).get(RIWAYAT.key, "")
    grid = reading.snapshot.grid(name)
    if not own or grid is None:
        return "", 0, ()
    columns = find_headings(RIWAYAT, grid).columns
    row, found = max(own), []
    for column in RIWAYAT.typed:
        mine = entry.written.get(column.heading)
        if column.key not in columns or mine in (None, ""):
            continue
        there = _shown(_cell(grid, row - 1, columns[column.key]), is_moment=column.kind.value == "moment")
        if there != str(mine):
            found.append(Clash(column.heading, f"{letters(columns[column.key])}{row}", there, str(mine)))
    return RIWAYAT.name, row, tuple(found)


def _shown(value: RawValue, *, is_moment: bool) -> str:
    """A cell as `Entry.written` writes it: moments in ISO form to the minute."""
    found = read_moment(value) if is_moment else None
    if found is not None and found.state in (State.OK, State.REPAIRED):
        return written_moment(found.value).isoformat(timespec="minutes")
    return raw_text(value).strip()
