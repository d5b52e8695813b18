"""Decisions that are kept on disk until they stand in the register: made once, written once, never lost."""

from __future__ import annotations

from pathlib import Path

from tracker.desk.queue.carrying import Carried, carry_out, entry_of, is_later
from tracker.desk.queue.entries import Attempt, Clash, Conflict, Entry, Item, Row, Stage
from tracker.desk.queue.log import Log
from tracker.register.excel.surroundings import Surroundings
from tracker.register.google.addresses import is_google, spreadsheet_id
from tracker.register.home import home

__all__ = [
    "Attempt",
    "Carried",
    "Clash",
    "Conflict",
    "Entry",
    "Item",
    "Log",
    "Row",
    "Stage",
    "carry_out",
    "entry_of",
    "is_later",
    "queue_file",
]

_NAME = "queue.jsonl"


def queue_file(target: str) -> Path:
    """Where the queue of a register lies: in our folder beside a workbook, in the user's own for a spreadsheet."""
    if is_google(target):
        return home() / "antrean" / spreadsheet_id(target) / _NAME
    return Surroundings(Path(target).resolve()).folder / _NAME
