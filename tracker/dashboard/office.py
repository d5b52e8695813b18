"""What all sessions of this server share: the open register, and the decisions that have been written."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from tracker.dashboard.source import Source
from tracker.desk import Written

__all__ = ["TARGET", "Office", "office"]

TARGET: Final = "TRACKER_REGISTER"
"""Environment variable that names the register to show."""
_REMEMBERED: Final = 2000


class Office:
    """One per process."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self._opening = threading.Lock()
        self._writing = threading.RLock()
        self._done: OrderedDict[str, Written] = OrderedDict()

    def open(self, path: Path) -> Source:
        """Show this register from now on; the one before is let go. Reads it once, here."""
        with self._opening:
            if self.source is not None and self.source.path == path:
                return self.source
            source = Source(path)
            source.check()
            if self.source is not None:
                self.source.close()
            self.source = source
            source.watch()
            return source

    def close(self) -> None:
        """Let go of the register."""
        with self._opening:
            if self.source is not None:
                self.source.close()
            self.source = None

    def current(self) -> Source | None:
        """The open register; the one that the environment names is opened on the first call."""
        named = os.environ.get(TARGET)
        if self.source is None and named:
            return self.open(Path(named).expanduser().resolve())
        return self.source

    def once(self, key: str, write: Callable[[], Written]) -> Written:
        """Write, unless a decision with this key was written before: then its result again (H4, W8).

        All writes of the process go through here one after another, so a second click waits for the first.
        """
        with self._writing:
            if key in self._done:
                return self._done[key]
            written = write()
            self._done[key] = written
            while len(self._done) > _REMEMBERED:
                self._done.popitem(last=False)
            return written


@st.cache_resource(show_spinner=False)
def office() -> Office:
    """The one office of this process."""
    return Office()
