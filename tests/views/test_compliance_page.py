"""The view behind page Kepatuhan: what a month concludes, its tables, and the events behind every figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sop.registers import HOLIDAYS, KASUBBAG, STAF, WEEK, minute, register
from tests.views.examples import august, empty
from tracker.sop.compliance import MonthCount, month_evaluation, month_figures
from tracker.sop.evaluation import evaluate
from tracker.sop.figures import Month, MonthPoint
from tracker.sop.model import HoursRow
from tracker.sop.verdicts import Verdict
from tracker.views.compliance import (
    By,
    Slice,
    Standpoint,
    TargetState,
    Which,
    behind,
    group_rows,
    headline,
    hours,
    may_see_persons,
    month_rows,
    months_to_choose,
    person_rows,
    step_rows,
    target_days,
    total_row,
    trend,
)
from tracker.views.today import Person

AUGUST = Month(2026, 8)
NOW = minute("20/8 12.00")
ROWS = [
    "K-1 | 1 | Kasub Satu | 3/8 08.00 | 3/8 08.25",
    "K-1 | 2 | Staf Satu | 3/8 08.30 | 3/8 09.00",
    "K-1 | 3 | Kelola Satu | 3/8 09.00 | 3/8 10.40",
    "K-1 | 4 | Staf Dua; Staf Satu | 3/8 11.00 | 3/8 11.20 | Tidak | gambar kabur",
    "K-1 | 3 | Kelola Satu | 3/8 13.00 | 3/8 13.20",
    "K-1 | 4 | Staf Dua | 3/8 13.20 | 3/8 13.40 | Ya",
    "K-2 | 1 | Kasub Satu | 4/8 08.00 | 4/8 08.05",
    "K-2 | 2 | Staf Satu |  | 6/8 15.00",
    "K-3 | 1 | Kasub Satu | 5/8 08.00 | 5/8 08.08",
    "K-4 | 1 | Kasub Satu | 13/7 08.00 | 13/7 08.09",
]


def counted(rows: list[str] = ROWS, role: str | None = None, **others: object) -> MonthCount:
    read = register(rows, **others)  # type: ignore[arg-type]
    return MonthCount(month_evaluation(read, AUGUST, NOW), AUGUST, role=role)


# -- headline


def test_a_full_month_says_share_change_target_and_bottleneck() -> None:
    seen = headline(august())
    assert seen.standpoint is Standpoint.ENOUGH
    assert (seen.punctuality.on_time, seen.punctuality.judged) == (151, 165)
    assert seen.punctuality.points == pytest.approx(0.5)
    assert seen.against_target == "berada di atas"
    assert [one.step for one in seen.bottlenecks] == [4]
    assert (seen.bottleneck_minutes, seen.late_minutes) == (1064, 187 + 21 + 1064 + 72 + 4)


def test_the_bottleneck_is_the_sum_of_minutes_and_not_the_number_of_late_events() -> None:
    full = august()
    steps = tuple(
        replace(
            one, late=9 if one.step == 1 else 1, late_minutes=9 if one.step == 1 else 90 * (one.step == 2)
        )
        for one in full.steps
    )
    assert [one.step for one in headline(replace(full, steps=steps)).bottlenecks] == [2]


def test_ties_name_every_step_and_no_lateness_names_none() -> None:
    full = august()
    tied = tuple(replace(one, late_minutes=30 if one.step in (2, 5) else 0) for one in full.steps)
    assert [one.step for one in headline(replace(full, steps=tied)).bottlenecks] == [2, 5]
    none = tuple(replace(one, late_minutes=0) for one in full.steps)
    assert headline(replace(full, late=0, steps=none)).bottlenecks == ()


@pytest.mark.parametrize(
    ("count", "on_time", "late", "expected"),
    [
        (0, 0, 0, Standpoint.NOTHING),
        (3, 0, 0, Standpoint.UNJUDGED),
        (9, 7, 2, Standpoint.FEW),
        (12, 7, 2, Standpoint.FEW),
        (10, 8, 2, Standpoint.ENOUGH),
    ],
)
def test_how_much_can_be_said(count: int, on_time: int, late: int, expected: Standpoint) -> None:
    figures = replace(august(), count=count, on_time=on_time, late=late, unjudged=count - on_time - late)
    assert headline(figures).standpoint is expected


def test_the_months_to_choose_are_those_with_events_and_the_running_one() -> None:
    evaluation = evaluate(register(ROWS), minute("1/10 09.00"))
    assert months_to_choose(evaluation) == (Month(2026, 10), AUGUST, Month(2026, 7))


def test_figures_per_person_are_for_holders_of_a_role_with_decisions() -> None:
    sop = register(ROWS).sop
    assert may_see_persons(Person("Kasub Satu", (KASUBBAG,)), sop)
    assert may_see_persons(Person("Staf Satu", (STAF,)), sop)
    assert not may_see_persons(Person("Kelola Satu", ("Pengelola JDIH",)), sop)
    assert not may_see_persons(Person("Tamu", ()), sop)
    assert not may_see_persons(None, sop)


# -- tables and the lists behind them


def total(count: MonthCount, chosen: Slice) -> int:
    return behind(count, chosen).total


@pytest.mark.parametrize("role", [None, KASUBBAG, STAF])
def test_every_figure_of_the_step_table_has_its_list(role: str | None) -> None:
    count = counted(role=role)
    figures = count.figures()
    rows = step_rows(figures, count.evaluation.register.sop)
    for row in (*rows, total_row(figures, rows)):
        assert total(count, Slice(Which.ALL, row.by, row.value)) == row.counted.count
        assert total(count, Slice(Which.JUDGED, row.by, row.value)) == row.judged
        assert total(count, Slice(Which.ON_TIME, row.by, row.value)) == row.counted.on_time
        assert total(count, Slice(Which.RETURNED, row.by, row.value)) == row.returned
        late = behind(count, Slice(Which.LATE, row.by, row.value))
        assert late.total == row.counted.late
        assert sum(one.late_minutes for one in late.lines) == row.late_minutes
    assert total(count, Slice(Which.UNJUDGED)) == figures.unjudged


def test_every_figure_of_the_other_tables_has_its_list() -> None:
    count = counted()
    figures, people = count.figures(), count.evaluation.register.people
    rows = (
        *person_rows(figures.persons, people),
        *group_rows(figures.channels, By.CHANNEL),
        *group_rows(figures.kinds, By.KIND),
    )
    assert rows
    for row in rows:
        assert total(count, Slice(Which.ALL, row.by, row.value)) == row.counted.count
        assert total(count, Slice(Which.LATE, row.by, row.value)) == row.counted.late


def test_a_role_counts_its_own_steps_in_every_month() -> None:
    count = counted(role=KASUBBAG)
    figures = count.figures()
    assert {one.step for one in figures.steps} == {1, 5}
    assert (figures.count, figures.on_time, figures.late) == (3, 2, 1)
    assert [one.count for one in figures.series[-2:]] == [1, 3]
    assert sum(counted(role=one).figures().count for one in count.evaluation.register.sop.roles) == 9


def test_all_roles_together_are_the_month() -> None:
    read = register(ROWS)
    assert counted().figures() == month_figures(read, AUGUST, NOW)


def test_a_known_evaluation_is_taken_only_where_it_says_the_same() -> None:
    read = register(ROWS)
    known = evaluate(read, NOW)
    assert month_evaluation(read, AUGUST, NOW, known=known) is known
    assert month_evaluation(read, Month(2026, 7), NOW, known=known) is not known
    assert month_evaluation(register(ROWS), AUGUST, NOW, known=known) is not known
    ahead = register([*ROWS, "K-3 | 2 | Staf Satu | 20/8 11.00 | 20/8 12.10"])
    later = evaluate(ahead, NOW)
    assert month_evaluation(ahead, AUGUST, NOW, known=later) is not later


def test_returned_is_a_share_of_decisions_only() -> None:
    count = counted()
    figures = count.figures()
    rows = step_rows(figures, count.evaluation.register.sop)
    assert [row.decisions for row in rows] == [None, None, None, 2, 0, None]
    whole = total_row(figures, rows)
    assert (whole.returned, whole.decisions) == (1, 2)


def test_a_list_is_sorted_by_what_was_asked_and_paged() -> None:
    count = counted()
    late = behind(count, Slice(Which.LATE))
    assert [one.late_minutes for one in late.lines] == [70, 15]
    assert all(one.verdict is Verdict.LATE for one in late.lines)
    everything = behind(count, Slice(Which.ALL))
    finishes = [one.finish for one in everything.lines]
    assert finishes == sorted(finishes, reverse=True)
    second = behind(count, Slice(Which.ALL), first=4, most=4)
    assert second.lines == everything.lines[4:8]
    assert behind(count, Slice(Which.ALL), first=400, most=4).first == 0


def test_what_nothing_answers_to_is_an_empty_list() -> None:
    count = counted()
    strange = [
        Slice(Which.ALL, By.STEP, "99"),
        Slice(Which.ALL, By.PERSON, "999"),
        Slice(Which.ALL, By.KIND, "x"),
    ]
    assert [(behind(count, one).total, behind(count, one).name) for one in strange] == [(0, "")] * 3


def test_no_name_of_a_person_stands_in_a_key() -> None:
    count = counted()
    rows = person_rows(count.figures().persons, count.evaluation.register.people)
    assert {row.name for row in rows} >= {"Kasub Satu", "Staf Satu", "Staf Dua"}
    assert all(row.value.isdigit() for row in rows)
    assert [row.counted.count for row in rows] == sorted((row.counted.count for row in rows), reverse=True)


def test_events_of_cancelled_items_are_said_and_not_counted() -> None:
    assert counted().dropped() == 0
    cancelled = counted(items=["K-1 | 3/8", "K-2", "K-3", "K-4"])
    assert cancelled.figures().count == 3
    assert cancelled.dropped() == 6


# -- the line


def test_months_without_events_are_gaps_and_few_are_marked() -> None:
    full = august()
    series = list(full.series)
    series[3] = MonthPoint(series[3].month, 0, 0, 0)
    series[5] = MonthPoint(series[5].month, 8, 7, 1)
    seen = trend(replace(full, series=tuple(series)))
    assert [len(run) for run in seen.runs] == [3, 8]
    assert [one.is_few for one in seen.points].index(True) == 5
    assert [one.is_chosen for one in seen.points] == [False] * 11 + [True]
    assert seen.months == 10
    enough = [one for one in series if one.on_time + one.late >= 10]
    assert seen.highest == max(enough, key=lambda one: one.percent or 0)
    assert seen.lowest == min(enough, key=lambda one: one.percent or 0)


def test_nothing_is_concluded_from_nothing() -> None:
    seen = trend(empty())
    assert (seen.runs, seen.months, seen.highest, seen.lowest) == ((), 0, None, None)


def test_the_target_is_reached_where_the_reader_sees_it_reached() -> None:
    full = august()
    series = tuple(MonthPoint(one.month, 20, 18, 2) for one in full.series)
    assert trend(replace(full, series=series)).reached == 12
    assert trend(replace(full, series=series, target_percent=90.1)).reached == 0


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=12, max_size=12))
def test_every_known_month_lies_on_the_line_once(pairs: list[tuple[int, int]]) -> None:
    series = tuple(
        MonthPoint(AUGUST.shifted(n - 11), good + bad, good, bad) for n, (good, bad) in enumerate(pairs)
    )
    seen = trend(replace(august(), series=series))
    assert sum(len(run) for run in seen.runs) == sum(good + bad > 0 for good, bad in pairs)
    assert all(0 <= height <= 1 and 0 < across < 1 for run in seen.runs for across, height in run)
    assert [row.value for row in month_rows(series)] == [str(one.month) for one in reversed(series)]


# -- the calendar in force


def test_hours_are_those_of_the_calendar_with_the_holidays_they_lose() -> None:
    seen = hours(counted().evaluation, AUGUST)
    assert len(seen.schedules) == 1
    assert [(week.weekdays, week.spans) for week in seen.schedules[0].weeks] == [
        ((0, 1, 2, 3), ((450, 720), (780, 960))),
        ((4,), ((450, 690), (780, 990))),
    ]
    assert [one.on for one in seen.holidays] == [HOLIDAYS[0].on]


def test_other_hours_begin_on_their_day() -> None:
    first = minute("10/8 00.00") // 1440
    short = HoursRow(frozenset({0, 1, 2, 3, 4}), ((480, 840),), first, first + 100, 9)
    seen = hours(counted(hours=(*WEEK, short)).evaluation, AUGUST)
    assert [one.from_on for one in seen.schedules][1:] == [first]
    assert [week.spans for week in seen.schedules[1].weeks] == [((480, 840),)]


def test_a_book_without_hours_says_so() -> None:
    assert hours(counted(hours=()).evaluation, AUGUST).schedules == ()


# -- target dates


def test_what_became_of_every_target_date() -> None:
    rows = [
        "K-1 | 1 | Kasub Satu | 3/8 08.00 | 3/8 08.05",
        "K-1 | 2 | Staf Satu | 3/8 08.10 | 3/8 09.00",
        "K-1 | 3 | Kelola Satu | 3/8 09.00 | 3/8 09.20",
        "K-1 | 4 | Staf Dua | 3/8 09.20 | 3/8 09.30 | Ya",
        "K-1 | 5 | Kasub Satu | 3/8 09.30 | 3/8 09.35 | Ya",
        "K-1 | 6 | Kelola Satu | 3/8 09.40 | 3/8 09.50",
        "K-2 | 1 | Kasub Satu | 4/8 08.00 | 4/8 08.05",
    ]

    def states(*targets: str) -> list[tuple[str, TargetState]]:
        items = [f"K-{place} |  | {target}" for place, target in enumerate(targets, start=1)]
        days = target_days(evaluate(register(rows, items=items), NOW), AUGUST)
        assert len(days) == 31
        return [(one.id, one.state) for each in days for one in each.items]

    assert states("3/8", "4/8") == [("K-1", TargetState.MET), ("K-2", TargetState.PASSED)]
    assert states("2/8", "20/8") == [("K-1", TargetState.MISSED), ("K-2", TargetState.AHEAD)]
    working = [one.is_working for one in target_days(evaluate(register(rows), NOW), AUGUST)]
    assert working[:3] == [False, False, True]
    assert working[16] is False
