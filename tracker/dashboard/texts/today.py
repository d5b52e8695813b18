"""The catalogue: page Hari ini."""

from __future__ import annotations

from typing import Final

from tracker.dashboard.texts import DOT
from tracker.views import wording

GREETINGS: Final = ((11, "Selamat pagi"), (15, "Selamat siang"), (18, "Selamat sore"), (24, "Selamat malam"))
TILE_WAITING: Final = "Menunggu Anda"
TILE_LATE: Final = "Terlambat"
TILE_ISSUES: Final = "Temuan data"
DECISIONS: Final = "Menunggu keputusan Anda"
TASKS: Final = "Tugas Anda"
WHERE: Final = "Di mana konten sekarang"
ELSEWHERE: Final = "Terlambat pada langkah orang lain"
NOBODY_LATE: Final = "Tidak ada konten terlambat."
OPEN_BOARD: Final = "Buka papan konten"
LATE_THIS_MONTH: Final = "Terlambat bulan ini"
BACK_TODAY: Final = "Kembali ke Hari ini"
OPEN_DRAFT: Final = "Buka draf"
NO_PREVIOUS: Final = "belum dapat dibandingkan"
COLUMNS_LATE: Final = ("Konten", "Langkah", "Petugas", "Berjalan", "Keterangan")
COLUMNS_VIOLATIONS: Final = ("Konten", "Langkah", "Petugas", "Selesai", "Lewat", "Baris")


def greeting(hour: int, name: str) -> str:
    words = next(word for until, word in GREETINGS if hour < until)
    return f"{words}, {name}" if name else words


def headline(day: str, role: str, waiting: int, overdue: int) -> str:
    """`Jumat, 20 November 2026 · masuk sebagai Kasubbag · 4 konten menunggu Anda, 2 sudah lewat waktu`"""
    mine = f"{waiting} konten menunggu Anda" if waiting else "tidak ada yang menunggu Anda"
    late = f", {overdue} sudah lewat waktu" if overdue else ""
    return DOT.join((day, f"masuk sebagai {role}", mine + late))


def nothing_waits(clock: str) -> str:
    return f"Tidak ada yang menunggu Anda. Terakhir diputuskan pukul {clock}." if clock else NOTHING_WAITS


NOBODY: Final = "–"
CHOOSE_NAME: Final = "pilih nama Anda dahulu"
NOTHING_WAITS: Final = "Tidak ada yang menunggu Anda."


def oldest(duration: str) -> str:
    return f"paling lama {duration}" if duration else "semua sudah ditangani"


def of_running(running: int, overlong: int) -> str:
    waiting = f", {overlong} menunggu lama" if overlong else ""
    return f"dari {running} yang berjalan{waiting}"


def on_time_in(month: str) -> str:
    return f"Tepat waktu, {month}"


def points(change: float, month: str) -> str:
    size = change_in_points(change)
    return f"{size} dari {month}" if size else f"sama dengan {month}"


def change_in_points(change: float) -> str:
    """`naik 4,8 poin`; empty when the reader sees no change."""
    size = wording.number(abs(change))
    return "" if size == "0" else f"{'naik' if change > 0 else 'turun'} {size} poin"


def not_counted(items: int) -> str:
    return f"{items} konten perlu diperbaiki" if items else "tidak ada galat"


def late_count(count: int) -> str:
    return f"{count} terlambat"


def overlong_count(count: int) -> str:
    return f"{count} menunggu lama"
