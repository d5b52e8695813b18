"""How the tests call the command line: in this process for speed, or as a real one where the process matters."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, Final

from tests.books import office, workbook
from tracker.cli.app import run

__all__ = ["NOW", "ROOT", "Ended", "book", "call", "interruptible", "process"]

ROOT: Final = Path(__file__).parents[2]
NOW: Final = "2026-08-06T10:00"

RIWAYAT: Final = """
    ID  | Langkah | Pelaksana    | Mulai             | Selesai           | Hasil | Bukti | Catatan
    K-1 | 1       | Rahma Aulia  | @2026-08-03 09:00 | @2026-08-03 09:08 |       |       |
    K-1 | 2       | Budi Santoso | @2026-08-03 09:08 | @2026-08-04 09:00 |       |       |
    K-1 | 3       | Siti Aminah  | @2026-08-04 09:05 | @2026-08-04 10:30 |       |       |
    K-1 | 4       | Budi Santoso | @2026-08-04 10:30 | @2026-08-04 10:40 | Tidak |       | kurang jelas
    K-2 | 1       | Rahma Aulia  | @2026-08-06 09:55 |                   |       |       |
"""
REGISTER: Final = """
    ID  | Judul           | Kanal | Jenis | Target Tayang | Tautan | Catatan | Dibatalkan
    K-1 | Sengketa Proses |       |       |               |        |         |
    K-2 | Pojok Baca      |       |       |               |        |         |
    K-3 | Hari Ibu        |       |       |               |        |         |
    K-4 | Lama Sekali     |       |       |               |        |         | @2026-08-01
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A call that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


def call(*args: object) -> Ended:
    """Run one command line in this process."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(one) for one in args])
    for stream in (out, err):
        stream.flush()
    texts = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return Ended(code, *texts)


def process(*args: object, env: Mapping[str, str] | None = None, options: tuple[str, ...] = ()) -> Ended:
    """Run one command line as a user does: `python -m tracker …`."""
    command = [sys.executable, *options, "-m", "tracker", *map(str, args)]
    done = subprocess.run(
        command, capture_output=True, cwd=ROOT, env={**os.environ, **(env or {})}, timeout=120, check=False
    )
    encoding = (env or {}).get("PYTHONIOENCODING", "utf-8")
    return Ended(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def book(folder: Path, riwayat: str = RIWAYAT, register: str | None = REGISTER) -> Path:
    """A register of four items: K-1 returned to step 3, K-2 being worked on, K-3 not begun, K-4 cancelled."""
    path = folder / "register.xlsx"
    path.write_bytes(workbook(office(riwayat, register if riwayat == RIWAYAT else None)))
    return path


def interruptible() -> None:
    """For `preexec_fn`: what a shell starts behind it ignores interrupts, and children inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
