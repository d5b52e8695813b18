"""From symbols and arrows of one page to lines: gathers the ways, weighs them, chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.views.flowchart.candidates import Field, Floats, Route, Ways, ways_between
from tracker.views.flowchart.chain import chained
from tracker.views.flowchart.penalties import alone, hits, lines_of
from tracker.views.flowchart.search import best_choice, board
from tracker.views.flowchart.symbols import Box, Side, Sizes, Symbol

Ints = npt.NDArray[np.int64]

__all__ = ["Link", "options", "route"]

_PER_PORTS: Final = 3
_FEWEST: Final = 24
_MOST: Final = 64
_ALL: Final = 1300
"""Ways of all arrows together: what half a second can weigh."""
_STRUCK: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two symbols of one page."""

    source: int
    target: int
    label: str = ""


def route(
    field: Field,
    symbols: Sequence[Symbol],
    links: Sequence[Link],
    sizes: Sizes,
    *,
    reserved: Sequence[Box] = (),
) -> tuple[Route, ...]:
    """One way for every link, in their order; the same arguments give the same ways. None enters `reserved` places
    that it can keep out of.
    """
    if not links:
        return ()
    if not reserved and (simple := chained(symbols, links)) is not None:
        return simple
    most = _room(len(links))
    kept = [options(field, symbols, link, sizes, most=most, reserved=reserved) for link in links]
    lines = [lines_of(ways, link.source, link.target) for (ways, _), link in zip(kept, links, strict=True)]
    game = board([costs for _, costs in kept], lines)
    picked = best_choice(game) - game.firsts[:-1]
    return tuple(ways.route(int(index)) for (ways, _), index in zip(kept, picked, strict=True))


def _room(links: int) -> int:
    return max(_FEWEST, min(_MOST, _ALL // links))


def options(
    field: Field,
    symbols: Sequence[Symbol],
    link: Link,
    sizes: Sizes,
    *,
    most: int,
    reserved: Sequence[Box] = (),
) -> tuple[Ways, Floats]:
    """At most `most` ways of a link with their own costs, the cheapest first; through a symbol only if all are."""
    source, target = symbols[link.source], symbols[link.target]
    found = ways_between(field, source, target)
    costs = alone(found, source, target, head=sizes.head[0])
    costs += _STRUCK * hits(found, symbols, (link.source, link.target), reserved)
    kept = _kept(found, costs, most)
    return found.of(kept), costs[kept]


def _kept(found: Ways, costs: Floats, most: int) -> Ints:
    order = np.argsort(costs, kind="stable")
    free = order[costs[order] < _STRUCK] if (costs < _STRUCK).any() else order[:1]
    chosen = _spread(found, free.tolist())
    rest = [index for index in free[: most + len(chosen)].tolist() if index not in chosen]
    kept = np.array([*chosen, *rest][:most], dtype=np.int64)
    ordered: Ints = kept[np.lexsort((kept, costs[kept]))]
    return ordered


def _spread(found: Ways, order: Sequence[int]) -> dict[int, None]:
    """The best few of each pair of ports, then the best of each gutter.

    Pruning by length alone loses the ways out of a crowded place (source: papers' layout, section 6, number 9).
    """
    ports = (found.leave * len(Side) + found.enter).tolist()
    gutters = found.border.tolist()
    chosen: dict[int, None] = {}
    for limit, by_gutter in ((1, False), (_PER_PORTS, False), (1, True)):
        seen: dict[tuple[int, int], int] = {}
        for index in order:
            key = (ports[index], gutters[index] if by_gutter else 0)
            seen[key] = seen.get(key, 0) + 1
            if seen[key] <= limit:
                chosen.setdefault(index)
    return chosen
