"""The emblem of a letterhead as a file that a template can read.

A compile from memory takes text files only (typst-py 0.15), so a PNG is wrapped in an SVG that holds it.
"""

from __future__ import annotations

import struct
from base64 import b64encode
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zlib import crc32

from tracker.errors import PaperFailed
from tracker.views.papers.compile import compiled
from tracker.views.papers.imprint import Letterhead

__all__ = ["emblem_images", "emblem_name", "try_emblem"]

_NAME: Final = "emblem.svg"
_SHEET: Final = b'#set document(title: "x")\n#image("emblem.svg", height: 24mm, alt: "x")'
_ANY_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_LARGEST: Final = 4000
"""Pixels on a side: enough for 24 mm at any printer, and no decompression bomb."""
_WRAPPED: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    '<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
)


def emblem_name(head: Letterhead) -> str:
    """The name under which the template finds it; empty when there is none."""
    return "" if head.emblem is None else _NAME


def emblem_images(head: Letterhead) -> dict[str, bytes]:
    """The emblem by its name, or nothing. PaperFailed when it is neither PNG nor SVG."""
    return {} if head.emblem is None else {_NAME: _as_svg(head.emblem)}


@lru_cache(maxsize=8)
def try_emblem(picture: bytes) -> None:
    """Nothing when the picture can be set on a paper; PaperFailed when it cannot."""
    compiled({"main.typ": _SHEET, _NAME: _as_svg(picture)}, _ANY_MOMENT)


@lru_cache(maxsize=8)
def _as_svg(picture: bytes) -> bytes:
    if picture.startswith(_PNG):
        return _wrapped(picture)
    try:
        picture.decode()
    except UnicodeDecodeError as error:
        raise PaperFailed("Lambang instansi bukan gambar PNG atau SVG.") from error
    return picture


def _wrapped(picture: bytes) -> bytes:
    """The PNG at its own proportions; its header says how large it is (source: PNG specification, IHDR)."""
    if not _is_intact(picture):  # a picture that cannot be decoded would silently be left blank
        raise PaperFailed("Lambang instansi rusak.")
    width, height = struct.unpack(">II", picture[16:24])
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise PaperFailed("Lambang instansi terlalu besar.")
    return _WRAPPED.format(width=width, height=height, data=b64encode(picture).decode()).encode()


def _is_intact(picture: bytes) -> bool:
    """Whether every chunk agrees with its checksum, from IHDR to IEND (source: PNG specification, chunk layout)."""
    at, kinds = len(_PNG), []
    while at + 12 <= len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        body = picture[at + 4 : at + 8 + length]
        if picture[at + 8 + length : at + 12 + length] != struct.pack(">I", crc32(body)):
            return False
        kinds.append(body[:4])
        at += 12 + length
        if body[:4] == b"IEND":
            break
    return kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and b"IDAT" in kinds
