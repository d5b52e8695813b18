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
    assert whole.first("Nomor SOP") == ""


@pytest.mark.parametrize(
    ("link", "is_fine"),
    [
        ("HTTPS://WWW.Instagram.com/p/Cx1", True),
        ("https://WWW.INSTAGRAM.COM/jdih", False),
        ("https://m.facebook.com/jdih", False),
        ("https://facebook.com/jdih/posts/17", True),
        ("https://facebook.com/PAGES/jdih", False),
        ("https://facebook.com/pages/jdih/17", True),
        ("https://www.linkedin.com/in/jdih/", False),
        ("https://www.linkedin.com/feed/17", True),
        ("https://facebook.com/photo?fbid=17", True),
        ("https://youtube.com/?v=abc", True),
        ("https://jdih.contoh.go.id?id=17", True),
        ("https://jdih.contoh.go.id#atas", False),
        ("https://jdih.contoh.go.id:8080/a", True),
        ("https://orang:sandi@instagram.com/jdih", False),
        ("http://contoh.id/a", True),
        ("http://contoh/a", False),
        ("ftp://contoh.id/a", False),
        ("xhttps://contoh.id/a", False),
        ("https://x.com/jdih//", False),
        ("https://x.com/jdih/status", True),
        ("https://threads.net/@jdih", False),
        ("https://contoh.id/satu", True),
    ],
)
def test_addresses_and_pages(link: str, is_fine: bool) -> None:
    assert (link_problem(link) is None) is is_fine


def test_links_of_items_in_every_state() -> None:
    """Finished without a link, or with one; running without; running, but with a profile behind a post."""
    path = ["1|Kasub Satu|3/8 09.00|3/8 09.05", "2|Staf Satu|3/8 09.05|3/8 10.00",
            "3|Kelola Satu|3/8 10.00|3/8 10.10", "4|Staf Dua|3/8 10.10|3/8 10.20|Ya",
            "5|Kasub Satu|3/8 10.20|3/8 10.25|Ya", "6|Kelola Satu|3/8 10.30|3/8 10.35"]  # fmt: skip
    rows = [f"{id_}|{row}" for id_ in ("K-1", "K-2") for row in path]
    post, profile = "https://x.com/a/status/1", "https://x.com/a"
    items = [
        "K-1|||",
        f"K-2|||{post}",
        "K-3|||",
        f"K-4|||{post} {profile}",
        f"K-5|||{post} {post}",
        f"K-6|||{profile}",
    ]
    found = [
        one
        for one in evaluate(register(rows, items=items), minute("3/8 11.00")).findings
        if one.code == "D411"
    ]
    assert [(one.id, one.place.row, one.place.column) for one in found] == [
        ("K-1", 2, "Tautan"), ("K-4", 5, "Tautan"), ("K-6", 7, "Tautan"),
    ]  # fmt: skip
    # What is wrong differs; the link at fault is named.
    assert [profile in one.message and post not in one.message for one in found] == [False, True, True]


def test_copies_of_copies_point_to_the_row_that_stands_first() -> None:
    rows = [f"{id_}|{row}" for id_ in ("K-2", "K-1", "K-3") for row in ROWS]
    # The same pair once more in an item of its own, minutes apart: no copy.
    rows += ["K-4|1|Kasub Satu|3/8 09.00|3/8 09.05", "K-4|2|Staf Satu|3/8 09.06|3/8 12.00"]
    found = [one for one in evaluate(register(rows), minute("3/8 13.00")).findings if one.code == "W206"]
    assert [(one.id, one.place.row, one.place.column) for one in found] == [
        ("K-1", 4, "Selesai"),
        ("K-3", 6, "Selesai"),
    ]


def test_a_pair_of_rows_repeated_within_an_item_is_no_copy_of_another() -> None:
    rows = [f"K-1|{row}" for row in ROWS] * 2
    assert "W206" not in [one.code for one in evaluate(register(rows), minute("3/8 13.00")).findings]


@pytest.mark.parametrize("column", range(6))
def test_a_copy_is_equal_in_both_steps_and_all_four_moments(column: int) -> None:
    """One minute (or the step) of the second item is another one, each in turn."""
    cells = ["1", "3/8 09.00", "3/8 09.05", "2", "3/8 09.06", "3/8 12.00"]
    other = ["3", "3/8 08.59", "3/8 09.04", "4", "3/8 09.07", "3/8 12.01"]
    changed = [*cells[:column], other[column], *cells[column + 1 :]]
    rows = [f"{id_}|{one[at]}|x|{one[at + 1]}|{one[at + 2]}" for id_, one in (("K-1", cells), ("K-2", changed))
            for at in (0, 3)]  # fmt: skip
    assert "W206" not in [one.code for one in evaluate(register(rows), minute("3/8 13.00")).findings]


def test_unfinished_rows_are_no_copies() -> None:
    rows = [f"{id_}|{row}" for id_ in ("K-1", "K-2") for row in (ROWS[0], "2|Staf Satu|3/8 09.05|")]
    assert "W206" not in [one.code for one in evaluate(register(rows), minute("3/8 13.00")).findings]


