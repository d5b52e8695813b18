"""The catalogue: page Papan konten."""

from __future__ import annotations

from typing import Final

from tracker.views import wording
from tracker.views.board import Show

SHOW: Final = "Tampilkan"
SHOWS: Final = {
    Show.ALL: "Semua",
    Show.LATE: "Terlambat",
    Show.OVERLONG: "Menunggu lama",
    Show.SOON: "Segera",
}
SEARCH: Final = "Cari judul atau ID"
SEARCH_EXAMPLE: Final = "Contoh: siaran pers"
CLEAR_SEARCH: Final = "Hapus pencarian"
FINISHED: Final = "Selesai bulan ini"
BACK_BOARD: Final = "Papan konten"
NOBODY_HERE: Final = "Kosong"
NONE_SHOWN: Final = {
    Show.LATE: "Tidak ada konten terlambat.",
    Show.OVERLONG: "Tidak ada konten yang menunggu lama.",
    Show.SOON: "Tidak ada konten yang segera jatuh tempo.",
}
COLUMNS_FINISHED: Final = ("Konten", "Kanal", "Selesai", "Kepatuhan")
COMPLIANT: Final = "patuh"
NOT_COMPLIANT: Final = "tidak patuh"
SHOW_ALL: Final = "Tampilkan semua"


def finished(count: int) -> str:
    return f"{FINISHED}: {count}"


def board_line(running: int, not_started: int, late: int, shown: int) -> str:
    left = f" Ditampilkan {shown}." if shown != running + not_started else ""
    begin = f", {not_started} belum mulai" if not_started else ""
    return f"{running} konten berjalan{begin}, {late} terlambat.{left} Urutan: paling mendesak di atas."


def no_match(query: str) -> str:
    return f"Tidak ada yang cocok dengan “{query}”."


def first_of(shown: int, total: int) -> str:
    return f"Ditampilkan {shown} dari {wording.number(total)}."
