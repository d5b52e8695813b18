"""A writer that dies at any point, or meets a full disk or a closed folder, leaves the old book or the new one, whole.

`TRACKER_THOROUGH=1` adds the runs that take minutes: a kill at every system call (with strace), 300 kills at random.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from tracker.errors import RegisterUnavailable, TrackerError
from tracker.register.excel.backups import versions
from tracker.register.excel.reading import read_snapshot
from tracker.register.excel.store import ExcelStore
from tracker.register.store import AppendRow, Patch

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to kill a writer halfway")

KILLED = 9
THOROUGH = os.environ.get("TRACKER_THOROUGH") == "1"
ROOT = Path(__file__).parents[3]


def row(name: str) -> Patch:
    return Patch(appends=(AppendRow("Riwayat", {0: name, 1: 1}, (0, 1), 0, ""),))


def ids(path: Path) -> list[object]:
    return [cells[0].value for cells in openpyxl.load_workbook(path)["Riwayat"].iter_rows(min_row=2)]


def make(path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Riwayat"
    book.active.append(["ID", "Langkah"])
    book.save(path)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "buku.xlsx")


def in_child(work: Callable[[], None]) -> int:
    """Do something in a forked process; how it ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def assert_old_or_new(path: Path, before: list[object], name: str) -> bool:
    """Whether the row is there; the next writer goes on, and all that lies around the book is whole."""
    found = ids(path)
    assert found in (before, [*before, name])
    store = ExcelStore(path)
    store.apply(row("sesudah"))
    assert ids(path) == [*found, "sesudah"]
    assert not list(store.surroundings.folder.glob("baru-*"))
    for version in versions(store.surroundings):
        read_snapshot(version.path.read_bytes())
    return found != before


class Touches:
    """Counts the touches of the system in this process, and ends it at one of them."""

    WATCHED = ("open", "os.", "shutil.", "fcntl.", "pathlib.")

    def __init__(self, left: int) -> None:
        self.left, self.seen = left, list[str]()
        fsync = os.fsync

        def watched(handle: int) -> None:
            self("os.fsync", None)
            fsync(handle)
            self("os.fsync", None)

        os.fsync = watched  # type: ignore[assignment] # the only one that raises no audit event
        sys.addaudithook(self)

    def __call__(self, event: str, _: object) -> None:
        if event.startswith(self.WATCHED):
            self.seen.append(event)
            self.left -= 1
            if self.left < 0:
                os._exit(KILLED)


def test_killed_at_every_touch_of_the_system(path: Path) -> None:
    before, kills, landed = path.read_bytes(), 0, set()
    for after in range(400):
        path.write_bytes(before)
        shutil.rmtree(path.parent / ".tracker", ignore_errors=True)

        def work(after: int = after) -> None:
            Touches(after)
            ExcelStore(path).apply(row("baru"))

        ended = in_child(work)
        assert ended in (0, KILLED)
        landed.add(assert_old_or_new(path, [], "baru"))
        if not ended:
            break
        kills += 1
    assert kills > 30
    assert landed == {True, False}


def test_lock_backup_temporary_file_fsync_and_replace_are_among_them(path: Path, tmp_path: Path) -> None:
    log = tmp_path / "jejak.json"

    def work() -> None:
        touches = Touches(10_000)
        ExcelStore(path).apply(row("baru"))
        seen = [*touches.seen]
        log.write_text(json.dumps(seen))

    assert in_child(work) == 0
    seen = json.loads(log.read_text())
    assert {"fcntl.flock", "shutil.copyfile", "open", "os.fsync", "os.rename", "os.mkdir"} <= set(seen)
    # the new content is on the disk before it takes the place of the old one, and the folder after that
    last = len(seen) - 1 - seen[::-1].index("os.rename")
    assert "os.fsync" in seen[:last]
    assert "os.fsync" in seen[last:]


def _write_on(path: Path) -> None:
    store = ExcelStore(path)
    for number in range(1000):
        store.apply(row(f"baru-{number}"))


def test_killed_at_any_time(path: Path) -> None:
    """SIGKILL at random moments, mostly in the middle of a C function."""
    dice, context = random.Random(5), multiprocessing.get_context("fork")
    for _ in range(300 if THOROUGH else 40):
        make(path)
        shutil.rmtree(path.parent / ".tracker", ignore_errors=True)
        writer = context.Process(target=_write_on, args=(path,))
        writer.start()
        writer.join(dice.uniform(0, 0.12))
        writer.kill()
        writer.join()
        found = ids(path)
        assert found == [f"baru-{number}" for number in range(len(found))]
        assert_old_or_new(path, found, "")


