"""What a package holds: its sheets by name, the parts all sheets share, and its date system.

Parts are found through relationships, never by guessing (a workbook part elsewhere, absolute targets,
backslashes and odd letter case all occur in real books; source: the pitfalls list).
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.errors import RegisterUnreadable
from tracker.register.excel.opening import broken

__all__ = ["Directory", "directory_of", "refuse_doctype", "unusual_xml"]

_SHARED: Final = ("sharedStrings", "styles")
_FIXED: Final = {"xl/sharedstrings.xml": "sharedStrings", "xl/styles.xml": "styles"}
"""Where calamine looks for them, whatever the relationships say."""
_SMALL: Final = 16 * 1024 * 1024
"""No workbook part or relationship list is larger; worksheets and shared strings are not read here."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Zip names: of every worksheet by its name, in the order of the tabs, and of the parts all share."""

    sheets: dict[str, str]
    shared: tuple[str, ...]
    strings: tuple[str, ...]
    """The part of the shared strings; it is among `shared`."""
    is_1904: bool


@dataclass(frozen=True, slots=True)
class _Relationship:
    id: str
    kind: str
    part: str


def directory_of(package: zipfile.ZipFile) -> Directory:
    """The directory of a package; RegisterUnreadable when it has no workbook part that can be read."""
    names = {_key(name): name for name in reversed(package.namelist())}
    workbook = next(
        (one.part for one in _relationships(package, names, "") if one.kind == "officeDocument"), None
    )
    if workbook is None or _key(workbook) not in names:
        raise broken()
    root = _xml(package, names[_key(workbook)])
    related = list(_relationships(package, names, workbook))
    parts = {
        one.id: names[_key(one.part)]
        for one in related
        if one.kind == "worksheet" and _key(one.part) in names
    }
    sheets = {sheet: parts[rid] for sheet, rid in _listed(root) if rid in parts}
    shared = {names[_key(one.part)]: one.kind for one in related if _key(one.part) in names}
    shared |= {name: _FIXED[key] for key, name in names.items() if key in _FIXED}
    shared = {part: kind for part, kind in shared.items() if kind in _SHARED}
    strings = tuple(part for part, kind in shared.items() if kind == "sharedStrings")
    return Directory(sheets, tuple(shared), strings, _is_1904(root))


def _listed(workbook: ET.Element) -> Iterator[tuple[str, str]]:
    """(name, relationship id) of every sheet of any kind, in the order of the tabs."""
    for element in workbook.iter():
        if _local(element.tag) == "sheet":
            rid = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            yield element.get("name", ""), rid


def _is_1904(workbook: ET.Element) -> bool:
    properties = next((element for element in workbook.iter() if _local(element.tag) == "workbookPr"), None)
    return properties is not None and properties.get("date1904", "0") in ("1", "true", "on")


def _relationships(package: zipfile.ZipFile, names: dict[str, str], part: str) -> Iterator[_Relationship]:
    folder, base = posixpath.split(part)
    listed = names.get(_key(posixpath.join(folder, "_rels", f"{base}.rels")))
    if listed is None:
        return
    for element in _xml(package, listed):
        target = element.get("Target", "").replace("\\", "/")
        path = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        yield _Relationship(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], path)


def _xml(package: zipfile.ZipFile, name: str) -> ET.Element:
    try:
        if package.getinfo(name).file_size > _SMALL:
            raise broken()
        content = package.read(name)
        if b"<!DOCTYPE" in content.replace(b"\0", b""):  # UTF-16 parts interleave zeros
            raise unusual_xml()
        return ET.fromstring(content)  # noqa: S314 - small, and a DOCTYPE (hence an entity) was refused above
    except (
        ET.ParseError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        LookupError,
    ):
        raise broken() from None


def unusual_xml() -> RegisterUnreadable:
    """A part declares a document type: no spreadsheet program writes one, and entity bombs need it."""
    return RegisterUnreadable(
        "Buku kerja ini memuat deklarasi XML yang tidak lazim dan mungkin berbahaya.",
        "Simpan ulang dari Excel.",
    )


def refuse_doctype(*_: object) -> None:
    """What expat calls at a document type."""
    raise unusual_xml()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
