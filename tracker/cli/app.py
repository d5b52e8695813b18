"""The way in: the list of commands, and every ending of a call – exit codes, errors, closed pipes, Ctrl-C."""

from __future__ import annotations

import hashlib
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import click

from tracker.cli.language import Entry, Group, usage_sentence
from tracker.cli.output import configure_streams, discard_output, talk
from tracker.errors import TrackerError, reason_of

__all__ = ["ENTRIES", "app", "run"]

_INTERRUPTED: Final = 130
"""128 + SIGINT, what shells expect of a program that Ctrl-C ended."""

ENTRIES: Final = {
    "init": Entry("tracker.cli.registers", "init", "Membuat register baru dari templat."),
    "check": Entry("tracker.cli.reading", "check", "Memeriksa register: semua temuan."),
    "explain": Entry("tracker.cli.reading", "explain", "Menjelaskan sebuah kode temuan."),
    "status": Entry("tracker.cli.reading", "status", "Posisi konten yang sedang berjalan."),
    "add": Entry("tracker.cli.writing", "add", "Menambah konten baru."),
    "record": Entry("tracker.cli.writing", "record", "Mencatat pelaksanaan sebuah langkah."),
    "cancel": Entry("tracker.cli.writing", "cancel", "Membatalkan sebuah konten."),
    "restore": Entry("tracker.cli.restoring", "restore", "Memulihkan versi register sebelumnya."),
    "share": Entry("tracker.cli.reading", "share", "Teks dan tautan untuk dibagikan ke WhatsApp."),
    "report": Entry("tracker.cli.printing", "report", "Mencetak naskah: SOP, kartu, laporan."),
    "verify": Entry("tracker.cli.verifying", "verify", "Mencocokkan naskah cetak dengan register."),
    "dashboard": Entry("tracker.cli.serving", "dashboard", "Menjalankan dasbor di peramban."),
    "template": Entry("tracker.cli.registers", "template", "Menulis ulang templat register."),
    "doctor": Entry("tracker.cli.doctor", "doctor", "Memeriksa pemasangan dan keadaan register."),
}

app = Group(
    name="tracker",
    entries=ENTRIES,
    help="Pelacak SOP: mencatat, memeriksa, dan melaporkan pelaksanaan SOP dari sebuah register.",
    epilog="Kode keluar: 0 baik; 1 ada galat atau perubahan ditolak; 2 salah pakai; 3 berkas sedang dipakai "
    "atau berubah; 4 berkas tidak ada atau tidak terbaca.",
)


def run(args: Sequence[str]) -> int:
    """Run one call; the exit code. Whatever happens, a person reads a sentence and never a traceback."""
    configure_streams()
    try:
        code = _call(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (`| head`) has seen enough
        discard_output()
        return 0
    except OSError as error:
        return _refused_by_system(error)
    return code


def _call(args: Sequence[str]) -> int:
    try:
        # Not `app.main`: it ends a broken pipe with 1, and on Windows expands `?` and `$` within titles.
        with app.make_context("python -m tracker", list(args)) as context:
            code = app.invoke(context)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        talk(usage_sentence(error))
        return error.exit_code
    except TrackerError as error:
        talk(str(error))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        talk("Dihentikan.")
        return _INTERRUPTED
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - the last door: our own bug must not look like a broken program
        return _unexpected(error)


def _refused_by_system(error: OSError) -> int:
    """Say what the system refused: mostly stdout itself, with a full disk behind `>`."""
    discard_output()
    what = f"Berkas {error.filename}" if error.filename else "Keluaran"
    with suppress(OSError):
        talk(f"{what} tidak dapat dibaca atau ditulis: {reason_of(error)}.")
    if os.environ.get("TRACKER_DEBUG") == "1":
        traceback.print_exception(error)
    return TrackerError.exit_code


def _unexpected(error: BaseException) -> int:
    """Say that it is our fault, with a code that is the same for the same fault."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('tracker')[2]}:{frames[-1].name}" if frames else ""
    code = hashlib.sha256(f"{type(error).__name__}{place}".encode()).hexdigest()[:4].upper()
    if os.environ.get("TRACKER_DEBUG") == "1":
        traceback.print_exception(error)
    with suppress(OSError):
        talk(f"Galat tak terduga. Kode: {code}. Data Anda tidak berubah.")
    return TrackerError.exit_code
