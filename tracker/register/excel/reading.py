"""The bytes of a workbook → `Snapshot`: values from calamine, and from the XML what calamine hides.

Source: the register contract, "Finding things". calamine gives an empty string for an error value, does not
say which cells are formulas, and builds a dense grid that two far cells can make larger than the memory; so
every sheet is scanned first, and refused where it would not fit.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import python_calamine as calamine

from tracker.errors import RegisterUnreadable
from tracker.register.excel.directory import Directory, directory_of
from tracker.register.excel.opening import broken, foreign, open_package, read_file
from tracker.register.excel.scan import Scan, scan_sheet
from tracker.register.excel.texts import longest_of, refuse_long_text, shared_lengths, shared_total
from tracker.register.headings import find_sheets
from tracker.register.store import Grid, Snapshot
from tracker.register.uncollected import uncollected

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["read_file", "read_snapshot"]

LARGEST_GRID: Final = 20_000_000
"""Rows × columns of the largest sheet that is read (the register contract)."""
LARGEST_PART: Final = 512 * 1024 * 1024
"""Bytes of the largest part that is inflated (the register contract)."""
LARGEST_TEXTS: Final = LARGEST_PART
"""Bytes of text in the cells of a book, each shared string counted wherever it stands."""
_DAYS_1904: Final = 1462
"""Days between the two date systems of Excel (ECMA-376, 18.17.4.1)."""


def read_snapshot(data: bytes) -> Snapshot:
    """The book in `data`: all cells of the sheets that the schema reads; the others named, with no rows.

    `revision` is the SHA-256 of the bytes. RegisterUnreadable when the bytes are no workbook, are damaged or
    encrypted, or would exhaust the memory.
    """
    with open_package(data) as package:
        _refuse_large_parts(package)
        directory = directory_of(package)
        wanted = set(find_sheets(list(directory.sheets)).values())
        scans = _scans(package, directory, wanted)
    grids = _grids(data, directory, scans)
    offset = _DAYS_1904 if directory.is_1904 else 0
    return Snapshot(grids, hashlib.sha256(data).hexdigest(), serial_offset=offset)


def _refuse_large_parts(package: zipfile.ZipFile) -> None:
    for member in package.infolist():
        if member.file_size > LARGEST_PART:
            raise RegisterUnreadable(
                f"Bagian {member.filename} dari buku kerja ini terlalu besar: {member.file_size >> 20} MB.",
                "Hapus gambar dan sel yang tidak dipakai, lalu simpan ulang.",
            )


def _scans(package: zipfile.ZipFile, directory: Directory, wanted: Collection[str]) -> dict[str, Scan]:
    """The scan of every wanted sheet; every part that calamine will read is proved as large as it says."""
    parts = [directory.sheets[name] for name in directory.sheets if name in wanted]
    if sum(_size(package, part) for part in (*directory.shared, *parts)) > LARGEST_PART:
        raise _too_much()
    shared = {part: inflate(package, part) for part in directory.shared}
    lengths = longest_of([shared_lengths(shared[part]) for part in directory.strings])
    scans, texts = {}, 0
    for name in directory.sheets:
        if name in wanted:
            content = inflate(package, directory.sheets[name])
            scans[name] = scan_sheet(content, limit=LARGEST_GRID)
            _refuse_wide(name, scans[name])
            refuse_long_text(content)
            at_most = scans[name].cells * int(lengths.max(initial=0))
            texts += at_most if texts + at_most <= LARGEST_TEXTS else shared_total(content, lengths)
            if texts > LARGEST_TEXTS:
                raise _too_much()
    return scans


def _size(package: zipfile.ZipFile, part: str) -> int:
    return package.getinfo(part).file_size


def _too_much() -> RegisterUnreadable:
    return RegisterUnreadable(
        "Isi lembar-lembar buku kerja ini terlalu banyak untuk dibaca.",
        "Hapus isi yang tidak dipakai, atau mulai buku baru, lalu simpan ulang.",
    )


def inflate(package: zipfile.ZipFile, part: str) -> bytes:
    """The content of a part; the size and checksum of the directory hold, else RegisterUnreadable."""
    try:
        return package.read(part)
    except (
        KeyError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):
        raise broken() from None


def _refuse_wide(name: str, scan: Scan) -> None:
    if scan.rows * scan.columns > LARGEST_GRID:
        raise RegisterUnreadable(
            f"Lembar {name} terisi sampai baris {scan.rows}, kolom {scan.columns}: terlalu luas.",
            "Hapus isi sel yang jauh di bawah atau di kanan, lalu simpan ulang.",
        )


def _grids(data: bytes, directory: Directory, scans: Mapping[str, Scan]) -> tuple[Grid, ...]:
    try:
        with uncollected(), calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return tuple(_grid(book, name, scans.get(name)) for name in directory.sheets)
    except (calamine.CalamineError, OSError, ValueError, TypeError, OverflowError):
        raise foreign() from None
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":  # how pyo3 reports a bug of calamine; it is no Exception
            raise foreign() from None
        raise


def _grid(book: calamine.CalamineWorkbook, name: str, scan: Scan | None) -> Grid:
    if scan is None:
        return Grid(name, ())
    sheet = book.get_sheet_by_name(name)
    merges = tuple(
        (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Grid(name, sheet.to_python(skip_empty_area=False), scan.formulas, scan.errors, merges)
