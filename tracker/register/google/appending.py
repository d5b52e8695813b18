"""Adding a record: below the last one with an idempotency key, or into a ready row that has been claimed first.

The table range of `values:append` covers the typed columns only: results of "" from an ARRAYFORMULA count as content
and would send the record to the bottom. The service may still take another table for ours (gspread issues 537 and
603: rows shifted to the right), so the answer's range is compared before anything is believed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Final

from tracker.errors import RegisterReadOnly
from tracker.folding import plain
from tracker.register.google.debts import Debt, content_of, equal, rows_like
from tracker.register.google.ledger import Ledger
from tracker.register.google.service import Appended, RowWrite, Service
from tracker.register.google.values import Formulas, Sent, sent
from tracker.register.placing import content, land, same
from tracker.register.store import AppendRow, Grid, Patch, RawValue, Snapshot

__all__ = ["KEY_HEADING", "Appending", "Taken"]

KEY_HEADING: Final = "Kunci"
"""Heading of the hidden last typed column of Register and Riwayat, which holds the idempotency key of a record."""


class Taken(Exception):
    """The ready row was filled in by somebody else in the same moment; `repair` takes our mark out of it."""

    def __init__(self, repair: Debt) -> None:
        super().__init__(repair.sheet)
        self.repair = repair


class Appending:
    """One record to be added, which may take more than one try; `done` are the writes that undoing has to undo."""

    def __init__(self, service: Service, ledger: Ledger, append: AppendRow) -> None:
        self._service = service
        self._ledger = ledger
        self._append = append
        grid = self._grid
        if append.heading >= len(grid.rows) or not content(grid, append.heading):
            raise RegisterReadOnly(
                f"Judul kolom lembar {append.sheet} hilang, jadi tidak ditulis.",
                "Kembalikan isinya dari riwayat versi spreadsheet.",
            )
        self._key_column, self._key = _key_column(grid, append.heading), append.key or secrets.token_hex(8)
        self._cells = {at: sent(value) for at, value in append.cells.items()}
        if self._key_column is not None:
            self._cells[self._key_column] = self._key
        self._twins = len(_twins(grid, self._cells))
        self._claim: Debt | None = None
        self.done: list[Debt] = []

    @property
    def _grid(self) -> Grid:
        return self._ledger.grid(self._append.sheet)

    def landed(self) -> int | None:
        """The 0-based row where this record stands already; None when it does not.

        Without a key column, a record has landed when there are more rows like it than there were before.
        """
        grid = self._grid
        if self._key_column is None:
            twins = _twins(grid, self._cells)
            return twins[-1] if len(twins) > self._twins else None
        rows = _twins(grid, {self._key_column: self._key})
        return next((row for row in rows if _is_record(grid, row, self._append.typed)), None)

    # -- a ready row

    def ready_row(self) -> Debt | None:
        """The debt to a ready row that has been claimed for this record; None when there is none to fill.

        Only a row that holds something besides array results is a ready row here: formulas of its own, a remark.
        Claiming writes one cell and looks at the receipt, so somebody else's record is never written over.
        """
        if self._claim is not None and len(rows_like(self._grid, self._claim.after)) == 1:
            return self._rest()
        row = self._row()
        if row >= len(self._grid.rows) or not self._grid.rows[row]:
            return None
        if self._key_column is not None and not content(self._grid, row):
            return None  # a book that was laid out by us: its formula columns are array results
        formulas = self._ledger.learn(self._append.sheet)
        row = self._row()
        return self._claimed(row) if _is_prepared(self._grid, row, formulas) else None

    def _claimed(self, row: int) -> Debt:
        column = self._key_column if self._key_column is not None else min(self._cells)
        grid, mark = self._grid, {column: self._cells[column]}
        self._claim = Debt(grid.name, content(grid, row), mark)
        width = max([max(self._cells) + 1, *(len(cells) for cells in grid.rows)])
        shown = self._service.write_rows([RowWrite(grid.name, row, width, mark)])[0]
        found = content_of(grid, row, shown)
        if not equal(found, self._claim.after):
            self._claim = None
            raise Taken(Debt(grid.name, found, {column: ""}))
        self._ledger.put(grid.name, row, shown)
        self.done.append(self._claim)
        return self._rest()

    def _rest(self) -> Debt:
        """What is still to be written into the claimed row."""
        claim = self._claim or Debt(self._append.sheet, {}, {})
        cells = {at: value for at, value in self._cells.items() if at not in claim.cells}
        return Debt(claim.sheet, claim.after, cells, parts=(-1,))

    def _row(self) -> int:
        return land(Snapshot((self._grid,), ""), Patch(appends=(self._append,)))[0].row

    # -- a new row

    def insert(self) -> int:
        """Insert the record below the table; its 0-based row. Uncertain when nobody can say."""
        heading = self._append.heading
        columns = (*self._append.typed, *self._cells)
        left, right, bottom = min(columns), max(columns), max(self._row() - 1, heading)
        values = [self._cells.get(column) for column in range(left, right + 1)]
        answer = self._service.append(self._append.sheet, (heading, left, bottom, right), values)
        row = answer.area.top
        self._ledger.insert(self._append.sheet, row, [""] * answer.area.left + list(answer.values))
        self.done.append(_added(self._append.sheet, answer))
        if answer.area.left != left or row <= heading or not _as_meant(answer, values):
            raise RegisterReadOnly(
                f"Google menaruh baris baru di tempat lain (lembar {self._append.sheet} baris {row + 1}).",
                "Hapus baris atau kolom kosong di tengah tabel, lalu ulangi.",
            )
        return row


def _added(sheet: str, answer: Appended) -> Debt:
    """An appended row as a debt that has been paid, so that undoing it empties the row."""
    shown = {answer.area.left + at: value for at, value in enumerate(answer.values)}
    cells = {at: value for at, value in shown.items() if isinstance(value, str | int | float) and value != ""}
    return Debt(sheet, {}, cells)


def _as_meant(answer: Appended, values: Sequence[Sent | None]) -> bool:
    return equal(_filled(answer.values), _filled(values))


def _filled(values: Sequence[RawValue]) -> dict[int, RawValue]:
    return {at: value for at, value in enumerate(values) if value not in ("", None)}


def _key_column(grid: Grid, heading: int) -> int | None:
    wanted = plain(KEY_HEADING)
    found = [
        at for at, text in enumerate(grid.rows[heading]) if isinstance(text, str) and plain(text) == wanted
    ]
    return found[0] if found else None


def _twins(grid: Grid, cells: Mapping[int, Sent]) -> list[int]:
    """The rows that hold these cells, whatever else they hold."""
    wanted = {at: value for at, value in cells.items() if value != ""}
    return [
        row
        for row, there in enumerate(grid.rows)
        if all(at < len(there) and same(there[at], value) for at, value in wanted.items())
    ]


def _is_record(grid: Grid, row: int, typed: Sequence[int]) -> bool:
    cells = grid.rows[row]
    return any(at < len(cells) and cells[at] not in ("", None) for at in typed)


def _is_prepared(grid: Grid, row: int, formulas: Formulas) -> bool:
    """Whether a row without a record holds something of its own that a new record belongs beside."""
    if row >= len(grid.rows):
        return False
    own = (at for at in range(len(grid.rows[row])) if (row, at) in grid.formulas)
    return bool(content(grid, row)) or any(at not in formulas.spills for at in own)
