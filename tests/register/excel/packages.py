"""Packages taken apart and compared without code of the editor: zipfile for members, ElementTree for XML."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from tracker.errors import PackageRefused
from tracker.register.excel import edit_package

WORKBOOKS = Path(__file__).parents[2] / "data" / "workbooks"

# refused before anything is edited, each with its reason; none of them is a well-formed workbook
NOT_WELL_FORMED = {
    "apache__54764-2_0d942c.xlsx": "doctype",
    "apache__60320-protected_71c6b4.xlsx": "encrypted",
    "apache__clusterfuzz-testcase-minimized-POIFuzzer-5040805309710336_667dea.xlsx": "damaged",
    "apache__clusterfuzz-testcase-minimized-POIXSSFFuzzer-482872700108800_76b110.xlsx": "damaged",
    "apache__duplicate-filename-case-insensitive_2e74ac.xlsx": "duplicate-members",
    "apache__duplicate-filename_5853cf.xlsx": "duplicate-members",
    "tafia__issue252_232216.xlsx": "bad-member",
}

Raw = tuple[int, int, bytes]
Shape = tuple[object, ...]


def books() -> list[Path]:
    return sorted(p for p in WORKBOOKS.iterdir() if p.suffix != ".md")


def well_formed() -> list[Path]:
    return [p for p in books() if p.name not in NOT_WELL_FORMED]


def raw_members(data: bytes) -> dict[str, Raw]:
    """(method, CRC, compressed bytes) of each member, by its name as stored."""
    found: dict[str, Raw] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name_length, extra_length = struct.unpack_from("<HH", data, info.header_offset + 26)
            start = info.header_offset + 30 + name_length + extra_length
            found[info.orig_filename] = (
                info.compress_type,
                info.CRC,
                data[start : start + info.compress_size],
            )
    return found


def members(data: bytes) -> dict[str, bytes]:
    """Content of each file member, by its part name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {i.orig_filename.replace("\\", "/"): archive.read(i) for i in archive.infolist()}


def changed_parts(before: bytes, after: bytes) -> set[str]:
    """Names whose compressed bytes differ, or that were added or taken out."""
    old, new = raw_members(before), raw_members(after)
    return {name.replace("\\", "/") for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def parse(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)


def related(parts: dict[str, bytes], part: str, kind: str) -> list[str]:
    folder, name = posixpath.split(part)
    rels = parts.get(posixpath.join(folder, "_rels", name + ".rels"))
    targets = []
    for child in parse(rels) if rels else ():
        if child.get("Type", "").endswith("/" + kind) and child.get("TargetMode") != "External":
            targets.append(posixpath.normpath(posixpath.join("/", folder, child.get("Target", "")))[1:])
    return targets


def sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet name → part, found through the relationships."""
    (workbook,) = related(parts, "", "officeDocument")
    folder, name = posixpath.split(workbook)
    rels = parse(parts[posixpath.join(folder, "_rels", name + ".rels")])
    targets = {
        child.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, child.get("Target", "")))[1:]
        for child in rels
        if child.get("Type", "").endswith("/worksheet")
    }
    names = {}
    for sheet in parse(parts[workbook]).iterfind(".//{*}sheet"):
        rid = next(v for k, v in sheet.attrib.items() if k.endswith("}id"))
        if rid in targets:
            names[sheet.get("name", "")] = targets[rid]
    return names


def number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cells_of(sheet: ElementTree.Element) -> Iterator[tuple[tuple[int, int], ElementTree.Element]]:
    row_number = 0
    for row in sheet.iterfind("{*}sheetData/*"):
        if local(row) != "row":
            continue
        row_number, column = int(row.get("r", row_number + 1)), 0
        for cell in row:
            if local(cell) == "c":
                letters = re.match("[A-Z]*", cell.get("r", ""))
                column = number_of(letters[0]) if letters and letters[0] else column + 1
                yield (row_number, column), cell


def shape(element: ElementTree.Element) -> Shape:
    """Names, attributes, text and children of an element: what XML counts as a difference, and no more."""
    text = (element.text or "").strip() if len(element) else element.text or ""
    children = tuple((*shape(child), (child.tail or "").strip()) for child in element)
    return (element.tag, tuple(sorted(element.attrib.items())), text, children)


def cell_shapes(xml: bytes) -> dict[tuple[int, int], Shape]:
    return {place: shape(cell) for place, cell in cells_of(parse(xml))}


def row_attributes(xml: bytes) -> dict[int, dict[str, str]]:
    rows, number = {}, 0
    for row in parse(xml).iterfind("{*}sheetData/*"):
        if local(row) == "row":
            number = int(row.get("r", number + 1))
            rows[number] = {k: v for k, v in row.attrib.items() if k not in ("spans", "r")}
    return rows


def frame(xml: bytes, *dropped: str) -> Shape:
    """The sheet (or another part) without its cells, the dimension, and the elements named."""
    root = parse(xml)
    unwanted = {"sheetData", "dimension", *dropped}
    for parent in list(root.iter()):
        for child in [child for child in parent if local(child) in unwanted]:
            parent.remove(child)
    return shape(root)


def calamine_grid(data: bytes, sheet: str) -> dict[tuple[int, int], object]:
    """What the reader of the register sees: every cell that is not empty."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet)
    grid = rows.to_python(skip_empty_area=False)
    return {(r, c): v for r, row in enumerate(grid, 1) for c, v in enumerate(row, 1) if v not in ("", None)}


def letters_of(column: int) -> str:
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def a1(place: tuple[int, int]) -> str:
    return f"{letters_of(place[1])}{place[0]}"


def reason_of(data: bytes, **edits: object) -> str:
    """Why the edit is refused."""
    with pytest.raises(PackageRefused) as refusal:
        edit_package(data, **edits)  # type: ignore[arg-type]
    return refusal.value.reason


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes | str]:
    return dict(members(data))


def hand_made(
    sheet: bytes | str,
    *,
    workbook: str = "",
    extra: dict[str, bytes | str] | None = None,
    sheet_rels: str = "",
    book_rels: str = "",
    overrides: str = "",
) -> bytes:
    """A book of one sheet `Data` whose XML is given; `workbook` stands after `<sheets>`."""
    rel = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
    rels = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        + overrides
        + "</Types>",
        "_rels/.rels": rels.format(rel.format("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="Data" sheetId="7" r:id="rId9"/></sheets>{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": rels.format(
            rel.format("rId9", "worksheet", "worksheets/sheet1.xml") + book_rels
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if sheet_rels:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = rels.format(sheet_rels)
    return zipped(parts | (extra or {}))


def worksheet(rows: str, tail: str = "", head: str = "") -> str:
    """A worksheet part with these rows, `head` before and `tail` after the sheet data."""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'
    )


def sheet_xml(data: bytes) -> str:
    """The sheet part of a hand-made book."""
    return members(data)["xl/worksheets/sheet1.xml"].decode()
