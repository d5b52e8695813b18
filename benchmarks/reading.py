"""Reading beside pandas + openpyxl and beside bare calamine; then whole commands.

First the same work in the same way, CPU seconds of the work itself and peak memory of its process: the bare read of
sheet Riwayat with python-calamine; the plain script (`plain_reading.py`), which types every column as we do; our
reading, typed and checked cell by cell; the same with the rules. Then `check`, `status` and `report monthly` as a
user starts them. Run: `PYTHONPATH=. python benchmarks/reading.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from books import now

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 3


@dataclass(frozen=True)
class Cost:
    """Wall-clock seconds, CPU seconds and peak memory (MB) of one process; the best of a few runs."""

    wall: float
    cpu: float
    memory: float


# ---------------------------------------------------------------- one piece of work, measured from inside


def _bare(path: Path, _: int) -> None:
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(path) as book:
        book.get_sheet_by_name("Riwayat").to_python(skip_empty_area=False)


def _plain(path: Path, _: int) -> None:
    import plain_reading

    plain_reading.typed(str(path))


def _typed(path: Path, _: int) -> None:
    from tracker.register.excel.reading import read_snapshot
    from tracker.register.reader import read_register

    read_register(read_snapshot(path.read_bytes()))


def _judged(path: Path, events: int) -> None:
    from tracker.register.excel.reading import read_snapshot
    from tracker.register.moments import minutes_of
    from tracker.register.reader import read_register
    from tracker.sop.evaluation import evaluate

    evaluate(read_register(read_snapshot(path.read_bytes())), minutes_of(now(events)))


WORK: dict[str, Callable[[Path, int], None]] = {
    "pandas + openpyxl, read and typed": _plain,
    "calamine, bare read of Riwayat": _bare,
    "tracker, read, typed and checked": _typed,
    "tracker, and judged by the rules": _judged,
}


def _work(name: str, path: Path, events: int) -> None:
    """Do a piece of work `REPEATS` times, imports apart, and print what the quickest cost."""
    import resource

    costs = []
    WORK[name](path.with_name("kecil.xlsx"), 60)  # imports what it needs
    for _ in range(REPEATS):
        wall, cpu = time.perf_counter(), time.process_time()
        WORK[name](path, events)
        costs.append((time.perf_counter() - wall, time.process_time() - cpu))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([min(wall for wall, _ in costs), min(cpu for _, cpu in costs), peak]))


def inside(name: str, path: Path, events: int) -> Cost:
    """The cost of one piece of work, in a process of its own."""
    command = [sys.executable, __file__, name, str(path), str(events)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment)
    wall, cpu, memory = json.loads(done.stdout)
    return Cost(wall, cpu, memory)


# ---------------------------------------------------------------- whole commands


def measure(*command: str) -> Cost:
    """The cost of a command, each number the smallest of `REPEATS` runs."""
    runs = [_once(command) for _ in range(REPEATS)]
    return Cost(min(run.wall for run in runs), min(run.cpu for run in runs), min(run.memory for run in runs))


def _once(command: tuple[str, ...]) -> Cost:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"gagal: {' '.join(command)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _book(events: int, path: Path) -> None:
    # In a process of its own: a child's peak memory counts what its parent held when it was born.
    _once((sys.executable, str(ROOT / "benchmarks" / "books.py"), str(events), str(path)))


def main() -> None:
    """Print one table for each size."""
    with tempfile.TemporaryDirectory() as folder:
        _book(60, Path(folder) / "kecil.xlsx")
        for events in (0, 10_000, 100_000):
            path = Path(folder) / f"{events or 'contoh'}.xlsx"
            _book(events, path)
            what = f"{events} events" if events else "the sample of init --demo"
            print(f"\n{what} ({path.stat().st_size / 1024:.0f} kB)")
            print(f"{'':38}{'wall s':>8}{'cpu s':>8}{'MB':>7}{'ratio':>8}")
            costs = {name: inside(name, path, events) for name in WORK}
            plain = next(iter(costs.values()))
            for name, cost in costs.items():
                _row(name, cost, plain)
            _commands(path, events, folder)


def _commands(path: Path, events: int, folder: str) -> None:
    plain = measure(sys.executable, str(ROOT / "benchmarks" / "plain_reading.py"), str(path))
    _row("the plain script, as a process", plain, plain)
    moment = now(events).isoformat()
    report = ("--period", moment[:7], "-o", str(Path(folder) / "x.pdf"), "--no-archive")
    for name, extra in (("check", ()), ("status", ()), ("report monthly", report)):
        command = (sys.executable, "-m", "tracker", *name.split(), str(path), "--now", moment, *extra)
        _row(name, measure(*command), plain)


def _row(name: str, cost: Cost, plain: Cost) -> None:
    print(
        f"{name:38}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.memory:7.0f}{cost.cpu / plain.cpu:8.2f}", flush=True
    )


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _work(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
