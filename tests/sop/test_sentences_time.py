""" "Working time" of the rules contract, sentence by sentence.

Every test quotes the sentence it is about; the expectation is worked out by hand from the sentence alone.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.sop.registers import HOLIDAYS, KASUBBAG, STAF, WEEK, standard, step
from tests.sop.sentences import LINKED, WHOLE, clock, codes, due, seen, verdicts
from tracker.sop.calendar import day_number
from tracker.sop.model import END, Holiday, HoursRow, Settings, Sop
from tracker.sop.verdicts import NONE


@pytest.mark.parametrize(
    ("start", "amount", "deadline"),
    [
        ("3/8 15.50", "10 menit", "3/8 16.00"),  # "15.50 + 10 minutes = 16.00 the same day"
        ("3/8 11.50", "10 menit", "3/8 12.00"),  # the earliest moment, not the end of the break
        ("3/8 11.50", "11 menit", "3/8 13.01"),
        ("3/8 12.10", "10 menit", "3/8 13.10"),  # "counts from the next working moment"
        ("3/8 05.00", "10 menit", "3/8 07.40"),
        ("3/8 16.00", "10 menit", "4/8 07.40"),
        ("1/8 09.00", "2 jam", "3/8 09.30"),  # a Saturday
        ("14/8 16.25", "10 menit", "18/8 07.35"),  # a weekend and a holiday between
        ("3/8 09.10", "1 hari", "4/8 09.10"),
        ("14/8 09.10", "1 hari", "18/8 09.10"),
        ("14/8 16.20", "1 hari", "18/8 16.00"),  # clipped to the last closing
        ("13/8 11.45", "1 hari", "14/8 11.45"),  # inside Friday's break: stays
        ("3/8 12.10", "1 hari", "4/8 13.00"),  # begun in the break: from the next working moment
        ("3/8 16.00", "1 hari", "5/8 07.30"),
        ("1/8 09.00", "3 hari", "6/8 07.30"),
    ],
)
def test_deadlines(start: str, amount: str, deadline: str) -> None:
    assert due(start, amount) == deadline


def test_days_are_clipped_to_the_opening_too() -> None:
    late_monday = (
        HoursRow(frozenset({0}), ((450, 960),), None, None, 2),
        HoursRow(frozenset({1}), ((540, 960),), None, None, 3),
    )
    assert due("3/8 07.45", "1 hari", hours=late_monday) == "4/8 09.00"


RAMADAN = (
    HoursRow(frozenset({0, 1, 2, 3}), ((480, 720), (750, 900)), day_number(date(2026, 2, 19)),
             day_number(date(2026, 3, 20)), 4),
)  # fmt: skip


def test_dated_hours_win_while_they_are_in_force() -> None:
    """`office hours of that date (dated rows win)`: Ramadan 2026, from Thursday 19 February."""
    hours = (*WEEK, *RAMADAN)
    assert due("18/2 15.55", "10 menit", hours=hours) == "19/2 08.05"
    assert due("18/2 15.55", "1 hari", hours=hours) == "19/2 15.00"
    assert due("19/2 12.25", "10 menit", hours=hours) == "19/2 12.40"
    assert due("20/2 16.25", "10 menit", hours=hours) == "23/2 08.05"  # Friday has no dated row
    assert due("20/3 16.25", "10 menit", hours=hours) == "23/3 07.35"


def test_of_two_dated_rows_the_later_one_wins() -> None:
    """`dated rows override it, the latest Berlaku Mulai winning`."""
    later = HoursRow(frozenset({0}), ((600, 660),), day_number(date(2026, 3, 2)), None, 5)
    assert due("2/3 07.00", "10 menit", hours=(*WEEK, later, *RAMADAN)) == "2/3 10.10"


def test_a_replacement_working_day_has_mondays_hours() -> None:
    """`a Hari Kerja Pengganti makes its date a working day, with Monday's hours where its weekday has none`."""
    saturday = Holiday(day_number(date(2026, 8, 8)), works=True, name="", estimated=False, row=3)
    friday = Holiday(day_number(date(2026, 8, 7)), works=True, name="", estimated=False, row=4)
    days = (*HOLIDAYS, saturday, friday)
    assert due("7/8 16.25", "10 menit", holidays=days) == "8/8 07.35"
    assert due("8/8 15.55", "10 menit", holidays=days) == "10/8 07.35"
    assert due("7/8 11.25", "10 menit", holidays=days) == "7/8 13.05"  # its own hours where it has some
    rows = ["K-1|1|Kasub Satu|8/8 09.00|8/8 09.05"]
    assert codes(seen(rows, "8/8 10.00", holidays=days), "W") == []


def test_a_six_day_week_without_breaks_is_data() -> None:
    week = (HoursRow(frozenset(range(6)), ((480, 840),), None, None, 2),)
    assert due("8/8 13.55", "10 menit", hours=week) == "10/8 08.05"
    assert due("7/8 13.00", "1 hari", hours=week) == "8/8 13.00"
    assert due("7/8 11.55", "10 menit", hours=week) == "7/8 12.05"


def test_an_office_that_never_closes() -> None:
    always = (HoursRow(frozenset(range(7)), ((0, 1440),), None, None, 2),)
    assert due("8/8 23.55", "10 menit", hours=always, holidays=()) == "9/8 00.05"
    assert due("8/8 23.55", "1 hari", hours=always, holidays=()) == "9/8 23.55"
    assert due("8/8 00.00", "1 hari", hours=always, holidays=()) == "9/8 00.00"


def test_late_counts_working_minutes_only() -> None:
    """`a finish in the break or the evening after the deadline is not late yet`."""
    for start, finish, late in (
        ("3/8 11.45", "3/8 11.55", 0),
        ("3/8 11.45", "3/8 11.56", 1),
        ("3/8 11.50", "3/8 12.59", 0),
        ("3/8 11.50", "3/8 13.00", 0),
        ("3/8 11.50", "3/8 13.01", 1),
        ("3/8 15.50", "4/8 07.30", 0),
        ("3/8 15.50", "4/8 07.31", 1),
    ):
        found = seen([f"K-1|1|Kasub Satu|{start}|{finish}"], "4/8 08.00")
        assert found.events.late_minutes.tolist() == [late]
        assert verdicts(found) == ["terlambat" if late else "tepat"]


def test_urgency_is_elapsed_by_the_working_minutes_to_the_deadline() -> None:
    found = seen(["K-1|1|Kasub Satu|3/8 11.55|"], "3/8 12.30")
    assert (found.events.elapsed.tolist(), found.events.allowed_minutes.tolist()) == ([5], [10])
    assert found.items.urgency[0] == pytest.approx(0.5)


def test_waiting_is_apart_from_work() -> None:
    """`Waiting (previous finish → start) is measured and shown apart from work (start → finish)`."""
    found = seen(WHOLE[:3], "3/8 13.20")
    assert found.events.waited.tolist() == [NONE, 5, 60]
    assert found.events.elapsed.tolist() == [5, 110, 20]
    assert (found.items.work_minutes[0], found.items.wait_minutes[0]) == (135, 65)


@pytest.mark.parametrize(
    ("strict", "finish", "verdict", "late"),
    [
        (False, "3/8 09.35", "tepat", 0),
        (False, "3/8 09.36", "tidak dinilai", 0),
        (True, "3/8 09.35", "tepat", 0),
        (True, "3/8 09.36", "terlambat", 1),
    ],
)
def test_a_blank_start(strict: bool, finish: str, verdict: str, late: int) -> None:
    """`if a start at the previous event's finish would still be on time, the event is tepat; otherwise …`."""
    sop = Sop({}, (step(1, KASUBBAG, standard("10 menit"), 1), step(2, STAF, standard("30 menit"), END)))
    rows = ["K-1|1|Kasub Satu|3/8 09.00|3/8 09.05", f"K-1|2|Staf Satu||{finish}"]
    found = seen(rows, "3/8 10.00", sop=sop, items=LINKED, settings=Settings(strict_start=strict))
    assert (verdicts(found)[1], found.events.late_minutes[1]) == (verdict, late)
    assert (found.events.start_assumed.tolist(), clock(int(found.events.start[1]))) == (
        [False, True],
        "3/8 09.05",
    )
    assert (3, "W208", "catatan") in codes(found, "W208")
    assert found.items.compliant.tolist() == [0 if verdict == "terlambat" else 1]


@pytest.mark.parametrize("strict", [False, True])
def test_a_blank_start_without_a_previous_event_is_not_judged(strict: bool) -> None:
    found = seen(["K-1|1|Kasub Satu||3/8 09.05"], "3/8 10.00", settings=Settings(strict_start=strict))
    assert (verdicts(found), found.events.start.tolist()) == (["tidak dinilai"], [NONE])
    assert found.events.start_assumed.tolist() == [True]


def test_an_unreadable_moment_is_not_a_blank_one() -> None:
    """`nothing is assumed, start/finish is null, W208 is not raised`."""
    rows = [WHOLE[0], "K-1|2|Staf Satu|?|3/8 11.00", "K-2|1|Kasub Satu||?", "K-3|1|Kasub Satu|3/8 09.00|?"]
    found = seen(rows, "3/8 12.00")
    assert verdicts(found)[1:] == ["tidak dinilai"] * 3
    assert found.events.start_assumed.tolist() == [False] * 4
    assert found.events.start.tolist()[1:3] == [NONE, NONE]
    assert codes(found, "W208") == []


def test_findings_on_order_performer_or_hasil_never_change_the_verdict() -> None:
    rows = [
        "K-1|1|Staf Satu|3/8 09.00|3/8 09.05",  # P301
        "K-1|5|Orang Lain|3/8 09.10|3/8 09.15|?",  # U101, P302, an outcome nobody understands
        "K-1|4|Staf Dua|3/8 09.05|3/8 09.50|Ya",  # late, written down late
    ]
    assert verdicts(seen(rows, "3/8 12.00")) == ["tepat", "tepat", "terlambat"]


def test_what_is_not_judged() -> None:
    """`tidak dinilai only for W203, W205, …, U105, D402, D403, …, D408 on its moment or ID, or …`."""
    sop = Sop({}, (step(1, KASUBBAG, None, 1), step(2, STAF, standard("1 hari"), END)))
    rows = [
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05",  # no standard
        "K-2|2|Staf Satu|3/8 09.10|3/8 09.05",  # W203
        "K-3|2|Staf Satu|3/8 09.10|3/8 12.16",  # W205: 16 minutes after now
        "K-4|2|Staf Satu|3/8 09.00|",  # U105
        "K-4|2|Staf Satu|3/8 10.00|3/8 11.00",
        "K-9|2|Staf Satu|3/8 09.00|3/8 10.00",  # D402
        "K-5|7|Staf Satu|3/8 09.00|3/8 10.00",  # D403
        "K-5|2|Staf Satu||",  # D408
        "|2|Staf Satu|3/8 09.00|3/8 10.00",  # D408 on the ID
        "K-6|2|Staf Satu|3/8 09.00|3/8 12.15",  # 15 minutes are tolerated
    ]
    items = [f"K-{number}" for number in range(1, 7)]
    found = seen(rows, "3/8 12.00", sop=sop, items=items)
    assert verdicts(found) == [*["tidak dinilai"] * 4, "tepat", *["tidak dinilai"] * 4, "tepat"]


def test_dates_alone_are_no_copied_minutes() -> None:
    """`two successive steps of two items with the same minutes`: a date without a time has none."""
    dated = [f"K-{number}|{index}|{name}|3/8|3/8" for number in (1, 2)
             for index, name in ((1, "Kasub Satu"), (2, "Staf Satu"))]  # fmt: skip
    assert codes(seen(dated, "3/8 16.30"), "W206") == []
    timed = [row.replace("3/8|3/8", "3/8 09.00|3/8 09.05") for row in dated]
    assert codes(seen(timed, "3/8 16.30"), "W206") == [(4, "W206", "catatan")]


def test_parts_of_a_day_are_parts_of_the_minutes_of_the_day_reached() -> None:
    """Rounded half up, as the formulas of the sheet do: half of 465 minutes is 233."""
    odd = (HoursRow(frozenset(range(5)), ((450, 915),), None, None, 2),)
    assert due("3/8 07.30", "0,5 hari", hours=odd) == "3/8 11.23"
    assert due("3/8 07.30", "1,5 hari", hours=odd) == "4/8 11.23"
    assert due("3/8 14.00", "0,5 hari") == "4/8 09.15"  # 120 of 225 minutes on Monday
    assert due("3/8 09.00", "2,5 menit") == "3/8 09.03"


@pytest.mark.parametrize(
    ("row", "now", "warned"),
    [
        ("K-1|2|Staf Satu|4/8 09.00|4/8 10.00", "6/8 09.00", True),  # its deadline lies behind the 5th
        ("K-1|1|Kasub Satu|4/8 09.00|4/8 09.05", "4/8 09.10", True),  # the waiting that follows does
        ("K-1|1|Kasub Satu|3/8 09.00|3/8 09.05", "3/8 09.10", False),
        ("K-1|2|Staf Satu||6/8 10.00", "6/8 11.00", False),  # judged by nothing
        ("K-1|2|Staf Satu|6/8 09.00|6/8 10.00", "6/8 11.00", False),
    ],
)
def test_an_estimated_date_warns_when_used(row: str, now: str, warned: bool) -> None:
    """`Dates marked as estimates say so in Keterangan and warn when used` (sheet Hari Libur)."""
    days = (*HOLIDAYS, Holiday(day_number(date(2026, 8, 5)), works=False, name="x", estimated=True, row=7))
    settings = Settings(wait_limit=standard("1 hari") if "|1|" in row else standard("1 menit"))
    found = [one for one in seen([row], now, holidays=days, settings=settings).findings if one.code == "S509"]
    assert [(one.place.sheet, one.place.row, one.severity.value) for one in found] == (
        [("Hari Libur", 7, "peringatan")] if warned else []
    )
