"""One item by itself, and with an event that is not written yet: what a planned change is judged on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tracker.errors import ChangeRefused
from tracker.findings.words import moment_words
from tracker.folding import fold
from tracker.register.moments import written_moment
from tracker.register.store import CellValue
from tracker.sop.model import Events, Items, Outcome, Register, State
from tracker.sop.performers import split_names

__all__ = ["Draft", "Single", "completed", "one_item", "with_event"]

Ints = npt.NDArray[np.int64]

_OUTCOMES: Final = {Outcome.YES: "Ya", Outcome.NO: "Tidak"}
_NEW_ROW: Final = 2_000_000
"""Sheet row of a draft: below every real one, so that ties sort it last."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be written: moments in local minutes, `step` an index and `number` what stands in the sheet.

    `completes` is the index in the whole register of the open event that it finishes, `kept` the column keys whose
    cells stand there already and are not written again.
    """

    id: str
    step: int
    number: int
    performer: str = ""
    start: int | None = None
    finish: int | None = None
    outcome: Outcome = Outcome.BLANK
    note: str = ""
    evidence: str = ""
    completes: int | None = None
    kept: frozenset[str] = frozenset()

    def values(self) -> dict[str, CellValue]:
        """Column key → value to write."""
        values: dict[str, CellValue] = {
            "id": self.id,
            "step": self.number,
            "performer": self.performer,
            "start": None if self.start is None else written_moment(self.start),
            "finish": None if self.finish is None else written_moment(self.finish),
            "outcome": _OUTCOMES.get(self.outcome),
            "note": self.note,
            "evidence": self.evidence,
        }
        return {key: value for key, value in values.items() if key not in self.kept}


@dataclass(frozen=True, slots=True)
class Single:
    """A register that holds one item only; `events` are the indices of its events in the whole register."""

    register: Register
    events: Ints


def one_item(register: Register, key: str) -> Single:
    """The part of the register that concerns the item with this folded ID (none: an empty item of that ID)."""
    items, events = register.items, register.events
    own = np.flatnonzero(items.key == key)[:1] if len(items) else np.zeros(0, dtype=np.int64)
    rows = np.flatnonzero(events.item == own[0]) if len(own) else np.zeros(0, dtype=np.int64)
    chosen = Events(**{name: getattr(events, name)[rows] for name in Events.__slots__})
    chosen = replace(chosen, item=np.zeros(len(rows), dtype=np.int64))
    single = Items(**{name: getattr(items, name)[own] for name in Items.__slots__})
    return Single(replace(register, items=single, events=chosen, findings=()), rows)


def with_event(single: Single, draft: Draft) -> Register:
    """The item with the draft written: as a row of its own, or over the open event it completes."""
    register = single.register
    if not len(register.items):
        register = replace(register, items=_blank_item(draft.id))
    if draft.completes is not None:
        where = int(np.flatnonzero(single.events == draft.completes)[0])
        return replace(register, events=_put(register.events, where, draft))
    grown = Events(**{name: _grown(getattr(register.events, name)) for name in Events.__slots__})
    return replace(register, events=_put(grown, len(grown) - 1, draft))


def _grown(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    blank = np.array([""], dtype=object) if column.dtype == object else np.zeros(1, dtype=column.dtype)
    return np.concatenate((column, blank))


def _blank_item(id_: str) -> Items:
    texts = np.array([""], dtype=object)
    none, state = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int8)
    return Items(
        row=np.array([_NEW_ROW]), id=np.array([id_], dtype=object), key=np.array([fold(id_)], dtype=object),
        title=texts, channel=texts, kind=texts, target_on=none, target_state=state, links=texts, shared_at=none,
        shared_state=state, note=texts, cancelled_on=none, cancelled_state=state,
    )  # fmt: skip


def _put(events: Events, at: int, draft: Draft) -> Events:
    """The columns with the draft at index `at`; arrays are copied, never changed in place."""
    values: dict[str, Any] = {
        "row": events.row[at] or _NEW_ROW,
        "id": draft.id,
        "key": fold(draft.id),
        "item": 0,
        "step": draft.step,
        "step_text": str(draft.number),
        "performer": draft.performer,
        "outcome": draft.outcome,
        "evidence": draft.evidence,
        "note": draft.note,
    }
    # What the draft leaves open keeps its state: an unreadable Mulai must not turn into a blank one.
    if draft.start is not None:
        values |= {"start": draft.start, "start_state": State.OK}
    if draft.finish is not None:
        values |= {"finish": draft.finish, "finish_state": State.OK}
    columns = {name: getattr(events, name).copy() for name in Events.__slots__}
    for name, value in values.items():
        columns[name][at] = value
    return Events(**columns)


def completed(register: Register, draft: Draft, event: int, *, now: int) -> Draft:
    """The draft over the open event of the whole register: what stands there stays unless the draft fills it.

    ChangeRefused when the draft contradicts what stands there (another start, another performer).
    """
    events = register.events
    started = int(events.start[event]) if events.start_state[event] in (State.OK, State.REPAIRED) else None
    if draft.start is not None and started is not None and draft.start != started:
        raise ChangeRefused(
            f"Langkah {draft.number} sudah tercatat mulai {moment_words(started)}.",
            "Kosongkan Mulai, atau betulkan di lembar Riwayat.",
        )
    there = {name: str(getattr(events, name)[event]).strip() for name in ("performer", "note", "evidence")}
    filled = replace(
        draft,
        completes=event,
        finish=draft.finish if draft.finish is not None else now,
        performer=_both(there["performer"], draft.performer),
        note=". ".join(part for part in (there["note"].rstrip("."), draft.note) if part) or there["note"],
        evidence=draft.evidence or there["evidence"],
    )
    same = {name for name, text in there.items() if getattr(filled, name) == text}
    return replace(
        filled, kept=frozenset({"id", "step", *same}), start=None if started is not None else draft.start
    )


def _both(there: str, name: str) -> str:
    """Who began and who finished: `A; B` names several."""
    if not there or fold(name) in {fold(one) for one in split_names(there)}:
        return there or name
    return f"{there}; {name}" if name else there
