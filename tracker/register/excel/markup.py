"""One XML part as bytes that are edited in place: find tags, replace slices, leave the rest alone.

Nothing here builds a tree or writes one out: a part that is parsed and serialised again loses undeclared
`mc:Ignorable` prefixes, quoting and order, and Excel calls the book damaged. The part is first proved
well-formed by expat (no DOCTYPE, no entities, no network), so `<` can only begin markup; comments, CDATA and
processing instructions are blanked in a mask of equal length and regular expressions run over the mask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat

from tracker.errors import PackageRefused

__all__ = ["MAIN_NAMESPACES", "Markup", "Tag", "escape", "unescape"]

MAIN_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)

_HIDDEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(rb"<([^\s<>/:!?]+:)?([^\s<>/:!?]+)")
_ATTRIBUTE = re.compile(rb"\s([^\s=<>/\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENCODING = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_TAG_BODY = rb"(?=[\s/>])((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"

_CODECS = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "ascii": "ascii", "iso-8859-1": "latin-1",
           "windows-1252": "cp1252"}  # fmt: skip


def unescape(text: str) -> str:
    """Text with the five named entities and character references replaced."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1]) if match[1] else int(match[2], 16)
    return chr(code) if code < 0x110000 else "\ufffd"


def escape(text: str) -> str:
    """Text that may stand in an element or in an attribute of either quote; CR survives as a reference."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&apos;").replace("\r", "&#13;")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag or an empty-element tag; `start:end` is its place, `body` what follows its name."""

    name: bytes
    start: int
    end: int
    body: bytes

    @property
    def is_empty(self) -> bool:
        return self.body.endswith(b"/")

    def get(self, attribute: str, default: str = "") -> str:
        """The value of an attribute by its full name, unescaped; `default` when absent."""
        wanted = attribute.encode()
        for match in _ATTRIBUTE.finditer(self.body):
            if match[1] == wanted:
                return unescape((match[2] if match[2] is not None else match[3]).decode())
        return default

    def attributes(self) -> dict[str, str]:
        """All attributes by their full names, unescaped."""
        return {
            m[1].decode(): unescape((m[2] if m[2] is not None else m[3]).decode())
            for m in _ATTRIBUTE.finditer(self.body)
        }

    def text(self, *, closed: bool | None = None) -> bytes:
        """The tag as written; `closed` True or False makes it an empty-element tag or a start tag."""
        body = self.body
        if closed is not None and closed != self.is_empty:
            body = body + b"/" if closed else body[:-1].rstrip()
        return b"<" + self.name + body + b">"

    def without(self, *attributes: str) -> Tag:
        """The tag lacking these attributes; the others keep their place, quotes and spacing."""
        drop = {a.encode() for a in attributes}
        body = _ATTRIBUTE.sub(lambda m: b"" if m[1] in drop else m[0], self.body)
        return Tag(self.name, self.start, self.end, body)

    def with_attribute(self, attribute: str, value: str) -> Tag:
        """The tag with one attribute replaced in its place, or added at the end."""
        wanted, new = attribute.encode(), escape(value).encode()
        for match in _ATTRIBUTE.finditer(self.body):
            if match[1] == wanted:
                start, end = match.span(2) if match[2] is not None else match.span(3)
                return Tag(self.name, self.start, self.end, self.body[:start] + new + self.body[end:])
        slash = b"/" if self.is_empty else b""
        body = (self.body[:-1] if slash else self.body).rstrip()
        return Tag(self.name, self.start, self.end, body + b" " + wanted + b'="' + new + b'"' + slash)


@lru_cache(maxsize=512)
def _tag_pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(b"<(" + re.escape(name) + b")" + _TAG_BODY)


