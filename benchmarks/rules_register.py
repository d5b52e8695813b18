"""A large register in memory for the benchmark of the rules: six steps, some rework, one event in twenty faulty."""

from __future__ import annotations

import random
from datetime import date

import numpy as np

from tracker.sop.calendar import DAY, day_number
from tracker.sop.model import (
    END,
    NO_STEP,
    UNKNOWN_STEP,
    Appointment,
    Events,
    Holiday,
    HoursRow,
    Items,
    Outcome,
    Register,
    Settings,
    Sop,
    Standard,
    State,
    Step,
    Unit,
)

__all__ = ["made_register"]

FAULTY = 0.05
REWORKED = 0.1
ITEMS_A_DAY = 250
ROLES = ("Kasubbag", "Staf", "Pengelola")
WHO = (0, 1, 2, 1, 0, 2)
NAMES = ("Nama Kasubbag", "Nama Staf", "Nama Pengelola")
FIRST_DAY = day_number(date(2024, 1, 1))
STANDARDS = (Standard(10, Unit.MINUTES), Standard(1, Unit.DAYS), Standard(30, Unit.MINUTES),
             Standard(30, Unit.MINUTES), Standard(10, Unit.MINUTES), Standard(15, Unit.MINUTES))  # fmt: skip
LONGEST = (11, 60, 31, 31, 11, 16)
"""Minutes that a step takes at most, unless it is delayed: within its standard."""
FAULTS = (
    "lost",
    "doubled",
    "reversed",
    "undecided",
    "open",
    "unknown",
    "other",
    "startless",
    "delayed",
    "unreadable",
)

Row = tuple[int, int, int, int, int, int, int, str]
"""Item, step, start, start state, finish, finish state, outcome, performer."""


def _sop() -> Sop:
    on_no = (NO_STEP, NO_STEP, NO_STEP, 2, 3, NO_STEP)
    steps = (
        Step(index + 1, f"Kegiatan {index + 1}", ROLES[WHO[index]], "", STANDARDS[index], "",
             END if index == 5 else index + 1, on_no[index], False, "", index + 2)
        for index in range(6)
    )  # fmt: skip
    return Sop({}, tuple(steps))


def _path(chance: random.Random) -> list[tuple[int, int]]:
    """(step, outcome) of one item from the first step to the end."""
    path = [(0, Outcome.BLANK), (1, Outcome.BLANK), (2, Outcome.BLANK)]
    if chance.random() < REWORKED:
        path += [(3, Outcome.NO), (2, Outcome.BLANK)]
    path.append((3, Outcome.YES))
    if chance.random() < REWORKED:
        path += [(4, Outcome.NO), (3, Outcome.YES)]
    return [*path, (4, Outcome.YES), (5, Outcome.BLANK)]


def _rows(item: int, chance: random.Random) -> list[Row]:
    """The events of one item, begun on a weekday, some minutes each; one in twenty with a fault."""
    week, weekday = divmod(item // ITEMS_A_DAY, 5)
    at = (FIRST_DAY + 7 * week + weekday) * DAY + 450 + chance.randrange(60)
    rows = []
    for step, outcome in _path(chance):
        start = at + chance.randrange(3)
        at = start + chance.randrange(2, LONGEST[step])
        row = (item, step, start, State.OK, at, State.OK, outcome, NAMES[WHO[step]])
        rows += [row] if chance.random() >= FAULTY else _faulty(row, chance)
    return rows


def _faulty(row: Row, chance: random.Random) -> list[Row]:
    item, step, start, _, finish, _, outcome, who = row
    fault = chance.choice(FAULTS)
    table: dict[str, list[Row]] = {
        "lost": [],
        "doubled": [row, row],
        "reversed": [(item, step, finish, State.OK, start, State.OK, outcome, who)],
        "undecided": [(item, step, start, State.OK, finish, State.OK, Outcome.BLANK, who)],
        "open": [(item, step, start, State.OK, 0, State.BLANK, Outcome.BLANK, who)],
        "unknown": [(item, UNKNOWN_STEP, start, State.OK, finish, State.OK, outcome, who)],
        "other": [(item, step, start, State.OK, finish, State.OK, outcome, "Nama Lain")],
        "startless": [(item, step, 0, State.BLANK, finish, State.OK, outcome, "")],
        "delayed": [(item, step, start, State.OK, finish + 3 * DAY, State.OK, outcome, who)],
        "unreadable": [(item, step, start, State.OK, 0, State.UNREADABLE, outcome, who)],
    }
    return table[fault]


def made_register(events: int, seed: int = 1) -> tuple[Register, int]:
    """(a register of about this many events, a moment after its last one); deterministic."""
    chance = random.Random(seed)
    rows: list[Row] = []
    item = 0
    while len(rows) < events:
        rows += _rows(item, chance)
        item += 1
    items = _items(item)
    now = (FIRST_DAY + 7 * (item // ITEMS_A_DAY // 5 + 1) + 4) * DAY
    people = tuple(Appointment(name, name.casefold(), "", role, role.casefold(), "Definitif", None, None, "", row)
                   for row, (name, role) in enumerate(zip(NAMES, ROLES, strict=True), start=2))  # fmt: skip
    hours = (HoursRow(frozenset({0, 1, 2, 3}), ((450, 720), (780, 960)), None, None, 2),
             HoursRow(frozenset({4}), ((450, 690), (780, 990)), None, None, 3))  # fmt: skip
    days = tuple(
        Holiday(day_number(date(year, month, day)), False, "", False, row)
        for row, (year, month, day) in enumerate(
            ((y, m, d) for y in (2024, 2025, 2026, 2027) for m, d in ((1, 1), (5, 1), (8, 17), (12, 25))),
            start=2,
        )
    )
    register = Register(_sop(), Settings(), people, hours, days, items, _events(rows, items))
    return register, now


def _texts(values: list[str]) -> np.ndarray:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _items(size: int) -> Items:
    ids = _texts([f"K-{index + 1:06d}" for index in range(size)])
    zero, state, blank = np.zeros(size, np.int64), np.zeros(size, np.int8), _texts([""] * size)
    links = _texts([f"https://contoh.go.id/p/{index}" for index in range(size)])
    channels = _texts([("Instagram", "Facebook", "Situs")[index % 3] for index in range(size)])
    keys = _texts([one.casefold() for one in ids])
    return Items(np.arange(2, size + 2), ids, keys, ids, channels, blank, zero, state,
                 links, zero, state, blank, zero, state)  # fmt: skip


def _events(rows: list[Row], items: Items) -> Events:
    item, step, start, start_state, finish, finish_state, outcome = (
        np.array([row[place] for row in rows], dtype=np.int64) for place in range(7)
    )
    blank = _texts([""] * len(rows))
    return Events(np.arange(2, len(rows) + 2), items.id[item], items.key[item], item, step, blank,
                  _texts([row[7] for row in rows]), start, start_state.astype(np.int8), finish,
                  finish_state.astype(np.int8), outcome.astype(np.int8), blank, blank)  # fmt: skip
