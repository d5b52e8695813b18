"""The workshop: from one read of a register, and a moment, to finished papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from tracker.desk.file_names import file_name
from tracker.desk.kinds import MAKERS, Paper
from tracker.desk.orders import JENIS, LISTS, Half, Order, Report, half_of, month_named
from tracker.register.archive import Filing, Ledger
from tracker.sop.compliance import month_end, month_of, month_start
from tracker.sop.model import State
from tracker.sop.verdicts import NONE, ItemState
from tracker.views.papers.imprint import Imprint, Letterhead, letterhead

if TYPE_CHECKING:
    from tracker.desk.reading import Reading
    from tracker.sop.figures import Month
    from tracker.sop.verdicts import Evaluation
    from tracker.views.papers.compile import Attachment

__all__ = ["Workshop"]

_LARGEST_SOURCE: Final = 2_000_000
"""Bytes of canonical text; the content of a larger register is not attached (its digest still is)."""


class Workshop:
    """Papers of one read at one moment; the verdicts are computed once for all of them.

    `emblem` is the picture of the letterhead, `unwritten` how many decisions are not in this read yet. Nothing is
    written or filed here.
    """

    def __init__(
        self, reading: Reading, *, name: str, now: datetime, emblem: bytes | None = None, unwritten: int = 0
    ) -> None:
        self.unwritten = unwritten
        # A paper is of a second: neither the sheet nor the PDF has room for parts of one.
        self.reading, self.name, self.now, self.emblem = reading, name, now.replace(microsecond=0), emblem
        self.register = reading.register
        self.at = reading.minutes(now)
        self.source, self.digest = reading.canonical, reading.digest
        self.ledger = Ledger(reading.snapshot)

    @cached_property
    def evaluation(self) -> Evaluation:
        return self.reading.evaluate(self.now)

    @cached_property
    def head(self) -> Letterhead:
        return letterhead(self.register.sop, emblem=self.emblem)

    # -- what is wanted

    def settled(self, order: Order) -> Order:
        """The order with what was left out; WrongUsage for a period or an ID that cannot be meant."""
        paper = (order.paper or self.register.settings.paper).upper()
        period, item = order.period, order.item
        if order.kind == "monthly":
            period = str(self.month(order))
        elif order.kind == "semester":
            period = str(self.half(order))
        elif order.kind == "card":
            item = self._item(order.item)
        return replace(order, paper=paper, period=period, item=item)

    def month(self, order: Order) -> Month:
        return month_named(order.period) if order.period else month_of(self.at)

    def half(self, order: Order) -> Half:
        return half_of(order.period or month_of(self.at))

    def _item(self, typed: str) -> str:
        from tracker.views.status import item_index  # noqa: PLC0415

        at = item_index(self.evaluation, typed)
        return typed if at is None else str(self.register.items.id[at])

    def monthly_orders(self, like: Order, months: tuple[Month, Month]) -> list[Order]:
        """A monthly report for each month from the first to the last that has begun."""
        first, last = months[0], min(months[1], month_of(self.at))
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        return [replace(like, kind="monthly", period=str(first.shifted(n))) for n in range(count)]

    def cards(self, like: Order, months: tuple[Month, Month] | None) -> list[Order]:
        """A card for each item that was under way between these months (None: for every item), in sheet order."""
        states, ids = self.evaluation.items, self.register.items.id
        chosen = list(range(len(ids)))
        if months is not None:
            begin, end = month_start(months[0]), month_end(months[1])
            items = self.register.items
            is_dropped = (states.state == int(ItemState.CANCELLED)) & (
                items.cancelled_state != State.UNREADABLE
            )
            open_until = np.where(is_dropped, (items.cancelled_on + 1) * 1440, self.at)
            ended = np.where(states.finished_at == NONE, open_until, states.finished_at)
            under_way = (states.started_at != NONE) & (states.started_at <= end) & (ended >= begin)
            chosen = np.flatnonzero(under_way).tolist()
        return [
            replace(like, kind="card", item=one)
            for one in dict.fromkeys(str(ids[at]) for at in chosen)
            if one
        ]

    # -- filing

    def filing(self, order: Order) -> Filing:
        """The number that this paper has or would get, and how often this content was printed before."""
        if order.kind in LISTS:
            return Filing("", 0)
        jenis = JENIS[order.kind]
        if order.kind == "sop":
            return self.ledger.named(jenis, "", self.digest, self.register.sop.first("Nomor SOP"))
        if order.kind == "card":
            return self.ledger.named(jenis, order.item, self.digest, order.item)
        month = self.month(order) if order.kind == "monthly" else self.half(order).last
        template = self.register.settings.report_number
        return self.ledger.numbered(jenis, order.period, self.digest, template=template, month=month)

    # -- making

    def make(self, order: Order, filed: Filing | None = None) -> Report:
        """The paper (or, with form `xlsx`, its working copy) under the number that it has now, else `filed`.

        PaperFailed when it cannot be made; WrongUsage when the order names what is not there.
        """
        wanted = self.settled(order)
        filed = filed or self.filing(wanted)
        if wanted.form == "xlsx" and not filed.reprint and wanted.kind in ("monthly", "semester"):
            filed = Filing("", 0)  # a working copy takes no number; it names that of a filed paper
        made = self._made(wanted, self._imprint(wanted, filed))
        return Report(
            order=wanted,
            content=made.copy() if wanted.form == "xlsx" else made.pdf(self._attached(wanted)),
            number=made.number,
            json=made.document,
            file_name=file_name(wanted, made.number, self.reading.aware(self.now)),
            kind=JENIS[wanted.kind],
            period=made.period,
            register_hash=self.digest,
            printed_at=self.reading.aware(self.now),
            reprint=filed.reprint,
            unwritten=self.unwritten,
        )

    def document(self, order: Order) -> dict[str, object]:
        """The facts of the paper without making it; `number` is the one it would get."""
        wanted = self.settled(order)
        return self._made(wanted, self._imprint(wanted, self.filing(wanted))).document

    def _made(self, order: Order, imprint: Imprint) -> Paper:
        return MAKERS[order.kind](self, order, imprint)

    def _imprint(self, order: Order, filed: Filing) -> Imprint:
        settings = self.register.settings
        return Imprint(
            number=filed.number,
            printed_at=self.reading.aware(self.now),
            printed_by=order.printed_by,
            source_name=self.name,
            fingerprint=self.digest,
            zone=settings.zone,
            paper=order.paper or settings.paper,
            place=settings.signing_place,
            reprint=filed.reprint,
            unwritten=self.unwritten if order.kind != "sop" else 0,
        )

    def _attached(self, order: Order) -> tuple[Attachment, ...]:
        """The snapshot that a report was made from (source: the papers' layout, 0.6); cards would each repeat it."""
        from tracker.views.papers.compile import Attachment  # noqa: PLC0415 - loads typst

        if order.kind not in ("monthly", "semester") or len(self.source) > _LARGEST_SOURCE:
            return ()
        about = "Isi register yang menjadi sumber laporan ini; SHA-256 berkas ini adalah Sidik Register"
        return (Attachment("register.txt", self.source, "text/plain", about, "source"),)
