"""Words that belong together: non-breaking phrases, lists, shortened texts, NIP."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

__all__ = ["joined", "listing", "nip", "shortened"]

NBSP: Final = "\u00a0"
_NIP: Final = re.compile(r"(\d{8})(\d{4}(?:0[1-9]|1[0-2]))([12])(\d{3})")


def joined(text: str) -> str:
    """The same words, kept on one line: every space becomes a non-breaking one.

    >>> joined("3 Agustus 2026") == "3\\u00a0Agustus\\u00a02026"
    True
    """
    return text.replace(" ", NBSP)


def listing(parts: Sequence[str]) -> str:
    """A list as a sentence has it, with the comma before `dan` from three parts on (source: EYD V, tanda
    koma).

    >>> listing(["A"]), listing(["A", "B"]), listing(["A", "B", "C"])
    ('A', 'A dan B', 'A, B, dan C')
    """
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut after a word and marked with an ellipsis; white space is collapsed.

    >>> shortened("Memperbaiki, mengoreksi atau menyunting draft", 30)
    'Memperbaiki, mengoreksi atau …'
    >>> shortened("x" * 50, 10)
    'xxxxxxxxx…'
    """
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    if " " in cut[limit // 2 :]:
        return cut.rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return cut + "…"


def nip(text: str) -> str:
    """A NIP in groups of 8+6+1+3; anything that is no NIP is returned as typed, without its outer spaces.

    A NIP holds the date of birth, year and month of appointment, sex (1, 2) and a number of three digits
    (source: Peraturan BKN 22/2007).

    >>> nip("198001012005011001") == nip("19800101 200501 1 001") == "19800101 200501 1 001"
    True
    >>> nip("198013012005011001")
    '198013012005011001'
    """
    match = _NIP.fullmatch(re.sub(r"[\s.\-]", "", text))
    if match is None or not _is_date(match[1]):
        return text.strip()
    return " ".join(match.groups())


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
