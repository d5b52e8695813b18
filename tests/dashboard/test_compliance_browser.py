"""Kepatuhan in a real browser: what a cell opens, what an address brings back, and what is seen without scrolling."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.dashboard.conftest import KASUBBAG
from tests.dashboard.serving import Server, Visitor, be, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

OCTOBER = "/kepatuhan?bulan=2026-10"
BOXES = """all => all.map(one => [...document.querySelectorAll(one)].map(each => {
    const at = each.getBoundingClientRect(); return [at.x, at.y, at.width, at.height]; }))"""
"""The boxes of everything that each selector finds, all of one moment: a page that still settles may move."""


def box(one: Locator) -> dict[str, float]:
    found = one.bounding_box()
    assert found is not None
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


def cell(visitor: Visitor, row: int, column: int) -> Locator:
    """A figure of the table; rows and columns count from 0, the name is no figure."""
    return visitor.page.locator("table.grid tbody tr").nth(row).locator("td").nth(column)


def test_a_cell_opens_its_events_and_the_way_back_keeps_the_month(
    browser: Browser, server: Server, demo: Path
) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor:
        visitor.go(OCTOBER)
        sockets: list[str] = []
        visitor.page.on("websocket", lambda one: sockets.append(one.url))
        figure = int(cell(visitor, 3, 0).inner_text())
        place = box(cell(visitor, 3, 0))
        visitor.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        visitor.page.wait_for_url("**/kepatuhan?bulan=2026-10&daftar=semua&langkah=4")
        visitor.page.wait_for_selector(".st-key-events")
        visitor.settled()
        assert visitor.page.locator(".cells.event").count() == figure
        address, title = visitor.page.url.removeprefix(server.url), visitor.page.inner_text("h1")
        visitor.page.get_by_role("link", name="Kembali ke Kepatuhan").click()
        visitor.page.wait_for_selector(".headline")
        assert visitor.page.url.endswith(OCTOBER)
        assert sockets == []  # the same session all the way: no page was loaded anew (N3)
        visitor.go(address)
        assert visitor.page.inner_text("h1") == title
        visitor.page.locator(".st-key-events a").first.click()
        visitor.page.get_by_text("Perjalanan").wait_for()
        assert visitor.foreign == []


def test_the_links_lie_exactly_over_their_cells(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, KASUBBAG)
    for size in ("laptop", "hp"):
        with visiting(browser, server, size) as visitor:
            visitor.go(OCTOBER)
            cells, covers = visitor.page.evaluate(BOXES, ["table.grid tbody td", ".st-key-over-5-steps > *"])
            assert len(cells) == len(covers) == 35
            for one, other in zip(cells, covers, strict=True):
                assert all(abs(side - its) <= 3 for side, its in zip(one, other, strict=True)), (one, other)


def test_choosing_a_month_gives_an_address_that_a_colleague_can_open(
    browser: Browser, server: Server, demo: Path
) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor:
        visitor.go("/kepatuhan")
        before = visitor.page.inner_text(".headline")
        visitor.page.locator('[data-testid="stSelectbox"]').first.click()
        visitor.page.get_by_role("option", name="September 2026").click()
        visitor.page.wait_for_url("**/kepatuhan?bulan=2026-09")
        visitor.page.locator(".headline", has_text="September").wait_for()
        visitor.page.get_by_role("radio", name="Per kanal").click()
        visitor.page.wait_for_url("**/kepatuhan?bulan=2026-09&lihat=kanal")
        visitor.page.locator(".st-key-grid-groups").wait_for()
        said, address = visitor.page.inner_text(".headline"), visitor.page.url.removeprefix(server.url)
        assert said != before
    with visiting(browser, server) as colleague:
        colleague.go(address)
        assert colleague.page.inner_text(".headline") == said
        assert colleague.page.locator(".st-key-grid-groups").count() == 1
        colleague.page.locator('[data-testid="stSelectbox"]').first.click()
        assert colleague.page.get_by_role("option").count() >= 12


def test_headline_figures_and_chart_are_seen_without_scrolling(
    browser: Browser, server: Server, demo: Path
) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor:
        for address in ("/kepatuhan", OCTOBER):
            visitor.go(address)
            for part in (".headline", ".st-key-tiles", ".trend .plot", ".trend .axis"):
                place = box(visitor.page.locator(part))
                assert place["y"] + place["height"] <= 768, part
            assert box(visitor.page.locator("table.grid tbody tr").nth(2))["y"] < 768


def test_the_chart_speaks_and_calls_nobody(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server, "hp") as visitor:
        visitor.go(OCTOBER)
        picture = visitor.page.locator(".trend img")
        assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
        said = picture.get_attribute("alt") or ""
        assert said.startswith("Diagram garis ketepatan waktu 12 bulan, target 90%.")
        assert said.count("%") >= 12
        assert visitor.overflow() <= 0
        visitor.page.get_by_role("link", name="Lihat angka 12 bulan").click()
        visitor.page.locator(".st-key-grid-months tbody tr").nth(11).wait_for()
        visitor.settled()
        assert visitor.page.locator(".st-key-grid-months tbody tr").count() == 12
        assert visitor.overflow() <= 0
        assert visitor.foreign == []


def test_targets_are_large_enough_for_a_thumb(browser: Browser, server: Server, demo: Path) -> None:
    be(server, demo, KASUBBAG)
    with visiting(browser, server, "hp") as visitor:
        for address in (OCTOBER, f"{OCTOBER}&daftar=dinilai"):
            visitor.go(address)
            links = visitor.page.locator(".st-key-compliance a, .st-key-compliance button").all()
            heights = [found["height"] for one in links if (found := one.bounding_box())]
            assert len(heights) > 20
            assert min(heights) >= 43.9


def test_a_click_stays_small(browser: Browser, server: Server, demo: Path) -> None:
    """30 kB a click (dashboard, section 9)."""
    be(server, demo, KASUBBAG)
    with visiting(browser, server) as visitor:
        received: list[int] = []
        visitor.page.on(
            "websocket",
            lambda one: one.on("framereceived", lambda frame: received.append(len(frame))),
        )
        visitor.go(OCTOBER)
        for name in ("12 bulan", "Per orang", "Per kanal", "Per jenis", "Target tayang", "Per langkah"):
            received.clear()
            visitor.page.get_by_role("radio", name=name).click()
            visitor.page.wait_for_timeout(100)
            visitor.settled()
            visitor.page.wait_for_timeout(200)
            assert 0 < sum(received) <= 30_000, (name, sum(received))
