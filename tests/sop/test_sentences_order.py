""" "The path of a content item" of the rules contract, sentence by sentence.

Every test quotes the sentence it is about; the expectation is worked out by hand from the sentence alone.
"""

from __future__ import annotations

import pytest

from tests.sop.registers import minute, register, standard
from tests.sop.sentences import LINKED, WHOLE, clock, codes, seen
from tracker.sop.compliance import month_figures
from tracker.sop.evaluation import evaluate
from tracker.sop.figures import Month
from tracker.sop.model import Settings
from tracker.sop.verdicts import NONE, ItemState


def test_ties_go_by_mulai_then_place_in_langkah_then_row() -> None:
    """`ordered by Selesai (else Mulai), ties by Mulai, then place in Langkah, then row`."""
    rows = [
        "K-1|3|Kelola Satu|3/8 09.10|3/8 09.10",
        "K-1|2|Staf Satu|3/8 09.10|3/8 09.10",
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.10",
        "K-1|3|Kelola Satu|3/8 09.10|3/8 09.10",
    ]
    found = seen(rows, "3/8 09.20")
    assert found.events.position.tolist() == [2, 1, 0, 3]
    assert codes(found) == [(5, "U102", "galat")]


def test_an_event_without_a_readable_moment_stands_where_its_row_stands() -> None:
    rows = [
        "K-1|3|Kelola Satu|4/8 09.00|4/8 09.10",
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05",
        "K-1|2|Staf Satu|?|?",
    ]
    assert seen(rows, "4/8 10.00").events.position.tolist() == [2, 0, 1]


def test_a_skipped_stretch_is_one_finding_and_replay_goes_on_from_there() -> None:
    """`exactly one order finding, and replay goes on from that event, so that one fault gives one finding`."""
    rows = [WHOLE[0], WHOLE[4], WHOLE[5]]
    found = seen(rows, "3/8 15.00", items=LINKED)
    assert codes(found) == [(3, "U101", "galat")]
    message = next(one.message for one in found.findings if one.code == "U101")
    assert all(number in message for number in "234")
    assert "6" not in message


def test_after_a_tidak_the_step_itself_again_is_a_skip_of_the_step_it_leads_to() -> None:
    """`step stands after every step of A → U101 … otherwise same step as p → U102`: 4 Tidak allows only 3."""
    rows = [*WHOLE[:3], "K-1|4|Staf Dua|3/8 13.30|3/8 13.40|Tidak|x", "K-1|4|Staf Dua|3/8 13.50|3/8 13.55|Ya"]
    assert codes(seen(rows, "3/8 14.00")) == [(6, "U101", "galat")]


def test_an_undecided_decision_allows_both_ways() -> None:
    """`otherwise both successors are allowed and it is D409`: 5 follows neither of 3 and 5's … of step 4."""
    rows = [*WHOLE[:3], "K-1|4|Staf Dua|3/8 13.30|3/8 13.40", "K-1|6|Kelola Satu|3/8 14.00|3/8 14.10"]
    found = seen(rows, "3/8 15.00", items=LINKED)
    assert codes(found, "U", "D409", "D418") == [(5, "D409", "peringatan"), (6, "U101", "galat")]


def test_an_unfinished_event_is_judged_against_all_of_its_successors() -> None:
    """`p unfinished → U105 on p's row, then judged against all of p's successors`."""
    back = [*WHOLE[:3], "K-1|4|Staf Dua|3/8 13.30||", "K-1|3|Kelola Satu|3/8 14.00|3/8 14.10"]
    on = [*WHOLE[:3], "K-1|4|Staf Dua|3/8 13.30||", "K-1|5|Kasub Satu|3/8 14.00|3/8 14.05|Ya"]
    assert codes(seen(back, "3/8 15.00")) == codes(seen(on, "3/8 15.00")) == [(5, "U105", "galat")]


def test_what_follows_the_end() -> None:
    """`p ended the SOP → U108 for the last step, else U103`; after a U103 replay goes on from that event."""
    rows = [*WHOLE, "K-1|6|Kelola Satu|4/8 09.00|4/8 09.10", "K-1|4|Staf Dua|4/8 10.00|4/8 10.10|Ya",
            "K-1|5|Kasub Satu|4/8 10.20|4/8 10.25|Ya"]  # fmt: skip
    assert codes(seen(rows, "4/8 11.00", items=LINKED)) == [(8, "U108", "catatan"), (9, "U103", "galat")]


def test_the_finish_of_an_item_stays_the_first_one() -> None:
    """`U108 … the item's finish stays the first one`: in the figures of its month too."""
    rows = [*WHOLE, "K-1|6|Kelola Satu|3/9 09.00|3/9 09.10"]
    book = register(rows, items=LINKED)
    found = evaluate(book, minute("30/9 10.00"))
    assert clock(int(found.items.finished_at[0])) == "3/8 14.10"
    assert month_figures(book, Month(2026, 8), minute("30/9 10.00")).items.count == 1
    september = month_figures(book, Month(2026, 9), minute("30/9 10.00"))
    assert (september.items.count, september.count) == (0, 1)


def test_begun_before_the_previous_finish_comes_on_top() -> None:
    """`U106 comes on top of any of these`; `start < previous finish (equal is fine)`; `catatan up to 5 minutes`."""
    for start, expected in (
        ("09.05", []),
        ("09.04", [(3, "U106", "catatan")]),
        ("09.00", [(3, "U106", "catatan")]),
        ("08.59", [(3, "U106", "galat")]),
    ):
        rows = ["K-1|1|Kasub Satu|3/8 08.58|3/8 09.05", f"K-1|2|Staf Satu|3/8 {start}|3/8 11.00"]
        assert codes(seen(rows, "3/8 12.00")) == expected
    rows = ["K-1|1|Kasub Satu|3/8 08.50|3/8 09.05", "K-1|3|Kelola Satu|3/8 08.52|3/8 09.10"]
    assert sorted(codes(seen(rows, "3/8 12.00"))) == [(3, "U101", "galat"), (3, "U106", "galat")]


