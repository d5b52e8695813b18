"""The list of findings ready to print: where, what stands there now, what is wrong, how to mend it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tracker.findings import Finding, Severity
from tracker.sop.verdicts import Evaluation
from tracker.views import wording
from tracker.views.issues import ELSEWHERE, Issue, Issues, address, issues
from tracker.views.journey import ranges
from tracker.views.papers.imprint import Imprint, Letterhead, identity, letterhead
from tracker.views.status import finding_document

__all__ = ["IssueList", "issue_list", "issues_json"]

Row = tuple[str, ...]
Seen = Callable[[Finding], "str | None"]
"""What stands in the cell of a finding, as people see it in the sheet; None when there is no such cell."""

KIND: Final = "daftar temuan data"
NOTHING: Final = "–"
EMPTY: Final = "(kosong)"
# Limits of what one cell prints, so that no row outgrows a page (source: the papers' layout, 0.7).
_SUBJECT: Final = 300
_NAME: Final = 80
_RAW: Final = 160
_SENTENCE: Final = 500
_RANGES: Final = 40
_SAMPLES: Final = 2
_LOOKED_AT: Final = 200
"""Cells of a group whose content is looked up: enough to find two that differ, few enough for any register."""
_MARKS: Final = str.maketrans({" ": "·", "\u00a0": "·", "\n": "¶", "\r": "¶", "\t": "→"})
"""White space made visible (source: dashboard T1), by characters that every shipped font has."""
_EFFECTS: Final = {
    Severity.GALAT: "barisnya tidak dihitung, atau kontennya tidak patuh",
    Severity.PERINGATAN: "tetap dihitung",
    Severity.CATATAN: "untuk diketahui",
}


@dataclass(frozen=True, slots=True)
class IssueList:
    """One list. Rows of the groups: No, kode, sel, keterangan sel, isi sekarang, masalah, perbaikan."""

    imprint: Imprint
    letterhead: Letterhead
    subject: str
    sop_number: str
    as_of: str
    headline: str
    counts: tuple[Row, ...]
    """Tingkat, temuan, akibat."""
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    """Galat, Peringatan, Catatan, each with its rows."""
    notes: tuple[str, ...]
    figures_json: str


def issue_list(
    evaluation: Evaluation, *, imprint: Imprint, seen: Seen, head: Letterhead | None = None
) -> IssueList:
    """The list as of the moment of `evaluation`; `head` replaces the letterhead from sheet SOP.

    The same problem in many cells of a column is one row with its ranges (source: dashboard T2).
    """
    sop, found = evaluation.register.sop, issues(evaluation)
    return IssueList(
        imprint=imprint,
        letterhead=head or letterhead(sop),
        subject=wording.shortened(sop.first("Nama SOP"), _SUBJECT),
        sop_number=wording.shortened(sop.first("Nomor SOP"), _NAME),
        as_of=f"Keadaan per {wording.joined(wording.paper_moment(evaluation.now, imprint.zone))}",
        headline=_headline(found),
        counts=tuple(
            (level.value.capitalize(), wording.number(count), _EFFECTS[level])
            for level, count in _counts(found).items()
        ),
        groups=(
            ("A. Galat", _rows(found.galat, seen)),
            ("B. Peringatan", _rows(found.peringatan, seen)),
            ("C. Catatan", _rows(found.catatan, seen)),
        ),
        notes=_notes(found),
        figures_json=_figures_json(evaluation, imprint),
    )


def issues_json(evaluation: Evaluation) -> dict[str, object]:
    """The facts of the list: its findings, as `check --json` has them, and their number by severity."""
    found = issues(evaluation)
    return {
        "as_of": wording.iso_moment(evaluation.now),
        "rows_read": found.rows_read,
        "counts": {level.value: count for level, count in _counts(found).items()},
        "lateness": found.elsewhere,
        "findings": [finding_document(one) for one in evaluation.findings if one.code not in ELSEWHERE],
    }


def _counts(found: Issues) -> dict[Severity, int]:
    return {
        Severity.GALAT: found.galat_count,
        Severity.PERINGATAN: found.peringatan_count,
        Severity.CATATAN: found.catatan_count,
    }


def _headline(found: Issues) -> str:
    """The conclusion in one sentence (source: dashboard P5, T5)."""
    n = wording.number
    checked = f"Diperiksa {n(found.rows_read)} baris."
    if not found.total:
        return f"Tidak ada temuan. {checked}"
    named = [f"{n(count)} {level.value}" for level, count in _counts(found).items() if count]
    concerned = f" Galat menyangkut {n(found.items_not_counted)} konten." if found.items_not_counted else ""
    return f"Ada {wording.listing(named)}.{concerned} {checked}"


def _notes(found: Issues) -> tuple[str, ...]:
    said = [
        "Temuan hilang sendiri setelah selnya dibetulkan dan register disimpan. "
        "Isi sekarang ditulis persis seperti di sel: · spasi, ¶ baris baru, → tab."
    ]
    if found.elsewhere:
        codes = wording.listing(sorted(ELSEWHERE))
        said.append(
            f"{wording.number(found.elsewhere)} temuan keterlambatan ({codes}) tidak termuat di sini; lihat daftar "
            "konten berjalan dan laporan bulanan."
        )
    return tuple(said)


def _rows(found: Sequence[Issue], seen: Seen) -> tuple[Row, ...]:
    return tuple(
        (
            str(index),
            one.code,
            _cells(one),
            _about(one),
            _contents(one, seen),
            wording.shortened(one.title if one.is_group else one.first.message, _SENTENCE),
            wording.shortened(one.first.remedy, _SENTENCE),
        )
        for index, one in enumerate(found, start=1)
    )


def _cells(one: Issue) -> str:
    """`Riwayat!F418`, or of a group `Riwayat!E2–E61, E70`."""
    place = one.first.place
    if not one.is_group:
        return wording.shortened(address(one.first), _NAME) or NOTHING
    column = (place.cell or "").rstrip("0123456789")
    spans = ranges(each.place.row for each in one.findings if each.place.row)
    named = [
        f"{column}{first}" + (f"–{column}{last}" if last > first else "") for first, last in spans[:_RANGES]
    ]
    more = f", dan {wording.number(len(spans) - _RANGES)} rentang lain" if len(spans) > _RANGES else ""
    where = wording.shortened(place.sheet or "", _NAME)
    return (f"{where}!{', '.join(named)}{more}" if named else where) or NOTHING


def _about(one: Issue) -> str:
    """The heading of the column, and the item or the number of cells."""
    more = f"{wording.number(len(one.cells))} sel" if one.is_group else one.first.id or ""
    named = [wording.shortened(part, _NAME) for part in (one.first.place.column or "", more) if part]
    return ", ".join(named)


def _contents(one: Issue, seen: Seen) -> str:
    """What stands there, exactly as typed; of many cells the first two different contents."""
    texts = list(dict.fromkeys(seen(each) for each in islice(one.findings, _LOOKED_AT)))
    shown = [_raw(text) for text in texts[:_SAMPLES]]
    return "\n".join([*shown, "…"] if len(texts) > _SAMPLES else shown)


def _raw(text: str | None) -> str:
    if text is None:
        return NOTHING
    if not text:
        return EMPTY
    return text.translate(_MARKS) if len(text) <= _RAW else text[:_RAW].translate(_MARKS) + "…"


def _figures_json(evaluation: Evaluation, imprint: Imprint) -> str:
    document = {"paper": {"kind": KIND, **identity(imprint)}, **issues_json(evaluation)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
