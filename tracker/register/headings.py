"""Finding things: sheets by their name, columns by their heading, wherever they stand.

Source: the register contract, "Finding things". Names and headings are compared folded and without
punctuation; an exact name wins over a synonym; what the schema does not know is ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracker.findings import Finding, Place, finding
from tracker.folding import nearest, plain, tidy
from tracker.register.cells import raw_text
from tracker.register.schema import HEADING_ROWS, SHEETS
from tracker.register.store import Grid, letters

if TYPE_CHECKING:
    from tracker.register.layout import Column, Sheet
    from tracker.register.store import RawValue

__all__ = ["Headings", "find_headings", "find_sheets", "maybe", "needs"]

_INDISPENSABLE: Final = frozenset({("events", "finish")})
"""Columns that may be blank but whose heading may not be missing: without Selesai nothing ever finishes."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The layout of one sheet as found: 0-based heading row, 0-based column of every heading that was found.

    `doubtful` are the keys of headings that stand twice: they are not read (S504). `is_sound` is False when a
    required column is missing or doubled, which makes the register read-only.
    """

    row: int
    columns: Mapping[str, int]
    doubtful: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    is_sound: bool = True


def maybe(candidate: str | None) -> str:
    """The tail of a sentence that offers the nearest candidate, or nothing."""
    return f"; mungkin maksud Anda “{candidate}”" if candidate else ""


def needs(sheet: Sheet, column: Column) -> bool:
    """Whether the heading of `column` must be there for the register to be written to."""
    return column.required or (sheet.key, column.key) in _INDISPENSABLE


def find_sheets(names: Sequence[str]) -> dict[str, str]:
    """Schema key → the name, as spelled in the book, of the sheet that holds it; only sheets that are read.

    Exactly spelled names win over folded ones, and those over synonyms.
    """
    taken: dict[str, str] = {}
    for meant in (_spelled, _named, _paraphrased):
        for sheet in SHEETS:
            free = (name for name in names if name not in taken.values() and meant(sheet, name))
            if sheet.is_read and sheet.key not in taken and (name := next(free, None)) is not None:
                taken[sheet.key] = name
    return taken


def _spelled(sheet: Sheet, name: str) -> bool:
    return name == sheet.name


def _named(sheet: Sheet, name: str) -> bool:
    return plain(name) == plain(sheet.name)


def _paraphrased(sheet: Sheet, name: str) -> bool:
    return plain(name) in map(plain, sheet.synonyms)


def find_headings(sheet: Sheet, grid: Grid) -> Headings:
    """Where the columns of `sheet` stand in `grid`, with S502, S503 and S504 for what is odd."""
    row, texts = _heading_row(sheet, grid)
    exact, other = _matches(sheet, texts)
    columns: dict[str, int] = {}
    findings: list[Finding] = []
    doubtful: set[str] = set()
    for column in sheet.columns:
        places = exact.get(column.key) or other.get(column.key) or []
        if len(places) > 1 and not column.is_formula:
            doubtful.add(column.key)
            findings.append(_doubled(sheet, column, row, places, texts[places[0]]))
        elif places:
            columns[column.key] = places[0]
            if column.key not in exact:
                findings.append(_synonym(sheet, column, row, places[0], texts[places[0]]))
    used = {place for places in (*exact.values(), *other.values()) for place in places}
    strangers = [text for place, text in texts.items() if place not in used]
    missing = [c for c in sheet.columns if needs(sheet, c) and c.key not in columns and c.key not in doubtful]
    findings.extend(_missing(sheet, column, row if texts else None, strangers) for column in missing)
    doubled_needed = any(needs(sheet, sheet.column(key)) for key in doubtful)
    return Headings(row, columns, frozenset(doubtful), tuple(findings), not (missing or doubled_needed))


def _heading_row(sheet: Sheet, grid: Grid) -> tuple[int, dict[int, str]]:
    """The last row of headings among the first `HEADING_ROWS`, and the text over each column.

    It is the row that names most columns (of equals the first), or the second row of headings below it.
    """
    best, best_row, best_texts = 0, 0, dict[int, str]()
    for row, cells in enumerate(grid.rows[:HEADING_ROWS]):
        texts = _texts(cells)
        exact, other = _matches(sheet, texts)
        score = 2 * len(exact) + len(other.keys() - exact.keys())
        if score > best:
            best, best_row, best_texts = score, row, texts
    return _with_second_row(sheet, grid, best_row, best_texts)


def _with_second_row(sheet: Sheet, grid: Grid, row: int, texts: dict[int, str]) -> tuple[int, dict[int, str]]:
    """The same, or with the row below where that names the parts of a merged heading (Waktu: Mulai, Selesai).

    Nothing else may stand in that row, and nothing that is no heading; so it is never a record.
    """
    below = _texts(grid.rows[row + 1]) if row + 1 < len(grid.rows) else {}
    parts = {
        place
        for top, left, bottom, right in grid.merges
        if top == bottom == row and left in texts
        for place in range(left, right + 1)
    }
    exact, other = _matches(sheet, below)
    named = {place for places in (*exact.values(), *other.values()) for place in places}
    if not below or not below.keys() <= parts or not below.keys() <= named:
        return row, texts
    return row + 1, texts | below


def _texts(cells: Iterable[RawValue]) -> dict[int, str]:
    return {place: text for place, text in enumerate(map(raw_text, cells)) if text.strip()}


def _matches(sheet: Sheet, texts: Mapping[int, str]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """(key → columns that bear the heading itself, key → columns that bear a synonym of it)."""
    headings = {plain(column.heading): column.key for column in sheet.columns}
    synonyms = {plain(word): column.key for column in reversed(sheet.columns) for word in column.synonyms}
    exact: dict[str, list[int]] = {}
    other: dict[str, list[int]] = {}
    for place, text in texts.items():
        folded = plain(text)
        if folded in headings:
            exact.setdefault(headings[folded], []).append(place)
        elif folded in synonyms:
            other.setdefault(synonyms[folded], []).append(place)
    return exact, other


def _place(sheet: Sheet, column: Column, row: int | None, at: int | None) -> Place:
    cell = None if row is None or at is None else f"{letters(at)}{row + 1}"
    return Place(sheet.name, None if row is None else row + 1, column.heading, cell)


def _doubled(sheet: Sheet, column: Column, row: int, places: list[int], text: str) -> Finding:
    cells = " dan ".join(f"{letters(place)}{row + 1}" for place in places)
    place = _place(sheet, column, row, places[0])
    return finding("S504", place, raw=text, column=column.heading, cells=cells)


def _synonym(sheet: Sheet, column: Column, row: int, at: int, text: str) -> Finding:
    return finding("S503", _place(sheet, column, row, at), raw=text, text=tidy(text), column=column.heading)


def _missing(sheet: Sheet, column: Column, row: int | None, strangers: list[str]) -> Finding:
    close = next(
        (found for word in (column.heading, *column.synonyms) if (found := nearest(word, strangers))), None
    )
    return finding(
        "S502",
        _place(sheet, column, row, None),
        column=column.heading,
        sheet=sheet.name,
        nearest=maybe(close),
    )
