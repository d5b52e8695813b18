"""One patch on its way into a spreadsheet: find, write, compare the receipt, make good, and only then answer.

A decision costs one read and one write. Changes go first, in one request; every append is a request of its own. What
fails half-way is taken back in the same manner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.errors import ChangedMeanwhile, RegisterBusy, TrackerError
from tracker.register.google.appending import Appending, Taken
from tracker.register.google.debts import (
    Content,
    Debt,
    adopted,
    content_of,
    debts_of,
    equal,
    hits,
    repaired,
    rows_like,
)
from tracker.register.google.ledger import Ledger, Source
from tracker.register.google.service import LayoutMoved, RowWrite, Service
from tracker.register.google.troubles import Uncertain
from tracker.register.placing import land
from tracker.register.store import AppendRow, Grid, Patch, RawValue, Snapshot, letters

__all__ = ["Writing", "touched"]

_TRIES: Final = 4
"""How often an intended write is tried while rows keep moving under it."""
_ROUNDS: Final = 12
"""How often anything is written for one patch, repairs of hit rows included."""


class Writing:
    """One patch; `ledger` is the spreadsheet as far as it is known while it lands."""

    def __init__(self, service: Service, source: Source) -> None:
        self._service = service
        self.ledger = Ledger(source)
        self._done: list[Debt] = []
        self._damage: list[str] = []
        self._silence: TrackerError | None = None

    def apply(self, patch: Patch) -> tuple[int, ...]:
        """1-based rows of all parts of the patch. After any exception, what was written has been taken back."""
        grids = {name: self.ledger.grid(name) for name in touched(patch)}
        changes = tuple(adopted(one, grids[one.sheet]) for one in patch.changes)
        landings = land(self.ledger.snapshot, Patch(changes))
        try:
            placed = self._settle(debts_of(changes, landings, grids))
            rows = [placed[part] for part in range(len(changes))]
            rows += [self._append(one) for one in patch.appends]
        except TrackerError as error:
            self._take_back(error)
            raise
        return tuple(row + 1 for row in rows)

    # -- changes

    def _settle(self, debts: Sequence[Debt]) -> dict[int, int]:
        """Part → 0-based row, once every debt is paid. ChangedMeanwhile when one cannot be."""
        pending, placed, gone = list(debts), dict[int, int](), list[Debt]()
        tries, rounds = 0, 0
        while pending and rounds < _ROUNDS:
            found, lost = self._found(pending, placed)
            gone += lost
            if tries >= _TRIES:
                gone += [debt for debt, _ in found if debt.parts]
                found = [(debt, row) for debt, row in found if not debt.parts]
            tries += any(debt.parts for debt, _ in found)
            rounds += 1
            pending = self._pay(found, placed)
        self._conclude([*gone, *pending])
        return placed

    def _found(
        self, pending: list[Debt], placed: dict[int, int]
    ) -> tuple[list[tuple[Debt, int]], list[Debt]]:
        """(debts with the row they are owed to, debts whose row is not there exactly once)."""
        found, lost = [], []
        for debt in pending:
            grid = self.ledger.grid(debt.sheet)
            rows, paid = rows_like(grid, debt.before), rows_like(grid, debt.after)
            if len(rows) == 1:
                found.append((debt, rows[0]))
            elif not rows and len(paid) == 1:
                self._paid(debt, paid[0], placed)
            else:
                lost.append(debt)
        return found, lost

    def _paid(self, debt: Debt, row: int, placed: dict[int, int]) -> None:
        placed.update(dict.fromkeys(debt.parts, row))
        if debt.parts:
            self._done.append(debt)

    def _pay(self, found: list[tuple[Debt, int]], placed: dict[int, int]) -> list[Debt]:
        """Write; the debts that are open afterwards, those to rows hit by mistake among them."""
        if not found:
            return []
        was = self.ledger.snapshot
        try:
            receipts = self._service.write_rows([self._write_of(debt, row) for debt, row in found])
        except LayoutMoved:
            self.ledger.refresh()
            return [debt for debt, _ in found]
        except Uncertain as uncertain:
            self._silence = uncertain.trouble
            self.ledger.refresh(uncertain)
            return [one for debt, _ in found for one in self._after_silence(was, debt)]
        self._silence, missed = None, []
        for (debt, row), shown in zip(found, receipts, strict=True):
            if equal(content_of(self.ledger.grid(debt.sheet), row, shown), debt.after):
                self.ledger.put(debt.sheet, row, shown)
                self._paid(debt, row, placed)
            else:
                missed.append((debt, row, shown))
        if missed:
            self.ledger.refresh()
        return [one for debt, row, shown in missed for one in self._after_miss(was, debt, row, shown)]

    def _write_of(self, debt: Debt, row: int) -> RowWrite:
        width = max([max(debt.cells) + 1, *(len(cells) for cells in self.ledger.grid(debt.sheet).rows)])
        return RowWrite(debt.sheet, row, width, debt.cells)

    def _after_miss(self, was: Snapshot, debt: Debt, row: int, shown: tuple[RawValue, ...]) -> list[Debt]:
        before = was.grid(debt.sheet) or self.ledger.grid(debt.sheet)
        return [*self._repairs(before, debt, [content_of(before, row, shown)], row), debt]

    def _after_silence(self, was: Snapshot, debt: Debt) -> list[Debt]:
        now = self.ledger.grid(debt.sheet)
        before = was.grid(debt.sheet) or now
        found = hits(before, now, debt)
        row = rows_like(now, found[0])[0] if found else 0
        return [*self._repairs(before, debt, found, row), debt]

    def _repairs(self, before: Grid, debt: Debt, found: list[Content], row: int) -> list[Debt]:
        """The debt to the row that was hit; where it is not certain which, or what stood there, it is reported."""
        repair = repaired(before, self.ledger.grid(debt.sheet), debt, found[0]) if len(found) == 1 else None
        if found and repair is None:
            self._harmed(debt, row)
        return [] if repair is None else [repair]

    def _harmed(self, debt: Debt, row: int) -> None:
        cells = ", ".join(f"{letters(column)}{row + 1}" for column in sorted(debt.cells))
        self._damage.append(f"sel {cells} lembar {debt.sheet}")

    def _conclude(self, open_debts: list[Debt]) -> None:
        """ChangedMeanwhile when a row could not be found, or could not be made good."""
        broken = [debt for debt in open_debts if not debt.parts]
        self._damage += [f"satu baris lembar {debt.sheet} (isi {_words(debt)})" for debt in broken]
        if self._damage:
            raise ChangedMeanwhile(
                f"Baris dipindahkan orang lain tepat saat ditulis; periksa {'; '.join(self._damage)}.",
                "Buka riwayat versi spreadsheet, betulkan sel itu, lalu muat ulang.",
            )
        if open_debts and self._silence is not None:
            raise self._silence
        if open_debts:
            debt = open_debts[0]
            raise ChangedMeanwhile(
                f"Baris di lembar {debt.sheet} terus diubah orang lain, jadi tidak ditulis.",
                "Muat ulang, periksa isinya, lalu ulangi bila masih perlu.",
                expected=tuple(debt.before[column] for column in sorted(debt.before)),
            )

    # -- appends

    def _append(self, append: AppendRow) -> int:
        """0-based row of one appended record."""
        adding = Appending(self._service, self.ledger, append)
        trouble: TrackerError = RegisterBusy(
            "Google Sheets terus berubah saat ditulis.", "Tunggu, lalu ulangi."
        )
        try:
            for _ in range(_TRIES):
                row = adding.landed()
                if row is not None:
                    return row
                try:
                    return self._added(adding)
                except Uncertain as uncertain:
                    trouble = uncertain.trouble
                    self.ledger.refresh(uncertain)
                except LayoutMoved as moved:
                    trouble = moved.trouble
                    self.ledger.refresh()
                except Taken as taken:
                    self.ledger.refresh()
                    self._settle([taken.repair])
            row = adding.landed()
        finally:
            self._done += adding.done
        if row is None:
            raise trouble
        return row

    def _added(self, adding: Appending) -> int:
        ready = adding.ready_row()
        return adding.insert() if ready is None else self._settle([ready])[-1]

    def _take_back(self, error: TrackerError) -> None:
        """Undo what was written of a patch that failed; the exception says so when that fails too."""
        done, self._done, self._damage = self._done, [], []
        if not done:
            return
        try:
            self.ledger.refresh()
            for debt in reversed(done):
                self._settle([debt.undone])
        except TrackerError:
            error.remedy = (
                f"{error.remedy} Sebagian mungkin sudah tertulis: periksa lembar {done[0].sheet}.".strip()
            )


def touched(patch: Patch) -> frozenset[str]:
    """The sheets that a patch writes to."""
    return frozenset([one.sheet for one in patch.changes] + [one.sheet for one in patch.appends])


def _words(debt: Debt) -> str:
    return ", ".join(str(debt.before[column]) for column in sorted(debt.before))
