"""Names: what a cell of Pelaksana names, and who is meant."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sop.registers import KASUBBAG, PENGELOLA, STAF, minute, person, register, seed_sop
from tracker.sop.evaluation import evaluate
from tracker.sop.performers import Named, holders, match_name, resolve, split_names

AUGUST = minute("3/8 00.00") // 1440
PEOPLE = tuple(
    person(text, row)
    for row, text in enumerate(
        (
            f"Siti Rahma, S.H. | {KASUBBAG}",
            f"Drs. H. Budi Utomo | {STAF}",
            f"Budi Santoso | {STAF}",
            f"budi santoso | {PENGELOLA}",
            f"Ir. Joko Susilo | {STAF} | Plt. | 3/8 | 4/8",
            f"Joko Susilo, M.Si. | {PENGELOLA} | | | 2/8",
            f"Siti Rahma, S.H. | {STAF} | Plh. | 5/8 |",
            f"Ani | {KASUBBAG}",
        ),
        start=2,
    )
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("Ani", ("Ani",)),
        ("  Ani ;Siti Rahma, S.H.; ", ("Ani", "Siti Rahma, S.H.")),
        ("Ani\nBudi;;Caca", ("Ani", "Budi", "Caca")),
        ("Ani, Budi", ("Ani, Budi",)),
    ],
)
def test_a_semicolon_or_a_new_line_parts_names(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Siti Rahma, S.H.", "Siti Rahma, S.H."),  # twice in Pegawai, one person
        ("siti rahma", "Siti Rahma, S.H."),
        ("Hj. Siti Rahma, S.H., M.H.", "Siti Rahma, S.H."),
        ("Ibu Siti Rahma", "Siti Rahma, S.H."),
        ("Budi Utomo", "Drs. H. Budi Utomo"),
        ("Bpk. Budi Utomo", "Drs. H. Budi Utomo"),
        ("Budi", None),
        ("Budi Santoso", None),  # spelled alike but for the case: two rows, two names
        ("Joko Susilo", None),  # two with different titles
        ("Ir. Joko Susilo", "Ir. Joko Susilo"),
        ("Ani.", "Ani"),
        ("Ani, S.H.", "Ani"),
        ("Ani, Budi Utomo", None),  # two persons, not a title
        ("Budi Utomo, S.H., Ibu Ani", None),
        ("", None),
        (", S.H.", None),
        ("Entah", None),
    ],
)
def test_who_is_meant(text: str, name: str | None) -> None:
    assert match_name(text, PEOPLE) == name


@pytest.mark.parametrize(
    ("role", "day", "names"),
    [
        (KASUBBAG, 0, ("Siti Rahma, S.H.", "Ani")),
        (KASUBBAG.upper(), 0, ("Siti Rahma, S.H.", "Ani")),
        (STAF, -1, ("Drs. H. Budi Utomo", "Budi Santoso")),
        (STAF, 0, ("Drs. H. Budi Utomo", "Budi Santoso", "Ir. Joko Susilo")),
        (STAF, 1, ("Drs. H. Budi Utomo", "Budi Santoso", "Ir. Joko Susilo")),
        (STAF, 2, ("Drs. H. Budi Utomo", "Budi Santoso", "Siti Rahma, S.H.")),
        (PENGELOLA, -1, ("budi santoso", "Joko Susilo, M.Si.")),
        (PENGELOLA, 0, ("budi santoso",)),
        ("Ketua", 0, ()),
    ],
)
def test_who_holds_a_role_on_a_day(role: str, day: int, names: tuple[str, ...]) -> None:
    """Days after 3 August."""
    assert holders(PEOPLE, role, AUGUST + day) == names


def test_every_event_is_resolved_by_its_own_step_and_day() -> None:
    texts = [
        "Ani",
        " Ani ",
        "Ani; Entah",
        "",
        "",
        "",
        "Ir. Joko Susilo",
        "Ir. Joko Susilo",
        "Siti Rahma; Ani",
        "Ani",
        "Ir. Joko Susilo",
    ]
    step = np.array([0, 1, 0, 2, 2, 1, 1, 1, 1, -1, 1])
    day = AUGUST + np.array([0, 0, 0, -1, 0, 0, 1, 2, 2, 0, -1])
    known = np.array([True] * 9 + [False, True])
    done = resolve(seed_sop(), PEOPLE, texts, step, day, known)
    assert [done.sets[one] for one in done.who] == [
        ("Ani",), ("Ani",), ("Ani",), (), ("budi santoso",), (), ("Ir. Joko Susilo",), ("Ir. Joko Susilo",),
        ("Siti Rahma, S.H.", "Ani"), ("Ani",), ("Ir. Joko Susilo",),
    ]  # fmt: skip
    assert np.flatnonzero(done.wrong_role).tolist() == [1, 7, 10]
    assert np.flatnonzero(done.ambiguous).tolist() == [3, 5]
    assert np.flatnonzero(done.assumed).tolist() == [4]
    assert [done.named[one].text for one in done.text] == [one.strip() for one in texts]
    assert done.named[done.text[2]] == Named("Ani; Entah", ("Ani",), ("Entah",), is_repaired=False)
    assert done.named[done.text[8]] == Named(
        "Siti Rahma; Ani", ("Siti Rahma, S.H.", "Ani"), (), is_repaired=True
    )


def test_nothing_is_said_where_nothing_is_known() -> None:
    done = resolve(
        seed_sop(), PEOPLE, ["", "Entah"], np.array([0, 0]), np.array([AUGUST] * 2), np.zeros(2, bool)
    )
    assert not (done.wrong_role | done.ambiguous | done.assumed).any()
    assert [done.sets[one] for one in done.who] == [(), ()]
    empty = resolve(seed_sop(), PEOPLE, [], *(np.zeros(0, np.int64),) * 2, np.zeros(0, bool))
    assert (len(empty.who), empty.named, empty.sets) == (0, (), ((),))


def own_work(rows: list[str], people: tuple[str, ...]) -> list[tuple[int | None, str]]:
    findings = evaluate(register(rows, people=people), minute("5/8 11.00")).findings
    return [(one.place.row, one.severity.value) for one in findings if one.code == "P304"]


def test_whose_work_a_decision_is_about() -> None:
    """The latest non-decision of the same item: step 3, also for step 5 behind step 4; never that of another item."""
    people = tuple(f"{name} | {role}" for name in ("Ani", "Budi") for role in (KASUBBAG, STAF, PENGELOLA))
    rows = [
        "K-1 | 3 | Ani | 3/8 10.00 | 3/8 10.20",
        "K-1 | 4 | Budi | 3/8 10.20 | 3/8 10.30 | Ya",
        "K-1 | 5 | Ani; Budi | 3/8 10.30 | 3/8 10.40 | Ya",
        "K-2 | 4 | Ani | 3/8 10.20 | 3/8 10.30 | Ya",
        "K-3 | 3 | Ani; Budi | 3/8 10.00 | 3/8 10.20",
        "K-3 | 4 | Budi; Ani | 3/8 10.20 | 3/8 10.30 | Ya",
        "K-4 | 3 | Ani | 3/8 10.00 | 3/8 10.20",
        "K-4 | 4 | Ani | 3/8 10.20 | ",
        "K-5 | 3 | Entah | 3/8 10.00 | 3/8 10.20",
        "K-5 | 4 | Entah | 3/8 10.20 | 3/8 10.30 | Ya",
        "K-6 | 3 | Ani | ? | ?",
        "K-6 | 4 | Ani | ? | ? | Ya",
    ]
    assert own_work(rows, people) == [(4, "peringatan"), (7, "catatan")]


def test_findings_on_performers_name_the_item_as_register_spells_it() -> None:
    rows = ["k-1 | 1 | Entah | 3/8 09.00 | 3/8 09.05", "K-9 | 1 | Entah | 3/8 09.00 | 3/8 09.05",
            "| 1 | Entah | 3/8 09.00 | 3/8 09.05", "K-1 | 9 | Entah | 3/8 09.10 | 3/8 09.15"]  # fmt: skip
    findings = evaluate(register(rows, items=["K-1"]), minute("5/8 11.00")).findings
    assert [(one.place.row, one.id, one.step) for one in findings if one.code == "P302"] == [
        (2, "K-1", 1), (3, "K-9", 1), (4, None, 1), (5, "K-1", None),
    ]  # fmt: skip
