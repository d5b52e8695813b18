"""One edit of a large sheet beside inflating and deflating that sheet, and beside openpyxl's load and save.

CPU seconds in one process, the best of three. Run: `PYTHONPATH=. python benchmarks/editing.py [rows]`.
"""

from __future__ import annotations

import io
import resource
import sys
import time
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
from books import book

from tracker.register.excel import edit_package

REPEATS = 3


def cost(work: Callable[[], object]) -> float:
    """CPU seconds, the best of a few runs."""
    spent = []
    for _ in range(REPEATS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def through(payload: bytes) -> bytes:
    """Inflate and deflate, which no edit of that sheet can avoid."""
    again = zlib.compressobj(6, zlib.DEFLATED, -15)
    return again.compress(payload) + again.flush()


def resaved(data: bytes) -> None:
    """What openpyxl does for the same change."""
    loaded = openpyxl.load_workbook(io.BytesIO(data))
    loaded["Riwayat"]["I10"] = "x"
    loaded.save(io.BytesIO())


def main(rows: int) -> None:
    """Print one table."""
    data = book(rows)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        largest = max(package.infolist(), key=lambda one: one.file_size)
        plain = package.read(largest)
    packed = through(plain)
    floor = cost(lambda: through(zlib.decompress(packed, -15)))
    results = [
        ("inflate + deflate of the sheet", floor),
        ("one cell", cost(lambda: edit_package(data, cells={"Riwayat": {"I10": "x"}}))),
        ("one row appended", cost(lambda: edit_package(data, append={"Riwayat": [{"A": "K-1", "C": 1}]}))),
    ]
    print(f"{rows} rows, {largest.file_size / 1e6:.0f} MB of XML")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    results.append(("openpyxl load + save", cost(lambda: resaved(data))))
    for name, seconds in results:
        print(f"{name:34}{seconds:8.2f} s{seconds / floor:8.2f} ×")
    print(f"peak memory of the edits {peak:.0f} MB, with openpyxl", end=" ")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
