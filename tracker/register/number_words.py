"""Numbers as official letters repeat them in words: 10 (sepuluh)."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["without_words"]

_UNITS: Final = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_REPEATED: Final = re.compile(r"(?<![0-9.,/])([0-9]{1,2})\s*\(\s*([a-z ]+?)\s*\)")


def without_words(folded: str) -> str:
    """The folded text without the words that repeat the number before them; other words are left to be refused.

    >>> without_words("1 (satu) hari"), without_words("1 (dua) hari")
    ('1 hari', '1 (dua) hari')
    """
    return _REPEATED.sub(lambda found: found[1] if found[2] == _spelled(int(found[1])) else found[0], folded)


def _spelled(number: int) -> str:
    """0 to 99 in words."""
    tens, units = divmod(number, 10)
    if number < 10:
        return _UNITS[number]
    if tens == 1:
        return {10: "sepuluh", 11: "sebelas"}.get(number, f"{_UNITS[units]} belas")
    return f"{_UNITS[tens]} puluh" + (f" {_UNITS[units]}" if units else "")
