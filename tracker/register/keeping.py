"""Copies of printed papers: each under a name of its own, none ever overwritten."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from tracker.errors import RegisterUnavailable, reason_of

__all__ = ["keep_copy"]


def keep_copy(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` under `name`, or `name-2` and so on where that is taken; where it lies.

    RegisterUnavailable when the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _kept(folder, name, content)
    except OSError as error:
        raise RegisterUnavailable(
            f"Salinan naskah tidak dapat disimpan di {folder}: {reason_of(error)}.",
            "Periksa izin folder dan ruang disk, atau cetak tanpa arsip (--no-archive).",
        ) from error


def _kept(folder: Path, name: str, content: bytes) -> Path:
    stem, suffix = Path(name).stem, Path(name).suffix
    numbers = count(1)
    while True:
        number = next(numbers)
        path = folder / (name if number == 1 else f"{stem}-{number}{suffix}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        return path
