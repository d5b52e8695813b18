"""Decisions for the tests of the queue, on the small register of the command line's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.books import office, workbook
from tests.cli.doors import REGISTER, RIWAYAT
from tracker.desk import AddItem, Desk, RecordEvent
from tracker.desk.queue import Entry, Log, entry_of, queue_file
from tracker.register.commands import Command

NOW = datetime(2026, 8, 6, 10, 0)
CLICK = datetime(2026, 8, 6, 2, 0, tzinfo=UTC)

FINISH = RecordEvent("K-2", 1, by="Rahma Aulia", finish="6/8/2026 10.00", key="selesai")
"""Completes the open event in Riwayat row 6."""
BEGIN = RecordEvent("K-3", 1, by="Rahma Aulia", start="6/8/2026 09.58", key="mulai")
ADD = AddItem("Judul baru", by="Rahma Aulia", key="baru")


def register(folder: Path) -> Path:
    path = folder / "register.xlsx"
    path.write_bytes(workbook(office(RIWAYAT, REGISTER)))
    return path


def log_of(path: Path | str) -> Log:
    """The queue as a process that has just been started sees it."""
    return Log(queue_file(str(path)))


def decided(desk: Desk, command: Command, key: str = "", *, hold: float = 0) -> Entry:
    return entry_of(
        desk.read(),
        command,
        key=key or f"Rahma|{getattr(command, 'key', '')}",
        actor="Rahma Aulia",
        what="dicatat selesai",
        now=NOW,
        queued_at=CLICK,
        not_before=CLICK + timedelta(seconds=hold),
    )
