"""`check`, `status`, `explain`: shapes, exit codes, plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.doors import NOW, book, call
from tracker.findings import CODES

ITEM_KEYS = {
    "id", "title", "state", "step", "role", "since", "deadline", "overdue", "allowed", "round", "work_minutes",
    "wait_minutes", "compliant", "findings",
}  # fmt: skip
EVENT_KEYS = {
    "row", "step", "performer", "start", "finish", "outcome", "round", "start_assumed", "deadline",
    "elapsed_minutes", "verdict", "late_minutes",
}  # fmt: skip
FINDING_KEYS = {
    "code", "severity", "sheet", "row", "column", "cell", "id", "step", "raw", "message", "remedy",
}  # fmt: skip
FAULTY = """
    ID  | Langkah | Pelaksana    | Mulai             | Selesai           | Hasil | Bukti | Catatan
    K-3 | 2       | Budi Santosa | @2026-08-05 09:00 | kemarin           |       |       |
    K-3 | 3       | Siti Aminah  |                   | @2026-08-05 11:00 |       |       |
    K-9 | 1       | =1+1         | @2026-08-05 09:00 | #REF!             |       |       |
"""


# -- check


def test_check_json_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    path = book(tmp_path, FAULTY)
    ended = call("check", path, "--json", "--now", NOW)
    found = ended.json
    assert set(found) == {"register", "now", "rows", "findings", "counts"}
    assert found["register"] == str(path)
    assert found["now"] == NOW
    assert found["rows"] == {"Register": 2, "Riwayat": 3}
    assert all(set(one) == FINDING_KEYS for one in found["findings"])
    assert set(found["counts"]) == {"galat", "peringatan", "catatan"}
    assert sum(found["counts"].values()) == len(found["findings"])
    assert ended.err == ""


def test_check_names_the_cell_and_what_was_typed(tmp_path: Path) -> None:
    found = call("check", book(tmp_path, FAULTY), "--json", "--now", NOW).json["findings"]
    unread = next(one for one in found if one["code"] == "D404")
    assert (unread["sheet"], unread["row"], unread["column"], unread["cell"]) == (
        "Riwayat",
        2,
        "Selesai",
        "E2",
    )
    assert (unread["id"], unread["step"], unread["raw"]) == ("K-3", 2, "kemarin")


def test_check_ends_with_1_exactly_when_there_is_a_galat(tmp_path: Path) -> None:
    assert call("check", book(tmp_path), "--now", NOW).code == 0
    assert call("check", book(tmp_path, FAULTY), "--now", NOW).code == 1
    assert call("check", book(tmp_path, FAULTY), "--now", NOW, "--json").code == 1


def test_check_ends_with_counts_and_rows(tmp_path: Path) -> None:
    lines = call("check", book(tmp_path, FAULTY), "--now", NOW).out.splitlines()
    assert "Lembar Riwayat" in lines
    assert "2 baris Register dan 3 baris Riwayat" in lines[-1]
    assert " galat, " in lines[-1]


def test_piped_text_has_one_line_for_each_finding(tmp_path: Path) -> None:
    path = book(tmp_path, FAULTY)
    found = call("check", path, "--json", "--now", NOW).json["findings"]
    lines = call("check", path, "--now", NOW).out.splitlines()
    assert sum(any(one["code"] in line.split() for one in found) for line in lines) == len(found)
    assert "\x1b" not in "".join(lines)


def test_control_characters_in_a_cell_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = book(tmp_path, FAULTY.replace("kemarin", "kemarin\u009b31m"))
    assert "\u009b" not in call("check", path, "--now", NOW).out


# -- status


def test_status_json_has_every_item_in_all_four_states(tmp_path: Path) -> None:
    found = call("status", book(tmp_path), "--json", "--now", NOW).json
    assert set(found) == {"now", "items"}
    assert all(set(one) == ITEM_KEYS for one in found["items"])
    states = {one["id"]: one["state"] for one in found["items"]}
    assert states == {"K-1": "berjalan", "K-2": "berjalan", "K-3": "belum mulai", "K-4": "dibatalkan"}


def test_a_waiting_item(tmp_path: Path) -> None:
    item = call("status", book(tmp_path), "--json", "--now", NOW).json["items"][0]
    assert (item["step"], item["role"], item["allowed"]) == (3, "Pengelola JDIH", [3])
    assert (item["since"], item["deadline"], item["overdue"]) == (
        "2026-08-04T10:40",
        "2026-08-05T10:40",
        True,
    )
    assert (item["round"], item["work_minutes"], item["wait_minutes"]) == (2, 545, 5)
    assert item["compliant"] is None
    assert item["findings"] == ["W201", "W210"]


def test_an_open_item(tmp_path: Path) -> None:
    item = call("status", book(tmp_path), "--json", "--now", NOW).json["items"][1]
    assert (item["step"], item["allowed"], item["overdue"]) == (1, [1], False)
    assert (item["since"], item["deadline"]) == ("2026-08-06T09:55", "2026-08-06T10:05")


def test_an_item_not_begun_may_begin(tmp_path: Path) -> None:
    item = call("status", book(tmp_path), "--json", "--now", NOW).json["items"][2]
    assert (item["step"], item["role"], item["since"], item["deadline"]) == (None, None, None, None)
    assert item["allowed"] == [1]


def test_status_of_one_item_has_its_events_in_trace_order(tmp_path: Path) -> None:
    found = call("status", book(tmp_path), " k-1 ", "--json", "--now", NOW).json
    (item,) = found["items"]
    assert set(item) == ITEM_KEYS | {"events"}
    assert all(set(one) == EVENT_KEYS for one in item["events"])
    assert [one["step"] for one in item["events"]] == [1, 2, 3, 4]
    assert [one["row"] for one in item["events"]] == [2, 3, 4, 5]
    assert [one["verdict"] for one in item["events"]] == ["tepat", "tepat", "terlambat", "tepat"]
    assert [one["late_minutes"] for one in item["events"]] == [0, 0, 55, 0]
    assert [one["outcome"] for one in item["events"]] == [None, None, None, "tidak"]


def test_unreadable_moments_are_null(tmp_path: Path) -> None:
    (item,) = call("status", book(tmp_path, FAULTY), "K-3", "--json", "--now", NOW).json["items"]
    unread, assumed = item["events"]
    assert (unread["finish"], unread["verdict"]) == (None, "tidak dinilai")
    assert assumed["start_assumed"] is True


def test_an_unknown_id_names_the_nearest(tmp_path: Path) -> None:
    ended = call("status", book(tmp_path), "K-11", "--json")
    assert (ended.code, ended.out) == (1, "")
    assert "K-1" in ended.err


def test_running_items_come_by_urgency(tmp_path: Path) -> None:
    lines = call("status", book(tmp_path), "--now", NOW).out.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["K-1", "K-2"]
    assert lines[0].split() == ["ID", "Judul", "Langkah", "Pelaksana", "Sejak", "Tenggat", "Keadaan"]
    assert lines[-1] == "1 belum mulai, 2 berjalan, 0 selesai, 1 dibatalkan."


def test_the_path_of_one_item_as_text(tmp_path: Path) -> None:
    text = call("status", book(tmp_path), "K-1", "--now", NOW).out
    assert "terlambat +55 menit" in text
    assert "W201" in text


def test_now_with_an_offset_is_converted_to_the_zone_of_the_register(tmp_path: Path) -> None:
    found = call("status", book(tmp_path), "--json", "--now", "2026-08-06T02:00+00:00").json
    assert found["now"] == NOW


def test_an_empty_register_has_a_status(tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    call("init", path, "--now", NOW)
    assert call("status", path, "--json", "--now", NOW).json["items"] == []
    assert call("status", path, "--now", NOW).code == 0
    assert call("check", path, "--now", NOW).code == 0


# -- explain


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str) -> None:
    ended = call("explain", code.lower())
    assert ended.code == 0
    assert ended.out.startswith(code)
    assert "{" not in ended.out


def test_explain_json() -> None:
    found = call("explain", "U106", "--json").json
    assert set(found) == {"code", "severity", "title", "meaning", "example", "why", "remedy"}
    assert (found["code"], found["severity"]) == ("U106", "galat")
