"""The paragraph of the monthly report: two or three plain sentences written from its figures.

Every comparison is made on the figure that the reader sees (`wording.share_level`), so that a paper never
says
`naik dari 91,5%` of 91,5%.
"""

from __future__ import annotations

from fractions import Fraction

from tracker.sop.figures import MonthFigures, MonthPoint, StepFigures
from tracker.views import wording

__all__ = ["against_target", "narrative"]

_MANY_TIES = 3
_STEP_WORDS = 40


def narrative(figures: MonthFigures) -> str:
    """Count and share; change against the month before and against the target; where the lateness sits.

    Holds for a first month (nothing to compare), a month in which nothing could be judged, and an empty
    month.
    """
    if figures.count == 0:
        return _empty(figures)
    judged = figures.on_time + figures.late
    if judged == 0:
        return f"{_opening(figures)} Seluruhnya tidak dapat dinilai; alasannya tercantum pada bagian F."
    return " ".join((_opening(figures), _compared(figures), _lateness(figures)))


def _month(figures: MonthFigures) -> str:
    return wording.joined(wording.month_year(figures.month))


def _empty(figures: MonthFigures) -> str:
    count = wording.number(len(figures.running))
    running = (
        f"Pada akhir periode {count} konten masih berjalan, dirinci pada bagian G."
        if figures.running
        else "Pada akhir periode tidak ada konten yang berjalan."
    )
    return f"Selama {_month(figures)} tidak ada pelaksanaan langkah SOP yang selesai dan tercatat. {running}"


def _opening(figures: MonthFigures) -> str:
    judged = figures.on_time + figures.late
    counted = (
        f"Selama {_month(figures)} tercatat {wording.number(figures.count)} pelaksanaan langkah"
        f" pada {wording.number(figures.items_handled)} konten yang ditangani"
    )
    if judged == 0:
        return f"{counted}."
    left_out = f"; {wording.number(figures.unjudged)} lainnya tidak dapat dinilai" if figures.unjudged else ""
    return f"{counted}: {_on_time(figures, judged)} selesai dalam waktu baku{left_out}."


def _on_time(figures: MonthFigures, judged: int) -> str:
    if figures.unjudged:
        return f"dari {wording.number(judged)} yang dinilai, {_share_of_them(figures.on_time, judged)}"
    if figures.on_time == judged:
        return "seluruhnya"
    return _share_of_them(figures.on_time, judged)


def _share_of_them(part: int, whole: int) -> str:
    if whole < wording.FEW:
        return f"{part} dari {whole}"
    return f"{wording.number(part)} ({wording.share_percent(part, whole)})"


def _compared(figures: MonthFigures) -> str:
    """`Angka ini naik dari 91,0% pada Juli 2026 dan berada di atas target 90%.`"""
    level = wording.share_level(figures.on_time, figures.on_time + figures.late)
    aim = f"{against_target(figures)} target {wording.percent(figures.target_percent)}"
    before = figures.previous
    if before is None or before.on_time + before.late == 0:
        return f"{_nothing_before(figures)}; capaian ini {aim}."
    return f"Capaian ini {_change(level, before)} dan {aim}."


def against_target(figures: MonthFigures) -> str:
    """`berada di atas`, `berada di bawah` or `sama dengan`: the share that the reader sees against the target.

    Empty when nothing was judged.
    """
    judged = figures.on_time + figures.late
    if not judged:
        return ""
    level = wording.share_level(figures.on_time, judged)
    target = Fraction(str(figures.target_percent)) / 100
    if level == target:
        return "sama dengan"
    return "berada di atas" if level > target else "berada di bawah"


def _change(level: Fraction, before: MonthPoint) -> str:
    judged = before.on_time + before.late
    previous = wording.share_level(before.on_time, judged)
    shown = f"{wording.share(before.on_time, judged)} pada {wording.joined(wording.month_year(before.month))}"
    if level == previous:
        return f"tetap seperti {shown}"
    return f"{'naik' if level > previous else 'turun'} dari {shown}"


def _nothing_before(figures: MonthFigures) -> str:
    earlier = figures.series[:-1]
    if not any(point.count for point in earlier):
        return "Belum ada bulan sebelumnya sebagai pembanding"
    before = wording.joined(wording.month_year(earlier[-1].month))
    return f"Tidak ada pelaksanaan yang dinilai pada {before} sebagai pembanding"


def _lateness(figures: MonthFigures) -> str:
    if figures.late == 0:
        return "Tidak ada pelanggaran waktu."
    worst = max(step.late for step in figures.steps)
    where = [step for step in figures.steps if step.late == worst]
    if figures.late == 1:
        return f"Satu-satunya keterlambatan terjadi pada {_named(where[0])}."
    if len(where) == 1:
        judged = where[0].on_time + where[0].late
        return (
            f"Keterlambatan terbanyak terjadi pada {_named(where[0])}, yaitu"
            f" {wording.number(worst)} dari {wording.number(judged)} yang dinilai."
        )
    each = f"masing-masing {wording.number(worst)} pelaksanaan"
    if len(where) > _MANY_TIES:
        return f"Keterlambatan tersebar pada {len(where)} langkah, {each}."
    names = wording.listing([wording.joined(f"langkah {step.step}") for step in where])
    return f"Keterlambatan terbanyak terjadi pada {names}, {each}."


def _named(step: StepFigures) -> str:
    return f"{wording.joined(f'langkah {step.step}')} ({wording.shortened(step.activity, _STEP_WORDS)})"
