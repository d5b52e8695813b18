"""A decision is kept, written once, never over a row that has changed, and survives whatever ends the process."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.desk.queue.decisions import ADD, BEGIN, FINISH, NOW, decided, log_of, register
from tracker.desk import AddItem, open_desk
from tracker.desk.queue import Carried, Stage, carry_out
from tracker.errors import ChangedMeanwhile, ChangeRefused, OpenElsewhere, RegisterUnavailable
from tracker.register.commands import Command

KILLED = 9


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return register(tmp_path)


def rows(path: Path, sheet: str = "Riwayat") -> list[tuple[object, ...]]:
    cells = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True)
    return [row for row in cells if any(cell is not None for cell in row)]


def carry(path: Path, key: str) -> Carried | None:
    return carry_out(open_desk(path), log_of(path), key, now=NOW)


def edit(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    """What somebody does in Excel meanwhile."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def hold(path: Path) -> Path:
    lock = path.parent / f".~lock.{path.name}#"
    lock.write_text("Siti N,siti,K,6.8.2026,f;", "utf-8")
    return lock


def test_nothing_is_made_beside_the_register_before_the_first_decision(path: Path) -> None:
    assert log_of(path).items() == ()
    assert sorted(one.name for one in path.parent.iterdir()) == ["register.xlsx"]


def test_a_decision_is_written_and_says_where(path: Path) -> None:
    entry = decided(open_desk(path), FINISH)
    log_of(path).add(entry)
    done = carry(path, entry.key)
    assert done is not None
    assert (done.item.stage, done.item.sheet, done.item.row, done.item.id) == (
        Stage.WRITTEN,
        "Riwayat",
        6,
        "K-2",
    )
    assert rows(path)[4][4] == datetime(2026, 8, 6, 10, 0)
    assert carry(path, entry.key) is None


def test_a_held_book_keeps_the_decision_over_a_restart(path: Path) -> None:
    entry, lock, before = decided(open_desk(path), BEGIN), hold(path), path.read_bytes()
    log_of(path).add(entry)
    waiting = carry(path, entry.key)
    assert waiting is not None and isinstance(waiting.error, OpenElsewhere)
    assert waiting.item.is_waiting
    assert path.read_bytes() == before
    lock.unlink()
    done = carry(path, entry.key)
    assert done is not None and done.item.stage is Stage.WRITTEN
    assert rows(path)[-1][:2] == ("K-3", 1)


def test_what_comes_back_from_disk_is_what_was_kept(path: Path) -> None:
    desk = open_desk(path)
    entries = [decided(desk, one, hold=10) for one in (FINISH, BEGIN, ADD)]
    log = log_of(path)
    for one in entries:
        log.add(one)
    assert [one.entry for one in log_of(path).items()] == entries
    assert entries[0].expected[0].number == 6


def test_a_second_click_is_the_same_decision(path: Path) -> None:
    entry, log = decided(open_desk(path), BEGIN), log_of(path)
    assert log.add(entry).entry.key == log.add(entry).entry.key
    carry(path, entry.key)
    assert log_of(path).add(entry).stage is Stage.WRITTEN
    assert len(log.items()) == 1


def test_a_decision_that_was_taken_back_is_never_written_and_may_be_made_again(path: Path) -> None:
    entry, log, before = decided(open_desk(path), BEGIN), log_of(path), path.read_bytes()
    log.add(entry)
    assert log.cancel(entry.key, by="Rahma Aulia")
    assert carry(path, entry.key) is None
    assert path.read_bytes() == before
    again = log_of(path).add(entry)
    assert again.is_waiting and again.entry.key != entry.key
    carry(path, again.entry.key)
    assert not log_of(path).cancel(again.entry.key, by="Rahma Aulia")


def test_the_rules_refuse_before_anything_is_kept(path: Path) -> None:
    with pytest.raises(ChangeRefused):
        decided(open_desk(path), replace(BEGIN, step=5))


@pytest.mark.parametrize("cell", ["C6", "G6", "D6"])
def test_a_row_that_changed_since_is_a_conflict_with_both_versions(path: Path, cell: str) -> None:
    entry = decided(open_desk(path), FINISH)
    log_of(path).add(entry)
    edit(
        path,
        lambda book: book["Riwayat"].__setitem__(
            cell, datetime(2026, 8, 6, 9, 1) if cell == "D6" else "lain"
        ),
    )
    before = path.read_bytes()
    carried = carry(path, entry.key)
    assert carried is not None and isinstance(carried.error, ChangedMeanwhile)
    assert carried.item.stage is Stage.CONFLICT
    assert path.read_bytes() == before
    conflict = log_of(path).items()[0].conflict
    assert conflict is not None and (conflict.sheet, conflict.row) == ("Riwayat", 6)


def test_what_somebody_else_decided_stands_beside_mine(path: Path) -> None:
    entry = decided(open_desk(path), FINISH)
    log_of(path).add(entry)
    edit(path, lambda book: book["Riwayat"].__setitem__("E6", datetime(2026, 8, 6, 9, 57)))
    carry(path, entry.key)
    conflict = log_of(path).items()[0].conflict
    assert conflict is not None
    assert [(one.cell, one.there, one.mine) for one in conflict.clashes] == [
        ("E6", "2026-08-06T09:57", "2026-08-06T10:00")
    ]


