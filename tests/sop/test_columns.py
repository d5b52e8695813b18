"""The columns of verdicts, number by number: what each event is due, took, waited for and is late."""

from __future__ import annotations

import pytest

from tests.sop.registers import KASUBBAG, STAF, minute, register, step
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, Register, Settings, Sop, Standard, Unit
from tracker.sop.verdicts import NONE, Verdict

NOW = minute("5/8 15.00")


def told(book: Register, now: int = NOW) -> list[str]:
    """`start | deadline | elapsed | allowed | waited | late | verdict` of every event, as short text."""
    events = evaluate(book, now).events
    return [
        " | ".join(
            (
                *(clock(one) for one in (events.start[at], events.deadline[at])),
                *(amount(one) for one in (events.elapsed[at], events.allowed_minutes[at], events.waited[at])),
                str(events.late_minutes[at]),
                Verdict(events.verdict[at]).label,
            )
        )
        for at in range(len(events.verdict))
    ]


def clock(at: int) -> str:
    if at == NONE:
        return "–"
    return f"{at // 1440 - minute('31/7 00.00') // 1440}/8 {at // 60 % 24:02d}.{at % 60:02d}"


def amount(minutes: int) -> str:
    return "–" if minutes == NONE else str(minutes)


DISPOSED = "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            "3/8 09.05|3/8 09.05", "3/8 09.05 | 4/8 09.05 | 0 | 450 | 0 | 0 | tepat", id="in one minute"
        ),
        pytest.param(
            "3/8 09.15|3/8 13.15", "3/8 09.15 | 4/8 09.15 | 180 | 450 | 10 | 0 | tepat", id="over the break"
        ),
        pytest.param(
            "3/8 09.15|4/8 09.16", "3/8 09.15 | 4/8 09.15 | 451 | 450 | 10 | 1 | terlambat", id="late by one"
        ),
        pytest.param(
            "3/8 09.00|3/8 09.30", "3/8 09.00 | 4/8 09.00 | 30 | 450 | 0 | 0 | tepat", id="overlapping"
        ),
        pytest.param("|4/8 09.05", "3/8 09.05 | 4/8 09.05 | 450 | 450 | – | 0 | tepat", id="assumed, on time"),
        pytest.param("|4/8 09.06", "3/8 09.05 | – | – | – | – | 0 | tidak dinilai", id="assumed, a minute late"),
        pytest.param("4/8 15.01|", "4/8 15.01 | 5/8 15.01 | 449 | 450 | 746 | 0 | berjalan", id="running"),
        pytest.param("4/8 14.59|", "4/8 14.59 | 5/8 14.59 | 451 | 450 | 744 | 1 | lewat tenggat", id="overdue"),
        pytest.param("|", "– | – | – | – | – | 0 | tidak dinilai", id="blank"),
        pytest.param("?|4/8 09.00", "– | – | – | – | – | 0 | tidak dinilai", id="start unreadable"),
        pytest.param(
            "3/8 10.00|?", "3/8 10.00 | 4/8 10.00 | – | 450 | 55 | 0 | tidak dinilai", id="finish unreadable"
        ),
        pytest.param("?|", "– | – | – | – | – | 0 | tidak dinilai", id="start unreadable, open"),
        pytest.param(
            "4/8 10.00|4/8 09.30", "4/8 10.00 | 5/8 10.00 | – | 450 | 505 | 0 | tidak dinilai", id="turned"
        ),
        pytest.param(
            "5/8 15.15|", "5/8 15.15 | 6/8 15.15 | 0 | 450 | 1210 | 0 | berjalan", id="a clock that differs"
        ),
        pytest.param(
            "5/8 15.16|", "5/8 15.16 | 6/8 15.16 | – | 450 | 1211 | 0 | tidak dinilai", id="in the future"
        ),
        pytest.param(
            "3/8 10.00|5/8 15.16",
            "3/8 10.00 | 4/8 10.00 | – | 450 | 55 | 0 | tidak dinilai",
            id="ended in the future",
        ),
        pytest.param("3/8|3/8", "3/8 07.30 | 4/8 07.30 | 450 | 450 | 0 | 0 | tepat", id="dates alone"),
        pytest.param("3/8|3/8 09.30", "3/8 07.30 | 4/8 07.30 | 120 | 450 | 0 | 0 | tepat", id="a date and a moment"),
        pytest.param("3/8 10.00|4/8", "3/8 10.00 | 4/8 10.00 | 750 | 450 | 55 | 300 | terlambat", id="until a date"),
        pytest.param("3/8|3/8 07.10", "3/8 07.10 | 4/8 07.30 | 0 | 450 | – | 0 | tepat", id="before the opening"),
        pytest.param("5/8|", "5/8 07.30 | 6/8 07.30 | 390 | 450 | 805 | 0 | berjalan", id="since today"),
    ],
)  # fmt: skip
def test_the_second_event_of_an_item(row: str, expected: str) -> None:
    assert told(register([DISPOSED, f"K-1|2|Staf Satu|{row}"]))[1] == expected


def test_what_cannot_be_told_of_a_lone_event() -> None:
    """No event before it: nothing to assume (W208), and a step that nobody can read is in no trace."""
    assert told(register(["K-1|1|Kasub Satu||3/8 09.10"])) == ["– | – | – | – | – | 0 | tidak dinilai"]
    assert told(register(["K-1|9|Kasub Satu|3/8 09.00|3/8 09.05"])) == [
        "3/8 09.00 | – | – | – | – | 0 | tidak dinilai"
    ]


def test_an_event_left_open_is_not_measured() -> None:
    """U105: the first of two open events is unjudged, and the next waited for nothing that is known."""
    rows = ["K-1|1|Kasub Satu|3/8 09.00|", "K-1|2|Staf Satu|3/8 10.00|"]
    assert told(register(rows), minute("3/8 10.30")) == [
        "3/8 09.00 | 3/8 09.10 | – | 10 | – | 0 | tidak dinilai",
        "3/8 10.00 | 4/8 10.00 | 30 | 450 | – | 0 | berjalan",
    ]


def test_strictly_a_blank_start_is_the_previous_finish() -> None:
    rows = [DISPOSED, "K-1|2|Staf Satu||4/8 09.06"]
    assert told(register(rows, settings=Settings(strict_start=True)))[1] == (
        "3/8 09.05 | 4/8 09.05 | 451 | 450 | – | 1 | terlambat"
    )


def test_a_standard_of_one_minute_and_none() -> None:
    steps = (
        step(1, KASUBBAG, Standard(1, Unit.MINUTES), 1),
        step(2, STAF, Standard(0, Unit.MINUTES), 2),
        step(3, STAF, None, END),
    )
    rows = [
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.01",
        "K-1|2|Staf Satu|3/8 09.01|3/8 09.01",
        "K-1|3|Staf Satu|3/8 09.02|3/8 09.03",
    ]
    assert told(register(rows, sop=Sop({}, steps))) == [
        "3/8 09.00 | 3/8 09.01 | 1 | 1 | – | 0 | tepat",
        "3/8 09.01 | 3/8 09.01 | 0 | 1 | 0 | 0 | tepat",
        "3/8 09.02 | – | 1 | – | 1 | 0 | tidak dinilai",
    ]
