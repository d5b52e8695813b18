"""The sums that must agree before a report is printed (source: the papers' layout, section 4, number 9)."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.errors import PaperFailed
from tracker.sop.figures import MonthFigures

__all__ = ["check_cross_foot"]


def check_cross_foot(figures: MonthFigures) -> None:
    """Nothing when every sum agrees; PaperFailed naming the numbers that do not: a wrong paper is never
    printed.
    """
    faults = [f"{what}: {left} dan {right}" for what, left, right in _pairs(figures) if left != right]
    if faults:
        raise PaperFailed(
            f"Laporan {figures.month} tidak dicetak karena angkanya tidak cocok – {'; '.join(faults)}.",
            "Ini kesalahan aplikasi, bukan kesalahan isian; laporkan kalimat ini kepada pengelola aplikasi.",
        )


def _pairs(figures: MonthFigures) -> Iterator[tuple[str, int, int]]:
    steps, listed = figures.steps, figures.listed
    yield "jumlah pelaksanaan dan tepat + lambat + tidak dinilai", figures.count, _sum_of(figures)
    for step in steps:
        total = step.on_time + step.late + step.unjudged
        yield f"langkah {step.step}, jumlah dan tepat + lambat + tidak dinilai", step.count, total
    yield "pelaksanaan dan jumlah tabel B", figures.count, sum(step.count for step in steps)
    yield "tepat waktu dan jumlah tabel B", figures.on_time, sum(step.on_time for step in steps)
    yield "pelanggaran dan lambat tabel B", figures.late, sum(step.late for step in steps)
    yield "pelanggaran dan langgar tabel D", figures.late, sum(item.violations for item in listed)
    yield "pelanggaran dan baris tabel E", figures.late, len(figures.violations)
    yield "putaran perbaikan dan tabel D", figures.rework_rounds, sum(item.rework_rounds for item in listed)
    yield (
        "putaran perbaikan dan dikembalikan tabel B",
        figures.rework_rounds,
        sum(step.returned for step in steps),
    )
    yield "konten ditangani dan baris tabel D", figures.items_handled, len(listed)
    if figures.series and figures.series[-1].month == figures.month:
        last = figures.series[-1]
        yield "pelaksanaan dan titik terakhir grafik", figures.count, last.count
        yield "tepat waktu dan titik terakhir grafik", figures.on_time, last.on_time


def _sum_of(figures: MonthFigures) -> int:
    return figures.on_time + figures.late + figures.unjudged
