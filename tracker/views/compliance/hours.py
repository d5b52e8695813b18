"""The working hours in force in a month, read off the calendar that judged it (K1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from tracker.sop.calendar import DAY, WorkingCalendar, day_number
from tracker.sop.figures import Month
from tracker.sop.model import Holiday
from tracker.sop.verdicts import Evaluation
from tracker.views.wording import day_of

__all__ = ["Hours", "Schedule", "Week", "hours", "spans_of_day"]

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Weekdays (0 = Senin) that have the same hours; spans are minutes of the day, half-open."""

    weekdays: tuple[int, ...]
    spans: Spans


@dataclass(frozen=True, slots=True)
class Schedule:
    """One way of working, from a day on (days since 1970-01-01)."""

    from_on: int
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """All of a month: mostly one schedule, two where Ramadan begins or ends in it; none without office hours."""

    schedules: tuple[Schedule, ...]
    holidays: tuple[Holiday, ...]
    """Those of the month that fall on a day on which the office works otherwise."""


def hours(evaluation: Evaluation, month: Month) -> Hours:
    """The hours in force and the holidays observed in the month."""
    first = day_number(date(month.year, month.month, 1))
    after = month.shifted(1)
    days = range(first, day_number(date(after.year, after.month, 1)))
    spans = {day: spans_of_day(evaluation.calendar, day) for day in days}
    schedules = _schedules(spans)
    worked = {weekday for one in schedules for week in one.weeks for weekday in week.weekdays}
    seen: dict[int, Holiday] = {}
    for one in evaluation.register.holidays:
        if one.on in spans and not one.works and not spans[one.on] and _weekday(one.on) in worked:
            seen.setdefault(one.on, one)
    return Hours(schedules, tuple(seen[day] for day in sorted(seen)))


def _weekday(day: int) -> int:
    """0 = Senin."""
    return day_of(day * DAY).weekday()


def spans_of_day(calendar: WorkingCalendar, day: int) -> Spans:
    """The working hours of one day as minutes of it, after holidays and dated rows; empty when nobody works."""
    minutes = np.arange(day * DAY, (day + 1) * DAY, dtype=np.int64)
    if not calendar.covers(minutes).all():
        return ()
    works = calendar.is_working(minutes).astype(np.int8)
    edges = np.flatnonzero(np.diff(works, prepend=0, append=0))
    return tuple((int(begin), int(end)) for begin, end in zip(edges[::2], edges[1::2], strict=True))


def _schedules(spans: dict[int, Spans]) -> tuple[Schedule, ...]:
    """The days in stretches of one schedule: a weekday with other hours than before begins the next."""
    made: list[tuple[int, dict[int, Spans]]] = []
    for day, worked in spans.items():
        if not worked:
            continue
        if not made or made[-1][1].get(_weekday(day), worked) != worked:
            made.append((day, {}))
        made[-1][1][_weekday(day)] = worked
    return tuple(Schedule(day, _weeks(week)) for day, week in made)


def _weeks(by_weekday: dict[int, Spans]) -> tuple[Week, ...]:
    groups: dict[Spans, list[int]] = {}
    for weekday in sorted(by_weekday):
        groups.setdefault(by_weekday[weekday], []).append(weekday)
    return tuple(Week(tuple(weekdays), spans) for spans, weekdays in groups.items())
