"""Findings that concern a row or an item by itself."""

from __future__ import annotations

import pytest

from tests.sop.registers import STAF, minute, register, step
from tracker.sop.evaluation import evaluate
from tracker.sop.links import link_problem
from tracker.sop.model import END, NO_STEP, UNKNOWN_TARGET, Sop, Standard, Unit
from tracker.sop.notices import standard_words

ROWS = ["1|Kasub Satu|3/8 09.00|3/8 09.05", "2|Staf Satu|3/8 09.05|3/8 12.00"]


def test_rows_copied_from_another_item_are_noted_once() -> None:
    rows = [f"{id_}|{row}" for id_ in ("K-1", "K-2") for row in ROWS]
    found = [one for one in evaluate(register(rows), minute("3/8 13.00")).findings if one.code == "W206"]
    assert [(one.id, one.step, one.place.row) for one in found] == [("K-2", 1, 4)]


def test_one_equal_step_is_no_copy() -> None:
    rows = [*(f"K-1|{row}" for row in ROWS), f"K-2|{ROWS[0]}", "K-2|2|Staf Satu|3/8 09.05|3/8 12.01"]
    assert "W206" not in [one.code for one in evaluate(register(rows), minute("3/8 13.00")).findings]


@pytest.mark.parametrize(
    ("link", "is_fine"),
    [
        ("https://www.instagram.com/p/Cx1abc/", True),
        ("https://instagram.com/jdih.contoh", False),
        ("https://www.youtube.com/watch?v=abc", True),
        ("https://youtu.be/abc", True),
        ("https://youtube.com/@jdih", False),
        ("https://youtube.com/channel/UC123", False),
        ("https://jdih.contoh.go.id/infografis-17", True),
        ("https://jdih.contoh.go.id/", False),
        ("instagram.com/p/abc", False),
        ("javascript:alert(1)", False),
        ("https://[broken", False),
    ],
)
def test_a_link_must_be_that_of_a_post(link: str, is_fine: bool) -> None:
    assert (link_problem(link) is None) is is_fine


def swaps(rows: list[str], now: str = "20/8 10.00") -> list[tuple[int | None, str | None]]:
    findings = evaluate(register(rows), minute(now)).findings
    return [(one.place.row, one.place.column) for one in findings if one.code == "D406"]


def test_a_date_out_of_order_whose_swap_would_be_in_order() -> None:
    rows = [
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05",
        "K-1|2|Staf Satu|3/8 09.05|8/3 12.00",  # 3 August, turned into 8 March
        "K-1|3|Kelola Satu|3/8 13.00|3/8 13.20",
    ]
    assert swaps(rows) == [(3, "Selesai")]


def test_both_moments_of_a_row_may_be_swapped() -> None:
    rows = [
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05",
        "K-1|2|Staf Satu|8/3 09.05|8/3 12.00",
        "K-1|3|Kelola Satu|3/8 13.00|3/8 13.20",
    ]
    assert swaps(rows) == [(3, "Mulai"), (3, "Selesai")]


def test_a_date_that_no_swap_would_mend_is_not_suspected() -> None:
    assert swaps(["K-1|2|Staf Satu|3/8 09.00|3/8 12.00"]) == []
    assert swaps(["K-1|1|Kasub Satu|3/8 09.00|3/8 09.05", "K-1|2|Staf Satu|13/8 09.05|13/7 12.00"]) == []


def test_a_swap_into_the_future_mends_nothing() -> None:
    """1 September, turned into 9 January, after a row of 31 August."""
    rows = ["K-1|1|Kasub Satu|31/8 15.00|31/8 15.05", "K-1|2|Staf Satu|9/1 09.05|9/1 12.00"]
    assert swaps(rows, now="31/8 16.00") == []
    assert swaps(rows, now="1/9 13.00") == [(3, "Mulai"), (3, "Selesai")]


def unsound(*links: tuple[int, int]) -> list[tuple[str, int | None]]:
    """S505 of an SOP whose steps lead to (Jika Ya, Jika Tidak)."""
    hour = Standard(1, Unit.HOURS)
    steps = tuple(step(number, STAF, hour, yes, no) for number, (yes, no) in enumerate(links, start=1))
    findings = evaluate(register([], sop=Sop({}, steps)), minute("3/8 10.00")).findings
    return [(one.place.column or "", one.place.row) for one in findings if one.code == "S505"]


def test_an_sop_must_reach_every_step_and_the_end() -> None:
    assert unsound((1, NO_STEP), (END, 0)) == []
    assert unsound((1, NO_STEP), (0, NO_STEP)) == [("", None)]
    assert unsound((1, NO_STEP), (2, 3), (END, NO_STEP), (3, NO_STEP)) == [("Jika Ya", 5)]
    assert unsound((END, NO_STEP), (END, NO_STEP)) == [("No", 3)]
    assert unsound((1, NO_STEP), (UNKNOWN_TARGET + 8, NO_STEP)) == [("Jika Ya", 3)]


def test_standards_and_lists_in_words() -> None:
    assert standard_words(None) == "–"
    whole = Sop({"Nama SOP": ("Contoh",)}, (step(1, STAF, None, END),))
    assert (whole.first("Nama SOP"), whole.first("Nomor SOP", "–"), whole.roles) == ("Contoh", "–", (STAF,))
