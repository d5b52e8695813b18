"""Books for the tests of the template: random ones, and the comparison of shown cells with the rules of the tool."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from python_calamine import CalamineWorkbook

from tracker.register.schema import sheet
from tracker.register.seed import empty_content
from tracker.register.seed.content import BookContent, Row, Value
from tracker.sop.calendar import day_number

_FIRST = date(2026, 1, 2)
_HOLIDAYS = (date(2026, 3, 19), date(2026, 8, 17), date(2026, 5, 14), date(2026, 12, 24))
_NEXT = {1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 6}


def random_content(seed: int, items: int = 50, events: int = 230) -> tuple[BookContent, int]:
    """A book with random traces of real date-times, and the moment (local minutes) at which it is looked at.

    Days are drawn from the whole year with Ramadan, Fridays, weekends and holidays in excess; about half of the
    steps follow the SOP, the others are whatever comes; some events are open, some have no start, some items are
    cancelled. Rows are shuffled as staff shuffle them.
    """
    chance = random.Random(seed)
    now = datetime(2026, 1, 20) + timedelta(minutes=chance.randrange(330 * 1440))
    rows: list[dict[str, Value]] = []
    register: list[dict[str, Value]] = []
    for number in range(1, items + 1):
        cancelled = chance.random() < 0.08
        register.append(
            {
                "id": f"K-2026-{number:04d}",
                "title": f"Konten {number}",
                "cancelled_on": _day(chance) if cancelled else None,
            }
        )
        if chance.random() < 0.9 and len(rows) < events:
            rows += _trace(chance, f"K-2026-{number:04d}", now)
    if chance.random() < 0.8:
        chance.shuffle(rows)
    register.append({"id": "K-2026-0999", "title": "Semenit"})
    rows += _tied("K-2026-0999")
    content = empty_content()
    settings = content.of("sop")
    if seed % 3 == 0:
        settings = (
            *(row for row in settings if row["label"] != "Mulai Kosong"),
            {"label": "Mulai Kosong", "value": "ketat"},
        )
    if seed % 4 == 1:
        settings = (
            *(row for row in settings if row["label"] != "Batas Tunggu"),
            {"label": "Batas Tunggu", "value": "3 jam"},
        )
    steps = content.of("steps")
    if seed % 5 == 2:
        steps = _in_parts_of_days(steps)
        settings = (
            *(row for row in settings if row["label"] != "Batas Tunggu"),
            {"label": "Batas Tunggu", "value": "0,5 hari"},
        )
    extra: Row = {"on": date(2026, 7, 18), "remark": "Pengganti", "kind": "Hari Kerja Pengganti"}
    filled: dict[str, tuple[Row, ...]] = {
        **content.rows,
        "register": tuple(register),
        "events": tuple(rows),
        "sop": settings,
        "steps": steps,
        "holidays": (*content.of("holidays"), extra),
    }
    return replace(content, rows=filled), day_number(now.date()) * 1440 + now.hour * 60 + now.minute


def _in_parts_of_days(steps: tuple[Row, ...]) -> tuple[Row, ...]:
    """The steps with other standards, in parts of days and of hours."""
    standards: tuple[tuple[Value, Value], ...] = (
        ("0,5", "Hari"), ("1,5", "Hari"), (0.25, "Hari"), ("1,25 jam", None), ("2,9 hari", None), ("15", "Menit"),
    )  # fmt: skip
    return tuple(
        {**row, "standard": amount, "unit": unit}
        for row, (amount, unit) in zip(steps, standards, strict=True)
    )


def _day(chance: random.Random) -> date:
    kind = chance.random()
    if kind < 0.2:
        return date(2026, 2, 19) + timedelta(days=chance.randrange(34))
    if kind < 0.35:
        return _FIRST + timedelta(days=7 * chance.randrange(50))
    if kind < 0.45:
        return chance.choice(_HOLIDAYS) + timedelta(days=chance.randrange(-2, 3))
    return _FIRST + timedelta(days=chance.randrange(350))


def _clock(chance: random.Random, day: date) -> datetime:
    edges = (
        1,
        449,
        450,
        451,
        480,
        690,
        691,
        719,
        720,
        721,
        750,
        779,
        780,
        781,
        900,
        930,
        950,
        959,
        960,
        989,
        990,
    )
    minute = chance.choice(edges) if chance.random() < 0.3 else chance.randrange(430, 1010)
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)


def _trace(chance: random.Random, key: str, now: datetime) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = []
    step, at = 1, _clock(chance, _day(chance))
    orderly = chance.random() < 0.6
    for _ in range(chance.randrange(1, 9)):
        start = at
        finish = start + timedelta(
            minutes=chance.choice((0, 5, 9, 10, 11, 15, 29, 30, 31, 45, 200, 1440, 1441, 3000))
        )
        row: dict[str, Value] = {"id": key, "step": step, "start": start, "finish": finish}
        if step in (4, 5):
            row["outcome"] = chance.choice(("Ya", "Ya", "Ya", "Tidak", "setuju", "revisi", None, "mungkin"))
        _disturb(chance, row)
        rows.append(row)
        if row.get("outcome") in ("Tidak", "revisi"):
            step -= 1
        else:
            step = _NEXT[step]
        if not orderly and chance.random() < 0.5:
            step = chance.randrange(1, 7)
        gap = chance.choice((0, 0, 3, 5, 10, 60, 1440, 2880)) - chance.choice((0, 0, 0, 3, 8))
        at = finish + timedelta(minutes=gap) if chance.random() < 0.8 else _clock(chance, finish.date())
    return rows


def _tied(key: str) -> list[dict[str, Value]]:
    """Rows of one minute: an unknown start lay before one that is that very minute, whatever the steps."""
    at = datetime(2026, 1, 5, 9, 10)
    return [
        {"id": key, "step": 1, "start": at - timedelta(minutes=9), "finish": at},
        {"id": key, "step": 2, "start": at, "finish": at},
        {"id": key, "step": 3, "start": None, "finish": at},
        {"id": key, "step": 4, "start": at, "finish": None},
    ]


def _disturb(chance: random.Random, row: dict[str, Value]) -> None:
    fault = chance.random()
    if fault < 0.06:
        row["start"] = None
    elif fault < 0.12:
        row["finish"] = None
    elif fault < 0.14:
        row["start"], row["finish"] = row["finish"], row["start"]
    elif fault < 0.15:
        row["id"] = "K-2026-9999"
    elif fault < 0.16:
        row["step"] = 9


def differences(
    book: CalamineWorkbook, expected: Mapping[str, tuple[Row, ...]]
) -> list[tuple[str, int, str, object, object]]:
    """(sheet key, row, column key, expected, shown) of every ƒ cell that shows something else than the rules say."""
    found = []
    for key, rows in expected.items():
        described = sheet(key)
        shown = book.get_sheet_by_name(described.name).to_python(skip_empty_area=False)
        for offset, row in enumerate(rows):
            for index, column in enumerate(described.columns):
                if column.is_formula:
                    wanted, seen = _plain(row.get(column.key)), _plain(shown[offset + 3][index])
                    if wanted != seen:
                        found.append((key, offset + 4, column.key, wanted, seen))
    return found


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return (value + timedelta(seconds=30)).replace(second=0, microsecond=0)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value
