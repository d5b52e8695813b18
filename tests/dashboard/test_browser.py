"""The dashboard in a real browser: what is clicked is what stands in the file, and nothing leaves the machine."""

from __future__ import annotations

import re
import socket
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.dashboard.conftest import KASUBBAG, NOW, STAF
from tests.dashboard.serving import Server, be, served, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

PAGES = (
    "/",
    "/papan",
    "/kepatuhan",
    "/kepatuhan?bulan=2026-10&lihat=bulan",
    "/kepatuhan?bulan=2026-10&lihat=petugas&pelaksana=Pengelola+JDIH",
    "/kepatuhan?lihat=target",
    "/kepatuhan?bulan=2026-10&daftar=dinilai",
    "/kepatuhan?bulan=2025-01&pelaksana=x",
    "/temuan",
    "/laporan",
    "/laporan?jenis=card",
    "/laporan?jenis=sop&kertas=F4",
    "/laporan?jenis=semester",
    "/berkas",
    "/konten?id=K-2026-0048",
    "/konten?id=K-XXXX",
    "/papan?saring=Terlambat&cari=zzz",
)
ENGLISH = re.compile(
    r"\b(the|and|page not found|loading|running|press enter|search|download|close|select|choose an option|"
    r"no results|no options|deploy|stop|rerun|settings|skip to|error|connection|connecting|fullscreen|copy)\b",
    re.IGNORECASE,
)
ALLOWED = re.compile(r"\b(Instagram Stories|stop motion)\b", re.IGNORECASE)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def row(path: Path, number: int) -> dict[str, object]:
    """One row of Riwayat by heading."""
    sheet = load_workbook(path)["Riwayat"]
    found = next(r for r in range(1, 16) if sheet.cell(r, 1).value == "ID")
    names = [cell.value for cell in sheet[found]]
    return {str(name): cell.value for name, cell in zip(names, sheet[number], strict=False)}


def written_row(text: str) -> int:
    found = re.search(r"Tertulis di Riwayat baris (\d+)\.", text)
    assert found, text
    return int(found[1])


def test_approving_writes_the_right_cells_and_nothing_else(
    browser: Browser, server: Server, demo: Path
) -> None:
    be(server, demo, KASUBBAG)
    before = parts(demo)
    with visiting(browser, server) as visitor:
        visitor.go()
        card = visitor.page.locator('[class*="st-key-decision-"]', has_text="K-2026-0048").first
        card.get_by_role("button", name="Setujui").dblclick()
        visitor.page.wait_for_selector(".banner.good", timeout=20_000)
        visitor.settled()
        said = visitor.page.inner_text(".banner.good")
        assert said.startswith("K-2026-0048 disetujui. Tertulis di Riwayat baris ")
        written = row(demo, written_row(said))
        assert (written["ID"], written["Langkah"], written["Hasil"]) == ("K-2026-0048", 5, "Ya")
        assert written["Selesai"] == NOW
        assert "sejak halaman ini dibuka" not in visitor.text
        assert visitor.foreign == []
    after = parts(demo)
    assert before.keys() == after.keys()
    touched = {name for name in before if before[name] != after[name]}
    assert all(name.startswith("xl/worksheets/sheet") for name in touched), touched
    assert len(touched) == 1


def test_returning_needs_a_reason_and_stores_it(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, KASUBBAG)
    before = demo.read_bytes()
    with visiting(browser, server) as visitor:
        visitor.go()
        card = visitor.page.locator('[class*="st-key-decision-"]', has_text="K-2026-0047").first
        card.get_by_role("button", name="Kembalikan").click()
        dialog = visitor.page.get_by_role("dialog")
        dialog.get_by_text("kembali ke langkah 4").wait_for()
        assert "(putaran 2)" in dialog.inner_text()
        dialog.get_by_role("button", name="Kembalikan").click()
        dialog.get_by_text("Alasan wajib diisi.").wait_for()
        assert demo.read_bytes() == before
        dialog.locator("textarea").fill("Tanggal pada slide 2 keliru.")
        dialog.get_by_role("button", name="Kembalikan").click()
        visitor.page.wait_for_selector(".banner.good", timeout=20_000)
        said = visitor.page.inner_text(".banner.good")
        written = row(demo, written_row(said))
        assert (written["ID"], written["Hasil"]) == ("K-2026-0047", "Tidak")
        assert str(written["Catatan"]).startswith("Tanggal pada slide 2 keliru.")
        assert visitor.foreign == []


