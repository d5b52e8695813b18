"""Counting one month for one role, and what is left out of a count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.sop.registers import KASUBBAG, PENGELOLA, STAF, minute, register, step
from tests.sop.test_figures_whole import AUGUST, NOW, ROWS, august, book
from tracker.sop.compliance import MonthCount, month_evaluation, month_figures, semester_figures
from tracker.sop.figures import Month, MonthFigures
from tracker.sop.model import UNKNOWN_TARGET, Register, Sop, Standard, Unit

AFTER_CANCELLING = "K-5 | 2 | Staf Satu | 10/8 08.00 | 10/8 09.00"


def of_role(role: str | None, made: Register | None = None) -> MonthFigures:
    return MonthCount(month_evaluation(made or book(), AUGUST, NOW), AUGUST, role=role).figures()


@pytest.mark.parametrize(
    ("role", "counts", "steps", "running", "overdue"),
    [
        (KASUBBAG, (6, 4, 1, 1), [1, 5], [], (0, 0)),
        (STAF, (7, 7, 0, 0), [2, 4], ["K-3"], (1, 0)),
        (PENGELOLA, (5, 4, 1, 0), [3, 6], ["K-2"], (0, 1)),
        (None, (18, 15, 2, 1), [1, 2, 3, 4, 5, 6], ["K-2", "K-3"], (1, 1)),
    ],
)
def test_the_month_of_one_role(
    role: str | None, counts: tuple[int, ...], steps: list[int], running: list[str], overdue: tuple[int, int]
) -> None:
    figures = of_role(role, book([*ROWS, AFTER_CANCELLING]))
    assert (figures.count, figures.on_time, figures.late, figures.unjudged) == counts
    assert [one.step for one in figures.steps] == steps
    assert [one.id for one in figures.running] == running
    assert (figures.running_overdue, figures.waiting_overdue) == overdue
    assert figures.series[-1].count == counts[0]


def test_the_counts_of_all_roles_add_up() -> None:
    figures = [of_role(role) for role in (KASUBBAG, STAF, PENGELOLA)]
    assert sum(one.count for one in figures) == august().count
    assert [one.steps[0].late_minutes for one in figures] == [5, 0, 15]


def test_what_is_dropped_is_no_fault() -> None:
    made = book([*ROWS, AFTER_CANCELLING, AFTER_CANCELLING.replace("10/8", "10/9")])
    count = MonthCount(month_evaluation(made, AUGUST, NOW), AUGUST)
    assert (count.dropped(), count.not_counted()) == (1, 0)


@pytest.mark.parametrize(
    ("row", "left_out"),
    [
        pytest.param("K-1 | 1 | x | 3/8 09.00 | ", 0, id="running"),
        pytest.param("K-1 | 1 | x | | ", 1, id="no moment at all"),
        pytest.param("K-1 | 1 | x | 3/8 09.00 | ?", 1, id="finish unreadable"),
        pytest.param("K-1 | 1 | x | ? | 3/8 09.00", 0, id="start unreadable: finished, not judged"),
        pytest.param("K-1 | 1 | x | ? | ?", 1, id="nothing readable"),
        pytest.param("K-9 | 1 | x | 3/8 09.00 | 3/8 09.05", 1, id="orphan"),
        pytest.param("K-9 | 1 | x | 3/8 09.00 | ", 1, id="orphan, running"),
        pytest.param("K-9 | 1 | x | 3/7 09.00 | 3/7 09.05", 0, id="orphan of another month"),
        pytest.param("K-9 | 1 | x | 3/7 09.00 | 31/8 23.59", 1, id="orphan of the last minute"),
        pytest.param("K-9 | 1 | x | 3/7 09.00 | 1/8 00.00", 1, id="orphan of the first minute"),
        pytest.param("K-1 | 9 | x | 3/8 09.00 | 3/8 09.05", 1, id="unknown step"),
        pytest.param("K-1 | | x | 3/8 09.00 | 3/8 09.05", 1, id="no step"),
        pytest.param("K-2 | 1 | x | | ", 0, id="of a cancelled item"),
        pytest.param("K-2 | 9 | x | 3/8 09.00 | 3/8 09.05", 1, id="unknown step of a cancelled item"),
    ],
)
def test_rows_left_out_of_every_figure(row: str, left_out: int) -> None:
    made = register([row], items=["K-1", "K-2 | 2/8"])
    assert august(made).not_counted == left_out


def test_an_event_left_open_is_not_left_out() -> None:
    """U105: unjudged, but its row can be read."""
    assert august(register(["K-1|1|x|3/8 09.00|", "K-1|2|x|3/8 10.00|3/8 10.30"])).not_counted == 0


def test_names_are_sorted_whatever_their_case() -> None:
    people = tuple(f"{name} | {KASUBBAG}" for name in ("caca", "Budi", "ani"))
    rows = [
        f"K-{at} | 1 | {name} | 3/8 09.00 | 3/8 09.05" for at, name in enumerate(("caca", "Budi", "ani"), 1)
    ]
    made = register(rows, people=people)
    made = replace(
        made, items=replace(made.items, channel=np.array(["web", "Radio", "poster"], dtype=object))
    )
    figures = august(made)
    assert [one.name for one in figures.persons] == ["ani", "Budi", "caca"]
    assert [one.name for one in figures.channels] == ["poster", "Radio", "web"]


def test_finished_in_the_last_minute_of_the_month() -> None:
    for moment, count in (("31/8 23.59", 1), ("1/9 00.00", 0)):
        figures = august(register([f"K-1 | 6 | Kelola Satu | 31/8 09.00 | {moment}"]))
        assert (figures.items.count, figures.series[-1].items) == (count, count)


def test_an_item_that_waits_for_no_step_that_langkah_has() -> None:
    astray = Sop({}, (step(1, KASUBBAG, Standard(1, Unit.HOURS), UNKNOWN_TARGET + 9),))
    figures = august(register(["K-1 | 1 | Kasub Satu | 3/8 09.00 | 3/8 09.05"], sop=astray))
    assert [(one.step, one.activity, one.role) for one in figures.running] == [(0, "", "")]


def test_waiting_and_running_are_told_apart() -> None:
    waiting, running = "K-1 | 1 | Kasub Satu | 3/8 09.00 | 3/8 09.05", "K-2 | 1 | Kasub Satu | 3/8 09.00 | "
    figures = [
        august(register(rows))
        for rows in ([waiting], [running], [waiting, running, running.replace("K-2", "K-3")])
    ]
    assert [(one.running_overdue, one.waiting_overdue) for one in figures] == [(0, 1), (1, 0), (2, 1)]


def test_what_is_dropped_lies_between_the_first_and_the_last_minute() -> None:
    for moment, dropped in (("31/7 23.59", 0), ("1/8 00.00", 1), ("31/8 23.59", 1), ("1/9 00.00", 0)):
        made = register([f"K-1 | 2 | x | 2/7 09.00 | {moment}"], items=["K-1 | 1/7"])
        count = MonthCount(month_evaluation(made, AUGUST, NOW), AUGUST)
        assert (count.dropped(), count.not_counted()) == (dropped, 0)


def test_items_that_end_in_the_first_minute_of_the_month() -> None:
    ended = august(register(["K-1 | 6 | Kelola Satu | 31/7 09.00 | 1/8 00.00"])).items
    assert (ended.count, ended.median_lead_minutes) == (1, 360.0)
    assert august(register(["K-1 | 6 | Kelola Satu | 31/7 09.00 | 1/8 00.00"])).series[-1].items == 1
    assert (
        august(register(["K-1 | 6 | Kelola Satu | 31/7 09.00 | 31/7 23.59"])).items.median_lead_minutes
        is None
    )


def test_only_waiting_reaches_into_the_month_after() -> None:
    """Late in August, and waiting ever since: September is told of the waiting alone."""
    made = register(["K-1 | 1 | Kasub Satu | 3/8 09.00 | 3/8 09.20"])
    september = month_figures(made, Month(2026, 9), NOW)
    assert [one.code for one in september.findings] == ["W210"]
    assert [one.code for one in august(made).findings] == ["W201", "W210"]


def test_what_runs_since_an_earlier_month_is_listed() -> None:
    figures = august(register(["K-1 | 1 | Kasub Satu | 3/7 09.00 | 3/7 09.05"]))
    assert ([one.id for one in figures.listed], figures.items_handled, figures.count) == (["K-1"], 1, 0)


def test_half_a_year_ends_with_its_last_month() -> None:
    made = register(
        ["K-1 | 1 | Kasub Satu | 31/12 09.00 | 31/12 09.05", "K-2 | 1 | Kasub Satu | 1/7 09.00 | 1/7 09.05"]
    )
    assert semester_figures(made, 2026, 2, minute("20/2/2027 09.00")).total.count == 2
    assert semester_figures(made, 2026, 1, minute("20/2/2027 09.00")).total.count == 0
