"""The last touch on the package: repeated formulas are stored once, and the bytes depend on the content alone.

A formula that is the same on every row of a column is stored as a shared formula (ECMA-376 part 1, 18.3.1.40), as
Excel does when a formula is filled down; formulas that name another sheet are not, for Excel never shares those.
This takes the hidden sheet from 12 MB to 4 MB before deflating.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["follower", "is_shareable", "leader", "packed", "verbatim"]

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_MARK: Final = "\u00a7"
_VERBATIM: Final = f"{_MARK}_xlfn."
_LEADER: Final = re.compile(rf"<f>{_MARK}(\d+){_MARK}([A-Z0-9:]+){_MARK}")
_FOLLOWER: Final = re.compile(rf"<f>{_MARK}(\d+)</f>")


def verbatim(formula: str) -> str:
    """The formula behind a mark that keeps XlsxWriter from searching it for the names of newer functions.

    The formulas of this room use none of those (a test holds them to it), and the search is most of the work.
    """
    return f"{_VERBATIM}{formula}"


def is_shareable(formula: str) -> bool:
    """Whether a formula may be stored once for all its rows: it names no other sheet."""
    return "!" not in formula


def leader(index: int, area: str, formula: str) -> str:
    """What to write into the first cell of an area that shares a formula."""
    return f"{_MARK}{index}{_MARK}{area}{_MARK}{formula}"


def follower(index: int) -> str:
    """What to write into the other cells of that area."""
    return f"{_MARK}{index}"


def packed(package: bytes) -> bytes:
    """The package with shared formulas in place, without empty values, deflated as far as possible."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=9) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename.startswith("xl/worksheets/sheet"):
                data = _sheet(data.decode("utf-8")).encode("utf-8")
            info = ZipInfo(member.filename, _DATE)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, data)
    return stream.getvalue()


def _sheet(xml: str) -> str:
    if _MARK in xml:
        xml = xml.replace(_VERBATIM, "")
        xml = _FOLLOWER.sub(r'<f t="shared" si="\1"/>', xml)
        xml = _LEADER.sub(r'<f t="shared" ref="\2" si="\1">', xml)
    return xml.replace("<v></v>", "")
