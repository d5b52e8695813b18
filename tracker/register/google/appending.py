"""Adding records to one sheet: below the last one with their idempotency keys, or into ready rows claimed first.

The table range of `values:append` covers the typed columns only: results of "" from an ARRAYFORMULA count as content
and would send the records to the bottom. The service may still take another table for ours (gspread issues 537 and
603: rows shifted to the right), so the answer's range is compared before anything is believed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from tracker.errors import ChangedMeanwhile, RegisterReadOnly
from tracker.folding import plain
from tracker.register.google.debts import Debt, alike, equal, rows_like
from tracker.register.google.ledger import Ledger
from tracker.register.google.service import Service
from tracker.register.google.troubles import Uncertain, nobody_knows
from tracker.register.google.values import Formulas, Sent, sent
from tracker.register.placing import content, land
from tracker.register.store import AppendRow, Grid, Patch, RawValue, Snapshot

__all__ = ["KEY_HEADING", "Appending", "runs"]

KEY_HEADING: Final = "Kunci"
"""Heading of the hidden last typed column of Register and Riwayat, which holds the idempotency key of a record."""
_ROWS_MAX: Final = 2_000
"""Records in one request: Google advises to stay below 2 MB, and gives up on a request after 180 seconds."""


def runs(appends: Sequence[AppendRow]) -> list[list[AppendRow]]:
    """Records that follow each other and go to the same table, together: each run is one request."""
    found: list[list[AppendRow]] = []
    for one in appends:
        if found and _table(found[-1][0]) == _table(one):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _table(append: AppendRow) -> tuple[str, int, tuple[int, ...]]:
    return append.sheet, append.heading, append.typed


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: what is sent, its key, and how many rows like it are not this one."""

    cells: Mapping[int, Sent]
    key: str
    twins: int = 0


