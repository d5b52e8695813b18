"""A worksheet added to a book: one new part, its place in the list of sheets, and nothing else touched."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from tracker.errors import PackageRefused
from tracker.register.excel.markup import Tag, escape
from tracker.register.excel.package import Package
from tracker.register.excel.references import Area, address, parse_address, whole_number
from tracker.register.excel.sheet import SheetMarkup
from tracker.register.excel.values import content_of

__all__ = ["add_sheet"]

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_FOLDER = "worksheets"
_LAST_ID = 65_534
"""The largest number of a sheet (validation rules of the Open XML SDK, class Sheet)."""
_PAGE = b'<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>'
"""A4, one page wide and as many high as it takes."""
_NAME = re.compile(r"(?!')[^\[\]:*?/\\\x00-\x1f]{1,31}(?<!')")
_TRUE = ("1", "true", "on")


def add_sheet(
    data: bytes,
    name: str,
    headings: Sequence[str],
    *,
    widths: Sequence[float] = (),
    like: tuple[str, str] | None = None,
) -> bytes:
    """The workbook with one more worksheet behind all others; equal arguments give equal bytes.

    Row 1 holds `headings` from column A on and stays in view when the sheet is scrolled; printed, the sheet is one
    page wide. `widths` are those of the columns from A on, in characters; `like` is (sheet, A1) of a cell whose style
    the headings take on, if it can be read. Besides the new part only three change: `workbook.xml`, its
    relationships, `[Content_Types].xml`.

    PackageRefused with a stable `.reason`: those of `Package`, `signed`, `structure-protected`, `shared-workbook`,
    `sheet-name` (it is taken), and those of a text in a cell. ValueError for a name that no sheet can have.
    """
    if not _NAME.fullmatch(name) or name.casefold() == "history":  # Excel keeps that name for itself
        raise ValueError(f"not a sheet name: {name!r}")
    package = Package(data)
    _refuse_closed(package, name)
    package.verify()
    style = _style_of(package, *like) if like is not None else None
    part = _free_part(package)
    package.add(part, _worksheet(package, headings, widths, style))
    package.declare(part, _CONTENT_TYPE)
    target = f"{_FOLDER}/{posixpath.basename(part)}"
    _list_sheet(package, name, package.relate(package.workbook_part, "worksheet", target))
    return package.to_bytes()


def _refuse_closed(package: Package, name: str) -> None:
    """A book that takes no further sheet, for whatever reason."""
    if package.is_signed:
        raise PackageRefused("signed", "Buku ini bertanda tangan digital.", "Hapus tanda tangannya dahulu.")
    locked = package.open_part(package.workbook_part).first("workbookProtection")
    if locked is not None and locked.get("lockStructure").strip() in _TRUE:
        raise PackageRefused(
            "structure-protected",
            f"Susunan lembar buku ini dikunci, jadi lembar {name} tidak dapat dibuat.",
            "Buka kuncinya di Excel (Tinjau, lalu Proteksi Buku Kerja), lalu ulangi.",
        )
    if package.related(package.workbook_part, "revisionHeaders") is not None:
        raise PackageRefused(
            "shared-workbook",
            f"Buku ini dipakai bersama dengan cara lama, jadi lembar {name} tidak dapat dibuat.",
            "Matikan Bagikan Buku Kerja di Excel, simpan, lalu ulangi.",
        )
    if any(sheet.name.casefold() == name.casefold() for sheet in package.sheets):
        raise PackageRefused(
            "sheet-name",
            f"Buku ini sudah mempunyai lembar bernama {name}.",
            "Ganti nama lembar itu, lalu ulangi.",
        )


def _style_of(package: Package, sheet: str, place: str) -> int | None:
    """The style of a cell; None when it has none of its own, or its sheet is none that we would edit."""
    row, column = parse_address(place)
    try:
        markup = SheetMarkup(package.read(package.sheet(sheet).part))
    except PackageRefused:
        return None
    return next((cell.style for cell in markup.cells(row) if cell.column == column), None)


def _free_part(package: Package) -> str:
    """A part beside the workbook's worksheets that is not there, and no relationships left over from one."""
    folder = posixpath.join(posixpath.dirname(package.workbook_part), _FOLDER)
    number = len(package.sheets) + 1
    while package.has(f"{folder}/sheet{number}.xml") or package.has(f"{folder}/_rels/sheet{number}.xml.rels"):
        number += 1
    return f"{folder}/sheet{number}.xml"


def _worksheet(
    package: Package, headings: Sequence[str], widths: Sequence[float], style: int | None
) -> bytes:
    """The part, its elements in schema order (CT_Worksheet, ECMA-376 part 1, 18.3.1.99)."""
    workbook = package.open_part(package.workbook_part)
    used = Area(1, 1, 1, max(len(headings), 1))
    return b"".join(
        (
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="',
            workbook.namespace.encode(),
            f'"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="{used}"/>'.encode(),
            _frozen() if workbook.first("workbookView") is not None else b"",
            b'<sheetFormatPr defaultRowHeight="15"/>',
            _columns(widths),
            b'<sheetData><row r="1">',
            *(_heading(column, text, style) for column, text in enumerate(headings, start=1)),
            b"</row></sheetData>" + _PAGE + b"</worksheet>",
        )
    )


def _frozen() -> bytes:
    """Row 1 stays in view. A view names a window of the book; in a book without any, Excel calls it damage."""
    return (
        b'<sheetViews><sheetView workbookViewId="0">'
        b'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        b'<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
    )


def _columns(widths: Sequence[float]) -> bytes:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width:g}" customWidth="1"/>'
        for at, width in enumerate(widths, start=1)
    )
    return f"<cols>{columns}</cols>".encode() if columns else b""


def _heading(column: int, text: str, style: int | None) -> bytes:
    content = content_of(text, b"", is_1904=False)
    look = "" if style is None else f' s="{style}"'
    kind = f' t="{content.kind}"' if content.kind else ""
    head = f'<c r="{address(1, column)}"{look}{kind}>'
    return head.encode() + content.xml + b"</c>"


def _list_sheet(package: Package, name: str, relation: str) -> None:
    """Name the new sheet behind the last one, in whose words the relationship is written."""
    workbook = package.open_part(package.workbook_part)
    sheets = workbook.first("sheets")
    listed = [] if sheets is None else list(workbook.tags("sheet", sheets.end, workbook.close(sheets)[0]))
    if sheets is None or not listed:
        raise PackageRefused("not-a-workbook")
    last = listed[-1]
    key = next((key for key in last.attributes() if key.endswith(":id")), None)
    if key is None:
        raise PackageRefused("not-a-workbook")
    bound = f"xmlns:{key.rpartition(':')[0]}"
    given = {"name": name, "sheetId": str(_free_id(listed)), key: relation}
    if last.get(bound):  # bound on the element itself, hence not for its neighbours
        given[bound] = last.get(bound)
    text = "".join(f' {attribute}="{escape(value)}"' for attribute, value in given.items())
    end = workbook.close(last)[1]
    workbook.replace(end, end, b"<" + workbook.prefix + f"sheet{text}/>".encode())
    package.save(package.workbook_part, workbook)


def _free_id(listed: Sequence[Tag]) -> int:
    used = {whole_number(tag.get("sheetId")) or 0 for tag in listed}
    if max(used) < _LAST_ID:
        return max(used) + 1
    free = next((number for number in range(1, _LAST_ID + 1) if number not in used), None)
    if free is None:
        raise PackageRefused("not-a-workbook")
    return free
