"""MemoryStore: a register that lives in memory, for planning, for examples and for the contract suite."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tracker.register.placing import Landing, land, with_sheets
from tracker.register.store import Grid, Patch, RawValue, Receipt, Snapshot

__all__ = ["MemoryStore", "written"]


def written(snapshot: Snapshot, landings: tuple[Landing, ...]) -> tuple[Grid, ...]:
    """The grids with every landing in its row; formulas and other cells untouched."""
    grids = []
    for grid in snapshot.grids:
        rows = [list(row) for row in grid.rows]
        formulas = set(grid.formulas)
        for landing in landings:
            if landing.sheet == grid.name:
                _write(rows, landing)
                formulas -= {(landing.row, column) for column in landing.cells}
        grids.append(replace(grid, rows=rows, formulas=frozenset(formulas)))
    return tuple(grids)


def _write(rows: list[list[RawValue]], landing: Landing) -> None:
    while len(rows) <= landing.row:
        rows.append([])
    row = rows[landing.row]
    row.extend([""] * (max(landing.cells, default=-1) + 1 - len(row)))
    for column, value in landing.cells.items():
        row[column] = "" if value is None else value


def _digest(grids: tuple[Grid, ...]) -> str:
    text = repr([(grid.name, [list(row) for row in grid.rows]) for grid in grids])
    return hashlib.sha256(text.encode()).hexdigest()


class MemoryStore:
    """A `Store` over grids in memory; safe for several threads."""

    def __init__(self, grids: tuple[Grid, ...], *, name: str = "register") -> None:
        self._grids = grids
        self._name = name
        self._lock = threading.RLock()

    @property
    def name(self) -> str:
        return self._name

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        with self._lock:
            yield

    def read(self) -> Snapshot:
        with self._lock:
            return Snapshot(self._grids, _digest(self._grids))

    def file(self, folder: str, name: str, content: bytes) -> Path | None:
        """A register in memory has no place beside it."""
        return None

    def apply(self, patch: Patch) -> Receipt:
        with self._lock:
            snapshot = with_sheets(self.read(), patch.sheets)
            landings = land(snapshot, patch)
            self._grids = written(snapshot, landings)
            return Receipt(tuple(landing.row + 1 for landing in landings), _digest(self._grids))
