"""One cell ⇄ one amount: time standards (10 Menit, 1,5 jam, ½ hari) and percentages."""

from __future__ import annotations

import re
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Final

from tracker.folding import fold, tidy
from tracker.register.cells import Reading, is_blank, raw_text, read_choice
from tracker.register.number_words import without_words
from tracker.register.schema import UNITS
from tracker.sop.model import Standard, Unit

if TYPE_CHECKING:
    from tracker.register.store import RawValue

__all__ = ["read_percent", "read_standard", "spoken_amount", "spoken_standard"]

_UNITS: Final = dict(zip(UNITS, Unit, strict=True))
_NAMES: Final = {unit: name for name, unit in _UNITS.items()}
# Three digits after a separator are refused: 1.500 is 1500 to one reader and 1,5 to another.
_AMOUNT: Final = re.compile(
    r"(?P<whole>[0-9]{1,4})(?:[.,](?P<part>[0-9]{1,2}))?(?:\s*[/⁄]\s*(?P<under>[1-9][0-9]?))?"
)
_MIXED: Final = re.compile(r"[0-9]\s*[²³¹¼-¾⅐-⅞]")
"""1½ would fold to 11/2."""
_QUANTITY: Final = re.compile(rf"(?P<amount>{_AMOUNT.pattern})\s*(?P<unit>[a-z][a-z ]*\.?)?")
_HOURS_MINUTES: Final = re.compile(r"([0-9]{1,2})\s*(?:jam|j)\.?\s*([0-9]{1,2})\s*(?:menit|mnt|min|m)\.?")
_PERCENT: Final = re.compile(r"(?P<amount>[0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*(?P<sign>%|persen)?")


def spoken_amount(amount: float) -> str:
    """1,5 as Indonesians write it; no decimals when there are none."""
    return f"{amount:g}".replace(".", ",")


def spoken_standard(standard: Standard) -> str:
    """10 Menit; 1,5 Jam."""
    return f"{spoken_amount(standard.amount)} {_NAMES[standard.unit]}"


def read_standard(value: RawValue, unit: RawValue = None) -> Reading[Standard]:
    """A time standard from its cell and the cell of its unit; blank when the first is.

    The unit may stand in either cell; in both, they must agree; in none, the standard cannot be read, since
    nothing says whether 10 means minutes or days.
    """
    if is_blank(value):
        return Reading()
    beside = read_choice(unit, UNITS)
    found = _amount_and_unit(value)
    units = {name for name in (beside.value, found and found[1]) if name}
    if found is None or beside.problem or len(units) != 1 or found[0] <= 0:
        return Reading(problem=f"{raw_text(value)} {raw_text(unit)}".strip())
    standard = Standard(float(found[0]), _UNITS[units.pop()])
    mended = found[2] or beside.repaired
    return Reading(standard, spoken_standard(standard) if mended else "")


def _amount_and_unit(value: RawValue) -> tuple[Fraction, str | None, bool] | None:
    """(amount, canonical unit or None, whether it was mended), or None when it is no quantity."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (Fraction(value).limit_denominator(1000), None, False) if isfinite(value) else None
    if not isinstance(value, str):
        return None
    if _MIXED.search(value):
        return None
    folded = without_words(fold(value))
    both = _HOURS_MINUTES.fullmatch(folded)
    if both:
        return Fraction(int(both[1]) * 60 + int(both[2])), "Menit", True
    match = _QUANTITY.fullmatch(folded)
    if match is None:
        return None
    unit = read_choice(match["unit"], UNITS)
    amount = _number(match)
    mended = bool(unit.repaired or match["under"] or tidy(value) != value or folded != fold(value))
    return None if unit.problem or amount is None else (amount, unit.value, mended)


def _number(match: re.Match[str]) -> Fraction | None:
    if match["part"] and match["under"]:
        return None
    return Fraction(f"{match['whole']}.{match['part'] or 0}") / int(match["under"] or 1)


def read_percent(value: RawValue) -> Reading[float]:
    """A percentage of 0..100 from `90 %`, `90`, or a cell formatted as one (0.9)."""
    if is_blank(value):
        return Reading()
    percent: float | None = None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        percent = round(value * 100, 6) if 0 < value <= 1 else float(value)
    elif isinstance(value, str):
        match = _PERCENT.fullmatch(fold(value))
        percent = float(match["amount"].replace(",", ".")) if match else None
        if match and not match["sign"] and percent is not None and 0 < percent <= 1:  # 0,9 may mean 90 %
            percent = None
    if percent is None or not 0 <= percent <= 100:
        return Reading(problem=raw_text(value))
    return Reading(percent)
