"""The working copy of the SOP: its identity, and its steps with where each of them leads."""

from __future__ import annotations

from typing import Final

from tracker.sop.model import NO_STEP, Sop
from tracker.views.copies.book import Book, Column, Page
from tracker.views.sop_paper.paper import SopPaper, SopRow

__all__ = ["sop_copy"]

_IDENTITY: Final = (Column("Uraian", 1), Column("Isi", 3.4))
_STEPS: Final = (
    Column("No", 0.6, "center"), Column("Kegiatan", 5), Column("Pelaksana", 2.2), Column("Kelengkapan", 2.4),
    Column("Waktu", 1.1, "center"), Column("Output", 2.4), Column("Jika ya", 1.1, "center"),
    Column("Jika tidak", 1.1, "center"), Column("Keterangan", 1.8),
)  # fmt: skip
NOTHING: Final = "–"


def sop_copy(paper: SopPaper) -> bytes:
    """The SOP as a workbook with the words of the paper; the same paper gives the same bytes."""
    book = Book(Page(paper.imprint, is_landscape=True), f"SOP {paper.number} – salinan kerja")
    identity = book.sheet("Identitas", _IDENTITY)
    identity.head(*paper.letterhead.lines, paper.title, paper.subject, bold=len(paper.letterhead.lines) + 1)
    identity.table(_identity(paper))
    steps = book.sheet("Langkah", _STEPS)
    steps.head(paper.title, paper.subject)
    steps.table([_step(paper, index, row) for index, row in enumerate(paper.rows)])
    return book.content()


def _identity(paper: SopPaper) -> list[tuple[str, str]]:
    approver = paper.approver
    held = ", ".join(
        filter(None, (approver.title, approver.name, f"NIP {approver.nip}" if approver.nip else ""))
    )
    facts = [("Nomor SOP", paper.number), *paper.dates, ("Disahkan oleh", held), ("Nama SOP", paper.name)]
    rows = [(label, value or NOTHING) for label, value in facts]
    for heading, clauses in paper.sections:
        rows.extend((heading, clause) for clause in clauses or (NOTHING,))
    return rows


def _step(paper: SopPaper, index: int, row: SopRow) -> tuple[str, ...]:
    lines = (" ".join(filter(None, (one.marker, one.text))) for one in row.activity)
    on_yes, on_no = _targets(paper.sop, index)
    role = paper.roles[paper.chart.nodes[index].lane]
    return (
        row.number,
        "\n".join(lines),
        role,
        row.requirement,
        row.time,
        row.output,
        on_yes,
        on_no,
        row.remark,
    )


def _targets(sop: Sop, index: int) -> tuple[str, str]:
    if index >= len(sop.steps):
        return "", ""
    step = sop.steps[index]
    return _target(sop, step.on_yes), _target(sop, step.on_no) if step.is_decision else NOTHING


def _target(sop: Sop, at: int) -> str:
    if 0 <= at < len(sop.steps):
        return f"langkah {sop.steps[at].number}"
    return NOTHING if at == NO_STEP else "selesai"
