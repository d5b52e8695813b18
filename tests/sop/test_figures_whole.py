"""Every field of the figures of one month, over six items that an office could have had in August."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace

import numpy as np
import pytest

from tests.sop.registers import KASUBBAG, PENGELOLA, STAF, minute, register
from tests.sop.test_columns import clock
from tracker.findings import Place, finding
from tracker.sop.compliance import as_of, month_figures, semester_figures
from tracker.sop.figures import ItemFigures, Month, MonthFigures, MonthPoint, Tally
from tracker.sop.model import Register, State

AUGUST = Month(2026, 8)
ROWS = [
    "K-1 | 1 | Kasub Satu | 3/8 09.00 | 3/8 09.05",  # 2
    "K-1 | 2 | Staf Satu | 3/8 09.05 | 3/8 15.00",
    "K-1 | 3 | Kelola Satu | 3/8 15.00 | 3/8 15.45 | | listrik padam",  # 15 minutes late
    "K-1 | 4 | Staf Dua | 3/8 15.45 | 3/8 15.50 | Tidak | kurang sumber",
    "K-1 | 3 | Kelola Satu | 4/8 08.00 | 4/8 08.20",
    "K-1 | 4 | Staf Dua | 4/8 08.20 | 4/8 08.30 | Ya",
    "K-1 | 5 | Kasub Satu | | 4/8 09.00 | Ya",  # not judged: 30 minutes since step 4, of 10
    "K-1 | 6 | Kelola Satu | 4/8 09.00 | 4/8 09.10",
    "K-2 | 1 | Kasub Satu | 1/8 10.00 | 3/8 07.45",  # 10: begun on a Saturday, 5 minutes late
    "K-2 | 2 | Staf Satu | 3/8 08.00 | 3/8 09.00",  # waits for step 3 since then
    "K-3 | 1 | Kasub Satu; Staf Satu | 27/8 09.00 | 27/8 09.05",
    "K-3 | 2 | Staf Satu | 27/8 09.05 |",  # due on the 28th
    "K-4 | 1 | Kasub Satu | 10/8 09.00 | 10/8 09.05",  # 14: in order and in time until the end
    "K-4 | 2 | Staf Satu | 10/8 09.05 | 10/8 10.00",
    "K-4 | 3 | Kelola Satu | 10/8 10.00 | 10/8 10.10",
    "K-4 | 4 | Staf Dua | 10/8 10.10 | 10/8 10.20 | Ya",
    "K-4 | 5 | Kasub Satu | 10/8 10.20 | 10/8 10.25 | Ya",
    "K-4 | 6 | Kelola Satu | 10/8 10.30 | 10/8 10.40",
    "K-5 | 1 | Kasub Satu | 31/7 15.00 | 31/7 15.05",  # 20: of July, ended on 3 August
    "K-5 | 2 | Orang Lain | 31/7 15.05 | 3/8 08.00",
    "K-6 | 1 | Kasub Satu | 1/9 09.00 | 1/9 09.05",  # 22: of September
]
NOW = minute("20/10 09.00")


def book(rows: list[str] = ROWS) -> Register:
    made = register(rows, items=["K-1|||https://a.id/1 https://a.id/2", "K-2", "K-3", "K-4|||https://a.id/4",
                                 "K-5 | 7/8", "K-6", "K-7"])  # fmt: skip
    words = {
        "title": ["Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh"],
        "channel": ["situs", "Instagram", "situs", "Instagram", "", "situs", "Radio"],
        "kind": ["Berita", "Berita", "Grafis", "Grafis", "Berita", "Berita", "Berita"],
    }
    columns = {name: np.array(texts, dtype=object) for name, texts in words.items()}
    return replace(made, items=replace(made.items, **columns))


def august(register_: Register | None = None) -> MonthFigures:
    return month_figures(register_ or book(), AUGUST, NOW)


def rounded(values: object) -> object:
    """The same value with every float rounded to tenths; moments stay as they are."""
    if isinstance(values, tuple):
        return tuple(rounded(one) for one in values)
    return round(values, 1) if isinstance(values, float) else values


def whole(figures: Iterable[object]) -> list[object]:
    """The fields of every one, in order of declaration."""
    return [rounded(astuple(one)) for one in figures]  # type: ignore[call-overload]


def test_the_month_as_a_whole() -> None:
    figures = august()
    assert (figures.month, figures.as_of) == (AUGUST, minute("31/8 23.59"))
    assert (figures.count, figures.on_time, figures.late, figures.unjudged) == (18, 15, 2, 1)
    assert (figures.running_overdue, figures.waiting_overdue, figures.items_handled) == (1, 1, 5)
    assert (figures.rework_rounds, figures.not_counted, figures.target_percent) == (1, 0, 90.0)
    # K-1 took 460 minutes and K-4 took 100.
    assert figures.items == ItemFigures(
        count=2,
        compliant=1,
        first_pass=1,
        rework_rounds=1,
        median_lead_minutes=280.0,
        work_minutes=485,
        wait_minutes=45,
    )


def test_the_table_of_steps() -> None:
    """Count, on time, late, unjudged, median, P90, begun outside, minutes late, returned."""
    steps = august().steps
    assert [(one.step, one.activity, one.role, one.standard) for one in steps] == [
        (1, "Kegiatan 1", KASUBBAG, "10 menit"),
        (2, "Kegiatan 2", STAF, "1 hari"),
        (3, "Kegiatan 3", PENGELOLA, "30 menit"),
        (4, "Kegiatan 4", STAF, "30 menit"),
        (5, "Kegiatan 5", KASUBBAG, "10 menit"),
        (6, "Kegiatan 6", PENGELOLA, "15 menit"),
    ]
    assert [numbers[4:] for numbers in whole(steps)] == [  # type: ignore[index]
        (4, 3, 1, 0, 5.0, 5.0, 1, 5, 0),
        (4, 4, 0, 0, 87.5, 241.0, 0, 0, 0),
        (3, 2, 1, 0, 20.0, 40.0, 0, 15, 0),
        (3, 3, 0, 0, 10.0, 10.0, 0, 0, 1),
        (2, 1, 0, 1, 5.0, 5.0, 0, 0, 0),
        (2, 2, 0, 0, 10.0, 10.0, 0, 0, 0),
    ]


def test_the_tables_of_roles_persons_channels_and_kinds() -> None:
    figures = august()
    assert whole(figures.roles) == [
        (KASUBBAG, (6, 4, 1, 1, 5.0, 5.0, 1, 5, 0)),
        (STAF, (7, 7, 0, 0, 55.0, 187.0, 0, 0, 1)),
        (PENGELOLA, (5, 4, 1, 0, 10.0, 35.0, 0, 15, 0)),
    ]
    assert whole(figures.persons) == [
        ("", (1, 1, 0, 0, 115.0, 115.0, 0, 0, 0)),
        ("Kasub Satu", (6, 4, 1, 1, 5.0, 5.0, 1, 5, 0)),
        ("Kelola Satu", (5, 4, 1, 0, 10.0, 35.0, 0, 15, 0)),
        ("Staf Dua", (3, 3, 0, 0, 10.0, 10.0, 0, 0, 1)),
        ("Staf Satu", (4, 4, 0, 0, 57.5, 224.5, 0, 0, 0)),
    ]
    # Name, items handled, finished, compliant; sorted whatever the case of their letters.
    assert whole(figures.channels) == [
        ("", 1, 0, 0, (1, 1, 0, 0, 115.0, 115.0, 0, 0, 0)),
        ("Instagram", 2, 1, 1, (8, 7, 1, 0, 10.0, 57.0, 1, 5, 0)),
        ("situs", 2, 1, 0, (9, 7, 1, 1, 10.0, 120.0, 0, 15, 1)),
    ]
    assert whole(figures.kinds) == [
        ("Berita", 3, 1, 0, (11, 8, 2, 1, 20.0, 151.0, 1, 20, 1)),
        ("Grafis", 2, 1, 1, (7, 7, 0, 0, 10.0, 28.0, 0, 0, 0)),
    ]


def test_the_list_of_items() -> None:
    """Index, ID, title, channel, kind, links, start, finish, rounds, late events, work, waiting, state, compliant."""
    told = [(*one[:6], clock(one[6]), clock(one[7]), *one[8:]) for one in map(astuple, august().listed)]
    assert told == [
        (0, "K-1", "Satu", "situs", "Berita", ("https://a.id/1", "https://a.id/2"), "3/8 09.00", "4/8 09.10",
         1, 1, 390, 40, "selesai", False),
        (1, "K-2", "Dua", "Instagram", "Berita", (), "1/8 10.00", "–", 0, 1, 75, 15, "berjalan", None),
        (2, "K-3", "Tiga", "situs", "Grafis", (), "27/8 09.00", "–", 0, 0, 5, 0, "berjalan", None),
        (3, "K-4", "Empat", "Instagram", "Grafis", ("https://a.id/4",), "10/8 09.00", "10/8 10.40",
         0, 0, 95, 5, "selesai", True),
        (4, "K-5", "Lima", "", "Berita", (), "0/8 15.00", "–", 0, 0, 120, 0, "dibatalkan", None),
    ]  # fmt: skip


def test_the_list_of_violations_goes_by_finish() -> None:
    told = [(*one[:5], clock(one[5]), *one[6:]) for one in map(astuple, august().violations)]
    assert told == [
        ("K-2", "Dua", 1, "Kegiatan 1", "Kasub Satu", "3/8 07.45", "10 menit", 5, "", 10),
        ("K-1", "Satu", 3, "Kegiatan 3", "Kelola Satu", "3/8 15.45", "30 menit", 15, "listrik padam", 4),
    ]


def test_violations_of_one_minute_go_by_row_and_name_everybody() -> None:
    late = "K-{0} | 1 | Kasub Satu; Staf Satu | 3/8 09.00 | 3/8 09.20"
    found = august(book([late.format(3), late.format(1), late.format(2)])).violations
    assert [(one.row, one.id, one.performer) for one in found] == [
        (2, "K-3", "Kasub Satu; Staf Satu"), (3, "K-1", "Kasub Satu; Staf Satu"), (4, "K-2", "Kasub Satu; Staf Satu"),
    ]  # fmt: skip


def test_the_list_of_running_items_goes_by_urgency() -> None:
    """ID, title, channel, step, activity, role, since, deadline, age, open, overdue, late."""
    told = [(*one[:6], clock(one[6]), clock(one[7]), *one[8:]) for one in map(astuple, august().running)]
    assert told == [
        (
            "K-2",
            "Dua",
            "Instagram",
            3,
            "Kegiatan 3",
            PENGELOLA,
            "3/8 09.00",
            "4/8 09.00",
            8910,
            False,
            True,
            8460,
        ),
        ("K-3", "Tiga", "situs", 2, "Kegiatan 2", STAF, "27/8 09.05", "28/8 09.05", 1255, True, True, 805),
    ]
    alike = "K-{0} | 1 | Kasub Satu | 31/8 09.00 | 31/8 09.05"
    assert [one.id for one in august(book([alike.format(3), alike.format(1)])).running] == ["K-1", "K-3"]


def test_the_findings_of_the_month() -> None:
    figures = august()
    assert [(one.code, one.place.row) for one in figures.findings] == [
        ("W201", 4), ("W208", 8), ("W201", 10), ("W204", 10), ("W210", 11), ("W202", 13), ("P302", 21),
    ]  # fmt: skip
    assert dict(figures.finding_counts) == {"P302": 1, "W201": 2, "W202": 1, "W204": 1, "W208": 1, "W210": 1}
    assert [code for code, _ in figures.finding_counts] == sorted(code for code, _ in figures.finding_counts)


def test_findings_belong_to_the_items_and_rows_of_their_month() -> None:
    """On Register: those of items handled; on the book itself: always; on Riwayat: by the row's Selesai."""
    own = (
        finding("D411", Place("Register", 2, "Tautan"), id="K-1", reason="x"),
        finding("D411", Place("Register", 8, "Tautan"), id="K-7", reason="x"),
        finding("S507", Place("Hari Libur"), year=2026),
        finding("D404", Place("Riwayat", 20, "Mulai"), id="K-5", reason="x"),
        finding("D404", Place("Riwayat", 22, "Mulai"), id="K-6", reason="x"),
    )
    told = august(replace(book(), findings=own)).findings
    assert [(one.code, one.id) for one in told if one in own] == [("D411", "K-1"), ("S507", None)]


