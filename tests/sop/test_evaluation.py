"""The evaluation as a whole: columns in place, findings in the order of the sheets, what makes an item compliant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sop.registers import minute, register
from tests.sop.test_order import DISPOSED, DRAFTED, EDITED, GATHERED, WHOLE
from tracker.findings import Place, finding
from tracker.sop.evaluation import evaluate
from tracker.sop.model import Outcome, Register
from tracker.sop.verdicts import Evaluation

ROWS = [
    "K-2|1|Kasub Satu|4/8 09.00|4/8 09.05",
    "K-1|4|Staf Dua|3/8 15.20|3/8 15.40",  # D418: Tidak, for step 3 follows
    "K-1|3|Kelola Satu|3/8 15.00|3/8 15.20|Ya",  # D407
    "K-9|1|Kasub Satu|3/8 09.00|3/8 09.05|Ya",  # no such item
    "K-1|3|Kelola Satu|4/8 08.00|4/8 08.10",
    "K-1|2|Staf Satu|3/8 09.05|3/8 15.00",
    "K-1|1||3/8 09.00|3/8 09.05",
    "K-3|1|Kasub Satu|3/8 09.00|3/8 09.05",  # cancelled that day
    "K-1|4|Staf Dua; Staf Satu|4/8 08.20||Tidak",
]


def evaluated(rows: list[str] = ROWS, now: str = "4/8 09.10", **other: object) -> Evaluation:
    return evaluate(register(rows, **{"items": ["K-1", "K-2", "K-3 | 3/8"], **other}), minute(now))  # type: ignore[arg-type]


def test_columns_are_parallel_to_the_rows() -> None:
    events = evaluated().events
    yes, no, blank = int(Outcome.YES), int(Outcome.NO), int(Outcome.BLANK)
    assert events.item.tolist() == [1, 0, 0, -1, 0, 0, 0, 2, 0]
    assert events.counts.tolist() == [True, True, True, False, True, True, True, False, True]
    assert events.position.tolist() == [0, 3, 2, -1, 4, 1, 0, -1, 5]
    assert events.round.tolist() == [1, 1, 1, 1, 2, 1, 1, 1, 2]
    assert events.outcome.tolist() == [blank, no, blank, yes, blank, blank, blank, blank, no]
    assert [events.performer_sets[one] for one in events.performer] == [
        ("Kasub Satu",), ("Staf Dua",), ("Kelola Satu",), ("Kasub Satu",), ("Kelola Satu",), ("Staf Satu",),
        ("Kasub Satu",), ("Kasub Satu",), ("Staf Dua", "Staf Satu"),
    ]  # fmt: skip
    assert events.start.tolist() == [minute(row.split("|")[3]) for row in ROWS]
    assert (events.outcome.dtype, events.verdict.dtype) == ("int8", "int8")


def test_findings_stand_in_the_order_of_the_sheets() -> None:
    """Register before Riwayat before SOP …, then by row, cell and code; what has no place comes last."""
    own = tuple(
        finding(code, place, reason="x", column="x", heading="x", year=2026, id="K-1", sheet="x", nearest="")
        for code, place in (
            ("S501", Place()),
            ("S507", Place("Hari Libur")),
            ("D404", Place("Riwayat", 10, "Selesai", "E10")),
            ("D408", Place("Riwayat", 10, "Mulai", "D10")),
            ("D404", Place("Riwayat", 10, "Mulai", "D10")),
            ("D404", Place("Riwayat", 3, "Mulai", "D3")),
            ("D404", Place("Pegawai", 2, "Mulai")),
            ("D404", Place("Jam Kerja", 3, "Mulai")),
            ("D404", Place("Langkah", 4, "Waktu")),
            ("D404", Place("Register", 9, "Target Tayang")),
            ("D404", Place("SOP", 2, "Isi")),
            ("D404", Place("Arsip", 2, "Isi")),
            ("D404", Place("Daftar", 2, "Isi")),
        )
    )
    book = replace(register([], items=["K-1"]), findings=own)
    places = [
        (one.place.sheet, one.place.row, one.place.cell, one.code)
        for one in evaluate(book, minute("3/8 10.00")).findings
    ]
    assert places == [
        ("Register", 9, None, "D404"),
        ("Riwayat", 3, "D3", "D404"),
        ("Riwayat", 10, "D10", "D404"),
        ("Riwayat", 10, "D10", "D408"),
        ("Riwayat", 10, "E10", "D404"),
        ("SOP", 2, None, "D404"),
        ("Langkah", 4, None, "D404"),
        ("Pegawai", 2, None, "D404"),
        ("Jam Kerja", 3, None, "D404"),
        ("Hari Libur", None, None, "S507"),
        ("Daftar", 2, None, "D404"),
        ("Arsip", 2, None, "D404"),
        (None, None, None, "S501"),
    ]


def test_findings_of_the_rules_are_located_by_the_reader() -> None:
    def locate(sheet: str, row: int, column: str) -> tuple[str | None, str | None]:
        return f"{column[0]}{row}", f"{sheet}!"

    book = replace(register(["K-1|1|Kasub Satu|1/8 09.00|3/8 08.59"], holidays=()), locate=locate)
    found = {one.code: (one.place.cell, one.raw) for one in evaluate(book, minute("3/8 10.00")).findings}
    assert found == {"S507": (None, None), "W201": ("S2", "Riwayat!"), "W204": ("M2", "Riwayat!")}


def compliant(rows: list[str], *, extra: str | None = None) -> list[int]:
    book: Register = register(rows, items=["K-1", "K-2", "k-1"])
    if extra is not None:
        book = replace(
            book, findings=(finding(extra, Place("Riwayat", 2, "Mulai"), id="K-1", reason="x", column="x"),)
        )
    return evaluate(book, minute("20/8 10.00")).items.compliant.tolist()


@pytest.mark.parametrize(
    ("rows", "extra", "expected"),
    [
        pytest.param(WHOLE, None, 1, id="all in order"),
        pytest.param(WHOLE[:5], None, -1, id="not finished"),
        pytest.param([*WHOLE[:5], WHOLE[5].replace("08.10", "08.16")], None, 0, id="late"),
        pytest.param([WHOLE[0], *WHOLE[2:]], None, 0, id="out of order"),
        pytest.param([WHOLE[0].replace("Kasub", "Staf"), *WHOLE[1:]], None, 0, id="another performer"),
        pytest.param(WHOLE, "D404", 0, id="a galat of reading"),
        pytest.param(WHOLE, "D417", 1, id="a peringatan of reading"),
        pytest.param([DISPOSED, GATHERED, DRAFTED, EDITED, WHOLE[4].replace("3/8 15.40 |", "|"), WHOLE[5]], None, 1,
                     id="start assumed"),
        pytest.param([DISPOSED.replace("3/8 09.00", ""), *WHOLE[1:]], None, 1, id="not judged"),
    ],
)  # fmt: skip
def test_what_makes_an_item_compliant(rows: list[str], extra: str | None, expected: int) -> None:
    assert compliant(rows, extra=extra) == [expected, -1, -1]


def test_the_findings_of_an_item_are_its_own() -> None:
    evaluation = evaluated(["K-1|2|Staf Satu|3/8 09.05|3/8 10.00", "K-2|3|Kelola Satu|3/8 09.05|3/8 09.15"])
    assert [[(one.code, one.place.row) for one in evaluation.findings_of(item)] for item in range(3)] == [
        [("U104", 2)], [("U104", 3)], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "now", "late"),
    [
        ("3/8", "3/8 23.59", False),
        ("3/8", "4/8 00.00", True),
        ("?", "4/8 00.00", False),
        ("", "4/8 00.00", False),
    ],
)
def test_a_target_has_passed_when_its_day_is_over(target: str, now: str, late: bool) -> None:
    for rows, items in (([DISPOSED], ["K-1"]), ([], ["K-1"])):
        book = register(rows, items=[f"{one} | | {target}" for one in items])
        found = [(one.place.row, one.place.column, one.id) for one in evaluate(book, minute(now)).findings
                 if one.code == "W209"]  # fmt: skip
        assert found == [(2, "Target Tayang", "K-1")] * late


def test_no_target_binds_what_is_finished_or_cancelled() -> None:
    book = register([*WHOLE, DISPOSED.replace("K-1", "K-2")], items=["K-1 | | 3/8", "K-2 | 5/8 | 3/8"])
    assert "W209" not in [one.code for one in evaluate(book, minute("20/8 10.00")).findings]


def test_events_after_a_cancellation_are_told_once_an_item() -> None:
    rows = [f"{id_}|{number}|Staf Satu|{day}/8 09.00|{day}/8 09.05" for id_ in ("K-1", "K-2", "K-3")
            for number, day in ((1, 3), (2, 5), (3, 6))]  # fmt: skip
    book = register(rows, items=["K-1 | 4/8", "K-2", "K-3 | 5/8", "K-4 | 4/8"])
    found = [one for one in evaluate(book, minute("7/8 10.00")).findings if one.code == "D413"]
    assert [(one.place.sheet, one.place.row, one.place.column, one.id) for one in found] == [
        ("Register", 2, "Dibatalkan", "K-1"),
        ("Register", 4, "Dibatalkan", "K-3"),
    ]


def test_an_unreadable_cancellation_drops_only_what_is_open() -> None:
    rows = [DISPOSED, "K-1|2|Staf Satu|3/8 09.05|"]
    evaluation = evaluate(register(rows, items=["K-1 | ?"]), minute("7/8 10.00"))
    assert (evaluation.events.counts.tolist(), [one.code for one in evaluation.findings]) == (
        [True, False],
        [],
    )


def test_waiting_is_told_on_the_last_row_with_the_step_that_is_waited_for() -> None:
    rows = [DISPOSED.replace("K-1", "K-2"), *WHOLE[:3], EDITED.replace("| Ya", "|")]
    found = [(one.place.sheet, one.place.row, one.place.column, one.id, one.step)
             for one in evaluate(register(rows), minute("20/8 10.00")).findings if one.code == "W210"]  # fmt: skip
    assert found == [("Riwayat", 2, "Selesai", "K-2", 2), ("Riwayat", 6, "Selesai", "K-1", 5)]


@pytest.mark.parametrize(
    ("now", "moment", "years"),
    [
        ("3/8/2026 10.00", "3/8/2026 09.00", (2025, 2028)),
        ("3/8/2026 10.00", "3/8/2023 09.00", (2022, 2028)),
        ("3/8/2026 10.00", "3/8/2028 09.00", (2025, 2030)),
        ("3/8/2026 10.00", "3/8/2029 09.00", (2025, 2030)),
        ("31/12/2026 23.59", "3/8/2026 09.00", (2025, 2028)),
    ],
)
def test_the_calendar_covers_the_years_in_use(now: str, moment: str, years: tuple[int, int]) -> None:
    for row in (f"K-1|1|Kasub Satu|{moment}|", f"K-1|1|Kasub Satu||{moment}"):
        calendar = evaluate(register([row]), minute(now)).calendar
        first, last = (minute(f"{edge} 00.00") // 1440 for edge in (f"1/1/{years[0]}", f"31/12/{years[1]}"))
        assert (calendar.first_day, len(calendar.opens)) == (first, last - first + 1)
