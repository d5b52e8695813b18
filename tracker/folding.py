"""Folding text for comparison: what staff mean is the same text, however they typed it.

Applies to headings, names, choices and IDs alike (source: the register contract, "What a cell may hold").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

__all__ = ["fold", "level", "nearest", "plain", "tidy"]

# Cyrillic and Greek letters that look like Latin ones; they come from mixed keyboards and copied web text.
_HOMOGLYPHS: Final = str.maketrans(
    "аеорсухіјѕԁһӏьмтвнкАВЕКМНОРСТУХІЈЅαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlbmtbhkABEKMHOPCTYXIJSabeikvoptuxABEZHIKMNOPTYX",
)
# Word processors and phones put these in place of a typed hyphen; NFKC keeps them apart.
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212", "-"))
_SHORT: Final = 200
"""Longer texts are not remembered: a book could fill the memory with them."""
_SPACES: Final = re.compile(r"\s+")
_PUNCTUATION: Final = re.compile(r"[^\w\s]|_")
# Zero-width and direction marks carry no meaning in a cell and would make equal texts differ.
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


@lru_cache(maxsize=65536)
def _mended(text: str) -> str:
    normal = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _SPACES.sub(" ", normal.translate(_HOMOGLYPHS)).strip()


def tidy(text: str) -> str:
    """The text as it was meant to be typed: `fold` without the case.

    >>> tidy(" K-2026-\\uff10012\\u00a0")
    'K-2026-0012'
    """
    if text.isascii():  # most texts: nothing of the above but white space
        return " ".join(text.split())
    return _mended(text) if len(text) <= _SHORT else _mended.__wrapped__(text)


def level(text: str) -> str:
    """`tidy` with every dash a hyphen: the ID that was meant, whichever dash the program put there.

    >>> level("K\u20132026\u20110012")
    'K-2026-0012'
    """
    return tidy(text).translate(_DASHES)


def fold(text: str) -> str:
    """NFKC, homoglyphs, dashes, case, invisible marks and white space folded; other punctuation kept.

    >>> fold("  Setuju\\u00a0")
    'setuju'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return level(text).casefold()


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """`fold` with punctuation dropped too: for headings and sheet names.

    >>> plain("Tgl. Mulai:")
    'tgl mulai'
    """
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", fold(text))).strip()


def nearest(text: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `text` was most probably meant to be, as it is spelled there; None when none is near."""
    spelled = {fold(candidate): candidate for candidate in candidates if candidate}
    found = get_close_matches(fold(text), list(spelled), n=1, cutoff=0.6)
    return spelled[found[0]] if found else None
