"""Rows of figures as lines of a table: the words of every cell and what it opens."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.dashboard import texts
from tracker.dashboard.screens.compliance.address import MONTH, query_of
from tracker.dashboard.screens.compliance.grid import Cell, Line
from tracker.dashboard.texts import compliance as words
from tracker.views import wording
from tracker.views.compliance import Row, Slice, Which

__all__ = ["group_lines", "month_lines", "person_lines", "step_lines"]


def step_lines(rows: Sequence[Row], total: Row, target: float, day: int) -> tuple[Line, ...]:
    """One line for each step, and the sum of them where there is more than one."""
    made = [
        Line(
            name=texts.step_name(int(row.value), row.name),
            hint=texts.step_in_full(int(row.value), row.name),
            below=row.role,
            cells=_step_cells(row, total, target, day),
        )
        for row in rows
    ]
    if len(rows) > 1:
        made.append(Line(words.TOTAL, _step_cells(total, total, target, day), is_total=True))
    return tuple(made)


def _step_cells(row: Row, total: Row, target: float, day: int) -> tuple[Cell, ...]:
    return (
        _count(row),
        _share(row, target),
        _median(row, day),
        _returned(row),
        _lateness(row, total),
    )


def person_lines(rows: Sequence[Row], target: float, day: int) -> tuple[Line, ...]:
    """Load and punctuality of each person."""
    return tuple(
        Line(
            row.name or words.NOBODY,
            (_count(row), _share(row, target), _median(row, day), _late(row), _lateness(row, None)),
        )
        for row in rows
    )


def group_lines(rows: Sequence[Row], target: float) -> tuple[Line, ...]:
    """Items and punctuality of each channel or kind."""
    return tuple(
        Line(
            row.name or words.UNNAMED,
            (_count(row), _share(row, target), _items(row), _late(row), _lateness(row, None)),
        )
        for row in rows
    )


def month_lines(rows: Sequence[Row], target: float) -> tuple[Line, ...]:
    """The table below the chart; every cell opens the list of its own month."""
    return tuple(
        Line(
            _month_name(row.value),
            tuple(_of_month(row, cell) for cell in (_count(row), _share(row, target), _late(row))),
        )
        for row in rows
    )


def _month_name(value: str) -> str:
    year, month = value.split("-")
    return f"{wording.month_name(int(month))} {year}"


def _of_month(row: Row, cell: Cell) -> Cell:
    which = {name: value for name, value in cell.opens.items() if name != MONTH}
    return Cell(cell.words, cell.below, cell.hint, cell.level, {MONTH: row.value, **which} if which else {})


def _opens(row: Row, which: Which) -> dict[str, str]:
    """Nothing is opened where nothing was counted."""
    return query_of(Slice(which, row.by, row.value if row.by else "")) if row.counted.count else {}


def _count(row: Row) -> Cell:
    return Cell(wording.number(row.counted.count), opens=_opens(row, Which.ALL))


def _share(row: Row, target: float) -> Cell:
    if not row.judged:
        return Cell(texts.NOTHING)
    shown = wording.share(row.counted.on_time, row.judged)
    opens = _opens(row, Which.JUDGED)
    if row.judged < wording.FEW:
        return Cell(shown, level="calm", opens=opens)
    reached = wording.share_level(row.counted.on_time, row.judged) * 100 >= target
    below = words.counts(row.counted.on_time, row.judged)
    return Cell(shown, below, level="good" if reached else "overlong", opens=opens)


def _late(row: Row) -> Cell:
    late = row.counted.late
    return Cell(wording.number(late), opens=_opens(row, Which.LATE) if late else {})


def _median(row: Row, day: int) -> Cell:
    shown = words.median(row.median_minutes, day)
    below = words.of_standard(row.standard) if row.standard else ""
    if row.median_minutes is None:
        return Cell(shown, below)
    return Cell(shown, below, words.exactly(row.median_minutes), opens=_opens(row, Which.TIMED))


def _returned(row: Row) -> Cell:
    """How often it was sent back, so that slow and sent back are not confused (K4)."""
    if not row.decisions:
        return Cell(texts.NOTHING)
    shown = wording.share(row.returned, row.decisions)
    below = words.counts(row.returned, row.decisions) if row.decisions >= wording.FEW else ""
    return Cell(shown, below, opens=_opens(row, Which.RETURNED))


def _lateness(row: Row, total: Row | None) -> Cell:
    """Minutes past the standard, and how much of all of them (K4)."""
    if not row.late_minutes:
        return Cell(texts.NOTHING)
    shown = wording.duration(row.late_minutes)
    below = ""
    if total is not None and total is not row and total.counted.count >= wording.FEW:
        below = wording.share_percent(row.late_minutes, total.late_minutes)
    return Cell(shown, below, words.exactly(row.late_minutes), opens=_opens(row, Which.LATE))


def _items(row: Row) -> Cell:
    below = words.of_items(row.finished, row.compliant)
    return Cell(wording.number(row.items), below, opens=_opens(row, Which.ALL))
