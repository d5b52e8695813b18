"""What a person may ask to be written: add an item, record an event, cancel an item."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["AddItem", "CancelItem", "Command", "RecordEvent"]


@dataclass(frozen=True, slots=True)
class AddItem:
    """A new content item. `target_on` is a date as typed; `by` also records the first step, finished now."""

    title: str
    id: str | None = field(default=None, kw_only=True)
    channel: str = field(default="", kw_only=True)
    kind: str = field(default="", kw_only=True)
    target_on: str | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)
    by: str | None = field(default=None, kw_only=True)
    key: str = field(default="", kw_only=True)
    """Idempotency key, for stores that keep one beside the row (see `AppendRow.key`)."""


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """An execution of a step. Moments are text as a person types it; with neither, it finishes now.

    With only `start` the event stays open. `force` writes in spite of findings on order and role (U1xx, P3xx) and
    says so in Catatan together with `force_reason`.
    """

    id: str
    step: int
    by: str = field(default="", kw_only=True)
    start: str | None = field(default=None, kw_only=True)
    finish: str | None = field(default=None, kw_only=True)
    outcome: str | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)
    evidence: str = field(default="", kw_only=True)
    link: str | None = field(default=None, kw_only=True)
    force: bool = field(default=False, kw_only=True)
    force_reason: str = field(default="", kw_only=True)
    key: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class CancelItem:
    """The item is dropped from today on; the reason goes to Catatan of its row in Register."""

    id: str
    reason: str


Command = AddItem | RecordEvent | CancelItem
