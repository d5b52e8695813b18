"""The rules on order once more, as an automaton over one object an event: what the columns are compared with.

Written from the words of the rules contract ("The path of a content item"), one sentence after another, without
any import from the rooms that do the same over columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field

END, NOWHERE = -1, -2
BLANK, YES, NO, ILLEGIBLE = 0, 1, 2, 3


@dataclass
class Step:
    yes: int
    no: int = NOWHERE

    @property
    def decides(self) -> bool:
        return self.no != NOWHERE


@dataclass
class Event:
    """One row; a moment is an int, None (blank) or `?` (cannot be read)."""

    row: int
    step: int
    start: int | str | None
    finish: int | str | None
    outcome: int = BLANK
    codes: list[str] = field(default_factory=list)
    round: int = 1
    meant: int = BLANK
    """The outcome as understood."""
    before: Event | None = None
    """The event it was judged against."""
    is_written_late: bool = False

    @property
    def is_finished(self) -> bool:
        return self.finish is not None

    @property
    def moment(self) -> int | None:
        return next((one for one in (self.finish, self.start) if isinstance(one, int)), None)


@dataclass
class Story:
    """What the automaton says of one item."""

    trace: list[Event]
    state: str
    allowed: set[int]
    round: int
    standing: Event | None = None
    """The event that what follows is judged against."""


def in_order_of_time(events: list[Event]) -> list[Event]:
    """By Selesai (else Mulai), then Mulai, then place in Langkah, then row; silent events where their row stands.

    A Mulai that nobody knows lay before its Selesai.
    """

    def key(event: Event) -> tuple[int, float, int, int]:
        moment = event.moment
        assert moment is not None
        return moment, event.start if isinstance(event.start, int) else moment - 0.5, event.step, event.row

    trace = sorted((one for one in events if one.moment is not None), key=key)
    for silent in sorted((one for one in events if one.moment is None), key=lambda one: one.row):
        above = [one for one in trace if one.row < silent.row]
        if not above:
            trace.insert(0, silent)
            continue
        nearest = max(above, key=lambda one: one.row)
        trace.insert(next(place for place, one in enumerate(trace) if one is nearest) + 1, silent)
    return trace


def drop_cancelled(events: list[Event], cancelled_on: int | None) -> list[Event]:
    """Of a cancelled item the events finished before that date count, open ones are dropped."""
    if cancelled_on is None:
        return events
    kept = [one for one in events if one.is_finished]
    return [one for one in kept if one.moment is None or one.moment // 1440 < cancelled_on]


def read_outcomes(steps: list[Step], trace: list[Event]) -> None:
    """D418 and D409."""
    for place, event in enumerate(trace):
        step = steps[event.step]
        event.meant = event.outcome if step.decides else BLANK
        if not step.decides or not event.is_finished or event.outcome != BLANK:
            continue
        following = trace[place + 1].step if place + 1 < len(trace) else None
        leading = [said for said, to in ((YES, step.yes), (NO, step.no)) if to == following]
        if len(leading) == 1:
            event.meant = leading[0]
            event.codes.append("D418")
        else:
            event.codes.append("D409")


def allowed_after(steps: list[Step], event: Event) -> set[int]:
    """The successors under the outcome; all of them when the event is unfinished or its outcome is not known."""
    step = steps[event.step]
    if not step.decides:
        return {step.yes}
    if event.is_finished and event.meant == YES:
        return {step.yes}
    if event.is_finished and event.meant == NO:
        return {step.no}
    return {step.yes, step.no}


def code_of(steps: list[Step], before: Event | None, step: int) -> tuple[str | None, set[int]]:
    """(code, steps it names as missing) of a step after the event before."""
    if before is None:
        return (None, set()) if step == 0 else ("U104", set(range(step)))
    allowed = allowed_after(steps, before)
    if allowed == {END}:
        return ("U108" if step == before.step else "U103"), set()
    if step in allowed:
        return None, set()
    highest = max(allowed)
    if step > highest:
        return "U101", set(range(highest, step))
    return ("U102" if step == before.step else "U107"), set()


def tell(steps: list[Step], events: list[Event], cancelled_on: int | None = None) -> Story:
    """Replay one item and write the codes on its events."""
    trace = in_order_of_time(drop_cancelled(events, cancelled_on))
    read_outcomes(steps, trace)
    before: Event | None = None
    missing: set[int] = set()
    returned = 0
    for place, event in enumerate(trace):
        event.round, event.before = 1 + returned, before
        returned += steps[event.step].decides and event.is_finished and event.meant == NO
        if place + 1 < len(trace) and not event.is_finished:
            event.codes.append("U105")
        code, names = code_of(steps, before, event.step)
        if code not in (None, "U108") and event.step in missing:
            missing.discard(event.step)
            event.is_written_late = True
            continue
        missing.discard(event.step)
        missing |= names
        if code:
            event.codes.append(code)
        if (
            before
            and isinstance(before.finish, int)
            and isinstance(event.start, int)
            and event.start < before.finish
        ):
            event.codes.append("U106" if before.finish - event.start > 5 else "U106 catatan")
        before = event
    if cancelled_on is not None:
        return Story(trace, "dibatalkan", set(), 1 + returned)
    if before is None:
        return Story(trace, "belum mulai", {0}, 1)
    if not trace[-1].is_finished:
        return Story(trace, "berjalan", {trace[-1].step}, 1 + returned, trace[-1])
    following = allowed_after(steps, before)
    if not before.is_finished and following == {END}:
        return Story(trace, "berjalan", {before.step}, 1 + returned, before)
    state = "selesai" if following == {END} else "berjalan"
    return Story(trace, state, following - {END}, 1 + returned, before)
