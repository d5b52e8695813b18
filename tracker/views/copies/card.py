"""The working copy of the control card: the path told by roles instead of drawn."""

from __future__ import annotations

from typing import Final

from tracker.views.card import CardPaper, CardRow
from tracker.views.copies.book import Book, Column, Page

__all__ = ["card_copy"]

_EVENTS: Final = (
    Column("No", 0.6, "center"), Column("Kegiatan", 4.2), Column("Peran", 1.9), Column("Pelaksana", 2),
    Column("Put.", 0.7, "center"), Column("Mulai", 1.8, "center"), Column("Selesai", 1.8, "center"),
    Column("Durasi", 1.3, "center"), Column("Baku", 1.1, "center"), Column("Menunggu", 1.5, "center"),
    Column("Penilaian", 1.6, "center"), Column("Bukti", 2.4),
)  # fmt: skip
_FINDINGS: Final = (Column("Kode", 1), Column("Tingkat", 1.4), Column("Temuan", 7), Column("Sel", 2))


def card_copy(paper: CardPaper) -> bytes:
    """The card as a workbook with the words of the paper; the same paper gives the same bytes."""
    book = Book(
        Page(paper.imprint, is_landscape=True), f"Kartu kendali {paper.imprint.number} – salinan kerja"
    )
    leaf = book.sheet("Kartu", _EVENTS)
    leaf.head("KARTU KENDALI PELAKSANAAN SOP", paper.sop)
    leaf.pairs([*paper.left, *paper.right], at=2)
    leaf.gap()
    leaf.paragraph(f"Waktu pelaksanaan dalam {paper.zone}.", size=8)
    leaf.table([_row(paper, index, row) for index, row in enumerate(paper.rows)])
    leaf.gap()
    leaf.pairs(paper.recap, at=2)
    findings = book.sheet("Temuan", _FINDINGS)
    findings.head(f"Temuan pada {paper.imprint.number}")
    findings.table(paper.findings)
    return book.content()


def _row(paper: CardPaper, index: int, row: CardRow) -> tuple[str, ...]:
    lines = [" ".join(filter(None, (one.marker, one.text))) for one in row.activity]
    reason = f"Catatan: {row.reason}" if row.reason else ""
    lane = paper.chart.nodes[index].lane
    return (
        row.number,
        "\n".join(filter(None, (*lines, row.decision, reason))),
        paper.roles[lane] if 0 <= lane < len(paper.roles) else "",
        row.performer,
        row.round,
        row.start,
        row.finish,
        row.elapsed,
        row.standard,
        row.waited.removeprefix("menunggu "),
        row.verdict,
        row.evidence,
    )
