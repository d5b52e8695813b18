"""From what a person calls a register to the store that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.register.google.addresses import is_google

if TYPE_CHECKING:
    from tracker.register.store import Store

__all__ = ["open_store"]


def open_store(target: str, *, patience: float | None = None) -> Store:
    """The store for a path to a workbook, `gsheet:ID`, or the address of a Google spreadsheet. Nothing is read yet.

    `patience` bounds the seconds for which a request to a service is tried again, and a used-up quota is then not
    waited for (default: what a command may take, a minute's quota included).
    WrongUsage for an address of Google that names no spreadsheet.
    """
    if is_google(target):
        from tracker.register.google.retry import Patience  # noqa: PLC0415 - loads gspread only for Google
        from tracker.register.google.store import GoogleStore  # noqa: PLC0415

        if patience is None:
            return GoogleStore(target)
        quick = Patience(attempts=2, total=patience, waits_for_quota=False)
        return GoogleStore(target, patience=quick, timeout=(5.0, 20.0))
    from tracker.register.excel.store import ExcelStore  # noqa: PLC0415 - loads calamine only for a file

    return ExcelStore(Path(target))
