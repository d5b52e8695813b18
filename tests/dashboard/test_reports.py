"""Laporan: the choice lives in the address, the preview shows the file, and a download is what was seen."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import KASUBBAG, NOW, words
from tests.dashboard.serving import Server, be, visiting
from tracker.dashboard.office import office
from tracker.dashboard.prints import PAGES_SHOWN, Prints
from tracker.desk import open_desk, template_bytes
from tracker.desk.orders import Order, PaperKind
from tracker.errors import WrongUsage
from tracker.views.papers.pictures import pictures

if TYPE_CHECKING:
    from playwright.sync_api import Browser

App = Callable[..., AppTest]
PAGE = "laporan"


def archived(path: Path) -> list[tuple[object, ...]]:
    """Number, kind and period of each row of Arsip."""
    sheet = load_workbook(path, read_only=True)["Arsip"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row and row[0] == "Nomor")
    return [row[:3] for row in rows[head + 1 :] if row and row[0]]


def chosen(test: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in test.selectbox}


def pages_of(test: AppTest) -> int:
    return sum(len(one.proto.imgs) for one in test.get("image"))


def test_the_last_whole_month_is_offered_first(app: App, demo: Path) -> None:
    test = app(demo, KASUBBAG, page=PAGE)
    assert not test.exception
    assert chosen(test) == {"Jenis laporan": "monthly", "Periode": "2026-10", "Ukuran kertas": "A4"}
    assert "Nomor berikutnya: 1/LAP-SOP/X/2026." in words(test)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"jenis": "monthly", "periode": "2026-09", "kertas": "F4"}, "1/LAP-SOP/IX/2026"),
        ({"jenis": "semester", "periode": "2026-S1"}, "1/LAP-SOP/VI/2026"),
        ({"jenis": "card", "id": "K-2026-0048"}, "Nomor: K-2026-0048"),
        ({"jenis": "sop"}, "Nomor: 5 Tahun 2023"),
    ],
)
def test_every_paper_is_shown_as_the_address_asks(
    app: App, demo: Path, query: dict[str, str], number: str
) -> None:
    before = demo.read_bytes()
    test = app(demo, KASUBBAG, page=PAGE, **query)
    assert not test.exception
    assert number in words(test)
    assert pages_of(test) >= 1
    assert demo.read_bytes() == before  # a preview writes nothing
    assert not (demo.parent / "arsip").exists()


@pytest.mark.parametrize(
    "query",
    [{"jenis": "faktur"}, {"periode": "2031-02"}, {"jenis": "semester", "periode": "x"}, {"kertas": "Legal"}],
)
def test_an_address_that_cannot_be_meant_gives_what_is_usual(
    app: App, demo: Path, query: dict[str, str]
) -> None:
    test = app(demo, KASUBBAG, page=PAGE, **query)
    assert not test.exception
    assert pages_of(test) >= 1
    assert set(chosen(test).values()) <= {"monthly", "semester", "2026-10", "2026-S2", "A4"}


@pytest.mark.parametrize(
    ("kind", "headline"), [("running", "DAFTAR KONTEN BERJALAN"), ("issues", "DAFTAR TEMUAN DATA")]
)
def test_a_working_list_is_shown_and_never_filed(
    app: App, demo: Path, kind: PaperKind, headline: str
) -> None:
    before = demo.read_bytes()
    test = app(demo, KASUBBAG, page=PAGE, jenis=kind)
    assert not test.exception
    assert pages_of(test) >= 1
    assert "Daftar kerja untuk rapat" in words(test)
    assert not test.checkbox
    done = open_desk(demo).file(Order(kind), now=NOW)
    assert (done.number, done.is_filed, done.archived) == ("", False, None)
    assert headline in PdfReader(io.BytesIO(done.content)).pages[0].extract_text()
    assert demo.read_bytes() == before
    assert not (demo.parent / "arsip").exists()


def test_a_list_is_of_this_minute(demo: Path, home: Path) -> None:
    desk = open_desk(demo)
    reading, prints, order = desk.read(), Prints(), Order("running")
    first = prints.of(desk, reading, order, NOW)
    assert prints.of(desk, reading, order, NOW) is first
    later = prints.of(desk, reading, order, NOW + timedelta(minutes=7))
    assert first.report.json["as_of"] != later.report.json["as_of"]


def test_a_search_without_a_match_says_so(app: App, demo: Path) -> None:
    test = app(demo, KASUBBAG, page=PAGE, jenis="card", cari="zzz")
    assert "Tidak ada konten yang cocok." in words(test)
    assert pages_of(test) == 0


def test_an_empty_register_still_prints(app: App, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(template_bytes())
    test = app(path, KASUBBAG, page=PAGE)
    assert not test.exception
    assert pages_of(test) >= 1


def test_a_book_open_in_excel_gives_no_number(app: App, demo: Path) -> None:
    (demo.parent / f".~lock.{demo.name}#").write_text("Siti N,siti,KANTOR,20.11.2026 10:39,file;", "utf-8")
    assert "jadi nomor belum dapat ditetapkan" in words(app(demo, KASUBBAG, page=PAGE))


def test_a_preview_is_made_once_for_all(demo: Path, home: Path) -> None:
    desk = open_desk(demo)
    reading, prints, order = desk.read(), Prints(), Order("monthly", period="2026-10")
    first = prints.of(desk, reading, order, NOW)
    assert prints.of(desk, reading, order, NOW) is first
    assert first.shown.count == len(PdfReader(io.BytesIO(first.report.content)).pages)
    assert desk.file(first.report, now=NOW).content == first.report.content
    with pytest.raises(WrongUsage):
        prints.of(desk, reading, Order("card", item="K-XXXX"), NOW)


def test_pictures_are_the_first_pages(demo: Path) -> None:
    pdf = open_desk(demo).preview(Order("monthly", period="2026-10"), now=NOW).content
    shown = pictures(pdf, width=300, limit=2)
    assert shown.count == 3
    assert len(shown.pages) == 2
    assert all(one.startswith(b"\x89PNG") for one in shown.pages)
    assert PAGES_SHOWN > 2


def test_own_paper_is_no_news(app: App, demo: Path) -> None:
    app(demo, KASUBBAG, page=PAGE)
    source = office().source
    assert source is not None and source.edition is not None
    before = source.edition
    source.desk.file(Order("monthly", period="2026-10"), now=NOW)
    source.take_filed("mine")
    assert source.base_for(before, "mine") is source.edition is not before
    assert source.base_for(before, "another") is before


def test_what_is_downloaded_is_what_was_previewed_and_filed(
    browser: Browser, server: Server, demo: Path, tmp_path: Path
) -> None:
    be(server, demo, KASUBBAG)
    expected = (
        open_desk(demo)
        .preview(Order("monthly", period="2026-10", paper="A4", printed_by=KASUBBAG), now=NOW)
        .content
    )
    with visiting(browser, server) as visitor:
        visitor.go("/laporan?periode=2026-10")
        visitor.page.wait_for_selector(".st-key-preview img")
        with visitor.page.expect_download() as coming:
            visitor.press("Unduh PDF")
        assert coming.value.suggested_filename == "kepatuhan-bulanan-2026-10.pdf"
        got = Path(coming.value.path()).read_bytes()
        visitor.page.get_by_text("tercatat di lembar Arsip dengan nomor 1/LAP-SOP/X/2026").wait_for()
        with visitor.page.expect_download() as copied:
            visitor.press("Unduh Excel")
        assert copied.value.suggested_filename == "kepatuhan-bulanan-2026-10.xlsx"
        assert "sejak halaman ini dibuka" not in visitor.text
        assert visitor.foreign == []
    filed = tmp_path / "arsip" / "2026" / "kepatuhan-bulanan-2026-10.pdf"
    assert hashlib.sha256(got).hexdigest() == hashlib.sha256(filed.read_bytes()).hexdigest()
    assert got == expected
    assert archived(demo) == [("1/LAP-SOP/X/2026", "Laporan Bulanan", "2026-10")]


def test_a_phone_shows_the_first_page_alone(browser: Browser, server: Server, demo: Path) -> None:
    with visiting(browser, server, "hp") as visitor:
        visitor.go("/laporan")
        visitor.page.wait_for_selector(".st-key-preview img")
        visible = [one for one in visitor.page.locator(".st-key-preview img").all() if one.is_visible()]
        assert len(visible) == 1
        assert visitor.overflow() == 0
