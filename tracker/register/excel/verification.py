"""A written book is read again before it replaces the old one: it differs in exactly the patched cells, or is refused.

Source: "Before replacing" in the writing contract. Reading 100,000 rows a second time would cost more than the whole
write, so the proof comes in two halves that have the same meaning: every byte of the sheet outside the patched rows is
the byte that was there before, and the patched rows alone are read. Where that does not apply – formulas of other rows
had to be written out, a date format was added, the XML is of an unusual form – the whole book is read.

Nothing here uses the package editor's view of a sheet: the container is opened by zipfile, rows are cut out by their
plain text, values come from calamine.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from xml.parsers import expat

import python_calamine as calamine

from tracker.register.excel.archive import Archive, part_key
from tracker.register.excel.directory import Directory, directory_of
from tracker.register.excel.opening import open_package
from tracker.register.excel.reading import LARGEST_GRID, read_snapshot
from tracker.register.excel.scan import scan_sheet
from tracker.register.placing import Landing, landed, rows_landed
from tracker.register.store import Grid, RawValue, Snapshot

__all__ = ["is_as_planned"]


def is_as_planned(data: bytes, before: Snapshot, edited: bytes, landings: tuple[Landing, ...]) -> bool:
    """Whether the book `edited` reads as `before`, which was read from `data`, in all but the landed cells.

    `before` may have sheets behind those of `data`: they were to be added. RegisterUnreadable when `edited` is no
    workbook any more.
    """
    if _is_proven(data, before, edited, landings):
        return True
    is_kept = _others_are_kept(data, edited, {one.sheet for one in landings})
    return is_kept and landed(before, read_snapshot(edited), landings)


def _others_are_kept(data: bytes, edited: bytes, sheets: set[str]) -> bool:
    """Whether every sheet of `data` is still there, those besides `sheets` byte for byte: not all of them are read."""
    with open_package(data) as old, open_package(edited) as new:
        before, after = directory_of(old).sheets, directory_of(new).sheets
        was, now = _members(data, old), _members(edited, new)
        return all(
            after.get(name) == part and (name in sheets or was[part] == now.get(part))
            for name, part in before.items()
        )


def _is_proven(data: bytes, before: Snapshot, edited: bytes, landings: tuple[Landing, ...]) -> bool:
    with open_package(data) as old, open_package(edited) as new:
        directory = directory_of(old)
        sheets = {one.sheet for one in landings}
        if directory != directory_of(new) or not sheets <= directory.sheets.keys():
            return False
        was, now = _members(data, old), _members(edited, new)
        differing = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
        if _others(directory, sheets) & differing:
            return False
        for name in sheets:
            rows = sorted({one.row + 1 for one in landings if one.sheet == name})
            part, grid = directory.sheets[name], before.grid(name)
            small = _patched_rows_alone(was[part], now[part], rows)
            if grid is None or small is None:
                return False
            read = _read_rows(edited, part, grid, small)
            if not rows_landed(grid, read, landings, (row - 1 for row in rows)):
                return False
    return True


def _others(directory: Directory, sheets: set[str]) -> set[str]:
    """Members that a read depends on besides the patched sheets."""
    return {part for name, part in directory.sheets.items() if name not in sheets} | {*directory.shared}


_Raw = tuple[int, int, int, memoryview]
"""Method, CRC, size and compressed bytes of a member."""


def _members(data: bytes, package: zipfile.ZipFile) -> dict[str, _Raw]:
    return {one.filename: _raw(data, one) for one in package.infolist()}


def _raw(data: bytes, member: zipfile.ZipInfo) -> _Raw:
    names, extra = struct.unpack_from("<HH", data, member.header_offset + 26)
    start = member.header_offset + 30 + names + extra
    packed = memoryview(data)[start : start + member.compress_size]
    return member.compress_type, member.CRC, member.file_size, packed


def _content(member: _Raw) -> bytes:
    """The content of a member; empty when size or checksum do not hold."""
    method, crc, size, packed = member
    content = zlib.decompress(packed, -15, size) if method else bytes(packed)
    return content if (len(content), zlib.crc32(content)) == (size, crc) else b""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A sheet part in slices: what comes before the rows, the rows sought, the rows between, what comes after."""

    head: slice
    sought: tuple[slice, ...]
    between: tuple[slice, ...]
    tail: slice

    def digest(self, xml: bytes) -> bytes:
        """What the rows that were not sought say, as they say it."""
        whole, found = memoryview(xml), hashlib.sha256()
        for part in self.between:
            found.update(whole[part])
        return found.digest()


def _patched_rows_alone(old: _Raw, new: _Raw, rows: Sequence[int]) -> bytes | None:
    """The new sheet with the patched rows only; None when not every other row is, byte for byte, as it was."""
    before, xml = _rest(_content(old), rows), _content(new)  # one after the other: both would be 54 MB
    now = _cut(xml, rows)
    if now is None or before != now.digest(xml):
        return None
    small = b"".join(xml[part] for part in chain((now.head,), now.sought, (now.tail,)))
    return small if _is_well_formed(small) else None


def _rest(xml: bytes, rows: Sequence[int]) -> bytes | None:
    cut = _cut(xml, rows)
    return cut.digest(xml) if cut is not None else None


def _cut(xml: bytes, rows: Sequence[int]) -> _Cut | None:
    """The slices of a sheet in the plain form that spreadsheet programs write; None for any other form."""
    opening = xml.find(b"<sheetData>")
    end = xml.rfind(b"</sheetData>")
    if opening < 0 or end < opening:
        return None
    start = position = opening + len(b"<sheetData>")
    sought, between = [], []
    for number in rows:
        row = xml.find(b'<row r="%d"' % number, position, end)
        if row < 0:
            continue
        stop = _row_end(xml, row, end)
        if stop < 0:
            return None
        between.append(slice(position, row))
        sought.append(slice(row, stop))
        position = stop
    return _Cut(slice(0, start), tuple(sought), (*between, slice(position, end)), slice(end, len(xml)))


def _row_end(xml: bytes, row: int, end: int) -> int:
    tag = xml.find(b">", row, end)
    if tag < 0 or xml[tag - 1 : tag] == b"/":
        return tag + 1 or -1
    close = xml.find(b"</row>", tag, end)
    return close + len(b"</row>") if close >= 0 else -1


def _is_well_formed(xml: bytes) -> bool:
    """Whether a parser accepts the part; the rows left out are those of the old part, which was accepted."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


def _read_rows(edited: bytes, part: str, grid: Grid, small: bytes) -> Grid:
    """The sheet as the reader sees it when it holds the patched rows only."""
    package = Archive(edited)
    package.members = tuple(
        one.holding(small) if part_key(one.name) == part_key(part) else one for one in package.members
    )
    scan = scan_sheet(small, limit=LARGEST_GRID)
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(package.to_bytes())) as book:
        sheet = book.get_sheet_by_name(grid.name)
        merges = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
        rows = dict(_placed(sheet))
    height = max((*rows, -1)) + 1
    return Grid(grid.name, [rows.get(row, ()) for row in range(height)], scan.formulas, scan.errors, merges)


def _placed(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[RawValue]]]:
    """(0-based row, cells from column A on) of the area that holds anything."""
    if sheet.start is None:
        return
    top, left = sheet.start
    beside: list[RawValue] = [""] * left
    for row, cells in enumerate(sheet.to_python(skip_empty_area=True), start=top):
        yield row, [*beside, *cells]
