"""Papers as a door asks for them: preview, file one or many, the facts alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tracker.desk.emblems import emblem_of
from tracker.desk.orders import JENIS, Order, Report
from tracker.desk.queue.waiting import waiting
from tracker.errors import TrackerError
from tracker.register.archive import Printed

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.desk.reading import Reading
    from tracker.desk.workshop import Workshop
    from tracker.register.archive import Filing
    from tracker.register.store import Store

__all__ = ["Batch", "Deliver", "file_all", "filed", "preview_all", "workshop"]

Deliver = Callable[[Report], None]
"""Called with each finished paper before anything is filed; what it raises keeps all of them from being filed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """How many papers are made: who gets each of them, and how many processes work on them."""

    deliver: Deliver | None = None
    workers: int = 1
    """More than one only where the program was started as one (`python -m …`): each is started in the same way."""


_NO_COPY: Final = (
    "Salinan naskah tidak disimpan: register ini tidak mempunyai map arsip. Untuk Google Sheets, sebut mapnya di arsip "
    "di bawah [google] pada setelan."
)
_UNWRITTEN: Final = "{} keputusan dari dasbor masih di antrean tulis, jadi tidak termasuk dalam naskah ini."
_NEW_SHEET: Final = "Lembar Arsip dibuat."


def workshop(store: Store, reading: Reading, now: datetime) -> tuple[Workshop, tuple[str, ...]]:
    """The workshop of this read, and what is to be said of the emblem and of decisions that wait to be written."""
    from tracker.desk.workshop import Workshop  # noqa: PLC0415 - only papers need the words of papers

    emblem, warnings = emblem_of(store, reading.register.sop)
    left_out = waiting(store)
    if left_out:
        warnings = (*warnings, _UNWRITTEN.format(left_out))
    return Workshop(reading, name=store.name, now=now, emblem=emblem, unwritten=left_out), warnings


def filed(
    store: Store, reading: Reading, wanted: Report | Order, now: datetime, deliver: Deliver | None
) -> Report:
    """`wanted`, filed; the caller holds the store. A preview that is still true is filed byte for byte."""
    shop, warnings = workshop(store, reading, now)
    report = wanted if isinstance(wanted, Report) and _is_still_true(shop, wanted) else None
    if report is None:
        order = wanted.order if isinstance(wanted, Report) else wanted
        report = replace(shop.make(order), is_remade=isinstance(wanted, Report))
    if deliver is not None:
        deliver(report)
    return _put(store, shop, [replace(report, warnings=warnings)])[0]


def file_all(
    store: Store, read: Callable[[], Reading], orders: Sequence[Order], now: datetime, call: Batch
) -> list[Report]:
    """Every order made from one read and filed with one write: all of them or none.

    Nobody is kept from writing while the papers are made; when somebody did, all are made anew under the lock.
    """
    with store.exclusive():  # a book that is open elsewhere says so at once
        shop, warnings = workshop(store, read(), now)
    known = list(shop.ledger.rows)
    made = list(_made(shop, warnings, orders, call))
    with store.exclusive():
        shop, warnings = workshop(store, read(), now)
        if any(one.register_hash != shop.digest for one in made) or shop.ledger.rows != known:
            made = [replace(one, is_remade=True) for one in _made(shop, warnings, orders, call)]
        return _put(store, shop, made)


def preview_all(
    store: Store, reading: Reading, orders: Sequence[Order], now: datetime, call: Batch
) -> list[Report]:
    """Every order made from one read, nothing filed."""
    shop, warnings = workshop(store, reading, now)
    return list(_made(shop, warnings, orders, call))


def _made(
    shop: Workshop, warnings: tuple[str, ...], orders: Sequence[Order], call: Batch
) -> Iterator[Report]:
    from tracker.desk.crew import made  # noqa: PLC0415 - only papers need the words of papers

    for one in made(shop, _numbered(shop, orders), call.workers):
        report = replace(one, warnings=warnings)
        if call.deliver is not None:
            call.deliver(report)
        yield report


def _numbered(shop: Workshop, orders: Sequence[Order]) -> list[tuple[Order, Filing]]:
    """Each order with its number, as if the papers before it had been filed already."""
    numbered = []
    for order in orders:
        wanted = shop.settled(order)
        filed = shop.filing(wanted)
        if wanted.is_for_archive:
            shop.ledger.note(filed.number, JENIS[wanted.kind], wanted.item or wanted.period, shop.digest)
        numbered.append((wanted, filed))
    return numbered


def _is_still_true(shop: Workshop, report: Report) -> bool:
    """Whether this preview is what would be printed now: the same content of the register, the same number."""
    if (report.register_hash, report.unwritten) != (
        shop.digest,
        shop.unwritten,
    ) or not report.order.is_for_archive:
        return False
    found = shop.filing(report.order)
    if report.order.kind in ("card", "sop"):
        return found.reprint == report.reprint
    return (found.number, found.reprint) == (report.number, report.reprint)


def _put(store: Store, shop: Workshop, reports: Sequence[Report]) -> list[Report]:
    """The reports with their copies under `arsip/YYYY/` and their rows in Arsip: all, or after an error none.

    A book without that sheet gets one, and the first report says so. Working copies (`xlsx`) and lists are no
    papers and are left alone.
    """
    copies: list[Path] = []
    done: list[Report] = []
    rows: list[Printed] = []
    try:
        for report in reports:
            if not report.order.is_for_archive:
                done.append(report)
                continue
            copy = store.file(report.folder, report.file_name, report.content)
            if copy is not None:
                copies.append(copy)
            done.append(_with(report, copy, is_new_sheet=not (rows or shop.ledger.is_there)))
            rows.append(_row(report, shop, copy.name if copy else ""))
        patch = shop.ledger.patch(rows)
        if not patch.is_empty:
            store.apply(patch)
    except (TrackerError, KeyboardInterrupt):
        for copy in copies:
            copy.unlink(missing_ok=True)
        raise
    return done


def _row(report: Report, shop: Workshop, file: str) -> Printed:
    return Printed(
        number=report.number,
        kind=report.kind,
        period=report.period,
        printed_at=shop.reading.aware(report.printed_at).replace(tzinfo=None),
        printed_by=report.order.printed_by,
        file=file,
        register_hash=report.register_hash,
        document_hash=report.document_hash,
    )


def _with(report: Report, copy: Path | None, *, is_new_sheet: bool) -> Report:
    said = [*report.warnings]
    if copy is None:
        said.append(_NO_COPY)
    if is_new_sheet:
        said.append(_NEW_SHEET)
    return replace(report, archived=copy, is_filed=True, warnings=tuple(said))
