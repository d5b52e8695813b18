"""A working copy as a workbook: sober tables, text that is always text, and the print set-up of the paper."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from textwrap import wrap
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tracker.views import wording
from tracker.views.papers.imprint import Imprint, local_minutes

__all__ = ["LABEL", "Book", "Column", "Page"]

LABEL: Final = "SALINAN KERJA – BUKAN NASKAH RESMI"
_FONT: Final = "Arial"
_SIZES: Final = {"A4": (9, 210, 297), "F4": (14, 215, 330)}
"""Excel's own number of the size, width, height; Excel knows no F4, so the nearest number goes with the millimetres."""
_MARGINS: Final = {"left": 20, "right": 12, "top": 14, "bottom": 16, "header": 7, "footer": 7}
_INCH: Final = 25.4
_CHARACTER: Final = 1.95
"""Millimetres that one unit of column width takes in print."""
_LINE: Final = 11.6
"""Points that a line of 9 points takes."""
_ROOM: Final = 10.6
"""Letters of one point that a unit of column width holds."""
_LONGEST: Final = 32_000
_ILLEGAL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_NUMBER: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?")
_THIN: Final = Side(style="thin", color="000000")
_GRID: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE: Final = PatternFill("solid", fgColor="E4E4E4")
_PALE: Final = PatternFill("solid", fgColor="F5F5F5")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its share of the width, and whether it holds numbers or codes."""

    heading: str
    weight: float
    align: str = "left"
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet is printed."""

    imprint: Imprint
    is_landscape: bool = False

    @property
    def width(self) -> float:
        """Millimetres between the margins."""
        _, narrow, wide = _SIZES.get(self.imprint.paper.upper(), _SIZES["A4"])
        return (wide if self.is_landscape else narrow) - _MARGINS["left"] - _MARGINS["right"]


class Book:
    """A workbook being written, one sheet after the other, from the top down."""

    def __init__(self, page: Page, title: str) -> None:
        self.page, self.title = page, title
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])

    def sheet(self, name: str, columns: Sequence[Column]) -> Leaf:
        """A new sheet with these columns."""
        return Leaf(self._book.create_sheet(name), columns, self.page)

    def content(self) -> bytes:
        """The file; the same content gives the same bytes."""
        printed = self.page.imprint.printed_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        about = self._book.properties
        about.title, about.creator, about.description = _text(self.title), "", LABEL
        about.created = printed
        stream = BytesIO()
        self._book.save(stream)
        return _fixed(stream.getvalue(), printed)


