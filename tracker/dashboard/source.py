"""The one reader of a register in this process: last good read, what is wrong now, and the figures drawn from it.

Sessions share one immutable reading per revision of the file and one evaluation per minute of it. A failed read
never replaces a good one; a file that is half saved is tried again before anybody hears of it (sections 6 and 7).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from tracker.dashboard.clock import clock
from tracker.dashboard.paper import Difference, difference, opened_by
from tracker.desk import Desk, Reading, open_desk
from tracker.errors import RegisterUnavailable, RegisterUnreadable, TrackerError
from tracker.sop.figures import MonthFigures
from tracker.sop.verdicts import Evaluation
from tracker.views.board import Board, board
from tracker.views.issues import Issues, issues, nav_count

__all__ = ["POLL_SECONDS", "Edition", "Sight", "Source"]

POLL_SECONDS: Final = 3.0
TRIES: Final = 4
TRY_SECONDS: Final = 1.0
"""A save of Excel takes a moment: three more tries over three seconds."""
_KEPT: Final = 6
"""Evaluations kept: a few minutes, for a few revisions that sessions still show."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One good read. `serial` grows by one with every revision that is taken up."""

    serial: int
    reading: Reading
    read_at: datetime


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

    def __init__(self, path: Path, *, pause: Callable[[float], None] = time.sleep) -> None:
        self.path = path
        self.desk: Desk = open_desk(path)
        self.edition: Edition | None = None
        self.trouble: TrackerError | None = None
        self.is_missing = False
        """Whether the file was not there when the trouble began."""
        self.opened_by: str | None = None
        self._pause = pause
        self._hint: tuple[int, int] | None = None
        self._reading = threading.Lock()
        self._drawing = threading.Lock()
        self._sights: dict[tuple[str, int], Sight] = {}
        self._differences: dict[tuple[str, str], Difference] = {}
        self._stopped = threading.Event()

    # -- reading

    @property
    def serial(self) -> int:
        """The one integer that pages ask for; 0 before the first good read."""
        return self.edition.serial if self.edition else 0

    def watch(self) -> None:
        """Look at the file from now on, in the background, until `close`."""
        threading.Thread(target=self._poll, name="register-reader", daemon=True).start()

    def close(self) -> None:
        """Stop looking."""
        self._stopped.set()

    def _poll(self) -> None:
        while not self._stopped.wait(POLL_SECONDS):
            self.check()

    def check(self) -> None:
        """Read again if the file differs from what was read last; afterwards edition and trouble are of now."""
        with self._reading:
            self.opened_by = opened_by(self.desk.store)
            if self.trouble is None and self._hint is not None and self._look() == self._hint:
                return
            self._read()

    def _look(self) -> tuple[int, int] | None:
        """Cheap signature of the file; compared with "differs", never "newer" (W1)."""
        try:
            seen = self.path.stat()
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_size

    def _read(self) -> None:
        tries = TRIES if self.trouble is None and self.edition is not None else 1
        for left in reversed(range(tries)):
            hint = self._look()
            try:
                reading = self._interpreted()
            except (RegisterUnreadable, RegisterUnavailable) as error:
                if left:
                    self._pause(TRY_SECONDS)
                    continue
                self.trouble, self.is_missing = error, not self.path.exists()
                return
            except TrackerError as error:
                self.trouble = error
                return
            self._take_up(reading, hint)
            return

    def _interpreted(self) -> Reading:
        snapshot = self.desk.store.read()
        if self.edition is not None and snapshot.revision == self.edition.reading.revision:
            return self.edition.reading
        return self.desk.interpret(snapshot)

    def _take_up(self, reading: Reading, hint: tuple[int, int] | None) -> None:
        self._hint, self.trouble = hint, None
        if self.edition is None or reading.revision != self.edition.reading.revision:
            edition = Edition(self.serial + 1, reading, clock())
            self.sight(edition, edition.read_at)  # drawn before anybody can ask for it (S3)
            self.edition = edition

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
