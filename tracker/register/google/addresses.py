"""Addresses: from what a person calls a spreadsheet to its ID, and A1 ranges of its tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tracker.errors import WrongUsage
from tracker.register.store import letters

__all__ = [
    "Area",
    "area_of",
    "cell_link",
    "is_google",
    "row_range",
    "sheet_range",
    "spreadsheet_id",
    "spreadsheet_link",
]

_PREFIX: Final = "gsheet:"
_ID: Final = re.compile(r"[A-Za-z0-9_-]{6,}")
_SITE: Final = re.compile(r"(?:https?://)?(?:docs|drive)\.google\.com/", re.IGNORECASE)
_PATH: Final = re.compile(r"(?:a/[^/]+/)?spreadsheets/(?:u/[0-9]+/)?d/([A-Za-z0-9_-]{6,})(?:[/?#].*)?")
_AREA: Final = re.compile(r"(?:.*!)?\$?([A-Z]+)\$?([0-9]+)(?::\$?([A-Z]+)\$?([0-9]+))?")


def is_google(target: str) -> bool:
    """Whether a person means a Google spreadsheet by this."""
    text = target.strip()
    return text[: len(_PREFIX)].casefold() == _PREFIX or _SITE.match(text) is not None


def spreadsheet_id(target: str) -> str:
    """The ID in `gsheet:ID` or in the address of an open spreadsheet; WrongUsage when there is none.

    Browsers hide `https://` from people who copy, and people put `gsheet:` before an address. The address of a
    published copy (`/d/e/…`) or of a file in Drive holds no ID of a spreadsheet that the API knows.
    """
    text = target.strip()
    if text[: len(_PREFIX)].casefold() == _PREFIX:
        text = text[len(_PREFIX) :].strip()
        if _ID.fullmatch(text):
            return text
    site = _SITE.match(text)
    found = _PATH.fullmatch(text, site.end()) if site else None
    if found:
        return found[1]
    raise WrongUsage(
        f"{target!r} bukan alamat spreadsheet Google.",
        "Salin alamatnya dari bilah alamat peramban, atau tulis gsheet:ID.",
    )


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def sheet_range(title: str) -> str:
    """A whole tab. Quoted, for a tab may be called `A1` or `Hari Libur`."""
    return _quoted(title)


def row_range(title: str, row: int, first: int, last: int) -> str:
    """The cells of a 0-based row from 0-based column `first` to `last`, both included."""
    return f"{_quoted(title)}!{letters(first)}{row + 1}:{letters(last)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Area:
    """An inclusive range of 0-based rows and columns."""

    top: int
    left: int
    bottom: int
    right: int


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def area_of(text: str) -> Area | None:
    """The cells of an A1 range as the service reports one; None for a range without row numbers."""
    found = _AREA.fullmatch(text)
    if found is None:
        return None
    left, top = _column(found[1]), int(found[2]) - 1
    right = _column(found[3]) if found[3] else left
    return Area(top, left, int(found[4]) - 1 if found[4] else top, right)


def spreadsheet_link(id_: str) -> str:
    """The address that opens the spreadsheet."""
    return f"https://docs.google.com/spreadsheets/d/{id_}/edit"


def cell_link(id_: str, gid: int, cell: str) -> str:
    """The address that opens the spreadsheet at a cell such as F418."""
    return f"{spreadsheet_link(id_)}#gid={gid}&range={cell}"
