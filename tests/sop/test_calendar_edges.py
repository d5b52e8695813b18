"""The calendar at its edges: closed days, the first and the last day, moments outside of its years."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tracker.sop.calendar import DAY, WorkingCalendar, day_number
from tracker.sop.model import Holiday, HoursRow, Standard, Unit

WEEK = (
    HoursRow(frozenset({0, 1, 2, 3}), ((450, 720),), None, None, 2),
    HoursRow(frozenset({4}), ((470, 710),), None, None, 3),
)
FIRST, LAST = day_number(date(2027, 1, 1)), day_number(date(2027, 12, 31))
"""Both are Fridays."""


@pytest.fixture
def calendar() -> WorkingCalendar:
    """The calendar of that year; laid out anew for every test, lest mutation testing see an old one."""
    return WorkingCalendar.of(WEEK, (), first_year=2027, last_year=2027)


def closed(*days: int) -> WorkingCalendar:
    holidays = tuple(
        Holiday(day, works=False, name="", estimated=False, row=row) for row, day in enumerate(days, 2)
    )
    return WorkingCalendar.of(WEEK, holidays, first_year=2027, last_year=2027)


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        pytest.param(FIRST, 470, 710, id="the first day"),
        pytest.param(FIRST - 4, 470, 710, id="before it: as the first day"),
        pytest.param(FIRST + 1, 0, DAY - 1, id="a Saturday"),
        pytest.param(FIRST + 3, 450, 720, id="a Monday"),
        pytest.param(LAST, 470, 710, id="the last day"),
        pytest.param(LAST + 400, 470, 710, id="after it: as the last day"),
    ],
)
def test_opening_and_closing(calendar: WorkingCalendar, day: int, opens: int, closes: int) -> None:
    days = np.array([day])
    assert calendar.opening(days).tolist() == [day * DAY + opens]
    assert calendar.closing(days).tolist() == [day * DAY + closes]


@pytest.mark.parametrize(
    ("at", "covered"),
    [(FIRST * DAY - 1, False), (FIRST * DAY, True), ((LAST + 1) * DAY - 1, True), ((LAST + 1) * DAY, False)],
)
def test_the_years_of_a_calendar_begin_and_end_at_midnight(
    calendar: WorkingCalendar, at: int, covered: bool
) -> None:
    assert calendar.covers(np.array([at])).tolist() == [covered]


@pytest.mark.parametrize(
    ("day", "minutes"), [(FIRST - 9, 240), (FIRST, 240), (FIRST + 1, 270), (LAST, 240), (LAST + 9, 240)]
)
def test_minutes_of_the_nearest_working_day(calendar: WorkingCalendar, day: int, minutes: int) -> None:
    assert calendar.minutes_of_day(day) == minutes


def test_after_the_last_working_day_the_last_one_counts() -> None:
    """Closed from Monday 27 December: the last working day is Friday the 24th."""
    office = closed(*range(LAST - 4, LAST + 1))
    assert [office.minutes_of_day(day) for day in (LAST - 8, LAST - 4, LAST)] == [270, 240, 240]


def test_a_deadline_behind_the_calendar_is_its_last_working_day(calendar: WorkingCalendar) -> None:
    friday = LAST * DAY + 540
    assert calendar.add(np.array([friday]), Standard(1, Unit.DAYS)).tolist() == [friday]
    thursday = friday - DAY
    assert calendar.add(np.array([thursday]), Standard(30, Unit.DAYS)).tolist() == [friday]
    # The end of the last working minute.
    assert calendar.add(np.array([friday]), Standard(9000, Unit.MINUTES)).tolist() == [LAST * DAY + 710]


def test_on_the_first_and_the_last_day(calendar: WorkingCalendar) -> None:
    start = np.array([FIRST * DAY + 500, LAST * DAY - DAY + 500])
    assert calendar.add(start, Standard(1, Unit.DAYS)).tolist() == [(FIRST + 3) * DAY + 500, LAST * DAY + 500]
    # A quarter of the day reached: of Friday's 240 minutes.
    assert calendar.add(start[:1] - 20, Standard(0.25, Unit.DAYS)).tolist() == [FIRST * DAY + 540]
    assert calendar.add(start[1:] - 50, Standard(1.25, Unit.DAYS)).tolist() == [LAST * DAY + 530]
    # Before the first opening of the calendar.
    assert calendar.add(np.array([(FIRST - 30) * DAY]), Standard(10, Unit.MINUTES)).tolist() == [
        FIRST * DAY + 480
    ]


def test_an_office_that_works_until_midnight() -> None:
    row = HoursRow(frozenset(range(7)), ((0, DAY),), None, None, 2)
    office = WorkingCalendar.of((row,), (), first_year=2027, last_year=2027)
    assert office.closing(np.array([FIRST])).tolist() == [(FIRST + 1) * DAY]
    assert office.opening(np.array([FIRST])).tolist() == [FIRST * DAY]
    assert office.minutes_of_day(FIRST) == DAY
    end = (LAST + 1) * DAY
    assert office.is_working(np.array([FIRST * DAY - 1, FIRST * DAY, end - 1, end])).tolist() == [
        False, True, True, False,
    ]  # fmt: skip


def test_holidays_on_the_first_and_the_last_day_and_outside() -> None:
    days = np.array([FIRST, FIRST + 3, LAST]) * DAY
    for office, expected in (
        (closed(FIRST - 1, LAST + 1), [240, 270, 240]),
        (closed(FIRST), [0, 270, 240]),
        (closed(LAST), [240, 270, 0]),
    ):
        assert office.measure(days, days + DAY).tolist() == expected


def test_hours_of_a_single_day() -> None:
    """A row of Jam Kerja that holds from and until the same Monday, and one that begins on its last day."""
    monday = FIRST + 3
    one = HoursRow(frozenset({0}), ((480, 600),), monday, monday, 4)
    office = WorkingCalendar.of((*WEEK, one), (), first_year=2027, last_year=2027)
    assert [office.minutes_of_day(day) for day in (monday, monday + 7)] == [120, 270]
    until = HoursRow(frozenset({0, 1}), ((480, 600),), monday - 7, monday + 1, 4)
    since = HoursRow(frozenset({0, 1}), ((480, 540),), monday + 1, None, 5)
    office = WorkingCalendar.of((*WEEK, until, since), (), first_year=2027, last_year=2027)
    assert [office.minutes_of_day(monday + day) for day in (0, 1, 2, 7)] == [120, 60, 270, 60]
    office = WorkingCalendar.of((*WEEK, until, HoursRow(frozenset({2}), ((480, 540),), monday + 1, None, 5)), (),
                                first_year=2027, last_year=2027)  # fmt: skip
    assert [office.minutes_of_day(monday + day) for day in (0, 1, 2)] == [120, 120, 60]


def test_without_hours_the_next_working_moment_is_the_first_of_the_calendar() -> None:
    office = WorkingCalendar.of((), (), first_year=2027, last_year=2027)
    at = np.array([(FIRST + 40) * DAY])
    assert (
        office.next_working(at).tolist() == office.add(at, Standard(1, Unit.DAYS)).tolist() == [FIRST * DAY]
    )
