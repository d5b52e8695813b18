"""The semester monitoring form ready to print: facts in words, judgement left to the assessor.

Source: PermenPAN-RB 35/2012, the monitoring table (No, Prosedur, Penilaian terhadap Penerapan, Catatan Hasil
Penilaian, Tindakan yang Harus Diambil, Paraf Penilai); reports, section 4.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tracker.errors import PaperFailed
from tracker.findings import CODES
from tracker.sop.figures import MonthPoint, SemesterFigures, SemesterStep
from tracker.sop.model import Sop
from tracker.views import wording
from tracker.views.papers.imprint import Imprint, Letterhead, identity, letterhead, local_minutes
from tracker.views.papers.signing import Signing
from tracker.views.semester.document import semester_json

__all__ = ["SemesterPaper", "semester_paper"]

Row = tuple[str, ...]

_SUBJECT: Final = 300
_NAME: Final = 80
_ACTIVITY: Final = 300
_CODES: Final = 6
_EPOCH: Final = date(1970, 1, 1)
_HALVES: Final = {1: "I", 2: "II"}
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class SemesterPaper:
    """One form. `procedures` are (No, kegiatan, pelaksana, waktu baku, facts in sentences)."""

    imprint: Imprint
    letterhead: Letterhead
    signing: Signing
    subject: str
    sop_number: str
    semester: str
    """`Semester II Tahun 2026`."""
    period: str
    as_of: str
    """Says so when the half year was not over yet."""
    facts: tuple[Row, ...]
    """(what, how much) of the whole half year."""
    months: tuple[Row, ...]
    """Bulan, pelaksanaan, tepat, lambat, tidak dinilai, tepat waktu, konten selesai, sesuai."""
    month_total: Row
    procedures: tuple[Row, ...]
    place_and_date: str
    figures_json: str


def semester_paper(
    figures: SemesterFigures,
    sop: Sop,
    *,
    imprint: Imprint,
    signing: Signing,
    head: Letterhead | None = None,
) -> SemesterPaper:
    """The form of these figures; PaperFailed when they do not add up.

    `head` replaces the letterhead from sheet SOP (to add an emblem).
    """
    _check(figures)
    first = date(figures.year, 6 * figures.half - 5, 1)
    return SemesterPaper(
        imprint=imprint,
        letterhead=head or letterhead(sop),
        signing=signing,
        subject=wording.shortened(sop.first("Nama SOP"), _SUBJECT),
        sop_number=wording.shortened(sop.first("Nomor SOP"), _NAME),
        semester=f"Semester {_HALVES[figures.half]} Tahun {figures.year}",
        period=f"{wording.joined(f'1 {wording.month_name(first.month)}')} s.d. "
        f"{wording.joined(wording.long_date(_last_day(figures)))}",
        as_of=_as_of(figures, imprint.zone),
        facts=_facts(figures),
        months=tuple(_month(point) for point in figures.months),
        month_total=_month_total(figures),
        procedures=tuple(_procedure(step) for step in figures.steps),
        place_and_date=_place_and_date(imprint),
        figures_json=_figures_json(figures, imprint),
    )


def _check(figures: SemesterFigures) -> None:
    """A form whose sums do not agree is never printed."""
    total = figures.total
    pairs = (
        (
            "jumlah dan tepat + lambat + tidak dinilai",
            total.count,
            total.on_time + total.late + total.unjudged,
        ),
        ("jumlah dan langkah", total.count, sum(step.figures.count for step in figures.steps)),
        ("tepat dan langkah", total.on_time, sum(step.figures.on_time for step in figures.steps)),
        ("lambat dan langkah", total.late, sum(step.figures.late for step in figures.steps)),
        ("jumlah dan bulan", total.count, sum(point.count for point in figures.months)),
        ("konten selesai dan bulan", figures.items.count, sum(point.items for point in figures.months)),
    )
    faults = [f"{what}: {one} dan {other}" for what, one, other in pairs if one != other]
    if faults:
        raise PaperFailed(
            f"Formulir semester tidak dicetak karena angkanya tidak cocok – {'; '.join(faults)}.",
            "Ini kesalahan aplikasi, bukan kesalahan isian; laporkan kalimat ini kepada pengelola aplikasi.",
        )


def _last_day(figures: SemesterFigures) -> date:
    after = figures.months[-1].month.shifted(1)
    return date(after.year, after.month, 1) - timedelta(days=1)


def _as_of(figures: SemesterFigures, zone: str) -> str:
    end = ((_last_day(figures) - _EPOCH).days + 1) * 1440
    if figures.as_of >= end - 1:
        return ""
    return f"Sementara: keadaan per {wording.joined(wording.paper_moment(figures.as_of, zone))}"


def _facts(figures: SemesterFigures) -> tuple[Row, ...]:
    total, items = figures.total, figures.items
    n = wording.number
    judged = total.on_time + total.late
    lead = NOTHING if items.median_lead_minutes is None else wording.duration(items.median_lead_minutes)
    return (
        ("Pelaksanaan langkah", _made_of(total.count, total.unjudged)),
        ("Tepat waktu", wording.share_with_percent(total.on_time, judged) if judged else NOTHING),
        ("Sasaran tepat waktu", wording.percent(figures.target_percent)),
        ("Konten selesai", n(items.count)),
        ("Sesuai SOP", _of_all(items.compliant, items.count)),
        ("Selesai tanpa perbaikan", _of_all(items.first_pass, items.count)),
        ("Putaran perbaikan pada konten selesai", n(items.rework_rounds)),
        ("Lama penyelesaian konten (median, jam kerja)", lead),
        ("Baris Riwayat yang tidak terhitung karena galat", n(figures.not_counted)),
    )


def _made_of(count: int, unjudged: int) -> str:
    rest = f", {wording.number(unjudged)} di antaranya tidak dinilai" if unjudged else ""
    return f"{wording.number(count)}{rest}"


def _of_all(part: int, whole: int) -> str:
    return wording.share_with_percent(part, whole) if whole else NOTHING


def _month(point: MonthPoint) -> Row:
    n = wording.number
    unjudged = point.count - point.on_time - point.late
    share = wording.share(point.on_time, point.on_time + point.late)
    counts = (point.count, point.on_time, point.late, unjudged)
    name = wording.month_name(point.month.month)
    return (name, *(n(count) for count in counts), share, n(point.items), n(point.compliant))


def _month_total(figures: SemesterFigures) -> Row:
    n, total = wording.number, figures.total
    share = wording.share(total.on_time, total.on_time + total.late)
    compliant = sum(point.compliant for point in figures.months)
    counts = (total.count, total.on_time, total.late, total.unjudged)
    return ("Jumlah", *(n(count) for count in counts), share, n(figures.items.count), n(compliant))


def _procedure(step: SemesterStep) -> Row:
    figures = step.figures
    standard = wording.joined(wording.shortened(figures.standard, _NAME)) or NOTHING
    return (
        str(figures.step),
        wording.shortened(figures.activity, _ACTIVITY),
        wording.shortened(figures.role, _NAME),
        standard,
        *_sentences(step),
    )


def _sentences(step: SemesterStep) -> Row:
    """What the register says of the step, and what was found in its rows (may be empty)."""
    one, n = step.figures, wording.number
    if not one.count:
        return "Tidak ada pelaksanaan pada semester ini.", _found(step)
    judged = one.on_time + one.late
    unjudged = f", {n(one.unjudged)} tidak dinilai" if one.unjudged else ""
    share = f"; tepat waktu {wording.share(one.on_time, judged)}" if judged else ""
    said = [f"{n(one.count)} pelaksanaan: {n(one.on_time)} tepat, {n(one.late)} lambat{unjudged}{share}."]
    if one.median_minutes is not None and one.p90_minutes is not None:
        said.append(f"Median {n(one.median_minutes)} menit kerja, P90 {n(one.p90_minutes)} menit kerja.")
    if one.late:
        said.append(f"Lewat tenggat seluruhnya {n(one.late_minutes)} menit kerja.")
    if one.returned:
        said.append(f"Dikembalikan {n(one.returned)} kali.")
    return " ".join(said), _found(step)


def _found(step: SemesterStep) -> str:
    """`Temuan: W201 Terlambat (4), P305 … (1).`"""
    shown = [
        f"{code}{f' {CODES[code].title}' if code in CODES else ''} ({wording.number(count)})"
        for code, count in step.finding_counts[:_CODES]
    ]
    more = len(step.finding_counts) - len(shown)
    if not shown:
        return ""
    return f"Temuan: {', '.join([*shown, f'dan {more} kode lain'] if more else shown)}."


def _place_and_date(imprint: Imprint) -> str:
    on = wording.day_of(local_minutes(imprint.printed_at, imprint.zone))
    place = f"{wording.shortened(imprint.place, _NAME)}, " if imprint.place else ""
    return place + wording.joined(wording.long_date(on))


def _figures_json(figures: SemesterFigures, imprint: Imprint) -> str:
    document = {
        "paper": {"kind": "pemantauan semester", **identity(imprint)},
        **semester_json(figures, number=imprint.number),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
