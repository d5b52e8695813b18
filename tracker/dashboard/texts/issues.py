"""The catalogue: page Temuan."""

from __future__ import annotations

from typing import Final

from tracker.findings import Severity
from tracker.views import wording

ISSUES: Final = "Temuan data"
SEVERITIES: Final = {Severity.GALAT: "Galat", Severity.PERINGATAN: "Peringatan", Severity.CATATAN: "Catatan"}
COLUMNS_ISSUES: Final = ("Sel", "Isi sekarang", "Masalah", "Dampak")
NOT_COUNTED: Final = "tidak dihitung"
NOT_COMPLIANT: Final = "tidak patuh"
COUNTED: Final = "tetap dihitung"
FOR_INFORMATION: Final = "untuk diketahui"
PROBLEM: Final = "Masalah."
REPAIR: Final = "Perbaikan."
EFFECT: Final = "Dampak."
CELLS: Final = "Sel."
COPY_ADDRESS: Final = "Salin alamat di atas ke Kotak Nama di Excel untuk langsung menuju selnya."
REPAIR_EXCEL: Final = "Perbaiki di Excel, simpan"
REPAIR_GOOGLE: Final = "Perbaiki di Google Sheets"
OPEN_CELL: Final = "Buka sel ini di Google Sheets"
CHOOSE_ISSUE: Final = "Pilih satu temuan untuk melihat selnya."
OPEN_ITEM: Final = "Buka rincian konten"
ISSUE_GONE: Final = "Temuan ini sudah tidak ada: berkasnya telah diperbaiki."
EMPTY_CELL: Final = "(kosong)"
PREVIOUS: Final = "Sebelumnya"
NEXT: Final = "Berikutnya"


def issues_line(galat: int, peringatan: int, repair: str) -> tuple[tuple[str, bool], ...]:
    """The headline in parts; True marks the bold ones."""
    return (
        ("Ada ", False),
        (f"{galat} galat", True),
        (" yang membuat konten tidak dihitung atau tidak patuh dan ", False),
        (f"{peringatan} peringatan", True),
        (f" yang tetap dihitung. {repair}, lalu temuan hilang sendiri.", False),
    )


def no_issues(rows: int, clock: str) -> str:
    return f"Tidak ada temuan. Diperiksa {wording.number(rows)} baris pukul {clock}."


def lateness_elsewhere(count: int) -> str:
    return f"{count} temuan keterlambatan (W201, W202, W209, W210) tampil di Hari ini dan Papan konten."


def cells_of(sheet: str, column: str, count: int) -> str:
    """The same problem in many cells of one column."""
    where = ", ".join(part for part in (sheet, column) if part)
    return f"{where}: {wording.number(count)} sel" if where else f"{wording.number(count)} sel"


def rows_shown(first: int, last: int, total: int) -> str:
    return f"Baris {first}–{last} dari {wording.number(total)}"


NOWHERE: Final = "Seluruh buku"


def place(sheet: str, cell: str) -> str:
    """Where a finding stands, as much of it as is known."""
    if not sheet:
        return NOWHERE
    return f"Lembar {sheet}, sel {cell}" if cell else f"Lembar {sheet}"
