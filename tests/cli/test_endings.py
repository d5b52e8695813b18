"""How a call ends: exit codes, no traceback for anything a user can cause, pipes, interrupts, terminals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.doors import NOW, ROOT, book, call, interruptible, process
from tracker.views import status

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")
READERS = (("check",), ("status",), ("status", "K-1"), ("dashboard", "--no-browser"))


def _bad_target(kind: str, folder: Path) -> Path:
    path = folder / "buku.xlsx"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("ID;Judul\nK-1;Sengketa", encoding="utf-8")
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "old excel":
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("halo.txt", "halo")
    elif kind == "torn":
        path.write_bytes(book(folder).read_bytes()[:3000])
    elif kind == "long name":
        return folder / f"{'a' * 400}.xlsx"
    return path


@pytest.mark.parametrize(
    "kind", ["missing", "folder", "text", "empty", "old excel", "zip", "torn", "long name"]
)
@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_a_register_that_cannot_be_read_ends_with_4(
    command: tuple[str, ...], kind: str, tmp_path: Path
) -> None:
    ended = call(command[0], _bad_target(kind, tmp_path), *command[1:], "--json")
    assert (ended.code, ended.out) == (4, "")
    assert "Galat tak terduga" not in ended.err


@pytest.mark.parametrize("kind", ["missing", "folder", "text", "long name"])
def test_writers_and_printers_refuse_the_same_way(kind: str, tmp_path: Path) -> None:
    path = _bad_target(kind, tmp_path)
    for args in (
        ("add", path, "--title", "x"),
        ("record", path, "K-1", "1", "--by", "x"),
        ("report", "monthly", path, "-o", tmp_path / "f.pdf"),
        ("report", "monthly", path, "--json"),
    ):
        ended = call(*args)
        assert (ended.code, ended.out) == (4, "")
        assert "Galat tak terduga" not in ended.err


@pytest.mark.parametrize("name", ["a" * 400 + ".xlsx", "register.xlsx/baru.xlsx"])
def test_init_where_nothing_can_be_made(name: str, tmp_path: Path) -> None:
    book(tmp_path)
    ended = call("init", tmp_path / name)
    assert ended.code == 4
    assert "tidak dapat ditulis" in ended.err


def test_a_fault_of_ours_is_a_sentence_with_a_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(status, "check_document", fault)
    ended = call("check", book(tmp_path), "--json")
    assert ended.code == 4
    assert ended.err.startswith("Galat tak terduga. Kode: ")
    assert "Traceback" not in ended.err
    monkeypatch.setenv("TRACKER_DEBUG", "1")
    assert "ZeroDivisionError" in call("check", book(tmp_path), "--json").err


def test_the_program_runs_as_a_process(tmp_path: Path) -> None:
    path = book(tmp_path)
    ended = process("check", path, "--json", "--now", NOW)
    assert (ended.code, ended.err) == (0, "")
    assert ended.json["now"] == NOW
    assert process("check", tmp_path / "tidak-ada.xlsx").code == 4
    assert process().code == 2


def test_without_now_the_clock_is_read(tmp_path: Path) -> None:
    assert call("status", book(tmp_path), "--json").json["now"] >= "2026"


def test_a_terminal_without_unicode_loses_signs_but_not_the_answer(tmp_path: Path) -> None:
    path = book(tmp_path, register="ID | Judul\nK-1 | Ω 漢字 🙂\nK-2 | b")
    assert "K-1" in process("status", path, "--now", NOW, env={"PYTHONIOENCODING": "cp1252"}).out
    found = process("status", path, "--json", "--now", NOW, env={"PYTHONIOENCODING": "cp1252"}).json
    assert found["items"][0]["title"] == "Ω 漢字 🙂"


@POSIX
def test_a_reader_that_leaves_early_hears_no_complaint(tmp_path: Path) -> None:
    path = tmp_path / "demo.xlsx"
    call("init", path, "--demo", "--now", NOW)
    command = [sys.executable, "-m", "tracker", "status", str(path), "--json", "--now", NOW]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tracker", "status", str(book(tmp_path))]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 4
    assert "disk penuh" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_stream_that_was_closed_changes_nothing_of_the_answer(closed: str, tmp_path: Path) -> None:
    def ended(command: str) -> tuple[int, bytes, bytes]:
        line = f"{sys.executable} -m tracker {command} {closed}"
        done = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, check=False)
        return done.returncode, done.stdout, done.stderr

    code, out, err = ended(f"status {book(tmp_path)} --now {NOW}")
    assert (code, err) == (0, b"")
    assert bool(out) != closed.startswith(">")
    code, out, err = ended(f"check {tmp_path / 'hilang.xlsx'}")
    assert (code, out) == (4, b"")
    assert bool(err) != ("2>" in closed)
    assert b"tak terduga" not in err


@POSIX
@pytest.mark.timeout(120)
def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    pipe = tmp_path / "pipa.pdf"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "tracker", "verify", str(pipe)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=interruptible
    ) as running:
        assert running.stderr is not None
        # Opening waits until the command opens its end; it then reads what never comes. Earlier, while it still
        # imports, Python may drop an interrupt inside a callback.
        with pipe.open("wb"):
            running.send_signal(signal.SIGINT)
            rest = running.stderr.read()
        assert running.wait(60) == 130
    assert b"Dihentikan." in rest
    assert b"Traceback" not in rest


@POSIX
def test_on_a_terminal_tables_have_colour(tmp_path: Path) -> None:
    import pty

    path = book(tmp_path)
    front, back = pty.openpty()
    command = [sys.executable, "-m", "tracker", "status", str(path), "--now", NOW]
    done = subprocess.run(command, cwd=ROOT, stdout=back, stderr=subprocess.DEVNULL, check=False,
                          env={**os.environ, "TERM": "xterm-256color"})  # fmt: skip
    os.close(back)
    shown = os.read(front, 65536).decode()
    os.close(front)
    assert done.returncode == 0
    assert "\x1b[" in shown
    assert "K-1" in shown
