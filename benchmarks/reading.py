"""`check`, `status` and `report monthly` beside a plain pandas script that reads the same register.

Each command runs as a process of its own, as a user runs it, so start-up counts. Run:
`PYTHONPATH=. python benchmarks/reading.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
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


def main() -> None:
    """Print one table for each size."""
    tracker = (sys.executable, "-m", "tracker")
    with tempfile.TemporaryDirectory() as folder:
        for events in (0, 10_000, 100_000):
            path = Path(folder) / f"{events or 'contoh'}.xlsx"
            # In a process of its own: a child's peak memory counts what its parent held when it was born.
            _once((sys.executable, str(ROOT / "benchmarks" / "books.py"), str(events), str(path)))
            moment = now(events).isoformat()
            period = moment[:7]
            plain = measure(sys.executable, str(ROOT / "benchmarks" / "plain_reading.py"), str(path))
            what = f"{events} events" if events else "the sample of init --demo"
            print(f"\n{what} ({path.stat().st_size / 1024:.0f} kB)")
            print(f"{'':34}{'wall s':>8}{'cpu s':>8}{'MB':>7}{'ratio':>8}")
            _row("pandas + openpyxl, reading only", plain, plain)
            for name, extra in (
                ("check", ()),
                ("status", ()),
                ("report monthly", ("--period", period, "-o", str(Path(folder) / "x.pdf"), "--no-archive")),
            ):
                command = (*tracker, *name.split(), str(path), "--now", moment, *extra)
                _row(name, measure(*command), plain)


def _row(name: str, cost: Cost, plain: Cost) -> None:
    ratio = cost.wall / plain.wall
    print(f"{name:34}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.memory:7.0f}{ratio:8.2f}")


if __name__ == "__main__":
    main()
