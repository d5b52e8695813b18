"""Numbers and shares: comma for decimals, full stop for thousands, never a percentage of fewer than ten."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

__all__ = ["FEW", "number", "percent", "share", "share_level", "share_percent", "share_with_percent"]

FEW: Final = 10
"""Below this denominator a share is written `7 dari 8` (source: the rules, Compliance figures)."""
NOTHING: Final = "–"


def number(value: float) -> str:
    """A count or a measure, with at most one decimal, rounded half up.

    >>> number(1250), number(12.5), number(12.04), number(-1234567.25)
    ('1.250', '12,5', '12', '-1.234.567,3')
    """
    tenths = _half_up(Fraction(abs(value)) * 10)
    whole, rest = divmod(tenths, 10)
    grouped = f"{whole:,}".replace(",", ".")
    sign = "-" if value < 0 and tenths else ""
    return f"{sign}{grouped},{rest}" if rest else f"{sign}{grouped}"


def percent(value: float) -> str:
    """A given percentage such as a target: as many decimals as it needs, at most one.

    >>> percent(90.0), percent(92.5)
    ('90%', '92,5%')
    """
    return f"{number(value)}%"


def share_percent(part: int, whole: int) -> str:
    """A share as a percentage with exactly one decimal, however few; `–` of nothing.

    Never `100,0%` of less than all and never `0,0%` of more than none: a rounded figure must not say that.

    >>> share_percent(151, 165), share_percent(1999, 2000), share_percent(1, 5000), share_percent(0, 0)
    ('91,5%', '99,9%', '0,1%', '–')
    """
    if whole == 0:
        return NOTHING
    whole_percents, rest = divmod(_permille(part, whole), 10)
    return f"{whole_percents},{rest}%"


def share(part: int, whole: int) -> str:
    """A share as papers and screens write it.

    >>> share(151, 165), share(7, 8), share(0, 0)
    ('91,5%', '7 dari 8', '–')
    """
    return share_percent(part, whole) if whole >= FEW or whole == 0 else f"{part} dari {whole}"


def share_with_percent(part: int, whole: int) -> str:
    """A share with its counts, and with its percentage when there are enough of them.

    >>> share_with_percent(1510, 1650), share_with_percent(7, 8)
    ('1.510 dari 1.650 (91,5%)', '7 dari 8')
    """
    counts = f"{number(part)} dari {number(whole)}"
    return f"{counts} ({share_percent(part, whole)})" if whole >= FEW else counts


def share_level(part: int, whole: int) -> Fraction:
    """The share that the reader sees, for comparing two of them: rounded where it is printed rounded.

    >>> share_level(151, 165) == share_level(183, 200)
    True
    """
    return Fraction(_permille(part, whole), 1000) if whole >= FEW else Fraction(part, whole)


def _permille(part: int, whole: int) -> int:
    rounded = _half_up(Fraction(1000 * part, whole))
    if 0 < part < whole:
        return min(max(rounded, 1), 999)
    return rounded


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
