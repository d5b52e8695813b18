"""Performers and "Compliance figures" of the rules contract, sentence by sentence.

Every test quotes the sentence it is about; the expectation is worked out by hand from the sentence alone.
"""

from __future__ import annotations

import pytest

from tests.sop.registers import KASUBBAG, PENGELOLA, STAF, minute, register
from tests.sop.sentences import LINKED, WHOLE, clock, codes, seen, verdicts
from tracker.sop.compliance import month_end, month_figures, semester_figures
from tracker.sop.evaluation import evaluate
from tracker.sop.figures import Month
from tracker.sop.hindsight import as_of


def test_who_held_the_role_on_the_date_of_selesai_else_mulai() -> None:
    people = (
        f"Kasub Lama|{KASUBBAG}| | |3/8",
        f"Kasub Baru|{KASUBBAG}| |4/8",
        f"Ganti Dulu|{KASUBBAG}|Plt.|5/8|5/8",
    )
    rows = [
        "K-1|1|Kasub Lama|3/8 15.59|4/8 07.31",  # P301: finished on the 4th
        "K-2|1|Kasub Lama|3/8 09.00|",  # open: by Mulai
        "K-3|1|Kasub Baru|3/8 15.59|4/8 07.32",
        "K-4|1|Ganti Dulu|5/8 09.00|5/8 09.05",
        "K-5|1|Ganti Dulu|6/8 09.00|6/8 09.06",  # P301: his day is over
        "K-6|1|Kasub Lama; Kasub Baru|4/8 09.00|4/8 09.07",  # one of them is enough
        "K-7|1||4/8 09.30|4/8 09.38",  # P305
        "K-8|1||5/8 09.30|5/8 09.39",  # P303: two could be meant
    ]
    found = codes(seen(rows, "6/8 10.00", people=people), "P")
    assert found == [(2, "P301", "galat"), (6, "P301", "galat"), (8, "P305", "catatan"), (9, "P303", "galat")]


def test_deciding_on_ones_own_work() -> None:
    """`a decision made by whoever did the latest non-decision step before it`; two decisions in a row look back."""
    people = (f"Kasub Satu|{KASUBBAG}", f"Serba Bisa|{KASUBBAG}", f"Serba Bisa|{STAF}", f"Staf Dua|{STAF}",
              f"Serba Bisa|{PENGELOLA}")  # fmt: skip
    rows = [
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05",
        "K-1|2|Staf Dua|3/8 09.10|3/8 11.00",
        "K-1|3|Serba Bisa|3/8 13.00|3/8 13.20",
        "K-1|4|Staf Dua|3/8 13.30|3/8 13.40|Ya",
        "K-1|5|Serba Bisa|3/8 13.45|3/8 13.50|Ya",
    ]
    assert codes(seen(rows, "3/8 14.00", people=people), "P") == [(6, "P304", "peringatan")]


def test_as_of_the_end_of_a_month() -> None:
    """`events beginning later are dropped, one finishing later is running`."""
    rows = [
        "K-1|1|Kasub Satu|31/8 09.00|31/8 09.05",
        "K-1|2|Staf Satu|31/8 10.00|1/9 09.00",
        "K-1|3|Kelola Satu|1/9 09.05|1/9 09.20",
    ]
    book = as_of(register(rows), month_end(Month(2026, 8)))
    found = evaluate(book, month_end(Month(2026, 8)))
    assert verdicts(found) == ["tepat", "berjalan"]
    assert found.items.open_event.tolist() == [1]
    august = month_figures(register(rows), Month(2026, 8), minute("31/12 10.00"))
    assert (august.count, august.on_time, len(august.running)) == (1, 1, 1)
    assert clock(august.as_of) == "31/8 23.59"
    september = month_figures(register(rows), Month(2026, 9), minute("31/12 10.00"))
    assert (september.count, september.on_time) == (2, 2)


