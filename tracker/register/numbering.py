"""The next free ID of an item.

Source: the writing contract: prefix and width of the highest ID in use, in an empty book `K-<year>-0001`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

__all__ = ["next_id"]

_NUMBERED: Final = re.compile(r"(.*?)([0-9]{1,12})")
_DIGITS: Final = re.compile(r"([0-9]+)")


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort key under which K-2026-0100 comes after K-2026-0099 and K-2025-0500."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text)]


def next_id(known: Iterable[str], now: int) -> str:
    """One more than the highest ID that ends in a number.

    >>> next_id(["K-2026-0009", "K-2026-0010"], now=0)
    'K-2026-0011'
    """
    numbered = [one for one in known if _NUMBERED.fullmatch(one)]
    if not numbered:
        year = (date(1970, 1, 1) + timedelta(days=now // 1440)).year
        return f"K-{year}-0001"
    match = _NUMBERED.fullmatch(max(numbered, key=_natural))
    assert match is not None
    return f"{match[1]}{int(match[2]) + 1:0{len(match[2])}d}"
