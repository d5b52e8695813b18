"""The columns of the rules against the automaton, over many random traces of random SOPs."""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
import pytest

from tests.sop import automaton
from tests.sop.effort import share
from tests.sop.registers import HOLIDAYS, KASUBBAG, PEOPLE, WEEK, minute, person, step
from tracker.findings import Severity
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, NO_STEP, Events, Items, Register, Settings, Sop, Standard, State, Unit
from tracker.sop.verdicts import ItemState

TRACES = share(52_000, of=20)
BATCHES = 8
SOPS_A_BATCH = 13
FIRST = minute("5/1 07.30")
NOW = minute("30/12 12.00")

Told = tuple[dict[int, list[str]], list[int], list[str], list[set[int]], list[int]]
"""Codes by row, rounds of the counting rows, states, allowed steps and rounds of the items."""


def random_steps(chance: random.Random) -> list[automaton.Step]:
    """2–20 steps; decisions return to any earlier step, now and then to themselves, forward, or to the end."""
    size = chance.randint(2, 20)
    steps = [automaton.Step(index + 1 if index + 1 < size else automaton.END) for index in range(size)]
    for index, one in enumerate(steps):
        if index and chance.random() < 0.35:
            one.no = chance.choice([*range(index), *range(index), index, automaton.END, size - 1])
            if chance.random() < 0.1:
                one.yes = automaton.END
    return steps


def random_events(chance: random.Random, steps: list[automaton.Step], day: int) -> list[automaton.Event]:
    """A walk along the SOP with slips: skipped, repeated, unfinished, undecided, without moments, overlapping."""
    events, at, where = [], day * 1440 + FIRST + chance.randint(0, 200), 0
    slips = chance.choice((0.0, 0.05, 0.2, 0.5))
    for _ in range(chance.randint(1, 9)):
        if chance.random() < slips:
            where = chance.choice(
                (chance.randrange(len(steps)), max(where - 1, 0), min(where + 1, len(steps) - 1))
            )
        start = at + chance.choice((0, 0, 1, 30, -3, -9) if chance.random() < slips else (0, 5))
        at = max(start + chance.choice((0, 1, 10, 40)), at)
        one = steps[where]
        said = chance.choice((automaton.YES, automaton.YES, automaton.NO)) if one.decides else automaton.BLANK
        if chance.random() < slips / 2:
            said = chance.choice((automaton.BLANK, automaton.NO, automaton.ILLEGIBLE))
        slip = chance.random() < slips
        first = chance.choice((None, "?", start)) if slip else start
        last = chance.choice((None, None, "?", at)) if slip and chance.random() < 0.6 else at
        events.append(automaton.Event(0, where, first, last, said))
        if chance.random() < slips / 4:
            events.append(automaton.Event(0, where, first, last, said))
        to = one.no if one.decides and said == automaton.NO else one.yes
        if to == automaton.END and chance.random() > slips:
            break
        where = to if to >= 0 else chance.randrange(len(steps))
    return events


def _column(values: list[int | str | None]) -> tuple[np.ndarray, np.ndarray]:
    states = [State.BLANK if one is None else State.UNREADABLE if one == "?" else State.OK for one in values]
    return np.array([one if isinstance(one, int) else 0 for one in values], dtype=np.int64), np.array(
        states, np.int8
    )


def _texts(values: list[str]) -> np.ndarray:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def built(
    steps: list[automaton.Step], rows: list[tuple[int, automaton.Event]], cancelled: list[int | None]
) -> Register:
    """The register of these rows, the items being 0 … len(cancelled) - 1."""
    targets = {automaton.END: END, automaton.NOWHERE: NO_STEP}
    sop = Sop({}, tuple(step(index + 1, KASUBBAG, Standard(1, Unit.HOURS), targets.get(one.yes, one.yes),
                             targets.get(one.no, one.no)) for index, one in enumerate(steps)))  # fmt: skip
    size = len(cancelled)
    ids, blank, zero = (
        _texts([f"k-{index}" for index in range(size)]),
        _texts([""] * size),
        np.zeros(size, np.int64),
    )
    off, off_state = _column(cancelled)  # type: ignore[arg-type]
    items = Items(np.arange(2, size + 2), ids, ids, blank, blank, blank, zero, zero.astype(np.int8), blank, zero,
                  zero.astype(np.int8), blank, off, off_state)  # fmt: skip
    item = np.array([one for one, _ in rows], dtype=np.int64)
    start, finish = _column([one.start for _, one in rows]), _column([one.finish for _, one in rows])
    texts = _texts([""] * len(rows))
    events = Events(np.array([one.row for _, one in rows]), ids[item], ids[item], item,
                    np.array([one.step for _, one in rows]), texts, texts, *start, *finish,
                    np.array([one.outcome for _, one in rows], dtype=np.int8), texts, texts)  # fmt: skip
    people = tuple(person(text, row) for row, text in enumerate(PEOPLE, start=2))
    return Register(sop, Settings(), people, WEEK, HOLIDAYS, items, events)


def told_by_columns(register: Register) -> Told:
    evaluation = evaluate(register, NOW)
    codes: dict[int, list[str]] = defaultdict(list)
    for one in evaluation.findings:
        if one.place.row is not None and (one.code[0] == "U" or one.code in ("D409", "D418")):
            codes[one.place.row].append(
                one.code + (" catatan" if (one.code, one.severity) == ("U106", Severity.CATATAN) else "")
            )
    states = evaluation.items
    rounds = np.where(evaluation.events.counts, evaluation.events.round, 0).tolist()
    words = [ItemState(one).label for one in states.state.tolist()]
    return ({row: sorted(found) for row, found in codes.items()}, rounds, words,
            [set(one) for one in states.allowed], states.round.tolist())  # fmt: skip


def told_by_automaton(
    steps: list[automaton.Step], rows: list[tuple[int, automaton.Event]], off: list[int | None]
) -> Told:
    by_item: dict[int, list[automaton.Event]] = defaultdict(list)
    for item, event in rows:
        by_item[item].append(event)
    stories = [automaton.tell(steps, by_item[item], cancelled) for item, cancelled in enumerate(off)]
    counting = {id(event) for story in stories for event in story.trace}
    rounds = [event.round if id(event) in counting else 0 for _, event in rows]
    codes = {event.row: sorted(event.codes) for _, event in rows if event.codes and id(event) in counting}
    return (codes, rounds, [one.state for one in stories], [one.allowed for one in stories],
            [one.round for one in stories])  # fmt: skip


@pytest.mark.parametrize("batch", range(BATCHES))
def test_columns_and_automaton_say_the_same(batch: int) -> None:
    chance = random.Random(5000 + batch)
    items = TRACES // BATCHES // SOPS_A_BATCH
    for _ in range(SOPS_A_BATCH):
        steps = random_steps(chance)
        traces = [random_events(chance, steps, chance.randint(0, 90)) for _ in range(items)]
        rows = [(item, event) for item, trace in enumerate(traces) for event in trace]
        if chance.random() < 0.7:
            chance.shuffle(rows)
        for row, (_, event) in enumerate(rows, start=2):
            event.row = row
        off = [FIRST // 1440 + chance.randint(0, 90) if chance.random() < 0.05 else None for _ in traces]
        columns = told_by_columns(built(steps, rows, off))
        expected = told_by_automaton(steps, rows, off)
        for name, one, two in zip(
            ("codes", "rounds", "states", "allowed", "item rounds"), columns, expected, strict=True
        ):
            assert one == two, name
