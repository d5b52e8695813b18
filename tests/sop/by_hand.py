"""A whole book judged by hand: every verdict, finding and state once more, row by row and minute by minute.

Written from the rules contract without any import from the rooms that do the same over columns; order comes from the
automaton beside it, working time from the calendar that marks every minute.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from tests.sop import automaton
from tests.sop.automaton import BLANK, ILLEGIBLE, NO, YES
from tests.sop.test_calendar_oracle import ByTheMinute

LATE_CLOCK, SMALL_OVERLAP = 15, 5
NOT_GALAT = {"U106 catatan", "U108", "W201", "W202", "W204", "W206", "W208", "W209", "W210", "P304", "P304 catatan",
             "P305", "D407 catatan", "D409", "D410", "D411", "D413", "D417", "D418"}  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A step: its role, its standard as (amount, unit), and whether it wants evidence."""

    role: str
    standard: tuple[int, str]
    wants_evidence: bool


@dataclass(frozen=True)
class Person:
    """Who holds a role, and on which days."""

    name: str
    role: str
    since: int | None = None
    until: int | None = None

    def holds(self, role: str, day: int) -> bool:
        return self.role == role and (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True)
class Row:
    """One row of Riwayat; the step is None (blank) or ILL (unknown), a moment an int, None or `?`."""

    row: int
    id: str
    step: int | str | None
    who: str
    start: int | str | None
    finish: int | str | None
    outcome: int = BLANK
    note: str = ""
    evidence: str = ""

    @property
    def moment(self) -> int | None:
        return next((one for one in (self.finish, self.start) if isinstance(one, int)), None)


@dataclass(frozen=True)
class Item:
    """One row of Register."""

    row: int
    id: str
    cancelled_on: int | None = None
    target_on: int | None = None
    link: str = ""


@dataclass
class Seen:
    """What is said of one row."""

    codes: Counter[str] = field(default_factory=Counter)
    verdict: str = "tidak dinilai"
    deadline: int | None = None
    late: int = 0
    elapsed: int | None = None
    waited: int | None = None
    begun: int | None = None
    counts: bool = False
    meant: int = BLANK
    round: int = 1


@dataclass
class Told:
    """What is said of one item."""

    state: str
    overdue: bool = False
    finished_at: int | None = None
    started_at: int | None = None
    work: int = 0
    wait: int = 0
    round: int = 1
    compliant: bool | None = None
    codes: Counter[str] = field(default_factory=Counter)


@dataclass
class Office:
    """The SOP, the people and the hours."""

    steps: list[automaton.Step]
    tasks: list[Task]
    people: list[Person]
    calendar: ByTheMinute
    is_strict: bool = False

    def deadline(self, start: int, step: int) -> int:
        amount, unit = self.tasks[step].standard
        if unit == "Hari":
            return self.calendar.days_later(start, amount)
        return self.calendar.minutes_later(start, amount * (60 if unit == "Jam" else 1))

    def holders(self, role: str, day: int) -> set[str]:
        return {one.name for one in self.people if one.holds(role, day)}


@dataclass
class Judgement:
    """A book as of a moment."""

    rows: dict[int, Seen]
    items: dict[str, Told]
    kept: list[Row]


def judged(office: Office, rows: list[Row], items: list[Item], now: int) -> Judgement:
    """Every row and item at `now`."""
    seen = {row.row: _alone(office, row, now) for row in rows}
    traces = {}
    told = {}
    for item in items:
        own = [one for one in rows if one.id == item.id and isinstance(one.step, int)]
        events = {
            one.row: automaton.Event(one.row, int(one.step or 0), one.start, one.finish, one.outcome)
            for one in own
        }
        story = automaton.tell(office.steps, list(events.values()), item.cancelled_on)
        of_row = {one.row: one for one in own}
        traces[item.id] = [of_row[event.row] for event in story.trace]
        for place, event in enumerate(story.trace):
            is_last = place + 1 == len(story.trace)
            _in_trace(office, seen, of_row[event.row], (event, is_last), now)
        _own_work(office, seen, traces[item.id])
        told[item.id] = _told(office, seen, story, of_row, item, now)
    _copies(seen, traces)
    for row in rows:
        if row.id not in told and row.id:
            seen[row.row].codes["D402"] += 1
    for item in items:
        _comply(seen, [one for one in rows if one.id == item.id], traces[item.id], told[item.id])
    return Judgement(seen, told, rows)


