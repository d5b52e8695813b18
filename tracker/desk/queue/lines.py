"""Entries, attempts and outcomes ⇄ JSON lines. Values of cells keep their kind; nothing is guessed on the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from tracker.desk.queue.entries import Attempt, Clash, Conflict, Entry, Row
from tracker.register.commands import AddItem, CancelItem, Command, RecordEvent
from tracker.register.store import AppendRow, ChangeRow, Patch, RawValue

__all__ = ["attempt_line", "conflict_line", "entry_line", "read_attempt", "read_conflict", "read_entry"]

Line = dict[str, Any]

_COMMANDS: Final[dict[str, type[AddItem] | type[RecordEvent] | type[CancelItem]]] = {
    "add": AddItem,
    "record": RecordEvent,
    "cancel": CancelItem,
}
_NAMES: Final = {kind: name for name, kind in _COMMANDS.items()}


def _value(value: RawValue) -> Any:
    """JSON knows texts, numbers and truth; the kinds of time are marked."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    return value


def _read_value(written: Any) -> RawValue:
    if not isinstance(written, dict):
        return written  # type: ignore[no-any-return]
    (kind, text), *_ = written.items()
    if kind == "seconds":
        return timedelta(seconds=text)
    kinds: dict[str, type[datetime | date | time]] = {"datetime": datetime, "date": date, "time": time}
    return kinds[kind].fromisoformat(text)


def _cells(cells: Mapping[int, RawValue]) -> Line:
    return {str(column): _value(value) for column, value in cells.items()}


def _read_cells(written: Mapping[str, Any]) -> dict[int, Any]:
    return {int(column): _read_value(value) for column, value in written.items()}


# -- a decision


def entry_line(entry: Entry) -> Line:
    """The line that keeps a decision."""
    return {
        "key": entry.key,
        "command": _NAMES[type(entry.command)],
        "with": asdict(entry.command),
        "actor": entry.actor,
        "what": entry.what,
        "decided_at": entry.decided_at.isoformat(),
        "queued_at": entry.queued_at.isoformat(),
        "not_before": entry.not_before.isoformat(),
        "expected": [
            {"sheet": row.sheet, "row": row.number, "cells": _cells(row.cells)} for row in entry.expected
        ],
        "written": dict(entry.written),
    }


def read_entry(line: Line) -> Entry:
    """The decision of a line; KeyError, TypeError or ValueError when it is none."""
    command: Command = _COMMANDS[line["command"]](**line["with"])
    return Entry(
        key=line["key"],
        command=command,
        actor=line["actor"],
        what=line["what"],
        decided_at=datetime.fromisoformat(line["decided_at"]),
        queued_at=datetime.fromisoformat(line["queued_at"]),
        not_before=datetime.fromisoformat(line["not_before"]),
        expected=tuple(Row(one["sheet"], one["row"], _read_cells(one["cells"])) for one in line["expected"]),
        written=line["written"],
    )


# -- an attempt


def attempt_line(attempt: Attempt) -> Line:
    """The part of a line that keeps a patch on its way."""
    return {
        "changes": [
            {"sheet": one.sheet, "expected": _cells(one.expected), "cells": _cells(one.cells), "hint": one.hint}
            for one in attempt.patch.changes
        ],
        "appends": [
            {"sheet": one.sheet, "cells": _cells(one.cells), "typed": list(one.typed), "heading": one.heading,
             "key": one.key, "twins": twins}
            for one, twins in zip(attempt.patch.appends, attempt.twins, strict=True)
        ],
        "sheet": attempt.sheet,
        "main": attempt.main,
        "id": attempt.id,
    }  # fmt: skip


def read_attempt(line: Line) -> Attempt:
    """The attempt of a line; errors as `read_entry`."""
    changes = [
        ChangeRow(one["sheet"], _read_cells(one["expected"]), _read_cells(one["cells"]), one["hint"])
        for one in line["changes"]
    ]
    appends = [
        AppendRow(one["sheet"], _read_cells(one["cells"]), tuple(one["typed"]), one["heading"], one["key"])
        for one in line["appends"]
    ]
    twins = tuple(one["twins"] for one in line["appends"])
    return Attempt(Patch(tuple(changes), tuple(appends)), line["sheet"], line["main"], line["id"], twins)


# -- a conflict


def conflict_line(conflict: Conflict) -> Line:
    """The part of a line that keeps why a decision was not written."""
    return asdict(conflict)


def read_conflict(line: Line) -> Conflict:
    """The conflict of a line; errors as `read_entry`."""
    clashes: Sequence[Mapping[str, str]] = line["clashes"]
    return Conflict(
        line["sentence"], line["remedy"], line["sheet"], line["row"], tuple(Clash(**one) for one in clashes)
    )