class Appending:
    """A run of records to be added, which may take more than one try; `done` are the writes that undoing undoes."""

    def __init__(self, service: Service, ledger: Ledger, run: Sequence[AppendRow]) -> None:
        self._service = service
        self._ledger = ledger
        self._sheet, self._heading, self._typed = _table(run[0])
        if self._heading >= len(self._grid.rows) or not content(self._grid, self._heading):
            raise RegisterReadOnly(
                f"Judul kolom lembar {self._sheet} hilang, jadi tidak ditulis.",
                "Kembalikan isinya dari riwayat versi spreadsheet.",
            )
        self._key_column = _key_column(self._grid, self._heading)
        self._records = self._recorded(run)
        self._columns = {column for one in self._records for column in (*self._typed, *one.cells)}
        self._headings = self._headings_now()
        self._claims: dict[int, Debt] = {}
        self._unanswered: AbstractSet[int] = frozenset()
        self.done: list[Debt] = []

    @property
    def _grid(self) -> Grid:
        return self._ledger.grid(self._sheet)

    def _headings_now(self) -> list[RawValue]:
        cells = self._grid.rows[self._heading] if self._heading < len(self._grid.rows) else ()
        return [cells[column] if column < len(cells) else "" for column in sorted(self._columns)]

    def _recorded(self, run: Sequence[AppendRow]) -> tuple[_Record, ...]:
        """Without a key column, rows like a record are counted: those that are there, and its equals before it."""
        records: list[_Record] = []
        for one in run:
            cells, key = {at: sent(value) for at, value in one.cells.items()}, one.key or secrets.token_hex(8)
            if self._key_column is not None:
                cells[self._key_column] = key
            records.append(_Record(cells, key))
        if self._key_column is not None:
            return tuple(records)
        there, own = _Rows(self._grid.rows), _Rows([_row_of(one.cells) for one in records])
        return tuple(
            replace(
                one, twins=len(there.holding(one.cells)) + sum(row < at for row in own.holding(one.cells))
            )
            for at, one in enumerate(records)
        )

    # -- what is there

    def rows(self) -> dict[int, int]:
        """Index of a record → the 0-based row where it stands. Those that are missing are still to be added.

        A request is carried out whole or not at all: when some records of one without an answer are there, people
        have already moved or deleted the others, and those are not added again.
        ChangedMeanwhile when the headings are no longer those that the records were made for.
        """
        if self._headings_now() != self._headings:
            raise self._moved()
        there = _Rows(self._grid.rows)
        rows = {at: self._row_of(one, there) for at, one in enumerate(self._records)}
        found = {at: row for at, row in rows.items() if row is not None}
        near = [at for at in self._unanswered if at in found]
        if near:
            for at in self._unanswered - found.keys():
                next_to = min(near, key=lambda other: abs(other - at))
                found[at] = max(found[next_to] + at - next_to, self._heading + 1)
        return found

    def _moved(self) -> Exception:
        if self._unanswered:
            return nobody_knows()
        return ChangedMeanwhile(
            f"Judul kolom lembar {self._sheet} berubah sejak dibaca, jadi tidak ditulis.",
            "Muat ulang, lalu ulangi.",
        )

    def _row_of(self, one: _Record, there: _Rows) -> int | None:
        if self._key_column is None:
            twins = there.holding(one.cells)
            return twins[one.twins] if len(twins) > one.twins else None
        keyed = there.holding({self._key_column: one.key})
        return next((row for row in keyed if _is_record(self._grid.rows[row], self._typed)), None)

    # -- ready rows

    def claims(self, owed: Sequence[int]) -> list[tuple[Debt, int]]:
        """Marks to be put into ready rows before these records are written there, each with its row; may be none.

        Only a row that holds something besides array results is a ready row here: formulas of its own, a remark.
        A mark is one cell: its receipt shows whether the row was still free, so that nobody's record is written
        over. It is the last cell of a record: the key, or what people who type from left to right fill last.
        """
        waiting = [at for at in owed if not self._is_claimed(at)]
        found: list[tuple[Debt, int]] = []
        for at, row in zip(waiting, self._ready_rows(), strict=False):
            column, value = max((one for one in self._records[at].cells.items() if one[1] != ""), key=_place)
            mark = {column: value}
            claim = Debt(
                self._sheet,
                content(self._grid, row),
                mark,
                (at,),
                is_own=True,
                is_mark=True,
                is_hidden=column == self._key_column,
            )
            self._claims[at] = claim
            found.append((claim, row))
        return found

    def rests(self, owed: Sequence[int]) -> list[tuple[Debt, Debt]]:
        """Marks that stand in ready rows, each with what is still to be written beside it."""
        found = []
        for at in filter(self._is_claimed, owed):
            claim = self._claims[at]
            cells = {column: v for column, v in self._records[at].cells.items() if column not in claim.cells}
            found.append((claim, Debt(self._sheet, claim.after, cells, (at,), is_own=True)))
        return found

    def _is_claimed(self, at: int) -> bool:
        return at in self._claims and bool(rows_like(self._grid, self._claims[at].after))

    def _ready_rows(self) -> Sequence[int]:
        row = self._next_row()
        if row >= len(self._grid.rows) or not self._grid.rows[row]:
            return ()
        if self._key_column is not None and not content(self._grid, row):
            return ()  # a book that was laid out by us: its formula columns are array results
        formulas = self._ledger.learn(self._sheet)
        first = last = self._next_row()
        while _is_prepared(self._grid, last, formulas):
            last += 1
        return range(first, last)

    def _next_row(self) -> int:
        one = AppendRow(self._sheet, {}, self._typed, self._heading, "")
        return land(Snapshot((self._grid,), ""), Patch(appends=(one,)))[0].row

    # -- new rows

    def insert(self, owed: Sequence[int]) -> None:
        """Insert records below the table, as many as one request may hold. Uncertain when nobody can say."""
        these = owed[:_ROWS_MAX]
        left, right = min(self._columns), max(self._columns)
        bottom = max(self._next_row() - 1, self._heading)
        records = [self._records[at] for at in these]
        wanted = [[one.cells.get(column) for column in range(left, right + 1)] for one in records]
        try:
            answer = self._service.append(self._sheet, (self._heading, left, bottom, right), wanted)
        except Uncertain:
            self._unanswered = frozenset(these)
            raise
        shown = [*answer.values[: len(wanted)], *[()] * (len(wanted) - len(answer.values))]
        top, at = answer.area.top, answer.area.left
        self._ledger.insert(self._sheet, top, [[""] * at + list(cells) for cells in shown])
        self.done += [_added(self._sheet, at, cells) for cells in shown]
        is_meant = all(equal(_filled(one), _filled(two)) for one, two in zip(shown, wanted, strict=True))
        if at != left or top <= self._heading or not is_meant:
            raise RegisterReadOnly(
                f"Google menaruh baris baru di tempat lain (lembar {self._sheet} baris {top + 1}).",
                "Hapus baris atau kolom kosong di tengah tabel, lalu ulangi.",
            )


