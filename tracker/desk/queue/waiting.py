"""How many decisions of the dashboard wait to be written, as whoever prints a paper must know (dashboard W6)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.desk.queue.log import Log
from tracker.register.excel.surroundings import Surroundings
from tracker.register.google.addresses import is_google, spreadsheet_id
from tracker.register.home import home

if TYPE_CHECKING:
    from tracker.register.store import Store

__all__ = ["queue_file", "waiting"]

_NAME: Final = "queue.jsonl"


def queue_file(target: str) -> Path:
    """Where the queue of a register lies: in our folder beside a workbook, in the user's own for a spreadsheet."""
    if is_google(target):
        return home() / "antrean" / spreadsheet_id(target) / _NAME
    return Surroundings(Path(target).resolve()).folder / _NAME


def waiting(store: Store) -> int:
    """How many decisions of this register are kept on disk and stand nowhere else; nothing is created.

    RegisterUnavailable when the queue is there and cannot be read.
    """
    target = _target(store)
    if not target:
        return 0
    return sum(item.is_waiting for item in Log(queue_file(target)).items())


def _target(store: Store) -> str:
    """The path of a workbook, `gsheet:ID` of a spreadsheet, nothing for a register in memory.

    Asked of the store itself: naming its class would load the library that it needs.
    """
    path, id_ = getattr(store, "path", None), getattr(store, "id", None)
    return str(path) if path else f"gsheet:{id_}" if id_ else ""
