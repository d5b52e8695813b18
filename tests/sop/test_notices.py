"""Findings that concern a row or an item by itself."""

from __future__ import annotations

import pytest

from tests.sop.registers import minute, register
from tracker.sop.evaluation import evaluate
from tracker.sop.links import link_problem

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
