"""The figures of a month, as of a moment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.sop.registers import minute, register
from tracker.findings import Place, finding
from tracker.sop.compliance import as_of, month_end, month_figures, month_of, semester_figures
from tracker.sop.figures import Month, MonthFigures
from tracker.sop.model import Register

ROWS = [
    "K-1 | 1 | Kasub Satu | 3/8 09.00 | 3/8 09.05",
    "K-1 | 2 | Staf Satu | 3/8 09.05 | 3/8 15.00",
    "K-1 | 3 | Kelola Satu | 3/8 15.00 | 3/8 15.45",  # 15 minutes late
    "K-1 | 4 | Staf Dua | 3/8 15.45 | 3/8 15.50 | Tidak | kurang sumber",
    "K-1 | 3 | Kelola Satu | 4/8 08.00 | 4/8 08.20",
    "K-1 | 4 | Staf Dua | 4/8 08.20 | 4/8 08.30 | Ya",
    "K-1 | 5 | Kasub Satu | | 4/8 09.00 | Ya",  # not judged: 30 minutes since step 4, of 10
    "K-1 | 6 | Kelola Satu | 4/8 09.00 | 4/8 09.10",
    "K-2 | 1 | Kasub Satu | 31/8 09.00 | 31/8 09.05",
    "K-2 | 2 | Staf Satu | 31/8 15.00 | 2/9 09.00",  # running at the end of August, late after it
    "K-3 | 1 | Kasub Satu | 1/9 09.00 | 1/9 09.05",
]
AUGUST = Month(2026, 8)


def test_months() -> None:
    assert month_of(minute("31/8 23.59")) == AUGUST
    assert month_end(AUGUST) == minute("31/8 23.59")
    assert (AUGUST.shifted(5), AUGUST.shifted(-8)) == (Month(2027, 1), Month(2025, 12))


def test_the_figures_of_a_month_that_is_over() -> None:
    figures = month_figures(register(ROWS), AUGUST, minute("20/10 09.00"))
    assert figures.as_of == minute("31/8 23.59")
    assert (figures.count, figures.on_time, figures.late, figures.unjudged) == (9, 7, 1, 1)
    assert (figures.items.count, figures.items.compliant, figures.items.first_pass) == (1, 0, 0)
    assert (figures.items.rework_rounds, figures.rework_rounds) == (1, 1)
    assert [(one.id, one.violations, one.rework_rounds, one.state) for one in figures.listed] == [
        ("K-1", 1, 1, "selesai"),
        ("K-2", 0, 0, "berjalan"),
    ]
    assert [(one.id, one.step, one.late_minutes, one.row) for one in figures.violations] == [
        ("K-1", 3, 15, 4)
    ]
    assert [(one.id, one.step, one.is_open) for one in figures.running] == [("K-2", 2, True)]


def test_columns_add_up() -> None:
    figures = month_figures(register(ROWS), AUGUST, minute("20/10 09.00"))
    assert figures.count == figures.on_time + figures.late + figures.unjudged
    assert figures.count == sum(one.count for one in figures.steps)
    assert figures.late == sum(one.violations for one in figures.listed) == len(figures.violations)
    assert figures.rework_rounds == sum(one.rework_rounds for one in figures.listed)


def test_a_step_carries_its_own_denominators() -> None:
    third = month_figures(register(ROWS), AUGUST, minute("20/10 09.00")).steps[2]
    assert (third.count, third.on_time, third.late, third.median_minutes, third.late_minutes) == (
        2,
        1,
        1,
        32.5,
        15,
    )


def test_twelve_months_end_with_the_report_month() -> None:
    series = month_figures(register(ROWS), Month(2026, 9), minute("20/10 09.00")).series
    assert [str(point.month) for point in series][-2:] == ["2026-08", "2026-09"]
    assert [(point.count, point.on_time, point.late) for point in series][-2:] == [(9, 7, 1), (2, 1, 1)]
    assert len(series) == 12


def test_what_comes_later_does_not_change_what_was_said() -> None:
    moment = minute("31/8 23.59")
    said = month_figures(register(ROWS[:9]), AUGUST, moment)
    again = month_figures(
        register([*ROWS[:9], "K-1|6|Kelola Satu|5/9 09.00|5/9 09.10"]), AUGUST, minute("9/9 09.00")
    )
    assert said == again


def test_as_of_drops_what_begins_later_and_reopens_what_ends_later() -> None:
    cut = as_of(register(ROWS), minute("31/8 23.59"))
    assert list(cut.events.row) == list(range(2, 12))
    assert cut.events.finish_state[-1] == 0


def test_an_empty_month_has_empty_figures() -> None:
    figures = month_figures(register([]), AUGUST, minute("20/10 09.00"))
    assert (figures.count, figures.items.count, figures.listed, figures.violations) == (0, 0, (), ())


def august(book: Register) -> MonthFigures:
    return month_figures(book, AUGUST, minute("20/10 09.00"))


def test_the_same_per_person_and_per_role() -> None:
    figures = august(register(ROWS))
    assert [(one.name, one.tally.count, one.tally.late, one.tally.unjudged) for one in figures.persons] == [
        ("Kasub Satu", 3, 0, 1),
        ("Kelola Satu", 3, 1, 0),
        ("Staf Dua", 2, 0, 0),
        ("Staf Satu", 1, 0, 0),
    ]
    assert [one.tally.count for one in figures.roles] == [3, 3, 3]
    assert sum(one.tally.late_minutes for one in figures.persons) == sum(
        one.late_minutes for one in figures.steps
    )


def test_two_persons_together_count_for_both_and_nobody_for_nobody() -> None:
    rows = ["K-1|1|Kasub Satu; Staf Satu|3/8 09.00|3/8 09.05", "K-1|2||3/8 09.05|3/8 10.00"]
    figures = august(register(rows))
    assert [(one.name, one.tally.count) for one in figures.persons] == [
        ("", 1),
        ("Kasub Satu", 1),
        ("Staf Satu", 1),
    ]
    assert figures.count == 2


def test_items_and_punctuality_by_channel_and_kind() -> None:
    book = register(ROWS)
    items = replace(book.items, channel=np.array(["Instagram", "Situs", "Situs"], dtype=object))
    figures = august(replace(book, items=items))
    assert [(one.name, one.items, one.finished, one.compliant, one.tally.count, one.tally.late)
            for one in figures.channels] == [("Instagram", 1, 1, 0, 8, 1), ("Situs", 1, 0, 0, 1, 0)]  # fmt: skip
    assert [(one.name, one.items, one.tally.on_time) for one in figures.kinds] == [("", 2, 7)]


def test_the_change_against_the_month_before() -> None:
    change = month_figures(register(ROWS), Month(2026, 9), minute("20/10 09.00")).change
    assert change is not None
    assert (change.count, change.late, change.items, change.compliant) == (-7, 0, -1, 0)
    assert change.points == 50 - 100 * 7 / 8
    assert august(register(ROWS)).change.points is None  # type: ignore[union-attr]  # July judged nothing


def test_half_a_year_of_facts() -> None:
    second = semester_figures(register(ROWS), 2026, 2, minute("20/10 09.00"))
    assert second.as_of == minute("20/10 09.00")
    assert [str(one.month) for one in second.months] == [f"2026-{number:02d}" for number in range(7, 13)]
    assert [one.count for one in second.months] == [0, 9, 2, 0, 0, 0]
    assert (second.total.count, second.total.late, second.items.count) == (11, 2, 1)
    assert [one.figures.count for one in second.steps] == [3, 2, 2, 2, 1, 1]
    assert dict(second.steps[2].finding_counts) == {"W201": 1}
    assert semester_figures(register(ROWS), 2026, 1, minute("20/10 09.00")).total.count == 0


def test_rows_kept_out_by_a_galat_are_counted_in_their_month() -> None:
    rows = [
        *ROWS,
        "|2|Staf Satu|5/8 09.00|5/8 10.00",  # no ID: August
        "K-9|9|Staf Satu|5/9 09.00|5/9 10.00",  # unknown step: September
        "K-3|2|Staf Satu|2/9 09.00|?",  # nobody knows when
    ]
    assert august(register(rows)).not_counted == 1
    assert month_figures(register(rows), Month(2026, 9), minute("20/10 09.00")).not_counted == 2
    assert august(register(ROWS)).not_counted == 0


def test_what_was_wrong_in_a_later_row_does_not_change_an_earlier_month() -> None:
    book = register([*ROWS, "K-1|6|Kelola Satu|5/9 09.00|?"])
    unreadable = finding("D404", Place("Riwayat", 13, "Selesai"), id="K-1", reason="x")
    assert august(replace(book, findings=(unreadable,))).findings == august(register(ROWS)).findings


def test_waiting_too_long_belongs_to_the_month_it_lasts_into() -> None:
    assert ("W210", 1) in month_figures(
        register(ROWS[:1]), Month(2026, 9), minute("20/10 09.00")
    ).finding_counts
