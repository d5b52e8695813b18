"""Time: deadlines, lateness and waiting as the office counts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sop.registers import HOLIDAYS, WEEK, minute, register
from tracker.sop.calendar import WorkingCalendar, day_number
from tracker.sop.evaluation import evaluate
from tracker.sop.model import Holiday, HoursRow, Settings, Standard, Unit
from tracker.sop.verdicts import NONE, Verdict

RAMADAN = HoursRow(frozenset({0, 1, 2, 3}), ((480, 720), (750, 900)), day_number(date(2026, 2, 19)),
                   day_number(date(2026, 3, 20)), 4)  # fmt: skip
OFFICE = WorkingCalendar.of((*WEEK, RAMADAN), HOLIDAYS, first_year=2025, last_year=2028)


def text(at: object) -> str:
    return str(np.datetime64(int(at), "m"))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("start", "standard", "deadline"),
    [
        ("3/8 09.00", Standard(10, Unit.MINUTES), "2026-08-03T09:10"),
        ("3/8 15.50", Standard(10, Unit.MINUTES), "2026-08-03T16:00"),  # the same day, not the next opening
        ("3/8 15.50", Standard(11, Unit.MINUTES), "2026-08-04T07:31"),
        ("3/8 11.50", Standard(30, Unit.MINUTES), "2026-08-03T13:20"),  # over the break
        ("1/8 10.00", Standard(10, Unit.MINUTES), "2026-08-03T07:40"),  # begun on a Saturday
        ("14/8 16.20", Standard(30, Unit.MINUTES), "2026-08-18T07:50"),  # weekend and 17 August between
        ("3/8 09.00", Standard(1.5, Unit.HOURS), "2026-08-03T10:30"),
        ("3/8 09.00", Standard(1, Unit.DAYS), "2026-08-04T09:00"),
        ("14/8 16.20", Standard(1, Unit.DAYS), "2026-08-18T16:00"),  # clipped to Tuesday's closing
        ("1/8 10.00", Standard(1, Unit.DAYS), "2026-08-04T07:30"),
        ("6/8 11.45", Standard(1, Unit.DAYS), "2026-08-07T11:45"),  # inside Friday's break: stays
        ("18/2 15.30", Standard(1, Unit.DAYS), "2026-02-19T15:00"),  # clipped to Ramadan's closing
        ("3/8 09.00", Standard(3, Unit.DAYS), "2026-08-06T09:00"),
        ("1/8 10.00", Standard(0.5, Unit.DAYS), "2026-08-03T11:15"),  # half of Monday, not of the weekend
        ("1/8 10.00", Standard(0, Unit.DAYS), "2026-08-01T10:00"),
    ],
)
def test_deadlines(start: str, standard: Standard, deadline: str) -> None:
    assert text(OFFICE.add(np.array(minute(start)), standard)) == deadline


def test_replacement_working_days_and_holidays() -> None:
    saturday, monday = day_number(date(2026, 8, 1)), day_number(date(2026, 8, 3))
    days = (Holiday(saturday, works=True, name="", estimated=False, row=2),
            Holiday(monday, works=False, name="", estimated=False, row=3))  # fmt: skip
    office = WorkingCalendar.of(WEEK, days, first_year=2026, last_year=2026)
    assert office.measure(np.array(saturday * 1440), np.array((saturday + 1) * 1440)) == 450
    assert office.measure(np.array(monday * 1440), np.array((monday + 1) * 1440)) == 0


MOMENTS = st.integers(minute("1/1/2026 00.00"), minute("31/12/2027 23.59"))


@given(MOMENTS, st.integers(0, 5000))
def test_measure_undoes_add(start: int, amount: int) -> None:
    reached = OFFICE.add_minutes(np.array(start), amount)
    assert OFFICE.measure(np.array(start), reached) == amount


@given(MOMENTS, MOMENTS, MOMENTS)
def test_measuring_is_additive(one: int, two: int, three: int) -> None:
    first, middle, last = (np.array(at) for at in sorted((one, two, three)))
    assert OFFICE.measure(first, last) == OFFICE.measure(first, middle) + OFFICE.measure(middle, last)


@given(MOMENTS, MOMENTS, st.integers(0, 5000))
def test_a_later_start_is_never_due_earlier(one: int, two: int, amount: int) -> None:
    early, late = sorted((one, two))
    assert OFFICE.add_minutes(np.array(early), amount) <= OFFICE.add_minutes(np.array(late), amount)


@given(MOMENTS, st.integers(0, 2000), st.integers(0, 700))
def test_a_holiday_only_postpones(start: int, amount: int, day: int) -> None:
    more = Holiday(day_number(date(2026, 1, 1)) + day, works=False, name="", estimated=False, row=9)
    office = WorkingCalendar.of((*WEEK, RAMADAN), (*HOLIDAYS, more), first_year=2025, last_year=2028)
    assert office.add_minutes(np.array(start), amount) >= OFFICE.add_minutes(np.array(start), amount)


def verdicts(rows: list[str], now: str = "3/8 15.00", *, strict: bool = False) -> list[str]:
    settings = Settings(strict_start=strict)
    evaluation = evaluate(register(rows, settings=settings), minute(now))
    return [Verdict(one).label for one in evaluation.events.verdict]


FIRST = "K-1|1|Kasub Satu|3/8 09.00|3/8 09.10"


@pytest.mark.parametrize(
    ("row", "now", "verdict", "codes"),
    [
        ("K-1|1|Kasub Satu|3/8 09.00|3/8 09.10", "3/8 10.00", "tepat", []),
        ("K-1|1|Kasub Satu|3/8 09.00|3/8 09.11", "3/8 10.00", "terlambat", ["W201"]),
        ("K-1|1|Kasub Satu|3/8 11.50|3/8 12.30", "3/8 13.00", "tepat", ["W204"]),  # finished in the break
        ("K-1|1|Kasub Satu|3/8 09.00|", "3/8 09.10", "berjalan", []),
        ("K-1|1|Kasub Satu|3/8 09.00|", "3/8 09.11", "lewat tenggat", ["W202"]),
        ("K-1|1|Kasub Satu|3/8 10.15|3/8 09.50", "3/8 11.00", "tidak dinilai", ["W203"]),
        ("K-1|1|Kasub Satu|3/8 09.00|3/8 10.16", "3/8 10.00", "tidak dinilai", ["W205"]),
        ("K-1|1|Kasub Satu|3/8 09.00|3/8 10.15", "3/8 10.00", "terlambat", ["W201"]),
        ("K-1|1|Kasub Satu||3/8 09.10", "3/8 10.00", "tidak dinilai", ["W208"]),
        ("K-1|1|Kasub Satu||", "3/8 10.00", "tidak dinilai", ["D408"]),
        ("K-1|1|Kasub Satu|?|3/8 09.10", "3/8 10.00", "tidak dinilai", []),
        ("K-1|1|Kasub Satu|1/8 09.00|1/8 09.10", "3/8 07.00", "tepat", ["W204", "W204"]),
    ],
)
def test_one_event(row: str, now: str, verdict: str, codes: list[str]) -> None:
    evaluation = evaluate(register([row]), minute(now))
    found = [one.code for one in evaluation.findings if one.code[0] in "WD" and one.code != "W210"]
    assert ([Verdict(one).label for one in evaluation.events.verdict], found) == ([verdict], codes)


def test_nobody_is_late_for_a_time_nobody_knows() -> None:
    quick, slow = "K-1|2|Staf Satu||3/8 12.00", "K-1|2|Staf Satu||5/8 12.00"
    assert verdicts([FIRST, quick], "6/8 09.00") == ["tepat", "tepat"]
    assert verdicts([FIRST, slow], "6/8 09.00") == ["tepat", "tidak dinilai"]
    assert verdicts([FIRST, slow], "6/8 09.00", strict=True) == ["tepat", "terlambat"]
    evaluation = evaluate(register([FIRST, quick]), minute("6/8 09.00"))
    assert list(evaluation.events.start_assumed) == [False, True]
    assert evaluation.events.start[1] == minute("3/8 09.10")


def test_a_standard_nobody_can_read_judges_nobody() -> None:
    office = register([FIRST])
    steps = (replace(office.sop.steps[0], standard=None), *office.sop.steps[1:])
    evaluation = evaluate(replace(office, sop=replace(office.sop, steps=steps)), minute("3/8 10.00"))
    assert [Verdict(one).label for one in evaluation.events.verdict] == ["tidak dinilai"]
    assert evaluation.events.deadline[0] == NONE


def test_waiting_is_apart_from_work() -> None:
    rows = [FIRST, "K-1|2|Staf Satu|3/8 10.00|3/8 11.00"]
    evaluation = evaluate(register(rows), minute("5/8 12.00"))
    assert (evaluation.items.work_minutes[0], evaluation.items.wait_minutes[0]) == (70, 50)
    waiting = [one for one in evaluation.findings if one.code == "W210"]
    assert [(one.place.row, one.step) for one in waiting] == [(3, 3)]
    assert evaluation.items.deadline[0] == minute("4/8 11.00")


def test_a_date_alone_counts_from_opening_to_closing() -> None:
    evaluation = evaluate(register(["K-1|2|Staf Satu|3/8|4/8"]), minute("6/8 09.00"))
    assert (evaluation.events.start[0], evaluation.events.finish[0]) == (
        minute("3/8 07.30"),
        minute("4/8 16.00"),
    )


def test_target_passed_and_not_finished() -> None:
    office = register([FIRST], items=["K-1 | | 2/8"])
    assert "W209" in [one.code for one in evaluate(office, minute("3/8 10.00")).findings]
    assert "W209" not in [one.code for one in evaluate(office, minute("2/8 10.00")).findings]


def test_without_hours_nothing_is_judged() -> None:
    evaluation = evaluate(register([FIRST], hours=()), minute("3/8 10.00"))
    assert [Verdict(one).label for one in evaluation.events.verdict] == ["tidak dinilai"]


def test_an_empty_register_is_fine() -> None:
    evaluation = evaluate(register([]), minute("3/8 10.00"))
    assert (len(evaluation.events.verdict), len(evaluation.items.state)) == (0, 0)


def test_a_year_mistyped_far_ahead_lays_out_no_calendar() -> None:
    evaluation = evaluate(
        register(["K-1|1|Kasub Satu|3/8/2098 09.00|", FIRST.replace("K-1", "K-2")]), minute("3/8 10.00")
    )
    assert len(evaluation.calendar.opens) < 366 * 10
    assert sorted(one.code for one in evaluation.findings) == ["W205"]
    assert evaluation.events.deadline[0] == NONE


def test_the_date_of_today_alone_is_not_in_the_future() -> None:
    rows = [FIRST.replace("3/8 09", "31/7 09"), "K-1|2|Staf Satu|3/8|3/8"]
    evaluation = evaluate(register(rows), minute("3/8 10.00"))
    assert "W205" not in [one.code for one in evaluation.findings]
    assert Verdict(evaluation.events.verdict[1]).label == "tepat"


@pytest.mark.parametrize(("start", "finish"), [("3/8", "3/8 07.10"), ("3/8 16.30", "3/8"), ("2/8", "2/8")])
def test_a_date_alone_is_never_after_a_moment_of_its_day(start: str, finish: str) -> None:
    evaluation = evaluate(register([f"K-1|1|Kasub Satu|{start}|{finish}"]), minute("6/8 09.00"))
    assert "W203" not in [one.code for one in evaluation.findings]


def test_what_a_day_means_in_minutes() -> None:
    monday, friday, saturday = (minute(f"{day}/8 00.00") // 1440 for day in (3, 7, 8))
    assert [OFFICE.minutes_of_day(day) for day in (monday, friday, saturday)] == [450, 450, 450]
    ramadan = minute("19/2 00.00") // 1440
    assert OFFICE.minutes_of_day(ramadan) == 390
    closed = WorkingCalendar.of((), (), first_year=2026, last_year=2026)
    assert (closed.minutes_of_day(monday), closed.has_hours) == (0, False)
    at = np.array([monday * 1440])
    assert (
        closed.add(at, Standard(10, Unit.MINUTES)).shape
        == closed.add(at, Standard(1, Unit.DAYS)).shape
        == (1,)
    )


def test_a_row_of_hours_without_a_beginning_holds_until_its_end() -> None:
    until = HoursRow(frozenset({0}), ((600, 720),), None, minute("3/8 00.00") // 1440, 9)
    office = WorkingCalendar.of((*WEEK, until), (), first_year=2026, last_year=2026)
    assert [office.minutes_of_day(minute(f"{day}/8 00.00") // 1440) for day in (3, 10)] == [120, 450]


@pytest.mark.parametrize(
    ("row", "now", "columns"),
    [
        pytest.param("3/8|", "3/8 06.00", [], id="today has begun"),
        pytest.param("3/8|3/8", "3/8 06.00", [], id="today has begun, twice"),
        pytest.param("4/8|", "3/8 10.00", ["Mulai"], id="tomorrow"),
        pytest.param("4/8|4/8", "3/8 23.44", ["Mulai", "Selesai"], id="tomorrow, 16 minutes ahead"),
        pytest.param("4/8|4/8", "3/8 23.45", [], id="tomorrow, 15 minutes ahead"),
        pytest.param("3/8 10.15|", "3/8 10.00", [], id="15 minutes"),
        pytest.param("3/8 10.16|", "3/8 10.00", ["Mulai"], id="16 minutes"),
        pytest.param("3/8 09.00|3/8 10.15", "3/8 10.00", [], id="finished in 15 minutes"),
        pytest.param("3/8 09.00|3/8 10.16", "3/8 10.00", ["Selesai"], id="finished in 16 minutes"),
    ],
)
def test_what_is_in_the_future(row: str, now: str, columns: list[str]) -> None:
    findings = evaluate(register([f"K-1|1|Kasub Satu|{row}"]), minute(now)).findings
    assert [one.place.column for one in findings if one.code == "W205"] == columns


def test_in_an_office_open_until_midnight_a_date_alone_ends_at_midnight() -> None:
    always = (HoursRow(frozenset(range(7)), ((0, 1440),), None, None, 2),)
    evaluation = evaluate(register(["K-1|2|Staf Satu|3/8|3/8"], hours=always), minute("3/8 10.00"))
    assert evaluation.events.finish.tolist() == [minute("4/8 00.00")]
    assert "W205" not in [one.code for one in evaluation.findings]
