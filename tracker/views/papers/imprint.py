"""What every paper says about itself: number, register, moment, fingerprint, size; and its letterhead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from tracker.errors import WrongUsage
from tracker.sop.model import Sop
from tracker.views import wording
from tracker.views.papers.matching import digest_lines, matching_text, short_digest
from tracker.views.papers.text import Printable

__all__ = ["Imprint", "Letterhead", "frame", "identity", "letterhead", "local_minutes", "unwritten_notice"]

_SIZES: Final = {"A4": (210, 297), "F4": (215, 330)}
"""Width and height in millimetres; F4 is the Indonesian folio, not the American one."""
# Limits of what a head or a footer may hold (source: the papers' layout, 0.7).
_LINE: Final = 120
_LINES: Final = 4
_ADDRESS: Final = 200
_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Imprint:
    """The identity of one printed paper."""

    number: str
    """Empty for a paper that is not filed."""
    printed_at: datetime
    """Aware."""
    printed_by: str
    source_name: str
    """The register's own name: a file name or the title of a spreadsheet."""
    fingerprint: str
    """Sidik Register: 64 hex digits."""
    zone: str = "Asia/Makassar"
    paper: str = "A4"
    place: str = ""
    """Where it is signed; empty leaves only the date."""
    read_at: datetime | None = None
    """Aware; when the register was read. None: at the moment of printing."""
    reprint: int = 0
    """0 for the first print, n for the n-th reprint of unchanged content."""
    unwritten: int = 0
    """Decisions in the queue on disk that do not stand in the register yet (source: dashboard W6)."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a letter: one to three lines in capitals, an address, an emblem (SVG or PNG bytes)."""

    lines: tuple[str, ...]
    address: str = ""
    emblem: bytes | None = None


def letterhead(sop: Sop, *, emblem: bytes | None = None) -> Letterhead:
    """The letterhead from sheet SOP: `Instansi` (several rows are several lines) and `Alamat`.

    A single row that begins with `Sekretariat` is set on two lines, as offices write it.
    """
    lines = sop.identity.get("Instansi", ())
    if len(lines) == 1:
        first, _, rest = lines[0].partition(" ")
        lines = (first, rest) if first.casefold() == "sekretariat" and rest else lines
    shown = tuple(wording.shortened(line.upper(), _LINE) for line in lines[:_LINES])
    return Letterhead(shown, wording.shortened(sop.first("Alamat"), _ADDRESS), emblem)


def local_minutes(moment: datetime, zone: str) -> int:
    """An aware moment as local minutes since 1970-01-01 in `zone`."""
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return int((local - datetime(1970, 1, 1)).total_seconds() // 60)


def identity(imprint: Imprint) -> dict[str, object]:
    """The identity of a paper for the JSON inside it."""
    return {
        "number": imprint.number or None,
        "reprint": imprint.reprint,
        "register": imprint.source_name,
        "sidik_register": imprint.fingerprint,
        "printed_at": imprint.printed_at.isoformat(timespec="minutes"),
        "printed_by": imprint.printed_by,
        "zone": imprint.zone,
    }


def frame(imprint: Imprint, *, kind: str, label: str) -> dict[str, Printable]:
    """Page size, footer and matching block; `kind` stands in the QR code (`LAP`), `label` in the footer.

    A list has no `kind`: it is neither numbered nor matched with a register later.
    """
    if imprint.paper.upper() not in _SIZES:
        raise WrongUsage(f"Ukuran kertas {imprint.paper} tidak dikenal.", "Pilih A4 atau F4.")
    width, height = _SIZES[imprint.paper.upper()]
    return {
        "width": width,
        "height": height,
        "footer": list(_footer(imprint, label, is_numbered=bool(kind))),
        "digest": list(digest_lines(imprint.fingerprint)),
        "matching": matching_text(kind, imprint.number, imprint.fingerprint) if kind else "",
        "unwritten": unwritten_notice(imprint.unwritten),
    }


def unwritten_notice(count: int) -> str:
    """What a paper says of decisions that it leaves out; empty when there are none.

    >>> unwritten_notice(2)
    '2 keputusan dari dasbor belum tertulis di register saat dicetak, jadi tidak termasuk dalam naskah ini.'
    """
    if not count:
        return ""
    said = f"{wording.number(count)} keputusan dari dasbor belum tertulis di register saat dicetak"
    return f"{said}, jadi tidak termasuk dalam naskah ini."


def _footer(imprint: Imprint, label: str, *, is_numbered: bool) -> tuple[str, str]:
    printed = wording.paper_moment(local_minutes(imprint.printed_at, imprint.zone), imprint.zone)
    read_at = imprint.read_at or imprint.printed_at
    read = wording.paper_moment(local_minutes(read_at, imprint.zone), imprint.zone)
    number = f" Nomor {imprint.number}" if imprint.number else " (tanpa nomor)"
    named = label + (number if is_numbered else "")
    by = f" oleh {wording.shortened(imprint.printed_by, _NAME)}" if imprint.printed_by else ""
    short = short_digest(imprint.fingerprint)
    register = wording.shortened(imprint.source_name, _NAME)
    return (
        f"{named} – dicetak {wording.joined(printed)}{by}",
        f"Register {register} – dibaca {wording.joined(read)} – sidik {short}",
    )