@lru_cache(maxsize=8)
def _any_tag_pattern(local: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<((?:[^\s<>/:!?]+:)?" + re.escape(local) + b")" + _TAG_BODY)


@lru_cache(maxsize=512)
def _close_pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(b"</" + re.escape(name) + rb"\s*>")


class Markup:
    """An XML part open for editing. Positions refer to the text as opened; `finish` applies all edits."""

    def __init__(self, raw: bytes) -> None:
        """PackageRefused: `doctype`, `malformed-xml`, `encoding`."""
        _prove_well_formed(raw)
        self.raw = raw
        self._bom, self._codec = _encoding(raw)
        self.text = _to_utf8(raw, self._bom, self._codec)
        self.mask = _masked(self.text)
        root = _ROOT.search(self.mask)
        if root is None:  # expat found a root, so only an exotic name can bring us here
            raise PackageRefused("malformed-xml")
        self.prefix = root[1] or b""
        self.root = next(self.tags(root[2].decode("utf-8", "replace"), root.start()))
        declaration = "xmlns:" + self.prefix[:-1].decode() if self.prefix else "xmlns"
        self.namespace = self.root.get(declaration)
        self._edits: list[tuple[int, int, int, bytes]] = []

    def tags(self, name: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
        """Start tags of elements with the root's prefix and this local name, in document order."""
        return self._matches(_tag_pattern(self.prefix + name.encode()), start, end)

    def any_tags(self, name: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
        """Start tags with this local name whatever their prefix (extension lists bring their own)."""
        return self._matches(_any_tag_pattern(name.encode()), start, end)

    def _matches(self, pattern: re.Pattern[bytes], start: int, end: int | None) -> Iterator[Tag]:
        for match in pattern.finditer(self.mask, start, len(self.mask) if end is None else end):
            yield Tag(match[1], match.start(), match.end(), match[2])

    def first(self, name: str, start: int = 0, end: int | None = None) -> Tag | None:
        """The first such tag, or None."""
        return next(self.tags(name, start, end), None)

    def close(self, tag: Tag) -> tuple[int, int]:
        """Where the element's end tag starts and ends; both are `tag.end` for an empty element."""
        if tag.is_empty:
            return tag.end, tag.end
        match = _close_pattern(tag.name).search(self.mask, tag.end)
        if match is None:
            raise PackageRefused("malformed-xml")
        return match.start(), match.end()

    def last_close(self, tag: Tag) -> int:
        """Where the end tag of the root starts: elements inside may have the same name as their parent's."""
        return self.mask.rindex(b"</" + tag.name)

    def content(self, tag: Tag) -> str:
        """The character data directly inside an element that holds no child elements."""
        start, end = tag.end, self.close(tag)[0]
        plain = _HIDDEN.sub(_unhidden, self.text[start:end])
        return unescape(plain.decode("utf-8", "replace"))

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Plan one slice to be replaced; `start == end` inserts, in the order the inserts were planned."""
        self._edits.append((start, end, len(self._edits), new))

    def retag(self, old: Tag, new: Tag) -> None:
        """Plan a tag to be replaced by another when they differ."""
        if old.body != new.body:
            self.replace(old.start, old.end, new.text())

    @property
    def is_changed(self) -> bool:
        """True when an edit was planned that makes a difference."""
        return any(self.text[start:end] != new for start, end, _, new in self._edits)

    def finish(self) -> bytes:
        """The part with all planned edits, in its own encoding; the identical bytes when there are none."""
        return b"".join(self.pieces()) if self.is_changed else self.raw

    def pieces(self) -> list[bytes | memoryview]:
        """The edited part in pieces to be joined: nothing as large as the part is copied unless it is recoded."""
        text = memoryview(self.text)
        pieces: list[bytes | memoryview] = [self._bom] if self._codec == "utf-8" else []
        position = 0
        for start, end, _, new in sorted(self._edits):
            if start < position:
                raise AssertionError("two edits of one part overlap")
            pieces += (text[position:start], new)
            position = end
        pieces.append(text[position:])
        if self._codec == "utf-8":
            return pieces
        return [self._bom, b"".join(pieces).decode().encode(self._codec, "xmlcharrefreplace")]


def _prove_well_formed(raw: bytes) -> None:
    def doctype(*_: object) -> None:
        raise PackageRefused("doctype")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise PackageRefused("malformed-xml") from error


def _encoding(raw: bytes) -> tuple[bytes, str]:
    for bom, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(bom):
            return bom, codec
    if raw[:2] in (b"<\0", b"\0<"):
        return b"", "utf-16-le" if raw[:1] == b"<" else "utf-16-be"
    match = _ENCODING.match(raw)
    codec = _CODECS.get(match[1].decode().lower(), "") if match else "utf-8"
    if not codec:
        raise PackageRefused("encoding")
    return b"", codec


def _to_utf8(raw: bytes, bom: bytes, codec: str) -> bytes:
    body = raw[len(bom) :]
    if codec == "utf-8":
        return body
    try:
        return body.decode(codec).encode()
    except UnicodeError as error:
        raise PackageRefused("encoding") from error


def _masked(text: bytes) -> bytes:
    declared = text.find(b"?>", 0, 200) + 2 if text.startswith(b"<?xml") else 0
    # One sign is found ten times as fast as two, and in the sheets of most books neither occurs.
    has_comment = b"!" in text and b"<!" in text
    has_instruction = text.find(b"?", declared) >= 0 and text.find(b"<?", declared) >= 0
    if not (has_comment or has_instruction):
        return text
    return _HIDDEN.sub(lambda m: b" " * len(m[0]), text)


def _unhidden(match: re.Match[bytes]) -> bytes:
    hidden = match[0]
    if not hidden.startswith(b"<![CDATA["):
        return b""
    return hidden[9:-3].replace(b"&", b"&amp;")
