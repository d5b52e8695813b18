"""`report …`: the files it makes, what it files, what it refuses, and that nothing is spent on a full disk."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.books import office, workbook
from tests.cli.doors import NOW, REGISTER, RIWAYAT, book, call
from tracker.cli.delivering import _commit
from tracker.cli.staging import staged
from tracker.desk import Order, open_desk
from tracker.errors import TrackerError

ARSIP = "Nomor | Jenis | Periode | Dicetak | Oleh | Berkas | Sidik Register | Sidik Dokumen"
PAPERS = {
    "sop": ("report", "sop"),
    "card": ("report", "card", "K-1"),
    "monthly": ("report", "monthly", "--period", "2026-08"),
    "semester": ("report", "semester", "--period", "2026-S2"),
}


def filing_book(folder: Path) -> Path:
    """The usual register with a sheet Arsip."""
    path = folder / "register.xlsx"
    path.write_bytes(workbook(office(RIWAYAT, REGISTER, archive=ARSIP)))
    return path


def arsip(path: Path) -> list[tuple[object, ...]]:
    """Nomor, Jenis, Periode of each row of Arsip."""
    return [row[:3] for row in load_workbook(path)["Arsip"].iter_rows(min_row=2, values_only=True) if row[0]]


def command(kind: str, path: Path, *more: object) -> tuple[object, ...]:
    report, name, *rest = PAPERS[kind]
    return (report, name, path, *rest, *more, "--now", NOW)


@pytest.mark.parametrize("kind", PAPERS)
def test_each_paper_is_made_filed_and_copied(kind: str, tmp_path: Path) -> None:
    path, pdf = filing_book(tmp_path), tmp_path / "f.pdf"
    ended = call(*command(kind, path, "-o", pdf))
    assert (ended.code, ended.out) == (0, f"{pdf}\n")
    assert PdfReader(pdf).pages
    (copy,) = tmp_path.glob("arsip/2026/*.pdf")
    assert copy.read_bytes() == pdf.read_bytes()
    assert len(arsip(path)) == 1
    assert not list(tmp_path.glob(".naskah*"))


@pytest.mark.parametrize("kind", PAPERS)
def test_no_archive_creates_nothing_but_the_file(kind: str, tmp_path: Path) -> None:
    path, pdf = filing_book(tmp_path), tmp_path / "f.pdf"
    before = path.read_bytes()
    assert call(*command(kind, path, "-o", pdf, "--no-archive", "--paper", "f4")).code == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["f.pdf", "register.xlsx"]
    assert path.read_bytes() == before
    box = PdfReader(pdf).pages[0].mediabox
    assert sorted(round(float(side) * 25.4 / 72) for side in (box.width, box.height)) == [215, 330]


@pytest.mark.parametrize("kind", PAPERS)
def test_the_document_alone_makes_no_file(kind: str, tmp_path: Path) -> None:
    path = filing_book(tmp_path)
    ended = call(*command(kind, path, "--json"))
    assert ended.code == 0
    assert isinstance(ended.json, dict)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["register.xlsx"]


@pytest.mark.parametrize("kind", PAPERS)
def test_a_working_copy_is_a_workbook_and_is_never_overwritten(kind: str, tmp_path: Path) -> None:
    path, copy = filing_book(tmp_path), tmp_path / "salinan.xlsx"
    before = path.read_bytes()
    assert call(*command(kind, path, "-o", copy)).code == 0
    assert load_workbook(copy).worksheets
    made = copy.read_bytes()
    assert call(*command(kind, path, "-o", copy)).code == 1
    assert (copy.read_bytes(), path.read_bytes()) == (made, before)
    assert not (tmp_path / "arsip").exists()


def test_the_register_is_never_the_target(tmp_path: Path) -> None:
    path = filing_book(tmp_path)
    before = path.read_bytes()
    (tmp_path / "tautan.xlsx").symlink_to(path)
    for target in (path, tmp_path / "." / "register.xlsx", tmp_path / "tautan.xlsx"):
        assert call(*command("monthly", path, "-o", target)).code == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "args", [("year", "-o", "buku"), ("card", "--all", "-o", "buku"), ("monthly", "-o", "f.pdf")]
)
def test_nothing_is_filed_when_the_disk_is_full(
    args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "")

    path = filing_book(tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    name, *options, target = args
    ended = call("report", name, path, *options, tmp_path / target, "--now", NOW)
    assert (ended.code, ended.out) == (4, "")
    assert "disk penuh" in ended.err
    assert path.read_bytes() == before
    left = {one.name for one in tmp_path.iterdir()} - {".tracker"}
    assert left == {"register.xlsx"}


def test_what_was_filed_but_not_put_in_place_is_said(tmp_path: Path) -> None:
    made = open_desk(filing_book(tmp_path)).preview(Order("sop"), now=datetime(2026, 8, 6))
    filed = replace(made, is_filed=True, archived=tmp_path / "arsip" / "2026" / "sop.pdf")
    with staged(tmp_path) as stage:
        stage.put("f.pdf", made.content)
        (tmp_path / "f.pdf" / "x").mkdir(parents=True)
        with pytest.raises(TrackerError, match="sudah tercatat"):
            _commit(stage, [filed])
        with pytest.raises(TrackerError, match=r"^Berkas"):
            _commit(stage, [made])
    assert not list(tmp_path.glob(".naskah*"))


def test_what_is_put_again_takes_the_place_of_what_was_put_before(tmp_path: Path) -> None:
    with staged(tmp_path / "baru" / "map") as stage:
        for text in ("lama", "anyar"):
            for name in ("a", "b"):
                stage.put(name, f"{text} {name}".encode())
        assert [path.name for path in stage.commit()] == ["a", "b"]
    found = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "baru" / "map").iterdir()}
    assert found == {"a": "anyar a", "b": "anyar b"}


def test_a_year_book_holds_each_month_so_far_and_each_card(tmp_path: Path) -> None:
    path = filing_book(tmp_path)
    ended = call("report", "year", path, "-o", tmp_path / "buku", "--now", NOW, "--json")
    papers = ended.json["papers"]
    assert [one["period"] for one in papers] == [*(f"2026-{n:02d}" for n in range(1, 9)), "K-1", "K-2"]
    assert [one["number"] for one in papers[:2]] == ["1/LAP-SOP/I/2026", "2/LAP-SOP/II/2026"]
    assert sorted(one.name for one in (tmp_path / "buku").iterdir()) == sorted(
        Path(one["file"]).name for one in papers
    )
    assert arsip(path) == [(one["number"], one["kind"], one["period"]) for one in papers]


def test_cards_of_all_items_or_of_a_month(tmp_path: Path) -> None:
    path = filing_book(tmp_path)
    everything = call("report", "card", path, "--all", "-o", tmp_path / "a", "--no-archive", "--now", NOW)
    assert [Path(line).name for line in everything.out.splitlines()] == [
        f"kartu-K-{n}.pdf" for n in range(1, 5)
    ]
    august = call(
        "report", "card", path, "--period", "2026-08", "-o", tmp_path / "b", "--no-archive", "--now", NOW
    )
    assert [Path(line).name for line in august.out.splitlines()] == ["kartu-K-1.pdf", "kartu-K-2.pdf"]
    assert arsip(path) == []


@pytest.mark.parametrize(
    "args",
    [
        ("card", "K-1"),
        ("card", "-o", "k.pdf"),
        ("card", "K-1", "--all", "-o", "m"),
        ("card", "K-1", "-o", "k.txt"),
        ("card", "K-99", "-o", "k.pdf", "--no-archive"),
        ("card", "--all"),
        ("sop",),
        ("semester", "--period", "2026-10", "--json"),
        ("year",),
        ("year", "-o", "register.xlsx"),
        ("year", "--period", "26", "-o", "m"),
    ],
    ids=" ".join,
)
def test_wrong_usage_of_the_papers(
    args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path)
    monkeypatch.chdir(tmp_path)
    ended = call("report", args[0], path, *args[1:], "--now", NOW)
    assert (ended.code, ended.out) == (2, "")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["register.xlsx"]


def test_a_reprint_says_that_it_is_one(tmp_path: Path) -> None:
    path = filing_book(tmp_path)
    call(*command("monthly", path, "-o", tmp_path / "a.pdf"))
    ended = call(*command("monthly", path, "-o", tmp_path / "b.pdf"))
    assert "cetak ulang ke-1" in ended.err
    text = PdfReader(BytesIO((tmp_path / "b.pdf").read_bytes())).pages[0].extract_text()
    assert "Cetak ulang ke-1" in text
    assert [row[0] for row in arsip(path)] == ["1/LAP-SOP/VIII/2026"] * 2
