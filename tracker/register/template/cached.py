"""The values that the ƒ columns have now, from the rules of the tool: what a viewer shows that never calculates.

Nothing is judged here: the verdicts of `tracker.sop.evaluation` are put into the words of the book.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tracker.findings import Severity
from tracker.register.moments import written_moment
from tracker.register.reader import read_register
from tracker.register.schema import SHEETS, sheet
from tracker.register.store import Grid, Snapshot
from tracker.register.template.events import CHECK_DATE, UNJUDGED
from tracker.register.template.hidden import HEADING_ROW, TOP
from tracker.sop.evaluation import evaluate
from tracker.sop.verdicts import NONE, ItemState, Verdict

if TYPE_CHECKING:
    from tracker.register.layout import Sheet
    from tracker.register.seed.content import BookContent, Row, Value
    from tracker.register.store import RawValue
    from tracker.sop.verdicts import Evaluation

__all__ = ["cached_values", "snapshot_of", "with_cached_values"]

_VERDICTS: Final = {
    Verdict.ON_TIME: "Tepat",
    Verdict.LATE: "Terlambat",
    Verdict.RUNNING: "Berjalan",
    Verdict.OVERDUE: "Lewat tenggat",
    Verdict.UNJUDGED: UNJUDGED,
}
_ORDER_CODES: Final = ("U101", "U102", "U103", "U104", "U105", "U106", "U107")


def snapshot_of(content: BookContent) -> Snapshot:
    """The book as a store would read it: title rows, headings, typed cells; ƒ columns empty."""
    return Snapshot(tuple(_grid(content, described) for described in SHEETS if described.columns), "")


def _grid(content: BookContent, described: Sheet) -> Grid:
    above: list[list[RawValue]] = [
        [described.name],
        [described.help],
        [column.heading for column in described.columns],
    ]
    rows: list[list[RawValue]] = [
        [row.get(column.key) for column in described.columns] for row in content.of(described.key)
    ]
    return Grid(described.name, [*above[:HEADING_ROW], *rows])


def with_cached_values(content: BookContent, now_minutes: int) -> BookContent:
    """The same content with the values of its formulas as of `now_minutes` (local minutes since 1970-01-01)."""
    return replace(content, cached=cached_values(content, now_minutes))


def cached_values(content: BookContent, now_minutes: int) -> dict[str, tuple[Row, ...]]:
    """Sheet key → the values of its ƒ columns, row by row as in `content`."""
    judged = evaluate(read_register(snapshot_of(content)), now_minutes)
    items, events = _Items(content, judged), _Events(content, judged)
    return {
        "register": tuple(items.row(index) for index in range(len(content.of("register")))),
        "events": tuple(events.row(index) for index in range(len(content.of("events")))),
    }


def _moment(minutes: int) -> Value:
    return None if minutes == NONE else written_moment(int(minutes))


def _is_moment(value: Value) -> bool:
    """A real date-time, as the formulas see it: a date cell that has a time."""
    return isinstance(value, datetime) and (value.hour, value.minute) != (0, 0)


@dataclass(frozen=True, slots=True)
class _Items:
    content: BookContent
    judged: Evaluation

    def row(self, offset: int) -> Row:
        """The ƒ values of the item on this row of the content."""
        items, states = self.judged.register.items, self.judged.items
        at = {int(row): index for index, row in enumerate(items.row)}.get(offset + TOP)
        if at is None or not items.id[at]:
            return {}
        state, step = ItemState(int(states.state[at])), int(states.step[at])
        going = state in (ItemState.RUNNING, ItemState.NOT_STARTED) and step >= 0
        steps = self.judged.register.sop.steps
        return {
            "now_step": steps[step].number if going else None,
            "position": steps[step].role if going else None,
            "deadline": self._deadline(at, state),
            "status": self._status(at, state),
            "round": int(states.round[at]),
        }

    def _deadline(self, at: int, state: ItemState) -> Value:
        if state is not ItemState.RUNNING:
            return None
        deadline = int(self.judged.items.deadline[at])
        return CHECK_DATE if deadline == NONE else _moment(deadline)

    def _status(self, at: int, state: ItemState) -> str:
        if state is ItemState.RUNNING and self.judged.items.overdue[at]:
            return "Lewat tenggat"
        return state.label.capitalize()


@dataclass(frozen=True, slots=True)
class _Events:
    content: BookContent
    judged: Evaluation

    def row(self, offset: int) -> Row:
        """The ƒ values of the event on this row of the content."""
        events = self.judged.register.events
        at = {int(row): index for index, row in enumerate(events.row)}.get(offset + TOP)
        typed = self.content.of("events")[offset]
        if at is None:
            return {}
        start, finish = typed.get("start"), typed.get("finish")
        is_blank = start is None and finish is None
        readable = not is_blank and all(one is None or _is_moment(one) for one in (start, finish))
        known = self._described(at)
        if not readable:
            return {**known, **dict.fromkeys(("deadline", "elapsed", "punctuality", "order"), CHECK_DATE)}
        verdicts = self.judged.events
        elapsed = int(verdicts.elapsed[at])
        return {
            **known,
            "deadline": _moment(int(verdicts.deadline[at])),
            "elapsed": None if elapsed == NONE else elapsed,
            "punctuality": _VERDICTS[Verdict(int(verdicts.verdict[at]))],
            "order": self._order(at),
        }

    def _described(self, at: int) -> dict[str, Value]:
        register = self.judged.register
        item, step = int(register.events.item[at]), int(register.events.step[at])
        written = self.content.of("steps")[step] if step >= 0 else {}
        title = "ID tidak ada di Register" if register.events.id[at] else None
        unknown = "Langkah tidak dikenal" if register.events.step_text[at] else None
        return {
            "title": register.items.title[item] if item >= 0 else title,
            "activity": written.get("activity", unknown),
            "standard": f"{written['standard']} {written.get('unit') or ''}".strip() if written else None,
        }

    def _order(self, at: int) -> str | None:
        events = self.judged.register.events
        if events.item[at] < 0 or events.step[at] < 0:
            return "Periksa"
        if not self.judged.events.counts[at]:
            return None
        return "Periksa" if int(events.row[at]) in self._broken_rows() else "Sesuai"

    def _broken_rows(self) -> frozenset[int]:
        return frozenset(
            found.place.row
            for found in self.judged.findings
            if found.code in _ORDER_CODES
            and found.severity is Severity.GALAT
            and found.place.sheet == sheet("events").name
            and found.place.row is not None
        )