def _alone(office: Office, row: Row, now: int) -> Seen:
    """What a row says by itself."""
    seen = Seen(meant=row.outcome)
    note = seen.codes.update
    note(["D408"] * ((not row.id) + (row.step is None) + (row.start is None and row.finish is None)))
    note(["D403"] * isinstance(row.step, str))
    for one, ends in ((row.start, False), (row.finish, True)):
        note(["D404"] * (one == "?"))
        if isinstance(one, int):
            note(["W205"] * (one > now + LATE_CLOCK))
            works = office.calendar.measure(one, one + 1) or (ends and office.calendar.measure(one - 1, one))
            note(["W204"] * (not works))
    if isinstance(row.start, int) and isinstance(row.finish, int):
        note(["W203"] * (row.finish < row.start))
    note(["D407"] * (row.outcome == ILLEGIBLE))
    if isinstance(row.step, int):
        decides, task = office.steps[row.step].decides, office.tasks[row.step]
        note(["D407 catatan"] * (not decides and row.outcome in (YES, NO)))
        note(["D410"] * (decides and row.outcome == NO and not row.note))
        note(["D417"] * (task.wants_evidence and row.finish is not None and not row.evidence))
        if row.moment is not None:
            note(_performer(office, row, task.role, row.moment // 1440))
    names = _names(row)
    note(["P302"] * sum(one not in {person.name for person in office.people} for one in names))
    return seen


def _names(row: Row) -> list[str]:
    return [one.strip() for one in row.who.split(";") if one.strip()]


def _performer(office: Office, row: Row, role: str, day: int) -> list[str]:
    names = _names(row)
    if not names:
        return ["P305" if len(office.holders(role, day)) == 1 else "P303"]
    known = [one for one in names if one in {person.name for person in office.people}]
    return ["P301"] if known and not office.holders(role, day).intersection(known) else []


def did(office: Office, row: Row) -> set[str]:
    """Who did it, as named or assumed."""
    named = set(_names(row)) & {person.name for person in office.people}
    if _names(row) or row.moment is None or not isinstance(row.step, int):
        return named
    holders = office.holders(office.tasks[row.step].role, row.moment // 1440)
    return holders if len(holders) == 1 else set()


def _own_work(office: Office, seen: dict[int, Seen], trace: list[Row]) -> None:
    """P304: by whoever did the latest non-decision step before it; softer if nobody else held the role that day."""
    work: Row | None = None
    for row in trace:
        step = int(row.step or 0)
        if not office.steps[step].decides:
            work = row
        elif work is not None and row.finish is not None and row.moment is not None:
            same = did(office, row) & did(office, work)
            if same:
                others = office.holders(office.tasks[step].role, row.moment // 1440) - same
                seen[row.row].codes["P304" if others else "P304 catatan"] += 1


def _in_trace(
    office: Office, seen: dict[int, Seen], row: Row, told: tuple[automaton.Event, bool], now: int
) -> None:
    """Order and punctuality of one event."""
    event, is_last = told
    one = seen[row.row]
    one.codes.update(event.codes)
    one.counts, one.meant, one.round = True, event.meant, event.round
    previous = event.before.finish if event.before else None
    if isinstance(row.start, int) and isinstance(previous, int):
        one.waited = max(office.calendar.measure(previous, row.start), 0)
    is_assumed = row.start is None and isinstance(row.finish, int)
    one.codes["W208"] += is_assumed
    start = previous if is_assumed else row.start
    one.begun = start if isinstance(start, int) else None
    bad = {"W203", "W205", "U105", "D404"} & set(+one.codes)
    if not isinstance(start, int):
        return
    deadline = office.deadline(start, event.step)
    one.deadline = None if is_assumed else deadline
    if bad:
        return
    end = row.finish if isinstance(row.finish, int) else now
    late = max(office.calendar.measure(deadline, end), 0)
    if is_assumed and late and not office.is_strict:
        return
    one.deadline, one.late = deadline, late
    one.elapsed = max(office.calendar.measure(start, end), 0)
    words = ("tepat", "terlambat") if row.finish is not None else ("berjalan", "lewat tenggat")
    one.verdict = words[late > 0]
    one.codes["W201"] += one.verdict == "terlambat"
    one.codes["W202"] += one.verdict == "lewat tenggat"
    assert is_last or row.finish is not None


def _told(
    office: Office, seen: dict[int, Seen], story: automaton.Story, rows: dict[int, Row], item: Item, now: int
) -> Told:
    told = Told(story.state, round=story.round)
    moments = [m for e in story.trace if (m := e.start if isinstance(e.start, int) else e.moment) is not None]
    told.started_at = min(moments, default=None)
    ends = [one for one in story.trace if isinstance(one.finish, int) and not one.is_written_late
            and automaton.allowed_after(office.steps, one) == {automaton.END}]  # fmt: skip
    counted = story.trace
    if story.state == "selesai" and ends:
        told.finished_at = ends[0].finish  # type: ignore[assignment]
        counted = story.trace[: story.trace.index(ends[0]) + 1]
    told.work = sum(seen[one.row].elapsed or 0 for one in counted if one.is_finished)
    told.wait = sum(seen[one.row].waited or 0 for one in counted)
    if story.state == "berjalan":
        _waiting(office, seen, story, rows, told, now)
    unfinished = story.state in ("belum mulai", "berjalan")
    told.codes["W209"] += unfinished and item.target_on is not None and item.target_on < now // 1440
    told.codes["D411"] += story.state == "selesai" and not item.link
    if item.cancelled_on is not None:
        later = [
            one for one in rows.values() if one.moment is not None and one.moment // 1440 > item.cancelled_on
        ]
        told.codes["D413"] += bool(later)
    return told


def _waiting(
    office: Office, seen: dict[int, Seen], story: automaton.Story, rows: dict[int, Row], told: Told, now: int
) -> None:
    """Whether a running item is overdue: its open event, or the waiting since the previous finish (W210)."""
    last = story.trace[-1]
    if not last.is_finished:
        told.overdue = seen[last.row].verdict == "lewat tenggat"
        return
    since = story.standing.finish if story.standing else None
    if isinstance(since, int):
        limit = office.calendar.days_later(since, 1)
        told.overdue = office.calendar.measure(limit, now) > 0
        seen[rows[last.row].row].codes["W210"] += told.overdue


def _copies(seen: dict[int, Seen], traces: dict[str, list[Row]]) -> None:
    """W206 on the lower of two equal pairs of successive rows of two items."""
    pairs: dict[tuple[object, ...], list[tuple[int, str]]] = {}
    for id_, trace in traces.items():
        for one, two in pairwise(trace):
            if isinstance(one.finish, int) and isinstance(two.finish, int):
                key = tuple(
                    (x.step, x.start if isinstance(x.start, int) else None, x.finish) for x in (one, two)
                )
                pairs.setdefault(key, []).append((one.row, id_))
    for members in pairs.values():
        first, *rest = sorted(members)
        for row, id_ in rest:
            seen[row].codes["W206"] += id_ != first[1]


def _comply(seen: dict[int, Seen], rows: list[Row], trace: list[Row], told: Told) -> None:
    if told.state == "selesai":
        codes = {code for one in rows for code in +seen[one.row].codes} | set(+told.codes)
        late = any(seen[one.row].verdict == "terlambat" for one in trace)
        told.compliant = not late and codes <= NOT_GALAT
