"""Puts decisions into the register: at once where that is possible, else from the queue when it is (W6, W8).

One clerk for each open register. Decisions are carried out in the order in which they were made, one at a time; one
that is still held back (H1) keeps no other waiting but those on the same item.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Final

from tracker.dashboard.clock import clock
from tracker.dashboard.source import Source
from tracker.desk.queue import Carried, Item, Log, carry_out, is_later, queue_file
from tracker.errors import TrackerError

__all__ = ["HOLD_SECONDS", "OLD_MINUTES", "Clerk"]

HOLD_SECONDS: Final = 10.0
"""How long an approval may be taken back before it is written (H1)."""
OLD_MINUTES: Final = 30
"""A decision that waits longer than this is pointed out to its author and the head (W6)."""
_PAUSES: Final = (3.0, 10.0, 20.0, 40.0, 80.0, 160.0)
"""Seconds until the next try after one that failed."""


def instant() -> datetime:
    """Now, for the queue: a frozen clock (demonstrations, tests) must not hold decisions back for ever."""
    return datetime.now(UTC)


class Clerk:
    """Writes what stands in the queue of one register."""

    def __init__(self, source: Source) -> None:
        self.log = Log(queue_file(source.target))
        self.trouble: TrackerError | None = None
        """Why the last try did not succeed; None when it did."""
        self.sessions: dict[str, str] = {}
        """Which session made a decision, by its key; forgotten with the process."""
        self._source = source
        self._failures = 0
        self._not_before = datetime.min.replace(tzinfo=UTC)
        self._stopped = threading.Event()
        self._wake = threading.Event()

    def start(self) -> None:
        """Work in the background until `stop`."""
        threading.Thread(target=self._work, name="register-writer", daemon=True).start()

    def stop(self) -> None:
        """Work no more; what waits stays on disk."""
        self._stopped.set()
        self._wake.set()

    # -- what is asked of the clerk

    def nudge(self) -> None:
        """There is something new to look after."""
        self._wake.set()

    def cancel(self, key: str, *, by: str) -> bool:
        """Take a waiting decision back; False when it is too late."""
        return self.log.cancel(key, by=by)

    def waiting(self) -> tuple[Item, ...]:
        """The decisions that do not stand in the register yet, oldest first."""
        return tuple(one for one in self.log.items() if one.is_waiting)

    @property
    def obstacle(self) -> TrackerError | None:
        """Why decisions are not written just now; None when nothing is known to be in the way."""
        return self._source.trouble or self.trouble

    def carry(self, key: str) -> Carried | None:
        """Try to write one decision now, unless it is known that this cannot succeed."""
        if self._is_hopeless():
            return None
        carried = carry_out(self._source.desk, self.log, key, now=clock())
        if carried is not None:
            self._learn(carried)
        return carried

    # -- in the background

    def round(self, now: datetime) -> None:
        """Carry out everything that is due at `now`, in order; stops where the register cannot be written to."""
        held: set[str] = set()
        for item in self.waiting():
            entry = item.entry
            about = entry.item_id
            if entry.not_before > now or (about and about in held):
                held.add(about)
                continue
            if self._is_hopeless() or self._source.is_held():
                return
            self.carry(entry.key)

    def next_round(self, now: datetime) -> float | None:
        """Seconds until there may be something to do; None when nothing waits."""
        waiting = self.waiting()
        if not waiting:
            return None
        due = max(min(one.entry.not_before for one in waiting), self._not_before)
        is_blocked = self._is_hopeless() or self._source.is_held()
        return max((due - now).total_seconds(), _PAUSES[0] if is_blocked else 0.05)

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                self.round(instant())
                seconds = self.next_round(instant())
            except TrackerError as error:  # the queue itself cannot be read just now
                self.trouble, seconds = error, _PAUSES[1]
            self._wake.wait(seconds)
            self._wake.clear()

    def _is_hopeless(self) -> bool:
        """Whether a try would surely fail: the register cannot be read, or has just refused a write."""
        return self._source.trouble is not None or instant() < self._not_before

    def _learn(self, carried: Carried) -> None:
        self.trouble = carried.error
        if carried.error is not None and is_later(carried.error):
            pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
            self._failures += 1
            self._not_before = instant() + timedelta(seconds=pause)
            return
        self._failures, self._not_before = 0, datetime.min.replace(tzinfo=UTC)
        if carried.before is not None:
            author = self.sessions.get(carried.item.entry.key, "")
            self._source.take_written(carried.before, carried.after, carried.revision, author)
