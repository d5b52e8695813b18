"""A flowchart as pages of millimetres: symbols, lines, labels and connectors, ready for any renderer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from tracker.views.flowchart.candidates import Field, Route
from tracker.views.flowchart.chart import Chart
from tracker.views.flowchart.labels import Label, place_labels
from tracker.views.flowchart.pages import Crossing, Room, crossings, split, strip_height
from tracker.views.flowchart.router import Link, route
from tracker.views.flowchart.symbols import Box, Shape, Side, Sizes, Symbol

__all__ = ["Page", "Sheet", "Strip", "draw"]

_INSIDE: Final = 1.9
"""Millimetres of a loop's connector from the border of its lane."""
_BETWEEN: Final = 0.8
_ATTEMPTS: Final = 4


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of connectors: its height and what it says (`A: ke langkah 9, hlm. 2`)."""

    height: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page with their heights, the strips above and below, and the drawing over them."""

    rows: range
    heights: tuple[float, ...]
    above: Strip | None
    below: Strip | None
    field: Field
    symbols: tuple[Symbol, ...]
    ways: tuple[Route, ...]
    links: tuple[Link, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper that a chart is drawn on."""

    lanes: tuple[float, ...]
    """Borders of the lanes from the left, in millimetres."""
    room: Room
    sizes: Sizes
    first_page: int = 1
    """The number printed on the first page of the chart."""
    stretch: float = 1.35
    """How many times at most the rows are stretched evenly where the table fits one page, to fill it."""


def draw(chart: Chart, heights: Sequence[float], sheet: Sheet) -> tuple[Page, ...]:
    """The pages of a chart whose rows have these heights; the same arguments give the same pages."""
    pages = split(chart, heights, sheet.room, sheet.sizes)
    if len(pages) == 1:
        heights = _stretched(heights, sheet.room, sheet.stretch)
    maker = _Maker(chart, tuple(heights), sheet)
    return tuple(maker.page(rows, ends) for rows, ends in zip(pages, crossings(chart, pages), strict=True))


def _stretched(heights: Sequence[float], room: Room, most: float) -> tuple[float, ...]:
    factor = min(max((room.first - room.tail) / max(sum(heights), 1), 1.0), most)
    return tuple(height * factor for height in heights)


def _even(x: float) -> float:
    """To the micrometre, so that what stands below one another is joined by an upright line."""
    return round(x, 3)


@dataclass(frozen=True, slots=True)
class _Maker:
    chart: Chart
    heights: tuple[float, ...]
    sheet: Sheet

    def page(self, rows: range, ends: Sequence[Crossing]) -> Page:
        above = self._strip([end for end in ends if not end.at_bottom])
        below = self._strip([end for end in ends if end.at_bottom])
        heights = self.heights[rows.start : rows.stop]
        tall = [*([above.height] if above else []), *heights, *([below.height] if below else [])]
        field = Field(self.sheet.lanes, tuple(accumulate(tall, initial=0.0)), self._gutter())
        shift = (1 if above else 0) - rows.start
        symbols = [self._symbol(row, field, row + shift) for row in rows]
        connectors = self._connectors(ends, field)
        links = self._links(rows, ends)
        everything = (*symbols, *connectors)
        ways, labels = self._routed(field, everything, links)
        return Page(rows, heights, above, below, field, everything, ways, links, labels)

    def _routed(
        self, field: Field, symbols: Sequence[Symbol], links: Sequence[Link]
    ) -> tuple[tuple[Route, ...], tuple[Label, ...]]:
        """Ways and labels; where a label found no free place, one is reserved for it and the ways sought again."""
        reserved: list[Box] = []
        words = [link.label for link in links]
        tried: list[tuple[int, int, tuple[Route, ...], tuple[Label, ...]]] = []
        for _ in range(_ATTEMPTS):
            ways = route(field, symbols, links, self.sheet.sizes, reserved=reserved)
            labels = place_labels(field, symbols, ways, words, self.sheet.sizes)
            crowded = [label.box for label in labels if not label.is_free]
            tried.append((len(crowded), len(tried), ways, labels))
            if not crowded:
                break
            reserved += crowded
        *_, ways, labels = min(tried, key=lambda one: one[:2])
        return ways, labels

    def _gutter(self) -> float:
        narrowest = min(right - left for left, right in pairwise(self.sheet.lanes))
        return (narrowest - self.sheet.sizes.box[0]) / 2

    def _strip(self, ends: Sequence[Crossing]) -> Strip | None:
        if not ends:
            return None
        notes = tuple(
            f"{end.letter}: {'ke' if end.is_outgoing else 'dari'} {self.chart.nodes[end.far_row].name},"
            f" hlm. {end.far_page + self.sheet.first_page}"
            for end in ends
        )
        return Strip(strip_height(len(ends), self.sheet.room.notes, self.sheet.sizes), notes)

    def _symbol(self, row: int, field: Field, place: int) -> Symbol:
        node = self.chart.nodes[row]
        leaves = [Side.BOTTOM, Side.RIGHT, Side.LEFT]
        if node.shape is Shape.DIAMOND:
            leaves.append(Side.TOP)
        return Symbol(
            node.shape,
            _even((self.sheet.lanes[node.lane] + self.sheet.lanes[node.lane + 1]) / 2),
            (field.rows[place] + field.rows[place + 1]) / 2,
            *self.sheet.sizes.of(node.shape),
            row=place,
            lane=node.lane,
            leaves=tuple(leaves),
            enters=(Side.TOP, Side.RIGHT, Side.LEFT),
        )

    def _connectors(self, ends: Sequence[Crossing], field: Field) -> list[Symbol]:
        """One for each end, in their order."""
        return [
            self._connector(end, [one for one in ends if one.at_bottom == end.at_bottom], field)
            for end in ends
        ]

    def _connector(self, end: Crossing, strip: Sequence[Crossing], field: Field) -> Symbol:
        wide, tall = self.sheet.sizes.connector
        x, width = self._slot(strip, end, wide)
        x = _even(x)
        height = min(tall, tall * width / wide * 1.2)
        return Symbol(
            Shape.CONNECTOR,
            x,
            field.rows[-1] - height / 2 - 0.6 if end.at_bottom else field.rows[0] + height / 2 + 0.6,
            width,
            height,
            row=len(field.rows) - 2 if end.at_bottom else 0,
            lane=self._lane(end),
            leaves=(sides := (Side.TOP if end.at_bottom else Side.BOTTOM, Side.RIGHT, Side.LEFT)),
            enters=sides,
            letter=end.letter,
        )

    def _lane(self, end: Crossing) -> int:
        return self.chart.nodes[end.row].lane

    def _slot(self, strip: Sequence[Crossing], end: Crossing, wide: float) -> tuple[float, float]:
        """Centre and width: the main flow in the middle, one loop beside it; evenly spread where that is too much."""
        lane = self._lane(end)
        left, right = self.sheet.lanes[lane], self.sheet.lanes[lane + 1]
        same = [one for one in strip if self._lane(one) == lane]
        ordered = sorted(same, key=lambda one: (not self._is_main(one), one.letter))
        if len(same) == 1 or (len(same) == 2 and self._may_overhang(strip, lane)):
            if end == ordered[0]:
                return (left + right) / 2, wide
            within = wide / 2 + 0.6
            inside = within if self._gutter() > within + self.sheet.sizes.head[0] + 1 else _INSIDE
            return (left + inside if self._is_last(lane) else right - inside), wide
        width = min(wide, (right - left - _BETWEEN * (len(same) + 1)) / len(same))
        gap = (right - left - width * len(same)) / (len(same) + 1)
        spread = [*ordered[1::2][::-1], ordered[0], *ordered[2::2]]
        return left + gap + width / 2 + spread.index(end) * (width + gap), width

    def _is_last(self, lane: int) -> bool:
        return lane == len(self.sheet.lanes) - 2

    def _may_overhang(self, strip: Sequence[Crossing], lane: int) -> bool:
        """Whether a connector near the border (left in the last lane, else right) meets none of the neighbour's."""
        last = self._is_last(lane)
        neighbour = lane - 1 if last else lane + 1
        beside = sum(self._lane(one) == neighbour for one in strip)
        return beside < 2 or (beside == 2 and not last and not self._is_last(neighbour))

    def _is_main(self, end: Crossing) -> bool:
        return self.chart.arrows[end.arrow].target > self.chart.arrows[end.arrow].source

    def _links(self, rows: range, ends: Sequence[Crossing]) -> tuple[Link, ...]:
        inside = [
            Link(arrow.source - rows.start, arrow.target - rows.start, arrow.label)
            for arrow in self.chart.arrows
            if arrow.source in rows and arrow.target in rows
        ]
        for index, end in enumerate(ends, start=len(rows)):
            own = end.row - rows.start
            label = self.chart.arrows[end.arrow].label if end.is_outgoing else ""
            inside.append(Link(own, index, label) if end.is_outgoing else Link(index, own))
        return tuple(inside)
