"""The emblem of the office: a picture beside the register, named by row `Logo` of sheet SOP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.errors import PaperFailed, reason_of
from tracker.register.labels import EMBLEM

if TYPE_CHECKING:
    from tracker.register.store import Store
    from tracker.sop.model import Sop

__all__ = ["emblem_of"]

_LARGEST: Final = 1_000_000
"""Bytes: ten times what a good emblem needs, and each paper carries it."""


def emblem_of(store: Store, sop: Sop) -> tuple[bytes | None, tuple[str, ...]]:
    """The picture (PNG or SVG), or None; and what is to be said when one is named that cannot be used.

    Only a file in the register's own folder, or a folder below it, is read. A paper never fails for its emblem.
    """
    name = sop.first(EMBLEM.text).strip()
    if not name:
        return None, ()
    try:
        return _picture(store, name), ()
    except _Unusable as reason:
        return None, (f"Logo {name[:80]} tidak dipakai: {reason}.",)


class _Unusable(Exception):
    """Why a picture is left out."""


def _picture(store: Store, name: str) -> bytes:
    from tracker.register.excel.store import ExcelStore  # noqa: PLC0415 - only where a logo is named

    if not isinstance(store, ExcelStore):
        raise _Unusable("register ini tidak mempunyai map tempat berkas logo")
    try:
        folder = store.path.resolve().parent
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise _Unusable("letaknya di luar map register")
        content = _read(path)
    except (ValueError, RuntimeError) as error:  # a NUL in the name, a loop of links
        raise _Unusable("namanya tidak dapat dipakai") from error
    except OSError as error:
        raise _Unusable("berkasnya tidak ada" if not error.errno else reason_of(error)) from error
    _try(content)
    return content


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise _Unusable("berkasnya tidak ada di map register")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise _Unusable("berkasnya lebih dari 1 MB")
    return content


def _try(content: bytes) -> None:
    """Set the picture once, so that what cannot be set is known before the paper is."""
    from tracker.views.papers.emblem import try_emblem  # noqa: PLC0415 - loads typst

    try:
        try_emblem(content)
    except PaperFailed as error:
        raise _Unusable("isinya bukan gambar PNG atau SVG yang dapat dicetak") from error
