"""A tracker of SOP compliance whose database is the spreadsheet people already fill in.

The same use cases as the command line, for scripts::

    import tracker
    from datetime import datetime

    desk = tracker.open("register-konten-2026.xlsx")
    evaluation = desk.evaluate(datetime(2026, 11, 20, 10, 40))
    late = [found for found in evaluation.findings if found.code == "W201"]
    desk.file(tracker.Order("monthly", period="2026-10"), now=datetime.now())
    desk.record(tracker.RecordEvent("K-2026-0012", 5, by="Rina Contoh", outcome="ya"), now=datetime.now())

Everything is loaded on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.desk import AddItem, CancelItem, Desk, Month, Order, Reading, RecordEvent, Report, Written

__all__ = [
    "AddItem",
    "CancelItem",
    "Desk",
    "Month",
    "Order",
    "Reading",
    "RecordEvent",
    "Report",
    "Written",
    "__version__",
    "open",
]

__version__ = "0.1.0"


def open(target: str | Path) -> Desk:  # noqa: A001 - `tracker.open(REG)` is the name that the contract gives it
    """Open a register by its path; nothing is read yet."""
    from tracker.desk import open_desk  # noqa: PLC0415 - see the module docstring

    return open_desk(target)


def __getattr__(name: str) -> object:
    """The names of `tracker.desk`, loaded on first use."""
    if name not in __all__:
        raise AttributeError(name)
    from tracker import desk  # noqa: PLC0415

    value: object = getattr(desk, name)
    return value
