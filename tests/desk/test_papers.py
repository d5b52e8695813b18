"""Papers at the desk: previewed, numbered, filed together or not at all; the emblem beside the register."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.books import SOP, office, workbook
from tests.cli.doors import RIWAYAT
from tracker.desk import AddItem, Desk, Order, Report, open_desk
from tracker.desk.orders import half_of, month_named
from tracker.errors import PaperFailed, RegisterReadOnly, TrackerError, WrongUsage
from tracker.sop.figures import Month

NOW = datetime(2026, 8, 6, 10, 0)
LATER = datetime(2026, 8, 7, 9, 0)
ARSIP = "Nomor | Jenis | Periode | Dicetak | Oleh | Berkas | Sidik Register | Sidik Dokumen"
ORDERS = (
    Order("sop"),
    Order("card", item="K-1"),
    Order("monthly", period="2026-08"),
    Order("semester", period="2026-S2"),
)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGNoUFAAIgYIBQAWjgMBwmTFJwAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'


def desk(folder: Path, *, archive: str | None = ARSIP, sop: str = SOP, riwayat: str = RIWAYAT) -> Desk:
    """A desk over a book with a sheet Arsip."""
    path = folder / "register.xlsx"
    path.write_bytes(workbook(office(riwayat, sop=sop, archive=archive)))
    return open_desk(path)


def rows(folder: Path) -> list[dict[str, object]]:
    """The rows of Arsip, by heading."""
    sheet = load_workbook(folder / "register.xlsx")["Arsip"]
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), cells, strict=True)) for cells in body if any(cells)]


def names(folder: Path) -> list[str]:
    """The copies under `arsip/`."""
    return sorted(one.relative_to(folder).as_posix() for one in folder.glob("arsip/*/*"))


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.kind)
def test_a_preview_and_its_file_are_the_same_bytes(order: Order, tmp_path: Path) -> None:
    at = desk(tmp_path)
    seen = at.preview(order, now=NOW)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["register.xlsx"]
    made = at.file(seen, now=LATER)
    assert (made.content, made.is_remade, made.is_filed) == (seen.content, False, True)
    (row,) = rows(tmp_path)
    assert (row["Nomor"], row["Jenis"], row["Periode"] or "") == (seen.number, seen.kind, seen.period)
    assert row["Sidik Register"] == seen.register_hash
    assert row["Sidik Dokumen"] == hashlib.sha256(seen.content).hexdigest()
    assert row["Dicetak"] == NOW
    assert made.archived is not None
    assert made.archived.read_bytes() == seen.content
    assert names(tmp_path) == [f"arsip/2026/{row['Berkas']}"]


def test_a_preview_that_is_no_longer_true_is_made_anew(tmp_path: Path) -> None:
    at = desk(tmp_path)
    seen = at.preview(ORDERS[2], now=NOW)
    at.add(AddItem(title="Baru"), now=LATER)
    made = at.file(seen, now=LATER)
    assert made.is_remade
    assert made.register_hash != seen.register_hash
    assert rows(tmp_path)[0]["Sidik Dokumen"] == made.document_hash


def test_a_number_taken_meanwhile_is_not_given_twice(tmp_path: Path) -> None:
    at = desk(tmp_path)
    seen = at.preview(ORDERS[2], now=NOW)
    at.file(ORDERS[3], now=NOW)
    made = at.file(seen, now=LATER)
    assert made.is_remade
    assert [row["Nomor"] for row in rows(tmp_path)] == ["1/LAP-SOP/XII/2026", "2/LAP-SOP/VIII/2026"]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.kind)
def test_a_reprint_of_unchanged_content_keeps_its_number(order: Order, tmp_path: Path) -> None:
    at = desk(tmp_path)
    first, second = at.file(order, now=NOW), at.file(order, now=LATER)
    assert (first.reprint, second.reprint) == (0, 1)
    assert first.number == second.number
    assert len(names(tmp_path)) == len(rows(tmp_path)) == 2


def test_what_cannot_be_delivered_is_not_filed(tmp_path: Path) -> None:
    def refuse(_: Report) -> None:
        raise TrackerError("Disk penuh.")

    at = desk(tmp_path)
    before = (tmp_path / "register.xlsx").read_bytes()
    for call in (
        lambda: at.file(ORDERS[2], now=NOW, deliver=refuse),
        lambda: at.file_all(ORDERS, now=NOW, deliver=refuse),
    ):
        with pytest.raises(TrackerError, match="Disk penuh"):
            call()
        assert names(tmp_path) == []
        assert (tmp_path / "register.xlsx").read_bytes() == before


def test_many_papers_are_filed_by_one_write(tmp_path: Path) -> None:
    at = desk(tmp_path)
    orders = [Order("monthly", period=f"2026-{month:02d}") for month in (6, 7, 8)]
    made = at.file_all([*orders, *ORDERS], now=NOW)
    assert [one.number for one in made[:3]] == [
        f"{n}/LAP-SOP/{roman}/2026" for n, roman in enumerate(("VI", "VII", "VIII"), 1)
    ]
    assert made[5].reprint == 1  # August again
    assert made[6].number == "4/LAP-SOP/XII/2026"
    assert [row["Nomor"] for row in rows(tmp_path)] == [one.number for one in made]
    assert len(names(tmp_path)) == 7


def test_papers_are_made_anew_when_somebody_wrote_meanwhile(tmp_path: Path) -> None:
    at = desk(tmp_path)
    seen: list[Report] = []

    def interfere(made: Report) -> None:
        if not seen:
            at.file(ORDERS[2], now=NOW)
            at.add(AddItem(title="Baru"), now=NOW)
        seen.append(made)

    made = at.file_all([ORDERS[3], ORDERS[1]], now=LATER, deliver=interfere)
    assert [one.is_remade for one in made] == [True, True]
    assert seen[2:] == [replace(one, is_remade=False, is_filed=False, archived=None) for one in made]
    assert [row["Nomor"] for row in rows(tmp_path)] == ["1/LAP-SOP/VIII/2026", "2/LAP-SOP/XII/2026", "K-1"]


def test_several_processes_make_the_same_papers(tmp_path: Path) -> None:
    at = desk(tmp_path)
    orders = [
        *ORDERS,
        *(Order("card", item=item, paper=size) for item in ("K-1", "K-2") for size in ("a4", "f4") * 9),
    ]
    seen: list[str] = []
    alone = at.preview_all(orders, now=NOW)
    together = at.preview_all(orders, now=NOW, deliver=lambda one: seen.append(one.file_name), workers=2)
    assert together == alone
    assert seen == [one.file_name for one in alone]


def test_a_failure_in_another_process_is_the_same_failure(tmp_path: Path) -> None:
    at = desk(tmp_path)
    orders = [*(Order("card", item="K-1") for _ in range(40)), Order("card", item="K-99")]
    with pytest.raises(WrongUsage, match="K-99"):
        at.file_all(orders, now=NOW, workers=2)
    assert (rows(tmp_path), names(tmp_path)) == ([], [])


def test_one_paper_that_fails_keeps_all_from_being_filed(tmp_path: Path) -> None:
    at = desk(tmp_path)
    with pytest.raises(WrongUsage):
        at.file_all([ORDERS[2], Order("card", item="K-99")], now=NOW)
    assert (rows(tmp_path), names(tmp_path)) == ([], [])


def test_a_book_that_cannot_be_written_keeps_no_copy(tmp_path: Path) -> None:
    at = desk(tmp_path)

    def open_in_excel(_: Report) -> None:
        (tmp_path / "~$register.xlsx").write_bytes(b"\x05Rahma" + bytes(160))

    with pytest.raises(TrackerError):
        at.file(ORDERS[2], now=NOW, deliver=open_in_excel)
    assert names(tmp_path) == []


def test_a_book_without_arsip_gets_the_sheet_and_says_so_once(tmp_path: Path) -> None:
    at = desk(tmp_path, archive=None)
    made = at.file_all([ORDERS[2], ORDERS[3], replace(ORDERS[2], form="xlsx")], now=NOW)
    assert [(one.is_filed, one.warnings) for one in made] == [
        (True, ("Lembar Arsip dibuat.",)),
        (True, ()),
        (False, ()),
    ]
    assert [row["Nomor"] for row in rows(tmp_path)] == ["1/LAP-SOP/VIII/2026", "2/LAP-SOP/XII/2026"]
    assert [row["Dicetak"] for row in rows(tmp_path)] == [NOW, NOW]
    again = at.file(ORDERS[2], now=LATER)
    assert (again.number, again.reprint, again.warnings) == ("1/LAP-SOP/VIII/2026", 1, ())


def test_a_working_copy_makes_no_sheet(tmp_path: Path) -> None:
    desk(tmp_path, archive=None).file(replace(ORDERS[2], form="xlsx"), now=NOW)
    assert "Arsip" not in load_workbook(tmp_path / "register.xlsx").sheetnames


def test_a_sheet_arsip_without_its_columns_is_named_before_anything_is_filed(tmp_path: Path) -> None:
    at = desk(tmp_path, archive="Catatan | Lain")
    with pytest.raises(RegisterReadOnly, match="Nomor"):
        at.file(ORDERS[2], now=NOW)
    assert names(tmp_path) == []


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.kind)
def test_a_working_copy_is_never_filed(order: Order, tmp_path: Path) -> None:
    at = desk(tmp_path)
    made = at.file(replace(order, form="xlsx"), now=NOW)
    assert made.file_name.endswith(".xlsx")
    assert load_workbook(BytesIO(made.content)).worksheets
    assert (rows(tmp_path), names(tmp_path)) == ([], [])


def test_what_an_order_leaves_out_comes_from_the_moment(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert at.preview(Order("monthly"), now=NOW).order.period == "2026-08"
    assert at.preview(Order("semester"), now=NOW).order.period == "2026-S2"
    assert at.preview(Order("card", item=" k-1 "), now=NOW).order.item == "K-1"


@pytest.mark.parametrize(
    "order",
    [
        Order("monthly", period="2026-13"),
        Order("monthly", period="2026-S2"),
        Order("semester", period="2026-S3"),
        Order("semester", period="1899-S1"),
        Order("card", item="K-99"),
        Order("card"),
        Order("sop", paper="legal"),
        Order("monthly", signed_by="Bukan Pejabat"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_wrong_usage(order: Order, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        desk(tmp_path).preview(order, now=NOW)


def test_periods_as_they_are_written() -> None:
    assert month_named("2026-11") == Month(2026, 11)
    assert str(half_of("2026-s1")) == "2026-S1"
    assert (str(half_of(Month(2026, 6))), str(half_of(Month(2026, 7)))) == ("2026-S1", "2026-S2")


def test_file_names_come_from_a_fixed_pattern(tmp_path: Path) -> None:
    found = [desk(tmp_path).preview(order, now=NOW).file_name for order in ORDERS]
    assert found == [
        "sop-5-Tahun-2023.pdf",
        "kartu-K-1.pdf",
        "kepatuhan-bulanan-2026-08.pdf",
        "monitoring-2026-S2.pdf",
    ]


@pytest.mark.parametrize("id_", ["../../etc/passwd", "a/b", "a b", "CON", "تجربة", "x" * 300, "a:b?c*"])
def test_no_id_leads_out_of_the_archive(id_: str, tmp_path: Path) -> None:
    written = RIWAYAT.replace("K-1", f"'{id_}")
    at = desk(tmp_path, riwayat=written)
    made = at.file(Order("card", item=id_), now=NOW)
    assert made.file_name.isascii()
    assert len(made.file_name) < 90
    assert made.archived is not None
    assert made.archived.parent == tmp_path / "arsip" / "2026"
    assert not set(made.file_name) & set('/\\:*?"<>| ')


def test_ids_that_look_alike_have_different_files(tmp_path: Path) -> None:
    riwayat = RIWAYAT.replace("K-1", "a*b").replace("K-2", "a?b")
    at = desk(tmp_path, riwayat=riwayat)
    made = at.file_all([Order("card", item="a*b"), Order("card", item="a?b")], now=NOW)
    assert len({one.file_name for one in made}) == 2


def test_cards_of_a_period(tmp_path: Path) -> None:
    at = desk(tmp_path)
    august, july = (Month(2026, month) for month in (8, 7))
    like = Order("card", paper="f4")
    assert [one.item for one in at.orders(like, (august, august), now=NOW)] == ["K-1", "K-2"]
    assert at.orders(like, (july, july), now=NOW) == []
    assert {one.paper for one in at.orders(like, None, now=NOW)} == {"f4"}
    book = at.orders(like, (Month(2026, 1), Month(2026, 12)), now=NOW, has_months=True)
    assert [one.period for one in book if one.kind == "monthly"] == [f"2026-{n:02d}" for n in range(1, 9)]


def logo(name: str) -> str:
    return f"{SOP}\n    Logo | {name}\n"


@pytest.mark.parametrize(("name", "content"), [("logo.png", PNG), ("gambar/logo.svg", SVG)])
def test_the_emblem_beside_the_register_stands_on_every_paper(
    name: str, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "gambar").mkdir()
    (tmp_path / name).write_bytes(content)
    with_logo = desk(tmp_path, sop=logo(name))
    for order in ORDERS:
        assert with_logo.preview(order, now=NOW).warnings == ()
    assert b"/Image" in with_logo.preview(ORDERS[2], now=NOW).content or content is SVG


def _outside(folder: Path) -> str:
    (folder / "logo.png").write_bytes(PNG)
    return "../logo.png"


def _large(folder: Path) -> str:
    (folder / "unit" / "logo.png").write_bytes(PNG + bytes(1_000_001))
    return "logo.png"


def _no_picture(folder: Path) -> str:
    (folder / "unit" / "logo.png").write_bytes(b"\x89PNG bukan gambar")
    return "logo.png"


def _damaged(folder: Path) -> str:
    (folder / "unit" / "logo.png").write_bytes(PNG[:45] + b"?" + PNG[46:])
    return "logo.png"


def _linked_outside(folder: Path) -> str:
    (folder / "logo.png").write_bytes(PNG)
    (folder / "unit" / "logo.png").symlink_to(folder / "logo.png")
    return "logo.png"


@pytest.mark.parametrize(
    "place",
    [
        lambda _: "tidak-ada.png",
        lambda _: ".",
        lambda _: "x" * 400 + ".png",
        lambda _: "register.xlsx",
        _outside,
        _linked_outside,
        _large,
        _no_picture,
        _damaged,
    ],
    ids=[
        "missing",
        "folder",
        "long",
        "workbook",
        "outside",
        "linked outside",
        "large",
        "no picture",
        "damaged",
    ],
)
def test_an_emblem_that_cannot_be_used_is_a_warning(place: Callable[[Path], str], tmp_path: Path) -> None:
    (tmp_path / "unit").mkdir()
    made = desk(tmp_path / "unit", sop=logo(place(tmp_path))).preview(ORDERS[2], now=NOW)
    assert len(made.warnings) == 1
    assert made.content.startswith(b"%PDF")


def test_an_sop_that_cannot_be_drawn_is_a_failed_paper_and_files_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    steps = (
        "No | Kegiatan | Pelaksana | Waktu | Satuan | Jika Ya | Jika Tidak\n1 | Satu | A | 5 | Menit | 9 |"
    )
    path.write_bytes(workbook(office(RIWAYAT, steps=steps, archive=ARSIP)))
    with pytest.raises(PaperFailed):
        open_desk(path).file(Order("sop"), now=NOW)
    assert names(tmp_path) == []


@pytest.mark.parametrize("order", ORDERS, ids=[one.kind for one in ORDERS])
def test_a_clock_ticks_in_parts_of_a_second(tmp_path: Path, order: Order) -> None:
    at, now = desk(tmp_path), NOW.replace(second=7, microsecond=123_456)
    made = at.preview(order, now=now)
    filed = at.file(made, now=now)
    assert (filed.content, filed.is_remade) == (made.content, False)
    assert len(rows(tmp_path)) == 1
