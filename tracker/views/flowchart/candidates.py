"""The ways that a line may take: right-angled, through lane centres, the gutters beside lane borders, and row gaps.

Source: the papers' layout, section 2, candidate routes (a) to (e). Ways are made and weighed as arrays, hundreds for
an arrow; only those kept become a `Route`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tracker.views.flowchart.symbols import OUTWARD, Point, Side, Symbol

__all__ = ["Field", "Floats", "Route", "Ways", "ways_between"]

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

_GUTTERS: Final = (1.9, 3.4, 4.9, 6.4)
"""Millimetres of the channels of a gutter from its lane border; as many as its width has room for."""
_BESIDE: Final = 1.0
"""Millimetres at least between a channel and the symbols of its lane."""
_ROW_GAP: Final = 1.7
"""Millimetres of a horizontal channel from a row rule."""
_TINY: Final = 0.05
_CORNERS: Final = 6
"""Points of the longest way."""


@dataclass(frozen=True, slots=True)
class Field:
    """The lane area of a page: borders of the lanes, rules of the rows (strips of connectors are rows too)."""

    lanes: tuple[float, ...]
    rows: tuple[float, ...]
    gutter: float = 4.5
    """Millimetres between a lane's border and its symbols."""

    def gutters(self, border: int) -> tuple[float, ...]:
        """The vertical channels beside this border, inside the area."""
        at = self.lanes[border]
        return tuple(
            at + shift
            for off in _GUTTERS
            if off <= self.gutter - _BESIDE
            for shift in (-off, off)
            if self.lanes[0] < at + shift < self.lanes[-1]
        )

    def channels(self, row: int) -> tuple[float, ...]:
        """The horizontal channels above and below a row, inside the area."""
        return tuple(
            self.rows[edge] + shift
            for edge in (row, row + 1)
            for shift in (-_ROW_GAP, _ROW_GAP)
            if self.rows[0] < self.rows[edge] + shift < self.rows[-1]
        )


