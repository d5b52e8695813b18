"""Large registers for the benchmarks: the template's sheets with as many invented events as wanted."""

from __future__ import annotations

import io
import random
import sys
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import xlsxwriter

from tracker.register.demo import demo_bytes
from tracker.register.schema import SHEETS
from tracker.register.seed import empty_content

__all__ = ["book", "now"]

STEPS = 6
OUTCOMES = {4: "Ya", 5: "Ya"}
WHO = {
    1: "Nama Kasubbag",
    2: "Nama Staf",
    3: "Nama Pengelola",
    4: "Nama Staf",
    5: "Nama Kasubbag",
    6: "Nama Pengelola",
}


ITEMS_A_DAY = 20
FIRST_MONDAY = datetime(2025, 1, 6, 7, 30)
YEARS = (2025, 2026, 2027, 2028, 2029)
USUAL = {1: 9, 2: 29, 3: 29, 4: 29, 5: 9, 6: 14}
"""Minutes that a step takes at most when it is on time."""
FORMS = (
    "{d}/{m}/{y} {h:02d}.{n:02d}",
    "{d:02d}-{m:02d}-{s:02d} {h:02d}:{n:02d}",
    "{d} {name} {y} pukul {h:02d}.{n:02d} WITA",
    "{y}-{m:02d}-{d:02d} {h:02d}:{n:02d}",
)
"""How three in a hundred moments are typed as text."""
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
"""Two events in a hundred are late, and two in a hundred cells of the other kinds are typed freely."""


CALCULATED = (
    ('=IF(C{row}="","",INDEX(Langkah!B:B,MATCH(C{row},Langkah!A:A,0)))', "Membuat konsep konten"),
    ('=IF(C{row}="","",INDEX(Langkah!E:E,MATCH(C{row},Langkah!A:A,0)))', "30 Menit"),
    ('=IF(E{row}="","",E{row}+1/48)', 46237.5),
    ('=IF(F{row}="","",ROUND((F{row}-E{row})*1440,0))', 12),
    ('=IF(K{row}="","",IF(F{row}<=L{row},"Tepat","Terlambat"))', "Tepat"),
    ('=IF(A{row}="","","Sesuai")', "Sesuai"),
)
"""The ƒ columns of Riwayat, with the values that Excel would have kept beside them."""


@cache
def _workdays() -> tuple[datetime, ...]:
    content = empty_content(YEARS)
    free = {row["on"] for row in content.rows["holidays"]}
    days = (FIRST_MONDAY + timedelta(days=day) for day in range(1800))
    return tuple(day for day in days if day.weekday() < 5 and day.date() not in free)


def _begins(item: int) -> datetime:
    """Items begin on working days, a few minutes apart."""
    day, turn = divmod(item, ITEMS_A_DAY)
    return _workdays()[day] + timedelta(minutes=30 + turn)


def _typed(chance: random.Random, moment: datetime) -> object:
    if chance.random() >= 0.03:
        return moment
    return chance.choice(FORMS).format(
        d=moment.day, m=moment.month, y=moment.year, s=moment.year % 100, h=moment.hour, n=moment.minute,
        name=MONTHS[moment.month - 1],
    )  # fmt: skip


def _freely(chance: random.Random, usual: object, *others: object) -> object:
    return chance.choice(others) if others and usual and chance.random() < 0.02 else usual


def now(events: int) -> datetime:
    """A moment after the last event of `book(events)`; of the sample, when it is looked at."""
    if not events:
        return datetime(2026, 11, 20, 10, 40)
    return _begins(events // STEPS) + timedelta(days=1)


def book(events: int, seed: int = 1, running: int = 0) -> bytes:
    """A plain register of this many events, six an item, with ƒ columns but no ready rows; deterministic.

    Of the last `running` items only the first one to five steps are recorded.
    """
    chance = random.Random(seed)
    rows: list[list[object]] = []
    unfinished = -(-events // STEPS) - running
    for index in range(events):
        item, step = divmod(index, STEPS)
        if item >= unfinished and step > item % (STEPS - 1):
            continue
        start = _begins(item) + timedelta(minutes=step * 30)
        late = chance.random() < 0.02
        finish = start + timedelta(minutes=40 if late else chance.randrange(3, USUAL[step + 1]))
        number, who = f"K-{item + 1:06d}", WHO[step + 1]
        rows.append(
            [
                _freely(chance, number, f" {number}", number.lower()), "",
                _freely(chance, step + 1, f"Langkah {step + 1}", str(step + 1)),
                _freely(chance, who, who.upper(), f" {who}\u00a0"),
                _typed(chance, start), _typed(chance, finish),
                _freely(chance, OUTCOMES.get(step + 1, ""), "setuju", "acc ", "YA"), "draf.docx", "",
            ]
        )  # fmt: skip
    items = [[f"K-{item + 1:06d}", f"Konten nomor {item + 1}", "Instagram", "Infografis", "", f"https://contoh.go.id/p/{item}"]
             for item in range(-(-events // STEPS))]  # fmt: skip
    stream = io.BytesIO()
    target = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"})
    content = empty_content(YEARS)
    for sheet in SHEETS:
        page = target.add_worksheet(sheet.name)
        page.write_row(0, 0, [column.heading for column in sheet.columns])
        given = {"register": items, "events": rows}.get(sheet.key)
        if given is None:
            given = [
                [row.get(column.key, "") for column in sheet.columns]
                for row in content.rows.get(sheet.key, ())
            ]
        for at, row in enumerate(given, start=1):
            page.write_row(at, 0, ["" if cell is None else cell for cell in row])
            for column, (formula, shown) in enumerate(
                CALCULATED if sheet.key == "events" else (), start=len(row)
            ):
                page.write_formula(at, column, formula.format(row=at + 1), None, shown)
    target.close()
    return stream.getvalue()


def main(events: int, path: str) -> None:
    """Write a register to `path`: `book(events)`, or with 0 the sample of `init --demo`."""
    Path(path).write_bytes(book(events) if events else demo_bytes(now(0), 1))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
