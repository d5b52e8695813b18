"""The stories of tests/scenarios: read from their pages, and written into real workbooks.

What a page leaves out is as its README says; what it says stands in the book as an office would have typed it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path

from tests.books import workbook
from tests.sop.registers import KASUBBAG, PENGELOLA, STAF, minute
from tracker.register.excel.reading import read_snapshot
from tracker.register.reader import read_register
from tracker.register.store import RawValue, Snapshot
from tracker.sop.model import Register

__all__ = ["STORIES", "Story", "Table"]

FOLDER = Path(__file__).parents[1] / "scenarios"
LINK = "https://contoh.go.id/kiriman/1"
YEAR = 2026
ROLES = (KASUBBAG, STAF, PENGELOLA)


@dataclass
class Table:
    """One table of a story: its headings and rows as written."""

    heading: list[str]
    rows: list[list[str]] = field(default_factory=list)

    def column(self, heading: str) -> list[str]:
        """The cells below this heading; empty where the table has none."""
        if heading not in self.heading:
            return []
        return [row[self.heading.index(heading)] for row in self.rows]


@dataclass
class Story:
    """One `##` section: the moment it is told at, its tables by sheet, and what its book lacks."""

    title: str
    now: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    lacks: set[str] = field(default_factory=set)
    """Names of sheets, or `Sheet/Heading`."""

    @property
    def moment(self) -> int:
        """Now, in local minutes."""
        return minute(self.now, YEAR)

    @property
    def expected(self) -> Counter[tuple[str, ...]]:
        """(code, sheet, row, heading, severity) of every finding, with how often it must come."""
        return Counter(map(tuple, self.tables["Temuan"].rows)) if "Temuan" in self.tables else Counter()

    @cached_property
    def snapshot(self) -> Snapshot:
        """The story's book, written as .xlsx by openpyxl and read by the product."""
        return read_snapshot(workbook({name: _sheet(table) for name, table in self._book().items()}))

    @cached_property
    def register(self) -> Register:
        """The book as the reader understands it."""
        return read_register(self.snapshot)

    def _book(self) -> dict[str, Table]:
        """The usual office with the sheets that the story tells otherwise."""
        told = {name: table for name, table in self.tables.items() if name != "Temuan"}
        events = told.get("Riwayat", _RIWAYAT)
        ids = [id_ for id_ in dict.fromkeys(events.column("ID")) if id_]
        items = told.get("Register", Table(["ID", "Tautan"], [[id_, LINK] for id_ in ids]))
        settings = told.pop("SOP", Table([]))
        book = {
            **_USUAL,
            "Riwayat": events,
            **told,
            "Register": self._with(items, "Register/Judul", "Judul"),
            "Langkah": self._with(told.get("Langkah", _LANGKAH), "Langkah/Kegiatan", "Kegiatan"),
            "SOP": Table(["Uraian", "Isi"], [["Zona Waktu", "WITA"], *settings.rows]),
        }
        return {name: table for name, table in book.items() if name not in self.lacks}

    def _with(self, table: Table, place: str, heading: str) -> Table:
        """The table with a required column that the story does not care about."""
        if heading in table.heading or place in self.lacks:
            return table
        return Table([*table.heading, heading], [[*row, f"{heading} {row[0]}"] for row in table.rows])


def _table(text: str) -> Table:
    heading, *rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return Table(heading, rows)


_RIWAYAT = _table("ID | Langkah | Pelaksana | Mulai | Selesai | Hasil | Bukti | Catatan")
_LANGKAH = _table(f"""
    No | Pelaksana | Waktu | Satuan | Jika Ya | Jika Tidak
    1 | {KASUBBAG} | 10 | Menit | 2 |
    2 | {STAF} | 1 | Hari | 3 |
    3 | {PENGELOLA} | 30 | Menit | 4 |
    4 | {STAF} | 30 | Menit | 5 | 3
    5 | {KASUBBAG} | 10 | Menit | 6 | 4
    6 | {PENGELOLA} | 15 | Menit | Selesai |
""")
_USUAL = {
    "Pegawai": _table(f"""
        Nama | Peran
        Kasub Satu | {KASUBBAG}
        Staf Satu | {STAF}
        Staf Dua | {STAF}
        Kelola Satu | {PENGELOLA}
    """),
    "Jam Kerja": _table("""
        Hari | Masuk | Istirahat | Selesai Istirahat | Pulang
        Senin–Kamis | 07.30 | 12.00 | 13.00 | 16.00
        Jumat | 07.30 | 11.30 | 13.00 | 16.30
    """),
    "Hari Libur": _table("""
        Tanggal | Keterangan | Jenis
        17/8 | Proklamasi Kemerdekaan | Libur Nasional
    """),
}

_DATE = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?(?: (?P<clock>\d\d\.\d\d))?")
_CLOCK = re.compile(r"(\d\d)\.(\d\d)")


def _sheet(table: Table) -> list[list[RawValue]]:
    return [[*table.heading], *([_cell(one) for one in row] for row in table.rows)]


def _cell(written: str) -> RawValue:
    """A cell as typed: a true date, date-time or time of day, a number, or text (after an apostrophe: any text)."""
    if written.startswith("'"):
        return written[1:]
    if match := _DATE.fullmatch(written):
        on = date(int(match["year"] or YEAR), int(match["month"]), int(match["day"]))
        return datetime.combine(on, _clock(match["clock"])) if match["clock"] else on
    if _CLOCK.fullmatch(written):
        return _clock(written)
    if re.fullmatch(r"\d+", written):
        return int(written)
    return float(written) if re.fullmatch(r"\d+\.\d", written) else written or None


def _clock(text: str) -> time:
    hour, minutes = text.split(".")
    return time(int(hour), int(minutes))


def _stories_in(path: Path) -> list[Story]:
    """The stories of one page."""
    found: list[Story] = []
    sheet = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found.append(Story(line[3:].strip()))
        elif line.startswith("Sekarang:"):
            found[-1].now = line.removeprefix("Sekarang:").strip()
        elif line.startswith("Tanpa:"):
            found[-1].lacks |= {one.strip() for one in line.removeprefix("Tanpa:").split(",")}
        elif line.startswith("**") and line.endswith("**"):
            sheet = line.strip("*")
        elif line.startswith("|"):
            cells = [one.strip() for one in line.strip().removeprefix("|").removesuffix("|").split("|")]
            table = found[-1].tables.setdefault(sheet, Table(cells))
            if table.heading is not cells and set(line) - set("|- "):
                assert len(cells) == len(table.heading), f"{path.name}: {line}"
                table.rows.append(cells)
    return found


STORIES = [(path.stem, story) for path in sorted(FOLDER.glob("[!R]*.md")) for story in _stories_in(path)]
