"""Workbooks for tests, written as text tables: real .xlsx bytes, or a `Snapshot` without a file.

A table is lines of cells parted by `|`; the first line holds the headings. How a cell is written says what it is::

    K-1                    text as typed (the spaces around it belong to the table, not to the cell)
    '  K-1                 text exactly as it stands after the apostrophe, less one space before the bar
    4   12.3               a number (07.30 and 12.30 are texts: no number is written so)
    @2026-08-03 09:15      a true date-time        @2026-08-03   a true date        @07:30   a time of day
    =A2                    a formula (openpyxl stores no cached value: the cell reads as empty)
    =A2 -> Judul           a formula with its cached value, in snapshots only
    #REF!                  an error value
    (nothing)              an empty cell

Typical use::

    register = read('''
        ID  | Langkah | Pelaksana   | Mulai             | Selesai
        K-1 | 1       | Rahma Aulia | @2026-08-03 09:00 | @2026-08-03 09:08
    ''')                                        # Riwayat on the real SOP; Register gets every ID that is named
    data = workbook(office(riwayat="..."))      # the bytes of an .xlsx with the same sheets
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tracker.register.reader import read_register
from tracker.register.store import Grid, RawValue, Snapshot
from tracker.sop.model import Register

__all__ = ["LANGKAH", "PEGAWAI", "codes", "office", "places", "read", "snapshot", "table", "workbook"]

Rows = Sequence[Sequence[RawValue]]

SOP = """
    Uraian       | Isi
    Instansi     | Sekretariat Komisi Pemilihan Umum Kota Banjarbaru
    Nomor SOP    | 5 Tahun 2023
    Nama SOP     | Pengelolaan Media Sosial JDIH
    Dasar Hukum  | Undang-Undang Nomor 7 Tahun 2017
    Dasar Hukum  | PKPU Nomor 8 Tahun 2019
    Zona Waktu   | Asia/Makassar (WITA)
"""
LANGKAH = """
    No | Kegiatan | Pelaksana | Kelengkapan | Waktu | Satuan | Output | Jika Ya | Jika Tidak
    1 | Memberikan disposisi | Kasubbag Hukum dan SDM    | Disposisi       | 10 | Menit | Disposisi       | 2       |
    2 | Menghimpun bahan     | Staf Subbag Hukum dan SDM | Disposisi       | 1  | Hari  | Draft           | 3       |
    3 | Membuat konsep       | Pengelola JDIH            | Draft           | 30 | Menit | Draft sunting   | 4       |
    4 | Menyunting draft     | Staf Subbag Hukum dan SDM | Draft sunting   | 30 | Menit | Draft disetujui | 5       | 3
    5 | Menyetujui           | Kasubbag Hukum dan SDM    | Draft disetujui | 10 | Menit | Siap upload     | 6       | 4
    6 | Mengunggah konten    | Pengelola JDIH            | Siap upload     | 15 | Menit | Telah diunggah  | Selesai |
"""
PEGAWAI = """
    Nama         | NIP  | Peran                     | Status    | Mulai       | Sampai
    Hadi Wijaya  |      | Sekretaris                | Definitif | @2023-01-02 |
    Rahma Aulia  |      | Kasubbag Hukum dan SDM | Definitif | @2023-01-02 |
    Budi Santoso |      | Staf Subbag Hukum dan SDM |           |             |
    Siti Aminah  |      | Pengelola JDIH |           |             |
"""
JAM_KERJA = """
    Hari         | Masuk  | Istirahat | Selesai Istirahat | Pulang | Berlaku Mulai | Berlaku Sampai | Keterangan
    Senin–Kamis  | @07:30 | @12:00    | @13:00            | @16:00 |               |                |
    Jumat        | @07:30 | @11:30    | @13:00            | @16:30 |               |                |
    Senin–Kamis  | @08:00 | @12:00    | @12:30            | @15:00 | @2026-02-19   | @2026-03-20    | Ramadan
    Jumat        | @08:00 | @11:30    | @12:30            | @15:30 | @2026-02-19   | @2026-03-20    | Ramadan
"""
HARI_LIBUR = """
    Tanggal     | Keterangan                 | Jenis
    @2026-01-01 | Tahun Baru 2026 Masehi     | Libur Nasional
    @2026-08-17 | Proklamasi Kemerdekaan     | Libur Nasional
    @2026-12-24 | Cuti Bersama Natal         | Cuti Bersama
