"""Many records at once: one request, none twice, none half, and all of them taken back together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.register.google.office import Office
from tests.register.google.registers import EVENTS, TYPED_EVENTS, at, event, finish, register, trim
from tests.register.google.server import HTML, Mishap
from tests.register.google.spreadsheets import Formula, Tab
from tracker.errors import ChangedMeanwhile, RegisterReadOnly, ServiceSilent
from tracker.register.google.store import GoogleStore
from tracker.register.store import AppendRow, CellValue, Patch

ARSIP = ["Nomor", "Jenis", "Periode", "Dicetak", "Sidik Dokumen"]
TYPED = tuple(range(len(ARSIP)))


def paper(number: int, digest: str = "") -> AppendRow:
    cells: dict[int, CellValue] = {0: f"00{number}", 1: "Kartu Kendali", 2: f"K-{number}", 3: 46_237.25}
    return AppendRow("Arsip", cells | {4: digest or f"sidik-{number}"}, TYPED, 0, digest or f"sidik-{number}")


def papers(*numbers: int) -> Patch:
    return Patch(appends=tuple(paper(number) for number in numbers))


def row(number: int, digest: str = "") -> list[object]:
    return [f"00{number}", "Kartu Kendali", f"K-{number}", 46_237.25, digest or f"sidik-{number}"]


def archive(office: Office) -> Tab:
    """The register with a sheet Arsip, which has no column Kunci, and one paper in it."""
    register(office)
    tab = office.book.tab("Arsip")
    tab.cells[:] = [list(ARSIP), row(0)]
    return tab


def opened(office: Office, sleep: Callable[[float], None] | None = None) -> GoogleStore:
    store = office.store(sleep=sleep or office.naps.append)
    store.read()
    office.service.calls.clear()
    return store


def many_events(count: int = 4) -> Patch:
    return Patch(appends=tuple(event(f"kunci-{n}", id=f"K-9{n}").appends[0] for n in range(count)))


def faults() -> list[Mishap]:
    return [
        Mishap(status=429), Mishap(status=503), Mishap(status=500, body=HTML), Mishap(status=200, body=HTML),
        Mishap(status=200, body='{"updates": {"updatedRange": "Ars'), Mishap(status=409), Mishap(drop="before"),
        Mishap(drop="after"),
    ]  # fmt: skip


def test_a_year_of_papers_is_one_write(at_office: Office) -> None:
    tab = archive(at_office)
    store = opened(at_office)
    at_office.service.writes_left = 1
    receipt = store.apply(papers(*range(1, 313)))
    assert receipt.rows == tuple(range(3, 315))
    assert tab.typed() == [ARSIP, *(row(number) for number in range(313))]
    assert at_office.service.api_calls == ["values.batchGet", "values.append"]
    assert receipt.revision == store.read().revision


def test_more_than_one_request_may_hold_are_several(at_office: Office) -> None:
    tab = archive(at_office)
    store = opened(at_office)
    assert store.apply(papers(*range(1, 2_101))).rows[-1] == 2_102
    assert at_office.service.api_calls.count("values.append") == 2
    assert at_office.service.largest < 2_000_000
    assert tab.typed() == [ARSIP, *(row(number) for number in range(2_101))]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    "mishap", faults(), ids=lambda one: f"{one.status}{one.drop}{one.body and one.body[:3]}"
)
def test_papers_are_filed_once_whatever_fails(at_office: Office, mishap: Mishap, times: int) -> None:
    tab = archive(at_office)
    store = opened(at_office)
    at_office.service.mishaps += [Mishap(**{**mishap.__dict__, "on": "values.append"}) for _ in range(times)]
    assert store.apply(papers(1, 2, 3)).rows == (3, 4, 5)
    assert tab.typed() == [ARSIP, *map(row, range(4))]


@pytest.mark.parametrize(
    "mishap", faults(), ids=lambda one: f"{one.status}{one.drop}{one.body and one.body[:3]}"
)
def test_records_with_keys_are_added_once_whatever_fails(at_office: Office, mishap: Mishap) -> None:
    register(at_office)
    store = opened(at_office)
    mishap.on = "values.append"
    at_office.service.mishaps.append(mishap)
    assert store.apply(many_events()).rows == (8, 9, 10, 11)
    assert [one[0] for one in at_office.book.tab("Riwayat").typed()[7:]] == ["K-90", "K-91", "K-92", "K-93"]
    assert [one[8] for one in at_office.book.tab("Riwayat").typed()[7:]] == [f"kunci-{n}" for n in range(4)]


def test_of_records_that_stand_there_already_only_the_rest_is_added(at_office: Office) -> None:
    register(at_office)
    store = opened(at_office)
    store.apply(Patch(appends=many_events().appends[1:3]))
    assert store.apply(many_events()).rows == (10, 8, 9, 11)
    assert sorted(one[8] for one in at_office.book.tab("Riwayat").typed()[7:]) == [
        f"kunci-{n}" for n in range(4)
    ]


@pytest.mark.parametrize("drop", ["", "before", "after"])
def test_papers_that_are_alike_are_counted(at_office: Office, drop: str) -> None:
    tab = archive(at_office)
    tab.cells.append(row(1))
    store = opened(at_office)
    if drop:
        at_office.service.mishaps.append(Mishap("values.append", drop=drop))
    store.apply(papers(1, 1, 2))
    assert tab.typed() == [ARSIP, row(0), row(1), row(1), row(1), row(2)]


def _after_the_silence(move: Callable[[], object]) -> Callable[[float], None]:
    """Staff do something while the tool waits after a write without an answer."""
    moves = [move]
    return lambda _: (moves.pop()(), None)[1] if moves else None


@pytest.mark.parametrize("keyed", [True, False])
def test_a_record_that_people_delete_after_a_silent_write_is_not_added_again(
    at_office: Office, keyed: bool
) -> None:
    """A request lands whole or not at all: one of its rows says that the others were there too."""
    tab = archive(at_office)
    tab = at_office.book.tab("Riwayat") if keyed else tab
    last = len(tab.typed())
    store = opened(at_office, sleep=_after_the_silence(lambda: tab.cells.pop(last + 1)))
    at_office.service.mishaps.append(Mishap("values.append", drop="after"))
    store.apply(many_events(3) if keyed else papers(1, 2, 3))
    assert len(tab.typed()) == last + 2
    assert at_office.service.api_calls.count("values.append") == 1


@pytest.mark.parametrize("keyed", [True, False])
def test_rows_sorted_after_a_silent_write_are_found(at_office: Office, keyed: bool) -> None:
    tab = archive(at_office)
    tab = at_office.book.tab("Riwayat") if keyed else tab
    top = 3 if keyed else 1

    def sort() -> None:
        tab.cells[top:] = [one for one in tab.cells[top:] if one][::-1]

    store = opened(at_office, sleep=_after_the_silence(sort))
    before = tab.typed()
    at_office.service.mishaps.append(Mishap("values.append", drop="after"))
    rows = store.apply(many_events(3) if keyed else papers(1, 2, 3)).rows
    assert len(tab.typed()) == len(before) + 3
    names = ["K-90", "K-91", "K-92"] if keyed else ["001", "002", "003"]
    assert [tab.cells[number - 1][0] for number in rows] == names


def test_a_key_column_that_is_deleted_in_the_silence_leaves_it_open(at_office: Office) -> None:
    """The column of the keys now holds array results; nothing may be written there."""
    register(at_office)
    tab = at_office.book.tab("Riwayat")

    def delete() -> None:
        for cells in tab.cells:
            del cells[8:9]
        tab.arrays = {column - 1: one for column, one in tab.arrays.items()}

    store = opened(at_office, sleep=_after_the_silence(delete))
    at_office.service.mishaps.append(Mishap("values.append", drop="after"))
    with pytest.raises(ServiceSilent, match="belum pasti"):
        store.apply(many_events(2))
    assert [trim(list(one)) for one in tab.typed()[3:7]] == EVENTS
    assert all(len(one) <= 8 for one in tab.typed()[3:])
    assert at_office.service.api_calls.count("values.append") == 1


# -- taking back


def forbidden(office: Office, on: str = "values.append", skip: int = 0) -> None:
    office.service.mishaps += [Mishap(on)] * skip
    office.service.mishaps.append(Mishap(on, 403, message="The caller does not have permission"))


@pytest.mark.parametrize("numbers", [(1, 2, 3), (1, 1, 2), (0, 0)])
def test_what_was_added_is_taken_back_in_two_writes(at_office: Office, numbers: tuple[int, ...]) -> None:
    tab = archive(at_office)
    store = opened(at_office)
    forbidden(at_office, skip=1)
    with pytest.raises(RegisterReadOnly) as caught:
        store.apply(Patch(finish().changes, (*papers(*numbers).appends, *event().appends)))
    # The change; taken back together with all but one cell of each new row; these last cells.
    assert at_office.service.api_calls.count("values.batchUpdate") == 3
    assert tab.typed() == [ARSIP, row(0)]
    assert [trim(list(one[:8])) for one in at_office.book.tab("Riwayat").typed()[3:]] == EVENTS
    assert "Sebagian" not in caught.value.remedy


@pytest.mark.parametrize("fault", [Mishap(status=503), Mishap(drop="before"), Mishap(drop="after")],
                         ids=lambda one: f"{one.status}{one.drop}")  # fmt: skip
def test_taking_back_outlives_a_fault(at_office: Office, fault: Mishap) -> None:
    tab = archive(at_office)
    store = opened(at_office)
    forbidden(at_office, skip=1)
    fault.on = "values.batchUpdate"
    at_office.service.mishaps.append(fault)
    with pytest.raises(RegisterReadOnly) as caught:
        store.apply(Patch(appends=(*papers(1, 2).appends, *event().appends)))
    assert tab.typed() == [ARSIP, row(0)]
    assert "Sebagian" not in caught.value.remedy


def test_what_was_written_is_taken_back_when_somebody_interrupts(at_office: Office) -> None:
    tab = archive(at_office)

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    store = opened(at_office, sleep=interrupt)
    at_office.service.mishaps += [Mishap("values.append"), Mishap("values.append", 429)]
    with pytest.raises(KeyboardInterrupt):
        store.apply(Patch(finish().changes, (*papers(1).appends, *event().appends)))
    assert tab.typed() == [ARSIP, row(0)]
    assert [trim(list(one[:8])) for one in at_office.book.tab("Riwayat").typed()[3:]] == EVENTS


def test_taking_back_finds_rows_that_were_sorted(at_office: Office) -> None:
    tab = archive(at_office)
    store = opened(at_office)
    forbidden(at_office, skip=1)
    seen: list[str] = []

    def before(call: object) -> None:
        seen.append(getattr(call, "name", ""))
        if seen[-1] == "values.batchUpdate" and seen.count("values.batchUpdate") == 1:
            tab.cells[1:] = [one for one in tab.cells[1:] if one][::-1]

    at_office.service.before_write = before
    with pytest.raises(RegisterReadOnly) as caught:
        store.apply(Patch(appends=(*papers(1, 2, 3).appends, *event().appends)))
    assert [one for one in tab.typed() if one] == [ARSIP, row(0)]
    assert "Sebagian" not in caught.value.remedy


def test_a_record_put_elsewhere_takes_its_companions_back(at_office: Office) -> None:
    """gspread issue 603, with several rows: none stays in the wrong columns."""
    register(at_office, [[None, None, "Siti"], [None, None, "Budi"]], arrays=False)
    at_office.book.tab("Riwayat").cells.insert(3, [])
    store = opened(at_office)
    before = store.read().revision
    with pytest.raises(RegisterReadOnly):
        store.apply(many_events(3))
    assert store.read().revision == before


# -- ready rows


def numbered(office: Office, ready: int) -> Tab:
    """Staff numbered the rows of Arsip down in a column of their own."""
    tab = archive(office)
    tab.cells[0].append("No")
    tab.cells[1].append(1)
    tab.cells += [[None] * 5 + [2 + number] for number in range(ready)]
    return tab


@pytest.mark.parametrize("drop", ["", "before", "after"])
@pytest.mark.parametrize("skip", [0, 1])
def test_ready_rows_are_filled_two_writes_for_all(at_office: Office, drop: str, skip: int) -> None:
    tab = numbered(at_office, 5)
    store = opened(at_office)
    if drop:
        at_office.service.mishaps += [
            *[Mishap("values.batchUpdate")] * skip,
            Mishap("values.batchUpdate", drop=drop),
        ]
    assert store.apply(papers(*range(1, 9))).rows == tuple(range(3, 11))
    filled = [[*row(number), number + 1] for number in range(6)]
    assert tab.typed() == [[*ARSIP, "No"], *filled, *map(row, (6, 7, 8))]
    assert at_office.service.api_calls.count("values.append") == 1
    assert at_office.service.api_calls.count("values.batchUpdate") == 2 + (drop == "before")


def test_ready_rows_are_emptied_again_when_the_rest_fails(at_office: Office) -> None:
    tab = numbered(at_office, 2)
    store = opened(at_office)
    before = [list(one) for one in tab.typed()]
    forbidden(at_office)
    with pytest.raises(RegisterReadOnly) as caught:
        store.apply(papers(1, 2, 3))
    assert tab.typed() == before
    assert "Sebagian" not in caught.value.remedy
    assert at_office.service.api_calls.count("values.batchUpdate") == 3


@pytest.mark.parametrize("drop", ["", "after"])
def test_a_record_that_was_sorted_onto_a_ready_row_stays_whole(at_office: Office, drop: str) -> None:
    """The mark lands on somebody's record: what stood in that cell comes back."""
    register(at_office, [[*one, *[None] * (8 - len(one))] for one in EVENTS], arrays=False)
    tab = at_office.book.tab("Riwayat")
    tab.cells[2] = [*tab.cells[2][:8], "Kegiatan"]
    for number in range(3, 9):
        tab.put(number, 8, Formula(f"=A{number + 1}", ""))
    store = opened(at_office)

    def sort(_: object) -> None:
        at_office.service.before_write = None
        tab.cells[3:9] = tab.cells[3:9][::-1]

    at_office.service.before_write = sort
    if drop:
        at_office.service.mishaps.append(Mishap("values.batchUpdate", drop=drop))
    new = AppendRow("Riwayat", {0: "K-7", 1: 1, 2: "Siti", 3: at("11.00")}, TYPED_EVENTS, 2, "")
    store.apply(Patch(appends=(new,)))
    rows = [trim(["" if cell is None else cell for cell in one[:8]]) for one in tab.cells[3:]]
    assert sorted(map(str, filter(None, rows))) == sorted(
        map(str, [*EVENTS, ["K-7", 1, "Siti", at("11.00")]])
    )