class Leaf:
    """One sheet."""

    def __init__(self, sheet: Worksheet, columns: Sequence[Column], page: Page) -> None:
        self._sheet, self.columns, self._row = sheet, columns, 0
        total = sum(column.weight for column in columns)
        self._widths = [page.width * column.weight / total / _CHARACTER for column in columns]
        for index, width in enumerate(self._widths, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = round(width, 2)
        _set_up(sheet, page)

    def head(self, *lines: str, bold: int = 1) -> None:
        """The label and the title lines, the first `bold` of them bold; then an empty row."""
        self._across(LABEL, Font(_FONT, 8, italic=True), "right")
        for index, line in enumerate(line for line in lines if line):
            self._across(line, Font(_FONT, 12 if index < bold else 10, bold=index < bold), "center")
        self._row += 1

    def heading(self, text: str) -> None:
        """The heading of a section."""
        self._across(text, Font(_FONT, 10.5, bold=True), "left")

    def paragraph(self, text: str, *, size: float = 9.5) -> None:
        """A text over the whole width."""
        if text:
            self._across(text, Font(_FONT, size), "left")

    def gap(self) -> None:
        """An empty row."""
        self._row += 1

    def pairs(self, rows: Sequence[tuple[str, str]], at: int = 1) -> None:
        """Label and value: the label in the columns before `at`, the value in all the others."""
        for label, value in rows:
            self._row += 1
            self._write(1, label, Font(_FONT, 9))
            cell = self._write(at + 1, value, Font(_FONT, 9, bold=True))
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
            self._merge(1, at)
            self._merge(at + 1, len(self.columns))
            self._tall(value, sum(self._widths[at:]), 9)

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        total: Sequence[str] = (),
        is_titled: bool = True,
        height: float = 0,
    ) -> None:
        """The table; its heading row is frozen and repeated on every printed page when `is_titled`.

        `height` is the least height of a row in points, where people write by hand.
        """
        self._row += 1
        for index, column in enumerate(self.columns, start=1):
            cell = self._write(index, column.heading, Font(_FONT, 9, bold=True))
            cell.fill, cell.border = _SHADE, _GRID
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._grow([column.heading for column in self.columns], is_bold=True)
        if is_titled:
            self._sheet.print_title_rows = f"{self._row}:{self._row}"
            self._sheet.freeze_panes = f"A{self._row + 1}"
        for row in rows:
            self._body(row, height)
        if total:
            self._body(total, 0, is_total=True)
        if not rows:
            self.paragraph("Nihil.")

    def _body(self, row: Sequence[str], height: float, *, is_total: bool = False) -> None:
        self._row += 1
        for index, (column, value) in enumerate(zip(self.columns, row, strict=True), start=1):
            cell = self._write(index, value, Font(_FONT, 9, bold=is_total), is_number=column.is_number)
            cell.border = _GRID
            cell.alignment = Alignment(horizontal=column.align, vertical="top", wrap_text=True)
            if is_total:
                cell.fill = _PALE
        self._grow(row, height, is_bold=is_total)

    def _grow(self, texts: Sequence[str], least: float = 0, *, is_bold: bool = False) -> None:
        """Rows are given their height here: not every program finds it when it opens the file."""
        cells = zip(texts, self._widths, strict=True)
        lines = max(_lines(text, width, 10 if is_bold else 9) for text, width in cells)
        self._sheet.row_dimensions[self._row].height = max(least, round(lines * _LINE + 3, 1))

    def _across(self, text: str, font: Font, align: str) -> None:
        self._row += 1
        cell = self._write(1, text, font)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        self._merge(1, len(self.columns))
        self._tall(text, sum(self._widths), float(font.size or 9))

    def _merge(self, first: int, last: int) -> None:
        if last > first:
            self._sheet.merge_cells(
                start_row=self._row, end_row=self._row, start_column=first, end_column=last
            )

    def _tall(self, text: str, width: float, size: float) -> None:
        """Merged cells do not grow by themselves."""
        height = _lines(text, width, size) * _LINE * size / 9 + 3
        self._sheet.row_dimensions[self._row].height = round(height, 1)

    def _write(self, column: int, value: str, font: Font, *, is_number: bool = False) -> Cell:
        cell = self._sheet.cell(self._row, column)
        if isinstance(cell, MergedCell):  # never: a row is merged after it was written
            raise TypeError(cell.coordinate)
        cell.font = font
        text = _text(value)
        if is_number and _NUMBER.fullmatch(text):
            number = float(text.replace(".", "").replace(",", "."))
            cell.value = int(number) if "," not in text else number
            cell.number_format = "#,##0.0" if "," in text else "#,##0"
            return cell
        cell.value = text or None
        if text:
            cell.data_type = "s"  # never a formula or an error, whatever it begins with
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
        return cell


def _lines(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a column of this width; rather one too many than one too few."""
    room = max(int(width * _ROOM / size), 1)
    return sum(max(len(wrap(line, room)), 1) for line in _text(str(text)).split("\n"))


def _text(value: str) -> str:
    """What a workbook can hold; the spaces that keep words together on paper are ordinary ones here."""
    return _ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).replace("\u00a0", " ")[:_LONGEST]


def _set_up(sheet: Worksheet, page: Page) -> None:
    code, narrow, wide = _SIZES.get(page.imprint.paper.upper(), _SIZES["A4"])
    setup = sheet.page_setup
    setup.orientation = "landscape" if page.is_landscape else "portrait"
    setup.paperSize = code
    if code != _SIZES["A4"][0]:
        setup.paperWidth, setup.paperHeight = f"{narrow}mm", f"{wide}mm"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side, millimetres in _MARGINS.items():
        setattr(sheet.page_margins, side, round(millimetres / _INCH, 3))
    footer = HeaderFooterItem()
    sheet.HeaderFooter.oddFooter = footer
    left, right = footer.left, footer.right
    left.text, left.size = _footer(f"{LABEL} – {_origin(page.imprint)}"), 7
    right.text, right.size = "Halaman &P dari &N", 7
    sheet.sheet_view.showGridLines = False


def _origin(imprint: Imprint) -> str:
    at = wording.paper_moment(local_minutes(imprint.printed_at, imprint.zone), imprint.zone)
    return f"register {wording.shortened(imprint.source_name, 60)}, {at}, sidik {imprint.fingerprint[:8]}"


def _footer(text: str) -> str:
    """Text of a user in a footer: an ampersand would begin a command."""
    return _text(text).replace("&", "&&").replace("\n", " ")


def _fixed(content: bytes, printed: datetime) -> bytes:
    """The package with the printed moment in place of the clock's, in its properties and in its directory."""
    stamp = f"{printed:%Y-%m-%dT%H:%M:%SZ}".encode()
    fixed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = old.read(name)
            if name == "docProps/core.xml":
                member = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, member)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), member, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
