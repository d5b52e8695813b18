"""Paying debts: rows found by their whole content, written, the receipt compared, rows hit by mistake made good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.errors import ChangedMeanwhile, TrackerError
from tracker.register.google.debts import (
    Content,
    Debt,
    appeared,
    content_of,
    equal,
    hits,
    originals_of,
    repaired,
    rows_like,
    unmarked,
)
from tracker.register.google.ledger import Ledger
from tracker.register.google.service import LayoutMoved, RowWrite, Service
from tracker.register.google.troubles import Uncertain
from tracker.register.store import RawValue, Snapshot, letters

__all__ = ["TRIES", "Settling"]

TRIES: Final = 4
"""How often an intended write is tried while rows keep moving under it."""
_ROUNDS: Final = 12
"""How often anything is written for one patch, repairs of hit rows included."""


@dataclass(frozen=True, slots=True)
class _Miss:
    """A debt that a write did not pay, the row that it went to, and the rows that it may have hit there."""

    debt: Debt
    row: int
    hits: tuple[Content, ...]


class Settling:
    """Debts to one spreadsheet; `done` are those that were paid, which undoing has to take back."""

    def __init__(self, service: Service, ledger: Ledger) -> None:
        self._service = service
        self.ledger = ledger
        self.done: list[Debt] = []
        self._next: list[Debt] = []
        self._damage: list[str] = []
        self.silence: TrackerError | None = None
        self._silences = 0

    def heard_nothing(self, uncertain: Uncertain) -> None:
        """A write got no answer: wait a little, then look what stands there now."""
        self._silences += 1
        self._service.pause(self._silences)
        self.ledger.refresh(uncertain)

    def settle(self, debts: Sequence[Debt]) -> dict[int, int]:
        """Part → 0-based row, once every debt is paid. ChangedMeanwhile when one cannot be.

        Rows that were hit by mistake come first: one of them may be the row that another debt is owed to.
        """
        pending, placed = list(debts), dict[int, int]()
        gone, unpaid = list[Debt](), list[Debt]()
        tries, rounds = 0, 0
        while pending and rounds < _ROUNDS:
            pending = [debt.in_steps for debt in pending]
            repairs = [debt for debt in pending if not debt.parts]
            later = [debt for debt in pending if debt.parts] if repairs else []
            found, lost = self._found(repairs or pending, placed)
            gone += lost
            if tries >= TRIES:
                unpaid += [debt for debt, _ in found if debt.parts]
                found = [(debt, row) for debt, row in found if not debt.parts]
            tries += any(debt.parts for debt, _ in found)
            rounds += 1
            pending = [*later, *self.pay(found, placed), *self._next]
            self._next = []
        self._conclude(gone, [*unpaid, *pending])
        return placed

    def _found(
        self, pending: list[Debt], placed: dict[int, int]
    ) -> tuple[list[tuple[Debt, int]], list[Debt]]:
        """(debts with the row they are owed to, debts whose row is not there exactly once)."""
        found, lost, taken = [], [], set[tuple[str, int]]()
        for debt in pending:
            grid = self.ledger.grid(debt.sheet)
            rows, paid = (
                [row for row in rows_like(grid, one) if not debt.is_own or (debt.sheet, row) not in taken]
                for one in (debt.before, debt.after)
            )
            if len(rows) == 1 or (rows and debt.is_own):
                found.append((debt, rows[-1]))
                taken.add((debt.sheet, rows[-1]))
            elif not rows and (len(paid) == 1 or (paid and debt.is_own)):
                self._paid(debt, paid[-1], placed)
                taken.add((debt.sheet, paid[-1]))
            elif not rows and debt.is_own and not debt.after and self.silence is not None:
                pass  # a row that was to be emptied, and is: an empty row cannot be told from another
            else:
                lost.append(debt)
        return found, lost

    def _paid(self, debt: Debt, row: int, placed: dict[int, int]) -> None:
        placed.update(dict.fromkeys(debt.parts, row))
        if debt.then is not None:
            self._next.append(debt.then)
        if debt.parts:
            self.done.append(debt)

    def pay(self, found: Sequence[tuple[Debt, int]], placed: dict[int, int]) -> list[Debt]:
        """Write; the debts that are open afterwards, those to rows hit by mistake among them."""
        if not found:
            return []
        was = self.ledger.snapshot
        try:
            receipts = self._service.write_rows(self._writes(found))
        except LayoutMoved:
            self.ledger.refresh()
            return [debt for debt, _ in found]
        except Uncertain as uncertain:
            self.silence = uncertain.trouble
            self.heard_nothing(uncertain)
            return self._after_silence(was, [debt for debt, _ in found])
        self.silence, missed = None, list[_Miss]()
        written: dict[str, dict[int, tuple[RawValue, ...]]] = {}
        for (debt, row), shown in zip(found, receipts, strict=True):
            if equal(content_of(self.ledger.grid(debt.sheet), row, shown), debt.after):
                written.setdefault(debt.sheet, {})[row] = shown
                self._paid(debt, row, placed)
            else:
                before = was.grid(debt.sheet) or self.ledger.grid(debt.sheet)
                missed.append(_Miss(debt, row, (content_of(before, row, shown),)))
        for sheet, rows in written.items():
            self.ledger.put(sheet, rows)
        if missed:
            self.ledger.refresh()
        return self._made_good(was, missed, [debt for debt, _ in found])

    def _writes(self, found: Sequence[tuple[Debt, int]]) -> list[RowWrite]:
        sheets = {debt.sheet for debt, _ in found}
        widths = {one: max((len(cells) for cells in self.ledger.grid(one).rows), default=0) for one in sheets}
        return [
            RowWrite(debt.sheet, row, max([widths[debt.sheet], *(at + 1 for at in debt.cells)]), debt.cells)
            for debt, row in found
        ]

    def _after_silence(self, was: Snapshot, debts: Sequence[Debt]) -> list[Debt]:
        new = {one: appeared(was.grid(one), self.ledger.grid(one)) for one in {debt.sheet for debt in debts}}
        missed = []
        for debt in debts:
            now = self.ledger.grid(debt.sheet)
            found = hits(new[debt.sheet], now, debt)
            row = rows_like(now, found[0])[0] if found else 0
            missed.append(_Miss(debt, row, tuple(found)))
        return self._made_good(was, missed, debts)

    def _made_good(self, was: Snapshot, missed: Sequence[_Miss], debts: Sequence[Debt]) -> list[Debt]:
        """The debts that are still to be paid, each after the one to the row that was hit instead."""
        hit = [(one.debt, original) for one in missed for original in self._known(was, one)]
        still: list[Debt] = []
        for one in missed:
            # Rows that the other writes of the request were meant for, or are known to have hit.
            others = [debt.before for debt in debts if debt is not one.debt and debt.sheet == one.debt.sheet]
            others += [row for debt, row in hit if debt is not one.debt and debt.sheet == one.debt.sheet]
            still += [*self._repairs(was, one, others), one.debt]
        return still

    def _known(self, was: Snapshot, miss: _Miss) -> list[Content]:
        grid = was.grid(miss.debt.sheet)
        return [] if grid is None or len(miss.hits) != 1 else originals_of(grid, miss.debt, miss.hits[0])

    def _repairs(self, was: Snapshot, miss: _Miss, others: Sequence[Content]) -> list[Debt]:
        """The debt to the row that was hit; where it is not certain which, or what stood there, it is reported."""
        debt, repair, is_known = miss.debt, None, False
        if len(miss.hits) == 1:
            now = self.ledger.grid(debt.sheet)
            before = was.grid(debt.sheet) or now
            repair = repaired(before, now, debt, miss.hits[0], others)
            is_known = repair is not None
            if repair is None and debt.is_mark:
                repair = unmarked(before, now, debt, miss.hits[0], others)
                is_known = repair is not None and debt.is_hidden
        if miss.hits and not is_known:
            self._harmed(debt, miss.row)
        return [] if repair is None else [repair]

    def _harmed(self, debt: Debt, row: int) -> None:
        cells = ", ".join(f"{letters(column)}{row + 1}" for column in sorted(debt.cells))
        self._damage.append(f"sel {cells} lembar {debt.sheet}")

    def _conclude(self, gone: list[Debt], unpaid: list[Debt]) -> None:
        """ChangedMeanwhile when a row could not be found, or could not be made good."""
        broken = [debt for debt in (*gone, *unpaid) if not debt.parts]
        self._damage += [f"satu baris lembar {debt.sheet} (isi {_words(debt)})" for debt in broken]
        if self._damage:
            raise ChangedMeanwhile(
                f"Baris dipindahkan orang lain tepat saat ditulis; periksa {'; '.join(self._damage)}.",
                "Buka riwayat versi spreadsheet, betulkan sel itu, lalu muat ulang.",
            )
        if unpaid and not gone and self.silence is not None:
            raise self.silence
        if gone or unpaid:
            debt = [*gone, *unpaid][0]
            raise ChangedMeanwhile(
                f"Baris di lembar {debt.sheet} terus diubah orang lain, jadi tidak ditulis.",
                "Muat ulang, periksa isinya, lalu ulangi bila masih perlu.",
                expected=tuple(debt.before[column] for column in sorted(debt.before)),
            )


def _words(debt: Debt) -> str:
    return ", ".join(str(debt.before[column]) for column in sorted(debt.before))