def test_a_step_written_down_late_belongs_to_the_finding_that_named_it() -> None:
    """`… gives none itself and does not move the replay`, also against U106 and after the end."""
    rows = [
        WHOLE[0],
        "K-1|3|Kelola Satu|3/8 13.00|3/8 13.20",
        "K-1|4|Staf Dua|3/8 13.30|3/8 13.40|Ya",
        "K-1|2|Staf Satu|3/8 13.00|3/8 13.42",
        "K-1|5|Kasub Satu|3/8 13.45|3/8 13.50|Ya",
    ]
    assert codes(seen(rows, "3/8 15.00")) == [(3, "U101", "galat")]
    without_first = [*WHOLE[1:], "K-1|1|Kasub Satu|4/8 09.00|4/8 09.05"]
    found = seen(without_first, "4/8 10.00", items=LINKED)
    assert codes(found) == [(2, "U104", "galat")]
    assert found.items.state.tolist() == [ItemState.FINISHED]


def test_a_step_seen_since_is_missing_no_more() -> None:
    """`and which has not been seen since`: 3 was named missing, then came in order after a Tidak."""
    rows = [
        *WHOLE[:2],
        "K-1|4|Staf Dua|3/8 13.00|3/8 13.10|Tidak|x",
        "K-1|3|Kelola Satu|3/8 13.15|3/8 13.20",
        "K-1|4|Staf Dua|3/8 13.30|3/8 13.40|Ya",
        "K-1|3|Kelola Satu|3/8 13.45|3/8 13.50",
    ]
    assert codes(seen(rows, "3/8 15.00")) == [(4, "U101", "galat"), (7, "U107", "galat")]


def test_rounds_count_every_tidak_before() -> None:
    """`1 + the number of Tidak among earlier events of its item`; one filled on step 3 decides nothing."""
    rows = [
        *WHOLE[:2],
        "K-1|3|Kelola Satu|3/8 13.00|3/8 13.10|Tidak|x",
        "K-1|4|Staf Dua|3/8 13.15|3/8 13.20|Tidak|x",
        "K-1|3|Kelola Satu|3/8 13.25|3/8 13.30",
        "K-1|4|Staf Dua|3/8 13.35|3/8 13.40|Tidak|x",
    ]
    found = seen(rows, "3/8 14.00")
    assert found.events.round.tolist() == [1, 1, 1, 1, 2, 2]
    assert found.items.round.tolist() == [3]


def test_of_a_cancelled_item_what_was_finished_before_that_date_counts() -> None:
    rows = [
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05",
        "K-1|2|Staf Satu|3/8 09.10|4/8 08.00",
        "K-1|3|Kelola Satu|3/8 10.00|",
    ]
    found = seen(rows, "6/8 10.00", items=["K-1|4/8"])
    assert found.events.counts.tolist() == [True, False, False]
    assert (found.items.state.tolist(), found.items.compliant.tolist()) == ([ItemState.CANCELLED], [-1])
    assert (found.items.deadline[0], found.items.overdue[0], found.items.allowed[0]) == (NONE, False, ())


def test_a_running_item_knows_since_when_and_until_when() -> None:
    """`With an open event: since = its start, deadline = its deadline`; overdue only once it is past."""
    rows = [WHOLE[0], "K-1|2|Staf Satu|3/8 09.10|"]
    for now, overdue in (("4/8 09.10", False), ("4/8 09.11", True)):
        found = seen(rows, now)
        assert (clock(int(found.items.since[0])), clock(int(found.items.deadline[0]))) == (
            "3/8 09.10",
            "4/8 09.10",
        )
        assert (found.items.overdue[0], found.items.is_open[0]) == (overdue, True)
        assert codes(found, "W2") == ([(3, "W202", "peringatan")] if overdue else [])


@pytest.mark.parametrize(
    ("limit", "deadline"), [("1 hari", "4/8 09.05"), ("3 jam", "3/8 13.05"), ("30 menit", "3/8 09.35")]
)
def test_a_waiting_item_waits_as_long_as_batas_tunggu(limit: str, deadline: str) -> None:
    """`since = the previous finish, deadline = since + Batas Tunggu …, never W202, never in a punctuality figure`."""
    settings = Settings(wait_limit=standard(limit))
    book = register(WHOLE[:1], settings=settings)
    at = evaluate(book, minute(deadline))
    late = evaluate(book, minute(deadline) + 1)
    assert (clock(int(at.items.since[0])), clock(int(at.items.deadline[0]))) == ("3/8 09.05", deadline)
    assert (at.items.overdue[0], late.items.overdue[0]) == (False, True)
    assert codes(late, "W2") == [(2, "W210", "peringatan")]
    figures = month_figures(book, Month(2026, 8), minute(deadline) + 1)
    assert (figures.waiting_overdue, figures.running_overdue, figures.late, figures.on_time) == (1, 0, 0, 1)


def test_an_item_without_events_waits_for_the_first_step() -> None:
    found = seen([], "3/8 09.00", items=["K-1"])
    assert (found.items.state.tolist(), found.items.allowed) == ([ItemState.NOT_STARTED], ((0,),))
    assert (found.items.since[0], found.items.deadline[0], found.items.overdue[0]) == (NONE, NONE, False)
