"""The raw primitive of writing into a book: some cells change, some rows are added, all else stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.errors import PackageRefused
from tracker.register.excel.appending import append_rows
from tracker.register.excel.package import Package
from tracker.register.excel.references import column_number, parse_address
from tracker.register.excel.sheet_edit import Book, SheetEdit
from tracker.register.excel.styles import Styles
from tracker.register.excel.workbook import recalculate
from tracker.register.store import CellValue

__all__ = ["edit_package"]


def edit_package(
    data: bytes,
    *,
    cells: Mapping[str, Mapping[str, CellValue]] = {},
    append: Mapping[str, Sequence[Mapping[str, CellValue]]] = {},
) -> bytes:
    """The workbook with cells overwritten and rows appended; equal arguments give equal bytes.

    `cells` maps sheet name → A1 → value; `append` maps sheet name → rows of column letters → value, each with
    at least one value that is not empty. Cells are written first, then rows are placed below the last row of
    the sheet's table, or below its last row with content.

    What holds afterwards: text is literal text whatever it looks like, the empty text is an empty cell like
    None, a cell keeps its style, a moment is shown as a date, other cells keep their cached values and the
    book computes itself anew when opened. Members of the package that did not have to change keep their
    compressed bytes; when nothing had to change, so do all.

    PackageRefused with a stable `.reason` when that cannot be promised; nothing else is raised for any
    `data`. ValueError and TypeError tell of arguments that cannot be meant: a bad address, an unsupported
    value.
    """
    overwrites = {sheet: _places(edits) for sheet, edits in cells.items() if edits}
    additions = {sheet: [_columns(row) for row in rows] for sheet, rows in append.items() if rows}
    if not (overwrites or additions):
        return data
    package = Package(data)
    if package.is_signed:
        raise PackageRefused("signed", "Buku ini bertanda tangan digital.", "Hapus tanda tangannya dahulu.")
    package.verify(*(package.sheet(name).part for name in {**overwrites, **additions}))
    book = Book(package, Styles(package), package.is_1904)
    for name, places in overwrites.items():
        edit = SheetEdit(book, package.sheet(name))
        for (row, column), value in sorted(places.items(), key=lambda item: item[0]):
            edit.put(row, column, value)
        edit.commit()
    for name, rows in additions.items():
        append_rows(book, package.sheet(name), rows)
    book.styles.save()
    if package.is_changed:
        recalculate(package)
    return package.to_bytes()


def _places(edits: Mapping[str, CellValue]) -> dict[tuple[int, int], CellValue]:
    return {parse_address(address): value for address, value in edits.items()}


def _columns(row: Mapping[str, CellValue]) -> dict[int, CellValue]:
    if all(value is None or value == "" for value in row.values()):
        raise ValueError("an appended row needs a value")
    if any(name != name.upper() for name in row):
        raise ValueError("column letters are capital letters")
    return {column_number(name): value for name, value in row.items()}
