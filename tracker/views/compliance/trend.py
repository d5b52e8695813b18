"""The line of twelve months: where its points stand, and what it says in words (C3).

The geometry is that of the printed report, so that screen and paper show one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracker.sop.figures import MonthFigures, MonthPoint
from tracker.views.monthly import charts
from tracker.views.wording import FEW, share_level

__all__ = ["Trend", "TrendPoint", "trend"]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month: `across` and `height` are fractions of the plot; `height` is None where nothing was judged."""

    month: MonthPoint
    across: float
    drawn: charts.Point
    is_few: bool
    """Fewer than ten judged events: a mark, no percentage (K3)."""
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The chart and its conclusion; highest and lowest are None where no month has enough events."""

    points: tuple[TrendPoint, ...]
    runs: tuple[tuple[tuple[float, float], ...], ...]
    """The line in pieces, each a list of (across, height): a month without events is a gap."""
    grid: tuple[tuple[float, str], ...]
    target: float | None
    """Height of the target line."""
    target_percent: float
    alt: str
    months: int
    """Months with enough events for a percentage."""
    reached: int
    """Of these, at or above the target."""
    highest: MonthPoint | None
    lowest: MonthPoint | None


def trend(figures: MonthFigures) -> Trend:
    """The twelve months up to that of the figures."""
    line = charts.line(figures)
    size = len(figures.series)
    points = tuple(
        TrendPoint(
            month=month,
            across=(index + 0.5) / size,
            drawn=drawn,
            is_few=0 < month.on_time + month.late < FEW,
            is_chosen=month.month == figures.month,
        )
        for index, (month, drawn) in enumerate(zip(figures.series, line.points, strict=True))
    )
    told = [one for one in figures.series if one.on_time + one.late >= FEW]
    target = Fraction(str(figures.target_percent)) / 100
    return Trend(
        points=points,
        runs=_runs(points),
        grid=line.grid,
        target=line.target,
        target_percent=figures.target_percent,
        alt=line.alt,
        months=len(told),
        reached=sum(_level(one) >= target for one in told),
        highest=max(told, key=_level, default=None),
        lowest=min(told, key=_level, default=None),
    )


def _level(point: MonthPoint) -> Fraction:
    return share_level(point.on_time, point.on_time + point.late)


def _runs(points: tuple[TrendPoint, ...]) -> tuple[tuple[tuple[float, float], ...], ...]:
    made: list[list[tuple[float, float]]] = [[]]
    for one in points:
        if one.drawn.height is None:
            made.append([])
        else:
            made[-1].append((one.across, one.drawn.height))
    return tuple(tuple(run) for run in made if run)
