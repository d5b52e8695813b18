"""The catalogue: page Laporan."""

from __future__ import annotations

from typing import Final

from tracker.desk.orders import PaperKind, Report
from tracker.views import wording

REPORTS: Final = "Laporan"
REPORTS_LINE: Final = "Pilih naskah, periksa pratinjaunya, lalu unduh dan cetak."
KIND: Final = "Jenis laporan"
KINDS: Final[dict[PaperKind, str]] = {
    "monthly": "Kepatuhan bulanan",
    "semester": "Pemantauan semester",
    "card": "Kartu kendali konten",
    "sop": "Naskah SOP",
    "running": "Daftar konten berjalan dan terlambat",
    "issues": "Daftar temuan data",
}
PERIOD: Final = "Periode"
SEARCH: Final = "Cari konten"
SEARCH_EXAMPLE: Final = "Judul atau ID, lalu Enter"
ITEM: Final = "Konten"
PAPER: Final = "Ukuran kertas"
ARCHIVE: Final = "Tetapkan nomor dan catat di lembar Arsip"
DOWNLOAD: Final = "Unduh PDF"
DOWNLOAD_COPY: Final = "Unduh Excel"
COPY_HINT: Final = (
    "Excel adalah salinan kerja yang dapat disunting: tanpa nomor baru dan tanpa baris di Arsip."
)
LIST_HINT: Final = "Daftar kerja untuk rapat atau pembetulan: tanpa nomor, tanda tangan, dan baris di Arsip."
PRINT_HINT: Final = "Cetak pada skala 100% (ukuran sebenarnya)."
PREVIEW: Final = "Pratinjau"
MAKING: Final = "Menyusun naskah…"
NO_ITEM: Final = "Tidak ada konten yang cocok. Hapus pencarian."
UNKNOWN_KIND: Final = "Jenis laporan pada alamat tidak dikenal; yang ditampilkan kepatuhan bulanan."
BUSY: Final = (
    "Register sedang dibuka di Excel, jadi nomor belum dapat ditetapkan. Tutup berkasnya, atau hilangkan centang "
    "di atas untuk mengunduh tanpa mencatatnya di Arsip."
)
REMADE: Final = "Register berubah sejak pratinjau dibuat; naskah yang diunduh disusun dari isi yang terbaru."
NOT_FILED: Final = "Naskah ini tidak dicatat di lembar Arsip."


def half(year: int, which: int) -> str:
    months = "Januari–Juni" if which == 1 else "Juli–Desember"
    return f"Semester {'I' if which == 1 else 'II'} {year} ({months})"


def item(id_: str, title: str) -> str:
    return f"{id_} – {wording.shortened(title, 60)}"


def about(report: Report, pages: int, read_at: str) -> str:
    size = max(round(len(report.content) / 1024), 1)
    sheet = report.order.paper or ""
    return f"{pages} halaman {sheet}, {wording.number(size)} KB. Angka sama dengan layar, dari bacaan pukul {read_at}."


def number(report: Report) -> str:
    if not report.number:
        return ""
    if report.reprint:
        return f"Nomor {report.number}, cetak ulang ke-{report.reprint}: isi register tidak berubah sejak dicetak."
    is_next = report.order.kind in ("monthly", "semester")
    return f"Nomor berikutnya: {report.number}." if is_next else f"Nomor: {report.number}."


def filed(report: Report) -> str:
    place = f" Salinannya: {report.archived}." if report.archived is not None else ""
    if not report.is_filed:
        return f"Diunduh.{place}"
    again = f" (cetak ulang ke-{report.reprint})" if report.reprint else ""
    return f"Diunduh dan tercatat di lembar Arsip dengan nomor {report.number}{again}.{place}"


def page(at: int, count: int) -> str:
    return f"Halaman {at} dari {count}"


def more(count: int) -> str:
    return f"{count} halaman lagi ada di dalam berkas PDF."
