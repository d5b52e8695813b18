"""The views behind the pages of the screen: queues, the board, an item, findings."""

from __future__ import annotations

import pytest

from tests.sop.registers import KASUBBAG, PENGELOLA, STAF, minute, register, seed_sop, step
from tracker.findings import Place, finding
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, Sop, Standard, Unit
from tracker.sop.verdicts import Evaluation, ItemState
from tracker.views.board import Show, board
from tracker.views.issues import _rows, excerpt, issues, nav_count
from tracker.views.journey import Progress, journey, ranges
from tracker.views.standing import Pace, short_activity, standings
from tracker.views.today import Person, person, today

NOW = "3/8 11.00"
ROWS = [
    "K-1 | 1 | Kasub Satu | 3/8 08.00 | 3/8 08.05",
    "K-1 | 2 | Staf Satu | 3/8 08.10 |",
    "K-2 | 1 | Kasub Satu | 3/8 08.00 | 3/8 08.05",
    "K-2 | 2 | Staf Satu | 3/8 08.10 | 3/8 09.00",
    "K-2 | 3 | Kelola Satu | 3/8 09.00 | 3/8 09.20",
    "K-2 | 4 | Staf Dua | 3/8 10.19 |",
    "K-3 | 1 | Kasub Satu | 3/8 08.00 | 3/8 08.05",
    "K-3 | 2 | Staf Satu | 3/8 08.10 | 3/8 09.00",
    "K-3 | 3 | Kelola Satu | 3/8 09.00 | 3/8 09.20",
    "K-3 | 4 | Staf Dua | 3/8 09.20 | 3/8 09.30 | Tidak | gambar kabur",
]


def evaluated(rows: list[str] = ROWS, now: str = NOW, **others: object) -> Evaluation:
    return evaluate(register(rows, **others), minute(now))  # type: ignore[arg-type]


def test_urgency_not_minutes_sorts_what_stands() -> None:
    seen = standings(evaluated())
    assert [one.id for one in seen] == ["K-2", "K-1", "K-3"]
    assert (seen[0].elapsed, seen[0].allowed, seen[0].pace) == (41, 30, Pace.LATE)
    assert seen[1].elapsed > seen[0].elapsed


