"""Sheet Panduan: how to fill in the book, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracker.register.schema import PANDUAN
from tracker.register.template.sheets import set_up_paper
from tracker.register.template.styles import FAULT, FINISHED, HINT, LATE, RUNNING, WARN

if TYPE_CHECKING:
    from tracker.register.template.book import Page, Style
    from tracker.register.template.sheets import Made

__all__ = ["write_guide"]

_FONT: Final = {"font_name": "Calibri", "font_size": 11, "font_color": "#1F2933"}
_TEXT: Final[Style] = {**_FONT, "text_wrap": True, "valign": "top"}
_BOLD: Final[Style] = {**_TEXT, "bold": True}
_NUMBER: Final[Style] = {
    **_FONT,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1F3A5F",
    "align": "center",
    "valign": "vcenter",
}
_HEAD: Final[Style] = {
    **_FONT,
    "font_size": 12,
    "bold": True,
    "font_color": "#1F3A5F",
    "bottom": 2,
    "bottom_color": "#1F3A5F",
}
_BANNER: Final[Style] = {
    **_FONT,
    "font_size": 18,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1F3A5F",
    "valign": "vcenter",
    "indent": 1,
}
_SUB: Final[Style] = {
    **_FONT,
    "font_color": "#FFFFFF",
    "bg_color": "#51657D",
    "valign": "vcenter",
    "indent": 1,
}
_CHIP: Final = {**_FONT, "align": "center", "valign": "vcenter", "border": 1, "border_color": "#D5DBE3"}
_GRID: Final[Style] = {
    **_FONT,
    "font_size": 10,
    "border": 1,
    "border_color": "#D5DBE3",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
_GRID_HEAD: Final[Style] = {**_GRID, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F"}

_STEPS: Final = (
    (
        "Konten baru",
        "Isi satu baris di lembar Register: ID (misalnya K-2026-0012) dan Judul. Kolom lain boleh menyusul.",
    ),
    (
        "Setiap langkah",
        "Tambah satu baris di lembar Riwayat: ID, Langkah, Mulai, Selesai. Pilih dari daftar turun "
        "(Alt+panah bawah). Selama masih dikerjakan, biarkan Selesai kosong.",
    ),
    (
        "Keputusan",
        "Pada langkah keputusan isi Hasil: Ya atau Tidak. Bila Tidak, tulis alasannya di Catatan "
        "(klik tanda + di atas judul kolom untuk membukanya).",
    ),
    ("Perbaikan", "Langkah yang diulang ditulis sebagai baris baru. Baris lama jangan ditimpa atau dihapus."),
    (
        "Tayang",
        "Sesudah langkah terakhir, tempel alamat kiriman di kolom Tautan lembar Register, lalu isi Dibagikan.",
    ),
    ("Batal", "Isi tanggal di kolom Dibatalkan lembar Register. Barisnya tetap disimpan."),
)
_KEYS: Final = (
    ("Ctrl + ;", "tanggal hari ini"),
    ("Ctrl + Shift + ;", "jam sekarang (ketik spasi di antara tanggal dan jam)"),
    ("Ctrl + D", "salin isi sel di atasnya"),
    ("Alt + Enter", "baris baru di dalam sel (untuk beberapa Tautan)"),
)
_COLOURS: Final = (
    ("Terlambat", LATE, "merah tebal: selesai lewat tenggat, atau masih berjalan dan lewat tenggat"),
    ("Berjalan", RUNNING, "biru: sedang dikerjakan, belum lewat tenggat"),
    ("Tepat", FINISHED, "hijau: selesai tepat waktu; konten selesai"),
    ("Periksa", FAULT, "bingkai merah: urutan langkah tidak sesuai SOP"),
    ("Periksa tanggal", WARN, "kuning: waktu kosong, berupa teks, atau tanpa jam"),
)
_EXAMPLE: Final = (
    ("ID", "Langkah", "Mulai", "Selesai", "Hasil", "Catatan"),
    ("K-2026-0012", "4", "03/08/2026 09:15", "03/08/2026 09:40", "Ya", ""),
    ("K-2026-0012", "5", "03/08/2026 10:05", "03/08/2026 10:12", "Tidak", "Nomor peraturan keliru"),
    ("K-2026-0012", "4", "03/08/2026 10:30", "03/08/2026 10:55", "Ya", "Nomor dibetulkan"),
)


def write_guide(made: Made) -> None:
    """Write the sheet and protect it without a password; it is never read."""
    page = made.book.page(PANDUAN.name)
    page.widths((3, 5, 17, 12, 19, 19, 9, 27))
    page.sheet.set_row(0, 40)
    page.sheet.set_row(1, 22)
    page.merge((0, 0, 0, 7), "Panduan Mengisi Buku Register", _BANNER)
    page.merge((1, 0, 1, 7), f"{made.content.office}  ·  {made.content.title}", {**_SUB, "text_wrap": True})
    page.sheet.set_row(1, 34)
    row = _write_steps(page, 3)
    row = _write_pairs(page, row + 1)
    row = _write_example(page, row + 1)
    _write_notes(page, made, row + 1)
    set_up_paper(made, page, is_landscape=False)
    page.sheet.fit_to_pages(1, 1)
    page.sheet.protect("", {"select_locked_cells": True, "select_unlocked_cells": True})


def _head(page: Page, row: int, text: str) -> int:
    page.merge((row, 1, row, 7), text, _HEAD)
    page.sheet.set_row(row, 22)
    return row + 1


def _write_steps(page: Page, row: int) -> int:
    row = _head(page, row, "Cara mengisi")
    for number, (name, text) in enumerate(_STEPS, start=1):
        page.sheet.set_row(row, 34)
        page.write(row, 1, number, _NUMBER)
        page.write(row, 2, name, {**_BOLD, "valign": "vcenter", "indent": 1})
        page.merge((row, 3, row, 7), text, {**_TEXT, "valign": "vcenter"})
        row += 1
    return row


def _write_pairs(page: Page, row: int) -> int:
    row = _head(page, row, "Tombol yang membantu")
    for key, text in _KEYS:
        page.sheet.set_row(row, 19)
        page.merge((row, 1, row, 2), key, {**_CHIP, "bold": True, "bg_color": "#F2F4F7"})
        page.merge((row, 3, row, 7), text, {**_TEXT, "indent": 1, "valign": "vcenter"})
        row += 1
    row = _head(page, row + 1, "Arti warna")
    for word, style, text in _COLOURS:
        page.sheet.set_row(row, 19)
        page.merge((row, 1, row, 2), word, {**_CHIP, **style})
        page.merge((row, 3, row, 7), text, {**_TEXT, "indent": 1, "valign": "vcenter"})
        row += 1
    return row


def _write_example(page: Page, row: int) -> int:
    row = _head(page, row, "Contoh di lembar Riwayat: konten dikembalikan, lalu diperbaiki")
    for index, cells in enumerate(_EXAMPLE):
        style = _GRID_HEAD if index == 0 else _GRID
        page.sheet.set_row(row, 19)
        page.merge((row, 1, row, 2), cells[0], style)
        for offset, text in enumerate(cells[1:], start=3):
            page.write(row, offset, text, style)
        row += 1
    return row


def _notes(made: Made) -> tuple[str, ...]:
    following = made.content.years[-1]
    known = {row["from_on"] for row in made.content.of("hours") if row.get("from_on") is not None}
    has_ramadan = any(getattr(on, "year", None) == following for on in known)
    ramadan = (
        ()
        if has_ramadan
        else (f"Jam kerja Ramadan {following}: isi di lembar Jam Kerja setelah sidang isbat.",)
    )
    return (
        "Tulis waktu sebagai tanggal dan jam sungguhan, misalnya 3/8/2026 9:15. Tanggal tanpa jam tidak dapat dinilai.",
        "Tenggat dihitung dalam jam kerja: istirahat, akhir pekan, dan lembar Hari Libur tidak ikut dihitung. "
        "Tenggat 1 Hari = jam yang sama pada hari kerja berikutnya.",
        "Kolom abu-abu bertulisan miring dihitung sendiri dan jangan diketik. Baris siap isi sudah berisi rumus; "
        "tabel bertambah sendiri bila penuh.",
        "Hari libur bertanda (perkiraan) harus dicocokkan dengan keputusan pemerintah.",
        *ramadan,
        "Nama pegawai diisi di lembar Pegawai, pilihan Kanal dan Jenis di lembar Daftar.",
    )


def _write_notes(page: Page, made: Made, row: int) -> None:
    row = _head(page, row, "Yang perlu diingat")
    for text in _notes(made):
        page.sheet.set_row(row, 34 if len(text) > 100 else 19)
        page.write(row, 1, "•", {**_TEXT, "align": "center", "valign": "vcenter"})
        page.merge((row, 2, row, 7), text, {**_TEXT, "valign": "vcenter"})
        row += 1
    page.merge(
        (row + 1, 1, row + 1, 7), "Lembar ini hanya petunjuk; tidak pernah dibaca oleh aplikasi.", HINT
    )
