"""Cells under a second prefix would be overlooked by a search for tags: such sheets are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.errors import PackageRefused
from tracker.register.excel.markup import Markup

__all__ = ["refuse_other_namespaces"]

_DECLARED = re.compile(rb"\sxmlns(?::([^\s=]+))?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CELL_ELEMENTS = (b"row", b"c ", b"c>", b"f>", b"f ")


def refuse_other_namespaces(sheet: Markup, start: int, end: int) -> None:
    """PackageRefused when not every cell between `start` and `end` has the root's prefix.

    `namespaces`: a second prefix for the main namespace is in use, or the root's prefix is bound anew.
    `alternate-content`: cells come in alternatives (markup compatibility, ECMA-376 part 3).
    """
    own = sheet.prefix[:-1]
    for bound, _ in _other_bindings(sheet, own, sheet.root.body):
        name = bound + b":" if bound else b""
        if any(sheet.mask.find(b"<" + name + local, start, end) >= 0 for local in _CELL_ELEMENTS):
            raise PackageRefused("namespaces")
    declares = sheet.mask.find(b"xmlns", start, end) >= 0  # rare, and the slice below is a copy
    if declares and any(True for _ in _other_bindings(sheet, own, sheet.mask[start:end])):
        raise PackageRefused("namespaces")
    if sheet.mask.find(b":AlternateContent", start, end) >= 0:
        raise PackageRefused("alternate-content")


def _other_bindings(sheet: Markup, own: bytes, text: bytes) -> Iterator[tuple[bytes, str]]:
    """Declarations that bind the root's prefix elsewhere, or another prefix to the root's namespace."""
    for match in _DECLARED.finditer(text):
        bound, uri = match[1] or b"", (match[2] or match[3] or b"").decode("utf-8", "replace")
        if (bound == own) != (uri == sheet.namespace):
            yield bound, uri
