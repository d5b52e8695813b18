"""Papers made for the preview: once for all sessions, and let go when there are many (S6)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.desk import Desk, Reading
from tracker.desk.orders import LISTS, Order, Report
from tracker.desk.queue import waiting
from tracker.views.papers.pictures import Pictures, pictures

__all__ = ["PAGES_SHOWN", "Print", "Prints"]

PAGES_SHOWN: Final = 12
"""Pages of a preview; the rest is in the file."""
_WIDTH: Final = 1100
_KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class Print:
    """One paper and what its pages look like."""

    report: Report
    shown: Pictures


class Prints:
    """The previews of one register, by its revision and what was ordered."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[str, int, str, Order], Print] = OrderedDict()
        self._making = threading.Lock()

    def of(self, desk: Desk, reading: Reading, order: Order, now: datetime) -> Print:
        """The paper that `order` asks for as of the first time it was asked, a list as of this minute.

        Errors as `Desk.preview`.
        """
        # A paper says how many decisions it leaves out; a list says where everything is now, to the minute.
        minute = f"{now:%Y-%m-%dT%H:%M}" if order.kind in LISTS else ""
        key = (reading.revision, waiting(desk.store), minute, order)
        with self._making:
            if key not in self._made:
                report = desk.preview(order, now=now, reading=reading)
                self._made[key] = Print(report, pictures(report.content, width=_WIDTH, limit=PAGES_SHOWN))
                while len(self._made) > _KEPT:
                    self._made.popitem(last=False)
            return self._made[key]
