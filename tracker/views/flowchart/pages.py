"""Which rows stand on which page, and the connectors where a line crosses from one page to another.

Source: the papers' layout, section 2, Page break. Rows are never split; pages are filled greedily with room for their
strips; the last page never holds a lone row and always what must follow the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, islice
from string import ascii_uppercase
from typing import Final

from tracker.views.flowchart.chart import Arrow, Chart
from tracker.views.flowchart.symbols import Sizes

__all__ = ["Crossing", "Room", "crossings", "split", "strip_height"]

_LETTERS: Final = [letter for letter in ascii_uppercase if letter not in "IO"]
_LINE: Final = 3.1
_USUAL: Final = 4
"""Connectors in a strip that `Room.holds` reckons with."""
_NOTE: Final = 27
"""Characters of one note in a strip, `A: dari langkah 12, hlm. 3; `."""
_LETTER_WIDTH: Final = 1.36
"""Millimetres of a letter of a strip's notes, generously."""


@dataclass(frozen=True, slots=True)
class Room:
    """Millimetres for rows and strips on the first page and on the others, what follows the last row, the width of
    the notes in a strip.
    """

    first: float
    other: float
    tail: float
    notes: float

    def holds(self, heights: Sequence[float], sizes: Sizes) -> bool:
        """Whether no row is so high that it cannot share a page with its strips, nor the last two with the tail."""
        strips = 2 * strip_height(_USUAL, self.notes, sizes)
        return (
            max(heights, default=0) + strips <= min(self.first, self.other)
            and sum(heights[-2:]) + strips / 2 + self.tail <= self.other
        )


@dataclass(frozen=True, slots=True)
class Crossing:
    """One end of an arrow that goes to another page: the row here, and where the other end is."""

    arrow: int
    letter: str
    row: int
    """Row of the chart on this page."""
    far_row: int
    far_page: int
    is_outgoing: bool
    at_bottom: bool


def split(chart: Chart, heights: Sequence[float], room: Room, sizes: Sizes) -> tuple[range, ...]:
    """The rows of each page, in order; every row once."""
    pages: list[range] = []
    start, rows = 0, len(heights)
    while start < rows:
        space = room.other if pages else room.first
        stop = _stop(chart, heights, start, space, (room, sizes))
        if stop == rows - 1 and stop - start > 1:
            stop -= 1
        pages.append(range(start, stop))
        start = stop
    return tuple(pages)


def _stop(
    chart: Chart, heights: Sequence[float], start: int, space: float, measures: tuple[Room, Sizes]
) -> int:
    """After the last row that fits; at least one row, and not the very last ones without their tail."""
    room, sizes = measures
    stop = start + 1
    for end in range(start + 1, len(heights) + 1):
        used = sum(heights[start:end]) + _strips(chart, start, end, room, sizes)
        if used + (room.tail if end == len(heights) else 0) <= space:
            stop = end
    return stop


def _strips(chart: Chart, start: int, stop: int, room: Room, sizes: Sizes) -> float:
    above = sum((a.source < start) != (a.target < start) and _touches(a, start, stop) for a in chart.arrows)
    below = sum((a.source >= stop) != (a.target >= stop) and _touches(a, start, stop) for a in chart.arrows)
    return strip_height(above, room.notes, sizes) + strip_height(below, room.notes, sizes)


def _touches(arrow: Arrow, start: int, stop: int) -> bool:
    return start <= arrow.source < stop or start <= arrow.target < stop


def strip_height(connectors: int, notes: float, sizes: Sizes) -> float:
    """Height of a strip with so many connectors whose notes have this width; 0 without any."""
    if connectors == 0:
        return 0.0
    letters = len("Bersambung. ") + _NOTE * connectors
    lines = -(-letters * _LETTER_WIDTH // notes)
    return max(sizes.strip, lines * _LINE + 2.6)


def crossings(chart: Chart, pages: Sequence[range]) -> tuple[tuple[Crossing, ...], ...]:
    """The ends of cut arrows on each page, lettered in the order in which their lines begin."""
    page_of = {row: page for page, rows in enumerate(pages) for row in rows}
    found: list[list[Crossing]] = [[] for _ in pages]
    cut = [n for n, arrow in enumerate(chart.arrows) if page_of[arrow.source] != page_of[arrow.target]]
    order = sorted(cut, key=lambda n: (min(_ends(chart.arrows[n])), -chart.arrows[n].target, n))
    for letter, index in zip(_letters(len(cut)), order, strict=True):
        source, target = _ends(chart.arrows[index])
        for here, there, outgoing in ((source, target, True), (target, source, False)):
            down = page_of[there] > page_of[here]
            found[page_of[here]].append(
                Crossing(index, letter, here, there, page_of[there], is_outgoing=outgoing, at_bottom=down)
            )
    return tuple(tuple(ends) for ends in found)


def _ends(arrow: Arrow) -> tuple[int, int]:
    return arrow.source, arrow.target


def _letters(needed: int) -> list[str]:
    """A, B, C … without I and O, then AA, BB …"""
    endless = (letter * times for times in count(1) for letter in _LETTERS)
    return list(islice(endless, needed))