@pytest.mark.parametrize("is_other_deleted", [False, True])
def test_of_records_alike_but_for_the_marked_cell_the_one_that_vanished_was_hit(
    at_office: Office, is_other_deleted: bool
) -> None:
    register(at_office, arrays=False)
    tab = at_office.book.tab("Riwayat")
    base = ["K-1", 1, "Siti", at("9.00")]
    first, second = [*base, at("9.20")], [*base, at("9.40")]
    tab.cells[2:] = [[*tab.cells[2][:8], "Kegiatan"], first, second]
    for number in range(3, 7):
        tab.put(number, 8, Formula(f"=A{number + 1}", ""))
    store = opened(at_office)

    def move(_: object) -> None:
        at_office.service.before_write = None
        tab.cells[3:7] = [tab.cells[5], [] if is_other_deleted else tab.cells[3], tab.cells[4], tab.cells[6]]

    at_office.service.before_write = move
    patch = Patch(appends=(AppendRow("Riwayat", {0: "K-7", 4: at("11.00")}, TYPED_EVENTS, 2, ""),))
    if is_other_deleted:
        with pytest.raises(ChangedMeanwhile, match="periksa sel E6 lembar Riwayat"):
            store.apply(patch)
        return
    store.apply(patch)
    rows = [trim(["" if cell is None else cell for cell in one[:8]]) for one in tab.cells[3:]]
    new = ["K-7", "", "", "", at("11.00")]
    assert sorted(map(str, filter(None, rows))) == sorted(map(str, [first[:5], second[:5], new]))


