"""Rows placed below the records of a sheet: where they go, and what they take over from the row above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.errors import PackageRefused
from tracker.register.excel.formulas import translate
from tracker.register.excel.package import Sheet
from tracker.register.excel.ranges import Growth, grow_filter, grow_ranges
from tracker.register.excel.references import LAST_COLUMN, LAST_ROW, Area, address
from tracker.register.excel.shared_formulas import formula_of, formula_tag
from tracker.register.excel.sheet import Cell
from tracker.register.excel.sheet_edit import Book, SheetEdit
from tracker.register.excel.tables import Table, tables_of
from tracker.register.excel.workbook import grow_filter_name
from tracker.register.store import CellValue

__all__ = ["append_rows"]

_CARRIED = ("s", "customFormat", "ht", "customHeight", "thickBot", "thickTop")
_PLAIN = re.compile(r"[A-Za-z0-9.]+")
_LOOK_BACK = 200


@dataclass(frozen=True, slots=True)
class _Records:
    """Where the records of a sheet end and what they hand on: `formulas` by column, with the row of each."""

    table: Table | None
    last: int
    lone_heading: bool
    formulas: Mapping[int, tuple[int, str]]
    arrays: frozenset[int]

    def hand_on(self, row: int) -> bool:
        """True when the next row takes the look of this one; a heading's bold type is not for records."""
        if self.table is not None:
            return row >= self.table.first_record
        return row > 1 and not (self.lone_heading and row == self.last)

    def hold(self, column: int) -> bool:
        """True when the column belongs to the records."""
        return self.table is None or self.table.has_any({column})


def append_rows(
    book: Book, sheet: Sheet, rows: Sequence[Mapping[int, CellValue]], at: Sequence[int] | None = None
) -> None:
    """Place rows (by 1-based column) below the sheet's table, or below its last row with content.

    Afterwards the table, its filter, the sheet's filter and its hidden name, and the validations and
    conditional formats that ended with the records include the new rows; cells take the styles of the last
    record, and columns that are calculated their formulas. PackageRefused: `totals-row`, `sheet-full`,
    `several-tables`, `rows-below`, and those of `SheetEdit.commit`.

    With `at`, ascending row numbers, each row goes where it is meant to: into a ready row, or below what is there;
    a table grows only when the first new row follows it at once.
    """
    edit = SheetEdit(book, sheet)
    tables = tables_of(book.package, sheet)
    columns = {column for row in rows for column in row}
    # Rows that are meant for a place of their own are no business of a table beside them.
    candidates = tables if at is None else tuple(table for table in tables if table.has_any(columns))
    table = _table_for(candidates, columns)
    last = table.area.bottom if table else edit.markup.last_content_row()
    numbers = range(last + 1, last + 1 + len(rows)) if at is None else at
    if numbers[-1] > LAST_ROW:
        raise PackageRefused("sheet-full", "Lembar ini penuh sampai baris terakhir.", "Mulai buku baru.")
    new = dict(zip(numbers, rows, strict=True))
    if at is not None:
        new = _fill_ready(edit, new, table, last)
        if new and next(iter(new)) != last + 1:  # people typed on below the table: it is theirs to grow
            table, last = None, next(iter(new)) - 1
    edit.commit(_append(edit, tables, table, last, new) if new else "")


def _fill_ready(
    edit: SheetEdit, rows: Mapping[int, Mapping[int, CellValue]], table: Table | None, last: int
) -> dict[int, Mapping[int, CellValue]]:
    """Put rows that are there already, or hold something of their own below the records; the others are returned."""
    new = {}
    for number, row in rows.items():
        beside = [
            cell for column, cell in edit.cells(number).items() if table is None or table.has_any({column})
        ]
        if number > last and not any(map(edit.markup.has_content, beside)):
            new[number] = row
            continue
        for column in sorted(row):
            edit.put(number, column, row[column])
    return new


def _append(
    edit: SheetEdit,
    tables: tuple[Table, ...],
    table: Table | None,
    last: int,
    rows: Mapping[int, Mapping[int, CellValue]],
) -> str:
    """Put rows below the records that end at `last`; the attributes of rows that must be made."""
    bottom = max(rows)
    if table is not None:
        _refuse_occupied(edit, tables, table, {column for row in rows.values() for column in row}, bottom)
    records = _records(edit, table, last)
    for number, row in rows.items():
        _put_row(edit, records, number, row)
    _grow(edit, table, last, bottom)
    return _row_attributes(edit, last) if records.hand_on(last) else ""


def _table_for(tables: tuple[Table, ...], columns: set[int]) -> Table | None:
    if len(tables) < 2:
        return tables[0] if tables else None
    fitting = [table for table in tables if all(table.has_any({column}) for column in columns)]
    if len(fitting) != 1:
        raise PackageRefused(
            "several-tables",
            "Lembar ini memuat beberapa tabel.",
            "Pisahkan tabel ke lembarnya masing-masing.",
        )
    return fitting[0]


