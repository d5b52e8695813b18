"""The paragraph of the monthly report says what its figures say, in every kind of month."""

from dataclasses import replace

import pytest

from tests.views.examples import august, empty
from tracker.sop.figures import MonthFigures, MonthPoint
from tracker.views.monthly import narrative


def _said(figures: MonthFigures) -> str:
    return narrative(figures).replace("\u00a0", " ")


def _of(
    on_time: int, late: int, *, before: tuple[int, int] | None = None, target: float = 90.0
) -> MonthFigures:
    """A month with these judged events, all of them in step 4."""
    full = august()
    step = replace(full.steps[3], count=on_time + late, on_time=on_time, late=late)
    point = MonthPoint(full.month, on_time + late, on_time, late)
    past = (MonthPoint(full.month.shifted(-1), sum(before or (0, 0)), *(before or (0, 0))), point)
    return replace(
        full,
        count=on_time + late,
        on_time=on_time,
        late=late,
        unjudged=0,
        steps=(step,),
        series=past,
        target_percent=target,
    )


def test_a_full_month() -> None:
    assert _said(august()) == (
        "Selama Agustus 2026 tercatat 167 pelaksanaan langkah pada 25 konten yang ditangani:"
        " dari 165 yang dinilai, 151 (91,5%) selesai dalam waktu baku; 2 lainnya tidak dapat dinilai."
        " Capaian ini naik dari 91,0% pada Juli 2026 dan berada di atas target 90%."
        " Keterlambatan terbanyak terjadi pada langkah 4 (Memperbaiki, mengoreksi atau …),"
        " yaitu 5 dari 34 yang dinilai."
    )


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (_of(90, 10, before=(80, 20)), "naik dari 80,0% pada Juli 2026 dan sama dengan target 90%"),
        (_of(80, 20, before=(90, 10)), "turun dari 90,0% pada Juli 2026 dan berada di bawah target 90%"),
        (_of(95, 5, before=(190, 10)), "tetap seperti 95,0% pada Juli 2026 dan berada di atas target 90%"),
        (_of(7, 1, before=(5, 1)), "naik dari 5 dari 6 pada Juli 2026 dan berada di bawah target 90%"),
        (_of(90, 10), "Belum ada bulan sebelumnya sebagai pembanding; capaian ini sama dengan target 90%"),
        (_of(89, 10, before=(1, 1), target=92.5), "di bawah target 92,5%"),
    ],
)
def test_comparison(figures: MonthFigures, words: str) -> None:
    assert words in _said(figures)


def test_a_change_too_small_to_be_printed_is_no_change() -> None:
    assert "tetap seperti 91,5%" in _said(_of(9153, 847, before=(9150, 850)))


def test_few_events_are_counted_not_given_in_per_cent() -> None:
    said = _said(_of(7, 1))
    assert "7 dari 8 selesai dalam waktu baku" in said
    assert "87,5%" not in said


def test_where_the_lateness_sits() -> None:
    full = august()
    assert "Tidak ada pelanggaran waktu." in _said(_of(20, 0))
    assert "seluruhnya selesai dalam waktu baku" in _said(_of(20, 0))
    assert "Satu-satunya keterlambatan terjadi pada langkah 4" in _said(_of(19, 1))
    two = tuple(replace(step, late=5) for step in full.steps[3:5])
    assert "pada langkah 4 dan langkah 5, masing-masing 5" in _said(replace(full, steps=two))
    many = tuple(replace(step, late=2) for step in full.steps)
    assert "tersebar pada 6 langkah, masing-masing 2" in _said(replace(full, steps=many))


def test_a_month_in_which_nothing_could_be_judged() -> None:
    figures = replace(august(), count=4, on_time=0, late=0, unjudged=4)
    assert "Seluruhnya tidak dapat dinilai" in _said(figures)


def test_an_empty_month() -> None:
    assert _said(empty()) == (
        "Selama Agustus 2026 tidak ada pelaksanaan langkah SOP yang selesai dan tercatat."
        " Pada akhir periode tidak ada konten yang berjalan."
    )
    assert "3 konten masih berjalan" in _said(replace(empty(), running=august().running))


def test_a_gap_before_is_named_as_such() -> None:
    figures = _of(90, 10)
    earlier = MonthPoint(figures.month.shifted(-2), 10, 9, 1)
    gap = MonthPoint(figures.month.shifted(-1), 0, 0, 0)
    said = _said(replace(figures, series=(earlier, gap, figures.series[-1])))
    assert "Tidak ada pelaksanaan yang dinilai pada Juli 2026 sebagai pembanding" in said
