"""What people typed stands beside what was read: pages Rincian and Temuan (T1, and "raw content" of the register)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.books import office as book
from tests.books import workbook
from tests.dashboard.conftest import STAF
from tracker.dashboard.office import office
from tracker.dashboard.paper import raw_seen, sheet_texts
from tracker.desk import open_desk
from tracker.findings import Finding, Place, Severity

App = Callable[..., AppTest]

ODD = """
    ID  | Langkah   | Pelaksana     | Mulai             | Selesai                   | Hasil | Bukti | Catatan
    K-1 | Langkah 1 | Rahma Aulia   | @2026-11-19 09:00 | 19/11/26 9.08             |       |       |
    K-1 | 2         | SITI  NUR     | 12.3              | @2026-11-20 09:08         |       |       |
"""


def register(
    folder: Path, events: str, items: str = "ID | Judul | Target Tayang\n K-1 | Satu | 3-12-26"
) -> Path:
    path = folder / "ganjil.xlsx"
    path.write_bytes(workbook(book(events, items)))
    return path


def html(test: AppTest) -> str:
    return "\n".join(one.proto.body for one in test.get("html"))


def plain(said: str) -> str:
    """HTML as it reads."""
    return " ".join(re.sub(r"<[^>]+>", "", said).split())


def test_an_item_shows_what_is_typed_where_it_was_read_otherwise(app: App, tmp_path: Path) -> None:
    said = plain(html(app(register(tmp_path, ODD), STAF, "konten", id="K-1")))
    assert "19 Nov 2026 09.08tertulis 19/11/26␣9.08 di E2" in said
    assert "tertulis Langkah␣1 di B2" in said
    assert (
        "–tertulis 12.3 di D3" in said
    )  # not readable: the dash alone would hide that something stands there
    assert "Register!C2 tertulis 3-12-26. Dibaca sebagai" in said


def test_a_value_typed_plainly_has_no_line(app: App, tmp_path: Path) -> None:
    usual = """
        ID  | Langkah | Pelaksana   | Mulai             | Selesai           | Hasil | Bukti | Catatan
        K-1 | 1       | Rahma Aulia | @2026-11-19 09:00 | @2026-11-19 09:08 |       |       |
    """
    path = register(tmp_path, usual, "ID | Judul\n K-1 | Satu")
    assert "tertulis" not in plain(html(app(path, STAF, "konten", id="K-1")))


def test_every_cell_of_a_group_shows_what_is_typed_there_fifty_at_a_time(app: App, tmp_path: Path) -> None:
    head = "ID | Langkah | Pelaksana | Mulai | Selesai | Hasil | Bukti | Catatan"
    rows = [
        f"K-{at} | 1 | Rahma Aulia | @2026-11-19 08:00 | 19/11/2026 08.{at:02d} | | |" for at in range(1, 60)
    ]
    items = "\n".join(["ID | Judul", *(f"K-{at} | Konten {at}" for at in range(1, 60))])
    path = register(tmp_path, "\n".join([head, *rows]), items)
    test = app(path, STAF, "temuan")
    source = office().source
    assert source is not None and source.edition is not None
    group = next(one for one in source.sight(source.edition, datetime(2026, 11, 20, 10, 40)).issues.catatan
                 if one.code == "D405")  # fmt: skip
    assert group.count == 59
    test = app(path, STAF, "temuan", sel=group.key)
    said = plain(html(test))
    assert "Riwayat, Selesai: 59 sel" in said
    assert "Sel. E2–E60" in said
    assert "Riwayat!E2 19/11/2026␣08.01 Dibaca sebagai 19 November 2026 pukul 08.01." in said
    assert "Riwayat!E51 " in said and "Riwayat!E52 " not in said
    next(one for one in test.button if one.key == f"page-{group.key}-next").click()
    said = plain(html(test.run()))
    assert "Riwayat!E60 19/11/2026␣08.59 Dibaca sebagai 19 November 2026 pukul 08.59." in said
    assert "Riwayat!E51 19" not in said


def test_a_true_date_is_shown_as_a_date_and_not_as_a_machine_writes_it(tmp_path: Path) -> None:
    snapshot = open_desk(register(tmp_path, ODD)).read().snapshot

    def seen(cell: str, raw: str) -> str | None:
        place = Place("Riwayat", 2, "Mulai", cell)
        return raw_seen(snapshot, Finding("D415", Severity.CATATAN, place, "", "", raw=raw))

    assert seen("D2", "2026-11-19T09:00") == "19/11/2026 09.00"
    assert seen("E2", "19/11/26 9.08") == "19/11/26 9.08"
    assert sheet_texts(snapshot, "Riwayat", 2)[1][1][3] == "19/11/2026 09.00"
