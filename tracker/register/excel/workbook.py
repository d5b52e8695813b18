"""workbook.xml and calcChain.xml: what must follow when cells of a sheet changed."""

from __future__ import annotations

import re
from collections.abc import Collection

from tracker.register.excel.markup import Markup, Tag, escape
from tracker.register.excel.package import Package, Sheet
from tracker.register.excel.references import LAST_ROW, address

__all__ = ["forget_formulas", "grow_filter_name", "recalculate"]

# CT_Workbook (ECMA-376 part 1, 18.2.27) puts calcPr behind these
_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")
_FILTER = re.compile(r"(.*!\$?[A-Z]{1,3}\$?[0-9]{1,7}:\$?[A-Z]{1,3}\$?)([0-9]{1,7})", re.DOTALL)


def recalculate(package: Package) -> None:
    """Afterwards the book computes every formula when it is next opened, manual calculation included."""
    markup = package.open_part(package.workbook_part)
    calc = markup.first("calcPr")
    if calc is not None:
        if calc.get("fullCalcOnLoad") not in ("1", "true"):
            markup.retag(calc, calc.with_attribute("fullCalcOnLoad", "1"))
    else:
        tag = next(tag for name in _BEFORE_CALC if (tag := markup.first(name)) is not None)
        end = markup.close(tag)[1]
        markup.replace(end, end, b"<" + markup.prefix + b'calcPr fullCalcOnLoad="1"/>')
    package.save(package.workbook_part, markup)


def grow_filter_name(package: Package, sheet: Sheet, last: int, bottom: int) -> None:
    """Let the sheet's hidden filter name end at `bottom` when it ended at `last`."""
    markup = package.open_part(package.workbook_part)
    for tag in markup.tags("definedName"):
        is_ours = tag.get("name") == "_xlnm._FilterDatabase" and tag.get("localSheetId") == str(sheet.index)
        match = _FILTER.fullmatch(markup.content(tag)) if is_ours else None
        if match is not None and int(match[2]) == last and bottom <= LAST_ROW:
            markup.replace(tag.end, markup.close(tag)[0], escape(f"{match[1]}{bottom}").encode())
    package.save(package.workbook_part, markup)


def forget_formulas(package: Package, sheet: Sheet, places: Collection[tuple[int, int]]) -> None:
    """Take cells that lost their formula out of the calculation chain, and an empty chain out of the book.

    An entry without `i` belongs to the sheet of the entry before it (ECMA-376 part 1, 18.6.1).
    """
    part = package.related(package.workbook_part, "calcChain")
    if part is None or not places:
        return
    gone = {address(*place) for place in places}
    markup = package.open_part(part)
    kept, removed = _drop_entries(markup, sheet.sheet_id, gone)
    if removed and not kept:
        package.unrelate(package.workbook_part, part)
        package.remove(part)
        return
    package.save(part, markup)


def _drop_entries(markup: Markup, sheet_id: str, gone: Collection[str]) -> tuple[int, int]:
    current, kept, removed = "", 0, 0
    lost_id: str | None = None
    for tag in markup.tags("c", markup.root.end):
        current = tag.get("i") or current
        if current == sheet_id and tag.get("r") in gone:
            if tag.get("i"):
                lost_id = current
            markup.replace(tag.start, markup.close(tag)[1], b"")
            removed += 1
            continue
        kept += 1
        if lost_id is not None:
            markup.retag(tag, _with_sheet(tag, lost_id))
            lost_id = None
    return kept, removed


def _with_sheet(tag: Tag, sheet_id: str) -> Tag:
    return tag if tag.get("i") else tag.with_attribute("i", sheet_id)
