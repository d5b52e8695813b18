"""The order of columns on Google: what is typed, then the hidden key, then what an array formula fills.

An append finds its table in the typed columns alone, so nothing computed may stand between them.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.register.google.appending import KEY_HEADING
from tracker.register.layout import Column, Kind, Sheet
from tracker.register.schema import sheet
from tracker.register.store import letters

__all__ = ["KEY", "KEYED", "columns_of", "letter_of", "relocated"]

KEYED: Final = ("register", "events")
"""Sheets that records are added to by people and by the tool at once."""
KEY: Final = Column("key", KEY_HEADING, Kind.TEXT, help="Diisi aplikasi; jangan diubah.", width=12)

_SPAN: Final = re.compile(r"\b(Register|Riwayat)!\$([A-Z]+)(\$[0-9]+)?:\$([A-Z]+)(\$[0-9]+)?")


def columns_of(described: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet from left to right."""
    key = (KEY,) if described.key in KEYED else ()
    return (*described.typed, *key, *(column for column in described.columns if column.is_formula))


def letter_of(sheet_key: str, column_key: str) -> str:
    """The A1 letters of a column."""
    return letters([column.key for column in columns_of(sheet(sheet_key))].index(column_key))


def relocated(formula: str) -> str:
    """A formula of the template, with its references to Register and Riwayat moved to where the columns stand here."""

    def moved(found: re.Match[str]) -> str:
        name, first, top, last, bottom = found.groups()
        where = _letters(name)
        return f"{name}!${where[first]}{top or ''}:${where[last]}{bottom or ''}"

    return _SPAN.sub(moved, formula)


def _letters(name: str) -> dict[str, str]:
    """Column letters in the template → here."""
    described = next(one for one in (sheet("register"), sheet("events")) if one.name == name)
    return {
        letters(index): letter_of(described.key, column.key) for index, column in enumerate(described.columns)
    }
