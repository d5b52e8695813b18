"""ExcelStore: a register that is a workbook file which other people keep open, sort and retype.

Source: the writing contract. Every write is planned on the bytes as they are now, made by the package editor,
verified by re-reading, and put in place by one atomic replace under our lock.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tracker.errors import (
    ChangedMeanwhile,
    OpenElsewhere,
    PackageRefused,
    RegisterUnavailable,
    reason_of,
)
from tracker.register.excel.adding import add_sheet
from tracker.register.excel.backups import refuse_if_emptied
from tracker.register.excel.directory import directory_of
from tracker.register.excel.editing import edit_rows
from tracker.register.excel.opening import open_package, read_file
from tracker.register.excel.reading import read_snapshot
from tracker.register.excel.surroundings import Surroundings
from tracker.register.excel.verification import is_as_planned
from tracker.register.keeping import keep_copy
from tracker.register.placing import Landing, land, with_sheets
from tracker.register.store import AddSheet, CellValue, Patch, Receipt, Snapshot, letters

__all__ = ["ExcelStore"]

_TRIES: Final = 3
"""How often a write is planned anew when the file was saved by somebody else between reading and replacing."""


class ExcelStore:
    """A `Store` over an `.xlsx` or `.xlsm` file. Nothing is created beside the file until the first write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held = threading.local()
        self._last_read: weakref.ref[Snapshot] | None = None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def surroundings(self) -> Surroundings:
        """What lies around the file that the path leads to."""
        return Surroundings(self.path.resolve())

    def read(self) -> Snapshot:
        return self._snapshot(read_file(self.path))

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Our lock; OpenElsewhere at once when a spreadsheet program has the book open."""
        if getattr(self._held, "depth", 0):
            yield
            return
        # What is not there, or is no workbook, must say so and must not get a folder of ours.
        directory_of(open_package(read_file(self.path)))
        self.surroundings.refuse_if_open()
        with self.surroundings.locked():
            self._held.depth = 1
            try:
                yield
            finally:
                self._held.depth = 0

    def file(self, folder: str, name: str, content: bytes) -> Path | None:
        return keep_copy(self.path.resolve().parent / folder, name, content)

    def apply(self, patch: Patch) -> Receipt:
        with self.exclusive():
            self.surroundings.remove_leftovers()
            for _ in range(_TRIES):
                receipt = self._apply_once(patch)
                if receipt is not None:
                    return receipt
        raise ChangedMeanwhile(
            f"Berkas {self.name} terus disimpan oleh program lain, jadi belum ditulis.",
            "Tunggu sebentar, lalu ulangi.",
        )

    def _apply_once(self, patch: Patch) -> Receipt | None:
        """The receipt; None when the file changed under our hands and has to be planned anew."""
        data = read_file(self.path)
        before = self._snapshot(data)
        refuse_if_emptied(self.surroundings, before)
        larger = with_sheets(before, patch.sheets)
        grown = _grown(data, patch.sheets)
        landings = land(larger, patch)
        new = tuple(one for one in landings[len(patch.changes) :] if not _is_prepared(larger, one))
        filled = tuple(one for one in landings if one not in new)
        edited = edit_rows(grown, cells=_cells(filled), rows=_new_rows(new))
        if not is_as_planned(data, larger, edited, landings):
            raise PackageRefused(
                "verification",
                f"Hasil tulisan ke {self.name} tidak sama dengan yang dimaksud, jadi berkas tidak diubah.",
                "Simpan ulang berkas dari Excel, lalu coba lagi.",
            )
        self.surroundings.refuse_if_open()
        if read_file(self.path) != data:
            return None
        self._put(edited, before.revision)
        return Receipt(tuple(landing.row + 1 for landing in landings), hashlib.sha256(edited).hexdigest())

    def _snapshot(self, data: bytes) -> Snapshot:
        """What these bytes say; not read a second time when the caller still holds what they said the first time."""
        known = self._last_read() if self._last_read is not None else None
        if known is None or known.revision != hashlib.sha256(data).hexdigest():
            known = read_snapshot(data)
        self._last_read = weakref.ref(known)
        return known

    def _put(self, content: bytes, revision: str) -> None:
        try:
            self.surroundings.back_up(revision)
            self.surroundings.replace(content)
        except PermissionError as error:
            raise OpenElsewhere(
                f"Berkas {self.name} sedang dipakai program lain atau tidak boleh diubah.",
                "Tutup berkasnya atau periksa izinnya, lalu ulangi.",
            ) from error
        except OSError as error:
            raise RegisterUnavailable(
                f"Berkas {self.name} gagal ditulis: {reason_of(error)}. Isinya tidak berubah.",
                "Periksa ruang disk dan sambungan jaringan, lalu ulangi.",
            ) from error


def _grown(data: bytes, sheets: Iterable[AddSheet]) -> bytes:
    """The package with these sheets behind its own."""
    for one in sheets:
        like = None if one.like is None else (one.like[0], f"{letters(one.like[2])}{one.like[1] + 1}")
        data = add_sheet(data, one.name, one.headings, widths=one.widths, like=like)
    return data


def _is_prepared(snapshot: Snapshot, landing: Landing) -> bool:
    """Whether a new record goes into a row that has been made ready: formulas stand there already."""
    grid = snapshot.grid(landing.sheet)
    return (
        grid is not None
        and not landing.is_new
        and any((landing.row, column) in grid.formulas for column in range(len(grid.rows[landing.row])))
    )


def _cells(landings: tuple[Landing, ...]) -> dict[str, dict[str, CellValue]]:
    """Sheet → A1 → value, for rows that are there."""
    cells: dict[str, dict[str, CellValue]] = {}
    for landing in landings:
        sheet = cells.setdefault(landing.sheet, {})
        sheet.update(
            {f"{letters(column)}{landing.row + 1}": value for column, value in landing.cells.items()}
        )
    return cells


def _new_rows(landings: tuple[Landing, ...]) -> dict[str, dict[int, dict[str, CellValue]]]:
    """Sheet → 1-based row → column letter → value, for rows of new records."""
    rows: dict[str, dict[int, dict[str, CellValue]]] = {}
    for landing in landings:
        cells = {letters(column): value for column, value in landing.cells.items()}
        rows.setdefault(landing.sheet, {})[landing.row + 1] = cells
    return rows