_UNDER_STRACE = """
import os, sys
from pathlib import Path
from tracker.register.excel.store import ExcelStore
from tracker.register.store import AppendRow, Patch
store = ExcelStore(Path(sys.argv[1]))
ExcelStore(Path(sys.argv[2])).apply(Patch(appends=(AppendRow("Riwayat", {0: "x"}, (0, 1), 0, ""),)))
os.write(2, b"MULAI")
store.apply(Patch(appends=(AppendRow("Riwayat", {0: "baru", 1: 1}, (0, 1), 0, ""),)))
os.write(2, b"SELESAI")
"""


@pytest.mark.skipif(not THOROUGH, reason="takes minutes; TRACKER_THOROUGH=1 runs it")
@pytest.mark.timeout(1800)
def test_killed_at_every_system_call(path: Path, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    before, other = path.read_bytes(), make(tmp_path / "lain.xlsx")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    script = [sys.executable, "-c", _UNDER_STRACE, str(path), str(other)]

    def run(*options: str) -> int:
        path.write_bytes(before)
        make(other)
        shutil.rmtree(tmp_path / ".tracker", ignore_errors=True)
        command = [strace, "-f", "-o", str(tmp_path / "jejak"), *options, *script]
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    assert run("-e", "trace=%file,%desc") == 0
    found = re.findall(r"^\d+ +(\w+)\(.*$", (tmp_path / "jejak").read_text(), re.MULTILINE)
    lines = [line for line in (tmp_path / "jejak").read_text().splitlines() if re.match(r"\d+ +\w+\(", line)]
    first, last = (next(n for n, line in enumerate(lines) if mark in line) for mark in ("MULAI", "SELESAI"))
    landed, kills = set(), 0
    for number in range(first, last + 1):
        call = found[number]  # strace counts each kind of call by itself
        when = found[: number + 1].count(call)
        kills += run("-e", "trace=%file,%desc", "-e", f"inject={call}:signal=KILL:when={when}") != 0
        landed.add(assert_old_or_new(path, [], "baru"))
    print(f"{kills} kills at {last - first + 1} system calls")
    assert kills > 0.9 * (last - first)
    assert landed == {True, False}


# -- the disk


def refused(path: Path) -> str:
    """The sentence with which a write is refused; empty when it is not."""
    try:
        ExcelStore(path).apply(row("baru"))
    except TrackerError as error:
        return error.sentence
    return ""


@pytest.mark.parametrize("limit", [0, 1, 1000, 4000, 4700])
def test_a_file_that_cannot_grow_leaves_the_book(path: Path, limit: int) -> None:
    """The kernel refuses to write beyond `limit` bytes: in the copy of the old version, then in the new book."""
    before = path.read_bytes()
    assert limit < len(before)

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        with pytest.raises(RegisterUnavailable) as error:
            ExcelStore(path).apply(row("baru"))
        assert "tidak berubah" in error.value.sentence

    assert in_child(work) == 0
    assert path.read_bytes() == before
    assert versions(ExcelStore(path).surroundings) == ()
    assert not list((path.parent / ".tracker" / path.name).glob("baru-*"))
    assert refused(path) == ""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    ) if shutil.which("mount") else None  # fmt: skip
    if mounted is None or mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_book_and_says_so(small_disk: Path) -> None:
    path = make(small_disk / "buku.xlsx")
    written = 0
    while not (sentence := refused(path)):
        written += 1
        assert written < 50
    assert "disk penuh" in sentence
    assert ids(path) == ["baru"] * written
    assert not list((path.parent / ".tracker" / path.name).glob("baru-*"))
    oldest = versions(ExcelStore(path).surroundings)[-1]
    oldest.path.unlink()
    versions(ExcelStore(path).surroundings)[-1].path.unlink()
    assert refused(path) == ""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that an ordinary user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("began", [False, True], ids=["no folder of ours", "our folder too"])
def test_a_folder_that_may_not_be_written_to(open_folder: Path, began: bool) -> None:
    path = make(open_folder / "buku.xlsx")
    if began:
        ExcelStore(path).apply(row("awal"))
    else:
        ExcelStore(make(open_folder / "lain.xlsx")).apply(
            row("awal")
        )  # loads what an ordinary user may not read
        shutil.rmtree(open_folder / ".tracker")
    path.chmod(0o644)
    closed = [folder for folder in open_folder.rglob("*") if folder.is_dir()] + [open_folder]
    for folder in closed:
        folder.chmod(0o555)
    before = path.read_bytes()

    def work() -> None:
        if os.getuid() == 0:  # root may write anywhere
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        assert refused(path) != ""

    assert in_child(work) == 0
    for folder in closed:
        folder.chmod(0o755)
    assert path.read_bytes() == before
