"""A drawn flowchart as JSON for `flow.typ`: millimetres, words, nothing to compute."""

from __future__ import annotations

from collections.abc import Container, Sequence

from tracker.views.flowchart import Page, Shape, Sizes, Strip
from tracker.views.papers.text import Printable, cleaned

__all__ = ["drawing", "mm", "strip"]


def mm(value: float) -> float:
    """A length for a template, to the micrometre: the same bytes on every machine."""
    return round(value, 3)


def drawing(page: Page, sizes: Sizes, alt: str, *, faint: Container[int] = ()) -> dict[str, Printable]:
    """The drawing of a page over its lanes, with the words that tell it; `faint` are the rows of steps to come."""
    rows = [*page.rows, *([-1] * (len(page.symbols) - len(page.rows)))]
    return {
        "alt": cleaned(alt, []),  # spoken, never printed: counts no replaced characters
        "width": mm(page.field.lanes[-1] - page.field.lanes[0]),
        "height": mm(page.field.rows[-1]),
        "head": [mm(part) for part in sizes.head],
        "lines": [
            {"points": [[mm(x), mm(y)] for x, y in way.path], "side": way.enter.name.lower()}
            for way in page.ways
        ],
        "symbols": [
            {
                "shape": one.shape.value,
                "x": mm(one.x),
                "y": mm(one.y),
                "width": mm(one.width),
                "height": mm(one.height),
                "letter": one.letter,
                "faint": row in faint,
            }
            for row, one in zip(rows, page.symbols, strict=True)
            if one.shape is not Shape.NOTHING
        ],
        "labels": [
            {
                "text": one.text,
                "x": mm(one.x),
                "y": mm(one.y),
                "width": mm(one.width),
                "height": mm(one.height),
            }
            for one in page.labels
        ],
    }


def strip(found: Strip | None, opening: str) -> dict[str, Printable] | None:
    """A row of connectors: `Bersambung.` or `Sambungan.` and where each line goes."""
    if found is None:
        return None
    return {"opening": opening, "notes": "; ".join(_joined(found.notes)), "height": mm(found.height)}


def _joined(notes: Sequence[str]) -> list[str]:
    """`hlm. 2` stays on one line."""
    return [note.replace("hlm. ", "hlm.\u00a0").replace("langkah ", "langkah\u00a0") for note in notes]
