"""The control card as PDF: measure, split pages and route, draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from tracker.views import flowchart
from tracker.views.flowchart import Page, Room, Sheet, Sizes
from tracker.views.papers.compile import Attachment, Metadata, render
from tracker.views.papers.flow import drawing, mm, strip
from tracker.views.papers.imprint import frame
from tracker.views.papers.matching import qr_svg
from tracker.views.papers.measure import measured, measured_to_fit

if TYPE_CHECKING:
    from tracker.views.card import CardPaper
    from tracker.views.papers.text import Printable

__all__ = ["card_pdf"]

# Millimetres (source: the papers' layout, 0.1 and 3).
_MARGINS: Final = (20 + 12, 14 + 16)
_NUMBER: Final = 8.0
_LANES: Final = {1: 20.0, 2: 18.0, 3: 17.0, 4: 15.0, 5: 13.5}
_MANY_LANES: Final = 12.5
_LEAST_LANE: Final = 9.0
_TURNED: Final = 4
"""From so many lanes on their headings are written upwards."""
_ROUND: Final = 9.0
_MOMENT: Final = 26.0
_ELAPSED: Final = 16.0
_STANDARD: Final = 14.0
_VERDICT: Final = 21.5
_INITIALS: Final = 13.0
_FIXED: Final = _NUMBER + _ROUND + 2 * _MOMENT + _ELAPSED + _STANDARD + _VERDICT + _INITIALS
_LEAST_TEXT: Final = 66.0
"""What activity and evidence need together."""
_ACTIVITY_SHARE: Final = 0.68
_HEADS: Final = (5.6, 7.6)
_SPARE: Final = 0.6
_INSET: Final = 1.15
_TAIL_SHARE: Final = 0.55
"""How much of a page the findings may take together with totals and signatures; more flows over pages."""

_BLANK: Final = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
"""Stands for a picture of known size while things are measured."""


def card_pdf(paper: CardPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The card as PDF/A-3a and PDF/UA-1, its facts attached as JSON, further `attachments` after them.

    The same paper gives the same bytes. PaperFailed when refused.
    """
    data = _words(paper)
    metadata = _metadata(paper)
    images = {"qr.svg": qr_svg(str(data["matching"]))}
    blank = dict.fromkeys(images, _BLANK)
    data, found = measured_to_fit(
        data,
        ("rows", "left", "right"),
        lambda words: measured("card.typ", dict(words) | {"pages": None}, metadata=metadata, images=blank),
        lambda found: _room(data, found).holds(_heights(paper, found), flowchart.card_sizes()),
    )
    facts = Attachment(
        "kartu.json",
        paper.facts_json.encode(errors="backslashreplace"),
        "application/json",
        "Isi kartu ini beserta identitasnya",
        "data",
    )
    return render(
        "card.typ",
        data | _drawn(paper, data, found),
        metadata=metadata,
        printed_at=paper.imprint.printed_at,
        attachments=(facts, *attachments),
        images=images,
    )


def _words(paper: CardPaper) -> dict[str, Any]:
    """All that both passes need; landscape."""
    base: dict[str, Any] = dict(frame(paper.imprint, kind="KARTU", label="Kartu Kendali"))
    base["width"], base["height"] = base["height"], base["width"]
    return base | {
        "head": list(paper.letterhead.lines),
        "sop": paper.sop,
        "reprint": f"Cetak ulang ke-{paper.imprint.reprint}" if paper.imprint.reprint else "",
        "left": [list(pair) for pair in paper.left],
        "right": [list(pair) for pair in paper.right],
        "zone": paper.zone,
        "roles": list(paper.roles),
        "lanes": len(paper.roles),
        "turned": len(paper.roles) >= _TURNED,
        "rows": [asdict(row) for row in paper.rows],
        "recap": [list(pair) for pair in paper.recap],
        "findings": [list(one) for one in paper.findings],
        "place_and_date": paper.place_and_date,
        "signing": asdict(paper.signing),
        "columns": [mm(width) for width in _columns(base["width"] - _MARGINS[0], len(paper.roles))],
        "room": [base["width"] - _MARGINS[0], base["height"] - _MARGINS[1]],
        "inset": _INSET,
    }


def _columns(width: float, lanes: int) -> list[float]:
    """Number, activity, lanes, round, start, finish, elapsed, standard, verdict, evidence, initials."""
    lane = _LANES.get(lanes, _MANY_LANES)
    lane = max(min(lane, (width - _FIXED - _LEAST_TEXT) / max(lanes, 1)), _LEAST_LANE)
    left = width - _FIXED - lane * lanes
    activity = left * _ACTIVITY_SHARE
    return [_NUMBER, activity, *[lane] * lanes, _ROUND, _MOMENT, _MOMENT, _ELAPSED, _STANDARD, _VERDICT,
            left - activity, _INITIALS]  # fmt: skip


def _heads(found: dict[str, Any]) -> tuple[float, float]:
    return _HEADS[0], max(float(found["head"]), _HEADS[1])


def _room(data: dict[str, Any], found: dict[str, Any]) -> Room:
    """The last page also holds totals, findings and signatures, unless there are too many findings."""
    inner = float(data["room"][1]) - sum(_heads(found)) - _SPARE
    tail = float(found["recap"]) + float(found["closing"])
    if tail > _TAIL_SHARE * inner:
        tail = float(found["recap"])
    return Room(inner - float(found["title"]), inner, tail, data["columns"][1] - _INSET * 2)


def _heights(paper: CardPaper, found: dict[str, Any]) -> list[float]:
    sizes = flowchart.card_sizes()
    return [
        max(float(tall), sizes.lowest(node.shape))
        for tall, node in zip(found["rows"], paper.chart.nodes, strict=True)
    ]


def _drawn(paper: CardPaper, data: dict[str, Any], found: dict[str, Any]) -> dict[str, Printable]:
    """Page split and drawing from what was measured."""
    sizes, heads, lanes = flowchart.card_sizes(), _heads(found), len(paper.roles)
    borders = tuple(accumulate([data["columns"][2]] * lanes, initial=0.0))
    sheet = Sheet(borders, _room(data, found), sizes, stretch=1.0)
    pages = flowchart.draw(paper.chart, _heights(paper, found), sheet)
    return {
        "rows": (),  # each stands on its page below
        "title_height": mm(float(found["title"])),
        "heads": [mm(head) for head in heads],
        "pages": [_page(paper, page, data["rows"], sizes) for page in pages],
    }


def _page(paper: CardPaper, page: Page, rows: Sequence[dict[str, Any]], sizes: Sizes) -> dict[str, Printable]:
    ahead = {row for row in page.rows if paper.rows[row].is_ahead}
    return {
        "above": strip(page.above, "Sambungan."),
        "below": strip(page.below, "Bersambung."),
        "rows": [
            {**rows[row], "height": mm(height)} for row, height in zip(page.rows, page.heights, strict=True)
        ],
        "drawing": drawing(page, sizes, paper.told(page.rows), faint=ahead),
    }


def _metadata(paper: CardPaper) -> Metadata:
    return Metadata(
        title=f"Kartu Kendali {paper.imprint.number} – {dict(paper.left)['Judul konten']}",
        author=" ".join(paper.letterhead.lines) or paper.imprint.source_name,
        description=f"Kartu kendali pelaksanaan {paper.sop}",
        keywords=f"SHA256:{paper.imprint.fingerprint}",
    )
