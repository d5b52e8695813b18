"""Large registers for the benchmarks: the template's sheets with as many invented events as wanted."""

from __future__ import annotations

import io
import random
import sys
from datetime import datetime, timedelta
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


def _begins(item: int) -> datetime:
    """Items begin on weekdays, a few minutes apart."""
    week, weekday = divmod(item // ITEMS_A_DAY, 5)
    return FIRST_MONDAY + timedelta(days=7 * week + weekday, minutes=item % ITEMS_A_DAY * 2)


def now(events: int) -> datetime:
    """A moment after the last event of `book(events)`; of the sample, when it is looked at."""
    if not events:
        return datetime(2026, 11, 20, 10, 40)
    return _begins(events // STEPS) + timedelta(days=1)


def book(events: int, seed: int = 1) -> bytes:
    """A plain register of this many events, six an item, without ready rows and formulas; deterministic."""
    chance = random.Random(seed)
    rows: list[list[object]] = []
    for index in range(events):
        item, step = divmod(index, STEPS)
        start = _begins(item) + timedelta(minutes=step * 35)
        finish = start + timedelta(minutes=chance.randrange(3, 34))
        number = f"K-{item + 1:06d}"
        rows.append(
            [number, "", step + 1, WHO[step + 1], start, finish, OUTCOMES.get(step + 1, ""), "draf.docx", ""]
        )
    items = [[f"K-{item + 1:06d}", f"Konten nomor {item + 1}", "Instagram", "Infografis", "", f"https://contoh.go.id/p/{item}"]
             for item in range(-(-events // STEPS))]  # fmt: skip
    stream = io.BytesIO()
    target = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"})
    content = empty_content((2025, 2026, 2027))
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
    target.close()
    return stream.getvalue()


def main(events: int, path: str) -> None:
    """Write a register to `path`: `book(events)`, or with 0 the sample of `init --demo`."""
    Path(path).write_bytes(book(events) if events else demo_bytes(now(0), 1))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
