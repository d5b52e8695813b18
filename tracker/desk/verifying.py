"""Whether a printed paper, soft or hard, and a register are the ones that belong together. Nothing is created."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal
from zoneinfo import ZoneInfo

from tracker.desk.orders import JENIS, YEARS, Order, PaperKind
from tracker.desk.workshop import Workshop
from tracker.errors import TrackerError, WrongUsage
from tracker.folding import fold
from tracker.register.archive import Filed, Ledger
from tracker.sop.compliance import as_of
from tracker.views.papers.readback import Evidence, read_back

if TYPE_CHECKING:
    from tracker.desk.reading import Reading

__all__ = ["Agreement", "Code", "Verification", "typed_code", "verified", "verified_by_code"]

Agreement = Literal["same", "differs", "unknown"]

_KINDS: Final[dict[str, PaperKind]] = {
    "laporan bulanan": "monthly",
    "kartu kendali": "card",
    "pemantauan semester": "semester",
    "naskah sop": "sop",
    "daftar konten berjalan": "running",
    "daftar temuan data": "issues",
}
_NUMBERED: Final = frozenset((fold(JENIS["monthly"]), fold(JENIS["semester"])))
_QR: Final = re.compile(
    r"[A-Z]{2,4}:(?P<number>.*):SHA256:(?P<digest>[0-9A-F]{64})", re.IGNORECASE | re.DOTALL
)
_LEAST_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `unknown` is what could not be compared, or was not asked for."""

    number: str
    kind: str
    """As column Jenis of Arsip names it; empty when unknown."""
    period: str
    register_name: str
    """What the register was called when the paper was printed."""
    printed_at: str
    """ISO 8601 with offset; empty when unknown."""
    register_hash: str
    """Sidik Register on the paper (a part of it when it was typed short)."""
    document: Agreement
    """Whether the file is, to the byte, what was printed."""
    register: Agreement
    """Whether the register holds exactly what it held when the paper was printed."""
    figures: Agreement
    """Whether the register, read as of the printed moment, still gives the figures of the paper."""
    filed: Agreement
    """Whether sheet Arsip has this very document; `differs` when it has another one under the same print."""

    @property
    def agrees(self) -> bool:
        """Nothing that was compared differs (figures follow from the register and do not count by themselves)."""
        return "differs" not in (self.document, self.register, self.filed)


@dataclass(frozen=True, slots=True)
class Code:
    """What was typed off a paper: its number (may be empty) and at least eight digits of the Sidik Register."""

    number: str
    digits: str


def typed_code(code: str, number: str = "") -> Code:
    """From the footer's short code, the 64 digits, or the text of the QR code; WrongUsage for anything else."""
    found = _QR.fullmatch(code.strip())
    digits = re.sub(r"[\s.-]", "", found["digest"] if found else code).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{_LEAST_DIGITS},64}}", digits):
        raise WrongUsage(
            f"{code[:80]!r} bukan kode naskah.",
            "Ketik sidik pada kaki halaman (8 digit), deret 64 digit di bawah kode QR, atau teks kode QR itu.",
        )
    return Code(number or (found["number"] if found else ""), digits)


def verified(content: bytes, reading: Reading | None, *, name: str = "") -> Verification:
    """This file against this register (None: the file alone). TrackerError (exit 4) when the file cannot be read.

    `name` is what the register is called now; it is only handed on to what is recomputed.
    """
    evidence = read_back(content)
    paper = evidence.paper
    kind = _KINDS.get(str(paper.get("kind")))
    result = Verification(
        number=str(paper.get("number") or ""),
        kind=JENIS[kind] if kind else "",
        period=str(
            evidence.facts.get("period") or (evidence.facts.get("id") if kind == "card" else "") or ""
        ),
        register_name=str(paper.get("register") or ""),
        printed_at=str(paper.get("printed_at") or ""),
        register_hash=str(paper.get("sidik_register") or ""),
        document="same" if evidence.is_whole else "differs",
        register="unknown",
        figures="unknown",
        filed="unknown",
    )
    if reading is None or not result.register_hash:
        return result
    is_same = reading.digest == result.register_hash
    return replace(
        result,
        register="same" if is_same else "differs",
        figures="same" if is_same else _figures(evidence, kind, reading, name),
        filed=_filed(Ledger(reading.snapshot), result, paper, hashlib.sha256(content).hexdigest()),
    )


def _filed(ledger: Ledger, result: Verification, paper: dict[str, Any], document_hash: str) -> Agreement:
    """Rows of one content stand in the order of its prints, so the n-th reprint is the n-th row after the first."""
    if any(row.document_hash == document_hash for row in ledger.rows):
        return "same"
    prints = [
        row
        for row in ledger.rows
        if (fold(row.kind), row.number, row.register_hash)
        == (fold(result.kind), result.number, result.register_hash)
    ]
    reprint = paper.get("reprint")
    return "differs" if isinstance(reprint, int) and 0 <= reprint < len(prints) else "unknown"


def _figures(evidence: Evidence, kind: PaperKind | None, reading: Reading, name: str) -> Agreement:
    """The same facts computed again as of the printed moment. A paper may have seen events dated after it."""
    if kind is None:
        return "unknown"
    facts = evidence.facts
    try:
        printed_at = datetime.fromisoformat(str(evidence.paper.get("printed_at")))
        if printed_at.tzinfo is None:
            printed_at = printed_at.replace(tzinfo=ZoneInfo(reading.register.settings.zone))
    except (ValueError, OverflowError):
        return "unknown"
    if printed_at.year not in YEARS:
        return "unknown"
    at = reading.minutes(printed_at)
    order = Order(kind, period=str(facts.get("period") or ""), item=str(facts.get("id") or ""), paper="A4")
    then = replace(reading, register=as_of(reading.register, at))
    wanted = _compared(facts)
    for one in (reading, then):
        try:
            found = Workshop(one, name=name, now=printed_at).document(order)
        except TrackerError:  # the item or the steps are no longer there
            continue
        if _compared(found) == wanted:
            return "same"
    return "differs"


def _compared(facts: dict[str, Any]) -> dict[str, Any]:
    """What of the facts is compared: not the identity of the paper, nor its number."""
    kept = {key: value for key, value in facts.items() if key not in ("paper", "number")}
    compared: dict[str, Any] = json.loads(json.dumps(kept))
    return compared


def verified_by_code(code: Code, reading: Reading) -> Verification:
    """A hard copy against this register: by its number, its code, and what sheet Arsip remembers of both."""
    digest = reading.digest
    ledger = Ledger(reading.snapshot).rows
    rows = [
        row for row in ledger if row.register_hash.startswith(code.digits) and _is_number(row, code.number)
    ]
    # The number of a report is used once; that of a card or an SOP stands on each of its prints.
    reports = [row for row in ledger if fold(row.kind) in _NUMBERED]
    row = rows[0] if rows else None
    is_elsewhere = bool(code.number) and any(_is_number(one, code.number) for one in reports)
    is_same = digest.startswith(code.digits)
    return Verification(
        number=row.number if row else code.number,
        kind=row.kind if row else "",
        period=row.period if row else "",
        register_name="",
        printed_at="",
        register_hash=row.register_hash if row else code.digits,
        document="unknown",
        register="same" if is_same else "differs",
        figures="same" if is_same else "unknown",
        filed="same" if row else "differs" if is_elsewhere else "unknown",
    )


def _is_number(row: Filed, number: str) -> bool:
    return not number or fold(row.number) == fold(number)
