"""What all sessions of this server share: the open register, and the clerk who writes decisions into it."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final

import streamlit as st

from tracker.dashboard.clerk import Clerk
from tracker.dashboard.source import Source
from tracker.dashboard.watching import canonical

__all__ = ["TARGET", "Office", "office"]

TARGET: Final = "TRACKER_REGISTER"
"""Environment variable that names the register to show: a path, `gsheet:ID`, or the address of a spreadsheet."""


class Office:
    """One per process."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self._clerk: Clerk | None = None
        self._opening = threading.Lock()

    def open(self, target: str | Path) -> Source:
        """Show this register from now on; the one before is let go. Reads it once, here.

        WrongUsage for an address that names no spreadsheet.
        """
        name = canonical(target)
        with self._opening:
            if self.source is not None and self.source.target == name:
                return self.source
            source = Source(name)
            source.check()
            self._let_go()
            self.source, self._clerk = source, Clerk(source)
            source.watch()
            self._clerk.start()
            return source

    def close(self) -> None:
        """Let go of the register; decisions that wait stay on disk."""
        with self._opening:
            self._let_go()

    def _let_go(self) -> None:
        if self.source is not None:
            self.source.close()
        if self._clerk is not None:
            self._clerk.stop()
        self.source, self._clerk = None, None

    def current(self) -> Source | None:
        """The open register; the one that the environment names is opened on the first call."""
        named = os.environ.get(TARGET, "").strip()
        if self.source is None and named:
            return self.open(named)
        return self.source

    def clerk(self, source: Source) -> Clerk:
        """Who writes into this register; one for all sessions."""
        known = self._clerk
        if known is not None and self.source is source:
            return known
        with self._opening:
            if self._clerk is None or self.source is not source:
                return Clerk(source)  # a page of a register that was let go just now
            return self._clerk


@st.cache_resource(show_spinner=False)
def office() -> Office:
    """The one office of this process."""
    return Office()