def test_a_row_hit_by_one_write_is_not_taken_for_the_row_that_another_hit(at_office: Office) -> None:
    """Marks land on a record of ours and on one that is new and nearly the same: only the first is known."""
    register(at_office, [["K-7", 1, "Budi", at("9.00"), None, None, "b7"],
                         ["K-8", 1, "Budi", at("9.00"), None, None, "b8"]], arrays=False)  # fmt: skip
    tab = at_office.book.tab("Riwayat")
    tab.cells[2] = [*tab.cells[2][:8], "Kegiatan"]
    for number in range(3, 8):
        tab.put(number, 8, Formula(f"=A{number + 1}", ""))
    store = opened(at_office)
    theirs = [
        ["K-12", 1, "Siti", at("9.00"), None, None, "b12"],
        ["K-11", 1, "Budi", at("9.00"), None, None, "b11"],
    ]

    def insert(_: object) -> None:
        at_office.service.before_write = None
        tab.cells.insert(4, theirs[1])
        tab.cells.insert(3, theirs[0])

    at_office.service.before_write = insert
    new = [
        AppendRow("Riwayat", {0: f"K-{n}", 1: 1, 2: "Budi", 6: f"b{n}"}, TYPED_EVENTS, 2, "") for n in (9, 10)
    ]
    with pytest.raises(ChangedMeanwhile, match="periksa sel G6 lembar Riwayat"):
        store.apply(Patch(appends=tuple(new)))
    shown = {cells[0]: cells[6] for cells in tab.cells[3:] if cells and cells[0]}
    assert shown == {"K-12": "b12", "K-7": "b7", "K-11": None, "K-8": "b8"}
