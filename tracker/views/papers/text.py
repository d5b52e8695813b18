"""The one filter between what people typed and what is printed: nothing a cell holds may fail or bend a
paper.

PDF/A refuses a whole document for one character without a glyph, and direction marks can turn a line round;
so all text is normalised, cleaned, and what the shipped fonts lack is replaced by a visible mark and counted
(source: the papers' layout, section 0.7). The text stays data: it never becomes typst source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from tracker.views.papers.coverage import covered

__all__ = ["Printable", "Replaced", "cleaned", "printable", "replacement_notice", "with_breaks"]

Printable: TypeAlias = "str | float | bool | Sequence[Printable] | Mapping[str, Printable] | None"
"""What a template may receive: JSON."""

BREAK: Final = "\u200b"
"""A break opportunity; the template turns it into an empty box, so that it never enters the text
layer.
"""
_LONG_WORD: Final = 24
_PIECE: Final = 16
_MOST_BREAKS: Final = 400

_LINE_ENDS: Final = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
# C0 and C1 controls except tab and line feed, soft hyphen, direction and zero-width marks, variation
# selectors, fillers, interlinear and tag characters, unpaired surrogates, non-characters.
_DROPPED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U000e0000-\U000e0fff"
    + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(1, 17))
    + "]"
)
_WORD: Final = re.compile(r"\S+")
_PUNCTUATION: Final = re.compile(r"(?<=[/.\-_?&=\]])(?=[^/.\-_?&=\]])")


@dataclass(frozen=True, slots=True)
class Replaced:
    """Text ready to print, and which characters the fonts lack, in order of appearance."""

    fields: dict[str, Printable]
    missing: tuple[str, ...]


def cleaned(text: str, missing: list[str]) -> str:
    """`text` in NFC without controls and marks; each character without a glyph as `[U+XXXX]`, noted in
    `missing`.

    >>> cleaned("caf\\u0065\\u0301 \\x00\\u202e\\U0001f600", found := []), found
    ('café [U+1F600]', ['😀'])
    """
    normal = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", _DROPPED.sub("", _LINE_ENDS.sub("\n", text))))
    normal = normal.replace("\t", " ")
    if normal.isascii():
        return normal
    glyphs = covered()
    lacking = [character for character in normal if ord(character) not in glyphs and character != "\n"]
    if not lacking:
        return normal
    missing.extend(lacking)
    marks = {ord(character): f"[U+{ord(character):04X}]" for character in set(lacking)}
    return normal.translate(marks)


def with_breaks(text: str) -> str:
    """`text` with break opportunities inside words too long for a cell: after `/ . - _ ? & =`, else every 16.

    >>> with_breaks("https://www.instagram.com/p/abc") == "https://\\u200bwww.\\u200binstagram.\\u200bcom/\\u200bp/\\u200babc"
    True
    """
    return _thinned(_WORD.sub(_broken, text)) if len(text) > _LONG_WORD else text


def _thinned(text: str) -> str:
    """At most `_MOST_BREAKS` of them, evenly: typst gives up on a text with more than 512 (0.15: grouping depth)."""
    parts = text.split(BREAK)
    step = -(-len(parts) // _MOST_BREAKS)
    return BREAK.join("".join(parts[at : at + step]) for at in range(0, len(parts), step))


def _broken(match: re.Match[str]) -> str:
    word = match[0]
    if len(word) <= _LONG_WORD:
        return word
    pieces = _PUNCTUATION.split(word)
    return BREAK.join(BREAK.join(_chopped(piece)) for piece in pieces)


def _chopped(piece: str) -> Iterable[str]:
    if len(piece) <= _LONG_WORD:
        return (piece,)
    return (piece[start : start + _PIECE] for start in range(0, len(piece), _PIECE))


def printable(fields: Mapping[str, Printable]) -> Replaced:
    """The same fields with every string in them, keys excepted, cleaned and given break opportunities."""
    missing: list[str] = []
    return Replaced({key: _filtered(value, missing) for key, value in fields.items()}, tuple(missing))


def _filtered(tree: Printable, missing: list[str]) -> Printable:
    if isinstance(tree, str):
        text, lacking = _ready(tree)
        missing.extend(lacking)
        return text
    if isinstance(tree, Mapping):
        return {key: _filtered(value, missing) for key, value in tree.items()}
    if isinstance(tree, Sequence):
        return [_filtered(value, missing) for value in tree]
    return tree


@lru_cache(maxsize=4096)
def _ready(text: str) -> tuple[str, tuple[str, ...]]:
    """(the text as it is printed, the characters that were replaced); papers repeat the words of the SOP."""
    missing: list[str] = []
    return with_breaks(cleaned(text, missing)), tuple(missing)


def replacement_notice(missing: Sequence[str]) -> str:
    """What the paper says about replaced characters; empty when there were none.

    >>> replacement_notice(["😀", "😀"])
    '2 aksara yang tidak tersedia pada huruf cetak ditulis dengan kodenya: [U+1F600].'
    """
    if not missing:
        return ""
    codes = [f"[U+{ord(character):04X}]" for character in dict.fromkeys(missing)]
    shown = ", ".join(codes[:5]) + (" dan lainnya" if len(codes) > 5 else "")
    return f"{len(missing)} aksara yang tidak tersedia pada huruf cetak ditulis dengan kodenya: {shown}."
