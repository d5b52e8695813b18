"""Sheet Register → `Items`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tracker.folding import fold, plain
from tracker.register.cells import Reading, read_id, read_name, read_text
from tracker.register.columns import Notes, read_column, read_dates, read_moments, read_texts
from tracker.register.tables import Table
from tracker.sop.model import Items, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.findings import Finding
    from tracker.register.moments import SerialDates
    from tracker.register.store import RawValue

__all__ = ["choices_of", "first_of", "read_ids", "read_items"]


def read_ids(notes: Notes) -> tuple[Texts, Texts]:
    """(IDs as meant, IDs folded for comparison); both empty where the cell is."""
    readings = read_column(notes, "id", read_id)
    return readings.texts(_written), readings.texts(lambda reading: fold(_written(reading)))


def _written(reading: Reading[str]) -> str:
    return reading.value or ""


def first_of(keys: Texts) -> dict[str, int]:
    """ID key → index of the first item that bears it."""
    first: dict[str, int] = {}
    for index, key in enumerate(keys.tolist()):
        if key:
            first.setdefault(key, index)
    return first


def choices_of(table: Table, key: str) -> dict[str, str]:
    """The spellings of one column of sheet Daftar by their folded form."""
    return {plain(text): text for text in map(read_text, table.values(key)) if text}


def _listed(choices: Mapping[str, str]) -> Callable[[RawValue], Reading[str]]:
    """A reader of a choice whose list stands in Daftar; what is not listed there is kept as typed."""

    def read(value: RawValue) -> Reading[str]:
        found = read_name(value)
        meant = choices.get(plain(found.value or ""), found.value)
        return Reading(meant, (meant or "") if found.repaired else "")

    return read


def read_items(
    table: Table, choices: Table, *, zone: str, serials: SerialDates
) -> tuple[Items, list[Finding]]:
    """The items in sheet order, with what was wrong in their cells."""
    notes = Notes(table)
    notes.errors()
    ids, keys = read_ids(notes)
    titles = read_texts(table, "title")
    notes.blanks("id", keys == "")
    notes.blanks("title", titles == "")
    target_on, target_state = read_dates(notes, "target_on", zone=zone, serials=serials)
    shared_at, shared_state = read_moments(
        notes, "shared_at", zone=zone, serials=serials, edge="dari buka kantor"
    )
    cancelled_on, cancelled_state = read_dates(notes, "cancelled_on", zone=zone, serials=serials)
    items = Items(
        row=table.rows + 1,
        id=ids,
        key=keys,
        title=titles,
        channel=_choice(notes, "channel", choices),
        kind=_choice(notes, "kind", choices),
        target_on=target_on,
        target_state=target_state,
        links=read_texts(table, "links"),
        shared_at=shared_at,
        shared_state=shared_state,
        note=read_texts(table, "note"),
        cancelled_on=cancelled_on,
        cancelled_state=cancelled_state,
    )
    return items, [*_duplicates(table, ids, keys), *notes.findings(ids)]


def _choice(notes: Notes, key: str, choices: Table) -> Texts:
    readings = read_column(notes, key, _listed(choices_of(choices, key)))
    return readings.texts(_written)


def _duplicates(table: Table, ids: Texts, keys: Texts) -> list[Finding]:
    """One D401 for every ID that stands more than once; it names all cells."""
    counts = np.unique(keys.astype(str), return_counts=True) if len(keys) else (np.empty(0), np.empty(0))
    again = {str(key) for key, count in zip(*counts, strict=True) if key and count > 1}
    rows: dict[str, list[int]] = {}
    for index in np.flatnonzero([key in again for key in keys]).tolist():
        rows.setdefault(keys[index], []).append(index)
    return [_duplicate(table, str(ids[places[0]]), [int(table.rows[place]) for place in places])
            for places in rows.values()]  # fmt: skip


def _duplicate(table: Table, written: str, rows: list[int]) -> Finding:
    *most, last = (str(table.place(row, "id").cell) for row in rows)
    return table.said("D401", rows[0], "id", id=written, cells=f"{', '.join(most)} dan {last}")
