"""Every page for every role, driven from the script that Streamlit runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import KASUBBAG, NO_ROLE, NOW, PENGELOLA, STAF, words
from tracker.dashboard.office import office
from tracker.desk import new_register, template_bytes

App = Callable[..., AppTest]
PAGES = ("", "papan", "kepatuhan", "temuan", "berkas", "konten")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", [KASUBBAG, STAF, PENGELOLA, NO_ROLE, "", "Orang Yang Tidak Ada"])
def test_every_page_is_drawn_for_every_role(app: App, demo: Path, page: str, name: str) -> None:
    test = app(demo, name, page, **({"id": "K-2026-0046"} if page == "konten" else {}))
    assert not test.exception
    assert "Kode:" not in words(test)
    assert "register-konten.xlsx" in words(test)


def test_the_head_of_office_sees_decisions_first(app: App, demo: Path) -> None:
    said = words(app(demo, KASUBBAG))
    assert "Menunggu keputusan Anda" in said
    assert "Jumat, 20 November 2026" in said
    assert said.index("Menunggu keputusan Anda") < said.index("Di mana konten sekarang")
    assert "Disposisi baru" in said


def test_staff_cannot_dispose(app: App, demo: Path) -> None:
    assert "Disposisi baru" not in words(app(demo, STAF))


def test_without_a_name_one_is_asked_for(app: App, demo: Path) -> None:
    test = app(demo, "")
    assert "Pilih nama Anda" in words(test)
    assert [one for one in test.button if one.label == "Setujui"] == []


def test_choosing_a_name_brings_the_tasks(app: App, demo: Path, home: Path) -> None:
    test = app(demo, None)
    test.radio(key="identity-page").set_value(KASUBBAG).run()
    assert "Menunggu keputusan Anda" in words(test)
    assert KASUBBAG in (home / "dasbor.json").read_text("utf-8")


def test_a_disabled_action_says_why(app: App, demo: Path) -> None:
    test = app(demo, PENGELOLA, "konten", id="K-2026-0048")
    assert all(one.disabled for one in test.button if str(one.key).startswith("panel-"))
    assert re.search("Hanya .* yang bisa mencatat langkah ini", words(test))


def test_an_unknown_id_explains_itself(app: App, demo: Path) -> None:
    said = words(app(demo, STAF, "konten", id="K-<b>9999"))
    assert "Tidak ada konten dengan ID K-&lt;b&gt;9999 di register. Mungkin ID-nya diganti di Excel." in said


def test_an_empty_register_says_what_to_do(app: App, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(template_bytes())
    assert "Register masih kosong." in words(app(path, ""))
    test = app(path, "", "papan")
    assert "Register masih kosong." in words(test)
    assert [one.proto.label for one in test.get("download_button")] == ["Unduh contoh register"]
    assert "Tidak ada temuan." in words(app(path, "", "temuan"))


def test_without_a_register_the_ways_to_begin_are_offered(app: App) -> None:
    said = words(app(None, None))
    assert all(one in said for one in ("Coba dengan data contoh", "Buat register baru", "Buka berkas"))


def test_the_sample_register_is_made_on_the_spot(app: App, home: Path) -> None:
    test = app(None, None)
    test.button(key="try-demo").click().run()
    assert (home / "register-contoh.xlsx").exists()
    assert "Di mana konten sekarang" in words(test)


def test_a_file_that_cannot_be_opened_keeps_the_first_page(app: App, tmp_path: Path) -> None:
    test = app(None, None)
    test.text_input(key="open-path").set_value(str(tmp_path / "tidak-ada.xlsx"))
    test.button(key="open-file").click().run()
    assert "tidak ada" in words(test)
    assert test.button(key="try-demo").label == "Coba dengan data contoh"


def test_a_new_register_is_made_where_asked(app: App, tmp_path: Path) -> None:
    test = app(None, None)
    path = tmp_path / "baru" / "register.xlsx"
    test.text_input(key="new-path").set_value(f'"{path}"')
    test.button(key="make-new").click().run()
    assert path.exists()
    assert "Register masih kosong." in words(test)


def test_a_register_that_was_never_read_says_why(app: App, tmp_path: Path) -> None:
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"PK but no zip")
    assert "rusak atau belum selesai disimpan" in words(app(path, STAF))


def test_the_last_good_read_stays_when_the_file_is_gone(app: App, demo: Path) -> None:
    test = app(demo, KASUBBAG)
    source = office().source
    assert source is not None
    source._pause = lambda _: None
    demo.unlink()
    source.check()
    test.run()
    assert "Berkas tidak ditemukan di" in words(test)
    assert "Menampilkan bacaan pukul 10.40." in words(test)
    assert "Di mana konten sekarang" in words(test)
    assert all(one.disabled for one in test.button if one.label == "Setujui")


def test_a_book_open_in_excel_is_named_with_its_owner(app: App, demo: Path) -> None:
    (demo.parent / f".~lock.{demo.name}#").write_text("Siti N,siti,KANTOR,20.11.2026 10:39,file;", "utf-8")
    assert "Berkas sedang dibuka di Excel oleh Siti N." in words(app(demo, KASUBBAG))


def test_whoever_holds_no_role_reads_only(app: App, demo: Path) -> None:
    assert "Anda bisa melihat dan mencetak, tetapi tidak bisa mencatat atau memutuskan." in words(
        app(demo, NO_ROLE)
    )


def test_new_rows_are_announced_and_not_shown_until_asked(app: App, demo: Path) -> None:
    test = app(demo, KASUBBAG)
    source = office().source
    assert source is not None and source.edition is not None
    before = source.edition
    changed = demo.with_name("lain.xlsx")
    new_register(changed, demo=True, seed=2, now=NOW)
    demo.write_bytes(changed.read_bytes())
    source.check()
    test.run()
    assert "sejak halaman ini dibuka. Isian Anda belum hilang." in words(test)
    assert test.session_state["edition"] is before
    test.button(key="show-newest").click().run()
    assert test.session_state["edition"] is source.edition
    assert "sejak halaman ini dibuka" not in words(test)


def titles(test: AppTest) -> list[str]:
    """The IDs of the cards on the board."""
    return [one for one in (html.proto.body for html in test.get("html")) if 'class="card"' in one]


def test_the_board_filters_by_pace_and_text(app: App, demo: Path) -> None:
    every, late = app(demo, STAF, "papan"), app(demo, STAF, "papan", saring="Terlambat")
    assert 0 < len(titles(late)) < len(titles(every))
    said = words(app(demo, STAF, "papan", cari="tidak ada yang begini"))
    assert "Tidak ada yang cocok dengan “tidak ada yang begini”." in said


def test_a_finding_is_chosen_through_the_address(app: App, demo: Path) -> None:
    test = app(demo, STAF, "temuan")
    source = office().source
    assert source is not None and source.edition is not None
    one = source.sight(source.edition, NOW).issues.galat[-1]
    said = words(app(demo, STAF, "temuan", sel=one.key))
    assert f"[register-konten.xlsx]{one.first.place.sheet}!{one.first.place.cell}" in said
    assert not test.exception


def test_a_mistake_of_ours_shows_a_code_and_no_traceback(
    app: App, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("tracker.dashboard.screens.today.today", broken)
    test = app(demo, STAF)
    assert not test.exception
    assert re.search("Halaman ini gagal dibuat. Kode: [0-9A-F]{4}. Data Anda tidak berubah.", words(test))
    assert "secret detail" not in words(test)


def test_what_stands_in_the_sheet_is_text(app: App, tmp_path: Path) -> None:
    from tests.books import office as book
    from tests.books import workbook

    nasty = "<img src=x onerror=alert(1)>**tebal**[x](http://jahat)"
    events = f"""
        ID  | Langkah | Pelaksana   | Mulai             | Selesai           | Hasil | Bukti | Catatan
        K-1 | 1       | Rahma Aulia | @2026-11-20 09:00 | @2026-11-20 09:08 |       | javascript:alert(1) | {nasty}
    """
    register = f"ID | Judul | Kanal\n K-1 | {nasty} | {nasty}"
    path = tmp_path / "nakal.xlsx"
    path.write_bytes(workbook(book(events, register)))
    for page in ("", "papan", "konten"):
        test = app(path, "Budi Santoso", page, id="K-1")
        html = "\n".join(one.proto.body for one in test.get("html"))
        assert "<img" not in html
        assert 'href="javascript' not in html
        assert "&lt;img src=x" in html
        labels = [one.proto.label for one in test.get("page_link") if "tebal" in one.proto.label]
        assert all("**tebal**" not in one and "](http" not in one for one in labels)
