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

__all__ = ["edit_package", "edit_rows"]

_Places = dict[tuple[int, int], CellValue]
_Rows = Mapping[str, tuple[Sequence[Mapping[int, CellValue]], Sequence[int] | None]]
"""Sheet → its new rows by 1-based column, and the numbers of the rows that they are meant for, if any."""


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
    additions: _Rows = {
        sheet: ([_columns(row) for row in rows], None) for sheet, rows in append.items() if rows
    }
    return _edited(data, _overwrites(cells), additions)


def edit_rows(
    data: bytes,
    *,
    cells: Mapping[str, Mapping[str, CellValue]],
    rows: Mapping[str, Mapping[int, Mapping[str, CellValue]]],
) -> bytes:
    """As `edit_package`, but every new row is for the row of this number: sheet → row → column letters → value.

    A table or a range grows only where that row follows it at once.
    """
    additions: _Rows = {
        sheet: ([_columns(new[number]) for number in sorted(new)], sorted(new))
        for sheet, new in rows.items()
        if new
    }
    return _edited(data, _overwrites(cells), additions)


def _edited(data: bytes, overwrites: Mapping[str, _Places], additions: _Rows) -> bytes:
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
    for name, (rows, at) in additions.items():
        append_rows(book, package.sheet(name), rows, at)
    book.styles.save()
    if package.is_changed:
        recalculate(package)
    return package.to_bytes()


def _overwrites(cells: Mapping[str, Mapping[str, CellValue]]) -> dict[str, _Places]:
    return {
        sheet: {parse_address(address): value for address, value in edits.items()}
        for sheet, edits in cells.items()
        if edits
    }


def _columns(row: Mapping[str, CellValue]) -> dict[int, CellValue]:
    if all(value is None or value == "" for value in row.values()):
        raise ValueError("an appended row needs a value")
    if any(name != name.upper() for name in row):
        raise ValueError("column letters are capital letters")
    return {column_number(name): value for name, value in row.items()}
