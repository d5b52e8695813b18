"""Kepatuhan in every state, driven from the script that Streamlit runs, and the words of its conclusions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.books import office as book
from tests.books import workbook
from tests.dashboard.conftest import KASUBBAG, NO_ROLE, NOW, PENGELOLA, STAF, words
from tests.views.examples import august, empty
from tracker.dashboard.months import Months
from tracker.dashboard.office import office
from tracker.dashboard.source import Edition
from tracker.dashboard.texts import compliance as catalogue
from tracker.dashboard.texts import conclusions
from tracker.desk import template_bytes
from tracker.sop.compliance import month_evaluation
from tracker.sop.figures import Month, MonthFigures, MonthPoint
from tracker.views import wording
from tracker.views.compliance import Hours, headline, hours, trend

App = Callable[..., AppTest]
PAGE = "kepatuhan"
OCTOBER = Month(2026, 10)


def edition() -> Edition:
    source = office().source
    assert source is not None and source.edition is not None
    return source.edition


def figures_of(month: Month) -> MonthFigures:
    return edition().reading.month(month, NOW)


def opened(test: AppTest) -> list[dict[str, str]]:
    """The queries of the links that open a list."""
    queries = [one.proto.query_string for one in test.get("page_link")]
    pairs = [dict(part.split("=", 1) for part in one.split("&")) for one in queries if "daftar=" in one]
    return [one for one in pairs if "daftar" in one]


def sentence(figures: MonthFigures, role: str = "", first: Month | None = None) -> str:
    said = "".join(part for part, _ in conclusions.headline(headline(figures), role, first))
    return said.replace("\u00a0", " ")


# -- the conclusion in words


def test_the_headline_concludes() -> None:
    assert sentence(august()) == (
        "91,5% langkah selesai tepat waktu pada Agustus 2026 (151 dari 165), naik 0,5 poin dari Juli,"
        " berada di atas target 90%. Hambatan terbesar: langkah 4, Memperbaiki, mengoreksi atau …,"
        " 78,9% dari seluruh waktu keterlambatan (22 jam 28 menit)."
    )


def test_below_ten_there_is_a_count_and_no_percentage() -> None:
    few = replace(august(), count=8, on_time=7, late=1, unjudged=0)
    said = sentence(few)
    assert said.startswith("7 dari 8 langkah selesai tepat waktu pada Agustus 2026.")
    assert "%" not in said


def test_months_that_say_little_say_so() -> None:
    assert sentence(empty()) == "Tidak ada langkah yang selesai pada Agustus 2026."
    assert sentence(empty(), first=Month(2026, 11)).endswith("Kejadian pertama di register: November 2026.")
    unjudged = replace(august(), on_time=0, late=0, unjudged=167)
    assert sentence(unjudged).startswith("Belum ada yang dapat dinilai dari langkah yang selesai")
    punctual = replace(
        august(),
        late=0,
        on_time=165,
        steps=tuple(replace(one, late=0, late_minutes=0) for one in august().steps),
    )
    assert sentence(punctual, "Pengelola JDIH").startswith(
        "100,0% langkah Pengelola JDIH selesai tepat waktu"
    )
    assert sentence(punctual).endswith("Tidak ada keterlambatan.")


def test_the_change_is_that_of_the_paper_or_is_not_said() -> None:
    full = august()
    before = MonthPoint(Month(2026, 7), 8, 7, 1)
    few_before = replace(full, series=(*full.series[:-2], before, full.series[-1]))
    assert "poin" not in sentence(few_before)
    assert conclusions.change(headline(few_before)) == "Juli 7 dari 8"
    assert conclusions.change(headline(full)) == "naik 0,5 poin"


def test_the_line_concludes() -> None:
    seen = conclusions.conclusion(trend(august())).replace("\u00a0", " ")
    assert (
        seen
        == "Target 90% tercapai pada 4 dari 12 bulan; tertinggi 92,3% (Jun 2026), terendah 78,0% (Des 2025)."
    )
    assert "belum dapat disebut" in conclusions.conclusion(trend(empty()))


def test_the_hours_in_force_are_printed(app: App, demo: Path) -> None:
    app(demo, KASUBBAG, PAGE)
    register = edition().reading.register
    february = month_evaluation(register, Month(2026, 2), edition().reading.minutes(NOW))
    said = catalogue.working_hours(hours(february, Month(2026, 2))).replace("\u00a0", " ")
    assert said.startswith(
        "Jam kerja: Senin–Kamis 07.30–12.00 dan 13.00–16.00; Jumat 07.30–11.30 dan 13.00–16.30;"
    )
    assert re.search(r"; mulai \d+ Feb ", said)
    assert "Libur: " in said
    assert catalogue.working_hours(Hours((), ())) == catalogue.NO_HOURS


# -- the page


@pytest.mark.parametrize("name", [KASUBBAG, STAF, PENGELOLA, NO_ROLE, ""])
@pytest.mark.parametrize("view", ["", "bulan", "petugas", "kanal", "jenis", "target", "tidak-ada"])
def test_every_table_is_drawn_for_everybody(app: App, demo: Path, name: str, view: str) -> None:
    test = app(demo, name, PAGE, bulan="2026-10", **({"lihat": view} if view else {}))
    assert not test.exception
    assert "Kode:" not in words(test)
    refused = "Angka per orang hanya untuk pemegang langkah keputusan: "
    assert (refused in words(test)) == (view == "petugas" and name not in (KASUBBAG, STAF))


def test_the_page_shows_the_figures_of_the_paper(app: App, demo: Path) -> None:
    said = words(app(demo, KASUBBAG, PAGE, bulan="2026-10"))
    october = figures_of(OCTOBER)
    judged = october.on_time + october.late
    assert f"({october.on_time} dari {judged})" in said.replace("\u00a0", " ")
    assert f"Penyebut: {judged} kejadian" in said
    assert "Jam kerja: " in said
    assert said.count('scope="row"') == len(october.steps) + 1
    for step in october.steps:
        shown = wording.share(step.on_time, step.on_time + step.late)
        assert f">{shown}</span>" in said


def test_every_cell_opens_as_many_events_as_it_says(app: App, demo: Path) -> None:
    links = opened(app(demo, KASUBBAG, PAGE, bulan="2026-10"))
    october = figures_of(OCTOBER)
    for step in october.steps:
        own = [one["daftar"] for one in links if one.get("langkah") == str(step.step)]
        assert {"semua", "dinilai", "lama"} <= set(own)
        assert ("terlambat" in own) == (step.late > 0)
    for which, expected in (
        ("semua", october.count),
        ("terlambat", october.late),
        ("dinilai", october.on_time + october.late),
    ):
        said = words(app(demo, KASUBBAG, PAGE, bulan="2026-10", daftar=which))
        assert f"Oktober 2026 · {expected} kejadian." in said
    late = next(one for one in october.steps if one.late)
    said = words(app(demo, KASUBBAG, PAGE, bulan="2026-10", daftar="terlambat", langkah=str(late.step)))
    assert f"{late.late} kejadian." in said
    assert said.count('class="cells event"') == late.late


def test_a_long_list_comes_page_by_page(app: App, demo: Path) -> None:
    first = app(demo, KASUBBAG, PAGE, bulan="2026-10", daftar="semua")
    figures_count = figures_of(OCTOBER).count
    assert figures_count > 25
    assert words(first).count('class="cells event"') == 25
    assert f"Baris 1–25 dari {figures_count}" in words(first)
    assert any(one.get("hal") == "2" for one in opened(first))
    second = words(app(demo, KASUBBAG, PAGE, bulan="2026-10", daftar="semua", hal="2"))
    assert second.count('class="cells event"') == figures_count - 25
    lost = words(app(demo, KASUBBAG, PAGE, bulan="2026-10", daftar="semua", hal="99"))
    assert f"Baris 1–25 dari {figures_count}" in lost


def test_a_role_shows_its_own_steps(app: App, demo: Path) -> None:
    test = app(demo, KASUBBAG, PAGE, bulan="2026-10", pelaksana="Pengelola JDIH")
    links = opened(test)
    assert {one["langkah"] for one in links if "langkah" in one} == {"3", "6"}
    assert all(one["pelaksana"] in ("Pengelola+JDIH", "Pengelola%20JDIH") for one in links)
    assert "langkah Pengelola JDIH selesai tepat waktu" in words(test)


def test_choosing_changes_the_address(app: App, demo: Path) -> None:
    test = app(demo, KASUBBAG, PAGE)
    assert "November 2026" in words(test)
    test.selectbox(key="kepatuhan-bulan").set_value("2026-10").run()
    assert test.query_params["bulan"] == "2026-10"
    assert "Oktober 2026" in words(test)
    test.selectbox(key="kepatuhan-pelaksana").set_value("Pengelola JDIH").run()
    assert test.query_params["pelaksana"] == "Pengelola JDIH"
    test.selectbox(key="kepatuhan-pelaksana").set_value("").run()
    assert "pelaksana" not in test.query_params


def test_names_never_stand_in_an_address(app: App, demo: Path) -> None:
    test = app(demo, KASUBBAG, PAGE, bulan="2026-10", lihat="petugas")
    queries = " ".join(one.proto.query_string for one in test.get("page_link"))
    assert "petugas=" in queries
    assert not [name for name in ("Sari", "Dodi", "Wati", "Gilang", "Rina") if name in queries]
    assert STAF in words(test)


def test_a_persons_list_is_refused_to_whoever_decides_nothing(app: App, demo: Path) -> None:
    query = {"bulan": "2026-10", "daftar": "semua", "petugas": "5"}
    assert "hanya untuk pemegang langkah keputusan" in words(app(demo, PENGELOLA, PAGE, **query))
    allowed = words(app(demo, KASUBBAG, PAGE, **query))
    assert "hanya untuk" not in allowed and 'class="cells event"' in allowed


def test_running_late_now_stands_beside_the_share(app: App, demo: Path) -> None:
    past, now = words(app(demo, KASUBBAG, PAGE, bulan="2026-08")), figures_of(Month(2026, 11))
    assert f'Kini berjalan lewat standar</span><b class="figure">{now.running_overdue}</b>' in past
    assert f'Kini menunggu terlalu lama</span><b class="figure">{now.waiting_overdue}</b>' in past
    assert f"akhir Agustus: {figures_of(Month(2026, 8)).running_overdue}" in past


def test_what_is_left_out_is_said(app: App, demo: Path) -> None:
    july = words(app(demo, KASUBBAG, PAGE, bulan="2026-07"))
    assert figures_of(Month(2026, 7)).unjudged == 1
    assert "Tidak masuk hitungan:" in july and "1 tidak dapat dinilai" in july
    assert "Tidak ada kejadian yang ditinggalkan" in words(app(demo, KASUBBAG, PAGE, bulan="2026-10"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"bulan": "2026-13"}, "Tidak ada bulan “2026-13”. Ditampilkan November 2026."),
        ({"bulan": "<b>"}, "Tidak ada bulan “&lt;b&gt;”."),
        ({"bulan": "2027-01"}, "Januari 2027 belum tiba. Ditampilkan November 2026."),
        ({"bulan": "2025-03"}, "Kejadian pertama di register: November\u00a02025."),
        ({"pelaksana": "Camat"}, "Tidak ada pelaksana “Camat” di lembar Langkah. Ditampilkan semua."),
        ({"daftar": "semua", "langkah": "99"}, "Tidak ada kejadian."),
        ({"daftar": "semua", "kanal": "<img src=x>"}, "Tidak ada kejadian."),
        ({"daftar": "apa"}, "Tepat waktu per bulan"),
        ({"bulan": "1900-01"}, "Tidak ada langkah yang selesai pada Januari\u00a01900"),
    ],
)
def test_what_is_not_there_gets_a_sentence(
    app: App, demo: Path, query: dict[str, str], expected: str
) -> None:
    test = app(demo, KASUBBAG, PAGE, **query)
    assert not test.exception
    assert expected in words(test)
    assert "Kode:" not in words(test)
    assert "<img src=x" not in words(test)


def test_an_empty_register_says_what_to_do(app: App, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(template_bytes())
    test = app(path, "", PAGE)
    assert "Register masih kosong." in words(test)
    assert len(test.selectbox) == 0


def test_a_month_without_events_says_so(app: App, tmp_path: Path) -> None:
    path = tmp_path / "baru.xlsx"
    path.write_bytes(
        workbook(book("ID | Langkah | Pelaksana | Mulai | Selesai\n", "ID | Judul\n K-1 | Judul"))
    )
    said = words(app(path, "Rahma Aulia", PAGE))
    assert "Tidak ada langkah yang selesai pada November\u00a02026" in said
    assert "Belum ada bulan dengan 10 kejadian" in said


def test_what_stands_in_the_sheet_is_text(app: App, tmp_path: Path) -> None:
    nasty = "<img src=x onerror=alert(1)>**tebal**[x](http://jahat)"
    events = """
        ID  | Langkah | Pelaksana   | Mulai             | Selesai
        K-1 | 1       | Rahma Aulia | @2026-11-20 09:00 | @2026-11-20 09:28
    """
    path = tmp_path / "nakal.xlsx"
    path.write_bytes(workbook(book(events, f"ID | Judul | Kanal\n K-1 | {nasty} | {nasty}")))
    for query in ({"lihat": "kanal"}, {"daftar": "semua"}, {"daftar": "semua", "kanal": nasty}):
        test = app(path, "Rahma Aulia", PAGE, **query)
        html = "\n".join(one.proto.body for one in test.get("html"))
        assert "<img src=x" not in html
        labels = " ".join(one.proto.label for one in test.get("page_link"))
        assert "**tebal**" not in labels and "](http" not in labels


# -- the counted months


def test_a_past_month_is_counted_once_whatever_the_minute(app: App, demo: Path) -> None:
    app(demo, KASUBBAG, PAGE)
    reading, months = edition().reading, Months()
    now, later = (reading.evaluate(NOW + timedelta(minutes=more)) for more in (0, 5))
    first = months.of("r1", OCTOBER, now)
    assert first.figures == reading.month(OCTOBER, NOW)
    assert months.of("r1", OCTOBER, later) is first
    assert months.of("r2", OCTOBER, later) is not first
    running = months.of("r1", Month(2026, 11), now)
    assert running.count.evaluation is now
    assert running.figures == reading.month(None, NOW)
    assert months.of("r1", Month(2026, 11), later) is not running
    role = months.of("r1", OCTOBER, now, role="Pengelola JDIH")
    assert role.count.evaluation is first.count.evaluation
    assert role.figures.count < first.figures.count
    for back in range(12):
        months.of("r1", OCTOBER.shifted(-back), now)
    assert len(months._judged) <= 6
    assert months.of("r1", OCTOBER, now) is not first
