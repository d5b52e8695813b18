"""`add` and `record`: what is written, what is refused, and with which exit code."""

from __future__ import annotations

from pathlib import Path

from tests.cli.doors import NOW, book, call

BY = ("--by", "Siti Aminah", "--now", NOW)


def test_add_prints_the_next_free_id_alone(tmp_path: Path) -> None:
    ended = call("add", book(tmp_path), "--title", "Baru", "--now", NOW)
    assert (ended.code, ended.out) == (0, "K-5\n")
    assert "Register" in ended.err


def test_add_json(tmp_path: Path) -> None:
    path = book(tmp_path)
    made = call("add", path, "--title", "Baru", "--target", "17/8/2026", "--json", "--now", NOW).json
    assert made["sheet"] == "Register"
    assert made["row"] == 6
    assert made["written"]["Judul"] == "Baru"
    assert made["written"]["Target Tayang"] == "2026-08-17"
    assert call("status", path, made["id"], "--json", "--now", NOW).json["items"][0]["title"] == "Baru"


def test_add_with_a_person_records_the_disposition(tmp_path: Path) -> None:
    path = book(tmp_path)
    made = call("add", path, "--title", "Baru", "--by", "rahma aulia", "--json", "--now", NOW).json
    (item,) = call("status", path, made["id"], "--json", "--now", NOW).json["items"]
    assert [(one["step"], one["performer"]) for one in item["events"]] == [(1, "Rahma Aulia")]


def test_record_appends_and_reads_back(tmp_path: Path) -> None:
    path = book(tmp_path)
    made = call("record", path, "K-1", "3", *BY, "--start", "6/8/2026 9.30", "--json").json
    assert (made["sheet"], made["id"]) == ("Riwayat", "K-1")
    assert made["written"]["Mulai"] == "2026-08-06T09:30"
    item = call("status", path, "K-1", "--json", "--now", NOW).json["items"][0]
    assert item["events"][-1]["row"] == made["row"]


def test_record_completes_the_open_event(tmp_path: Path) -> None:
    path = book(tmp_path)
    assert call("record", path, "K-2", "1", "--by", "Rahma Aulia", "--now", NOW).code == 0
    (item,) = call("status", path, "K-2", "--json", "--now", NOW).json["items"]
    assert [one["finish"] for one in item["events"]] == [NOW]


def test_what_breaks_the_order_is_refused_with_its_code(tmp_path: Path) -> None:
    path = book(tmp_path)
    before = path.read_bytes()
    ended = call("record", path, "K-1", "6", *BY)
    assert (ended.code, ended.out) == (1, "")
    assert "U101" in ended.err
    assert path.read_bytes() == before


def test_a_refusal_with_json_is_a_document_too(tmp_path: Path) -> None:
    ended = call("record", book(tmp_path), "K-1", "6", *BY, "--json")
    error = ended.json["error"]
    assert ended.code == 1
    assert set(error) == {"sentence", "remedy", "findings"}
    assert [(one["code"], one["row"], one["cell"]) for one in error["findings"]] == [("U101", None, None)]
    assert "U101" in ended.err


def test_force_writes_and_says_so(tmp_path: Path) -> None:
    made = call("record", book(tmp_path), "K-1", "6", *BY, "--force", "--json")
    assert made.code == 0
    assert "U101" in made.json["written"]["Catatan"]


def test_refusals_end_with_1(tmp_path: Path) -> None:
    path = book(tmp_path)
    assert call("add", path, "--title", " ").code == 1
    assert call("add", path, "--title", "x", "--id", "K-1").code == 1
    assert call("record", path, "K-77", "1", *BY).code == 1
    assert call("record", path, "K-1", "77", *BY).code == 1
    assert call("record", path, "K-1", "3", *BY, "--start", "kapan-kapan").code == 1
    assert call("record", path, "K-1", "3", "--by", "Nama Asing", "--now", NOW).code == 1


def test_an_open_book_is_busy(tmp_path: Path) -> None:
    path = book(tmp_path)
    (tmp_path / ".~lock.register.xlsx#").write_text("Ibu Rahma,rahma,pc,6.8.2026,file;", encoding="utf-8")
    ended = call("add", path, "--title", "Baru", "--now", NOW)
    assert (ended.code, ended.out) == (3, "")
    assert "Ibu Rahma" in ended.err
