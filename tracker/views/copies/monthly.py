"""The working copy of the monthly report: a sheet for each section."""

from __future__ import annotations

from typing import Final

from tracker.views.copies.book import Book, Column, Leaf, Page
from tracker.views.monthly import MonthlyPaper

__all__ = ["monthly_copy"]


def _count(heading: str, weight: float = 1.0) -> Column:
    return Column(heading, weight, "right", is_number=True)


_STEPS: Final = (
    Column("No", 0.7, "center"), Column("Kegiatan", 5), Column("Pelaksana", 2.2), Column("Waktu baku", 1.3, "right"),
    _count("Jumlah"), _count("Tepat"), _count("Lambat"), _count("Tidak dinilai"), Column("Tepat waktu", 1.1, "right"),
    _count("Median (menit)", 1.1), _count("P90 (menit)", 1.1), _count("Lewat (menit)", 1.1), _count("Kembali", 1.1),
)  # fmt: skip
_ITEMS: Final = (
    Column("No", 0.7, "center"), Column("ID", 1.8), Column("Judul", 4), Column("Kanal, jenis", 2),
    Column("Tautan", 2.6), Column("Mulai", 1.8), Column("Selesai", 1.8), _count("Perbaikan", 1.7),
    _count("Langgar", 1.4), Column("Kerja", 1.5), Column("Tunggu", 1.5), Column("Penilaian", 1.6),
)  # fmt: skip
_VIOLATIONS: Final = (
    Column("No", 0.7, "center"), Column("ID", 1.8), Column("Judul", 3), Column("Langkah", 3), Column("Pelaksana", 2),
    Column("Selesai", 1.7), Column("Waktu baku", 1.2), Column("Lampau", 1.3), Column("Tindak lanjut", 2.6),
    Column("Sumber", 1.6),
)  # fmt: skip
_FINDINGS: Final = (
    Column("Kode", 1), Column("Temuan", 3.5), Column("Tingkat", 1.5), _count("Jumlah"), Column("Sel", 6),
)  # fmt: skip
_RUNNING: Final = (
    Column("No", 0.7, "center"), Column("ID", 1.8), Column("Judul", 3), Column("Langkah", 3), Column("Pelaksana", 2.2),
    Column("Sejak", 1.8), Column("Tenggat", 1.8), _count("Usia (menit)", 1.3), Column("Usia", 1.6),
    _count("Lewat (menit)", 1.2), Column("Keadaan", 1.7),
)  # fmt: skip
_CHART: Final = (
    Column("Bulan", 2), _count("Jumlah"), _count("Tepat"), _count("Lambat"), Column("Tepat waktu (%)", 1.4, "right"),
)  # fmt: skip
_RECAP: Final = (
    Column("Nama", 3), _count("Konten"), _count("Selesai"), _count("Perbaikan"), _count("Langgar"),
)  # fmt: skip


def monthly_copy(paper: MonthlyPaper) -> bytes:
    """The report as a workbook with the words of the paper; the same paper gives the same bytes."""
    book = Book(Page(paper.imprint), f"Laporan bulanan {paper.period} – salinan kerja")
    _summary(
        book.sheet("A Ringkasan", (Column("Hal", 2), Column("Nilai", 1.4), Column("Keterangan", 2))), paper
    )
    _sheet(book, "B Langkah", _STEPS, "B. Kepatuhan per langkah", paper).table(
        paper.steps, total=_step_total(paper)
    )
    _sheet(book, "C Grafik", _CHART, "C. Ketepatan waktu 12 bulan terakhir", paper).table(
        [(f"{p.month} {p.year}".strip(), p.count, p.on_time, p.late, p.value) for p in paper.line.points]
    )
    _sheet(book, "D Konten", _ITEMS, f"D. Daftar konten ({paper.zone})", paper).table(
        paper.items, total=_item_total(paper)
    )
    for name, title, rows in (
        ("D Kanal", "Rekap per kanal", paper.channels),
        ("D Jenis", "Rekap per jenis", paper.kinds),
    ):
        _sheet(book, name, _RECAP, title, paper).table(rows)
    _sheet(book, "E Pelanggaran", _VIOLATIONS, "E. Daftar pelanggaran", paper).table(paper.violations)
    found = _sheet(book, "F Temuan", _FINDINGS, "F. Temuan data", paper)
    found.paragraph(paper.not_counted)
    found.table(paper.findings)
    _sheet(book, "G Berjalan", _RUNNING, f"G. Konten berjalan ({paper.zone})", paper).table(paper.running)
    return book.content()


def _sheet(book: Book, name: str, columns: tuple[Column, ...], title: str, paper: MonthlyPaper) -> Leaf:
    leaf = book.sheet(name, columns)
    leaf.head(title, f"Periode {paper.period}")
    return leaf


def _summary(leaf: Leaf, paper: MonthlyPaper) -> None:
    leaf.head(
        *paper.letterhead.lines,
        "LAPORAN BULANAN KEPATUHAN STANDAR OPERASIONAL PROSEDUR",
        paper.subject,
        f"SOP Nomor {paper.sop_number}" if paper.sop_number else "",
        f"Periode {paper.period}",
        f"Nomor naskah: {paper.imprint.number}" if paper.imprint.number else "",
        paper.as_of,
        bold=len(paper.letterhead.lines) + 1,
    )
    leaf.heading("A. Ringkasan")
    leaf.paragraph(paper.narrative)
    leaf.gap()
    rows = [(caption, value, detail) for value, caption, detail in paper.tiles]
    leaf.table([*rows, *((what, much, "") for what, much in paper.facts)])
    leaf.gap()
    for text in (*paper.step_notes, paper.chart_note):
        leaf.paragraph(text, size=8)


def _step_total(paper: MonthlyPaper) -> tuple[str, ...]:
    count, on_time, late, unjudged, share, late_minutes, returned = paper.step_total
    return ("", "Jumlah", "", "", count, on_time, late, unjudged, share, "", "", late_minutes, returned)


def _item_total(paper: MonthlyPaper) -> tuple[str, ...]:
    rounds, late = paper.item_total
    return ("", "", "Jumlah", "", "", "", "", rounds, late, "", "", "") if paper.items else ()
