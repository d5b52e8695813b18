"""The SOP paper as PDF: measure, split pages and route, draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from tracker.views import flowchart
from tracker.views.flowchart import Page, Room, Sheet, Sizes
from tracker.views.papers.compile import Attachment, Metadata, render
from tracker.views.papers.emblem import emblem_images, emblem_name
from tracker.views.papers.flow import drawing, mm, strip
from tracker.views.papers.imprint import frame
from tracker.views.papers.matching import qr_svg
from tracker.views.papers.measure import measured, measured_to_fit
from tracker.views.sop_paper.flow import narrated

if TYPE_CHECKING:
    from tracker.views.papers.text import Printable
    from tracker.views.sop_paper import SopPaper

__all__ = ["sop_pdf"]

# Millimetres (source: the papers' layout, 0.1, 1 and 2).
_MARGINS: Final = (20 + 12, 14 + 16)
_NUMBER: Final = 9.0
_TIME: Final = 19.0
_LANES: Final = {1: 40.0, 2: 27.0, 3: 27.0, 4: 24.0, 5: 24.0}
_MANY_LANES: Final = 22.0
_LEAST_TEXT: Final = 96.0
"""What activity, requirement and output need together; with more lanes than six, lanes give way."""
_HEAD: Final = 6.6
_LEAST_HEAD: Final = 9.0
_TITLE: Final = 17.0
_LEGEND: Final = 26.5
"""Legend and matching block, after the last row."""
_SPARE: Final = 0.6
_INSET: Final = 1.6


def sop_pdf(paper: SopPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The SOP as PDF/A-3a and PDF/UA-1, its words attached as JSON, further `attachments` after them.

    The same paper gives the same bytes. PaperFailed when refused.
    """
    data = _words(paper)
    images = emblem_images(paper.letterhead) | {"qr.svg": qr_svg(str(data["matching"]))}
    metadata = _metadata(paper)
    data, found = measured_to_fit(
        data,
        ("rows",),
        lambda words: measured("sop.typ", dict(words) | {"pages": None}, metadata=metadata, images=images),
        lambda found: _room(data, found).holds(_heights(paper, data, found), _sizes(data)),
    )
    return render(
        "sop.typ",
        data | _drawn(paper, data, found),
        metadata=metadata,
        printed_at=paper.imprint.printed_at,
        attachments=(_facts(paper), *attachments),
        images=images,
    )


def _words(paper: SopPaper) -> dict[str, Any]:
    """All that both passes need; landscape."""
    identity = replace(paper.imprint, number=paper.number)
    base: dict[str, Any] = dict(frame(identity, kind="SOP", label="SOP"))
    base["width"], base["height"] = base["height"], base["width"]
    remarks = any(row.remark for row in paper.rows)
    columns = _columns(base["width"] - _MARGINS[0], len(paper.roles), remarks)
    return base | {
        "head": list(paper.letterhead.lines),
        "address": paper.letterhead.address,
        "emblem": emblem_name(paper.letterhead),
        "number": paper.number,
        "reprint": f"Cetak ulang ke-{paper.imprint.reprint}" if paper.imprint.reprint else "",
        "dates": [list(pair) for pair in paper.dates],
        "approver": asdict(paper.approver),
        "name": paper.name,
        "sections": [[heading, list(clauses)] for heading, clauses in paper.sections],
        "title": paper.title,
        "subject": paper.subject,
        "title_height": _TITLE,
        "roles": list(paper.roles),
        "lanes": len(paper.roles),
        "rows": [asdict(row) for row in paper.rows],
        "has_remarks": remarks,
        "room": [base["width"] - _MARGINS[0], base["height"] - _MARGINS[1]],
        "columns": [mm(width) for width in columns],
        "cell_size": 9 if len(paper.roles) < 5 else 8.5,
    }


def _columns(width: float, lanes: int, remarks: bool) -> list[float]:
    """Number, activity, lanes, requirement, time, output, and remarks if any."""
    lane = _LANES.get(lanes, _MANY_LANES)
    lane = min(lane, (width - _NUMBER - _TIME - _LEAST_TEXT) / lanes)
    left = width - _NUMBER - _TIME - lane * lanes
    weights = (1.75, 1.0, 1.0, 0.8) if remarks else (1.75, 1.0, 1.0)
    activity, requirement, output, *remark = (left * weight / sum(weights) for weight in weights)
    return [_NUMBER, activity, *[lane] * lanes, requirement, _TIME, output, *remark]


def _sizes(data: dict[str, Any]) -> Sizes:
    return flowchart.sop_sizes(data["columns"][2])


def _heads(found: dict[str, Any]) -> tuple[float, float]:
    return _HEAD, max(float(found["head"]), _LEAST_HEAD)


def _room(data: dict[str, Any], found: dict[str, Any]) -> Room:
    inner = float(data["room"][1]) - sum(_heads(found)) - _SPARE
    return Room(inner - _TITLE, inner, _LEGEND, data["columns"][1] - _INSET * 2)


def _heights(paper: SopPaper, data: dict[str, Any], found: dict[str, Any]) -> list[float]:
    sizes = _sizes(data)
    return [
        max(float(tall), sizes.lowest(node.shape))
        for tall, node in zip(found["rows"], paper.chart.nodes, strict=True)
    ]


def _drawn(paper: SopPaper, data: dict[str, Any], found: dict[str, Any]) -> dict[str, Printable]:
    """Page split and drawing from what was measured."""
    sizes, heads = _sizes(data), _heads(found)
    borders = tuple(accumulate([data["columns"][2]] * len(paper.roles), initial=0.0))
    sheet = Sheet(borders, _room(data, found), sizes, first_page=int(found["pages"]) + 1)
    pages = flowchart.draw(paper.chart, _heights(paper, data, found), sheet)
    return {
        "rows": (),  # each stands on its page below
        "identity_size": found["size"],
        "heads": [mm(head) for head in heads],
        "pages": [_page(paper, page, data["rows"], sizes) for page in pages],
    }


def _page(paper: SopPaper, page: Page, rows: Sequence[dict[str, Any]], sizes: Sizes) -> dict[str, Printable]:
    return {
        "above": strip(page.above, "Sambungan."),
        "below": strip(page.below, "Bersambung."),
        "rows": [
            {**rows[row], "height": mm(height)} for row, height in zip(page.rows, page.heights, strict=True)
        ],
        "drawing": drawing(page, sizes, narrated(paper.sop, page.rows)),
    }


def _facts(paper: SopPaper) -> Attachment:
    return Attachment(
        "sop.json",
        paper.facts_json.encode(errors="backslashreplace"),
        "application/json",
        "Isi SOP ini beserta identitas naskahnya",
        "data",
    )


def _metadata(paper: SopPaper) -> Metadata:
    return Metadata(
        title=f"SOP Nomor {paper.number} – {paper.sop.first('Nama SOP')}".strip(" –"),
        author=" ".join(paper.letterhead.lines) or paper.imprint.source_name,
        description=f"Standar Operasional Prosedur: {paper.subject.title()}",
        keywords=f"SHA256:{paper.imprint.fingerprint}",
    )
