"""What a patch owes to a spreadsheet: rows to be found by their whole content, and rows to be made good again.

There is no compare-and-swap: between a read and a write anybody may sort, insert or delete. A write is therefore a
debt until the receipt shows the whole intended row; a receipt that shows another row is a new debt, to that row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.register.google.values import Sent, sent
from tracker.register.placing import Landing, content, same
from tracker.register.store import ChangeRow, Grid, RawValue

__all__ = ["Content", "Debt", "adopted", "content_of", "debts_of", "equal", "hits", "repaired", "rows_like"]

Content = Mapping[int, RawValue]
"""0-based column → raw value of every cell of a row that is not empty and holds no formula."""


@dataclass(frozen=True, slots=True)
class Debt:
    """Make the one row whose content is `before` hold `cells`; `parts` are indices of the patch's changes.

    A debt without parts is a repair of a row that a write hit by mistake.
    """

    sheet: str
    before: Content
    cells: Mapping[int, Sent]
    parts: tuple[int, ...] = ()

    @property
    def after(self) -> Content:
        """The content of the row once the debt is paid."""
        return _over(self.before, self.cells)

    @property
    def undone(self) -> Debt:
        """The debt that takes this one back."""
        return Debt(self.sheet, self.after, {column: _old(self.before, column) for column in self.cells})


def _old(before: Content, column: int) -> Sent:
    value = before.get(column, "")
    return value if isinstance(value, str | int | float | bool) else ""


def _over(before: Content, cells: Mapping[int, RawValue]) -> Content:
    merged = {**before, **cells}
    return {column: value for column, value in merged.items() if value not in ("", None)}


def debts_of(
    changes: Sequence[ChangeRow], landings: Sequence[Landing], grids: Mapping[str, Grid]
) -> list[Debt]:
    """The debts of changes that land on these rows; changes of one row are one debt."""
    debts: dict[tuple[str, int], Debt] = {}
    for part, (change, landing) in enumerate(zip(changes, landings, strict=True)):
        place = (change.sheet, landing.row)
        before = content(grids[change.sheet], landing.row)
        known = debts.get(place, Debt(change.sheet, before, {}))
        cells = {column: sent(value) for column, value in change.cells.items()}
        debts[place] = replace(known, cells={**known.cells, **cells}, parts=(*known.parts, part))
    return list(debts.values())


def equal(one: Content, two: Content) -> bool:
    """Whether two rows hold the same; moments may differ by what a double loses on its way."""
    return one.keys() == two.keys() and all(_same(one[column], two[column]) for column in one)


def _same(one: RawValue, two: RawValue) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return abs(one - two) <= 1e-9 * max(1.0, abs(one))
    return same(one, two)


def rows_like(grid: Grid, wanted: Content) -> list[int]:
    """The 0-based rows with exactly this content."""
    if not wanted:
        return []
    column, value = next(iter(wanted.items()))
    return [
        row
        for row, cells in enumerate(grid.rows)
        if column < len(cells) and _same(cells[column], value) and equal(content(grid, row), wanted)
    ]


def content_of(grid: Grid, row: int, cells: Sequence[RawValue]) -> Content:
    """The content of a row as a receipt shows it from column A on; formula columns are those of the grid there."""
    like = min(row, len(grid.rows) - 1)
    return {
        column: value
        for column, value in enumerate(cells)
        if value not in ("", None) and (like, column) not in grid.formulas
    }


def adopted(change: ChangeRow, grid: Grid) -> ChangeRow:
    """A change in the terms of this store: dates as serial numbers, formula columns left out.

    A column that turned out to hold formulas since the row was read does not identify it.
    """
    like = min(change.hint, len(grid.rows) - 1)
    expected = {
        column: sent(value) if isinstance(value, datetime) else value
        for column, value in change.expected.items()
        if (like, column) not in grid.formulas
    }
    return replace(change, expected=expected)


def repaired(was: Grid, now: Grid, debt: Debt, hit: Content) -> Debt | None:
    """The debt to the row that a misplaced write hit; None when it cannot be told what stood there.

    `was` is the sheet before the write, `now` after it, `hit` the row as it stands after the write.
    """
    originals = [o for o in _contents(was) if equal(_over(o, debt.cells), hit) and not equal(o, debt.before)]
    if not originals and not (hit.keys() - debt.cells.keys()):
        originals = [{}]
    if not originals:
        originals = _vanished(was, now, debt, hit)
    olds = {tuple(_old(o, column) for column in debt.cells) for o in originals}
    if len(olds) != 1:
        return None
    return Debt(debt.sheet, hit, dict(zip(debt.cells, olds.pop(), strict=True)))


def _contents(grid: Grid) -> list[Content]:
    return [found for row in range(len(grid.rows)) if (found := content(grid, row))]


def _missing(these: Iterable[Content], there: list[Content]) -> list[Content]:
    """The contents that have no counterpart left in `there`."""
    left = {frozenset(one.items()) for one in there}
    return [one for one in these if frozenset(one.items()) not in left]


def hits(was: Grid, now: Grid, debt: Debt) -> list[Content]:
    """Rows that a write without a receipt may have hit instead of the intended one.

    They were not there before and bear the written cells; none where the intended row bears them.
    """
    if rows_like(now, debt.after) and not rows_like(now, debt.before):
        return []
    return [
        row
        for row in _missing(_contents(now), _contents(was))
        if all(_same(row.get(column, ""), value) for column, value in debt.cells.items())
        and not equal(row, debt.after)
    ]


def _vanished(was: Grid, now: Grid, debt: Debt, hit: Content) -> list[Content]:
    """The one row that is not there any more and was like `hit` in all but one cell: retyped in the same moment.

    It may be the intended row itself; then what was written is taken back, and the conflict is reported.
    """
    gone = _missing(_contents(was), _contents(now))
    near = [row for row in gone if _differing(row, hit, debt.cells) <= 1]
    return near if len(near) == 1 else []


def _differing(one: Content, two: Content, but: Mapping[int, Sent]) -> int:
    return sum(
        not _same(one.get(column, ""), two.get(column, ""))
        for column in (one.keys() | two.keys()) - but.keys()
    )