def test_targets_are_checked_column_by_column() -> None:
    assert unsound((1, UNKNOWN_TARGET), (END, UNKNOWN_TARGET + 7)) == [("Jika Tidak", 2), ("Jika Tidak", 3)]
    assert unsound((UNKNOWN_TARGET, UNKNOWN_TARGET), (END, NO_STEP)) == [("Jika Tidak", 2), ("Jika Ya", 2)]
    assert unsound((NO_STEP, NO_STEP), (END, NO_STEP)) == [("Jika Ya", 2)]
    # A bad target is told alone; what it makes unreachable is not.
    assert unsound((UNKNOWN_TARGET, NO_STEP), (0, NO_STEP)) == [("Jika Ya", 2)]


def test_every_dead_end_is_named() -> None:
    # 3 and 4 lead to each other; 1 and 2 reach the end.
    assert unsound((1, 2), (END, NO_STEP), (3, NO_STEP), (2, NO_STEP)) == [("Jika Ya", 4), ("Jika Ya", 5)]
    assert unsound(
        (0, NO_STEP),
    ) == [("", None)]
    assert (
        unsound(
            (END, NO_STEP),
        )
        == []
    )


@pytest.mark.parametrize(
    ("link", "has_scheme"),
    [("https://[broken", True), ("HTTP://contoh/a", True), ("http://contoh", True), ("contoh.id/a", False),
     ("ftp://contoh.id/a", False), ("xhttp://contoh.id/a", False)],
)  # fmt: skip
def test_what_is_wrong_with_an_address(link: str, has_scheme: bool) -> None:
    """One that begins well is otherwise malformed; the others are told which beginnings are meant."""
    problem = link_problem(link)
    assert problem is not None
    assert ("https://" not in problem.replace(link, "")) is has_scheme


def test_a_swap_is_judged_by_starts_and_finishes_alike() -> None:
    """Rows with a start or a finish only: what is blank stands at no end of the span."""
    rows = [
        "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05",
        "K-1|2|Staf Satu||8/3 12.00",
        "K-1|3|Kelola Satu|3/8 13.00|",
    ]
    assert swaps(rows) == [(3, "Selesai")]
    rows = [
        "K-1|1|Kasub Satu||3/8 09.05",
        "K-1|2|Staf Satu|3/8 09.05|3/8 12.00",
        "K-1|3|Kelola Satu|8/3 13.00|",
    ]
    assert swaps(rows) == [(4, "Mulai")]


def test_of_two_items_each_is_mended_by_itself() -> None:
    story = ["{0}|1|Kasub Satu|{1}/8 09.00|{1}/8 09.05", "{0}|2|Staf Satu|{1}/8 09.05|8/{1} 12.00",
             "{0}|3|Kelola Satu|{1}/8 13.00|{1}/8 13.20"]  # fmt: skip
    rows = [row.format(id_, day) for id_, day in (("K-1", 3), ("K-2", 5)) for row in story]
    assert swaps(rows) == [(3, "Selesai"), (6, "Selesai")]


def test_every_unsound_step_is_named_with_its_number() -> None:
    hour = Standard(1, Unit.HOURS)
    steps = (
        step(1, STAF, hour, 1, 2),
        step(2, STAF, hour, END),
        step(3, STAF, hour, 3),
        step(4, STAF, hour, 2),
    )
    findings = evaluate(register([], sop=Sop({}, steps)), minute("3/8 10.00")).findings
    assert [(one.place.row, one.step) for one in findings if one.code == "S505"] == [(4, 3), (5, 4)]
    assert [str(one.step) in one.message for one in findings if one.code == "S505"] == [True, True]
    astray = evaluate(
        register([], sop=Sop({}, (step(7, STAF, hour, UNKNOWN_TARGET),))), minute("3/8 10.00")
    ).findings
    assert [
        (one.step, "7" in one.message, "Jika Ya" in one.message) for one in astray if one.code == "S505"
    ] == [(7, True, True)]


def test_amounts_in_words() -> None:
    found = [standard_words(Standard(amount, unit)) for amount, unit in (
        (10, Unit.MINUTES), (1.5, Unit.HOURS), (2.0, Unit.DAYS), (0.25, Unit.DAYS))]  # fmt: skip
    assert [one.split()[0] for one in found] == ["10", "1,5", "2", "0,25"]
    assert len({one.split()[1] for one in found}) == 3


def test_findings_name_their_item_as_register_spells_it() -> None:
    rows = ["k-1|1|Kasub Satu|3/8 09.00|3/8 09.05", "k-1|2|Staf Satu|3/8 09.05|8/3 12.00",
            "k-1|3|Kelola Satu|3/8 13.00|3/8 13.20", "k-2|3|Kelola Satu|3/8 13.00|3/8 13.20"]  # fmt: skip
    findings = evaluate(register(rows, items=["K-1", "K-2"]), minute("20/8 10.00")).findings
    assert {(one.id, one.step) for one in findings if one.code == "D406"} == {("K-1", 2)}
    assert {(one.id, one.step) for one in findings if one.code == "W203"} == {("K-1", 2)}
    assert [(one.id, one.step) for one in findings if one.code == "U104"] == [("K-1", 2), ("K-2", 3)]


def test_an_output_that_goes_back_to_the_first_step_is_compared_too() -> None:
    hour = Standard(1, Unit.HOURS)
    steps = (step(1, STAF, hour, 1, requirement="Berkas"), step(2, STAF, hour, 0, END, output="Draf"))
    findings = evaluate(register([], sop=Sop({}, steps)), minute("3/8 10.00")).findings
    assert [(one.place.row, one.step) for one in findings if one.code == "S601"] == [(3, 2)]
