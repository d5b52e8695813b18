"""A printed paper's file read back: whether it is whole, and the facts that it carries inside.

The file may come from anywhere, so nothing in it is trusted: its size is bounded, a broken structure is a sentence,
and what is attached is read as JSON and as nothing else.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader

from tracker.errors import TrackerError
from tracker.views.papers.seal import is_sealed, is_whole

__all__ = ["Evidence", "is_pdf", "read_back"]

_LARGEST_FILE: Final = 100_000_000
_LARGEST_FACTS: Final = 50_000_000
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_NOT_OURS: Final = "bukan naskah yang dicetak oleh aplikasi ini"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file says of itself."""

    is_whole: bool
    """Not one byte has changed since it was printed."""
    paper: dict[str, Any]
    """Its identity: kind, number, reprint, register, sidik_register, printed_at, zone; empty when unreadable."""
    facts: dict[str, Any]
    """The figures (or the words) it was printed with."""


def is_pdf(content: bytes) -> bool:
    """Whether the file claims to be a PDF (readers allow some bytes before the mark)."""
    return b"%PDF-" in content[:1024]


def read_back(content: bytes) -> Evidence:
    """The evidence in this file; TrackerError (exit 4) when it is no PDF, encrypted, or none of ours."""
    if not is_pdf(content):
        raise TrackerError("Berkas ini bukan PDF.", "Sebut berkas PDF naskah yang dicetak aplikasi ini.")
    if len(content) > _LARGEST_FILE:
        raise TrackerError("Berkas PDF ini terlalu besar untuk diperiksa (lebih dari 100 MB).")
    sealed = is_sealed(content)
    try:
        document = _document(content)
    except TrackerError:
        raise
    except Exception as error:  # pypdf meets whatever somebody put into the file
        if not sealed:
            raise TrackerError("Berkas PDF ini rusak dan tidak terbaca.", "Pakai salinan lain.") from error
        document = None
    if document is None and not sealed:
        raise TrackerError(f"Berkas PDF ini {_NOT_OURS}.", "Sebut berkas PDF naskah, bukan hasil pindaian.")
    facts = document or {}
    return Evidence(is_whole(content), facts.get("paper", {}), facts)


def _document(content: bytes) -> dict[str, Any] | None:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are not for the people here
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise TrackerError(
            "Berkas PDF ini dikunci dengan sandi, jadi tidak dapat diperiksa.",
            "Pakai berkas aslinya dari map arsip; naskah dari aplikasi ini tidak pernah dikunci.",
        )
    return next(filter(_is_ours, _attached(reader)), None)


def _attached(reader: PdfReader) -> Iterator[Any]:
    for name, contents in reader.attachments.items():
        if not name.endswith(".json"):
            continue
        for content in contents:
            if len(content) <= _LARGEST_FACTS:
                try:
                    yield json.loads(content)
                except (ValueError, RecursionError):
                    continue


def _is_ours(document: Any) -> bool:
    paper = document.get("paper") if isinstance(document, dict) else None
    return isinstance(paper, dict) and bool(_DIGEST.fullmatch(str(paper.get("sidik_register"))))