def test_a_month_that_still_runs_is_as_of_now() -> None:
    figures = month_figures(register(WHOLE[:2]), Month(2026, 8), minute("3/8 10.00"))
    assert (clock(figures.as_of), figures.count, [one.is_open for one in figures.running]) == (
        "3/8 10.00",
        1,
        [True],
    )


def test_percentiles_leave_out_what_began_outside_working_time() -> None:
    """`events begun outside working time are counted apart and left out of these two`."""
    starts = ["08.00", "08.10", "08.20", "08.30", "06.00"]
    lasting = [1, 2, 3, 10, 9]
    rows = [
        f"K-{index}|1|Kasub Satu|{index + 3}/8 {start}|{index + 3}/8 "
        + (f"08.{int(start[3:]) + minutes:02d}" if start != "06.00" else "07.39")
        for index, (start, minutes) in enumerate(zip(starts, lasting, strict=True))
    ]
    first = month_figures(register(rows), Month(2026, 8), minute("31/8 16.00")).steps[0]
    assert (first.count, first.on_time, first.begun_outside) == (5, 5, 1)
    assert first.median_minutes == pytest.approx(2.5)
    assert first.p90_minutes == pytest.approx(3 + 0.7 * 7)


def test_items_with_a_galat_stay_in_the_denominator() -> None:
    rows = [*WHOLE, *(row.replace("K-1", "K-2").replace("3/8", "4/8") for row in WHOLE if "|3|" not in row)]
    items = [f"K-{number} | | | https://contoh.go.id/kiriman/{number}" for number in (1, 2)]
    figures = month_figures(register(rows, items=items), Month(2026, 8), minute("31/8 16.00"))
    assert (figures.items.count, figures.items.compliant, figures.items.first_pass) == (2, 1, 2)


def test_lead_time_work_and_waiting_of_finished_items() -> None:
    """`lead time from first start to last finish in working minutes, work and waiting apart`."""
    items = month_figures(register(WHOLE, items=LINKED), Month(2026, 8), minute("31/8 16.00")).items
    assert items.median_lead_minutes == 180 + 70  # 09.00–12.00 and 13.00–14.10
    assert items.work_minutes == 5 + 110 + 20 + 10 + 5 + 10
    assert items.wait_minutes == 5 + 60 + 10 + 5 + 10
    assert items.work_minutes + items.wait_minutes == items.median_lead_minutes


def test_the_series_and_the_change_against_the_month_before() -> None:
    rows = [
        "K-1|1|Kasub Satu|3/7 09.00|3/7 09.05",
        "K-2|1|Kasub Satu|3/7 09.00|3/7 09.30",
        "K-3|1|Kasub Satu|3/8 09.00|3/8 09.06",
    ]
    figures = month_figures(register(rows), Month(2026, 8), minute("31/8 16.00"))
    assert [str(one.month) for one in figures.series][::11] == ["2025-09", "2026-08"]
    assert [(one.count, one.on_time, one.late) for one in figures.series[-2:]] == [(2, 1, 1), (1, 1, 0)]
    assert figures.change is not None
    assert (figures.change.count, figures.change.late, figures.change.points) == (-1, -1, pytest.approx(50.0))


def test_a_semester_is_its_six_months() -> None:
    rows = [
        "K-1|1|Kasub Satu|30/6 09.00|30/6 09.05",
        "K-2|1|Kasub Satu|1/7 09.00|1/7 09.30",
        "K-3|1|Staf Satu|31/12 09.00|31/12 09.06",
    ]
    first, second = (semester_figures(register(rows), 2026, half, minute("31/12 16.00")) for half in (1, 2))
    assert (first.total.count, second.total.count, second.total.late) == (1, 2, 1)
    assert [str(one.month) for one in second.months] == [f"2026-{number:02d}" for number in range(7, 13)]
    assert dict(second.steps[0].finding_counts) == {"P301": 1, "W201": 1, "W210": 1}
