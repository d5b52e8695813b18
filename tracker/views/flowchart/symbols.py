"""The symbols of a flowchart, placed in millimetres, and their ports.

Five symbols and no other (source: PermenPAN-RB 35/2012): capsule, box, diamond, arrow, pentagon. Sizes and clearances
are those of the papers' layout, section 2. The origin is the upper left corner of the lane area; y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final, TypeAlias

__all__ = ["OUTWARD", "Box", "Point", "Shape", "Side", "Sizes", "Symbol", "card_sizes", "sop_sizes"]

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Shape(Enum):
    """What is drawn; the values are the words of the templates."""

    CAPSULE = "capsule"
    BOX = "box"
    DIAMOND = "diamond"
    CONNECTOR = "connector"
    NOTHING = "nothing"
    """A row without a symbol: what happened is no step of the SOP."""


class Side(IntEnum):
    """Where a line leaves or enters a symbol."""

    TOP = 0
    RIGHT = 1
    BOTTOM = 2
    LEFT = 3

    @property
    def is_lateral(self) -> bool:
        """Left or right: the line there is horizontal."""
        return self in (Side.LEFT, Side.RIGHT)


OUTWARD: Final = {Side.TOP: (0, -1), Side.RIGHT: (1, 0), Side.BOTTOM: (0, 1), Side.LEFT: (-1, 0)}


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol by its centre; `leaves` and `enters` are the sides that lines may use.

    `letter` stands in a connector, `lane` is the lane that it belongs to, `row` the row of the page's table.
    """

    shape: Shape
    x: float
    y: float
    width: float
    height: float
    row: int
    lane: int
    leaves: tuple[Side, ...]
    enters: tuple[Side, ...]
    letter: str = ""

    def port(self, side: Side) -> Point:
        """The tip or the middle of this side."""
        dx, dy = OUTWARD[side]
        return self.x + dx * self.width / 2, self.y + dy * self.height / 2

    @property
    def box(self) -> Box:
        """The rectangle around it."""
        half, tall = self.width / 2, self.height / 2
        return self.x - half, self.y - tall, self.x + half, self.y + tall

    def touches(self, box: Box, gap: float) -> bool:
        """Whether a rectangle comes closer than `gap`; a diamond leaves its corners free."""
        left, top, right, bottom = box
        dx = abs(min(max(self.x, left), right) - self.x)
        dy = abs(min(max(self.y, top), bottom) - self.y)
        half, tall = self.width / 2 + gap, self.height / 2 + gap
        if self.shape is Shape.DIAMOND:
            return dx / half + dy / tall < 1
        return dx < half and dy < tall


@dataclass(frozen=True, slots=True)
class Sizes:
    """Width and height of each symbol, the arrowhead (length, width), the labels (height, width of ya, of tidak)."""

    capsule: Point
    box: Point
    diamond: Point
    connector: Point
    head: Point
    label: tuple[float, float, float]
    row: float
    """The lowest row."""
    decision_row: float
    """The lowest row with a diamond: its labels need room above and below."""
    strip: float
    """The lowest row of connectors."""

    def of(self, shape: Shape) -> Point:
        """Width and height of this shape."""
        return {
            Shape.CAPSULE: self.capsule,
            Shape.BOX: self.box,
            Shape.DIAMOND: self.diamond,
            Shape.CONNECTOR: self.connector,
            Shape.NOTHING: (0.0, 0.0),
        }[shape]

    def lowest(self, shape: Shape) -> float:
        """How low a row with this symbol may be."""
        return self.decision_row if shape is Shape.DIAMOND else self.row


def sop_sizes(lane: float) -> Sizes:
    """The large set, for lanes of this width."""
    wide = min(18.0, lane - 9.0)
    return Sizes(
        capsule=(wide, 8.0),
        box=(wide, 8.6),
        diamond=(wide + 1.5, 12.4),
        connector=(6.4, 6.6),
        head=(2.3, 1.9),
        label=(2.6, 2.8, 5.6),
        row=15.0,
        decision_row=17.0,
        strip=11.0,
    )


def card_sizes() -> Sizes:
    """The small set of the control card."""
    return Sizes(
        capsule=(7.2, 4.0),
        box=(7.2, 4.4),
        diamond=(8.4, 6.0),
        connector=(4.6, 4.6),
        head=(1.9, 1.6),
        label=(2.3, 2.5, 4.9),
        row=8.4,
        decision_row=10.4,
        strip=9.0,
    )
