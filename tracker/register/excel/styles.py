"""styles.xml: which cell formats show a date, and a date format for cells that have none."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from tracker.errors import PackageRefused
from tracker.register.excel.markup import MAIN_NAMESPACES, Markup, Tag
from tracker.register.excel.package import Package
from tracker.register.excel.references import whole_number

__all__ = ["DATE_FORMAT", "Styles"]

DATE_FORMAT = "dd/mm/yyyy hh:mm"

# ECMA-376 part 1, 18.8.30: the ids that show a day or a year in every locale; mere times (18-21, 45-47) not
_BUILT_IN_DATES = frozenset((14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58))
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]?|general|standard', re.IGNORECASE)
_FORMAT_LIMIT = 65_430
"""Cell formats in one book (Excel specifications and limits: 65,490, less Excel's own)."""

_MINIMAL = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN_NAMESPACES[0]}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Styles:
    """The cell formats of one book, read when first needed; formats added are written by `save`."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._loaded: _Formats | None = None
        self._added: list[bytes] = []
        self._dated: dict[int, int] = {}

    def is_date(self, style: int | None) -> bool:
        """True when a cell of this format shows at least a day or a year; None is the default format 0."""
        return (style or 0) in self._formats.dates or (style or 0) in self._dated.values()

    def as_date(self, style: int | None) -> int:
        """A format like `style` in all but the number format, `DATE_FORMAT`; made when there is none.

        PackageRefused `styles`: styles.xml has no cell formats, or no room for one more.
        """
        base = style or 0
        if self.is_date(base):
            return base
        if base not in self._dated:
            self._dated[base] = self._find_or_add(base)
        return self._dated[base]

    def _find_or_add(self, base: int) -> int:
        formats = self._formats
        tag, rest = formats.xfs[base if base < len(formats.xfs) else 0]
        dated = tag.with_attribute("numFmtId", str(formats.date_id)).with_attribute("applyNumberFormat", "1")
        known = [xf.text() + inner for xf, inner in formats.xfs] + self._added
        new = dated.text() + rest
        if new in known:
            return known.index(new)
        if len(known) >= _FORMAT_LIMIT:
            raise PackageRefused("styles")
        self._added.append(new)
        return len(known)

    @property
    def _formats(self) -> _Formats:
        if self._loaded is None:
            self._loaded = _Formats.read(_open_styles(self._package))
        return self._loaded

    def save(self) -> None:
        """Write the formats added, if any, into the package, with a styles part if it had none."""
        if not self._added:
            return
        part = _styles_part(self._package) or _make_part(self._package)
        markup = _open_styles(self._package)
        cell_xfs = _cell_formats(markup)
        end = markup.close(cell_xfs)[0]
        markup.replace(end, end, b"".join(self._added))
        count = len(self._formats.xfs) + len(self._added)
        markup.retag(cell_xfs, cell_xfs.with_attribute("count", str(count)))
        _declare_date_format(markup, self._formats.date_id)
        self._package.replace(part, markup.finish())
        self._added.clear()
        self._loaded = None


@dataclass(frozen=True, slots=True)
class _Formats:
    """Cell formats as (tag, everything after it), the indexes of those showing dates, our format's id."""

    xfs: list[tuple[Tag, bytes]]
    dates: frozenset[int]
    date_id: int

    @classmethod
    def read(cls, markup: Markup) -> _Formats:
        codes = _codes(markup)
        group = _cell_formats(markup)
        xfs = [
            (tag, markup.text[tag.end : markup.close(tag)[1]])
            for tag in markup.tags("xf", group.end, markup.close(group)[0])
        ]
        if not xfs:
            raise PackageRefused("styles")
        dates = frozenset(i for i, (tag, _) in enumerate(xfs) if _shows_date(tag, codes))
        ours = next((i for i, code in codes.items() if code == DATE_FORMAT), max((163, *codes)) + 1)
        return cls(xfs, dates, ours)


def _codes(markup: Markup) -> dict[int, str]:
    """The book's own number formats by id."""
    return {
        number: tag.get("formatCode")
        for tag in markup.tags("numFmt", markup.root.end, _cell_formats(markup).start)
        if (number := whole_number(tag.get("numFmtId"))) is not None
    }


def _shows_date(xf: Tag, codes: dict[int, str]) -> bool:
    number = whole_number(xf.get("numFmtId")) or 0
    if number not in codes:
        return number in _BUILT_IN_DATES
    return any(letter in _LITERAL.sub("", codes[number]).lower() for letter in "dy")


def _cell_formats(markup: Markup) -> Tag:
    tag = markup.first("cellXfs")
    if tag is None or tag.is_empty:
        raise PackageRefused("styles")
    return tag


def _declare_date_format(markup: Markup, number: int) -> None:
    if number in _codes(markup):
        return
    p = markup.prefix
    new = b"<" + p + f'numFmt numFmtId="{number}" formatCode="{DATE_FORMAT}"/>'.encode()
    group = markup.first("numFmts")
    if group is None:  # the first child of styleSheet in schema order
        whole = b"<" + p + b'numFmts count="1">' + new + b"</" + p + b"numFmts>"
        markup.replace(markup.root.end, markup.root.end, whole)
        return
    counted = group.with_attribute("count", str(len(_codes(markup)) + 1))
    if group.is_empty:
        markup.replace(group.start, group.end, counted.text(closed=False) + new + b"</" + group.name + b">")
        return
    end = markup.close(group)[0]
    markup.replace(end, end, new)
    markup.retag(group, counted)


def _styles_part(package: Package) -> str | None:
    return package.related(package.workbook_part, "styles")


def _open_styles(package: Package) -> Markup:
    """The styles part; small writers leave it out or empty, then the smallest one that shows cells as now."""
    part = _styles_part(package)
    markup = None if part is None else package.open_part(part)
    if markup is not None and not markup.root.is_empty:
        return markup
    namespace = package.open_part(package.workbook_part).namespace.encode()
    return Markup(_MINIMAL.replace(MAIN_NAMESPACES[0].encode(), namespace))


def _make_part(package: Package) -> str:
    part = posixpath.join(posixpath.dirname(package.workbook_part), "styles.xml")
    if package.has(part):
        raise PackageRefused("styles")
    package.add(part, _open_styles(package).finish())
    package.relate(package.workbook_part, "styles", "styles.xml")
    package.declare(part, _CONTENT_TYPE)
    return part
