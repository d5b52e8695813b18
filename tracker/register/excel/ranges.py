"""Validations, conditional formats, the sheet's filter: ranges that end with the records grow along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.register.excel.markup import Tag
from tracker.register.excel.references import Area
from tracker.register.excel.sheet import SheetMarkup

__all__ = ["Growth", "grow_filter", "grow_ranges"]


@dataclass(frozen=True, slots=True)
class Growth:
    """Records from row `first` that ended at `last` now end at `bottom`; `left:right` are their columns."""

    first: int
    last: int
    bottom: int
    left: int
    right: int

    def concerns(self, area: Area) -> bool:
        """True when the range belongs to the records and ends with them.

        One cell high is enough only where there was but one record: else it may be meant for that row alone.
        """
        is_tall = area.top < area.bottom or self.first == self.last
        return area.bottom == self.last and is_tall and area.left <= self.right and self.left <= area.right

    def extension(self, area: Area) -> Area:
        """The rows by which the range would grow."""
        return Area(self.last + 1, area.left, self.bottom, area.right)


def grow_filter(sheet: SheetMarkup, growth: Growth) -> bool:
    """Plan the sheet's own filter to grow when it ended with the records; True when it does."""
    views = sheet.first("customSheetViews", sheet.tail_start)
    tag = sheet.first("autoFilter", sheet.tail_start, views.start if views else None)
    area = Area.parse(tag.get("ref")) if tag is not None else None
    if tag is None or area is None or area.bottom != growth.last:
        return False
    sheet.retag(tag, tag.with_attribute("ref", str(area.down_to(growth.bottom))))
    return True


def grow_ranges(sheet: SheetMarkup, growth: Growth) -> None:
    """Plan validations and conditional formats, those of extension lists too, to take in the new rows."""
    validated = [area for sqref in _sqrefs(sheet, "dataValidation") for area in _areas(sqref.text)]

    def unless_validated(area: Area) -> bool:
        # Excel repairs a book in which two validations claim one cell
        return not any(other != area and other.meets(growth.extension(area)) for other in validated)

    _grow(sheet, "dataValidation", growth, unless_validated)
    _grow(sheet, "conditionalFormatting", growth, lambda _: True)


def _grow(sheet: SheetMarkup, element: str, growth: Growth, may_grow: Callable[[Area], bool]) -> None:
    for sqref in _sqrefs(sheet, element):
        words = sqref.text.split()
        grown = [_grown(word, growth, may_grow) for word in words]
        if grown != words:
            sqref.write(sheet, " ".join(grown))


def _grown(word: str, growth: Growth, may_grow: Callable[[Area], bool]) -> str:
    area = Area.parse(word)
    if area is None or not growth.concerns(area) or not may_grow(area):
        return word
    return str(area.down_to(growth.bottom))


@dataclass(frozen=True, slots=True)
class _Sqref:
    """A list of ranges: an attribute of its tag, or (in x14) the text of a child element at `start:end`."""

    tag: Tag
    text: str
    start: int = 0
    end: int = 0

    def write(self, sheet: SheetMarkup, text: str) -> None:
        if self.end:
            sheet.replace(self.start, self.end, text.encode())
        else:
            sheet.retag(self.tag, self.tag.with_attribute("sqref", text))


def _sqrefs(sheet: SheetMarkup, element: str) -> Iterable[_Sqref]:
    for tag in sheet.any_tags(element, sheet.tail_start):
        if tag.get("sqref"):
            yield _Sqref(tag, tag.get("sqref"))
            continue
        inner = next(sheet.any_tags("sqref", tag.end, sheet.close(tag)[0]), None)
        if inner is not None and not inner.is_empty:
            yield _Sqref(inner, sheet.content(inner), inner.end, sheet.close(inner)[0])


def _areas(text: str) -> Iterable[Area]:
    return (area for word in text.split() if (area := Area.parse(word)) is not None)
