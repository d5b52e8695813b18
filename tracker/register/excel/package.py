"""A workbook package: its parts, how they relate, and which part is the sheet of a given name.

Relationships are followed, names never guessed. The Excel store uses it to read as well::

    package = Package(data)                    # PackageRefused when it is no workbook that can be read
    [sheet.name for sheet in package.sheets]   # in the order of the tabs, worksheets and others
    xml = package.read(package.sheet("Riwayat").part)
    package.tables(sheet), package.is_1904
    package.replace(part, new_xml); package.to_bytes()
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from tracker.errors import PackageRefused
from tracker.register.excel.archive import Archive, Member, part_key
from tracker.register.excel.markup import MAIN_NAMESPACES, Markup

__all__ = ["Package", "Relationship", "Sheet"]

_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
"""Where the kinds of relationships are named: as usual, and in strict books (ECMA-376 part 1, annex A)."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part; `kind` is the last word of its type, `part` the target's name."""

    id: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab: `index` counts from 0 among all tabs, `kind` is `worksheet`, `chartsheet`, `dialogsheet` …"""

    name: str
    index: int
    sheet_id: str
    state: str
    kind: str
    part: str


class Package:
    """A workbook's parts. Parts replaced are kept beside the archive until `to_bytes`."""

    def __init__(self, data: bytes) -> None:
        """PackageRefused: every reason of `Archive`, `not-a-workbook`, and those of `Markup`."""
        self._data = data
        self._archive = Archive(data)
        self._members = {part_key(m.name): m for m in self._archive.members}
        self._changed: dict[str, Member] = {}
        self._removed: set[str] = set()
        self._checked: set[str] = set()
        if part_key(_CONTENT_TYPES) not in self._members:
            raise PackageRefused("not-a-workbook")
        self.open_part(_CONTENT_TYPES)
        self.workbook_part = self._workbook_part()
        self.sheets = tuple(self._sheets())

    # -- parts

    def names(self) -> tuple[str, ...]:
        """Names of all members as stored, directory entries included."""
        return tuple(m.name for m in self._archive.members if part_key(m.name) not in self._removed)

    def has(self, part: str) -> bool:
        """True when the package holds the part now."""
        key = part_key(part)
        return (key in self._members or key in self._changed) and key not in self._removed

    def read(self, part: str) -> bytes:
        """The part's bytes, as replaced last. PackageRefused: `missing-part`, `bad-member`, `bomb`."""
        key = part_key(part)
        if not self.has(part):
            raise PackageRefused("missing-part")
        if key in self._changed:
            return self._changed[key].inflate()
        self._checked.add(key)
        return self._members[key].inflate()

    def open_part(self, part: str) -> Markup:
        """The part opened for editing."""
        return Markup(self.read(part))

    def replace(self, part: str, content: bytes) -> None:
        """Give a part that exists other content; the same content changes nothing."""
        if self.read(part) != content:
            self._put(part, content)

    def save(self, part: str, edited: Markup) -> None:
        """Give a part the content edited in the markup that was opened from it."""
        if edited.is_changed:
            self._put(part, *edited.pieces())

    def _put(self, part: str, *pieces: bytes | memoryview) -> None:
        key = part_key(part)
        self._changed[key] = (self._changed.get(key) or self._members[key]).holding(*pieces)

    def add(self, part: str, content: bytes) -> None:
        """Put a new part into the package; relationship and content type are the caller's."""
        last = max(m.order for m in (*self._archive.members, *self._changed.values()))
        self._changed[part_key(part)] = _new_member(part, last + 1).holding(content)

    def remove(self, part: str) -> None:
        """Take a part out together with its override in the content types."""
        self._removed.add(part_key(part))
        types = self.open_part(_CONTENT_TYPES)
        for tag in types.tags("Override"):
            if part_key(tag.get("PartName")) == part_key(part):
                types.replace(tag.start, types.close(tag)[1], b"")
        self.save(_CONTENT_TYPES, types)

    def declare(self, part: str, content_type: str) -> None:
        """Add the content-type override of a part."""
        types = self.open_part(_CONTENT_TYPES)
        _append_child(types, "Override", {"PartName": "/" + part, "ContentType": content_type})
        self.save(_CONTENT_TYPES, types)

    # -- relationships

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The internal relationships of a part (of the package itself for the empty name)."""
        rels = _rels_of(part)
        if not self.has(rels):
            return ()
        return tuple(
            Relationship(
                tag.get("Id"), tag.get("Type").rpartition("/")[2], self._target(part, tag.get("Target"))
            )
            for tag in self.open_part(rels).tags("Relationship")
            if tag.get("TargetMode") != "External"
        )

    def related(self, part: str, kind: str) -> str | None:
        """The first part of this kind that `part` points to, or None."""
        return next((r.part for r in self.relationships(part) if r.kind == kind and self.has(r.part)), None)

    def unrelate(self, part: str, target: str) -> None:
        """Take out the relationships from one part to another."""
        rels = self.open_part(_rels_of(part))
        for tag in rels.tags("Relationship"):
            if part_key(self._target(part, tag.get("Target"))) == part_key(target):
                rels.replace(tag.start, rels.close(tag)[1], b"")
        self.save(_rels_of(part), rels)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship to `target` (a path from the folder of `part`); its Id, which was not in use."""
        rels = self.open_part(_rels_of(part))
        used = {tag.get("Id") for tag in rels.tags("Relationship")}
        free = next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}" not in used)
        bases = (tag.get("Type").rpartition("/")[0] for tag in rels.tags("Relationship"))
        base = next(
            (base for base in bases if base in _OFFICE), _OFFICE[0]
        )  # macros, persons: Microsoft's own
        _append_child(rels, "Relationship", {"Id": free, "Type": f"{base}/{kind}", "Target": target})
        self.save(_rels_of(part), rels)
        return free

    def _target(self, part: str, target: str) -> str:
        path = target.replace("\\", "/")
        if not path.startswith("/"):
            path = posixpath.join("/", posixpath.dirname(part), path)
        name = posixpath.normpath(path).lstrip("/")
        return name if self.has(name) or not self.has(unquote(name)) else unquote(name)

    # -- the workbook

    def _workbook_part(self) -> str:
        part = self.related("", "officeDocument")
        if part is None or self.read(part)[:1] == b"\x83":  # an .xlsb workbook begins with record 0x83
            raise PackageRefused("not-a-workbook")
        root = self.open_part(part)
        if not root.root.name.endswith(b"workbook") or root.namespace not in MAIN_NAMESPACES:
            raise PackageRefused("not-a-workbook")
        return part

    def _sheets(self) -> Iterator[Sheet]:
        targets = {r.id: r for r in self.relationships(self.workbook_part)}
        workbook = self.open_part(self.workbook_part)
        sheets = workbook.first("sheets")
        if sheets is None:
            raise PackageRefused("not-a-workbook")
        for index, tag in enumerate(workbook.tags("sheet", sheets.end, workbook.close(sheets)[0])):
            given = tag.attributes()
            rid = next((v for k, v in given.items() if k.endswith(":id")), "")
            target = targets.get(rid, Relationship(rid, "missing", ""))
            yield Sheet(
                given.get("name", ""), index, given.get("sheetId", ""), given.get("state", "visible"),
                target.kind, target.part,
            )  # fmt: skip

    def sheet(self, name: str) -> Sheet:
        """The worksheet of exactly this name. PackageRefused: `no-such-sheet`, `not-a-worksheet`."""
        for sheet in self.sheets:
            if sheet.name == name:
                if sheet.kind != "worksheet" or not self.has(sheet.part):
                    raise PackageRefused("not-a-worksheet")
                return sheet
        raise PackageRefused("no-such-sheet")

    def tables(self, sheet: Sheet) -> tuple[str, ...]:
        """The parts of the sheet's tables."""
        return tuple(r.part for r in self.relationships(sheet.part) if r.kind == "table" and self.has(r.part))

    @property
    def is_1904(self) -> bool:
        """True when day 0 of the book is 1904-01-01."""
        tag = self.open_part(self.workbook_part).first("workbookPr")
        return tag is not None and tag.get("date1904").strip() in ("1", "true")

    @property
    def is_signed(self) -> bool:
        """True when the package carries a digital signature, which any edit would break."""
        signed = any(part_key(name).startswith("_xmlsignatures/") for name in self.names())
        return signed or any(r.kind == "origin" for r in self.relationships(""))

    # -- writing

    @property
    def is_changed(self) -> bool:
        """True when any part was replaced, added or removed."""
        return bool(self._changed or self._removed)

    def verify(self, *later: str) -> None:
        """Every member not read yet inflates and has its CRC, and no XML among them has a DOCTYPE.

        Parts named `later` are left out: they are going to be read. PackageRefused: `bad-member`, `bomb`, `doctype`.
        """
        spared = {part_key(part) for part in later}
        for key, member in self._members.items():
            if key not in self._checked and key not in spared and not member.is_directory:
                self._checked.add(key)
                if b"<!DOCTYPE" in member.inflate()[:4096] and key.endswith((".xml", ".rels")):
                    raise PackageRefused("doctype")

    def to_bytes(self) -> bytes:
        """The package now: members not changed keep their compressed bytes; none changed, the same bytes."""
        if not self.is_changed:
            return self._data
        members = [
            self._changed.get(part_key(m.name), m)
            for m in self._archive.members
            if part_key(m.name) not in self._removed
        ]
        members += [m for key, m in self._changed.items() if key not in self._members]
        self._archive.members = tuple(members)
        return self._archive.to_bytes()


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def _append_child(markup: Markup, name: str, attributes: dict[str, str]) -> None:
    if markup.root.is_empty:
        raise PackageRefused("not-a-workbook")
    text = "".join(f' {key}="{value}"' for key, value in attributes.items())
    child = b"<" + markup.prefix + f"{name}{text}/>".encode()
    end = markup.last_close(markup.root)
    markup.replace(end, end, child)


def _new_member(name: str, order: int) -> Member:
    """A member stamped 1980-01-01, the zero of zip time, so that equal edits give equal bytes."""
    return Member(name, name.encode(), 20, 20, 0, 8, (0, 33), 0, 0, 0, 0, b"", b"", b"", order, b"")
