"""The working copy of the semester monitoring form."""

from __future__ import annotations

from typing import Final

from tracker.views.copies.book import Book, Column, Page
from tracker.views.semester import SemesterPaper

__all__ = ["semester_copy"]

_ROOM: Final = 62.0
"""Points: facts above, room for two lines of judgement below."""


def _count(heading: str) -> Column:
    return Column(heading, 1, "right", is_number=True)


_MONTHS: Final = (
    Column("Bulan", 1.6), _count("Jumlah"), _count("Tepat"), _count("Lambat"), _count("Tidak dinilai"),
    Column("Tepat waktu", 1.1, "right"), _count("Konten selesai"), _count("Sesuai"),
)  # fmt: skip
_PROCEDURES: Final = (
    Column("No", 0.6, "center"), Column("Prosedur", 4), Column("Berjalan baik", 1.1, "center"),
    Column("Tidak", 1, "center"), Column("Catatan Hasil Penilaian", 5.4), Column("Tindakan yang Harus Diambil", 3.4),
    Column("Paraf Penilai", 1.2, "center"),
)  # fmt: skip


def semester_copy(paper: SemesterPaper) -> bytes:
    """The form as a workbook with the words of the paper; the same paper gives the same bytes."""
    book = Book(Page(paper.imprint, is_landscape=True), f"Monitoring {paper.semester} – salinan kerja")
    facts = book.sheet("A Fakta", _MONTHS)
    facts.head(
        *paper.letterhead.lines,
        "FORMULIR MONITORING PELAKSANAAN STANDAR OPERASIONAL PROSEDUR",
        paper.subject,
        f"SOP Nomor {paper.sop_number}" if paper.sop_number else "",
        f"{paper.semester} ({paper.period})",
        f"Nomor naskah: {paper.imprint.number}" if paper.imprint.number else "",
        paper.as_of,
        bold=len(paper.letterhead.lines) + 1,
    )
    facts.heading("A. Fakta pelaksanaan menurut register")
    facts.pairs([(what, much) for what, much in paper.facts], at=4)
    facts.gap()
    facts.table(paper.months, total=paper.month_total)
    judged = book.sheet("B Penilaian", _PROCEDURES)
    judged.head("B. Penilaian terhadap penerapan", f"{paper.semester} ({paper.period})")
    judged.table([_procedure(*row) for row in paper.procedures], height=_ROOM)
    judged.gap()
    judged.heading(
        "Status SOP menurut hasil penilaian (pilih satu): masih sesuai / perlu revisi / tidak diberlakukan"
    )
    return book.content()


def _procedure(no: str, activity: str, role: str, standard: str, *sentences: str) -> tuple[str, ...]:
    named = f"{activity}\n{role}, waktu baku {standard}"
    return (no, named, "", "", "\n".join(filter(None, sentences)), "", "")
