"""Typst as the papers need it: a template of ours, data as JSON, the same bytes for the same input.

Everything a compile may read is handed to it in memory: the templates of this folder, the data, images and
attachments. Its root is an empty folder, fonts of the machine are off, packages cannot be fetched, and a
warning (an unknown font family, say) counts as a failure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst

from tracker.errors import PaperFailed
from tracker.views.papers.coverage import FONTS
from tracker.views.papers.text import Printable, cleaned, printable, replacement_notice

__all__ = ["Attachment", "Metadata", "render"]

_TEMPLATES: Final = Path(__file__).parent
_MAIN: Final = "main.typ"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF: what the paper was made from, for machines. `relationship` is a PDF/A-3 word."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str = "data"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the PDF says of itself to programs and screen readers."""

    title: str
    author: str
    description: str
    keywords: str = ""


def render(
    template: str,
    data: Mapping[str, Printable],
    *,
    metadata: Metadata,
    printed_at: datetime,
    attachments: Sequence[Attachment] = (),
    images: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF (A-3a and UA-1) of `template`, a file of this folder, filled with `data`.

    `images` are readable to the template as `images/<name>`. `printed_at` is aware and becomes the date of
    the document. The same arguments give the same bytes. PaperFailed when typst refuses or warns.
    """
    files = {path.name: path.read_bytes() for path in _TEMPLATES.glob("*.typ")}
    files[_MAIN] = files[template]
    files |= {f"images/{name}": content for name, content in (images or {}).items()}
    files |= {f"attachments/{file.name}": file.content for file in attachments}
    filled = _filled(data, metadata, attachments)
    files["data.json"] = json.dumps(filled, ensure_ascii=False).encode()
    return _compiled(files, printed_at)


def _filled(
    data: Mapping[str, Printable], metadata: Metadata, attachments: Sequence[Attachment]
) -> dict[str, Printable]:
    """`data` ready to print, with the notice on replaced characters, the metadata, the list of
    attachments.
    """
    body = printable(data)
    listed = [
        {
            "name": file.name,
            "type": file.media_type,
            "about": file.description,
            "relationship": file.relationship,
        }
        for file in attachments
    ]
    return body.fields | {
        "document": {name: _spoken(value) for name, value in asdict(metadata).items()},
        "replaced": replacement_notice(body.missing),
        "attachments": listed,
    }


def _spoken(text: str) -> str:
    """Text for metadata: nothing there is ever set in lines."""
    return cleaned(text, []).replace("\u00a0", " ")


def _compiled(files: dict[str, bytes], printed_at: datetime) -> bytes:
    with TemporaryDirectory(prefix="naskah-") as empty:
        try:
            pdf, warnings = _compiler(files, empty).compile_with_warnings(
                format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=_fixed(printed_at)
            )
        except typst.TypstError as error:
            raise PaperFailed(f"Naskah tidak dapat dibuat: {error}.", _REMEDY) from error
    if warnings:
        raise PaperFailed(f"Naskah tidak dibuat karena peringatan penata huruf: {warnings[0]}.", _REMEDY)
    if not isinstance(pdf, bytes):
        raise PaperFailed("Penata huruf tidak menghasilkan PDF.", _REMEDY)
    return pdf


def _fixed(moment: datetime) -> datetime:
    """The same moment with a fixed offset, the only kind of zone typst-py takes (not a ZoneInfo)."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("printed_at must be aware")
    return moment.replace(tzinfo=timezone(offset))


def _compiler(files: dict[str, bytes], empty: str) -> typst.Compiler:
    """A Compiler made from memory is good for one compile only, so each paper gets its own; fonts are
    shared.
    """
    return typst.Compiler(
        files,  # type: ignore[type-var]  # typst-py accepts a mapping of names; its stubs do not say so yet
        root=empty,
        font_paths=_fonts(),
        package_path=empty,
        package_cache_path=empty,
    )


_REMEDY: Final = "Laporkan kalimat ini kepada pengelola aplikasi; register tidak berubah."


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
