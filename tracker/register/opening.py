"""From what a person calls a register to the store that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import RegisterUnavailable

if TYPE_CHECKING:
    from tracker.register.store import Store

__all__ = ["open_store"]


def open_store(target: str) -> Store:
    """The store for a path to a workbook. Nothing is read yet.

    RegisterUnavailable for a Google Sheets address, which this version cannot open.
    """
    if target.startswith(("gsheet:", "https://docs.google.com/")):
        raise RegisterUnavailable(
            "Register Google Sheets belum didukung versi ini.", "Unduh sebagai .xlsx, lalu buka berkasnya."
        )
    from tracker.register.excel.store import ExcelStore  # noqa: PLC0415 - loads calamine only for a file

    return ExcelStore(Path(target))
