"""The catalogue: what the figures of page Kepatuhan conclude, above them and above their chart."""

from __future__ import annotations

from typing import Final

from tracker.dashboard.texts import step_name
from tracker.dashboard.texts.today import change_in_points, points
from tracker.sop.figures import Month, MonthPoint, StepFigures
from tracker.views import wording
from tracker.views.compliance import Headline, Standpoint, Trend

Parts = tuple[tuple[str, bool], ...]
"""A sentence in parts; True marks the bold ones."""

CHART_FEW: Final = f"Lingkaran kosong: di bawah {wording.FEW} yang dinilai, ditulis jumlahnya."
CHART_GAP: Final = "Bulan tanpa kejadian dibiarkan kosong."


def headline(seen: Headline, role: str, first: Month | None) -> Parts:
    """The conclusion: share with its denominator, change, target, and where the time is lost."""
    month = wording.joined(wording.month_year(seen.month))
    if seen.standpoint is Standpoint.NOTHING:
        return _nothing(month, role, first if first and first > seen.month else None)
    whose = f" {role}" if role else ""
    if seen.standpoint is Standpoint.UNJUDGED:
        return (
            ("Belum ada yang dapat dinilai", True),
            (f" dari langkah{whose} yang selesai pada {month}.", False),
        )
    share = seen.punctuality
    counts = f"{wording.number(share.on_time)} dari {wording.number(share.judged)}"
    aim = f"{seen.against_target} target {wording.percent(seen.target_percent)}"
    if seen.standpoint is Standpoint.FEW:
        said = (f"{counts} langkah{whose} selesai tepat waktu", True)
        few = f" pada {month}. Kurang dari {wording.FEW}, jadi tidak dijadikan persen."
        return (said, (few, False), *_bottleneck(seen))
    said = (f"{wording.share_percent(share.on_time, share.judged)} langkah{whose} selesai tepat waktu", True)
    return (said, (f" pada {month} ({counts}){_change(seen)}, {aim}.", False), *_bottleneck(seen))


def _nothing(month: str, role: str, first: Month | None) -> Parts:
    whose = f" {role}" if role else ""
    said = (f"Tidak ada langkah{whose} yang selesai pada {month}", True)
    begins = f" Kejadian pertama di register: {wording.joined(wording.month_year(first))}." if first else ""
    return (said, (f".{begins}", False))


def _change(seen: Headline) -> str:
    before = seen.punctuality.previous
    if seen.punctuality.points is not None and before is not None:
        return f", {points(seen.punctuality.points, wording.month_name(before.month.month))}"
    return ""


def change(seen: Headline) -> str:
    """The same below the figure, where the month before need not be named again."""
    before = seen.punctuality.previous
    if seen.punctuality.points is not None:
        return change_in_points(seen.punctuality.points)
    judged = before.on_time + before.late if before is not None else 0
    if before is None or not judged:
        return ""
    return f"{wording.month_name(before.month.month)} {wording.share(before.on_time, judged)}"


def _bottleneck(seen: Headline) -> Parts:
    if not seen.late:
        return ((" Tidak ada keterlambatan.", False),)
    if len(seen.bottlenecks) > 1:
        steps = wording.listing([wording.joined(f"langkah {one.step}") for one in seen.bottlenecks])
        each = f", masing-masing {wording.duration(seen.bottleneck_minutes)} lewat standar."
        return ((" Hambatan terbesar: ", False), (steps, True), (each, False))
    name = _step_words(seen.bottlenecks[0])
    return ((" Hambatan terbesar: ", False), (name, True), (f", {_weight(seen)}.", False))


def _step_words(step: StepFigures) -> str:
    number, _, name = step_name(step.step, step.activity).partition(". ")
    return f"{wording.joined(f'langkah {number}')}, {name}"


def _weight(seen: Headline) -> str:
    """How much of all lateness; without a percentage where the month has too few events (K3)."""
    lost = wording.duration(seen.bottleneck_minutes)
    if seen.bottleneck_minutes == seen.late_minutes:
        return f"seluruh waktu keterlambatan ({lost})"
    if seen.standpoint is not Standpoint.ENOUGH:
        return f"{lost} dari {wording.duration(seen.late_minutes)} keterlambatan"
    share = wording.share_percent(seen.bottleneck_minutes, seen.late_minutes)
    return f"{share} dari seluruh waktu keterlambatan ({wording.duration(seen.late_minutes)})"


# -- the line of twelve months
def conclusion(seen: Trend) -> str:
    """What the line says."""
    target = wording.percent(seen.target_percent)
    months = f"{seen.months} bulan"
    if any(one.is_few for one in seen.points):
        months = f"{months} yang punya sedikitnya {wording.FEW} kejadian"
    if seen.highest is None or seen.lowest is None:
        return (
            f"Belum ada bulan dengan {wording.FEW} kejadian yang dinilai, jadi arahnya belum dapat disebut."
        )
    reached = (
        f"Target {target} tercapai pada {seen.reached} dari {months}"
        if seen.reached
        else f"Target {target} belum tercapai pada satu pun dari {months}"
    )
    if seen.months == 1:
        return f"{reached}."
    return f"{reached}; tertinggi {_point(seen.highest)}, terendah {_point(seen.lowest)}."


def _point(point: MonthPoint) -> str:
    share = wording.share_percent(point.on_time, point.on_time + point.late)
    return wording.joined(f"{share} ({wording.month_short(point.month.month)} {point.month.year})")


def target_line(percent: float) -> str:
    return f"target {wording.percent(percent)}"


def chart_note(*, has_few: bool, has_gap: bool) -> str:
    return " ".join(part for part in (CHART_FEW if has_few else "", CHART_GAP if has_gap else "") if part)


def point_hint(point: MonthPoint) -> str:
    judged = point.on_time + point.late
    share = wording.share_with_percent(point.on_time, judged) if judged else "tidak ada yang dinilai"
    return f"{wording.month_year(point.month)}: {share}"