def _added(sheet: str, left: int, shown: Sequence[RawValue]) -> Debt:
    """An added row as a debt that has been paid, so that undoing it empties the row."""
    cells = {left + at: v for at, v in enumerate(shown) if isinstance(v, str | int | float) and v != ""}
    return Debt(sheet, {}, cells, is_own=True)


def _filled(values: Sequence[RawValue]) -> dict[int, RawValue]:
    return {at: value for at, value in enumerate(values) if value not in ("", None)}


def _row_of(cells: Mapping[int, Sent]) -> list[RawValue]:
    return [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]


def _key_column(grid: Grid, heading: int) -> int | None:
    wanted = plain(KEY_HEADING)
    found = [
        at for at, text in enumerate(grid.rows[heading]) if isinstance(text, str) and plain(text) == wanted
    ]
    return found[0] if found else None


class _Rows:
    """Rows that are searched many times by some of their cells; a text among these leaves few to compare."""

    def __init__(self, rows: Sequence[Sequence[RawValue]]) -> None:
        self._rows = rows
        self._by_text: dict[int, dict[str, list[int]]] = {}

    def holding(self, cells: Mapping[int, Sent]) -> list[int]:
        """The numbers of the rows that hold these cells, whatever else they hold."""
        wanted = {at: value for at, value in cells.items() if value != ""}
        return [
            row
            for row in self._candidates(wanted)
            if all(at < len(self._rows[row]) and alike(self._rows[row][at], v) for at, v in wanted.items())
        ]

    def _candidates(self, wanted: Mapping[int, Sent]) -> Sequence[int]:
        text = max((one for one in wanted.items() if isinstance(one[1], str)), key=_place, default=None)
        if text is None:
            return range(len(self._rows))
        return self._texts(text[0]).get(str(text[1]), ())

    def _texts(self, column: int) -> dict[str, list[int]]:
        if column not in self._by_text:
            found: dict[str, list[int]] = {}
            for row, cells in enumerate(self._rows):
                value = cells[column] if column < len(cells) else None
                if isinstance(value, str):
                    found.setdefault(value, []).append(row)
            self._by_text[column] = found
        return self._by_text[column]


def _place(cell: tuple[int, Sent]) -> int:
    return cell[0]


def _is_record(cells: Sequence[RawValue], typed: Sequence[int]) -> bool:
    return any(at < len(cells) and cells[at] not in ("", None) for at in typed)


def _is_prepared(grid: Grid, row: int, formulas: Formulas) -> bool:
    """Whether a row without a record holds something of its own that a new record belongs beside."""
    if row >= len(grid.rows):
        return False
    own = (at for at in range(len(grid.rows[row])) if (row, at) in grid.formulas)
    return bool(content(grid, row)) or any(at not in formulas.spills for at in own)
