"""Where an item stands, number by number: since when, until when, how urgent, and what it took so far."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sop.registers import KASUBBAG, STAF, minute, register, step
from tests.sop.test_columns import amount, clock
from tests.sop.test_order import DISPOSED, DRAFTED, EDITED, GATHERED, WHOLE
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, UNKNOWN_TARGET, Register, Settings, Sop, Standard, Unit
from tracker.sop.verdicts import ItemState

RETURNED = EDITED.replace("| Ya", "| Tidak | kurang")


def standing(book: Register, now: str, item: int = 0) -> str:
    """`state step | since → deadline | open or waiting, overdue | allowed | open and last event (rows) | round`."""
    states = evaluate(book, minute(now)).items
    at = int(states.step[item])
    numbers = [book.sop.steps[one].number for one in states.allowed[item]]
    rows = [
        int(book.events.row[one]) if one >= 0 else 0
        for one in (states.open_event[item], states.last_event[item])
    ]
    return " | ".join(
        (
            f"{ItemState(states.state[item]).label} {book.sop.steps[at].number if at >= 0 else 0}",
            f"{clock(states.since[item])} → {clock(states.deadline[item])}",
            ("terbuka" if states.is_open[item] else "menunggu") + (" lewat" if states.overdue[item] else ""),
            str(numbers),
            str(rows),
            str(states.round[item]),
        )
    )


@pytest.mark.parametrize(
    ("rows", "now", "expected"),
    [
        pytest.param([], "3/8 10.00", "belum mulai 1 | – → – | menunggu | [1] | [0, 0] | 1", id="not begun"),
        pytest.param([DISPOSED], "4/8 09.05",
                     "berjalan 2 | 3/8 09.05 → 4/8 09.05 | menunggu | [2] | [0, 2] | 1", id="waiting"),
        pytest.param([DISPOSED], "4/8 09.06",
                     "berjalan 2 | 3/8 09.05 → 4/8 09.05 | menunggu lewat | [2] | [0, 2] | 1", id="waiting too long"),
        pytest.param([DISPOSED, "K-1|2|Staf Satu|3/8 10.00|"], "4/8 10.00",
                     "berjalan 2 | 3/8 10.00 → 4/8 10.00 | terbuka | [2] | [3, 3] | 1", id="open"),
        pytest.param([DISPOSED, "K-1|2|Staf Satu|3/8 10.00|"], "4/8 10.01",
                     "berjalan 2 | 3/8 10.00 → 4/8 10.00 | terbuka lewat | [2] | [3, 3] | 1", id="open and overdue"),
        pytest.param([DISPOSED, "K-1|2|Staf Satu|?|"], "4/8 10.01",
                     "berjalan 2 | – → – | terbuka | [2] | [3, 3] | 1", id="open since nobody knows when"),
        pytest.param([DISPOSED, "K-1|2|Staf Satu|3/8 10.00|?"], "4/8 10.01",
                     "berjalan 3 | – → – | menunggu | [3] | [0, 3] | 1", id="waiting since nobody knows when"),
        pytest.param([*WHOLE[:3], RETURNED], "3/8 15.45",
                     "berjalan 3 | 3/8 15.40 → 4/8 15.40 | menunggu | [3] | [0, 5] | 2", id="returned"),
        pytest.param([*WHOLE[:3], RETURNED, DRAFTED.replace("3/8 15.00 | 3/8 15.20", "4/8 08.00 | ")], "4/8 08.10",
                     "berjalan 3 | 4/8 08.00 → 4/8 08.30 | terbuka | [3] | [6, 6] | 2", id="done over again"),
        pytest.param([*WHOLE[:3], "K-1|4|Staf Dua|3/8 15.20||Tidak|x"], "3/8 15.30",
                     "berjalan 4 | 3/8 15.20 → 3/8 15.50 | terbuka | [4] | [5, 5] | 1", id="said, not finished"),
        pytest.param([*WHOLE[:3], "K-1|4|Staf Dua|3/8 15.20|3/8 15.40"], "3/8 15.45",
                     "berjalan 5 | 3/8 15.40 → 4/8 15.40 | menunggu | [3, 5] | [0, 5] | 1", id="not said"),
        pytest.param(WHOLE, "5/8 15.45", "selesai 0 | – → – | menunggu | [] | [0, 7] | 1", id="finished"),
        pytest.param([*WHOLE[:5], "K-1|6|Kelola Satu|4/8 08.00|"], "4/8 08.16",
                     "berjalan 6 | 4/8 08.00 → 4/8 08.15 | terbuka lewat | [6] | [7, 7] | 1", id="the last step"),
        pytest.param([DISPOSED, GATHERED, EDITED.replace("15.20", "15.30"), DRAFTED.replace("15.20", "15.45")],
                     "3/8 15.50", "berjalan 5 | 3/8 15.40 → 4/8 15.40 | menunggu | [5] | [0, 5] | 1",
                     id="a step written down late"),
        pytest.param([DISPOSED, GATHERED, EDITED.replace("15.20", "15.30"), "K-1|3|Kelola Satu|3/8 15.45|"],
                     "3/8 15.50", "berjalan 3 | 3/8 15.45 → 4/8 07.45 | terbuka | [3] | [5, 5] | 1",
                     id="a step written down late, open"),
    ],
)  # fmt: skip
def test_where_an_item_stands(rows: list[str], now: str, expected: str) -> None:
    assert standing(register(rows, items=["K-1"]), now) == expected


@pytest.mark.parametrize("rows", [[DISPOSED], WHOLE, [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|"], []])
def test_a_cancelled_item_stands_nowhere(rows: list[str]) -> None:
    state = standing(register(rows, items=["K-1 | 20/8"]), "21/8 09.00")
    assert state.split(" | ")[:4] == ["dibatalkan 0", "– → –", state.split(" | ")[2], "[]"]
    assert "lewat" not in state


def numbers(book: Register, now: str, item: int = 0) -> tuple[object, ...]:
    """(urgency in per cent, late, elapsed, started, finished, work, wait, compliant) of an item."""
    states = evaluate(book, minute(now)).items
    return (
        round(100 * float(states.urgency[item]), 1),
        *(int(one[item]) for one in (states.late_minutes, states.elapsed)),
        *(clock(int(one[item])) for one in (states.started_at, states.finished_at)),
        *(amount(int(one[item])) for one in (states.work_minutes, states.wait_minutes)),
        int(states.compliant[item]),
    )


@pytest.mark.parametrize(
    ("rows", "now", "expected"),
    [
        pytest.param([], "3/8 10.00", (0.0, 0, 0, "–", "–", "0", "0", -1), id="not begun"),
        pytest.param([DISPOSED], "3/8 13.00", (38.9, 0, 175, "3/8 09.00", "–", "5", "0", -1), id="waiting"),
        pytest.param([DISPOSED], "4/8 09.15",
                     (102.2, 10, 460, "3/8 09.00", "–", "5", "0", -1), id="waiting too long"),
        pytest.param([DISPOSED, "K-1|2|Staf Satu|3/8 10.00|"], "3/8 11.30",
                     (20.0, 0, 90, "3/8 09.00", "–", "5", "55", -1), id="open"),
        pytest.param([DISPOSED, "K-1|2|Staf Satu|3/8 10.00|"], "3/8 09.50",
                     (0.0, 0, 0, "3/8 09.00", "–", "5", "55", -1), id="open from a moment ahead"),
        pytest.param([DISPOSED, "K-1|2|Staf Satu|?|"], "3/8 11.30",
                     (0.0, 0, 0, "3/8 09.00", "–", "5", "0", -1), id="open since nobody knows when"),
        pytest.param(WHOLE, "5/8 15.45",
                     (0.0, 0, 0, "3/8 09.00", "4/8 08.10", "360", "40", 1), id="finished"),
        pytest.param([*WHOLE, "K-1|6|Kelola Satu|5/8 10.00|5/8 10.10"], "5/8 15.45",
                     (0.0, 0, 0, "3/8 09.00", "4/8 08.10", "360", "40", 1), id="uploaded again"),
        pytest.param([*WHOLE[:5], WHOLE[5].replace("08.10", "08.16")], "5/8 15.45",
                     (0.0, 0, 0, "3/8 09.00", "4/8 08.16", "366", "40", 0), id="finished, late"),
        pytest.param([*WHOLE[1:]], "5/8 15.45",
                     (0.0, 0, 0, "3/8 09.05", "4/8 08.10", "355", "40", 0), id="finished, out of order"),
        pytest.param(["K-1|1|Kasub Satu||3/8 09.05", *WHOLE[1:]], "5/8 15.45",
                     (0.0, 0, 0, "3/8 09.05", "4/8 08.10", "355", "40", 1), id="first start unknown"),
        pytest.param([DISPOSED, "K-1|2|Staf Satu|?|?"], "3/8 11.30",
                     (0.0, 0, 0, "3/8 09.00", "–", "5", "0", -1), id="nobody knows when"),
        pytest.param(["K-1|1|Kasub Satu|?|?"], "3/8 11.30",
                     (0.0, 0, 0, "–", "–", "0", "0", -1), id="nobody knows anything"),
    ],
)  # fmt: skip
def test_what_an_item_took(rows: list[str], now: str, expected: tuple[object, ...]) -> None:
    assert numbers(register(rows, items=["K-1"]), now) == expected


def test_items_do_not_mix() -> None:
    """A finished item, one that waits, one that has not begun, one cancelled, one that runs; rows mixed."""
    rows = [*WHOLE, "K-5|1|Kasub Satu|4/8 09.00|", "K-2|1|Kasub Satu|4/8 09.00|4/8 09.05",
            "K-4|1|Kasub Satu|3/8 09.00|3/8 09.20"]  # fmt: skip
    book = register(rows, items=["K-1", "K-2", "K-3", "K-4 | 4/8", "K-5"])
    assert [standing(book, "4/8 09.10", item).split(" | ")[0] for item in range(5)] == [
        "selesai 0", "berjalan 2", "belum mulai 1", "dibatalkan 0", "berjalan 1",
    ]  # fmt: skip
    assert [numbers(book, "4/8 09.10", item)[1:] for item in range(5)] == [
        (0, 0, "3/8 09.00", "4/8 08.10", "360", "40", 1),
        (0, 5, "4/8 09.00", "–", "5", "0", -1),
        (0, 0, "–", "–", "0", "0", -1),
        (0, 0, "3/8 09.00", "–", "20", "0", -1),
        (0, 10, "4/8 09.00", "–", "0", "0", -1),
    ]


def test_without_hours_nothing_waits_too_long() -> None:
    book = register([DISPOSED], hours=())
    assert standing(book, "20/8 10.00") == "berjalan 2 | 3/8 09.05 → – | menunggu | [2] | [0, 2] | 1"
    assert numbers(book, "20/8 10.00")[:3] == (0.0, 0, 0)


def test_the_limit_of_waiting_is_a_setting() -> None:
    book = register([DISPOSED], settings=Settings(wait_limit=Standard(0, Unit.MINUTES)))
    assert standing(book, "3/8 09.06").startswith("berjalan 2 | 3/8 09.05 → 3/8 09.05 | menunggu lewat")
    # Not even a minute of waiting is allowed; the denominator of urgency is a minute at least.
    assert numbers(book, "3/8 09.07")[:3] == (200.0, 2, 2)


def test_targets_that_langkah_lacks_lead_nowhere() -> None:
    hour = Standard(1, Unit.HOURS)
    sop = Sop(
        {}, (step(1, KASUBBAG, hour, 1), step(2, STAF, hour, UNKNOWN_TARGET + 9, 0), step(3, STAF, hour, END))
    )
    rows = [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|3/8 09.30"]
    assert standing(register(rows, sop=sop), "3/8 10.00").startswith(
        "berjalan 1 | 3/8 09.30 → 4/8 09.30 | menunggu | [1]"
    )
    astray = Sop({}, (*sop.steps[:1], step(2, STAF, hour, UNKNOWN_TARGET + 9), sop.steps[2]))
    assert standing(register(rows, sop=astray), "3/8 10.00").startswith(
        "berjalan 0 | 3/8 09.30 → 4/8 09.30 | menunggu | []"
    )


def test_an_sop_without_steps_has_no_next_one() -> None:
    states = evaluate(register([], items=["K-1"], sop=Sop({}, ())), minute("3/8 10.00")).items
    assert (states.step.tolist(), states.allowed, states.state.tolist()) == (
        [-1],
        ((),),
        [ItemState.NOT_STARTED],
    )
    assert np.array_equal(states.round, [1])


def test_a_step_may_lead_back_to_the_first() -> None:
    hour = Standard(1, Unit.HOURS)
    sop = Sop({}, (step(1, KASUBBAG, hour, 1), step(2, STAF, hour, 0, END)))
    rows = [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|3/8 09.30|Ya"]
    assert standing(register(rows, sop=sop), "3/8 10.00").startswith(
        "berjalan 1 | 3/8 09.30 → 4/8 09.30 | menunggu | [1]"
    )
    assert standing(register([rows[0], rows[1][:-3]], sop=sop), "3/8 10.00").startswith("berjalan 1")


def test_only_a_target_that_langkah_has_may_come_next() -> None:
    hour = Standard(1, Unit.HOURS)
    steps = (step(1, KASUBBAG, hour, 1), step(2, STAF, hour, 2, UNKNOWN_TARGET + 9), step(3, STAF, hour, END))
    rows = [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|3/8 09.30"]
    assert standing(register(rows, sop=Sop({}, steps)), "3/8 10.00").split(" | ")[3] == "[3]"


def test_minus_one_stands_for_no_index() -> None:
    hour = Standard(1, Unit.HOURS)
    astray = Sop({}, (step(1, KASUBBAG, hour, UNKNOWN_TARGET + 9),))
    states = evaluate(register([DISPOSED], items=["K-1", "K-2"], sop=astray), minute("3/8 10.00")).items
    assert (states.step.tolist(), states.open_event.tolist(), states.last_event.tolist()) == (
        [-1, 0],
        [-1, -1],
        [0, -1],
    )


def test_what_is_finished_or_cancelled_has_no_next_step() -> None:
    states = evaluate(register(WHOLE, items=["K-1", "K-2 | 3/8"]), minute("5/8 10.00")).items
    assert states.step.tolist() == [-1, -1]


def test_work_ends_with_the_first_event_that_ends_the_sop() -> None:
    """Also when that event is the very first of all."""
    rows = ["K-1|6|Kelola Satu|3/8 09.00|3/8 09.10", "K-1|6|Kelola Satu|3/8 10.00|3/8 10.10"]
    for items in (["K-1"], ["K-0", "K-1"]):
        states = evaluate(register(rows, items=items), minute("5/8 10.00")).items
        assert (states.work_minutes[-1], states.wait_minutes[-1]) == (10, 0)
