"""The choice of one way for every arrow: coordinate descent from many starts, pairs of arrows together, then shakes.

One start gets stuck with loops round the outside (source: the papers' layout, section 6, number 9). Starts come from
a fixed sequence, so the same chart always gets the same drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.views.flowchart.candidates import Floats
from tracker.views.flowchart.penalties import CROSSING, Lines, together

__all__ = ["Board", "best_choice", "board"]

Choice = npt.NDArray[np.int64]

_STARTS: Final = 40
_REFINED: Final = 10
_SHAKES: Final = 60
"""Fruitless ones in a row after which the search ends."""
_SWEEPS: Final = 12
_SLIGHT: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Board:
    """All ways of all arrows in one row: their own cost, the cost of every pair, where each arrow's ways begin."""

    own: Floats
    pairs: Floats
    firsts: Choice
    """First way of each arrow, and the number of ways at the end."""

    @property
    def arrows(self) -> int:
        return len(self.firsts) - 1

    def cost(self, choice: Choice) -> float:
        """The cost of one way per arrow."""
        return float(self.own[choice].sum() + self.pairs[np.ix_(choice, choice)].sum() / 2)


def board(own: Sequence[Floats], lines: Sequence[Lines]) -> Board:
    """The costs of the ways of each arrow, alone and in pairs."""
    firsts = np.concatenate([[0], np.cumsum([len(costs) for costs in own])]).astype(np.int64)
    pairs = np.zeros((firsts[-1], firsts[-1]))
    for one in range(len(own)):
        for two in range(one + 1, len(own)):
            block = together(lines[one], lines[two])
            pairs[firsts[one] : firsts[one + 1], firsts[two] : firsts[two + 1]] = block
            pairs[firsts[two] : firsts[two + 1], firsts[one] : firsts[one + 1]] = block.T
    return Board(np.concatenate(own), pairs, firsts)


def best_choice(game: Board) -> Choice:
    """The best choice found: for each arrow the index of its way among all ways."""
    settled = [_descended(game, start) for start in _starts(game)]
    settled.sort(key=lambda choice: (round(game.cost(choice), 6), tuple(choice)))
    refined = [_refined(game, choice) for choice in _distinct(settled)[:_REFINED]]
    best = min(refined, key=lambda choice: (round(game.cost(choice), 6), tuple(choice)))
    return _shaken(game, best)


def _shaken(game: Board, best: Choice) -> Choice:
    """Better choices near a good one: an arrow that still conflicts is put elsewhere, the others make room for it."""
    chance, spans = _fixed_sequence(), _spans(game)
    cost, since = game.cost(best), 0
    while since < _SHAKES:
        troubled = [n for n in range(game.arrows) if game.pairs[best[n], best].max() >= CROSSING]
        if not troubled:
            break
        start, arrow = best.copy(), troubled[int(next(chance) * len(troubled))]
        first, end = spans[arrow]
        start[arrow] = first + int(next(chance) * (end - first))
        found = _descended(game, _descended(game, start, held=arrow))
        if game.cost(found) < cost - _SLIGHT:
            found = _refined(game, found)
            best, cost, since = found, game.cost(found), 0
        else:
            since += 1
    return best


def _fixed_sequence() -> Iterator[float]:
    """Numbers from 0 to 1 that are the same on every machine."""
    seed = 20_120_035
    while True:
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        yield seed / 2_147_483_648


def _distinct(choices: Sequence[Choice]) -> list[Choice]:
    return list({tuple(choice): choice for choice in choices}.values())


def _starts(game: Board) -> Iterator[Choice]:
    """The ways that are best alone, then ways drawn from the better ones by a fixed sequence."""
    ranked = [np.argsort(game.own[a:b], kind="stable") + a for a, b in _spans(game)]
    yield np.array([order[0] for order in ranked])
    chance = _fixed_sequence()
    for _ in range(_STARTS - 1):
        shares = [next(chance) for _ in ranked]
        yield np.array(
            [order[int(share * share * len(order))] for share, order in zip(shares, ranked, strict=True)]
        )


def _spans(game: Board) -> list[tuple[int, int]]:
    return [(int(game.firsts[n]), int(game.firsts[n + 1])) for n in range(game.arrows)]


def _descended(game: Board, start: Choice, held: int = -1) -> Choice:
    """Each arrow but `held` in turn takes its best way among the others', until none changes."""
    choice, spans = start.copy(), _spans(game)
    load = game.own + game.pairs[:, choice].sum(axis=1)
    for _ in range(_SWEEPS):
        changed = False
        for arrow, (a, b) in enumerate(spans):
            if arrow == held:
                continue
            best = a + int(np.argmin(load[a:b]))
            if load[best] < load[choice[arrow]] - _SLIGHT:
                load += game.pairs[:, best] - game.pairs[:, choice[arrow]]
                choice[arrow] = best
                changed = True
        if not changed:
            break
    return choice


def _refined(game: Board, choice: Choice) -> Choice:
    """Two arrows in conflict look for their best ways together, until no pair gains."""
    for _ in range(_SWEEPS):
        better = _descended(game, _pairwise(game, choice))
        if game.cost(better) >= game.cost(choice) - _SLIGHT:
            return choice
        choice = better
    return choice


def _pairwise(game: Board, start: Choice) -> Choice:
    choice, spans = start.copy(), _spans(game)
    load = game.own + game.pairs[:, choice].sum(axis=1)
    troubled = [n for n in range(game.arrows) if game.pairs[choice[n], choice].sum() > 0]
    for one in troubled:
        for two in range(game.arrows):
            if one == two:
                continue
            (a, b), (c, d) = spans[one], spans[two]
            mine = load[a:b] - game.pairs[a:b, choice[two]]
            other = load[c:d] - game.pairs[c:d, choice[one]]
            joint = mine[:, None] + other[None, :] + game.pairs[a:b, c:d]
            now = joint[choice[one] - a, choice[two] - c]
            at = int(np.argmin(joint))
            if joint.flat[at] < now - _SLIGHT:
                first, second = a + at // (d - c), c + at % (d - c)
                for arrow, new in ((one, first), (two, second)):
                    load += game.pairs[:, new] - game.pairs[:, choice[arrow]]
                    choice[arrow] = new
    return choice
