"""Matching a hard copy with its soft copy: the QR text, its picture, and the digest as it is read aloud."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno

from tracker.errors import PaperFailed
from tracker.views.papers.text import cleaned

__all__ = ["digest_lines", "matching_text", "qr_svg", "short_digest"]

_GROUP: Final = 8
_QUIET_ZONE: Final = 2


def matching_text(kind: str, number: str, fingerprint: str) -> str:
    """What the QR code says, offline and short; capitals, digits and `: / - .` keep the code coarse.

    >>> matching_text("LAP", "8/LAP-SOP/VIII/2026", "ab" * 32)[:30]
    'LAP:8/LAP-SOP/VIII/2026:SHA256'
    """
    return f"{kind}:{cleaned(number, [])}:SHA256:{fingerprint}".upper()


def qr_svg(text: str) -> bytes:
    """The QR code of `text` at level M with two modules of quiet zone, as SVG. PaperFailed when it does not
    fit.
    """
    try:
        code = segno.make_qr(text, error="m", boost_error=False)
    except segno.DataOverflowError as error:
        raise PaperFailed(f"Nomor naskah terlalu panjang untuk kode QR: {text[:60]}….") from error
    picture = BytesIO()
    code.save(picture, kind="svg", border=_QUIET_ZONE, xmldecl=False)
    return picture.getvalue()


def digest_lines(fingerprint: str) -> tuple[str, str]:
    """64 hex digits as 8 groups of 8 over two lines.

    >>> digest_lines("0123456789abcdef" * 4)[0]
    '01234567 89abcdef 01234567 89abcdef'
    """
    groups = [fingerprint[start : start + _GROUP] for start in range(0, len(fingerprint), _GROUP)]
    return " ".join(groups[:4]), " ".join(groups[4:])


def short_digest(fingerprint: str) -> str:
    """The first eight digits, for the footer."""
    return fingerprint[:_GROUP]
