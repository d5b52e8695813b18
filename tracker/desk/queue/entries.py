"""What stands in the queue: a decision with the rows it was made upon, and how far it has come.

Source: the writing contract ("a queue on disk": key, patch, actor, not-before). A decision is kept as the command
together with every row that it changes, whole as read, so that a row that has changed since is a conflict and never
overwritten in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from tracker.register.commands import Command
from tracker.register.store import AppendRow, ChangeRow, Patch, RawValue

__all__ = ["Attempt", "Clash", "Conflict", "Entry", "Item", "Row", "Stage"]


class Stage(Enum):
    """How far a decision has come; the values are what the file says."""

    WAITING = "menunggu"
    WRITTEN = "tertulis"
    CONFLICT = "bentrok"
    CANCELLED = "dibatalkan"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: every cell that is not empty and holds no formula; `number` is 1-based."""

    sheet: str
    number: int
    cells: Mapping[int, RawValue]


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision. `queued_at` and `not_before` are aware; `decided_at` is what the decision calls now."""

    key: str
    command: Command
    actor: str
    what: str
    """What is done, as people are told: `disetujui`."""
    decided_at: datetime
    queued_at: datetime
    not_before: datetime
    expected: tuple[Row, ...] = ()
    """The rows that it changes, as they were when it was made."""
    written: Mapping[str, str | int | float | None] = field(default_factory=dict)
    """Heading → value that it means to write."""

    @property
    def item_id(self) -> str:
        """The item that it is about; empty for one that has no ID yet."""
        return self.command.id or ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A patch on its way: noted before it is applied, so that it can be looked for after a crash.

    `twins` counts, for each append, the rows like it that stood there before.
    """

    patch: Patch
    sheet: str
    main: int
    id: str
    twins: tuple[int, ...]

    @property
    def parts(self) -> tuple[ChangeRow | AppendRow, ...]:
        return (*self.patch.changes, *self.patch.appends)


@dataclass(frozen=True, slots=True)
class Clash:
    """One cell that holds something else than the decision would write; `mine` and `there` are as people read them."""

    heading: str
    cell: str
    there: str
    mine: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a decision was not written, and both versions of its cells where that is the reason."""

    sentence: str
    remedy: str = ""
    sheet: str = ""
    row: int = 0
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A decision and what became of it; `sheet`, `row` and `id` of its main record once it is written."""

    entry: Entry
    stage: Stage = Stage.WAITING
    attempt: Attempt | None = None
    sheet: str = ""
    row: int = 0
    id: str = ""
    warnings: tuple[str, ...] = ()
    """Findings that did not prevent the write."""
    conflict: Conflict | None = None

    @property
    def is_waiting(self) -> bool:
        return self.stage is Stage.WAITING
