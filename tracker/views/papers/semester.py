"""The semester monitoring form as PDF: hands the words of `views.semester` to its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tracker.views.papers.compile import Attachment, Metadata, render
from tracker.views.papers.emblem import emblem_images, emblem_name
from tracker.views.papers.imprint import frame
from tracker.views.papers.matching import qr_svg

if TYPE_CHECKING:
    from tracker.views.semester import SemesterPaper

__all__ = ["semester_pdf"]


def semester_pdf(paper: SemesterPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The form as PDF/A-3a and PDF/UA-1, its figures attached as JSON, further `attachments` after them.

    The same paper gives the same bytes. PaperFailed when it cannot be made.
    """
    data = _printed(paper)
    figures = Attachment(
        "angka.json",
        paper.figures_json.encode(errors="backslashreplace"),
        "application/json",
        "Angka formulir ini beserta identitasnya",
    )
    return render(
        "semester.typ",
        data,
        metadata=_metadata(paper),
        printed_at=paper.imprint.printed_at,
        attachments=(figures, *attachments),
        images=emblem_images(paper.letterhead) | {"qr.svg": qr_svg(str(data["matching"]))},
    )


def _printed(paper: SemesterPaper) -> dict[str, Any]:
    imprint, head = paper.imprint, paper.letterhead
    base: dict[str, Any] = dict(frame(imprint, kind="MON", label="Formulir monitoring"))
    base["width"], base["height"] = base["height"], base["width"]
    return base | {
        "head": list(head.lines),
        "address": head.address,
        "emblem": emblem_name(head),
        "number": imprint.number or "–",
        "reprint": f"Cetak ulang ke-{imprint.reprint}" if imprint.reprint else "",
        "subject": paper.subject,
        "sop_number": paper.sop_number,
        "semester": paper.semester,
        "period": paper.period,
        "as_of": paper.as_of,
        "facts": [list(row) for row in paper.facts],
        "months": [list(row) for row in paper.months],
        "month_total": list(paper.month_total),
        "procedures": [list(row) for row in paper.procedures],
        "place_and_date": paper.place_and_date,
        "signing": asdict(paper.signing),
    }


def _metadata(paper: SemesterPaper) -> Metadata:
    imprint = paper.imprint
    named = f" Nomor {imprint.number}" if imprint.number else ""
    return Metadata(
        title=f"Formulir Monitoring SOP{named} – {paper.semester}",
        author=" ".join(paper.letterhead.lines) or imprint.source_name,
        description=f"Monitoring pelaksanaan SOP {paper.sop_number} {paper.subject}".strip(),
        keywords=f"SHA256:{imprint.fingerprint}",
    )
