"""Use cases: open a register, evaluate it, change it, print from it.

The doors (command line, dashboard, `import tracker`) call these and nothing below. Moments given to a desk are
`datetime`: naive ones are local time of the register's zone, aware ones are converted to it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tracker.desk.founding import new_register, template_bytes
from tracker.errors import TrackerError
from tracker.register import changes
from tracker.register.archive import Filing, Printed, file_paper, filing
from tracker.register.commands import AddItem, CancelItem, Command, RecordEvent
from tracker.register.fingerprint import fingerprint
from tracker.register.google.addresses import is_google
from tracker.register.moments import minutes_of
from tracker.register.opening import open_store
from tracker.register.reader import read_register
from tracker.register.store import Snapshot, Store
from tracker.sop.compliance import month_figures, month_of
from tracker.sop.evaluation import evaluate
from tracker.sop.figures import Month, MonthFigures

if TYPE_CHECKING:
    from tracker.sop.model import Register
    from tracker.sop.verdicts import Evaluation
    from tracker.views.papers.signing import Signing

__all__ = [
    "AddItem",
    "CancelItem",
    "Desk",
    "Month",
    "Reading",
    "RecordEvent",
    "Report",
    "Written",
    "is_google",
    "new_register",
    "open_desk",
    "template_bytes",
]

_MONTHLY = "Laporan Bulanan"


@dataclass(frozen=True, slots=True)
class Reading:
    """One read of a register: the cells, and what they mean."""

    snapshot: Snapshot
    register: Register

    @property
    def revision(self) -> str:
        return self.snapshot.revision

    def aware(self, at: datetime) -> datetime:
        """A moment with the register's zone; naive ones are already local."""
        zone = ZoneInfo(self.register.settings.zone)
        return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)

    def minutes(self, at: datetime) -> int:
        """A moment as local minutes of the register's zone; seconds are dropped."""
        return minutes_of(self.aware(at).replace(tzinfo=None, second=0, microsecond=0))

    def evaluate(self, now: datetime) -> Evaluation:
        """The verdicts of the rules at `now`."""
        return evaluate(self.register, self.minutes(now))

    def month(self, month: Month | None, now: datetime) -> MonthFigures:
        """The compliance figures of a month (default: the month of `now`), as of min(now, its end)."""
        at = self.minutes(now)
        return month_figures(self.register, month or month_of(at), at)


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


@dataclass(frozen=True, slots=True)
class Report:
    """A paper: its bytes, its number, the same figures as a JSON document, and the name its file should have."""

    pdf: bytes
    number: str
    json: dict[str, object]
    file_name: str
    archived: Path | None = None
    """Where the filed copy lies; None when it was not filed."""
    warnings: tuple[str, ...] = field(default=())


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

    def monthly_json(self, month: Month | None, *, now: datetime) -> dict[str, object]:
        """The figures of a month as the document of `report monthly --json`, with the number it would get."""
        from tracker.views.monthly import monthly_json  # noqa: PLC0415 - only papers need the wording of papers

        reading = self.read()
        figures = reading.month(month, now)
        return monthly_json(figures, number=_filing(reading, figures, fingerprint(reading.snapshot)).number)

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
        """The monthly report as PDF; filed in sheet Arsip and under `arsip/YYYY/` unless `archive` is false.

        PaperFailed when the figures do not add up or a text cannot be printed; the errors of `add` when it is to
        be filed. The number is fixed here; a reprint of unchanged content keeps its number.
        """
        if not archive:
            return self._monthly(self.read(), month, now, (paper, signed_by, printed_by))
        with self.store.exclusive():
            reading = self.read()
            report = self._monthly(reading, month, now, (paper, signed_by, printed_by))
            return self._filed(reading, report, now, printed_by)

    def _monthly(
        self, reading: Reading, month: Month | None, now: datetime, options: tuple[str | None, str, str]
    ) -> Report:
        from tracker.views.monthly import monthly_json, monthly_paper  # noqa: PLC0415 - loads typst
        from tracker.views.papers import monthly_pdf  # noqa: PLC0415
        from tracker.views.papers.imprint import Imprint  # noqa: PLC0415

        paper, signed_by, printed_by = options
        register, digest = reading.register, fingerprint(reading.snapshot)
        figures = reading.month(month, now)
        filed = _filing(reading, figures, digest)
        imprint = Imprint(
            number=filed.number,
            printed_at=reading.aware(now),
            printed_by=printed_by,
            source_name=self.name,
            fingerprint=digest,
            zone=register.settings.zone,
            paper=(paper or register.settings.paper).upper(),
            place=register.settings.signing_place,
            reprint=filed.reprint,
        )
        day = reading.minutes(now) // 1440
        signing = _signing(register, day, signed_by)
        made = monthly_paper(
            figures, register.sop, imprint=imprint, signing=signing, findings=figures.findings
        )
        return Report(
            pdf=monthly_pdf(made),
            number=filed.number,
            json=monthly_json(figures, number=filed.number),
            file_name=f"kepatuhan-bulanan-{figures.month}.pdf",
        )

    def _filed(self, reading: Reading, report: Report, now: datetime, printed_by: str) -> Report:
        """The report with its copy under `arsip/YYYY/` and its row in Arsip."""
        local = reading.aware(now).replace(tzinfo=None)
        digest = hashlib.sha256(report.pdf).hexdigest()
        period = str(report.json["period"])
        copy = self.store.file(f"arsip/{period[:4]}", report.file_name, report.pdf)
        row = Printed(
            number=report.number,
            kind=_MONTHLY,
            period=period,
            printed_at=local,
            printed_by=printed_by,
            file=copy.name if copy else "",
            register_hash=fingerprint(reading.snapshot),
            document_hash=digest,
        )
        patch = file_paper(reading.snapshot, row)
        if patch is None:
            return _with(report, copy, "Lembar Arsip tidak ada, jadi naskah ini tidak tercatat di buku.")
        try:
            self.store.apply(patch)
        except TrackerError:
            if copy is not None:
                copy.unlink(missing_ok=True)
            raise
        return _with(report, copy)


def _with(report: Report, copy: Path | None, *warnings: str) -> Report:
    return Report(report.pdf, report.number, report.json, report.file_name, copy, warnings)


def _signing(register: Register, day: int, signed_by: str) -> Signing:
    """Who makes and who countersigns the monthly report on this day; `signed_by` names the countersigner."""
    from tracker.views.papers.signing import Signing, signatory, signature, signing_roles  # noqa: PLC0415

    maker, approver = signing_roles(register.sop)
    return Signing(
        maker=signature("Dibuat oleh,", maker, signatory(register.people, maker, day)),
        approver=signature(
            "Mengetahui,", approver, signatory(register.people, approver, day, named=signed_by)
        ),
    )


def _filing(reading: Reading, figures: MonthFigures, digest: str) -> Filing:
    return filing(
        reading.snapshot,
        kind=_MONTHLY,
        month=figures.month,
        register_hash=digest,
        template=reading.register.settings.report_number,
    )


def open_desk(target: str | Path) -> Desk:
    """Open a register: a path to an `.xlsx` or `.xlsm`, a Google Sheets URL, or `gsheet:ID`.

    Nothing is read yet; a register that is not there shows itself on the first read.
    """
    return Desk(open_store(str(target)))
