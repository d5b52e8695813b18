"""One decision from the queue into the register: looked for first, planned anew, compared, written, noted.

Source: the writing contract: after a crash a decision is done when its rows are found, never because a flag says so.
The flag "tertulis" is only ever set after the rows have been seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tracker.desk.queue.entries import Attempt, Conflict, Entry, Item, Row
from tracker.desk.queue.finding import clashes, find_parts, is_expected, twins
from tracker.desk.queue.log import Log
from tracker.errors import (
    ChangedMeanwhile,
    ChangeRefused,
    RegisterBusy,
    RegisterUnavailable,
    RegisterUnreadable,
    ServiceSilent,
    TrackerError,
)
from tracker.register import changes
from tracker.register.commands import AddItem, Command, RecordEvent
from tracker.register.store import Patch

if TYPE_CHECKING:
    from tracker.desk import Desk, Reading
    from tracker.register.store import Snapshot

__all__ = ["Carried", "carry_out", "entry_of", "is_later"]

_CHANGED: Final = "Barisnya sudah diubah orang lain sejak keputusan ini dibuat, jadi belum ditulis."
_COMPARE: Final = "Bandingkan isinya, lalu pilih yang dipakai."


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a decision in one try, and the register as read before and known after it."""

    item: Item
    before: Reading | None = None
    after: Snapshot | None = None
    revision: str = ""
    """The revision that the write led to."""
    error: TrackerError | None = None
    """Why it is not written yet, or not at all."""


def entry_of(  # noqa: PLR0913 - one for each thing that the file keeps
    reading: Reading,
    command: Command,
    *,
    key: str,
    actor: str,
    what: str,
    now: datetime,
    queued_at: datetime,
    not_before: datetime,
) -> Entry:
    """The decision to keep, with the rows that it changes as `reading` shows them.

    ChangeRefused when the rules forbid it already now; RegisterReadOnly when the layout forbids writing.
    """
    if isinstance(command, RecordEvent) and command.start is None and command.finish is None:
        command = replace(command, finish=_local(reading, now).isoformat(timespec="minutes"))
    plan = changes.plan(reading.snapshot, reading.register, command, now=reading.minutes(now))
    return Entry(
        key=key,
        command=command,
        actor=actor,
        what=what,
        decided_at=now,
        queued_at=queued_at,
        not_before=not_before,
        expected=tuple(Row(one.sheet, one.hint + 1, one.expected) for one in plan.patch.changes),
        written=plan.written,
    )


def _local(reading: Reading, at: datetime) -> datetime:
    return reading.aware(at).replace(tzinfo=None)


def is_later(error: TrackerError) -> bool:
    """Whether a decision that met this waits: the book is held, the service silent, the file not there just now."""
    if isinstance(error, ChangedMeanwhile):
        return False
    return isinstance(error, RegisterBusy | RegisterUnavailable | RegisterUnreadable)


def carry_out(desk: Desk, log: Log, key: str, *, now: datetime) -> Carried | None:
    """Try to write a waiting decision; None when there is nothing to do or another process is at it.

    Afterwards it is written, in conflict, or still waiting with `error` saying why.
    """
    with log.turn() as is_ours:
        item = log.item(key)
        if not is_ours or item is None or not item.is_waiting:
            return None
        try:
            return _Carrying(desk, log, item, now).run()
        except TrackerError as error:
            if is_later(error):
                return Carried(log.item(key) or item, error=error)
            return Carried(log.conflict(key, Conflict(error.sentence, error.remedy)), error=error)


class _Carrying:
    """One try."""

    def __init__(self, desk: Desk, log: Log, item: Item, now: datetime) -> None:
        self._desk = desk
        self._log = log
        self._item = item
        self._entry = item.entry
        self._now = now

    def run(self) -> Carried:
        if self._item.attempt is not None:
            found = self._looked_for(self._item.attempt)
            if found is not None:
                return found
        with self._desk.store.exclusive():
            reading = self._desk.read()
            attempt, warnings = self._attempt(reading)
            if isinstance(attempt, Conflict):
                item = self._log.conflict(self._entry.key, attempt)
                return Carried(item, reading, error=ChangedMeanwhile(attempt.sentence, attempt.remedy))
            return self._apply(reading, attempt, warnings)

    def _looked_for(self, attempt: Attempt) -> Carried | None:
        """The decision as written, when the rows of an earlier try are all there; it needs no lock to see that."""
        reading = self._desk.read()
        rows = find_parts(reading.snapshot, attempt)
        if any(row is None for row in rows):
            return None
        item = self._noted(attempt, rows[attempt.main] or 0)
        return Carried(item, reading, reading.snapshot, reading.revision)

    def _noted(self, attempt: Attempt, row: int, warnings: tuple[str, ...] = ()) -> Item:
        return self._log.written(
            self._entry.key, sheet=attempt.sheet, row=row, id_=attempt.id, warnings=warnings
        )

    def _attempt(self, reading: Reading) -> tuple[Attempt | Conflict, tuple[str, ...]]:
        """The patch as the register stands now, or why it cannot be the one that was meant."""
        known = self._item.attempt
        if known is not None and any(find_parts(reading.snapshot, known)):
            return known, ()  # half of it is there: the rest is owed under the same ID
        try:
            plan = changes.plan(
                reading.snapshot, reading.register, self._entry.command, now=reading.minutes(self._moment)
            )
        except ChangeRefused as refused:
            return self._conflict(reading, refused.sentence, refused.remedy), ()
        if not is_expected(reading.snapshot, self._entry.expected, plan.patch):
            return self._conflict(reading, "", ""), ()
        counted = twins(reading.snapshot, plan.patch)
        return Attempt(plan.patch, plan.sheet, plan.main, plan.id, counted), plan.warnings

    @property
    def _moment(self) -> datetime:
        """A disposition finishes its first step when it was decided; an event brings its own moments."""
        return self._entry.decided_at if isinstance(self._entry.command, AddItem) else self._now

    def _conflict(self, reading: Reading, sentence: str, remedy: str) -> Conflict:
        sheet, row, found = clashes(reading, self._entry)
        return Conflict(sentence or _CHANGED, remedy or _COMPARE, sheet, row, found)

    def _apply(self, reading: Reading, attempt: Attempt, warnings: tuple[str, ...]) -> Carried:
        known = find_parts(reading.snapshot, attempt) if attempt is self._item.attempt else ()
        patch = _without(attempt, known) if known else attempt.patch
        if not self._log.begin(self._entry.key, attempt):
            return Carried(self._log.item(self._entry.key) or self._item, reading)
        try:
            receipt = self._desk.store.apply(patch)
        except ServiceSilent:
            raise  # nobody knows: it is looked for before the next try
        except TrackerError:
            self._log.abandon(self._entry.key)
            raise
        landed = iter(receipt.rows)
        rows = [row if row is not None else next(landed) for row in (known or [None] * len(attempt.parts))]
        item = self._noted(attempt, rows[attempt.main], warnings)
        return Carried(item, reading, receipt.after, receipt.revision)


def _without(attempt: Attempt, known: Sequence[int | None]) -> Patch:
    """The parts of the patch that are not there yet."""
    count = len(attempt.patch.changes)
    owed = [part for part, row in zip(attempt.parts, known, strict=True) if row is None]
    return Patch(
        tuple(part for part in attempt.patch.changes if part in owed),
        tuple(part for part, row in zip(attempt.patch.appends, known[count:], strict=True) if row is None),
    )
