"""The calendar against one written minute by minute, over many random offices.

The expectation knows nothing of `tracker.sop.calendar`: for every date it asks which hours hold, marks the minutes,
and counts them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest

from tests.sop.effort import share
from tracker.sop.calendar import WorkingCalendar
from tracker.sop.model import Holiday, HoursRow, Standard, Unit

OFFICES = 48
INTERVALS_AN_OFFICE = share(2500, of=10)
BEGIN, END = date(2025, 12, 1), date(2027, 2, 28)
"""The days that are laid out minute by minute; moments are drawn well inside of them."""
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Hours:
    """A row of Jam Kerja as an office would say it."""

    weekdays: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    since: date | None = None
    until: date | None = None


def random_spans(chance: random.Random) -> tuple[tuple[int, int], ...]:
    opening, closing = chance.randrange(360, 600, 15), chance.randrange(800, 1080, 15)
    if chance.random() < 0.25:
        return ((opening, closing),)
    rest = chance.randrange(660, 750, 15)
    return ((opening, rest), (rest + chance.choice((30, 45, 60, 90)), closing + 60))


def random_office(chance: random.Random) -> tuple[list[Hours], list[tuple[date, bool]]]:
    """(rows of hours, days off and replacement days): five or six days, Fridays apart, up to three dated rows."""
    week = chance.choice(((0, 1, 2, 3), (0, 1, 2, 3), (0, 1, 2), (0, 1, 2, 3, 5)))
    rows = [Hours(week, random_spans(chance)), Hours((4,), random_spans(chance))]
    if chance.random() < 0.4:
        rows.append(Hours((5,), ((480, 720),)))
    for _ in range(chance.randrange(4)):
        since = BEGIN + timedelta(days=chance.randrange(430))
        until = since + timedelta(days=chance.choice((6, 29, 29, 120)))
        days = tuple(sorted(chance.sample(range(7), chance.randint(1, 6))))
        rows.append(
            Hours(
                days,
                random_spans(chance),
                *chance.choice(((since, until), (since, until), (since, None), (None, until))),
            )
        )
    days_off = [
        (BEGIN + timedelta(days=chance.randrange(455)), chance.random() < 0.3)
        for _ in range(chance.randrange(60))
    ]
    chance.shuffle(rows)
    return rows, days_off


def hours_of(rows: list[Hours], weekday: int, on: date) -> set[tuple[int, int]]:
    """Dated rows override the default week, the latest Berlaku Mulai winning; equal ones hold together."""
    own = [one for one in rows if weekday in one.weekdays]
    dated = [one for one in own if (one.since or one.until) and (one.since or on) <= on <= (one.until or on)]
    if not dated:
        return {span for one in own if not one.since and not one.until for span in one.spans}
    latest = max(one.since or date.min for one in dated)
    return {span for one in dated if (one.since or date.min) == latest for span in one.spans}


def worked(rows: list[Hours], days_off: list[tuple[date, bool]], on: date) -> set[tuple[int, int]]:
    """Spans of work on this date."""
    kinds = {works for day, works in days_off if day == on}
    own = hours_of(rows, on.weekday(), on)
    if True in kinds:
        return own or hours_of(rows, 0, on)
    return set() if False in kinds else own


class ByTheMinute:
    """Every minute of the days, one by one; moments are minutes since 1970."""

    def __init__(self, rows: list[Hours], days_off: list[tuple[date, bool]]) -> None:
        self.zero = (BEGIN - EPOCH).days * 1440
        self.works = np.zeros(((END - BEGIN).days + 1) * 1440, dtype=bool)
        self.edges: dict[int, tuple[int, int]] = {}
        for number in range((END - BEGIN).days + 1):
            spans = worked(rows, days_off, BEGIN + timedelta(days=number))
            for start, end in spans:
                self.works[number * 1440 + start : number * 1440 + end] = True
            if spans:
                self.edges[number] = (min(start for start, _ in spans), max(end for _, end in spans))
        self.moments = np.flatnonzero(self.works)
        self.days = sorted(self.edges)

    def measure(self, start: int, end: int) -> int:
        low, high = sorted((start - self.zero, end - self.zero))
        found = int(np.count_nonzero(self.works[low:high]))
        return found if end >= start else -found

    def minutes_later(self, start: int, amount: int) -> int:
        """The end of the `amount`-th working minute that begins at or after the start."""
        if not amount:
            return start
        ahead = int(np.searchsorted(self.moments, start - self.zero))
        return int(self.moments[ahead + amount - 1]) + 1 + self.zero

    def days_later(self, start: int, amount: int) -> int:
        """The same clock time on the `amount`-th working day after the next working moment, clipped to its hours."""
        begun = int(self.moments[np.searchsorted(self.moments, start - self.zero)])
        day = self.days[self.days.index(begun // 1440) + amount]
        opening, closing = self.edges[day]
        return day * 1440 + min(max(begun % 1440, opening), closing) + self.zero


def the_same(rows: list[Hours], days_off: list[tuple[date, bool]]) -> WorkingCalendar:
    def number(on: date | None) -> int | None:
        return None if on is None else (on - EPOCH).days

    hours = tuple(HoursRow(frozenset(one.weekdays), one.spans, number(one.since), number(one.until), row)
                  for row, one in enumerate(rows, start=2))  # fmt: skip
    holidays = tuple(
        Holiday((on - EPOCH).days, works, "", False, row) for row, (on, works) in enumerate(days_off, start=2)
    )
    return WorkingCalendar.of(hours, holidays, first_year=2025, last_year=2027)


@pytest.mark.parametrize("seed", range(8))
def test_every_minute_is_counted_as_by_hand(seed: int) -> None:
    chance = random.Random(900 + seed)
    low, high = (date(2025, 12, 5) - EPOCH).days * 1440, (date(2026, 12, 31) - EPOCH).days * 1440
    for _ in range(OFFICES // 8):
        rows, days_off = random_office(chance)
        office, by_hand = the_same(rows, days_off), ByTheMinute(rows, days_off)
        start = np.array([chance.randint(low, high) for _ in range(INTERVALS_AN_OFFICE)])
        end = np.array(
            [
                one + chance.choice((chance.randint(0, 300), chance.randint(-3000, 20000)))
                for one in start.tolist()
            ]
        )
        end = np.maximum(end, low)
        size = len(start) // 5
        pairs = list(zip(start.tolist(), end.tolist(), strict=True))
        assert office.measure(start, end).tolist() == [by_hand.measure(*pair) for pair in pairs]
        assert office.is_working(start).tolist() == by_hand.works[start - by_hand.zero].tolist()
        for at in range(5):
            some, amount = (
                start[at * size : (at + 1) * size],
                chance.choice((0, 1, 10, 30, 45, 449, 450, 2000)),
            )
            expected = [by_hand.minutes_later(one, amount) for one in some.tolist()]
            assert office.add(some, Standard(amount, Unit.MINUTES)).tolist() == expected
            hours = chance.choice((0.5, 1, 1.5, 8, 16))
            expected = [by_hand.minutes_later(one, round(hours * 60)) for one in some.tolist()]
            assert office.add(some, Standard(hours, Unit.HOURS)).tolist() == expected
            days = chance.choice((1, 1, 2, 3, 5, 14))
            expected = [by_hand.days_later(one, days) for one in some.tolist()]
            assert office.add(some, Standard(days, Unit.DAYS)).tolist() == expected
