"""Indonesian formatting: the examples in the docstrings hold, and tables of edge cases."""

import doctest
import importlib
from datetime import date

import pytest

from tests.views.examples import minutes
from tracker.sop.figures import Month
from tracker.sop.model import Standard, Unit
from tracker.sop.verdicts import NONE
from tracker.views import wording

MODULES = (
    "tracker.views.wording.counts",
    "tracker.views.wording.durations",
    "tracker.views.wording.moments",
    "tracker.views.wording.names",
    "tracker.views.papers.matching",
    "tracker.views.papers.text",
)


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_the_docstrings_hold(module: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert tried
    assert not failed


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, "–"),
        (0, 9, "0 dari 9"),
        (7, 8, "7 dari 8"),
        (9, 9, "9 dari 9"),
        (10, 10, "100,0%"),
        (0, 10, "0,0%"),
        (2, 3, "2 dari 3"),
        (20, 30, "66,7%"),
        (1, 16, "6,3%"),
        (9999, 10000, "99,9%"),
        (1, 10000, "0,1%"),
    ],
)
def test_share(part: int, whole: int, shown: str) -> None:
    assert wording.share(part, whole) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.000"),
        (1234567, "1.234.567"),
        (0.05, "0,1"),
        (-0.01, "0"),
        (12.5, "12,5"),
    ],
)
def test_number(value: float, shown: str) -> None:
    assert wording.number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(59, "59 menit"), (60, "1 jam"), (61, "1 jam 1 menit"), (59.5, "1 jam"), (60_000, "1.000 jam")],
)
def test_duration(value: float, shown: str) -> None:
    assert wording.duration(value) == shown


@pytest.mark.parametrize(
    ("value", "day", "shown"),
    [
        (449, 450, "7 jam 29 menit"),
        (450, 450, "1 hari"),
        (970, 450, "2 hari 1 jam"),
        (930, 450, "2 hari"),
        (970, 0, "16 jam 10 menit"),
    ],
)
def test_duration_in_days(value: int, day: int, shown: str) -> None:
    assert wording.duration_in_days(value, day) == shown


def test_standard_keeps_its_unit() -> None:
    values = [
        Standard(1, Unit.DAYS),
        Standard(24, Unit.HOURS),
        Standard(90, Unit.MINUTES),
        Standard(1.5, Unit.HOURS),
    ]
    assert [wording.standard(value) for value in values] == ["1 hari", "24 jam", "90 menit", "1,5 jam"]
    assert wording.standard(None) == "–"


@pytest.mark.parametrize(
    ("month", "shown"),
    [
        (Month(2026, 8), "1 s.d. 31 Agustus 2026"),
        (Month(2024, 2), "1 s.d. 29 Februari 2024"),
        (Month(2026, 12), "1 s.d. 31 Desember 2026"),
    ],
)
def test_period(month: Month, shown: str) -> None:
    assert wording.paper_period(month) == shown


def test_moments() -> None:
    at = minutes(3)
    assert wording.screen_moment(at) == "3 Agt 2026 09.15"
    assert wording.screen_moment(at, today=date(2026, 8, 3)) == "09.15"
    assert wording.paper_moment(at, "Asia/Jayapura") == "3 Agustus 2026 pukul 09.15 WIT"
    assert wording.stacked_moment(at) == "3 Agustus 2026\n09.15"
    assert wording.iso_moment(at) == "2026-08-03T09:15"
    assert (wording.screen_moment(NONE), wording.stacked_moment(NONE), wording.iso_moment(NONE)) == (
        "–",
        "–",
        None,
    )


def test_every_month_has_its_three_names() -> None:
    names = [wording.month_name(n) for n in range(1, 13)]
    shorts = [wording.month_short(n) for n in range(1, 13)]
    assert names[4] == shorts[4] == "Mei"
    assert all(name.startswith(short[:2]) for name, short in zip(names, shorts, strict=True))
    assert [wording.roman_month(n) for n in (1, 4, 9, 12)] == ["I", "IV", "IX", "XII"]


@pytest.mark.parametrize("text", ["", "-", "1980010120050110", "198001012005131001", "198001012005011001a"])
def test_what_is_no_nip_is_left_as_typed(text: str) -> None:
    assert wording.nip(text) == text