def test_twelve_months_of_points() -> None:
    series = august().series
    assert [str(one.month) for one in series] == [
        *(f"2025-{month:02d}" for month in range(9, 13)), *(f"2026-{month:02d}" for month in range(1, 9)),
    ]  # fmt: skip
    assert series[-2:] == (
        MonthPoint(Month(2026, 7), 1, 1, 0, 0, 0),
        MonthPoint(AUGUST, 18, 15, 2, 2, 1),
    )
    assert series[-1].percent == 100 * 15 / 17


def test_the_change_of_every_figure() -> None:
    change = august().change
    assert change is not None
    assert (change.count, change.late, change.items, change.compliant) == (17, 2, 2, 1)
    assert change.points == pytest.approx(100 * 15 / 17 - 100)
    alone = replace(august(), series=august().series[-1:])
    assert (alone.change, alone.previous) == (None, None)
    assert august().previous == MonthPoint(Month(2026, 7), 1, 1, 0, 0, 0)


def test_half_a_year_as_a_whole() -> None:
    figures = semester_figures(book(), 2026, 2, NOW)
    assert (figures.year, figures.half, figures.as_of) == (2026, 2, NOW)
    assert rounded(astuple(figures.total)) == (20, 17, 2, 1, 10.0, 76.5, 1, 20, 1)
    assert isinstance(figures.total, Tally)
    assert whole(figures.months) == [
        ((2026, 7), 1, 1, 0, 0, 0), ((2026, 8), 18, 15, 2, 2, 1), ((2026, 9), 1, 1, 0, 0, 0),
        *(((2026, month), 0, 0, 0, 0, 0) for month in (10, 11, 12)),
    ]  # fmt: skip
    assert [one.figures.count for one in figures.steps] == [6, 4, 3, 3, 2, 2]
    assert [dict(one.finding_counts) for one in figures.steps] == [
        {"W201": 1, "W204": 1, "W210": 1}, {"P302": 1, "W210": 1}, {"W201": 1}, {}, {"W208": 1}, {},
    ]  # fmt: skip
    assert (figures.items, figures.not_counted, figures.target_percent) == (august().items, 0, 90.0)


