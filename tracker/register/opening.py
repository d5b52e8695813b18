"""From what a person calls a register to the store that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.register.google.addresses import is_google

if TYPE_CHECKING:
    from tracker.register.store import Store

__all__ = ["open_store"]


def open_store(target: str) -> Store:
    """The store for a path to a workbook, `gsheet:ID`, or the address of a Google spreadsheet. Nothing is read yet.

    WrongUsage for an address of Google that names no spreadsheet.
    """
    if is_google(target):
        from tracker.register.google.store import GoogleStore  # noqa: PLC0415 - loads gspread only for Google

        return GoogleStore(target)
    from tracker.register.excel.store import ExcelStore  # noqa: PLC0415 - loads calamine only for a file

    return ExcelStore(Path(target))
