"""The one reader of a register in this process: last good read, what is wrong now, and the figures drawn from it.

Sessions share one immutable reading per revision of the register and one evaluation per minute of it. A failed read
never replaces a good one; a file that is half saved is tried again before anybody hears of it (sections 6 and 7).
No page reads the register: a thread of its own does, at the pace of `tracker.dashboard.watching` (S3).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.dashboard.clock import clock
from tracker.dashboard.months import Months
from tracker.dashboard.paper import Difference, difference
from tracker.dashboard.prints import Prints
from tracker.dashboard.watching import canonical, open_quickly, watch_of
from tracker.desk import Desk, Reading, is_google
from tracker.errors import RegisterUnavailable, RegisterUnreadable, ServiceSilent, TrackerError
from tracker.sop.figures import MonthFigures
from tracker.sop.verdicts import Evaluation
from tracker.views.board import Board, board
from tracker.views.issues import Issues, issues, nav_count

if TYPE_CHECKING:
    from tracker.register.store import Snapshot

__all__ = ["Edition", "Sight", "Source"]

TRIES: Final = 4
TRY_SECONDS: Final = 1.0
"""A save of Excel takes a moment: three more tries over three seconds."""
_KEPT: Final = 6
"""Evaluations kept: a few minutes, for a few revisions that sessions still show."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One good read. `serial` grows by one with every revision that is taken up.

    `author` is the session whose decision led from the edition before to this one; empty when anything else did.
    """

    serial: int
    reading: Reading
    read_at: datetime
    author: str = ""


class Sight:
    """One edition at one minute; the tables of the pages are drawn from it once, whoever asks."""

    def __init__(self, edition: Edition, now: datetime) -> None:
        self.edition = edition
        self.now = now
        self.evaluation: Evaluation = edition.reading.evaluate(now)

    @cached_property
    def month(self) -> MonthFigures:
        """The figures of the running month."""
        return self.edition.reading.month(None, self.now)

    @cached_property
    def board(self) -> Board:
        """The board without filters."""
        return board(self.evaluation)

    @cached_property
    def issues(self) -> Issues:
        """The findings, grouped."""
        return issues(self.evaluation)

    @cached_property
    def nav_count(self) -> int:
        """The number behind Temuan in the navigation."""
        return nav_count(self.evaluation)


class Source:
    """The register that this server shows, read again whenever the file differs."""

    def __init__(self, target: str | Path, *, pause: Callable[[float], None] = time.sleep) -> None:
        self.target = canonical(target)
        """A path, or `gsheet:ID`."""
        self.desk: Desk = open_quickly(self.target)
        self.edition: Edition | None = None
        self.trouble: TrackerError | None = None
        self.is_missing = False
        """Whether the file was not there when the trouble began."""
        self.opened_by: str | None = None
        self.next_look: float = 0.0
        """Seconds between the last look and the next."""
        self.looks_again_at: datetime | None = None
        """When a register in trouble is looked at again."""
        self._watch = watch_of(self.target, self.desk)
        self._pause = pause
        self._hint: Hashable | None = None
        self._reading = threading.Lock()
        self._drawing = threading.Lock()
        self._sights: dict[tuple[str, int], Sight] = {}
        self._differences: dict[tuple[str, str], Difference] = {}
        self._authors: dict[int, str] = {}
        self.months = Months()
        self.prints = Prints()
        self._stopped = threading.Event()

    # -- reading

    @property
    def serial(self) -> int:
        """The one integer that pages ask for; 0 before the first good read."""
        return self.edition.serial if self.edition else 0

    @property
    def is_google(self) -> bool:
        """Whether the register is a Google spreadsheet."""
        return is_google(self.target)

    @property
    def refuses_decisions(self) -> bool:
        """Whether nothing may be decided: the register cannot be read, and not because a service is silent."""
        return self.trouble is not None and not isinstance(self.trouble, ServiceSilent)

    def is_held(self) -> bool:
        """Whether a spreadsheet program has the register open at this moment."""
        self.opened_by = self._watch.opened_by()
        return self.opened_by is not None

    def watch(self) -> None:
        """Look at the register from now on, in the background, until `close`."""
        threading.Thread(
            target=self.look_on, args=(self._stopped.wait,), name="register-reader", daemon=True
        ).start()

    def close(self) -> None:
        """Stop looking."""
        self._stopped.set()

    def look_on(self, wait: Callable[[float], bool]) -> None:
        """Look again and again; `wait` takes the seconds until the next look and says whether to stop."""
        while not wait(self.next_look):
            self.check()

    def check(self) -> None:
        """Read again if the register differs from what was read last; afterwards edition and trouble are of now."""
        with self._reading:
            self.opened_by = self._watch.opened_by()
            known = self._hint
            if self.trouble is None and known is not None and self._watch.signature() == known:
                return
            self._read()
            self.next_look = self._watch.seconds(self.trouble)
            later = clock() + timedelta(seconds=self.next_look)
            self.looks_again_at = later if self.trouble is not None else None

    def _read(self) -> None:
        is_silent = self._watch.signature() is None and not self._watch.is_missing()
        tries = TRIES if self.trouble is None and self.edition is not None and not is_silent else 1
        for left in reversed(range(tries)):
            hint = self._watch.signature()
            try:
                reading = self._interpreted()
            except (RegisterUnreadable, RegisterUnavailable) as error:
                if left:
                    self._pause(TRY_SECONDS)
                    continue
                self.trouble, self.is_missing = error, self._watch.is_missing()
                return
            except TrackerError as error:
                self.trouble = error
                return
            self._take_up(reading, hint)
            return

    def _interpreted(self) -> Reading:
        return self._meaning(self.desk.store.read())

    def _meaning(self, snapshot: Snapshot) -> Reading:
        if self.edition is not None and snapshot.revision == self.edition.reading.revision:
            return self.edition.reading
        return self.desk.interpret(snapshot)

    def _take_up(self, reading: Reading, hint: Hashable | None, author: str = "") -> None:
        self._hint, self.trouble = hint, None
        if self.edition is None or reading.revision != self.edition.reading.revision:
            edition = Edition(self.serial + 1, reading, clock(), author)
            self._authors[edition.serial] = author
            self.sight(edition, edition.read_at)  # drawn before anybody can ask for it (S3)
            self.edition = edition

    # -- what was written by us

    def take_written(self, before: Reading, after: Snapshot | None, revision: str, author: str) -> None:
        """Take up what a decision of `author` made of the register, read as `before` it.

        A store that knows what stands there now is not asked again; a file is read.
        """
        with self._reading:
            self._take_up(before, None)
            if after is not None:
                self._take_up(self._meaning(after), None, author)
                return
            hint = self._watch.signature()
            try:
                reading = self._interpreted()
            except TrackerError:
                return  # the next look finds out
            self._take_up(reading, hint, author if reading.revision == revision else "")

    def take_filed(self, author: str) -> None:
        """Take up the row of Arsip that `author` has just had written; other people's changes stay news (W7)."""
        before = self.edition
        self.check()
        newest = self.edition
        if before is None or newest is None or newest.serial != before.serial + 1:
            return
        if self.since(before) == Difference(0, 0, 0):
            self._authors[newest.serial] = author

    def base_for(self, edition: Edition, session: str) -> Edition:
        """The newest edition, when nothing but decisions of `session` lies between; else the edition itself (W7)."""
        newest = self.edition
        if newest is None or not session:
            return edition
        between = range(edition.serial + 1, newest.serial + 1)
        return newest if all(self._authors.get(one) == session for one in between) else edition

    # -- drawing

    def sight(self, edition: Edition, now: datetime) -> Sight:
        """The evaluation of this edition at the minute of `now`; made once for all sessions."""
        key = (edition.reading.revision, edition.reading.minutes(now))
        with self._drawing:
            if key not in self._sights:
                self._sights[key] = Sight(edition, now)
                while len(self._sights) > _KEPT:
                    del self._sights[next(iter(self._sights))]
            return self._sights[key]

    def since(self, edition: Edition) -> Difference:
        """What changed between an edition that somebody still looks at and the newest."""
        newest = self.edition or edition
        key = (edition.reading.revision, newest.reading.revision)
        with self._drawing:
            if key not in self._differences:
                self._differences = {key: difference(edition.reading.snapshot, newest.reading.snapshot)}
            return self._differences[key]
