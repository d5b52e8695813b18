"""A table part: where its records end, which columns are calculated, and how it grows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tracker.errors import PackageRefused
from tracker.register.excel.package import Package, Sheet
from tracker.register.excel.references import Area, whole_number

__all__ = ["Table", "tables_of"]

_BLANK = ("insertRow", "insertRowShift")
"""What says that a table has no record yet but shows a blank row (ECMA-376 part 1, 18.5.1.2)."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its whole area, the number of heading rows, and the formulas its columns declare.

    `formulas` maps sheet columns to the declared text; `has_totals` tells of a totals row at the end.
    """

    part: str
    name: str
    area: Area
    headings: int
    has_totals: bool
    formulas: dict[int, str]

    @property
    def first_record(self) -> int:
        return self.area.top + self.headings

    def has_any(self, columns: Collection[int]) -> bool:
        """True when at least one of these columns is the table's."""
        return any(self.area.left <= column <= self.area.right for column in columns)

    def grow(self, package: Package, bottom: int) -> None:
        """Let the table and its filter end at `bottom`. PackageRefused: `table`."""
        markup = package.open_part(self.part)
        grown = self.area.down_to(bottom)
        markup.retag(markup.root, markup.root.with_attribute("ref", str(grown)).without(*_BLANK))
        filters = markup.first("autoFilter", markup.root.end)
        area = Area.parse(filters.get("ref")) if filters is not None else None
        if filters is not None and area is not None and area.bottom == self.area.bottom:
            markup.retag(filters, filters.with_attribute("ref", str(area.down_to(bottom))))
        package.save(self.part, markup)

    def take_in(self, package: Package) -> None:
        """Let the blank row that Excel shows in a table without records be a record, since something stands there."""
        markup = package.open_part(self.part)
        markup.retag(markup.root, markup.root.without(*_BLANK))
        package.save(self.part, markup)


def tables_of(package: Package, sheet: Sheet) -> tuple[Table, ...]:
    """The tables of a sheet. PackageRefused `table`: one whose area is not a rectangle of cells."""
    return tuple(_read(package, part) for part in package.tables(sheet))


def _read(package: Package, part: str) -> Table:
    markup = package.open_part(part)
    root = markup.root
    area = Area.parse(root.get("ref"))
    if area is None:
        raise PackageRefused("table")
    formulas: dict[int, str] = {}
    for offset, column in enumerate(markup.tags("tableColumn", root.end)):
        declared = markup.first("calculatedColumnFormula", column.end, markup.close(column)[0])
        if declared is not None:
            formulas[area.left + offset] = markup.content(declared)
    headings = whole_number(root.get("headerRowCount", "1"))
    totals = whole_number(root.get("totalsRowCount", "0"))
    return Table(
        part, root.get("displayName"), area, 1 if headings is None else headings, bool(totals), formulas
    )
