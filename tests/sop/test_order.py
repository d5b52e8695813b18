"""Order: every U-code from a few rows that an office could have typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sop.registers import KASUBBAG, STAF, minute, register, step
from tracker.findings import Place, Severity, finding
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, NO_STEP, UNKNOWN_TARGET, Events, Register, Sop, Standard, Unit
from tracker.sop.verdicts import ItemState

DISPOSED = "K-1 | 1 | Kasub Satu | 3/8 09.00 | 3/8 09.05"
GATHERED = "K-1 | 2 | Staf Satu | 3/8 09.05 | 3/8 15.00"
DRAFTED = "K-1 | 3 | Kelola Satu | 3/8 15.00 | 3/8 15.20"
EDITED = "K-1 | 4 | Staf Dua | 3/8 15.20 | 3/8 15.40 | Ya"
APPROVED = "K-1 | 5 | Kasub Satu | 3/8 15.40 | 3/8 15.50 | Ya"
POSTED = "K-1 | 6 | Kelola Satu | 4/8 08.00 | 4/8 08.10"
WHOLE = [DISPOSED, GATHERED, DRAFTED, EDITED, APPROVED, POSTED]


def order_of(rows: list[str], now: str = "20/8 10.00") -> list[tuple[str, int | None]]:
    """(code, sheet row) of every finding on order."""
    findings = evaluate(register(rows), minute(now)).findings
    return [(one.code, one.place.row) for one in findings if one.code.startswith("U")]


def test_a_whole_path_is_in_order_and_finished() -> None:
    evaluation = evaluate(register(WHOLE), minute("20/8 10.00"))
    assert [one.code for one in evaluation.findings] == ["D411"]
    assert list(evaluation.items.state) == [ItemState.FINISHED]
    assert list(evaluation.items.compliant) == [1]
    assert list(evaluation.items.finished_at) == [minute("4/8 08.10")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([DISPOSED, DRAFTED], [("U101", 3)], id="step skipped"),
        pytest.param([DISPOSED, GATHERED, EDITED], [("U101", 4)], id="decision before its draft"),
        pytest.param([GATHERED], [("U104", 2)], id="not begun with the first step"),
        pytest.param([DISPOSED, "K-1|1|Kasub Satu|3/8 10.00|3/8 10.05"], [("U102", 3)], id="repeated"),
        pytest.param(
            [DISPOSED, GATHERED, "K-1|1|Kasub Satu|4/8 10.00|4/8 10.05"], [("U107", 4)], id="backwards"
        ),
        pytest.param([*WHOLE, "K-1|3|Kelola Satu|5/8 10.00|5/8 10.05"], [("U103", 8)], id="after the end"),
        pytest.param([*WHOLE, "K-1|6|Kelola Satu|5/8 10.00|5/8 10.05"], [("U108", 8)], id="posted again"),
        pytest.param(
            [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|", "K-1|3|Kelola Satu|3/8 15.00|3/8 15.20"],
            [("U105", 3)],
            id="earlier event unfinished",
        ),
        pytest.param(
            [DISPOSED, GATHERED, EDITED, POSTED], [("U101", 4), ("U101", 5)], id="two faults, two findings"
        ),
    ],
)
def test_each_fault_gives_its_code_at_its_row(rows: list[str], expected: list[tuple[str, int]]) -> None:
    assert order_of(rows) == expected


def test_a_step_written_down_late_belongs_to_the_finding_that_named_it() -> None:
    late = "K-1|3|Kelola Satu|5/8 10.00|5/8 10.05"
    assert order_of([DISPOSED, GATHERED, EDITED, late]) == [("U101", 4)]
    assert order_of([DISPOSED, GATHERED, EDITED, late, late.replace("5/8", "6/8")]) == [
        ("U101", 4),
        ("U107", 6),
    ]


@pytest.mark.parametrize(("begun", "severity"), [("14.55", Severity.CATATAN), ("14.54", Severity.GALAT)])
def test_overlap_up_to_five_minutes_is_only_noted(begun: str, severity: Severity) -> None:
    rows = [DISPOSED, GATHERED, f"K-1|3|Kelola Satu|3/8 {begun}|3/8 15.20"]
    found = [one for one in evaluate(register(rows), minute("3/8 15.30")).findings if one.code == "U106"]
    assert [(one.place.row, one.severity) for one in found] == [(4, severity)]


def test_tidak_leads_back_and_counts_a_round() -> None:
    rows = [*WHOLE[:3], "K-1|4|Staf Dua|3/8 15.20|3/8 15.40|Tidak|kurang sumber"]
    evaluation = evaluate(register(rows), minute("3/8 15.45"))
    assert evaluation.items.allowed == ((2,),)
    assert list(evaluation.items.round) == [2]
    assert not [one for one in evaluation.findings if one.code.startswith("U")]


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        pytest.param("5", [("D418", 5)], id="read as ya"),
        pytest.param("3", [("D418", 5)], id="read as tidak"),
        pytest.param(None, [("D409", 5)], id="nothing follows"),
        pytest.param("2", [("D409", 5)], id="neither leads there"),
    ],
)
def test_a_decision_without_hasil_is_read_from_what_follows(following: str | None, expected: object) -> None:
    rows = [*WHOLE[:3], "K-1|4|Staf Dua|3/8 15.20|3/8 15.40"]
    if following:
        rows.append(f"K-1|{following}|Kasub Satu|3/8 15.40|3/8 15.50")
    findings = evaluate(register(rows), minute("3/8 15.55")).findings
    told = [
        (one.code, one.place.row) for one in findings if one.code in ("D409", "D418") and one.place.row == 5
    ]
    assert told == expected


def test_an_event_of_an_unknown_step_or_item_moves_nothing() -> None:
    rows = [DISPOSED, "K-1|9|Staf Satu|3/8 09.10|3/8 09.20", "|2|Staf Satu|3/8 09.10|3/8 09.20", GATHERED]
    assert order_of(rows) == []


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [*WHOLE, "K-1|3|Kelola Satu|5/8 10.00|5/8 10.05"]
    assert [code for code, _ in order_of(rows[::-1])] == [code for code, _ in order_of(rows)]


def test_an_event_without_a_moment_stands_where_its_row_stands() -> None:
    assert order_of([DISPOSED, "K-1|2|Staf Satu|?|?", DRAFTED]) == []
    assert order_of([DISPOSED, DRAFTED, "K-1|2|Staf Satu|?|?"]) == [("U101", 3)]


def test_a_cancelled_item_keeps_what_was_finished_before_that_day() -> None:
    rows = [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|5/8 15.00", "K-1|3|Kelola Satu|5/8 15.00|"]
    evaluation = evaluate(register(rows, items=["K-1 | 4/8"]), minute("20/8 10.00"))
    assert list(evaluation.events.counts) == [True, False, False]
    assert list(evaluation.items.state) == [ItemState.CANCELLED]
    assert [one.code for one in evaluation.findings] == ["D413"]


def test_what_was_done_on_the_day_of_cancelling_contradicts_nothing() -> None:
    rows = [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|4/8 08.00"]
    evaluation = evaluate(register(rows, items=["K-1 | 4/8"]), minute("20/8 10.00"))
    assert (list(evaluation.events.counts), evaluation.findings) == ([True, False], ())


def test_an_open_last_step_has_ended_nothing_while_a_missing_one_is_written_down() -> None:
    rows = [*WHOLE[:4], "K-1|6|Kelola Satu|3/8 15.50|", "K-1|5|Kasub Satu|3/8 15.40|3/8 15.55|Ya"]
    items = evaluate(register(rows), minute("3/8 15.56")).items
    assert (list(items.state), list(items.is_open), list(items.open_event)) == (
        [ItemState.RUNNING],
        [True],
        [4],
    )
    assert (items.allowed, list(items.overdue)) == (((5,),), [False])


def test_uploading_again_is_no_work_on_the_finished_item() -> None:
    again = "K-1|6|Kelola Satu|12/8 10.00|12/8 10.10"
    once, twice = (evaluate(register(rows), minute("20/8 10.00")).items for rows in (WHOLE, [*WHOLE, again]))
    assert (once.work_minutes[0], once.wait_minutes[0]) == (twice.work_minutes[0], twice.wait_minutes[0])
    assert once.finished_at[0] == twice.finished_at[0]


def test_an_id_typed_in_another_case_keeps_its_faults() -> None:
    rows = [*WHOLE[:-1], "k-1|6|Kelola Satu|4/8 08.00|4/8 08.10"]
    book = register(rows, items=["K-1"])
    unreadable = finding("D404", Place("Riwayat", 7, "Mulai"), id="k-1", reason="x")
    evaluation = evaluate(replace(book, findings=(unreadable,)), minute("20/8 10.00"))
    assert list(evaluation.items.compliant) == [0]
    assert unreadable in evaluation.findings_of(0)


def test_a_decision_that_ends_the_sop_either_way_ends_it_without_hasil() -> None:
    hour = Standard(1, Unit.HOURS)
    sop = Sop({}, (step(1, KASUBBAG, hour, 1), step(2, STAF, hour, END, END)))
    evaluation = evaluate(
        register([DISPOSED, "K-1|2|Staf Satu|3/8 09.05|3/8 09.30"], sop=sop), minute("3/8 10.00")
    )
    assert list(evaluation.items.state) == [ItemState.FINISHED]
    unknown = Sop({}, (step(1, KASUBBAG, hour, 1), step(2, STAF, hour, END, UNKNOWN_TARGET + 9)))
    evaluation = evaluate(
        register([DISPOSED, "K-1|2|Staf Satu|3/8 09.05|3/8 09.30"], sop=unknown), minute("3/8 10.00")
    )
    assert list(evaluation.items.state) == [ItemState.RUNNING]


def test_an_unknown_start_lies_before_its_finish() -> None:
    """Returned at 15.50 by a decision without Mulai, taken up again in the same minute."""
    returned = "K-1|5|Kasub Satu||3/8 15.50|Tidak|judul keliru"
    assert order_of([*WHOLE[:4], returned, "K-1|4|Staf Dua|3/8 15.50|"], "3/8 15.55") == []


def shuffled(rows: list[str], order: list[int]) -> Register:
    """The register of these rows with its columns in another order; every event keeps the row of its sheet."""
    book = register(rows)
    columns = {name: getattr(book.events, name)[order] for name in Events.__slots__}
    return replace(book, events=Events(**columns))


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]])
def test_silent_events_stand_by_their_rows_in_whatever_order_they_come(order: list[int]) -> None:
    rows = [DISPOSED, "K-1|2|Staf Satu|?|?", "K-1|3|Kelola Satu|?|?", EDITED]
    assert order_of_book(shuffled(rows, order)) == []
    rows = [DISPOSED, "K-1|3|Kelola Satu|?|?", "K-1|2|Staf Satu|?|?", EDITED]
    assert order_of_book(shuffled(rows, order)) == [("U101", 3)]


def order_of_book(book: Register, now: str = "20/8 10.00") -> list[tuple[str, int | None]]:
    findings = evaluate(book, minute(now)).findings
    return [(one.code, one.place.row) for one in findings if one.code.startswith("U")]


def codes_of(sop: Sop, rows: list[str]) -> list[tuple[str, int | None]]:
    findings = evaluate(register(rows, sop=sop), minute("20/8 10.00")).findings
    return [
        (one.code, one.place.row) for one in findings if one.code[0] == "U" or one.code in ("D409", "D418")
    ]


def test_nobody_breaks_an_order_that_langkah_does_not_state() -> None:
    """Step 2 leads to nothing that can be read (S505): whatever follows it is in order."""
    hour = Standard(1, Unit.HOURS)
    sop = Sop({}, (step(1, KASUBBAG, hour, 1), step(2, STAF, hour, NO_STEP), step(3, STAF, hour, END)))
    assert codes_of(sop, [DISPOSED, GATHERED, DRAFTED]) == []
    assert codes_of(sop, [DISPOSED, GATHERED, GATHERED.replace("3/8", "4/8")]) == []


def test_a_decision_that_may_return_to_itself_is_not_read_from_itself() -> None:
    """The last row of all: nothing follows from which Hasil could be told."""
    hour = Standard(1, Unit.HOURS)
    sop = Sop({}, (step(1, KASUBBAG, hour, 1), step(2, STAF, hour, END, 1)))
    assert codes_of(sop, [DISPOSED, GATHERED]) == [("D409", 3)]
    again = GATHERED.replace("3/8", "4/8") + "|Ya"
    assert codes_of(sop, [DISPOSED, GATHERED, again]) == [("D418", 3)]
