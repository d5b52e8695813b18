"""Where `ya` and `tidak` stand: beside the beginning of their line, on nothing (source: papers' layout, section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tracker.views.flowchart.candidates import Field, Route
from tracker.views.flowchart.chart import NO
from tracker.views.flowchart.symbols import Box, Point, Sizes, Symbol

__all__ = ["Label", "place_labels"]

_GAP: Final = 0.9
_STEP: Final = 0.4
_STRETCHES: Final = 4
_LATER: Final = 9.0
"""What the second stretch of a line costs against the first."""
_ON_RULE: Final = 1.5
_ON_BORDER: Final = 7.0
_OTHER_SIDE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Label:
    """A word by the centre of its box; `is_free` is False when no place without a conflict was left."""

    text: str
    x: float
    y: float
    width: float
    height: float
    is_free: bool = True

    @property
    def box(self) -> Box:
        """The rectangle it covers."""
        return (
            self.x - self.width / 2,
            self.y - self.height / 2,
            self.x + self.width / 2,
            self.y + self.height / 2,
        )


def place_labels(
    field: Field, symbols: Sequence[Symbol], ways: Sequence[Route], words: Sequence[str], sizes: Sizes
) -> tuple[Label, ...]:
    """A label for every way whose word is not empty."""
    taken = [*_stretches(ways), *_heads(ways, sizes)]
    placed: list[Label] = []
    for way, word in zip(ways, words, strict=True):
        if word:
            placed.append(_placed(field, symbols, taken, way, (word, sizes)))
            taken.append(placed[-1].box)
    return tuple(placed)


def _placed(
    field: Field, symbols: Sequence[Symbol], taken: Sequence[Box], way: Route, word: tuple[str, Sizes]
) -> Label:
    text, sizes = word
    height, short, long = sizes.label
    width = long if text == NO else short
    options = sorted(_places(way, width, height))
    best: tuple[float, float, float] | None = None
    for cost, x, y in options:
        if best is not None and cost >= best[0]:
            break
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if _is_free(field, symbols, taken, box):
            total = cost + _covered(field, box)
            best = min(best or (total, x, y), (total, x, y))
    cost, x, y = best or options[0]
    return Label(text, x, y, width, height, is_free=best is not None)


def _places(way: Route, width: float, height: float) -> Iterator[tuple[float, float, float]]:
    """(cost, x, y) beside the first stretches, nearest to the beginning first; right and above are liked best."""
    for index, (a, b) in enumerate(list(pairwise(way.path))[:_STRETCHES]):
        upright = a[0] == b[0]
        size = height if upright else width
        for share, along in _along(a, b, size):
            off = (width if upright else height) / 2 + _GAP
            for side in (1, -1):
                x, y = along
                cost = index * _LATER + share + (0 if side > 0 else _OTHER_SIDE)
                yield (cost, x + side * off, y) if upright else (cost, x, y - side * off)


def _along(a: Point, b: Point, size: float) -> Iterator[tuple[float, Point]]:
    """(distance, centre) along a stretch, from where a label of this size is clear of its beginning."""
    length = abs(a[0] - b[0]) + abs(a[1] - b[1])
    dx, dy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    at = min(size / 2 + 0.3, length / 2)
    while at <= max(length - size / 2, length / 2):
        yield at, (a[0] + dx * at, a[1] + dy * at)
        at += _STEP


def _is_free(field: Field, symbols: Sequence[Symbol], taken: Sequence[Box], box: Box) -> bool:
    left, top, right, bottom = box
    if left < field.lanes[0] + 0.4 or right > field.lanes[-1] - 0.4:
        return False
    if top < field.rows[0] + 0.3 or bottom > field.rows[-1] - 0.3:
        return False
    if any(symbol.touches(box, 0.2) for symbol in symbols):
        return False
    return not any(one[0] < right and left < one[2] and one[1] < bottom and top < one[3] for one in taken)


def _covered(field: Field, box: Box) -> float:
    """What it costs that the label interrupts borders of lanes and rules of rows."""
    left, top, right, bottom = box
    borders = sum(left - 0.2 < border < right + 0.2 for border in field.lanes)
    return _ON_BORDER * borders + _ON_RULE * sum(top < rule < bottom for rule in field.rows)


def _stretches(ways: Sequence[Route]) -> list[Box]:
    margin = _GAP - 0.1
    return [
        (
            min(a[0], b[0]) - margin,
            min(a[1], b[1]) - margin,
            max(a[0], b[0]) + margin,
            max(a[1], b[1]) + margin,
        )
        for way in ways
        for a, b in pairwise(way.path)
    ]


def _heads(ways: Sequence[Route], sizes: Sizes) -> list[Box]:
    long, wide = sizes.head
    return [
        (x - reach_x, y - reach_y, x + reach_x, y + reach_y)
        for way in ways
        for (x, y) in [way.path[-1]]
        for reach_x, reach_y in [(long, wide / 2) if way.enter.is_lateral else (wide / 2, long)]
    ]
