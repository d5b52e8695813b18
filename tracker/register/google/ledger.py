"""What is known of a spreadsheet while a patch lands in it: the last read, and every row written since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.errors import RegisterReadOnly, TrackerError
from tracker.register.google.troubles import Uncertain, nobody_knows
from tracker.register.google.values import Formulas
from tracker.register.store import Grid, RawValue, Snapshot

__all__ = ["Ledger", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """How a ledger learns: `read` everything anew; `learn` exactly which cells of a snapshot are formulas."""

    read: Callable[[], Snapshot]
    learn: Callable[[Snapshot], tuple[Snapshot, Mapping[str, Formulas]]]


class Ledger:
    """`snapshot` is the spreadsheet as far as it is known."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.snapshot = source.read()

    def grid(self, sheet: str) -> Grid:
        """The sheet as far as it is known; RegisterReadOnly when it is gone."""
        found = self.snapshot.grid(sheet)
        if found is None:
            raise RegisterReadOnly(
                f"Lembar {sheet} tidak ada lagi.", "Muat ulang, lalu periksa nama lembarnya."
            )
        return found

    def refresh(self, after: Uncertain | None = None) -> None:
        """Read again; after a write without an answer, ServiceSilent says that nobody knows."""
        try:
            self.snapshot = self._source.read()
        except TrackerError as error:
            if after is None:
                raise
            raise nobody_knows() from error

    def learn(self, sheet: str) -> Formulas:
        """Exactly which cells of a sheet are formulas; the snapshot says so afterwards."""
        self.snapshot, formulas = self._source.learn(self.snapshot)
        return formulas.get(sheet, Formulas())

    def put(self, sheet: str, written: Mapping[int, Sequence[RawValue]]) -> None:
        """Note what rows hold now, by their 0-based number."""
        rows: list[Sequence[RawValue]] = list(self.grid(sheet).rows)
        rows += [[] for _ in range(max(written, default=-1) + 1 - len(rows))]
        for row, cells in written.items():
            rows[row] = cells
        self._replace(sheet, rows)

    def insert(self, sheet: str, row: int, added: Sequence[Sequence[RawValue]]) -> None:
        """Note that rows were inserted from 0-based `row` on."""
        rows: list[Sequence[RawValue]] = list(self.grid(sheet).rows)
        rows += [[] for _ in range(row - len(rows))]
        rows[row:row] = added
        self._replace(sheet, rows)

    def _replace(self, sheet: str, rows: list[Sequence[RawValue]]) -> None:
        grids = tuple(replace(one, rows=rows) if one.name == sheet else one for one in self.snapshot.grids)
        self.snapshot = replace(self.snapshot, grids=grids)
