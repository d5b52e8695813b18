"""Performers: who did it, and whether they held the role that day."""

from __future__ import annotations

import pytest

from tests.sop.registers import KASUBBAG, PEOPLE, STAF, minute, register
from tracker.findings import Severity
from tracker.sop.evaluation import evaluate

DISPOSED = "K-1 | 1 | Kasub Satu | 3/8 09.00 | 3/8 09.05"
ACTING = f"Staf Satu | {KASUBBAG} | Plh. | 3/8 | 5/8"


def codes(rows: list[str], people: tuple[str, ...] = PEOPLE) -> list[tuple[str, int | None]]:
    findings = evaluate(register(rows, people=people), minute("20/8 10.00")).findings
    return [(one.code, one.place.row) for one in findings if one.code.startswith("P") or one.code == "D405"]


@pytest.mark.parametrize(
    ("performer", "expected"),
    [
        ("Kasub Satu", []),
        ("kasub satu", [("D405", 2)]),
        ("Kasub Satu, S.H.", [("D405", 2)]),
        ("Staf Satu", [("P301", 2)]),
        ("Staf Satu; Kasub Satu", []),
        ("Kasup Satu", [("P302", 2)]),
        ("", [("P305", 2)]),
    ],
)
def test_the_first_step(performer: str, expected: list[tuple[str, int]]) -> None:
    assert codes([f"K-1|1|{performer}|3/8 09.00|3/8 09.05"]) == expected


def test_a_blank_performer_is_never_guessed() -> None:
    assert ("P303", 3) in codes([DISPOSED, "K-1|2||3/8 09.05|3/8 12.00"])
    nobody = tuple(one for one in PEOPLE if STAF not in one)
    assert ("P303", 3) in codes([DISPOSED, "K-1|2||3/8 09.05|3/8 12.00"], nobody)


@pytest.mark.parametrize(("day", "expected"), [("3/8", []), ("5/8", []), ("6/8", [("P301", 2)])])
def test_an_acting_officer_counts_only_while_appointed(day: str, expected: list[tuple[str, int]]) -> None:
    assert codes([f"K-1|1|Staf Satu|{day} 09.00|{day} 09.05"], (*PEOPLE, ACTING)) == expected


def test_deciding_on_ones_own_work() -> None:
    rows = [
        DISPOSED,
        "K-1|2|Staf Satu|3/8 09.05|3/8 10.00",
        "K-1|3|Kelola Satu|3/8 10.00|3/8 10.20",
        "K-1|4|Kelola Satu|3/8 10.20|3/8 10.30|Ya",
    ]
    alone = ("Kasub Satu | " + KASUBBAG, "Staf Satu | " + STAF, PEOPLE[3], f"Kelola Satu | {STAF}")
    findings = evaluate(register(rows, people=alone), minute("3/8 11.00")).findings
    assert [(one.place.row, one.severity) for one in findings if one.code == "P304"] == [
        (5, Severity.PERINGATAN)
    ]
    nobody_else = ("Kasub Satu | " + KASUBBAG, PEOPLE[3], f"Kelola Satu | {STAF}")
    findings = evaluate(register(rows, people=nobody_else), minute("3/8 11.00")).findings
    assert [(one.place.row, one.severity) for one in findings if one.code == "P304"] == [
        (5, Severity.CATATAN)
    ]
