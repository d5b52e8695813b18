"""A value as the inside of a cell: text as inline strings, moments as serials of the book's date system."""

from __future__ import annotations

import math
import re
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.errors import PackageRefused
from tracker.register.excel.markup import escape
from tracker.register.store import CellValue

__all__ = ["TEXT_LIMIT", "Content", "content_of", "formula_content", "serial"]

TEXT_LIMIT = 32_767
"""Excel's limit of one cell, in UTF-16 units (Excel specifications and limits)."""

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_IMPOSSIBLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")

_DAY = timedelta(days=1)
_MARCH_1900 = datetime(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds: the value of its `t` attribute (empty for numbers) and the XML between its tags."""

    kind: str = ""
    xml: bytes = b""


EMPTY = Content()


def content_of(value: CellValue, prefix: bytes, *, is_1904: bool) -> Content:
    """The content that reads back as `value`; None and the empty text give an empty cell.

    PackageRefused: `text-too-long`, `text-not-unicode`, `number-not-exact`, `date-out-of-range`.
    TypeError for any other type, ValueError for a moment with a time zone.
    """
    if value is None or value == "":
        return EMPTY
    if isinstance(value, str):
        return _text(value, prefix)
    if isinstance(value, bool):
        return Content("b", _element(prefix, b"v", b"1" if value else b"0"))
    if isinstance(value, int | float):
        return Content("", _element(prefix, b"v", _number(value)))
    if isinstance(value, datetime):
        return Content("", _element(prefix, b"v", _number(serial(value, is_1904=is_1904))))
    raise TypeError(f"no cell value: {value!r}")


def formula_content(formula: str, prefix: bytes, attributes: str = "") -> Content:
    """A formula without a cached value; the book is recalculated when it is next opened."""
    tag = b"<" + prefix + b"f" + attributes.encode() + b">"
    return Content("", tag + escape(formula).encode() + b"</" + prefix + b"f>")


def serial(moment: datetime, *, is_1904: bool) -> float:
    """Days since the book's day 0, correctly rounded, so that `round(serial * 1440)` is the exact minute.

    The 1900 system counts a 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1).
    PackageRefused: `date-out-of-range`.
    """
    if moment.tzinfo is not None:
        raise ValueError("a cell holds local time without a zone")
    if is_1904:
        day_0 = datetime(1904, 1, 1)
    else:
        day_0 = datetime(1899, 12, 30) if moment >= _MARCH_1900 else datetime(1899, 12, 31)
    if moment < day_0:
        raise PackageRefused("date-out-of-range")
    return (moment - day_0) / _DAY


def _text(text: str, prefix: bytes) -> Content:
    if len(text) > TEXT_LIMIT // 2 and len(text.encode("utf-16-le", "surrogatepass")) > 2 * TEXT_LIMIT:
        raise PackageRefused(
            "text-too-long", "Teks terlalu panjang untuk satu sel Excel.", "Ringkas teksnya."
        )
    if _IMPOSSIBLE.search(text):
        raise PackageRefused("text-not-unicode", "Teks memuat lambang yang rusak.", "Ketik ulang teksnya.")
    # ST_Xstring (ECMA-376 part 1, 22.9.2.19): _xHHHH_ is a character, so a typed one needs its own escape
    literal = _ESCAPED.sub("_x005F_", text)
    escaped = escape(_CONTROL.sub(lambda m: f"_x{ord(m[0]):04X}_", literal)).encode()
    inner = b"<" + prefix + b't xml:space="preserve">' + escaped + b"</" + prefix + b"t>"
    return Content("inlineStr", b"<" + prefix + b"is>" + inner + b"</" + prefix + b"is>")


def _number(value: int | float) -> bytes:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    is_kept = math.isfinite(number) and (
        number == 0 or abs(number) >= sys.float_info.min
    )  # Excel flushes to 0 below
    if not is_kept or number != value:
        raise PackageRefused(
            "number-not-exact", "Bilangan ini tidak dapat disimpan tepat dalam sel.", "Tulis sebagai teks."
        )
    return (str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)).encode()


def _element(prefix: bytes, name: bytes, inner: bytes) -> bytes:
    return b"<" + prefix + name + b">" + inner + b"</" + prefix + name + b">"
