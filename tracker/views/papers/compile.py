"""Typst as the papers need it: a template of ours, data as JSON, the same bytes for the same input.

Everything a compile may read is handed to it in memory: the templates of this folder, the data, images and
attachments. Its root is an empty folder, fonts of the machine are off, packages cannot be fetched, and a
warning (an unknown font family, say) counts as a failure.
"""

from __future__ import annotations

import atexit
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final

import typst

from tracker.errors import PaperFailed
from tracker.views.papers.coverage import FONTS
from tracker.views.papers.seal import BLANK_SEAL, sealed
from tracker.views.papers.text import Printable, cleaned, printable, replacement_notice

__all__ = ["REMEDY", "Attachment", "Metadata", "compiled", "compiler", "filled_in", "render", "sources"]

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
    files = sources(template, filled_in(data, metadata, attachments), images or {})
    attached = {f"attachments/{file.name}": file.content for file in attachments}
    return sealed(compiled(files | attached, printed_at))


def sources(template: str, filled: Mapping[str, Printable], images: Mapping[str, bytes]) -> dict[str, bytes]:
    """All that a compile of `template` may read, by name: the templates, the data, the images."""
    files = _templates() | {_MAIN: _templates()[template]}
    files["data.json"] = json.dumps(filled, ensure_ascii=False).encode()
    return files | {f"images/{name}": content for name, content in images.items()}


def filled_in(
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
    about = {name: _spoken(value) for name, value in asdict(metadata).items()}
    return body.fields | {
        "document": about | {"keywords": " ".join(filter(None, (about["keywords"], BLANK_SEAL)))},
        "replaced": replacement_notice(body.missing),
        "attachments": listed,
    }


def _spoken(text: str) -> str:
    """Text for metadata: nothing there is ever set in lines."""
    return cleaned(text, []).replace("\u00a0", " ")


def compiled(files: dict[str, bytes], printed_at: datetime) -> bytes:
    """The PDF of `main.typ` among these files; PaperFailed when typst refuses or warns."""
    try:
        pdf, warnings = compiler(files).compile_with_warnings(
            format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=_fixed(printed_at)
        )
    except typst.TypstError as error:
        raise PaperFailed(f"Naskah tidak dapat dibuat: {error}.", REMEDY) from error
    if warnings:
        raise PaperFailed(f"Naskah tidak dibuat karena peringatan penata huruf: {warnings[0]}.", REMEDY)
    if not isinstance(pdf, bytes):
        raise PaperFailed("Penata huruf tidak menghasilkan PDF.", REMEDY)
    return pdf


def _fixed(moment: datetime) -> datetime:
    """The same second with a fixed offset: typst-py takes no other kind of zone, and no part of a second."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("printed_at must be aware")
    return moment.replace(tzinfo=timezone(offset), microsecond=0)


def compiler(files: dict[str, bytes]) -> typst.Compiler:
    """A Compiler made from memory is good for one compile only, so each paper gets its own; fonts are
    shared.
    """
    empty = _empty_folder()
    return typst.Compiler(
        files,  # type: ignore[type-var]  # typst-py accepts a mapping of names; its stubs do not say so yet
        root=empty,
        font_paths=_fonts(),
        package_path=empty,
        package_cache_path=empty,
    )


REMEDY: Final = "Laporkan kalimat ini kepada pengelola aplikasi; register tidak berubah."


@cache
def _templates() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in _TEMPLATES.glob("*.typ")}


@cache
def _empty_folder() -> str:
    """The root of every compile: a folder with nothing in it, removed when the program ends."""
    folder = mkdtemp(prefix="naskah-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
