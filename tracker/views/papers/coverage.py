"""Which characters the shipped fonts can print, read from the fonts themselves.

The `cmap` table of a TrueType font is read here in a few lines (format 4, which holds all that these fonts
have) rather than through fontTools, a heavy dependency for one set, and rather than from a generated list,
which could go stale. Source: OpenType specification, `cmap`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import Final

__all__ = ["FONTS", "covered"]

FONTS: Final = Path(__file__).parent / "fonts"
"""The fonts that papers are set in; fonts of the machine are never used, so that every PC gives the same
bytes.
"""
_BASIC_PLANE: Final = (3, 1)
_PRIVATE: Final = frozenset((*range(0xE000, 0xF900), *range(0xF0000, 0x10FFFE)))


@cache
def covered(family: str = "LiberationSans") -> frozenset[int]:
    """The code points that every shipped style of the family has a glyph for.

    Private-use code points are left out although the fonts have some: PDF/A level A refuses text that means
    nothing.
    """
    styles = [_code_points(path.read_bytes()) for path in sorted(FONTS.glob(f"{family}-*.ttf"))]
    return frozenset.intersection(*styles) - _PRIVATE


def _code_points(font: bytes) -> frozenset[int]:
    table = _table(font, b"cmap")
    (subtables,) = unpack_from(">H", font, table + 2)
    found: set[int] = set()
    for index in range(subtables):
        platform, encoding, offset = unpack_from(">HHL", font, table + 4 + 8 * index)
        if (platform, encoding) == _BASIC_PLANE:
            found |= _segments(font, table + offset)
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = unpack_from(">H", font, 4)
    for index in range(count):
        name, _, offset, _ = unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise LookupError(tag)


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4: segments of code points, each with a shift of glyph numbers or a list of them; glyph 0 is
    none.
    """
    (double,) = unpack_from(">H", font, at + 6)
    count = double // 2
    ends = unpack_from(f">{count}H", font, at + 14)
    starts = unpack_from(f">{count}H", font, at + 16 + double)
    deltas = unpack_from(f">{count}H", font, at + 16 + 2 * double)
    offsets_at = at + 16 + 3 * double
    offsets = unpack_from(f">{count}H", font, offsets_at)
    found = set()
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            listed = offsets_at + 2 * index + offset + 2 * (point - first)
            glyph = unpack_from(">H", font, listed)[0] if offset else (point + delta) & 0xFFFF
            if glyph:
                found.add(point)
    return found
