"""Formulas that hang together: shared groups, arrays, data tables, and what an overwrite means to them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from tracker.errors import PackageRefused
from tracker.register.excel.formulas import translate
from tracker.register.excel.markup import Tag, escape
from tracker.register.excel.references import Area
from tracker.register.excel.sheet import Cell, SheetMarkup

__all__ = ["Place", "formula_of", "formula_tag", "refuse_arrays", "release_masters"]

Place = tuple[int, int]
"""(row, column), both from 1."""


@dataclass(slots=True)
class _Group:
    """One shared formula: its master cell and text, and the cells that follow with no text of their own."""

    master: Cell
    text: str
    children: list[tuple[Cell, Tag]] = field(default_factory=list)


def formula_tag(sheet: SheetMarkup, cell: Cell) -> Tag | None:
    """The `<f>` of a cell, or None."""
    return sheet.first("f", cell.tag.end, cell.end)


def formula_of(sheet: SheetMarkup, cell: Cell) -> str | None:
    """The formula a cell shows, that of a shared group translated to it; None when it has none of its own.

    Arrays over several cells and data tables count as none: they cannot be carried on. PackageRefused:
    `formula`, `shared-formula`.
    """
    tag = formula_tag(sheet, cell)
    if tag is None:
        return None
    kind, text = tag.get("t", "normal"), sheet.content(tag)
    if kind == "dataTable" or (kind == "array" and tag.get("ref") not in ("", cell.tag.get("r"))):
        return None
    if text or kind != "shared":
        return text or None
    for group in _groups(sheet, tag.get("si")):
        if any(child.start == cell.start for child, _ in group.children):
            return translate(group.text, cell.row - group.master.row, cell.column - group.master.column)
    raise PackageRefused("shared-formula")


def refuse_arrays(sheet: SheetMarkup, touched: Collection[Place]) -> None:
    """PackageRefused `array-formula`: a touched cell lies in an array or data table of several cells."""
    for tag in _formula_tags(sheet, b"t\\s*=\\s*[\"'](?:array|dataTable)"):
        area = Area.parse(tag.get("ref")) or _own_area(sheet.cell_at(tag.start))
        if area.top == area.bottom and area.left == area.right:
            continue
        if any(area.holds(*place) for place in touched):
            raise PackageRefused("array-formula")


def release_masters(sheet: SheetMarkup, overwritten: Collection[Place]) -> None:
    """Plan that no shared formula loses its text when these cells are overwritten.

    The first cell that remains becomes the master with the formula as it shows there. Where the rest is no
    rectangle beginning at that cell, each remaining cell gets its own formula. PackageRefused: `formula`,
    `shared-formula`.
    """
    shared: dict[str, None] = {}  # the groups touched, in order: equal edits must give equal bytes
    for row in sorted({row for row, _ in overwritten}):
        for cell in sheet.cells(row):
            tag = formula_tag(sheet, cell) if (row, cell.column) in overwritten else None
            if tag is not None and tag.get("t") == "shared" and sheet.content(tag):
                shared[tag.get("si")] = None
    for si in shared:
        for group in _groups(sheet, si):
            if (group.master.row, group.master.column) in overwritten:
                _release(sheet, group, overwritten)


def _release(sheet: SheetMarkup, group: _Group, overwritten: Collection[Place]) -> None:
    left = [(cell, tag) for cell, tag in group.children if (cell.row, cell.column) not in overwritten]
    if not left:
        return
    box = Area(
        min(cell.row for cell, _ in left),
        min(cell.column for cell, _ in left),
        max(cell.row for cell, _ in left),
        max(cell.column for cell, _ in left),
    )
    heir, heir_tag = left[0]
    if (heir.row, heir.column) == (box.top, box.left):
        _give_text(sheet, group, heir, heir_tag, heir_tag.with_attribute("ref", str(box)))
        return
    for cell, tag in left:
        _give_text(sheet, group, cell, tag, tag.without("t", "ref", "si"))


def _give_text(sheet: SheetMarkup, group: _Group, cell: Cell, old: Tag, new: Tag) -> None:
    text = translate(group.text, cell.row - group.master.row, cell.column - group.master.column)
    element = new.text(closed=False) + escape(text).encode() + b"</" + new.name + b">"
    sheet.replace(old.start, sheet.close(old)[1], element)


def _groups(sheet: SheetMarkup, si: str) -> list[_Group]:
    """The groups with this index in document order: some writers use one index again further down."""
    groups: list[_Group] = []
    for tag in _formula_tags(sheet, b"si\\s*=\\s*[\"']" + re.escape(si.encode()) + b"[\"']"):
        if tag.get("t") != "shared":
            continue
        cell, text = sheet.cell_at(tag.start), sheet.content(tag)
        if text:
            groups.append(_Group(cell, text))
        elif groups:
            groups[-1].children.append((cell, tag))
        else:
            raise PackageRefused("shared-formula")  # a child before any master: whose is it?
    return groups


def _formula_tags(sheet: SheetMarkup, attribute: bytes) -> list[Tag]:
    pattern = re.compile(b"<" + re.escape(sheet.prefix) + rb"f\s(?:[^>]*?\s)?" + attribute)
    return [
        next(sheet.tags("f", match.start()))
        for match in pattern.finditer(sheet.mask, sheet.data_start, sheet.data_end)
    ]


def _own_area(cell: Cell) -> Area:
    return Area(cell.row, cell.column, cell.row, cell.column)
