"""The figures of half a year as the JSON that `report semester --json` prints and the form carries inside."""

from __future__ import annotations

from tracker.sop.figures import SemesterFigures
from tracker.views import wording
from tracker.views.monthly.document import step_json

__all__ = ["semester_json"]


def semester_json(figures: SemesterFigures, *, number: str | None) -> dict[str, object]:
    """Counts are integers, moments local time, `number` null unfiled; every integer stands on the form."""
    total, items = figures.total, figures.items
    return {
        "period": f"{figures.year:04d}-S{figures.half}",
        "as_of": wording.iso_moment(figures.as_of),
        "number": number or None,
        "events": {
            "count": int(total.count),
            "on_time": int(total.on_time),
            "late": int(total.late),
            "unjudged": int(total.unjudged),
        },
        "items": {
            "count": int(items.count),
            "compliant": int(items.compliant),
            "first_pass": int(items.first_pass),
            "rework_rounds": int(items.rework_rounds),
        },
        "not_counted": int(figures.not_counted),
        "target_percent": figures.target_percent,
        "steps": [
            step_json(step.figures)
            | {"findings": [{"code": code, "count": int(count)} for code, count in step.finding_counts]}
            for step in figures.steps
        ],
        "months": [
            {
                "period": str(point.month),
                "count": int(point.count),
                "on_time": int(point.on_time),
                "late": int(point.late),
                "items": int(point.items),
                "compliant": int(point.compliant),
            }
            for point in figures.months
        ],
    }
