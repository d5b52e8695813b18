"""The monthly report as PDF: hands the words of `views.monthly` to its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from tracker.views.monthly import MonthlyPaper
from tracker.views.papers.compile import Attachment, Metadata, render
from tracker.views.papers.emblem import emblem_images, emblem_name
from tracker.views.papers.imprint import frame
from tracker.views.papers.matching import qr_svg
from tracker.views.papers.text import Printable

__all__ = ["monthly_pdf"]

_NOT_PRINTED = frozenset({"imprint", "letterhead", "figures_json", "steps_csv"})


def monthly_pdf(paper: MonthlyPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The report as PDF/A-3a and PDF/UA-1, its figures attached as JSON and CSV, further `attachments` after
    them.

    The same paper gives the same bytes. PaperFailed when it cannot be made.
    """
    data = _printed(paper)
    images = emblem_images(paper.letterhead) | {"qr.svg": qr_svg(str(data["matching"]))}
    return render(
        "monthly.typ",
        data,
        metadata=_metadata(paper),
        printed_at=paper.imprint.printed_at,
        attachments=(*_figures(paper), *attachments),
        images=images,
    )


def _printed(paper: MonthlyPaper) -> dict[str, Printable]:
    words = {
        field.name: _plain(getattr(paper, field.name))
        for field in fields(paper)
        if field.name not in _NOT_PRINTED
    }
    imprint, head = paper.imprint, paper.letterhead
    return {
        **words,
        **frame(imprint, kind="LAP", label="Laporan"),
        "head": list(head.lines),
        "address": head.address,
        "emblem": emblem_name(head),
        "number": imprint.number or "–",
        "reprint": f"Cetak ulang ke-{imprint.reprint}" if imprint.reprint else "",
    }


def _metadata(paper: MonthlyPaper) -> Metadata:
    imprint = paper.imprint
    named = f" Nomor {imprint.number}" if imprint.number else ""
    return Metadata(
        title=f"Laporan Bulanan Kepatuhan SOP{named} – Periode {paper.period}",
        author=" ".join(paper.letterhead.lines) or imprint.source_name,
        description=f"Kepatuhan pelaksanaan SOP {paper.sop_number} {paper.subject}".strip(),
        keywords=f"SHA256:{imprint.fingerprint}",
    )


def _plain(value: object) -> Printable:
    """A field of the paper as JSON: dataclasses become mappings, tuples stay sequences."""
    if hasattr(value, "__dataclass_fields__"):
        mapping: dict[str, Printable] = asdict(value)  # type: ignore[call-overload]
        return mapping
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, str | int | float) or value is None:
        return value
    raise TypeError(type(value))


def _figures(paper: MonthlyPaper) -> tuple[Attachment, ...]:
    return (
        Attachment(
            "angka.json",
            paper.figures_json.encode(errors="backslashreplace"),
            "application/json",
            "Angka laporan ini beserta identitasnya",
            "data",
        ),
        Attachment(
            "langkah.csv",
            paper.steps_csv.encode("utf-8-sig", errors="replace"),
            "text/csv",
            "Tabel B, kepatuhan per langkah",
            "data",
        ),
    )
