"""The figures of a month as the JSON that `report monthly --json` prints and every paper carries inside."""

from __future__ import annotations

import csv
from io import StringIO

from tracker.sop.figures import MonthFigures, RunningItem, StepFigures
from tracker.views import wording

__all__ = ["monthly_json", "step_json", "steps_csv"]


def monthly_json(figures: MonthFigures, *, number: str | None) -> dict[str, object]:
    """The document of the command-line contract; counts are integers, moments local time, `number` null
    unfiled.
    """
    return {
        "period": str(figures.month),
        "as_of": wording.iso_moment(figures.as_of),
        "number": number or None,
        "events": {
            "count": int(figures.count),
            "on_time": int(figures.on_time),
            "late": int(figures.late),
            "unjudged": int(figures.unjudged),
        },
        "items": {
            "count": int(figures.items.count),
            "compliant": int(figures.items.compliant),
            "first_pass": int(figures.items.first_pass),
            "rework_rounds": int(figures.items.rework_rounds),
        },
        "steps": [step_json(step) for step in figures.steps],
        "series": [
            {"period": str(point.month), "count": int(point.count), "on_time": int(point.on_time)}
            for point in figures.series
        ],
        "running": [_running(item) for item in figures.running],
        "findings": [{"code": code, "count": int(count)} for code, count in figures.finding_counts],
    }


def step_json(step: StepFigures) -> dict[str, object]:
    """One step as every document of figures has it."""
    return {
        "step": int(step.step),
        "role": step.role,
        "count": int(step.count),
        "on_time": int(step.on_time),
        "late": int(step.late),
        "unjudged": int(step.unjudged),
        "median_minutes": _tenths(step.median_minutes),
        "p90_minutes": _tenths(step.p90_minutes),
        "late_minutes": int(step.late_minutes),
        "returned": int(step.returned),
    }


def _tenths(minutes: float | None) -> float | int | None:
    """Rounded as the paper prints it, so that JSON and paper never differ."""
    if minutes is None:
        return None
    tenths = int(float(minutes) * 10 + 0.5)
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def _running(item: RunningItem) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "channel": item.channel,
        "step": int(item.step),
        "role": item.role,
        "since": wording.iso_moment(item.since),
        "deadline": wording.iso_moment(item.deadline),
        "age_minutes": int(item.age_minutes),
        "open": bool(item.is_open),
        "overdue": bool(item.overdue),
        "late_minutes": int(item.late_minutes),
    }


_HEADINGS = (
    "langkah", "kegiatan", "pelaksana", "waktu_baku", "jumlah", "tepat", "lambat", "tidak_dinilai",
    "median_menit", "p90_menit", "lambat_menit", "dikembalikan",
)  # fmt: skip


def steps_csv(figures: MonthFigures) -> str:
    """Table B as CSV with a heading row; text that a spreadsheet would calculate is made literal."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for step in figures.steps:
        measured = step_json(step)
        counts = [measured[key] for key in ("count", "on_time", "late", "unjudged")]
        minutes = [measured[key] for key in ("median_minutes", "p90_minutes", "late_minutes", "returned")]
        words = [_literal(word) for word in (step.activity, step.role, step.standard)]
        writer.writerow([step.step, *words, *counts, *minutes])
    return text.getvalue()


def _literal(word: str) -> str:
    """A cell beginning with a formula sign gets an apostrophe (source: OWASP, CSV injection)."""
    return f"'{word}" if word.startswith(("=", "+", "-", "@", "\t", "\r")) else word