"""
RIWAYAT = "ID | Langkah | Pelaksana | Mulai | Selesai | Hasil | Bukti | Catatan"
REGISTER = "ID | Judul | Kanal | Jenis | Target Tayang | Tautan | Dibagikan | Catatan | Dibatalkan"


def table(text: str) -> list[list[RawValue]]:
    """The rows of a text table; formulas stay text that begins with `=`, errors text that begins with `#`."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [[_cell(cell) for cell in line.split("|")] for line in lines]


def _cell(written: str) -> RawValue:
    text = written.strip()
    if text.startswith("'"):
        return written[written.index("'") + 1 :].removesuffix(" ")
    if text.startswith("@"):
        return _moment(text[1:])
    if re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", text) and repr(float(text)) == text:
        return float(text)
    return text or None


def _moment(text: str) -> datetime | date | time:
    if "-" not in text:
        return time.fromisoformat(text)
    return datetime.fromisoformat(text) if ":" in text else date.fromisoformat(text)


def office(
    riwayat: str = RIWAYAT, register: str | None = None, **others: str | None
) -> dict[str, list[list[RawValue]]]:
    """The sheets of a whole book by name, on the real SOP; `others` replaces one by its schema key (None drops it).

    Without `register`, sheet Register gets a row for every ID that `riwayat` names.
    """
    events = table(riwayat)
    texts = {
        "sop": SOP,
        "steps": LANGKAH,
        "people": PEGAWAI,
        "hours": JAM_KERJA,
        "holidays": HARI_LIBUR,
    } | others
    names = {"sop": "SOP", "steps": "Langkah", "people": "Pegawai", "hours": "Jam Kerja", "holidays": "Hari Libur",
             "choices": "Daftar", "archive": "Arsip"}  # fmt: skip
    rest = {names[key]: table(text) for key, text in texts.items() if text is not None}
    return {"Register": table(register) if register is not None else _named(events), "Riwayat": events} | rest


def _named(events: Rows) -> list[list[RawValue]]:
    at = list(events[0]).index("ID") if "ID" in events[0] else None
    ids = dict.fromkeys(row[at] for row in events[1:] if at is not None and at < len(row) and row[at])
    named = [identifier for identifier in ids if not str(identifier).startswith(("=", "#"))]
    return [*table(REGISTER), *([identifier, f"Judul {identifier}"] for identifier in named)]


def workbook(sheets: Mapping[str, Rows], *, is_1904: bool = False) -> bytes:
    """The bytes of an .xlsx that openpyxl writes, with one worksheet a table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(row, column, value)
                if isinstance(value, str) and re.fullmatch(r"#[A-Z/0!?]+", value):
                    cell.data_type = "e"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def snapshot(
    sheets: Mapping[str, Rows],
    *,
    merges: Mapping[str, Sequence[tuple[int, int, int, int]]] | None = None,
    serial_offset: int = 0,
    serials_are_dates: bool = False,
) -> Snapshot:
    """The same sheets as a `Snapshot`, without a file; `merges` are 0-based by sheet name."""
    grids = tuple(_grid(name, rows, tuple((merges or {}).get(name, ()))) for name, rows in sheets.items())
    revision = hashlib.sha256(repr(sheets).encode()).hexdigest()
    return Snapshot(grids, revision, serial_offset=serial_offset, serials_are_dates=serials_are_dates)


def _grid(name: str, rows: Rows, merges: tuple[tuple[int, int, int, int], ...]) -> Grid:
    formulas: set[tuple[int, int]] = set()
    errors: dict[tuple[int, int], str] = {}
    values = [[_seen(value, (row, column), formulas, errors) for column, value in enumerate(cells)]
              for row, cells in enumerate(rows)]  # fmt: skip
    return Grid(name, values, frozenset(formulas), errors, merges)


def _seen(
    value: RawValue,
    place: tuple[int, int],
    formulas: set[tuple[int, int]],
    errors: dict[tuple[int, int], str],
) -> RawValue:
    """What calamine would give for the cell, with formulas and errors noted."""
    if isinstance(value, str) and value.startswith("="):
        formulas.add(place)
        _, _, value = value.partition(" -> ")
    if isinstance(value, str) and re.fullmatch(r"#[A-Z/0!?]+", value):
        errors[place] = value
        return ""
    return _cell(value) if place in formulas and isinstance(value, str) else value


def read(riwayat: str = RIWAYAT, register: str | None = None, **others: str | None) -> Register:
    """The register of `office(...)` as read, without a file."""
    return read_register(snapshot(office(riwayat, register, **others)))


def codes(register: Register) -> list[str]:
    """The codes found while reading, in sheet order."""
    return [found.code for found in register.findings]


def places(register: Register, code: str) -> list[str]:
    """`Sheet!A1` of every finding with this code."""
    return [f"{found.place.sheet}!{found.place.cell}" for found in register.findings if found.code == code]
