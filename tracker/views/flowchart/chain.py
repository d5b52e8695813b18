"""The lines of a flow that only goes on from row to row: no search is needed, for nothing can cross or collide.

Between two neighbouring rows a line that goes sideways in the one row and down to the other (or down and then
sideways) meets no symbol, because a row holds one symbol (source: the papers' layout, section 2, routes b and c).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from tracker.views.flowchart.candidates import Route
from tracker.views.flowchart.symbols import Shape, Side, Symbol

__all__ = ["chained"]


class _Link(Protocol):
    @property
    def source(self) -> int: ...
    @property
    def target(self) -> int: ...


def chained(symbols: Sequence[Symbol], links: Sequence[_Link]) -> tuple[Route, ...] | None:
    """One way for every link, in their order; None when the links are not a chain from row to row downwards."""
    if not _is_chain(symbols, links):
        return None
    entered: dict[int, Side] = {}
    found: dict[int, Route] = {}
    for index in sorted(range(len(links)), key=lambda n: symbols[links[n].source].row):
        link = links[index]
        found[index] = _way(symbols[link.source], symbols[link.target], entered.get(link.source))
        entered[link.target] = found[index].enter
    return tuple(found[index] for index in range(len(links)))


def _is_chain(symbols: Sequence[Symbol], links: Sequence[_Link]) -> bool:
    rows = Counter(one.row for one in symbols)
    leaving = Counter(link.source for link in links)
    entering = Counter(link.target for link in links)
    return (
        max(rows.values(), default=0) <= 1
        and max(leaving.values(), default=0) <= 1
        and max(entering.values(), default=0) <= 1
        and all(symbols[link.target].row == symbols[link.source].row + 1 for link in links)
    )


def _way(source: Symbol, target: Symbol, entered: Side | None) -> Route:
    """Straight down; else sideways first, but a decision leaves by its tip, and no port is used in and out."""
    if source.x == target.x:
        return Route((source.port(Side.BOTTOM), target.port(Side.TOP)), Side.BOTTOM, Side.TOP)
    side, facing = (Side.RIGHT, Side.LEFT) if target.x > source.x else (Side.LEFT, Side.RIGHT)
    if source.shape is Shape.DIAMOND or entered is side:
        start, end = source.port(Side.BOTTOM), target.port(facing)
        return Route((start, (start[0], end[1]), end), Side.BOTTOM, facing)
    start, end = source.port(side), target.port(Side.TOP)
    return Route((start, (end[0], start[1]), end), side, Side.TOP)
