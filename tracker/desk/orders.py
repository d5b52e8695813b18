"""What a door asks for when it wants a paper, and what it gets."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from tracker.errors import WrongUsage
from tracker.sop.figures import Month

__all__ = [
    "JENIS",
    "LISTS",
    "YEARS",
    "Form",
    "Half",
    "Order",
    "PaperKind",
    "Report",
    "half_of",
    "month_named",
]

PaperKind = Literal["sop", "card", "monthly", "semester", "running", "issues"]
Form = Literal["pdf", "xlsx"]

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_HALF: Final = re.compile(r"(\d{4})-S([12])", re.ASCII | re.IGNORECASE)
YEARS: Final = range(2000, 2100)
"""The years that a register can hold moments of (see `tracker.register.moments`)."""


JENIS: Final[dict[PaperKind, str]] = {
    "sop": "SOP",
    "card": "Kartu Kendali",
    "monthly": "Laporan Bulanan",
    "semester": "Pemantauan Semester",
    "running": "Daftar Konten Berjalan",
    "issues": "Daftar Temuan Data",
}
"""How column Jenis of Arsip names each kind of paper; the lists never stand there."""
LISTS: Final[frozenset[PaperKind]] = frozenset({"running", "issues"})
"""Working lists: for a meeting or a round of mending, without number, signature and row in Arsip."""


@dataclass(frozen=True, slots=True)
class Half:
    """Half a year: 1 is January to June, 2 July to December."""

    year: int
    half: int

    def __str__(self) -> str:
        return f"{self.year:04d}-S{self.half}"

    @property
    def last(self) -> Month:
        """The month it ends with."""
        return Month(self.year, 6 * self.half)


@dataclass(frozen=True, slots=True)
class Order:
    """Which paper is wanted; what is left out is taken from the register or the moment."""

    kind: PaperKind
    period: str = ""
    """`2026-11` of a monthly report, `2026-S2` of a semester form; empty: the running one."""
    item: str = ""
    """The ID of a card's item, however it is typed."""
    paper: str | None = None
    """`A4` or `F4`; None: what sheet SOP says."""
    form: Form = "pdf"
    """`xlsx` is the editable copy: a working copy without number, signature and row in Arsip."""
    signed_by: str = ""
    """Who signs, where several hold the office."""
    printed_by: str = ""

    @property
    def is_for_archive(self) -> bool:
        """Whether it is a paper that can be filed, not a working copy or a working list."""
        return self.form == "pdf" and self.kind not in LISTS


@dataclass(frozen=True, slots=True)
class Report:
    """One paper, made; `archived` and `warnings` say what became of it."""

    order: Order
    content: bytes
    number: str
    """As printed; empty where the paper has none."""
    json: dict[str, object]
    """The same facts as a document."""
    file_name: str
    """From a fixed pattern, safe on every system."""
    kind: str
    """As column Jenis of Arsip names it."""
    period: str
    """As column Periode of Arsip has it: the period, or the ID of the item."""
    register_hash: str
    """Sidik Register: 64 hex digits."""
    printed_at: datetime
    """Aware; the moment that stands on the paper."""
    reprint: int = 0
    """0 for the first print of this content, n for the n-th reprint, which keeps the number."""
    unwritten: int = 0
    """Decisions of the dashboard that waited in the queue on disk: they are not in this paper."""
    archived: Path | None = None
    """Where the filed copy lies; None when there is none."""
    is_filed: bool = False
    """Whether its row stands in sheet Arsip."""
    is_remade: bool = False
    """Whether the register or the next number had changed since the preview, so that it was made anew."""
    warnings: tuple[str, ...] = ()

    @property
    def document_hash(self) -> str:
        """Sidik Dokumen: SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def folder(self) -> str:
        """Where it is filed beside the register: the year of the period, else of the print."""
        year = self.order.period[:4] if self.order.period else str(self.printed_at.year)
        return f"arsip/{year}"


def month_named(period: str) -> Month:
    """The month that `2026-11` names; WrongUsage for anything else."""
    match = _MONTH.fullmatch(period)
    if match is None or int(match[1]) not in YEARS or not 1 <= int(match[2]) <= 12:
        raise WrongUsage(f"{period!r} bukan bulan.", "Tulis seperti 2026-10.")
    return Month(int(match[1]), int(match[2]))


def half_of(period: str | Month) -> Half:
    """The half year that `2026-S2` names, or that a month lies in; WrongUsage for any other text."""
    if isinstance(period, Month):
        return Half(period.year, 1 if period.month <= 6 else 2)
    match = _HALF.fullmatch(period)
    if match is None or int(match[1]) not in YEARS:
        raise WrongUsage(f"{period!r} bukan semester.", "Tulis seperti 2026-S2.")
    return Half(int(match[1]), int(match[2]))