@dataclass(frozen=True, slots=True)
class Route:
    """One way from a port to a port."""

    path: tuple[Point, ...]
    leave: Side
    enter: Side


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways of one arrow as parallel arrays: points (n, 6, 2), of which `count` are corners and the rest repeat the
    end; the sides of both ports; the lane border whose gutter is used (-1: none).
    """

    points: Floats
    count: Ints
    leave: Ints
    enter: Ints
    border: Ints

    def __len__(self) -> int:
        return len(self.count)

    @property
    def steps(self) -> Floats:
        """From corner to corner, (n, 5, 2); nothing after the end."""
        return np.diff(self.points, axis=1)

    def route(self, index: int) -> Route:
        """The n-th way by itself."""
        corners = self.points[index, : self.count[index]].tolist()
        return Route(
            tuple((x, y) for x, y in corners), Side(int(self.leave[index])), Side(int(self.enter[index]))
        )

    def of(self, chosen: npt.NDArray[np.bool_] | Ints) -> Ways:
        """These ways alone."""
        return Ways(
            self.points[chosen],
            self.count[chosen],
            self.leave[chosen],
            self.enter[chosen],
            self.border[chosen],
        )


def ways_between(field: Field, source: Symbol, target: Symbol) -> Ways:
    """Every way worth weighing from one symbol to another, without those that double back."""
    found = [
        _ways(corners, border, (leave, enter))
        for leave, enter in product(source.leaves, target.enters)
        for corners, border in _families(field, source, target, leave, enter)
    ]
    everything = Ways(*(np.concatenate([getattr(one, name) for one in found]) for name in Ways.__slots__))
    return everything.of(_sound(everything))


Value: TypeAlias = "float | Floats"
Family: TypeAlias = "tuple[Sequence[tuple[Value, Value]], int | Ints]"
"""Corners whose coordinates are numbers or arrays to be combined, and the border."""


def _ways(corners: Sequence[tuple[Value, Value]], border: int | Ints, sides: tuple[Side, Side]) -> Ways:
    """All combinations of a family."""
    shape = np.broadcast_shapes(*(np.shape(value) for corner in corners for value in corner))
    points = np.empty((*shape, _CORNERS, 2))
    for index in range(_CORNERS):
        points[..., index, 0], points[..., index, 1] = corners[min(index, len(corners) - 1)]
    borders = np.empty(shape, dtype=np.int64)
    borders[...] = border
    size = borders.size
    return Ways(
        points.reshape(size, _CORNERS, 2),
        np.full(size, len(corners)),
        np.full(size, int(sides[0])),
        np.full(size, int(sides[1])),
        borders.reshape(size),
    )


def _sound(ways: Ways) -> npt.NDArray[np.bool_]:
    """Which leave and arrive in the direction of their ports and have no empty stretch."""
    steps, outward = ways.steps, np.array([OUTWARD[side] for side in Side])
    every = np.arange(len(ways))
    leaves = (steps[:, 0] * outward[ways.leave]).sum(axis=1) > 0
    arrives = (steps[every, ways.count - 2] * outward[ways.enter]).sum(axis=1) < 0
    is_stretch = np.arange(_CORNERS - 1) < (ways.count - 1)[:, None]
    whole = (np.abs(steps).sum(axis=2) >= _TINY) | ~is_stretch
    sound: npt.NDArray[np.bool_] = leaves & arrives & whole.all(axis=1)
    return sound


def _families(field: Field, source: Symbol, target: Symbol, leave: Side, enter: Side) -> Iterator[Family]:
    (ax, ay), (bx, by) = start, end = source.port(leave), target.port(enter)
    if leave.is_lateral and enter.is_lateral:
        x, border = _channels(field, range(len(field.lanes)))
        yield (start, (x, ay), (x, by), end), border
        (x, border), (z, _) = _beside(field, source, leave), _beside(field, target, enter)
        x, y, z = np.ix_(x, _levels(field, source, target), z)
        yield (start, (x, ay), (x, y), (z, y), (z, by), end), border[:, None, None]
    elif leave.is_lateral:
        yield (start, (bx, ay), end), -1
        x, border = _beside(field, source, leave)
        x, y = np.ix_(x, np.array(field.channels(target.row)))
        yield (start, (x, ay), (x, y), (bx, y), end), border[:, None]
    elif enter.is_lateral:
        yield (start, (ax, by), end), -1
        x, border = _beside(field, target, enter)
        y, x = np.ix_(np.array(field.channels(source.row)), x)
        yield (start, (ax, y), (x, y), (x, by), end), border[None, :]
    else:
        yield from _upright(field, source, target, start, end)


def _upright(field: Field, source: Symbol, target: Symbol, start: Point, end: Point) -> Iterator[Family]:
    """From top or bottom to top or bottom."""
    (ax, _), (bx, _) = start, end
    if ax == bx:
        yield (start, end), -1
    level = _levels(field, source, target)
    yield (start, (ax, level), (bx, level), end), -1
    first = max(0, min(source.lane, target.lane) - 1)
    last = min(len(field.lanes) - 1, max(source.lane, target.lane) + 2)
    x, border = _channels(field, range(first, last + 1))
    y, x, z = np.ix_(np.array(field.channels(source.row)), x, np.array(field.channels(target.row)))
    yield (start, (ax, y), (x, y), (x, z), (bx, z), end), border[None, :, None]


def _channels(field: Field, borders: range) -> tuple[Floats, Ints]:
    """The gutters of these borders, and which border each belongs to."""
    found = [(x, border) for border in borders for x in field.gutters(border)]
    return np.array([x for x, _ in found]), np.array([border for _, border in found], dtype=np.int64)


def _beside(field: Field, symbol: Symbol, side: Side) -> tuple[Floats, Ints]:
    """The gutters at the border on this side of a symbol's lane."""
    border = symbol.lane + (side is Side.RIGHT)
    return _channels(field, range(border, border + 1))


def _levels(field: Field, source: Symbol, target: Symbol) -> Floats:
    return np.array(sorted({*field.channels(source.row), *field.channels(target.row)}))
