"""Files that a command writes: whole or not at all, and refused before any work is done for them."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.errors import TrackerError, reason_of

__all__ = ["must_be_makeable", "must_be_writable", "write_file"]

_REMEDY: Final = "Pilih nama atau folder lain, lalu ulangi."


def must_be_writable(path: Path) -> None:
    """TrackerError (exit 4) when a file could not be written to `path`; nothing is created."""
    try:
        if path.is_dir():
            raise _refused(path, reason_of(OSError(errno.EISDIR, "")))
        if not path.resolve().parent.is_dir():
            raise _refused(path, reason_of(OSError(errno.ENOENT, "")))
    except OSError as error:
        raise _failed(path, error) from error
    if not os.access(path if path.exists() else path.resolve().parent, os.W_OK):
        raise _refused(path, reason_of(OSError(errno.EACCES, "")))


def must_be_makeable(path: Path) -> None:
    """As `must_be_writable`, for a file whose folders may still have to be made."""
    try:
        with suppress(FileNotFoundError, NotADirectoryError):
            path.lstat()  # refuses a name that is too long
        ancestor = next(one for one in path.resolve().parents if one.exists())
    except OSError as error:
        raise _failed(path, error) from error
    if not ancestor.is_dir():
        raise _refused(path, reason_of(OSError(errno.ENOTDIR, "")))
    if not os.access(ancestor, os.W_OK):
        raise _refused(path, reason_of(OSError(errno.EACCES, "")))


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, replacing what is there. TrackerError (exit 4) when that fails."""
    must_be_writable(path)
    target = path.resolve()
    fresh = target.with_name(f".{target.name[:80]}.{os.getpid()}.baru")
    try:
        fresh.write_bytes(content)
        fresh.replace(target)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        with suppress(OSError):
            fresh.unlink()


def _failed(path: Path, error: OSError) -> TrackerError:
    return _refused(path, reason_of(error))


def _refused(path: Path, reason: str) -> TrackerError:
    return TrackerError(f"Berkas {path} tidak dapat ditulis: {reason}.", _REMEDY)