@pytest.mark.parametrize(
    ("name", "decisions", "tasks"),
    [
        ("Staf Satu", [], ["K-1"]),
        ("Staf Dua", ["K-2"], []),
        ("Kelola Satu", [], ["K-3"]),
        ("Kasub Satu", [], []),
    ],
)
def test_a_task_waits_for_the_role_and_not_for_a_colleague_at_work(
    name: str, decisions: list[str], tasks: list[str]
) -> None:
    evaluation = evaluated()
    seen = today(evaluation, person(evaluation.register.people, name, evaluation.now // 1440))
    assert [one.standing.id for one in seen.decisions] == decisions
    assert [one.standing.id for one in seen.tasks] == tasks


def test_what_is_late_at_others_is_listed_apart() -> None:
    seen = today(evaluated(), Person("Kasub Satu", (KASUBBAG,)))
    assert [one.id for one in seen.elsewhere] == ["K-2"]
    assert (seen.running, seen.late) == (3, 1)
    assert [place.count for place in seen.places] == [0, 1, 1, 1, 0, 0]


def test_a_returned_item_carries_its_reason_and_round() -> None:
    seen = today(evaluated(), Person("Kelola Satu", (PENGELOLA,)))
    assert seen.tasks[0].reason == "gambar kabur"
    assert seen.tasks[0].standing.round == 2


def test_a_decision_names_where_a_return_leads() -> None:
    seen = today(evaluated(), Person("Staf Dua", (STAF,)))
    assert seen.decisions[0].returns_to is not None
    assert seen.decisions[0].returns_to.number == 3


def test_a_role_is_held_on_its_dates_only() -> None:
    people = ("Lama | Kasubbag Hukum dan SDM | | | 31/7", "Baru | Kasubbag Hukum dan SDM | Plt. | 1/8 |")
    evaluation = evaluated(people=people)
    day = evaluation.now // 1440
    assert person(evaluation.register.people, "Lama", day) == Person("Lama", ())
    assert person(evaluation.register.people, "Baru", day) == Person("Baru", (KASUBBAG,))
    assert person(evaluation.register.people, "Entah", day) is None


def test_the_board_counts_all_and_shows_what_the_filters_leave() -> None:
    evaluation = evaluated()
    assert [column.count for column in board(evaluation).columns] == [0, 1, 1, 1, 0, 0]
    late = board(evaluation, show=Show.LATE)
    assert ([column.count for column in late.columns], late.shown) == ([0, 1, 1, 1, 0, 0], 1)
    assert board(evaluation, query="k-3").shown == 1
    assert board(evaluation, query="tidak ada").shown == 0


def test_the_board_has_as_many_columns_as_the_sop() -> None:
    steps = tuple(step(n, KASUBBAG, Standard(1, Unit.HOURS), n if n < 12 else END) for n in range(1, 13))
    seen = board(evaluated(["K-1 | 1 | Kasub Satu | 3/8 08.00 | 3/8 08.05"], sop=Sop({}, steps)))
    assert [column.count for column in seen.columns] == [0, 1] + [0] * 10


def test_a_journey_tells_steps_rounds_and_rows() -> None:
    seen = journey(evaluated(), " k-3 ")
    assert seen is not None
    assert (seen.state, seen.round, seen.row, seen.event_rows) == (ItemState.RUNNING, 2, 4, ((8, 11),))
    assert [leg.round for leg in seen.legs] == [1, 1, 1, 1]
    assert [one.progress for one in seen.segments] == [Progress.DONE] * 2 + [Progress.NOW] + [
        Progress.AHEAD
    ] * 3
    assert journey(evaluated(), "K-9") is None


def test_rows_side_by_side_are_one_range() -> None:
    assert ranges([7, 5, 6, 9]) == [(5, 7), (9, 9)]
    assert ranges([]) == []


def test_lateness_is_not_announced_in_the_navigation() -> None:
    evaluation = evaluated()
    assert {one.code for one in evaluation.findings} >= {"W202"}
    assert nav_count(evaluation) == 0
    assert issues(evaluation).elsewhere == 1


def test_the_same_problem_in_more_than_five_cells_is_one_row() -> None:
    def found(count: int) -> list:  # type: ignore[type-arg]
        places = (Place("Riwayat", row, "ID", f"A{row}") for row in range(2, 2 + count))
        return [finding("D402", place, id="K-1", nearest="", raw="x") for place in places]

    assert len(_rows(found(5))) == 5
    grouped = _rows(found(6))
    assert (len(grouped), grouped[0].count, grouped[0].cells[-1]) == (1, 6, "Riwayat!A7")


def test_an_excerpt_shows_the_cells_around_one() -> None:
    rows = [["a1", "b1"], ["a2", "b2", "c2"], ["a3"]]
    seen = excerpt(rows, "B2")
    assert seen is not None
    assert (seen.columns, seen.rows, seen.mark) == (("A", "B", "C"), (1, 2, 3), (1, 1))
    assert seen.cells == (("a1", "b1", ""), ("a2", "b2", "c2"), ("a3", "", ""))
    assert excerpt(rows, "A1").mark == (0, 0)  # type: ignore[union-attr]
    assert excerpt(rows, "Register") is None


def test_a_long_activity_is_named_by_its_first_clause() -> None:
    assert short_activity("a. Mengunggah konten; b. Menyampaikan tautan") == "Mengunggah konten"
    assert len(short_activity("Memberikan " * 9)) <= 38
    assert seed_sop().steps[0].activity == short_activity(seed_sop().steps[0].activity)
