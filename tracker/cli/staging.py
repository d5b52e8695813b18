"""Files that are written out whole before anything is filed for them, and put in place afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

from tracker.errors import TrackerError, reason_of

__all__ = ["Stage", "staged"]


class Stage:
    """A hidden folder inside the target folder: on the same disk, so that what fits here fits there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hidden = folder / f".naskah-{os.getpid()}.baru"
        self._files: dict[Path, Path] = {}

    def put(self, name: str, content: bytes) -> None:
        """Write the file out under this name, in place of one put before; TrackerError (exit 4) when that fails."""
        target = self.folder / name
        path = self._files.setdefault(target, self._hidden / f"{len(self._files)}")
        try:
            self._hidden.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _failed(target, error) from error

    def commit(self) -> list[Path]:
        """Put every file in its place, replacing what is there; TrackerError naming the first that fails."""
        for target, path in self._files.items():
            try:
                path.replace(target.resolve())
            except OSError as error:
                raise _failed(target, error) from error
        return list(self._files)

    def clear(self) -> None:
        """Leave nothing behind that was not put in place."""
        rmtree(self._hidden, ignore_errors=True)


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """A stage for files of this folder, which is made when needed and removed again when it stays empty."""
    was_there = folder.exists()
    stage = Stage(folder)
    try:
        yield stage
    finally:
        stage.clear()
        if not was_there:
            with suppress(OSError):
                folder.rmdir()


def _failed(path: Path, error: OSError) -> TrackerError:
    return TrackerError(
        f"Berkas {path} tidak dapat ditulis: {reason_of(error)}.", "Pilih nama atau folder lain, lalu ulangi."
    )