@pytest.mark.parametrize(
    ("half", "as_of_", "counts"), [(1, "30/6 23.59", [0] * 6), (2, "31/12 23.59", [1, 18, 1, 0, 0, 0])]
)
def test_the_halves_of_a_year(half: int, as_of_: str, counts: list[int]) -> None:
    figures = semester_figures(book(), 2026, half, minute("20/2/2027 09.00"))
    assert (figures.as_of, [one.count for one in figures.months]) == (minute(as_of_), counts)
    assert [one.month.month for one in figures.months] == list(range(6 * half - 5, 6 * half + 1))


def test_the_edges_of_a_month() -> None:
    """The first and the last minute of August belong to it, their neighbours do not."""
    for moment, counts in (("31/7 23.59", 0), ("1/8 00.00", 1), ("31/8 23.59", 1), ("1/9 00.00", 0)):
        rows = [f"K-1 | 1 | Kasub Satu | 31/7 09.00 | {moment}"]
        assert august(book(rows)).count == counts
        assert august(book(rows)).series[-1].count == counts


def test_what_had_not_happened_yet() -> None:
    """Row by row: begun before, begun at, begun after; finished at, after; start blank; unreadable; cancelled later."""
    moment = minute("3/8 12.00")
    rows = [
        "K-1|1|x|3/8 09.00|3/8 12.00|Ya",
        "K-1|1|x|3/8 09.00|3/8 12.01|Ya",
        "K-1|1|x|3/8 12.00|3/8 12.30|Ya",
        "K-1|1|x|3/8 12.01||",
        "K-1|1|x|3/8 12.01|?|",
        "K-1|1|x||3/8 12.00|Ya",
        "K-1|1|x||3/8 12.01|Ya",
        "K-1|1|x|?|3/8 12.01|Ya",
        "K-1|1|x|?|?|Ya",
        "K-1|1|x|||",
        "K-1|1|x|3/8 11.00|?|Tidak",
    ]
    made = register(rows, items=["K-1 | 3/8", "K-2 | 4/8", "K-3 | ?", "K-4"])
    cut = as_of(made, moment)
    assert cut.events.row.tolist() == [2, 3, 4, 7, 9, 10, 11, 12]
    blank, ok, unreadable = int(State.BLANK), int(State.OK), int(State.UNREADABLE)
    assert cut.events.finish_state.tolist() == [ok, blank, blank, ok, blank, unreadable, blank, unreadable]
    assert cut.events.outcome.tolist() == [1, 0, 0, 1, 0, 1, 0, 2]
    assert cut.events.start.tolist() == made.events.start[[0, 1, 2, 5, 7, 8, 9, 10]].tolist()
    assert cut.items.cancelled_state.tolist() == [int(State.DATE_ONLY), blank, unreadable, blank]


def test_findings_of_rows_that_had_not_been_written_are_left_out() -> None:
    rows = ["K-1|1|x|3/8 09.00|?", "K-1|2|x|4/8 09.00|?"]
    own = tuple(finding("D404", Place(sheet, row, "Selesai"), id="K-1", reason="x")
                for sheet, row in (("Riwayat", 2), ("Riwayat", 3), ("Register", 3)))  # fmt: skip
    made = replace(register(rows), findings=own)
    assert as_of(made, minute("3/8 12.00")).findings == (own[0], own[2])
    assert as_of(made, minute("4/8 12.00")).findings == own
