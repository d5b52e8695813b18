"""The addresses of the pages; everything else leads back to the start page."""

from __future__ import annotations

from typing import Final

__all__ = ["BOARD", "COMPLIANCE", "FILES", "INSIDE", "ISSUES", "ITEM", "PAGES", "REPORTS", "TODAY"]

TODAY: Final = ""
BOARD: Final = "papan"
ITEM: Final = "konten"
COMPLIANCE: Final = "kepatuhan"
ISSUES: Final = "temuan"
FILES: Final = "berkas"
REPORTS: Final = "laporan"
PAGES: Final = frozenset({TODAY, BOARD, ITEM, COMPLIANCE, ISSUES, REPORTS, FILES})
INSIDE: Final = ("_stcore/", "static/", "media/", "component/", "favicon.png", "manifest.json")
"""What Streamlit itself serves beside the pages."""
