"""What speaks against a way, alone and together with another (source: the papers' layout, section 2, Choice).

Weights are those of the layout where it names one. Forbidden things weigh far more than any sum of ugly ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.views.flowchart.candidates import Floats, Ways
from tracker.views.flowchart.symbols import Box, Shape, Side, Symbol

__all__ = ["CROSSING", "FORBIDDEN", "Lines", "alone", "hits", "lines_of", "together"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

FORBIDDEN: Final = 250.0
"""Along another line, or touching it."""
CROSSING: Final = 45.0
_JOINED: Final = 180.0
"""Two lines into one port: only where a symbol has more lines than ports."""
_OUT_AND_IN: Final = 120.0
_TWICE_OUT: Final = 200.0
_TWICE_IN: Final = 25.0
_OPPOSED: Final = 12.0
"""A line up and a line down in one gutter (source: reports, 1: the way back uses another gutter)."""
_GUTTER: Final = 4.4
_SHORT: Final = 1.6
_SHORT_END: Final = 20.0
_SHORT_START: Final = 10.0
_TURNS_BACK: Final = 12.0
"""Up after down, or down after up."""
_BELOW: Final = 90.0
"""Into a symbol from below: a line enters at top or side (source: reports, 1)."""
_CLEAR: Final = 0.7
_APART: Final = 1.0
"""Two parallel lines closer than this look like one."""
_TOUCH: Final = 0.8


def hits(ways: Ways, symbols: Sequence[Symbol], own: tuple[int, int], reserved: Sequence[Box] = ()) -> Bools:
    """Which ways run through a symbol, or too close to one that is neither their source nor their target, or through
    a reserved place.
    """
    boxes = np.array([*(symbol.box for symbol in symbols), *reserved])
    gap = np.full(len(boxes), _CLEAR)
    gap[list(own)] = -0.05
    gap[len(symbols) :] = 0.0
    gap[[index for index, one in enumerate(symbols) if one.shape is Shape.NOTHING]] = -1.0
    left, top = boxes[:, 0] - gap, boxes[:, 1] - gap
    right, bottom = boxes[:, 2] + gap, boxes[:, 3] + gap
    a, b = ways.points[:, :-1], ways.points[:, 1:]
    low, high = np.minimum(a, b)[..., None], np.maximum(a, b)[..., None]
    inside = (high[:, :, 0] > left) & (low[:, :, 0] < right) & (high[:, :, 1] > top) & (low[:, :, 1] < bottom)
    struck: Bools = inside.any(axis=(1, 2))
    return struck


def alone(ways: Ways, source: Symbol, target: Symbol, *, head: float) -> Floats:
    """The cost of each way by itself: length, bends, stubs, ports. (None runs along a rule: channels keep clear.)"""
    runs, bends = np.abs(ways.steps).sum(axis=2), ways.count - 2
    last = runs[np.arange(len(ways)), ways.count - 2]
    cost = 0.05 * runs.sum(axis=1) + 5 * bends + 8 * (bends > 2)
    cost += _SHORT_START * (runs[:, 0] < _SHORT) + _SHORT_END * (last < head + 0.25)
    rises = ways.steps[:, :, 1]
    cost += _TURNS_BACK * ((rises > 0).any(axis=1) & (rises < 0).any(axis=1))
    sides = np.array([[_ports(leave, enter, source, target) for enter in Side] for leave in Side])
    result: Floats = cost + sides[ways.leave, ways.enter] + _own_lane(ways, source, target)
    return result


def _ports(leave: Side, enter: Side, source: Symbol, target: Symbol) -> float:
    cost = _BELOW if enter is Side.BOTTOM and target.shape is not Shape.CONNECTOR else 0.0
    for symbol, side in ((source, leave), (target, enter)):
        if symbol.shape is Shape.CONNECTOR and side.is_lateral:
            cost += 6
    if source.shape is Shape.DIAMOND:
        onward = Side.BOTTOM if target.y > source.y else Side.TOP
        cost += 0 if leave is onward else 7 if leave.is_lateral else 40
    return cost


def _own_lane(ways: Ways, source: Symbol, target: Symbol) -> Floats:
    """In its own lane a line goes straight down, and never straight back."""
    if source.lane != target.lane or Shape.CONNECTOR in (source.shape, target.shape):
        return np.zeros(len(ways))
    straight = ways.count == 2
    return np.where(straight != (target.y > source.y), 16.0, 0.0)


@dataclass(frozen=True, slots=True)
class Stretches:
    """The distinct stretches of some ways in one direction, and how often each way has each (ways × stretches).

    A flat stretch is (y, x from, x to, direction), an upright one (x, y from, y to, direction).
    """

    all: Floats
    has: Floats


@dataclass(frozen=True, slots=True)
class Lines:
    """The ways of one arrow as stretches; many ways share one, so pairs of stretches are weighed, not of ways."""

    flat: Stretches
    upright: Stretches
    leaves: Ints
    """Port that it leaves, as a number of its own; likewise `enters`."""
    enters: Ints
    box: tuple[float, float, float, float]


def lines_of(ways: Ways, source: int, target: int) -> Lines:
    """The ways of one arrow between symbols `source` and `target`."""
    (left, top), (right, bottom) = ways.points.min(axis=(0, 1)), ways.points.max(axis=(0, 1))
    return Lines(
        _stretches(ways, 0),
        _stretches(ways, 1),
        source * 4 + ways.leave,
        target * 4 + ways.enter,
        (float(left), float(top), float(right), float(bottom)),
    )


def _stretches(ways: Ways, axis: int) -> Stretches:
    """Those along this axis (0: flat)."""
    steps = ways.steps[:, :, axis]
    a, b = ways.points[:, :-1], ways.points[:, 1:]
    way, place = np.nonzero(steps)
    ends = a[way, place, axis], b[way, place, axis]
    columns = (a[way, place, 1 - axis], np.minimum(*ends), np.maximum(*ends), np.sign(steps[way, place]))
    index: dict[tuple[float, ...], int] = {}
    which = [
        index.setdefault(key, len(index)) for key in zip(*(one.tolist() for one in columns), strict=True)
    ]
    has = np.zeros((len(ways), len(index)))
    np.add.at(has, (way, np.array(which, dtype=np.int64)), 1.0)
    return Stretches(np.array(list(index)).reshape(-1, 4), has)


def _are_apart(one: Lines, two: Lines) -> bool:
    gap = 5.0
    return (
        one.box[2] + gap < two.box[0]
        or two.box[2] + gap < one.box[0]
        or one.box[3] + gap < two.box[1]
        or two.box[3] + gap < one.box[1]
    )


def together(one: Lines, two: Lines) -> Floats:
    """The cost of every pair of ways of two arrows, shape (ways of one, ways of two)."""
    if _are_apart(one, two):
        return np.zeros((len(one.leaves), len(two.leaves)))
    crossed, touched = _met(one.flat, two.upright)
    crossed_too, touched_too = _met(two.flat, one.upright)
    along = _along(one.flat, two.flat) + _along(one.upright, two.upright)
    false = along + touched + touched_too.T
    joined = one.enters[:, None] == two.enters[None, :]
    cost = CROSSING * (crossed + crossed_too.T) + np.where(joined, _JOINED, FORBIDDEN * false)
    cost += _TWICE_IN * joined + _TWICE_OUT * (one.leaves[:, None] == two.leaves[None, :])
    cost += _OUT_AND_IN * (one.leaves[:, None] == two.enters[None, :])
    cost += _OUT_AND_IN * (one.enters[:, None] == two.leaves[None, :])
    result: Floats = cost + _OPPOSED * _opposed(one.upright, two.upright)
    return result


def _counted(one: Stretches, pairs: Bools, two: Stretches) -> Floats:
    """How often ways of `one` and of `two` have such a pair of stretches."""
    counted: Floats = one.has @ pairs.astype(np.float64) @ two.has.T
    return counted


def _met(flat: Stretches, upright: Stretches) -> tuple[Floats, Floats]:
    """(proper crossings, touches) of flat stretches with upright ones, per pair of ways."""
    y, left, right, _ = flat.all.T[:, :, None]
    x, top, bottom, _ = upright.all.T[:, None, :]
    reach = np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y))
    touched = np.abs(reach) <= _TOUCH
    return _counted(flat, reach > _TOUCH, upright), _counted(flat, touched, upright)


def _along(one: Stretches, two: Stretches) -> Floats:
    """How many stretches of two ways run along one another."""
    return _counted(one, (_distance(one, two) < _APART) & (_shared(one, two) > -_TOUCH), two)


def _distance(one: Stretches, two: Stretches) -> Floats:
    distance: Floats = np.abs(one.all[:, None, 0] - two.all[None, :, 0])
    return distance


def _shared(one: Stretches, two: Stretches) -> Floats:
    """Millimetres side by side; negative where there is a gap."""
    ends = np.minimum(one.all[:, None, 2], two.all[None, :, 2])
    starts = np.maximum(one.all[:, None, 1], two.all[None, :, 1])
    shared: Floats = ends - starts
    return shared


def _opposed(one: Stretches, two: Stretches) -> Floats:
    distance = _distance(one, two)
    against = one.all[:, None, 3] * two.all[None, :, 3] < 0
    beside = (distance >= _APART) & (distance < _GUTTER) & against & (_shared(one, two) > _TOUCH)
    return _counted(one, beside, two)
