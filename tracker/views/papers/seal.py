"""The seal of a printed file: a digest of all its bytes, written into the file itself.

A file cannot contain its own digest, but it can contain the digest of itself with that place left blank. The place
is a keyword of the document, which PDF/A keeps uncompressed in both lists of metadata. It shows that not one byte
has changed since printing; it does not show who printed, for anybody can compute a digest. That is what the row in
sheet Arsip is for, which holds the digest of the finished file.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

__all__ = ["BLANK_SEAL", "is_sealed", "is_whole", "sealed"]

_MARK: Final = b"SEGEL:"
_SEAL: Final = re.compile(_MARK + b"[0-9a-f]{64}")
_BLANK: Final = _MARK + b"0" * 64
BLANK_SEAL: Final = _BLANK.decode()
"""The keyword that `sealed` fills in."""


def sealed(content: bytes) -> bytes:
    """The same file, as long as before, with its blank seals filled in."""
    return content.replace(_BLANK, _MARK + hashlib.sha256(content).hexdigest().encode())


def is_sealed(content: bytes) -> bool:
    """Whether the file has a seal at all, broken or not."""
    return _SEAL.search(content) is not None


def is_whole(content: bytes) -> bool:
    """Whether not one byte differs from what was sealed."""
    blank = _SEAL.sub(_BLANK, content)
    return is_sealed(content) and sealed(blank) == content
