"""The monthly report ready to print: only words, numbers as words, and fractions for the charts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.findings import Finding
from tracker.sop.figures import MonthFigures
from tracker.sop.model import Sop
from tracker.views import wording
from tracker.views.monthly import charts, sections
from tracker.views.monthly.crossfoot import check_cross_foot
from tracker.views.monthly.document import monthly_json, steps_csv
from tracker.views.monthly.narrative import narrative
from tracker.views.monthly.sections import Row
from tracker.views.papers.imprint import Imprint, Letterhead, identity, letterhead, local_minutes
from tracker.views.papers.signing import Signing

__all__ = ["MonthlyPaper", "monthly_paper"]

_SUBJECT = 300
_NUMBER = 80


@dataclass(frozen=True, slots=True)
class MonthlyPaper:
    """One report; the columns of each table are named by the function in `sections` that makes its rows."""

    imprint: Imprint
    letterhead: Letterhead
    signing: Signing
    subject: str
    sop_number: str
    period: str
    as_of: str
    zone: str
    tiles: tuple[Row, ...]
    narrative: str
    facts: tuple[Row, ...]
    steps: tuple[Row, ...]
    step_total: Row
    step_notes: tuple[str, ...]
    bars: charts.Bars
    line: charts.Line
    chart_note: str
    items: tuple[Row, ...]
    item_total: Row
    channels: tuple[Row, ...]
    kinds: tuple[Row, ...]
    violations: tuple[Row, ...]
    not_counted: str
    findings: tuple[Row, ...]
    running: tuple[Row, ...]
    place_and_date: str
    figures_json: str
    """The attached figures, with the paper's identity."""
    steps_csv: str


def monthly_paper(
    figures: MonthFigures,
    sop: Sop,
    *,
    imprint: Imprint,
    signing: Signing,
    findings: Sequence[Finding] = (),
    head: Letterhead | None = None,
) -> MonthlyPaper:
    """The paper of these figures; PaperFailed when they do not add up.

    `findings` are those behind `figures.finding_counts` and give section F its cells. `head` replaces the
    letterhead from sheet SOP (to add an emblem).
    """
    check_cross_foot(figures)
    return MonthlyPaper(
        imprint=imprint,
        letterhead=head or letterhead(sop),
        signing=signing,
        subject=wording.shortened(sop.first("Nama SOP"), _SUBJECT),
        sop_number=wording.shortened(sop.first("Nomor SOP"), _NUMBER),
        period=wording.joined(wording.paper_period(figures.month)),
        as_of=_as_of(figures, imprint.zone),
        zone=wording.zone_label(imprint.zone),
        tiles=sections.tiles(figures),
        narrative=narrative(figures),
        facts=sections.facts(figures),
        steps=sections.step_rows(figures),
        step_total=sections.step_total(figures),
        step_notes=_step_notes(figures),
        bars=charts.bars(figures),
        line=charts.line(figures),
        chart_note=charts.chart_note(figures),
        items=sections.item_rows(figures),
        item_total=sections.item_total(figures),
        channels=sections.recap(figures.listed, lambda item: item.channel),
        kinds=sections.recap(figures.listed, lambda item: item.kind),
        violations=sections.violation_rows(figures.violations),
        not_counted=_not_counted(figures),
        findings=sections.finding_rows(figures.finding_counts, findings),
        running=sections.running_rows(figures.running),
        place_and_date=_place_and_date(imprint),
        figures_json=_figures_json(figures, imprint),
        steps_csv=steps_csv(figures),
    )


def _as_of(figures: MonthFigures, zone: str) -> str:
    """Says so when the month was not over yet: such a report is provisional."""
    after = figures.month.shifted(1)
    end = (date(after.year, after.month, 1) - date(1970, 1, 1)) // timedelta(minutes=1)
    if figures.as_of >= end - 1:
        return ""
    return f"Sementara: keadaan per {wording.joined(wording.paper_moment(figures.as_of, zone))}"


def _step_notes(figures: MonthFigures) -> tuple[str, ...]:
    outside = sum(step.begun_outside for step in figures.steps)
    left_out = (
        f" Median dan P90 tidak memuat {wording.number(outside)} pelaksanaan yang dimulai di luar jam kerja."
        if outside
        else ""
    )
    return (
        f"Tepat waktu dihitung dari yang dinilai (tepat + lambat); di bawah {wording.FEW} ditulis jumlahnya."
        " Lewat: jumlah menit kerja sesudah tenggat. Kembali: banyaknya keputusan Tidak."
        " Menit kerja menurut lembar Jam Kerja dan Hari Libur, tanpa istirahat, akhir pekan, dan hari libur;"
        " 1 hari berarti jam yang sama pada hari kerja berikutnya." + left_out,
    )


def _not_counted(figures: MonthFigures) -> str:
    if figures.not_counted == 0:
        return "Semua baris Riwayat bulan ini terhitung." if figures.finding_counts else ""
    rows = wording.number(figures.not_counted)
    return (
        f"{rows} baris Riwayat tidak terhitung dalam angka mana pun karena galat yang tercantum di bawah ini."
    )


def _place_and_date(imprint: Imprint) -> str:
    on = wording.day_of(local_minutes(imprint.printed_at, imprint.zone))
    place = f"{wording.shortened(imprint.place, _NUMBER)}, " if imprint.place else ""
    return place + wording.joined(wording.long_date(on))


def _figures_json(figures: MonthFigures, imprint: Imprint) -> str:
    document = {
        "paper": {"kind": "laporan bulanan", **identity(imprint)},
        **monthly_json(figures, number=imprint.number),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
