"""What must hold whatever is written: of working time, and of evaluating a register."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sop.effort import share
from tests.sop.registers import KASUBBAG, PENGELOLA, STAF, minute, register, seed_sop, step
from tests.sop.test_time import OFFICE
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, NO_STEP, Register, Sop, Standard, Unit
from tracker.sop.verdicts import Evaluation, ItemState

MOMENTS = st.integers(minute("1/1/2026 00.00"), minute("31/12/2026 23.59"))
STANDARDS = st.builds(
    Standard, st.sampled_from((0, 0.5, 1, 1.5, 2, 3, 7)), st.sampled_from(Unit)
) | st.builds(Standard, st.integers(0, 3000), st.just(Unit.MINUTES))
NOW = minute("30/9 12.00")


@given(MOMENTS, MOMENTS, STANDARDS)
def test_a_later_start_is_never_due_earlier_under_any_standard(
    one: int, two: int, standard: Standard
) -> None:
    early, late = (np.array(at) for at in sorted((one, two)))
    assert early <= OFFICE.add(early, standard) <= OFFICE.add(late, standard)


@given(MOMENTS, STANDARDS, STANDARDS)
def test_more_of_a_unit_is_never_due_earlier(start: int, one: Standard, two: Standard) -> None:
    if one.unit is two.unit:
        less, more = sorted((one, two), key=lambda standard: standard.amount)
        assert OFFICE.add(np.array(start), less) <= OFFICE.add(np.array(start), more)


@given(MOMENTS, st.integers(1, 3000))
def test_a_deadline_in_minutes_is_the_earliest_moment(start: int, amount: int) -> None:
    due = OFFICE.add_minutes(np.array(start), amount)
    assert OFFICE.measure(np.array(start), due - 1) == amount - 1


ROLES = ("Ketua", KASUBBAG, STAF, PENGELOLA, "Operator")
PEOPLE = tuple(f"Nama {role} | {role}" for role in ROLES)


def _twelve() -> Sop:
    """Twelve steps of five roles; 5 returns to 3, 8 to 4 (around the first return), 11 to 7."""
    hour = Standard(1, Unit.HOURS)
    back = {5: 2, 8: 3, 11: 6}
    return Sop({}, tuple(
        step(number, ROLES[number % 5], hour, END if number == 12 else number, back.get(number, NO_STEP))
        for number in range(1, 13)
    ))  # fmt: skip


def _two() -> Sop:
    return Sop(
        {}, (step(1, ROLES[0], Standard(1, Unit.HOURS), 1), step(2, ROLES[1], Standard(1, Unit.DAYS), END, 0))
    )


SOPS = {"two": _two(), "six": seed_sop(), "twelve": _twelve()}


@st.composite
def stories(draw: st.DrawFn, sop: Sop) -> list[str]:
    """The rows of up to four items, with slips of every kind."""
    rows = []
    for item in range(draw(st.integers(1, 4))):
        at = 9 * 60
        for _ in range(draw(st.integers(0, 7))):
            number = draw(st.integers(1, len(sop.steps)))
            at += draw(st.sampled_from((0, 5, 40)))
            start = draw(st.sampled_from(("", "?", _clock(at), _clock(at), _clock(at))))
            finish = draw(st.sampled_from(("", "?", _clock(at + 9), _clock(at + 9), _clock(at + 9))))
            who = draw(st.sampled_from(("", f"Nama {sop.steps[number - 1].role}", "Nama Ketua", "Entah")))
            rows.append(
                f"K-{item}|{number}|{who}|{start}|{finish}|{draw(st.sampled_from(('', 'Ya', 'Tidak', 'x')))}|n"
            )
            at += 9
    return rows


def _place(row: str) -> tuple[str, ...] | None:
    """What a row is sorted by within its item; None without a readable moment."""
    item, number, _, start, finish, *_ = row.split("|")
    if " " not in start + finish:
        return None
    return item, finish if " " in finish else start, start if " " in start else "", number


def _clock(at: int) -> str:
    return f"{3 + at // 1440}/8 {at // 60 % 24:02d}.{at % 60:02d}"


def told(evaluation: Evaluation) -> tuple[Counter[tuple[object, ...]], list[object]]:
    """Findings and verdicts without the numbers of the rows."""
    # Of two equal pairs of rows the one that stands lower is the copy (W206): whose it is depends on the order.
    found = Counter(
        (one.code, one.severity, None if one.code == "W206" else one.id, one.step, one.place.column)
        for one in evaluation.findings
    )
    events, book = evaluation.events, evaluation.register.events
    columns = (
        book.step,
        book.start,
        book.finish,
        events.round,
        events.verdict,
        events.late_minutes,
        events.deadline,
    )
    verdicts = sorted(zip(book.id.tolist(), *(one.tolist() for one in columns), strict=True))
    items = evaluation.items
    states = sorted(zip(evaluation.register.items.id.tolist(), items.state.tolist(), items.step.tolist(), items.allowed,
                        items.compliant.tolist(), items.deadline.tolist(), strict=True))  # fmt: skip
    return found, [verdicts, states]


def office(rows: list[str], sop: Sop) -> Register:
    ids = [f"K-{item}" for item in range(4)]
    return register(rows, sop=sop, people=PEOPLE, items=ids)


@pytest.mark.parametrize("name", SOPS)
@settings(max_examples=share(60, of=10))
@given(data=st.data())
def test_the_order_of_rows_means_nothing(name: str, data: st.DataObject) -> None:
    rows = data.draw(stories(SOPS[name]))
    # A row without any readable moment stands where its row stands, and ties are broken by the row.
    rows = list({place: row for row in rows if (place := _place(row)) is not None}.values())
    mixed = data.draw(st.permutations(rows))
    assert told(evaluate(office(rows, SOPS[name]), NOW)) == told(evaluate(office(mixed, SOPS[name]), NOW))


@pytest.mark.parametrize("name", SOPS)
@settings(max_examples=share(60, of=10))
@given(data=st.data())
def test_an_unrelated_item_changes_nothing(name: str, data: st.DataObject) -> None:
    rows = data.draw(stories(SOPS[name]))
    more = [*rows, "L-1|1|Nama Ketua|6/7 08.01|6/7 08.02", "L-1|2|Nama Ketua|6/7 08.02|"]
    items = [f"K-{item}" for item in range(4)]
    found, columns = told(evaluate(office(rows, SOPS[name]), NOW))
    others, more_columns = told(
        evaluate(register(more, sop=SOPS[name], people=PEOPLE, items=[*items, "L-1"]), NOW)
    )
    assert found == Counter({key: count for key, count in others.items() if key[2] != "L-1"})
    assert columns == [[one for one in column if one[0] != "L-1"] for column in more_columns]  # type: ignore[attr-defined]


@settings(max_examples=share(40, of=10))
@given(data=st.data())
def test_evaluating_twice_says_the_same(data: st.DataObject) -> None:
    book = office(data.draw(stories(SOPS["six"])), SOPS["six"])
    one, two = evaluate(book, NOW), evaluate(book, NOW)
    assert one.findings == two.findings
    for name in ("verdict", "deadline", "round", "elapsed", "late_minutes"):
        assert np.array_equal(getattr(one.events, name), getattr(two.events, name))
    assert np.array_equal(one.items.state, two.items.state)


@pytest.mark.parametrize(
    ("name", "path", "rounds"),
    [
        ("two", [(1, ""), (2, "Tidak"), (1, ""), (2, "Ya")], 2),
        ("twelve", [(1, ""), (2, ""), (3, ""), (4, ""), (5, "Tidak"), (3, ""), (4, ""), (5, "Ya"), (6, ""), (7, ""),
                    (8, "Tidak"), (4, ""), (5, "Tidak"), (3, ""), (4, ""), (5, "Ya"), (6, ""), (7, ""), (8, "Ya"),
                    (9, ""), (10, ""), (11, "Tidak"), (7, ""), (8, "Ya"), (9, ""), (10, ""), (11, "Ya"), (12, "")], 5),
    ],
)  # fmt: skip
def test_nested_returns_are_in_order(name: str, path: list[tuple[int, str]], rounds: int) -> None:
    sop = SOPS[name]
    rows = [f"K-0|{number}|Nama {sop.steps[number - 1].role}|{_clock(540 + 9 * at)}|{_clock(549 + 9 * at)}|{said}|n"
            for at, (number, said) in enumerate(path)]  # fmt: skip
    evaluation = evaluate(office(rows, sop), NOW)
    assert [one for one in evaluation.findings if one.code.startswith(("U", "P30", "D4"))
            and one.code not in ("P304", "D411")] == []  # fmt: skip
    assert (ItemState(evaluation.items.state[0]), evaluation.items.round[0]) == (ItemState.FINISHED, rounds)


def test_an_sop_without_steps_judges_nothing() -> None:
    evaluation = evaluate(register(["K-1|1|x|3/8 09.00|3/8 09.10"], sop=Sop({}, ())), NOW)
    assert "S505" in [one.code for one in evaluation.findings]
