"""Decisions that are kept on disk until they stand in the register: made once, written once, never lost."""

from __future__ import annotations

from tracker.desk.queue.carrying import Carried, carry_out, entry_of, is_later
from tracker.desk.queue.entries import Attempt, Clash, Conflict, Entry, Item, Row, Stage
from tracker.desk.queue.log import Log
from tracker.desk.queue.waiting import queue_file, waiting

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
    "waiting",
]
