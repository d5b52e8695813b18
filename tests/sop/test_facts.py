"""The facts that a finding states beside its code: steps, moments, minutes, names and IDs, whatever the sentence."""

from __future__ import annotations

import re

import pytest

from tests.sop.registers import KASUBBAG, PEOPLE, STAF, minute, register, seed_sop, step
from tests.sop.test_order import DISPOSED, EDITED, GATHERED, WHOLE
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, UNKNOWN_TARGET, Register, Sop, Standard, Unit

_NUMBER = re.compile(r"\d+(?:[./]\d+)*")
_LATER = {"U103", "U107", "D418", "P304"}
"""Told of paths that take more than a day."""


def facts(book: Register, code: str, now: str = "3/8 12.00") -> list[tuple[int | None, list[str]]]:
    """(row, numbers of the sentence) of every finding of this code."""
    found = evaluate(book, minute(now)).findings
    return [(one.place.row, _NUMBER.findall(one.message)) for one in found if one.code == code]


def said(book: Register, code: str, now: str = "3/8 12.00") -> list[str]:
    return [one.message for one in evaluate(book, minute(now)).findings if one.code == code]


@pytest.mark.parametrize(
    ("code", "rows", "numbers"),
    [
        # The step, then what is missing: one, two, and more.
        ("U101", [DISPOSED, "K-1|3|Kelola Satu|3/8 09.05|3/8 09.20"], ["3", "2"]),
        ("U101", [DISPOSED, "K-1|4|Staf Dua|3/8 09.05|3/8 09.20|Ya"], ["4", "2", "3"]),
        ("U101", [DISPOSED, "K-1|6|Kelola Satu|3/8 09.05|3/8 09.20"], ["6", "2", "3", "4", "5"]),
        ("U102", [DISPOSED, DISPOSED.replace("09.0", "10.0")], ["1"]),
        ("U103", [*WHOLE, "K-1|3|Kelola Satu|5/8 10.00|5/8 10.05"], ["3", "6"]),
        ("U104", ["K-1|3|Kelola Satu|3/8 09.05|3/8 09.20"], ["3", "1", "2"]),
        ("U105", [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|", "K-1|3|Kelola Satu|3/8 10.00|3/8 10.05"], ["2", "3"]),
        ("U106", [DISPOSED, "K-1|2|Staf Satu|3/8 09.02|3/8 10.00"], ["2", "3", "1"]),
        ("U107", [DISPOSED, GATHERED, DISPOSED.replace("3/8", "4/8")], ["1", "2"]),
        ("D418", [*WHOLE[:3], "K-1|4|Staf Dua|3/8 15.20|3/8 15.40", WHOLE[4]], ["5"]),
        ("W201", ["K-1|1|Kasub Satu|3/8 09.00|3/8 10.15"], ["1", "1", "5", "3/8/2026", "09.10", "10"]),
        ("W202", ["K-1|1|Kasub Satu|3/8 09.00|"], ["1", "2", "50", "3/8/2026", "09.10", "10"]),
        ("W203", ["K-1|1|Kasub Satu|3/8 09.00|3/8 08.59"], ["3/8/2026", "08.59", "3/8/2026", "09.00"]),
        ("W204", ["K-1|1|Kasub Satu|3/8 07.00|3/8 07.35"], ["3/8/2026", "07.00"]),
        ("W205", ["K-1|1|Kasub Satu|3/8 12.30|"], ["3/8/2026", "12.30", "3/8/2026", "12.00"]),
        ("W208", [DISPOSED, "K-1|2|Staf Satu||3/8 11.00"], ["3/8/2026", "09.05"]),
        ("W208", ["K-1|1|Kasub Satu||3/8 11.00"], []),
        ("P301", ["K-1|1|Staf Satu|2/8 09.00|3/8 09.05"], ["3/8/2026"]),
        ("P303", [DISPOSED, "K-1|2||3/8 09.05|3/8 10.00"], ["2"]),
        ("P304", [DISPOSED, *(one.replace("Staf Dua", "Kelola Satu") for one in WHOLE[1:4])], ["4", "3"]),
    ],
)  # fmt: skip
def test_numbers_of_one_finding(code: str, rows: list[str], numbers: list[str]) -> None:
    now = "6/8 12.00" if code in _LATER else "3/8 12.00"
    assert [told for _, told in facts(register(rows), code, now)] == [numbers]


def test_numbers_of_findings_on_items() -> None:
    book = register([DISPOSED, GATHERED.replace("K-1", "K-2")], items=["K-1 | | 1/8", "K-2 | 2/8"])
    assert facts(book, "W209") == [(2, ["1/8/2026"])]
    assert facts(book, "D413", "5/8 12.00") == [(3, ["2/8/2026"])]
    assert facts(book, "W210", "5/8 12.00") == [(2, ["2", "3/8/2026", "09.05", "4/8/2026", "09.05"])]


def test_a_copied_row_names_the_row_it_was_copied_from() -> None:
    rows = [f"{id_}|{row.partition('|')[2]}" for id_ in ("K-1", "K-2", "K-3") for row in (DISPOSED, GATHERED)]
    book = register(rows, items=["K-3", "K-2", "K-1"])
    told = said(book, "W206", "3/8 16.00")
    assert [one for one, _ in facts(book, "W206", "3/8 16.00")] == [4, 6]
    assert all("K-1" in one and _NUMBER.findall(one.replace("K-1", ""))[-1:] == ["2"] for one in told)


def test_a_swapped_date_names_both_readings() -> None:
    rows = [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|8/3 12.00", "K-1|3|Kelola Satu|3/8 13.00|3/8 13.20"]
    (told,) = facts(register(rows), "D406", "20/8 10.00")
    assert told == (3, ["8/3/2026", "12.00", "3/8/2026", "12.00"])


def test_names_in_findings() -> None:
    book = register(["K-1|1|Staf Dua; Staf Satu|3/8 09.00|3/8 09.05"])
    assert all(name in said(book, "P301")[0] for name in ("Staf Dua", "Staf Satu"))
    assert "Kasub Satu" in said(register(["K-1|1||3/8 09.00|3/8 09.05"]), "P305")[0]
    (near,) = said(register(["K-1|1|Kasup Satu|3/8 09.00|3/8 09.05"]), "P302")
    assert "Kasup Satu" in near
    assert "Kasub Satu" in near
    (far,) = said(register(["K-1|1|Xyzzy|3/8 09.00|3/8 09.05"]), "P302")
    assert "Xyzzy" in far
    assert not [name for name in (one.partition(" |")[0] for one in PEOPLE) if name in far]
    (read,) = said(register(["K-1|1|kasub satu;staf satu|3/8 09.00|3/8 09.05"]), "D405")
    assert all(name in read for name in ("Kasub Satu", "Staf Satu"))
    alone = (*PEOPLE, f"Kelola Satu | {STAF}")
    own = [DISPOSED, *WHOLE[1:3], EDITED.replace("Staf Dua", "Kelola Satu")]
    assert "Kelola Satu" in said(register(own, people=alone), "P304", "3/8 15.45")[0]


def test_facts_of_the_sop() -> None:
    hour = Standard(1, Unit.HOURS)
    steps = (
        step(1, STAF, hour, 1, output="Draf"),
        step(2, STAF, hour, 2, requirement="Berkas"),
        step(3, STAF, hour, END),
    )
    (told,) = [
        one
        for one in evaluate(register([], sop=Sop({}, steps)), minute("3/8 12.00")).findings
        if one.code == "S601"
    ]
    assert (told.place.row, told.place.column, told.step) == (2, "Output", 1)
    assert all(word in told.message for word in ("Draf", "Berkas", "2"))
    alike = (steps[0], step(2, STAF, hour, 2, requirement="draf."), steps[2])
    assert not said(register([], sop=Sop({}, alike)), "S601")
    assert not said(register([], sop=seed_sop()), "S601")


def test_years_without_holidays() -> None:
    rows = [
        "K-1|1|Kasub Satu|31/12/2024 09.00|31/12/2024 09.05",
        "K-2|1|Kasub Satu|1/1/2025 09.00|1/1/2027 09.05",
    ]
    assert facts(register(rows), "S507", "3/8/2027 12.00") == [
        (None, ["2024"]),
        (None, ["2025"]),
        (None, ["2027"]),
    ]
    # What is still to come is a slip of the pen (W205).
    assert facts(register(rows), "S507", "3/8/2026 12.00") == [(None, ["2024"]), (None, ["2025"])]


@pytest.mark.parametrize(
    ("row", "now", "years"),
    [
        pytest.param(
            "K-1|2|Staf Satu|31/12 09.00|", "31/12 10.00", ["2027"], id="a deadline on New Year's Day"
        ),
        pytest.param("K-1|2|Staf Satu|30/12 09.00|", "30/12 10.00", [], id="a deadline on New Year's Eve"),
        pytest.param("K-1|2|Staf Satu|30/12 09.00|", "4/1/2027 10.00", ["2027"], id="running until now"),
        pytest.param(
            "K-1|1|Kasub Satu|31/12 09.00|31/12 09.05", "31/12 10.00", ["2027"], id="waiting until then"
        ),
        pytest.param(
            "K-1|6|Kelola Satu|31/12 09.00|31/12 09.05", "4/3/2028 10.00", [], id="over in the old year"
        ),
        pytest.param("K-1|2|Staf Satu||30/12 09.00", "30/12 10.00", [], id="waits a day, not judged"),
        pytest.param(
            "K-1|2|Staf Satu|30/12 09.00|", "4/1/2029 10.00", ["2027", "2028", "2029"], id="and between"
        ),
    ],
)
def test_years_that_only_judging_reaches_need_holidays_too(row: str, now: str, years: list[str]) -> None:
    assert facts(register([row]), "S507", now) == [(None, [year]) for year in years]


def test_a_start_left_blank_after_a_finish_that_nobody_knows() -> None:
    """The sentence does not deny the step before: it is there, only its Selesai is not."""
    second = "K-1|2|Staf Satu||3/8 11.00"
    (alone,) = said(register([second]), "W208")
    (after_open,) = said(register(["K-1|1|Kasub Satu|3/8 09.00|", second]), "W208")
    (after_unreadable,) = said(register(["K-1|1|Kasub Satu|3/8 09.00|?", second]), "W208")
    assert after_open == after_unreadable != alone


def test_how_many_could_be_meant() -> None:
    rows = ["K-1|2||3/8 09.00|3/8 10.00"]
    assert [numbers for _, numbers in facts(register(rows), "P303")] == [["2"]]
    assert [numbers for _, numbers in facts(register(rows, people=PEOPLE[:1]), "P303")] == [[]]


def test_a_name_that_two_people_share_is_told_with_both() -> None:
    people = (f"Dr. Ani, S.H. | {STAF}", f"Ani, M.M. | {STAF}", f"Kasub Satu | {KASUBBAG}")
    (told,) = said(register(["K-1|2|Ani|3/8 09.00|3/8 10.00"], people=people), "P302")
    assert "Dr. Ani, S.H." in told and "Ani, M.M." in told


def test_waiting_for_a_step_that_langkah_does_not_have() -> None:
    astray = Sop({}, (step(1, KASUBBAG, Standard(1, Unit.HOURS), UNKNOWN_TARGET + 9),))
    (told,) = said(register(["K-1|1|Kasub Satu|3/8 09.00|3/8 09.05"], sop=astray), "W210", "20/8 09.00")
    assert "None" not in told
