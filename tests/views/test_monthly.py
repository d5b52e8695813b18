"""The figures as JSON and words: shape, cross-foot, charts, sections."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from tests.views.examples import august, empty, findings, imprint, minutes, signing, sop
from tracker.errors import PaperFailed
from tracker.sop.figures import Month, MonthFigures, MonthPoint
from tracker.views.monthly import MonthlyPaper, check_cross_foot, monthly_json, monthly_paper
from tracker.views.monthly.charts import line
from tracker.views.monthly.document import steps_csv


def _paper(figures: MonthFigures) -> MonthlyPaper:
    return monthly_paper(figures, sop(), imprint=imprint(), signing=signing(), findings=findings())


def test_json_has_the_shape_of_the_contract() -> None:
    document = json.loads(json.dumps(monthly_json(august(), number="8/LAP-SOP/VIII/2026")))
    assert list(document) == [
        "period", "as_of", "number", "events", "items", "steps", "series", "running", "findings",
    ]  # fmt: skip
    assert document["period"] == "2026-08"
    assert document["as_of"] == "2026-09-01T00:00"
    assert document["events"] == {"count": 167, "on_time": 151, "late": 14, "unjudged": 2}
    assert document["items"] == {"count": 22, "compliant": 13, "first_pass": 11, "rework_rounds": 11}
    assert document["steps"][1] == {
        "step": 2, "role": "Staf Subbag Hukum dan SDM", "count": 25, "on_time": 22, "late": 2, "unjudged": 1,
        "median_minutes": 312.5, "p90_minutes": 430, "late_minutes": 187, "returned": 0,
    }  # fmt: skip
    assert document["series"][-1] == {"period": "2026-08", "count": 167, "on_time": 151}
    assert document["findings"][0] == {"code": "D404", "count": 2}
    assert document["running"][0]["deadline"] == "2026-08-31T10:00"


def test_json_of_an_empty_month_has_nulls_where_nothing_is_known() -> None:
    document = monthly_json(empty(), number="")
    assert document["number"] is None
    assert document["running"] == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"late": 13}, "13"),
        ({"count": 168}, "168"),
        ({"rework_rounds": 12}, "12 dan 11"),
        ({"items_handled": 26}, "26 dan 25"),
        ({"violations": ()}, "14 dan 0"),
        ({"listed": ()}, "14 dan 0"),
        ({"series": (MonthPoint(Month(2026, 8), 1, 1, 0),)}, "167 dan 1"),
    ],
)
def test_a_report_that_does_not_add_up_is_refused_naming_the_numbers(
    change: dict[str, object], named: str
) -> None:
    with pytest.raises(PaperFailed) as refused:
        check_cross_foot(replace(august(), **change))  # type: ignore[arg-type]
    assert named in refused.value.sentence


def test_figures_that_add_up_pass() -> None:
    check_cross_foot(august())
    check_cross_foot(empty())


def test_findings_come_heaviest_first_with_their_cells() -> None:
    rows = _paper(august()).findings
    assert [row[0] for row in rows] == ["D404", "U101", "D410", "W201", "D405", "P305", "W208"]
    assert rows[0][4] == "Riwayat E14, F88"
    assert rows[4][4] == "Riwayat F20, F21, F22, F23, F24, F25, F26, F27, dan 11 sel lain"
    assert rows[2][4] == "–"


def test_a_month_that_is_not_over_is_provisional() -> None:
    assert _paper(august()).as_of == ""
    assert _paper(replace(august(), as_of=minutes(31, "23.59"))).as_of == ""
    shown = _paper(replace(august(), as_of=minutes(20, "10.40"))).as_of
    assert shown.replace("\u00a0", " ") == "Sementara: keadaan per 20 Agustus 2026 pukul 10.40 WITA"


def test_the_line_has_gaps_and_an_axis_from_the_ten_below() -> None:
    figures = august()
    chart = line(figures)
    assert [mark for _, mark in chart.grid] == ["100%", "90%", "80%", "70%"]
    gap = (MonthPoint(Month(2026, 6), 0, 0, 0), MonthPoint(Month(2026, 7), 8, 1, 7), figures.series[-1])
    low = line(replace(figures, series=gap))
    assert low.points[0].height is None
    assert [point.value for point in low.points] == ["t.a.d.", "1/8", "92"]
    assert low.grid[-1] == (0.0, "0%") or low.grid[-1][1] in {"10%", "20%"}
    assert low.points[1].above
    assert all(0 <= point.height <= 1 for point in low.points if point.height is not None)


def test_csv_is_literal_text() -> None:
    figures = august()
    evil = replace(figures.steps[0], activity='=HYPERLINK("x")', role="-2+3")
    rows = list(csv.reader(StringIO(steps_csv(replace(figures, steps=(evil, *figures.steps[1:]))))))
    assert rows[1][1:3] == ['\'=HYPERLINK("x")', "'-2+3"]
    assert [len(row) for row in rows] == [12] * 7
