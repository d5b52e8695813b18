"""Sheet Riwayat → `Events`."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Final

import numpy as np

from tracker.register.cells import Reading, quoted, read_choice, read_name, read_step, read_text
from tracker.register.columns import Notes, read_column, read_moments, read_texts
from tracker.register.headings import maybe
from tracker.register.offers import Offers
from tracker.register.reader_items import first_of, read_ids
from tracker.register.schema import OUTCOMES
from tracker.sop.model import BLANK_STEP, UNKNOWN_STEP, Bytes, Events, Ints, Items, Outcome, Sop, Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.findings import Finding
    from tracker.register.moments import SerialDates
    from tracker.register.store import RawValue
    from tracker.register.tables import Table

__all__ = ["read_events"]

_OUTCOME_OF: Final = {None: Outcome.BLANK, "Ya": Outcome.YES, "Tidak": Outcome.NO}


def read_events(
    table: Table, items: Items, sop: Sop, *, zone: str, serials: SerialDates, is_register_read: bool
) -> tuple[Events, list[Finding]]:
    """The events in sheet order, with what was wrong in their cells.

    Where Register has no readable ID column (`is_register_read` False) no event is blamed for its ID (D402).
    """
    notes = Notes(table)
    notes.errors()
    ids, keys = read_ids(notes)
    steps = _steps(notes, sop)
    start, start_state = read_moments(notes, "start", zone=zone, serials=serials, edge="dari buka kantor")
    finish, finish_state = read_moments(
        notes, "finish", zone=zone, serials=serials, edge="sampai tutup kantor"
    )
    notes.blanks("id", keys == "")
    notes.blanks("step", steps == BLANK_STEP)
    events = Events(
        row=table.rows + 1,
        id=ids,
        key=keys,
        item=_items(notes, keys, items, can_be_known=is_register_read),
        step=steps,
        step_text=read_texts(table, "step"),
        performer=read_column(notes, "performer", read_name).texts(lambda reading: reading.value or ""),
        start=start,
        start_state=start_state,
        finish=finish,
        finish_state=finish_state,
        outcome=_outcomes(notes),
        evidence=read_texts(table, "evidence"),
        note=read_texts(table, "note"),
    )
    numbers = [step.number for step in sop.steps]
    known = {note.index: numbers[steps[note.index]] for note in notes.noted if steps[note.index] >= 0}
    return events, notes.findings(ids, known)


def _steps(notes: Notes, sop: Sop) -> Ints:
    """Indices into `sop.steps`; D403 for a step that Langkah does not have (unless it has none at all)."""
    indices = {step.number: index for index, step in enumerate(sop.steps)}
    readings = read_column(notes, "step", read_step)
    steps = readings.numbers(lambda reading: _step_index(reading, indices))
    errors = notes.table.error_mask("step")
    values = notes.table.values("step")
    known = _known(sop)
    for index in np.flatnonzero((steps == UNKNOWN_STEP) & bool(indices)).tolist():
        text = quoted(read_text(values[index]))
        notes.add(index, "step", "D403", seen=values[index], text=text, known=known)
    steps[errors] = UNKNOWN_STEP
    return steps


def _step_index(reading: Reading[int], indices: Mapping[int, int]) -> int:
    if reading.value is None:
        return UNKNOWN_STEP if reading.problem else BLANK_STEP
    return indices.get(reading.value, UNKNOWN_STEP)


def _known(sop: Sop) -> str:
    numbers = [step.number for step in sop.steps]
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


def _items(notes: Notes, keys: Texts, items: Items, *, can_be_known: bool) -> Ints:
    """Index of the item of each event, -1 for none; D402 for an ID that Register does not have."""
    first = first_of(items.key)
    found = np.fromiter(map(first.get, keys.tolist(), repeat(-1)), np.int64, len(keys))
    offers = Offers(items.id.tolist())
    for index in np.flatnonzero((found < 0) & (keys != "") & can_be_known).tolist():
        notes.add(index, "id", "D402", nearest=maybe(offers.nearest(keys[index])))
    return found


def _outcomes(notes: Notes) -> Bytes:
    """`Outcome` of every event; D407 where Hasil cannot be read."""
    readings = read_column(notes, "outcome", _read_outcome)
    values = notes.table.values("outcome")
    outcomes = readings.numbers(lambda reading: _OUTCOME_OF[reading.value]).astype(np.int8)
    for index in readings.where(lambda reading: reading.problem):
        outcomes[index] = Outcome.UNREADABLE
        notes.add(
            index,
            "outcome",
            "D407",
            seen=values[index],
            reason=readings.distinct[readings.which[index]].problem,
        )
    outcomes[notes.table.error_mask("outcome")] = Outcome.UNREADABLE
    return outcomes


def _read_outcome(value: RawValue) -> Reading[str]:
    return read_choice(value, OUTCOMES)