def test_a_step_that_somebody_began_meanwhile_is_not_finished_in_silence(path: Path) -> None:
    command = replace(BEGIN, start="6/8/2026 09.55", finish="6/8/2026 09.58")
    entry = decided(open_desk(path), command)
    log_of(path).add(entry)
    edit(path, lambda book: book["Riwayat"].append(["K-3", 1, "Rahma Aulia", datetime(2026, 8, 6, 9, 55)]))
    carried = carry(path, entry.key)
    assert carried is not None and carried.item.stage is Stage.CONFLICT


def test_rows_that_were_sorted_and_inserted_meanwhile_are_no_conflict(path: Path) -> None:
    entry = decided(open_desk(path), FINISH)
    log_of(path).add(entry)

    def move(book: openpyxl.Workbook) -> None:
        book["Riwayat"].insert_rows(3)
        book["Riwayat"].insert_rows(3)

    edit(path, move)
    done = carry(path, entry.key)
    assert done is not None and (done.item.stage, done.item.row) == (Stage.WRITTEN, 8)


def test_a_line_cut_short_by_a_crash_is_passed_over_and_ended(path: Path) -> None:
    desk, log = open_desk(path), log_of(path)
    log.add(decided(desk, FINISH))
    whole = log.path.read_bytes()
    for cut in (1, len(whole) // 2, len(whole) - 1):
        log.path.write_bytes(whole[:cut])
        assert log_of(path).items() == ()
        log_of(path).add(decided(desk, BEGIN))
        assert [one.entry.command for one in log_of(path).items()] == [BEGIN]


def test_a_full_disk_says_that_nothing_was_decided(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, entry = log_of(path), decided(open_desk(path), BEGIN)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(RegisterUnavailable, match="disk penuh"):
            log.add(entry)
    assert log_of(path).items() == ()
    assert log.add(entry).is_waiting


def test_two_processes_share_the_file(path: Path) -> None:
    desk, one, two = open_desk(path), log_of(path), log_of(path)
    one.add(decided(desk, FINISH))
    two.add(decided(desk, BEGIN))
    assert len(one.items()) == len(two.items()) == 2
    with one.turn() as first, two.turn() as second:
        assert (first, second) == (True, False)
        assert carry_out(desk, two, "Rahma|mulai", now=NOW) is None


def test_two_servers_that_work_off_one_queue_write_everything_once(path: Path) -> None:
    desk = open_desk(path)
    added = [AddItem(f"Judul {number}", by="Rahma Aulia", key=f"k{number}") for number in range(6)]
    for one in added:
        log_of(path).add(decided(desk, one))

    def work() -> None:
        desk, log = open_desk(path), log_of(path)
        while waiting := [one for one in log.items() if one.is_waiting]:
            carry_out(desk, log, waiting[0].entry.key, now=NOW)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    titles = [row[1] for row in rows(path, "Register") if str(row[1]).startswith("Judul ")]
    assert sorted(titles) == [f"Judul {number}" for number in range(6)]
    assert len({row[0] for row in rows(path, "Register")}) == 10
    assert all(one.stage is Stage.WRITTEN for one in log_of(path).items())


# -- killed


def decide_and_die(path: Path, command: Command, after: int) -> bool:
    """Decide and write in a child that is killed at its `after`-th touch of the system; whether it was."""
    child = os.fork()
    if child == 0:
        left = after

        def count(event: str, _: object) -> None:
            nonlocal left
            if event.startswith(("open", "os.", "shutil.", "fcntl.", "pathlib.")):
                left -= 1
                if left < 0:
                    os._exit(KILLED)

        desk = open_desk(path)
        entry = decided(desk, command)
        sys.addaudithook(count)
        log_of(path).add(entry)
        carry_out(desk, log_of(path), entry.key, now=NOW)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to kill a writer halfway")
@pytest.mark.parametrize(("command", "sheet", "key"), [(FINISH, "Riwayat", "K-2"), (ADD, "Register", "K-5")])
def test_killed_anywhere_a_decision_is_written_once_or_was_never_made(
    path: Path, command: Command, sheet: str, key: str
) -> None:
    before, folder = path.read_bytes(), path.parent / ".tracker"
    ends = set()
    for after in range(0, 400, 2):
        path.write_bytes(before)
        log_of(path).path.unlink(missing_ok=True)
        was_killed = decide_and_die(path, command, after)
        log = log_of(path)
        kept = [one.entry.key for one in log.items()]
        state_before = log.items()[0].stage if kept else None
        for one in kept:
            carry(path, one)
        written = [row for row in rows(path, sheet) if row[0] == key]
        finished = [row for row in rows(path) if row[0] == key and row[4] == datetime(2026, 8, 6, 10, 0)]
        assert len(finished) == len(kept)
        assert len(written) == (len(kept) if command is ADD else 1)
        assert all(one.stage is Stage.WRITTEN for one in log_of(path).items())
        ends.add((len(kept), state_before, len(list(folder.glob("*/backup/*")))))
        if not was_killed:
            break
    assert not was_killed
    assert {kept for kept, *_ in ends} == {0, 1}
    assert {state for _, state, _ in ends} >= {Stage.WAITING, Stage.WRITTEN}
