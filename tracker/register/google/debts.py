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

__all__ = [
    "Content",
    "Debt",
    "adopted",
    "alike",
    "content_of",
    "debts_of",
    "equal",
    "hits",
    "joined",
    "originals_of",
    "repaired",
    "rows_like",
    "unmarked",
]

Content = Mapping[int, RawValue]
"""0-based column → raw value of every cell of a row that is not empty and holds no formula."""


@dataclass(frozen=True, slots=True)
class Debt:
    """Make the one row whose content is `before` hold `cells`; `parts` are indices of the patch's changes.

    A debt without parts is a repair of a row that a write hit by mistake. Of rows that we added ourselves and that
    are all alike, any one will do (`is_own`). A mark claims a ready row; in a hidden column it can replace nothing
    that anybody typed.
    """

    sheet: str
    before: Content
    cells: Mapping[int, Sent]
    parts: tuple[int, ...] = ()
    is_own: bool = False
    is_mark: bool = False
    is_hidden: bool = False
    then: Debt | None = None
    """What is owed once this is paid."""

    @property
    def after(self) -> Content:
        """The content of the row once the debt is paid."""
        return _over(self.before, self.cells)

    @property
    def undone(self) -> Debt:
        """The debt that takes this one back."""
        olds = {column: _old(self.before, column) for column in self.cells}
        return Debt(self.sheet, self.after, olds, self.parts or (-1,), is_own=self.is_own)

    @property
    def in_steps(self) -> Debt:
        """The same, for a row that is to be emptied, but for one cell first, and then that cell.

        The receipt of an empty row does not show whose row it was; that of its last cell does.
        """
        if self.after or len(self.cells) < 2:
            return self
        column = max(self.before)
        rest = Debt(self.sheet, {column: self.before[column]}, {column: ""}, self.parts, self.is_own)
        return replace(self, cells={at: "" for at in self.cells if at != column}, then=rest)


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


def joined(paid: Sequence[Debt]) -> list[Debt]:
    """Paid debts with those to one row made one, so that all of them can be undone at once."""
    debts: list[Debt] = []
    open_ends: dict[tuple[str, frozenset[tuple[int, RawValue]]], list[int]] = {}
    for debt in paid:
        known = open_ends.get((debt.sheet, _frozen(debt.before)), []) if debt.before else []
        if known:
            at = known.pop()
            debts[at] = replace(debts[at], cells={**debts[at].cells, **debt.cells})
        else:
            at = len(debts)
            debts.append(debt)
        open_ends.setdefault((debt.sheet, _frozen(debts[at].after)), []).append(at)
    return debts


def equal(one: Content, two: Content) -> bool:
    """Whether two rows hold the same; moments may differ by what a double loses on its way."""
    return one.keys() == two.keys() and all(alike(one[column], two[column]) for column in one)


def _frozen(content: Content) -> frozenset[tuple[int, RawValue]]:
    return frozenset(content.items())


def alike(one: RawValue, two: RawValue) -> bool:
    """Whether two cells hold the same, a moment to within what a double loses on its way."""
    if isinstance(one, float) and isinstance(two, float):
        return abs(one - two) <= 1e-9 * max(1.0, abs(one))
    return same(one, two)


def rows_like(grid: Grid, wanted: Content) -> list[int]:
    """The 0-based rows with exactly this content."""
    if not wanted:
        return []
    texts = ((column, value) for column, value in wanted.items() if isinstance(value, str))
    column, value = next(texts, next(iter(wanted.items())))
    # A text is the same or it is not: nearly no row is left to be compared whole.
    is_like = value.__eq__ if isinstance(value, str) else lambda cell: alike(cell, value)
    return [
        row
        for row, cells in enumerate(grid.rows)
        if column < len(cells) and is_like(cells[column]) is True and equal(content(grid, row), wanted)
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


def originals_of(was: Grid, debt: Debt, hit: Content) -> list[Content]:
    """The rows of `was` that the cells of a debt turn into `hit`, but for the one that it is owed to."""
    return [o for o in _contents(was) if equal(_over(o, debt.cells), hit) and not equal(o, debt.before)]


def repaired(was: Grid, now: Grid, debt: Debt, hit: Content, others: Sequence[Content] = ()) -> Debt | None:
    """The debt to the row that a misplaced write hit; None when it cannot be told what stood there.

    `was` is the sheet before the write, `now` after it, `hit` the row as it stands after the write. `others` are the
    rows that further writes of the same request were meant for or hit: what they are now is their affair.
    """
    originals = originals_of(was, debt, hit)
    if len(_olds(originals, debt)) > 1:
        originals = _missing(originals, _contents(now))
    elif not originals and not (hit.keys() - debt.cells.keys()):
        originals = [{}]
    if not originals:
        near = _vanished(was, now, debt, hit, others)
        originals = near if len(near) == 1 else []
    olds = _olds(originals, debt)
    if len(olds) != 1:
        return None
    return Debt(debt.sheet, hit, dict(zip(debt.cells, olds.pop(), strict=True)))


def _olds(originals: Iterable[Content], debt: Debt) -> set[tuple[Sent, ...]]:
    return {tuple(_old(o, column) for column in debt.cells) for o in originals}


def unmarked(was: Grid, now: Grid, mark: Debt, hit: Content, others: Sequence[Content] = ()) -> Debt | None:
    """The debt that takes a mark out of a row that somebody filled in the same moment.

    None when a row like it stood there before: then it is not known what the mark replaced.
    """
    stood = [o for o in _contents(was) if _differing(o, hit, mark.cells) == 0]
    if stood or _vanished(was, now, mark, hit, others):
        return None
    return Debt(mark.sheet, hit, dict.fromkeys(mark.cells, ""))


def _contents(grid: Grid) -> list[Content]:
    return [found for row in range(len(grid.rows)) if (found := content(grid, row))]


def _missing(these: Iterable[Content], there: list[Content]) -> list[Content]:
    """The contents that have no counterpart left in `there`."""
    left = {_frozen(one) for one in there}
    return [one for one in these if _frozen(one) not in left]


def appeared(was: Grid | None, now: Grid) -> list[Content]:
    """The rows that were not there before."""
    if was is None or was.rows == now.rows:
        return []
    return _missing(_contents(now), _contents(was))


def hits(new: Sequence[Content], now: Grid, debt: Debt) -> list[Content]:
    """Rows that a write without a receipt may have hit instead of the intended one.

    They were not there before (`new`) and bear the written cells; none where the intended row bears them.
    """
    if rows_like(now, debt.after) and not rows_like(now, debt.before):
        return []
    return [
        row
        for row in new
        if all(alike(row.get(column, ""), value) for column, value in debt.cells.items())
        and not equal(row, debt.after)
    ]


def _vanished(was: Grid, now: Grid, debt: Debt, hit: Content, others: Sequence[Content]) -> list[Content]:
    """The rows that are not there any more and were like `hit` in all but one cell: retyped in the same moment.

    One of them may be the intended row itself; then what was written is taken back, and the conflict is reported.
    """
    gone = _missing(_contents(was), [*_contents(now), *others])
    return [row for row in gone if _differing(row, hit, debt.cells) <= 1]


def _differing(one: Content, two: Content, but: Mapping[int, Sent]) -> int:
    return sum(
        not alike(one.get(column, ""), two.get(column, ""))
        for column in (one.keys() | two.keys()) - but.keys()
    )
