"""One patch on its way into a spreadsheet: find, write, compare the receipt, make good, and only then answer.

A decision costs one read and one write. Changes go first, in one request; records that follow each other into one
table are one request too. What fails half-way is taken back in the same manner, all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.errors import RegisterBusy, TrackerError
from tracker.register.google.appending import Appending, runs
from tracker.register.google.debts import adopted, debts_of, joined
from tracker.register.google.ledger import Ledger, Source
from tracker.register.google.service import LayoutMoved, Service
from tracker.register.google.settling import TRIES, Settling
from tracker.register.google.troubles import Uncertain
from tracker.register.placing import land
from tracker.register.store import AppendRow, Patch

__all__ = ["Writing", "touched"]


class Writing:
    """One patch; `ledger` is the spreadsheet as far as it is known while it lands."""

    def __init__(self, service: Service, source: Source) -> None:
        self._service = service
        self.ledger = Ledger(source)
        self._settling = Settling(service, self.ledger)

    def apply(self, patch: Patch, last: Callable[[], None] = lambda: None) -> tuple[int, ...]:
        """1-based rows of all parts of the patch, with `last` done once they stand there.

        After any exception, one of `last` too, what was written has been taken back.
        """
        grids = {name: self.ledger.grid(name) for name in touched(patch)}
        changes = tuple(adopted(one, grids[one.sheet]) for one in patch.changes)
        landings = land(self.ledger.snapshot, Patch(changes))
        try:
            placed = self._settling.settle(debts_of(changes, landings, grids))
            rows = [placed[part] for part in range(len(changes))]
            for run in runs(patch.appends):
                rows += self._append(run)
            last()
        except (TrackerError, KeyboardInterrupt) as error:
            self._take_back(error)
            raise
        return tuple(row + 1 for row in rows)

    def _append(self, run: Sequence[AppendRow]) -> list[int]:
        """0-based rows of records that are added together."""
        adding, tries = Appending(self._service, self.ledger, run), 0
        trouble: TrackerError = RegisterBusy(
            "Google Sheets terus berubah saat ditulis.", "Tunggu, lalu ulangi."
        )
        rows = adding.rows()
        try:
            while len(rows) < len(run):
                if tries >= TRIES:
                    raise trouble
                known = len(rows)
                try:
                    self._add(adding, [at for at in range(len(run)) if at not in rows])
                except Uncertain as uncertain:
                    trouble = uncertain.trouble
                    self._settling.heard_nothing(uncertain)
                except LayoutMoved as moved:
                    trouble = moved.trouble
                    self.ledger.refresh()
                rows = adding.rows()
                tries += len(rows) <= known
        finally:
            self._settling.done += adding.done
        return [rows[at] for at in range(len(run))]

    def _add(self, adding: Appending, owed: Sequence[int]) -> None:
        """Fill ready rows with these records, or where there are none, insert them."""
        claims = adding.claims(owed)
        still = self._settling.pay(claims, {})
        self._settling.settle([debt for debt in still if not debt.parts])
        rests = adding.rests(owed)
        if not claims and not rests:
            adding.insert(owed)
            return
        done = self._settling.done
        done += [mark for mark, _ in rests if mark not in done]  # one whose answer was lost
        self._settling.settle([rest for _, rest in rests])

    def _take_back(self, error: TrackerError | KeyboardInterrupt) -> None:
        """Undo what was written of a patch that failed; the exception says so when that fails too."""
        done, self._settling = self._settling.done, Settling(self._service, self.ledger)
        if not done:
            return
        try:
            self.ledger.refresh()
            self._settling.settle([debt.undone for debt in joined(done)])
        except TrackerError:
            if isinstance(error, TrackerError):
                error.remedy = (
                    f"{error.remedy} Sebagian mungkin sudah tertulis: periksa lembar {done[0].sheet}.".strip()
                )


def touched(patch: Patch) -> frozenset[str]:
    """The sheets that a patch writes to."""
    return frozenset([one.sheet for one in patch.changes] + [one.sheet for one in patch.appends])