def _refuse_occupied(
    edit: SheetEdit, tables: tuple[Table, ...], table: Table, given: set[int], bottom: int
) -> None:
    if table.has_totals:
        raise PackageRefused("totals-row", "Tabel ini diakhiri baris total.", "Matikan Baris Total di Excel.")
    new = Area(table.area.bottom + 1, table.area.left, bottom, table.area.right)
    if any(other.area.meets(new) for other in tables if other is not table):
        raise PackageRefused("rows-below", "Di bawah tabel ini ada tabel lain.", "Pindahkan tabel itu.")
    columns = given | set(range(new.left, new.right + 1))
    for number in range(new.top, new.bottom + 1):
        for column, cell in edit.cells(number).items():
            if column in columns and edit.markup.has_content(cell):
                raise PackageRefused(
                    "rows-below",
                    f"Di bawah tabel sudah ada isi ({address(number, column)}).",
                    "Pindahkan isi itu agar tabel dapat bertambah.",
                )


def _records(edit: SheetEdit, table: Table | None, last: int) -> _Records:
    lone = edit.markup.last_content_row(last) != last - 1 if last else True
    records = _Records(table, last, lone, {}, frozenset())
    formulas = {column: (last, text) for column, text in _declared(table).items()}
    if records.hand_on(last):
        formulas |= _calculated(edit, records)
    found = {column: edit.cells(row).get(column) for column, (row, _) in formulas.items()}
    arrays = frozenset(c for c, cell in found.items() if cell is not None and _is_array(edit, cell))
    return replace(records, formulas=formulas, arrays=arrays)


def _declared(table: Table | None) -> dict[int, str]:
    """Declared formulas that mean the same in every row; others are taken from the rows above."""
    if table is None:
        return {}
    return {column: text for column, text in table.formulas.items() if text and _is_same_everywhere(text)}


def _is_same_everywhere(formula: str) -> bool:
    try:
        return translate(formula, 1, 1) == formula
    except PackageRefused:
        return False


def _calculated(edit: SheetEdit, records: _Records) -> dict[int, tuple[int, str]]:
    """Formulas a column repeats: the nearest above where one is declared, else two alike at the end."""
    found: dict[int, tuple[int, str]] = {}
    declared = records.table.formulas if records.table is not None else {}
    for column, text in declared.items():
        nearest = None if _is_same_everywhere(text) else _formula_above(edit, records, column)
        if nearest is not None:
            found[column] = nearest
    above = edit.cells(records.last - 1)
    for column, cell in edit.cells(records.last).items():
        if column in declared or column not in above or not records.hold(column):
            continue
        formula, before = formula_of(edit.markup, cell), formula_of(edit.markup, above[column])
        if formula is not None and before is not None and _moved_down(before) == formula:
            found[column] = (records.last, formula)
    return found


def _formula_above(edit: SheetEdit, records: _Records, column: int) -> tuple[int, str] | None:
    """A person may have typed over the formula in the last records."""
    assert records.table is not None
    for row in range(records.last, max(records.table.first_record, records.last - _LOOK_BACK) - 1, -1):
        cell = edit.cells(row).get(column)
        formula = formula_of(edit.markup, cell) if cell is not None else None
        if formula is not None:
            return row, formula
    return None


def _moved_down(formula: str) -> str | None:
    try:
        return translate(formula, 1, 0)
    except PackageRefused:
        return None


def _is_array(edit: SheetEdit, cell: Cell) -> bool:
    tag = formula_tag(edit.markup, cell)
    return tag is not None and tag.get("t") == "array"


def _row_attributes(edit: SheetEdit, number: int) -> str:
    """Look of the last record's row; not whether it is hidden, folded or grouped."""
    tag = edit.markup.row_tag(number)
    given = tag.attributes() if tag is not None else {}
    if given.get("customHeight") not in ("1", "true"):
        given.pop("ht", None)
    carried = {name: given[name] for name in _CARRIED if _PLAIN.fullmatch(given.get(name, ""))}
    return "".join(f' {name}="{value}"' for name, value in carried.items())


def _put_row(edit: SheetEdit, records: _Records, number: int, values: Mapping[int, CellValue]) -> None:
    is_like_above = records.hand_on(number - 1)
    inherited = {c for c in edit.columns_now(number - 1) if records.hold(c)} if is_like_above else set()
    for column in sorted({*values, *inherited, *records.formulas}):
        style = edit.style_now(number - 1, column) if column in inherited else None
        if column in values:
            edit.put(number, column, values[column], style)
        elif column in records.formulas:
            row, text = records.formulas[column]
            array = f' t="array" ref="{address(number, column)}"' if column in records.arrays else ""
            edit.put_formula(number, column, translate(text, number - row, 0), style, array)
        elif column not in edit.cells(number):
            edit.put(number, column, None, style)


def _grow(edit: SheetEdit, table: Table | None, last: int, bottom: int) -> None:
    if table is not None:
        area = table.area
        grow_ranges(edit.markup, Growth(table.first_record, last, bottom, area.left, area.right))
        table.grow(edit.book.package, bottom)
        return
    growth = Growth(0, last, bottom, 1, LAST_COLUMN)
    grow_ranges(edit.markup, growth)
    if grow_filter(edit.markup, growth):
        grow_filter_name(edit.book.package, edit.sheet, last, bottom)
