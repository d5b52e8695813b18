"""A1 references and ranges: text to numbers and back. Rows and columns count from 1, as Excel does."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracker.register.store import letters

__all__ = ["LAST_COLUMN", "LAST_ROW", "Area", "address", "column_number", "parse_address", "whole_number"]

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WHOLE = re.compile(r"\s*([0-9]{1,9})\s*")
_CORNER = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def column_number(name: str) -> int:
    """1-based column of its letters: A → 1, XFD → 16384. ValueError when there is no such column."""
    number = 0
    for letter in name.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"not a column: {name!r}")
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= LAST_COLUMN:
        raise ValueError(f"not a column: {name!r}")
    return number


def parse_address(text: str) -> tuple[int, int]:
    """(row, column) of one cell such as `B12`. ValueError for anything else, `$` and ranges included."""
    match = _ADDRESS.fullmatch(text)
    if match is None or int(match[2]) > LAST_ROW:
        raise ValueError(f"not a cell address: {text!r}")
    return int(match[2]), column_number(match[1])


def whole_number(text: str) -> int | None:
    """A plain number of an attribute; None for anything else, of which `int` would take a lot."""
    match = _WHOLE.fullmatch(text)
    return int(match[1]) if match else None


def address(row: int, column: int) -> str:
    """A1 text of a cell: (12, 2) → `B12`."""
    return f"{letters(column - 1)}{row}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, all four edges included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Area | None:
        """The area of `A1`, `A1:C5` or `$A$1:$C$5`; None for whole rows, whole columns and nonsense."""
        first, _, second = text.partition(":")
        corners = [_CORNER.fullmatch(corner) for corner in (first, second or first)]
        try:
            (r1, c1), (r2, c2) = ((int(m[2]), column_number(m[1])) for m in corners if m is not None)
        except ValueError:
            return None
        if max(r1, r2) > LAST_ROW:
            return None
        return cls(min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2))

    def __str__(self) -> str:
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        """True when the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """True when the two share at least one cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def including(self, row: int, column: int) -> Area:
        """The smallest area around this one and the cell."""
        return Area(
            min(self.top, row), min(self.left, column), max(self.bottom, row), max(self.right, column)
        )

    def down_to(self, bottom: int) -> Area:
        """The same columns and top, ending at another row."""
        return replace(self, bottom=bottom)
