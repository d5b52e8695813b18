"""`init`, `template`, `report monthly`, `doctor`: the files they make and refuse to overwrite."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.doors import NOW, book, call


def test_init_makes_a_register_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "baru.xlsx"
    assert call("init", path, "--now", NOW).out == f"{path}\n"
    made = path.read_bytes()
    assert call("init", path, "--now", NOW).code == 1
    assert path.read_bytes() == made


def test_the_demo_is_the_same_for_the_same_seed_and_moment(tmp_path: Path) -> None:
    one, two, other = (tmp_path / f"{name}.xlsx" for name in ("a", "b", "c"))
    assert call("init", one, "--demo", "--seed", "7", "--now", NOW, "--json").json["seed"] == 7
    call("init", two, "--demo", "--seed", "7", "--now", NOW)
    call("init", other, "--demo", "--seed", "8", "--now", NOW)
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()


def test_a_demo_goes_through_every_reading_command(tmp_path: Path) -> None:
    path = tmp_path / "demo.xlsx"
    call("init", path, "--demo", "--now", NOW)
    assert call("check", path, "--now", NOW).code == 1
    items = call("status", path, "--json", "--now", NOW).json["items"]
    assert {one["state"] for one in items} == {"belum mulai", "berjalan", "selesai", "dibatalkan"}
    assert all((one["step"] is None) == (one["state"] != "berjalan") for one in items)
    assert call("status", path, items[0]["id"], "--now", NOW).code == 0
    assert call("report", "monthly", path, "--json", "--now", NOW).json["period"] == "2026-08"


def test_template_replaces_a_template_but_never_a_register(tmp_path: Path) -> None:
    path, used = tmp_path / "templat.xlsx", book(tmp_path)
    assert call("template", "-o", path).code == 0
    first = path.read_bytes()
    assert call("template", "-o", path).code == 0
    assert path.read_bytes() == first
    before = used.read_bytes()
    assert call("template", "-o", used).code == 1
    assert used.read_bytes() == before


@pytest.mark.parametrize("target", ["tidak-ada/f", "register.xlsx/f", "folder"])
def test_an_output_that_cannot_be_written_changes_nothing(tmp_path: Path, target: str) -> None:
    path = book(tmp_path)
    (tmp_path / "folder.pdf").mkdir()
    before = path.read_bytes()
    ended = call("report", "monthly", path, "-o", tmp_path / f"{target}.pdf", "--now", NOW)
    assert (ended.code, ended.out) == (4, "")
    assert path.read_bytes() == before
    assert not (tmp_path / "arsip").exists()


def test_the_monthly_report_is_a_pdf_and_a_document(tmp_path: Path) -> None:
    path, pdf = book(tmp_path), tmp_path / "f.pdf"
    options = ("--period", "2026-08", "-o", pdf, "--no-archive", "--paper", "F4", "--now", NOW)
    ended = call("report", "monthly", path, *options, "--json")
    assert ended.code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert ended.json["events"]["count"] == 4
    assert not (tmp_path / "arsip").exists()


def test_the_figures_alone_make_no_file(tmp_path: Path) -> None:
    path = book(tmp_path)
    found = call("report", "monthly", path, "--period", "2026-08", "--json", "--now", NOW).json
    assert {"period", "as_of", "number", "events", "items", "steps", "series", "running", "findings"} <= set(
        found
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["register.xlsx"]


def test_doctor_names_what_is_there(tmp_path: Path) -> None:
    found = call("doctor", book(tmp_path), "--json").json
    states = {one["name"]: one["state"] for one in found["checks"]}
    assert states["Python"] == states["Register terbaca"] == states["Register dapat ditulis"] == "baik"
    assert {one["state"] for one in found["checks"]} <= {"baik", "perhatian", "masalah"}


def test_doctor_of_a_register_that_cannot_be_used(tmp_path: Path) -> None:
    assert call("doctor", tmp_path / "tidak-ada.xlsx").code == 4
    path = tmp_path / "bukan.xlsx"
    path.write_text("bukan buku kerja", encoding="utf-8")
    assert call("doctor", path).code == 4


def test_doctor_sees_that_a_book_is_open(tmp_path: Path) -> None:
    path = book(tmp_path)
    (tmp_path / ".~lock.register.xlsx#").write_text("Ibu Rahma,rahma,pc,6.8.2026,file;", encoding="utf-8")
    found = {one["name"]: one for one in call("doctor", path, "--json").json["checks"]}
    assert found["Register sedang dibuka"]["state"] == "perhatian"
    assert "Ibu Rahma" in found["Register sedang dibuka"]["detail"]
