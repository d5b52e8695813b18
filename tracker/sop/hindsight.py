"""The register as it stood at an earlier moment: what came later is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding
from tracker.sop.calendar import DAY
from tracker.sop.model import Events, Outcome, Register, State

__all__ = ["as_of", "is_whole"]

Bools = npt.NDArray[np.bool_]


def as_of(register: Register, moment: int) -> Register:
    """The register as it stood at `moment`: events beginning later are dropped, one finishing later is running.

    A cancellation dated later has not happened yet. Cells that cannot be read stay, for nobody knows when they were.
    """
    events, items = register.events, register.items
    blank_start = events.start_state == State.BLANK
    starts_later = ~blank_start & (events.start_state != State.UNREADABLE) & (events.start > moment)
    dated = (events.finish_state != State.BLANK) & (events.finish_state != State.UNREADABLE)
    ends_later = dated & (events.finish > moment)
    kept = ~(starts_later | (ends_later & blank_start))
    finish_state = np.where(ends_later, State.BLANK, events.finish_state).astype(np.int8)
    outcome = np.where(ends_later, Outcome.BLANK, events.outcome).astype(np.int8)
    cut = replace(events, finish_state=finish_state, outcome=outcome)
    not_yet = (items.cancelled_state != State.UNREADABLE) & (items.cancelled_on > moment // DAY)
    cancelled = np.where(not_yet, State.BLANK, items.cancelled_state).astype(np.int8)
    return replace(
        register,
        events=_only(cut, kept),
        items=replace(items, cancelled_state=cancelled),
        findings=_without(register.findings, set(events.row[~kept].tolist())),
    )


def _without(findings: tuple[Finding, ...], rows: set[int]) -> tuple[Finding, ...]:
    """What was found while reading, without these rows of Riwayat: they had not been written yet."""
    if not rows:
        return findings
    return tuple(one for one in findings if one.place.sheet != "Riwayat" or one.place.row not in rows)


def _only(events: Events, kept: Bools) -> Events:
    return Events(**{name: getattr(events, name)[kept] for name in Events.__slots__})


def is_whole(cut: Register, register: Register) -> bool:
    """Whether `as_of` took nothing away."""
    return (
        len(cut.events) == len(register.events)
        and np.array_equal(cut.events.finish_state, register.events.finish_state)
        and np.array_equal(cut.items.cancelled_state, register.items.cancelled_state)
    )
