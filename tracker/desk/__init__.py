"""Use cases: open a register, evaluate it, change it, print from it, verify what was printed.

The doors (command line, dashboard, `import tracker`) call these and nothing below. Moments given to a desk are
`datetime`: naive ones are local time of the register's zone, aware ones are converted to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.desk import papers
from tracker.desk.founding import new_register, sample_bytes, template_bytes
from tracker.desk.orders import Order, Report
from tracker.desk.reading import Reading
from tracker.register import changes
from tracker.register.commands import AddItem, CancelItem, Command, RecordEvent
from tracker.register.google.addresses import is_google
from tracker.register.opening import open_store
from tracker.register.reader import read_register
from tracker.register.store import Snapshot, Store
from tracker.sop.figures import Month

if TYPE_CHECKING:
    from tracker.desk.verifying import Verification
    from tracker.sop.verdicts import Evaluation

__all__ = [
    "AddItem",
    "CancelItem",
    "Desk",
    "Month",
    "Order",
    "Reading",
    "RecordEvent",
    "Report",
    "Written",
    "is_google",
    "new_register",
    "open_desk",
    "sample_bytes",
    "template_bytes",
]


@dataclass(frozen=True, slots=True)
class Written:
    """What a change wrote: the sheet and 1-based row of its main record, the item, and heading → value."""

    sheet: str
    row: int
    id: str
    written: dict[str, str | int | float | None]
    revision: str
    warnings: tuple[str, ...] = ()
    """Indonesian sentences of findings that did not prevent the write."""


class Desk:
    """One open register."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def name(self) -> str:
        """What a person calls this register."""
        return self.store.name

    def read(self) -> Reading:
        """Read the whole register now."""
        return self.interpret(self.store.read())

    def interpret(self, snapshot: Snapshot) -> Reading:
        """The meaning of a snapshot that was read before."""
        return Reading(snapshot, read_register(snapshot))

    def evaluate(self, now: datetime) -> Evaluation:
        """Read and judge the register at `now`."""
        return self.read().evaluate(now)

    def add(self, command: AddItem, *, now: datetime) -> Written:
        """Add an item (with `by`, its finished first step too): both rows or neither.

        ChangeRefused with findings when the rules forbid it; RegisterReadOnly, RegisterBusy, ChangedMeanwhile or
        PackageRefused as the store says. After any of them the register is as before.
        """
        return self._change(command, now)

    def record(self, command: RecordEvent, *, now: datetime) -> Written:
        """Record an event, or complete the open event of that step; errors as `add`."""
        return self._change(command, now)

    def cancel(self, command: CancelItem, *, now: datetime) -> Written:
        """Drop an item from the day of `now` on; errors as `add`."""
        return self._change(command, now)

    def _change(self, command: Command, now: datetime) -> Written:
        with self.store.exclusive():
            reading = self.read()
            plan = changes.plan(reading.snapshot, reading.register, command, now=reading.minutes(now))
            receipt = self.store.apply(plan.patch)
        return Written(
            sheet=plan.sheet,
            row=receipt.rows[plan.main],
            id=plan.id,
            written=plan.written,
            revision=receipt.revision,
            warnings=plan.warnings,
        )

    # -- papers

    def preview(self, order: Order, *, now: datetime, reading: Reading | None = None) -> Report:
        """The paper with the number it would get now; nothing is filed, nothing is created.

        Made from `reading` where one is given, else from a new read.

        PaperFailed when it cannot be made; WrongUsage when the order names what is not there.
        """
        shop, warnings = papers.workshop(self.store, reading or self.read(), now)
        return replace(shop.make(order), warnings=warnings)

    def file(self, wanted: Report | Order, *, now: datetime, deliver: papers.Deliver | None = None) -> Report:
        """The paper, filed: its number is fixed, its row stands in Arsip, its copy lies under `arsip/YYYY/`.

        A previewed report is filed byte for byte while the register's digest and the next number are those of the
        preview; else it is made anew (`is_remade`). `deliver` gets the finished paper before anything is filed, and
        what it raises leaves everything as it was. Errors as `preview` and `add`; after any of them nothing is filed.
        """
        with self.store.exclusive():
            return papers.filed(self.store, self.read(), wanted, now, deliver)

    def file_all(
        self,
        orders: Sequence[Order],
        *,
        now: datetime,
        deliver: papers.Deliver | None = None,
        workers: int = 1,
    ) -> list[Report]:
        """Many papers from one read, filed with one write: all of them or none; errors and `deliver` as `file`.

        With more than one of `workers`, so many processes make them; the papers are the same. Others may write
        meanwhile: then all are made anew (`is_remade`) and `deliver` gets each of them again.
        """
        return papers.file_all(self.store, self.read, orders, now, papers.Batch(deliver, workers))

    def preview_all(
        self,
        orders: Sequence[Order],
        *,
        now: datetime,
        deliver: papers.Deliver | None = None,
        workers: int = 1,
    ) -> list[Report]:
        """Many papers from one read, nothing filed; errors, `deliver` and `workers` as `file_all`."""
        return papers.preview_all(self.store, self.read(), orders, now, papers.Batch(deliver, workers))

    def orders(
        self, like: Order, months: tuple[Month, Month] | None, *, now: datetime, has_months: bool = False
    ) -> list[Order]:
        """One card, otherwise as `like`, for each item under way between two months (None: for every item).

        With `has_months`, the report of each of these months that has begun comes before them.
        """
        shop, _ = papers.workshop(self.store, self.read(), now)
        return [
            *(shop.monthly_orders(like, months) if months and has_months else ()),
            *shop.cards(like, months),
        ]

    def paper_json(self, order: Order, *, now: datetime) -> dict[str, object]:
        """The facts of a paper as a document, with the number it would get; nothing is made or filed."""
        shop, _ = papers.workshop(self.store, self.read(), now)
        return shop.document(order)

    def monthly_json(self, month: Month | None, *, now: datetime) -> dict[str, object]:
        """The figures of a month (default: that of `now`) as the document of `report monthly --json`."""
        return self.paper_json(Order("monthly", period=str(month or "")), now=now)

    def monthly_report(
        self,
        month: Month | None,
        *,
        now: datetime,
        paper: str | None = None,
        signed_by: str = "",
        printed_by: str = "",
        archive: bool = True,
    ) -> Report:
        """The monthly report as PDF; filed as `file` does unless `archive` is false."""
        order = Order(
            "monthly", period=str(month or ""), paper=paper, signed_by=signed_by, printed_by=printed_by
        )
        return self.file(order, now=now) if archive else self.preview(order, now=now)

    def verify(self, content: bytes) -> Verification:
        """Whether this printed file, and this register, are those it was printed from; nothing is created."""
        from tracker.desk.verifying import verified  # noqa: PLC0415 - loads the reader of papers

        return verified(content, self.read(), name=self.name)


def open_desk(target: str | Path) -> Desk:
    """Open a register: a path to an `.xlsx` or `.xlsm`, a Google Sheets URL, or `gsheet:ID`.

    Nothing is read yet; a register that is not there shows itself on the first read.
    """
    return Desk(open_store(str(target)))
