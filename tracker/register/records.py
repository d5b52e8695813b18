"""One record of a small sheet, cell by cell, collecting what was wrong with each: D404, D405, D408, D412.

Register and Riwayat, which may have a hundred thousand rows, are read by whole columns instead
(`tracker.register.columns`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tracker.register.cells import Reading, is_blank, read_choice, read_name, read_text
from tracker.register.moments import EXCEL_DATES, SerialDates, read_date
from tracker.sop.model import State

if TYPE_CHECKING:
    from tracker.findings import Finding
    from tracker.register.store import RawValue
    from tracker.register.tables import Table

__all__ = ["Record", "records_of"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a small sheet: raw cells by key. Every reading method reports to `findings` what it met."""

    table: Table
    row: int
    cells: Mapping[str, RawValue]
    findings: list[Finding]

    @property
    def sheet_row(self) -> int:
        """The 1-based row, as people count."""
        return self.row + 1

    def has_error(self, key: str) -> bool:
        return self.row in self.table.errors(key)

    def note(self, code: str, key: str, *, step: int | None = None, **words: object) -> None:
        """Report `code` at a cell of this record."""
        seen = self.cells[key]
        self.findings.append(self.table.said(code, self.row, key, seen=seen, id=None, step=step, **words))

    def require(self, *keys: str) -> bool:
        """Whether none of the cells is blank; D408 for each that is (an error value is reported as D412)."""
        blank = [key for key in keys if is_blank(self.cells[key])]
        for key in blank:
            if self.table.has(key) and not self.has_error(key):
                self.note("D408", key, column=self.table.sheet.column(key).heading)
        return not blank

    def text(self, key: str) -> str:
        return read_text(self.cells[key])

    def name(self, key: str) -> str:
        """A name or role, mended (D405) where it was typed with stray characters."""
        return self.keep(key, read_name(self.cells[key])) or ""

    def keep(self, key: str, reading: Reading[T]) -> T | None:
        """The value of a reading, having reported its repair."""
        if reading.repaired:
            self.note("D405", key, value=reading.repaired)
        return reading.value

    def choice(self, key: str, options: Mapping[str, tuple[str, ...]], default: str) -> str:
        """The canonical choice; what is not understood is read as the default, and said so (D405)."""
        reading = read_choice(self.cells[key], options)
        if reading.is_unreadable:
            self.note("D405", key, value=default)
        return self.keep(key, reading) or default

    def date(self, key: str, zone: str, serials: SerialDates = EXCEL_DATES) -> tuple[int | None, State]:
        """(days since 1970-01-01, state); D404 when a filled cell is no date."""
        if self.has_error(key):
            return None, State.UNREADABLE
        found = read_date(self.cells[key], zone=zone, serials=serials)
        if found.problem:
            self.note("D404", key, reason=found.problem)
        if found.repaired:
            self.note("D405", key, value=found.repaired)
        readable = found.state not in (State.BLANK, State.UNREADABLE)
        return found.value if readable else None, found.state


def records_of(table: Table, findings: list[Finding]) -> Iterator[Record]:
    """The records of a table in sheet order; a D412 for every error value goes to `findings`."""
    keys = [column.key for column in table.sheet.typed]
    columns = [table.values(key) for key in keys]
    for row, *cells in zip(table.rows.tolist(), *columns, strict=True):
        for key in keys:
            if row in table.errors(key):
                findings.append(table.said("D412", row, key, value=table.errors(key)[row]))
        yield Record(table, row, dict(zip(keys, cells, strict=True)), findings)
