"""One verified `record` in a large register beside inflating and deflating its sheet, and beside openpyxl.

Each case runs in a process of its own: CPU seconds of the work alone (of the whole process for the whole command), best
of three, and the peak memory of that process. Run: `PYTHONPATH=. python benchmarks/editing.py [rows]`.
"""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

REPEATS = 3
SHEET = "Riwayat"
Work = Callable[[Path], Callable[[], object]]


def floor(path: Path) -> Callable[[], object]:
    """Inflate and deflate the sheet, which no edit of it can avoid; at zlib's own level."""
    with zipfile.ZipFile(path) as package:
        plain = package.read(max(package.infolist(), key=lambda one: one.file_size))
    packed = _deflated(plain)
    del plain
    return lambda: _deflated(zlib.decompress(packed, -15))


def _deflated(plain: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(plain) + packer.flush()


def one_cell(path: Path) -> Callable[[], object]:
    """The raw primitive: one cell overwritten."""
    from tracker.register.excel import edit_package

    data = path.read_bytes()
    return lambda: edit_package(data, cells={SHEET: {"I10": "x"}})


def one_row(path: Path) -> Callable[[], object]:
    """The raw primitive: one row appended."""
    from tracker.register.excel import edit_package

    data = path.read_bytes()
    return lambda: edit_package(data, append={SHEET: [{"A": "K-1", "C": 1}]})


def applied(path: Path) -> Callable[[], object]:
    """`Store.apply` of the patch that `record` makes, as `Desk.record` calls it: read before, under the lock.

    Counted: finding the place, the edit, its verification, the backup, both fsyncs, the replace.
    """
    from tracker.desk import RecordEvent, open_desk
    from tracker.register import changes

    desk = open_desk(path)
    reading = desk.read()
    command = RecordEvent(NEW, 1, by="Nama Kasubbag")
    plan = changes.plan(reading.snapshot, reading.register, command, now=reading.minutes(_now(path)))

    def work() -> None:
        desk.store.apply(plan.patch)
        _ = reading  # the desk holds what it read until the write is over, and so does this

    return work


def recorded(path: Path) -> Callable[[], object]:
    """`Desk.record` from beginning to end: read, interpret, judge, write, verify."""
    from tracker.desk import RecordEvent, open_desk

    desk = open_desk(path)
    command = RecordEvent(NEW, 1, by="Nama Kasubbag")
    return lambda: desk.record(command, now=_now(path))


def openpyxl_resave(path: Path) -> Callable[[], object]:
    """What openpyxl does for the same change (and loses what it does not know)."""
    import openpyxl

    data = path.read_bytes()

    def work() -> None:
        loaded = openpyxl.load_workbook(io.BytesIO(data))
        loaded[SHEET]["I10"] = "x"
        loaded.save(io.BytesIO())

    return work


CASES: dict[str, tuple[str, Work]] = {
    "floor": ("inflate + deflate of the sheet", floor),
    "cell": ("edit_package, one cell", one_cell),
    "row": ("edit_package, one row appended", one_row),
    "apply": ("record: the store's part, verified", applied),
    "record": ("record: with reading and judging", recorded),
    "openpyxl": ("openpyxl load + save", openpyxl_resave),
}


NEW = "K-BARU"
"""The item that is recorded: one that no step has been done for yet."""


def prepare(path: Path) -> None:
    """A register of as many events as its name says, and the new item."""
    from books import main as make

    from tracker.desk import AddItem, open_desk

    make(int(path.stem), str(path))
    open_desk(path).add(AddItem("Konten terbaru", id=NEW), now=_now(path))
    shutil.rmtree(path.parent / ".tracker")


def _now(path: Path) -> datetime:
    from books import now

    return now(int(path.stem)) + timedelta(hours=2)


def measured(case: str, path: Path) -> tuple[float, float]:
    """(CPU seconds, peak MB) of one case in a fresh process, the best of a few runs."""
    found = []
    for _ in range(REPEATS):
        arguments = [sys.executable, __file__, "--case", case, str(_copy(path))]
        seconds, peak = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.split()
        found.append((float(seconds), float(peak)))
    return min(seconds for seconds, _ in found), min(peak for _, peak in found)


def _copy(path: Path) -> Path:
    """A fresh copy in a folder of its own, without what an earlier run left around it."""
    copy = path.with_name("kerja") / path.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    copy.parent.mkdir()
    shutil.copy(path, copy)
    return copy


def run_case(case: str, path: Path) -> None:
    """Print the CPU seconds of one run and the peak memory of this process in MB."""
    work = CASES[case][1](path)
    began = time.process_time()
    work()
    spent = time.process_time() - began
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def command(path: Path) -> tuple[float, float]:
    """(CPU seconds, peak MB) of `python -m tracker record`, start-up included."""
    moment = _now(path).isoformat()[:16]
    best = (float("inf"), float("inf"))
    for _ in range(REPEATS):
        arguments = ["record", str(_copy(path)), NEW, "1", "--by", "Nama Kasubbag", "--now", moment]
        child = subprocess.Popen([sys.executable, "-m", "tracker", *arguments], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            raise SystemExit(f"record ended with {status}")
        best = min(best[0], usage.ru_utime + usage.ru_stime), min(best[1], usage.ru_maxrss / 1024)
    return best


def main(rows: int) -> None:
    """Print one table. This process stays small: a child's peak counts what its parent held when it was born."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{rows}.xlsx"
        subprocess.run([sys.executable, __file__, "--prepare", str(path)], check=True)
        with zipfile.ZipFile(path) as package:
            size = max(one.file_size for one in package.infolist())
        print(
            f"{rows} rows, {size / 1e6:.0f} MB of XML; CPU seconds, × the floor, share of openpyxl, peak MB"
        )
        results = {title: measured(case, path) for case, (title, _) in CASES.items()}
        results["record: the whole command"] = command(path)
        least, most = (results[CASES[name][0]] for name in ("floor", "openpyxl"))
        for title, (seconds, peak) in results.items():
            ratio, share = seconds / least[0], seconds / most[0]
            print(f"{title:38}{seconds:8.2f} s{ratio:8.2f} ×{share:8.3f}{peak:8.0f} MB{peak / most[1]:8.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--case"]:
        run_case(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--prepare"]:
        prepare(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
