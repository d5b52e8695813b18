"""The queue on disk: one append-only file of JSON lines, each on the disk before anybody is told of it.

Several processes may share it: every line is added under a lock file, after the lines of the others have been read.
A line that a crash cut short was never acknowledged; it is ended by the next writer and passed over by every reader.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from tracker.desk.queue.entries import Attempt, Conflict, Entry, Item, Stage
from tracker.desk.queue.lines import (
    attempt_line,
    conflict_line,
    entry_line,
    read_attempt,
    read_conflict,
    read_entry,
)
from tracker.errors import RegisterBusy, RegisterUnavailable, reason_of

__all__ = ["Log"]

_PATIENCE: Final = 10.0
"""Seconds to wait for a line of another process."""

_TORN: Final = b"#\n"
"""Ends a line that a crash cut short, so that it can never be read as a whole one."""


class Log:
    """All decisions of one register, in the order in which they were made. Nothing is created before the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines = threading.RLock()
        self._turns = threading.RLock()
        self._offset = 0
        self._items: dict[str, Item] = {}

    # -- reading

    def items(self) -> tuple[Item, ...]:
        """Everything in the file as it is now. RegisterUnavailable when it cannot be read."""
        with self._lines:
            self._catch_up()
            return tuple(self._items.values())

    def item(self, key: str) -> Item | None:
        """The decision with this key as it is now."""
        with self._lines:
            self._catch_up()
            return self._items.get(key)

    def _catch_up(self) -> None:
        try:
            if not self.path.exists() or self.path.stat().st_size == self._offset:
                return
            with self.path.open("rb") as file:
                file.seek(self._offset)
                content = file.read()
        except OSError as error:
            raise RegisterUnavailable(
                f"Antrean tulis {self.path} tidak dapat dibaca: {reason_of(error)}.",
                "Periksa izin foldernya.",
            ) from error
        whole = content[: content.rfind(b"\n") + 1]
        self._offset += len(whole)
        for line in whole.splitlines():
            self._take(line)

    def _take(self, raw: bytes) -> None:
        try:
            line = json.loads(raw)
            key, kind = line["key"], line["line"]
            if kind == "entry":
                self._items[key] = Item(read_entry(line))
            elif key in self._items:
                self._items[key] = _after(self._items[key], kind, line)
        except (ValueError, KeyError, TypeError):
            return  # cut short by a crash before anybody was told of it

    # -- writing

    def add(self, entry: Entry) -> Item:
        """Keep a decision; the one with the same key that waits or is written already is given back instead (H4).

        RegisterUnavailable when the disk refuses: then nothing was decided.
        """
        with self._locked():
            known, key = self._latest(entry.key)
            if known is not None:
                return known
            self._append({"line": "entry", **entry_line(replace(entry, key=key))})
            return self._items[key]

    def known(self, key: str) -> Item | None:
        """The decision with this key that waits or is written; None when it was taken back, or never made."""
        with self._lines:
            self._catch_up()
            return self._latest(key)[0]

    def _latest(self, key: str) -> tuple[Item | None, str]:
        """(the decision that holds for this key, the key for a new one): what was taken back may be made again."""
        name, number = key, 1
        while (item := self._items.get(name)) is not None:
            if item.stage not in (Stage.CONFLICT, Stage.CANCELLED):
                return item, name
            number += 1
            name = f"{key}#{number}"
        return None, name

    def begin(self, key: str, attempt: Attempt) -> bool:
        """Note that a patch is about to be applied; False when the decision does not wait any more."""
        with self._locked():
            item = self._items.get(key)
            if item is None or not item.is_waiting:
                return False
            self._append({"line": "attempt", "key": key, "attempt": attempt_line(attempt)})
            return True

    def abandon(self, key: str) -> None:
        """Note that the patch on its way surely changed nothing."""
        with self._locked():
            self._append({"line": "attempt", "key": key, "attempt": None})

    def written(self, key: str, *, sheet: str, row: int, id_: str, warnings: tuple[str, ...] = ()) -> Item:
        """Note where the main record stands. Called only after it has been seen there."""
        with self._locked():
            line = {"sheet": sheet, "row": row, "id": id_, "warnings": list(warnings)}
            self._append({"line": "written", "key": key, **line})
            return self._items[key]

    def conflict(self, key: str, found: Conflict) -> Item:
        """Note why it is not written; a person decides what becomes of it."""
        with self._locked():
            self._append({"line": "conflict", "key": key, "conflict": conflict_line(found)})
            return self._items[key]

    def cancel(self, key: str, *, by: str) -> bool:
        """Take a decision back. False when it is written already, or on its way and nobody knows yet."""
        with self._locked():
            item = self._items.get(key)
            is_open = item is not None and item.stage in (Stage.WAITING, Stage.CONFLICT)
            if item is None or not is_open or item.attempt is not None:
                return False
            self._append({"line": "cancelled", "key": key, "by": by})
            return True

    def _append(self, line: dict[str, Any]) -> None:
        content = json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        with self._refusals():
            is_new = not self.path.exists()
            with self.path.open("ab") as file:
                end = file.tell()
                try:
                    file.write(_TORN + content if end > self._offset else content)
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    with suppress(OSError):  # what was refused must not be taken up later
                        os.truncate(self.path, end)
                    raise
            if is_new:
                _sync(self.path.parent)
        self._catch_up()

    # -- taking turns

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Be the only one that writes decisions into the register; False when another process is at it."""
        with self._turns:
            if not self.path.exists():
                yield True
                return
            lock = FileLock(self.path.with_suffix(".turn"), timeout=0)
            try:
                lock.acquire()
            except Timeout:
                yield False
                return
            except OSError as error:
                raise self._refused(error) from error
            try:
                yield True
            finally:
                lock.release()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._lines, self._refusals():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with FileLock(self.path.with_suffix(".lock"), timeout=_PATIENCE):
                    self._catch_up()
                    yield
            except Timeout as error:
                raise RegisterBusy(
                    "Antrean tulis sedang dipakai proses lain.", "Tunggu sebentar, lalu ulangi."
                ) from error

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._refused(error) from error

    def _refused(self, error: OSError) -> RegisterUnavailable:
        return RegisterUnavailable(
            f"Antrean tulis {self.path} tidak dapat ditulis: {reason_of(error)}.",
            "Keputusan itu belum dicatat. Periksa ruang disk dan izin foldernya, lalu ulangi.",
        )


def _after(item: Item, kind: str, line: dict[str, Any]) -> Item:
    """The item after one more line of it."""
    made: dict[str, Callable[[], Item]] = {
        "attempt": lambda: replace(
            item, attempt=None if line["attempt"] is None else read_attempt(line["attempt"])
        ),
        "written": lambda: replace(
            item,
            stage=Stage.WRITTEN,
            sheet=line["sheet"],
            row=line["row"],
            id=line["id"],
            warnings=tuple(line["warnings"]),
            attempt=None,
        ),
        "conflict": lambda: replace(
            item, stage=Stage.CONFLICT, conflict=read_conflict(line["conflict"]), attempt=None
        ),
        "cancelled": lambda: replace(item, stage=Stage.CANCELLED),
    }
    return made[kind]()


def _sync(folder: Path) -> None:
    """Make the new file's name durable; Windows cannot open a folder and needs no such thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
