"""The addresses of the pages; everything else leads back to the start page."""

from __future__ import annotations

from typing import Final

__all__ = ["BOARD", "INSIDE", "ISSUES", "ITEM", "PAGES", "TODAY"]

TODAY: Final = ""
BOARD: Final = "papan"
ITEM: Final = "konten"
ISSUES: Final = "temuan"
PAGES: Final = frozenset({TODAY, BOARD, ITEM, ISSUES})
INSIDE: Final = ("_stcore/", "static/", "media/", "component/", "favicon.png", "manifest.json")
"""What Streamlit itself serves beside the pages."""
