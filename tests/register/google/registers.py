"""A small register as `init` lays it out on Google: typed columns, the key, then array formulas."""

from __future__ import annotations

from typing import Any

from tests.register.google.office import Office
from tests.register.google.spreadsheets import Array, Spreadsheet
from tracker.register.store import AppendRow, CellValue, ChangeRow, Patch

MONDAY = 46_237.0
"""3 August 2026."""
EVENTS_HEADINGS = ["ID", "Langkah", "Pelaksana", "Mulai", "Selesai", "Hasil", "Bukti", "Catatan", "Kunci"]
ITEM_HEADINGS = ["ID", "Judul", "Kanal", "Jenis", "Target Tayang", "Tautan", "Dibagikan", "Produk Hukum Terkait",
                 "Catatan", "Dibatalkan", "Kunci"]  # fmt: skip
TYPED_EVENTS = tuple(range(8))


def at(clock: str) -> float:
    """A moment of that Monday as a serial number."""
    hour, minute = clock.split(".")
    return MONDAY + (int(hour) * 60 + int(minute)) / 1440


def register(office: Office, events: list[list[Any]] | None = None, *, arrays: bool = True) -> Spreadsheet:
    """Fill the spreadsheet with every sheet that a register needs."""
    book = office.fill({
        "Panduan": [["Panduan"]],
        "Register": [["Register"], ["…"], ITEM_HEADINGS, ["K-1", "Satu"], ["K-2", "Dua"]],
        "Riwayat": [["Riwayat"], ["…"], EVENTS_HEADINGS, *(EVENTS if events is None else events)],
        "SOP": [["Uraian", "Isi"], ["Zona Waktu", "Asia/Makassar"]],
        "Langkah": [["No", "Kegiatan", "Pelaksana", "Waktu", "Satuan", "Jika Tidak"],
                    [1, "Menugaskan", "Kasubbag", 30, "Menit"], [2, "Menyusun", "Staf", 1, "Jam"],
                    [3, "Memeriksa", "Kasubbag", 1, "Jam", 2]],
        "Pegawai": [["Nama", "Peran"], ["Siti", "Kasubbag"], ["Budi", "Staf"]],
        "Jam Kerja": [["Hari", "Masuk", "Istirahat", "Selesai Istirahat", "Pulang"],
                      ["Senin–Jumat", 7.5 / 24, 12 / 24, 13 / 24, 16 / 24]],
        "Hari Libur": [["Tanggal", "Keterangan"], [46_251, "Proklamasi"]],
        "Daftar": [["Kanal", "Jenis"], ["Instagram", "Infografis"]],
        "Arsip": [["Nomor", "Jenis", "Periode"]],
        "Kalender": [["rahasia"]],
    })  # fmt: skip
    book.tab("Kalender").hidden = True
    if arrays:
        for number, heading in enumerate(("Judul", "Kegiatan", "Ketepatan")):
            text = f'={{"{heading}";ARRAYFORMULA(IF(Kalender!A4:A="";;Kalender!A4:A))}}'
            book.tab("Riwayat").arrays[9 + number] = Array(text, 2, heading, _result)
    for tab in book.tabs:
        tab.row_count = 60
    return book


def _result(cells: list[Any]) -> str:
    """A formula's result: something for a record, "" for an empty row – the worst that a service can deliver."""
    return f"hasil {cells[0]}" if cells and cells[0] is not None else ""


EVENTS: list[list[Any]] = [
    ["K-1", 1, "Siti", at("9.00"), at("9.20")],
    ["K-1", 2, "Budi", at("9.30")],
    ["K-2", 1, "Siti", at("10.00"), at("10.10")],
    ["K-2", 2, "Budi", at("10.20")],
]


def event(key: str = "", **cells: CellValue) -> Patch:
    """A new row of Riwayat."""
    values = {0: cells.get("id", "K-1"), 1: cells.get("step", 3), 2: cells.get("by", "Siti"), 4: at("11.00")}
    return Patch(appends=(AppendRow("Riwayat", values, TYPED_EVENTS, 2, key),))


def finish(row: int = 1, clock: str = "10.30") -> Patch:
    """Fill Selesai of an open event."""
    expected = dict(enumerate(EVENTS[row]))
    return Patch(changes=(ChangeRow("Riwayat", expected, {4: at(clock)}, row + 3),))


def events(office: Office) -> list[list[object]]:
    """The records of Riwayat without their keys."""
    rows = office.book.tab("Riwayat").typed()[3:]
    return [list(row[:8]) for row in rows]


def trim(row: list[object]) -> list[object]:
    while row and row[-1] == "":
        row.pop()
    return row
