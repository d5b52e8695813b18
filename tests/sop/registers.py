"""Registers for the tests of the rules, written as text tables and built without any file.

A row of Riwayat reads `K-1 | 2 | Staf Satu | 3/8 09.00 | 3/8 10.00 | Ya | catatan | bukti`; empty parts are blank
cells, `?` is a cell that cannot be read, dates without a year are in 2026. Row numbers count from 2, as in a sheet.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from tracker.folding import fold
from tracker.sop.calendar import day_number
from tracker.sop.model import (
    BLANK_STEP,
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

KASUBBAG, STAF, PENGELOLA = "Kasubbag Hukum dan SDM", "Staf Subbag Hukum dan SDM", "Pengelola JDIH"
WEEK = (
    HoursRow(frozenset({0, 1, 2, 3}), ((450, 720), (780, 960)), None, None, 2),
    HoursRow(frozenset({4}), ((450, 690), (780, 990)), None, None, 3),
)
HOLIDAYS = (Holiday(day_number(date(2026, 8, 17)), works=False, name="Kemerdekaan", estimated=False, row=2),)
PEOPLE = (
    "Kasub Satu | " + KASUBBAG,
    "Staf Satu | " + STAF,
    "Staf Dua | " + STAF,
    "Kelola Satu | " + PENGELOLA,
)


def minute(text: str, year: int = 2026) -> int:
    """`3/8 09.15` or `3/8/2026 09.15` as local minutes."""
    on, clock = text.split()
    parts = [int(part) for part in on.split("/")]
    day, month = parts[0], parts[1]
    hour, minutes = (int(part) for part in clock.split("."))
    return day_number(date(parts[2] if len(parts) > 2 else year, month, day)) * 1440 + hour * 60 + minutes


def standard(text: str) -> Standard:
    """`10 menit`, `1,5 jam`, `1 hari`."""
    amount, unit = text.split()
    return Standard(
        float(amount.replace(",", ".")), {"menit": Unit.MINUTES, "jam": Unit.HOURS, "hari": Unit.DAYS}[unit]
    )


def step(
    number: int, role: str, standard: Standard | None, on_yes: int, on_no: int = NO_STEP, **other: object
) -> Step:
    words = {
        "requirement": "",
        "output": "",
        "needs_evidence": False,
        "remark": "",
        "row": number + 1,
        **other,
    }
    return Step(
        number=number,
        activity=f"Kegiatan {number}",
        role=role,
        standard=standard,
        on_yes=on_yes,
        on_no=on_no,
        **words,
    )  # type: ignore[arg-type]


def seed_sop() -> Sop:
    """The SOP of six steps: step 4 returns to 3, step 5 returns to 4."""
    ten, thirty = Standard(10, Unit.MINUTES), Standard(30, Unit.MINUTES)
    steps = (
        step(1, KASUBBAG, ten, 1),
        step(2, STAF, Standard(1, Unit.DAYS), 2),
        step(3, PENGELOLA, thirty, 3),
        step(4, STAF, thirty, 4, 2),
        step(5, KASUBBAG, ten, 5, 3),
        step(6, PENGELOLA, Standard(15, Unit.MINUTES), END),
    )
    return Sop({}, steps)


def person(text: str, row: int) -> Appointment:
    """`Nama | Peran | Plh. | 1/8 | 5/8`."""
    parts = [part.strip() for part in text.split("|")] + ["", "", "", ""]
    days = [minute(one + " 00.00") // 1440 if one else None for one in parts[3:5]]
    return Appointment(
        parts[0],
        fold(parts[0]),
        "",
        parts[1],
        fold(parts[1]),
        parts[2] or "Definitif",
        days[0],
        days[1],
        "",
        row,
    )


def _moment(text: str) -> tuple[int, State]:
    if not text:
        return 0, State.BLANK
    if text == "?":
        return 0, State.UNREADABLE
    if " " not in text:
        return minute(text + " 00.00"), State.DATE_ONLY
    return minute(text), State.OK


_OUTCOMES = {"": Outcome.BLANK, "Ya": Outcome.YES, "Tidak": Outcome.NO}


def register(
    rows: list[str],
    *,
    items: list[str] | None = None,
    sop: Sop | None = None,
    people: tuple[str, ...] = PEOPLE,
    hours: tuple[HoursRow, ...] = WEEK,
    holidays: tuple[Holiday, ...] = HOLIDAYS,
    settings: Settings | None = None,
) -> Register:
    """A register of these events; items (`K-1 | dibatalkan | target | tautan`) default to one for each ID."""
    sop = sop or seed_sop()
    cells = [[part.strip() for part in row.split("|")] + [""] * 8 for row in rows]
    item_cells = [[part.strip() for part in one.split("|")] + ["", "", ""] for one in items or []] or [
        [one, "", "", ""] for one in dict.fromkeys(row[0] for row in cells) if one
    ]
    built = _items(item_cells)
    return Register(
        sop=sop,
        settings=settings or Settings(),
        people=tuple(person(text, row) for row, text in enumerate(people, start=2)),
        hours=hours,
        holidays=holidays,
        items=built,
        events=_events(cells, built, sop),
    )


def _items(cells: list[list[str]]) -> Items:
    size = len(cells)
    dates = [[_moment(one) for one in (row[1], row[2])] for row in cells]
    texts = np.array([""] * size, dtype=object)
    ids = np.array([row[0] for row in cells], dtype=object)
    blank = np.zeros(size, dtype=np.int64)
    return Items(
        row=np.arange(2, size + 2),
        id=ids,
        key=np.array([fold(one) for one in ids], dtype=object),
        title=ids,
        channel=texts,
        kind=texts,
        note=texts,
        links=np.array([row[3] for row in cells], dtype=object),
        target_on=np.array([one[1][0] // 1440 for one in dates], dtype=np.int64),
        target_state=np.array([one[1][1] for one in dates], dtype=np.int8),
        shared_at=blank,
        shared_state=blank.astype(np.int8),
        cancelled_on=np.array([one[0][0] // 1440 for one in dates], dtype=np.int64),
        cancelled_state=np.array([one[0][1] for one in dates], dtype=np.int8),
    )


def _events(cells: list[list[str]], items: Items, sop: Sop) -> Events:
    where = {key: index for index, key in reversed(list(enumerate(items.key)))}
    keys = [fold(row[0]) for row in cells]
    starts, finishes = [_moment(row[3]) for row in cells], [_moment(row[4]) for row in cells]

    def known(text: str) -> int:
        if not text:
            return BLANK_STEP
        index = sop.index_of(int(text))
        return UNKNOWN_STEP if index is None else index

    def texts(column: int) -> np.ndarray:
        return np.array([row[column] for row in cells], dtype=object)

    return Events(
        row=np.arange(2, len(cells) + 2),
        id=texts(0),
        key=np.array(keys, dtype=object),
        item=np.array([where.get(key, -1) for key in keys], dtype=np.int64),
        step=np.array([known(row[1]) for row in cells], dtype=np.int64),
        step_text=texts(1),
        performer=texts(2),
        start=np.array([one[0] for one in starts], dtype=np.int64),
        start_state=np.array([one[1] for one in starts], dtype=np.int8),
        finish=np.array([one[0] for one in finishes], dtype=np.int64),
        finish_state=np.array([one[1] for one in finishes], dtype=np.int8),
        outcome=np.array([_OUTCOMES.get(row[5], Outcome.UNREADABLE) for row in cells], dtype=np.int8),
        note=texts(6),
        evidence=texts(7),
    )
