"""How a register is looked at in the background: what a look costs, how often it is taken, and what else it shows.

A workbook is looked at through its signature every 3 seconds. A spreadsheet has none that can be trusted (Drive's
modifiedTime trails edits by minutes), so it is read in one call every 10 seconds, less often while Google is silent.
Source: dashboard W1 and W2, and "Facts that decide the design" in the Google contract.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Final, Protocol

from tracker.dashboard.paper import opened_by
from tracker.desk import Desk, is_google
from tracker.errors import ServiceSilent, TrackerError
from tracker.register.google.addresses import spreadsheet_id
from tracker.register.opening import open_store

__all__ = ["SHEET_SECONDS", "FileWatch", "SheetWatch", "Watch", "canonical", "open_quickly", "watch_of"]

FILE_SECONDS: Final = 3.0
SHEET_SECONDS: Final = 10.0
_LONGEST: Final = 160.0
"""Seconds between two tries while Google stays silent: 10, 20, 40, 80, 160."""
_PATIENCE: Final = 8.0
"""Seconds that a request of the dashboard may be tried again: the next look, or the queue, is the real second try."""


def canonical(target: str | Path) -> str:
    """One name for one register: the absolute path of a workbook, `gsheet:ID` for a spreadsheet.

    WrongUsage for an address of Google that names no spreadsheet.
    """
    text = str(target)
    if is_google(text):
        return f"gsheet:{spreadsheet_id(text)}"
    return str(Path(text).expanduser().resolve())


def open_quickly(target: str) -> Desk:
    """The register, with little patience: somebody sits in front of the screen."""
    return Desk(open_store(target, patience=_PATIENCE))


class Watch(Protocol):
    """How to look at one register."""

    def signature(self) -> Hashable | None:
        """Something cheap that differs when the content may; None when only reading can tell."""
        ...

    def is_missing(self) -> bool:
        """Whether the register is not there at all."""
        ...

    def opened_by(self) -> str | None:
        """Who holds the register in a spreadsheet program; None when nobody does."""
        ...

    def seconds(self, trouble: TrackerError | None) -> float:
        """How long until the next look, given how the last one ended."""
        ...


class FileWatch:
    """A workbook file."""

    def __init__(self, target: str, desk: Desk) -> None:
        self._path = Path(target)
        self._desk = desk

    def signature(self) -> Hashable | None:
        """Compared with "differs", never "newer" (W1)."""
        try:
            seen = self._path.stat()
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_size

    def is_missing(self) -> bool:
        return not self._path.exists()

    def opened_by(self) -> str | None:
        return opened_by(self._desk.store)

    def seconds(self, trouble: TrackerError | None) -> float:
        return FILE_SECONDS


class SheetWatch:
    """A Google spreadsheet: everybody may have it open, and nobody holds it."""

    def __init__(self) -> None:
        self._silences = 0

    def signature(self) -> Hashable | None:
        return None

    def is_missing(self) -> bool:
        return False

    def opened_by(self) -> str | None:
        return None

    def seconds(self, trouble: TrackerError | None) -> float:
        """Longer and longer while Google is silent, and never sooner than it asked for."""
        if trouble is None:
            self._silences = 0
            return SHEET_SECONDS
        asked = trouble.wait if isinstance(trouble, ServiceSilent) else None
        wait = min(SHEET_SECONDS * float(2**self._silences), _LONGEST)
        self._silences += 1
        return max(wait, min(asked or 0.0, _LONGEST))


def watch_of(target: str, desk: Desk) -> Watch:
    """The way to look at the register with this canonical name."""
    return SheetWatch() if is_google(target) else FileWatch(target, desk)
