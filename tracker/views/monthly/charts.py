"""The two charts of the monthly report as fractions of their axes, with the words that stand at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tracker.sop.figures import MonthFigures, MonthPoint
from tracker.views import wording

__all__ = ["Bar", "Bars", "Line", "Point", "bars", "chart_note", "line"]

NO_DATA = "t.a.d."
_LABEL = 28
_HIGHEST_FLOOR = 70
_NEAR_AXIS = 0.2


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: how much of the bar is dark (None: nothing judged), and the value in figures."""

    label: str
    filled: float | None
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Punctuality per step with the target, both as fractions of the whole bar."""

    rows: tuple[Bar, ...]
    target: float
    alt: str


@dataclass(frozen=True, slots=True)
class Point:
    """One month: height between floor (0) and 100 per cent (1), None without data; label above or below the
    point.
    """

    month: str
    year: str
    height: float | None
    value: str
    above: bool
    count: str
    on_time: str
    late: str


@dataclass(frozen=True, slots=True)
class Line:
    """Twelve months on one axis; `grid` are (height, label) of its horizontal lines."""

    points: tuple[Point, ...]
    grid: tuple[tuple[float, str], ...]
    target: float | None
    alt: str


def chart_note(figures: MonthFigures) -> str:
    """How to read both charts, in one line."""
    target = wording.percent(figures.target_percent)
    return (
        f"Garis tegak tebal dan garis putus-putus: target {target}. Lingkaran kosong: bulan laporan."
        f" Dibulatkan; di bawah {wording.FEW} yang dinilai ditulis n/m. {NO_DATA}: tidak ada data."
    )


def bars(figures: MonthFigures) -> Bars:
    """The bars in the order of the steps."""
    rows = tuple(
        Bar(
            wording.shortened(f"{step.step}. {step.activity}", _LABEL),
            step.on_time / (step.on_time + step.late) if step.on_time + step.late else None,
            _rounded(step.on_time, step.on_time + step.late),
        )
        for step in figures.steps
    )
    spoken = "; ".join(f"{row.label}: {row.value}" for row in rows)
    target = wording.percent(figures.target_percent)
    return Bars(
        rows,
        min(max(figures.target_percent / 100, 0.0), 1.0),
        f"Diagram batang ketepatan waktu per langkah, target {target}. {spoken}.",
    )


def line(figures: MonthFigures) -> Line:
    """The 12-month line; the axis runs from the ten below the lowest value, at most 70, to 100."""
    shares = [_share(point) for point in figures.series]
    target = figures.target_percent / 100
    floor = _floor([share for share in shares if share is not None] + [target])
    points = tuple(_point(figures.series, index, shares, floor) for index in range(len(shares)))
    spoken = "; ".join(f"{wording.month_year(point.month)}: {_spoken(point)}" for point in figures.series)
    goal = wording.percent(figures.target_percent)
    return Line(
        points,
        _grid(floor),
        _height(target, floor) if target <= 1 else None,
        f"Diagram garis ketepatan waktu 12 bulan, target {goal}. {spoken}.",
    )


def _share(point: MonthPoint) -> float | None:
    judged = point.on_time + point.late
    return point.on_time / judged if judged else None


def _spoken(point: MonthPoint) -> str:
    judged = point.on_time + point.late
    return wording.share(point.on_time, judged) if judged else "tidak ada data"


def _rounded(part: int, whole: int) -> str:
    """A whole percentage for a chart; as `7/8` below ten, and never 100% of less than all."""
    if whole == 0:
        return NO_DATA
    if whole < wording.FEW:
        return f"{part}/{whole}"
    rounded = int(Fraction(100 * part, whole) + Fraction(1, 2))
    return f"{min(max(rounded, 1), 99) if 0 < part < whole else rounded}%"


def _floor(shares: Sequence[float]) -> int:
    tens = int(min(shares) * 100 - 1) // 10 * 10
    return max(0, min(tens, _HIGHEST_FLOOR))


def _height(share: float, floor: int) -> float:
    return max(0.0, (share * 100 - floor) / (100 - floor))


def _grid(floor: int) -> tuple[tuple[float, str], ...]:
    stride = 10 if floor >= 60 else 20
    return tuple((_height(mark / 100, floor), f"{mark}%") for mark in range(100, floor - 1, -stride))


def _point(series: Sequence[MonthPoint], index: int, shares: Sequence[float | None], floor: int) -> Point:
    point, share = series[index], shares[index]
    year = str(point.month.year) if index == 0 or point.month.month == 1 else ""
    return Point(
        wording.month_short(point.month.month),
        year,
        None if share is None else _height(share, floor),
        _rounded(point.on_time, point.on_time + point.late).removesuffix("%"),
        _stands_above(shares, index, floor),
        wording.number(point.count),
        wording.number(point.on_time),
        wording.number(point.late),
    )


def _stands_above(shares: Sequence[float | None], index: int, floor: int) -> bool:
    """Whether the label stands above its point: where the line does not rise, and never below the axis."""
    share = shares[index]
    if share is None or _height(share, floor) < _NEAR_AXIS:
        return True
    neighbours = [shares[at] for at in (index - 1, index + 1) if 0 <= at < len(shares)]
    known = [neighbour for neighbour in neighbours if neighbour is not None]
    return not known or share >= sum(known) / len(known)
