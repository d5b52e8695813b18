"""The working copies of the two lists, to filter and to tick off."""

from __future__ import annotations

from typing import Final

from tracker.views.copies.book import Book, Column, Page
from tracker.views.lists import IssueList, RunningList

__all__ = ["issues_copy", "running_copy"]

_PLACES: Final = (
    Column("Langkah", 4), Column("Pelaksana", 3), Column("Waktu baku", 1.2, "right"),
    Column("Konten", 1, "right", is_number=True), Column("Terlambat", 1, "right", is_number=True),
    Column("Menunggu lama", 1.3, "right", is_number=True),
)  # fmt: skip
_ITEMS: Final = (
    Column("No", 0.6, "center"), Column("ID", 1.6), Column("Judul", 3.4), Column("Langkah", 3),
    Column("Pelaksana", 2.4), Column("Petugas", 2.2), Column("Sejak", 1.5), Column("Tenggat", 1.5),
    Column("Lama", 1.4), Column("Batas", 1.7), Column("Lewat", 1.3), Column("Keadaan", 1.6),
    Column("Sumber", 1.5), Column("Temuan", 1.5),
)  # fmt: skip
_COUNTS: Final = (Column("Tingkat", 2), Column("Temuan", 1, "right", is_number=True), Column("Akibat", 6))
_FINDINGS: Final = (
    Column("No", 0.6, "center"), Column("Kode", 0.9), Column("Sel", 2.4), Column("Kolom, konten", 2),
    Column("Isi sekarang", 3), Column("Masalah", 4.4), Column("Perbaikan", 4.4),
)  # fmt: skip


def running_copy(paper: RunningList) -> bytes:
    """The list of running items as a workbook; the same list gives the same bytes."""
    book = Book(Page(paper.imprint, is_landscape=True), "Daftar konten berjalan – salinan kerja")
    first = book.sheet("A Posisi", _PLACES)
    first.head(
        *paper.letterhead.lines,
        "DAFTAR KONTEN BERJALAN",
        paper.subject,
        f"SOP Nomor {paper.sop_number}" if paper.sop_number else "",
        paper.as_of,
        paper.headline,
        bold=len(paper.letterhead.lines) + 1,
    )
    first.table(paper.places, total=("Jumlah", "", "", *paper.place_total))
    first.gap()
    for line in paper.notes:
        first.paragraph(line)
    for name, rows in (
        ("B Lewat waktu", paper.overdue),
        ("C Berjalan", paper.running),
        ("D Belum mulai", paper.not_begun),
    ):
        leaf = book.sheet(name, _ITEMS)
        leaf.head(f"{name[0]}.{name[1:]}", paper.as_of)
        leaf.table(rows)
    return book.content()


def issues_copy(paper: IssueList) -> bytes:
    """The list of findings as a workbook; the same list gives the same bytes."""
    book = Book(Page(paper.imprint, is_landscape=True), "Daftar temuan data – salinan kerja")
    first = book.sheet("Ringkasan", _COUNTS)
    first.head(
        *paper.letterhead.lines,
        "DAFTAR TEMUAN DATA",
        paper.subject,
        f"SOP Nomor {paper.sop_number}" if paper.sop_number else "",
        paper.as_of,
        paper.headline,
        bold=len(paper.letterhead.lines) + 1,
    )
    first.table(paper.counts)
    first.gap()
    for line in paper.notes:
        first.paragraph(line)
    for name, rows in paper.groups:
        leaf = book.sheet(name.replace(".", ""), _FINDINGS)
        leaf.head(name, paper.as_of)
        leaf.table(rows)
    return book.content()