def test_staff_record_a_finish_in_two_clicks(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, STAF)
    with visiting(browser, server) as visitor:
        visitor.go()
        visitor.press("Selesai")
        visitor.page.get_by_role("dialog").get_by_role("button", name="Catat selesai").click()
        visitor.page.wait_for_selector(".banner.good", timeout=20_000)
        said = visitor.page.inner_text(".banner.good")
        assert row(demo, written_row(said))["Selesai"] == NOW


def test_a_disposition_writes_both_rows(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor:
        visitor.go()
        visitor.press("Disposisi baru")
        dialog = visitor.page.get_by_role("dialog")
        dialog.get_by_label("Judul").fill("Infografis uji")
        dialog.get_by_label("Target tayang").fill("27/11/2026")
        dialog.get_by_role("button", name="Catat disposisi").click()
        visitor.page.wait_for_selector(".banner.good", timeout=20_000)
        found = re.search(
            r"^(\S+) didisposisi\. Tertulis di Register baris (\d+)\.",
            visitor.page.inner_text(".banner.good"),
        )
        assert found
        book = load_workbook(demo)
        values = [cell.value for cell in book["Register"][int(found[2])]]
        assert values[:2] == [found[1], "Infografis uji"]
        assert [r for r in book["Riwayat"].iter_rows(values_only=True) if r[0] == found[1] and r[2] == 1]


def test_a_locked_book_keeps_the_decision_and_writes_it_when_it_is_closed(
    browser: Browser, server: Server, demo: Path
) -> None:
    be(server, demo, KASUBBAG)
    before = demo.read_bytes()
    lock = demo.parent / f".~lock.{demo.name}#"
    with visiting(browser, server) as visitor:
        visitor.go()
        lock.write_text("Siti N,siti,KANTOR,20.11.2026 10:39,file;", "utf-8")
        card = visitor.page.locator('[class*="st-key-decision-"]', has_text="K-2026-0047").first
        card.get_by_role("button", name="Kembalikan").click()
        dialog = visitor.page.get_by_role("dialog")
        dialog.locator("textarea").fill("Gambar kabur.")
        dialog.get_by_role("button", name="Kembalikan").click()
        visitor.page.get_by_text("sedang dibuka oleh Siti N").first.wait_for()
        visitor.page.get_by_text("belum tertulis").first.wait_for()
        card.get_by_role("button", name="Setujui").wait_for(state="detached")  # goes a moment later
        assert demo.read_bytes() == before
        lock.unlink()
        visitor.page.wait_for_selector(".banner.good", timeout=20_000)
        written = row(demo, written_row(visitor.page.inner_text(".banner.good")))
        assert (written["ID"], written["Hasil"], written["Catatan"]) == (
            "K-2026-0047",
            "Tidak",
            "Gambar kabur.",
        )


def test_an_approval_may_be_taken_back_before_it_is_written(
    browser: Browser, server: Server, demo: Path
) -> None:
    be(server, demo, KASUBBAG)
    before = demo.read_bytes()
    with visiting(browser, server) as visitor:
        visitor.go()
        card = visitor.page.locator('[class*="st-key-decision-"]', has_text="K-2026-0048").first
        card.get_by_role("button", name="Setujui").click()
        visitor.page.get_by_text(
            re.compile(r"K-2026-0048 disetujui\. Akan ditulis dalam \d+ detik\.")
        ).wait_for()
        visitor.press("Urungkan")
        visitor.page.get_by_text("Dibatalkan. Tidak ada yang ditulis.").wait_for()
        card.get_by_role("button", name="Setujui").wait_for()
        visitor.go("/berkas")
        assert "Dibatalkan" in visitor.page.inner_text("table.list:not(.facts)")
        assert demo.read_bytes() == before


def test_what_another_person_saves_is_announced(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor, visiting(browser, server) as other:
        visitor.go("/papan")
        other.go()
        other.press("Setujui")
        other.page.wait_for_selector(".banner.good", timeout=20_000)
        visitor.page.get_by_text("sejak halaman ini dibuka").wait_for(timeout=20_000)
        visitor.press("Tampilkan yang terbaru")
        visitor.page.get_by_text("terbaca pukul").first.wait_for()
        assert "sejak halaman ini dibuka" not in other.text


@pytest.mark.parametrize("size", ["laptop", "hp"])
def test_no_page_scrolls_sideways_speaks_english_or_calls_outside(
    browser: Browser, server: Server, demo: Path, size: str
) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server, size) as visitor:
        for address in PAGES:
            visitor.go(address)
            assert visitor.overflow() <= 0, address
            seen = re.sub(
                r"\b(undo|check|add|arrow_back|play_arrow|person|keyboard_arrow_\w+)\b", "", visitor.text
            )
            assert ENGLISH.findall(ALLOWED.sub("", seen)) == [], address
        assert visitor.foreign == []


def test_the_first_two_of_the_queue_are_visible_on_a_laptop(
    browser: Browser, server: Server, demo: Path
) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor:
        visitor.go()
        cards = visitor.page.locator('[class*="st-key-decision-"][class*="-do"]')
        second = cards.nth(1).bounding_box()
        assert second and second["y"] + second["height"] <= 768


def test_targets_are_large_enough_for_a_thumb(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server, "hp") as visitor:
        visitor.go()
        heights = [
            box["height"] for one in visitor.page.get_by_role("button").all() if (box := one.bounding_box())
        ]
        assert min(heights) >= 44
        links = visitor.page.locator(".st-key-phone-nav a").all()
        assert len(links) == 6
        boxes = [box for one in links if (box := one.bounding_box())]
        assert min(box["height"] for box in boxes) >= 44
        assert max(box["x"] + box["width"] for box in boxes) <= 390  # no page is out of sight


def test_a_title_leads_to_its_item_and_the_address_can_be_shared(
    browser: Browser, server: Server, demo: Path
) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor:
        visitor.go()
        visitor.page.locator('[class*="st-key-decision-"] a').first.click()
        visitor.page.get_by_text("Perjalanan").wait_for()
        address = visitor.page.url.removeprefix(server.url)
        assert re.fullmatch(r"/konten\?id=K-2026-\d{4}", address)
        title = visitor.page.inner_text("h1")
        visitor.go(address)
        assert visitor.page.inner_text("h1") == title


def test_filters_live_in_the_address(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor:
        visitor.go("/papan")
        cards = visitor.page.locator('[class*="st-key-card-"]')
        everything = cards.count()
        visitor.page.get_by_role("radio", name="Terlambat").click()
        visitor.page.wait_for_url("**/papan?saring=Terlambat")
        playwright.expect(cards).not_to_have_count(everything)
        visitor.settled()
        assert visitor.page.get_by_role("radio", name="Terlambat").get_attribute("aria-checked") == "true"
        late = cards.count()
        visitor.go("/papan?saring=Terlambat")
        playwright.expect(cards).to_have_count(late)
        assert 0 < late < everything


def test_unknown_addresses_lead_home_and_only_this_machine_is_answered(
    browser: Browser, server: Server, demo: Path
) -> None:
    with visiting(browser, server) as visitor:
        visitor.go("/tidak-ada/sama-sekali")
        assert visitor.page.url == f"{server.url}/"
        assert "Pilih nama Anda" in visitor.text
    assert server.listening() <= {"0100007F"}
    with socket.create_connection(("127.0.0.1", server.port), timeout=5):
        pass


def test_when_the_server_is_gone_the_page_says_so(browser: Browser, tmp_path: Path, demo: Path) -> None:
    with served(tmp_path, demo, NOW.isoformat()) as server, visiting(browser, server) as visitor:
        visitor.go()
        server.process.terminate()
        visitor.page.wait_for_selector('.stApp:not([data-test-connection-state="CONNECTED"])', timeout=20_000)
        visitor.page.wait_for_timeout(3_000)
        shown = visitor.page.evaluate("getComputedStyle(document.querySelector('.stApp'), '::after').content")
        assert "Sambungan ke server terputus. Mencoba lagi…" in shown
